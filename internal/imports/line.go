package imports

import (
	"regexp"
	"slices"
	"strings"

	"yusuan/internal/diag"
	"yusuan/internal/grid"
	"yusuan/internal/money"
)

// body is the rows of a table.
type body struct {
	*table
	r     *reader
	lines []line
	money []*column      // by the number that a figure has
	of    map[role][]int // columns of a role, by their number on the sheet
	last  name           // the project of the last row that names one
	blank map[string]int // cells that are left out or read in another way, by why: notes of the report
	told  map[string]bool
	why   string // why money of the leaf that is being made rows of is left out

	owns     []ownUnit // units that cells state themselves
	spans    []span    // merged cells of amounts
	searched int       // rows gone through for sums
	bands    []band
	levels   map[role]carried // of the band that is read
	goals    []goalAround
	dating   *datedGoals
	aims     int // goals that rows of the table say
	undated  int // indicators of which nothing says whether they are of the year
}

// span is a merged cell that adds up the rows that it reaches over.
type span struct {
	row, rows int
	column    *column
	amount    money.Amount
}

// class is what a row is.
type class uint8

const (
	leaf  class = iota
	sum         // says that it adds up others
	group       // adds up the rows below it, which are finer
	empty       // a leaf without money
)

// dimension is what rows are told apart by.
type dimension int

const (
	byUnit dimension = iota
	byFund
	byFunction
	byEconomic
	byProject
	byOther // 收入来源, 车辆用途, 采购品目: what else a row is about
	dimensions
)

// name is a code and its name, or one of both.
type name struct {
	code, name string
	key        string // the name without what people write in two ways
	column     int    // where it stands; 0 where another row says it
	row        int
}

func (n name) isEmpty() bool { return n.code == "" && n.name == "" }

// text is what the name is known by.
func (n name) text() string {
	if n.code != "" {
		return n.code
	}
	return n.name
}

// above reports whether n is empty, or the same as m, or a code that m's begins with; finer whether m says more.
func (n name) above(m name) (ok, finer bool) {
	switch {
	case n.isEmpty():
		return true, !m.isEmpty()
	case n.code != "" && m.code != "":
		return strings.HasPrefix(m.code, n.code), len(m.code) > len(n.code)
	}
	return n.key == m.key, false
}

// line is a row of the body.
type line struct {
	row     int
	class   class
	label   string // of a row of sums
	names   [dimensions]name
	figures []figure
	written [dimensions]bool // the row itself says it
	carried bool             // 承上页 and the like: neither a row nor a sum of rows
	broken  bool             // a cell that tells it apart holds an error: what it is about is not known
}

// get is the text of the first filled column of a role, merged cells filled downwards, and its column.
func (b *body) get(row int, list ...role) (string, int) {
	for _, x := range list {
		for _, col := range b.of[x] {
			if c := b.cell(row, col); c.Kind != grid.Empty && c.Kind != grid.Error {
				if s := words(c.Text); !b.r.Words.isBlank(plain(s)) {
					return s, col
				}
			}
		}
	}
	return "", 0
}

// cell is a cell of the body; one in a merged range over rows of its column holds what the range holds.
func (b *body) cell(row, col int) grid.Cell {
	c := b.sheet.At(row, col)
	if c.Kind != grid.Empty && !c.Covered || c.Formula {
		return c
	}
	if m, ok := b.sheet.Merged(row, col); ok && m.Left == col && m.Top > b.bottom {
		return b.sheet.At(m.Top, m.Left)
	}
	return c
}

// newBody sorts the columns of a table by what they are.
func (r *reader) newBody(t *table) *body {
	b := &body{table: t, r: r, of: map[role][]int{}, blank: map[string]int{}, told: map[string]bool{}}
	score := map[int]int{}
	for _, c := range t.columns {
		score[c.Number] = c.Score
		if c.role != "" && !c.partial {
			b.of[c.role] = append(b.of[c.role], c.Number)
		}
		if c.amount() && !c.partial {
			c.index = len(b.money)
			b.money = append(b.money, c)
		}
	}
	for _, list := range b.of { // the surest first
		slices.SortStableFunc(list, func(x, y int) int { return score[y] - score[x] })
	}
	return b
}

// first reports whether something is to be told for the first time: of a whole column, or of the table, once is enough.
func (b *body) first(what string) bool {
	again := b.told[what]
	b.told[what] = true
	return !again
}

// body reads the rows below a head as far as the table goes.
func (r *reader) body(t *table) *body {
	b := r.newBody(t)
	known := map[int]bool{}
	for _, c := range t.columns {
		known[c.Number] = true
	}
	extra := map[int]int{}
	var hidden, through, covered []string
	first := true
	for i := t.after(); i < len(t.sheet.Rows) && t.sheet.Rows[i].Number <= t.last; i++ {
		row := t.sheet.Rows[i]
		if t.repeats[row.Number] || b.isNote(row) || first && b.isNumbering(row) {
			continue
		}
		first = false
		covered = append(covered, coveredCells(row)...)
		l, ok := b.line(row)
		if row.Hidden && (ok || b.outside(row, known)) {
			hidden = append(hidden, digits(row.Number))
		}
		if ok && struck(row, known) {
			through = append(through, digits(row.Number))
		}
		if !ok && !b.outside(row, known) {
			continue
		}
		for _, c := range row.Cells {
			if !known[c.Column] && c.Kind != grid.Empty && !c.Covered && words(c.Text) != "" {
				extra[c.Column]++
			}
		}
		if ok {
			b.lines = append(b.lines, l)
		}
	}
	b.tellOwnUnits()
	b.tellHidden(hidden, through, covered)
	for _, col := range sortedKeys(extra) {
		if b.kind == Indicator && b.horizonsIn(col) {
			b.of[roleHorizon] = append(b.of[roleHorizon], col)
			delete(extra, col)
		}
	}
	b.tellBeside(extra)
	return b
}

