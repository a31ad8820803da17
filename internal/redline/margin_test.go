package redline

import (
	"fmt"
	"slices"
	"strconv"
	"testing"

	"yusuan/internal/compare"
	"yusuan/internal/doc"
	"yusuan/internal/typeset/layout"
	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/unit"
)

// barsOf are the bars of a marked page and the labels beside it, as far as the page of the document has neither.
func barsOf(pg, plain *page.Page) (bars []page.Rule, labels []page.Text) {
	for _, r := range pg.Rules[len(plain.Rules):] {
		if r.H > r.W {
			bars = append(bars, r)
		}
	}
	for _, t := range pg.Texts[len(plain.Texts):] {
		if t.Elem == page.ArtifactLayout {
			labels = append(labels, t)
		}
	}
	return bars, labels
}

// TestBars: each row and line with a change has a bar outside of the text, those of neighbours are one, and beside it stand the
// numbers of the causes, on paper.
func TestBars(t *testing.T) {
	d := sample()
	plain, _ := layout.Lay(d, fixed, layout.WithPlaces)
	marked := Lay(changes(d), d, fixed).Marked("test")
	var got []string
	for i := range plain.Pages {
		pg := &marked.Pages[i]
		bars, labels := barsOf(pg, &plain.Pages[i])
		for _, b := range bars {
			on := pg.OnSheet(b)
			side := "right"
			switch area := pg.OnSheet(pg.Area); {
			case on.X+on.W < area.X:
				side = "left"
			case on.Y+on.H < area.Y:
				side = "head"
			case on.X < area.X+area.W:
				t.Errorf("page %d: a bar at %v in the text", i, on)
			}
			rows := 0
			var last page.Rule
			for _, c := range plain.Pages[i].Cells {
				if c.Place.Y >= b.Y-500 && c.Place.Y+c.Place.H <= b.Y+b.H+500 && c.Place.Y != last.Y {
					rows, last = rows+1, c.Place
				}
			}
			said := ""
			for _, l := range labels {
				if l.Y > b.Y && l.Y-l.Size < b.Y+b.H {
					said += l.Text
				}
			}
			got = append(got, fmt.Sprint(i, " ", side, " ", rows, " ", said))
		}
		for _, l := range labels {
			place := pg.OnSheet(page.Rule{X: l.X, Y: l.Y - l.Size, W: endOf(&l) - l.X, H: l.Size})
			if place.X < 0 || place.Y < 0 || place.X+place.W > pg.Width || place.Y+place.H > pg.Height {
				t.Errorf("page %d: the label %q is off the paper", i, l.Text)
			}
		}
	}
	want := []string{
		"1 right 0 ①②", "1 right 0 ③", "1 right 3 ①", "1 right 1 ②③④…", // a line, a line with words gone, the head and two rows, a row of three causes and more
		"1 right 0 ④", "2 left 2 ①⑤", "3 right 1 ①", "3 right 1 ②", "0 right 0 程序", "4 head 0 程序", "4 head 1 ⑤",
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("bars\n%q\nwant\n%q", got, want)
	}
}

// TestLabelsStandApart: however many rows have causes of their own, no label stands on another.
func TestLabelsStandApart(t *testing.T) {
	d := sample()
	long := tableOf(d, 1)
	r := &compare.Result{Causes: make([]compare.Cause, 120)}
	for i := range 120 {
		r.Cells = append(r.Cells, compare.Cell{Causes: []int{i + 1}, Spots: []compare.Spot{{Of: long.Of + int32(3*(i/2)+1+i%2)}}})
	}
	plain, _ := layout.Lay(d, fixed)
	marked := Lay(r, d, fixed).Marked("test")
	n := 0
	for i := range plain.Pages {
		_, labels := barsOf(&marked.Pages[i], &plain.Pages[i])
		var ends []unit.Length
		for _, l := range labels {
			n++
			if k := len(ends) - 1; k >= 0 && l.Y-l.Size < ends[k]-l.Size.Milli(120) && l.Y != labels[len(ends)-1].Y {
				t.Errorf("page %d: %q stands on the label before it", i, l.Text)
			}
			ends = append(ends, l.Y)
		}
	}
	if n < 60 {
		t.Error(n, "labels")
	}
}

// TestCircled: causes have numbers in circles as far as the face has them, and others in brackets.
func TestCircled(t *testing.T) {
	x := likeDocument(sample())
	s := (&Laid{families: fixed}).sheet(&x).Text(ownNote)
	for n, want := range map[int]string{1: "①", 20: "⑳", 21: "㉑", 35: "㉟", 36: "(36)", 37: "㊲", 50: "㊿", 51: "(51)", 1234: "(1234)"} {
		if got := circled(n, func(r rune) bool { return has(s, r) }); got != want {
			t.Errorf("%d: %s, not %s", n, got, want)
		}
	}
}

// TestWedges: where something is gone stands a wedge: below the line between words, at the left between rows, in an empty cell.
func TestWedges(t *testing.T) {
	d := sample()
	plain, _ := layout.Lay(d, fixed, layout.WithPlaces)
	r := changes(d)
	last := &d.Sections[1].Blocks[2].(*doc.Paragraph).Spans[0].Text
	r.Sentences = append(r.Sentences, compare.Sentence{Spots: []compare.Spot{{Text: last, From: len(last.String), To: len(last.String)}}}) // behind all
	gone := compare.Cell{Old: "3", HasOld: true, Spots: r.Rows[0].Spots}                                                                   // of the row that is gone: one wedge shows both
	r.Cells = append(r.Cells, gone)
	r.Sentences[0].Spots = append([]compare.Spot{{Text: r.Sentences[0].Spots[0].Text, From: r.Sentences[0].Spots[0].From, To: r.Sentences[0].Spots[0].From}}, r.Sentences[0].Spots...) // others are in its place
	marked := Lay(r, d, fixed).Marked("test")
	var got []string
	for i := range plain.Pages {
		for _, p := range marked.Pages[i].Paths {
			tip := p.Segments[0].To
			where := ""
			for k := range plain.Pages[i].Texts {
				x, n := plain.Pages[i].Texts[k].X, 0
				for _, c := range plain.Pages[i].Texts[k].Text {
					if y := plain.Pages[i].Texts[k].Y; x == tip.X && tip.Y > y && tip.Y < y+2000 {
						where = "before " + string(c)
					}
					x, n = x+plain.Pages[i].Texts[k].Advances[n], n+1
					if y := plain.Pages[i].Texts[k].Y; where == "" && x == tip.X && tip.Y > y && tip.Y < y+2000 {
						where = "behind " + string(c)
					}
				}
			}
			for k, c := range plain.Pages[i].Cells {
				if c.Place.X == tip.X && c.Place.Y == tip.Y {
					where = "above row " + strconv.Itoa(k/3)
				}
				if c.Of > 0 && tip.X == c.Place.X+c.Place.W/2 && tip.Y > c.Place.Y && tip.Y < c.Place.Y+c.Place.H {
					where = "in an empty cell"
				}
			}
			if p.Color != (page.Color{}) || p.Elem != page.ArtifactLayout {
				t.Errorf("page %d: a wedge of colour %v in element %d", i, p.Color, p.Elem)
			}
			got = append(got, fmt.Sprint(i, " ", where))
		}
	}
	if want := []string{"1 before 培", "1 behind 。", "1 above row 11", "3 in an empty cell"}; !slices.Equal(got, want) {
		t.Errorf("wedges %q, not %q", got, want)
	}
}
