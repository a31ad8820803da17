package verify_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"yusuan/internal/archive"
	"yusuan/internal/build"
	"yusuan/internal/pdfread"
	"yusuan/internal/shown"
	"yusuan/internal/testdept"
	"yusuan/internal/typeset/page"
	"yusuan/internal/verify"
	"yusuan/templates"
)

// small is a document of a department with contents, whose entries are links.
func small(t testing.TB, s *build.Shared) []byte { return makeFile(t, s, smallInput(), nil) }

func smallInput() build.Input {
	m := fstest.MapFS{}
	for name, raw := range testdept.Files(3) {
		m[path.Join("d", name)] = &fstest.MapFile{Data: raw}
	}
	return build.Input{Data: m, Dir: "d"}
}

// syntax writes an object of a PDF as it stands in a file.
func syntax(o any) string {
	var b strings.Builder
	switch o := o.(type) {
	case nil:
		return "null"
	case pdfread.Ref:
		return fmt.Sprintf("%d 0 R", int(o))
	case pdfread.Name:
		return "/" + string(o)
	case pdfread.String:
		return fmt.Sprintf("<%X>", string(o))
	case pdfread.Real:
		return fmt.Sprintf("%d.%06d", o/1e6, o%1e6)
	case pdfread.Array:
		for _, x := range o {
			b.WriteString(" " + syntax(x))
		}
		return "[" + b.String() + "]"
	case pdfread.Dict:
		for _, key := range slices.Sorted(maps.Keys(o)) {
			b.WriteString("/" + string(key) + " " + syntax(o[key]) + "\n")
		}
		return "<<" + b.String() + ">>"
	}
	return fmt.Sprint(o)
}

// TestOtherLook: pages that look different though their text, rules and places are as they were are told as changed
// pages, whatever key does it.
func TestOtherLook(t *testing.T) {
	s := shared(t, "test")
	raw := small(t, s)
	f, err := pdfread.Open(raw)
	if err != nil {
		t.Fatal(err)
	}
	dict := func(o any) pdfread.Dict {
		v, err := f.Resolve(o)
		if err != nil {
			t.Fatal(err)
		}
		d, ok := v.(pdfread.Dict)
		if !ok {
			t.Fatalf("%v is no dictionary", v)
		}
		return d
	}
	root, err := f.Catalog()
	if err != nil {
		t.Fatal(err)
	}
	rootRef := rootOf(t, raw)
	pages := root["Pages"].(pdfread.Ref)
	kids := dict(pages)["Kids"].(pdfread.Array)
	linked := slices.IndexFunc(kids, func(k any) bool { return dict(k)["Annots"] != nil })
	link := dict(kids[linked])["Annots"].(pdfread.Array)[0].(pdfread.Ref)
	var font, cid, glyphs pdfread.Ref // of a font that has a map to glyphs
	for _, o := range dict(dict(dict(kids[0])["Resources"])["Font"]) {
		descendant := dict(o)["DescendantFonts"].(pdfread.Array)[0].(pdfread.Ref)
		if g, ok := dict(descendant)["CIDToGIDMap"].(pdfread.Ref); ok {
			font, cid, glyphs = o.(pdfread.Ref), descendant, g
		}
	}
	if linked < 0 || glyphs == 0 {
		t.Fatal("the sample has no links or no font with a map to glyphs")
	}
	with := func(n pdfread.Ref, keys string) string {
		return strings.TrimSuffix(syntax(dict(n)), ">>") + keys + ">>"
	}
	for _, c := range []struct {
		name         string
		object       pdfread.Ref
		body, causes string
		says         string // in what is foreign on a page, or in a finding
	}{
		{"other glyphs for the same codes", glyphs, "<</Length 8>>\nstream\n\x00\x00\x00\x02\x00\x01\x00\x03\nendstream", "页面", ""},
		{"a link with a look of its own", link, with(link, "/AP<</N 4 0 R>>"), "页面", "/Link /AP"},
		{"larger units", kids[0].(pdfread.Ref), with(kids[0].(pdfread.Ref), "/UserUnit 2"), "页面", "/UserUnit"},
		{"a cut that all pages inherit", pages, with(pages, "/CropBox[0 0 100 100]"), "页面", "/CropBox"},
		{"a font in another script direction", font, strings.Replace(syntax(dict(font)), "Identity-H", "Identity-V", 1), "页面", "/Font /Encoding"},
		{"a font file of another kind", cid, strings.Replace(syntax(dict(cid)), "CIDFontType2", "CIDFontType0", 1), "页面", "/Font /Subtype"},
		{"something to run when it is opened", rootRef, with(rootRef, "/OpenAction<</S/JavaScript/JS(x)>>"), "文件", "/OpenAction"},
	} {
		r := report(t, s, update(t, raw, c.object, c.body))
		if causes(r) != c.causes || c.causes == "页面" && (len(r.Pages) == 0 || !r.Pages[0].SameWords) {
			t.Errorf("%s: %v, pages %+v", c.name, r.Findings, r.Pages)
			continue
		}
		told := r.Findings[0].Text
		if len(r.Pages) > 0 {
			told += strings.Join(r.Pages[0].Foreign, " ")
		}
		if !strings.Contains(told, c.says) || c.says == "" && !r.Pages[0].OtherFont {
			t.Errorf("%s: %s, pages %+v", c.name, told, r.Pages)
		}
	}
}

