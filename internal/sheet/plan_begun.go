package sheet

import (
	"maps"
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
)

// Sheets of forms that are no form: nobody has begun them, or they are copies that nobody has changed.

// unbegun tells of what is typed on a sheet that is no form yet: which one it would be, and nothing of it.
func (p *planner) unbegun(s *TakenSheet) {
	for j := range s.Blocks {
		b := &s.Blocks[j]
		if b.Shape != Items {
			continue
		}
		for i := range b.Rows {
			r := &b.Rows[i]
			x, _ := b.Item(tidy(r.Cells[b.With(RoleName)].Text), false)
			said := tidy(r.Cells[b.With(RoleContent)].Text)
			if x == nil || said == "" {
				continue
			}
			at := p.t.place(s, b, r, b.With(RoleContent))
			switch kinds := slices.Sorted(maps.Keys(p.pack.Forms)); {
			case x.Kind != budget.FieldForm:
				p.diags.Add(diag.Diagnostic{Rule: ruleOutside, Level: diag.Warning, At: at, Message: "这张绩效表只填了" + diag.Quote(x.Label) + "，没有填内容，不算一张表，没有读", Hint: "填下面的内容；不要这张表的，把这一格清空"})
			case !slices.Contains(kinds, said):
				p.diags.Add(diag.NotListed(ruleCell, at, x.Label, said, kinds))
			}
		}
	}
}

// copyOf is a sheet that says the same as a new one, "" for none: a copy that nobody has changed is no second form.
func copyOf(n int, sheets []*TakenSheet, entries map[int]*entry) string {
	says := sheets[n].all()
	for m, s := range sheets {
		if m != n && (m < n || entries[m] != nil) && s.Sheet == sheets[n].Sheet && s.all() == says {
			return s.Name
		}
	}
	return ""
}

// all is everything that the rows of a sheet say.
func (s *TakenSheet) all() string {
	var out strings.Builder
	for i := range s.Blocks {
		b := &s.Blocks[i]
		for _, r := range b.Rows {
			for k, c := range r.Cells {
				if role := b.Block.Columns[k].Role; role != RoleRemark && role != RoleTold {
					out.WriteString(tidy(c.Text))
				}
				out.WriteByte(0)
			}
			out.WriteByte(1)
		}
	}
	return out.String()
}
