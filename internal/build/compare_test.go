package build_test

import (
	"fmt"
	"io/fs"
	"maps"
	"testing"
	"testing/fstest"

	"yusuan/internal/build"
	"yusuan/internal/compare"
	"yusuan/internal/doc"
	"yusuan/internal/money"
)

// sampleWork is the sample with some text of its files replaced, and with last year's folder.
func sampleWork(t *testing.T, edits ...[3]string) *build.Work {
	t.Helper()
	all := fstest.MapFS{}
	for _, m := range []fs.FS{edited(t, sample, edits...), edited(t, "data/2025/338")} {
		maps.Copy(all, m.(fstest.MapFS))
	}
	w, err := shared(t).Check(build.Input{Data: all, Dir: sample, PriorDir: "data/2025/338"})
	if err != nil || w.Tree == nil {
		t.Fatal(err, w.Diags.Sorted())
	}
	return w
}

// numberCells are the numbers in cells of tables and in charts of a document whose tables are as those of another, place by place.
func numberCells(w *build.Work) map[string]string {
	out := map[string]string{}
	tables := 0
	for i := range w.Tree.Sections {
		for _, b := range w.Tree.Sections[i].Blocks {
			switch b := b.(type) {
			case *doc.Table:
				tables++
				for place, s := range body(b) {
					out[fmt.Sprint(tables, b.ID, place)] = s
				}
			case *doc.Chart:
				for k, x := range b.Items {
					for n := range x.Values {
						out[fmt.Sprint(b.ID, k, n)] = x.Values[n].Text
					}
				}
				out[b.ID] = b.Total.Text
			}
		}
	}
	return out
}

// TestOneAmount: 30201 and 10,000 元 more is one cause, and what it shows is what a look at all cells of both documents finds.
func TestOneAmount(t *testing.T) {
	old, new := sampleWork(t), sampleWork(t, [3]string{"basic.toml", "amount = 1671540", "amount = 1681540"})
	r := compare.Compare(old.Side("旧"), new.Side("新"))
	if len(r.Causes) != 1 {
		t.Fatalf("%d causes: %+v", len(r.Causes), r.Causes)
	}
	c := r.Causes[0]
	if c.Title != "基本支出 · 2010301 行政运行 · 30201 办公费 · 金额" && c.Title != "基本支出 · 338001 · 2010301 行政运行 · 30201 办公费 · 金额" ||
		c.Difference.Cmp(money.FromFen(10_000_00)) != 0 {
		t.Errorf("%s: %s → %s, %s", c.Title, c.Old, c.New, c.Difference)
	}
	was, is, differ := numberCells(old), numberCells(new), 0
	for place, s := range was {
		if is[place] != s {
			differ++
		}
	}
	if len(was) != len(is) || differ != len(r.Cells) {
		t.Errorf("%d of %d numbers differ, compare tells of %d", differ, len(was), len(r.Cells))
	}
	tables := map[string]bool{}
	for _, x := range r.Cells {
		tables[x.Part] = true
		if len(x.Causes) != 1 || len(x.Spots) != 1 || x.Class != compare.ByFacts {
			t.Errorf("%s: causes %v, spots %v, %s", x.Name, x.Causes, x.Spots, x.Class)
		}
	}
	if len(r.Cells) != 62 || len(tables) != 8 || len(r.Sentences) != 11 || len(r.Rows)+len(r.Parts) != 0 {
		t.Errorf("%d cells in %d tables, %d sentences, %d rows, %d parts", len(r.Cells), len(tables), len(r.Sentences), len(r.Rows), len(r.Parts))
	}
	if c.Effects != (compare.Count{Cells: 62, Sentences: 11}) {
		t.Errorf("the cause has %+v", c.Effects)
	}
	if x := compare.Compare(old.Side("旧"), sampleWork(t).Side("新")); !x.Same() || len(x.Causes) > 0 {
		t.Errorf("a document differs from itself: %+v", x)
	}
}
