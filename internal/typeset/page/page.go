// Package page holds finished pages: items at fixed places, and the structure that gives them meaning.
//
// It is all that the writers (PDF, PNG) see. Layout fills it; nothing in it knows budgets or layout rules.
// Places are measured from the upper left corner of the page, y downwards.
package page

import (
	"time"

	"yusuan/internal/diag"
	"yusuan/internal/typeset/font"
	"yusuan/internal/typeset/unit"
)

// Document is a laid-out document.
type Document struct {
	Info      Info
	Pages     []Page
	Elems     []Elem // structure tree in reading order; Elems[0] is the Document element and its own parent
	Bookmarks []Bookmark
	Files     []File  // files carried inside the document
	Starts    []Start // by section of the tree
}

// Start is where a section of the tree begins: behind so many pages, the last of which has this number, printed or not.
type Start struct{ Page, Number int }

// Info describes the document to readers and archives.
type Info struct {
	Title, Author, Subject, Keywords string
	Lang                             string    // BCP 47, "zh-CN"
	Date                             time.Time // the document's own date, from its data; never the clock
	Program                          string    // name and version of the program that made it
	// Draft is what a file is that shows the document and is not the document: it claims no standard for archives or
	// accessibility, carries no files, and its title begins so. "" is a document.
	Draft string
	// Notice is what a file is that is published beside a document and is none: it claims what documents do and carries no files.
	Notice string
}

// Called is what a file is called; of a draft, what it is comes first.
func (i *Info) Called() string {
	if i.Draft == "" {
		return i.Title
	}
	return i.Draft + "　" + i.Title
}

// Page is one finished page.
type Page struct {
	Width, Height unit.Length // of the sheet
	// A turned page carries its matter turned 90° counter-clockwise (GB/T 9704-2012 cl. 8). Its items, but for upright
	// texts, are measured on the matter, which is Height wide and Width tall and begins at the lower left of the sheet.
	Turned bool
	Area   Rule   // the type area (版心), measured as items are: for those who look at pages, drawn by nobody
	Label  string // the page number as printed, "" on pages that print none; becomes the PDF page label
	Name   string // the PDF page label of a page that prints no number
	Texts  []Text // in reading order
	Rules  []Rule
	Paths  []Path // below the texts and above the rules, each above those before it
	Links  []Link
	Marks  []Mark // what stretches of the texts are; nil unless they were asked for
	Cells  []Cell // where the cells of tables stand; nil unless they were asked for
}

// OnSheet is the place on the sheet of a box measured as items of the page are.
func (p *Page) OnSheet(r Rule) Rule {
	if !p.Turned {
		return r
	}
	return Rule{X: r.Y, Y: p.Height - r.X - r.W, W: r.H, H: r.W}
}

// Text is a run of characters of one face and size on one baseline.
type Text struct {
	X, Y     unit.Length // start of the first glyph on its baseline
	Face     *font.Face
	Size     unit.Length
	Text     string
	Advances []unit.Length // one for each rune of Text: from its start to the start of the next, as laid out
	Elem     ElemID        // the structure element it belongs to, or one of the artifact values
	Upright  bool          // on a turned page: measured and drawn on the sheet, as page numbers are
}

// Mark says of a stretch of a text, its bytes From to To, what it is for those who made the document, or where the author
// typed it, for a text that is all of the author's. Nothing that is drawn depends on marks.
type Mark struct {
	Text     int32 // of Page.Texts
	From, To int32
	Of       int32       // as doc.Mark has it; 0 for words of the author's
	Origin   *diag.Range // of those
	At       int32       // where in the text of the tree the stretch begins
}

// Cell is where a cell of a table stands, or as much of it as stands on the page. Nothing that is drawn depends on cells.
type Cell struct {
	Place Rule  // between the middles of its rules
	Of    int32 // the number in it, as Mark has it; of a cell without any text, what the marks of its first text say; 0 for others
}

// Rule is a filled black rectangle: a table rule, an underline, the dash of a page number. Always an artifact.
type Rule struct {
	X, Y, W, H unit.Length
}

// Path is a filled area of a drawing: closed contours, filled by the nonzero winding rule (ISO 32000-1, 8.5.3.3.2).
// It is content of a Figure, or an artifact.
type Path struct {
	Color    Color
	Segments []Segment
	Elem     ElemID
}

// Down moves a path down the page.
func (p *Path) Down(by unit.Length) {
	for i := range p.Segments {
		s := &p.Segments[i]
		s.To.Y += by
		s.C[0].Y += by
		s.C[1].Y += by
	}
}

// Segment is one step of a path.
type Segment struct {
	Step Step
	To   Point
	C    [2]Point // the control points of a curve
}

// Step says how a segment goes on.
type Step uint8

const (
	Move  Step = iota // begins a contour and closes the one before
	Line              // straight
	Curve             // a cubic Bézier curve
)

// Point is a place on the page.
type Point struct{ X, Y unit.Length }

// Color is a colour of sRGB.
type Color struct{ R, G, B uint8 }

// Link is a place that leads to another page of the document. TargetY is measured on the target's sheet.
type Link struct {
	X, Y, W, H unit.Length
	Page       int // index of the target page
	TargetY    unit.Length
	Elem       ElemID // its Link element
	Contents   string // what a screen reader says
}

// ElemID indexes Document.Elems. Negative values mark text that is no content.
type ElemID int32

// Artifacts: what is printed but not read out.
const (
	ArtifactLayout ElemID = -1 // ornaments, leaders
	ArtifactHeader ElemID = -2 // repeated table heads, 续表
	ArtifactFooter ElemID = -3 // page numbers
)

// Elem is one element of the structure tree. Children stand in the order of their index; text belongs to leaves.
type Elem struct {
	Kind             Kind
	Scope            Scope // TH
	Parent           ElemID
	ColSpan, RowSpan int32 // TH, TD: 0 and 1 mean one
	Headers          []ElemID
	Label            *Label // nil for most
}

// Label is what is said of an element that its texts do not say.
type Label struct {
	Title string
	Alt   string // Figure: in place of it
	Box   *Box   // Figure: the place it takes
}

// Named is the label of a part or a table; nil for one without a name.
func Named(title string) *Label {
	if title == "" {
		return nil
	}
	return &Label{Title: title}
}

// Box is a place on the sheet of a page.
type Box struct {
	Page       int
	X, Y, W, H unit.Length
}

// Bookmark is an entry of the outline. Level 0 is the top; Y is measured on the sheet.
type Bookmark struct {
	Title string
	Level int
	Page  int
	Y     unit.Length
}

// File is a file carried inside the document (ISO 19005-3, associated file).
type File struct {
	Name, MIME, Description string
	Relationship            string // "Source" or "Data"
	Data                    []byte
	Packed                  []byte // Data as a zlib stream, for a file that many documents carry; nil when it is still to be made
	Sum                     string // SHA-256 of Data in hexadecimal digits; "" when it is still to be made
}
