package compose

import (
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/doc"
	"yusuan/internal/pack"
)

// nestedRows lists, level by level, the values that the lines of the table have: a row of the first level, below it
// its rows of the second, and so on. Rows stand in the order of the author's lines; procurement classes in the pack's.
func (c *composer) nestedRows(t *pack.Table, leaves []*pack.Column) []row {
	type node struct {
		key    string
		level  int
		fields rowTexts
		below  []*node
	}
	root := &node{level: -1}
	nodes := map[string]*node{}
	m := c.matrix(t, leaves, 0, func(keys []string, l *budget.Line) []string {
		keys = append(keys, totalKey)
		at, key := root, ""
		for i, level := range t.Levels {
			texts, id := c.nestedTexts(t, l, level)
			if id == "" {
				break // the line says nothing at this level or below
			}
			key += "\x00" + id
			n := nodes[key]
			if n == nil {
				n = &node{key: key, level: i, fields: texts}
				nodes[key] = n
				at.below = append(at.below, n)
			}
			keys, at = append(keys, key), n
		}
		return keys
	})
	if len(root.below) == 0 {
		return nil
	}
	if len(t.Levels[0]) > 0 && t.Levels[0][0] == "procurement" {
		slices.SortStableFunc(root.below, func(a, b *node) int {
			return slices.Index(c.p.ProcurementClasses, a.key[1:]) - slices.Index(c.p.ProcurementClasses, b.key[1:])
		})
	}
	rows := total(t, m)
	var walk func(*node)
	walk = func(n *node) {
		for _, x := range n.below {
			rows = append(rows, m.row(x.key, x.level, x.fields))
			walk(x)
		}
	}
	walk(root)
	return rows
}

// nestedTexts are what the fields of one level print for a line, and their identity, "" when all are empty.
func (c *composer) nestedTexts(t *pack.Table, l *budget.Line, level []string) (texts rowTexts, id string) {
	var values []string
	for _, f := range level {
		v := l.Value(f)
		values = append(values, c.nestedID(l, f, v))
		s := v
		switch f {
		case "function":
			s, _ = c.b.Functional.Name(v)
		case "economic":
			s, _ = c.b.Economic.Name(v)
		case "unit":
			s = c.unitName(v)
		}
		if label, ok := t.Labels[v]; ok {
			s = label
		}
		texts = append(texts, fieldText{f, doc.Text{String: s, Origin: l.At}})
	}
	if id = strings.Join(values, "\x01"); strings.Trim(id, "\x01") == "" {
		return nil, ""
	}
	return texts, id
}

// nestedID tells a value from others that print the same: projects of two units may have one name.
func (c *composer) nestedID(l *budget.Line, field, value string) string {
	if field == "project" && value != "" {
		d, _ := budget.FindDimension("project")
		return c.b.PartOf(d, l)
	}
	return value
}

func (c *composer) unitName(code string) string {
	for _, u := range c.units {
		if u.Code.V == code {
			return u.Name.V
		}
	}
	return code
}
