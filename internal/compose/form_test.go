package compose

import (
	"reflect"
	"slices"
	"testing"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/doc"
	"yusuan/internal/pack"
	"yusuan/internal/schedule"
	"yusuan/internal/source"
)

// fill gives every text of a struct its own name and place.
func fill(v any) {
	x := reflect.ValueOf(v).Elem()
	for i := range x.NumField() {
		if s, ok := x.Field(i).Addr().Interface().(*source.String); ok {
			*s = source.String{V: "〔" + x.Type().Field(i).Name + "〕", At: diag.Range{File: "a.toml", Start: diag.At(i+1, 0, i)}}
		}
	}
}

// TestThingsReadAsTemplatesSeeThem holds that a cell of one field shows the same with and without a template.
func TestThingsReadAsTemplatesSeeThem(t *testing.T) {
	g, x, d, p, pr := &budget.Goal{}, &budget.Indicator{}, &budget.Detail{}, &budget.Item{}, &budget.Project{}
	for _, v := range []any{g, x, d, p, pr} {
		fill(v)
	}
	for _, thing := range []thing{goal{g}, indicator{x}, detail{d, "1.00"}, purchase{p, "2.00"}} {
		seen := reflect.ValueOf(thing.see(&origins{}))
		for i := range seen.NumField() {
			name := seen.Type().Field(i).Name
			s, ok := thing.text(name)
			if want := pack.Unmark(seen.Field(i).String()); !ok || s.V != want || want == "" || s.At.IsZero() != (name == "Amount") {
				t.Errorf("%T.%s is %q at %v, templates see %q", thing, name, s.V, s.At, want)
			}
		}
		if _, ok := thing.text("Horizon"); ok {
			t.Errorf("%T has a field that templates do not see", thing)
		}
	}
	pr.Use = source.String{} // its purpose stands for it
	lines := []budget.Line{{Side: budget.Purchases, View: budget.ByFunction, Project: pr.Name.V}, {Side: budget.Expenditure, View: budget.ByFunction, Project: pr.Name.V, Purchase: "x"}}
	c := &composer{p: &pack.Pack{}, b: &budget.Budget{Facts: &budget.Facts{Projects: []budget.Project{*pr}}, Lines: lines}}
	c.numbers = schedule.New(c.p, c.b, schedule.Prior{}, c, nil)
	v := c.viewProject(0)
	for field, want := range map[string]string{"Name": v.Name, "Type": v.Type, "Use": v.Use} {
		if s, ok := v.text(field); !ok || s.V != pack.Unmark(want) || s.V == "" {
			t.Errorf("a project's %s is %q, templates see %q", field, s.V, want)
		}
	}
	if _, ok := v.text("Amount"); ok {
		t.Error("a project's amount is printed without a template")
	}
}

// TestOwnParagraphs holds that a text is cut into the same paragraphs, at the same places, with and without a template.
func TestOwnParagraphs(t *testing.T) {
	file, _ := source.Parse("a.toml", []byte("a = \"\"\nb = \"一\"\nc = \" 一\u3000\"\nd = \"一\\n\\u4e8c\\n三\"\ne = '''\n一\n\n 二 \n\t\n三\n'''\nf = \"\\n\"\n"))
	var all struct {
		A source.String `toml:"a"`
		B source.String `toml:"b"`
		C source.String `toml:"c"`
		D source.String `toml:"d"`
		E source.String `toml:"e"`
		F source.String `toml:"f"`
	}
	if d := (source.Options{AsWritten: true}).Decode([]*source.File{file}, &all); d.Len() > 0 {
		t.Fatal(d.Sorted())
	}
	o := &origins{}
	for _, s := range []source.String{all.A, all.B, all.C, all.D, all.E, all.F} {
		var want []doc.Text
		for _, p := range o.paragraphs(o.split(o.mark(s))) {
			want = append(want, o.numbers.joined(p))
		}
		if got := ownParagraphs(s); !slices.Equal(got, want) {
			t.Errorf("%q: %v, want %v", s.V, got, want)
		}
	}
}
