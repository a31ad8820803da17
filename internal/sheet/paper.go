package sheet

import (
	"strconv"

	"github.com/xuri/excelize/v2"

	"yusuan/internal/budget"
	"yusuan/internal/xlsx"
)

// Sheets on paper: A4, which every office has, as small as can still be read and no smaller.

// a4Holds is how many characters of half an em stand across A4 before their type is smaller than 7 points.
const a4Holds = 218

// paper makes a sheet fit the paper, with its heads on every page: what is too wide for one goes on over several, with its first
// column on each. The key column is not printed.
func (w *writer) paper(s *placed) error {
	last := s.blocks[len(s.blocks)-1].last
	b := &s.blocks[0]
	if len(s.blocks) == 1 && b.Shape == Rows { // with the hidden keys: who sorts by the filter sorts them along
		if err := w.f.AutoFilter(s.Name, cellName(1, b.head)+":"+cellName(s.width, b.last), nil); err != nil {
			return err
		}
	}
	across := s.across()
	if err := w.onPaper(s.Name, false, across); err != nil { // after the filter, which the library would let undo it
		return err
	}
	titles := quoted(s.Name) + "!$" + strconv.Itoa(TitleRow) + ":$" + strconv.Itoa(HeadRow)
	if len(s.blocks) > 1 { // each has a head of its own
		titles = quoted(s.Name) + "!$" + strconv.Itoa(TitleRow) + ":$" + strconv.Itoa(TitleRow)
	}
	if across > 1 {
		titles = quoted(s.Name) + "!$B:$B," + titles
	}
	names := []excelize.DefinedName{{Name: "_xlnm.Print_Area", Scope: s.Name, RefersTo: quoted(s.Name) + "!$B$1:$" + columnName(s.width) + "$" + strconv.Itoa(last)},
		{Name: "_xlnm.Print_Titles", Scope: s.Name, RefersTo: titles}}
	for i := range names {
		if err := w.f.SetDefinedName(&names[i]); err != nil {
			return err
		}
	}
	return nil
}

// across is how many pages a sheet takes beside each other.
func (s *placed) across() int {
	widths := s.widths()[KeyColumn:]
	pages, room := 1, a4Holds
	for _, n := range widths {
		if n > room {
			pages, room = pages+1, a4Holds-widths[0]
		}
		room -= n
	}
	return pages
}

func (w *writer) a4(name string, upright bool) error { return w.onPaper(name, upright, 1) }

func (w *writer) onPaper(name string, upright bool, across int) error {
	orientation, size, down, fit := "landscape", 9, 0, true
	if upright {
		orientation = "portrait"
	}
	if err := w.f.SetPageLayout(name, &excelize.PageLayoutOptions{Orientation: &orientation, Size: &size, FitToWidth: &across, FitToHeight: &down}); err != nil {
		return err
	}
	if err := w.f.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	side, top, foot := xlsx.Length(1)/2, xlsx.Length(6)/10, xlsx.Length(3)/10
	if err := w.f.SetPageMargins(name, &excelize.PageLayoutMarginsOptions{Left: &side, Right: &side, Top: &top, Bottom: &top, Header: &foot, Footer: &foot}); err != nil {
		return err
	}
	return w.f.SetHeaderFooter(name, &excelize.HeaderFooterOptions{OddFooter: "&L&A&R第 &P 页，共 &N 页"})
}

// widestInForm bounds the columns of forms, which several blocks share.
const widestInForm = 28

// widths are those of the columns, the hidden one first. Heads may take two lines. Columns give way where the sheet then fits the
// paper; one that does not anyway has them as they are.
func (s *placed) widths() []int {
	if s.wide != nil {
		return s.wide
	}
	out, floors := make([]int, s.width), make([]int, s.width)
	for _, b := range s.blocks {
		for i := range b.Columns {
			n := s.wants(&b, i)
			out[i+1] = max(out[i+1], n)
			floors[i+1] = max(floors[i+1], min(n, narrowest(&b.Columns[i])))
		}
	}
	all, least := 0, 0
	for i := range out {
		all += out[i]
		least += floors[i]
	}
	for ; all > a4Holds && least <= a4Holds; all-- { // the widest first
		at := 0
		for i := range out {
			if out[i] > floors[i] && (out[at] <= floors[at] || out[i] > out[at]) {
				at = i
			}
		}
		out[at]--
	}
	s.wide = out
	return out
}

// wants is the width that a column of a block would have.
func (s *placed) wants(b *placedBlock, column int) int {
	c := &b.Columns[column]
	least, most := widthOf(c)
	n := least
	if c.Role != RoleRemark {
		n = min(max(least, span(c.Head)/2+4), most)
	}
	for _, row := range b.Rows {
		n = max(n, min(span(row.Cells[column].Text)+3, most))
	}
	if long := c.Field != nil && c.Field.Kind == budget.FieldLong; s.Form != nil && c.Role != RoleContent && !long {
		n = min(n, widestInForm)
	}
	return n
}

// narrowest is how narrow a column may become so that its sheet fits the paper.
func narrowest(c *Column) int {
	switch least, _ := widthOf(c); {
	case c.Role == RoleContent:
		return least
	case c.Role == RoleRemark || c.Role == RoleTold:
		return 16
	case c.Field != nil && c.Field.Kind == budget.FieldLong:
		return 16
	case c.Field != nil && c.Field.Kind == budget.FieldAmount:
		return least
	default:
		return min(least, 12)
	}
}
