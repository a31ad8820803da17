package pack

import (
	"slices"

	"yusuan/internal/budget"
	"yusuan/internal/source"
)

// UnitKind is what the documents of a place call some kinds of units (单位性质): 参公单位 are not 行政单位, and what is 公益一类 and 公益二类
// to the program is a 事业单位 to most readers.
type UnitKind struct {
	Name, Short string // Short stands within sentences: 1家机关
	Kinds       []string
}

// kindSpec calls some kinds of units.
type kindSpec struct {
	source.Place
	Name  source.String   `toml:"name,required" zh:"称呼"`
	Short source.String   `toml:"short" zh:"简称" note:"不写同 name"`
	Kinds []source.String `toml:"kinds,required" zh:"单位性质" most:"20" note:"每一种性质都要有称呼"`
}

// kinds reads what units are called. A kind without a name would not be counted among all that there are.
func (c *compiler) kinds(m *manifest) {
	all, named := budget.Values("unitkind"), map[string]string{}
	for i := range m.Kinds {
		s := &m.Kinds[i]
		x := UnitKind{Name: s.Name.V, Short: s.Short.V}
		if x.Short == "" {
			x.Short = x.Name
		}
		if slices.ContainsFunc(c.p.Kinds, func(k UnitKind) bool { return k.Name == x.Name }) {
			c.diags.Errorf("模板-007", s.Name.At, "单位的称呼“%s”重复定义", x.Name)
			continue
		}
		for _, k := range s.Kinds {
			switch {
			case !c.oneOf(k, "单位性质", all):
				continue
			case named[k.V] != "":
				c.diags.Errorf("模板-007", k.At, "单位性质“%s”已经称为“%s”，不能又称“%s”", k.V, named[k.V], x.Name)
				continue
			}
			named[k.V] = x.Name
			x.Kinds = append(x.Kinds, k.V)
		}
		c.p.Kinds = append(c.p.Kinds, x)
	}
	for _, k := range all {
		if len(m.Kinds) > 0 && named[k] == "" {
			c.diags.Errorf("模板-006", m.Kinds[len(m.Kinds)-1].At, "单位性质“%s”没有称呼：写进一个 [[unit_kind]] 的 kinds，不然这种单位数不进去", k)
		}
	}
}
