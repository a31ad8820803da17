package ofdread

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"yusuan/internal/shown"
	"yusuan/internal/typeset/unit"
)

// Sheets are the sizes of the pages in order.
func (f *File) Sheets() ([]shown.Sheet, error) {
	common, commonOK := size(f.document.first("CommonData").first("PageArea"))
	out := make([]shown.Sheet, 0, len(f.pages))
	for i, p := range f.pages {
		n, err := f.tree(p.entry, "Page")
		if err != nil {
			return nil, err
		}
		s, ok := common, commonOK
		if area := n.first("Area"); area.name != "" {
			s, ok = size(area)
		}
		if !ok {
			return nil, fmt.Errorf("ofd: page %d has no size: %w", i+1, errSyntax)
		}
		out = append(out, s)
	}
	f.sheets = out
	return out, nil
}

// size is that of an area which begins at the corner of the sheet.
func size(area *node) (s shown.Sheet, ok bool) {
	box, ok := decimals(area.first("PhysicalBox").text, 4)
	if !ok || box[0] != 0 || box[1] != 0 || box[2] <= 0 || box[3] <= 0 {
		return s, false
	}
	return shown.Sheet{Width: length(box[2]), Height: length(box[3])}, true
}

// Items reads what a page shows, counted from 0.
func (f *File) Items(page int) (*shown.Items, error) {
	if f.sheets == nil {
		if _, err := f.Sheets(); err != nil {
			return nil, err
		}
	}
	if err := f.resources(); err != nil {
		return nil, err
	}
	if err := f.readLinks(); err != nil {
		return nil, err
	}
	n, err := f.tree(f.pages[page].entry, "Page")
	if err != nil {
		return nil, err
	}
	in := interpreter{f: f, sheet: f.sheets[page], page: page, owner: -2}
	in.strange(n, onPage)
	for _, l := range f.links[f.pages[page].id] {
		in.strange(l, inLinks)
	}
	layers := n.first("Content").all("Layer")
	if len(layers) != 1 || len(n.all("Content")) != 1 {
		in.foreign("Content/Layer")
	}
	for _, layer := range layers {
		if !inOrder(layer) {
			in.foreign("Layer order")
		}
		for _, k := range layer.kids {
			if err := in.object(k); err != nil {
				return nil, err
			}
		}
	}
	in.turnAll()
	return &in.Items, nil
}

// inOrder reports whether what may cover something lies below it, as this program has it: texts above all paths.
func inOrder(layer *node) bool {
	text := slices.IndexFunc(layer.kids, func(k *node) bool { return k.name == "TextObject" })
	return text < 0 || !slices.ContainsFunc(layer.kids[text:], func(k *node) bool { return k.name == "PathObject" })
}

// readLinks reads the annotations of all pages.
func (f *File) readLinks() error {
	if f.links != nil {
		return nil
	}
	f.links = map[int][]*node{}
	name, err := f.listed("Annotations")
	if err != nil || name == "" {
		return err
	}
	list, err := f.tree(name, "Annotations")
	if err != nil {
		return err
	}
	left := f.bounds.nodes
	for _, p := range list.all("Page") {
		entry, err := place(path.Dir(name), p.first("FileLoc").text)
		if err != nil {
			return err
		}
		id := whole(p.get("PageID"))
		if _, ok := f.ids[id]; !ok || f.links[id] != nil {
			return fmt.Errorf("ofd: annotations of page %q: %w", p.get("PageID"), errSyntax)
		}
		n, err := f.tree(entry, "PageAnnot")
		if err != nil {
			return err
		}
		if left -= n.count(); left < 0 {
			return fmt.Errorf("%w: annotations", ErrTooMuch)
		}
		f.links[id] = []*node{n}
	}
	return nil
}

// count is how many elements and attributes there are.
func (n *node) count() int {
	sum := 1 + len(n.attr)
	for _, k := range n.kids {
		sum += k.count()
	}
	return sum
}

// interpreter follows the objects of a page.
type interpreter struct {
	f     *File
	sheet shown.Sheet
	page  int
	mark  int
	owner int32  // the block of the object before, -1 for none
	kind  string // of that object
	turn  bool   // that object is
	shown.Items
}

// maxForeign bounds what is named of one page.
const maxForeign = 16

func (in *interpreter) foreign(what string) {
	what = short(what)
	if len(in.Foreign) < maxForeign && !slices.Contains(in.Foreign, what) {
		in.Foreign = append(in.Foreign, what)
	}
}

func (in *interpreter) strange(n *node, of map[string]wrote) {
	for _, s := range strange(n, of) {
		in.foreign(s)
	}
}

