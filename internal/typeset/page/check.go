package page

import (
	"fmt"
	"unicode/utf8"

	"yusuan/internal/typeset/font"
)

// Check makes sure that elements, links and bookmarks refer to what is there, and that files can be attached. Parents stand before their children.
func Check(d *Document) error {
	if len(d.Pages) == 0 {
		return fmt.Errorf("a document without pages")
	}
	if what := d.Info.Draft + d.Info.Notice; what != "" && len(d.Files) > 0 {
		return fmt.Errorf("a file (%s) that is no document carries files as one does", what)
	}
	if d.Info.Title == "" || d.Info.Lang == "" {
		return fmt.Errorf("a document without title or language (ISO 14289-1, 7.1 and 7.2)")
	}
	if len(d.Elems) == 0 || d.Elems[0].Kind != KindDocument {
		return fmt.Errorf("the structure has no Document element at its root")
	}
	for i, e := range d.Elems[1:] {
		if e.Parent < 0 || int(e.Parent) > i {
			return fmt.Errorf("element %d (%s) stands before its parent %d", i+1, e.Kind, e.Parent)
		}
		if l := e.Label; e.Kind == KindFigure && (l == nil || l.Alt == "" || l.Box == nil || l.Box.Page < 0 || l.Box.Page >= len(d.Pages)) {
			return fmt.Errorf("element %d: a figure without alternative text or place (ISO 14289-1, 7.3)", i+1)
		}
		for _, h := range e.Headers {
			if h <= 0 || int(h) >= len(d.Elems) || d.Elems[h].Kind != KindTH {
				return fmt.Errorf("element %d (%s) has header %d, which is no TH", i+1, e.Kind, h)
			}
		}
	}
	for i := range d.Pages {
		for _, l := range d.Pages[i].Links {
			if l.Page < 0 || l.Page >= len(d.Pages) || l.Elem <= 0 || int(l.Elem) >= len(d.Elems) || d.Elems[l.Elem].Kind != KindLink {
				return fmt.Errorf("page %d: a link to page %d of element %d", i+1, l.Page+1, l.Elem)
			}
			if l.Contents == "" {
				return fmt.Errorf("page %d: a link without contents (ISO 14289-1, 7.18.5)", i+1)
			}
		}
	}
	for _, b := range d.Bookmarks {
		if b.Page < 0 || b.Page >= len(d.Pages) {
			return fmt.Errorf("bookmark %q leads to page %d of %d", b.Title, b.Page+1, len(d.Pages))
		}
	}
	return checkFiles(d.Files)
}

func checkFiles(files []File) error {
	taken := make(map[string]bool, len(files))
	for i := range files {
		f := &files[i]
		switch f.Relationship {
		case "Source", "Data", "Supplement":
		default:
			return fmt.Errorf("attached file %s: relationship %q is none of Source, Data, Supplement", f.Name, f.Relationship)
		}
		if f.Name == "" || f.MIME == "" {
			return fmt.Errorf("attached file %q of type %q: both must be given", f.Name, f.MIME)
		}
		if taken[f.Name] {
			return fmt.Errorf("two attached files have the name %s", f.Name)
		}
		taken[f.Name] = true
	}
	return nil
}

// Check makes sure that a text can be drawn.
func (t *Text) Check() error {
	if n := utf8.RuneCountInString(t.Text); n != len(t.Advances) {
		return fmt.Errorf("text %q has %d advances for %d characters", t.Text, len(t.Advances), n)
	}
	if t.Size <= 0 {
		return fmt.Errorf("text %q has size %v", t.Text, t.Size)
	}
	return nil
}

// Glyph is the glyph that draws a character, if what it says can be archived.
func Glyph(face *font.Face, r rune) (font.GlyphID, error) {
	g := face.Glyph(r)
	switch {
	case g == 0:
		return 0, fmt.Errorf("%s has no glyph for %q (%U)", face.Name(), r, r)
	case r >= 0xE000 && r <= 0xF8FF, r >= 0xF0000:
		return 0, fmt.Errorf("%U is for private use and means nothing to others (ISO 19005-3, 6.2.11.7.3)", r)
	case r == 0 || r == 0xFEFF || r == 0xFFFE:
		return 0, fmt.Errorf("%U is no character (ISO 19005-3, 6.2.11.7.2)", r)
	}
	return g, nil
}
