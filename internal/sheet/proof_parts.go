package sheet

import (
	"slices"
	"strings"

	"yusuan/internal/box"
	"yusuan/internal/budget"
	"yusuan/internal/money"
	"yusuan/internal/pack"
)

// Numbers that are made of others of the pack, as their queries say: the three public expenses of their parts, vehicles of what is
// bought and what runs. This year's come of the same lines; last year's are typed each by itself.

// split is a number and those that it is made of.
type split struct {
	whole *pack.Figure
	parts []*pack.Figure
}

// splits are the numbers of a pack that others make up.
func splits(p *pack.Pack) (out []split) {
	var figures []*pack.Figure
	codes := map[string][]string{}
	for _, name := range p.FigureNames {
		if f := p.Figures[name]; f.By == "" {
			figures = append(figures, f)
			for _, c := range f.Query.Conditions() {
				codes[c.Key] = append(codes[c.Key], c.Values...)
			}
		}
	}
	const others = "其他" // a code for all that no number names
	space := box.New(box.Values{Functional: append(codes["function"], others), Economic: append(codes["economic"], others)})
	var told []*pack.Figure
	var boxes []box.Box
	for _, f := range figures {
		if b, ok := space.Of(f.Query); ok {
			told, boxes = append(told, f), append(boxes, b)
		}
	}
	among := space.Among(boxes)
	for i, f := range told {
		parts, ok := among.Split(boxes[i])
		if !ok || len(parts) < 2 {
			continue
		}
		x := split{whole: f}
		for _, j := range parts {
			x.parts = append(x.parts, told[j])
		}
		out = append(out, x)
	}
	return out
}

func (x *split) titles() string {
	var out []string
	for _, f := range x.parts {
		out = append(out, f.Title)
	}
	return strings.Join(out, "＋")
}

// parts: this year's numbers are what their parts come to.
func (l *ledger) parts(all []split) (out []proofRow) {
	for _, x := range all {
		row := proofRow{what: x.whole.Title + "＝" + x.titles(), named: "各部分之和"}
		left, ok := l.query(x.whole.Query)
		for _, f := range x.parts {
			part, asked := l.query(f.Query)
			row.right, ok = row.right.plus(part), ok && asked
		}
		if row.left = left; ok && len(row.right.formula) <= longestFormula {
			out = append(out, row)
		}
	}
	return out
}

// priorParts: last year's numbers, as they are typed, are what their parts come to, as far as rounding lets them. Nothing is compared
// until all of them are typed.
func (w *writer) priorParts(all []split) (out []proofRow) {
	for i := range w.sheets {
		s := &w.sheets[i]
		for j := range s.blocks {
			b := &s.blocks[j]
			for _, x := range all {
				if row, ok := s.priorParts(b, &x); ok {
					out = append(out, row)
				}
			}
		}
	}
	return out
}

func (s *placed) priorParts(b *placedBlock, x *split) (row proofRow, ok bool) {
	if b.Shape != Items || s.Form != nil {
		return row, false
	}
	row = proofRow{what: "上年的" + x.whole.Title + "＝" + x.titles(), named: "上年数里填的", stated: true, slack: money.ToleranceOf(len(x.parts), money.Wan, 2)}
	var there []string
	all := true
	for _, f := range append([]*pack.Figure{x.whole}, x.parts...) {
		at := slices.IndexFunc(b.Items, func(it Item) bool { return it.Table == priorTable && it.Key == f.Name && !it.OfUnit })
		if at < 0 || !askable(b.Items[at].Label) {
			return row, false
		}
		texts := map[int]string{b.With(RoleName): b.Items[at].Label}
		if unit := b.With(RoleUnit); unit >= 0 {
			texts[unit] = ""
		}
		typed := s.typedSum(b, b.With(RoleContent), texts)
		content := s.column(b.With(RoleContent)) // first: not every program counts by a column that is empty
		there = append(there, "COUNTIFS("+content+`,">-1E+15"`+strings.TrimPrefix(typed.formula, "SUMIFS("+content))
		all = all && slices.ContainsFunc(b.Rows, func(r Row) bool {
			return r.Cells[b.With(RoleName)].Text == b.Items[at].Label && (b.With(RoleUnit) < 0 || r.Cells[b.With(RoleUnit)].Text == "") && r.Cells[b.With(RoleContent)].Kind == Number
		})
		if f == x.whole {
			row.right = typed
		} else {
			row.left = row.left.plus(typed)
		}
	}
	row.right.formula = "IF(" + strings.Join(there, "*") + "=0,0," + row.right.formula + ")"
	if !all {
		row.right.value = money.Amount{}
	}
	return row, len(row.right.formula) <= longestFormula
}

// wholes: the budget of a project is no more than that over all of its years.
func (l *ledger) wholes() (out []proofRow) {
	if l.project == nil {
		return nil
	}
	name, total := l.project.FieldColumn("name"), l.project.FieldColumn("total_budget")
	if total < 0 {
		return nil
	}
	for _, r := range l.project.Rows {
		n := r.Cells[name].Text
		if r.Cells[total].Kind != Number || !askable(n) || n == "" || l.twice {
			continue
		}
		out = append(out, proofRow{what: "项目的本年预算：" + n, left: l.of(is("side", string(budget.Expenditure)), is("project", n)), named: "项目总预算",
			right: l.projects.typedSum(l.project, total, map[int]string{name: n}), atMost: true})
	}
	return out
}
