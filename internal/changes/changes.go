// Package changes is what people and programs read of a comparison: the summary for a terminal, JSON, the workbook 变动对照表,
// and the notice that goes with a published document which was corrected. It makes them of what package compare found and
// finds nothing itself.
package changes

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"yusuan/internal/compare"
	"yusuan/internal/diag"
	"yusuan/internal/money"
)

// Report is a comparison with all that its readers are told.
type Report struct {
	*compare.Result
	Pages Pages
	// Notes are what readers must know of the two before they believe the rest.
	Notes []string
}

// Pages are the pages of the new document that effects stand on, for each in the order of the Result. Where nothing was laid out
// there are none.
type Pages struct{ Cells, Sentences, Rows, Parts [][]Page }

// Page is a page.
type Page struct {
	Sheet int    // from 1, of all
	Name  string // the number that it bears, else what it is: 封面
}

// number is the page number that is printed, 0 where there is none.
func (p Page) number() int {
	n, err := strconv.Atoi(p.Name)
	if err != nil {
		return 0
	}
	return n
}

// of is what is known of one of them.
func of(list [][]Page, i int) []Page {
	if i < len(list) {
		return list[i]
	}
	return nil
}

// effect is what all effects have in common.
type effect struct {
	where  compare.Where
	part   string
	class  compare.Class
	causes []int
	pages  []Page
}

// effects calls fn for every effect, with what it is.
func (r *Report) effects(fn func(kind int, x effect)) {
	for i := range r.Cells {
		x := &r.Cells[i]
		fn(kindCell, effect{x.Where, x.Part, x.Class, x.Causes, of(r.Pages.Cells, i)})
	}
	in := r.kindsOfParts()
	for i := range r.Sentences {
		x := &r.Sentences[i]
		where := x.Where
		if w, ok := in[x.Part]; ok && where == compare.InText { // the heading of a table
			where = w
		}
		fn(kindSentence, effect{where, x.Part, x.Class, x.Causes, of(r.Pages.Sentences, i)})
	}
	for i := range r.Rows {
		x := &r.Rows[i]
		fn(kindRow, effect{in[x.Part], x.Part, x.Class, x.Causes, of(r.Pages.Rows, i)})
	}
	for i := range r.Parts {
		x := &r.Parts[i]
		fn(kindPart, effect{x.Where, x.Title, x.Class, x.Causes, of(r.Pages.Parts, i)})
	}
}

// kindsOfParts tells what rows are rows of, and headings are headings of: their numbers know. What has none is a table.
func (r *Report) kindsOfParts() map[string]compare.Where {
	in := map[string]compare.Where{}
	for i := range r.Cells {
		in[r.Cells[i].Part] = r.Cells[i].Where
	}
	return in
}

// The kinds of effects.
const (
	kindCell = iota
	kindSentence
	kindRow
	kindPart
	kinds
)

// counted are effects summed up: how many of each kind, where.
type counted struct {
	n     [kinds]int
	names map[compare.Where][]string // of the parts, in order
	seen  map[named]bool
	pages []Page
}

type named struct {
	where compare.Where
	name  string
}

func (c *counted) add(kind int, x effect) {
	c.n[kind]++
	if c.names == nil {
		c.names, c.seen = map[compare.Where][]string{}, map[named]bool{}
	}
	if name := (named{x.where, x.part}); !c.seen[name] {
		c.seen[name] = true
		c.names[x.where] = append(c.names[x.where], x.part)
	}
	c.pages = append(c.pages, x.pages...)
}

func (c *counted) any() bool { return c.n != [kinds]int{} }

