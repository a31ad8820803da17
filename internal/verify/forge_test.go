package verify_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/unit"
	"yusuan/internal/verify"
)

// cellsOf are the texts of a page by the rows of its tables: the first table body of a page that has several rows of a label
// and amounts.
func cellsOf(t *testing.T, d *page.Document, least int) (p *page.Page, rows [][]*page.Text) {
	t.Helper()
	for i := range d.Pages {
		p, rows = &d.Pages[i], nil
		var last page.ElemID = -1
		for k := range p.Texts {
			x := &p.Texts[k]
			if x.Elem < 0 || d.Elems[d.Elems[x.Elem].Parent].Kind != page.KindTR || d.Elems[d.Elems[d.Elems[x.Elem].Parent].Parent].Kind != page.KindTBody {
				continue
			}
			if row := d.Elems[x.Elem].Parent; row != last {
				rows, last = append(rows, nil), row
			}
			rows[len(rows)-1] = append(rows[len(rows)-1], x)
		}
		if full := slices.DeleteFunc(slices.Clone(rows), func(r []*page.Text) bool {
			return len(r) < 3 || amount.MatchString(r[0].Text) || !amount.MatchString(r[len(r)-1].Text)
		}); len(full) >= least && len(full) == len(rows) {
			return p, rows
		}
	}
	t.Fatal("no page has such rows")
	return nil, nil
}

// contentsNumber is a page number in the contents.
func contentsNumber(t *testing.T, d *page.Document) *page.Text {
	t.Helper()
	digits := regexp.MustCompile(`^[0-9]+$`)
	for i := range d.Pages {
		for k := range d.Pages[i].Texts {
			x := &d.Pages[i].Texts[k]
			if !digits.MatchString(x.Text) || x.Elem < 0 {
				continue
			}
			for e := x.Elem; e > 0; e = d.Elems[e].Parent {
				if d.Elems[e].Kind == page.KindTOC {
					return x
				}
			}
		}
	}
	t.Fatal("no contents")
	return nil
}

