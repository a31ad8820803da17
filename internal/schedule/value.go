package schedule

import (
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/money"
	"yusuan/internal/pack"
)

// ValueKind is what kind of number a value is.
type ValueKind uint8

const (
	ValueSum      ValueKind = iota // of lines of this year's budget
	ValueLastYear                  // last year's amount
	ValueChange                    // this year's less last year's
	ValueRate                      // that in percent of last year's
	ValueShare                     // part of a whole, in percent
	ValueStated                    // an amount that the author states and no sum has
	ValueCount                     // of things: vehicles, projects
	ValueWritten                   // a number in a text of the author's, which no program made
)

// Value is what a printed number is, wherever it stands: a total stands in several tables and sentences.
type Value struct {
	Kind ValueKind
	Sums []budget.Query // of a sum: what it sums; several where small parts of a chart became one
	// Figure is the pack's name of what is compared with last year, and Part the code of its part, "" for all of it.
	Figure, Part string
	Of, Over     *Value       // of a change, rate or share: this year's and last year's, the part and the whole
	At           diag.Range   // of what is stated
	Exact        money.Amount // in 元; zero for rates, shares and counts
	Known        bool         // false of last year's amounts that nobody states
	Printed      string       // without its unit, as it stands on the page; "" where zero prints nothing
	Unit         money.Unit   // of Printed, for amounts
	// Adjusted says that another amount than the exact one is printed, rounded, since printed parts are made to add up.
	Adjusted bool
	Shown    money.Amount // what is printed, exactly what the page says
}

// Amount reports whether the value is an amount of money.
func (v *Value) Amount() bool {
	return v.Kind != ValueRate && v.Kind != ValueShare && v.Kind != ValueCount && v.Kind != ValueWritten
}

// Lines are the lines that the value is made of, by index, each once; none of what is stated or last year's.
func (d *Document) Lines(v *Value) (out []int) {
	for _, q := range v.Sums {
		d.Budget.Each(q, func(i int) { out = append(out, i) })
	}
	if v.Of != nil {
		out = append(out, d.Lines(v.Of)...)
	}
	return out
}

// SumValue is the value of the sum of a query as f prints it.
func (d *Document) SumValue(q budget.Query, f money.Format) Value {
	n := d.Sum(q)
	return sumValue(q, Sum{n.Exact, d.Shown(n, f)}, f)
}

func sumValue(q budget.Query, x Sum, f money.Format) Value {
	return Value{Kind: ValueSum, Sums: []budget.Query{q}, Exact: x.Exact, Known: true, Printed: Written(f, x.Exact, x.Shown), Unit: f.Unit,
		Shown: f.Round(x.Shown), Adjusted: !f.Round(x.Shown).Equal(f.Round(x.Exact))}
}

// Value is what the number at a place is.
func (s *Schedule) Value(ref Ref) Value {
	_, r, l := s.at(ref)
	if l.Prior != "" {
		v := s.of.priorValue(l.Column, r.Part)
		v.Printed = s.Printed(ref)
		return v
	}
	q, _ := s.Query(ref)
	return sumValue(q, s.Sum(ref), r.Format(l.Column))
}

// Compares is what kind of number a column of last year prints.
func (c *Column) Compares() ValueKind { return compares(c.Column) }

func compares(l *pack.Column) ValueKind {
	switch l.Show {
	case "change":
		return ValueChange
	case "rate":
		return ValueRate
	}
	return ValueLastYear
}

