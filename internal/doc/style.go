package doc

import "yusuan/internal/typeset/unit"

// StyleSheet is page and type as a template pack states it. The defaults of the packs follow GB/T 9704-2012.
type StyleSheet struct {
	Pages map[string]PageStyle
	Texts map[string]TextStyle
	// Mirrored swaps the margins of left-hand pages, for print on both sides: Left is the binding side of all.
	Mirrored bool
	// Titles tells where titles, heads and names of rows may be broken.
	Titles TitleWords
}

// TitleWords are what the sense of a title is guessed by. It is shared and must not be changed.
type TitleWords struct {
	Known  map[[2]rune]bool // two characters of a word, which stay together
	Bodies string           // characters that names of bodies end with: 局, 委
	Joins  string           // that join what is before and after: 和
	Tails  string           // that end words of three after a known one: 满意|度
	Fronts string           // that begin them before one: 总|预算
}

// PageStyle is a kind of page. The type area (版心) is what the margins leave; margins are those of right-hand pages.
type PageStyle struct {
	Width, Height            unit.Length
	Top, Bottom, Left, Right unit.Length
	// Turned pages are printed on a sheet of Height by Width, turned 90° counter-clockwise, so that the head of a wide
	// table lies at the sheet's left; the page number keeps its place on the sheet (GB/T 9704-2012 cl. 8). Sizes and
	// margins are those of the matter as it is read: Left is the foot of the sheet, Top its left edge.
	Turned bool
	Number NumberStyle
	// Wide names the page that takes a table which is too wide for this one at its least size. Without it that is this
	// page with the long side across.
	Wide string
	// Base names the TextStyle whose line pitch the area is meant for: the area grows by half its line gap at both
	// ends, so that 22 lines of 三号 fill 225 mm (GB/T 9704-2012 cl. 5.2.1).
	Base string
	// Fill asks for full pages: short last pages and blank feet are avoided where a paragraph may as well be a line longer or
	// shorter, or rows of a table a little closer. Without it pages are turned where they are full.
	Fill bool
}

// NumberStyle is the form and place of the page number.
type NumberStyle struct {
	Style  string      // TextStyle
	Before string      // "— "
	After  string      // " —"
	Drop   unit.Length // from the foot of the type area to the ink of the dash; 7 mm in GB/T 9704-2012 cl. 7.5
	Place  string      // "outer" (odd right, even left, one character in from the right margin), "center"
}

// TextStyle is how a paragraph or cell is set.
type TextStyle struct {
	Family      string // role of the font library, for example 仿宋
	Size        unit.Length
	Leading     unit.Length // pitch from line to line
	FirstIndent int         // thousandths of the size
	Indent      int         // all lines, thousandths of the size
	RightIndent int         // thousandths of the size
	Align       Align
	Before      unit.Length
	After       unit.Length
	KeepNext    bool // stays on the page of what follows
	Tracking    int  // extra room between characters, thousandths of the size
	Balance     bool // lines of a title of nearly equal length, broken at sense units
}
