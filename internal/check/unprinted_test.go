package check

import (
	"fmt"
	"io/fs"
	"iter"
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"yusuan/data"
	"yusuan/internal/budget"
	"yusuan/internal/classify"
	"yusuan/internal/compose"
	"yusuan/internal/diag"
	"yusuan/internal/doc"
	"yusuan/internal/money"
	"yusuan/internal/pack"
	"yusuan/internal/schedule"
	"yusuan/internal/source"
	"yusuan/templates"
)

// ownPacks are the smallest pack, and one with what no pack of the program has: procurement by source of money, and a part
// that is not shown.
var ownPacks = fstest.MapFS{
	"mini/pack.toml": {Data: []byte(pack.SmallestPack)},
	"more/pack.toml": {Data: []byte(strings.NewReplacer(`"mini"`, `"more"`, "style = [", `style = [ { name = "名词", family = "宋体", size = "小四", leading = "18pt" },`).Replace(pack.SmallestPack) + `
[[part]]
page  = "竖页"
block = [ { tables = ["2"] }, { prose = "note" }, { glossary = "正文" } ]

[[part]]
page     = "竖页"
optional = "附页"
block    = [ { prose = "more" } ]

[[figure]]
name = "general"
title = "一般公共预算"
query = "fund=一般公共预算"

[[table]]
id      = "2"
heading = "采购"
page    = "竖页"
rows    = "nested"
filter  = "side=政府采购"
level   = [ { fields = ["fund"] } ]
column  = [ { head = "资金", field = "fund" }, { head = "数" } ]
`)},
	"more/prose/note.tmpl": {Data: []byte(`{{define "单位"}}{{range .}}{{.Kind}}{{end}}{{end}}{{amount "general"}}{{template "单位" .Units}}` +
		`{{with .Vehicles}}{{(index . 0).Bought}}{{end}}{{$p := index .Projects 0}}{{$p.Use}}{{"nature=人员经费" | sum | amount}}`)},
	"more/prose/more.tmpl": {Data: []byte("{{.Institutions}}{{range .Tasks}}{{.Text}}{{end}}")},
}

// world is what documents are made of in these tests.
type world struct {
	packs     []*pack.Pack
	catalogue *classify.Catalogue
}

func load(t *testing.T, ids ...string) *world {
	t.Helper()
	w := &world{}
	for _, id := range ids {
		var from fs.FS = templates.FS
		if _, own := ownPacks[id+"/pack.toml"]; own {
			from = ownPacks
		}
		p, diags, err := schedule.LoadPack(from, id)
		if err != nil || diags.HasErrors() {
			t.Fatal(id, err, diags.Sorted())
		}
		w.packs = append(w.packs, p)
	}
	var err error
	if w.catalogue, err = classify.Load(data.Catalogue(), w.packs[0].LastYear); err != nil {
		t.Fatal(err)
	}
	return w
}

// department fills in the folder, and for the packs all texts, figures of last year and forms.
func department(t *testing.T, more string, packs ...*pack.Pack) *budget.Facts {
	t.Helper()
	year := min(packs[0].LastYear, 2026)
	var b, u, prior strings.Builder
	fmt.Fprintf(&b, folder, year, year-1, year-2, year-3)
	b.WriteString("[text]\n")
	seen := map[string]bool{}
	for _, p := range packs {
		for _, s := range p.Slots {
			parts := partsOf(s.By)
			if s.By == "item" {
				parts = append(parts, ".2010109") // of which there is nothing
			}
			for _, part := range parts {
				if key := s.Key + part; !seen[key] {
					seen[key] = true
					fmt.Fprintf(&b, "%q = %q\n", key, s.Title)
					fmt.Fprintf(&u, "%q = \"单位的%s\"\n", key, s.Title)
				}
			}
		}
		for _, n := range p.FigureNames {
			for _, part := range partsOf(p.Figures[n].By) {
				if key := n + part; p.Figures[n].Prior && !seen["prior "+key] {
					seen["prior "+key] = true
					fmt.Fprintf(&prior, "%q = 4567.89\n", key)
				}
			}
		}
	}
	b.WriteString("[prior.figures]\n" + prior.String())
	for _, p := range packs {
		for _, kind := range slices.Sorted(maps.Keys(p.Forms)) {
			f := p.Forms[kind]
			fmt.Fprintf(&b, "[[form]]\nkind = %q\n", kind)
			if f.Scope == "项目" {
				b.WriteString("project = \"普查\"\n")
			}
			b.WriteString("[form.fields]\n")
			for _, x := range f.Fields {
				fmt.Fprintf(&b, "%s = %q\n", x.Key, x.Title)
			}
			b.WriteString(formText)
		}
	}
	text := strings.Replace(b.String(), "institutions = \"本级设两个科。\"\n", "institutions = \"本级设两个科。\"\n[unit.text]\n"+u.String()+"[unit.prior]\n"+prior.String(), 1)
	file, diags := source.Parse("d/a.toml", []byte(strings.Replace(text, "assets_as_of", more+"\nassets_as_of", 1)))
	var f budget.Facts
	diags.Append(source.Decode([]*source.File{file}, &f))
	if diags.Len() > 0 {
		t.Fatal(diags.Sorted())
	}
	return &f
}

