package build_test

import (
	"slices"
	"strings"
	"testing"

	"yusuan/internal/build"
	"yusuan/internal/compose"
	"yusuan/internal/doc"
	"yusuan/internal/pack"
	"yusuan/internal/read/paper"
	"yusuan/internal/recognise"
)

// onPaper is a document as it lies on the table, its pages left out: what package recognise is given.
func onPaper(d *doc.Document) *paper.Document {
	out := &paper.Document{Format: paper.Word}
	var above []paper.Paragraph
	for i := range d.Sections {
		for _, b := range d.Sections[i].Blocks {
			switch b := b.(type) {
			case *doc.Heading:
				above = append(above, paper.Paragraph{Text: b.Text.String})
			case *doc.Paragraph:
				text := ""
				for _, s := range b.Spans {
					text += s.String
				}
				above = append(above, paper.Paragraph{Text: text})
			case *doc.Table:
				t := tableOnPaper(b)
				n := max(0, len(above)-2) // number and title
				for k := range above[:n] {
					out.Blocks = append(out.Blocks, paper.Block{Text: &above[k]})
				}
				t.Above = append(slices.Clone(above[n:]), t.Above...)
				above = nil
				out.Blocks = append(out.Blocks, paper.Block{Table: t})
				continue
			}
			if len(above) > 2 {
				p := above[0]
				out.Blocks = append(out.Blocks, paper.Block{Text: &p})
				above = above[1:]
			}
		}
	}
	for k := range above {
		out.Blocks = append(out.Blocks, paper.Block{Text: &above[k]})
	}
	return out
}

func tableOnPaper(d *doc.Table) *paper.Table {
	t := &paper.Table{Columns: len(d.Columns)}
	for _, x := range []*doc.Text{d.Left, d.Right} {
		if x != nil {
			t.Above = append(t.Above, paper.Paragraph{Text: x.String})
		}
	}
	for _, n := range d.Notes {
		t.Below = append(t.Below, paper.Paragraph{Text: n.String})
	}
	covered := map[[2]int]bool{}
	for i, row := range slices.Concat(d.Head, d.Body) {
		r := paper.Row{Number: i + 1}
		j := 0
		for _, c := range row.Cells {
			for covered[[2]int{i, j}] {
				j++
			}
			var words []string
			for _, x := range c.Text {
				words = append(words, x.String)
			}
			y := paper.Cell{Column: j, Columns: max(c.ColSpan, 1), Rows: max(c.RowSpan, 1), Text: strings.Repeat("　", c.Indent) + strings.Join(words, "\n")}
			for di := range y.Rows {
				for dj := range y.Columns {
					covered[[2]int{i + di, j + dj}] = true
				}
			}
			r.Cells = append(r.Cells, y)
			j += y.Columns
		}
		t.Rows = append(t.Rows, r)
	}
	return t
}

// TestOwnTablesAreRecognised: every table of every document of ours, laid on paper, is recognised as the one it is, with all its
// columns, and what it says in each is what was printed there. Its pack is told from all others.
func TestOwnTablesAreRecognised(t *testing.T) {
	s := shared(t)
	works := numbered(t)
	everyDocument(t, s, "", func(name string, w *build.Work) { works[name] = w })
	var packs []*pack.Pack
	for _, w := range works {
		if !slices.ContainsFunc(packs, func(p *pack.Pack) bool { return p.ID == w.Pack.ID }) {
			packs = append(packs, w.Pack)
		}
	}
	slices.SortFunc(packs, func(a, b *pack.Pack) int { return strings.Compare(a.ID, b.ID) })
	n := 0
	for name, w := range works {
		tree := compose.Gallery(w.Pack, w.Budget, w.Prior).Tree
		d := onPaper(tree)
		best, others := recognise.Best(packs, nil, d)
		if best.Pack.ID != w.Pack.ID {
			t.Errorf("%s: taken for one by %s (%d), not by %s (%d)", name, best.Pack.ID, best.Score, w.Pack.ID, others[0].Score)
			continue
		}
		found := recognise.Tables(w.Pack, nil, d)
		k := 0
		for _, b := range tree.Sections {
			for _, b := range b.Blocks {
				own, ok := b.(*doc.Table)
				if !ok {
					continue
				}
				got := found.Tables[k]
				k++
				n++
				if spec := w.Pack.Tables[own.ID]; spec != nil {
					sameTable(t, name, own, spec, got)
				} else if got.Spec != nil {
					t.Errorf("%s: %s is taken for table %s (%d)", name, got.Name(), got.Spec.ID, got.Score)
				}
			}
		}
	}
	if n < 100 {
		t.Errorf("%d tables", n)
	}
}

