package tablebook

import (
	"cmp"
	"strings"

	"yusuan/internal/doc"
	"yusuan/internal/money"
	"yusuan/internal/schedule"
)

// proof is a row of 校核: a printed number, and what it is derived of.
type proof struct {
	key         string // what every form calls the number
	table       *table
	cell        string // of the table's sheet, by $ signs: sorted rows still ask for it
	zero        string // the word that the cell has for zero, "" where it has digits or nothing
	blank       bool   // zero prints nothing
	row, column string // in words
	kind        schedule.ValueKind
	printed     string // its digits
	inText      bool   // it stands among words: no cell of its own has it
	f           money.Format
	a, b        operand // of a change or rate this year's and last year's, of a share part and whole
	result      string  // the verdict
	abs         bool    // printed without its sign, which the words say
}

// operand is an amount that a number is made of.
type operand struct {
	formula string
	exact   money.Amount
	// Where parts are made to add up: what is printed of it, and by how much that may miss the exact amount.
	shown, bound           string
	shownValue, boundValue money.Amount
}

// prove goes through the numbers of the tables: which cells are numbers, and what each is derived of.
func (w *writer) prove() {
	for i := range w.tables {
		x := &w.tables[i]
		for k := range x.cells {
			c := &x.cells[k]
			switch {
			case x.t.Of > 0 && c.Number && c.row >= x.heads:
				w.scheduled(x, c)
			case c.words == "":
			default:
				w.told(x, c)
			}
		}
	}
}

// scheduled is a number of a table of the pack.
func (w *writer) scheduled(x *table, c *cell) {
	c.printed, _ = figureOf(c.words)
	of := x.t.Of + int32((c.row-x.heads)*len(x.t.Columns)+c.column)
	s, ref, ok := w.in.Numbers.Cell(of)
	if !ok {
		return
	}
	p := proof{key: s.Key(ref), row: s.RowName(ref), column: strings.Join(s.Heads(ref.Column), " · "), f: s.FormatAt(ref)}
	if p.row == "" {
		p.row = s.RowKey(ref.Side, ref.Row)
	}
	v := s.Value(ref)
	if p.kind, p.blank = v.Kind, c.words == ""; p.blank && !v.Known {
		return // nobody states last year's
	}
	switch v.Kind {
	case schedule.ValueSum:
		p.a = w.summed(schedule.Number{Exact: v.Exact, Sums: &v.Sums[0]}, p.f)
	case schedule.ValueLastYear:
		p.a = operand{formula: w.stated.last(v.Figure, v.Part, v.Exact), exact: v.Exact}
	default:
		p.a = w.summed(schedule.Number{Exact: v.Of.Exact, Sums: &v.Of.Sums[0]}, p.f)
		p.b = operand{formula: w.stated.last(v.Over.Figure, v.Over.Part, v.Over.Exact), exact: v.Over.Exact}
	}
	w.proved(p, x, c)
}

// told are the numbers that words printed into a cell of a form, or of the table of a chart.
func (w *writer) told(x *table, c *cell) {
	for k := range c.Text {
		t := &c.Text[k]
		for _, m := range doc.MarksOf(w.in.Tree.Marks, t.Marks) {
			told := w.in.Numbers.Told(m.Of)
			if told == nil || told.Kind == schedule.ValueWritten {
				w.left++
				continue
			}
			text := t.String[m.From:m.To]
			p := proof{kind: told.Kind, inText: len(c.Text) > 1 || len(text) != len(t.String)}
			if f, ok := figureOf(text); ok && !p.inText {
				c.printed = f
			}
			if told.Format != nil {
				p.f = *told.Format
			}
			if answer, ok := w.in.Numbers.At(m.Of); ok {
				p.key = cmp.Or(answer.Key, answer.Address)
				_, p.row, _ = strings.Cut(answer.Address, ".")
			}
			w.operands(&p, told)
			p.printed = text
			w.proved(p, x, c)
		}
	}
}

// operands are what a number that words printed is made of.
func (w *writer) operands(p *proof, t *schedule.Told) {
	beside := schedule.Beside{}
	if t.Beside != nil {
		beside = *t.Beside
	}
	of := func(n schedule.Number, more []schedule.Number) operand {
		out := w.number(n, p)
		for _, x := range more {
			out = out.plus(w.number(x, p))
		}
		return out
	}
	switch t.Kind {
	case schedule.ValueCount:
	case schedule.ValueShare:
		p.a, p.b = of(t.Of, beside.More), of(beside.Over, beside.Rest)
	case schedule.ValueChange, schedule.ValueRate:
		p.a = of(t.Of, nil)
		if beside.Over.At != nil {
			p.b = w.number(beside.Over, p)
		} else {
			p.b = w.lastYears(beside.Figure, beside.Over.Exact)
		}
	case schedule.ValueLastYear:
		if beside.Figure != "" && len(beside.More) == 0 {
			p.a = w.lastYears(beside.Figure, t.Of.Exact)
			return
		}
		p.a = of(t.Of, beside.More)
	default:
		p.a = of(t.Of, beside.More)
	}
}

