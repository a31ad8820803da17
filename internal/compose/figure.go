package compose

import (
	"fmt"
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/money"
	"yusuan/internal/pack"
	"yusuan/internal/schedule"
)

// CellFigure is a number of the document: what it is called, what it asks of the lines, and the lines it sums.
type CellFigure struct {
	Title  string // 表3　部门支出总表 · 2010301 · 基本支出
	Query  budget.Query
	Figure budget.Figure
	// Shown is the amount that the document prints, rounded. Printed is it with its unit, where it is other than the figure
	// rounds to because the pack makes printed parts add up.
	Shown   money.Amount
	Printed string
}

// FigureAt finds the number behind a path: the name of a figure of the pack (total) or its title (“三公”经费), or table,
// row and column of a cell joined by dots (T3.2010301.basic). A row is named by its code, label or project, 合计 or nothing; a column by its head,
// by a figure that asks the same, or by its number among the columns from 1. A table alone is its total. The error is Chinese, meant for the user.
func FigureAt(p *pack.Pack, b *budget.Budget, path string) (CellFigure, error) {
	if f := figureNamed(p, path); f != nil {
		return cellFigure(p, b, f.Title, f.Query, p.TextFormat), nil
	}
	id, rest, ok := strings.Cut(path, ".")
	if !ok && tableNamed(p, id) == nil {
		near, _ := diag.Closest(plainTitle(path), figureWords(p))
		return CellFigure{}, fmt.Errorf("没有数字“%s”；可以写数字名称（%s）或 表号.行.列", path, orElse(near, "例如 total"))
	}
	t := tableNamed(p, id)
	if t == nil {
		return CellFigure{}, fmt.Errorf("没有表“%s”，有的是 %s", id, strings.Join(p.TableIDs(), "、"))
	}
	row, column := rest, ""
	if i := strings.LastIndex(rest, "."); i >= 0 {
		row, column = rest[:i], rest[i+1:]
	}
	q, label, err := rowQuery(b, t, row)
	if err != nil {
		return CellFigure{}, err
	}
	leaf, err := columnNamed(p, t, column)
	if err != nil {
		return CellFigure{}, err
	}
	c := &composer{p: p, b: b}
	if q = t.Filter.And(q); leadsToLines(t) && row != "" && row != totalKey && len(b.Figure(q).Lines) == 0 {
		return CellFigure{}, fmt.Errorf("%s没有“%s”这一行：没有这样的收支", c.literal(t.Heading, t.ID), row)
	}
	q = q.And(leaf.Query)
	return cellFigure(p, b, c.literal(t.Heading, t.ID)+" · "+label+" · "+leaf.Head.Literal, q, leaf.Format), nil
}

func cellFigure(p *pack.Pack, b *budget.Budget, title string, q budget.Query, f money.Format) CellFigure {
	c := &composer{p: p, b: b, numbers: schedule.New(p, b, schedule.Prior{}, nil, nil)}
	out := CellFigure{Title: title, Query: q, Figure: b.Figure(q)}
	out.Shown = f.Round(c.numbers.Shown(c.sum(q).of, f))
	if !out.Shown.Equal(f.Round(out.Figure.Value)) {
		out.Printed = f.String(out.Shown) + f.Unit.String()
	}
	return out
}

// figureNamed finds a figure of the pack, or a part of one, by its name or by its title.
func figureNamed(p *pack.Pack, path string) *pack.Figure {
	if f := p.Figures[path]; f != nil {
		return f
	}
	family, part, member := strings.Cut(path, ".")
	for _, name := range p.FigureNames {
		switch title := plainTitle(p.Figures[name].Title); {
		case title == plainTitle(path):
			return p.Figures[name]
		case member && title == plainTitle(family):
			return p.Figure(name + "." + part)
		}
	}
	return p.Figure(path)
}

// plainTitle is a title without what people leave out, or type otherwise, when they name it: quotation marks, blanks, the
// kind of brackets.
func plainTitle(s string) string {
	return strings.NewReplacer("“", "", "”", "", "‘", "", "’", "", "\"", "", " ", "", "\u3000", "", "(", "（", ")", "）").Replace(s)
}

// figureWords are the names and titles of the pack's figures.
func figureWords(p *pack.Pack) []string {
	out := slices.Clone(p.FigureNames)
	for _, name := range p.FigureNames {
		out = append(out, plainTitle(p.Figures[name].Title))
	}
	return out
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return "是不是 " + s
}

// literal is a text of the pack without placeholders, or the table's number.
func (c *composer) literal(s pack.Snippet, id string) string {
	if s.Literal != "" {
		return s.Literal
	}
	return "表" + id
}

