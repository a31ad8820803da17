package sheet

import (
	"slices"
	"strconv"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/classify"
	"yusuan/internal/money"
)

// The sheet CalcSheet has a row for each amount that makes a line, with what queries select lines by, as formulas over what is
// typed. So every total of 校核 is one SUMIFS, and rows that are inserted, sorted or added count. What the formulas come to is
// worked out here, too, and stands beside them. budget.Feeds says how entries become lines.

// segment are the lines of one feed: of a table, by one of its amounts.
type segment struct {
	feed   *budget.Feed
	s      *placed
	b      *placedBlock
	amount int // the column of the block
	first  int // row of the sheet CalcSheet
	rows   int
	values []derived // by column of ledger.keys, then the row of the project, then the amount
}

// derived is a value as a formula, the same in all rows of a segment, and what it comes to in each. {r} stands for the row.
type derived struct {
	formula string
	value   func(i int) string
}

// ledger are all lines.
type ledger struct {
	w        *writer
	keys     []string
	segments []*segment
	lines    []ledgerLine
	project  *placedBlock
	projects *placed
	unit     *placedBlock
	units    *placed
	twice    bool             // two units have projects of one name
	named    map[string][]int // rows of projects by their names, once they are asked for
}

type ledgerLine struct {
	of     *segment
	values []string
	amount money.Amount
}

// What ledger has beside the keys of queries.
const (
	keyView = "view"
	// spareLedger is how many rows may be added to a sheet and still count.
	spareLedger = 100
)

// newLedger reads what is typed. Keys are those that some total asks for.
func (w *writer) newLedger(asked []string) *ledger {
	l := &ledger{w: w, keys: []string{"side", keyView, "kind", "unit", "fund", "nature", "function", "economic", "project"}}
	for _, k := range asked {
		if !slices.Contains(l.keys, k) {
			l.keys = append(l.keys, k)
		}
	}
	l.projects, l.project = w.of("project")
	l.units, l.unit = w.of("unit")
	l.twice = l.project != nil && repeats(l.project, "name")
	feeds := budget.Feeds()
	at := 2
	for i := range feeds {
		f := &feeds[i]
		if f.Line.Side == budget.RevenueSide {
			continue
		}
		table, key, _ := cutLast(f.Amounts[0])
		s, b := w.of(table)
		if b == nil || b.FieldColumn(key) < 0 {
			continue
		}
		g := &segment{feed: f, s: s, b: b, amount: b.FieldColumn(key), first: at, rows: len(b.Rows) + spareLedger}
		l.fill(g)
		l.segments = append(l.segments, g)
		at += g.rows
	}
	return l
}

func repeats(b *placedBlock, key string) bool {
	seen := map[string]bool{}
	for _, row := range b.Rows {
		text := row.Cells[b.FieldColumn(key)].Text
		if seen[text] && text != "" {
			return true
		}
		seen[text] = true
	}
	return false
}

// of finds where the entries of a table are placed.
func (w *writer) of(table string) (*placed, *placedBlock) {
	for i := range w.sheets {
		s := &w.sheets[i]
		for j := range s.blocks {
			if b := &s.blocks[j]; s.Form == nil && b.Shape == Rows && b.Table.Name == table {
				return s, b
			}
		}
	}
	return nil, nil
}

// fill works out a segment: its formulas, and the lines that they come to.
func (l *ledger) fill(g *segment) {
	for _, k := range l.keys {
		g.values = append(g.values, l.key(g, k))
	}
	g.values = append(g.values, l.projectRow(g), l.money(g))
	for i := range g.rows {
		x := ledgerLine{of: g, values: make([]string, len(l.keys))}
		for k := range l.keys {
			x.values[k] = g.values[k].value(i)
		}
		x.amount, _ = money.Parse(g.values[len(l.keys)+1].value(i), money.Yuan)
		l.lines = append(l.lines, x)
	}
}

// own is a cell of the row of the entry itself, as text.
func (g *segment) own(column int) derived {
	return derived{`INDEX(` + g.s.column(column) + `,ROW()-` + strconv.Itoa(g.first-g.b.first) + `)`, func(i int) string {
		if i >= len(g.b.Rows) {
			return ""
		}
		return g.b.Rows[i].Cells[column].Text
	}}
}

// column is a whole column of a sheet.
func (s *placed) column(i int) string {
	c := "$" + columnName(i+2)
	return quoted(s.Name) + "!" + c + ":" + c
}