func (in *interpreter) object(n *node) error {
	box, ok := decimals(n.get("Boundary"), 4)
	if !ok {
		in.foreign(n.name + " Boundary")
		return nil
	}
	switch n.name {
	case "TextObject":
		return in.text(n, box)
	case "PathObject":
		return in.path(n, box)
	}
	return nil // named already
}

// begin says which piece an object belongs to: objects of one element that follow each other are one, as are those of none.
func (in *interpreter) begin(n *node, turned bool) (mark, id int) {
	id = whole(n.get("ID"))
	owner, known := in.f.elements()[shown.Content{Page: in.page, ID: id}]
	if !known {
		owner, id = -1, -1
	}
	if owner != in.owner || turned != in.turn || n.name != in.kind {
		in.mark++
	}
	in.owner, in.turn, in.kind = owner, turned, n.name
	return in.mark, id
}

// text reads a text. What it lacks to be one of this program's makes it foreign, and as much of it as can be is read.
func (in *interpreter) text(n *node, box []int64) error {
	size, ok := decimal(n.get("Size"))
	font := in.f.fonts[whole(n.get("Font"))]
	codes := n.all("TextCode")
	if !ok || font == nil || len(codes) != 1 {
		in.foreign("TextObject")
	}
	if font != nil {
		for _, s := range font.Foreign {
			in.foreign(s)
		}
	}
	turned := false
	if ctm := n.get("CTM"); ctm != "" {
		m, ok := decimals(ctm, 6)
		if turned = ok && slices.Equal(m, []int64{0, -1e4, 1e4, 0, 0, box[3]}); !turned {
			in.foreign("CTM")
		}
	}
	glyphs, ok := glyphsOf(n)
	for i, c := range codes {
		if i > 0 {
			glyphs, ok = nil, false
		}
		r := shown.Run{Size: length(size), Font: font, Text: c.text, Turned: turned}
		r.Mark, r.ID = in.begin(n, turned)
		if err := in.f.costs.show(1 + len(r.Text)); err != nil {
			return err
		}
		if ok = in.place(&r, c, box) && ok; ok {
			ok = in.codes(&r, glyphs)
		}
		if !ok {
			in.foreign("TextCode")
		}
		if r.Text != "" {
			in.Runs = append(in.Runs, r)
		}
	}
	return nil
}

// glyphsOf are the glyphs that a text states, all at once and from its beginning.
func glyphsOf(n *node) (glyphs []int, ok bool) {
	list := n.all("CGTransform")
	if len(list) != 1 {
		return nil, false
	}
	for s := range strings.FieldsSeq(list[0].first("Glyphs").text) {
		g := whole(s)
		if g <= 0 || g > 0xFFFF {
			return nil, false
		}
		glyphs = append(glyphs, g)
	}
	count := whole(list[0].get("GlyphCount"))
	return glyphs, count == len(glyphs) && whole(list[0].get("CodeCount")) == count && list[0].get("CodePosition") == "0"
}

// limit keeps places of hostile files far from overflow: a kilometre of paper.
const limit = 1e10

// place finds out where the glyphs of a text stand, and whether its box holds them: what reaches out of it may be cut off.
func (in *interpreter) place(r *shown.Run, c *node, box []int64) bool {
	x, okX := decimal(c.get("X"))
	y, okY := decimal(c.get("Y"))
	n := utf8.RuneCountInString(r.Text)
	steps, okSteps := decimals(c.get("DeltaX"), -1)
	along, across := box[2], box[3]
	if r.Turned {
		along, across = across, along
		r.X, r.Y = in.sheet.Height-length(box[1]+box[3]-x), length(box[0]+y)
	} else {
		r.X, r.Y = length(box[0]+x), length(box[1]+y)
	}
	at, before := int64(0), unit.Length(0)
	first, last := int64(0), int64(0)
	for i := range n {
		if i < len(steps) {
			at = min(max(at+steps[i], -limit), limit)
		}
		first, last = min(first, at), max(last, at)
		r.Advances = append(r.Advances, length(at)-before)
		before = length(at)
	}
	size := int64(r.Size) * 127 / 36
	inside := x+first >= size/8 && y >= size/2 && along-x-last >= size/8 && across-y >= size/8
	if n > 0 {
		r.Advances[n-1] = r.Size // what is behind the last glyph nobody states
	}
	return okX && okY && okSteps && inside && len(steps) == max(0, n-1)
}

