// Package pack reads template packs: the tables, forms, wording, paper and type of one kind of document, as data.
//
// A pack is a folder. Its *.toml files are merged (pack.toml holds the head), forms/*.toml are one form each, and
// prose/*.tmpl are texts in the language of text/template with the words that compose offers. Load checks all of it,
// so that compose can rely on every name and every query.
package pack

import (
	"slices"
	"strings"
	"text/template"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/doc"
	"yusuan/internal/money"
)

// Pack is a template pack, checked and compiled. Read-only; shared by all documents of a process.
type Pack struct {
	ID, Name, Version, Kind string
	FirstYear, LastYear     int
	Title, Subject          Snippet
	Keywords                Snippet
	FileName                Snippet // without .pdf; with FolderMark between folders; empty for the title
	ProcurementClasses      []string
	TableFormat, TextFormat money.Format
	Adjust                  bool    // printed parts are made to add up
	AdjustNote              Snippet // below tables where that changed a number
	AdjustAt                diag.Range
	At                      diag.Range // of its head
	Line                    []string   // its folder and those of what it inherits, the first ancestor first
	Styles                  doc.StyleSheet
	Families                map[string][]diag.Range // the fonts that styles name, and where
	Grid                    Grid
	Parts                   []Part
	Figures                 map[string]*Figure
	FigureNames             []string // sorted
	Slots                   []Slot
	Rules                   []RuleSetting
	Tables                  map[string]*Table
	Forms                   map[string]*Form
	Charts                  map[string]*Chart
	Drawing                 Drawing
	Show                    []string // names of optional parts
	StripComments           bool     // of the data that documents carry along
	Terms                   []Term
	Kinds                   []UnitKind // in the order of the pack
	Phrases                 map[string]string
	templates               *template.Template
	weights                 map[string]int        // steps of each template
	sources                 map[string]textSource // of the templates, by name
	inProse                 map[string]bool       // charts that prose names
	queries                 func() []Asked        // found when first asked for
	roles                   map[FigureRole]*Figure
	labels                  map[LabelRole][]string // words of the labels that have the role, in the order of the forms
	closed                  []closedList           // in the order of the pack
	uses                    []*Use
	variants                []variant // where years differ, the first first
}

// Snippet is a short text of the pack, with or without placeholders.
type Snippet struct {
	Literal string // the text itself when it has no placeholder
	Name    string // its template otherwise
	Source  string // of the template, as the pack writes it
	Item    string // the field, of a template that is nothing but {{.Item.Field}}
	Field   string // the key, of a template that is nothing but {{field "key"}}
	At      diag.Range

	variants [][]string // of a label
}

// IsZero reports whether the pack leaves the text out.
func (s Snippet) IsZero() bool { return s.Literal == "" && s.Name == "" }

// Written is the text as the pack writes it: the same whatever the data and the year.
func (s Snippet) Written() string { return s.Literal + s.Source }

// Grid is the look of tables.
type Grid struct {
	Body, Head, Note, Heading, Number string
	Rule, Frame                       int64
	Pad                               doc.CellPad
	MinRow, MinSize                   int64
	Total                             string // family of rows that sum all, "" for that of the body
	Continued                         Snippet
}

// Part is a part of the document.
type Part struct {
	Page     string
	Title    Snippet
	Contents Snippet
	Style    string
	Numbered bool
	Restart  bool
	Right    bool   // begins on a right-hand page
	Optional string // its name; printed only where the pack or the department asks for it
	Blocks   []Block
}

