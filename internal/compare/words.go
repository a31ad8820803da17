package compare

import (
	"regexp"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"yusuan/internal/doc"
)

// whole are stretches that are never parted: dates, numbers with their commas, decimals and per cent.
var whole = regexp.MustCompile(`\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?|\d{1,2}月\d{1,2}日|\d{4}-\d{1,2}-\d{1,2}|[-−－]?\d[\d,]*(?:\.\d+)?(?:[%％‰]|个百分点)?|[-−－]?[０-９][０-９，]*(?:．[０-９]+)?[％%‰]?`)

// tokens parts a text into what differences are told of: numbers and dates whole, words of letters whole, else characters.
func tokens(s string) []string {
	out := make([]string, 0, len(s)/3+1)
	spans := [][]int(nil)
	if strings.ContainsAny(s, "0123456789０１２３４５６７８９") {
		spans = whole.FindAllStringIndex(s, -1)
	}
	at := 0
	for _, x := range spans {
		from := x[0]
		if r, _ := utf8.DecodeRuneInString(s[from:]); strings.ContainsRune("-−－", r) && from > 0 {
			if b, n := utf8.DecodeLastRuneInString(s[:from]); unicode.IsDigit(b) || latin(s[from-n:]) {
				from += utf8.RuneLen(r) // joins codes: it is no sign
			}
		}
		out = words(out, s[at:from])
		out = append(out, s[from:x[1]])
		at = x[1]
	}
	return words(out, s[at:])
}

// words appends words of Latin letters whole and all else by characters.
func words(out []string, s string) []string {
	for i := 0; i < len(s); {
		_, n := utf8.DecodeRuneInString(s[i:])
		for latin(s[i:]) && i+n < len(s) && latin(s[i+n:]) {
			n++
		}
		out = append(out, s[i:i+n])
		i += n
	}
	return out
}

func latin(s string) bool { return s[0] >= 'a' && s[0] <= 'z' || s[0] >= 'A' && s[0] <= 'Z' }

// pieces are two texts as one.
func pieces(old, new string) []Piece {
	if old == new {
		if old == "" {
			return nil
		}
		return []Piece{{Same, old}}
	}
	a, b := tokens(old), tokens(new)
	var n numbered
	same := make([]bool, len(a))
	now := map[int]int{}
	for _, p := range common(n.all(a), n.all(b)) {
		same[p[0]], now[p[0]] = true, p[1]
	}
	var out []Piece
	wasAt, isAt := 0, 0 // bytes told so far
	add := func(k Kept, n int) {
		if k == New {
			out, isAt = appendPiece(out, k, new, isAt, n), isAt+n
			return
		}
		out, wasAt = appendPiece(out, k, old, wasAt, n), wasAt+n
		if k == Same {
			isAt += n
		}
	}
	j := 0
	for i, s := range a {
		if !same[i] {
			add(Gone, len(s))
			continue
		}
		for ; j < now[i]; j++ {
			add(New, len(b[j]))
		}
		add(Same, len(s))
		j++
	}
	for ; j < len(b); j++ {
		add(New, len(b[j]))
	}
	return joined(ordered(out))
}

// appendPiece appends n bytes of a text from a place on; what goes on is one stretch of the text.
func appendPiece(out []Piece, k Kept, s string, at, n int) []Piece {
	if last := len(out) - 1; last >= 0 && out[last].Kind == k {
		out[last].Text = s[at-len(out[last].Text) : at+n]
		return out
	}
	return append(out, Piece{k, s[at : at+n]})
}

// ordered puts what is gone before what came, between two stretches that stayed.
func ordered(list []Piece) (out []Piece) {
	for i := 0; i < len(list); {
		if list[i].Kind == Same {
			out = append(out, list[i])
			i++
			continue
		}
		gone, came := "", ""
		for ; i < len(list) && list[i].Kind != Same; i++ {
			if list[i].Kind == Gone {
				gone += list[i].Text
			} else {
				came += list[i].Text
			}
		}
		out = appendChange(out, gone, came)
	}
	return out
}

func appendChange(out []Piece, gone, came string) []Piece {
	if gone != "" {
		out = append(out, Piece{Gone, gone})
	}
	if came != "" {
		out = append(out, Piece{New, came})
	}
	return out
}

