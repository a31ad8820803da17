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
)

// Drawing is the look of charts.
type Drawing struct {
	Body, Heading, Number string // text styles
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
	Height        int64
	Data          bool // a table of the numbers follows
	EmptyNote     Snippet
	Filter        budget.Query
	Items         []ChartItem
	Series        []ChartSeries // one at least
	At            diag.Range
}

// Whole reports whether the items are parts of a whole, which have shares and a sum.
func (c *Chart) Whole() bool { return c.Kind == ChartRing || c.Kind == ChartPie || c.Share }

// ChartItem is one item or, of a figure with parts or with Each, one for each part.
type ChartItem struct {
	Label  Snippet // zero for the figure's title or the part's name
	Figure string
	Query  budget.Query
	Each   string // dimension
}

// ChartSeries is one bar of each item.
type ChartSeries struct {
	Label    Snippet
	Query    budget.Query
	LastYear bool
	Color    *doc.Color // nil: from the palette
}