// isNote reports whether a row has only words, of a note or a signature.
func (b *body) isNote(row grid.Row) bool {
	for _, c := range row.Cells {
		if c.Covered || c.Kind == grid.Empty {
			continue
		}
		p := plain(c.Text)
		return c.Kind == grid.Text && (b.r.Words.isNote(p) || moneyLine.MatchString(p)) && !b.hasMoney(row)
	}
	return true
}

// hasMoney reports whether a row has a number, or anything where amounts stand: then it is no note, whatever it begins with.
func (b *body) hasMoney(row grid.Row) bool {
	return slices.ContainsFunc(row.Cells, func(c grid.Cell) bool { return c.Kind == grid.Number }) ||
		slices.ContainsFunc(b.money, func(c *column) bool {
			x := row.At(c.Number)
			return x.Kind == grid.Text && !x.Covered && number.MatchString(strings.TrimSpace(x.Text))
		})
}

var columnNumber = regexp.MustCompile(`^(?:栏次|行次|序号|[甲乙丙丁戊]|\(?\d{1,2}\)?(?:=[\d+\-()*]+)?|[A-Z](?:=[A-Z\d+\-()]+)?|\*\*|x{1,2}|X{1,2})$`)

// isNumbering reports whether the first row below a head numbers the columns.
func (b *body) isNumbering(row grid.Row) bool {
	n, numbers := 0, 0
	for _, c := range row.Cells {
		if c.Covered || c.Kind == grid.Empty {
			continue
		}
		p := plain(c.Text)
		if !columnNumber.MatchString(p) {
			return false
		}
		n++
		if d := strings.Trim(p, "()"); d != "" && d[0] >= '1' && d[0] <= '9' {
			numbers++
		}
	}
	if n < 2 {
		return false
	}
	one := false // counted from 1, each column once
	for _, c := range row.Cells {
		one = one || strings.Trim(plain(c.Text), "()") == "1" || strings.HasPrefix(plain(c.Text), "栏次") || plain(c.Text) == "甲"
	}
	return one && numbers*2 >= n-1
}

// line reads a row; ok is false for one without content in the columns of the table.
func (b *body) line(row grid.Row) (line, bool) {
	l := line{row: row.Number, figures: make([]figure, len(b.money))}
	filled := false
	for _, c := range b.columns {
		x := b.sheet.At(row.Number, c.Number)
		if x.Covered || x.Kind == grid.Empty && !x.Formula {
			if !filled && c.role != "" && !c.amount() && b.cell(row.Number, c.Number).Kind == grid.Text {
				filled = true
			}
			continue
		}
		c.Filled++
		filled = true
		if c.amount() && !c.partial {
			b.figure(&l, c, x)
			continue
		}
		l.broken = l.broken || c.breaks(x)
		if x.Kind == grid.Text && l.label == "" && b.labels(c) && b.r.Words.isSum(plain(x.Text)) {
			l.class, l.label = sum, words(x.Text)
			l.carried = slices.Contains(b.r.Words.carriedOver, plain(x.Text))
		}
	}
	return l, filled
}

// labels reports whether a column may say that its row adds up others.
func (b *body) labels(c *column) bool {
	switch c.role {
	case rolePurpose, roleUse, roleRemark, roleThird, roleTarget, roleBasis, roleGoal:
		return false
	}
	return true
}

// figure reads a cell of a column of amounts.
func (b *body) figure(l *line, c *column, x grid.Cell) {
	unit := c.unit
	if unit == "" {
		unit = b.unit
	}
	if x.Kind == grid.Number {
		unit = b.formatted(c, l.row, x.Format, unit)
	}
	f, decimals := b.r.readFigure(x, unit)
	if f.unit != "" && f.unit != unit {
		b.readsOwn(c, l.row, f.unit, "自己写着单位，读作%s")
	}
	if m, ok := b.sheet.Merged(l.row, c.Number); ok && m.Left == c.Number && m.Top == l.row {
		f.rows = m.Bottom - m.Top + 1
	}
	c.decimal = max(c.decimal, decimals)
	if f.rows > 1 && f.state == amount && c.role != roleWhole {
		if c.sum {
			b.spans = append(b.spans, span{l.row, f.rows, c, f.amount})
			return
		}
		b.r.diags.Add(diag.Diagnostic{Rule: ruleMissing, Level: diag.Error, At: b.at(l.row, c.Number),
			Message: diag.Quote(c.Head) + "的一个格合并了 " + digits(f.rows) + " 行，不知道各行是多少", Hint: "取消合并，各行分别填写"})
		return
	}
	l.figures[c.index] = f
}
