package sheet

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"yusuan/internal/budget"
)

// choice is a list that cells choose of: a column of the hidden sheet, or a formula that follows what is typed elsewhere.
type choice struct {
	name    string
	words   []string
	formula string // the range that the name stands for, where it follows what is typed
	each    string // the formula of a cell of the column
	fixed   int    // words before those with the formula
}

// Names of lists that are none of the schema's.
const (
	listYesNo    = "是否"
	listProjects = "项目名称"
	listFigures  = "数字名称"
)

// chosen collects the lists: words of the pack, codes with those in use first, units and projects as they are typed.
func (w *writer) chosen() {
	w.lists = append(w.lists, choice{name: listYesNo, words: []string{Yes, No}})
	lists := w.c.Layout.Pack.Lists()
	done := map[string]bool{}
	for _, f := range budget.Fields() {
		if f.List == "" || done[f.List] || f.List == budget.ListAmountUnits {
			continue
		}
		done[f.List] = true
		if words, _ := f.Words(lists); len(words) > 0 {
			w.lists = append(w.lists, choice{name: f.List, words: words})
		}
	}
	w.lists = append(w.lists, w.withAdded(budget.FieldFunction), w.withAdded(budget.FieldEconomic))
	var figures []string
	for _, n := range w.c.Layout.Pack.FigureNames {
		if f := w.c.Layout.Pack.Figures[n]; f.By == "" {
			figures = append(figures, f.Title)
		}
	}
	w.lists = append(w.lists, choice{name: listFigures, words: figures},
		choice{name: budget.FieldTemplate.String(), words: w.c.in.Templates},
		choice{name: budget.FieldForm.String(), words: slices.Sorted(maps.Keys(w.c.Layout.Pack.Forms))},
		choice{name: budget.FieldPart.String(), words: w.c.Layout.Pack.Optionals()})
	w.lists = slices.DeleteFunc(w.lists, func(x choice) bool { return len(x.words) == 0 })
	w.followed()
}

// followed are the lists of what is typed on sheets: units by code and name, projects by name.
func (w *writer) followed() {
	for i := range w.sheets {
		s := &w.sheets[i]
		b := &s.blocks[0]
		if s.Form != nil || b.Shape != Rows {
			continue
		}
		rng := func(key string) string {
			return quoted(s.Name) + "!$" + columnName(b.FieldColumn(key)+2) + ":$" + columnName(b.FieldColumn(key)+2)
		}
		switch {
		case b.Table.Name == "unit":
			x := choice{name: budget.FieldUnit.String()}
			for _, row := range b.Rows {
				code, name := row.Cells[b.FieldColumn("code")].Text, row.Cells[b.FieldColumn("name")].Text
				if code != "" {
					code += " " + name
				}
				x.words = append(x.words, code)
			}
			for range spareRows * 4 {
				x.words = append(x.words, "")
			}
			at := "ROW()+" + strconv.Itoa(b.first-2) // row 2 of the list is the first of the sheet's
			x.each = `IF(INDEX(` + rng("code") + `,` + at + `)="","",INDEX(` + rng("code") + `,` + at + `)&" "&INDEX(` + rng("name") + `,` + at + `))`
			w.lists = append(w.lists, x)
		case b.Table.Name == "project":
			column := "$" + columnName(b.FieldColumn("name")+2)
			top := strconv.Itoa(b.first)
			first := quoted(s.Name) + "!" + column + "$" + top
			w.lists = append(w.lists, choice{name: listProjects, formula: first + ":INDEX(" + rng("name") + ",MAX(" + top + ",COUNTA(" + first + ":" + column + "$5000)+" + strconv.Itoa(b.first-1) + "))"})
		}
	}
}

// quoted is the name of a sheet as formulas and links want it.
func quoted(name string) string { return "'" + strings.ReplaceAll(name, "'", "''") + "'" }

// codes are those in use first, then the catalogue's: of the level that is typed.
func (w *writer) codes(kind budget.FieldKind) []string {
	tree := w.c.show.functional
	if kind == budget.FieldEconomic {
		tree = w.c.show.economic
	}
	level := 0
	for _, c := range tree.Codes() {
		level = max(level, tree.Level(c))
	}
	var used, out []string
	for i := range w.sheets {
		for _, b := range w.sheets[i].blocks {
			for k, c := range b.Columns {
				if c.Role != RoleField || c.Field.Kind != kind {
					continue
				}
				for _, row := range b.Rows {
					if s := row.Cells[k].Text; strings.Contains(s, " ") && !slices.Contains(used, s) {
						used = append(used, s)
					}
				}
			}
		}
	}
	slices.Sort(used)
	for _, c := range tree.Codes() {
		if name, _ := tree.Name(c); tree.Level(c) == level && !slices.Contains(used, c+" "+name) {
			out = append(out, c+" "+name)
		}
	}
	return append(used, out...)
}

