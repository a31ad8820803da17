package font

import (
	"fmt"
	"sync"
	"sync/atomic"
)

// Face is one TrueType font. It never changes, so any number of goroutines may share it.
type Face struct {
	name  string
	rise  int            // how far its glyphs are drawn above the baseline, thousandths of an em
	fixed func(rune) int // a face without outlines, see NewFixed

	open   func() ([]byte, error) // for faces that are parsed at first use
	once   sync.Once
	parsed atomic.Pointer[sfnt]

	common []string // runs of characters of which pieces are made
	cut    sync.Once
	pieces []*Piece
}

// Parse reads a TrueType font (glyf outlines). The face keeps data and reads from it; it must not change afterwards.
// An empty name stands for the PostScript name that the font gives itself.
//
// Fonts with CFF outlines, collections (see ParseFace), and fonts whose fsType forbids embedding are refused with an error that says so;
// so is any font whose tables are damaged.
func Parse(name string, data []byte) (*Face, error) {
	s, err := parse(data)
	if err != nil {
		if name != "" {
			return nil, fmt.Errorf("font %s: %w", name, err)
		}
		return nil, err
	}
	if name == "" {
		name = s.postScriptName()
	}
	f := &Face{name: name}
	f.parsed.Store(s)
	return f, nil
}

// tables parses the face at first use. Only the program's own fonts are opened late, and a test holds all of them
// to be sound, so a failure here is a broken program, not somebody's trouble.
func (f *Face) tables() *sfnt {
	if s := f.parsed.Load(); s != nil {
		return s
	}
	return f.parseOnce()
}

func (f *Face) parseOnce() *sfnt {
	f.once.Do(func() {
		data, err := f.open()
		var s *sfnt
		if err == nil {
			s, err = parse(data)
		}
		if err != nil {
			panic(fmt.Sprintf("font %s: %v", f.name, err))
		}
		f.parsed.Store(s)
	})
	return f.parsed.Load()
}

// Name is the PostScript name of the font.
func (f *Face) Name() string { return f.name }

// Rise is how far above the baseline the glyphs of the face are to be drawn, in thousandths of an em: designers put
// ideographs at different heights, and those of one line are to stand at one.
func (f *Face) Rise() int { return f.rise }

// Glyph returns the glyph that draws r, 0 when the face has none.
func (f *Face) Glyph(r rune) GlyphID {
	if f.fixed != nil {
		return GlyphID(f.fixed(r))
	}
	return f.tables().cmap.glyph(r)
}

// inked reports whether a glyph has contours or parts; a face of NewFixed says so of every one.
func (f *Face) inked(g GlyphID) bool {
	if f.fixed != nil {
		return true
	}
	rec := f.tables().record(g)
	return len(rec) >= 10 && be.Uint16(rec) != 0
}

// Advance is the width of a glyph in thousandths of an em, rounded.
func (f *Face) Advance(g GlyphID) int {
	if f.fixed != nil {
		return int(g)
	}
	s := f.tables()
	return s.milli(s.advance(g))
}

// RuneAdvance is the width of the glyph that draws r in thousandths of an em, 0 when the face has none.
func (f *Face) RuneAdvance(r rune) int {
	if g := f.Glyph(r); g != 0 {
		return f.Advance(g)
	}
	return 0
}

// Metrics describes a whole face, in thousandths of an em unless said otherwise.
type Metrics struct {
	Ascent, Descent        int // of the hhea table; Descent is negative below the baseline
	CapHeight              int
	XMin, YMin, XMax, YMax int    // box around all glyphs
	ItalicAngle            int    // thousandths of a degree, counter-clockwise from the vertical
	Weight                 int    // usWeightClass: 400 regular, 700 bold
	FSType                 uint16 // embedding permissions of the OS/2 table
	UnitsPerEm             int    // font units in one em
}

// Metrics returns the measures of the face; a face of NewFixed has none.
func (f *Face) Metrics() Metrics {
	if f.fixed != nil {
		return Metrics{UnitsPerEm: 1000}
	}
	return f.tables().metrics
}

// Outlined says whether the face has outlines, which a face of NewFixed has not.
func (f *Face) Outlined() bool { return f.fixed == nil }
