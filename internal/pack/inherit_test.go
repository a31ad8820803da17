package pack

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"yusuan/internal/source"
)

const basePack = `
[pack]
id = "base"
name = "甲"
version = "1"
years = [2026, 2026]
title = "甲"
kind = "部门预算"

[format.text]
zeros = "whole"

[phrase]
"称" = "部门"
"他" = "其他"

[[page]]
name = "正文"
width = "210mm"
height = "297mm"
top = "30mm"
bottom = "30mm"
left = "30mm"
right = "30mm"

[[style]]
name = "正文"
family = "仿宋"
size = "三号"
leading = "29pt"

[grid]
body = "正文"
head = "正文"
note = "正文"
heading = "正文"

[[part]]
page = "正文"
block = [ { prose = "a" }, { prose = "b" }, { tables = ["1", "2"] } ]

[drawing]
number = "正文"
colors = ["#000000"]

[titles]
words = ["渡口 船闸"]
terms = ["古渡口"]
tails = "级"

[[chart]]
id = "甲图"
kind = "rows"
title = "甲"
item = [ { query = "side=支出", label = "支出" } ]

[[chart]]
id = "乙图"
kind = "rows"
title = "甲"
item = [ { query = "side=支出", label = "支出" } ]

[[table]]
id = "1"
heading = "一"
page = "正文"
rows = "single"
column = [ { head = "数" } ]

[[table]]
id = "2"
heading = "二"
page = "正文"
rows = "single"
column = [ { head = "数" } ]
`

// heir is a pack that inherits, with more TOML at its end.
func heir(parent, more string) string {
	return "[pack]\nid = \"heir\"\nname = \"乙\"\nversion = \"2\"\nyears = [2027, 2027]\ntitle = \"乙\"\ninherits = \"" + parent + "\"\n" + more
}

func packs(own string) fstest.MapFS {
	return fstest.MapFS{
		"base/pack.toml":    {Data: []byte(basePack)},
		"base/prose/a.tmpl": {Data: []byte("甲的文字{{phrase \"称\"}}")},
		"base/prose/b.tmpl": {Data: []byte("留下")},
		"heir/pack.toml":    {Data: []byte(own)},
		"heir/prose/a.tmpl": {Data: []byte("乙的文字")},
	}
}

func TestInherit(t *testing.T) {
	p, diags, err := loadAll(packs(heir("base", "[phrase]\n\"称\" = \"单位\"\n[[table]]\nid = \"2\"\nheading = \"新二\"\npage = \"正文\"\nrows = \"unit\"\ncolumn = [ { head = \"名\", field = \"name\" }, { head = \"数\" } ]\n"+
		"[titles]\nwords = [\"沙洲\"]\nterms = [\"河道疏浚费\"]\nbodies = \"署\"\n[drawing]\ncolors = [\"#102030\", \"#F0F0F0\"]\n[[chart]]\nid = \"乙图\"\nkind = \"bars\"\ntitle = \"乙\"\nitem = [ { query = \"side=支出\", each = \"kind\" } ]\n"+
		"[[table]]\nid = \"3\"\nheading = \"三\"\npage = \"正文\"\nrows = \"single\"\ncolumn = [ { head = \"数\" } ]\n")), "heir")
	if err != nil || len(diags.Sorted()) > 0 {
		t.Fatal(err, diags.Sorted())
	}
	if p.ID != "heir" || p.FirstYear != 2027 || p.Kind != "部门预算" || !p.TextFormat.TrimWhole {
		t.Errorf("head %s %d %s %+v", p.ID, p.FirstYear, p.Kind, p.TextFormat)
	}
	if len(p.Tables) != 3 || p.Tables["1"].Heading.Literal != "一" || p.Tables["2"].Rows.Word().Name != "unit" || p.Tables["3"] == nil {
		t.Errorf("tables %v", p.Tables)
	}
	if len(p.Charts) != 2 || p.Charts["甲图"].Title.Literal != "甲" || p.Charts["乙图"].Kind != ChartBars || len(p.Drawing.Colors) != 2 || p.Drawing.Number != "正文" {
		t.Errorf("charts %v, drawing %+v", p.Charts, p.Drawing)
	}
	titles := p.Styles.Titles
	for _, w := range []string{"预算", "渡口", "船闸", "沙洲", "本养", "古渡", "道疏", "浚费"} { // of the program, the parent and the pack
		if !titles.Known[[2]rune([]rune(w))] {
			t.Errorf("%s is no word of titles", w)
		}
	}
	if titles.Bodies != "署" || titles.Tails != "级" || titles.Joins == "" {
		t.Errorf("characters of titles %q %q %q", titles.Bodies, titles.Tails, titles.Joins)
	}
	if p.Parts[0].Blocks[2].Tables[1] != p.Tables["2"] {
		t.Error("the inherited part shows the table that was replaced")
	}
	if p.Phrases["称"] != "单位" || p.Phrases["他"] != "其他" {
		t.Errorf("phrases %v", p.Phrases)
	}
	for name, want := range map[string]string{"prose/a": "乙的文字", "prose/b": "留下"} {
		var sb strings.Builder
		if err := p.templates.ExecuteTemplate(&sb, name, nil); err != nil || sb.String() != want {
			t.Errorf("%s is %q, want %q (%v)", name, sb.String(), want, err)
		}
	}
}

