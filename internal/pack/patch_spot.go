package pack

import (
	"slices"
	"strconv"

	"yusuan/internal/diag"
	"yusuan/internal/source"
)

// spot is a thing of the pack that a patch may be of.
type spot struct {
	names  []string // all that it may be called by, the fullest last
	value  any      // pointer to it
	remove func()
	insert func(c *compiler, r source.Raw, at int) // new ones, before it (0) or behind it (1)
}

// spotsIn are the spots of a list.
func spotsIn[T any](list *[]T, names func(i int, x *T) []string) []spot {
	var out []spot
	for i := range *list {
		x := &(*list)[i]
		out = append(out, spot{names: slices.DeleteFunc(names(i, x), func(s string) bool { return s == "" }), value: x,
			remove: func() { *list = slices.Delete(slices.Clone(*list), i, i+1) },
			insert: func(c *compiler, r source.Raw, at int) {
				var more []T
				for _, part := range r.Parts() {
					var x T
					c.read(part, &x, false)
					more = append(more, x)
				}
				*list = slices.Insert(slices.Clone(*list), i+at, more...)
			}})
	}
	return out
}

// named are the spots of a list whose things have one name each.
func named[T any](list *[]T, name func(*T) source.String) []spot {
	return spotsIn(list, func(_ int, x *T) []string { return []string{name(x).V} })
}

// selector is a key of a patch that says what it is of.
type selector struct {
	key   source.String
	what  string
	spots func() []spot
}

// chosen is what a patch is of, nil where it names nothing. What it names and is not there is told.
func (x *patcher) chosen(p *patchSpec) (*spot, bool) {
	m := x.m
	outer, ok := x.choose(p.At, []selector{
		{p.Table, "表", func() []spot { return named(&m.Tables, func(t *tableSpec) source.String { return t.ID }) }},
		{p.Figure, "数字", func() []spot { return named(&m.Figures, func(f *figureSpec) source.String { return f.Name }) }},
		{p.Text, "文字栏", func() []spot { return named(&m.Slots, func(s *slotSpec) source.String { return s.Key }) }},
		{p.Term, "名词", func() []spot { return named(&m.Terms, func(t *termSpec) source.String { return t.Term }) }},
		{p.Chart, "图", func() []spot { return named(&m.Charts, func(s *chartSpec) source.String { return s.ID }) }},
		{p.Form, "绩效表", func() []spot { return named(&m.Forms, func(f *formSpec) source.String { return f.Kind }) }},
		{p.Part, "部分", func() []spot { return spotsIn(&m.Parts, partNames) }},
		{p.Style, "样式", func() []spot { return named(&m.Styles, func(s *textStyle) source.String { return s.Name }) }},
		{p.Page, "版面", func() []spot { return named(&m.Papers, func(s *paper) source.String { return s.Name }) }},
		{p.Rule, "规则", func() []spot { return named(&m.Rules, func(r *ruleSpec) source.String { return r.ID }) }},
		{p.List, "清单", func() []spot { return named(&m.Lists, func(l *listSpec) source.String { return l.Name }) }},
	})
	if !ok {
		return nil, false
	}
	inner := x.within(p, outer)
	for _, s := range [...]source.String{p.Row, p.Column, p.Block, p.Item, p.Field} {
		if s.V != "" && !slices.ContainsFunc(inner, func(i selector) bool { return i.key.At == s.At }) {
			x.diags.Errorf(rulePatch, s.At, "row、column 要和 table 一起写，block 和 part，item 和 chart 或 form，field 和 form")
			return nil, false
		}
	}
	in, ok := x.choose(p.At, inner)
	if in != nil {
		outer = in
	}
	return outer, ok
}

// within are the selectors of what is in a thing.
func (x *patcher) within(p *patchSpec, s *spot) []selector {
	if s == nil {
		return nil
	}
	switch v := s.value.(type) {
	case *tableSpec:
		return []selector{{p.Row, "行", func() []spot { return rowSpots(v) }}, {p.Column, "列", func() []spot { return columnSpots(&v.Columns, "") }}}
	case *partSpec:
		return []selector{{p.Block, "内容", func() []spot { return spotsIn(&v.Blocks, blockNames) }}}
	case *chartSpec:
		return []selector{{p.Item, "项", func() []spot {
			names := func(_ int, s *chartItemSpec) []string { return []string{s.Label.V, s.Figure.V, s.Query.V} }
			return append(spotsIn(&v.Items, names), spotsIn(&v.Sources, names)...)
		}}}
	case *formSpec:
		return []selector{{p.Item, "行", func() []spot { return itemSpots(&v.Items) }},
			{p.Field, "栏目", func() []spot { return named(&v.Fields, func(f *fieldSpec) source.String { return f.Key }) }}}
	}
	return nil
}

