package schedule

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Meant answers like Ask, and where that has no answer, what people write instead of an address: understood where it can be
// but one number, else answered with the numbers that it may be. What files state is held against addresses alone (Ask).
func (d *Document) Meant(address string) (Answer, error) {
	x, err := d.Ask(address)
	if id, _, _ := strings.Cut(strings.ReplaceAll(address, "．", "."), "."); err == nil || d.tableNamed(id) != nil {
		return x, err
	}
	if y, other := d.otherwise(address); other != nil || y.Address != "" {
		return y, other
	}
	return x, err
}

// separators stand between words where no dot does: those of our own titles, then those that names rarely have in them, then
// all that people write.
var separators = []string{"·", " \u3000\t·，。；;>＞|｜→", " \u3000\t·，。；;>＞|｜→/／,、", " \u3000\t·，。；;>＞|｜→/／,、-—－"}

// otherwise answers what is no address of ours: a table's words parted by other marks, a number as it is printed, a heading,
// words without their table.
func (d *Document) otherwise(address string) (Answer, error) {
	if x, ok := d.keyedAs(address); ok {
		return x, nil
	}
	if list := d.printedAs(address); len(list) > 0 {
		return chosen(list, "印作“%s”的有%d个，写明是哪一个", strings.TrimSpace(address), len(list))
	}
	if !strings.Contains(address, ".") {
		for _, marks := range separators {
			words := strings.FieldsFunc(address, func(r rune) bool { return strings.ContainsRune(marks, r) })
			if len(words) < 2 || d.tableNamed(words[0]) == nil {
				continue
			}
			if x, err := d.Ask(strings.Join(words, ".")); err == nil || len(candidates(err)) > 0 {
				return x, err
			}
		}
	}
	if list := d.below(plainWords(address)); len(list) > 0 {
		return chosen(list, "“%s”下面有%d个数，写明是哪一个", address, len(list))
	}
	words := plainParts(address)
	if last := len(words) - 1; last > 0 && counted(words[last], "个数") >= 0 {
		heading := strings.Join(words[:last], ".")
		if list := d.below(heading); len(list) > 0 {
			return Answer{}, &NoAnswer{Words: fmt.Sprintf("“%s”下面没有%s，有的是", heading, words[last]), Candidates: list}
		}
	}
	if list := d.everywhere(words); len(list) > 0 {
		return chosen(list, "“%s”没有写表号，有%d个数合适，写明是哪一个", address, len(list))
	}
	if len(words) > 1 {
		if list := d.everywhere(words[1:]); len(list) > 0 {
			return Answer{}, &NoAnswer{Words: fmt.Sprintf("没有表“%s”；有“%s”的是", words[0], strings.Join(words[1:], ".")), Candidates: list}
		}
	}
	return Answer{}, nil
}

// chosen is the only one of some answers, or all of them for people to choose from.
func chosen(list []Answer, format string, args ...any) (Answer, error) {
	if len(list) == 1 {
		return list[0], nil
	}
	return Answer{}, &NoAnswer{Words: fmt.Sprintf(format, args...), Candidates: list}
}

func candidates(err error) []Answer {
	if e, ok := err.(*NoAnswer); ok {
		return e.Candidates
	}
	return nil
}

func plainParts(address string) (out []string) {
	for w := range strings.SplitSeq(strings.ReplaceAll(address, "．", "."), ".") {
		out = append(out, plainWords(w))
	}
	return out
}

// asPrinted is a number as documents print it, with its unit perhaps.
var asPrinted = regexp.MustCompile(`^([-−]?\d[\d,，]*(?:\.\d+)?)([%％]?)(?:万元|元)?$`)

// keyedAs is the number that programs call so.
func (d *Document) keyedAs(key string) (out Answer, ok bool) {
	id, _, more := strings.Cut(key, "/")
	s := d.Table(id)
	if !more || s == nil {
		return out, false
	}
	s.Each(func(ref Ref) {
		if !ok && s.Key(ref) == key {
			out, ok = s.Answer(ref), true
		}
	})
	return out, ok
}

// printedAs are the numbers on the page that look so.
func (d *Document) printedAs(address string) (out []Answer) {
	look := func(s string) string {
		m := asPrinted.FindStringSubmatch(plainWords(s))
		if m == nil {
			return ""
		}
		return strings.NewReplacer(",", "", "，", "", "−", "-").Replace(m[1]) + strings.Replace(m[2], "％", "%", 1)
	}
	want := look(address)
	if want == "" {
		return nil
	}
	for _, g := range d.Groups()[1:] { // those behind the numbers with names: what stands on the page
		for _, x := range g.Answers {
			if look(x.Value.Printed) == want {
				out = append(out, x)
			}
		}
	}
	return out
}

// below are the numbers of sentences, forms and charts below a heading, with its number or without.
func (d *Document) below(heading string) (out []Answer) {
	s := d.places()
	for i := range s.list {
		g := &s.groups[s.list[i].group]
		if called := append(g.alsoCalled(), plainWords(g.heading), plainWords(g.prefix)); heading != "" && slices.Contains(called, heading) {
			out = append(out, d.spotAnswer(&s.list[i]))
		}
	}
	return out
}

// everywhere are the numbers in the tables that words name which do not say the table.
func (d *Document) everywhere(words []string) (out []Answer) {
	for _, w := range words {
		if w == "" || counted(w, "行") >= 0 || counted(w, "列") >= 0 { // what is counted says nothing of other tables
			return nil
		}
	}
	for _, t := range d.Tables() {
		s := d.Table(t.ID)
		for _, ref := range s.find(words) {
			out = append(out, s.Answer(ref))
		}
	}
	return out
}
