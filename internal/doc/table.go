package doc

// Table is a grid of cells with a head that is repeated on every part when the table breaks over pages.
//
// The grid is strict: with spans laid out, every row covers every column exactly once. The typesetter reports what does not, and mends it.
type Table struct {
	ID         string // identity of the table within the document, used in figure paths and dumps, for example "5-1"
	Caption    Text   // the table's title, set above it by a Heading or Paragraph of compose; here for readers, and for its place
	Left       *Text  // line above the grid at the left, for example 编制部门
	LeftAgain  *Text  // what stands at the left above further parts; nil repeats Left
	Right      *Text  // line above the grid at the right, for example 单位：万元
	Continued  string // printed above each further part, in the middle, for example 表 3（续）
	Columns    []Column
	Head       []Row
	Body       []Row
	Notes      []Text // below the last part
	Style      string // TextStyle of body cells
	Tight      string // and where the table would go on the page of its headings in this one alone; "" for none
	HeadStyle  string // TextStyle of head cells
	NoteStyle  string // TextStyle of notes and of the line above the grid
	CellPad    CellPad
	RuleWidth  int64 // grid rules, thousandths of a point; drawn no thinner than LeastRule
	FrameWidth int64 // outer rules, likewise
	MinRow     int64 // least height of a body row, thousandths of a point
	MinSize    int64 // the table may be set smaller down to this size when it is too wide, thousandths of a point
	KeepRows   bool  // break between rows only, where a row fits on a page
	// Of is what marks call the number in the first row and column of the body, each further one as many more as there are
	// columns; 0 for tables whose texts say it themselves.
	Of int32
}

// CellPad is the room between a cell's rules and its text, thousandths of a point.
type CellPad struct{ X, Y int64 }

// Align is the horizontal place of text in a cell.
type Align uint8

const (
	AlignLeft Align = iota
	AlignCenter
	AlignRight
	AlignDecimal // digits of one column stand under each other by the decimal point, the widest centred or right
	AlignJustify
)

// Column is one column of the grid. The columns together fill the measure: what is left beside least and exact
// widths is parted by Share.
type Column struct {
	Min   int64 // least width, thousandths of a point; 0 lets content decide
	Fixed int64 // exact width, thousandths of a point; 0 lets layout decide
	Share int   // weight by which room left over is shared; 0 gives the column none unless all are 0
	Align Align // of body cells
	// Side tells columns apart that are read for themselves, as revenue beside expenditure: the name of a row on one side is
	// nothing to the numbers on another. In most tables all columns are of one side.
	Side int
}

// Row is one row of the grid.
type Row struct {
	Cells []Cell
	// Splittable rows hold long text and may break between two lines; rows of figures never do.
	Splittable bool
	// KeepNext keeps the row on the page of the next one where that is possible (a group's title).
	KeepNext bool
	// HeadOf is the number of rows below that the row is a head of: where they go on on a further part, it is drawn there
	// again. 0 is no head.
	HeadOf int
}

// Cell is one cell. Cells of a row stand in order of their columns; columns covered by a cell that spans down from
// an earlier row are left out.
type Cell struct {
	Text             []Text // one paragraph each
	ColSpan, RowSpan int    // 0 means 1
	Style            string // TextStyle, "" means the table's
	Family           string // role of the font library that draws it instead of its style's, "" means the style's
	Indent           int    // left indent in characters
	Align            Align
	Header           Header
	AlignSet         bool // Align overrides the column's
	Top              bool // set at the top instead of the middle
	Vertical         bool // narrow label: characters upright, stacked and centred
	Number           bool // holds a figure: never broken over lines
	FirstIndent      bool // paragraphs start with an indent of two characters
	// Names says that who hears a number of the row hears this cell with it, as a header of the row, though it looks like
	// any other.
	Names bool
}

// Header says what a cell is head of.
type Header uint8

const (
	HeaderNone Header = iota
	HeaderColumn
	HeaderRow
	HeaderBoth
)

// LeastRule is the thickness of the thinnest rule that all printers print: one that is asked for thinner is drawn so. 0 is
// no rule.
const LeastRule = 500
