package verify

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"yusuan/internal/shown"
	"yusuan/internal/typeset/font"
)

// A later version may break lines and pages elsewhere, so that no page has the words that it had. What must hold then is
// that the document says the same from its first word to its last, read as its structure says, and that each page shows its
// words in the places that their order calls for: reflow.go reads, sound.go looks at the places.

// story is a document as it is read.
type story struct {
	blocks []shown.Block
	texts  []string         // of the blocks, without blanks
	glyphs [][]glyph        // and their characters
	shown  [][]piece        // what each page shows, in the order in which it is written
	places map[[2]int]int   // of marked content: its block
	paths  []drawn          // drawings, each by itself
	rects  [][]shown.Rect   // of each page
	codes  map[drawing]bool // that fonts are used with
}

// piece is a stretch of text of one block, or of none: page numbers, heads that are repeated, leaders.
type piece struct {
	block  int // -1 for what belongs to none
	turned bool
	glyphs []glyph
	text   string
}

// drawn is a drawing.
type drawn struct {
	page, block int // -1 for none
	list        []shown.Path
}

// tell reads a document.
func tell(f shown.File, pages []shown.Sheet) (*story, error) {
	s := &story{places: map[[2]int]int{}, codes: map[drawing]bool{}}
	var err error
	if s.blocks, err = f.Blocks(); err != nil {
		return nil, err
	}
	for i := range s.blocks {
		for _, c := range s.blocks[i].Content {
			s.places[[2]int{c.Page, c.ID}] = i
		}
	}
	content := map[[2]int][]glyph{}
	for i := range pages {
		items, err := f.Items(i)
		if err != nil {
			return nil, err
		}
		s.add(i, items, content)
	}
	s.texts, s.glyphs = make([]string, len(s.blocks)), make([][]glyph, len(s.blocks))
	for i := range s.blocks {
		var text strings.Builder
		for _, c := range s.blocks[i].Content {
			for _, g := range content[[2]int{c.Page, c.ID}] {
				text.WriteString(g.text)
			}
			s.glyphs[i] = append(s.glyphs[i], content[[2]int{c.Page, c.ID}]...)
		}
		s.texts[i] = text.String()
	}
	return s, nil
}

// add takes up what a page shows.
func (s *story) add(index int, items *shown.Items, content map[[2]int][]glyph) {
	var pieces []piece
	for i := 0; i < len(items.Runs); {
		end := i + 1
		for end < len(items.Runs) && items.Runs[end].Mark == items.Runs[i].Mark {
			end++
		}
		first := &items.Runs[i]
		p := piece{block: -1, turned: first.Turned, glyphs: glyphs(&shown.Items{Runs: items.Runs[i:end]})}
		var text strings.Builder
		for k := range p.glyphs {
			p.glyphs[k].page = index
			text.WriteString(p.glyphs[k].text)
		}
		p.text = text.String()
		if at := [2]int{index, first.ID}; first.ID >= 0 {
			if block, known := s.places[at]; known {
				p.block = block
			}
			content[at] = append(content[at], p.glyphs...)
		}
		for k := i; k < end; k++ {
			for _, code := range items.Runs[k].Codes {
				s.codes[drawing{items.Runs[k].Font, nil, code}] = true
			}
		}
		if i = end; len(p.glyphs) > 0 {
			pieces = append(pieces, p)
		}
	}
	s.shown, s.rects = append(s.shown, pieces), append(s.rects, items.Rects)
	for from, end := 0, 0; from < len(items.Paths); from = end {
		for end < len(items.Paths) && items.Paths[end].Mark == items.Paths[from].Mark {
			end++
		}
		d := drawn{index, -1, items.Paths[from:end]}
		if block, known := s.places[[2]int{index, items.Paths[from].ID}]; known {
			d.block = block
		}
		s.paths = append(s.paths, d)
	}
}

