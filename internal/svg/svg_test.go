package svg

import (
	"encoding/xml"
	"strings"
	"testing"

	"yusuan/fonts"
	"yusuan/internal/diag"
	"yusuan/internal/typeset/font"
	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/unit"
)

func pick(t testing.TB, role string, r rune) *font.Face {
	t.Helper()
	l, err := fonts.Library()
	if err != nil {
		t.Fatal(err)
	}
	f, ok := l.Family(role)
	if !ok || f.Pick(r) == nil {
		t.Fatalf("no %c in %s", r, role)
	}
	return f.Pick(r)
}

// run is a text whose characters stand in a row, each as wide as is given.
func run(face *font.Face, x, y unit.Length, text string, advances ...unit.Length) page.Text {
	return page.Text{X: x, Y: y, Face: face, Size: 10500, Text: text, Advances: advances}
}

func names(f *font.Face) string { return f.Name() }

// handmade is a page with all that a page may have.
func handmade(t testing.TB) *page.Page {
	song, latin := pick(t, "宋体", '国'), pick(t, "宋体", '1')
	upright := run(latin, 500, 100, "7", 5250)
	upright.Upright = true
	return &page.Page{
		Width: 200000, Height: 100500, Turned: true,
		Texts: []page.Text{
			run(song, 1000, 20000, "支出", 10500, 10500),
			run(latin, 22000, 20000, " 1<2&3>", 2625, 5250, 5922, 5250, 8169, 5250, 5922),
			upright,
			run(latin, -500, 30000, "12.5", 5250, 5250, 2625, 5250),
			run(latin, 0, 40000, "", []unit.Length{}...),
			run(song, 0, 50001, "一二三四", 10500, 5250, 10500, 10500),
		},
		Rules: []page.Rule{{X: 0, Y: 1500, W: 100000, H: 500}, {X: -1, Y: 2, W: 30, H: 40000}},
		Paths: []page.Path{{Color: page.Color{R: 1, G: 0xAB, B: 255}, Segments: []page.Segment{
			{To: page.Point{X: 1000, Y: 2000}}, {Step: page.Line, To: page.Point{X: 3000, Y: 2000}},
			{Step: page.Curve, C: [2]page.Point{{X: 4000, Y: 1}, {X: 5, Y: 6}}, To: page.Point{X: 7, Y: 8}},
			{To: page.Point{X: 9000, Y: 9000}}, {Step: page.Line, To: page.Point{X: 9500, Y: 9500}},
		}}},
		Marks: []page.Mark{
			{Text: 3, To: 4, Of: 70},
			{Text: 1, From: 1, To: 2, Of: 9}, {Text: 1, From: 5, To: 7, Of: 70},
			{Text: 5, From: 0, To: 9, Origin: &diag.Range{File: "a.toml"}}, {Text: 5, From: 3, To: 6, Of: 5}, {Text: 5, From: 6, To: 12, Of: 6},
			{Text: 5, From: 3, To: 3, Of: 8},
		},
	}
}

// TestPage writes a page that has everything: turned with a text that is not, a negative place, room before a gap, marks on
// whole texts and parts, within each other and across, characters that are none of XML's.
func TestPage(t *testing.T) {
	const want = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100.5" font-variant="none" text-rendering="geometricPrecision">` +
		`<g transform="matrix(0 -1 1 0 0 100.5)">` +
		`<rect x="0" y="1.5" width="100" height="0.5"/><rect x="-0.001" y="0.002" width="0.03" height="40"/>` +
		`<path fill="#01abff" d="M1 2L3 2C4 0.001 0.005 0.006 0.007 0.008ZM9 9L9.5 9.5Z"/>` +
		`<g font-family="NotoSerifSC-Regular" font-size="10.5"><text y="20" x="1 11.5">支出</text></g>` +
		`<g font-family="LiberationSerif" font-size="10.5">` +
		`<text xml:space="preserve" y="20" x="22 24.625 29.875 35.797 41.047 49.216 54.466"> <tspan data-of="1">1</tspan>&lt;2&amp;<tspan data-of="0">3&gt;</tspan></text>` +
		`<text data-of="0" y="30" x="-0.5 4.75 10 12.625">12.5</text></g>` +
		`<g font-family="NotoSerifSC-Regular" font-size="10.5"><text y="50.001" x="0 10.5 15.75 26.25">` +
		`<tspan data-at="3">一</tspan><tspan data-at="3"><tspan data-of="4">二</tspan></tspan><tspan data-at="3"><tspan data-of="5">三</tspan></tspan><tspan data-of="5">四</tspan></text></g>` +
		`</g><g font-family="LiberationSerif" font-size="10.5"><text y="0.1" x="0.5">7</text></g></svg>`
	p := handmade(t)
	file := Page(p, names)
	if got := string(file); got != want {
		t.Errorf("got\n%s\nwant\n%s", strings.ReplaceAll(got, "><", ">\n<"), strings.ReplaceAll(want, "><", ">\n<"))
	}
	if err := xml.Unmarshal(file, new(struct{ XMLName xml.Name })); err != nil {
		t.Error(err)
	}
	for range 3 {
		if again := Page(handmade(t), names); Hash(again) != Hash(file) || len(Hash(file)) != 32 {
			t.Error("other bytes of the same page")
		}
	}
	if faces := Faces(&page.Document{Pages: []page.Page{*p, *p}}); len(faces) != 2 || faces[0] != p.Texts[0].Face {
		t.Error(faces)
	}
}

// TestEscape: whatever a text holds stays a text of well-formed XML.
func TestEscape(t *testing.T) {
	w := writer{}
	w.escape("<script>]]>&amp;\"'\x00\x1b\n\uFFFE\uFFFF𫚭\xff")
	const want = "&lt;script&gt;]]&gt;&amp;amp;\"'\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD𫚭\uFFFD"
	if string(w.b) != want {
		t.Errorf("%q", w.b)
	}
}

// TestLength: lengths are exact, in as few characters as they need.
func TestLength(t *testing.T) {
	for l, want := range map[unit.Length]string{0: "0", 1: "0.001", -1: "-0.001", 10: "0.01", 1000: "1", 100000: "100", 595276: "595.276", -12500: "-12.5", 1 << 40: "1099511627.776"} {
		w := writer{}
		if w.length(l); string(w.b) != want || want != l.String() {
			t.Errorf("%d: %s", int64(l), w.b)
		}
	}
}
