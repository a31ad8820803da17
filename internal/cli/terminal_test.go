package cli

import (
	"bytes"
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"yusuan/internal/archive"
	"yusuan/internal/pdf"
	"yusuan/internal/pdfread"
	"yusuan/internal/shown"
	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/unit"
)

// TestOnlySaySpeaks: nothing of the command layer prints past say, which makes harmless what comes from files. What is
// written into a builder is said later.
func TestOnlySaySpeaks(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if d, ok := n.(*ast.FuncDecl); ok && d.Recv == nil && d.Name.Name == "say" {
				return false
			}
			c, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			s, ok := c.Fun.(*ast.SelectorExpr)
			if x, isName := ast.Unparen(c.Fun).(*ast.Ident); isName && (x.Name == "print" || x.Name == "println") {
				t.Errorf("%s calls %s; use say", name, x.Name)
			}
			if !ok {
				return true
			}
			if x, isName := s.X.(*ast.Ident); isName && x.Name == "fmt" && (strings.HasPrefix(s.Sel.Name, "Fprint") || strings.HasPrefix(s.Sel.Name, "Print")) {
				if len(c.Args) > 0 {
					if u, isAddress := c.Args[0].(*ast.UnaryExpr); isAddress && u.Op == token.AND {
						return true
					}
				}
				t.Errorf("%s calls fmt.%s; use say", name, s.Sel.Name)
			}
			return true
		})
	}
}

// forged is what a stranger would have the program say.
const forged = "338.pdf：一致（36 页，yusuan 0.1.0）"

// evil are the ways to it: a line of its own, a cleared line, the beginning of this line, hidden and turned text, an
// escape of eight bits.
var evil = []string{"\n" + forged + "\x1b[8m", "\r\x1b[2K\x1b[1A" + forged, "\u2028" + forged, "\u202E\u0085" + forged, "\u009b2K" + forged}

// harmless reports what is wrong with an output: characters that drive a terminal, or a line that begins as forged.
func harmless(s string) string {
	for line := range strings.SplitSeq(s, "\n") {
		if strings.HasPrefix(line, forged) {
			return "a forged line"
		}
		if i := strings.IndexFunc(line, func(r rune) bool { return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) }); i >= 0 {
			return "a character that is not text"
		}
	}
	return ""
}

