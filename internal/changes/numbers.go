package changes

import (
	"strings"

	"yusuan/internal/compare"
)

// numbers are the numbers by the table that they stand in: of each how many and an example, or where all is listed, all.
func (p *printer) numbers() {
	r := p.r
	list := mine(len(r.Cells), func(i int) compare.Class { return r.Cells[i].Class })
	if len(list) == 0 {
		return
	}
	p.line("")
	p.line("数字变动 %d 个", len(list))
	var groups [][]int
	for k, i := range list {
		if k == 0 || r.Cells[i].Part != r.Cells[list[k-1]].Part {
			groups = append(groups, nil)
		}
		groups[len(groups)-1] = append(groups[len(groups)-1], i)
	}
	p.bounded(len(groups), "个部分的", func(k int) { p.group(groups[k]) })
}

// group are the numbers of a table. What stands deepest in it is the example.
func (p *printer) group(list []int) {
	var pages []Page
	for _, i := range list {
		pages = append(pages, of(p.r.Pages.Cells, i)...)
	}
	on := PagesTold(pages)
	if on != "" {
		on = "，" + on
	}
	p.line("  %s：%d 个%s", p.r.Cells[list[0]].Part, len(list), on)
	switch {
	case p.o.Most == 0:
		for _, i := range list {
			p.line("    %s", p.cell(i))
		}
	case len(list) > 1:
		p.line("    例如 %s", p.number(p.r.example(list)))
	default:
		p.line("    %s", p.number(list[0]))
	}
}

// example is the last of some numbers that are others and were there before, or else the last that says something.
func (r *Report) example(list []int) int {
	best, rank := list[len(list)-1], -1
	for _, i := range list {
		c := &r.Cells[i]
		n := 0
		if !c.Money || !c.OldExact.Equal(c.NewExact) {
			n++
		}
		if c.HasOld && c.HasNew {
			n++
		}
		if n >= rank {
			best, rank = i, n
		}
	}
	return best
}

// cell is a number with what brought it and its pages.
func (p *printer) cell(i int) string {
	return p.number(i) + p.behind(p.r.Cells[i].Causes, of(p.r.Pages.Cells, i))
}

// number is a number of a table, as it was and as it is.
func (p *printer) number(i int) string {
	c := &p.r.Cells[i]
	s := joined(c.Row, c.Column) + "：" + old(c) + " → " + now(c) + unitOf(c, now(c))
	if c.Money && c.HasOld && c.HasNew {
		if d := c.NewExact.Sub(c.OldExact); !d.IsZero() {
			s += "，" + by(d) + " 元"
		}
	}
	return s
}

func old(c *compare.Cell) string {
	if !c.HasOld {
		return "没有"
	}
	return orNone(c.Old)
}

func now(c *compare.Cell) string {
	if !c.HasNew {
		return "没有"
	}
	return orNone(c.New)
}

// unitOf is the unit behind a number that is printed without it.
func unitOf(c *compare.Cell, number string) string {
	if c.Unit == "" || strings.HasSuffix(number, c.Unit) || !strings.ContainsAny(number, "0123456789") {
		return ""
	}
	return " " + c.Unit
}