// partsOf are parts of a family that the folder has, as keys name them; one empty one for what is no family.
func partsOf(by string) []string {
	switch by {
	case "":
		return []string{""}
	case "class":
		return []string{".201"}
	case "item":
		return []string{".2010101", ".2010102"}
	case "economic-group":
		return []string{".30101"}
	case "project":
		return []string{".普查"}
	}
	panic("no part of " + by)
}

// printed are the texts of the department's document and of those of its units, one after the other.
func (w *world) printed(f *budget.Facts, p, ofUnits *pack.Pack) iter.Seq[string] {
	return func(yield func(string) bool) {
		if !yield(w.document(f, p)) {
			return
		}
		for i := range f.Units {
			if u, ok := f.ForUnit(f.Units[i].Code.V); ok && f.Units[i].Code.V != "" && !yield(w.document(u, ofUnits)) {
				return
			}
		}
	}
}

// differs reports whether a document is not as it was before.
func differs(before []string, now iter.Seq[string]) bool {
	i := 0
	for s := range now {
		if i >= len(before) || s != before[i] {
			return true
		}
		i++
	}
	return i < len(before)
}

func (w *world) document(f *budget.Facts, p *pack.Pack) string {
	b, _ := budget.New(f, w.catalogue)
	d := compose.Document(p, b, priorOf(f)).Tree
	var s strings.Builder
	fmt.Fprintln(&s, d.Title, d.FileName, d.Author, d.Subject, d.Keywords, d.Date)
	doc.Walk(d, func(t doc.Text, style string) { s.WriteString(style + " " + t.String + "\n") })
	return s.String()
}

func priorOf(f *budget.Facts) schedule.Prior {
	out := schedule.Prior{Year: f.Department.Year.V - 1, Amounts: map[string]money.Amount{}}
	if f.Prior != nil {
		for _, x := range f.Prior.Figures {
			out.Amounts[x.Key.V] = x.Value.Amount
		}
	}
	return out
}

// typedValue is a value of the facts.
type typedValue struct {
	statement
	value any // a pointer
}

func (s *statement) String() string {
	return s.form + "|" + s.table.path + "[" + s.which + "]." + s.key
}

// typedValues are all values that are filled in, of the department's facts.
func typedValues(f *budget.Facts) (out []typedValue) {
	r := &factReader{year: f.Department.Year.V}
	var walk func(v reflect.Value, t *factTable, e entry)
	walk = func(v reflect.Value, t *factTable, e entry) {
		r.tell(v, &e)
		for _, f := range t.fields {
			s := statement{table: t, entry: e, key: f.key, path: f.path, idle: f.mayBeIdle}
			x := v.Field(f.index)
			free := func(key string, value any) {
				out = append(out, typedValue{statement{table: f.table, entry: e, key: key, path: f.path + "." + key}, value})
			}
			switch p := x.Addr().Interface().(type) {
			case *source.Fields:
				for k := range *p {
					free((*p)[k].Key.V, &(*p)[k].Value)
				}
				continue
			case *source.AmountFields:
				for k := range *p {
					free((*p)[k].Key.V, &(*p)[k].Value)
				}
				continue
			}
			switch {
			case f.table == nil:
				if _, filled := placeOf(x.Addr().Interface()); filled {
					out = append(out, typedValue{s, x.Addr().Interface()})
				}
			case x.Kind() == reflect.Slice:
				for k := range x.Len() {
					walk(x.Index(k), f.table, e)
				}
			case x.Kind() != reflect.Pointer:
				walk(x, f.table, e)
			case !x.IsNil():
				walk(x.Elem(), f.table, e)
			}
		}
	}
	walk(reflect.ValueOf(f).Elem(), schema, entry{})
	return out
}

// others are what may stand in the place of a word, where words have a meaning.
var others = map[string][]string{
	"fund": {"政府性基金预算", "事业收入"}, "function": {"2080501"}, "economic": {"30201", "30212"}, "kind": {"参公"}, "nature": {"公用经费"},
	"procurement": {"工程"}, "class": {"工程"}, "reserved": {"中小企业"}, "type": {"部门项目"}, "terms": {"其他收入"},
}

