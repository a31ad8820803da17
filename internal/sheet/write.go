package sheet

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"yusuan/internal/budget"
	"yusuan/internal/money"
	"yusuan/internal/source"
	"yusuan/internal/xlsx"
)

// Names of the sheets that hold no facts.
const (
	GuideSheet  = "说明"
	IndexSheet  = "绩效"
	ProofSheet  = "校核"
	ChoiceSheet = "选项"
	OwnSheet    = "_yusuan"
)

// Write makes the workbook of a department's files: the same files, the same bytes.
func Write(in Input) ([]byte, error) {
	return newWriter(Fill(in), nil).write()
}

func newWriter(c *Content, m *marked) *writer { return &writer{c: c, f: excelize.NewFile(), marked: m} }

func (w *writer) write() ([]byte, error) {
	defer w.f.Close()
	w.styles = &styles{f: w.f, made: map[look]int{}}
	w.place()
	w.chosen()
	steps := []func() error{w.metadata, w.tabs, w.problems, w.guide, w.proof, w.index, w.others}
	for i := range w.sheets {
		steps = append(steps, func() error { return w.sheet(&w.sheets[i]) })
	}
	steps = append(steps, w.choices, w.own)
	for _, step := range steps {
		if err := step(); err != nil {
			return nil, fmt.Errorf("sheet: %w", err)
		}
	}
	var out bytes.Buffer
	if _, err := w.f.WriteTo(&out); err != nil {
		return nil, err
	}
	return Ordered(out.Bytes())
}

// writer writes one workbook.
type writer struct {
	c      *Content
	f      *excelize.File
	styles *styles
	sheets []placed
	lists  []choice

	marked   *marked // of a workbook that is given back with findings, else nil
	unstored bool    // formulas have no results beside them: a test asks another program for them
}

// placed is a sheet whose rows have numbers.
type placed struct {
	*Filled
	blocks []placedBlock
	width  int   // columns with the hidden one
	wide   []int // the widths of those, once they are asked for
}

// placedBlock is where a block stands. Last counts rows left for more.
type placedBlock struct {
	*FilledBlock
	label, head, first, last int
	sums                     map[string]map[string]money.Amount // of its rows, as they were asked for
}

// Rows left blank for more.
const (
	spareRows   = 12
	spareLines  = 3  // in the blocks of a form
	leastGoaled = 12 // rows of a form's indicators, blank ones with those that are there
)

// place gives every row its number.
func (w *writer) place() {
	for i := range w.c.Sheets {
		s := placed{Filled: &w.c.Sheets[i]}
		at := HeadRow
		for j := range s.Blocks {
			b := placedBlock{FilledBlock: &s.Blocks[j]}
			if j > 0 {
				b.label = at
				at++
			}
			spare := 0
			if b.Shape == Rows {
				spare = spareRows
				if len(s.Blocks) > 1 {
					spare = spareLines
				}
				if b.Table.Name == indicatorTable {
					spare = max(spare, leastGoaled-len(b.Rows))
				}
			}
			at = b.stand(at, j)
			b.head, b.first = at, at+1
			b.last = b.upTo(at + len(b.Rows) + spare)
			at = b.last + 2
			s.width = max(s.width, len(b.Columns)+1)
			s.blocks = append(s.blocks, b)
		}
		w.sheets = append(w.sheets, s)
	}
}

// cellName is C12.
func cellName(column, row int) string { return columnName(column) + strconv.Itoa(row) }

func columnName(column int) string {
	name, err := excelize.ColumnNumberToName(column)
	if err != nil {
		panic(err) // beyond what a schema has
	}
	return name
}