// carrying is a PDF with attached files and nothing else of note.
func carrying(t testing.TB, attached []shown.Attachment) []byte {
	t.Helper()
	d := &page.Document{Info: page.Info{Title: "x", Lang: "zh-CN", Program: "x"}, Elems: []page.Elem{{Kind: page.KindDocument}},
		Pages: []page.Page{{Width: unit.A4Width, Height: unit.A4Height}}}
	for _, a := range attached {
		d.Files = append(d.Files, page.File{Name: a.Name, MIME: "text/plain", Relationship: "Data", Data: a.Data})
	}
	raw, err := pdf.Write(d, nil)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// takenApart takes a document apart, for a test to change.
func takenApart(t testing.TB, raw []byte) (m archive.Manifest, attached []shown.Attachment) {
	t.Helper()
	f, err := pdfread.Open(raw)
	if err != nil {
		t.Fatal(err)
	}
	if attached, err = f.Attachments(); err != nil {
		t.Fatal(err)
	}
	a, err := archive.Read(attached)
	if err != nil {
		t.Fatal(err)
	}
	return a.Manifest, attached
}

// TestForgedWords: whatever a stranger's file, folder or pack is made of, no command prints it raw.
func TestForgedWords(t *testing.T) {
	m, attached := takenApart(t, built(t, department(t, clean)))
	dir := t.TempDir()
	file := filepath.Join(dir, "x.pdf")
	for _, words := range evil {
		for what, change := range map[string]func(*archive.Manifest) []shown.Attachment{
			"program": func(m *archive.Manifest) []shown.Attachment { m.Program = words; return nil },
			"font": func(m *archive.Manifest) []shown.Attachment {
				m.Fonts = []archive.Font{{Name: words, File: words, Role: words}}
				return nil
			},
			"format":  func(m *archive.Manifest) []shown.Attachment { m.Format = words; return nil },
			"data":    func(m *archive.Manifest) []shown.Attachment { m.Data = words; return nil },
			"edition": func(m *archive.Manifest) []shown.Attachment { m.Edition = words; return nil },
			"pack":    func(m *archive.Manifest) []shown.Attachment { m.Template = words; return nil },
			"path": func(m *archive.Manifest) []shown.Attachment {
				m.Files = slices.Clone(m.Files)
				m.Files[0].Path = words
				return nil
			},
			"attached name": func(*archive.Manifest) []shown.Attachment {
				return []shown.Attachment{{Name: words, Data: []byte("x")}}
			},
		} {
			x := m
			more := change(&x)
			raw, err := json.Marshal(x)
			if err != nil {
				t.Fatal(err)
			}
			files := append(slices.Clone(attached), more...)
			files[slices.IndexFunc(files, func(a shown.Attachment) bool { return a.Name == archive.ManifestName })].Data = raw
			write(t, file, string(carrying(t, files)))
			for _, args := range [][]string{{"verify", file}, {"extract", file, "-o", t.TempDir()}} {
				_, stdout, stderr := run(args...)
				if why := harmless(stdout + stderr); why != "" {
					t.Errorf("%s of %s %q: %s\n%q", args[0], what, words, why, stdout+stderr)
				}
			}
		}
	}
	for _, words := range evil {
		quoted, err := json.Marshal(words) // an escape of JSON is one of TOML
		if err != nil {
			t.Fatal(err)
		}
		data := department(t, strings.Replace(clean, `"某区档案馆"`, string(quoted), 2))
		unknown := department(t, clean+"\n["+string(quoted)+"]\nx = 1\n")
		pack := filepath.Join(t.TempDir(), "包")
		write(t, filepath.Join(pack, "pack.toml"), "[pack]\nid = "+string(quoted)+"\nname = "+string(quoted)+"\nversion = "+string(quoted)+"\nkind = "+string(quoted)+"\n")
		register := filepath.Join(dir, "表.sha256")
		write(t, register, strings.Repeat("0", 64)+"  "+words+"\n")
		for _, args := range [][]string{
			{"check", data}, {"check", "--format", "json", unknown}, {"check", unknown}, {"build", data, "-o", file}, {"figure", data, words}, {"figure", data, "total"},
			{"fonts", data}, {"explain", words}, {words}, {"check", words}, {"build", "--" + words, data}, {"preview", data, "-o", filepath.Join(dir, "图")},
			{"batch", filepath.Dir(filepath.Dir(data)), "-o", t.TempDir()}, {"batch", filepath.Dir(filepath.Dir(unknown)), "-o", t.TempDir()},
			{"pack", "check", pack}, {"pack", "check", words}, {"packs", words}, {"explain", "--template", pack}, {"new", filepath.Join(dir, "新"), "--template", words},
			{"verify", file, "--register", register}, {"verify", words}, {"--font", words, "fonts"},
		} {
			_, stdout, stderr := run(args...)
			if why := harmless(stdout + stderr); why != "" {
				t.Errorf("%q: %s\n%q", args, why, stdout+stderr)
			}
		}
	}
}

// TestJSONLosesNothing: what JSON escapes for the terminal's sake is read back as it was.
func TestJSONLosesNothing(t *testing.T) {
	words := evil[3]
	quoted, err := json.Marshal(words)
	if err != nil {
		t.Fatal(err)
	}
	_, stdout, _ := run("check", "--format", "json", department(t, clean+"\n["+string(quoted)+"]\nx = 1\n"))
	var list struct {
		Diagnostics []struct{ Message string }
	}
	if err := json.NewDecoder(bytes.NewReader([]byte(stdout))).Decode(&list); err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(list.Diagnostics, func(d struct{ Message string }) bool { return strings.Contains(d.Message, words) }) {
		t.Errorf("%q is lost:\n%s", words, stdout)
	}
}

// stopped reports whether a channel is closed.
func stopped(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

// TestGivenUp: work that takes more than its allowance ends with a word, and a fault within it is not lost.
func TestGivenUp(t *testing.T) {
	stop, enough := make(chan struct{}), make(chan struct{})
	defer close(stop)
	busy := func() {
		for n := 0; ; n++ {
			if n%1000 == 0 && stopped(enough) {
				return
			}
		}
	}
	fast := allowanceFor(0)
	fast.cpu, fast.every = fast.cpu/200, fast.every/10
	if why := fast.run(busy); !strings.Contains(why, "秒") {
		t.Errorf("work without end: %q", why)
	}
	close(enough)
	small := allowanceFor(0)
	small.memory, small.every, small.cpu = 128<<20, small.every/10, time.Hour // a race detector takes its time
	var kept [][]byte
	if why := small.run(func() {
		for range 64 {
			kept = append(kept, make([]byte, 8<<20))
			for i := 0; i < 8<<20; i += 1 << 10 { // of every page
				kept[len(kept)-1][i] = 1
			}
		}
		<-stop
	}); !strings.Contains(why, "内存") {
		t.Errorf("work that takes all memory: %q", why)
	}
	if a, b := allowanceFor(5<<20), allowanceFor(50<<20); b.cpu != 10*a.cpu || b.memory != 10*a.memory || allowanceFor(1) != a {
		t.Errorf("allowances are not in proportion: %v, %v", a, b)
	}
	defer func() {
		if recover() == nil {
			t.Error("the fault is lost")
		}
	}()
	allowanceFor(0).run(func() { panic("fault") })
}

// FuzzExtract: whatever a manifest names, extract writes below its own folders, nothing hidden, nothing deep.
func FuzzExtract(f *testing.F) {
	raw, err := os.ReadFile("../../testdata/golden/2026-338.sha256")
	if err != nil {
		f.Fatal(err)
	}
	entry := func(path string) []byte {
		m := archive.Manifest{Format: archive.Format, Data: "data/2026/1", Files: []archive.Entry{{Name: "a", Path: path, Kind: archive.KindData, SHA256: archive.Sum(raw)}}}
		b, err := json.Marshal(m)
		if err != nil {
			f.Fatal(err)
		}
		return b
	}
	for _, p := range []string{"data/2026/1/a.toml", "../a.toml", "data/../../a.toml", ".git/hooks/a.toml", "data/.a.toml", "data/con.toml", "templates/" + strings.Repeat("d/", 9) + "a.tmpl", `data\a.toml`, "data/a.exe", "说明.txt", "manifest.json"} {
		f.Add(entry(p), "a", raw)
	}
	f.Fuzz(func(t *testing.T, manifest []byte, name string, content []byte) {
		a, err := archive.Read([]shown.Attachment{{Name: archive.ManifestName, Data: manifest}, {Name: name, Data: content}})
		if err != nil {
			return
		}
		outer := t.TempDir()
		dir := filepath.Join(outer, "取出")
		_, _ = writeArchive(a, dir)
		err = filepath.WalkDir(outer, func(p string, e os.DirEntry, err error) error {
			rel, _ := filepath.Rel(outer, p)
			parts := strings.Split(filepath.ToSlash(rel), "/")[1:]
			if err != nil || e.IsDir() || len(parts) == 0 {
				return err
			}
			own := slices.Contains([]string{"data", "templates", "catalogue", "tables"}, parts[0]) && len(parts) > 1
			alone := len(parts) == 1 && (parts[0] == archive.ManifestName || parts[0] == archive.ReadmeName)
			hidden := slices.ContainsFunc(parts, func(s string) bool { return s[0] == '.' })
			if !own && !alone || hidden || len(parts) > 9 || !strings.HasPrefix(filepath.ToSlash(rel), "取出/") || !e.Type().IsRegular() {
				t.Fatalf("wrote %q", rel)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
