package tablebook

import (
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"yusuan/internal/doc"
	"yusuan/internal/typeset/unit"
)

// Sheets that are lists: a title, heads, rows.

// halfEm is half the usual size of type, in tenths of a point.
const halfEm = usualSize / 2

// named gives a range of one column a name.
func (w *writer) named(name, sheet string, column, first, last int) error {
	return w.f.SetDefinedName(&excelize.DefinedName{Name: name, RefersTo: quoted(sheet) + "!" + fixed(column, first) + ":" + fixed(column, max(first, last))})
}

// a4 is the paper of lists.
func a4() *doc.PageStyle {
	return &doc.PageStyle{Width: 842 * unit.Pt, Height: 595 * unit.Pt, Top: 43 * unit.Pt, Bottom: 43 * unit.Pt, Left: 36 * unit.Pt, Right: 36 * unit.Pt}
}

// plain begins a list: a title in the first row, heads in the row before the first. Title, colour of the tab and the head of
// the printed pages say that it is no published table.
func (w *writer) plain(sheet, what string, heads []string, widths []int, first, last int) (*rowWriter, error) {
	filter := cellName(1, first-1) + ":" + cellName(len(heads), max(first, last))
	if err := w.f.AutoFilter(sheet, filter, nil); err != nil {
		return nil, err
	}
	if err := w.onPaper(sheet, a4()); err != nil { // after the filter, which the library would let undo it
		return nil, err
	}
	if err := w.apart(sheet, sumOf(widths)*halfEm, first-1); err != nil {
		return nil, err
	}
	r, err := w.rows(sheet)
	if err != nil {
		return nil, err
	}
	wide := slices.Clone(widths)
	for i := range wide {
		wide[i] *= halfEm
	}
	if err := r.columns(wide); err != nil {
		return nil, err
	}
	if err := r.w.SetPanes(&excelize.Panes{Freeze: true, YSplit: first - 1, TopLeftCell: cellName(1, first), ActivePane: "bottomLeft"}); err != nil {
		return nil, err
	}
	r.begin(len(heads))
	r.set(1, look{bold: true, size: 160, down: "center"}, "", sheet+"（"+forReview+"）")
	r.end(1, 300)
	r.saying(2, w.whose()+"。"+what, widths)
	return r, nil
}

// apart tells a list from the published tables, and lets it print as wide as it can be read: not below half its size, with its
// heads on each page, and its first columns where it is on several side by side.
func (w *writer) apart(sheet string, width, heads int) error {
	paper, colour, high := a4(), colourApart, 0
	room := int((paper.Width - paper.Left - paper.Right) * 10 / unit.Pt)
	wide := max(1, (width+2*room-1)/(2*room))
	if err := w.f.SetPageLayout(sheet, &excelize.PageLayoutOptions{FitToWidth: &wide, FitToHeight: &high}); err != nil {
		return err
	}
	columns := ""
	if wide > 1 {
		columns = "$A:$B"
	}
	if err := w.repeated(sheet, columns, heads, heads); err != nil {
		return err
	}
	if err := w.f.SetSheetProps(sheet, &excelize.SheetPropsOptions{TabColorRGB: &colour}); err != nil {
		return err
	}
	title := []rune(w.whose())
	head := strings.ReplaceAll(string(title[:min(len(title), mostOfHead)]), "&", "&&")
	return w.f.SetHeaderFooter(sheet, &excelize.HeaderFooterOptions{OddHeader: "&L" + head + "&R" + forReview, OddFooter: "&C— &P —"})
}

// mostOfHead is how much of a title stands at the head of pages: the format allows 255 letters in all, some of them written twice.
const mostOfHead = 100

// saying writes a line across all columns, in as many lines as it takes.
func (r *rowWriter) saying(row int, words string, widths []int) {
	r.begin(len(widths))
	r.set(1, look{colour: colourFaint, down: "center", across: "left", wrap: true}, "", words)
	r.end(row, heightOf(words, sumOf(widths)*halfEm-padX, usualSize))
	r.merge(1, row, len(widths), row)
}

// heads writes the heads of a list.
func (r *rowWriter) heads(row int, heads []string) {
	r.begin(len(heads))
	for k, h := range heads {
		r.set(k+1, look{bold: true, boxed: true, border: colourLine, fill: colourHead, wrap: true, across: "center", down: "center"}, "", h)
	}
	r.end(row, 300)
}

// listLook is how cells of lists look.
func listLook(across string) look {
	l := look{boxed: true, border: colourLine, across: across, down: "center"}
	if across == "left" {
		l.indent = 1 // numbers stand close before it
	}
	return l
}

// plainCell sets a cell of a list: a number, or a text.
func (r *rowWriter) plainCell(column int, v string, number bool) { r.cell(column, v, number, false) }

// cell is plainCell, of texts in as many lines as they take where wrap says so.
func (r *rowWriter) cell(column int, v string, number, wrap bool) {
	kind := cellKind{number, wrap, column == 1}
	style, made := r.kinds[kind]
	if !made {
		l := listLook("left")
		l.format, l.wrap = formatText, wrap
		switch {
		case number && column == 1:
			l = listLook("center")
			l.format = "0"
		case number:
			l = listLook("right")
			l.format = formatAmount
		}
		if r.kinds == nil {
			r.kinds = map[cellKind]int{}
		}
		style = r.styles.of(l)
		r.kinds[kind] = style
	}
	switch {
	case v == "":
		r.put(column, style, "", nil)
	case number:
		r.put(column, style, "", decimal(v))
	default:
		r.put(column, style, "", v)
	}
}

// cellKind is what cells of lists differ by.
type cellKind struct{ number, wrap, first bool }
