package compose

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"yusuan/internal/doc"
	"yusuan/internal/pack"
	"yusuan/internal/schedule"
)

// numbers remembers what the words printed: what each number is, and where in the texts numbers stand. Of what is not printed
// in the end (what a template only asked for) no text has a mark.
type numbers struct {
	told  schedule.Tolds
	marks []doc.Mark // of all texts (doc.Document.Marks)
	piece piece      // whose memory serves the next
}

// mark wraps a number that a word prints with its unit. What prints nothing stays empty, so that templates can ask whether
// there is one.
func (n *numbers) mark(t schedule.Told, unit string) string {
	if t.Text == "" {
		return unit
	}
	var buf [64]byte
	b := append(buf[:0], markOpen, numberMark)
	b = strconv.AppendInt(b, int64(n.told.Add(t)), 10)
	b = append(append(append(append(b, markClose), t.Text...), pack.MarkEnd...), unit...)
	return string(b)
}

// list keeps the marks of one text.
func (n *numbers) list(marks ...doc.Mark) doc.Marks {
	if len(marks) == 0 {
		return 0
	}
	if len(n.marks) == 0 {
		n.marks = append(n.marks, doc.Mark{})
	}
	at := len(n.marks)
	n.marks = append(append(n.marks, marks...), doc.Mark{})
	return doc.Marks(at)
}

// whole is a text that is one number.
func (n *numbers) whole(t schedule.Told) doc.Text {
	if t.Text == "" {
		return doc.Text{}
	}
	return doc.Text{String: t.Text, Marks: n.list(doc.Mark{To: int32(len(t.Text)), Of: n.told.Add(t)})}
}

// cut is the stretch of a text with the numbers that stand in it whole.
func (n *numbers) cut(t doc.Text, from, to int) doc.Text {
	if t.Marks != 0 && (from > 0 || to < len(t.String)) {
		t.Marks, _ = n.within(doc.MarksOf(n.marks, t.Marks), from, to)
	}
	t.String = t.String[from:to]
	return t
}

// within keeps the marks of a stretch of a text as those of a text of its own, and returns those behind it.
func (n *numbers) within(marks []doc.Mark, from, to int) (of doc.Marks, behind []doc.Mark) {
	var some [8]doc.Mark
	kept := some[:0]
	i := 0
	for ; i < len(marks) && int(marks[i].To) <= to; i++ {
		if m := marks[i]; int(m.From) >= from {
			kept = append(kept, doc.Mark{From: m.From - int32(from), To: m.To - int32(from), Of: m.Of})
		}
	}
	return n.list(kept...), marks[i:]
}

// joined makes one text of several, with the first origin that is known. Which of it are the author's words, marks say.
func (n *numbers) joined(p []doc.Text) doc.Text {
	if len(p) == 1 {
		return p[0]
	}
	var t doc.Text
	var sb strings.Builder
	var some [8]doc.Mark
	all := some[:0]
	for i := range p {
		x := &p[i]
		if !x.Origin.IsZero() {
			of := n.told.Add(schedule.Told{Kind: schedule.ValueWritten, Text: x.String, Of: schedule.Number{At: &x.Origin}})
			all = append(all, doc.Mark{From: int32(sb.Len()), To: int32(sb.Len() + len(x.String)), Of: of})
		}
		for _, m := range doc.MarksOf(n.marks, x.Marks) {
			all = append(all, doc.Mark{From: m.From + int32(sb.Len()), To: m.To + int32(sb.Len()), Of: m.Of})
		}
		sb.WriteString(x.String)
		if t.Origin.IsZero() {
			t.Origin = x.Origin
		}
	}
	t.String, t.Marks = sb.String(), n.list(all...)
	return t
}

// joins reports whether a number right behind the author's words would be read as one with them: 信息化二期2026 and 12.50 as
// 信息化二期202612.50.
func joins(words string) bool {
	r, _ := utf8.DecodeLastRuneInString(words)
	return unicode.IsDigit(r) || strings.ContainsRune(".,．+＋-−－", r)
}

// piece is words of the pack in the making, with the numbers among them.
type piece struct {
	of    *numbers
	text  string // while it is one stretch of a template's output
	buf   []byte // from the second on
	marks []doc.Mark
}

// add appends words.
func (p *piece) add(s string) {
	if strings.IndexByte(s, markClose) >= 0 { // of a mark that was cut in two
		s = strings.ReplaceAll(s, string(markClose), "")
	}
	switch {
	case s == "":
	case p.text == "":
		p.text = s
	default:
		if len(p.buf) == 0 {
			p.buf = append(p.buf, p.text...)
		}
		p.buf = append(p.buf, s...)
	}
}

func (p *piece) len() int32 {
	if len(p.buf) > 0 {
		return int32(len(p.buf))
	}
	return int32(len(p.text))
}

// number appends a number that the output goes on with, what stands in its mark, and returns what is behind it.
func (p *piece) number(what, rest string) (tail string) {
	text := rest
	if i := strings.IndexByte(rest, markOpen); i >= 0 {
		text, tail = rest[:i], strings.TrimPrefix(rest[i:], pack.MarkEnd)
	}
	from := p.len()
	p.add(text)
	var of int32
	if what[0] == pack.MarkCount {
		of = p.of.told.Add(schedule.Told{Kind: schedule.ValueCount, Text: text})
	} else if n, err := strconv.ParseInt(what[1:], 10, 32); err == nil && p.of.told.Of(int32(n)) != nil {
		of = int32(n)
	}
	if to := p.len(); of > 0 && to > from {
		p.marks = append(p.marks, doc.Mark{From: from, To: to, Of: of})
	}
	return tail
}

// end appends the words so far to others and begins anew.
func (p *piece) end(out []doc.Text) []doc.Text {
	if p.text == "" {
		return out
	}
	t := doc.Text{String: p.text, Marks: p.of.list(p.marks...)}
	if len(p.buf) > 0 {
		t.String = string(p.buf)
	}
	p.text, p.buf, p.marks = "", p.buf[:0], p.marks[:0]
	return append(out, t)
}
