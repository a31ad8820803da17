package build_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"yusuan/internal/build"
	"yusuan/internal/compare"
	"yusuan/internal/redline"
	"yusuan/internal/typeset/layout"
	"yusuan/internal/typeset/page"
)

// oneAmount are two documents that differ by one amount, and the marked pages of the second.
func oneAmount(t *testing.T) (old, fresh *build.Work, r *compare.Result, l *redline.Laid) {
	t.Helper()
	old = good(t, sample)
	fresh = good(t, sample, [3]string{"basic.toml", `economic = "30201", amount = 1671540 }`, `economic = "30201", amount = 1681540 }`})
	r = roughly(old, fresh)
	return old, fresh, r, fresh.Redline(r)
}

// roughly compares the numbers of two documents, for tests of what is made of a result.
func roughly(old, fresh *build.Work) *compare.Result {
	r := &compare.Result{Old: compare.Document{Name: "昨天/338"}, New: compare.Document{Name: "data/2026/338"}}
	r.Causes = []compare.Cause{{Title: "基本支出 30201 办公费", Old: "1671540元", New: "1681540元", Money: true}}
	was := map[string]string{}
	eachNumber(old, func(of int32, printed string) { was[old.NameOf(of)] = printed })
	eachNumber(fresh, func(of int32, printed string) {
		name := fresh.NameOf(of)
		if before, ok := was[name]; name != "" && ok && before != printed {
			r.Cells = append(r.Cells, compare.Cell{Name: name, Part: "表", Row: name, Old: before, New: printed, HasOld: true, HasNew: true,
				Causes: []int{1}, Spots: []compare.Spot{{Of: of}}})
		}
	})
	return r
}

func eachNumber(w *build.Work, fn func(of int32, printed string)) {
	const words, cells, each = 1, 1 << 24, 1 << 13
	for _, from := range []int32{words, cells} {
		for of := from; of < from+each; of++ {
			if a, ok := w.Numbers.At(of); ok {
				fn(of, a.Value.Printed)
			}
		}
	}
}

// textsOf are the texts of a page with their places.
func textsOf(pg *page.Page) (out []page.Text) {
	for _, t := range pg.Texts {
		t.Advances = nil
		out = append(out, t)
	}
	return out
}

// TestMarkedPages: marked pages are those of the new document with more on them, and the pages that bear bars are exactly those
// whose texts are others than in the old document.
func TestMarkedPages(t *testing.T) {
	old, fresh, r, l := oneAmount(t)
	if len(r.Cells) < 60 {
		t.Fatal(len(r.Cells), "numbers")
	}
	before, _ := layout.Lay(old.Tree, shared(t).Fonts.Family)
	plain, _ := layout.Lay(fresh.Tree, shared(t).Fonts.Family)
	marked := l.Marked("test 1")
	if len(marked.Pages) <= len(plain.Pages) || len(before.Pages) != len(plain.Pages) {
		t.Fatal(len(marked.Pages), "marked pages of", len(plain.Pages))
	}
	bore := 0
	for i := range plain.Pages {
		pg, want := &marked.Pages[i], &plain.Pages[i]
		if got := textsOf(pg)[:len(want.Texts)]; !slices.EqualFunc(got, textsOf(want), func(a, b page.Text) bool {
			return a.X == b.X && a.Y == b.Y && a.Text == b.Text && a.Elem == b.Elem && a.Face.Name() == b.Face.Name()
		}) || pg.Turned != want.Turned || pg.Label != want.Label {
			t.Errorf("page %d is not the document's", i+1)
		}
		if got := pg.Rules[:len(want.Rules)]; !slices.Equal(got, want.Rules) {
			t.Errorf("page %d has other rules than the document's", i+1)
		}
		texts := func(p *page.Page) (out []string) {
			for k := range p.Texts {
				out = append(out, p.Texts[k].Text)
			}
			return out
		}
		differs, bears := !slices.Equal(texts(&before.Pages[i]), texts(want)), len(pg.Rules) > len(want.Rules)
		if differs != bears {
			t.Errorf("page %d: texts differ %v, marks %v", i+1, differs, bears)
		}
		if bears {
			bore++
		}
	}
	if bore < 8 {
		t.Error(bore, "pages with marks")
	}
}

// TestMarkedIsNoDocument: the file of marked pages says what it is, claims no standard and carries no data; it is the same every
// time, and other programs open it.
func TestMarkedIsNoDocument(t *testing.T) {
	_, fresh, _, l := oneAmount(t)
	raw, err := fresh.MarkedPDF(l)
	if err != nil {
		t.Fatal(err)
	}
	for _, claim := range []string{"pdfaid", "pdfuaid", "GTS_PDFA", "EmbeddedFile", "/AF["} {
		if bytes.Contains(raw, []byte(claim)) {
			t.Errorf("the file has %s", claim)
		}
	}
	for _, want := range []string{"<xmp:Label>对照稿</xmp:Label>", ">对照稿　武汉市"} {
		if !bytes.Contains(raw, []byte(want)) {
			t.Errorf("the file has no %s", want)
		}
	}
	again, err := fresh.MarkedPDF(l)
	if err != nil || !bytes.Equal(raw, again) {
		t.Error("another time, another file", err)
	}
	_, fresh, _, l = oneAmount(t)
	if again, err = fresh.MarkedPDF(l); err != nil || !bytes.Equal(raw, again) {
		t.Error("the same documents, another file", err)
	}
	file := filepath.Join(t.TempDir(), "marked.pdf")
	if err := os.WriteFile(file, raw, 0o666); err != nil {
		t.Fatal(err)
	}
	t.Run("qpdf", func(t *testing.T) {
		if _, err := exec.LookPath("qpdf"); err != nil {
			t.Skip("qpdf is not installed")
		}
		if out, err := exec.Command("qpdf", "--check", file).CombinedOutput(); err != nil || bytes.Contains(out, []byte("WARNING")) {
			t.Errorf("%v\n%s", err, out)
		}
	})
	t.Run("PDFium", func(t *testing.T) {
		const script = "import sys, pypdfium2\nd = pypdfium2.PdfDocument(sys.argv[1])\nfor p in d: assert min(bytes(p.render(scale=0.5).buffer)) < 100\nprint(len(d), d[0].get_textpage().get_text_range())"
		if exec.Command("python3", "-c", "import pypdfium2").Run() != nil {
			t.Skip("pypdfium2 is not installed")
		}
		out, err := exec.Command("python3", "-c", script, file).CombinedOutput()
		if err != nil || !strings.Contains(string(out), "不是公开文件") {
			t.Errorf("%v\n%s", err, out)
		}
	})
}
