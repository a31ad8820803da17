package stated_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"testing/fstest"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/money"
	"yusuan/internal/pack"
	"yusuan/internal/read/paper"
	"yusuan/internal/recognise"
	"yusuan/internal/schedule"
	"yusuan/internal/source"
	"yusuan/internal/stated"
	"yusuan/internal/typeset/unit"
	"yusuan/templates"
)

// oddities are pieces of text that must not come apart on the way to a file and back.
var oddities = []string{"'''", `"""`, `\`, `\n`, `\|`, "|", "\t", "\n", "\r\n", "\r", "\ufeff", "\x00", "\x1b", "\u2028", "⽅", "⼀", "\u200b", "\u00a0", "\ue000", "\xff",
	"#", "=", "[[stated_table]]", "'", `"`, "收入", "1,234.56", "　", " ", "【请核对】", "。", "一、", "表1", "€", "𬭎", "{{.}}", "\u0301", "＂", "\x7f", "\u0085"}

func text(r *rand.Rand) string {
	var b strings.Builder
	for range r.IntN(6) {
		b.WriteString(oddities[r.IntN(len(oddities))])
	}
	return b.String()
}

func place(r *rand.Rand) paper.Place {
	at := unit.Length(r.IntN(1000))
	return paper.Place{Page: 1 + r.IntN(9), Box: paper.Box{Left: at, Top: at, Right: at + 100, Bottom: at + 10}}
}

func paragraph(r *rand.Rand) *paper.Paragraph {
	s := text(r)
	p := &paper.Paragraph{Text: s, Level: r.IntN(3), Centred: r.IntN(2) == 0}
	for at := 0; at < len(s); {
		end := min(at+1+r.IntN(5), len(s))
		p.Spots = append(p.Spots, paper.Spot{Start: at, End: end, At: place(r)})
		at = end
	}
	return p
}

// strange is a document of oddities: what it says in cells comes back by its id and row.
func strange(r *rand.Rand, p *pack.Pack) (*paper.Document, *recognise.Found) {
	d := &paper.Document{Format: paper.PDF}
	f := &recognise.Found{Pack: p}
	f.Name.Value, f.Year.Value = text(r), 2020+r.IntN(8)
	for range r.IntN(12) {
		d.Blocks = append(d.Blocks, paper.Block{Text: paragraph(r)})
	}
	for _, id := range p.TableIDs() {
		spec := p.Tables[id]
		leaves := len(pack.Leaves(spec.Columns))
		t := &recognise.Table{Block: len(d.Blocks), Paper: &paper.Table{Columns: leaves}, Heading: text(r), Number: text(r), Left: text(r), Spec: spec,
			Score: r.IntN(1000), Unit: money.Wan, Why: text(r)}
		for j := range leaves {
			t.Columns = append(t.Columns, j-r.IntN(2)*(j+1))
		}
		t.Extra = append(t.Extra, recognise.Extra{Head: text(r), Filled: true})
		t.Doubts = append(t.Doubts, recognise.Doubt{What: text(r)})
		if r.IntN(2) == 0 {
			t.Notes = append(t.Notes, *paragraph(r), *paragraph(r))
		}
		for i := range 1 + r.IntN(4) {
			row := paper.Row{Page: 1, Number: i + 1}
			for j := range leaves {
				row.Cells = append(row.Cells, paper.Cell{Column: j, Columns: 1, Rows: 1, Text: text(r), At: place(r)})
			}
			t.Paper.Rows = append(t.Paper.Rows, row)
			cells := recognise.Row{Table: t.Paper, Index: i}
			for j := range row.Cells {
				c := &t.Paper.Rows[i].Cells[j]
				cells.Cells = append(cells.Cells, recognise.Cell{Text: c.Text, At: c.At, Source: c})
			}
			t.Rows = append(t.Rows, cells)
		}
		switch r.IntN(4) {
		case 0:
			t.Spec = nil
		case 1:
			t.Spec, t.Form, t.Project = nil, &pack.Form{}, text(r)
		}
		d.Blocks = append(d.Blocks, paper.Block{Table: t.Paper}, paper.Block{Text: paragraph(r)})
		f.Tables = append(f.Tables, t)
	}
	return d, f
}

// seen is a text as people see it: what is odd in it looks like what it is taken for, and blanks are blanks.
func seen(s string) string {
	return strings.Join(strings.Fields(strings.ToValidUTF8(strings.Map(func(r rune) rune {
		switch r {
		case '⽅':
			return '方'
		case '⼀':
			return '一'
		case 0xa0, 0x3000, 0x85, 0x2028:
			return ' '
		case 0xfeff, 0, 0x1b, 0x200b, 0x7f:
			return -1
		case 0xe000, 0xfffd:
			return '〓'
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd")), "〓")), " ")
}

// TestWhateverStandsThere: whatever letters a document has, its files are read without a complaint, and say what it says.
func TestWhateverStandsThere(t *testing.T) {
	p, _, err := schedule.LoadPack(templates.FS, "wuhan")
	if err != nil {
		t.Fatal(err)
	}
	for seed := range uint64(400) {
		r := rand.New(rand.NewPCG(seed, 20))
		d, f := strange(r, p)
		typed := stated.Of(d, f, stated.Options{Template: "wuhan"})
		facts := parse(t, seed, typed)
		rows := map[string]string{}
		for i := range facts.StatedTables {
			s := &facts.StatedTables[i]
			for line := range strings.SplitSeq(s.Rows.V, "\n") {
				for _, c := range budget.CutCells(line) {
					rows[seen(budget.CellText(strings.TrimSpace(c)))] = "there"
				}
			}
		}
		for _, x := range f.Tables {
			for _, row := range x.Rows {
				for _, c := range row.Cells {
					if want := seen(c.Text); x.Spec != nil && want != "" && rows[want] == "" {
						t.Fatalf("seed %d: cell %q (%q) is in no row", seed, c.Text, want)
					}
				}
			}
		}
	}
}

// parse reads the files as any others, and lets no complaint pass but of letters that look like others: those are printed so.
func parse(t *testing.T, seed uint64, typed *stated.Typed) *budget.Facts {
	t.Helper()
	m := fstest.MapFS{}
	for _, f := range typed.Files {
		m["d/"+f.Path] = &fstest.MapFile{Data: f.Data}
	}
	files, diags, err := source.ReadDir(m, "d")
	if err != nil {
		t.Fatal(err)
	}
	facts, more := budget.Read(files, nil, nil)
	diags.Append(more)
	for _, x := range diags.Sorted() {
		if x.Rule != "填报-008" && x.Rule != "填报-014" { // what is to be looked at is marked
			line := ""
			if f, ok := m[x.At.File]; ok && x.At.Start.Line > 0 {
				line = strings.Split(string(f.Data), "\n")[x.At.Start.Line-1]
			}
			t.Fatalf("seed %d: %s %s %s\n%q", seed, x.At, x.Rule, x.Message, line)
		}
	}
	return facts
}

// TestPlaces: every cell and every piece of a sentence is found again on paper, whatever quotation marks its file has.
func TestPlaces(t *testing.T) {
	p, _, err := schedule.LoadPack(templates.FS, "wuhan")
	if err != nil {
		t.Fatal(err)
	}
	for _, odd := range []string{"", "'''", "\x01|\\"} {
		at := func(n int) paper.Place {
			return paper.Place{Page: n, Box: paper.Box{Left: 100, Right: 200, Bottom: 10}}
		}
		sheet := &paper.Table{Columns: 3, Rows: []paper.Row{{Page: 4, Cells: []paper.Cell{
			{Column: 0, Columns: 1, Rows: 1, Text: odd + "甲", At: at(4)}, {Column: 1, Columns: 1, Rows: 1, Text: "", At: at(5)}, {Column: 2, Columns: 1, Rows: 1, Text: "9", At: at(6)}}}}}
		table := &recognise.Table{Paper: sheet, Spec: p.Tables["3"], Heading: "表", Columns: []int{0, 1, 2}, Rows: []recognise.Row{{Table: sheet}}}
		for i := range sheet.Rows[0].Cells {
			c := &sheet.Rows[0].Cells[i]
			table.Rows[0].Cells = append(table.Rows[0].Cells, recognise.Cell{Text: c.Text, At: c.At, Source: c})
		}
		first, second := odd+"第一行的字，", "金额12.00万元。"
		d := &paper.Document{Blocks: []paper.Block{{Table: sheet}, {Text: &paper.Paragraph{Text: "一、总体情况", Spots: []paper.Spot{{End: len("一、总体情况"), At: at(7)}}}},
			{Text: &paper.Paragraph{Text: first + second, Spots: []paper.Spot{{End: len(first), At: at(8)}, {Start: len(first), End: len(first + second), At: at(9)}}}}}}
		f := &recognise.Found{Pack: p, Tables: []*recognise.Table{table}}
		f.Year.Value, f.Name.Value = 2026, "某局"
		typed := stated.Of(d, f, stated.Options{Template: "wuhan"})
		facts := parse(t, 0, typed)
		text := facts.StatedTexts[0].Text
		i := strings.Index(text.V, "12.00")
		if got := typed.At(text.Span(i, i+5)); len(got) != 1 || got[0].Page != 9 || got[0].Box.Left <= 100 || got[0].Box.Right >= 200 {
			t.Errorf("%q: the amount is at %v, want a part of the line on page 9", odd, got)
		}
		if p, _, ok := typed.Printed(text.Span(i, i+5)); !ok || p.Section != "一、总体情况" || p.Page != 9 {
			t.Errorf("%q: the amount is in %v", odd, p)
		}
		if got := typed.At(text.Span(strings.Index(text.V, "字，"), i+5)); len(got) != 2 {
			t.Errorf("%q: two lines are at %v", odd, got)
		}
		rows := facts.StatedTables[0].Rows
		for text, page := range map[string]int{"甲": 4, "9": 6} {
			i := strings.Index(rows.V, text)
			r := rows.Span(i, i+len(text))
			if got := typed.At(r); len(got) != 1 || got[0].Page != page {
				t.Errorf("%q: %s is at %v, want page %d", odd, text, got, page)
			}
			if p, _, _ := typed.Printed(r); p.Row != 1 || p.Column != page-3 {
				t.Errorf("%q: %s is in row %d column %d", odd, text, p.Row, p.Column)
			}
		}
		empty := strings.Index(rows.V, "|  |") + 1
		if got := typed.At(diag.Range{File: rows.At.File, Start: rows.Span(empty, empty).Start, End: rows.Span(empty, empty).Start}); len(got) != 1 || got[0].Page != 5 {
			t.Errorf("%q: the empty cell is at %v, want page 5", odd, got)
		}
	}
}

// TestSections: headings are found by their numbers, by the contents and by how they are set; what is none stays in its section,
// and nothing is lost. Of headings alone those that name a year are kept.
func TestSections(t *testing.T) {
	p, _, err := schedule.LoadPack(templates.FS, "wuhan")
	if err != nil {
		t.Fatal(err)
	}
	d := &paper.Document{}
	add := func(page int, centred bool, texts ...string) {
		for _, s := range texts {
			d.Blocks = append(d.Blocks, paper.Block{Text: &paper.Paragraph{Text: s, Centred: centred, Spots: []paper.Spot{{End: len(s), At: paper.Place{Page: page}}}}})
		}
	}
	add(1, true, "某局2026年部门预算")
	add(2, true, "目　录")
	add(2, false, "第一部分 概况……1", "项目经费说明……7", "— 2 —")
	add(3, true, "第一部分　概况", "第二部分　某局2025年预算表", "第三部分　2025年大事")
	add(3, false, "一、主要职责", "（一）贯彻执行方针政策。", "1. 某局本级", "第 3 页")
	add(4, false, "十一、其他重要事项的情况说明", "（二）政府采购预算情况。2026年政府采购预算5万元。", "（三）国有资产占有使用情况", "共有车辆2辆。", "（四）支出预算总计5万元", "项目经费说明", "用于日常。")
	add(5, true, "名词解释")
	add(5, false, "一、基本支出：指为保障机构正常运转而发生的支出。")
	f := &recognise.Found{Pack: p}
	f.Year.Value, f.Name.Value = 2026, "某局"
	facts := parse(t, 0, stated.Of(d, f, stated.Options{Template: "wuhan"}))
	var got []string
	for _, x := range facts.StatedTexts {
		got = append(got, x.Section.V+"："+strings.ReplaceAll(x.Text.V, "\n", "/"))
	}
	want := []string{"封面：某局2026年部门预算", "标题：第二部分　某局2025年预算表", "标题：第三部分　2025年大事", "一、主要职责：（一）贯彻执行方针政策。/1. 某局本级", "十一、（二）政府采购预算情况：2026年政府采购预算5万元。", "十一、（三）国有资产占有使用情况：共有车辆2辆。/（四）支出预算总计5万元",
		"项目经费说明：用于日常。", "名词解释：一、基本支出：指为保障机构正常运转而发生的支出。"}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("sections are\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
