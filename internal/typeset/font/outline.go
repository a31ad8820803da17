package font

// Outline is the shape of a glyph: closed contours of quadratic curves in font units, y upwards.
type Outline struct {
	Points []Point
	Ends   []int // for each contour, the index in Points after its last
}

// Point is a corner or curve point (On), or the control point of a quadratic curve. Between two control points in
// sequence lies a curve point half way, as TrueType has it.
type Point struct {
	X, Y int32
	On   bool
}

// maxComponents bounds the parts of one glyph, nested ones included, so that a hostile font cannot make glyphs that
// contain themselves or multiply; the fonts in use need fewer than ten.
const maxComponents = 256

// AppendOutline adds the contours of a glyph to o. A glyph whose record is damaged adds nothing.
//
// The glyph stands where its left side bearing says: in most fonts where its points lie, but readers of PDF, Acrobat and
// those with FreeType alike, go by the bearing in others too, whatever the flags of the font say of it.
func (f *Face) AppendOutline(o *Outline, g GlyphID) {
	if f.fixed != nil {
		return
	}
	s := f.tables()
	points, ends, budget := len(o.Points), len(o.Ends), maxComponents
	if !s.appendOutline(o, g, &budget) {
		o.Points, o.Ends = o.Points[:points], o.Ends[:ends]
		return
	}
	if rec := s.record(g); len(rec) >= 10 {
		if dx := int32(s.bearing(g)) - int32(int16(be.Uint16(rec[2:]))); dx != 0 {
			for i := points; i < len(o.Points); i++ {
				o.Points[i].X += dx
			}
		}
	}
}

// Height is how far above the baseline the ink of a character reaches, in thousandths of an em. A face without outlines
// answers with the top of the em box.
func (f *Face) Height(r rune) int {
	var o Outline
	f.AppendOutline(&o, f.Glyph(r))
	if len(o.Points) == 0 {
		return emTop
	}
	top := o.Points[0].Y
	for _, p := range o.Points {
		top = max(top, p.Y)
	}
	return f.tables().milli(int(top))
}

// emTop is what of an ideographic em box stands above the baseline, in thousandths.
const emTop = 880

func (s *sfnt) appendOutline(o *Outline, g GlyphID, budget *int) bool {
	rec := s.record(g)
	if len(rec) == 0 {
		return true
	}
	if *budget--; len(rec) < 10 || *budget < 0 {
		return false
	}
	if n := int(int16(be.Uint16(rec))); n >= 0 {
		return appendSimple(o, rec[10:], n)
	}
	base, sound := len(o.Points), true
	walkComponents(rec, func(c component) bool {
		first := len(o.Points)
		if sound = s.appendOutline(o, GlyphID(be.Uint16(rec[c.at:])), budget); sound {
			placeComponent(o.Points[base:], first-base, c)
		}
		return sound
	})
	return sound
}

// placeComponent moves the points from first on, those of the newest component, to where the composite glyph has them.
func placeComponent(points []Point, first int, c component) {
	for i := first; i < len(points); i++ {
		p := &points[i]
		if c.scaled {
			x, y := int64(p.X), int64(p.Y)
			p.X = int32((x*c.matrix[0] + y*c.matrix[2] + 1<<13) >> 14)
			p.Y = int32((x*c.matrix[1] + y*c.matrix[3] + 1<<13) >> 14)
		}
	}
	dx, dy := c.dx, c.dy
	if c.byPoints {
		parent, child := int(c.dx), first+int(c.dy)
		if parent >= first || child >= len(points) {
			return
		}
		dx, dy = points[parent].X-points[child].X, points[parent].Y-points[child].Y
	}
	for i := first; i < len(points); i++ {
		points[i].X += dx
		points[i].Y += dy
	}
}

// Flags of the points of a simple glyph.
const (
	onCurve = 1 << iota
	xShort
	yShort
	repeated
	xSame // or: the short x is positive
	ySame
)

