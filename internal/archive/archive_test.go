package archive

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"yusuan/internal/doc"
	"yusuan/internal/shown"
	"yusuan/internal/typeset/font"
	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/unit"
)

func text(s ...string) []doc.Text {
	var out []doc.Text
	for _, x := range s {
		out = append(out, doc.Text{String: x})
	}
	return out
}

// tree has a table with two rows of heads, spans, and a number with separators.
func tree() *doc.Document {
	t := &doc.Table{ID: "1", Caption: doc.Text{String: "收支总表"}, Right: &doc.Text{String: "单位：万元"}, Columns: make([]doc.Column, 3),
		Head: []doc.Row{
			{Cells: []doc.Cell{{Text: text("项目"), RowSpan: 2}, {Text: text("预算数"), ColSpan: 2}}},
			{Cells: []doc.Cell{{Text: text("小计")}, {Text: text("其中")}}},
		},
		Body: []doc.Row{
			{Cells: []doc.Cell{{Text: text("合计, \"全\"")}, {Text: text("-1,234,567.80"), Number: true}, {Text: text("1,23")}}},
			{Cells: []doc.Cell{{Text: text("注", "解"), ColSpan: 2, RowSpan: 2}, {}}},
			{Cells: []doc.Cell{{Text: text("7")}}},
		}}
	return &doc.Document{Title: "题", Sections: []doc.Section{{Blocks: []doc.Block{&doc.Space{}, t}}, {Blocks: []doc.Block{t}}}}
}

func TestTables(t *testing.T) {
	got := tablesOf(tree(), nil)[0]
	want := Table{ID: "1", Title: "收支总表", Note: "单位：万元",
		Columns: [][]string{{"项目"}, {"预算数", "小计"}, {"预算数", "其中"}},
		Rows:    [][]string{{"合计, \"全\"", "-1234567.80", "1,23"}, {"注\n解", "", ""}, {"", "", "7"}}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%+v", got)
	}
	csv := "\uFEFF项目,预算数/小计,预算数/其中\r\n\"合计, \"\"全\"\"\",-1234567.80,\"1,23\"\r\n\"注\r\n解\",,\r\n,,7\r\n"
	if s := string(got.csv(newCSVText())); s != csv {
		t.Errorf("%q", s)
	}
}

