package pack

import (
	"cmp"
	"reflect"
	"slices"
	"strings"

	"yusuan/internal/diag"
	"yusuan/internal/source"
)

// patchSpec changes one thing of the pack, or of the one that it inherits, found by its key. With From or To it is for the documents
// of those years alone: what differs by year is data.
type patchSpec struct {
	source.Place
	From source.Int `toml:"from" zh:"从哪年起" range:"1990..2099" note:"不写不限；只有这些年的文件才这样改"`
	To   source.Int `toml:"to" zh:"到哪年止" range:"1990..2099" note:"不写不限"`

	Table  source.String `toml:"table" zh:"哪张表" note:"表号"`
	Figure source.String `toml:"figure" zh:"哪个数字" note:"名称"`
	Text   source.String `toml:"text" zh:"哪个文字栏" note:"名称"`
	Term   source.String `toml:"term" zh:"哪个名词"`
	Chart  source.String `toml:"chart" zh:"哪张图" note:"名称"`
	Form   source.String `toml:"form" zh:"哪种绩效表" note:"表样"`
	Part   source.String `toml:"part" zh:"哪个部分" note:"标题，或者第几个：1、2……"`
	Style  source.String `toml:"style" zh:"哪个样式" note:"名称"`
	Page   source.String `toml:"page" zh:"哪个版面" note:"名称"`
	Rule   source.String `toml:"rule" zh:"哪条规则" note:"规则号"`
	List   source.String `toml:"list" zh:"哪个清单" note:"名称"`

	Row    source.String `toml:"row" zh:"表的哪一行" note:"标签或范围；有同名的写 组名/标签 或 outgo/标签"`
	Column source.String `toml:"column" zh:"表的哪一列" note:"表头或栏；有同名的写各级表头，用 / 隔开"`
	Block  source.String `toml:"block" zh:"部分的哪段内容" note:"它的文字模板、表号、图名"`
	Item   source.String `toml:"item" zh:"图的哪一项、绩效表的哪一行" note:"标签、数字名称或第一格的字"`
	Field  source.String `toml:"field" zh:"绩效表的哪个栏目" note:"名称"`

	Set    source.Raw    `toml:"set" zh:"改成" note:"键和原来那一段的一样，写了的换掉，没有写的不动"`
	Rename source.Fields `toml:"rename" zh:"改字" most:"200" note:"原来印的字 = 改印的字：表题、目录名、表头、行的标签、组名、表注"`
	Before source.Raw    `toml:"before" zh:"插在前面" note:"一段，或 [ 几段 ]"`
	After  source.Raw    `toml:"after" zh:"插在后面"`
	Remove source.Bool   `toml:"remove" zh:"删去"`
	Add    source.Raw    `toml:"add" zh:"另有" note:"不指哪一样，写整段的表、数字、名词、用语等：同名的整个替换，新的加在后面"`
}

const rulePatch = "模板-032"

// patcher lays patches over a manifest.
type patcher struct {
	*compiler
	m *manifest
	// names adds what a patch calls things to the words by which they are known on paper, and changes nothing: of the patches of
	// other years.
	names bool
}

// patch lays the patches of a pack over it, those of the year of its documents. What those of other years call things is known too.
func (c *compiler) patch(m *manifest, patches []patchSpec, years []source.Int) {
	for _, other := range [...]bool{true, false} {
		for i := range patches {
			p := &patches[i]
			if c.ofYear(p) == other {
				continue
			}
			x := &patcher{c, m, other}
			before := c.diags
			x.apply(p)
			if other {
				c.diags = before // told where the patch is of the year
			}
		}
	}
	for i := range patches {
		p := &patches[i]
		c.cuts = append(c.cuts, p.From.V, p.To.V+1)
		if len(years) == 2 && (p.From.Set && p.From.V > years[1].V || p.To.Set && p.To.V < years[0].V) {
			c.diags.Errorf(rulePatch, p.At, "这处改动是别的年度的：模板适用于%d年至%d年，它用不上", years[0].V, years[1].V)
		}
		if p.From.Set && p.To.Set && p.From.V > p.To.V {
			c.diags.Errorf(rulePatch, p.From.At, "from 不晚于 to")
		}
	}
	c.unlend(m)
}

func (c *compiler) ofYear(p *patchSpec) bool {
	return (!p.From.Set || c.year >= p.From.V) && (!p.To.Set || c.year <= p.To.V)
}