// lastYears is last year's amount of a figure by its name.
func (w *writer) lastYears(name string, exact money.Amount) operand {
	figure, part := name, ""
	if family, member, ok := strings.Cut(name, "."); ok && w.in.Numbers.Pack.Figures[name] == nil {
		figure, part = family, member
	}
	return operand{formula: w.stated.last(figure, part, exact), exact: exact}
}

// number is a sum of lines, or an amount that is stated.
func (w *writer) number(n schedule.Number, p *proof) operand {
	if n.Sums != nil {
		return w.summed(n, p.f)
	}
	return operand{formula: w.stated.told(cmp.Or(p.row, p.key), &n), exact: n.Exact}
}

// summed is a sum of lines.
func (w *writer) summed(n schedule.Number, f money.Format) operand {
	out := operand{formula: w.ledger.sum(nameAmount, *n.Sums), exact: n.Exact}
	if w.adjusts() {
		out.shown, out.shownValue = w.ledger.sum(w.ledger.printedAs(f), *n.Sums), w.in.Numbers.Shown(n, f)
		out.bound, out.boundValue = w.ledger.sum(nameBound, *n.Sums), w.ledger.boundOf(*n.Sums)
	}
	return out
}

// adjusts reports whether printed parts are made to add up.
func (w *writer) adjusts() bool { return w.in.Numbers.Pack.Adjust }

func (x operand) plus(y operand) operand {
	join := func(a, b string) string {
		if a == "" || b == "" {
			return a + b
		}
		return a + "+" + b
	}
	return operand{join(x.formula, y.formula), x.exact.Add(y.exact), join(x.shown, y.shown), join(x.bound, y.bound), x.shownValue.Add(y.shownValue), x.boundValue.Add(y.boundValue)}
}

// proved takes a number into 校核.
func (w *writer) proved(p proof, x *table, c *cell) {
	p.table, p.cell = x, fixed(c.column+1, x.first[c.row])
	if p.printed == "" {
		p.printed = c.words
	}
	f, ok := figureOf(p.printed)
	if !ok { // what prints a word for zero is zero
		p.zero = p.printed
	}
	p.printed = cmp.Or(f.digits, "0")
	if p.kind == schedule.ValueChange || p.kind == schedule.ValueRate {
		d := p.derived()
		p.abs = strings.HasPrefix(d, "-") && !sameDigits(d, p.printed) && sameDigits(d[1:], p.printed)
	}
	p.result = p.verdict()
	w.proofs = append(w.proofs, p)
}

// rounded is an amount as it is printed, its digits alone.
func (p *proof) rounded(a money.Amount) string {
	f := p.f
	f.Group, f.BlankZero, f.TrimZeros, f.TrimWhole, f.Zero = false, false, false, false, ""
	return f.String(a)
}

// counted is the amount that a change or share is made of.
func (p *proof) counted(x *operand) money.Amount {
	if x.shown != "" {
		return p.f.Round(x.shownValue)
	}
	return x.exact
}

// derived are the digits that the formulas come to.
func (p *proof) derived() string {
	a, b := p.a.exact, p.b.exact
	if p.a.shown != "" && !(p.compares() && a.Equal(b)) {
		a, b = p.counted(&p.a), p.f.Round(p.counted(&p.b))
	}
	out := ""
	switch p.kind {
	case schedule.ValueCount:
		return ""
	case schedule.ValueChange:
		out = p.rounded(a.Sub(b))
	case schedule.ValueRate:
		out = cmp.Or(money.Compare(a, b, ratePlaces).Rate, "0")
	case schedule.ValueShare:
		out, _ = money.Share(a, b, ratePlaces)
		out = cmp.Or(out, "0")
	default:
		out = p.rounded(p.a.exact)
	}
	if p.abs {
		out = strings.TrimPrefix(out, "-")
	}
	return out
}

// ratePlaces are the decimals of rates and shares.
const ratePlaces = 2

// compares reports whether the number compares two years.
func (p *proof) compares() bool {
	return p.kind == schedule.ValueChange || p.kind == schedule.ValueRate
}

// sameDigits compares two decimals.
func sameDigits(a, b string) bool { return plainAmount(a).Equal(plainAmount(b)) }

// plainAmount is a number as an amount, to reckon with.
func plainAmount(digits string) money.Amount {
	a, _ := money.Parse(digits, money.Yuan)
	return a
}