// codes takes the glyphs of a text to its font. A character beyond the basic plane has a blank one behind its own.
func (in *interpreter) codes(r *shown.Run, glyphs []int) bool {
	runes := []rune(r.Text)
	if len(runes) == 1 && runes[0] > 0xFFFF && len(glyphs) == 2 && r.Font != nil && r.Font.Blank(glyphs[1]) {
		glyphs = glyphs[:1]
	}
	if r.Font == nil || len(glyphs) != len(runes) || len(runes) > 1 && slices.ContainsFunc(runes, func(c rune) bool { return c > 0xFFFF }) {
		return false
	}
	for i, c := range runes {
		if r.Font.Pairs() >= maxPairs {
			return false
		}
		if r.Font.Maps(c) != glyphs[i] {
			in.foreign("字与字形不符")
		}
		r.Codes = append(r.Codes, r.Font.Learn(glyphs[i], string(c)))
	}
	last := len(runes) - 1
	if last >= 0 {
		r.Advances[last] = unit.Length(r.Font.Width(int(r.Codes[last])) * int64(r.Size) / 1000)
	}
	return true
}

// maxPairs bounds what one font is used for; a font has 65535 glyphs, each of one character.
const maxPairs = 1 << 17

// path reads a filled path: black rectangles are rules.
func (in *interpreter) path(n *node, box []int64) error {
	var p shown.Path
	p.Mark, p.ID = in.begin(n, false)
	color, ok := decimals(n.first("FillColor").get("Value"), 3)
	if !ok || n.get("Fill") != "true" || n.get("Stroke") != "false" {
		in.foreign("PathObject")
		return nil
	}
	for i, c := range color {
		p.Color[i] = unit.Length((c*1000/1e4 + 127) / 255)
	}
	if ok, err := in.steps(&p, n.first("AbbreviatedData").text, box); err != nil || !ok {
		in.foreign("AbbreviatedData")
		return err
	}
	if rects, ok := rectangles(&p); ok && p.Color == [3]unit.Length{} {
		in.Rects = append(in.Rects, rects...)
	} else {
		in.Paths = append(in.Paths, p)
	}
	return nil
}

// operators are the steps of paths by what this program calls them and how many points they have.
var operators = map[string]struct {
	step   byte
	points int
}{"M": {'m', 1}, "L": {'l', 1}, "B": {'c', 3}, "C": {'h', 0}}

func (in *interpreter) steps(p *shown.Path, data string, box []int64) (ok bool, err error) {
	var steps []byte
	want := 0 // numbers
	for s := range strings.FieldsSeq(data) {
		if err := in.f.costs.show(1); err != nil {
			return false, err
		}
		if want > 0 {
			v, ok := decimal(s)
			if !ok || v < 0 || v > box[2+want%2] { // ink out of the box may be cut off
				return false, nil
			}
			p.Points = append(p.Points, length(v+box[want%2]))
			want--
			continue
		}
		o, known := operators[s]
		if !known || len(steps) == 0 && s != "M" {
			return false, nil
		}
		steps, want = append(steps, o.step), 2*o.points
	}
	p.Steps = string(steps)
	return want == 0 && len(steps) > 0, nil
}

// rectangles are those that a path consists of, if it does: from the upper left corner to the right, down and back.
func rectangles(p *shown.Path) (out []shown.Rect, ok bool) {
	const one = "mlllh"
	if len(p.Steps)%len(one) != 0 || strings.Repeat(one, len(p.Steps)/len(one)) != p.Steps {
		return nil, false
	}
	for v := p.Points; len(v) >= 8; v = v[8:] {
		if v[2] != v[4] || v[0] != v[6] || v[1] != v[3] || v[5] != v[7] || v[2] < v[0] || v[5] < v[1] {
			return nil, false
		}
		out = append(out, shown.Rect{X: v[0], Y: v[1], W: v[2] - v[0], H: v[5] - v[1]})
	}
	return out, true
}

// turnAll measures rules and drawings on the matter of the page where that is turned, as this program has them.
func (in *interpreter) turnAll() {
	if !slices.ContainsFunc(in.Runs, func(r shown.Run) bool { return r.Turned }) {
		return
	}
	for i := range in.Rects {
		r := &in.Rects[i]
		*r = shown.Rect{X: in.sheet.Height - r.Y - r.H, Y: r.X, W: r.H, H: r.W, Turned: true}
	}
	for i := range in.Paths {
		p := &in.Paths[i]
		p.Turned = true
		for k := 0; k+1 < len(p.Points); k += 2 {
			p.Points[k], p.Points[k+1] = in.sheet.Height-p.Points[k+1], p.Points[k]
		}
	}
}