// sheet writes a sheet of facts.
func (w *writer) sheet(s *placed) error {
	for i := range s.blocks {
		if err := w.rules(s, &s.blocks[i]); err != nil {
			return err
		}
	}
	if err := w.paper(s); err != nil {
		return err
	}
	if err := w.comments(s.Name); err != nil {
		return err
	}
	if err := w.notes(s); err != nil {
		return err
	}
	r, err := w.rows(s.Name)
	if err != nil {
		return err
	}
	r.marks = w.marksOn(s.Name)
	widths := s.widths()
	for k := s.width; k > 1; k-- { // the library puts each before the last, and Excel wants them in order
		if err := r.w.SetColWidth(k, k, xlsx.Length(widths[k-1])); err != nil {
			return err
		}
	}
	if err := r.w.SetColVisible(KeyColumn, KeyColumn, false); err != nil {
		return err
	}
	if len(s.blocks) == 1 {
		if err := w.columnStyles(r, &s.blocks[0]); err != nil {
			return err
		}
	}
	if err := r.w.SetPanes(w.panes(s)); err != nil {
		return err
	}
	all := 0
	for _, n := range widths[KeyColumn:] {
		all += n
	}
	r.heading(s, w.c.titled, all)
	for i := range s.blocks {
		r.block(&s.blocks[i], widths)
	}
	if r.err != nil {
		return r.err
	}
	return r.w.Flush()
}

// panes keep the heads in view, on sheets of rows also the first column of what is filled in.
func (w *writer) panes(s *placed) *excelize.Panes {
	if len(s.blocks) > 1 {
		return &excelize.Panes{Freeze: true, YSplit: WhatRow, TopLeftCell: cellName(1, WhatRow+1), ActivePane: "bottomLeft"}
	}
	if s.blocks[0].Shape == Items {
		return &excelize.Panes{Freeze: true, YSplit: HeadRow, TopLeftCell: cellName(1, HeadRow+1), ActivePane: "bottomLeft"}
	}
	const first = KeyColumn + 1
	return &excelize.Panes{Freeze: true, XSplit: first, YSplit: HeadRow, TopLeftCell: cellName(first+1, HeadRow+1), ActivePane: "bottomRight"}
}

