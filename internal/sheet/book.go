package sheet

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// What the workbook has beside its sheets of facts: tabs, metadata, paper, lists, and what it knows of itself.

// docApp is where a workbook says which program saved it.
const docApp = "docProps/app.xml"

// metadata say who made the workbook and of which day its data are, where the library says its own.
func (w *writer) metadata() error {
	in := &w.c.in
	w.f.Pkg.Delete("docProps/core.xml")
	props := &excelize.DocProperties{Title: strings.TrimSpace(w.c.titled + " 部门预算填报表"), Creator: in.Program, LastModifiedBy: in.Program, Language: "zh-CN"}
	if _, err := time.Parse(time.DateOnly, w.c.day); err == nil {
		props.Created = w.c.day + "T00:00:00Z"
		props.Modified = props.Created
	}
	if err := w.f.SetDocProps(props); err != nil {
		return err
	}
	w.f.Pkg.Delete(docApp)
	name, _, _ := strings.Cut(in.Program, " ")
	if err := w.f.SetAppProps(&excelize.AppProperties{Application: name}); err != nil {
		return err
	}
	if err := w.f.SetDefaultFont(fontFamily); err != nil {
		return err
	}
	yes := true
	return w.f.SetCalcProps(&excelize.CalcPropsOptions{FullCalcOnLoad: &yes})
}

// tab is a sheet among the others.
type tab struct {
	name, colour string
	hidden, very bool
}

// tabs makes all sheets in their order; what officers need not see is hidden.
func (w *writer) tabs() error {
	const own, forms = "7F7F7F", "70AD47"
	list := []tab{{name: GuideSheet, colour: own}, {name: ProofSheet, colour: "C00000"}}
	indexed := false
	for i := range w.sheets {
		s := &w.sheets[i]
		t := tab{name: s.Name}
		switch {
		case s.Form != nil:
			t.colour = forms
			if !indexed {
				indexed = true
				list = append(list, tab{name: IndexSheet, colour: forms})
			}
		case s.Rare:
			t.colour = "D9D9D9"
		}
		list = append(list, t)
	}
	list = w.markedTabs(list)
	list = append(list, tab{name: ChoiceSheet, hidden: true}, tab{name: CalcSheet, hidden: true}, tab{name: OwnSheet, hidden: true, very: true})
	for i, t := range list {
		var err error
		if i == 0 {
			err = w.f.SetSheetName("Sheet1", t.name)
		} else {
			_, err = w.f.NewSheet(t.name)
		}
		if err == nil && t.colour != "" {
			err = w.f.SetSheetProps(t.name, &excelize.SheetPropsOptions{TabColorRGB: &t.colour})
		}
		if err != nil {
			return err
		}
	}
	for _, t := range list {
		if t.hidden {
			if err := w.f.SetSheetVisible(t.name, false, t.very); err != nil {
				return err
			}
		}
	}
	w.f.SetActiveSheet(0)
	return nil
}

// protect keeps a sheet that nothing is filled in on from slips. There is no password.
func (w *writer) protect(name string) error {
	return w.f.ProtectSheet(name, &excelize.SheetProtectionOptions{FormatCells: true, FormatColumns: true, FormatRows: true, SelectLockedCells: true, SelectUnlockedCells: true,
		EditObjects: true, EditScenarios: true})
}

// choices writes the lists, a column each, and their names.
func (w *writer) choices() error {
	if err := w.protect(ChoiceSheet); err != nil {
		return err
	}
	r, err := w.rows(ChoiceSheet)
	if err != nil {
		return err
	}
	longest := 0
	heads := make([]any, len(w.lists))
	for i := range w.lists {
		x := &w.lists[i]
		heads[i] = r.styled(look{bold: true}, x.name)
		longest = max(longest, len(x.words))
		if err := w.name(x, columnName(i+1)); err != nil {
			return err
		}
	}
	r.row(1, 0, heads...)
	for n := range longest {
		cells := make([]any, len(w.lists))
		for i := range w.lists {
			x := &w.lists[i]
			if n >= len(x.words) {
				continue
			}
			c := excelize.Cell{Value: x.words[n]}
			if n >= x.fixed {
				c.Formula = x.each
			}
			cells[i] = c
		}
		r.row(n+2, 0, cells...)
	}
	if r.err != nil {
		return r.err
	}
	return r.w.Flush()
}

// name gives a list its name. One that follows what is typed ends with the last word.
func (w *writer) name(x *choice, column string) error {
	first := quoted(ChoiceSheet) + "!$" + column + "$2"
	end := "$" + column + "$" + strconv.Itoa(len(x.words)+1)
	to := first + ":" + end
	switch {
	case x.formula != "":
		to = x.formula
	case x.each != "":
		all := first + ":" + end
		to = first + ":INDEX(" + all + `,IFERROR(LOOKUP(2,1/(` + all + `<>""),ROW(` + all + `)-1),1))`
	}
	return w.f.SetDefinedName(&excelize.DefinedName{Name: x.name, RefersTo: to})
}

// What the rows of the hidden sheet OwnSheet are, by their first cell.
const (
	OwnLayout  = "layout"  // its version
	OwnProgram = "program" // that wrote the workbook
	OwnPack    = "pack"
	OwnFolder  = "folder" // as the user named it
	OwnFile    = "file"   // path, SHA-256 of its text
	OwnSheets  = "sheet"  // name, then the tables on it
)

// own writes what the workbook must know to be read again.
func (w *writer) own() error {
	r, err := w.rows(OwnSheet)
	if err != nil {
		return err
	}
	n := 0
	say := func(texts ...string) {
		cells := make([]any, len(texts))
		for i, text := range texts {
			cells[i] = text
		}
		n++
		r.row(n, 0, cells...)
	}
	if w.marked != nil { // what was written once stays the base
		for _, row := range w.marked.own {
			say(row...)
		}
		if r.err != nil {
			return r.err
		}
		return r.w.Flush()
	}
	say(OwnLayout, Version)
	say(OwnProgram, w.c.in.Program)
	say(OwnPack, w.c.Layout.Pack.ID)
	say(OwnFolder, w.c.in.Shown)
	for _, f := range w.c.in.Files {
		sum := sha256.Sum256(f.Source)
		say(OwnFile, w.c.in.Name(f.Path), hex.EncodeToString(sum[:]))
	}
	for i := range w.sheets {
		texts := []string{OwnSheets, w.sheets[i].Name}
		for _, b := range w.sheets[i].blocks {
			texts = append(texts, b.Table.Name)
		}
		say(texts...)
	}
	for _, row := range w.c.ownRows() {
		say(row...)
	}
	if r.err != nil {
		return r.err
	}
	return r.w.Flush()
}