// priorValue is what a column of last year prints in the row of a part.
func (d *Document) priorValue(l *pack.Column, part string) Value {
	before, known := d.priorSum(l.Prior, part)
	last := Value{Kind: ValueLastYear, Figure: l.Prior, Part: part, Exact: before, Known: known, Printed: l.Format.String(before), Unit: l.Format.Unit, Shown: l.Format.Round(before)}
	kind := compares(l)
	if kind == ValueLastYear {
		return last
	}
	q := d.thisYears(l.Prior, part)
	now := d.SumValue(q, l.Format)
	ch := d.Change(Number{Exact: now.Exact, Sums: &q}, before, l.Format)
	v := Value{Kind: kind, Figure: l.Prior, Part: part, Of: &now, Over: &last, Known: known, Exact: ch.Delta, Unit: l.Format.Unit, Shown: l.Format.Round(ch.Delta)}
	if kind == ValueRate {
		v.Exact, v.Shown = money.Amount{}, money.Amount{}
	}
	return v
}

// Entry is an entry of the data that a value is made of.
type Entry struct {
	At     diag.Range
	Amount money.Amount
	Words  string // what it is for: unit, fund, codes, project
	Told   bool   // nobody stated it: it follows from what is spent and carried, and At is one of those
}

// Entries are the entries of the data that a value is made of, those of what is compared one after the other. Last year's are
// what the author states of it, or the entries of last year's folder.
func (d *Document) Entries(v *Value) (out []Entry) {
	switch {
	case v.Of != nil:
		return append(d.Entries(v.Of), d.Entries(v.Over)...)
	case v.Kind == ValueLastYear && d.Prior.Last != nil && d.Pack.Figures[v.Figure].FromFolder():
		return entriesOf(d.Prior.Last, d.beforeOf(v.Figure, v.Part))
	case v.Kind == ValueLastYear:
		return d.statedBefore(v)
	case !v.At.IsZero():
		return []Entry{{At: v.At, Amount: v.Exact}}
	}
	for _, q := range v.Sums {
		out = append(out, entriesOf(d.Budget, q)...)
	}
	return out
}

func entriesOf(b *budget.Budget, q budget.Query) (out []Entry) {
	b.Each(q, func(i int) {
		l := &b.Lines[i]
		words := slices.DeleteFunc([]string{string(l.Side), l.Unit, l.Fund, l.Function, l.Economic, l.Project}, func(s string) bool { return s == "" })
		told := b.Reckoned(l)
		if told {
			words = append(words, "由支出和结转推算，文件里没有这个数")
		}
		out = append(out, Entry{l.At, l.Amount, strings.Join(words, " "), told})
	})
	return out
}

// statedBefore are the entries of last year's figures that an amount of last year comes of.
func (d *Document) statedBefore(v *Value) (out []Entry) {
	p := d.Budget.Facts.Prior
	if p == nil {
		return nil
	}
	exact, family, codes := v.Figure, "", true
	if dim, ok := budget.FindDimension(d.figureBy(v.Figure)); ok && v.Part != "" {
		codes = dim.Digits > 0 // only codes contain others
	}
	if d.Pack.Figures[v.Figure] != nil && d.Pack.Figures[v.Figure].By != "" {
		if exact, family = "", v.Figure+"."+v.Part; !d.Prior.KnowsPart(v.Figure) {
			exact, family = d.wholeOf(v.Figure), ""
		}
	}
	for _, f := range p.Figures {
		if f.Key.V == exact || family != "" && (f.Key.V == family || codes && strings.HasPrefix(f.Key.V, family)) {
			out = append(out, Entry{At: f.Value.At, Amount: f.Value.Amount, Words: f.Key.V})
		}
	}
	return out
}

// figureBy is along which dimension a figure is a family, "" for one that is none.
func (d *Document) figureBy(name string) string {
	if f := d.Pack.Figures[name]; f != nil {
		return f.By
	}
	return ""
}

// String is the name of the kind for programs.
func (k ValueKind) String() string {
	return [...]string{"sum", "last-year", "change", "rate", "share", "stated", "count", "written"}[k]
}

// Says is how a value of the kind comes about, in words.
func (k ValueKind) Says() string {
	return [...]string{"各笔之和", "上年数", "本年数减上年数", "增减额占上年数的百分比", "前者占后者的百分比", "部门填报的数", "个数", "部门填写的文字里的数"}[k]
}
