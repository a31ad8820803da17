package ofd

import (
	"fmt"

	"yusuan/internal/typeset/page"
)

// Namespaces of what the standard has no words for, as custom tags (GB/T 33190-2016, 16).
const (
	structureSpace = "urn:yusuan:structure:1"
	packageSpace   = "urn:yusuan:package:1"
)

// writeTags writes what the objects mean, and what else of the document the standard has no place for.
func (w *writer) writeTags() {
	b := append(w.begin("ofd:CustomTags"), '>')
	for _, f := range [...]struct{ space, name string }{{structureSpace, structureName}, {packageSpace, packageName}} {
		b = append(append(b, `<ofd:CustomTag NameSpace="`...), f.space...)
		b = append(append(append(b, `"><ofd:FileLoc>`...), f.name...), `</ofd:FileLoc></ofd:CustomTag>`...)
	}
	w.addXML(tagsFolder+customTagsName, append(b, "</ofd:CustomTags>"...))
	w.writePackage()
	w.writeStructure()
}

// writePackage writes what the pages are called, and of what type the attached files are.
func (w *writer) writePackage() {
	b := append(append(w.begin("y:Package"), ` xmlns:y="`+packageSpace...), `">`...)
	for i := range w.d.Pages {
		p := &w.d.Pages[i]
		name := p.Label
		if name == "" {
			name = p.Name
		}
		if name != "" {
			b = appendInt(append(b, `<y:Page page="`...), w.pageID(i))
			b = append(w.appendAttribute(append(b, '"'), "label", name), "/>"...)
		}
	}
	for i := range w.d.Files {
		f := &w.d.Files[i]
		b = appendInt(append(b, `<y:File attachment="A`...), i+1)
		b = w.appendAttribute(append(b, '"'), "name", f.Name)
		b = w.appendAttribute(b, "type", f.MIME)
		b = append(w.appendAttribute(b, "description", f.Description), "/>"...)
	}
	w.addXML(tagsFolder+packageName, append(b, "</y:Package>"...))
}

// structure is the structure tree on its way into a file.
type structure struct {
	*writer
	order *page.Tree // its marks are indices in w.objects
	named []bool     // elements that others refer to
	b     []byte
}

// writeStructure writes the structure tree: elements by the names that ISO 32000-1, 14.8.4 has for them, at their places in the
// order of reading the objects that show them.
func (w *writer) writeStructure() {
	s := structure{writer: w, named: make([]bool, len(w.d.Elems))}
	s.order = page.NewTree(w.d.Elems, len(w.objects), func(i int) page.ElemID { return w.objects[i].elem })
	for i := range w.d.Elems {
		for _, h := range w.d.Elems[i].Headers {
			s.named[h] = true
		}
	}
	s.b = append(w.xml[:0], xmlHead...)
	s.element(0)
	w.addXML(tagsFolder+structureName, s.b)
}

func (s *structure) element(i int) {
	e := &s.d.Elems[i]
	kind := e.Kind.String()
	if kind == "" && s.err == nil {
		s.err = fmt.Errorf("element %d has no kind", i)
	}
	s.b = append(append(s.b, "<y:"...), kind...)
	if i == 0 {
		s.b = append(s.b, ` xmlns:y="`+structureSpace+`"`+namespace...)
		s.b = s.appendAttribute(s.b, "lang", s.d.Info.Lang)
	}
	s.attributes(i, e)
	at := len(s.b)
	s.b = append(s.b, '>')
	s.order.Each(i, s.object, func(kid int32) { s.element(int(kid)) })
	if len(s.b) == at+1 { // an element may be empty, as a cell without text is
		s.b = append(s.b[:at], "/>"...)
		return
	}
	s.b = append(append(append(s.b, "</y:"...), kind...), '>')
}

func (s *structure) object(mark int32) {
	o := s.objects[mark]
	s.b = appendInt(append(s.b, `<ofd:ObjectRef PageRef="`...), s.pageID(int(o.page)))
	s.b = append(appendInt(append(s.b, `">`...), int(o.id)), "</ofd:ObjectRef>"...)
}

// attributes writes what is said of an element.
func (s *structure) attributes(i int, e *page.Elem) {
	if s.named[i] {
		s.b = append(appendInt(append(s.b, ` id="e`...), i), '"')
	}
	if l := e.Label; l != nil {
		s.b = s.appendAttribute(s.b, "title", l.Title)
		s.b = s.appendAttribute(s.b, "alt", l.Alt)
		if x := l.Box; x != nil {
			s.b = appendInt(append(s.b, ` page="`...), s.pageID(x.Page))
			s.b = append(appendNumbers(append(s.b, `" box="`...), mm(x.X), mm(x.Y), mm(x.X+x.W)-mm(x.X), mm(x.Y+x.H)-mm(x.Y)), '"')
		}
	}
	s.b = s.appendAttribute(s.b, "scope", e.Scope.String())
	if e.ColSpan > 1 {
		s.b = append(appendInt(append(s.b, ` colspan="`...), int(e.ColSpan)), '"')
	}
	if e.RowSpan > 1 {
		s.b = append(appendInt(append(s.b, ` rowspan="`...), int(e.RowSpan)), '"')
	}
	if len(e.Headers) == 0 {
		return
	}
	s.b = append(s.b, ` headers="`...)
	for _, h := range e.Headers {
		s.b = append(appendInt(append(s.b, 'e'), int(h)), ' ')
	}
	s.b[len(s.b)-1] = '"'
}
