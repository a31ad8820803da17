package sentence

import (
	"math/big"
	"strings"
	"unicode/utf8"

	"yusuan/internal/money"
	"yusuan/internal/prose"
)

// Kinds of slips, as Slip.Kind says them.
const (
	UnitMissing = "单位不全"
	UnitTwice   = "单位重复"
	NoSuchDate  = "日期"
	EitherWay   = "增减"
	NoName      = "名称"
	MarkTwice   = "标点"
	Unpaired    = "成对"
	CutOff      = "数不全"
	Minus       = "负数"
	UnitOther   = "单位不同"
)

func (p *Passage) slip(at Span, kind, want string) {
	p.Slips = append(p.Slips, Slip{Span: at, Kind: kind, Want: want})
}

// slips are what is wrong with words alone.
func (p *Passage) slips(toks []token) {
	s := p.Text
	for k, t := range toks {
		if t.class == either {
			p.slip(t.Span, EitherWay, "")
		}
		if k > 0 && toks[k-1].End == t.Start && doubledMark(toks[k-1].class, t.class) {
			p.slip(Span{toks[k-1].Start, t.End}, MarkTwice, s[toks[k-1].Start:toks[k-1].End])
		}
	}
	for i := range p.Numbers {
		p.slipsOf(i)
	}
	p.otherUnit()
	p.placeholders()
	p.pairs()
}

// otherUnit finds the one amount in 元 among those in 万元: 比上年增加40.37元.
func (p *Passage) otherUnit() {
	tens, yuan, n, most := 0, none, 0, new(big.Rat)
	for i := range p.Numbers {
		x := &p.Numbers[i]
		if x.Kind != prose.Amount || x.Role != Sum && x.Role != Last && x.Role != Change {
			continue
		}
		if x.Unit == money.Yuan {
			yuan, n = i, n+1
		} else {
			tens++
			if a := rat(x); a.Cmp(most) > 0 {
				most = a
			}
		}
	}
	if n == 1 && tens > 1 && p.Numbers[yuan].Places > 0 && rat(&p.Numbers[yuan]).Cmp(most) < 0 { // as 万元 it would be 10,000 times as much
		x := &p.Numbers[yuan]
		p.slip(Span{x.Start, x.End}, UnitOther, x.Literal+"万元")
	}
}

// doubledMark reports whether two marks do not follow each other.
func doubledMark(a, b class) bool {
	switch a {
	case comma, pause, half, full, colon:
		return b == comma || b == pause || b == half || b == full || b == colon
	}
	return false
}

// slipsOf are what is wrong with how a number is written.
func (p *Passage) slipsOf(i int) {
	n := &p.Numbers[i]
	behind := strings.TrimLeft(p.Text[n.End:min(n.End+24, len(p.Text))], " ")
	for _, w := range []string{"元", "万", "%", "％", "亿"} {
		if (n.Role == Sum || n.Role == Last || n.Role == Change || n.Role == Rate || n.Role == Share) && strings.HasPrefix(behind, w) && !strings.HasSuffix(p.Text[n.Start:n.End], "年") {
			p.slip(Span{n.Start, n.End + strings.Index(p.Text[n.End:], w) + len(w)}, UnitTwice, p.Text[n.Start:n.End])
		}
	}
	if n.Role == Ordinal || n.Start == 0 {
		return
	}
	before := p.Text[:n.Start]
	if r, size := utf8.DecodeLastRuneInString(before); (r == '.' || r == ',' || r == '，' || r == '．') && n.Start > size {
		if c := before[n.Start-size-1]; c >= '0' && c <= '9' { // 1,23.45: digits are missing, or too many
			p.slip(Span{n.Start - size - 1, n.End}, CutOff, "")
		}
	}
	if (n.Role == Change || n.Role == Rate) && n.Sign != 0 && strings.HasPrefix(n.Literal, "-") {
		p.slip(Span{n.SignAt.Start, n.End}, Minus, strings.TrimPrefix(n.Literal, "-"))
	}
}

// placeholders finds what a template left to be filled in: XX局, ××年, X月.
func (p *Passage) placeholders() {
	s := p.Text
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if !strings.ContainsRune("XxＸ×Ｘ＊*○〇＿_", r) {
			i += n
			continue
		}
		start, count := i, 0
		for i < len(s) {
			c, m := utf8.DecodeRuneInString(s[i:])
			if c != r {
				break
			}
			i, count = i+m, count+1
		}
		if p.unfilled(r, count, start, i) {
			p.slip(Span{start, i + len(followed(s[i:]))}, NoName, "")
		}
	}
}

// followed is the word behind a placeholder.
func followed(s string) string {
	for _, w := range []string{"万元", "亿元", "元", "年度", "年", "月", "日", "部门", "单位", "局", "委员会", "委", "厅", "办公室", "办", "中心", "区", "市", "县", "省", "镇", "街道", "个", "家", "辆", "台", "人", "名", "项目", "工作", "等", "%", "％", "公司", "经费", "费", "支出", "、", "，", "。"} {
		if strings.HasPrefix(s, w) {
			return w
		}
	}
	return ""
}

// unfilled reports whether a run of marks stands for words that are to come: a cross between numbers is a product.
func (p *Passage) unfilled(r rune, count, start, end int) bool {
	word := followed(p.Text[end:])
	before, _ := utf8.DecodeLastRuneInString(p.Text[:start])
	after, _ := utf8.DecodeRuneInString(p.Text[end:])
	letter := func(c rune) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' }
	switch {
	case letter(before) || letter(after) || word == "":
		return false
	case count >= 2:
		return word != "、" && word != "，" && word != "。" || r != '〇' && r != '○'
	case r == '×' && (strings.ContainsRune("元人月天年台套㎡米个次）)%％", before) || before >= '0' && before <= '9'):
		return false
	}
	return (r == 'X' || r == '×' || r == 'Ｘ') && (word == "局" || word == "月" || word == "日" || word == "万元" || word == "年" || word == "年度" || word == "部门" || word == "单位" || word == "个" || word == "辆")
}

// pairs finds quotes and brackets that stand without their others. What opens may close on another line of the passage.
func (p *Passage) pairs() {
	type open struct {
		mark rune
		at   int
	}
	closes := map[rune]rune{'（': '）', '(': ')', '“': '”', '《': '》', '〔': '〕', '【': '】'}
	var stack []open
	line := 0
	for i, r := range p.Text {
		switch r {
		case '（', '(', '“', '《', '〔', '【':
			stack = append(stack, open{r, i})
		case '）', ')', '”', '》', '〕', '】':
			if n := len(stack); n > 0 && (closes[stack[n-1].mark] == r || (r == ')' || r == '）') && (stack[n-1].mark == '（' || stack[n-1].mark == '(')) {
				stack = stack[:n-1]
			} else if !numbering(p.Text[line:i]) {
				p.slip(Span{i, i + utf8.RuneLen(r)}, Unpaired, "")
			}
		case '\n':
			line = i + 1
		}
	}
	for _, x := range stack {
		p.slip(Span{x.at, x.at + utf8.RuneLen(x.mark)}, Unpaired, "")
	}
}

// numbering reports whether what stands before a bracket numbers an item: 1）, a）.
func numbering(before string) bool {
	r, _ := utf8.DecodeLastRuneInString(before)
	return r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || strings.ContainsRune("一二三四五六七八九十", r)
}
