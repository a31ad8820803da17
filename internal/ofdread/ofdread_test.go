package ofdread

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"yusuan/fonts"
	"yusuan/internal/ofd"
	"yusuan/internal/shown"
	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/unit"
)

// document is a small document with texts of two faces, one of which has a character beyond the basic plane, rules, a drawing,
// a link, bookmarks, attached files, a turned page and one of another size.
func document(t testing.TB) *page.Document {
	t.Helper()
	lib, err := fonts.Library()
	if err != nil {
		t.Fatal(err)
	}
	d := &page.Document{
		Info: page.Info{Title: "示例 <1>", Lang: "zh-CN", Date: time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC), Program: "test 1.0"},
		Elems: []page.Elem{{Kind: page.KindDocument}, {Kind: page.KindTable}, {Kind: page.KindTR, Parent: 1}, {Kind: page.KindTD, Parent: 2, RowSpan: 2},
			{Kind: page.KindFigure, Label: &page.Label{Alt: "图", Box: &page.Box{X: 100000, Y: 200000, W: 60000, H: 60000}}}, {Kind: page.KindLink}},
		Files: []page.File{
			{Name: "数据 (1).toml", MIME: "application/toml", Relationship: "Source", Data: []byte("名 = \"值\"\r\n\x00")},
			{Name: "a.csv", MIME: "text/csv", Relationship: "Data"},
			{Name: "说明", MIME: "text/plain", Relationship: "Supplement", Data: []byte("x")},
		},
		Bookmarks: []page.Bookmark{{Title: "一", Page: 0}, {Title: "（一）", Level: 1, Page: 1, Y: 100000}},
	}
	for n, text := range []string{"预算<&)(𬭎元，）", "1,234.50", "表"} {
		family, _ := lib.Family([]string{"仿宋", "宋体", "黑体"}[n])
		p := page.Page{Width: unit.A4Width, Height: unit.A4Height, Rules: []page.Rule{{X: 1001, Y: 2003, W: 300007, H: 501}, {X: 5, Y: 7, W: 0, H: 9000}}}
		x := unit.Length(70001)
		var item *page.Text
		for i, r := range []rune(text) {
			face := family.Pick(r)
			advance := unit.Length(16000).Milli(int64(face.RuneAdvance(r))) + unit.Length(137*i)
			if item == nil || item.Face != face {
				p.Texts = append(p.Texts, page.Text{X: x, Y: 100003, Face: face, Size: 16000, Elem: 3})
				item = &p.Texts[len(p.Texts)-1]
			}
			item.Text += string(r)
			item.Advances = append(item.Advances, advance)
			x += advance
		}
		d.Pages = append(d.Pages, p)
	}
	d.Pages[0].Paths = []page.Path{{Color: page.Color{R: 68, G: 114, B: 196}, Elem: 4, Segments: []page.Segment{
		{Step: page.Move, To: page.Point{X: 100001, Y: 200002}}, {Step: page.Line, To: page.Point{X: 150003, Y: 200004}},
		{Step: page.Curve, C: [2]page.Point{{X: 150005, Y: 250006}, {X: 120007, Y: 250008}}, To: page.Point{X: 100009, Y: 250010}}}}}
	d.Pages[0].Links = []page.Link{{X: 70000, Y: 90000, W: 50000, H: 12000, Page: 1, TargetY: 90000, Elem: 5, Contents: "到第二页"}}
	number := d.Pages[1].Texts[0]
	number.Upright, number.X, number.Y, number.Elem = true, 80000, 800000, page.ArtifactFooter
	d.Pages[1].Turned, d.Pages[1].Texts = true, append(d.Pages[1].Texts, number)
	d.Pages[2].Width, d.Pages[2].Height = unit.A4Height, unit.A4Width
	return d
}