// withAdded is the list of codes of a kind, followed by those that somebody adds on the sheet of codes that the catalogue lacks.
func (w *writer) withAdded(kind budget.FieldKind) choice {
	x := choice{name: kind.String(), words: w.codes(kind)}
	s, b := w.of("code")
	if b == nil {
		return x
	}
	x.fixed = len(x.words)
	list := columnName(len(w.lists) + 1 + rank(kind == budget.FieldEconomic)) // where it will stand
	cell := func(key string) string {
		return "INDEX(" + s.column(b.FieldColumn(key)) + ",ROW()+" + strconv.Itoa(b.first-2) + "-" + strconv.Itoa(x.fixed) + ")"
	}
	digits := 0 // of those that are typed; the names of what is above them are no choice
	if x.fixed > 0 {
		code, _, _ := strings.Cut(x.words[0], " ")
		digits = len(code)
	}
	other := "="
	if kind == budget.FieldEconomic {
		other = "<>"
	}
	both := cell("code") + `&" "&` + cell("name")
	seen := `COUNTIF($` + list + `$1:$` + list + `$` + strconv.Itoa(x.fixed+1) + `,` + both + `)`
	x.each = `IF(OR(LEN(` + cell("code") + `)<>` + strconv.Itoa(digits) + `,` + cell("name") + `="",LEFT(` + cell("kind") + `,2)` + other + `"` + economicKind + `"),"",IF(IFERROR(` + seen + `,0)>0,"",` + both + `))`
	for i := range len(b.Rows) + spareRows*4 {
		word := ""
		if i < len(b.Rows) {
			text := func(key string) string { return b.Rows[i].Cells[b.FieldColumn(key)].Text }
			word = text("code") + " " + text("name")
			if economic := strings.HasPrefix(text("kind"), economicKind); len(text("code")) != digits || text("name") == "" || economic != (kind == budget.FieldEconomic) || slices.Contains(x.words[:x.fixed], word) {
				word = ""
			}
		}
		x.words = append(x.words, word)
	}
	return x
}

// economicKind begins the word for economic codes on the sheet of codes.
const economicKind = "经济"

// listOf is the name of the list that a kind of field chooses of, "" for none.
func (w *writer) listOf(kind budget.FieldKind, list string) string {
	name := ""
	switch kind {
	case budget.FieldYesNo:
		name = listYesNo
	case budget.FieldListed:
		name = list
	case budget.FieldProject:
		name = listProjects
	case budget.FieldFigure:
		name = listFigures
	case budget.FieldFunction, budget.FieldEconomic, budget.FieldUnit, budget.FieldTemplate, budget.FieldForm, budget.FieldPart:
		name = kind.String()
	}
	if slices.ContainsFunc(w.lists, func(x choice) bool { return x.name == name }) {
		return name
	}
	return ""
}

// rules puts lists, prompts and colours onto a block: one rule a column, as far down as a sheet of one block goes.
func (w *writer) rules(s *placed, b *placedBlock) error {
	last := b.last
	if len(s.blocks) == 1 && b.Shape == Rows {
		last = 1 << 20
	}
	for i := range b.Columns {
		c := &b.Columns[i]
		where := cellName(i+2, b.first) + ":" + cellName(i+2, last)
		switch {
		case c.Role == RoleParent && c.Field.Kind == budget.FieldText:
			if err := w.validate(s.Name, where, budget.FieldProject, "", c.Field.Label, "所属项目的名称，与项目表上的相同"); err != nil {
				return err
			}
		case c.Role == RoleField || c.Role == RoleParent:
			what := c.Field.What
			switch {
			case c.Unprinted:
				what = "这个模板不印，不用填；" + what
			case c.Field.Required:
				what = strings.TrimSuffix("必填；"+what, "；")
			}
			if err := w.validate(s.Name, where, c.Field.Kind, c.Field.List, c.Field.Label, what); err != nil {
				return err
			}
		case c.Role == RoleUnit:
			if err := w.validate(s.Name, where, budget.FieldUnit, "", c.Head, "单位自己的才填；部门的不填"); err != nil {
				return err
			}
		case c.Role == RoleContent:
			if err := w.itemRules(s, b, i+2); err != nil {
				return err
			}
		}
	}
	return w.marks(s, b, last)
}

