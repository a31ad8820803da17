// Package par sets one paragraph: text in, lines of positioned runs out.
//
// It knows Chinese line layout (GB/T 15834-2011 §5.1, W3C CLREQ) and nothing of pages or tables.
package par

import (
	"yusuan/internal/typeset/font"
	"yusuan/internal/typeset/unit"
)

// Span is a stretch of text in one family and size.
type Span struct {
	Text   string
	Family *font.Family
	Size   unit.Length
}

// Align is the horizontal place of lines within the measure.
type Align int

const (
	Left    Align = iota // ragged right
	Center               // centred
	Right                // flush right
	Justify              // both edges, last line left; ragged right where lines are too short for it
)

// Paragraph is what Set is asked to set. A line feed in a span is a forced break.
type Paragraph struct {
	Spans       []Span
	Measure     unit.Length // length of a line
	FirstIndent unit.Length // of the first line (and of none after a forced break)
	Align       Align
	Tracking    int  // extra room after every character, thousandths of the size
	Balance     bool // for titles: as few lines as needed, of nearly equal length
	Longer      int  // 1 asks for a line more than is best, -1 for one less; got where all lines of running text stay even
	FirstFit    bool // break greedily instead of optimally; for comparison only
	PartUnits   bool // part numbers from their units like any two characters; for comparison only
}

// Line is one set line. Runs stand in reading order; their places are measured from the left end of the measure on
// the line's baseline.
type Line struct {
	Runs     []Run
	Width    unit.Length // from the left end of the measure to the end of the last glyph
	Natural  unit.Length // width of what stands on it, neither squeezed nor stretched
	Overfull unit.Length // by how much an unbreakable piece sticks out, 0 when the line fits
	Stretch  int         // widest gap added between two characters to justify the line, thousandths of the largest size; negative when squeezed, the mean
	Open     int         // what every gap between two characters grew for that, Han and Han too, thousandths of the largest size
	Unit     bool        // ends between a number and its unit, within a unit, or within the number of an official document
	Loose    unit.Length // by how much a line falls short that should be justified and would be torn apart, or is too short for it
	Forced   bool        // ends with a forced break or ends the paragraph
}

// Refit moves the only line of a paragraph to where Set would put it on another measure, and reports whether it could: the line
// has room there as it is.
func (l *Line) Refit(p *Paragraph) bool {
	room := p.Measure - p.FirstIndent - l.Natural
	if !l.Forced || l.Stretch != 0 || l.Overfull > 0 || room < 0 {
		return false
	}
	by := p.FirstIndent + p.Align.shift(room) - (l.Width - l.Natural)
	l.Width += by
	for i := range l.Runs {
		l.Runs[i].X += by
	}
	return true
}

// Run is a stretch of one face on a line.
type Run struct {
	X        unit.Length
	Face     *font.Face
	Size     unit.Length
	Text     string
	Advances []unit.Length // one for each rune
	Span     int32         // index of the span it came from
	At       int32         // and where in it the run begins, in bytes
}

// Missing is a character that no face of its family has. It takes no room and is not drawn; the caller reports it.
type Missing struct {
	Rune rune
	Span int
	At   int // byte offset in the span's text
}

// Result is a set paragraph.
type Result struct {
	Lines   []Line
	Missing []Missing
	Parted  bool // the measure is less than the minimum of Extent: words are open that are not to be broken
}

// Sound reports whether there is nothing to say about a set paragraph: all characters are there and fit.
func (r *Result) Sound() bool {
	for i := range r.Lines {
		if r.Lines[i].Overfull > 0 {
			return false
		}
	}
	return len(r.Missing) == 0
}