// bounded is a column of a block with room for more rows: formulas over products of whole columns take minutes.
func (s *placed) bounded(b *placedBlock, column int) string {
	c := "$" + columnName(column+2) + "$"
	return quoted(s.Name) + "!" + c + strconv.Itoa(b.first) + ":" + c + strconv.Itoa(b.last+spareLedger)
}

// projectRow is the row of the sheet of projects that the entry is of, 0 for none.
func (l *ledger) projectRow(g *segment) derived {
	none := derived{"0", func(int) string { return "0" }}
	name, unit := g.naming()
	if l.project == nil || name < 0 || g.b.Table.Name == "project" {
		return none
	}
	of := l.project.FieldColumn("name")
	n := g.own(name)
	formula := `IFERROR(MATCH(` + n.formula + `,` + l.projects.column(of) + `,0),0)`
	at := -1
	if l.twice && unit >= 0 {
		at = l.project.FieldColumn("unit")
		formula = `IFERROR(MATCH(1,INDEX((` + l.projects.bounded(l.project, of) + `=` + n.formula + `)*(` + l.projects.bounded(l.project, at) + `=` + g.own(unit).formula + `),0),0)+` + strconv.Itoa(l.project.first-1) + `,` + formula + `)`
	}
	return derived{`IF(` + n.formula + `="",0,` + formula + `)`, func(i int) string {
		return strconv.Itoa(l.findProject(n.value(i), func() string {
			if at < 0 {
				return ""
			}
			return g.own(unit).value(i)
		}(), of, at))
	}}
}

// findProject is the row of a project by its name, and by its unit where that is asked.
func (l *ledger) findProject(name, unit string, of, at int) int {
	if l.named == nil {
		l.named = map[string][]int{}
		for i := range l.project.Rows {
			key := strings.ToLower(l.project.Rows[i].Cells[of].Text)
			l.named[key] = append(l.named[key], i)
		}
	}
	rows := l.named[strings.ToLower(name)]
	if name == "" || len(rows) == 0 {
		return 0
	}
	for _, i := range rows {
		if at < 0 || l.project.Rows[i].Cells[at].Text == unit {
			return l.project.first + i
		}
	}
	return l.project.first + rows[0]
}

// naming are the columns that name the project of an entry, and its unit.
func (g *segment) naming() (name, unit int) {
	name, unit = -1, -1
	for i, c := range g.b.Columns {
		switch {
		case c.Role == RoleParent && c.Field.Kind == budget.FieldText, c.Role == RoleField && c.Field.Kind == budget.FieldProject:
			name = i
		case c.Role == RoleParent && c.Field.Kind == budget.FieldUnit:
			unit = i
		}
	}
	return name, unit
}

// ofProject is a cell of the row of the project.
func (l *ledger) ofProject(g *segment, column int) derived {
	row := "$" + columnName(len(l.keys)+1) + "{r}"
	find := l.projectRow(g)
	return derived{`IF(` + row + `=0,"",INDEX(` + l.projects.column(column) + `,` + row + `))`, func(i int) string {
		n, _ := strconv.Atoi(find.value(i))
		if n == 0 {
			return ""
		}
		return l.project.Rows[n-l.project.first].Cells[column].Text
	}}
}

// said is the first that is said of a key, in the entry or in the project that it is of; ok is false where no field says it.
func (l *ledger) said(g *segment, key string) (d derived, ok bool) {
	for _, field := range g.feed.States[key] {
		table, k, _ := cutLast(field)
		var next derived
		switch {
		case key != "project" && (field == "procurement.project" || field == "project.name"):
			continue // they lead to what is said, and do not say it
		case table == g.b.Table.Name && g.b.FieldColumn(k) >= 0:
			next = l.meant(g.b, g.b.FieldColumn(k), g.own(g.b.FieldColumn(k)))
		case table == "project" && g.b.Table.Name != "project" && l.project != nil && l.project.FieldColumn(k) >= 0:
			if name, _ := g.naming(); name < 0 {
				continue
			}
			next = l.meant(l.project, l.project.FieldColumn(k), l.ofProject(g, l.project.FieldColumn(k)))
		default:
			continue
		}
		if !ok {
			d, ok = next, true
			continue
		}
		before := d
		d = derived{`IF(` + before.formula + `="",` + next.formula + `,` + before.formula + `)`, func(i int) string {
			if v := before.value(i); v != "" {
				return v
			}
			return next.value(i)
		}}
	}
	return d, ok
}