// Optionals are the names of the optional parts.
func (p *Pack) Optionals() []string {
	var out []string
	for i := range p.Parts {
		if s := p.Parts[i].Optional; s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// Block is one piece of a part; exactly one field is set.
type Block struct {
	Prose    string   // name of a prose template
	Contents []string // styles of the table of contents
	Tables   []*Table
	Forms    string  // "department" or "project"
	Glossary string  // style of its entries
	Chosen   string  // the text in which the department says which terms the glossary has, "" for none
	Number   Snippet // what stands before an entry of the glossary; the dot has N
	Charts   []*Chart
	Figures  []*Figure // in large type
}

// Figure is a number that prose may name.
type Figure struct {
	Name, Title string
	Query       budget.Query
	Prior       bool
	Base        string       // what of last year it is compared with: 预算数, 执行数; of all but the budget only the author knows
	By          string       // dimension of a family, "" for one figure
	Last        budget.Query // what it was last year
	Past        string       // what [[history]] calls it, whence last year's amount is, "" for nothing
	Role        FigureRole
	At          diag.Range
}

// BaseBudget is what of last year figures are compared with that say nothing else: its budget, as last year's folder has it.
const BaseBudget = "预算数"

// FromFolder reports whether last year's folder says what the figure was.
func (f *Figure) FromFolder() bool { return f.Prior && f.Base == BaseBudget }

// Slot is a text that the author supplies.
type Slot struct {
	Key, Title string
	Required   bool
	Changed    string
	By         string // dimension of a family, "" for one text
}

// RuleSetting sets a rule of check. Whether the rule exists, check knows.
type RuleSetting struct {
	ID    string
	Level diag.Level
	Off   bool
	Why   string
	At    diag.Range
}

// Term is an entry of the glossary.
type Term struct {
	Term, Text string
	Words      []string
	Always     bool
	At         diag.Range
}

// Table is a table of the pack.
type Table struct {
	ID        string
	Heading   Snippet
	Also      []Snippet // what other places and years call it
	Contents  Snippet
	Continued Snippet
	Left      Snippet
	LeftAgain *Snippet // nil where it is Left
	Right     Snippet
	Page      string
	Rows      RowSource
	Filter    budget.Query
	Total     string
	TotalLast bool
	TotalSpan bool
	EmptyRows int
	MinRows   int
	Number    Snippet
	Follow    bool
	Share     bool // of the page of the table before, if it goes there whole
	Levels    [][]string
	Once      [][]string // of each level the fields that are left blank where the row before has the same
	Labels    map[string]string
	Group     string
	EmptyNote Snippet
	Notes     []Snippet
	Columns   []Column
	List      []Row
	Income    []Row
	Outgo     []Row
	Use       []Row
	Foot      [][3]Row // income, outgo, use
	Style     string
	Tight     string // where it fits a page only so
	MinRow    int64  // 0 for the pack's own
	At        diag.Range
}

// OnceOf are the fields of a level that are left blank where the row before has the same.
func (t *Table) OnceOf(level int) []string {
	if level >= len(t.Once) {
		return nil
	}
	return t.Once[level]
}

// Column is a column or a group of columns under one head.
type Column struct {
	Head    Snippet
	Also    []Snippet // its heads elsewhere
	Field   string
	Query   budget.Query
	Prior   string // the figure whose amounts of last year the column prints, "" for an amount of this year
	Show    string // of those: last, change or rate
	Format  money.Format
	Align   doc.Align
	Indent  bool
	Side    string
	Min     int64
	Fixed   int64
	Share   int
	Columns []Column
}

// Leaves are the columns of the grid, from left to right.
func Leaves(cols []Column) []*Column {
	var out []*Column
	for i := range cols {
		if len(cols[i].Columns) > 0 {
			out = append(out, Leaves(cols[i].Columns)...)
			continue
		}
		out = append(out, &cols[i])
	}
	return out
}

// Sides are the columns of each side of a balance table, by index: revenue, expenditure, and expenditure once more where
// the table has it. Columns that name no side halve the table.
func Sides(leaves []*Column) [][]int {
	out := make([][]int, 3)
	for i, l := range leaves {
		n := slices.Index([]string{"income", "outgo", "use"}, l.Side)
		if n < 0 {
			n = i * 2 / len(leaves)
		}
		out[n] = append(out[n], i)
	}
	if len(out[2]) == 0 {
		return out[:2]
	}
	return out
}

// Depth is the number of head rows that cols need.
func Depth(cols []Column) int {
	d := 0
	for i := range cols {
		d = max(d, 1+Depth(cols[i].Columns))
	}
	return d
}

// Row is a row with a label and a sum of its own.
type Row struct {
	Label  Snippet
	Also   []Snippet // its labels elsewhere
	Query  budget.Query
	Amount bool // prints a sum
	Indent int
	Align  doc.Align // of the label, where AlignSet
	// AlignSet says that the label stands otherwise than its column says.
	AlignSet bool
	Blank    bool
	Optional bool   // left out where the sum is zero
	Total    bool   // set as rows that sum all
	Each     string // dimension
	Group    Snippet
	Wide     bool // foot: the label spans all columns to the last
	At       diag.Range
}

// Form is a grid of labels and fields.
type Form struct {
	Kind, Scope string
	Heading     Snippet
	Title       Snippet
	Contents    Snippet
	Left, Right Snippet
	LeftAgain   *Snippet // nil where it is Left
	Page        string
	Style       string
	Widths      []int
	Fields      []Field
	Items       []Item
	Notes       []Snippet
	At          diag.Range // of its kind
	labels      map[LabelRole][]string
}

// HasField reports whether the author may fill in the key.
func (f *Form) HasField(key string) bool {
	return slices.ContainsFunc(f.Fields, func(x Field) bool { return x.Key == key })
}

// Field is a key that the author may fill in a form.
type Field struct {
	Key, Title string
	Required   bool
	Options    []string // all that it may have, nil where any text will do
	Role       FieldRole
}

// FieldTitle is the title of a key that some form has, "" where forms differ in it.
func (p *Pack) FieldTitle(key string) (title string) {
	for _, f := range p.Forms {
		for _, x := range f.Fields {
			switch {
			case x.Key != key || x.Title == title:
			case title != "":
				return ""
			default:
				title = x.Title
			}
		}
	}
	return title
}

// Item is a row of a form or a group of rows beside a label.
type Item struct {
	Label    Snippet
	Span     int
	Vertical bool
	Items    []Item
	Cells    []Cell
	Each     string
	Horizon  string
	Split    bool
	KeepNext bool
	Head     bool // of the list that follows, or of the rows up to the next head: drawn again where they are parted
	Optional bool
}

// Cell is a cell of a form.
type Cell struct {
	Text         Snippet
	Label        bool
	Span, Rows   int
	Align        doc.Align
	AlignSet     bool
	Prose, Merge bool
	Number       bool
	Names        bool // read out with the numbers of its row
}

// Figure finds a figure by name. A member of a family is named by the family and the part: item.2010301.
func (p *Pack) Figure(name string) *Figure {
	if f := p.Figures[name]; f != nil && f.By == "" {
		return f
	}
	family, part, ok := strings.Cut(name, ".")
	f := p.Figures[family]
	if !ok || f == nil || f.By == "" {
		return nil
	}
	d, _ := budget.FindDimension(f.By)
	m := *f
	m.Name, m.Title, m.By = name, f.Title+"（"+part+"）", ""
	m.Query = f.Query.Along(d).Part(d, part)
	return &m
}

// TableIDs are the numbers of the tables, sorted.
func (p *Pack) TableIDs() []string { return sortedKeys(p.Tables) }

// singleFigures are the names of the figures that are one number.
func (p *Pack) singleFigures() []string {
	return slices.DeleteFunc(slices.Clone(p.FigureNames), func(n string) bool { return p.Figures[n].By != "" })
}

// Slot finds a text by key. A member of a family has the key of the family and the part: use.2010301.
func (p *Pack) Slot(key string) *Slot {
	family, _, member := strings.Cut(key, ".")
	for i := range p.Slots {
		if s := &p.Slots[i]; s.Key == key && s.By == "" || member && s.Key == family && s.By != "" {
			return s
		}
	}
	return nil
}

func (p *Pack) slotKeys() []string {
	var out []string
	for _, s := range p.Slots {
		out = append(out, s.Key)
	}
	return out
}

// Templates returns the pack's templates bound to one document's words and budget. The result serves one goroutine.
func (p *Pack) Templates(words template.FuncMap, m *Meter) (*template.Template, error) {
	t, err := p.templates.Clone()
	if err != nil {
		return nil, err
	}
	return t.Funcs(words).Funcs(m.metered()), nil
}

// Weight is how many steps the template takes, without those of its loops and of what it calls.
func (p *Pack) Weight(name string) int { return p.weights[name] }

// InProse reports whether prose shows the chart.
func (p *Pack) InProse(chart string) bool { return p.inProse[chart] }

// HasProse reports whether the pack has the prose template.
func (p *Pack) HasProse(name string) bool { return p.templates.Lookup("prose/"+name) != nil }

// hasPlaceholder reports whether s must go through text/template.
func hasPlaceholder(s string) bool { return strings.Contains(s, "{{") }
