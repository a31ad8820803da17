package imports

import (
	"slices"
	"strings"
	"sync"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/money"
	"yusuan/internal/source"
)

// fact is an entry of a table of a data folder: one that exports state, or one that a folder has. The two can be compared: amounts
// are in 元, words are those of the lists, what authors may leave out is filled in.
type fact struct {
	table string
	said  []said
	kids  []*fact // of a project its lines, of a form its goals and indicators
	at    diag.Range
	sheet int // of Understood.Sheets
	rows  int // that it was made of
	open  []choice
	mark  string // beside a new entry, what is still to be chosen

	file   string        // of the folder
	own    *source.Entry // its entry there
	folded bool          // a line of a project that stands in the project's own entry
}

// said is what a fact says of one field.
type said struct {
	key    string
	text   string // of an amount its exact digits in 元
	name   string // of a code
	amount money.Amount
	money  bool
	at     diag.Range
}

// The tables that imports write.
const (
	tableBasic     = "basic"
	tableProject   = "project"
	tableLine      = "project.line"
	tablePurchase  = "procurement"
	tableForm      = "form"
	tableGoal      = "form.goal"
	tableIndicator = "form.indicator"
	tableUnit      = "unit"
	tableCode      = "code"
	tableVehicle   = "vehicle"
	tableRevenue   = "revenue"
	tableCarry     = "carryover"
)

// identities are the fields by which an entry is known to be the same as another. What stands in the others may change.
var identities = map[string][]string{
	tableBasic:          {"unit", "fund", "function", "economic", "carried"},
	"basic_by_function": {"unit", "fund", "function"},
	"basic_by_economic": {"unit", "fund", "economic"},
	tableProject:        {"unit", "name"},
	tableLine:           {"fund", "function", "economic", "carried"},
	tablePurchase:       {"unit", "project", "class", "item", "economic", "fund"},
	tableForm:           {"unit", "project"},
	tableGoal:           {"horizon"},
	tableIndicator:      {"horizon", "first", "second", "third"},
	tableVehicle:        {"unit", "use"},
	tableRevenue:        {"unit", "source"},
	tableCarry:          {"unit", "fund"},
	tableUnit:           {"code"},
	tableCode:           {"kind", "code"},
}

// adding are the tables of which two rows with one identity are one entry with the sum of their amounts: money is one line by its
// codes, but two things bought are two.
var adding = []string{tableBasic, "basic_by_function", "basic_by_economic", tableLine, tableRevenue, tableCarry}

// tables are the tables of data folders by their names.
var tables = sync.OnceValue(func() map[string]*budget.Table {
	out := map[string]*budget.Table{}
	for _, t := range budget.Tables() {
		out[t.Name] = &t
	}
	return out
})

func (f *fact) get(key string) *said {
	for i := range f.said {
		if f.said[i].key == key {
			return &f.said[i]
		}
	}
	return nil
}

// text is what the fact says of a field, "" for nothing.
func (f *fact) text(key string) string {
	if s := f.get(key); s != nil {
		return s.text
	}
	return ""
}

func (f *fact) set(s said) {
	if old := f.get(s.key); old != nil {
		*old = s
		return
	}
	f.said = append(f.said, s)
}

func (f *fact) drop(key string) {
	f.said = slices.DeleteFunc(f.said, func(s said) bool { return s.key == key })
}

// identity is what the fact is known by.
func (f *fact) identity() string { return f.key(identities[f.table]) }

// key joins what the fact says of some fields.
func (f *fact) key(keys []string) string {
	var b strings.Builder
	for _, k := range keys {
		b.WriteString(f.text(k))
		b.WriteByte('\x00')
	}
	return b.String()
}

// add adds the amounts of another fact that is the same.
func (f *fact) add(o *fact) {
	f.rows += o.rows
	f.open = append(f.open, o.open...)
	for _, s := range o.said {
		mine := f.get(s.key)
		switch {
		case mine == nil:
			f.said = append(f.said, s)
		case s.money && mine.money:
			mine.amount = mine.amount.Add(s.amount)
			mine.text = mine.amount.String()
		}
	}
}

// total is the sum of what the fact says of money, the money of its lines included.
func (f *fact) total() money.Amount {
	var t money.Amount
	for _, s := range f.said {
		if f.table == tableProject && len(f.kids) > 0 {
			break // its own amount is that of its lines
		}
		if s.money && s.key != "total_budget" && s.key != "out" {
			t = t.Add(s.amount)
		}
	}
	for _, k := range f.kids {
		t = t.Add(k.total())
	}
	return t
}

// called is what people call the fact: 基本支出 418001 2010301 30101.
func (f *fact) called() string {
	var out []string
	if t := tables()[f.table]; t != nil {
		out = append(out, t.Label)
	}
	for _, k := range identities[f.table] {
		switch s := f.text(k); {
		case s == "", k == "carried", k == "fund" && s == budget.FundGeneral:
		default:
			out = append(out, s)
		}
	}
	return strings.Join(out, " ")
}

// ordered is what the fact says in the order of the schema.
func (f *fact) ordered() []said {
	t := tables()[f.table]
	out := slices.Clone(f.said)
	place := func(s said) int {
		return slices.IndexFunc(t.Fields, func(x budget.Field) bool { return x.Key == s.key })
	}
	slices.SortStableFunc(out, func(a, b said) int { return place(a) - place(b) })
	return slices.DeleteFunc(out, func(s said) bool { return place(s) < 0 })
}