// rootOf is the object of the catalog.
func rootOf(t testing.TB, raw []byte) (n pdfread.Ref) {
	t.Helper()
	i := bytes.LastIndex(raw, []byte("/Root ")) + len("/Root ")
	for ; raw[i] != ' '; i++ {
		n = 10*n + pdfread.Ref(raw[i]-'0')
	}
	return n
}

// TestRewritten: what other programs do when they write the whole file anew is not called an update, and the report says
// first that words and numbers are what they were.
func TestRewritten(t *testing.T) {
	s := shared(t, "test")
	raw := small(t, s)
	for _, c := range []struct {
		program string
		args    func(in, out string) []string
		says    string
	}{
		{"qpdf", func(in, out string) []string { return []string{"--linearize", in, out} }, "重写过（改成了便于"},
		{"qpdf", func(in, out string) []string { return []string{in, out} }, "重写（另存）过"},
		{"gs", func(in, out string) []string { return []string{"-q", "-sDEVICE=pdfwrite", "-o", out, in} }, "文字和数字（能选取、能搜索的）都与数据一致"},
	} {
		t.Run(c.program, func(t *testing.T) {
			program, err := exec.LookPath(c.program)
			if err != nil {
				t.Skip(c.program + " is not at hand")
			}
			in, out := filepath.Join(t.TempDir(), "in.pdf"), filepath.Join(t.TempDir(), "out.pdf")
			if err := os.WriteFile(in, raw, 0o666); err != nil {
				t.Fatal(err)
			}
			if msg, err := exec.Command(program, c.args(in, out)...).CombinedOutput(); err != nil {
				t.Fatalf("%v %s", err, msg)
			}
			again, err := os.ReadFile(out)
			if err != nil {
				t.Fatal(err)
			}
			if r := report(t, s, again); len(r.Findings) == 0 || !strings.Contains(r.Findings[0].Text, c.says) || strings.Contains(r.Findings[0].Text, "追加") {
				t.Errorf("%v", r.Findings)
			}
		})
	}
}

// TestFirstLayout: documents of before there was a text for people are made again as they were.
func TestFirstLayout(t *testing.T) {
	old, now := shared(t, "test"), shared(t, "test")
	old.Layout = "yusuan-archive-1"
	raw := small(t, old)
	f, err := pdfread.Open(raw)
	if err != nil {
		t.Fatal(err)
	}
	attached, err := f.Attachments()
	if err != nil {
		t.Fatal(err)
	}
	if slices.ContainsFunc(attached, func(a shown.Attachment) bool { return a.Name == archive.ReadmeName }) {
		t.Error("the first layout has a text for people")
	}
	if r := report(t, now, raw); !r.Identical() || r.Manifest.Format != old.Layout {
		t.Errorf("%v", r.Findings)
	}
}

