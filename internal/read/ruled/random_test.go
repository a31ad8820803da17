package ruled

import (
	"strings"
	"testing"
	"unicode/utf8"

	"yusuan/internal/pdfium"
	"yusuan/internal/read/paper"
	"yusuan/internal/typeset/unit"
)

// dice is a sequence of numbers that look like chance, the same on every machine.
type dice uint64

func (d *dice) below(n int) int {
	*d = *d*6364136223846793005 + 1442695040888963407
	return int(uint64(*d) >> 33 % uint64(n))
}

// page throws letters and rules onto a page: some where tables have them, some anywhere, off the paper and of no size, too.
func (d *dice) page() *drawing {
	p := newPage()
	at := func() unit.Length { return unit.Length(d.below(700)-50) * pt }
	for range d.below(4) {
		widths := make([]int, 1+d.below(6))
		for i := range widths {
			widths[i] = d.below(120)
		}
		rows := make([]string, 1+d.below(6))
		for i := range rows {
			cells := make([]string, len(widths))
			for k := range cells {
				cells[k] = []string{"", "<", "^", "合计", "1,234.56", "说明一句。"}[d.below(6)]
				if k == 0 && cells[k] == "<" || i == 0 && cells[k] == "^" {
					cells[k] = "甲"
				}
			}
			rows[i] = strings.Join(cells, "|")
		}
		p.table(at(), at(), widths, rows...)
	}
	for range d.below(60) {
		p.rule(d.below(2) == 0, at(), at(), at())
	}
	texts := []string{"第二部分", "表1 收支总表", "单位：万元", "注：一句。", "1,234.56", "一、目录……3", "跨行的文字没有说完", "A b", "— 3 —", "（续表）"}
	for range d.below(40) {
		p.text(at(), at(), unit.Length(d.below(20))*pt, texts[d.below(len(texts))])
	}
	for i := range p.Glyphs {
		if d.below(20) == 0 {
			p.Glyphs[i].Turned = d.below(4)
			p.Glyphs[i].Step = paper.Box{}
		}
	}
	p.Images, p.Hidden = d.below(2), d.below(2)
	return p
}

// TestAnyPages: whatever pages hold, reading them ends, and what is read is whole: cells lie in their table beside each other, spots
// in their text.
func TestAnyPages(t *testing.T) {
	d := dice(1)
	for n := range 400 {
		var pages []*pdfium.Page
		for range 1 + d.below(4) {
			p := d.page()
			if d.below(3) == 0 {
				p = p.turned(1 + d.below(3))
			}
			pages = append(pages, &p.Page)
		}
		doc := Document(pages)
		for _, b := range doc.Blocks {
			if b.Text != nil {
				holdSpots(t, n, b.Text)
			} else {
				holdTable(t, n, b.Table)
			}
		}
		if t.Failed() {
			return
		}
	}
}

func holdSpots(t *testing.T, n int, p *paper.Paragraph) {
	t.Helper()
	at := 0
	for _, s := range p.Spots {
		if s.Start < at || s.End <= s.Start || strings.TrimSpace(p.Text[at:s.Start]) != "" || !utf8.ValidString(p.Text[s.Start:s.End]) {
			t.Fatalf("document %d: spots %v of %q", n, p.Spots, p.Text)
		}
		at = s.End
	}
	if at != len(p.Text) {
		t.Errorf("document %d: spots end at %d of %q", n, at, p.Text)
	}
}

func holdTable(t *testing.T, n int, table *paper.Table) {
	t.Helper()
	taken := map[[2]int]bool{}
	for i, r := range table.Rows {
		last := -1
		for _, c := range r.Cells {
			if c.Column <= last || c.Columns < 1 || c.Rows < 1 || c.Column+c.Columns > table.Columns {
				t.Fatalf("document %d: row %d of %d columns: %+v", n, i, table.Columns, r.Cells)
			}
			last = c.Column
			for di := range c.Rows {
				for dk := range c.Columns {
					if taken[[2]int{i + di, c.Column + dk}] {
						t.Fatalf("document %d: two cells at row %d column %d: %+v", n, i+di, c.Column+dk, table.Rows)
					}
					taken[[2]int{i + di, c.Column + dk}] = true
				}
			}
		}
	}
}