// reflowed reports whether a file says what the new document says, and differs in lines, pages and their numbers alone.
func (r *Report) reflowed(f shown.File, pages []shown.Sheet) (bool, error) {
	old, err := tell(r.file, r.written)
	if err != nil {
		return false, nil //nolint:nilerr // what has no structure that can be read was written by nobody of ours
	}
	anew, err := tell(f, pages)
	if err != nil {
		return false, err
	}
	same := old.sameAs(anew)
	if same == nil || !r.drawnAs(old, anew) || !slices.EqualFunc(old.paths, anew.paths, func(x, y drawn) bool { return samePaths(x.list, y.list) }) {
		return false, nil
	}
	if !old.drawnBeside(anew, same) || !old.asWritten() || !old.inOneRow() || !old.leadsAs(anew) {
		return false, nil
	}
	known := anew.furniture()
	for i := range old.shown {
		if !old.sound(i, &r.written[i], known) {
			return false, nil
		}
	}
	return true, nil
}

// sameAs reports whether two documents have the same blocks one after the other with the same text, but for page numbers in
// the contents. It returns which they are, nil for other documents. The blocks take the kinds and rows of the new ones.
func (s *story) sameAs(anew *story) map[int]int {
	a, b := s.told(), anew.told()
	if len(a) != len(b) {
		return nil
	}
	page, same := 0, map[int]int{}
	for i := range a {
		old, now := &s.blocks[a[i]], &anew.blocks[b[i]]
		x, y := s.texts[a[i]], anew.texts[b[i]]
		old.Contents = old.Contents && now.Contents
		switch {
		case old.Contents:
			x, y = strings.TrimRight(x, "0123456789"), strings.TrimRight(y, "0123456789")
		case now.Kind == "Figure":
			if !movedAsOne(s.glyphs[a[i]], anew.glyphs[b[i]]) {
				return nil
			}
		case !inProportion(s.glyphs[a[i]], anew.glyphs[b[i]]) || !asClose(s.glyphs[a[i]], anew.glyphs[b[i]]):
			return nil
		}
		if x != y || old.Content[0].Page < page || !slices.IsSortedFunc(old.Content, func(c, d shown.Content) int { return c.Page - d.Page }) {
			return nil
		}
		page, same[a[i]] = old.Content[0].Page, b[i]
		old.Kind, old.Row, old.RowSpan = now.Kind, now.Row, now.RowSpan
	}
	return same
}

// told are the blocks that have text.
func (s *story) told() (out []int) {
	for i, text := range s.texts {
		if text != "" {
			out = append(out, i)
		}
	}
	return out
}

// leastLegible is the size below which nobody reads what is printed.
const leastLegible = 4000

// inProportion reports whether the characters of a block have the sizes of those of another, all smaller or larger alike, and not
// by so much that a reader would pass over them.
func inProportion(a, b []glyph) bool {
	return slices.EqualFunc(a, b, func(x, y glyph) bool {
		return x.size >= leastLegible && 5*x.size >= 3*y.size && 3*x.size <= 5*y.size && x.size*b[0].size == y.size*a[0].size
	})
}

// movedAsOne reports whether the texts of a drawing stand to each other as those of another. A face may be drawn a little
// higher or lower than it was.
func movedAsOne(a, b []glyph) bool {
	return slices.EqualFunc(a, b, func(x, y glyph) bool {
		down, little := x.y-a[0].y-(y.y-b[0].y), x.size/8
		return x.page == a[0].page && x.size == y.size && x.x-a[0].x == y.x-b[0].x && -little <= down && down <= little
	})
}

