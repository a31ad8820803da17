package schedule

import (
	"cmp"
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/doc"
	"yusuan/internal/pack"
)

// nested lists, level by level, the values that the lines of the table have: a row of the first level, below it its rows
// of the second, and so on. Rows stand in the order of the author's lines; procurement classes in the pack's.
type nested struct{ given }

func (nested) Word() pack.Entry {
	return pack.Entry{Name: Nested, Text: "逐层展开：[[table.level]] 写明每层印哪些栏，按填报的先后排列，采购类别按 procurement_classes 排列",
		Example: `level = [ { fields = ["procurement"] }, { fields = ["project", "economic"] }, { fields = ["item"] } ]`}
}

func (nested) Fields() []pack.Entry {
	return []pack.Entry{{Name: "unit", Text: "单位名称"}, {Name: "fund", Text: "资金性质"}, {Name: "kind", Text: "支出类别"}, {Name: "nature", Text: "人员经费或公用经费"},
		{Name: "function", Text: "功能科目名称"}, {Name: "economic", Text: "经济科目名称"}, {Name: "project", Text: "项目（专项）名称"}, {Name: "procurement", Text: "政府采购类别"},
		{Name: "purchase", Text: "政府购买服务类别"}, {Name: "item", Text: "采购物品名称"}, {Name: "organization", Text: "采购组织形式"}, {Name: "reserved", Text: "预留对象"}}
}

func (nested) Keys(t *pack.Table) []string { return slices.Concat(t.Levels...) }

func (nested) Made(field string) []string {
	switch field {
	case "function", "economic":
		return []string{"code.name"}
	case "unit":
		return []string{"unit.name", "unit.full_name"}
	}
	return nil
}

// Check wants to know what each level prints.
func (nested) Check(t *pack.Table) (out []diag.Diagnostic) {
	if len(t.Levels) == 0 {
		out = append(out, diag.Diagnostic{Rule: "模板-014", Level: diag.Error, At: t.At, Message: "行来源 nested 要用 [[table.level]] 写明各层的栏"})
	}
	return out
}

// valueSeparator cannot be typed.
const valueSeparator = "\x01"

// ownWords are the values of a row as its key has them.
func ownWords(values string) string {
	out := strings.Split(values, valueSeparator)
	for i, v := range out {
		out[i] = cmp.Or(v, budget.None)
	}
	return strings.Join(out, "+")
}

// node is a row in the making.
type node struct {
	key   string
	row   Row
	below []*node
}

func (nested) sides(d *Document, s *Schedule) []Side {
	root := &node{}
	nodes := map[string]*node{}
	m := d.matrix(s, 0, func(keys []string, l *budget.Line) []string {
		keys = append(keys, totalKey)
		at := root
		for i, level := range s.Table.Levels {
			texts, own := d.nestedTexts(s, l, level)
			if own == "" {
				break // the line says nothing at this level or below
			}
			key := at.key + "\x00" + own
			n := nodes[key]
			if n == nil {
				q := nestedQuery(at.row.query, d, l, level)
				n = &node{key: key, row: Row{Own: ownWords(own), Level: i, Texts: texts, query: &q}}
				nodes[key] = n
				at.below = append(at.below, n)
			}
			keys, at = append(keys, key), n
		}
		return keys
	})
	x := s.oneSide()
	if len(root.below) == 0 {
		return []Side{x}
	}
	if first := s.Table.Levels[0]; len(first) > 0 && first[0] == "procurement" {
		classes := d.Pack.ProcurementClasses
		slices.SortStableFunc(root.below, func(a, b *node) int { return slices.Index(classes, a.row.Own) - slices.Index(classes, b.row.Own) })
	}
	x.Rows = make([]Row, 0, len(nodes)+1)
	x.total(s, m)
	var walk func(*node)
	walk = func(n *node) {
		for _, b := range n.below {
			x.take(b.row, m, b.key)
			walk(b)
		}
	}
	walk(root)
	nest(x.Rows)
	return []Side{x}
}

func (nested) query(_ *Document, s *Schedule, _, row int) (q budget.Query, ok bool) {
	if r := &s.Sides[0].Rows[row]; r.query != nil {
		q = *r.query
	}
	return q, true
}

// nestedQuery asks for the lines that stand below a row and have the values of another in the fields of a level.
func nestedQuery(above *budget.Query, d *Document, l *budget.Line, level []string) (q budget.Query) {
	if above != nil {
		q = *above
	}
	for _, f := range level {
		q = q.Exactly(f, d.nestedID(l, f))
	}
	return q
}

// nestedTexts are what the fields of one level print for a line, and what tells it from others, "" when all are empty.
func (d *Document) nestedTexts(s *Schedule, l *budget.Line, level []string) (texts []Text, own string) {
	values := make([]string, len(level))
	for i, f := range level {
		v := l.Value(f)
		values[i] = d.nestedID(l, f)
		printed := v
		switch f {
		case "function":
			printed, _ = d.Budget.Functional.Name(v)
		case "economic":
			printed, _ = d.Budget.Economic.Name(v)
		case "unit":
			if u := d.unitNamed(v); u != nil {
				printed = u.Name.V
			}
		}
		if label, ok := s.Table.Labels[v]; ok {
			printed = label
		}
		texts = append(texts, Text{f, doc.Text{String: printed, Origin: l.At}})
	}
	if own = strings.Join(values, valueSeparator); strings.Trim(own, valueSeparator) == "" {
		return nil, ""
	}
	return texts, own
}

// nestedID tells a value from others that print the same: projects of two units may have one name.
func (d *Document) nestedID(l *budget.Line, field string) string {
	v := l.Value(field)
	if field == "project" && v != "" {
		dim, _ := budget.FindDimension("project")
		return d.Budget.PartOf(dim, l)
	}
	return v
}
