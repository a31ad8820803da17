package stated_test

import (
	"strings"
	"testing"

	"yusuan/internal/pack"
	"yusuan/internal/read/paper"
	"yusuan/internal/recognise"
	"yusuan/internal/schedule"
	"yusuan/internal/source"
	"yusuan/internal/stated"
	"yusuan/internal/typeset/unit"
	"yusuan/templates"
)

// TestRowsOfParts: a row of a table is named by its number in the body, as people count it: heads are not counted, and the rows of a
// further part go on where those of the parts before it end, whatever head each repeats. Its column is that of the paper.
func TestRowsOfParts(t *testing.T) {
	p, _, err := schedule.LoadPack(templates.FS, "wuhan")
	if err != nil {
		t.Fatal(err)
	}
	leaves := len(pack.Leaves(p.Tables["3"].Columns))
	f := &recognise.Found{Pack: p}
	d := &paper.Document{}
	var whole *recognise.Table
	n := 0
	for page, heads := range []int{2, 1, 0} {
		x := &recognise.Table{Paper: &paper.Table{Columns: leaves + 1}, Heading: "表", Heads: heads}
		for i := range heads + 2 {
			cells := []paper.Cell{{Columns: 1, Rows: 1, Text: "序号"}}
			for j := range leaves {
				cells = append(cells, paper.Cell{Column: j + 1, Columns: 1, Rows: 1, Text: "甲", At: paper.Place{Page: page + 1}})
			}
			if i >= heads {
				n++
				cells[2].Text = "名" + string(rune('0'+n))
			}
			x.Paper.Rows = append(x.Paper.Rows, paper.Row{Page: page + 1, Cells: cells})
		}
		if page == 0 {
			whole = x
			x.Spec = p.Tables["3"]
			for j := range leaves {
				x.Columns = append(x.Columns, j+1)
			}
		} else {
			x.Of = whole
		}
		for i := heads; i < heads+2; i++ {
			row := recognise.Row{Table: x.Paper, Index: i}
			for j := range leaves {
				c := &x.Paper.Rows[i].Cells[j+1]
				row.Cells = append(row.Cells, recognise.Cell{Text: c.Text, At: c.At, Source: c})
			}
			whole.Rows = append(whole.Rows, row)
		}
		f.Tables = append(f.Tables, x)
		d.Blocks = append(d.Blocks, paper.Block{Table: x.Paper})
	}
	typed := stated.Of(d, f, stated.Options{Template: "wuhan"})
	rows := parse(t, 0, typed).StatedTables[0].Rows
	for k := 1; k <= 6; k++ {
		i := strings.Index(rows.V, "名"+string(rune('0'+k)))
		got, _, ok := typed.Printed(rows.Span(i, i+4))
		if !ok || got.Row != k || got.Column != 3 || got.Page != (k+1)/2 {
			t.Errorf("row %d of the body is told as page %d row %d column %d, want page %d row %d column 3", k, got.Page, got.Row, got.Column, (k+1)/2, k)
		}
	}
}

// TestColumnsThatAreNotPrinted: a column of the pack that the paper does not have is said to be missing, and one of the paper that
// the pack does not have is remarked where its table is typed.
func TestColumnsThatAreNotPrinted(t *testing.T) {
	p, _, err := schedule.LoadPack(templates.FS, "wuhan")
	if err != nil {
		t.Fatal(err)
	}
	leaves := len(pack.Leaves(p.Tables["3"].Columns))
	x := &recognise.Table{Paper: &paper.Table{Columns: leaves}, Heading: "表", Spec: p.Tables["3"], Extra: []recognise.Extra{{Column: 4, Head: "其中：上年", Filled: true}}}
	for j := range leaves {
		x.Columns = append(x.Columns, j)
	}
	x.Columns[2] = -1
	typed := stated.Of(&paper.Document{Blocks: []paper.Block{{Table: x.Paper}}}, &recognise.Found{Pack: p, Tables: []*recognise.Table{x}}, stated.Options{Template: "wuhan"})
	s := parse(t, 0, typed).StatedTables[0]
	if !s.Lacks(2) || s.Lacks(1) || s.Lacks(3) {
		t.Errorf("the third column is not printed, and the table lacks %v", s.Without)
	}
	for _, file := range typed.Files {
		if file.Path == "tables.toml" && !strings.Contains(string(file.Data), source.Review+"印有模板里没有的一列“其中：上年”（第5列）") {
			t.Errorf("the column that the pack does not have is not remarked:\n%s", file.Data)
		}
	}
}

// TestPartOfALine: a part of a line is marked by that part of its box alone.
func TestPartOfALine(t *testing.T) {
	p, _, err := schedule.LoadPack(templates.FS, "wuhan")
	if err != nil {
		t.Fatal(err)
	}
	at := paper.Place{Page: 2, Box: paper.Box{Left: 100 * unit.Pt, Right: 280 * unit.Pt, Bottom: 10 * unit.Pt}}
	const line = "甲乙丙丁戊金额1234" // Han characters are twice as wide as digits: 18 in all, of 10 points each
	d := &paper.Document{Blocks: []paper.Block{{Text: &paper.Paragraph{Text: "一、概况"}}, {Text: &paper.Paragraph{Text: line, Spots: []paper.Spot{{End: len(line), At: at}}}}}}
	typed := stated.Of(d, &recognise.Found{Pack: p}, stated.Options{Template: "wuhan"})
	text := parse(t, 0, typed).StatedTexts[0].Text
	i := strings.Index(text.V, "丙丁")
	got := typed.At(text.Span(i, i+len("丙丁")))
	if len(got) != 1 || got[0].Box.Left != 140*unit.Pt || got[0].Box.Right != 180*unit.Pt {
		t.Errorf("a part of a line is at %v, want from 140 to 180 pt", got)
	}
}

// TestFormPlaces: a cell of a performance form is told by its row and the paper's column, whatever stands in them in what is typed.
func TestFormPlaces(t *testing.T) {
	p, _, err := schedule.LoadPack(templates.FS, "wuhan")
	if err != nil {
		t.Fatal(err)
	}
	cell := func(column, columns int, text string) paper.Cell {
		return paper.Cell{Column: column, Columns: columns, Rows: 1, Text: text, At: paper.Place{Page: 3}}
	}
	x := &recognise.Table{Heading: "表", Form: &pack.Form{}, Paper: &paper.Table{Columns: 4, Rows: []paper.Row{
		{Page: 3, Cells: []paper.Cell{cell(0, 1, "项目名称"), cell(1, 3, "修缮")}},
		{Page: 3, Cells: []paper.Cell{cell(0, 2, "数量指标"), cell(2, 1, "面积"), cell(3, 1, "九百")}},
	}}}
	for i := range x.Paper.Rows {
		x.Rows = append(x.Rows, recognise.Row{Table: x.Paper, Index: i})
	}
	typed := stated.Of(&paper.Document{Blocks: []paper.Block{{Table: x.Paper}}}, &recognise.Found{Pack: p, Tables: []*recognise.Table{x}}, stated.Options{Template: "wuhan"})
	rows := parse(t, 0, typed).StatedTables[0].Rows
	i := strings.Index(rows.V, "九百")
	if got, _, ok := typed.Printed(rows.Span(i, i+6)); !ok || got.Row != 2 || got.Column != 4 || got.Page != 3 {
		t.Errorf("the last cell is told as page %d row %d column %d, want 3, 2, 4", got.Page, got.Row, got.Column)
	}
}