// TestTablesAreToldInAnyOrder: the tables of a document are the same from the last to the first, and with other words for what
// numbers and names them; without titles none is taken for another.
func TestTablesAreToldInAnyOrder(t *testing.T) {
	n := 0
	for name, w := range numbered(t) {
		tree := compose.Gallery(w.Pack, w.Budget, w.Prior).Tree
		d := onPaper(tree)
		want := map[*paper.Table]*pack.Table{}
		var tables []paper.Block
		for _, x := range recognise.Tables(w.Pack, nil, d).Tables {
			if want[x.Paper] = x.Spec; x.Spec != nil {
				n++
			}
			tables = append(tables, d.Blocks[x.Block])
		}
		slices.Reverse(tables)
		for _, x := range recognise.Tables(w.Pack, nil, &paper.Document{Blocks: tables}).Tables {
			if x.Spec != want[x.Paper] {
				t.Errorf("%s, from the last: %s is %v (%d)", name, x.Name(), idOf(x.Spec), x.Score)
			}
		}
		for _, b := range tables {
			for k := range b.Table.Above {
				b.Table.Above[k].Text = strings.NewReplacer("公开", "附", "2026年", "二〇二六年", "支出表", "支出情况表", "总表", "总体情况表").Replace(b.Table.Above[k].Text)
			}
		}
		for _, x := range recognise.Tables(w.Pack, nil, &paper.Document{Blocks: tables}).Tables {
			if x.Spec != want[x.Paper] {
				t.Errorf("%s, other words: %s is %v (%d), not %v", name, x.Name(), idOf(x.Spec), x.Score, idOf(want[x.Paper]))
			}
		}
		for _, b := range tables {
			b.Table.Above = nil
		}
		slices.Reverse(tables)
		for _, x := range recognise.Tables(w.Pack, nil, &paper.Document{Blocks: tables}).Tables {
			if x.Spec != nil && x.Spec != want[x.Paper] {
				t.Errorf("%s, without titles: table %s is taken for %s (%d)", name, idOf(want[x.Paper]), idOf(x.Spec), x.Score)
			}
		}
	}
	if n < 20 {
		t.Errorf("%d tables", n)
	}
}

func idOf(t *pack.Table) string {
	if t == nil {
		return "none"
	}
	return t.ID
}

// sameTable holds what was recognised against what was printed.
func sameTable(t *testing.T, name string, own *doc.Table, spec *pack.Table, got *recognise.Table) {
	t.Helper()
	if got.Spec != spec {
		t.Errorf("%s: table %s %s is not recognised: %v (%d) %s", name, own.ID, got.Name(), got.Spec, got.Score, got.Why)
		return
	}
	for i, j := range got.Columns {
		if j != i {
			t.Errorf("%s: table %s: column %d is taken from %d (%v)", name, own.ID, i, j, got.Columns)
			return
		}
	}
	if len(got.Extra) > 0 || got.Heads != len(own.Head) {
		t.Errorf("%s: table %s: %d rows of head, want %d; extra %v", name, own.ID, got.Heads, len(own.Head), got.Extra)
	}
	k := 0
	for _, row := range gridOf(own) {
		if strings.Join(row, "") == "" {
			continue
		}
		if k >= len(got.Rows) {
			t.Errorf("%s: table %s: %d rows", name, own.ID, len(got.Rows))
			return
		}
		for j := range row {
			if a, b := plainCell(got.Rows[k].Cells[j].Text), plainCell(row[j]); a != b && !(spec.TotalSpan && (a == spec.Total || b == spec.Total)) && !(a != "" && b == "" && j == 0) {
				t.Errorf("%s: table %s: row %d column %d: %q, printed is %q", name, own.ID, k, j, a, b)
			}
		}
		k++
	}
}
