package verify_test

import (
	"bytes"
	"fmt"
	"image/color"
	"image/png"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"yusuan/data"
	"yusuan/fonts"
	"yusuan/internal/archive"
	"yusuan/internal/build"
	"yusuan/internal/pdf"
	"yusuan/internal/pdfread"
	"yusuan/internal/testdept"
	"yusuan/internal/typeset/font"
	"yusuan/internal/typeset/page"
	"yusuan/internal/verify"
	"yusuan/templates"
)

const sample = "data/2026/338"

func shared(t testing.TB, program string, overrides ...font.Override) *build.Shared {
	t.Helper()
	lib, err := fonts.Library(overrides...)
	if err != nil {
		t.Fatal(err)
	}
	return &build.Shared{Fonts: lib, Packs: templates.FS, Catalogue: data.Catalogue(), Program: program}
}

// make builds a document; change may alter it after it has been given its attachments and before it is written.
func makeFile(t testing.TB, s *build.Shared, in build.Input, change func(*page.Document)) []byte {
	t.Helper()
	w, err := s.Check(in)
	if err != nil {
		t.Fatal(err)
	}
	if w.Tree == nil || w.Diags.HasErrors() {
		t.Fatalf("%s: %v", in.Dir, w.Diags.Sorted())
	}
	d := w.Typeset()
	if err := w.Attach(d); err != nil {
		t.Fatal(err)
	}
	if change != nil {
		change(d)
	}
	raw, err := pdf.Write(d, nil)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func input(dir string) build.Input {
	in := build.Input{Data: os.DirFS("../.."), Dir: dir}
	if dir == sample {
		in.PriorDir = "data/2025/338"
	}
	return in
}

func report(t testing.TB, s *build.Shared, raw []byte) *verify.Report {
	t.Helper()
	r, err := verify.File(s, raw)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func causes(r *verify.Report) string {
	var out []string
	for _, f := range r.Findings {
		if !slices.Contains(out, string(f.Cause)) {
			out = append(out, string(f.Cause))
		}
	}
	return strings.Join(out, " ")
}

func TestUntouched(t *testing.T) {
	s := shared(t, "test")
	inputs := []build.Input{input(sample), input("testdata/departments/2026/415"), input("testdata/departments/2026/501"),
		input("data/2025/338"), input("testdata/departments/2025/010")}
	for seed := range uint64(20) {
		m := fstest.MapFS{}
		dir := path.Join("elsewhere/2026", testdept.Code(seed))
		for name, raw := range testdept.Files(seed) {
			m[path.Join(dir, name)] = &fstest.MapFile{Data: raw}
		}
		inputs = append(inputs, build.Input{Data: m, Dir: dir})
	}
	for _, in := range inputs {
		if r := report(t, s, makeFile(t, s, in, nil)); !r.Identical() || len(r.Packs) > 0 {
			t.Errorf("%s: %v %v %v", in.Dir, r.Findings, r.Pages, r.Packs)
		}
	}
}

// replaceText alters the first text that contains old and returns its page, from 1.
func replaceText(t testing.TB, d *page.Document, old, with string) int {
	t.Helper()
	for i := range d.Pages {
		for k := range d.Pages[i].Texts {
			if x := &d.Pages[i].Texts[k]; strings.Contains(x.Text, old) {
				x.Text = strings.Replace(x.Text, old, with, 1)
				return i + 1
			}
		}
	}
	t.Fatalf("no text has %q", old)
	return 0
}

func file(t testing.TB, d *page.Document, name string) *page.File {
	t.Helper()
	i := slices.IndexFunc(d.Files, func(f page.File) bool { return f.Name == name })
	if i < 0 {
		t.Fatalf("no attached file %s", name)
	}
	return &d.Files[i]
}

// replaceIn alters one attached file, which must have old once.
func replaceIn(t testing.TB, d *page.Document, name, old, with string) {
	t.Helper()
	f := file(t, d, name)
	if bytes.Count(f.Data, []byte(old)) != 1 {
		t.Fatalf("%s does not have %q once", name, old)
	}
	f.Data = bytes.Replace(f.Data, []byte(old), []byte(with), 1)
	f.Packed = nil
}

// TestTampering holds that each kind of change is told apart.
func TestTampering(t *testing.T) {
	const basic = "data-2026-338-basic.toml"
	changed := 0
	for _, c := range []struct {
		name   string
		change func(*page.Document)
		causes string
		says   string // in a finding
		pages  bool   // pages differ
	}{
		{"a figure on a page", func(d *page.Document) { changed = replaceText(t, d, "2,133.02", "2,133.03") }, "页面", "改动", true},
		{"a rule moved", func(d *page.Document) { d.Pages[20].Rules[0].X += 1000 }, "页面", "改动", true},
		{"a page left out", func(d *page.Document) {
			last := len(d.Pages) - 1
			d.Pages = d.Pages[:last]
			d.Bookmarks = slices.DeleteFunc(d.Bookmarks, func(b page.Bookmark) bool { return b.Page >= last })
			for i := range d.Pages {
				d.Pages[i].Links = slices.DeleteFunc(d.Pages[i].Links, func(l page.Link) bool { return l.Page >= last })
			}
		}, "页面", "改动", true},
		{"an amount of the data", func(d *page.Document) { replaceIn(t, d, basic, "1671540", "2671540") }, "数据", "data/2026/338/basic.toml", true},
		{"a comment of the data", func(d *page.Document) { replaceIn(t, d, basic, "# 基本支出", "# 基本开支") }, "数据", "data/2026/338/basic.toml", false},
		{"data that does not load", func(d *page.Document) { replaceIn(t, d, basic, "1671540", "一六七") }, "数据", "不能重排", false},
		{"a data file left out", func(d *page.Document) {
			d.Files = slices.DeleteFunc(d.Files, func(f page.File) bool { return f.Name == basic })
		}, "数据", "已被删去", true},
		{"data and its hash in the manifest", func(d *page.Document) {
			was := archive.Sum(file(t, d, basic).Data)
			replaceIn(t, d, basic, "1671540", "2671540")
			replaceIn(t, d, archive.ManifestName, was, archive.Sum(file(t, d, basic).Data))
		}, "数据", "一起被改动", true},
		{"the template", func(d *page.Document) { replaceIn(t, d, "templates-wuhan-glossary.toml", "# ", "#  ") }, "模板", "glossary.toml", false},
		{"the codes", func(d *page.Document) {
			replaceIn(t, d, "catalogue-2026-functional.csv", "2010301,行政运行", "2010301,行政运转")
		}, "科目", "functional.csv", true},
		{"a table's figures", func(d *page.Document) {
			f := file(t, d, "tables-table-03.csv")
			f.Data = append(slices.Clone(f.Data), '1')
		}, "附件", "tables/table-03.csv", false},
		{"a file put in", func(d *page.Document) {
			d.Files = append(d.Files, page.File{Name: "x.csv", MIME: "text/csv", Relationship: "Data", Data: []byte("1")})
		}, "附件", "x.csv", false},
		{"no manifest", func(d *page.Document) { d.Files = d.Files[:len(d.Files)-1] }, "清单", "manifest.json", false},
		{"the title", func(d *page.Document) { d.Info.Title = "别的标题" }, "文件", "页面与数据一致", false},
		{"the structure", func(d *page.Document) { d.Elems[len(d.Elems)-1].Kind = page.KindSpan }, "文件", "页面与数据一致", false},
	} {
		changed = 0
		s := shared(t, "test")
		r := report(t, s, makeFile(t, s, input(sample), c.change))
		if got := causes(r); got != c.causes {
			t.Errorf("%s: causes %q, want %q: %v", c.name, got, c.causes, r.Findings)
		}
		if text := fmt.Sprint(r.Findings); !strings.Contains(text, c.says) {
			t.Errorf("%s: %s does not say %s", c.name, text, c.says)
		}
		if (len(r.Pages) > 0) != c.pages {
			t.Errorf("%s: %d pages differ", c.name, len(r.Pages))
		}
		if changed == 0 {
			continue
		}
		if len(r.Pages) != 1 || r.Pages[0].Page != changed {
			t.Errorf("%s: pages %v, want %d alone", c.name, r.Pages, changed)
			continue
		}
		p := &r.Pages[0]
		if !strings.Contains(strings.Join(p.Written, ""), "2,133.03") || !strings.Contains(strings.Join(p.Anew, ""), "2,133.02") {
			t.Errorf("%s: written %q, anew %q", c.name, p.Written, p.Anew)
		}
		picture(t, r, p)
	}
}

// TestDrawingAltered tells that a drawing was changed: its shape, its colour, or a path laid over it.
func TestDrawingAltered(t *testing.T) {
	s := shared(t, "test")
	for name, change := range map[string]func(*page.Page){
		"shape":  func(p *page.Page) { p.Paths[3].Segments[1].To.X += 9000 },
		"colour": func(p *page.Page) { p.Paths[0].Color.R ^= 0xFF },
		"laid over": func(p *page.Page) {
			x := p.Paths[0]
			x.Color = page.Color{R: 0xFF, G: 0xFF, B: 0xFF}
			p.Paths = append(p.Paths, x)
		},
	} {
		on := 0
		r := report(t, s, makeFile(t, s, input("testdata/departments/2026/415"), func(d *page.Document) {
			on = slices.IndexFunc(d.Pages, func(p page.Page) bool { return len(p.Paths) > 0 })
			change(&d.Pages[on])
		}))
		if causes(r) != "页面" || len(r.Pages) != 1 || r.Pages[0].Page != on+1 {
			t.Errorf("%s: %v, pages %v, want page %d", name, r.Findings, r.Pages, on+1)
			continue
		}
		var b bytes.Buffer
		if err := r.Picture(&r.Pages[0], 72, &b); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// picture wants marks of both colours on the picture of a page that shows another figure.
func picture(t *testing.T, r *verify.Report, p *verify.PageDiff) {
	t.Helper()
	var b bytes.Buffer
	if err := r.Picture(p, 72, &b); err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(&b)
	if err != nil {
		t.Fatal(err)
	}
	red, blue, grey := 0, 0, 0
	for y := range img.Bounds().Dy() {
		for x := range img.Bounds().Dx() {
			switch c := color.RGBAModel.Convert(img.At(x, y)).(color.RGBA); {
			case int(c.R) > int(c.B)+60:
				red++
			case int(c.B) > int(c.R)+60:
				blue++
			case c.R < 0xF0:
				grey++
			}
		}
	}
	if red == 0 || blue == 0 || red > 200 || blue > 200 || grey < 1000 {
		t.Errorf("the picture has %d red, %d blue, %d grey pixels", red, blue, grey)
	}
}

func TestOtherFontOrProgram(t *testing.T) {
	raw, err := os.ReadFile("../../fonts/NotoSansSC-Medium.ttf")
	if err != nil {
		t.Fatal(err)
	}
	own := font.Override{Role: "仿宋", File: "own.ttf", Data: append(slices.Clone(raw), 0, 0, 0, 0)} // another file
	plain, other := shared(t, "test"), shared(t, "test", own)
	made := makeFile(t, other, input(sample), nil)
	if r := report(t, other, made); !r.Identical() {
		t.Errorf("with the same font: %v", r.Findings)
	}
	r := report(t, plain, made)
	if causes(r) != "字体" || len(r.Pages) == 0 || !strings.Contains(r.Findings[0].Text, "own.ttf") {
		t.Errorf("another font: %v, %d pages", r.Findings, len(r.Pages))
	}
	// A font that the program has too, in another role.
	own.Data = raw
	r = report(t, plain, makeFile(t, shared(t, "test", own), input(sample), nil))
	if causes(r) != "字体" || len(r.Pages) == 0 || !strings.Contains(r.Findings[0].Text, "--font 仿宋=own.ttf") {
		t.Errorf("a font in another role: %v, %d pages", r.Findings, len(r.Pages))
	}
	r = report(t, shared(t, "test", own), makeFile(t, plain, input(sample), nil))
	if causes(r) != "字体" || len(r.Pages) == 0 {
		t.Errorf("a font where the document has none: %v, %d pages", r.Findings, len(r.Pages))
	}
	r = report(t, shared(t, "test 2"), makeFile(t, plain, input(sample), nil))
	if causes(r) != "程序" || len(r.Pages) != 0 {
		t.Errorf("another version: %v, %d pages", r.Findings, len(r.Pages))
	}
}

// update appends a new body of an object to a file, as programs do that save a change without writing all anew.
func update(t testing.TB, raw []byte, object pdfread.Ref, body string) []byte {
	t.Helper()
	start := bytes.LastIndex(raw, []byte("startxref\n")) + len("startxref\n")
	prev := string(raw[start : start+bytes.IndexByte(raw[start:], '\n')])
	i := bytes.LastIndex(raw, []byte("/Root "))
	root := string(raw[i : i+bytes.Index(raw[i:], []byte(" R"))+2])
	out := slices.Clone(raw)
	at := len(out)
	out = fmt.Appendf(out, "%d 0 obj\n%s\nendobj\n", object, body)
	xref := len(out)
	out = fmt.Appendf(out, "xref\n%d 1\n%010d 00000 n \ntrailer\n<<%s/Prev %s>>\nstartxref\n%d\n%%%%EOF\n", object, at, root, prev, xref)
	return out
}

// TestUpdates appends changes to a finished file.
func TestUpdates(t *testing.T) {
	s := shared(t, "test")
	raw := makeFile(t, s, input(sample), nil)
	f, err := pdfread.Open(raw)
	if err != nil {
		t.Fatal(err)
	}
	get := func(o any, keys ...pdfread.Name) any {
		for _, k := range keys {
			v, err := f.Resolve(o)
			if err != nil {
				t.Fatal(err)
			}
			d, ok := v.(pdfread.Dict)
			if !ok {
				t.Fatalf("%v has no %s", v, k)
			}
			o = d[k]
		}
		return o
	}
	root, err := f.Catalog()
	if err != nil {
		t.Fatal(err)
	}
	first := get(root, "Pages", "Kids").(pdfread.Array)[0]
	contents := get(first, "Contents").(pdfread.Ref)
	fontFile := get(get(get(root, "Pages", "Kids").(pdfread.Array)[0], "Resources", "Font", "F1", "DescendantFonts").(pdfread.Array)[0], "FontDescriptor", "FontFile2").(pdfread.Ref)
	for _, c := range []struct {
		name, causes string
		object       pdfread.Ref
		body         string
		check        func(verify.PageDiff) bool
	}{
		{"a page painted over", "页面", contents, "<</Length 13>>\nstream\n0 0 5 5 re f\n\nendstream",
			func(d verify.PageDiff) bool { return d.Page == 1 && len(d.Written) == 0 && len(d.Anew) > 0 }},
		{"an image on a page", "页面", contents, "<</Length 7>>\nstream\n/Im1 Do\nendstream",
			func(d verify.PageDiff) bool { return slices.Contains(d.Foreign, "Do") }},
		{"another font program", "页面", fontFile, "<</Length 4>>\nstream\nFONT\nendstream",
			func(d verify.PageDiff) bool { return d.OtherFont && len(d.Written) == 0 }},
		{"an object that nobody uses", "文件", 99999, "null", nil},
	} {
		r := report(t, s, update(t, raw, c.object, c.body))
		if causes(r) != c.causes {
			t.Errorf("%s: %v", c.name, r.Findings)
		}
		if (c.check != nil) != (len(r.Pages) > 0) || c.check != nil && !c.check(r.Pages[0]) {
			t.Errorf("%s: %+v", c.name, r.Pages)
		}
	}
}

// TestDamaged holds that damaged files are refused or differ, and that nothing panics: one byte is changed at many
// places, and the file is cut.
func TestDamaged(t *testing.T) {
	s := shared(t, "test")
	m := fstest.MapFS{}
	for name, raw := range testdept.Files(3) {
		m[path.Join("d", name)] = &fstest.MapFile{Data: raw}
	}
	raw := makeFile(t, s, build.Input{Data: m, Dir: "d"}, nil)
	for i := 0; i < len(raw); i += len(raw)/40 + 1 {
		bad := slices.Clone(raw)
		bad[i] ^= 0x41
		if r, err := verify.File(s, bad); err == nil && r.Identical() {
			t.Errorf("byte %d of %d changed: identical", i, len(raw))
		}
		if r, err := verify.File(s, raw[:i]); err == nil && r.Identical() {
			t.Errorf("cut at byte %d of %d: identical", i, len(raw))
		}
	}
}

// TestDepartmentFont: a font of the department's own is not carried along; verify names it as the cause.
func TestDepartmentFont(t *testing.T) {
	raw, err := os.ReadFile("../../fonts/NotoSansSC-Medium.ttf")
	if err != nil {
		t.Fatal(err)
	}
	s := shared(t, "test")
	s.OwnFonts = func(o []font.Override) (*font.Library, error) { return fonts.Library(o...) }
	m := fstest.MapFS{"d/own.ttf": {Data: raw}, "d/font.toml": {Data: []byte("[[font]]\nrole = '仿宋'\nfile = 'own.ttf'\n")}}
	for name, raw := range testdept.Files(3) {
		m[path.Join("d", name)] = &fstest.MapFile{Data: raw}
	}
	made := makeFile(t, s, build.Input{Data: m, Dir: "d"}, nil)
	if len(made) > 1<<20 {
		t.Errorf("the font is carried along: %d bytes", len(made))
	}
	if r := report(t, s, made); causes(r) != "字体" || len(r.Findings) != 1 || !strings.Contains(r.Findings[0].Text, "own.ttf") {
		t.Errorf("%v", r.Findings)
	}
}
