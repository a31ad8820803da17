package testofd

import (
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"yusuan/internal/typeset/page"
)

// Drawing is a document in both forms, of one layout.
type Drawing struct {
	Name     string
	Doc      *page.Document // what ofdrw is to read of it, too: texts, outline, files; nil is not compared
	OFD, PDF []byte
	AsPDF    bool // compare what ofdrw makes of the OFD as PDF, too, but for the turned pages of Doc, which it gets wrong
}

// Differences are what ofdrw draws of OFD files and poppler does not draw of the PDF files beside them, and the other way: one
// offset a page that differs, and pages that are compared. The test skips where one of them is not at hand.
func Differences(t testing.TB, docs []Drawing) (differ []string, pages int) {
	t.Helper()
	jars, err := filepath.Abs("../../build/ofdrw")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(jars, "Draw.class")); err != nil {
		t.Skip("no ofdrw here (bash .ci/ofd/install gets it)")
	}
	for _, program := range []string{"java", "pdftoppm"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skip("no " + program + " here")
		}
	}
	for some := range slices.Chunk(docs, 8) { // a page is a megabyte
		d, n := differences(t, jars, some)
		differ, pages = append(differ, d...), pages+n
	}
	return differ, pages
}

func differences(t testing.TB, jars string, docs []Drawing) (differ []string, pages int) {
	t.Helper()
	root := t.TempDir()
	defer os.RemoveAll(root)
	args := []string{"-Xmx2g", "-Djava.awt.headless=true", "-Djava.io.tmpdir=" + root, "-cp", filepath.Join(jars, "lib", "*") + string(filepath.ListSeparator) + jars, "Draw"}
	var dirs []string
	for i, d := range docs {
		dir := filepath.Join(root, fmt.Sprint(i))
		files := map[string][]byte{"in.ofd": d.OFD, "in.pdf": d.PDF}
		if d.AsPDF {
			files["pdf"] = nil
		}
		if err := os.Mkdir(dir, 0o777); err != nil {
			t.Fatal(err)
		}
		for name, raw := range files {
			if err := os.WriteFile(filepath.Join(dir, name), raw, 0o666); err != nil {
				t.Fatal(err)
			}
		}
		dirs = append(dirs, dir)
	}
	if out, err := exec.Command("java", append(args, dirs...)...).CombinedOutput(); err != nil {
		t.Fatalf("ofdrw: %v\n%s", err, out)
	}
	for i, d := range docs {
		want := poppler(t, dirs[i], "in.pdf", "pdf")
		got := pictures(t, filepath.Join(dirs[i], "[0-9]*.pgm"))
		differ = append(differ, compared(d.Name, got, want)...)
		pages += len(want)
		if d.AsPDF {
			got = poppler(t, dirs[i], "out.pdf", "out")
			for k := range got {
				if d.Doc != nil && k < len(want) && d.Doc.Pages[k].Turned {
					got[k], want[k] = &picture{}, &picture{}
				}
			}
			differ = append(differ, compared(d.Name+", as PDF of ofdrw", got, want)...)
		}
		if d.Doc != nil {
			differ = append(differ, misread(t, d, filepath.Join(dirs[i], "read.txt"))...)
		}
	}
	return differ, pages
}

// misread is the first line of what ofdrw reads that is not what the pages have.
func misread(t testing.TB, d Drawing, file string) []string {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	got, want := strings.Split(strings.TrimSuffix(string(raw), "\n"), "\n"), readings(d.Doc)
	for i := range max(len(got), len(want)) {
		if i >= len(got) || i >= len(want) || got[i] != want[i] {
			return []string{fmt.Sprintf("%s: ofdrw reads %q, not %q", d.Name, got[min(i, len(got)):min(i+1, len(got))], want[min(i, len(want)):min(i+1, len(want))])}
		}
	}
	return nil
}

// readings are what Draw.java writes of what it reads.
func readings(d *page.Document) (out []string) {
	for i, p := range d.Pages {
		var s strings.Builder
		for _, x := range p.Texts {
			s.WriteString(x.Text)
		}
		out = append(out, fmt.Sprintf("page\t%d\t%s", i+1, s.String()))
	}
	for _, b := range d.Bookmarks {
		out = append(out, fmt.Sprintf("outline\t%d\t%s\t%d", b.Level, b.Title, b.Page+1))
	}
	for _, f := range d.Files {
		out = append(out, fmt.Sprintf("file\t%s\t%x", strings.TrimSuffix(f.Name, path.Ext(f.Name)), sha256.Sum256(f.Data)))
	}
	return out
}

// poppler draws a PDF at 4 pixels a millimetre.
func poppler(t testing.TB, dir, file, as string) []*picture {
	t.Helper()
	c := exec.Command("pdftoppm", "-r", "101.6", "-gray", file, as)
	c.Dir = dir
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("pdftoppm: %v\n%s", err, out)
	}
	return pictures(t, filepath.Join(dir, as+"-*.pgm"))
}

func pictures(t testing.TB, pattern string) (out []*picture) {
	t.Helper()
	names, err := filepath.Glob(pattern)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		p, err := readPGM(raw)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		out = append(out, p)
	}
	return out
}

// compared is one offset for each page whose ink differs.
func compared(name string, ofd, pdf []*picture) (out []string) {
	if len(ofd) != len(pdf) {
		return []string{fmt.Sprintf("%s: %d pages are drawn of the OFD, %d of the PDF", name, len(ofd), len(pdf))}
	}
	for i := range ofd {
		var words []string
		if n, x, y := ofd[i].only(pdf[i]); n > 0 {
			words = append(words, fmt.Sprintf("%d pixels of the OFD only, the first at %d,%d", n, x, y))
		}
		if n, x, y := pdf[i].only(ofd[i]); n > 0 {
			words = append(words, fmt.Sprintf("%d pixels of the PDF only, the first at %d,%d", n, x, y))
		}
		if len(words) > 0 {
			out = append(out, fmt.Sprintf("%s, page %d: %s", name, i+1, strings.Join(words, "; ")))
		}
	}
	return out
}
