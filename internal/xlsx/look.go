package xlsx

import "github.com/xuri/excelize/v2"

// look makes the styles of a workbook as they are needed, each once.
type look struct {
	f    *excelize.File
	made map[style]int
}

// style is how a cell looks.
type style struct {
	format               string // of numbers
	horizontal           string // where its text stands; "" as its kind of value usually does
	wrap, bold, bordered bool
	title, head          bool
}

// cents is how amounts in 元 are shown.
const cents = "#,##0.00"

func (l *look) style(s style) (int, error) {
	if id, ok := l.made[s]; ok {
		return id, nil
	}
	return l.make(s)
}

func (l *look) make(s style) (int, error) {
	x := excelize.Style{Alignment: &excelize.Alignment{Vertical: "top", Horizontal: s.horizontal, WrapText: s.wrap}}
	if s.bold || s.title || s.head {
		x.Font = &excelize.Font{Bold: true}
	}
	if s.title {
		const points = 16
		x.Font.Size = points
		x.Alignment.Vertical = "center"
	}
	if s.head {
		x.Alignment.Vertical = "center"
		x.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E7E6E6"}}
	}
	if s.format != "" {
		x.CustomNumFmt = &s.format
	}
	if s.bordered {
		for _, side := range []string{"left", "right", "top", "bottom"} {
			x.Border = append(x.Border, excelize.Border{Type: side, Style: 1, Color: "808080"})
		}
	}
	id, err := l.f.NewStyle(&x)
	if err == nil {
		l.made[s] = id
	}
	return id, err
}

// mostInCell is how many UTF-16 units a cell of Excel holds; what is beyond them the library leaves out without a word.
const mostInCell = excelize.TotalCellChars

// beyond ends a text that a cell has no room for.
const beyond = "……（一格放不下，后面的没有列出）"

// held is a value as a cell can hold it.
func held(v any) any {
	s, ok := v.(string)
	if !ok || len(s) <= mostInCell || Cut(s, mostInCell) == s {
		return v
	}
	return Cut(s, mostInCell-2*len(beyond)) + beyond
}

// cell is a value in the style of its column.
func (l *look) cell(k kind, bordered, strong bool, v any) (excelize.Cell, error) {
	v = held(v)
	s := style{bold: strong, bordered: bordered}
	switch k {
	case long:
		s.wrap = true
	case amount:
		s.format = cents
		if _, ok := v.(string); ok { // what stands where no amount is known
			s.horizontal = "right"
		}
	case printed:
		s.horizontal = "right"
		return l.printedCell(s, v)
	case centered:
		s.horizontal = "center"
	case text:
	}
	id, err := l.style(s)
	return excelize.Cell{StyleID: id, Value: v}, err
}