func write(t testing.TB, d *page.Document) []byte {
	t.Helper()
	raw, err := ofd.Write(d, ofd.Options{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func open(t testing.TB, raw []byte) *File {
	t.Helper()
	f, err := Open(raw)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// parts are the texts of a page as a package has them: characters beyond the basic plane each by itself.
func parts(p *page.Page) (out []page.Text) {
	for _, x := range p.Texts {
		at, alone := x.X, true
		for i, r := range []rune(x.Text) {
			if r > 0xFFFF || alone {
				out = append(out, page.Text{X: at, Y: x.Y, Face: x.Face, Size: x.Size, Upright: x.Upright})
			}
			alone = r > 0xFFFF
			last := &out[len(out)-1]
			last.Text += string(r)
			last.Advances = append(last.Advances, x.Advances[i])
			at += x.Advances[i]
		}
	}
	return out
}

// TestOwnFiles: all that pages show comes back as layout had it, to the thousandth of a point, and nothing in a file of ours
// is strange.
func TestOwnFiles(t *testing.T) {
	d := document(t)
	f := open(t, write(t, d))
	if f.Plain() {
		t.Error("it claims no archive")
	}
	sheets, err := f.Sheets()
	if err != nil || len(sheets) != len(d.Pages) {
		t.Fatalf("%d pages, %v", len(sheets), err)
	}
	for i := range sheets {
		items, err := f.Items(i)
		if err != nil {
			t.Fatal(err)
		}
		want := &d.Pages[i]
		if sheets[i] != (shown.Sheet{Width: want.Width, Height: want.Height}) || len(items.Foreign) > 0 {
			t.Errorf("page %d: %v, foreign %v", i+1, sheets[i], items.Foreign)
		}
		texts := parts(want)
		if len(texts) != len(items.Runs) {
			t.Fatalf("page %d: %d runs, want %d", i+1, len(items.Runs), len(texts))
		}
		for k, r := range items.Runs {
			x := texts[k]
			n := len(x.Advances) - 1
			if first := items.Runs[0].Mark; (r.Mark == first) != (!x.Upright) {
				t.Errorf("page %d: %q is of piece %d, the text before it of %d", i+1, r.Text, r.Mark, first)
			}
			if (r.ID < 0) != (x.Upright) {
				t.Errorf("page %d: %q has the ID %d", i+1, r.Text, r.ID)
			}
			if r.X != x.X || r.Y != x.Y || r.Size != x.Size || r.Text != x.Text || r.Font.Name != x.Face.Name() || r.Turned != (want.Turned && !x.Upright) ||
				!slices.Equal(r.Advances[:n], x.Advances[:n]) || len(r.Codes) != n+1 {
				t.Errorf("page %d: %+v, want %+v", i+1, r, x)
			}
		}
		var rules []shown.Rect
		for _, r := range want.Rules {
			rules = append(rules, shown.Rect{X: r.X, Y: r.Y, W: r.W, H: r.H, Turned: want.Turned})
		}
		if !slices.Equal(items.Rects, rules) {
			t.Errorf("page %d: rules %v, want %v", i+1, items.Rects, rules)
		}
		if len(items.Paths) != len(want.Paths) {
			t.Fatalf("page %d: paths %v", i+1, items.Paths)
		}
	}
	items, _ := f.Items(0)
	if p := items.Paths[0]; p.Steps != "mlch" || !slices.Equal(p.Points, []unit.Length{100001, 200002, 150003, 200004, 150005, 250006, 120007, 250008, 100009, 250010}) ||
		p.Color != [3]unit.Length{267, 447, 769} {
		t.Errorf("%+v", p)
	}
	if strange, err := f.Strange(); err != nil || len(strange) > 0 {
		t.Errorf("strange %v, %v", strange, err)
	}
	files, err := f.Attachments()
	if err != nil || len(files) != len(d.Files) {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for i, a := range files {
		if a.Name != d.Files[i].Name || a.Relationship != d.Files[i].Relationship || !bytes.Equal(a.Data, d.Files[i].Data) {
			t.Errorf("%q %q, want %q", a.Name, a.Relationship, d.Files[i].Name)
		}
	}
	blocks, err := f.Blocks()
	if err != nil || len(blocks) != 2 || blocks[0].Kind != "TD" || blocks[0].Row != 1 || blocks[0].RowSpan != 2 || blocks[1].Kind != "Figure" {
		t.Fatalf("%+v, %v", blocks, err)
	}
	if c := blocks[1].Content; len(c) != 1 || c[0] != (shown.Content{Page: 0, ID: items.Paths[0].ID}) {
		t.Errorf("the figure is %v", c)
	}
	if c := blocks[0].Content; len(c) != len(parts(&d.Pages[0]))+2 || c[0].ID != items.Runs[0].ID || c[len(c)-1].Page != 2 {
		t.Errorf("the cell is %v", c)
	}
}

// TestPlain: a file that claims the standard alone says so.
func TestPlain(t *testing.T) {
	raw, err := ofd.Write(document(t), ofd.Options{Plain: true}, nil)
	if err != nil {
		t.Fatal(err)
	}
	f := open(t, raw)
	if strange, err := f.Strange(); !f.Plain() || err != nil || len(strange) > 0 {
		t.Errorf("plain %t, strange %v, %v", f.Plain(), strange, err)
	}
}

// TestSubsets: a character is drawn alike whatever else a font of the face holds.
func TestSubsets(t *testing.T) {
	one, two := document(t), document(t)
	for i := range two.Pages[1].Texts {
		two.Pages[1].Texts[i].Text = "1,204.50"
	}
	a, b := open(t, write(t, one)), open(t, write(t, two))
	x, errX := a.Items(1)
	y, errY := b.Items(1)
	if errX != nil || errY != nil {
		t.Fatal(errX, errY)
	}
	f, g := x.Runs[0].Font, y.Runs[0].Font
	for i, code := range x.Runs[0].Codes {
		want := shown.DrawnAlike
		if strings.ContainsRune("3", []rune(x.Runs[0].Text)[i]) {
			want = shown.NotDrawn
		}
		if how := f.Draws(int(code), g); how != want {
			t.Errorf("%q: %d", f.Text(int(code)), how)
		}
	}
	if len(x.Runs[0].Codes) != 8 {
		t.Error("no codes")
	}
}
