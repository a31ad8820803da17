// Package book reads finished documents that are spreadsheets: of each sheet that is shown its tables, the lines around them and
// its texts. What is hidden is left out and told.
package book

import (
	"fmt"
	"strings"

	"yusuan/internal/grid"
	"yusuan/internal/read/around"
	"yusuan/internal/read/paper"
)

// maxPlaces bounds rows × columns of all tables.
const maxPlaces = 4_000_000

// Document reads a book. parts are sheets of which only so many lines are the document's, as nobody needs to be told.
func Document(b *grid.Book, parts map[string]int) (*paper.Document, error) {
	r := &reader{doc: &paper.Document{Format: paper.Workbook}, left: maxPlaces}
	for i := range b.Sheets {
		s := &b.Sheets[i]
		if n, ok := parts[s.Name]; ok {
			r.begin(s, n)
			continue
		}
		if len(s.Rows) == 0 {
			continue
		}
		if s.Hidden {
			r.gap(s.Name, "", show, false, "工作表“%s”是隐藏的，没有读", strings.TrimSpace(s.Name))
			continue
		}
		if err := r.sheet(s); err != nil {
			return nil, err
		}
	}
	for _, name := range b.Others {
		r.gap(name, "", "图上的数请对照表格自己看", false, "“%s”不是一般的工作表（图表、宏一类），没有读", name)
	}
	return r.doc, nil
}

const (
	show      = "要核对的话，请取消隐藏，再存一次"
	recompute = "请在 Excel 或 WPS 里打开它，按 F9 重算，保存以后再用"
)

// reader reads one book.
type reader struct {
	doc  *paper.Document
	left int // rows × columns that tables may still have
}

func (r *reader) gap(sheet, cell, remedy string, doubtful bool, what string, args ...any) {
	r.doc.Gaps = append(r.doc.Gaps, paper.Gap{At: paper.Place{Sheet: sheet, Cell: cell}, What: fmt.Sprintf(what, args...), Remedy: remedy, Doubtful: doubtful})
}

// begin reads the first lines of a sheet as texts.
func (r *reader) begin(s *grid.Sheet, n int) {
	x := view(s)
	for i := range x.lines[:min(n, len(x.lines))] {
		for _, c := range x.lines[i].cells {
			r.doc.Blocks = append(r.doc.Blocks, paper.Block{Text: x.paragraph(&x.lines[i], c)})
		}
	}
}

// sheet reads one sheet.
func (r *reader) sheet(s *grid.Sheet) error {
	x := view(s)
	r.tell(x)
	var blocks []paper.Block
	for _, c := range s.Remarks { // the unit of the amounts may stand in a shape
		if c.Shape {
			blocks = append(blocks, paper.Block{Text: text(c.Text, place(s, c.Row, c.Column))})
		}
	}
	for _, p := range x.parts() {
		if !p.table {
			for _, c := range x.lines[p.from].cells {
				blocks = append(blocks, paper.Block{Text: x.paragraph(&x.lines[p.from], c)})
			}
			continue
		}
		t := x.grid(p)
		if r.left -= len(t.Rows) * t.Columns; r.left < 0 {
			return &paper.Refused{What: fmt.Sprintf("这份表格太大：行乘列多于 %d", maxPlaces), Remedy: "请只留下要核对的工作表，另存为新的 .xlsx 文件再用"}
		}
		blocks = append(blocks, paper.Block{Table: t})
	}
	r.doc.Blocks = append(r.doc.Blocks, around.Gather(blocks)...)
	return nil
}

// tell tells what of a sheet is not read, or not for certain.
func (r *reader) tell(x *sheet) {
	name, said := x.s.Name, strings.TrimSpace(x.s.Name)
	if x.hiddenRows.n > 0 {
		r.gap(name, x.hiddenRows.first, show, false, "工作表“%s”有 %d 行是隐藏的（从 %s 起），没有读", said, x.hiddenRows.n, x.hiddenRows.first)
	}
	if x.hiddenColumns.n > 0 {
		r.gap(name, x.hiddenColumns.first, show, false, "工作表“%s”有 %d 列是隐藏的（从 %s 起），没有读", said, x.hiddenColumns.n, x.hiddenColumns.first)
	}
	if x.covered.n > 0 {
		r.gap(name, x.covered.first, "请拆开合并的单元格看一看", false, "工作表“%s”有 %d 个格被合并的单元格盖住，看不见，没有读（%s）", said, x.covered.n, x.covered.first)
	}
	if x.unstored.n > 0 {
		r.gap(name, x.unstored.first, recompute, false, "工作表“%s”有 %d 个公式没有存下结果，不知道是多少，读成了“？”（%s）", said, x.unstored.n, x.unstored.first)
	}
	if x.zeros.n > 0 {
		r.gap(name, x.zeros.first, recompute, false, "工作表“%s”的 %d 个公式存的结果全是 0，像是导出以后没有算过，没有采用，读成了“？”（%s）", said, x.zeros.n, x.zeros.first)
	}
}

func place(s *grid.Sheet, row, column int) paper.Place {
	return paper.Place{Sheet: s.Name, Cell: grid.Name(row, column)}
}

func text(s string, at paper.Place) *paper.Paragraph {
	return &paper.Paragraph{Text: s, Spots: []paper.Spot{{Start: 0, End: len(s), At: at}}}
}
