package schedule

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"yusuan/internal/diag"
	"yusuan/internal/source"
)

var (
	// written is a number in a text of the author's.
	written = regexp.MustCompile(`\d[\d,]*(?:\.\d+)?[%％‰]?`)
	// dated is what stands behind a number that is a year, a day, an hour, or the number of a document.
	dated = regexp.MustCompile(`^(?:年|月|日|号|时|[-—－~～至到]\d+年|[-/]\d)`)
	// coded is what stands before a number that is part of a name, a code or a date.
	coded = regexp.MustCompile(`(?:[A-Za-z_/#第〔\[]|[A-Za-z0-9]-)$`)
	// begins and counts are about the number of an entry of a list: 1、 and （2） and 3) where a line or a clause begins.
	begins, counts = regexp.MustCompile(`(?:^|[\n：:；;。])[ \x{3000}]*[（(]?$`), regexp.MustCompile(`^[)）、.．]`)
)

// writtenNumbers are the amounts, counts and shares in a text, from and to. Years, dates, numbers of entries and codes are
// none.
func writtenNumbers(s string) (out [][2]int) {
	if !strings.ContainsAny(s, "0123456789") { // as most names and sentences; the search itself is slow
		return nil
	}
	for _, x := range written.FindAllStringIndex(s, -1) {
		before, behind := lastOf(s[:x[0]]), s[x[1]:]
		if dated.MatchString(behind) || coded.MatchString(before) || begins.MatchString(before) && counts.MatchString(behind) {
			continue
		}
		out = append(out, [2]int{x[0], x[1]})
	}
	return out
}

// lastOf is the end of what stands before a number: all that tells what it is. A mark stands for the rest.
func lastOf(s string) string {
	const most = 24
	if len(s) <= most {
		return s
	}
	return "…" + s[len(s)-most:]
}

// typed are the texts that the author filled in, by place. It remembers where it found a part of a text: the next is looked for
// from there on, lest texts of thousands of paragraphs be gone through for each.
type typed struct {
	list  []source.String
	next  []int          // of each, where to look first
	first map[string]int // the first of those that are equal

	// What was looked for last, and where it stands.
	text   string
	origin diag.Range
	in     *source.String
	from   int
}

func (d *Document) typed() *typed {
	out := &typed{first: map[string]int{}}
	d.Budget.Facts.EachText(func(s source.String) { out.list = append(out.list, s) })
	slices.SortStableFunc(out.list, func(a, b source.String) int { return comparePlaces(a.At, b.At) })
	out.next = make([]int, len(out.list))
	for i := len(out.list) - 1; i >= 0; i-- {
		out.first[out.list[i].V] = i
	}
	return out
}

func comparePlaces(a, b diag.Range) int {
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Start.Line, b.Start.Line), cmp.Compare(a.Start.Column, b.Start.Column))
}

// place is where in the files a character of a text stands. The document knows where the text begins, or for names that stand
// for an entry, where the entry is: those are found where they are typed first.
func (l *typed) place(origin diag.Range, text string, at int) diag.Range {
	if l.text != text || l.origin != origin { // of a text with very many numbers it is looked for once
		l.text, l.origin = text, origin
		l.in, l.from = l.find(origin, text)
	}
	if l.in == nil {
		return origin
	}
	return l.in.Line(l.from + at)
}

// find is where a text stands: in which of the author's, and from where on; nil where it cannot be told.
func (l *typed) find(origin diag.Range, text string) (in *source.String, from int) {
	i, found := slices.BinarySearchFunc(l.list, origin, func(s source.String, origin diag.Range) int { return comparePlaces(s.At, origin) })
	if !found {
		i--
	}
	if i >= 0 && l.list[i].At.File == origin.File {
		s := &l.list[i]
		for _, start := range []int{min(l.next[i], len(s.V)), 0} {
			for from := start; ; from++ {
				n := strings.Index(s.V[from:], text)
				if n < 0 {
					break
				}
				if from += n; found || s.Line(from).Start == origin.Start {
					l.next[i] = from
					return s, from
				}
			}
		}
	}
	if i, ok := l.first[text]; ok {
		return &l.list[i], 0
	}
	return nil, 0
}
