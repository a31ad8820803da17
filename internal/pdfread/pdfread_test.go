package pdfread

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"yusuan/fonts"
	"yusuan/internal/pdf"
	"yusuan/internal/shown"
	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/unit"
)

// document is a small document with text of two faces, rules and attached files.
func document(t testing.TB) *page.Document {
	t.Helper()
	lib, err := fonts.Library()
	if err != nil {
		t.Fatal(err)
	}
	d := &page.Document{
		Info:  page.Info{Title: "示例 (1)", Lang: "zh-CN", Date: time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC), Program: "test"},
		Elems: []page.Elem{{Kind: page.KindDocument}, {Kind: page.KindP}},
		Files: []page.File{
			{Name: "数据 (1).toml", MIME: "application/toml", Relationship: "Source", Data: []byte("名 = \"值\"\r\n\x00")},
			{Name: "a.csv", MIME: "text/csv", Relationship: "Data"},
		},
	}
	for n, text := range []string{"预算\\)(𬭎", "1,234.50"} {
		role := []string{"仿宋", "宋体"}[n]
		family, _ := lib.Family(role)
		p := page.Page{Width: unit.A4Width, Height: unit.A4Height, Rules: []page.Rule{{X: 1000, Y: 2000, W: 300000, H: 500}}}
		x := unit.Length(70000)
		for i, r := range []rune(text) {
			face := family.Pick(r)
			advance := unit.Length(16000).Milli(int64(face.RuneAdvance(r))) + unit.Length(137*i)
			p.Texts = append(p.Texts, page.Text{X: x, Y: 100000, Face: face, Size: 16000, Text: string(r), Advances: []unit.Length{advance}, Elem: 1})
			x += advance
		}
		d.Pages = append(d.Pages, p)
	}
	return d
}

