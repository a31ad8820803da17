package layout

import (
	"fmt"
	"os"
	"slices"
	"testing"

	"yusuan/internal/doc"
	"yusuan/internal/typeset/font"
	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/unit"
)

// song is a family with outlines.
func song(t *testing.T) Families {
	t.Helper()
	open := func(file string) ([]byte, error) { return os.ReadFile("../../../fonts/" + file) }
	l, err := font.Load("[[face]]\nname = \"song\"\nfile = \"NotoSerifSC-Regular.ttf\"\n[[role]]\nname = \"宋体\"\nface = \"song\"\nchain = [{ face = \"song\" }]\n", open, nil)
	if err != nil {
		t.Fatal(err)
	}
	f, _ := l.Family("宋体")
	return func(string) (*font.Family, bool) { return f, true }
}

// TestNumberHangsByItsInk wants the ink of the number's dash, or of its digits where it has none, as far below the type area
// as the pack says, in whatever size and wherever the number stands.
func TestNumberHangsByItsInk(t *testing.T) {
	for _, c := range []struct {
		before, place string
		ink           rune
		size          unit.Length
	}{{"— ", "outer", '—', 14000}, {"— ", "center", '—', 9000}, {"", "center", '0', 14000}, {" - ", "outer", '-', 12000}} {
		s := sheet()
		p := s.Pages["直"]
		p.Number.Before, p.Number.Place = c.before, c.place
		s.Pages["直"] = p
		number := s.Texts["页码"]
		number.Size = c.size
		s.Texts["页码"] = number
		out, _ := Lay(&doc.Document{Styles: s, Sections: []doc.Section{{Page: "直", Numbered: true, Restart: true, Blocks: []doc.Block{para("文")}}}}, song(t))
		pg := &out.Pages[0]
		x := pg.Texts[slices.IndexFunc(pg.Texts, func(x page.Text) bool { return x.Elem == page.ArtifactFooter })]
		top := x.Y - c.size.Milli(int64(x.Face.Height(c.ink)))
		if got := top - pg.Area.Y - pg.Area.H; got != p.Number.Drop {
			t.Errorf("%q of %s: the ink of %q begins %s below the type area, want %s", c.before, c.size, c.ink, got, p.Number.Drop)
		}
	}
}

// sides says of each page where its type area begins, its number or blank.
func sides(out *page.Document) (got []string) {
	for i := range out.Pages {
		p := &out.Pages[i]
		if len(p.Texts) == 0 {
			got = append(got, "blank"+p.Label)
			continue
		}
		at := p.OnSheet(p.Area)
		words := ""
		for _, x := range p.Texts {
			if x.Elem != page.ArtifactFooter && x.Elem != page.ArtifactLayout {
				words += x.Text
			}
		}
		got = append(got, fmt.Sprintf("%s %s %s", words[:min(3, len(words))], at.X, p.Label))
	}
	return got
}

// TestTwoSided wants left-hand pages bound at their right where margins are mirrored, turned ones too, and parts on
// right-hand pages where they are to begin there, after a blank page that counts and bears no number.
func TestTwoSided(t *testing.T) {
	const left, right = "79.37", "73.701"
	in := func(mirrored, toRight bool) *doc.Document {
		s := sheet()
		p := s.Pages["直"]
		s.Pages["竖放"] = doc.PageStyle{
			Width: p.Height, Height: p.Width, Top: p.Left, Bottom: p.Right, Left: p.Bottom, Right: p.Top, Number: p.Number, Turned: true,
		}
		s.Mirrored = mirrored
		return &doc.Document{Styles: s, Sections: []doc.Section{
			{Page: "直", Blocks: []doc.Block{para("封")}},
			{Page: "直", Right: toRight, Blocks: []doc.Block{para("目")}},
			{Page: "直", Right: toRight || mirrored, Numbered: true, Restart: true, Blocks: []doc.Block{para("甲"), &doc.PageBreak{Page: "竖放"}, para("乙"), &doc.PageBreak{}, para("丙")}},
			{Page: "直", Right: toRight, Numbered: true, Blocks: []doc.Block{para("丁")}},
		}}
	}
	for _, c := range []struct {
		mirrored, right bool
		want            []string
	}{
		{false, false, []string{"封 " + left + " ", "目 " + left + " ", "甲 " + left + " 1", "乙 " + left + " 2", "丙 " + left + " 3", "丁 " + left + " 4"}},
		{true, false, []string{"封 " + left + " ", "目 " + right + " ", "甲 " + left + " 1", "乙 " + right + " 2", "丙 " + left + " 3", "丁 " + right + " 4"}},
		{true, true, []string{"封 " + left + " ", "blank", "目 " + left + " ", "blank", "甲 " + left + " 1", "乙 " + right + " 2", "丙 " + left + " 3", "blank", "丁 " + left + " 5"}},
	} {
		out, _ := Lay(in(c.mirrored, c.right), fixed)
		checkTree(t, out)
		if got := sides(out); !slices.Equal(got, c.want) {
			t.Errorf("mirrored %v, parts on the right %v:\n got %q\nwant %q", c.mirrored, c.right, got, c.want)
		}
		for i := range out.Pages { // the number is one character in from the outer margin, whichever side that is
			p := &out.Pages[i]
			for _, x := range p.Texts {
				if x.Elem != page.ArtifactFooter {
					continue
				}
				from := x.X
				if i%2 == 0 {
					from = p.Width - x.X - width(&x)
				}
				if from != 73701+14000 {
					t.Errorf("mirrored %v: page %s: number %s from the outer edge", c.mirrored, p.Label, from)
				}
			}
		}
	}
}

func width(x *page.Text) (w unit.Length) {
	for _, a := range x.Advances {
		w += a
	}
	return w
}

// TestBlankPageIsOfTheSheetBefore wants the blank side of a leaf as large as the other.
func TestBlankPageIsOfTheSheetBefore(t *testing.T) {
	out, _ := Lay(&doc.Document{Styles: sheet(), Sections: []doc.Section{
		{Page: "横", Blocks: []doc.Block{para("甲")}}, {Page: "直", Right: true, Blocks: []doc.Block{para("乙")}},
	}}, fixed)
	if len(out.Pages) != 3 || out.Pages[1].Width != out.Pages[0].Width {
		t.Errorf("%d pages", len(out.Pages))
	}
}
