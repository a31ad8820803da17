package sentence

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"yusuan/internal/prose"
)

// token is a word, a mark, a number or what stands between them.
type token struct {
	Span
	class class
	n     int // of a number: its index; of a level: which kind
	first bool
}

// tokens cuts a text. Words of the lexicon are found at every character, so a name holds them, too; whoever reads a name
// takes it from the text.
func (p *Passage) tokens() []token {
	x := newLexicon()
	var out []token
	s, k := p.Text, 0
	start := true // of a line or a sentence: a level may stand here
	for i := 0; i < len(s); {
		if start {
			if t, ok := levelAt(s, i); ok {
				out, i = append(out, t), t.End
				for k < len(p.Numbers) && p.Numbers[k].Start < i {
					p.Numbers[k].Role = Ordinal
					k++
				}
				start = false
				continue
			}
		}
		if k < len(p.Numbers) && i >= p.Numbers[k].Start {
			t := token{Span: Span{i, max(p.Numbers[k].End, i+1)}, class: number, n: k}
			out, i, k, start = append(out, t), t.End, k+1, false
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if w, ok := x.at(s[i:]); ok {
			size = len(w.word)
			if k < len(p.Numbers) {
				size = min(size, max(p.Numbers[k].Start-i, 1))
			}
			out = append(out, token{Span: Span{i, i + size}, class: w.class})
			start = w.class == line || w.class == full || w.class == half || w.class == colon
		} else if n := len(out); n > 0 && out[n-1].class == plain && out[n-1].End == i {
			out[n-1].End = i + size
			start = start && unicode.IsSpace(r)
		} else {
			out = append(out, token{Span: Span{i, i + size}})
			start = (start || i == 0) && unicode.IsSpace(r)
		}
		i += size
	}
	return out
}

// Kinds of levels, from the widest to the narrowest.
const (
	noLevel       = 0
	levelHan      = 1 // 一、
	levelHanWrap  = 2 // （一）
	levelDigit    = 3 // 1.
	levelWrap     = 4 // （1）
	levelHalfWrap = 5 // 1）
	levelRing     = 6 // ①
)

// levelAt reads what numbers an item at i.
func levelAt(s string, i int) (token, bool) {
	from := i
	r, n := utf8.DecodeRuneInString(s[i:])
	for n > 0 && r != '\n' && unicode.IsSpace(r) {
		i += n
		r, n = utf8.DecodeRuneInString(s[i:])
	}
	t := token{Span: Span{from, i}, class: level}
	if r >= '①' && r <= '⑳' {
		t.n, t.first, t.End = levelRing, r == '①', i+n
		return t, true
	}
	wrapped := r == '（' || r == '('
	if wrapped {
		i += n
	}
	body := i
	for i < len(s) && i-body < 12 {
		r, n = utf8.DecodeRuneInString(s[i:])
		if !strings.ContainsRune("0123456789一二三四五六七八九十", r) {
			break
		}
		i += n
	}
	if i == body || i >= len(s) {
		return t, false
	}
	han := s[body] >= utf8.RuneSelf
	closed := r == '）' || r == ')'
	next, _ := utf8.DecodeRuneInString(s[i+n:])
	switch {
	case wrapped && closed && han:
		t.n = levelHanWrap
	case wrapped && closed && i-body <= 2:
		t.n = levelWrap
	case wrapped:
		return t, false
	case han && r == '、':
		t.n = levelHan
	case !han && i-body <= 3 && (r == '.' || r == '．' || r == '、') && !unicode.IsDigit(next):
		t.n = levelDigit
	case !han && i-body <= 3 && closed:
		t.n = levelHalfWrap
	default:
		return t, false
	}
	t.first = s[body:i] == "一" || s[body:i] == "1"
	t.End = i + n
	return t, true
}

// numbersOf are the numbers of a text with those of units that package prose does not know: 3名.
func numbersOf(s string) []Number {
	found := prose.Quantities(starred(s))
	out := make([]Number, len(found))
	for i, q := range found {
		if q.Kind == prose.Plain && q.Measure == "" {
			q.Measure = measureOf(s[q.End:])
		}
		out[i] = Number{Quantity: q, Subject: -1, Of: -1, Whole: -1, WholeSubject: -1}
	}
	return out
}

// measures are counted by sentences besides those of package prose.
var measures = [...]string{"名", "艘", "架", "座", "所", "栋", "幢", "部", "篇", "场", "间", "条", "岁", "支", "种", "类", "级", "位", "笔", "公里", "亩", "千米", "米", "周", "日", "小时", "分钟", "只", "组", "类", "吨", "册", "本", "页", "人", "余", "多", "万人", "万户", "万平方米", "万次", "万个", "亿次", "个"}

func measureOf(s string) string {
	s = strings.TrimLeft(s, " ")
	for _, m := range measures {
		if strings.HasPrefix(s, m) {
			return m
		}
	}
	return ""
}