func write(t testing.TB, d *page.Document) []byte {
	t.Helper()
	raw, err := pdf.Write(d, nil)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// same holds a file against the document that it was written from.
func same(t *testing.T, raw []byte, d *page.Document) {
	t.Helper()
	f, err := Open(raw)
	if err != nil {
		t.Fatal(err)
	}
	pages, err := f.Pages()
	if err != nil || len(pages) != len(d.Pages) {
		t.Fatalf("%d pages, %v", len(pages), err)
	}
	for i := range pages {
		items, err := f.items(&pages[i])
		if err != nil {
			t.Fatal(err)
		}
		want := &d.Pages[i]
		if pages[i].Width != want.Width || pages[i].Height != want.Height || len(items.Runs) != len(want.Texts) {
			t.Fatalf("page %d: %s × %s, %d runs", i+1, pages[i].Width, pages[i].Height, len(items.Runs))
		}
		for k, r := range items.Runs {
			x := want.Texts[k]
			if r.X != x.X || r.Y != x.Y || r.Size != x.Size || r.Text != x.Text || r.Font.Name != x.Face.Name() || r.Mark == 0 || r.Turned != (want.Turned && !x.Upright) {
				t.Errorf("page %d: %s %s,%s %q, want %s %s,%s %q", i+1, r.Font.Name, r.X, r.Y, r.Text, x.Face.Name(), x.X, x.Y, x.Text)
			}
		}
		if !slices.Equal(items.Rects, []shown.Rect{{X: 1000, Y: 2000, W: 300000, H: 500, Turned: want.Turned}}) {
			t.Errorf("page %d: rules %v", i+1, items.Rects)
		}
	}
	files, err := f.Attachments()
	if err != nil || len(files) != len(d.Files) {
		t.Fatalf("%d attached files, %v", len(files), err)
	}
	for _, a := range files {
		i := slices.IndexFunc(d.Files, func(x page.File) bool { return x.Name == a.Name })
		if i < 0 || !bytes.Equal(a.Data, d.Files[i].Data) || a.Relationship != d.Files[i].Relationship {
			t.Errorf("attached file %q of %d bytes, %s", a.Name, len(a.Data), a.Relationship)
		}
	}
}

func TestOwnFiles(t *testing.T) {
	d := document(t)
	same(t, write(t, d), d)
}

// TestTurnedMatter reads the matter of a turned page where it stands on the matter, and its number where it stands on the
// sheet. Turned by anything else than what this program writes, it is a stranger's.
func TestTurnedMatter(t *testing.T) {
	d := document(t)
	p := &d.Pages[0]
	p.Turned = true
	number := p.Texts[len(p.Texts)-1]
	number.Upright, number.X, number.Y, number.Elem = true, 80000, 800000, page.ArtifactFooter
	p.Texts = append(p.Texts, number)
	raw := write(t, d)
	same(t, raw, d)
	for _, c := range []struct{ old, with, want string }{
		{"", "", ""},
		{"q 0 1 -1 0 ", "q 0 2 -2 0 ", "cm"},
		{"q 0 1 -1 0 595.276 0 cm", "q 0 1 -1 0 9.276 0 cm", "cm"},
		{"q 0 1 -1 0 595.276 0 cm", "0 1 -1 0 595.276 0 cm", "cm"},
		{"Q\n", "Q Q\n", "Q"},
		{"q 0", "q 1 g 0", "q"},
		{"q 0", "q q 0", "q"},
	} {
		f, err := Open(raw)
		if err != nil {
			t.Fatal(err)
		}
		pages, err := f.Pages()
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Contains(pages[0].Content, []byte(c.old)) {
			t.Fatalf("the page has no %q", c.old)
		}
		pages[0].Content = bytes.Replace(pages[0].Content, []byte(c.old), []byte(c.with), 1)
		items, err := f.items(&pages[0])
		if err != nil || strings.Join(items.Foreign, " ") == "" != (c.want == "") || c.want != "" && !slices.Contains(items.Foreign, c.want) {
			t.Errorf("%q for %q: foreign %v, want %q (%v)", c.with, c.old, items.Foreign, c.want, err)
		}
	}
}

// TestDrawings reads filled paths with their colours. Colours of texts and rectangles are none of ours.
func TestDrawings(t *testing.T) {
	d := document(t)
	d.Elems = append(d.Elems, page.Elem{Kind: page.KindFigure, Label: &page.Label{Alt: "图", Box: &page.Box{}}})
	at := func(x, y unit.Length) page.Point { return page.Point{X: x, Y: y} }
	d.Pages[0].Paths = []page.Path{{Color: page.Color{R: 255, G: 51}, Elem: 2, Segments: []page.Segment{
		{Step: page.Move, To: at(1, 2)}, {Step: page.Line, To: at(3, 4)},
		{Step: page.Move, To: at(5, 6)}, {Step: page.Curve, C: [2]page.Point{at(7, 8), at(9, 10)}, To: at(11, 12)},
	}}}
	raw := write(t, d)
	same(t, raw, d)
	read := func(change func(*Page)) *shown.Items {
		f, err := Open(raw)
		if err != nil {
			t.Fatal(err)
		}
		pages, err := f.Pages()
		if err != nil {
			t.Fatal(err)
		}
		change(&pages[0])
		items, err := f.items(&pages[0])
		if err != nil {
			t.Fatal(err)
		}
		return items
	}
	items := read(func(*Page) {})
	want := []shown.Path{{Color: [3]unit.Length{1000, 200, 0}, Steps: "mlhmch", Points: []unit.Length{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, Mark: 2, ID: 0}}
	if !reflect.DeepEqual(items.Paths, want) || len(items.Foreign) > 0 {
		t.Errorf("%+v, foreign %v", items.Paths, items.Foreign)
	}
	white := read(func(p *Page) { p.Content = bytes.Replace(p.Content, []byte("EMC 0 g"), []byte("EMC 1 g"), 1) })
	if !slices.Contains(white.Foreign, "rg Tj") {
		t.Errorf("white text passes: %v", white.Foreign)
	}
	red := read(func(p *Page) { p.Content = append([]byte("1 0 0 rg\n"), p.Content...) })
	if !slices.Contains(red.Foreign, "rg re") {
		t.Errorf("red rules pass: %v", red.Foreign)
	}
}

// TestOtherPrograms reads what qpdf makes of our files: cross-reference tables, predictors, object streams of its own.
func TestOtherPrograms(t *testing.T) {
	qpdf, err := exec.LookPath("qpdf")
	if err != nil {
		t.Skip("qpdf is not at hand")
	}
	d := document(t)
	in := filepath.Join(t.TempDir(), "in.pdf")
	if err := os.WriteFile(in, write(t, d), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{}, {"--object-streams=disable"}, {"--object-streams=generate", "--recompress-flate"}, {"--qdf"}, {"--linearize"}} {
		out := filepath.Join(t.TempDir(), "out.pdf")
		if msg, err := exec.Command(qpdf, append(args, in, out)...).CombinedOutput(); err != nil {
			t.Fatalf("qpdf %v: %v %s", args, err, msg)
		}
		raw, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(fmt.Sprint(args), func(t *testing.T) { same(t, raw, d) })
	}
}

func TestObjects(t *testing.T) {
	for _, c := range []struct {
		in   string
		want any
	}{
		{"12", Int(12)}, {"-7", Int(-7)}, {"+0", Int(0)}, {"1.5", Real(1500000)}, {"-.002", Real(-2000)}, {"4.", Real(4000000)},
		{"0.1234567", Real(123456)}, {"true", true}, {"null", nil}, {"/A#20B", Name("A B")}, {"/", Name("")},
		{"(a(b)c)", String("a(b)c")}, {`(\(\)\\\n\101\7)`, String("()\\\nA\a")}, {"(a\\\r\nb)", String("ab")},
		{"<48 65 6C6>", String("Hel`")}, {"[1 [2]]", Array{Int(1), Array{Int(2)}}}, {"5 0 R", Ref(5)}, {"[5 0 R 5]", Array{Ref(5), Int(5)}},
		{"<</A 1/B[/C]>>", Dict{"A": Int(1), "B": Array{Name("C")}}}, {"% note\n 3", Int(3)},
	} {
		l := lexer{b: []byte(c.in)}
		got, err := l.object(0, true)
		if err != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%q: %#v, %v; want %#v", c.in, got, err, c.want)
		}
	}
	for _, bad := range []string{"", "(a", "<4", "<4X>", "[1", "<</A", "<<1 2>>", ")", "1.2.3", "--1", "1e5", "/A#4", "/A#GG",
		"99999999999999999", strings.Repeat("[", 100000)} {
		l := lexer{b: []byte(bad)}
		if got, err := l.object(0, true); err == nil {
			t.Errorf("%.20q: %v", bad, got)
		}
	}
}

func TestTextStrings(t *testing.T) {
	if s := String("\xFE\xFF\x98\x84\xD8\x72\xDF\x4E").Text(); s != "预\U0002CB4E" {
		t.Errorf("%q", s)
	}
	if s := String("a.csv").Text(); s != "a.csv" {
		t.Errorf("%q", s)
	}
}

func TestPredictors(t *testing.T) {
	parms := Dict{"Predictor": Int(12), "Columns": Int(3)}
	in := []byte{0, 1, 2, 3, 1, 1, 1, 1, 2, 1, 1, 1, 3, 2, 2, 2, 4, 1, 1, 1}
	got, err := unpredict(in, parms)
	want := []byte{1, 2, 3, 1, 2, 3, 2, 3, 4, 3, 5, 6, 4, 6, 7}
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("%v, %v; want %v", got, err, want)
	}
	for _, bad := range []Dict{{"Predictor": Int(2)}, {"Predictor": Int(12), "Columns": Int(0)}, {"Predictor": Int(12), "Columns": Int(7)}} {
		if _, err := unpredict(in, bad); err == nil {
			t.Errorf("%v is accepted", bad)
		}
	}
	if _, err := unpredict([]byte{9, 1, 2, 3}, parms); err == nil {
		t.Error("a row of unknown kind is accepted")
	}
}

