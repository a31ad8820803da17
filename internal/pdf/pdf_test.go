package pdf

import (
	"bytes"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"yusuan/internal/typeset/font"
	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/unit"
)

func write(t testing.TB, d *page.Document) []byte {
	t.Helper()
	out, err := Write(d, nil)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestShowsWhatWasLaidOut holds that every character comes out again, in order, at its place and under its element.
func TestShowsWhatWasLaidOut(t *testing.T) {
	for _, d := range []*page.Document{sample(t), uneven(t), turned(t), signs(t)} {
		CheckShown(t, d, write(t, d))
	}
}

// CheckShown holds a written file against the pages it was written from, glyph by glyph.
func CheckShown(t testing.TB, d *page.Document, file []byte) {
	t.Helper()
	p := parseFile(t, file)
	fonts := p.fonts()
	for i, n := range p.pages() {
		var got []glyphAt
		for _, s := range p.interpret(p.streams[ref(t, p.objects[n], "Contents")], fonts) {
			got = append(got, s.glyphs...)
		}
		for _, text := range d.Pages[i].Texts {
			x := text.X
			for k, r := range []rune(text.Text) {
				if len(got) == 0 {
					t.Fatalf("page %d ends before %q", i+1, text.Text)
				}
				g := got[0]
				got = got[1:]
				at, along, across := page.Rule{X: x, Y: text.Y}, 0.006, 1e-6
				if d.Pages[i].Turned && !text.Upright {
					at, along, across = d.Pages[i].OnSheet(at), across, along
				}
				wantX, wantY := float64(at.X)/1000, float64(d.Pages[i].Height-at.Y)/1000
				if g.text != string(r) || math.Abs(g.x-wantX) > along || math.Abs(g.y-wantY) > across || math.Abs(g.size-float64(text.Size)/1000) > 1e-9 {
					t.Errorf("page %d: %v of size %g, want %c@%.3f,%.3f of size %v", i+1, g, g.size, r, wantX, wantY, text.Size)
				}
				x += text.Advances[k]
			}
		}
		if len(got) > 0 {
			t.Errorf("page %d shows %v too much", i+1, got)
		}
	}
}

// signs is a page with letters and signs that several faces draw, in every role. Letters of three scripts share glyphs, and
// the two micro signs look alike: each must come out as the one that was typed.
func signs(t testing.TB) *page.Document {
	b := newBuilder(t)
	b.page(unit.A4Width, unit.A4Height, "1")
	for i, role := range []string{"仿宋", "楷体", "宋体", "宋体加粗", "小标宋", "黑体"} {
		elem := b.elem(page.Elem{Kind: page.KindP})
		b.text(role, 10500, 79370, unit.Length(100000+60000*i), 0, elem, "PM₂.₅≤ 35 μg/m³160µg/m³CO₂10⁻³⁰⁹⁺₀₉₋Δ℃‰㎡AΑАoοоBΒВ")
		b.text(role, 10500, 79370, unit.Length(120000+60000*i), 0, elem, "ǹǎɡɑḿㄅあア・ーⅰ︵Жжшω∮≮⊙┼ΦΩ")
	}
	return b.d
}

// turned is a page with matter turned on an upright sheet: two texts of one element about the page number, and a link.
func turned(t testing.TB) *page.Document {
	b := newBuilder(t)
	p := b.page(unit.A4Width, unit.A4Height, "1")
	p.Turned = true
	link := b.elem(page.Elem{Kind: page.KindLink})
	b.text("宋体", 10500, 99213, 79370+9000, 0, link, "表2　部门收入总表")
	b.text("宋体", 14000, 450000, 780000, 0, page.ArtifactFooter, "— 1 —")
	p.Texts[len(p.Texts)-1].Upright = true
	b.text("宋体", 10500, 700000, 500000, 0, link, "4,671.85")
	p.Rules = []page.Rule{{X: 99213, Y: 79370, W: 600000, H: 500}}
	p.Links = []page.Link{{X: 99213, Y: 79370, W: 100000, H: 12000, Elem: link, Contents: "表2"}}
	return b.d
}

// TestTurned wants the head of turned matter at the left of the sheet, reading upwards.
func TestTurned(t *testing.T) {
	d := turned(t)
	p := parseFile(t, write(t, d))
	sheet := p.objects[p.pages()[0]]
	if !bytes.Contains(sheet, []byte("/MediaBox[0 0 595.276 841.89]")) || bytes.Contains(sheet, []byte("/Rotate")) {
		t.Errorf("the sheet is not upright: %s", sheet)
	}
	for _, a := range refs(regexp.MustCompile(`/Annots\[[^]]*\]`).Find(sheet)) {
		if want := "/Rect[79.37 99.213 91.37 199.213]"; !bytes.Contains(p.objects[a], []byte(want)) {
			t.Errorf("%s lacks %s", p.objects[a], want)
		}
	}
}

// uneven is text whose gaps no single character spacing can serve: odd sizes, gaps at some places, squeezed marks.
func uneven(t testing.TB) *page.Document {
	b := newBuilder(t)
	b.page(unit.A4Width, unit.A4Height, "1")
	for i, size := range []unit.Length{10499, 9001, 15750, 7333} {
		y := unit.Length(100000 + 50000*i)
		b.text("宋体", size, 60000, y, unit.Length(i), b.elem(page.Elem{Kind: page.KindP}), strings.Repeat("预算abc，", 8))
		last := &b.d.Pages[0].Texts[len(b.d.Pages[0].Texts)-1]
		last.Advances[0] += 5
		b.text("宋体", size, 60000, y+20000, 0, b.elem(page.Elem{Kind: page.KindP}), strings.Repeat("第二行（）文", 6))
		text := &b.d.Pages[0].Texts[len(b.d.Pages[0].Texts)-1]
		for k := range text.Advances {
			text.Advances[k] += unit.Length([]int{0, 1, -2, 700, -4000, 3}[(k*k+i)%6])
		}
	}
	return b.d
}

// TestSpacing looks at the operators that a justified line gets: one Tc, one Tj.
func TestSpacing(t *testing.T) {
	b := newBuilder(t)
	b.page(unit.A4Width, unit.A4Height, "1")
	b.text("仿宋", 15750, 60000, 100000, 231, b.elem(page.Elem{Kind: page.KindP}), strings.Repeat("预算", 13))
	advances := b.d.Pages[0].Texts[0].Advances
	for i := range advances {
		advances[i] += unit.Length(i % 2) // as layout does to spread the rest of a division
	}
	p := parseFile(t, write(t, b.d))
	content := string(p.streams[ref(t, p.objects[p.pages()[0]], "Contents")])
	if strings.Count(content, " Tc ") != 1 || strings.Count(content, "Tj\n") != 1 || strings.Contains(content, "TJ") {
		t.Errorf("a justified line is written as %q", content)
	}
}

func TestMetadata(t *testing.T) {
	d := sample(t)
	p := parseFile(t, write(t, d))
	catalog := string(p.objects[p.catalog])
	for _, want := range []string{"/Lang(zh-CN)", "/MarkInfo<</Marked true>>", "/DisplayDocTitle true", "/PrintScaling/None", "/Duplex/DuplexFlipLongEdge", "/S/GTS_PDFA1", "/PageMode/UseOutlines",
		"/PageLabels<</Nums[0<<>>2<</S/D/St 1>>]>>"} {
		if !strings.Contains(catalog, want) {
			t.Errorf("the catalog lacks %s: %s", want, catalog)
		}
	}
	xmp := string(p.streams[ref(t, []byte(catalog), "Metadata")])
	for _, want := range []string{
		"示例市𫚭局 2026 年部门预算 &lt;A&amp;B&gt;</rdf:li>", "<rdf:li>示例市财政局</rdf:li>", "<pdf:Keywords>预算, 公开</pdf:Keywords>",
		"<xmp:CreateDate>2026-02-10T00:00:00+08:00</xmp:CreateDate>", "<pdf:Producer>yusuan test</pdf:Producer>",
		"<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>",
	} {
		if !strings.Contains(xmp, want) {
			t.Errorf("the metadata lacks %s: %s", want, xmp)
		}
	}
	info := string(p.objects[p.info])
	title := string(appendText(nil, d.Info.Title))
	for _, want := range []string{"/Title" + title, "/CreationDate(D:20260210000000+08'00')", "/ModDate(D:20260210000000+08'00')", "/Producer(yusuan test)"} {
		if !strings.Contains(info, want) {
			t.Errorf("the information lacks %s: %s", want, info)
		}
	}
	d.Info.Date = time.Time{}
	p = parseFile(t, write(t, d))
	if info := string(p.objects[p.info]); strings.Contains(info, "Date") {
		t.Errorf("a document without a date has one: %s", info)
	}
}

func TestAttachedFiles(t *testing.T) {
	d := sample(t)
	p := parseFile(t, write(t, d))
	specs := refs(regexp.MustCompile(`/AF\[[^]]*\]`).Find(p.objects[p.catalog]))
	if len(specs) != len(d.Files) {
		t.Fatalf("%d of %d files", len(specs), len(d.Files))
	}
	for i, n := range specs {
		f, body := d.Files[i], p.objects[n]
		if got := p.streams[ref(t, body, "UF")]; !bytes.Equal(got, f.Data) {
			t.Errorf("%s holds %q", f.Name, got)
		}
		if want := "/AFRelationship/" + f.Relationship; !bytes.Contains(body, []byte(want)) {
			t.Errorf("%s lacks %s: %s", f.Name, want, body)
		}
	}
	d.Files[1].Name = d.Files[0].Name
	if _, err := Write(d, nil); err == nil {
		t.Error("two files of one name were accepted")
	}
}

func TestPageLabels(t *testing.T) {
	for _, c := range []struct {
		labels []string
		want   string
	}{
		{[]string{"", "", "1", "2", "3"}, "0<<>>2<</S/D/St 1>>"},
		{[]string{"1", "2", "5", "6"}, "0<</S/D/St 1>>2<</S/D/St 5>>"},
		{[]string{"i", "ii", "1", "", "2"}, "0<</P(i)>>1<</P(ii)>>2<</S/D/St 1>>3<<>>4<</S/D/St 2>>"},
		{[]string{"01", "2"}, "0<</P(01)>>1<</S/D/St 2>>"},
	} {
		var pages []page.Page
		for _, l := range c.labels {
			pages = append(pages, page.Page{Label: l})
		}
		if got := string(appendPageLabels(nil, pages)); got != "/PageLabels<</Nums["+c.want+"]>>" {
			t.Errorf("%q: %s", c.labels, got)
		}
	}
}

func TestOutlineLevels(t *testing.T) {
	items, root := link([]page.Bookmark{{Level: 0}, {Level: 2}, {Level: 1}, {Level: 1}, {Level: 0}})
	want := []outlineItem{
		{parent: -1, prev: -1, next: 4, first: 1, last: 3, kids: 3},
		{parent: 0, prev: -1, next: 2, first: -1, last: -1},
		{parent: 0, prev: 1, next: 3, first: -1, last: -1},
		{parent: 0, prev: 2, next: -1, first: -1, last: -1},
		{parent: -1, prev: 0, next: -1, first: -1, last: -1},
	}
	for i := range want {
		if items[i] != want[i] {
			t.Errorf("item %d: %+v, want %+v", i, items[i], want[i])
		}
	}
	if root.first != 0 || root.last != 4 || root.kids != 2 {
		t.Errorf("root: %+v", root)
	}
}

// TestSameBytes holds that neither what was written before, in the same memory, nor what is written at the same time counts.
func TestSameBytes(t *testing.T) {
	docs := []*page.Document{sample(t), turned(t), uneven(t), drawing(t)}
	want := make([][]byte, len(docs))
	for i, d := range docs {
		want[i] = write(t, d)
	}
	var group sync.WaitGroup
	for g := range 8 {
		group.Go(func() {
			var memory Memory
			for i := range 2 * len(docs) {
				k := (g + i*(1+g%2)) % len(docs)
				file, err := Write(docs[k], &memory)
				if err != nil || !bytes.Equal(file, want[k]) {
					t.Errorf("another file for the same document %d (%v)", k, err)
				}
				memory.Reuse(file)
			}
		})
	}
	group.Wait()
}

func TestRefusals(t *testing.T) {
	face := family(t, "宋体").Pick('预')
	text := func(s string, face *font.Face, elem page.ElemID) page.Text {
		return page.Text{Face: face, Size: 9000, Text: s, Advances: make([]unit.Length, utf8.RuneCountInString(s)), Elem: elem}
	}
	for name, spoil := range map[string]func(d *page.Document){
		"missing glyph": func(d *page.Document) { d.Pages[0].Texts[0] = text("\U0001F600", face, 2) },
		"no outlines": func(d *page.Document) {
			d.Pages[0].Texts[0] = text("x", font.NewFixed("x", func(rune) int { return 500 }).Pick('x'), 2)
		},
		"unknown element":    func(d *page.Document) { d.Pages[0].Texts[0] = text("预", face, 9999) },
		"advances":           func(d *page.Document) { d.Pages[0].Texts[0].Advances = nil },
		"child first":        func(d *page.Document) { d.Elems[1].Parent = 5 },
		"no document":        func(d *page.Document) { d.Elems[0].Kind = page.KindP },
		"no pages":           func(d *page.Document) { d.Pages = nil },
		"no title":           func(d *page.Document) { d.Info.Title = "" },
		"link out of range":  func(d *page.Document) { d.Pages[1].Links[0].Page = 99 },
		"link not in Link":   func(d *page.Document) { d.Pages[1].Links[0].Elem = 1 },
		"silent link":        func(d *page.Document) { d.Pages[1].Links[0].Contents = "" },
		"bookmark":           func(d *page.Document) { d.Bookmarks[0].Page = -1 },
		"file relationship":  func(d *page.Document) { d.Files[0].Relationship = "" },
		"header that is not": func(d *page.Document) { d.Elems[len(d.Elems)-1].Headers = []page.ElemID{1} },
	} {
		d := sample(t)
		spoil(d)
		if _, err := Write(d, nil); err == nil {
			t.Errorf("%s: written without an error", name)
		}
	}
}

// TestShellShape holds the finishing pass to fpdf 0.9.0: every byte that fpdf writes is known, and a file that differs
// is refused.
func TestShellShape(t *testing.T) {
	d := sample(t)
	var m scratch
	if _, err := makeShell(d.Pages, &m); err != nil {
		t.Fatal(err)
	}
	file := m.shell
	for _, change := range [][2]string{
		{"%PDF-1.3", "%PDF-1.4"}, {"/Parent 1 0 R", "/Parent 9 0 R"}, {"0.57 w", "0.58 w"}, {"/Count 4", "/Count 5"},
		{"/Font <<", "/Font <</F1 1 0 R"}, {"/Pages 1 0 R", "/Pages 1 0 R/AA 1 0 R"}, {"xref\n0 ", "xref\n1 "}, {"endstream", "endstrea"},
	} {
		if !bytes.Contains(file, []byte(change[0])) {
			t.Errorf("fpdf wrote no %q", change[0])
		}
		if _, err := readShell(bytes.Replace(file, []byte(change[0]), []byte(change[1]), 1), len(d.Pages)); err == nil {
			t.Errorf("%q in place of %q went unnoticed", change[1], change[0])
		}
	}
	for n := 0; n < len(file)-200; n += 97 {
		if _, err := readShell(file[:n], len(d.Pages)); err == nil && n < bytes.LastIndex(file, []byte("xref\n0 ")) {
			t.Errorf("a file cut off at byte %d went unnoticed", n)
		}
	}
}

// TestOtherReaders asks other programs, where they are installed.
func TestOtherReaders(t *testing.T) {
	d := sample(t)
	file := filepath.Join(t.TempDir(), "sample.pdf")
	if err := os.WriteFile(file, write(t, d), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Run("qpdf", func(t *testing.T) {
		qpdf, err := exec.LookPath("qpdf")
		if err != nil {
			t.Skip("qpdf is not installed")
		}
		if out, err := exec.Command(qpdf, "--check", file).CombinedOutput(); err != nil || bytes.Contains(out, []byte("WARNING")) {
			t.Errorf("qpdf: %v\n%s", err, out)
		}
	})
	t.Run("pdftotext", func(t *testing.T) {
		pdftotext, err := exec.LookPath("pdftotext")
		if err != nil {
			t.Skip("pdftotext is not installed")
		}
		out, err := exec.Command(pdftotext, "-enc", "UTF-8", file, "-").CombinedOutput()
		if err != nil {
			t.Fatalf("pdftotext: %v\n%s", err, out)
		}
		squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
		got := squeeze(string(out))
		for _, p := range d.Pages {
			for _, text := range p.Texts {
				if !strings.Contains(got, squeeze(text.Text)) {
					t.Errorf("pdftotext does not find %q", text.Text)
				}
			}
		}
	})
}

func BenchmarkWrite40(b *testing.B) {
	d := long(b, 40)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Write(d, nil); err != nil {
			b.Fatal(err)
		}
	}
}
