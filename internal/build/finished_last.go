package build

import (
	"fmt"
	"strings"

	"yusuan/internal/audit"
	"yusuan/internal/diag"
	"yusuan/internal/recognise"
	"yusuan/internal/stated"
)

// lastFigures are what the document of last year prints of the figures that this year's compares with. why says why there are none,
// since numbers of another year would make faults of what is right, or what is doubtful in them. last is the document itself, whose
// other numbers sentences speak of, too.
func (s *Shared) lastFigures(in FinishedInput, now *recognise.Found) (out []stated.Figure, last *audit.Last, why string, err error) {
	p := now.Pack
	cat, err := s.catalogueOrNone(p.LastYear, p.ID, in.Codes)
	if err != nil {
		return nil, nil, "", err
	}
	found := recognise.Tables(p, cat, in.Last)
	if y := found.Year.Value; y != 0 && now.Year.Value != 0 && y != now.Year.Value-1 {
		return nil, nil, fmt.Sprintf("是%d年的，不是%d年的，没有和上年核对", y, now.Year.Value-1), nil
	}
	typed := stated.Of(in.Last, found, stated.Options{Template: p.ID})
	w, err := s.Check(Input{Data: folderOf(typed), Dir: finishedDir, Codes: in.Codes, Quit: in.Quit})
	if err != nil {
		return nil, nil, "", err
	}
	if w.Budget != nil && w.Pack != nil {
		for _, f := range audit.Figures(w.Pack, w.Budget) {
			printed, _, _ := typed.Printed(f.At)
			out = append(out, stated.Figure{Name: f.Name, Amount: f.Amount, At: typed.At(f.At), Printed: printed})
		}
		if len(w.Budget.Facts.StatedTables) > 0 {
			last = &audit.Last{Input: &audit.Input{Pack: w.Pack, Budget: w.Budget}, Place: lastPlace(in.LastName, typed)}
		}
	}
	if len(out) == 0 {
		why = "里没有读到上年的数，没有和上年核对"
		if len(in.Last.Gaps) > 0 { // a scan
			why += "：" + in.Last.Gaps[0].What
		}
		return nil, last, why, nil
	}
	return out, last, otherName(now, found), nil
}

// lastPlace leads places of what was typed of last year's document to where it prints that.
func lastPlace(name string, typed *stated.Typed) func(diag.Range) diag.Range {
	return func(r diag.Range) diag.Range {
		if at := typed.At(r); len(at) > 0 && at[0].Sheet != "" {
			return diag.InCell(name, diag.Cell{Sheet: at[0].Sheet, Name: at[0].Cell})
		}
		if p, _, ok := typed.Printed(r); ok && p != (diag.Printed{}) {
			return diag.InDocument(name, p)
		}
		return diag.Range{File: name}
	}
}

// otherName says that a document of last year names another department: it may have been renamed since, or be the wrong one.
func otherName(now, last *recognise.Found) string {
	a, b := plainName(now.Name.Value), plainName(last.Name.Value)
	if a == "" || b == "" || strings.Contains(a, b) || strings.Contains(b, a) { // of one the place may be left out
		return ""
	}
	return "是" + diag.Quote(last.Name.Value) + "的，不是" + diag.Quote(now.Name.Value) + "的；是改了名称的照此核对，不是同一个部门的，和上年的比较不作数"
}

// plainName is a name without blanks and what stands in brackets.
func plainName(s string) string {
	s = strings.Join(strings.Fields(s), "")
	if i := strings.IndexAny(s, "（("); i > 0 {
		s = s[:i]
	}
	return s
}