// TestTablesOfCharts: the numbers of a chart are given once, by itself or by the table that follows it.
func TestTablesOfCharts(t *testing.T) {
	table := &doc.Table{ID: "构成", Columns: make([]doc.Column, 1), Body: []doc.Row{{Cells: []doc.Cell{{Text: text("1,234.00")}}}}}
	for name, blocks := range map[string][]doc.Block{
		"within": {&doc.Chart{ID: "构成", Data: table}}, "below": {&doc.Chart{ID: "构成"}, table},
	} {
		got := tablesOf(&doc.Document{Sections: []doc.Section{{Blocks: blocks}}}, nil)
		if len(got) != 1 || got[0].ID != "构成" || got[0].Rows[0][0] != "1234.00" {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func pages() *page.Document {
	face := font.NewFixed("face", func(rune) int { return 1000 }).Pick(0x5B57)
	second := font.NewFixed("second", func(rune) int { return 1000 }).Pick(0x5B57)
	return &page.Document{
		Info: page.Info{Title: "题"},
		Pages: []page.Page{{Width: unit.A4Width, Height: unit.A4Height, Label: "1",
			Texts: []page.Text{{X: 1, Y: 2, Face: face, Size: 3, Text: "字", Advances: []unit.Length{4}, Elem: 1},
				{Face: second, Text: "字字字", Advances: []unit.Length{4, 4, 5}}, {Face: face}},
			Rules: []page.Rule{{X: 1, Y: 2, W: 3, H: 4}},
			Paths: []page.Path{{Segments: []page.Segment{{To: page.Point{X: 1, Y: 2}}}}},
			Links: []page.Link{{X: 1, Y: 2, W: 3, H: 4, Elem: 1, Contents: "往"}}}},
		Elems:     []page.Elem{{Kind: page.KindDocument}, {Kind: page.KindTH, Scope: page.ScopeRow, Headers: []page.ElemID{1}, Label: &page.Label{Box: &page.Box{W: 1}}}},
		Bookmarks: []page.Bookmark{{Title: "签", Y: 5}},
	}
}

// TestContentHash holds that every property of the pages counts, and that the program's version and files do not.
func TestContentHash(t *testing.T) {
	base := ContentHash(pages())
	for i, change := range []func(*page.Document){
		func(d *page.Document) { d.Info.Title += "目" },
		func(d *page.Document) { d.Pages = append(d.Pages, page.Page{}) },
		func(d *page.Document) { d.Pages[0].Label = "2" },
		func(d *page.Document) { d.Pages[0].Height++ },
		func(d *page.Document) { d.Pages[0].Texts[0].Text = "子" },
		func(d *page.Document) { d.Pages[0].Texts[0].Y++ },
		func(d *page.Document) { d.Pages[0].Texts[0].Size++ },
		func(d *page.Document) { d.Pages[0].Texts[0].Advances[0]++ },
		func(d *page.Document) { d.Pages[0].Texts[0].Elem = 0 },
		func(d *page.Document) {
			d.Pages[0].Texts[0].Face = font.NewFixed("other", func(rune) int { return 1000 }).Pick(0x5B57)
		},
		func(d *page.Document) { d.Pages[0].Texts[1].Advances[1]++ },
		func(d *page.Document) { d.Pages[0].Texts[1].Advances[0], d.Pages[0].Texts[1].Advances[2] = 5, 4 },
		func(d *page.Document) { d.Pages[0].Texts[1].Advances = []unit.Length{4, 4} },
		func(d *page.Document) { d.Pages[0].Texts[2].Face = d.Pages[0].Texts[1].Face },
		func(d *page.Document) { d.Pages[0].Rules[0].H++ },
		func(d *page.Document) { d.Pages[0].Paths = nil },
		func(d *page.Document) { d.Pages[0].Paths[0].Color.B++ },
		func(d *page.Document) { d.Pages[0].Paths[0].Elem++ },
		func(d *page.Document) { d.Pages[0].Paths[0].Segments[0].Step = page.Curve },
		func(d *page.Document) { d.Pages[0].Paths[0].Segments[0].C[1].Y++ },
		func(d *page.Document) { d.Elems[1].Label.Box = nil },
		func(d *page.Document) { d.Elems[1].Label.Box.W++ },
		func(d *page.Document) { d.Pages[0].Links[0].TargetY++ },
		func(d *page.Document) { d.Pages[0].Links[0].Contents = "" },
		func(d *page.Document) { d.Elems[1].Scope = page.ScopeColumn },
		func(d *page.Document) { d.Elems[1].Headers = nil },
		func(d *page.Document) { d.Elems[1].ColSpan = 2 },
		func(d *page.Document) { d.Bookmarks[0].Level = 1 },
	} {
		d := pages()
		change(d)
		if ContentHash(d) == base {
			t.Errorf("change %d does not count", i)
		}
	}
	d := pages()
	d.Info.Program, d.Files = "other", []page.File{{Name: "x"}}
	if ContentHash(d) != base {
		t.Error("the program or the files count")
	}
}

func inputs() []File {
	return []File{
		{Path: "data/2026/338/b.toml", Kind: KindData, Data: []byte("b\r\n\xFF")},
		{Path: "data/2026/338/a/b.toml", Kind: KindData},
		{Path: "data/2026/338/a-b.toml", Kind: KindData, Data: []byte("x")},
		{Path: "data/2025/338/a.toml", Kind: KindPrior, Data: []byte("old")},
		{Path: "x/pack.toml", Kind: KindPack, Data: []byte("pack")},
		{Path: "2026/economic.csv", Kind: KindCatalogue, Data: []byte("codes")},
	}
}

func attached(files []page.File) []shown.Attachment {
	var out []shown.Attachment
	for _, f := range files {
		out = append(out, shown.Attachment{Name: f.Name, Relationship: f.Relationship, Data: f.Data})
	}
	return out
}

func TestMakeAndRead(t *testing.T) {
	m := Manifest{Program: "test", Year: 2026, Code: "338", Data: DataFolder(2026, "338"), Prior: DataFolder(2025, "338")}
	files, err := Make(m, inputs(), tree(), nil, pages())
	if err != nil {
		t.Fatal(err)
	}
	shuffled := inputs()
	slices.Reverse(shuffled)
	again, err := Make(m, shuffled, tree(), nil, pages())
	if err != nil || !reflect.DeepEqual(files, again) {
		t.Errorf("the order of inputs counts: %v", err)
	}
	a, err := Read(attached(files))
	if err != nil || len(a.Faults) > 0 {
		t.Fatalf("%v %v", err, a)
	}
	want := map[string]string{"templates/x/pack.toml": "pack", "catalogue/2026/economic.csv": "codes"}
	for _, f := range inputs()[:4] {
		want[f.Path] = string(f.Data)
	}
	for _, f := range a.Files {
		if w, ok := want[f.Path]; ok && w != string(f.Data) {
			t.Errorf("%s is %q", f.Path, f.Data)
		}
		delete(want, f.Path)
	}
	if len(want) > 0 {
		t.Errorf("lost: %v", want)
	}
	if a.Manifest.Content != ContentHash(pages()) || a.Manifest.Pages != 1 || a.Manifest.Code != "338" {
		t.Errorf("%+v", a.Manifest)
	}
	if raw, err := fs.ReadFile(a.Templates(), "x/pack.toml"); err != nil || string(raw) != "pack" {
		t.Errorf("%q, %v", raw, err)
	}
	if err := fstest.TestFS(a.FS(KindData, KindPrior), "data/2026/338/a/b.toml", "data/2025/338/a.toml"); err != nil {
		t.Error(err)
	}
	if err := fstest.TestFS(a.FS()); err != nil {
		t.Error(err)
	}
}

func TestMakeRefuses(t *testing.T) {
	twice := append(inputs(), inputs()[0])
	if _, err := Make(Manifest{}, twice, tree(), nil, pages()); err == nil {
		t.Error("two files of one path are accepted")
	}
}

func TestFaults(t *testing.T) {
	files, err := Make(Manifest{}, inputs(), tree(), nil, pages())
	if err != nil {
		t.Fatal(err)
	}
	list := attached(files)
	at := slices.IndexFunc(list, func(a shown.Attachment) bool { return a.Name == "data-2026-338-b.toml" })
	list[at].Data = []byte("other")
	gone := slices.IndexFunc(list, func(a shown.Attachment) bool { return a.Name == "catalogue-2026-economic.csv" })
	list = append(slices.Delete(list, gone, gone+1), shown.Attachment{Name: "new.txt"})
	a, err := Read(list)
	if err != nil {
		t.Fatal(err)
	}
	want := []Fault{{KindCatalogue, "catalogue/2026/economic.csv", Missing}, {KindData, "data/2026/338/b.toml", Altered}, {"", "new.txt", Added}}
	if !slices.Equal(a.Faults, want) {
		t.Errorf("%v", a.Faults)
	}
}

// TestHostileManifests holds that extract may write below the archive's own folders alone, plain files whose names mean
// nothing to any system, not deep; and that what Make carries is such.
func TestHostileManifests(t *testing.T) {
	read := func(p, folder string) error {
		raw, err := json.Marshal(Manifest{Format: Format, Data: folder, Files: []Entry{{Name: "n", Path: p}}})
		if err != nil {
			t.Fatal(err)
		}
		_, err = Read([]shown.Attachment{{Name: ManifestName, Data: raw}, {Name: "n"}})
		return err
	}
	good := []string{"data/2026/338/a.toml", "data/a.TOML", "templates/x/prose/甲 乙.tmpl", "tables/表 (2).csv", "tables/all.json", "catalogue/2026/c.csv",
		"data/1/2/3/4/5/6/7/a.toml", "data/console.toml", "data/com10.toml", "data/a..b.toml", ReadmeName}
	for _, p := range good {
		if err := read(p, "data/2026/338"); err != nil {
			t.Errorf("%q: %v", p, err)
		}
	}
	outside := []string{"../x.toml", "/etc/x.toml", "data/../../x.toml", "", ".", "data//b.toml", `data\..\x.toml`, `C:/x.toml`, "C:x.toml", "data/./b.toml", "data/..",
		"x.toml", "home/x.toml", "data", "data/", "manifest.json", "readme.txt"}
	names := []string{".x.toml", ".git/x.toml", "con.toml", "NUL.toml", "nul", "com1.x.toml", "COM\u00b9.toml", "lpt0.toml", "CONIN$.toml", "aux .toml", "x.", "x. ", "x.toml ",
		"x:y.toml", "x*.toml", "a|b.toml", "a\x00b.toml", "a\nb.toml", "a\x1b[31m.toml", "\u202elmot.toml", "a\u200f.toml", "a\uFFFD.toml", strings.Repeat("x", 260) + ".toml",
		"x.exe", "desktop.ini", "x.lnk", "x", "1/2/3/4/5/6/7/8/a.toml"}
	for _, n := range names {
		outside = append(outside, "data/"+n)
	}
	for _, p := range outside {
		if err := read(p, "data/2026/338"); err == nil {
			t.Errorf("%q is accepted", p)
		}
		if p != "" {
			if err := read("data/a.toml", p); err == nil && !strings.HasPrefix(p, "data") {
				t.Errorf("the folder %q is accepted", p)
			}
		}
	}
	for _, n := range append(names, good...) {
		if got := plainPath("data/" + n + "/x.toml"); !allowed(got) {
			t.Errorf("%q is carried as %q, which may not be extracted", n, got)
		}
	}
	for name, raw := range map[string]string{
		"two that are one file on Windows": `{"format":"` + Format + `","files":[{"name":"a","path":"data/P.toml"},{"name":"b","path":"data/p.toml"}]}`,
		"two files of one path":            `{"format":"` + Format + `","files":[{"name":"a","path":"data/p.toml"},{"name":"b","path":"data/p.toml"}]}`,
		"one file twice":                   `{"format":"` + Format + `","files":[{"name":"a","path":"data/p.toml"},{"name":"a","path":"data/q.toml"}]}`,
		"another format":                   `{"format":"yusuan-archive-4"}`,
		"no JSON":                          `{`,
	} {
		if _, err := Read([]shown.Attachment{{Name: ManifestName, Data: []byte(raw)}}); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	if _, err := Read([]shown.Attachment{{Name: "x"}}); !errors.Is(err, ErrNoManifest) {
		t.Errorf("no manifest: %v", err)
	}
	if _, err := Read([]shown.Attachment{{Name: "x"}, {Name: "x"}}); err == nil {
		t.Error("two files of one name are accepted")
	}
}

func TestAttachedNames(t *testing.T) {
	taken := map[string]bool{}
	var got []string
	for _, p := range []string{"a/b-c.toml", "a-b/c.toml", "a/b/c.toml", "预算/一.csv", "x"} {
		got = append(got, attachedName(p, taken))
	}
	if want := "[a-b-c.toml a-b-c (2).toml a-b-c (3).toml 预算-一.csv x]"; fmt.Sprint(got) != want {
		t.Errorf("%v", got)
	}
}

// exact is the table of the tree with its exact numbers, one of another side, and one whose id is no Latin word.
func exact() []PackTable {
	row := PackRow{Key: "合计", Kind: "total", Texts: []PackText{{"label", `合计, "全"`}}, Values: []string{`合计, "全"`, "-12345678.904", ""}, Printed: []string{"", "-1,234.57", ""}}
	below := PackRow{Key: "合计/甲", Parent: "合计", Level: 1, Kind: "plain", Texts: []PackText{{"label", "甲\n\x01\xff"}, {"code", "01"}}, Values: []string{"甲", "", "7.00"}, Printed: []string{"", "", "0.00"}}
	columns := []PackColumn{{Key: "项目", Heads: []string{"项目"}, Field: "label"}, {Key: "预算数/小计", Heads: []string{"预算数", "小计"}, What: "sum", Query: "fund=甲", Unit: "万元"},
		{Key: "{{.LastYear}}年", Heads: []string{"2025年"}, What: "last-year", Figure: "total", Unit: "万元"}}
	return []PackTable{{ID: "1", Title: "收支总表", Note: "单位：万元", Columns: columns, Rows: slices.Values([]PackRow{row, below})}, {ID: "附1", Rows: slices.Values([]PackRow(nil))}}
}

// TestExactTables: tables of the pack are given by the names and the exact values of their numbers, each once; others as they
// are printed.
func TestExactTables(t *testing.T) {
	tree := tree()
	tree.Sections = append(tree.Sections, doc.Section{Blocks: []doc.Block{&doc.Table{ID: "1", Caption: doc.Text{String: "图"}, Columns: make([]doc.Column, 1)}}})
	all, each, err := exactFiles(tree, exact())
	if err != nil || len(each) != 3 {
		t.Fatal(err, len(each))
	}
	csv := "\uFEFFrow,parent,level,kind,项目,预算数/小计,{{.LastYear}}年\r\n合计,,0,total,\"合计, \"\"全\"\"\",-12345678.904,\r\n合计/甲,合计,1,plain,甲,,7.00\r\n"
	if s := string(each[0].Data); s != csv || each[0].Path != "tables/table-01.csv" || each[0].note != "单位：万元" {
		t.Errorf("%s %s: %q", each[0].Path, each[0].note, s)
	}
	if each[1].Path != "tables/table-u96441.csv" || each[2].Path != "tables/other-01.csv" || each[2].title != "图" || all.Path != "tables/tables.json" {
		t.Errorf("%s, %s, %s", all.Path, each[1].Path, each[2].Path)
	}
	var got map[string]any
	if err := json.Unmarshal(all.Data, &got); err != nil {
		t.Fatalf("%v: %s", err, all.Data)
	}
	for _, says := range []string{
		`{"title":"题","amounts":"元","tables":[` + "\n" + `{"id":"1","file":"table-01.csv","title":"收支总表","note":"单位：万元","columns":[{"key":"项目","heads":["项目"],"field":"label"},`,
		`{"key":"预算数/小计","heads":["预算数","小计"],"what":"sum","query":"fund=甲","unit":"万元"}`, `"what":"last-year","figure":"total"`,
		`{"key":"合计","level":0,"kind":"total","texts":{"label":"合计, \"全\""},"values":["合计, \"全\"","-12345678.904",""],"printed":["","-1,234.57",""]},`,
		`"texts":{"label":"甲\n\u0001\ufffd","code":"01"}`, `"rows":[]}],` + "\n" + `"others":[` + "\n" + `{"file":"other-01.csv","id":"1","title":"图"`,
	} {
		if !strings.Contains(string(all.Data), says) {
			t.Errorf("the JSON does not say %s:\n%s", says, all.Data)
		}
	}
}

func TestTableNames(t *testing.T) {
	taken := map[string]bool{}
	for _, c := range [][2]string{{"3", "table-03"}, {"5-1", "table-05-1"}, {"12-3", "table-12-3"}, {"03", "table-03.2"}, {"附1", "table-u96441"}, {"A", "table-a"}, {"a", "table-a.2"},
		{"a/b", "table-a_b"}, {"../x", "table-___x"}, {"", "table-"}, {"1表", "table-01u8868"}, {"\x00", "table-_"}} {
		got := tableName(c[0], taken)
		if got != c[1]+".csv" || !allowed("tables/"+got) {
			t.Errorf("%q: %s, want %s", c[0], got, c[1])
		}
	}
}

// TestLayouts: documents of the first layout carry no text for people, those of the second the tables as they are printed,
// those of the present one the exact numbers; the text says of every file what it is, in what units, and how all is made again.
func TestLayouts(t *testing.T) {
	m := Manifest{Program: "程序 1", Year: 2026, Code: "338", Template: "x", Data: DataFolder(2026, "338"), Fonts: []Font{{Name: "Song", File: "dir/song.ttf", SHA256: "77"}}}
	always := []string{"《题》", "程序 1", "data/2026/338  ", "以元为单位", "certutil", "sha256sum", "yusuan verify", "song.ttf  SHA-256 77"}
	for _, c := range []struct {
		layout       string
		files, words []string
	}{
		{first, []string{"tables/1.csv", "tables/1 (2).csv", "tables/all.json"}, nil},
		{second, []string{"tables/1.csv", "tables/1 (2).csv", "tables/all.json"}, []string{"tables/1.csv  收支总表（单位：万元）", "tables/1 (2).csv", "all.json", "表里的数是印出的样子"}},
		{Format, []string{"tables/table-01.csv", "tables/table-u96441.csv", "tables/tables.json"}, []string{"tables/table-01.csv  收支总表（单位：万元）", "tables.json", "rate 增减百分比", "没有四舍五入；印在纸上的"}},
		{"", []string{"tables/table-01.csv", "tables/table-u96441.csv", "tables/tables.json"}, nil},
	} {
		m.Format = c.layout
		files, err := Make(m, inputs(), tree(), exact(), pages())
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			if f.Sum != "" && f.Sum != Sum(f.Data) || f.Sum == "" && f.Name != ManifestName {
				t.Errorf("the sum of %s is %q", f.Name, f.Sum)
			}
		}
		a, err := Read(attached(files))
		if err != nil || len(a.Faults) > 0 || a.Manifest.Format != cmp.Or(c.layout, Format) {
			t.Fatalf("%q: %v %v", c.layout, err, a)
		}
		var tables []string
		text := ""
		for _, f := range a.Files {
			if f.Kind == KindTable {
				tables = append(tables, f.Path)
			} else if f.Path == ReadmeName {
				text = string(f.Data)
			}
		}
		slices.Sort(c.files)
		if !slices.Equal(tables, c.files) {
			t.Errorf("layout %q: %q, want %q", c.layout, tables, c.files)
		}
		if (text != "") != (c.layout != first) {
			t.Errorf("layout %q: the text for people is %q", c.layout, text)
		}
		for _, says := range slices.Concat(always, c.words) {
			if c.layout != first && !strings.Contains(text, says) {
				t.Errorf("the text for people does not say %s:\n%s", says, text)
			}
		}
	}
}

// FuzzRead: whatever the manifest says, every path stays below the folder.
func FuzzRead(f *testing.F) {
	files, err := Make(Manifest{}, inputs(), tree(), nil, pages())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(files[len(files)-1].Data)
	f.Fuzz(func(t *testing.T, manifest []byte) {
		a, err := Read([]shown.Attachment{{Name: ManifestName, Data: manifest}, {Name: "a", Data: []byte("a")}})
		if err != nil {
			return
		}
		for _, x := range a.Files {
			if !fs.ValidPath(x.Path) || strings.ContainsAny(x.Path, `\:`) || bytes.ContainsRune([]byte(x.Path), 0) || strings.Contains("/"+x.Path, "/.") {
				t.Fatalf("path %q", x.Path)
			}
		}
	})
}

// TestLargeManifests: a manifest may name as many files as are attached; a small file whose manifest would take hundreds of
// megabytes once it is read is refused before.
func TestLargeManifests(t *testing.T) {
	m := Manifest{Format: Format, Data: "data/2026/1"}
	attached := []shown.Attachment{{}}
	for i := range 6000 {
		name := strings.Repeat("长", 80) + fmt.Sprintf("{,[%d", i)
		m.Files = append(m.Files, Entry{Name: "data-" + name + ".toml", Path: "data/" + strings.Repeat("数", 80) + "/" + name + ".toml", Kind: KindData, SHA256: Sum(nil)})
		attached = append(attached, shown.Attachment{Name: "data-" + name + ".toml"})
	}
	raw, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	attached[0] = shown.Attachment{Name: ManifestName, Data: raw}
	if a, err := Read(attached); err != nil || len(a.Files) != 6000 || len(a.Faults) != 0 {
		t.Errorf("6000 files: %v", err)
	}
	for name, raw := range map[string]string{
		"files": `{"files":[{}` + strings.Repeat(",{}", 1<<20) + `]}`,
		"fonts": `{"fonts":[null` + strings.Repeat(",null", 1<<19) + `]}`,
		"words": `{"format":"` + strings.Repeat(`a\"`, 4<<20) + `"}`,
	} {
		var r *Refusal
		if _, err := Read([]shown.Attachment{{Name: ManifestName, Data: []byte(raw)}}); !errors.As(err, &r) || r.Kind != TooLarge {
			t.Errorf("%s: %v", name, err)
		}
	}
}