func TestInheritSlips(t *testing.T) {
	for _, c := range []struct{ own, want, hint string }{
		{heir("bsae", ""), "没有可沿用的模板“bsae”", "是不是“base”"},
		{heir("heir", ""), "沿用了它自己", ""},
		{heir("base", "[[table]]\nid = \"1\"\nheading = \"{{phrase 1}}\"\npage = \"正文\"\nrows = \"nested\"\n"), "level", ""},
		{heir("base", "[[table]]\nid = \"1\"\nheading = \"一\"\npage = \"正文\"\nrows = \"functoin\"\n"), "functoin", "是不是“function”"},
		{heir("base", "[[figure]]\nname = \"x\"\ntitle = \"x\"\nquery = \"side=支出\"\nby = \"itme\"\n"), "itme", "是不是“item”"},
		{heir("base", "[[table]]\nid = \"1\"\nheading = \"{{phrsae \\\"称\\\"}}\"\npage = \"正文\"\nrows = \"single\"\ncolumn = [ { head = \"数\" } ]\n"), "phrsae", "是不是“phrase”"},
	} {
		_, diags, err := loadAll(packs(c.own), "heir")
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for _, d := range diags.Sorted() {
			found = found || strings.Contains(d.Message, c.want) && strings.Contains(d.Hint, c.hint) && d.At.File == "heir/pack.toml" && d.At.Start.Line > 1
		}
		if !found {
			t.Errorf("want %q with hint %q, have %v", c.want, c.hint, diags.Sorted())
		}
	}
}

// speak fills in all that a manifest states, each value by who says it; what has a name has the same one whoever says it.
func speak(v reflect.Value, who string, named bool) {
	for i := range v.NumField() {
		switch x := v.Field(i).Addr().Interface().(type) {
		case *source.Place, *[]patchSpec:
		case *source.String:
			if x.V = who; named && isName(v.Type().Field(i)) {
				x.V = "同名"
			}
		case *[]source.String:
			*x = []source.String{{V: who}}
		case *source.Int:
			x.V, x.Set = len(who), true
		case *source.Bool:
			x.V, x.Set = who == "heir", true
		case *[]source.Int:
			*x = []source.Int{{V: len(who), Set: true}}
		case *source.Fields:
			*x = source.Fields{{Key: source.String{V: "同名"}, Value: source.String{V: who}}}
		default:
			switch f := v.Field(i); {
			case f.Kind() == reflect.Struct:
				speak(f, who, false)
			case f.Kind() == reflect.Pointer:
				f.Set(reflect.New(f.Type().Elem()))
				speak(f.Elem(), who, false)
			case !named: // a list of things with names; of what is in them one field tells who says it
				f.Set(reflect.MakeSlice(f.Type(), 1, 1))
				speak(f.Index(0), who, true)
			}
		}
	}
}

// isName reports whether a field tells things of its list apart.
func isName(f reflect.StructField) bool {
	key, _, _ := strings.Cut(f.Tag.Get("toml"), ",")
	return slices.Contains([]string{"name", "id", "key", "term", "kind"}, key)
}

// said calls fn with the path of each value and who says it; a value that two say is told twice.
func said(v reflect.Value, path string, fn func(path, who string)) {
	for i := range v.NumField() {
		key, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("toml"), ",")
		at := path + "." + key
		switch x := v.Field(i).Addr().Interface().(type) {
		case *source.Place:
		case *source.String:
			fn(at, x.V)
		case *[]source.String:
			for _, s := range *x {
				fn(at, s.V)
			}
		case *source.Fields:
			for _, s := range *x {
				fn(at, s.Value.V)
			}
		case *source.Int, *source.Bool, *[]source.Int, *[]patchSpec:
		default:
			switch f := v.Field(i); f.Kind() {
			case reflect.Struct:
				said(f, at, fn)
			case reflect.Pointer:
				if !f.IsNil() {
					said(f.Elem(), at, fn)
				}
			case reflect.Slice:
				for k := range f.Len() {
					said(f.Index(k), "[["+key+"]]", fn)
				}
			}
		}
	}
}

// TestHeirWins lays a pack over another that says all the same otherwise: whatever an heir says of something that its base
// has by the same name stands in that one's place. What it leaves out is as in the base.
func TestHeirWins(t *testing.T) {
	speaker := func(who string) *manifest {
		m := &manifest{}
		speak(reflect.ValueOf(m).Elem(), who, false)
		return m
	}
	both := []string{".titles.words", ".titles.terms"} // they add up
	own := []string{".pack.id", ".pack.name", ".pack.version", ".pack.inherits"}
	n := 0
	got := speaker("base")
	got.override(speaker("heir"))
	said(reflect.ValueOf(got).Elem(), "", func(path, who string) {
		if n++; who == "base" && !slices.Contains(both, path) {
			t.Errorf("an heir's %s loses to its base's", path)
		}
	})
	got = speaker("base")
	got.override(&manifest{})
	said(reflect.ValueOf(got).Elem(), "", func(path, who string) {
		if who == "" && !slices.Contains(own, path) {
			t.Errorf("an heir that does not say %s loses its base's", path)
		}
	})
	if n < 80 {
		t.Errorf("%d values only", n)
	}
}