// String is all of it for people: 62 个数、3 处文字，8 张表（表1、表2……），第 3、5–9 页.
func (c *counted) String() string {
	var what, where []string
	for kind, unit := range [kinds]string{"个数", "处文字", "行", "个部分"} {
		if n := c.n[kind]; n > 0 {
			what = append(what, fmt.Sprintf("%d %s", n, unit))
		}
	}
	for _, x := range []struct {
		where compare.Where
		unit  string
	}{{compare.InTable, "张表"}, {compare.InForm, "张表单"}, {compare.InChart, "张图"}, {compare.InText, "节正文"}} {
		names := c.names[x.where]
		switch {
		case len(names) == 0:
		case x.where == compare.InText: // their titles are long, and the texts are listed
			where = append(where, fmt.Sprintf("%d %s", len(names), x.unit))
		default:
			where = append(where, fmt.Sprintf("%d %s（%s）", len(names), x.unit, some(names)))
		}
	}
	out := strings.Join(what, "、")
	if len(where) > 0 {
		out += "，在 " + strings.Join(where, "、")
	}
	if pages := PagesTold(c.pages); pages != "" {
		out += "，" + pages
	}
	return out
}

// some are the first of many names, short.
func some(names []string) string {
	const most = 8
	var out []string
	for _, n := range names[:min(len(names), most)] {
		out = append(out, short(n))
	}
	s := strings.Join(out, "、")
	if len(names) > most {
		s += "……"
	}
	return s
}

// short is the number that a heading begins with, or as much of it as leads to it.
func short(heading string) string {
	first, _, cut := strings.Cut(strings.ReplaceAll(heading, "　", " "), " ")
	if cut && utf8.RuneCountInString(first) <= 6 && strings.ContainsAny(first, "0123456789一二三四五六七八九十") {
		return first
	}
	return cutOff(heading, 16)
}

// cutOff is a text of so many characters at most.
func cutOff(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// PagesTold names pages as people do: 封面、第3、5–9页; "" for none.
func PagesTold(pages []Page) string {
	list := slices.Clone(pages)
	slices.SortFunc(list, func(a, b Page) int { return cmp.Compare(a.Sheet, b.Sheet) })
	list = slices.CompactFunc(list, func(a, b Page) bool { return a.Sheet == b.Sheet })
	var names []string
	var numbered []int
	for _, p := range list {
		if n := p.number(); n > 0 {
			numbered = append(numbered, n)
		} else {
			names = append(names, p.Name)
		}
	}
	if len(numbered) > 0 {
		names = append(names, "第"+numbers(numbered)+"页")
	}
	return strings.Join(names, "、")
}

// amount is an amount in 元 for people, exact.
func amount(a money.Amount) string { return money.Usual(money.Yuan).Exactly(a).String(a) }

// by is by how much an amount changed, in 元 with its sign.
func by(d money.Amount) string {
	s := amount(d)
	if d.Sign() > 0 {
		s = "+" + s
	}
	return s
}

// rate is the change in per cent, "" where there is none to tell.
func rate(before, now money.Amount) string {
	c := money.Compare(now, before, 2)
	switch {
	case !c.HasRate:
		return ""
	case c.Direction > 0:
		return "+" + c.Rate + "%"
	}
	return c.Rate + "%"
}

// Named is what a document is called beside the other one.
func Named(d *compare.Document) string {
	out := cmp.Or(d.Title, d.Code)
	if d.Date != "" {
		out += "，" + d.Date
	}
	if d.Pages > 0 {
		out += fmt.Sprintf("，%d 页", d.Pages)
	}
	return out
}

// verb is what became of an entry, a row or a part.
func verb(c compare.Change) string {
	return map[compare.Change]string{compare.Altered: "改", compare.Added: "增加", compare.Removed: "删去", compare.Moved: "移动"}[c]
}

// numbers are the causes of an effect as they are told: 1、3–5.
func numbers(causes []int) string { return strings.Join(ranges(causes), "、") }

// ranges are numbers that rise, those that follow each other as one.
func ranges(list []int) (out []string) {
	for i := 0; i < len(list); {
		k := i
		for k+1 < len(list) && list[k+1] == list[k]+1 {
			k++
		}
		switch {
		case k == i:
			out = append(out, fmt.Sprint(list[i]))
		case k == i+1:
			out = append(out, fmt.Sprint(list[i]), fmt.Sprint(list[k]))
		default:
			out = append(out, fmt.Sprintf("%d–%d", list[i], list[k]))
		}
		i = k + 1
	}
	return out
}

// Place is a place as it is shown, "" for none.
func place(r diag.Range) string {
	if r.IsZero() {
		return ""
	}
	return r.String()
}