// itemRules are those of the values of items, each by its kind.
func (w *writer) itemRules(s *placed, b *placedBlock, column int) error {
	for n, row := range b.Rows {
		x := row.Item
		if x == nil {
			continue
		}
		where := cellName(column, b.first+n)
		if len(x.Words) > 0 && w.listOf(x.Kind, "") == "" {
			dv := excelize.NewDataValidation(true)
			dv.SetSqref(where)
			if err := dv.SetDropList(x.Words); err != nil {
				continue // too long for a list in the cell: the words stand beside it
			}
			dv.SetError(excelize.DataValidationErrorStyleWarning, short(x.Label, 30), "不在可填的几种里，确定要用吗？")
			if err := w.f.AddDataValidation(s.Name, dv); err != nil {
				return err
			}
			continue
		}
		if err := w.validate(s.Name, where, x.Kind, "", x.Label, x.told()); err != nil {
			return err
		}
	}
	return nil
}

// validate warns of what a kind of field does not take, and says beside the chosen cell what to fill in. It stops nothing: what
// is read is checked anyway, and a list may lack what is right.
func (w *writer) validate(sheet, where string, kind budget.FieldKind, list, label, what string) error {
	dv := excelize.NewDataValidation(true)
	dv.SetSqref(where)
	warn := ""
	switch name := w.listOf(kind, list); {
	case name != "":
		dv.SetSqrefDropList(name)
		warn = "不在清单里，确定要用吗？"
	case kind == budget.FieldAmount:
		if err := dv.SetRange(-1e14, 1e14, excelize.DataValidationTypeDecimal, excelize.DataValidationOperatorBetween); err != nil {
			return err
		}
		warn = "应是数，单位元，不带别的字"
	case kind == budget.FieldWhole || kind == budget.FieldYear:
		if err := dv.SetRange(0, 100000, excelize.DataValidationTypeWhole, excelize.DataValidationOperatorBetween); err != nil {
			return err
		}
		warn = "应是整数"
	case kind == budget.FieldDate:
		if err := dv.SetRange(1, 80000, excelize.DataValidationTypeWhole, excelize.DataValidationOperatorBetween); err != nil {
			return err
		}
		warn = "应是日期，例如 2026-02-10"
	case what == "":
		return nil
	}
	if warn != "" {
		dv.SetError(excelize.DataValidationErrorStyleWarning, short(label, 30), warn)
	}
	if what != "" {
		dv.SetInput(short(label, 30), short(what, 250))
	}
	return w.f.AddDataValidation(sheet, dv)
}

func short(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}

// marks colours what is still to be filled in: cells that say so, and what must be filled in of a row that is begun.
func (w *writer) marks(s *placed, b *placedBlock, last int) error {
	todo, err := w.f.NewConditionalStyle(&excelize.Style{Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colourToDo}}})
	if err != nil {
		return err
	}
	first := cellName(2, b.first)
	all := first + ":" + cellName(len(b.Columns)+1, last)
	var tests []string
	for _, word := range toDo() {
		tests = append(tests, `ISNUMBER(SEARCH("`+word+`",`+first+`))`)
	}
	rules := []excelize.ConditionalFormatOptions{{Type: "formula", Criteria: "OR(" + strings.Join(tests, ",") + ")", Format: &todo}}
	if err := w.f.SetConditionalFormat(s.Name, all, rules); err != nil || b.Shape != Rows {
		return err
	}
	problem, err := w.f.NewConditionalStyle(&excelize.Style{Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colourProblem}}})
	if err != nil {
		return err
	}
	end := columnName(len(b.Columns) + 1)
	for i := range b.Columns {
		c := &b.Columns[i]
		if !c.required() {
			continue
		}
		col, row := columnName(i+2), cellName(2, b.first)[1:]
		rule := excelize.ConditionalFormatOptions{Type: "formula", Format: &problem, Criteria: `AND(COUNTA($B` + row + `:$` + end + row + `)>0,LEN($` + col + row + `)=0)`}
		if err := w.f.SetConditionalFormat(s.Name, cellName(i+2, b.first)+":"+cellName(i+2, last), []excelize.ConditionalFormatOptions{rule}); err != nil {
			return err
		}
	}
	return nil
}