// overlay is a file system with one file in the place of another's.
type overlay struct {
	fs.FS
	name string
	data []byte
}

func (o overlay) Open(name string) (fs.File, error) {
	if name == o.name {
		return fstest.MapFS{name: {Data: o.data}}.Open(name)
	}
	return o.FS.Open(name)
}

// TestPosingPack: a pack inside that gives itself out for the program's own and prints a typed number is told, with the
// line; so is one of another version, and one that the program does not have.
func TestPosingPack(t *testing.T) {
	s := shared(t, "test")
	const name = "wuhan/prose/explanation.tmpl"
	own, err := fs.ReadFile(templates.FS, name)
	if err != nil {
		t.Fatal(err)
	}
	const asked = `{{amount "total"}}`
	line := 1 + bytes.Count(own[:bytes.Index(own, []byte(asked))], []byte("\n"))
	other := shared(t, "test")
	other.Packs = overlay{templates.FS, name, bytes.Replace(own, []byte(asked), []byte("999.00万元"), 1)}
	r := report(t, s, makeFile(t, other, input(sample), nil))
	if !r.Identical() || len(r.Packs) != 1 || !r.Packs[0].Posing() || len(r.Packs[0].Files) != 1 {
		t.Fatalf("%v %+v", r.Findings, r.Packs)
	}
	d := r.Packs[0].Files[0]
	if d.Path != name || d.Line != line || !strings.Contains(d.Inside, "999.00万元") || !strings.Contains(d.Own, asked) {
		t.Errorf("%+v, want line %d", d, line)
	}

	head, err := fs.ReadFile(templates.FS, "wuhan/pack.toml")
	if err != nil {
		t.Fatal(err)
	}
	p, _, err := s.Pack("wuhan")
	if err != nil {
		t.Fatal(err)
	}
	other = shared(t, "test")
	other.Packs = overlay{templates.FS, "wuhan/pack.toml", bytes.Replace(head, []byte(p.Version), []byte("0.0"), 1)}
	r = report(t, s, makeFile(t, other, input(sample), nil))
	if !r.Identical() || len(r.Packs) != 1 || r.Packs[0].Posing() || r.Packs[0].Version != "0.0" || r.Packs[0].Own != p.Version {
		t.Errorf("another version: %v %+v", r.Findings, r.Packs)
	}

	noted := shared(t, "test")
	noted.Packs = overlay{templates.FS, name, append([]byte("{{/* 李四 */ -}}\n"), own...)}
	noted.OwnFile = func(file string, _ []byte) bool { return file == name }
	in := input(sample)
	in.StripComments = true
	r = report(t, s, makeFile(t, noted, in, nil))
	if !r.Identical() || len(r.Packs) != 1 || len(r.Packs[0].Files) != 1 || r.Packs[0].Files[0].Line != 1 {
		t.Errorf("an empty comment more: %v %+v", r.Findings, r.Packs)
	}
	const styles = "wuhan/style.toml"
	plain, err := fs.ReadFile(templates.FS, styles)
	if err != nil {
		t.Fatal(err)
	}
	noted = shared(t, "test")
	noted.Packs = overlay{templates.FS, styles, append(bytes.TrimSuffix(plain, []byte("\n")), " # 李四\n"...)}
	noted.OwnFile = func(file string, _ []byte) bool { return file == styles }
	if r = report(t, s, makeFile(t, noted, in, nil)); !r.Identical() || len(r.Packs) != 0 {
		t.Errorf("only a comment more, and that is gone: %v %+v", r.Findings, r.Packs)
	}

	bare := shared(t, "test")
	bare.Packs = fstest.MapFS{}
	r = report(t, bare, makeFile(t, s, input(sample), nil))
	if !r.Identical() || len(r.Packs) != 1 || r.Packs[0].Own != "" || r.Packs[0].Posing() || len(r.Packs[0].Files) > 0 {
		t.Errorf("a pack that is not at hand: %v %+v", r.Findings, r.Packs)
	}
}

