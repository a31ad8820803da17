package layout

import (
	"fmt"
	"runtime/debug"
	"slices"
	"strings"
	"testing"

	"yusuan/internal/doc"
	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/style"
)

func TestTableShapes(t *testing.T) {
	empty := budgetTable(0)
	headless := budgetTable(30)
	headless.Head = nil
	tallHead := budgetTable(5)
	tallHead.Head[0].Cells[0].Text[0] = text(strings.Repeat("高", 2))
	tallHead.Head[0].Cells[1].Text[0] = text(strings.Repeat("总\n", 40) + "完")
	for name, in := range map[string]*doc.Table{
		"empty body":  empty,
		"no head":     headless,
		"one row":     budgetTable(1),
		"many rows":   budgetTable(300),
		"no rows":     {ID: "0", Style: "表身", HeadStyle: "表头", NoteStyle: "表注"},
		"short cells": {ID: "0", Style: "表身", NoteStyle: "表注", Columns: make([]doc.Column, 3), Body: make([]doc.Row, 2)},
	} {
		t.Run(name, func(t *testing.T) { check(t, in) })
	}
	t.Run("tall head", func(t *testing.T) {
		out, diags := Lay(tableDoc(tallHead), fixed)
		if !has(diags, style.RuleHead) {
			t.Error("no diagnostic")
		}
		if got := said(out); strings.Count(got, "总") < 40 || !strings.Contains(got, "第4项") {
			t.Errorf("text lost: %s", got)
		}
	})
}

// TestLongCell holds a cell longer than three pages to its one TD.
func TestLongCell(t *testing.T) {
	in := &doc.Table{
		ID: "11", Style: "表身", NoteStyle: "表注", Continued: "续表", RuleWidth: 500, FrameWidth: 500,
		CellPad: doc.CellPad{X: 3000, Y: 3000}, Columns: []doc.Column{{Fixed: 60000}, {Share: 1}},
		Body: []doc.Row{{Splittable: true, Cells: []doc.Cell{
			{Text: []doc.Text{text("绩效目标")}, Header: doc.HeaderRow},
			{Text: []doc.Text{text(strings.Repeat("文", 3300)), text(strings.Repeat("末", 30))}},
		}}},
	}
	check(t, in)
	out, _ := Lay(tableDoc(in), fixed)
	pages := map[page.ElemID]int{}
	labels := 0
	for i := range out.Pages {
		on := map[page.ElemID]bool{}
		for _, x := range out.Pages[i].Texts {
			on[x.Elem] = true
			if x.Text == "绩效目标" {
				labels++
			}
		}
		for id := range on {
			pages[id]++
		}
	}
	for id, n := range pages {
		if id >= 0 && out.Elems[id].Kind == page.KindTD && n <= 3 {
			t.Errorf("the long cell stands on %d pages", n)
		}
		if id >= 0 && out.Elems[id].Kind == page.KindTH && n != 1 {
			t.Errorf("the label is content on %d pages", n)
		}
	}
	if labels < 4 {
		t.Errorf("the label is drawn %d times", labels)
	}
}

// TestRowNameOnEveryPart wants the first cell of a row that breaks on every part, read out once, though it is no head.
func TestRowNameOnEveryPart(t *testing.T) {
	in := &doc.Table{
		ID: "12", Style: "表身", NoteStyle: "表注", Columns: []doc.Column{{Fixed: 60000}, {Share: 1}},
		Body: []doc.Row{{Splittable: true, Cells: []doc.Cell{{Text: []doc.Text{text("年度目标")}}, {Text: []doc.Text{text(strings.Repeat("文", 2000))}}}}},
	}
	check(t, in)
	out, _ := Lay(tableDoc(in), fixed)
	content := 0
	for i := range out.Pages {
		n := 0
		for _, x := range out.Pages[i].Texts {
			if x.Text == "年度目标" {
				n++
				if x.Elem >= 0 {
					content++
				}
			}
		}
		if long := len(out.Pages[i].Texts) > 2; long && n != 1 {
			t.Errorf("page %d names the row %d times", i, n)
		}
	}
	if content != 1 {
		t.Errorf("the name is content %d times", content)
	}
}

