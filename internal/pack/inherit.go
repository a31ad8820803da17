package pack

import (
	_ "embed"
	"io/fs"
	"path"
	"reflect"
	"slices"
	"strings"

	"yusuan/internal/diag"
	"yusuan/internal/source"
)

// manifest reads the TOML of the pack in dir laid over that of the pack it inherits, and remembers the folders, the
// first ancestor first.
func (c *compiler) manifest(dir string) (*manifest, error) {
	files, err := c.files(dir, "forms", "prose")
	if err != nil {
		return nil, err
	}
	var m manifest
	c.diags.Append(source.Options{AsWritten: true}.Decode(files, &m))
	c.bounds(reflect.ValueOf(&m).Elem(), map[reflect.Type]int{})
	if m.Forms, err = c.formSpecs(path.Join(dir, "forms")); err != nil {
		return nil, err
	}
	if c.year == 0 && len(m.Pack.Years) == 2 {
		c.year = m.Pack.Years[1].V
	}
	patches, years := m.Patches, m.Pack.Years
	m.Patches = nil
	parent := m.Pack.Inherits
	if parent.V == "" {
		c.dirs = []string{dir}
		own := m.Titles
		m.Titles = defaultTitles()
		m.Titles.override(&own)
		c.patch(&m, patches, years)
		return &m, nil
	}
	at := path.Join(path.Dir(dir), parent.V)
	if !c.inheritable(parent, at) {
		c.dirs, c.orphan = []string{dir}, true
		return &m, nil
	}
	c.visited = append(c.visited, dir)
	base, err := c.manifest(at)
	if err != nil {
		return nil, err
	}
	c.dirs = append(c.dirs, dir)
	base.override(&m)
	c.patch(base, patches, years)
	return base, nil
}

// namesPath reports whether what should be a name leads somewhere.
func namesPath(s string) bool { return s == "." || s == ".." || strings.ContainsAny(s, `/\:`) }

// inheritable reports whether the pack to inherit is there and no pack inherits itself.
func (c *compiler) inheritable(parent source.String, at string) bool {
	if namesPath(parent.V) {
		c.diags.Add(diag.Diagnostic{Rule: "模板-015", Level: diag.Error, At: parent.At, Message: "沿用的模板写文件夹名，不写路径：“" + parent.V + "”",
			Hint: "沿用的模板是程序自带的，或者放在这个模板的旁边"})
		return false
	}
	if slices.Contains(c.visited, at) {
		c.diags.Errorf("模板-015", parent.At, "模板“%s”沿用了它自己", parent.V)
		return false
	}
	if _, err := fs.Stat(c.fsys, path.Join(at, "pack.toml")); err == nil {
		return true
	}
	d := diag.Diagnostic{Rule: "模板-015", Level: diag.Error, At: parent.At, Message: "没有可沿用的模板“" + parent.V + "”"}
	var names []string
	entries, _ := fs.ReadDir(c.fsys, path.Dir(at))
	for _, e := range entries {
		names = append(names, e.Name())
	}
	if near, ok := diag.Closest(parent.V, names); ok {
		d.Hint = diag.Meant(parent.V, near)
	}
	c.diags.Add(d)
	return false
}

// override lays x over m: what has the same name is replaced whole, what is new is added at the end. Parts are
// replaced all together, because their order is what they say.
func (m *manifest) override(x *manifest) {
	head := x.Pack
	for _, s := range []struct{ to, from *source.String }{
		{&head.Title, &m.Pack.Title}, {&head.Kind, &m.Pack.Kind}, {&head.Subject, &m.Pack.Subject}, {&head.Keywords, &m.Pack.Keywords}, {&head.FileName, &m.Pack.FileName},
	} {
		if s.to.V == "" {
			*s.to = *s.from
		}
	}
	if head.Show == nil {
		head.Show = m.Pack.Show
	}
	if head.Purchase == nil {
		head.Purchase = m.Pack.Purchase
	}
	if !head.Strip.Set {
		head.Strip = m.Pack.Strip
	}
	m.Pack = head
	m.Formats.Table.override(&x.Formats.Table)
	m.Formats.Text.override(&x.Formats.Text)
	for _, s := range []struct{ to, from *source.String }{{&m.Formats.Rounding, &x.Formats.Rounding}, {&m.Formats.Adjusted, &x.Formats.Adjusted}} {
		if s.from.V != "" {
			*s.to = *s.from
		}
	}
	m.Papers = merge(m.Papers, x.Papers, func(p *paper) string { return p.Name.V })
	m.Styles = merge(m.Styles, x.Styles, func(s *textStyle) string { return s.Name.V })
	inheritRoles(m.Figures, x.Figures)
	m.Figures = merge(m.Figures, x.Figures, func(f *figureSpec) string { return f.Name.V })
	m.Slots = merge(m.Slots, x.Slots, func(s *slotSpec) string { return s.Key.V })
	m.Rules = merge(m.Rules, x.Rules, func(r *ruleSpec) string { return r.ID.V })
	m.Tables = merge(m.Tables, x.Tables, func(t *tableSpec) string { return t.ID.V })
	m.overrideWords(x)
	m.Charts = merge(m.Charts, x.Charts, func(s *chartSpec) string { return s.ID.V })
	m.Forms = merge(m.Forms, x.Forms, func(f *formSpec) string { return f.Kind.V })
	m.Terms = merge(m.Terms, x.Terms, func(t *termSpec) string { return t.Term.V })
	m.Phrases = merge(m.Phrases, x.Phrases, func(f *source.Field) string { return f.Key.V })
	if x.Parts != nil {
		m.Parts = x.Parts
	}
	for _, s := range []struct{ to, from *source.Bool }{{&m.Print.Mirrored, &x.Print.Mirrored}, {&m.Print.RightHand, &x.Print.RightHand}} {
		if s.from.Set {
			*s.to = *s.from
		}
	}
	m.Grid.override(&x.Grid)
	m.Drawing.override(&x.Drawing)
	m.Titles.override(&x.Titles)
}

