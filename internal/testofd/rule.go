// Package testofd holds OFD packages against the standards that they claim (GB/T 33190-2016, GB/T 42133-2022) and against
// how they are drawn, for tests. It knows nothing of the writer or reader of the program: what both get wrong, it finds.
package testofd

import "fmt"

// Rule is what a package can break.
type Rule uint8

// The rules, by what they look at.
const (
	ZipOrder  Rule = iota // OFD.xml first, the rest sorted, each once, one behind the other, nothing behind them
	ZipName               // paths that every system unpacks to the same place
	ZipHeader             // what stands before the data is what the directory says; nothing that old readers do not know

	XMLForm // UTF-8, no BOM, no entities of its own, the prefix that readers look for

	Element   // children: which, how many, in which order
	Attribute // attributes: which there must be and may be
	Value     // texts and attributes: what is written is of its type, in one way only

	IDs       // unique in the document, none 0, the greatest is stated
	Reference // what is referred to is there and is of the kind
	Location  // files that are named are there, within the package
	Stray     // files that nothing names

	Box        // ink within the Boundary, which is what may be cut off
	Delta      // as many steps as there are characters but one
	Glyphs     // glyphs for all characters, of those in the font, that its cmap has for them
	BeyondBMP  // characters beyond the basic plane alone, with a blank glyph behind
	PathData   // operators of paths, each with its numbers
	PathPaint  // paths state what they paint, and nothing of what they do not
	FontTables // a font file with the tables that archives keep, of sizes and sums that are right
	FontName   // names that systems find

	Archive    // what GB/T 42133 takes out or asks for
	Annotated  // links as annotations that nobody moves or edits
	Attached   // attachments are text
	Tags       // tags lead to objects of the page that they say
	ruleCount_ // how many there are
)

func (r Rule) String() string {
	return [...]string{
		"ZipOrder", "ZipName", "ZipHeader", "XMLForm", "Element", "Attribute", "Value", "IDs", "Reference", "Location", "Stray", "Box", "Delta", "Glyphs",
		"BeyondBMP", "PathData", "PathPaint", "FontTables", "FontName", "Archive", "Annotated", "Attached", "Tags",
	}[r]
}

// Rules are all rules.
func Rules() (out []Rule) {
	for r := range ruleCount_ {
		out = append(out, r)
	}
	return out
}

// Finding is a rule that a package breaks.
type Finding struct {
	Rule   Rule
	Entry  string
	Offset int // byte in the XML there, behind the tag; 0 for the file
	Words  string
}

func (f Finding) String() string {
	return fmt.Sprintf("%s:%d: %s: %s", f.Entry, f.Offset, f.Rule, f.Words)
}
