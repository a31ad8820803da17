package pack

import (
	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/doc"
	"yusuan/internal/money"
)

// ChartKind is the form of a chart.
type ChartKind string

// The kinds of charts.
const (
	ChartBars ChartKind = "bars" // upright bars, those of an item side by side
	ChartRows ChartKind = "rows" // bars from left to right
	ChartRing ChartKind = "ring" // parts of a whole
	ChartPie  ChartKind = "pie"
	ChartFlow ChartKind = "flow" // where a whole comes from, and where it goes to
	ChartList ChartKind = "list" // names with bars and notes, below each other
)

// Drawing is the look of charts.
type Drawing struct {
	Body, Heading, Number string // text styles
	Name                  string // of the names in lists
	Height                int64
	Colors                []doc.Color
}

// Chart is a drawing of figures.
type Chart struct {
	ID            string
	Kind          ChartKind
	Title         Snippet
	TitleAbove    bool
	Format        money.Format
	Amount, Share bool   // what stands beside a mark
	Falling       bool   // items by size, the largest first
	Others        string // percent: items with a smaller share become one
	Most          int    // as do the smallest where there are more; 0 for any number
	OtherName     string
	OmitZero      bool // what is zero is not drawn
	Height        int64
	Data          bool // a table of the numbers follows
	EmptyNote     Snippet
	Filter        budget.Query
	Items         []ChartItem
	Sources       []ChartItem   // of a flow: where the whole comes from
	From, To      Snippet       // of a flow: the heads of its sides
	Series        []ChartSeries // one at least
	At            diag.Range
}

// Whole reports whether the items are parts of a whole, which have shares and a sum.
func (c *Chart) Whole() bool {
	return c.Kind == ChartRing || c.Kind == ChartPie || c.Kind == ChartFlow || c.Share
}

// Units reports whether numbers are printed with their unit: what has no axis has room for it.
func (c *Chart) Units() bool { return c.Kind != ChartBars && c.Kind != ChartRows }

// ChartItem is one item or, of a figure with parts or with Each, one for each part.
type ChartItem struct {
	Label  Snippet // zero for the figure's title or the part's name
	Figure string
	Query  budget.Query
	Each   string  // dimension
	Main   bool    // what readers are to look at
	Note   Snippet // of a list; what stands for a project sees that
}

// ChartSeries is one bar of each item.
type ChartSeries struct {
	Label    Snippet
	Query    budget.Query
	LastYear bool
	Color    *doc.Color // nil: from the palette
}