// drawnAs reports whether all characters are drawn as the new document's fonts of the same names draw them, or as the faces of
// the program do where the new document sets a character in another face.
func (r *Report) drawnAs(old, anew *story) bool {
	fonts := map[string]*shown.Font{}
	for d := range anew.codes {
		if d.font != nil {
			fonts[d.font.Name] = d.font
		}
	}
	rest := map[*shown.Font][]int{}
	for d := range old.codes {
		if d.font == nil {
			return false
		}
		other, drawn := fonts[d.font.Name], shown.NotDrawn
		if other != nil {
			drawn = d.font.Draws(int(d.code), other)
		}
		switch drawn {
		case shown.DrawnOtherwise:
			return false
		case shown.NotDrawn:
			rest[d.font] = append(rest[d.font], int(d.code))
		}
	}
	for f, codes := range rest {
		if !r.libraryDraws(f, codes) {
			return false
		}
	}
	return true
}

// libraryDraws reports whether the program's face of the same name draws characters as a font of the file does.
func (r *Report) libraryDraws(f *shown.Font, codes []int) bool {
	face, ok := r.shared.Fonts.Face(f.Name)
	if !ok {
		return false
	}
	var texts []string
	var widths []int
	var glyphs []font.GlyphID
	for _, code := range codes {
		text := f.Text(code)
		c, _ := utf8.DecodeRuneInString(text)
		g := face.Glyph(c)
		if g == 0 || text != string(c) {
			return false
		}
		texts, widths, glyphs = append(texts, text), append(widths, face.RuneAdvance(c)), append(glyphs, g)
	}
	program, _ := face.AppendSubset(nil, nil, glyphs)
	own := shown.NewFont(f.Name, program, texts, widths)
	for _, code := range codes {
		if f.Draws(code, own) != shown.DrawnAlike {
			return false
		}
	}
	return true
}

// furniture is what stands on pages beside what is read, and what is read, since pages repeat heads and labels. Figures are
// never repeated.
type furniture struct {
	own, all map[string]bool
	asked    map[string]bool // what has been asked for
}

func (s *story) furniture() *furniture {
	f := &furniture{map[string]bool{}, map[string]bool{}, map[string]bool{}}
	for _, shown := range s.shown {
		for i := range shown {
			f.all[shown[i].text] = true
			if shown[i].block < 0 {
				f.own[shown[i].text] = true
			}
		}
	}
	for _, text := range s.texts {
		f.all[text] = true
	}
	return f
}

var (
	pageNumber = regexp.MustCompile(`^[—–-]*[0-9]{1,5}[—–-]*$`)
	leaders    = regexp.MustCompile(`^[….·]+$`)
	figures    = regexp.MustCompile(`^[^\p{L}]*$`)
)

// has reports whether a text may stand on a page beside what is read.
func (f *furniture) has(text string) bool {
	if good, known := f.asked[text]; known {
		return good
	}
	good := f.own[text] || leaders.MatchString(text) || f.made(text) || f.goesOn(text)
	f.asked[text] = good
	return good
}

// goesOn reports whether a text says of a table that it goes on, and nothing else that nobody else says.
func (f *furniture) goesOn(text string) bool {
	const mark = "续表"
	before, after, ok := strings.Cut(text, mark)
	if !ok {
		return false
	}
	before, after = strings.TrimRight(before, "（("), strings.TrimLeft(after, "）)")
	return f.begins(before) && (f.begins(after) || f.made(after))
}

// made reports whether a text is made of texts of the document one after the other, as heads that are repeated are. Figures are
// none of them.
func (f *furniture) made(text string) bool {
	const longest = 300
	reached := make([]bool, len(text)+1)
	reached[0] = true
	for from := range text {
		for end := from + 1; reached[from] && end <= min(len(text), from+longest); end++ {
			if part := text[from:end]; f.all[part] && !figures.MatchString(part) {
				reached[end] = true
			}
		}
	}
	return reached[len(text)]
}

// begins reports whether a text of the document begins so, not within a number.
func (f *furniture) begins(text string) bool {
	for k := range f.all {
		if rest, ok := strings.CutPrefix(k, text); ok {
			if next, _ := utf8.DecodeRuneInString(rest); !unicode.IsDigit(next) && next != '.' && next != ',' {
				return true
			}
		}
	}
	return false
}