// TestSpanLabelOnEveryPart wants the label of a group on each page the group reaches, read out once.
func TestSpanLabelOnEveryPart(t *testing.T) {
	in := budgetTable(40)
	in.Columns = append([]doc.Column{{}}, in.Columns...)
	for i := range in.Head {
		if i == 0 {
			in.Head[i].Cells = append([]doc.Cell{{Text: []doc.Text{text("类别")}, RowSpan: 2}}, in.Head[i].Cells...)
		}
	}
	in.Body[0].Cells = append([]doc.Cell{{Text: []doc.Text{text("产出指标")}, Vertical: true, RowSpan: 40, Header: doc.HeaderRow}}, in.Body[0].Cells...)
	check(t, in)
	out, _ := Lay(tableDoc(in), fixed)
	content := 0
	for i := range out.Pages {
		p := &out.Pages[i]
		if len(p.Rules) == 0 {
			continue
		}
		n := 0
		for _, x := range p.Texts {
			if x.Text == "产" {
				n++
				if x.Elem >= 0 {
					content++
				}
			}
		}
		if n != 1 {
			t.Errorf("page %d: label drawn %d times", i, n)
		}
	}
	if content != 1 {
		t.Errorf("label is content %d times", content)
	}
}

// TestNoLastRowAlone wants no part of one row, however many rows there are, and no last part of two where the one
// before has rows to spare.
func TestNoLastRowAlone(t *testing.T) {
	for rows := 5; rows < 40; rows++ {
		in := budgetTable(rows)
		out, _ := Lay(tableDoc(in), fixed)
		var parts []int
		for i := range out.Pages {
			n := 0
			for _, x := range out.Pages[i].Texts {
				if strings.HasPrefix(x.Text, "第") {
					n++
				}
			}
			if n > 0 {
				parts = append(parts, n)
			}
		}
		last := parts[len(parts)-1]
		if slices.Contains(parts, 1) || len(parts) > 1 && last < 3 && parts[len(parts)-2]+last >= 9 {
			t.Errorf("%d rows stand as %v", rows, parts)
		}
		if got := said(out); !strings.Contains(got, fmt.Sprintf("第%d项", rows-1)) {
			t.Errorf("%d rows: the last is missing", rows)
		}
	}
}

func TestGroupTitleStaysWithRows(t *testing.T) {
	for at := 5; at < 25; at++ {
		in := budgetTable(40)
		in.Body[at].KeepNext = true
		title := fmt.Sprintf("第%d项", at)
		out, _ := Lay(tableDoc(in), fixed)
		for i := range out.Pages {
			last := ""
			for _, x := range out.Pages[i].Texts {
				if strings.HasPrefix(x.Text, "第") {
					last = x.Text
				}
			}
			if last == title {
				t.Errorf("row %d ends page %d", at, i)
			}
		}
	}
}

// wideTable is a table of 25 columns of figures, no two alike.
func wideTable(rows int) *doc.Document {
	in := &doc.Table{
		ID: "大", Style: "表身", NoteStyle: "表注", RuleWidth: 500, FrameWidth: 500, CellPad: doc.CellPad{X: 1000, Y: 1000},
		Columns: make([]doc.Column, 25), Head: []doc.Row{{}}, Continued: "续表",
	}
	for c := range in.Columns {
		in.Columns[c].Align = doc.AlignDecimal
		in.Head[0].Cells = append(in.Head[0].Cells, doc.Cell{Text: []doc.Text{text(fmt.Sprintf("栏%d", c))}})
	}
	for r := range rows {
		row := doc.Row{}
		for c := range 25 {
			row.Cells = append(row.Cells, doc.Cell{Text: []doc.Text{text(fmt.Sprintf("%05d", 25*r+c))}, Number: true})
		}
		in.Body = append(in.Body, row)
	}
	return &doc.Document{Styles: sheet(), Sections: []doc.Section{{Page: "横", Blocks: []doc.Block{in}}}}
}

func TestThousandRows(t *testing.T) {
	d := wideTable(1000)
	out, diags := Lay(d, fixed)
	if diags.HasErrors() {
		t.Error(diags.Sorted())
	}
	if got, want := said(out), words(d.Sections[0].Blocks[0].(*doc.Table)); got != want {
		t.Error("text changed")
	}
}

// TestLinear wants 25 times the rows to cost at most 25 times the work, of which allocations are the measure that does
// not depend on the machine.
func TestLinear(t *testing.T) {
	few, many := wideTable(40), wideTable(1000)
	a := testing.AllocsPerRun(1, func() { Lay(few, fixed) })
	b := testing.AllocsPerRun(1, func() { Lay(many, fixed) })
	if b > 25*a {
		t.Errorf("%.0f allocations for 40 rows, %.0f for 1,000", a, b)
	}
}

// AsProgram sets the collector as cmd/yusuan does. As Go sets it, it runs every few documents here, since little lives
// beside them, and goes through all fonts each time: a benchmark of the collector.
func AsProgram(b *testing.B) {
	old := debug.SetGCPercent(800)
	b.Cleanup(func() { debug.SetGCPercent(old) })
	b.ReportAllocs()
}

// BenchmarkRows lays out a table of 25 columns: 25 times the rows take no more than 25 times as long.
func BenchmarkRows(b *testing.B) {
	for _, rows := range []int{40, 1000} {
		d := wideTable(rows)
		b.Run(fmt.Sprint(rows), func(b *testing.B) {
			AsProgram(b)
			for b.Loop() {
				Lay(d, fixed)
			}
		})
	}
}