// appendSimple reads n contours: ends, instructions, flags, then the coordinates as differences.
func appendSimple(o *Outline, b []byte, n int) bool {
	if len(b) < 2*n+2 {
		return false
	}
	first, count := len(o.Points), 0
	for i := range n {
		end := int(be.Uint16(b[2*i:])) + 1
		if end < count {
			return false
		}
		count = end
		o.Ends = append(o.Ends, first+end)
	}
	skip := 2*n + 2 + int(be.Uint16(b[2*n:]))
	if skip > len(b) {
		return false
	}
	b = b[skip:]
	// The flags come as runs; the points are made of them and get their coordinates afterwards.
	flags := make([]byte, 0, 256)
	for len(flags) < count {
		if len(b) < 2 {
			return false
		}
		flag, times := b[0], 1
		b = b[1:]
		if flag&repeated != 0 {
			times += int(b[0])
			b = b[1:]
		}
		for ; times > 0 && len(flags) < count; times-- {
			flags = append(flags, flag)
			o.Points = append(o.Points, Point{On: flag&onCurve != 0})
		}
	}
	var x, y, d int32
	ok := true
	for i, flag := range flags {
		if d, b, ok = difference(b, flag&xShort != 0, flag&xSame != 0); !ok {
			return false
		}
		x += d
		o.Points[first+i].X = x
	}
	for i, flag := range flags {
		if d, b, ok = difference(b, flag&yShort != 0, flag&ySame != 0); !ok {
			return false
		}
		y += d
		o.Points[first+i].Y = y
	}
	return true
}

// difference reads one coordinate: a byte with its sign in same, nothing when it is the same, or two bytes.
func difference(b []byte, short, same bool) (d int32, rest []byte, ok bool) {
	switch {
	case short && len(b) >= 1:
		if d = int32(b[0]); !same {
			d = -d
		}
		return d, b[1:], true
	case !short && same:
		return 0, b, true
	case !short && len(b) >= 2:
		return int32(int16(be.Uint16(b))), b[2:], true
	}
	return 0, nil, false
}

// component is one part of a composite glyph.
type component struct {
	at, end  int      // where in the record its glyph id stands, and where it ends
	dx, dy   int32    // offset, or the two points to be matched
	byPoints bool     // dx is a point of the glyph so far, dy one of the component
	scaled   bool     // matrix applies
	matrix   [4]int64 // in 1/16384: xx, xy, yx, yy
}

// walkComponents visits the parts of a composite glyph in order until visit says no or the record ends.
func walkComponents(rec []byte, visit func(component) bool) {
	const (
		wordArgs    = 0x0001
		offsets     = 0x0002
		scale       = 0x0008
		more        = 0x0020
		scaleXY     = 0x0040
		scaleMatrix = 0x0080
	)
	if len(rec) < 10 || int16(be.Uint16(rec)) >= 0 {
		return
	}
	f2dot14 := func(at int) int64 { return int64(int16(be.Uint16(rec[at:]))) }
	for at := 10; at+6 <= len(rec); {
		flags := be.Uint16(rec[at:])
		size := 6
		if flags&wordArgs != 0 {
			size = 8
		}
		matrixAt := at + size
		switch {
		case flags&scale != 0:
			size += 2
		case flags&scaleXY != 0:
			size += 4
		case flags&scaleMatrix != 0:
			size += 8
		}
		if at+size > len(rec) {
			return
		}
		c := component{at: at + 2, end: at + size, byPoints: flags&offsets == 0}
		switch {
		case flags&wordArgs != 0 && c.byPoints:
			c.dx, c.dy = int32(be.Uint16(rec[at+4:])), int32(be.Uint16(rec[at+6:]))
		case flags&wordArgs != 0:
			c.dx, c.dy = int32(int16(be.Uint16(rec[at+4:]))), int32(int16(be.Uint16(rec[at+6:])))
		case c.byPoints:
			c.dx, c.dy = int32(rec[at+4]), int32(rec[at+5])
		default:
			c.dx, c.dy = int32(int8(rec[at+4])), int32(int8(rec[at+5]))
		}
		switch {
		case flags&scale != 0:
			c.scaled, c.matrix = true, [4]int64{f2dot14(matrixAt), 0, 0, f2dot14(matrixAt)}
		case flags&scaleXY != 0:
			c.scaled, c.matrix = true, [4]int64{f2dot14(matrixAt), 0, 0, f2dot14(matrixAt + 2)}
		case flags&scaleMatrix != 0:
			c.scaled = true
			for i := range c.matrix {
				c.matrix[i] = f2dot14(matrixAt + 2*i)
			}
		}
		if !visit(c) || flags&more == 0 {
			return
		}
		at += size
	}
}
