package testofd

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
)

// text holds a TextObject: steps, glyphs and its box.
func (c *checker) text(at place, n *node) {
	codes, glyphs := n.all("TextCode"), n.all("CGTransform")
	if len(codes) != 1 || len(glyphs) != 1 {
		c.say(Glyphs, at.entry, n.offset, "%d texts and %d lists of glyphs, not one of each", len(codes), len(glyphs))
		return
	}
	code := codes[0]
	x, hasX := code.get("X")
	y, hasY := code.get("Y")
	if !hasX || !hasY {
		c.say(Delta, at.entry, n.offset, "the text says not where it begins")
	}
	deltas, _ := code.get("DeltaX")
	steps := unitsOf(deltas)
	characters := []rune(code.text)
	if len(utf16.Encode(characters)) != len(characters) && len(characters) != 1 {
		c.say(BeyondBMP, at.entry, n.offset, "%q has company", code.text)
	}
	want := len(characters) - 1
	if len(characters) == 0 || len(steps) != want {
		c.say(Delta, at.entry, n.offset, "%d steps for %d characters", len(steps), len(characters))
		return
	}
	if _, has := code.get("DeltaY"); has {
		c.say(Delta, at.entry, n.offset, "DeltaY, where lines are straight")
	}
	id, _ := n.get("ID")
	c.texts[id] = code.text
	c.spoken[at.page] = append(c.spoken[at.page], code.text)
	ids, ok := c.glyphs(at, n, glyphs[0], characters)
	if !ok {
		return
	}
	c.drawn(at, n, ids, characters, steps, [2]int64{one(x), one(y)})
}

// drawn holds the glyphs of a text against its font: they are there, are those of its characters, and have their ink within the box.
func (c *checker) drawn(at place, n *node, ids []int, characters []rune, steps []int64, pen [2]int64) {
	font, _ := n.get("Font")
	size, _ := n.get("Size")
	f := c.fonts[font]
	if f == nil {
		return // told as a reference
	}
	for i, g := range ids {
		if g >= f.glyphs {
			c.say(Glyphs, at.entry, n.offset, "glyph %d of %d", g, f.glyphs)
			return
		}
		if i < len(characters) && f.char[characters[i]] != g {
			c.say(Glyphs, at.entry, n.offset, "%q is drawn by glyph %d, and the font's own map has %d", characters[i], g, f.char[characters[i]])
		}
		if i == len(characters) && f.box(g) != nil {
			c.say(BeyondBMP, at.entry, n.offset, "the glyph behind %q is not blank", characters[0])
		}
		c.inked(at, n, f.box(g), pen[0], pen[1], one(size), f.em)
		if i < len(steps) {
			pen[0] += steps[i]
		}
	}
}

// glyphs are those of a text: one for a character, and alone, two for one beyond the basic plane.
func (c *checker) glyphs(at place, n, g *node, characters []rune) (out []int, ok bool) {
	unitCount := len(utf16.Encode(characters))
	list := g.first("Glyphs")
	if list == nil {
		c.say(Glyphs, at.entry, n.offset, "no glyphs")
		return nil, false
	}
	for _, f := range strings.Fields(list.text) {
		v, err := strconv.Atoi(f)
		if err != nil || v <= 0 {
			c.say(Glyphs, at.entry, n.offset, "glyph %q", f)
		}
		out = append(out, v)
	}
	position, _ := g.get("CodePosition")
	counts := []string{strconv.Itoa(unitCount), strconv.Itoa(len(out))}
	for i, name := range []string{"CodeCount", "GlyphCount"} {
		v, has := g.get(name)
		if !has {
			v = "1"
		}
		if v != counts[i] {
			c.say(Glyphs, at.entry, n.offset, "%s is %s, for %s", name, v, counts[i])
		}
	}
	if position != "0" || len(out) != unitCount {
		c.say(Glyphs, at.entry, n.offset, "%d glyphs from character %s on, for %d units", len(out), position, unitCount)
		return out, false
	}
	return out, true
}

func one(s string) int64 { n, _ := units(s); return n }

// inked holds that a glyph's ink is within the Boundary, which readers may cut off at.
func (c *checker) inked(at place, n *node, box *[4]int64, x, y, size, em int64) {
	boundary, _ := n.get("Boundary")
	b := unitsOf(boundary)
	if box == nil || len(b) != 4 {
		return
	}
	left, right := x+box[0]*size/em, x+box[2]*size/em
	top, bottom := y-box[3]*size/em, y-box[1]*size/em
	c.within(at, n, b, [][2]int64{{left, top}, {right, bottom}})
}

// within holds that points of an object are in its box, when it is turned, too.
func (c *checker) within(at place, n *node, b []int64, points [][2]int64) {
	m := []int64{10000, 0, 0, 10000, 0, 0}
	if ctm, ok := n.get("CTM"); ok {
		m = unitsOf(ctm)
	}
	if len(m) != 6 || len(b) != 4 {
		return
	}
	const slack = 2 // of rounding
	for _, p := range points {
		x, y := (m[0]*p[0]+m[2]*p[1])/10000+m[4], (m[1]*p[0]+m[3]*p[1])/10000+m[5]
		if x < -slack || y < -slack || x > b[2]+slack || y > b[3]+slack {
			c.say(Box, at.entry, n.offset, "ink at %d %d is outside of the box, %d by %d", x, y, b[2], b[3])
			return
		}
	}
}

// path holds a PathObject: what it paints, its operators, its box.
func (c *checker) path(at place, n *node) {
	stroke, _ := n.get("Stroke")
	fill, _ := n.get("Fill")
	link := strings.Contains(at.entry, "/Annots/")
	if stroke != "false" || n.first("StrokeColor") != nil {
		c.say(PathPaint, at.entry, n.offset, "strokes, and all of ours is filled")
	}
	if filled := fill == "true" && n.first("FillColor") != nil; filled == link {
		c.say(PathPaint, at.entry, n.offset, "is not filled and coloured, as all but links are")
	}
	data := n.first("AbbreviatedData")
	if data == nil {
		return
	}
	points, ok := operators(data.text)
	if !ok {
		c.say(PathData, at.entry, n.offset, "%.60q", data.text)
		return
	}
	boundary, _ := n.get("Boundary")
	c.within(at, n, unitsOf(boundary), points)
}

// operators reads the data of a path: contours that begin with M and are closed by C, one blank between all tokens.
func operators(data string) (points [][2]int64, ok bool) {
	numbers := map[string]int{"M": 2, "L": 2, "Q": 4, "B": 6, "C": 0}
	decimal := simple()["decimal"]
	f := strings.Split(data, " ")
	open := false
	for len(f) > 0 {
		n, known := numbers[f[0]]
		if !known || len(f) < 1+n || open == (f[0] == "M") || slices.ContainsFunc(f[1:1+n], func(s string) bool { return !decimal.MatchString(s) }) {
			return nil, false
		}
		open = f[0] != "C"
		for i := 1; i < n; i += 2 {
			points = append(points, [2]int64{one(f[i]), one(f[i+1])})
		}
		f = f[1+n:]
	}
	return points, !open && len(points) > 0
}