func forgeries(t *testing.T) map[string]func(*page.Document) {
	return map[string]func(*page.Document){
		"names beside the amounts of the next row": func(d *page.Document) {
			_, rows := cellsOf(t, d, 3)
			for i := len(rows) - 1; i >= 0; i-- {
				by := unit.Length(20000)
				if i+1 < len(rows) {
					by = rows[i+1][0].Y - rows[i][0].Y
				}
				rows[i][0].Y += by
			}
		},
		"names beside the amounts of the row before": func(d *page.Document) {
			_, rows := cellsOf(t, d, 3)
			first := rows[0][0].Y
			for i := range rows {
				if i > 0 {
					rows[i][0].Y = rows[i-1][len(rows[i-1])-1].Y + 1
				}
			}
			rows[0][0].Y = first - 14000
		},
		"amounts of a column lower by a row": func(d *page.Document) {
			_, rows := cellsOf(t, d, 3)
			for i := len(rows) - 1; i >= 0; i-- {
				by := unit.Length(20000)
				if i+1 < len(rows) {
					by = rows[i+1][0].Y - rows[i][0].Y
				}
				rows[i][len(rows[i])-1].Y += by
			}
		},
		"a minus of a rule": func(d *page.Document) {
			p, a, _, _ := amounts(t, d)
			x := &p.Texts[a]
			p.Rules = append(p.Rules, page.Rule{X: x.X - x.Size*6/10, Y: x.Y - x.Size*3/10, W: x.Size / 2, H: 600})
		},
		"a minus of a rule a little away": func(d *page.Document) {
			p, a, _, _ := amounts(t, d)
			x := &p.Texts[a]
			p.Rules = append(p.Rules, page.Rule{X: x.X - x.Size*12/10, Y: x.Y - x.Size*3/10, W: x.Size * 6 / 10, H: 600})
		},
		"an amount of half the size": func(d *page.Document) {
			p, a, _, _ := amounts(t, d)
			x := &p.Texts[a]
			x.Size /= 2
			for i := range x.Advances {
				x.Advances[i] /= 2
			}
		},
		"a one of a rule": func(d *page.Document) {
			p, a, _, _ := amounts(t, d)
			x := &p.Texts[a]
			p.Rules = append(p.Rules, page.Rule{X: x.X - x.Size*3/10, Y: x.Y - x.Size*7/10, W: 900, H: x.Size * 7 / 10})
		},
		"a point of a rule": func(d *page.Document) {
			p, a, _, _ := amounts(t, d)
			x := &p.Texts[a]
			p.Rules = append(p.Rules, page.Rule{X: x.X + x.Advances[0] - 300, Y: x.Y - 500, W: 600, H: 520})
		},
		"a digit far from the others": func(d *page.Document) {
			p, a, _, _ := amounts(t, d)
			x := &p.Texts[a]
			x.Advances[0] += x.Size
			x.X -= x.Size
		},
		"decimals far from the others": func(d *page.Document) {
			p, a, _, _ := amounts(t, d)
			x := &p.Texts[a]
			x.Advances[len(x.Advances)-4] += x.Size
			x.X -= x.Size
		},
		"a digit over another": func(d *page.Document) {
			p, a, _, _ := amounts(t, d)
			x := &p.Texts[a]
			x.X += x.Advances[0]
			x.Advances[0] = 0
		},
		"an amount in two lines": func(d *page.Document) {
			p, a, _, _ := amounts(t, d)
			x, tail := p.Texts[a], p.Texts[a]
			x.Text, x.Advances = x.Text[:1], x.Advances[:1:1]
			tail.Text, tail.Advances, tail.Y = tail.Text[1:], tail.Advances[1:], tail.Y+tail.Size
			p.Texts[a] = x
			p.Texts = slices.Insert(p.Texts, a+1, tail)
		},
		"another page in the contents": func(d *page.Document) {
			x := contentsNumber(t, d)
			x.Text, x.Advances = "7"+x.Text, append([]unit.Length{x.Size / 2}, x.Advances...)
			x.X -= x.Size / 2
		},
		"the drawings moved against their texts": func(d *page.Document) {
			for i := range d.Pages {
				for k := range d.Pages[i].Paths {
					d.Pages[i].Paths[k].Down(15000)
				}
			}
		},
		"bars moved against their texts": func(d *page.Document) {
			for i := range d.Pages {
				for k := range d.Pages[i].Paths {
					if d.Pages[i].Paths[k].Elem >= 0 {
						d.Pages[i].Paths[k].Down(15000)
					}
				}
			}
		},
		"rows in other rows of the structure": func(d *page.Document) {
			_, rows := cellsOf(t, d, 3)
			n := len(rows[1])
			a, b := rows[1][n-2], rows[1][n-1]
			a.X, b.X = b.X, a.X
			for _, x := range rows[1][:n-1] {
				d.Elems[x.Elem].Parent = d.Elems[rows[0][0].Elem].Parent
			}
		},
		"a page left out": func(d *page.Document) { d.Pages[len(d.Pages)-1].Texts = nil },
		"an amount at the head of the next page": func(d *page.Document) {
			p, rows := cellsOf(t, d, 3)
			x := *rows[len(rows)-1][len(rows[len(rows)-1])-1]
			var q *page.Page
			for i := range d.Pages {
				if &d.Pages[i] == p {
					q = &d.Pages[i+1]
				}
			}
			k := slices.IndexFunc(p.Texts, func(y page.Text) bool { return y.Elem == x.Elem })
			p.Texts = slices.Delete(p.Texts, k, k+1)
			x.Y = 60000
			q.Texts = slices.Insert(q.Texts, 0, x)
		},
		"another page number": func(d *page.Document) {
			for i := range d.Pages {
				for k := range d.Pages[i].Texts {
					if x := &d.Pages[i].Texts[k]; x.Elem == page.ArtifactFooter && strings.Contains(x.Text, "5") {
						x.Text = strings.Replace(x.Text, "5", "3", 1)
					}
				}
			}
		},
	}
}

// TestForgeries: a file that gives itself out for an earlier version's is not good when a reader would take something else
// from it: other names beside amounts, signs and digits made of rules or torn from their numbers, bars beside other names.
func TestForgeries(t *testing.T) {
	s, old := shared(t, "yusuan 99.0.0"), shared(t, "yusuan 0.0.1")
	in := input("testdata/departments/2026/415")
	for name, change := range forgeries(t) {
		if r := report(t, s, makeFile(t, old, in, change)); r.Good() {
			t.Errorf("%s: good, earlier %t", name, r.Earlier)
		}
	}
}

// TestReflowedAsMade: what this program makes says what it says, whatever the pack.
func TestReflowedAsMade(t *testing.T) {
	s := shared(t, "yusuan 1.0.0")
	for _, dir := range []string{sample, "testdata/departments/2018/101", "testdata/departments/2025/010", "testdata/departments/2026/501"} {
		raw := makeFile(t, s, input(dir), nil)
		if good, err := verify.Reflowed(s, raw, raw); err != nil || !good {
			t.Errorf("%s: taken for the same %t; %v", dir, good, err)
		}
	}
}
