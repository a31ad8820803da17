package pack

import (
	"io/fs"
	"path"
	"reflect"
	"slices"

	"yusuan/internal/doc"
	"yusuan/internal/source"
)

// formSpecs are the forms of a folder, a file each; none of a pack without forms.
func (c *compiler) formSpecs(dir string) ([]formSpec, error) {
	var out []formSpec
	entries, err := fs.ReadDir(c.fsys, dir)
	if err != nil {
		return nil, nil
	}
	for _, e := range entries {
		if path.Ext(e.Name()) != ".toml" {
			continue
		}
		name := path.Join(dir, e.Name())
		raw, err := c.readFile(name)
		if err != nil {
			return nil, err
		}
		if raw == nil {
			continue
		}
		f, diags := source.Parse(name, raw)
		c.diags.Append(diags)
		var s formSpec
		c.diags.Append(source.Options{AsWritten: true}.Decode([]*source.File{f}, &s))
		c.bounds(reflect.ValueOf(&s).Elem(), map[reflect.Type]int{})
		if slices.ContainsFunc(out, func(x formSpec) bool { return x.Kind.V == s.Kind.V }) {
			c.diags.Errorf("模板-007", s.Kind.At, "表样“%s”重复定义", s.Kind.V)
		}
		out = append(out, s)
	}
	return out, nil
}

func (c *compiler) form(s *formSpec) {
	f := &Form{Kind: s.Kind.V, Scope: s.Scope.V, Heading: c.snippet(s.Heading), Title: c.snippet(s.Title), Contents: c.snippet(s.Contents),
		Left: c.snippet(s.Left), Right: c.snippet(s.Right), Page: c.paper(s.Page), Notes: c.snippets(s.Notes), At: s.Kind.At,
		labels: map[LabelRole][]string{}}
	f.LeftAgain = c.again(s.Again)
	if s.Style.V != "" {
		c.style(s.Style)
		f.Style = s.Style.V
	}
	if s.Title.V != "" {
		c.implied(StyleFormTitle, s.Title.At)
	}
	c.oneOf(s.Scope, "表样范围", choices("scope"))
	for _, w := range s.Widths {
		f.Widths = append(f.Widths, max(1, w.V))
	}
	for i := range s.Fields {
		x := &s.Fields[i]
		f.Fields = append(f.Fields, Field{Key: x.Key.V, Title: x.Title.V, Required: x.Required.V, Options: c.words(x.Options), Role: c.fieldRole(x, s.Fields[:i])})
	}
	c.within = f
	f.Items = c.items(s.Items, len(f.Widths))
	c.within = nil
	c.spans(s.Items, 0, make([]int, len(f.Widths)))
	c.formNames(s, f)
	c.p.Forms[f.Kind] = f
}

func (c *compiler) items(specs []formItem, width int) []Item {
	var out []Item
	for i := range specs {
		s := &specs[i]
		x := Item{Label: c.snippet(s.Label), Span: max(1, s.Span.V), Vertical: s.Vertical.V, Each: s.Each.V, Horizon: s.Horizon.V,
			Split: s.Split.V, KeepNext: s.KeepNext.V || s.Head.V, Head: s.Head.V, Optional: s.Optional.V}
		if s.Each.V != "" {
			c.oneOf(s.Each, "重复清单", choices("each"))
		}
		c.labelRole(s.Role, x.Label)
		if len(s.Items) > 0 {
			x.Items = c.items(s.Items, width-x.Span)
			if len(s.Cells) > 0 {
				c.diags.Errorf("模板-009", s.At, "一项不能既有 item 又有 cell")
			}
			out = append(out, x)
			continue
		}
		for j := range s.Cells {
			x.Cells = append(x.Cells, c.cell(&s.Cells[j]))
		}
		out = append(out, x)
	}
	return out
}

// spans demands that the cells of every row of a form cover its columns once. busy says for how many further rows a column
// is taken by a cell that spans down; start is the first column beside the labels of groups.
func (c *compiler) spans(items []formItem, start int, busy []int) {
	for i := range items {
		s := &items[i]
		if len(s.Items) > 0 {
			if next := start + max(1, s.Span.V); next < len(busy) {
				c.spans(s.Items, next, busy)
			} else {
				c.diags.Errorf("模板-021", s.At, "标签占到了第 %d 列，表只有 %d 列，没有给里面的行留下列", next, len(busy))
			}
			continue
		}
		free, taken := 0, 0
		for _, n := range busy[start:] {
			if n == 0 {
				free++
			}
		}
		col := start
		for j := range s.Cells {
			x := &s.Cells[j]
			for col < len(busy) && busy[col] > 0 {
				col++
			}
			for k := col; k < min(col+max(1, x.Span.V), len(busy)); k++ {
				busy[k] = max(1, x.Rows.V)
			}
			col, taken = col+max(1, x.Span.V), taken+max(1, x.Span.V)
		}
		if taken != free {
			c.diags.Errorf("模板-021", s.At, "这一行的格共占 %d 列，应占 %d 列（表有 %d 列，除去左边的标签和上面跨下来的格）", taken, free, len(busy))
		}
		for k := start; k < len(busy); k++ {
			busy[k] = max(0, busy[k]-1)
		}
	}
}

func (c *compiler) cell(s *formCell) Cell {
	x := Cell{Text: c.snippet(s.Text), Label: s.Label.V, Span: max(1, s.Span.V), Rows: max(1, s.Rows.V), Prose: s.Prose.V,
		Merge: s.Merge.V, Number: s.Number.V, Names: s.Names.V}
	if s.Align.V != "" {
		x.Align, x.AlignSet = c.align(s.Align, doc.AlignLeft), true
	}
	c.labelRole(s.Role, x.Text)
	return x
}