// joined takes a single character that stayed beside a word that became another into one change with what is on both sides of
// it, rather than two changes about a character that happens to be the same.
func joined(list []Piece) []Piece {
	var out []Piece
	for i := 0; i < len(list); {
		if list[i].Kind == Same {
			out = append(out, list[i])
			i++
			continue
		}
		var gone, came strings.Builder
		for {
			next, other := changed(list, i)
			for ; i < next; i++ {
				if list[i].Kind == Gone {
					gone.WriteString(list[i].Text)
				} else {
					came.WriteString(list[i].Text)
				}
			}
			if i+1 >= len(list) || !slight(list[i].Text) {
				break
			}
			if _, too := changed(list, i+1); !other && !too {
				break
			}
			gone.WriteString(list[i].Text)
			came.WriteString(list[i].Text)
			i++
		}
		out = appendChange(out, gone.String(), came.String())
	}
	return out
}

// changed is where a change that begins at a place ends, and whether something went and something came.
func changed(list []Piece, i int) (next int, other bool) {
	went, came := false, false
	for ; i < len(list) && list[i].Kind != Same; i++ {
		went, came = went || list[i].Kind == Gone, came || list[i].Kind == New
	}
	return i, went && came
}

// slight reports whether a stretch is one character of a word: no number, no punctuation.
func slight(s string) bool {
	r, n := utf8.DecodeRuneInString(s)
	return n == len(s) && unicode.Is(unicode.Han, r)
}

// bag counts the tokens of a text.
type bag struct {
	of   map[string]int
	size int
}

func bagOf(s string) *bag {
	b := &bag{of: map[string]int{}}
	for _, t := range tokens(s) {
		b.of[t]++
		b.size++
	}
	return b
}

// like is how much two texts have in common, in thousandths.
func (b *bag) like(o *bag) int {
	if b.size+o.size == 0 {
		return 1000
	}
	n := 0
	small, large := b, o
	if len(small.of) > len(large.of) {
		small, large = large, small
	}
	for t, k := range small.of {
		n += min(k, large.of[t])
	}
	// A short text that is nearly all in a longer one is that, gone on with.
	const enough = 8 // tokens
	within := 0
	if least := min(b.size, o.size); least >= enough {
		within = 500 * n / least
	}
	return max(2000*n/(b.size+o.size), within)
}

// text is words that stand together: the spans of a paragraph, the paragraphs of a cell.
type text struct {
	parts  []*doc.Text
	starts []int // of each in s
	s      string
}

func textOf(between string, parts ...*doc.Text) text {
	if len(parts) == 1 {
		return text{parts: parts, starts: []int{0}, s: parts[0].String}
	}
	t := text{parts: parts, starts: make([]int, len(parts))}
	var sb strings.Builder
	for i, p := range parts {
		if i > 0 {
			sb.WriteString(between)
		}
		t.starts[i] = sb.Len()
		sb.WriteString(p.String)
	}
	t.s = sb.String()
	return t
}

// cellText are the paragraphs of a cell.
func cellText(c *doc.Cell) text {
	if c == nil {
		return text{}
	}
	parts := make([]*doc.Text, len(c.Text))
	for i := range c.Text {
		parts[i] = &c.Text[i]
	}
	return textOf("\n", parts...)
}

// over are the numbers of the texts that a stretch touches, the first and behind the last. It finds them without going through
// all: a paragraph may have thousands.
func (t *text) over(from, to int) (first, end int) {
	first = sort.Search(len(t.parts), func(i int) bool { return t.starts[i]+len(t.parts[i].String) >= from })
	for end = first; end < len(t.parts) && t.starts[end] <= to; end++ {
	}
	return first, end
}

// spots are the places of a stretch, a part of it in each of the texts that it goes over; of no length, in one.
func (t *text) spots(from, to int) (out []Spot) {
	first, end := t.over(from, to)
	for i := first; i < end; i++ {
		p := t.parts[i]
		a, b := max(from-t.starts[i], 0), min(to-t.starts[i], len(p.String))
		if a < b || from == to && a == b && from >= t.starts[i] {
			out = append(out, Spot{Text: p, From: a, To: b})
			if from == to {
				break
			}
		}
	}
	return out
}

// all is all of a text.
func (t *text) all() []Spot {
	if t.s == "" {
		return nil
	}
	return t.spots(0, len(t.s))
}

// end is behind its last word.
func (t *text) end() []Spot {
	if len(t.parts) == 0 {
		return nil
	}
	p := t.parts[len(t.parts)-1]
	return []Spot{{Text: p, From: len(p.String), To: len(p.String)}}
}

// changed are the spots of pieces in the new text.
func (t *text) changed(list []Piece) (out []Spot) {
	at := 0
	for _, p := range list {
		switch p.Kind {
		case Same:
			at += len(p.Text)
		case Gone:
			out = append(out, t.spots(at, at)...)
		case New:
			out = append(out, t.spots(at, at+len(p.Text))...)
			at += len(p.Text)
		}
	}
	return out
}
