package build_test

import (
	"strings"
	"testing"

	"yusuan/internal/budget"
	"yusuan/internal/build"
	"yusuan/internal/compose"
	"yusuan/internal/doc"
	"yusuan/internal/pack"
	"yusuan/internal/schedule"
)

// TestWhatIsPrintedLeadsBack: every number of every table, printed and read again with nothing at hand but the paper and what
// stands beside its tables, has the key that it was printed with, and its query sums it. What does not lead back says why.
func TestWhatIsPrintedLeadsBack(t *testing.T) {
	s := shared(t)
	works := numbered(t)
	everyDocument(t, s, "", func(name string, w *build.Work) { works[name] = w })
	n, unread := 0, 0
	for name, w := range works {
		again, err := s.Check(build.Input{Data: asPublished(w), Dir: "d"})
		if err != nil || again.Budget == nil {
			t.Fatal(name, err, again.Diags.Sorted())
		}
		made := compose.Gallery(w.Pack, w.Budget, w.Prior)
		var papers []*schedule.Printed
		for i := range made.Tree.Sections {
			for _, b := range made.Tree.Sections[i].Blocks {
				if d, ok := b.(*doc.Table); ok && w.Pack.Tables[d.ID] != nil {
					papers = append(papers, schedule.NewPrinted(w.Pack.Tables[d.ID], gridOf(d)))
				}
			}
		}
		r := schedule.NewReading(w.Pack, again.Budget, papers)
		for _, paper := range papers {
			back := readBack(r, paper)
			table := made.Numbers.Table(paper.Table.ID)
			table.Each(func(ref schedule.Ref) {
				n++
				row, column := table.Place(ref)
				at, key := [2]int{row, column}, table.Key(ref)
				got, found := back.keys[at]
				delete(back.keys, at)
				switch {
				case !found && back.unread[row] != "":
					if unread++; !strings.Contains(back.unread[row], "几个编码") && !strings.Contains(back.unread[row], "所属的行") {
						t.Errorf("%s: %s: %s", name, key, back.unread[row])
					}
				case got != key:
					t.Errorf("%s: %s leads back to %q", name, key, got)
				}
				if q, ok := back.queries[at]; found && ok {
					if sum := w.Budget.Sum(q); !sum.Equal(table.Sum(ref).Exact) {
						t.Errorf("%s: %s sums %s, what leads back, %q, sums %s", name, key, table.Sum(ref).Exact, q, sum)
					}
				}
			})
			for at, key := range back.keys {
				if text := paper.Rows[at[0]][at[1]]; text != "" {
					t.Errorf("%s: %q in row %d column %d leads back to %s, which no schedule has", name, text, at[0], at[1], key)
				}
			}
		}
	}
	if n < 20000 || unread == 0 || unread > n/100 {
		t.Errorf("%d numbers, %d of them unread", n, unread)
	}
}

// ledBack is a printed table read again: what its numbers are by place, and of rows that are not read why.
type ledBack struct {
	keys    map[[2]int]string
	queries map[[2]int]budget.Query
	unread  map[int]string
}

func readBack(r *schedule.Reading, paper *schedule.Printed) ledBack {
	x := ledBack{map[[2]int]string{}, map[[2]int]budget.Query{}, map[int]string{}}
	leaves := pack.Leaves(paper.Table.Columns)
	for i := range paper.Rows {
		for _, f := range r.Read(paper, i) {
			if f.Unread != "" {
				x.unread[i] += f.Unread
				continue
			}
			for _, c := range f.Cells {
				at := [2]int{i, c.Column}
				x.keys[at] = f.Key(paper.Table.ID, c)
				if l := leaves[c.Leaf]; l.Prior == "" {
					x.queries[at] = f.Query.And(l.Query)
				}
			}
		}
	}
	return x
}
