package compose

import (
	"fmt"
	"strings"
	"testing"

	"yusuan/internal/doc"
	"yusuan/internal/pack"
	"yusuan/internal/schedule"
)

// shown prints texts with their numbers in brackets, parted by bars.
func shown(n *numbers, texts []doc.Text) string {
	var out []string
	for _, t := range texts {
		s, at := "", int32(0)
		for _, m := range doc.MarksOf(n.marks, t.Marks) {
			s += t.String[at:m.From] + "[" + t.String[m.From:m.To] + "]"
			at = m.To
		}
		out = append(out, s+t.String[at:])
	}
	return strings.Join(out, "|")
}

// TestNumbersSurvive: what words print keeps saying what it is, and parts no text that would be one without.
func TestNumbersSurvive(t *testing.T) {
	var o origins
	n := func(s string) string { return o.numbers.mark(schedule.Told{Text: s}, "") }
	own := o.mark(str("甲", 3))
	for _, c := range []struct{ out, texts, joined string }{
		{"合计" + n("1.00") + "万元，占" + n("5%") + "。", "合计[1.00]万元，占[5%]。", ""},
		{n("1.00"), "[1.00]", ""},
		{n(""), "", ""},
		{own + n("2.00") + "万元" + own, "甲|[2.00]万元|甲", "[甲][2.00]万元[甲]"},
		{"共" + pack.Count(3).String() + "个" + pack.Count(12).String(), "共[3]个[12]", ""},
		{"　　收" + n("1.00") + "　\n\n " + n("2.00") + "、" + n("3.00") + " ", "　　收[1.00]　\n\n [2.00]、[3.00] ", ""},
		// What a template cut or made itself.
		{n("4,671.85")[:8], "[4,67]", ""}, {"a\x0e#99\x0f5\x0e\x0fb", "a5b", ""}, {"a\x0e#x\x0f5\x0e\x0fb", "a5b", ""}, {"\x0e#1", "#1", ""}, {"\x0e=\x0f7", "[7]", ""},
	} {
		got := o.split(c.out)
		if s := shown(&o.numbers, got); s != c.texts {
			t.Errorf("%q is split into %q, want %q", c.out, s, c.texts)
		}
		if len(got) > 1 {
			if s := shown(&o.numbers, []doc.Text{o.numbers.joined(got)}); s != c.joined {
				t.Errorf("%q is joined to %q, want %q", c.out, s, c.joined)
			}
		}
	}
	paragraphs := o.paragraphs(o.split("　　收" + n("1.00") + own + "　\n\n " + n("2.00") + "、" + n("3.00") + " \n"))
	if got := fmt.Sprint(shown(&o.numbers, paragraphs[0]), " ", shown(&o.numbers, paragraphs[1])); got != "收[1.00]|甲 [2.00]、[3.00]" || len(paragraphs) != 2 {
		t.Error(got)
	}
	c := &composer{p: &pack.Pack{}}
	h := c.proseLine(c.origins.split("## 一、共"+pack.Count(2).String()+"个"), str("", 1).At).(*doc.Heading)
	if got := shown(&c.origins.numbers, []doc.Text{h.Text}); got != "一、共[2]个" {
		t.Error(got)
	}
}
