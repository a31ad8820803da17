package check_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"yusuan/data"
	"yusuan/fonts"
	"yusuan/internal/build"
	"yusuan/internal/check"
	"yusuan/internal/diag"
	"yusuan/internal/typeset/font"
	"yusuan/templates"
)

// The gallery, testdata/check, has a file for each rule: data that breaks it, a line, and data that keeps it; a rule may
// have more, 规则-号-名称.toml, for other ways to break it. Both are
// read as d/case.toml, together with those base files of which they state nothing themselves. What needs more than one
// file says so by lines of their own:
//
//	# ---- 文件 NAME             what follows is another file: d/more.toml, prior/x.toml, templates/p/pack.toml
//	# ---- 文件 catalogue/…      of the catalogues beside the data
//	# ---- 复制 NAME = PATH      a file of the project under another name
//	# ---- 文件夹 NAME           an empty folder
//	# ---- 管道 NAME             a named pipe
//	# ---- 大文件 NAME           a file of seventeen million bytes
//	# ---- 编码 GBK              d/case.toml is written in it; also UTF-16, and 坏字节, which is no text at all
//	# ---- 版本 unit:415001      the edition
//	# ---- 一批                  the case is a district: its departments stand at 2026/NAME/x.toml
//
// Files below 导入 are exports of budget systems, of whatever format; they are read by package imports alone, with 导入/对照.toml
// for a mapping file.
//
// A half without data of its own has no d/case.toml and no base files. Every diagnostic that is to come is wanted by a
// comment on its line, # want 规则-号 "fragment", or on another, # want +2 规则-号 "fragment" for two lines further down,
// or # want @d 规则-号 "fragment" for a file or folder as a whole and # want @ for no place at all; no other may come.

const (
	gallery  = "../../testdata/check"
	goodHalf = "# ---- 以下不报\n"
	caseFile = "d/case.toml"
)

// bases are the base files by what replaces them. What a finished document states stands alone with the first two.
var bases = []struct {
	file string
	word *regexp.Regexp
}{
	{"base-department.toml", regexp.MustCompile(`(?m)^\[department\]`)}, {"base-unit.toml", regexp.MustCompile(`(?m)^\[\[unit\]\]`)},
	{"base-basic.toml", regexp.MustCompile(`(?m)^(basic_by_function|\[\[basic\]\])`)}, {"base-project.toml", regexp.MustCompile(`(?m)^\[\[project\]\]`)},
	{"base-form.toml", regexp.MustCompile(`(?m)^\[\[form\]\]`)}, {"base-prior.toml", regexp.MustCompile(`(?m)^\[prior\]`)},
	{"base-assets.toml", regexp.MustCompile(`(?m)^#?(\[\[(vehicle|equipment)\]\]|assets_as_of)`)}, {"base-whole.toml", regexp.MustCompile(`"整体绩效"`)},
}

// galleryCase is one half of a file of the gallery.
type galleryCase struct {
	files    fstest.MapFS
	texts    map[string]string // by file, for the wants
	edition  string
	pack     string // which alone is checked, as yusuan pack check does
	shipped  *world // in place of the program's packs
	district bool
}

var directive = regexp.MustCompile(`(?m)^# ---- (文件|复制|文件夹|管道|大文件|编码|版本|一批|核对模板)(?: (.*))?\n`)

func readCase(t *testing.T, text string) galleryCase {
	t.Helper()
	c := galleryCase{files: fstest.MapFS{}, texts: map[string]string{}}
	name, from, charset := caseFile, 0, ""
	end := func(at int) {
		if s := text[from:at]; strings.Trim(regexp.MustCompile(`(?m)^#.*$`).ReplaceAllString(s, ""), "\n") != "" {
			c.files[name] = &fstest.MapFile{Data: []byte(s)}
		}
		c.texts[name] += text[from:at]
	}
	for _, m := range directive.FindAllStringSubmatchIndex(text, -1) {
		arg := ""
		if m[4] >= 0 {
			arg = text[m[4]:m[5]]
		}
		end(m[0])
		from = m[1]
		switch text[m[2]:m[3]] {
		case "文件":
			name = arg
		case "复制":
			to, path, _ := strings.Cut(arg, " = ")
			c.files[to] = &fstest.MapFile{Data: read(t, "../../"+path)}
		case "文件夹":
			c.files[arg] = &fstest.MapFile{Mode: fs.ModeDir}
		case "管道":
			c.files[arg] = &fstest.MapFile{Mode: fs.ModeNamedPipe}
		case "大文件":
			c.files[arg] = &fstest.MapFile{Data: bytes.Repeat([]byte("#"), 17_000_000)}
		case "编码":
			charset = arg
		case "版本":
			c.edition = arg
		case "一批":
			c.district = true
		case "核对模板":
			c.pack = arg
		}
	}
	end(len(text))
	if f := c.files[caseFile]; f != nil {
		addBases(t, c.files, c.texts[caseFile])
		f.Data = encoded(t, f.Data, charset)
	}
	if len(c.files) == 0 {
		c.files["d"] = &fstest.MapFile{Mode: fs.ModeDir}
	}
	return c
}