// overrideWords lays over what departments fill in and what their units are called.
func (m *manifest) overrideWords(x *manifest) {
	m.Lists = merge(m.Lists, x.Lists, func(l *listSpec) string { return l.Name.V })
	m.Kinds = merge(m.Kinds, x.Kinds, func(k *kindSpec) string { return k.Name.V })
}

//go:embed defaults.toml
var defaults []byte

// defaultTitles is what the program says of titles.
func defaultTitles() titleWords {
	var m struct {
		Titles titleWords `toml:"titles"`
	}
	f, diags := source.Parse("defaults.toml", defaults)
	diags.Append(source.Options{AsWritten: true}.Decode([]*source.File{f}, &m))
	if diags.Len() > 0 {
		panic(diags.Sorted()[0].Message)
	}
	return m.Titles
}

func (t *titleWords) override(x *titleWords) {
	t.Words = slices.Concat(t.Words, x.Words)
	t.Terms = slices.Concat(t.Terms, x.Terms)
	for _, s := range []struct{ to, from *source.String }{{&t.Bodies, &x.Bodies}, {&t.Joins, &x.Joins}, {&t.Tails, &x.Tails}, {&t.Fronts, &x.Fronts}} {
		if s.from.V != "" {
			*s.to = *s.from
		}
	}
}

func (f *format) override(x *format) {
	if x.Unit.V != "" {
		f.Unit = x.Unit
	}
	if x.Zeros.V != "" {
		f.Zeros = x.Zeros
	}
	if x.Places.Set {
		f.Places = x.Places
	}
	if x.Group.Set {
		f.Group = x.Group
	}
	if x.Blank.Set {
		f.Blank = x.Blank
	}
	if x.Zero != nil {
		f.Zero = x.Zero
	}
}

func (g *gridStyle) override(x *gridStyle) {
	for _, s := range []struct{ to, from *source.String }{
		{&g.Body, &x.Body}, {&g.Head, &x.Head}, {&g.Note, &x.Note}, {&g.Heading, &x.Heading}, {&g.Number, &x.Number}, {&g.Rule, &x.Rule},
		{&g.Frame, &x.Frame}, {&g.PadX, &x.PadX}, {&g.PadY, &x.PadY}, {&g.MinRow, &x.MinRow}, {&g.MinSize, &x.MinSize}, {&g.Continued, &x.Continued}, {&g.Total, &x.Total},
	} {
		if s.from.V != "" {
			*s.to = *s.from
		}
	}
}

func (d *drawingStyle) override(x *drawingStyle) {
	for _, s := range []struct{ to, from *source.String }{
		{&d.Body, &x.Body}, {&d.Heading, &x.Heading}, {&d.Number, &x.Number}, {&d.Name, &x.Name}, {&d.Height, &x.Height},
	} {
		if s.from.V != "" {
			*s.to = *s.from
		}
	}
	if x.Colors != nil {
		d.Colors = x.Colors
	}
}

// merge replaces what has the same key and adds the rest.
func merge[T any](base, over []T, key func(*T) string) []T {
	out := slices.Clone(base)
	for i := range over {
		at := slices.IndexFunc(out[:len(base)], func(t T) bool { return key(&t) == key(&over[i]) })
		if at < 0 {
			out = append(out, over[i])
			continue
		}
		out[at] = over[i]
	}
	return out
}