// tableNamed finds table 3 by 3, T3, t3 or 表3.
func tableNamed(p *pack.Pack, id string) *pack.Table {
	for _, prefix := range []string{"", "T", "t", "表"} {
		if t := p.Tables[strings.TrimPrefix(id, prefix)]; t != nil {
			return t
		}
	}
	return nil
}

// rowQuery is what a row of a table asks.
func rowQuery(b *budget.Budget, t *pack.Table, row string) (budget.Query, string, error) {
	if row == "" || row == totalKey {
		return viewQuery(t), totalKey, nil
	}
	switch t.Rows {
	case pack.RowsFunction:
		return viewQuery(t).Where("function", row), row, knownRow(t, row, b.Functional.Codes())
	case pack.RowsEconomic:
		return viewQuery(t).Where("economic", row), row, knownRow(t, row, b.Economic.Codes())
	case pack.RowsUnit:
		if row == b.Facts.Department.Code.V {
			return budget.Query{}, row, nil
		}
		var codes []string
		for _, u := range b.ListedUnits() {
			codes = append(codes, u.Code.V)
		}
		return budget.Query{}.Where("unit", row), row, knownRow(t, row, codes)
	case pack.RowsProject:
		return projectRow(b, t, row)
	case pack.RowsSingle:
		return budget.Query{}, row, nil
	}
	var labels []string
	for _, list := range rowLists(t) {
		for i := range list {
			if l := list[i].Label.Literal; list[i].Amount && (l == row || strings.HasSuffix(l, "、"+row) || strings.HasSuffix(l, "）"+row)) {
				return list[i].Query, l, nil
			}
			labels = append(labels, list[i].Label.Literal)
		}
	}
	return budget.Query{}, "", knownRow(t, row, labels)
}

// leadsToLines reports whether the table prints rows of what has lines only.
func leadsToLines(t *pack.Table) bool {
	return slices.Contains([]pack.RowSource{pack.RowsFunction, pack.RowsEconomic, pack.RowsProject}, t.Rows)
}

// projectRow is what the row of a project asks. A name that several units have a project of means none of them.
func projectRow(b *budget.Budget, t *pack.Table, row string) (budget.Query, string, error) {
	switch list := b.ProjectNamed(row); len(list) {
	case 0:
		var names []string
		for i := range b.Facts.Projects {
			names = append(names, b.ProjectKey(&b.Facts.Projects[i]))
		}
		return budget.Query{}, row, knownRow(t, row, names)
	case 1:
		return b.OfProject(list[0]), b.ProjectKey(list[0]), nil
	default:
		var which []string
		for _, p := range list {
			which = append(which, b.ProjectKey(p)+"（"+b.UnitName(b.UnitOf(p))+"）")
		}
		return budget.Query{}, row, fmt.Errorf("表%s有%d个项目叫“%s”，行要写明单位：%s", t.ID, len(list), row, strings.Join(which, "、"))
	}
}

// knownRow is the error that a table has no such row, nil when it can have one.
func knownRow(t *pack.Table, row string, rows []string) error {
	if slices.Contains(rows, row) {
		return nil
	}
	near, ok := diag.Closest(row, rows)
	if !ok {
		return fmt.Errorf("表%s没有行“%s”；行写编码、单位代码、项目名称，或照表上印的行名写", t.ID, row)
	}
	return fmt.Errorf("表%s没有行“%s”，是不是 %s%s", t.ID, row, near, diag.Mark(row, near))
}

// viewQuery asks the view of the margins that a table by classification shows.
func viewQuery(t *pack.Table) budget.Query {
	switch t.Rows {
	case pack.RowsFunction:
		return budget.Query{}.In(budget.ByFunction)
	case pack.RowsEconomic:
		return budget.Query{}.In(budget.ByEconomy)
	}
	return budget.Query{}
}

func rowLists(t *pack.Table) [][]pack.Row {
	out := [][]pack.Row{t.List, t.Income, t.Outgo, t.Use}
	for i := range t.Foot {
		out = append(out, t.Foot[i][:])
	}
	return out
}

// columnNamed finds a column of amounts.
func columnNamed(p *pack.Pack, t *pack.Table, name string) (*pack.Column, error) {
	var amounts []*pack.Column
	var heads []string
	for _, l := range pack.Leaves(t.Columns) {
		if l.Field == "" && l.Prior == "" {
			amounts, heads = append(amounts, l), append(heads, l.Head.Literal)
		}
	}
	for i, l := range amounts {
		f := p.Figures[name]
		if name == "" || l.Head.Literal == name || fmt.Sprint(i+1) == name || f != nil && f.Query.String() == l.Query.String() {
			return l, nil
		}
	}
	return nil, fmt.Errorf("表%s没有列“%s”，有的是 %s", t.ID, name, strings.Join(heads, "、"))
}