// columnStyles keep the formats of columns below the rows that are there: what is typed as a code stays text.
func (w *writer) columnStyles(r *rowWriter, b *placedBlock) error {
	if b.Shape != Rows {
		return nil
	}
	for i, c := range b.Columns {
		l := look{format: formatText}
		if c.Role == RoleField || c.Role == RoleParent {
			l = look{format: lookOf(c.Field.Kind).format}
		}
		id, err := w.styles.of(l)
		if err == nil {
			err = r.w.SetColStyle(i+2, i+2, id)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// rowWriter writes the rows of a sheet; the first failure stays.
type rowWriter struct {
	w      *excelize.StreamWriter
	styles *styles
	marks  marks
	err    error
}

func (w *writer) rows(name string) (*rowWriter, error) {
	sw, err := w.f.NewStreamWriter(name)
	return &rowWriter{w: sw, styles: w.styles}, err
}

// row writes a row from its first column. A height of 0 lets the program that shows it choose.
func (r *rowWriter) row(n, height int, cells ...any) {
	cells = r.mark(n, cells)
	if r.err == nil {
		r.err = r.w.SetRow(cellName(1, n), cells, excelize.RowOpts{Height: xlsx.Length(height)})
	}
}

func (r *rowWriter) styled(l look, v any) excelize.Cell {
	id, err := r.styles.of(l)
	if r.err == nil {
		r.err = err
	}
	return excelize.Cell{StyleID: id, Value: v}
}

// heading is the title and what to fill in.
func (r *rowWriter) heading(s *placed, titled string, width int) {
	title := s.Name
	if s.Form != nil {
		title = s.Form.Kind
	}
	if titled != "" {
		title = titled + "　" + title
	}
	r.row(TitleRow, 30, nil, r.styled(look{bold: true, size: 16, middle: true}, title))
	what := s.What
	if s.blocks[0].Shape == Items {
		what += "。长文字一段一行，接着上一行写的，“项目”空着"
	}
	if s.hasAmounts() {
		what += "。金额一律填元"
	}
	l := look{colour: colourFaint, wrap: true, middle: true}
	r.row(WhatRow, 6+heightOf(what, width-4, 15), nil, r.styled(l, what))
	if r.err == nil && s.width > KeyColumn+1 {
		r.err = r.w.MergeCell(cellName(KeyColumn+1, WhatRow), cellName(s.width, WhatRow))
	}
}

func (s *placed) hasAmounts() bool {
	for _, b := range s.blocks {
		if slices.ContainsFunc(b.Items, func(x Item) bool { return x.Kind == budget.FieldAmount }) ||
			slices.ContainsFunc(b.Columns, func(c Column) bool { return c.Field != nil && c.Field.Kind == budget.FieldAmount }) {
			return true
		}
	}
	return false
}

// block writes a head and the rows below it.
func (r *rowWriter) block(b *placedBlock, widths []int) {
	if b.label > 0 {
		words := b.What
		if !strings.HasPrefix(words, b.Label) {
			words = b.Label + "：" + words
		}
		if b.Shape == Rows {
			words += "。不够就在这一块里插入行"
		}
		r.row(b.label, 24, nil, r.styled(look{bold: true, size: 12, middle: true}, words))
	}
	cells := []any{nil}
	for i := range b.Columns {
		c := &b.Columns[i]
		l := look{bold: true, fill: colourHead, boxed: true, wrap: true, middle: true, align: "center"}
		if c.required() {
			l.fill = colourMust
		}
		cells = append(cells, r.styled(l, c.shown()))
	}
	r.row(b.head, 32, cells...)
	for n := b.first; n <= b.last; n++ {
		if i := n - b.first; i < len(b.Rows) {
			r.row(n, b.height(&b.Rows[i], widths), r.facts(b, &b.Rows[i])...)
			continue
		}
		cells := []any{nil}
		for i := range b.Columns {
			cells = append(cells, r.styled(b.look(i, nil), nil))
		}
		r.row(n, 0, cells...)
	}
}

// height is that of a row with cells of several lines, 0 where one is enough: not every program makes room by itself.
func (b *placedBlock) height(row *Row, widths []int) int {
	lines := 1
	for i := range b.Columns {
		if l := b.look(i, row.Item); l.wrap && row.Cells[i].Kind == Text {
			lines = max(lines, linesOf(row.Cells[i].Text, widths[i+1]-1))
		}
	}
	const line, most = 15, 400 // a row has no more
	if lines == 1 {
		return 0
	}
	return min(lines*line+3, most)
}

// look is how a cell of a column looks; of items, of what its row holds.
func (b *placedBlock) look(column int, x *Item) look {
	told := look{format: formatText, fill: colourComputed, boxed: true, wrap: true, middle: true}
	switch c := &b.Columns[column]; c.Role {
	case RoleField, RoleParent:
		l := lookOf(c.Field.Kind)
		if c.Unprinted {
			l.fill, l.colour = colourComputed, colourFaint
		}
		return l
	case RoleName:
		told.bold = true
		if x != nil && x.Required && !x.Unprinted {
			told.fill = colourMust
		}
		return told
	case RoleTold:
		told.colour = colourFaint
		return told
	case RoleContent:
		l := lookOf(budget.FieldText)
		if x != nil {
			l = lookOf(x.Kind)
			if x.Unprinted {
				l.fill, l.colour = colourComputed, colourFaint
			}
		}
		l.align = "left"
		return l
	}
	l := lookOf(budget.FieldText)
	if b.Columns[column].Role == RoleRemark {
		l.colour = colourFaint
	}
	return l
}

func (r *rowWriter) facts(b *placedBlock, row *Row) []any {
	cells := []any{nil}
	if !row.Key.IsZero() {
		cells[0] = row.Key.String()
	}
	for i := range b.Columns {
		c := &row.Cells[i]
		l := b.look(i, row.Item)
		if c.Locked {
			l.fill = colourComputed
		}
		v := c.value()
		if b.Columns[i].Role == RoleName && row.Item != nil && row.Item.Required && !row.Item.Unprinted && c.Kind == Text && !strings.HasPrefix(c.Text, mustMark) {
			v = mustMark + c.Text
		}
		cells = append(cells, r.styled(l, v))
	}
	return cells
}

// value is a cell as the library takes it.
func (c *Cell) value() any {
	switch c.Kind {
	case Text:
		return c.Text
	case Number:
		return xlsx.Number(c.Text)
	case Date:
		return dayOf(c.Text)
	}
	return nil
}

// toDo are the words that say that something is still to be filled in or looked at.
func toDo() []string { return []string{source.Unfilled, source.Review} }
