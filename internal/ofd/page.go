package ofd

import (
	"unicode/utf8"

	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/unit"
)

// writePage writes the content of a page: paths, above them the rules, above them the texts in the order of reading.
func (w *writer) writePage(i int) {
	p := &w.d.Pages[i]
	b := append(w.begin("ofd:Page"), '>')
	if s := sizeOf(p); s != w.common {
		b = appendArea(b, "Area", s)
	}
	b = append(appendInt(append(b, `<ofd:Content><ofd:Layer ID="`...), w.next()), `" Type="Body">`...)
	for k := range p.Paths {
		id := w.next()
		w.belongs(p.Paths[k].Elem, i, id)
		b = appendPath(b, id, p, &p.Paths[k])
	}
	if len(p.Rules) > 0 {
		b = appendRules(b, w.next(), p)
	}
	for k := range p.Texts {
		b = w.appendParts(b, i, &p.Texts[k])
	}
	w.addXML("Doc_0/"+w.pageFile(i), append(b, `</ofd:Layer></ofd:Content></ofd:Page>`...))
}

// belongs keeps which element an object belongs to.
func (w *writer) belongs(elem page.ElemID, page, id int) {
	if elem >= 0 {
		w.objects = append(w.objects, object{elem, int32(page), int32(id)})
	}
}

// appendParts writes a text, in as many objects as it takes: readers differ on whether what they count are characters or
// units of UTF-16. A character beyond the basic plane alone, with a blank glyph behind its own, is right in both.
func (w *writer) appendParts(b []byte, on int, t *page.Text) []byte {
	if t.Text == "" {
		return b
	}
	k := w.fontOf(t.Face)
	f, part, rest, advances := w.fonts[k], line{text: t, font: k, x: t.X}, t.Text, t.Advances
	for rest != "" {
		size, n := len(rest), len(advances)
		if f.beyond {
			size, n = leading(rest)
		}
		part.chars, part.advances = rest[:size], advances[:n]
		id := w.next()
		w.belongs(t.Elem, on, id)
		b = w.appendLine(b, id, &w.d.Pages[on], &part)
		for _, a := range part.advances {
			part.x += a
		}
		rest, advances = rest[size:], advances[n:]
	}
	return b
}

// leading is how many bytes and characters of a text one object holds.
func leading(s string) (size, n int) {
	for i, r := range s {
		if r > 0xFFFF {
			if i == 0 {
				return utf8.RuneLen(r), 1
			}
			return i, n
		}
		n++
	}
	return len(s), n
}

// line is a stretch of a text.
type line struct {
	text     *page.Text
	font     int
	x        unit.Length
	chars    string
	advances []unit.Length
}

// frame is where an object is on the sheet, and in it the start of a text.
type frame struct{ x, y, w, h, startX, startY int64 }

// frame is the frame of a line. What reaches out of it may be cut off (GB/T 33190-2016, 8.5), so there is a quarter of the size
// beyond all ink. Its place and the start in it add up to the place of the text, rounded once.
func (l *line) frame(p *page.Page, f *usedFont, turned bool) frame {
	size := l.text.Size
	room := size / 4
	var at, first, last unit.Length // starts of the glyphs
	for _, a := range l.advances[:len(l.advances)-1] {
		at += a
		first, last = min(first, at), max(last, at)
	}
	left, right := room-first-size.Milli(int64(f.left)), last+max(size.Milli(int64(f.right)), l.advances[len(l.advances)-1])+room
	up, down := room+size.Milli(int64(f.top)), room-size.Milli(int64(f.bottom))
	r := frame{startX: mm(left), startY: mm(up)}
	r.w, r.h = r.startX+mm(right), r.startY+mm(down)
	r.x, r.y = mm(l.x)-r.startX, mm(l.text.Y)-r.startY
	if turned { // what is along the line goes up the sheet
		r.x, r.y = r.y, mm(p.Height-l.x)+r.startX-r.w
		r.w, r.h = r.h, r.w
	}
	return r
}