// changes calls try with the value changed in one way after the other, until that is enough.
func (l *typedValue) changes(try func() bool) bool {
	switch x := l.value.(type) {
	case *source.String:
		old := x.V
		defer func() { x.V = old }()
		for _, s := range append(slices.Clone(others[l.key]), old+"改") {
			if x.V = s; try() {
				return true
			}
		}
		return false
	case *[]source.String:
		return (&typedValue{value: &(*x)[0]}).changes(try)
	case *source.Int:
		old := x.V
		defer func() { x.V = old }()
		x.V++
	case *source.Bool:
		old := x.V
		defer func() { x.V = old }()
		x.V = !x.V
	case *source.Date:
		old := x.Time
		defer func() { x.Time = old }()
		x.Time = old.Add(40 * 24 * time.Hour)
	case *source.Amount:
		old := x.Amount
		defer func() { x.Amount = old }()
		more, _ := money.Parse("1.2345", money.Wan)
		x.Amount = old.Add(more)
	}
	return try()
}

// TestUnprintedIsTold changes each value of a department that fills in all that there is, and wants the author to be told of
// it if and only if no document of the department or its units changes with it. It is what holds the vocabulary's word on
// what is used (pack.Use) to what compose uses. A field that no pack prints must have another purpose (budget.Steers).
func TestUnprintedIsTold(t *testing.T) {
	var mu sync.Mutex
	used := map[string]bool{} // fields that some pack prints
	t.Run("packs", func(t *testing.T) {
		for _, ids := range [][]string{{"wuhan"}, {"central-department"}, {"jiangsu-department-2018"}, {"shanghai-department", "shanghai-unit"}, {"central-department", "wuhan"}, {"mini"}, {"more"}} {
			t.Run(strings.Join(ids, " "), func(t *testing.T) {
				t.Parallel()
				for _, name := range load(t, ids...).hold(t) {
					mu.Lock()
					used[name] = true
					mu.Unlock()
				}
			})
		}
	})
	var walk func(of *factTable)
	walk = func(of *factTable) {
		for _, f := range of.fields {
			switch {
			case f.table != nil && !f.table.free:
				walk(f.table)
			case !used[f.path] && budget.Steers(f.path) == "":
				t.Errorf("no pack prints %s, and nothing says what it is for", f.path)
			}
		}
	}
	walk(schema)
}

// hold changes the values one after the other: of what is told nothing may change, of every other field one value must. It
// returns the fields that are used.
func (w *world) hold(t *testing.T) (out []string) {
	p, ofUnits, more := w.packs[0], w.packs[len(w.packs)-1], ""
	if ofUnits != p {
		more = "template_unit = \"" + ofUnits.ID + "\""
	}
	f := department(t, more, w.packs...)
	b, _ := budget.New(f, w.catalogue)
	told := map[diag.Range]bool{}
	for i := range f.Prior.Figures { // some are as they were last year, and need no reason
		if x := p.Figure(f.Prior.Figures[i].Key.V); x != nil && i%2 == 0 {
			f.Prior.Figures[i].Value.Amount = b.Sum(x.Query)
		}
	}
	in := &Input{Pack: p, Others: func() []*pack.Pack { return w.packs[1:] }, Budget: b}
	in.Untold = compose.Document(p, b, priorOf(f)).Untold
	own := in.edition(f, p)
	for _, s := range append(in.unused(own).list, in.untold(own)...) {
		told[s.at] = true
	}
	f.Overridden(func(_ string, at, _ diag.Range, _ string) { told[at] = true })
	before := slices.Collect(w.printed(f, p, ofUnits))
	used := map[string]bool{}
	for _, l := range typedValues(f) {
		name := l.String()
		at, _ := placeOf(l.value)
		if l.idle || used[name] && !told[at] {
			continue
		}
		changes := l.changes(func() bool { return differs(before, w.printed(f, p, ofUnits)) })
		switch {
		case !told[at]:
			used[name] = changes
			if changes {
				out = append(out, l.path, l.table.path) // the table of keys that the pack gives
			}
		case changes:
			t.Errorf("%s of line %d is said not to be used, and what is printed changes with it", name, at.Start.Line)
		}
	}
	if len(used) < 10 || len(told) < 5 {
		t.Errorf("%d fields are used, %d values are not", len(used), len(told))
	}
	for _, name := range slices.Sorted(maps.Keys(used)) {
		if !used[name] {
			t.Errorf("nothing printed changes with %s, and nobody is told", name)
		}
	}
	return out
}