// choose finds the one thing that selectors name, nil where none is set.
func (x *patcher) choose(at diag.Range, list []selector) (*spot, bool) {
	var out *spot
	for _, s := range list {
		if s.key.At.IsZero() {
			continue
		}
		if out != nil {
			x.diags.Errorf(rulePatch, s.key.At, "一处改动只改一样")
			return nil, false
		}
		var found []spot
		var all, full []string
		for _, t := range s.spots() {
			all = append(all, t.names...)
			if slices.Contains(t.names, s.key.V) {
				found, full = append(found, t), append(full, t.names[len(t.names)-1])
			}
		}
		switch {
		case len(found) == 0:
			x.unmet(s.key, s.what, all)
			return nil, false
		case len(found) > 1:
			x.diags.Add(diag.Diagnostic{Rule: rulePatch, Level: diag.Error, At: s.key.At, Message: "叫“" + s.key.V + "”的" + s.what + "有 " + strconv.Itoa(len(found)) + " 个",
				Hint: "写成其中的一个：" + fewOf(full)})
			return nil, false
		}
		out = &found[0]
	}
	return out, true
}

// unmet tells of a key that nothing has.
func (c *compiler) unmet(key source.String, what string, all []string) {
	if len(all) <= fewWords {
		c.unknown(key.At, what, key.V, all)
		return
	}
	d := diag.Diagnostic{Rule: "模板-005", Level: diag.Error, At: key.At, Message: "不认识的" + what + "“" + key.V + "”", Hint: "可用的有 " + fewOf(all)}
	if near, ok := diag.Closest(key.V, all); ok {
		d.Hint = diag.Meant(key.V, near)
	}
	c.diags.Add(d)
}

func partNames(i int, p *partSpec) []string {
	return []string{p.Optional.V, p.Contents.V, p.Title.V, strconv.Itoa(i + 1)}
}

func blockNames(_ int, b *blockSpec) []string {
	out := []string{b.Prose.V, b.Forms.V}
	for _, list := range [...][]source.String{b.Tables, b.Charts, b.Figures} {
		for _, s := range list {
			out = append(out, s.V)
		}
	}
	if b.Contents != nil {
		out = append(out, "contents")
	}
	if b.Glossary.V != "" {
		out = append(out, "glossary")
	}
	return out
}

// side is a list of rows of a table, and the key that it has.
type side struct {
	key  string
	rows *[]rowSpec
}

func (t *tableSpec) sides() []side {
	return []side{{"row", &t.List}, {"income", &t.Income}, {"outgo", &t.Outgo}, {"use", &t.Use}}
}

func rowSpots(t *tableSpec) []spot {
	var out []spot
	for _, s := range t.sides() {
		out = append(out, spotsIn(s.rows, func(_ int, r *rowSpec) []string {
			name := r.Label.V
			if name == "" {
				name = r.Query.V
			}
			if r.Group.V == "" {
				return []string{r.Query.V, name, s.key + "/" + name}
			}
			return []string{r.Query.V, name, r.Group.V + "/" + name}
		})...)
	}
	return append(out, spotsIn(&t.Foot, func(_ int, f *footSpec) []string { return []string{f.Third.Label.V, f.Right.Label.V, f.Left.Label.V} })...)
}

// columnSpots are the columns and those within: by their head, their field, and all heads from the top.
func columnSpots(list *[]columnSpec, above string) []spot {
	var out []spot
	for i, s := range spotsIn(list, func(_ int, x *columnSpec) []string { return []string{x.Field.V, x.Head.V, above + x.Head.V} }) {
		x := &(*list)[i]
		out = append(append(out, s), columnSpots(&x.Columns, above+x.Head.V+"/")...)
	}
	return out
}

func itemSpots(list *[]formItem) []spot {
	var out []spot
	for i, s := range spotsIn(list, func(_ int, x *formItem) []string {
		if len(x.Cells) > 0 {
			return []string{x.Label.V, x.Cells[0].Text.V}
		}
		return []string{x.Label.V}
	}) {
		out = append(append(out, s), itemSpots(&(*list)[i].Items)...)
	}
	return out
}
