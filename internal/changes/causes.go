package changes

import (
	"cmp"
	"slices"

	"yusuan/internal/compare"
)

// causes are the changes of what is stated, each with all that shows it.
func (p *printer) causes() {
	p.line("")
	if len(p.r.Causes) == 0 {
		p.line("填报的数和文字没有改动。")
		return
	}
	order, sorted := p.r.order(p.o.Most)
	if sorted {
		p.line("改动 %d 处，金额大的在前", len(p.r.Causes))
	} else {
		p.line("改动 %d 处", len(p.r.Causes))
	}
	shows := make([]counted, len(p.r.Causes)+1)
	p.r.effects(func(kind int, x effect) {
		for _, n := range x.causes {
			if n > 0 && n < len(shows) {
				shows[n].add(kind, x)
			}
		}
	})
	p.bounded(len(order), "处", func(k int) {
		i := order[k]
		c := &p.r.Causes[i]
		p.line("  %d. %s", i+1, Told(c))
		if at := where(c); at != "" {
			p.line("     在 %s", at)
		}
		if x := &shows[i+1]; x.any() {
			p.line("     影响 %s", x.String())
		} else {
			p.line("     印出的样子没有变")
		}
	})
}

// order is the order in which causes are told: their own, or where not all of them are, what moves totals first, the largest
// amounts before others, then what shows most.
func (r *Report) order(most int) (order []int, sorted bool) {
	for i := range r.Causes {
		order = append(order, i)
	}
	if most == 0 || len(order) <= most {
		return order, false
	}
	moves := make([]bool, len(r.Causes)+1) // a total
	for i := range r.Totals {
		for _, n := range r.Totals[i].Causes {
			if n > 0 && n < len(moves) {
				moves[n] = true
			}
		}
	}
	first := func(i int) int {
		if moves[i+1] {
			return 0
		}
		return 1
	}
	weight := func(i int) int { e := r.Causes[i].Effects; return e.Cells + e.Sentences + e.Rows + e.Parts }
	slices.SortStableFunc(order, func(i, k int) int {
		a, b := &r.Causes[i], &r.Causes[k]
		return cmp.Or(cmp.Compare(first(i), first(k)), b.Difference.Abs().Cmp(a.Difference.Abs()), cmp.Compare(weight(k), weight(i)))
	})
	return order, true
}

// Told is a cause in a line: what, the old value, the new one, by how much.
func Told(c *compare.Cause) string {
	title := c.Title
	if c.Last {
		title = "上年数据：" + title
	}
	var s string
	switch c.Change {
	case compare.Altered:
		s = title + "：" + fromTo(c.Old, c.New)
	case compare.Added:
		s = "增加 " + title + after(c.New)
	case compare.Removed:
		s = "删去 " + title + after(c.Old)
	default:
		s = "移动 " + title
	}
	if c.Money && !c.Difference.IsZero() {
		s += "，" + by(c.Difference) + " 元"
	}
	return s
}

// fromTo is a value as it was and as it is; of long texts what is another of them.
func fromTo(old, now string) string {
	a, b := []rune(old), []rune(now)
	const most = 24
	if len(a) == 0 || len(b) == 0 || max(len(a), len(b)) <= most {
		return orNone(cutOff(old, longest)) + " → " + orNone(cutOff(now, longest))
	}
	head := 0
	for head < min(len(a), len(b)) && a[head] == b[head] {
		head++
	}
	for head > 0 && inNumber(a[head-1]) && (head < len(a) && inNumber(a[head]) || head < len(b) && inNumber(b[head])) {
		head-- // numbers are told whole
	}
	tail := 0
	for tail < min(len(a), len(b))-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	for tail > 0 && inNumber(a[len(a)-tail]) && (inNumber(a[max(0, len(a)-tail-1)]) || inNumber(b[max(0, len(b)-tail-1)])) {
		tail--
	}
	pieces := []compare.Piece{{Text: string(a[:head])}, {Kind: compare.Gone, Text: string(a[head : len(a)-tail])}, {Kind: compare.New, Text: string(b[head : len(b)-tail])}, {Text: string(a[len(a)-tail:])}}
	return Marked(slices.DeleteFunc(pieces, func(x compare.Piece) bool { return x.Text == "" }), around, longest)
}

// longest is how much of a text is shown where it stands for all of it.
const longest = 60

func after(value string) string {
	if value == "" {
		return ""
	}
	return "：" + cutOff(value, longest)
}

func orNone(s string) string {
	if s == "" {
		return "（空）"
	}
	return s
}

// where is the place of a cause: that of the new data, else of the old.
func where(c *compare.Cause) string {
	if at := place(c.NewAt); at != "" {
		return at
	}
	if at := place(c.OldAt); at != "" {
		return at + "（原）"
	}
	return ""
}

// unlaid are effects of the facts which no cause explains.
func (p *printer) unlaid() {
	var x counted
	p.r.effects(func(kind int, e effect) {
		if e.class == compare.ByFacts && len(e.causes) == 0 {
			x.add(kind, e)
		}
	})
	if x.any() {
		p.line("  另有不知由哪处改动而来的：%s", x.String())
	}
}
