package schedule

import (
	"cmp"
	"maps"
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
	return pack.Entry{Name: "nested", Text: "逐层展开：[[table.level]] 写明每层印哪些栏，按填报的先后排列，采购类别按 procurement_classes 排列",
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
		for i, b := range n.below {
			if i > 0 {
				again(s.Table.OnceOf(b.row.Level), b.row.Texts, n.below[i-1].row.Texts)
			}
			x.take(b.row, m, b.key)
			walk(b)
		}
	}
	walk(root)
	nest(x.Rows)
	return []Side{x}
}

// again marks what a row says once more after the row before, up to the first field that differs.
func again(once []string, texts, before []Text) {
	for _, f := range once {
		i := slices.IndexFunc(texts, func(t Text) bool { return t.Field == f })
		if texts[i].String == "" || texts[i].String != before[i].String {
			return
		}
		texts[i].Again = true
	}
}

// repeated fills in what a row leaves blank because the row before of its level has it.
func (t *Printed) repeated(x *readSide, level int, filled map[string]string) {
	i := slices.IndexFunc(x.open, func(o openRow) bool { return o.level == level })
	for _, f := range t.Table.OnceOf(level) {
		if i < 0 || filled[f] != "" {
			return
		}
		filled[f] = x.open[i].filled[f]
	}
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
		texts = append(texts, Text{Field: f, Text: doc.Text{String: printed, Origin: l.At}})
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

// read finds the level by the fields that the row fills in, what each of them is by its name, and what it stands below by the rows
// above it. Names that several codes have do not say which; neither do rows that stand below such a one.
func (nested) read(r *Reading, t *Printed, i int) []Found {
	f, says, at := t.row(i), []string(nil), -1
	filled := map[string]string{}
	for j, l := range t.leaves {
		if s := t.cell(i, j); l.Field != "" && s != "" {
			filled[l.Field], says = s, append(says, s)
			if at < 0 {
				at = j
			}
		}
	}
	f.Label, f.At = strings.Join(says, " "), max(at, 0)
	switch {
	case at < 0 && !t.some(i, f.Cells):
		return nil // a blank row
	case at < 0 || len(says) == 1 && says[0] == t.Table.Total && i == t.totalAt():
		return []Found{f.total()}
	}
	x := t.side(0)
	level, ok := t.level(x, filled)
	if !ok {
		x.open = nil
		return []Found{f.unread(f.Label, f.At, "填的栏不属于同一层")}
	}
	t.repeated(x, level, filled)
	values, q, why := r.nestedValues(t, t.Table.Levels[level], filled)
	above := t.below(&f, "", openRow{level: level, own: ownWords(strings.Join(values, valueSeparator)), filled: filled})
	this := &x.open[len(x.open)-1]
	switch {
	case level > 0 && (above == nil || above.level != level-1):
		why = "上面没有它所属的行"
	case above != nil && above.unread && why == "":
		why, f.Below = "所属的行没有读懂", true
	case t.keys[f.row] > 0 && why == "":
		why, q = "上面已有同样的一行，分不清", unknown(t.Table.Levels[level], values)
	}
	if above != nil {
		q = above.query.And(q)
	}
	this.query, this.unread = q, why != ""
	f.Query, f.Unread = q, why
	return []Found{f}
}

func (nested) silent() bool { return false }

// level is the one level that prints all the fields that a row fills in, the level of the row before or one next to it.
func (t *Printed) level(x *readSide, filled map[string]string) (level int, ok bool) {
	level = -1
	for n, fields := range t.Table.Levels {
		all := n <= len(x.open)
		for f := range filled {
			all = all && slices.Contains(fields, f)
		}
		if all && level >= 0 {
			return 0, false
		}
		if all {
			level = n
		}
	}
	return level, level >= 0
}

// nestedValues are what the fields of a level are in a row, the query for that, and why one of them is not known.
func (r *Reading) nestedValues(t *Printed, level []string, filled map[string]string) (values []string, q budget.Query, why string) {
	for _, f := range level {
		value, unclear := r.nestedValue(t, f, filled[f])
		if unclear != "" {
			why, value = cmp.Or(why, unclear), opaque+filled[f]
		}
		values = append(values, value)
		q = q.Exactly(f, value)
	}
	return values, q, why
}

// unknown asks for values of which it is not known what they mean.
func unknown(level, values []string) (q budget.Query) {
	for i, f := range level {
		q = q.Exactly(f, opaque+values[i])
	}
	return q
}

// opaque stands before words of which it is not known what they mean. It cannot be typed.
const opaque = "\x02"

// Opaque reports whether a value of a query is words of which it is not known what they mean.
func Opaque(value string) bool { return strings.HasPrefix(value, opaque) }

// nestedValue is what a field means by its words.
func (r *Reading) nestedValue(t *Printed, field, words string) (value, unclear string) {
	if words == "" {
		return "", ""
	}
	for _, v := range slices.Sorted(maps.Keys(t.Table.Labels)) {
		if Bare(t.Table.Labels[v]) == Bare(words) {
			return v, ""
		}
	}
	switch field {
	case "function", "economic":
		switch list := r.codes(field)[Bare(words)]; len(list) {
		case 0:
			return "", "的科目没有这个名称"
		case 1:
			return list[0], ""
		}
		return "", "的科目名称有几个编码，分不清是哪一个"
	case "project":
		switch list := r.projectsNamed(Bare(words)); len(list) {
		case 0: // of no table of projects
			return words, ""
		case 1:
			return list[0], ""
		}
		return "", "的项目有几个单位的同名，分不清是哪一个"
	case "unit":
		if code := r.units[words]; code != "" {
			return code, ""
		}
		return "", "的单位没有填报"
	}
	if closed := budget.Values(field); closed != nil && !slices.Contains(closed, words) {
		return "", "不在可用的词里"
	}
	if field == "procurement" && len(r.Pack.ProcurementClasses) > 0 && !slices.Contains(r.Pack.ProcurementClasses, words) {
		return "", "不是模板里的采购类别"
	}
	return words, ""
}
