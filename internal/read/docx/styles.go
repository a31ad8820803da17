package docx

import (
	"errors"
	"strconv"
	"strings"
)

// tri is a switch that need not be set.
type tri int8

const (
	unset tri = iota
	yes
	no
)

func triOf(on bool) tri {
	if on {
		return yes
	}
	return no
}

// or is the switch, or another where it is not set.
func (t tri) or(o tri) tri {
	if t == unset {
		return o
	}
	return t
}

// look is what styles and paragraphs say of how texts look and what they are.
type look struct {
	style   string
	level   int // of the outline, from 1; 10 says that it is none; 0 unset
	align   string
	list    string // number of the list; "0" says that it is none
	depth   int    // level of the list, from 0; -1 unset
	shown   string // what Word 2003 wrote down as the number itself
	bold    tri
	vanish  tri
	size    int  // in half points
	dropped bool // the end of the paragraph is deleted: what follows goes on with it
}

// style is a style as it is written.
type style struct {
	look
	based     string
	character bool
	heading   int // of its name: heading 1
}

// over lays what is said nearer over what is said farther away.
func (l look) over(base look) look {
	out := base
	if l.level != 0 {
		out.level = l.level
	}
	if l.align != "" {
		out.align = l.align
	}
	if l.list != "" {
		out.list = l.list
	}
	if l.depth >= 0 {
		out.depth = l.depth
	}
	if l.shown != "" {
		out.shown = l.shown
	}
	if l.size != 0 {
		out.size = l.size
	}
	out.bold, out.vanish = l.bold.or(base.bold), l.vanish.or(base.vanish)
	out.dropped = l.dropped
	return out
}

// styles are all styles of a document.
type styles struct {
	all      map[string]*style
	whole    map[string]look // with what each is based on
	plain    look            // of what has no style
	standard string          // the style of paragraphs that name none
}

// none is a look that says nothing.
var none = look{depth: -1}

func (r *reader) readStyles() error {
	r.styles = styles{all: map[string]*style{}, whole: map[string]look{}, plain: none}
	t, err := r.parts.beside("styles")
	if errors.Is(err, errPart) {
		return nil
	}
	if err != nil {
		return err
	}
	return t.inside(func(e *element) error {
		switch e.name {
		case "w:docDefaults":
			return t.inside(func(e *element) error { // rPrDefault, pPrDefault
				return t.inside(func(e *element) (err error) {
					r.styles.plain, err = lookOf(t, r.styles.plain)
					return err
				}, nil)
			}, nil)
		case "w:style":
			return r.styles.read(t, e)
		}
		return nil
	}, nil)
}

// headingName is the level of a heading by the name that its style has in every language of Word: heading 1.
func headingName(name string) int {
	name = strings.ToLower(strings.ReplaceAll(name, " ", ""))
	for _, prefix := range []string{"heading", "标题"} {
		if rest, ok := strings.CutPrefix(name, prefix); ok {
			if n, err := strconv.Atoi(rest); err == nil && n >= 1 && n <= 9 {
				return n
			}
		}
	}
	return 0
}

func (s *styles) read(t *tokens, e *element) error {
	id, kind := e.get("styleId"), e.get("type")
	isDefault := e.has("default") && e.get("default") != "0" && e.get("default") != "off" && e.get("default") != "false"
	x := &style{look: none, character: kind == "character"}
	err := t.inside(func(e *element) (err error) {
		switch e.name {
		case "w:name":
			x.heading = headingName(e.get("val"))
		case "w:basedOn":
			x.based = e.get("val")
		case "w:pPr", "w:rPr":
			x.look, err = lookOf(t, x.look)
		}
		return err
	}, nil)
	if err != nil || kind == "table" || kind == "numbering" && x.list == "" {
		return err
	}
	if len(s.all) >= maxStyles {
		return tooMuch("样式", maxStyles)
	}
	if s.all[id] == nil {
		s.all[id] = x
	}
	if isDefault && kind == "paragraph" && s.standard == "" {
		s.standard = id
	}
	return nil
}

// lookOf reads w:pPr or w:rPr, which is open, over what is known.
func lookOf(t *tokens, l look) (look, error) {
	err := t.inside(func(e *element) (err error) {
		switch e.name {
		case "w:pStyle", "w:rStyle":
			l.style = e.get("val")
		case "w:outlineLvl":
			if n, err := strconv.Atoi(e.get("val")); err == nil && n >= 0 && n <= 9 {
				l.level = n + 1
			}
		case "w:jc":
			l.align = e.get("val")
		case "w:b":
			l.bold = triOf(e.on())
		case "w:vanish":
			l.vanish = triOf(e.on())
		case "w:sz":
			if n, err := strconv.Atoi(e.get("val")); err == nil && n > 0 && n < 4_000 {
				l.size = n
			}
		case "w:numPr", "w:listPr":
			err = listOf(t, &l)
		case "w:rPr": // of the mark that ends the paragraph
			return t.inside(func(e *element) error {
				switch e.name {
				case "w:del", "w:moveFrom":
					l.dropped = true
				case "aml:annotation":
					l.dropped = l.dropped || e.get("type") == "Word.Deletion"
				}
				return nil
			}, nil)
		}
		return err
	}, nil)
	return l, err
}

// listOf reads which list a paragraph is in.
func listOf(t *tokens, l *look) error {
	return t.inside(func(e *element) error {
		switch e.name {
		case "w:numId", "w:ilfo":
			l.list = e.get("val")
		case "w:ilvl":
			if n, err := strconv.Atoi(e.get("val")); err == nil && n >= 0 && n < levels {
				l.depth = n
			}
		case "wx:t":
			l.shown = e.get("val")
		}
		return nil
	}, nil)
}

// of is all that a style says, with what it is based on.
func (s *styles) of(id string) look {
	if l, ok := s.whole[id]; ok {
		return l
	}
	out, chain := none, 0
	for at := id; s.all[at] != nil && chain < maxBased; at = s.all[at].based {
		x := s.all[at]
		near := x.look
		if near.level == 0 && x.heading > 0 {
			near.level = x.heading
		}
		out = out.over(near)
		chain++
	}
	s.whole[id] = out
	return out
}

// paragraph is all that holds for a paragraph that says so itself.
func (s *styles) paragraph(own look) look {
	id := own.style
	if s.all[id] == nil {
		id = s.standard
	}
	out := own.over(s.of(id).over(s.plain))
	out.style = id
	return out
}

// run is all that holds for a stretch of letters in a paragraph. Switches of a style of letters turn those of the paragraph's over.
func (s *styles) run(own, of look) look {
	base := of
	if x := s.all[own.style]; x != nil && x.character {
		l := s.of(own.style)
		base = l.over(of)
		base.bold, base.vanish = turned(l.bold, of.bold), turned(l.vanish, of.vanish)
	}
	return own.over(base)
}

func turned(a, b tri) tri {
	if a == unset {
		return b
	}
	if b == unset {
		return a
	}
	return triOf((a == yes) != (b == yes))
}
