package page

// Kind is a standard structure type of ISO 32000-1 §14.8.4.
type Kind uint8

// The kinds in use.
const (
	NoKind Kind = iota
	KindDocument
	KindPart
	KindSect
	KindH1
	KindH2
	KindH3
	KindH4
	KindP
	KindTOC
	KindTOCI
	KindReference
	KindLink
	KindTable
	KindCaption
	KindTHead
	KindTBody
	KindTR
	KindTH
	KindTD
	KindNote
	KindSpan
	KindDiv
	KindFigure
)

// String is the name of the type.
func (k Kind) String() string {
	return [...]string{
		"", "Document", "Part", "Sect", "H1", "H2", "H3", "H4", "P", "TOC", "TOCI", "Reference", "Link", "Table", "Caption", "THead", "TBody",
		"TR", "TH", "TD", "Note", "Span", "Div", "Figure",
	}[k]
}

// Scope says which cells a head is over (ISO 32000-1 table 349).
type Scope uint8

const (
	NoScope Scope = iota
	ScopeColumn
	ScopeRow
	ScopeBoth
)

// String is the name of the scope, "" for none.
func (s Scope) String() string { return [...]string{"", "Column", "Row", "Both"}[s] }
