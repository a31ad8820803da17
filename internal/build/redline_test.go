package build_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"yusuan/internal/build"
	"yusuan/internal/compare"
	"yusuan/internal/redline"
	"yusuan/internal/testdept"
	"yusuan/internal/typeset/layout"
	"yusuan/internal/typeset/page"
)

// oneAmount are two documents that differ by one amount, and the marked pages of the second.
func oneAmount(t *testing.T) (old, fresh *build.Work, r *compare.Result, l *redline.Laid) {
	t.Helper()
	old = sampleWork(t)
	fresh = sampleWork(t, [3]string{"basic.toml", "amount = 1671540", "amount = 1681540"})
	r = compare.Compare(old.Side("昨天/338"), fresh.Side("data/2026/338"))
	return old, fresh, r, fresh.Redline(r)
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
	if len(r.Cells) != 62 || len(r.Causes) != 1 {
		t.Fatal(len(r.Cells), "numbers,", len(r.Causes), "causes")
	}
	before, _ := layout.Lay(old.Tree, shared(t).Fonts.Family)
	plain, _ := layout.Lay(fresh.Tree, shared(t).Fonts.Family)
	marked := l.Marked("test 1")
	if len(marked.Pages) <= len(plain.Pages) || len(before.Pages) != len(plain.Pages) {
		t.Fatal(len(marked.Pages), "marked pages of", len(plain.Pages))
	}
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
	}
	if bore := samePages(t, before, plain, marked); bore != 12 {
		t.Error(bore, "pages with marks")
	}
	for list, n := range []int{len(r.Cells), len(r.Sentences)} {
		for i := range n {
			if pages := l.PagesOf(redline.List(list), i); len(pages) != 1 || pages[0].Label == "" {
				t.Errorf("effect %d of list %d stands on %v", i, list, pages)
			}
		}
	}
}

// samePages holds that the pages with marks are those whose texts are others than they were, and counts them. Where an older
// document has other pages, or as many as went over to the next, only that marks stand where something differs.
func samePages(t *testing.T, before, plain, marked *page.Document) (bore int) {
	t.Helper()
	texts := func(p *page.Page) (out []string) {
		for k := range p.Texts {
			out = append(out, p.Texts[k].Text)
		}
		return out
	}
	all := map[string]bool{}
	for i := range before.Pages {
		all[strings.Join(texts(&before.Pages[i]), "\n")] = true
	}
	same := len(before.Pages) == len(plain.Pages)
	for i := range plain.Pages {
		same = same && len(before.Pages[i].Texts) == len(plain.Pages[i].Texts)
	}
	for i := range plain.Pages {
		differs := !all[strings.Join(texts(&plain.Pages[i]), "\n")]
		bears := len(marked.Pages[i].Rules)+len(marked.Pages[i].Paths) > len(plain.Pages[i].Rules)+len(plain.Pages[i].Paths)
		if bears && !differs || differs && !bears && same {
			t.Errorf("page %d: texts differ %v, marks %v", i+1, differs, bears)
		}
		if bears {
			bore++
		}
	}
	return bore
}

// TestMarksOfDepartments: whatever amounts of whatever departments change, all that is said of the new document is found on its
// pages, and marks stand on pages that differ.
func TestMarksOfDepartments(t *testing.T) {
	amount := regexp.MustCompile(`amount( *)= (\d+)`)
	s, marks := shared(t), 0
	for seed := range uint64(24) {
		files := testdept.Files(seed)
		old, fresh := fstest.MapFS{}, fstest.MapFS{}
		for name, raw := range files {
			old["d/"+name] = &fstest.MapFile{Data: raw}
			n := 0
			fresh["d/"+name] = &fstest.MapFile{Data: amount.ReplaceAllFunc(raw, func(m []byte) []byte {
				if n++; uint64(n)%7 != seed%7 {
					return m
				}
				return append(m, '0')
			})}
		}
		var works [2]*build.Work
		for i, data := range []fstest.MapFS{old, fresh} {
			w, err := s.Check(build.Input{Data: data, Dir: "d"})
			if err != nil || w.Tree == nil {
				t.Fatal(seed, err, w.Diags)
			}
			works[i] = w
		}
		r := compare.Compare(works[0].Side("甲"), works[1].Side("乙"))
		l := works[1].Redline(r)
		for list, spots := range [][][]compare.Spot{spotsOf(r.Cells, func(x compare.Cell) []compare.Spot { return x.Spots }), spotsOf(r.Sentences, func(x compare.Sentence) []compare.Spot { return x.Spots }),
			spotsOf(r.Rows, func(x compare.Row) []compare.Spot { return x.Spots }), spotsOf(r.Parts, func(x compare.Part) []compare.Spot { return x.Spots })} {
			for i := range spots {
				if len(spots[i]) > 0 && len(l.PagesOf(redline.List(list), i)) == 0 {
					t.Errorf("department %d: effect %d of list %d stands on no page", seed, i, list)
				}
			}
		}
		before, _ := layout.Lay(works[0].Tree, s.Fonts.Family)
		plain, _ := layout.Lay(works[1].Tree, s.Fonts.Family)
		marks += samePages(t, before, plain, l.Marked("test"))
	}
	if marks < 100 {
		t.Error(marks, "pages with marks")
	}
}

func spotsOf[T any](list []T, of func(T) []compare.Spot) (out [][]compare.Spot) {
	for _, x := range list {
		out = append(out, of(x))
	}
	return out
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