// TestHeirsFigures: a figure and a form of an heir stand in the place of those of its base wherever they are asked for.
func TestHeirsFigures(t *testing.T) {
	form := func(title string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte("kind = \"甲表\"\nscope = \"项目\"\nheading = \"" + title + "\"\npage = \"正文\"\nwidths = [1]\n[[item]]\ncell = [ { text = \"" + title + "\" } ]\n")}
	}
	figure := func(title, query string) string {
		return "[[figure]]\nname = \"total\"\ntitle = \"" + title + "\"\nquery = \"" + query + "\"\n"
	}
	files := packs(heir("base", figure("乙的", "kind=项目支出")))
	files["base/more.toml"] = &fstest.MapFile{Data: []byte(figure("甲的", "kind=基本支出"))}
	files["base/forms/a.toml"], files["heir/forms/b.toml"] = form("甲的"), form("乙的")
	p, diags, err := loadAll(files, "heir")
	if err != nil || len(diags.Sorted()) > 0 {
		t.Fatal(err, diags.Sorted())
	}
	if f := p.Figure("total"); f.Title != "乙的" || f.Query.String() != "kind=项目支出" || len(p.FigureNames) != 1 {
		t.Errorf("the heir's [[figure]] loses to the base's: %s, %s, of %v", f.Title, f.Query, p.FigureNames)
	}
	if f := p.Forms["甲表"]; f.Heading.Literal != "乙的" || len(p.Forms) != 1 {
		t.Errorf("the heir's form loses to the base's: %s", f.Heading.Literal)
	}
}

// TestTotalsFace wants the face of totals to be that of the pack or of the one it inherits, one that fonts are asked for, and the
// rows that are totals to be told.
func TestTotalsFace(t *testing.T) {
	for _, c := range []struct{ base, heir, want string }{{"", "", ""}, {"宋体加粗", "", "宋体加粗"}, {"宋体加粗", "黑体", "黑体"}} {
		fsys := packs(heir("base", "[grid]\ntotal = \""+c.heir+"\"\n[[table]]\nid = \"2\"\nheading = \"二\"\npage = \"正文\"\nrows = \"list\"\n"+
			"column = [ { head = \"项目\", field = \"label\" }, { head = \"数\" } ]\nrow = [ { label = \"总计\", total = true, query = \"\" }, { label = \"其他\" } ]\n"))
		fsys["base/pack.toml"].Data = []byte(strings.Replace(basePack, "[grid]\n", "[grid]\ntotal = \""+c.base+"\"\n", 1))
		p, diags, err := loadAll(fsys, "heir")
		if err != nil || diags.HasErrors() {
			t.Fatal(err, diags.Sorted())
		}
		if p.Grid.Total != c.want || c.want != "" && len(p.Families[c.want]) == 0 {
			t.Errorf("%q under %q: totals in %q, fonts %v", c.base, c.heir, p.Grid.Total, p.Families)
		}
		if rows := p.Tables["2"].List; len(rows) != 2 || !rows[0].Total || rows[1].Total {
			t.Errorf("rows %+v", rows)
		}
	}
}

// TestPrintIsInherited wants the settings of print to be off unless a pack says so, each for itself, and a pack to keep those of
// the one it inherits. A part whose page numbers begin anew begins on a right-hand page where margins are mirrored: numbers
// and sides would part otherwise.
func TestPrintIsInherited(t *testing.T) {
	for _, c := range []struct {
		base, heir      string
		mirrored, right bool
	}{
		{"", "", false, false},
		{"[print]\nmirrored = true\n", "", true, false},
		{"[print]\nright_hand = true\n", "[print]\nmirrored = true\n", true, true},
		{"[print]\nmirrored = true\n", "[print]\nmirrored = false\n", false, false},
	} {
		fsys := packs(heir("base", c.heir))
		fsys["base/pack.toml"].Data = []byte(strings.Replace(basePack, "[[part]]\n", c.base+"[[part]]\nnumbered = true\nrestart = true\n", 1) +
			"[[part]]\npage = \"正文\"\nblock = [ { tables = [\"1\"] } ]\n")
		p, diags, err := loadAll(fsys, "heir")
		if err != nil || diags.HasErrors() {
			t.Fatal(err, diags.Sorted())
		}
		if p.Styles.Mirrored != c.mirrored || p.Parts[0].Right != (c.right || c.mirrored) || p.Parts[1].Right != c.right {
			t.Errorf("%q under %q: mirrored %v, parts on the right %v and %v", c.base, c.heir, p.Styles.Mirrored, p.Parts[0].Right, p.Parts[1].Right)
		}
	}
}