func addBases(t *testing.T, files fstest.MapFS, text string) {
	t.Helper()
	published := strings.Contains(text, "[[stated_t")
	for i, b := range bases {
		if b.word.MatchString(text) || published && i > 1 {
			continue
		}
		files["d/"+b.file] = &fstest.MapFile{Data: read(t, filepath.Join(gallery, b.file))}
	}
}

func read(t *testing.T, name string) []byte {
	t.Helper()
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func encoded(t *testing.T, raw []byte, charset string) []byte {
	t.Helper()
	var e encoding.Encoding
	switch charset {
	case "":
		return raw
	case "坏字节":
		return append(raw, "x = \"\xff\xfe\x80\"  # 汉字汉字汉字"...)
	case "GBK":
		e = simplifiedchinese.GBK
	case "UTF-16":
		e = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	default:
		t.Fatal("no encoding " + charset)
	}
	out, err := e.NewEncoder().Bytes(raw)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

var wantComment = regexp.MustCompile(`# want (?:([+-]\d+) |(@\S*) )?(\p{Han}{2}-\d{3}) "([^"]*)"`)

// want is a diagnostic that is to come.
type want struct {
	place, rule, fragment string
}

func (c *galleryCase) wants() (out []want) {
	for file, text := range c.texts {
		file = strings.TrimPrefix(file, "templates/") // packs are read from there
		for i, line := range strings.Split(text, "\n") {
			for _, m := range wantComment.FindAllStringSubmatch(line, -1) {
				n := 0
				if m[1] != "" {
					fmt.Sscan(m[1], &n)
				}
				at, whole := strings.CutPrefix(m[2], "@")
				if !whole {
					at = fmt.Sprintf("%s:%d", file, i+1+n)
				}
				out = append(out, want{at, m[3], m[4]})
			}
		}
	}
	return out
}

// place is where a diagnostic stands, as wants name it.
func place(at diag.Range) string {
	if at.Start.Line == 0 {
		return at.File
	}
	return fmt.Sprintf("%s:%d", at.File, at.Start.Line)
}

// hold compares what came with what was wanted.
func hold(t *testing.T, name string, wants []want, list []diag.Diagnostic) {
	t.Helper()
	for _, d := range list {
		if all := d.Message + d.Hint; strings.Contains(all, "““") || strings.Contains(all, "””") {
			t.Errorf("%s: quotation marks within marks of the same kind: %s %s", name, d.Message, d.Hint)
		}
		found := -1
		for i, w := range wants {
			if w.place == place(d.At) && w.rule == d.Rule && strings.Contains(d.Message, w.fragment) {
				found = i
			}
		}
		if found < 0 {
			t.Errorf("%s: unwanted %s: %v %s %s (%s, %s)", name, d.At, d.Level, d.Rule, d.Message, d.Stated, d.Want)
			continue
		}
		wants = append(wants[:found], wants[found+1:]...)
	}
	for _, w := range wants {
		t.Errorf("%s: wanted in vain: %v", name, w)
	}
}

// world is packs in place of the program's.
type world struct {
	name  string
	packs fs.FS
}

// packs are the shipped packs and those of a case.
type packs struct{ own, shipped fs.FS }

func (p packs) Open(name string) (fs.File, error) {
	if f, err := p.own.Open(name); err == nil && name != "." {
		return f, nil
	}
	return p.shipped.Open(name)
}

func (p packs) ReadDir(name string) ([]fs.DirEntry, error) {
	own, _ := fs.ReadDir(p.own, name)
	shipped, err := fs.ReadDir(p.shipped, name)
	if len(own) > 0 {
		err = nil
	}
	return append(own, shipped...), err
}

var library = sync.OnceValues(func() (*font.Library, error) { return fonts.Library() })

// loaded has what cases with the same templates of their own share: most have none, and loading a pack takes longer than most cases.
var loaded sync.Map

// templates are the names and contents of the case's own templates.
func (c *galleryCase) templates() string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(c.files)) {
		if strings.HasPrefix(name, "templates/") {
			f := c.files[name]
			fmt.Fprintf(&b, "%s %v %d\n%s\n", name, f.Mode, len(f.Data), f.Data)
		}
	}
	return b.String()
}

func (c *galleryCase) shared(t *testing.T) *build.Shared {
	t.Helper()
	shipped := world{"", templates.FS}
	if c.shipped != nil {
		shipped = *c.shipped
	}
	key := shipped.name + "\n" + c.templates()
	if s, ok := loaded.Load(key); ok {
		return s.(*build.Shared)
	}
	lib, err := library()
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{} // as they are now
	for name, f := range c.files {
		if strings.HasPrefix(name, "templates/") {
			one := *f
			files[name] = &one
		}
	}
	own, err := fs.Sub(files, "templates")
	if err != nil {
		t.Fatal(err)
	}
	s := &build.Shared{Fonts: lib, Packs: packs{own, shipped.packs}, Catalogue: data.Catalogue(), Program: "test",
		OwnFonts: func(o []font.Override) (*font.Library, error) { return fonts.Library(o...) }}
	loaded.Store(key, s)
	return s
}

