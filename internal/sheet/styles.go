package sheet

import (
	"cmp"
	"strings"

	"github.com/xuri/excelize/v2"

	"yusuan/internal/budget"
	"yusuan/internal/xlsx"
)

// Colours mean: what is filled in, what is computed or told, what is wrong or still to be filled in.
const (
	colourInput    = "FFFDF2"
	colourComputed = "F0F0F0"
	colourProblem  = "FFC7CE"
	colourToDo     = "FFE0B2"
	colourGood     = "E2F0D9"
	colourHead     = "D9E5F3"
	colourMust     = "B4CDE9" // the head of what must be filled in
	colourLine     = "BFBFBF"
	colourFaint    = "6B6B6B"
)

// Formats of numbers.
const (
	formatText   = "@"
	formatAmount = "#,##0.00##"
	formatWhole  = "0"
	formatDate   = "yyyy-mm-dd"
)

// look is how a cell looks.
type look struct {
	format, fill, colour, align string
	bold, wrap, boxed, middle   bool
	size                        int // of type in points, 0 for the usual
	link                        bool
}

// styles makes the styles of a workbook as they are asked for.
type styles struct {
	f    *excelize.File
	made map[look]int
}

// usualSize is that of type, in points.
const usualSize = 11

// fontFamily is on every machine that has WPS or Excel in Chinese.
const fontFamily = "宋体"

func (s *styles) of(l look) (int, error) {
	if id, ok := s.made[l]; ok {
		return id, nil
	}
	vertical := "top"
	if l.middle {
		vertical = "center"
	}
	x := excelize.Style{Font: &excelize.Font{Family: fontFamily, Size: xlsx.Length(cmp.Or(l.size, usualSize)), Bold: l.bold, Color: l.colour},
		Alignment: &excelize.Alignment{Vertical: vertical, Horizontal: l.align, WrapText: l.wrap}}
	if l.boxed && l.wrap && (l.align == "" || l.align == "left") { // amounts stand close before it
		x.Alignment.Horizontal, x.Alignment.Indent = "left", 1
	}
	if l.link {
		x.Font.Color, x.Font.Underline = "1F5FA8", "single"
	}
	if l.fill != "" {
		x.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{l.fill}}
	}
	if l.boxed {
		for _, side := range []string{"left", "right", "top", "bottom"} {
			x.Border = append(x.Border, excelize.Border{Type: side, Color: colourLine, Style: 1})
		}
	}
	switch l.format {
	case "":
	case formatText:
		x.NumFmt = 49
	default:
		x.CustomNumFmt = &l.format
	}
	id, err := s.f.NewStyle(&x)
	if err == nil {
		s.made[l] = id
	}
	return id, err
}

// lookOf is how cells of a kind of field look where they are filled in.
func lookOf(kind budget.FieldKind) look {
	l := look{format: formatText, fill: colourInput, boxed: true, wrap: true, middle: true}
	switch kind {
	case budget.FieldAmount:
		l.format, l.wrap = formatAmount, false
	case budget.FieldWhole, budget.FieldYear:
		l.format, l.wrap = formatWhole, false
	case budget.FieldDate:
		l.format, l.wrap = formatDate, false
	case budget.FieldYesNo:
		l.align = "center"
	}
	return l
}

// widthOf bounds the width of a column, in characters of half an em.
func widthOf(c *Column) (least, most int) {
	switch c.Role {
	case RoleName:
		return 14, 38
	case RoleUnit:
		return 12, 26
	case RoleContent:
		return 46, 58
	case RoleTold:
		return 28, 36
	case RoleRemark:
		return 24, 32
	}
	switch c.Field.Kind {
	case budget.FieldAmount:
		return 15, 20
	case budget.FieldWhole, budget.FieldYear, budget.FieldYesNo:
		return 8, 12
	case budget.FieldDate:
		return 12, 12
	case budget.FieldFunction, budget.FieldEconomic, budget.FieldUnit, budget.FieldClassified:
		return 16, 42
	case budget.FieldLong:
		return 30, 40
	case budget.FieldProject:
		return 20, 36
	}
	return 10, 32
}

// span is how wide a text is, in characters of half an em.
func span(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r > 0x2E7F || r == '“' || r == '”' || r == '—' || r == '…' {
			n++
		}
	}
	return n
}

// heightOf is the height of a line of text set in a width, in points.
func heightOf(text string, width, line int) int { return linesOf(text, width) * line }

// linesOf is how many lines a text takes in a width.
func linesOf(text string, width int) int {
	lines := 0
	for part := range strings.SplitSeq(text, "\n") {
		lines += max(1, (span(part)+width-1)/max(1, width))
	}
	return lines
}