func (w *writer) appendLine(b []byte, id int, p *page.Page, l *line) []byte {
	f := w.fonts[l.font]
	turned := p.Turned && !l.text.Upright
	r := l.frame(p, f, turned)
	b = appendInt(append(b, `<ofd:TextObject ID="`...), id)
	b = appendNumbers(append(b, `" Boundary="`...), r.x, r.y, r.w, r.h)
	if turned { // about the lower left corner of its frame
		b = appendNumber(append(b, `" CTM="0 -1 1 0 0 `...), r.h)
	}
	b = appendInt(append(b, `" Font="`...), w.fontID(l.font))
	b = appendNumber(append(b, `" Size="`...), mm(l.text.Size))
	n, pad := len(l.advances), false
	if n == 1 && len(l.chars) == utf8.UTFMax {
		n, pad = 2, true
	}
	b = appendInt(append(b, `"><ofd:CGTransform CodePosition="0" CodeCount="`...), n)
	b = append(appendInt(append(b, `" GlyphCount="`...), n), `"><ofd:Glyphs>`...)
	for _, r := range l.chars {
		b = append(appendInt(b, int(f.at(r))), ' ')
	}
	if pad {
		b = appendInt(b, int(f.blank))
	} else {
		b = b[:len(b)-1]
	}
	b = appendNumber(append(b, `</ofd:Glyphs></ofd:CGTransform><ofd:TextCode X="`...), r.startX)
	b = appendNumber(append(b, `" Y="`...), r.startY)
	if !pad {
		b = appendSteps(b, l.advances)
	}
	b = w.appendText(append(b, `">`...), l.chars)
	return append(b, `</ofd:TextCode></ofd:TextObject>`...)
}

// appendSteps writes the ways from glyph to glyph: differences of rounded sums, so that no rounding adds up.
func appendSteps(b []byte, advances []unit.Length) []byte {
	if len(advances) < 2 {
		return b
	}
	b = append(b, `" DeltaX="`...)
	sum, before := unit.Length(0), int64(0)
	for _, a := range advances[:len(advances)-1] {
		sum += a
		at := mm(sum)
		b = append(appendNumber(b, at-before), ' ')
		before = at
	}
	return b[:len(b)-1]
}

// appendRules fills all rules of a page as one path, measured on the sheet.
func appendRules(b []byte, id int, p *page.Page) []byte {
	s := sizeOf(p)
	b = appendInt(append(b, `<ofd:PathObject ID="`...), id)
	b = appendNumbers(append(b, `" Boundary="`...), 0, 0, s.width, s.height)
	b = append(b, `" Stroke="false" Fill="true"><ofd:FillColor Value="0 0 0"/><ofd:AbbreviatedData>`...)
	for _, r := range p.Rules {
		r = p.OnSheet(r)
		x, y, right, bottom := mm(r.X), mm(r.Y), mm(r.X+r.W), mm(r.Y+r.H)
		b = appendPoint(append(b, 'M'), x, y)
		b = appendPoint(append(b, 'L'), right, y)
		b = appendPoint(append(b, 'L'), right, bottom)
		b = appendPoint(append(b, 'L'), x, bottom)
		b = append(b, 'C', ' ')
	}
	return append(b[:len(b)-1], `</ofd:AbbreviatedData></ofd:PathObject>`...)
}

// appendPoint writes a point of a path, with blanks around it.
func appendPoint(b []byte, x, y int64) []byte {
	b = append(appendNumber(append(b, ' '), x), ' ')
	return append(appendNumber(b, y), ' ')
}

// appendPath fills a path within the box of its points, all rounded on the sheet.
func appendPath(b []byte, id int, p *page.Page, q *page.Path) []byte {
	on := func(a page.Point) (x, y int64) {
		r := p.OnSheet(page.Rule{X: a.X, Y: a.Y})
		return mm(r.X), mm(r.Y)
	}
	left, top := on(q.Segments[0].To)
	right, bottom := left, top
	see := func(a page.Point) {
		x, y := on(a)
		left, top, right, bottom = min(left, x), min(top, y), max(right, x), max(bottom, y)
	}
	for _, s := range q.Segments {
		see(s.To)
		if s.Step == page.Curve {
			see(s.C[0])
			see(s.C[1])
		}
	}
	b = appendInt(append(b, `<ofd:PathObject ID="`...), id)
	b = appendNumbers(append(b, `" Boundary="`...), left, top, max(right-left, 1), max(bottom-top, 1))
	b = append(b, `" Stroke="false" Fill="true"><ofd:FillColor Value="`...)
	b = append(appendInt(b, int(q.Color.R)), ' ')
	b = append(appendInt(b, int(q.Color.G)), ' ')
	b = append(appendInt(b, int(q.Color.B)), `"/><ofd:AbbreviatedData>`...)
	put := func(a page.Point) {
		x, y := on(a)
		b = appendPoint(b, x-left, y-top)
	}
	for k, s := range q.Segments {
		switch s.Step {
		case page.Move:
			if k > 0 {
				b = append(b, 'C', ' ')
			}
			b = append(b, 'M')
			put(s.To)
		case page.Line:
			b = append(b, 'L')
			put(s.To)
		case page.Curve:
			b = append(b, 'B')
			put(s.C[0])
			b = b[:len(b)-1] // points of a step have one blank between them
			put(s.C[1])
			b = b[:len(b)-1]
			put(s.To)
		}
	}
	return append(b, `C</ofd:AbbreviatedData></ofd:PathObject>`...)
}
