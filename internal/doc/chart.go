package doc

// Chart is a drawing of figures. Every number comes twice: as it is printed, and as a measure by which it is drawn.
// Layout computes no number but the ticks of axes.
type Chart struct {
	ID         string
	Kind       ChartKind
	Title      Text
	TitleStyle string // TextStyle
	TitleAbove bool   // the title stands above the drawing; below it otherwise
	Unit       Text   // at the upper right; empty prints nothing
	Style      string // TextStyle of everything within the drawing
	NameStyle  string // TextStyle of the names in a list
	Height     int64  // of the drawing without its title, thousandths of a point; rows take what they need
	Series     []ChartSeries
	Items      []ChartItem
	Sources    []ChartItem // of a flow: where the whole comes from; the items are where it goes to
	From, To   Text        // of a flow: the heads of both
	Total      ChartTotal  // of a ring or flow, in its middle; empty prints nothing
	Decimals   int         // a measure counts 10^-Decimals of the printed unit
	Group      bool        // commas in the numbers of axes
	Alt        string      // all of it in a sentence, with every number
	Data       *Table      // the numbers for machines; nil where the document prints them as a table
}

// ChartKind is the form of a chart. Where its labels would not fit, or a part of a whole is negative, ChartRows is drawn
// instead, whose labels always fit; those of ChartList do too.
type ChartKind int

const (
	ChartBars ChartKind = iota // upright bars, those of one item side by side
	ChartRows                  // bars from left to right, one below the other
	ChartRing                  // parts of a whole
	ChartPie
	ChartFlow // parts of a whole where it comes from, and parts of it where it goes to
	ChartList // below each other: a name with its number, a bar of the whole, a note
)

// ChartSeries is what one bar of each item shows. Rings and pies have one.
type ChartSeries struct {
	Name  Text // printed where there are several
	Color Color
}

// ChartItem is a slice, or a group of bars.
type ChartItem struct {
	Label  Text
	Values []ChartValue // one for each series
	Color  Color        // of a slice, of a part of a flow, of the bar of a list
	Note   Text         // of a list; a line feed begins a line
}

// ChartValue is a number as drawn and as printed beside it.
type ChartValue struct {
	Measure int64
	Text    string
	Marks   Marks // of the text
	Missing bool  // not known: nothing is drawn, the text says so
}

// ChartTotal is what a ring's slices add up to.
type ChartTotal struct {
	Label, Text, Unit string
	Marks             Marks // of the text
}

// Color is a colour of sRGB.
type Color struct{ R, G, B uint8 }
