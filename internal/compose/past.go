package compose

import (
	"fmt"

	"yusuan/internal/budget"
	"yusuan/internal/money"
	"yusuan/internal/schedule"
)

// lastYears is last year's amount of a figure: that which figures are compared with or, of one that the pack calls so, what
// the author states of last year beside earlier ones.
func (c *composer) lastYears(name string) (last schedule.Number, known bool) {
	if a, ok := c.numbers.Before(name); ok {
		return schedule.Number{Exact: a}, true
	}
	f := c.p.Figures[name]
	if f == nil || f.Past == "" {
		return last, false
	}
	for i := range c.b.Facts.History {
		if h := &c.b.Facts.History[i]; h.Year.V == c.view.LastYear {
			return pastNumber(h, f.Past), true
		}
	}
	return last, false
}

// pastNumber is what a year's entry states, of what words and figures call so.
func pastNumber(h *budget.History, what string) schedule.Number {
	total := h.Basic.Amount.Add(h.Project.Amount)
	switch {
	case what == "basic":
		return schedule.Number{Exact: h.Basic.Amount, At: &h.Basic.At}
	case what == "project":
		return schedule.Number{Exact: h.Project.Amount, At: &h.Project.At}
	case what == "fiscal" && h.Fiscal.Set:
		return schedule.Number{Exact: h.Fiscal.Amount, At: &h.Fiscal.At}
	}
	return schedule.Number{Exact: total, At: &h.At}
}

// wordPast is a figure of an earlier year as the author stated it: years ago 1 or 2; what is one of basic, project,
// fiscal, other, total. Blank where the year was not stated.
func (c *composer) wordPast(years int, what string) (string, error) {
	for i := range c.b.Facts.History {
		h := &c.b.Facts.History[i]
		if h.Year.V != c.view.Year-years {
			continue
		}
		f := &c.p.TableFormat
		total, fiscal := pastNumber(h, "total"), pastNumber(h, "fiscal")
		parts := c.apportioned(*f, f.Round(total.Exact), []money.Amount{h.Basic.Amount, h.Project.Amount})
		switch what {
		case "basic":
			return c.statedAs(f, &h.Basic, parts[0], "上年基本支出"), nil
		case "project":
			return c.statedAs(f, &h.Project, parts[1], "上年项目支出"), nil
		case "total":
			return c.wordNumber(figure{total})
		case "fiscal":
			return c.wordNumber(figure{fiscal})
		case "other":
			return c.wordBlank(figure{schedule.Number{Exact: total.Exact.Sub(fiscal.Exact), At: &h.At}})
		}
		return "", fmt.Errorf("近年收支没有“%s”", what)
	}
	return "", nil
}