// apply finds what a patch is of, and does what it says.
func (x *patcher) apply(p *patchSpec) {
	n := 0
	for _, is := range [...]bool{!p.Set.IsZero(), p.Rename != nil, !p.Before.IsZero(), !p.After.IsZero(), p.Remove.V, !p.Add.IsZero()} {
		if is {
			n++
		}
	}
	if n == 0 {
		x.diags.Errorf(rulePatch, p.At, "这处改动没有写改什么：写 set、rename、before、after、remove 或 add")
		return
	}
	chosen, ok := x.chosen(p)
	if !ok {
		return
	}
	if p.Remove.V && n > 1 || !p.Add.IsZero() && (n > 1 || chosen != nil) {
		x.diags.Errorf(rulePatch, p.At, "remove 单独写；add 也单独写，不指哪张表、哪一样")
		return
	}
	if p.Rename != nil {
		x.rename(p.Rename, chosen)
	}
	switch {
	case !p.Add.IsZero():
		x.add(p.Add)
	case chosen != nil:
		x.change(p, chosen)
	case p.Rename == nil || n > 1:
		x.diags.Errorf(rulePatch, p.At, "这处改动没有写改哪一样：写 table、figure、part 等，或者用 add")
	}
}

func (x *patcher) change(p *patchSpec, s *spot) {
	if !p.Set.IsZero() {
		x.set(p.Set, s.value)
	}
	if x.names {
		return
	}
	if !p.After.IsZero() {
		s.insert(x.compiler, p.After, 1)
	}
	if !p.Before.IsZero() {
		s.insert(x.compiler, p.Before, 0)
	}
	if p.Remove.V {
		s.remove()
	}
}

// add lays what is new over the pack as an heir would.
func (x *patcher) add(r source.Raw) {
	if x.names {
		return
	}
	var more manifest
	x.read(r, &more, true)
	if !more.Pack.At.IsZero() || more.Patches != nil {
		x.diags.Errorf(rulePatch, r.At, "add 里不写 pack 和 patch")
	}
	head := x.m.Pack
	more.Patches = nil
	x.m.override(&more)
	x.m.Pack = head
}

// read reads what a patch says into a struct of the schema.
func (c *compiler) read(r source.Raw, into any, partial bool) {
	c.diags.Append(r.Decode(source.Options{AsWritten: true}, into, partial))
	c.bounds(reflect.ValueOf(into).Elem(), map[reflect.Type]int{})
}

// set changes the keys of one thing. A block is one thing or another, never both: it is changed as a whole.
func (x *patcher) set(r source.Raw, value any) {
	dst := reflect.ValueOf(value).Elem()
	src := reflect.New(dst.Type())
	x.read(r, src.Interface(), true)
	called := printedNames(dst)
	if x.names {
		x.lend(dst, printedNames(src.Elem()))
		return
	}
	if b, ok := value.(*blockSpec); ok {
		*b = *src.Interface().(*blockSpec)
		return
	}
	overlay(dst, src.Elem())
	x.lend(dst, called)
}

// overlay takes over what src says.
func overlay(dst, src reflect.Value) {
	for i := range src.NumField() {
		to := dst.Field(i)
		switch s := src.Field(i).Addr().Interface().(type) {
		case *source.Place:
		case *source.String:
			if !s.At.IsZero() {
				to.Set(src.Field(i))
			}
		case *source.Int:
			if s.Set {
				to.Set(src.Field(i))
			}
		case *source.Bool:
			if s.Set {
				to.Set(src.Field(i))
			}
		case *source.Fields:
			f := to.Addr().Interface().(*source.Fields)
			*f = merge(*f, *s, func(f *source.Field) string { return f.Key.V })
		default:
			switch f := src.Field(i); {
			case f.Kind() == reflect.Struct:
				overlay(to, f)
			case !f.IsNil():
				to.Set(f)
			}
		}
	}
}

// printedNames are the words that a thing is known by on paper.
func printedNames(v reflect.Value) []source.String {
	var out []source.String
	for _, name := range [...]string{"Heading", "Head", "Label"} {
		if f := v.FieldByName(name); f.IsValid() && v.FieldByName("Also").IsValid() {
			out = append(out, f.Interface().(source.String))
		}
	}
	return out
}

// lend gives a thing words that it is known by too: of other years, or of the pack that is inherited.
func (x *patcher) lend(v reflect.Value, words []source.String) {
	for _, w := range words {
		also := v.FieldByName("Also").Addr().Interface().(*[]source.String)
		same := func(s source.String) bool { return s.V == w.V }
		if w.V == "" || slices.ContainsFunc(printedNames(v), same) || slices.ContainsFunc(*also, same) {
			continue
		}
		if x.lent == nil {
			x.lent = map[diag.Range]bool{}
		}
		x.lent[w.At] = true
		*also = append(slices.Clone(*also), w)
	}
}