// codes are the catalogues of a case.
func (c *galleryCase) codes() *build.Codes {
	files := map[string][]byte{}
	for name, f := range c.files {
		if rest, ok := strings.CutPrefix(name, "catalogue/"); ok {
			files[rest] = f.Data
		}
	}
	return build.NewCodes("catalogue", files)
}

// find runs a case. Only rules of layout need the pages.
func (c *galleryCase) find(t *testing.T, rule string) []diag.Diagnostic {
	t.Helper()
	if list, ok := findImports(t, c.files); ok {
		return list
	}
	s := c.shared(t)
	if c.district {
		return findDistrict(t, s, c.files)
	}
	if c.pack != "" {
		w, err := s.Gallery(c.pack)
		if err != nil {
			t.Fatal(rule, err)
		}
		return w.Diags.Sorted()
	}
	in := build.Input{Data: c.files, Dir: "d", Edition: c.edition, Codes: c.codes()}
	if m, _ := fs.Glob(c.files, "prior/*"); len(m) > 0 {
		in.PriorDir = "prior"
	}
	w, err := s.Check(in)
	if err != nil {
		t.Fatal(rule, err)
	}
	if layout := strings.HasPrefix(rule, "版式") || strings.HasPrefix(rule, "字形"); layout && w.Tree != nil {
		w.Typeset()
	}
	return slices.DeleteFunc(w.Diags.Sorted(), func(d diag.Diagnostic) bool {
		return d.Rule != rule && ownResidue(d) // which rounded numbers do not add up is the concern of that rule's files alone
	})
}

// ownResidue reports whether a finding is of the numbers that the program prints, rounded, from any amounts.
func ownResidue(d diag.Diagnostic) bool {
	return (d.Rule == "尾差-001" || d.Rule == "尾差-003") && strings.HasPrefix(d.Message, "印出的")
}

// TestGallery demands a file of every rule of the program.
func TestGallery(t *testing.T) {
	for _, r := range check.Rules() {
		if check.OfWorkbooks(r.ID) {
			continue
		}
		more, err := filepath.Glob(filepath.Join(gallery, r.ID+"-*.toml"))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range append(more, filepath.Join(gallery, r.ID+".toml")) {
			show(t, r, name)
		}
	}
}

// everythingIsUsed is the rule that wants what is stated to be printed. Cases of other rules state what those look at, and
// their packs print little.
const everythingIsUsed = "填报-017"

// show holds a rule against one file of the gallery.
func show(t *testing.T, r check.Rule, name string) {
	t.Run(filepath.Base(name), func(t *testing.T) {
		t.Parallel()
		bad, good, ok := strings.Cut(string(read(t, name)), goodHalf)
		if !ok {
			t.Fatalf("no line %q", goodHalf)
		}
		if !strings.Contains(bad, r.ID) || strings.Contains(good, r.ID) {
			t.Error("the first half must want the rule, the second must not")
		}
		for half, text := range map[string]string{"bad": bad, "good": good} {
			c := readCase(t, text)
			list := c.find(t, r.ID)
			if r.ID != everythingIsUsed {
				list = slices.DeleteFunc(list, func(d diag.Diagnostic) bool { return d.Rule == everythingIsUsed })
			}
			hold(t, half, c.wants(), list)
			for _, d := range list {
				speaksOfWorkbooks(t, d)
				if d.Rule == r.ID && d.Level != r.Level && !strings.Contains(text, "[[rule]]") {
					t.Errorf("%s: found as %v, described as %v", half, d.Level, r.Level)
				}
			}
		}
	})
}

// TestGalleryHasNoOther: a file of the gallery is a base or is named after a rule.
func TestGalleryHasNoOther(t *testing.T) {
	names, err := filepath.Glob(gallery + "/*.toml")
	if err != nil || len(names) == 0 {
		t.Fatal(err)
	}
	for _, name := range names {
		id := strings.Join(strings.SplitN(strings.TrimSuffix(filepath.Base(name), ".toml"), "-", 3)[:2], "-")
		if _, ok := check.FindRule(id); !ok && !strings.HasPrefix(id, "base-") {
			t.Errorf("%s belongs to no rule", name)
		}
	}
}

// TestGalleryMap: the map of identities in the gallery's README names rules that there are, for each identity one at
// least.
func TestGalleryMap(t *testing.T) {
	rows := 0
	for line := range strings.Lines(string(read(t, gallery+"/README.md"))) {
		if !regexp.MustCompile(`^\| \d`).MatchString(line) {
			continue
		}
		rows++
		ids := regexp.MustCompile(`\p{Han}{2}-\d{3}`).FindAllString(line, -1)
		if len(ids) == 0 || !strings.HasPrefix(line, fmt.Sprintf("| %d ", rows)) {
			t.Errorf("no rule, or out of order: %s", line)
		}
		for _, id := range ids {
			if _, ok := check.FindRule(id); !ok {
				t.Errorf("%s: no rule %s", line, id)
			}
		}
	}
	if rows != 26 {
		t.Errorf("%d identities, want 26", rows)
	}
}