// meant puts words of a list in the place of those that people type for them, as far as they are typed.
func (l *ledger) meant(b *placedBlock, column int, d derived) derived {
	list := b.Columns[column].Field.List
	if list == "" {
		return d
	}
	words, done := l.w.c.Layout.Pack.Lists().Of(list), map[string]bool{"": true}
	for _, row := range b.Rows {
		typed := row.Cells[column].Text
		word, ok := words.Mean(typed)
		if !ok || word == typed || done[typed] || !fits(typed) || len(done) > 4 { // a formula grows with each
			continue
		}
		done[typed] = true
		before := d
		d = derived{`IF(` + before.formula + `="` + escaped(typed) + `","` + word + `",` + before.formula + `)`, func(i int) string {
			if v := before.value(i); v != typed {
				return v
			}
			return word
		}}
	}
	return d
}

func constant(s string) derived {
	return derived{`"` + s + `"`, func(int) string { return s }}
}

// key is what lines have for a key of queries.
func (l *ledger) key(g *segment, key string) derived {
	switch key {
	case "side":
		return constant(string(g.feed.Line.Side))
	case keyView:
		return constant(viewWord(g.feed.Line.View))
	case "kind":
		if g.feed.Line.Side != budget.Expenditure {
			return constant("")
		}
	case "nature":
		return l.nature(g)
	case "unitkind":
		return l.unitKind(g)
	}
	d, ok := l.said(g, key)
	switch {
	case !ok && key == "fund":
		return constant(budget.FundGeneral)
	case !ok:
		return constant(g.feed.Line.Value(key))
	case key == "fund":
		return derived{`IF(` + d.formula + `="","` + budget.FundGeneral + `",` + d.formula + `)`, func(i int) string { return orElse(d.value(i), budget.FundGeneral) }}
	case key == "unit":
		head := token(d)
		return derived{`"U"&` + head.formula, func(i int) string { return "U" + head.value(i) }}
	case key == "function" || key == "economic":
		return token(d)
	case key == "carried" || key == "goals":
		return derived{`IF(` + d.formula + `="` + Yes + `","` + Yes + `","` + No + `")`, func(i int) string {
			if d.value(i) == Yes {
				return Yes
			}
			return No
		}}
	}
	return derived{d.formula + `&""`, d.value}
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

func viewWord(v budget.View) string {
	return map[budget.View]string{budget.ByFunction: "F", budget.ByEconomy: "E", budget.ByFunction | budget.ByEconomy: "FE"}[v]
}

// token is what stands before the first blank: the code of what is shown with its name.
func token(d derived) derived {
	return derived{`LEFT(` + d.formula + `&" ",FIND(" ",` + d.formula + `&" ")-1)`, func(i int) string {
		code, _, _ := strings.Cut(d.value(i), " ")
		return code
	}}
}

// nature is what is said, or what follows from the economic class.
func (l *ledger) nature(g *segment) derived {
	if fields := g.feed.States["nature"]; len(fields) == 0 {
		return constant(g.feed.Line.Nature)
	}
	economic := l.key(g, "economic")
	usual := derived{`IF(OR(LEFT(` + economic.formula + `,3)="301",LEFT(` + economic.formula + `,3)="303"),"` + budget.NaturePersonnel + `","` + budget.NaturePublic + `")`,
		func(i int) string { return classify.Nature(economic.value(i)) }}
	column := g.b.FieldColumn("nature")
	if column < 0 {
		return usual
	}
	own := g.own(column)
	return derived{`IF(` + own.formula + `="",` + usual.formula + `,` + own.formula + `)`, func(i int) string { return orElse(own.value(i), usual.value(i)) }}
}

// unitKind is the kind of the line's unit; of the only one where none is named.
func (l *ledger) unitKind(g *segment) derived {
	code, kind := -1, -1
	if l.unit != nil {
		code, kind = l.unit.FieldColumn("code"), l.unit.FieldColumn("kind")
	}
	if code < 0 || kind < 0 {
		return constant("")
	}
	unit := l.key(g, "unit")
	first := cellName(kind+2, l.unit.first)
	return derived{`IFERROR(INDEX(` + l.units.column(kind) + `,MATCH(MID(` + unit.formula + `,2,99),` + l.units.column(code) + `,0)),` + quoted(l.units.Name) + `!` + first + `)&""`,
		func(i int) string {
			asked := strings.TrimPrefix(unit.value(i), "U")
			for _, row := range l.unit.Rows {
				if row.Cells[code].Text == asked && asked != "" {
					return row.Cells[kind].Text
				}
			}
			if len(l.unit.Rows) == 0 {
				return ""
			}
			return l.unit.Rows[0].Cells[kind].Text
		}}
}