// TestNoLoneLinesInCells parts a cell of many paragraphs at every height of the page: no first or last line of a
// paragraph stands alone, and no heading without the paragraph under it.
func TestNoLoneLinesInCells(t *testing.T) {
	lines := []int{5, 1, 3, 2, -1, 4, 1, 1, -1, -1, 6, 2, 3, -2, 7, 4, 1, 2, 3, 5, -1, 2, 1, 9, 4} // below zero: a heading
	var cell doc.Cell
	for i, n := range lines {
		x := text(strings.Repeat(string('一'+rune(i)), max(n, -n)*20))
		x.KeepNext = n < 0
		cell.Text = append(cell.Text, x)
	}
	for before := range 30 {
		in := &doc.Table{
			ID: "12", Style: "表身", NoteStyle: "表注", Columns: []doc.Column{{Fixed: 100000}, {Fixed: 214000}}, RuleWidth: 500, FrameWidth: 500,
			CellPad: doc.CellPad{X: 1000}, Body: make([]doc.Row, before+1),
		}
		for i := range before {
			in.Body[i].Cells = []doc.Cell{{Text: []doc.Text{text("前")}, ColSpan: 2}}
		}
		in.Body[before] = doc.Row{Splittable: true, Cells: []doc.Cell{{Text: []doc.Text{text("年度目标")}}, cell}}
		check(t, in)
		out, diags := Lay(tableDoc(in), fixed)
		if diags.Len() > 0 {
			t.Fatal(diags.Sorted())
		}
		done := make([]int, len(lines)) // lines of a paragraph on the pages so far
		for i := range out.Pages {
			last := -1
			for _, x := range out.Pages[i].Texts {
				r := []rune(x.Text)[0]
				if k := int(r - '一'); k < 0 || k >= len(lines) || len([]rune(x.Text)) < 20 {
					continue
				} else {
					last = k
					done[k]++
				}
			}
			if last < 0 {
				continue
			}
			whole := max(lines[last], -lines[last])
			if rest := whole - done[last]; done[last] == 1 && rest > 0 || rest == 1 || lines[last] < 0 {
				t.Errorf("after %d rows, page %d ends with line %d of %d of paragraph %d", before, i, done[last], lines[last], last)
			}
		}
	}
}

// TestInnerHeadsOnEveryPart wants the heads of a form's list again above the rows of the list on each page it reaches, and
// nowhere else, read out once.
func TestInnerHeadsOnEveryPart(t *testing.T) {
	for before := range 12 {
		in := &doc.Table{ID: "12", Style: "表身", NoteStyle: "表注", Columns: make([]doc.Column, 4), RuleWidth: 500, FrameWidth: 500, CellPad: doc.CellPad{X: 1000, Y: 2000}}
		add := func(row doc.Row, words ...string) {
			for _, w := range words {
				row.Cells = append(row.Cells, doc.Cell{Text: []doc.Text{text(w)}})
			}
			in.Body = append(in.Body, row)
		}
		for range before {
			add(doc.Row{}, "前", "前", "前", "前")
		}
		add(doc.Row{HeadOf: 62, KeepNext: true}, "年度指标", "一级", "二级", "依据")
		in.Body[before].Cells[0] = doc.Cell{Text: []doc.Text{text("年度指标")}, RowSpan: 63, Header: doc.HeaderRow}
		in.Body[before].Cells[3].RowSpan = 2
		add(doc.Row{HeadOf: 61, KeepNext: true}, "甲级", "乙级")
		for i := range 61 {
			add(doc.Row{}, "产出", fmt.Sprintf("第%d项", i), "略")
		}
		for range 5 {
			add(doc.Row{}, "后", "后", "后", "后")
		}
		check(t, in)
		out, _ := Lay(tableDoc(in), fixed)
		content := 0
		for i := range out.Pages {
			n := map[string]int{}
			last := 0
			for k, x := range out.Pages[i].Texts {
				n[x.Text]++
				if x.Text == "乙级" {
					last = k
					if x.Elem >= 0 {
						content++
					}
				}
				if x.Text == "产出" && last == 0 {
					t.Errorf("after %d rows, page %d: a row above its head", before, i)
				}
			}
			want := min(n["产出"], 1)
			for _, w := range []string{"年度指标", "一级", "二级", "依据", "甲级", "乙级"} {
				if n[w] != want {
					t.Errorf("after %d rows, page %d: %d rows of the list and %d heads %s", before, i, n["产出"], n[w], w)
				}
			}
		}
		if content != 1 {
			t.Errorf("after %d rows: the head is content %d times", before, content)
		}
	}
}
