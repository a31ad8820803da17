package imports

import (
	"strconv"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/classify"
	"yusuan/internal/diag"
	"yusuan/internal/grid"
)

// Input is what is to be understood, and what helps.
type Input struct {
	Files     []File
	Words     *Words
	Maps      []*Map              // what was answered before; of two that speak of a sheet the first holds
	Catalogue *classify.Catalogue // of the year, with the codes of the folder; nil: codes are taken as they stand
	Units     []UnitName          // of the folder
	Lists     *budget.Lists       // nil: those of the program
	Year      int                 // of the budget; 0: the latest year that heads name
}

// File is an export.
type File struct {
	Name string
	Book *grid.Book
}

// UnitName is a unit that is known already.
type UnitName struct{ Code, Name string }

// reader is one run of Understand.
type reader struct {
	Input
	out   Understood
	diags diag.List
	units units
	trees [2]codes // functional, economic
	keys  map[Kind]map[string]bool
}

// Understand reads all files together. What is wrong is in the list; what could be understood is there all the same.
func Understand(in Input) (*Understood, diag.List) {
	r := &reader{Input: in, keys: fields()}
	if r.Lists == nil {
		r.Lists = budget.StandardLists()
	}
	if r.Catalogue != nil {
		r.trees = [2]codes{newCodes(&r.Catalogue.Functional, r.Catalogue, true), newCodes(&r.Catalogue.Economic, r.Catalogue, false)}
	}
	var all []*table
	for i := range in.Files {
		all = append(all, r.file(&in.Files[i])...)
	}
	r.units.learn(in.Units)
	for _, t := range all {
		if t.kind == Unit {
			r.listUnits(t)
		}
	}
	for _, t := range all {
		r.read(t)
	}
	r.tellRecounts()
	r.out.whole = r.Words.whole
	r.house()
	r.out.derive(&r.diags)
	return &r.out, r.diags
}

// file finds the tables of a file. Each sheet has a report.
func (r *reader) file(f *File) []*table {
	var out []*table
	for i := range f.Book.Sheets {
		s := &f.Book.Sheets[i]
		whole := diag.InCell(f.Name, diag.Cell{Sheet: s.Name})
		if len(s.Rows) == 0 {
			continue
		}
		if s.Hidden {
			r.out.Sheets = append(r.out.Sheets, SheetReport{File: f.Name, Sheet: s.Name, At: whole, Left: "工作表是隐藏的，没有读"})
			r.diags.Add(diag.Diagnostic{Rule: ruleHidden, Level: diag.Note, At: whole, Message: sheetName(s.Name) + "是隐藏的，没有读", Hint: "要导入的，先取消隐藏，存盘后再导入"})
			continue
		}
		tables := r.tables(f, s)
		if len(tables) > 0 {
			tables[0].tellRemarks()
		}
		for _, t := range tables {
			t.number = len(r.out.Sheets)
			r.out.Sheets = append(r.out.Sheets, t.report())
			r.out.departments = append(r.out.departments, t.departments(r.Words)...)
			if t.left == "" {
				out = append(out, t)
			}
		}
		if len(tables) == 0 {
			r.out.Sheets = append(r.out.Sheets, SheetReport{File: f.Name, Sheet: s.Name, At: whole, Left: "没有认得的表头"})
		}
	}
	for _, name := range f.Book.Others {
		r.out.Sheets = append(r.out.Sheets, SheetReport{File: f.Name, Sheet: name, At: diag.InCell(f.Name, diag.Cell{Sheet: name}), Left: "图表或宏表，没有格子"})
	}
	return out
}

// read makes rows of a table.
func (r *reader) read(t *table) {
	b := r.body(t)
	if b == nil {
		return
	}
	rep := &r.out.Sheets[t.number]
	switch t.kind {
	case Three:
		r.singles(b)
	case Balance:
		r.sides(b)
	default:
		b.classify()
		r.sums(b)
		r.make(b)
	}
	b.tellOdd()
	b.tellAside()
	b.count(rep)
}

// called is what messages call the sheet of the table; text files have none with a name.
func (t *table) called() string { return sheetName(t.sheet.Name) }

func sheetName(name string) string {
	if strings.TrimSpace(name) == "" {
		return "表"
	}
	return "工作表" + diag.Quote(strings.TrimSpace(name))
}

// at is the place of a cell.
func (t *table) at(row, column int) diag.Range {
	return diag.InCell(t.file.Name, diag.Cell{Sheet: t.sheet.Name, Name: grid.Name(row, column)})
}

func digits(n int) string { return strconv.Itoa(n) }
