package audit

import (
	"yusuan/internal/diag"
	"yusuan/internal/prose"
	"yusuan/internal/sentence"
)

// Held is a number of a sentence and what it was held against, or why against nothing: who reads that there are no faults must
// know what was looked at.
type Held struct {
	At      diag.Range
	Section string // below which it stands
	Text    string // as it is printed
	Around  string // the number with the words beside it
	By      string // what it was held against, "" for nothing
	Why     string // a word of the list Reasons where it was held against nothing
}

// The reasons for which nothing is there that a number can be held against.
const (
	onceOnly  = "只写了这一次，没有别的数可比"
	nameless  = "没有读出是什么的数"
	unlisted  = "表里没有叫这个名称的数"
	noLast    = "没有上年的数可比"
	noWhole   = "没有读出占什么的比重"
	unitPrice = "单价"
	limit     = "限额"
	yearNamed = "年份"
	ordinal   = "序号、日期、文号"
	target    = "目标值"
	notRead   = "没有读懂"
)

// Reasons are all of them, those first that people had better look at.
func Reasons() []string {
	return []string{notRead, nameless, unlisted, noLast, noWhole, onceOnly, unitPrice, limit, target, yearNamed, ordinal}
}

// Counts reports whether the number says something that could be false of the budget: years, dates and the numbers of documents
// and lists say nothing of it.
func (h *Held) Counts() bool { return h.Why != ordinal && h.Why != yearNamed }

// WorthALook reports whether people had better look at a number that nothing was held against for a reason: numbers of items and
// dates are many and say nothing.
func WorthALook(why string) bool { return why != ordinal && why != yearNamed }

// heldOf are the numbers of texts with what they were held against.
func heldOf(all []told) (out []Held) {
	for i := range all {
		t := &all[i]
		for k := range t.read.Numbers {
			h := Held{At: t.at(k), Section: t.text.Section.V, Text: t.printedAs(k), Around: t.around(k), By: t.held[k]}
			if h.By == "" {
				h.Why = t.whyNot(k)
			}
			out = append(out, h)
		}
	}
	return out
}

// whyNot is why nothing was there to hold a number against.
func (t *told) whyNot(i int) string {
	n := &t.read.Numbers[i]
	switch n.Role {
	case sentence.Sum:
		switch {
		case n.Rate != "":
			return unitPrice
		case n.Subject < 0:
			return nameless
		}
		return unlisted
	case sentence.Last, sentence.Change, sentence.Rate:
		return noLast
	case sentence.Share:
		return noWhole
	case sentence.Count:
		return onceOnly
	case sentence.Price:
		return unitPrice
	case sentence.Limit:
		return limit
	case sentence.Year:
		return yearNamed
	case sentence.Ordinal:
		return ordinal
	case sentence.Target:
		return target
	}
	if n.Kind == prose.Year {
		return yearNamed
	}
	return notRead
}