// TestHostile holds that files made to hang or to fill memory are refused.
func TestHostile(t *testing.T) {
	file := func(objects ...string) []byte {
		b := []byte("%PDF-1.7\n")
		var table strings.Builder
		for i, o := range objects {
			fmt.Fprintf(&table, "%010d 00000 n \n", len(b))
			b = fmt.Appendf(b, "%d 0 obj\n%s\nendobj\n", i+1, o)
		}
		at := len(b)
		return fmt.Appendf(b, "xref\n1 %d\n%strailer\n<</Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(objects), table.String(), at)
	}
	for _, c := range []struct {
		name string
		raw  []byte
	}{
		{"pages in a circle", file("<</Pages 2 0 R>>", "<</Kids[2 0 R]>>")},
		{"names in a circle", file("<</Pages 3 0 R/Names<</EmbeddedFiles 2 0 R>>>>", "<</Kids[2 0 R 2 0 R]>>", "<</Kids[]>>")},
		{"a reference to itself", file("<</Pages 2 0 R>>", "2 0 R")},
		{"a stream longer than the file", file("<</Pages 2 0 R>>", "<</MediaBox[0 0 9 9]/Contents 3 0 R>>", "<</Length 999999>>\nstream\nx\nendstream")},
		{"another filter", file("<</Pages 2 0 R>>", "<</MediaBox[0 0 9 9]/Contents 3 0 R>>", "<</Length 1/Filter/LZWDecode>>\nstream\nx\nendstream")},
		{"one object thousands of times", file("<</Pages 2 0 R>>", "<</MediaBox[0 0 9 9]/Annots["+strings.Repeat("3 0 R ", 5000)+"]>>",
			"<</Subtype/Link/F 4/Border[0 0 0]/Rect["+strings.Repeat("0 ", 20000)+"]>>")},
		{"no size", file("<</Pages 2 0 R>>", "<</Contents 3 0 R>>", "null")},
	} {
		f, err := Open(c.raw)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		_, err1 := f.Pages()
		_, err2 := f.Attachments()
		if err1 == nil && err2 == nil {
			t.Errorf("%s is accepted", c.name)
		}
	}
	for _, raw := range []string{"", "%PDF-1.7\n", "%PDF-1.7\nstartxref\n9\n", "%PDF-1.7\nstartxref\n999999\n", "%PDF-1.7\nstartxref\n-5\n",
		"%PDF-1.7\nxref\n0 99999999\ntrailer\n<<>>\nstartxref\n9\n", "%PDF-1.7\nxref\n0 0\ntrailer\n<</Prev 9>>\nstartxref\n9\n",
		"%PDF-1.7\nxref\n0 0\ntrailer\n<</Encrypt 1 0 R>>\nstartxref\n9\n"} {
		if _, err := Open([]byte(raw)); err == nil {
			t.Errorf("%q is accepted", raw)
		}
	}
}

// FuzzOpen: whatever the bytes, reading ends and nothing panics.
func FuzzOpen(f *testing.F) {
	f.Add(write(f, document(f)))
	f.Add([]byte("%PDF-1.7\n1 0 obj\n<</Pages 2 0 R>>\nendobj\nxref\n0 0\n1 1\n0000000009 00000 n \ntrailer\n<</Root 1 0 R>>\nstartxref\n45\n%%EOF\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		file, err := Open(raw)
		if err != nil {
			return
		}
		_, _ = file.Attachments()
		pages, err := file.Pages()
		if err != nil {
			return
		}
		for i := range pages {
			items, err := file.Items(i)
			if err != nil {
				continue
			}
			for _, r := range items.Runs {
				if n := len([]rune(r.Text)); n != len(r.Advances) {
					t.Fatalf("%q has %d advances", r.Text, len(r.Advances))
				}
			}
		}
	})
}

// FuzzContent: so with the content of a page.
func FuzzContent(f *testing.F) {
	f.Add([]byte("/P<</MCID 0>>BDC BT\n/F1 16 Tf 70 700 Td 0.1 Tc [(\\000\\001)-120(\\000\\002)]TJ\nET EMC\n1 2 3 4 re f"))
	file, err := Open(write(f, document(f)))
	if err != nil {
		f.Fatal(err)
	}
	pages, err := file.Pages()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		p := pages[0]
		p.Content = content
		if _, err := file.items(&p); err != nil {
			t.Fatal(err)
		}
	})
}