// unlend takes back the words that another row of the same table has now.
func (c *compiler) unlend(m *manifest) {
	for i := range m.Tables {
		t := &m.Tables[i]
		taken := map[string]bool{}
		for _, side := range t.sides() {
			for k := range *side.rows {
				taken[(*side.rows)[k].Label.V] = true
			}
		}
		for _, side := range t.sides() {
			for k := range *side.rows {
				r := &(*side.rows)[k]
				r.Also = slices.DeleteFunc(slices.Clone(r.Also), func(s source.String) bool { return c.lent[s.At] && taken[s.V] })
			}
		}
	}
}

// renamable are the keys of words that are printed.
var renamable = []string{"title", "heading", "contents", "head", "label", "group", "total", "left", "left_again", "number", "empty_note", "notes", "labels", "text", "from", "to"}

// rename changes words where they are printed, all of one table or of all.
func (x *patcher) rename(words source.Fields, chosen *spot) {
	var roots []reflect.Value
	if chosen != nil {
		roots = append(roots, reflect.ValueOf(chosen.value).Elem())
	} else {
		for _, list := range [...]any{x.m.Tables, x.m.Charts, x.m.Parts, x.m.Forms} {
			for i, v := 0, reflect.ValueOf(list); i < v.Len(); i++ {
				roots = append(roots, v.Index(i))
			}
		}
	}
	for _, f := range words {
		hits := 0
		var all []string
		for _, v := range roots {
			x.renameIn(v, &f, &hits, &all)
		}
		if hits == 0 {
			slices.Sort(all)
			x.unmet(f.Key, "要改的字", slices.Compact(all))
		}
	}
}

func (x *patcher) renameIn(v reflect.Value, f *source.Field, hits *int, all *[]string) {
	here := func(s *source.String) {
		if s.V != "" {
			*all = append(*all, s.V)
		}
		if s.V != f.Key.V {
			return
		}
		*hits++
		called := printedNames(v)
		if x.names {
			if slices.ContainsFunc(called, func(c source.String) bool { return c.At == s.At }) {
				x.lend(v, []source.String{f.Value})
			}
			return
		}
		*s = f.Value
		x.lend(v, called)
	}
	for i := range v.NumField() {
		in := slices.Contains(renamable, key(v.Type().Field(i)))
		switch s := v.Field(i).Addr().Interface().(type) {
		case *source.Place, *source.Int, *source.Bool:
		case *source.String:
			if in {
				here(s)
			}
		case *[]source.String:
			for k := range *s {
				if in {
					here(&(*s)[k])
				}
			}
		case *source.Fields:
			for k := range *s {
				if in {
					here(&(*s)[k].Value)
				}
			}
		default:
			eachWithin(v.Field(i), func(w reflect.Value) { x.renameIn(w, f, hits, all) })
		}
	}
}

// eachWithin visits the structs of the schema in a field.
func eachWithin(f reflect.Value, visit func(reflect.Value)) {
	switch {
	case f.Kind() == reflect.Slice && ownTable(f.Type().Elem()):
		for k := range f.Len() {
			visit(f.Index(k))
		}
	case f.Kind() == reflect.Pointer && !f.IsNil() && ownTable(f.Type().Elem()):
		visit(f.Elem())
	case ownTable(f.Type()):
		visit(f)
	}
}

// segments are the years from which documents are another than those of the year before, among those of the pack.
func segments(cuts []int, first, last int) []int {
	out := []int{first}
	for _, y := range cuts {
		if y > first && y <= last {
			out = append(out, y)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// variant is what a pack is from a year on.
type variant struct {
	first int
	pack  *Pack
}

// Of is the pack as documents of a year have it: of one before all those that it is for like the first, behind them like the last. It
// is the pack itself where the year is not known (0).
func (p *Pack) Of(year int) *Pack {
	if len(p.variants) == 0 || year == 0 {
		return p
	}
	i, found := slices.BinarySearchFunc(p.variants, year, func(v variant, year int) int { return cmp.Compare(v.first, year) })
	if !found {
		i = max(i-1, 0)
	}
	return p.variants[i].pack
}

// SamePlace reports whether both are packs of one place for the same kind of document: they go back to the same one.
func (p *Pack) SamePlace(other *Pack) bool {
	return p.Kind == other.Kind && len(p.Line) > 0 && len(other.Line) > 0 && p.Line[0] == other.Line[0]
}

// Years are those of which each is the first of documents that differ.
func (p *Pack) Years() []int {
	var out []int
	for _, v := range p.variants {
		out = append(out, v.first)
	}
	return out
}

// fewOf lists words for a message, as few as are read.
func fewOf(words []string) string {
	if len(words) > fewWords {
		words = append(slices.Clone(words[:fewWords]), "……")
	}
	return strings.Join(words, "、")
}