// madeAnyway makes a document of packs and data that today's rules have something against, as an earlier version did.
func madeAnyway(t testing.TB, s *build.Shared, in build.Input) []byte {
	t.Helper()
	s.Anew = true
	w, err := s.Check(in)
	if err != nil || w.Tree == nil {
		t.Fatal(err, w.Diags.Sorted())
	}
	pages := w.Typeset()
	if !w.Diags.HasErrors() {
		t.Fatal("today's rules have nothing against it")
	}
	raw, err := w.PDF(pages, nil)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// TestNewerRules: a rule that came later does not make a document of before unverifiable, whether it is about packs or
// about data. Where the document differs the rule is told beside how.
func TestNewerRules(t *testing.T) {
	s := shared(t, "test")
	const name = "wuhan/forms/project-general.toml"
	form, err := fs.ReadFile(templates.FS, name)
	if err != nil {
		t.Fatal(err)
	}
	lax := shared(t, "test")
	lax.Packs = overlay{templates.FS, name, regexp.MustCompile(`(?m)^(options .*)"\]$`).ReplaceAll(form, []byte(`$1", "部门项目"]`))}
	bad := smallInput()
	bad.Data.(fstest.MapFS)["d/more.toml"] = &fstest.MapFile{Data: []byte("[stated]\ntotal = 1\n")}
	for what, raw := range map[string][]byte{
		"pack": madeAnyway(t, lax, input(sample)), "data": madeAnyway(t, shared(t, "test"), bad),
	} {
		if r := report(t, s, raw); !r.Identical() {
			t.Errorf("%s: %v", what, r.Findings)
		}
		r := report(t, s, append(slices.Clone(raw), '\n'))
		if len(r.Findings) != 2 || !strings.Contains(r.Findings[0].Text, "页面与数据一致") || !strings.Contains(r.Findings[1].Text, "按现在的规则") {
			t.Errorf("%s, a byte more: %v", what, r.Findings)
		}
	}
}

// TestTornPacks: packs inside with lines left out give findings and no panic, though the manifest is made to fit them.
func TestTornPacks(t *testing.T) {
	s := shared(t, "test")
	for _, name := range []string{"templates-wuhan-pack.toml", "templates-wuhan-tables.toml", "templates-wuhan-style.toml", "templates-wuhan-forms-project-general.toml"} {
		for part := range 4 {
			raw := makeFile(t, s, smallInput(), func(d *page.Document) {
				f := file(t, d, name)
				was := archive.Sum(f.Data)
				lines := bytes.SplitAfter(f.Data, []byte("\n"))
				at := len(lines) * part / 4
				f.Data, f.Packed = bytes.Join(append(slices.Clone(lines[:at]), lines[min(at+3, len(lines)):]...), nil), nil
				replaceIn(t, d, archive.ManifestName, was, archive.Sum(f.Data))
			})
			report(t, s, raw)
		}
	}
}

// TestUnreadableWords: what cannot be read is said in Chinese, and every reason has words of its own.
func TestUnreadableWords(t *testing.T) {
	seen := map[string]error{}
	for _, err := range []error{pdfread.ErrNoPDF, pdfread.ErrIncomplete, pdfread.ErrEncrypted, pdfread.ErrTooMuch, pdfread.ErrFilter, fs.ErrInvalid, archive.ErrNoManifest,
		&archive.Refusal{Kind: archive.TwoOfOneName, Name: "名"}, &archive.Refusal{Kind: archive.NoSyntax}, &archive.Refusal{Kind: archive.OtherFormat, Name: "名"},
		&archive.Refusal{Kind: archive.BadPath, Name: "名"}, &archive.Refusal{Kind: archive.TooLarge}} {
		words := verify.Unreadable(err)
		if before, twice := seen[words]; twice {
			t.Errorf("%v and %v are both “%s”", err, before, words)
		}
		seen[words] = err
		if strings.Contains(words, "pdf:") || strings.Contains(words, " the ") || strings.Contains(words, "archive:") {
			t.Errorf("%v: %s", err, words)
		}
	}
}
