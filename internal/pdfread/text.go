package pdfread

import (
	"slices"
	"strings"

	"yusuan/internal/shown"
	"yusuan/internal/typeset/unit"
)

// Items reads what a page shows, counted from 0.
func (f *File) Items(page int) (*shown.Items, error) {
	pages, err := f.Pages()
	if err != nil {
		return nil, err
	}
	return f.items(&pages[page])
}

// items reads what a page shows. The operators that this program writes and those that others use for plain text are
// followed. A content stream that breaks off yields what came before.
func (f *File) items(p *Page) (*shown.Items, error) {
	in := interpreter{file: f, page: p, fonts: map[Name]*shown.Font{}, scale: 1e6, id: -1}
	for _, s := range p.foreign {
		in.foreign(s)
	}
	l := lexer{b: p.Content}
	for !l.done() && in.err == nil {
		o, err := l.object(0, false)
		if err != nil {
			in.foreign("?")
			break
		}
		if op, ok := o.(keyword); ok {
			in.operate(string(op))
			in.args, l.values = in.args[:0], 0
			continue
		}
		if in.args = append(in.args, o); len(in.args) > maxArgs {
			in.foreign("?")
			break
		}
	}
	return &in.Items, in.err
}

// maxArgs bounds the operands of one operator.
const maxArgs = 1 << 10

// interpreter follows the text state (9.3) and the text matrix as far as it moves and scales. All values are in
// millionths of a point.
type interpreter struct {
	file         *File
	page         *Page
	fonts        map[Name]*shown.Font // that the content has named
	err          error                // what ended the reading
	args         []any
	shown.Items               // so far
	rects        []shown.Rect // not yet filled
	steps        []byte       // of the path that is not yet filled
	points       []unit.Length
	scale        int64 // of the text matrix, in millionths
	lineX, lineY int64
	x            int64
	marks, mark  int
	id           int // of the marked content
	turn         turn
	outside      textState // what holds again at the end of turned matter
	textState
}

// turn says how far the content is with turned matter: q 0 1 -1 0 w 0 cm … Q, w being the width of the sheet, and nothing
// else between q and cm.
type turn int

const (
	upright turn = iota
	saved
	turned
)

// textState is what q saves and Q restores.
type textState struct {
	color                  [3]unit.Length
	font                   *shown.Font
	size, spacing, leading int64
}

// graphics follows q, cm and Q as far as they turn the matter of a page by 90° counter-clockwise about its lower left
// corner and right by its width, which is how this program writes wide tables on upright sheets.
func (in *interpreter) graphics(op string) {
	switch {
	case op == "q" && in.turn == upright:
		in.turn, in.outside = saved, in.textState
	case op == "cm" && in.turn == saved && in.turns():
		in.turn = turned
	case op == "Q" && in.turn == turned:
		in.turn, in.textState = upright, in.outside
	default:
		in.foreign(op)
	}
}

// turns reports whether the operands of cm turn the matter.
func (in *interpreter) turns() bool {
	return len(in.args) == 6 && in.arg(6) == 0 && in.arg(5) == 1e6 && in.arg(4) == -1e6 && in.arg(3) == 0 && length(in.arg(2)) == in.page.Width && in.arg(1) == 0
}

// height is that of what items are measured on.
func (in *interpreter) height() unit.Length {
	if in.turn == turned {
		return in.page.Width
	}
	return in.page.Height
}

func (in *interpreter) arg(fromEnd int) int64 {
	if fromEnd > len(in.args) {
		return 0
	}
	return micro(in.args[len(in.args)-fromEnd])
}

func (in *interpreter) move(dx, dy int64) {
	in.lineX, in.lineY = in.lineX+dx, in.lineY+dy
	in.x = in.lineX
}

func (in *interpreter) operate(op string) {
	if in.turn == saved && op != "cm" {
		in.foreign("q")
	}
	switch op {
	case "q", "cm", "Q":
		in.graphics(op)
		return
	case "BDC", "BMC":
		in.marks++
		in.mark = in.marks
		in.identify()
	case "EMC":
		in.mark, in.id = 0, -1
	case "BT":
		in.lineX, in.lineY, in.x, in.scale = 0, 0, 0, 1e6
	case "Tf":
		in.size = in.arg(1)
		in.font = nil
		if len(in.args) >= 2 {
			name, _ := in.args[len(in.args)-2].(Name)
			in.setFont(name)
		}
	case "Tc":
		in.spacing = in.arg(1)
	case "TL":
		in.leading = in.arg(1)
	case "Td":
		in.move(in.arg(2), in.arg(1))
	case "TD":
		in.leading = -in.arg(1)
		in.move(in.arg(2), in.arg(1))
	case "Tm":
		in.scale = in.arg(3) // of the y axis
		in.lineX, in.lineY, in.x = in.arg(2), in.arg(1), in.arg(2)
	case "T*":
		in.move(0, -in.leading)
	case "'", "\"":
		in.move(0, -in.leading)
		in.show(in.args)
	case "Tj":
		in.show(in.args)
	case "TJ":
		if len(in.args) > 0 {
			a, _ := in.args[len(in.args)-1].(Array)
			in.show(a)
		}
	case "re":
		in.count(1)
		in.rects = append(in.rects, shown.Rect{X: length(in.arg(4)), Y: in.height() - length(in.arg(3)+in.arg(1)),
			W: length(in.arg(2)), H: length(in.arg(1)), Turned: in.turn == turned})
	case "g":
		v := length(in.arg(1))
		in.color = [3]unit.Length{v, v, v}
	case "rg":
		in.color = [3]unit.Length{length(in.arg(3)), length(in.arg(2)), length(in.arg(1))}
	case "m", "l", "h":
		in.step(op, 1)
	case "c":
		in.step(op, 3)
	case "f":
		in.paint()
	}
	if !slices.Contains(written, op) {
		in.foreign(op)
	}
}

// identify notes the identifier of the marked content that begins.
func (in *interpreter) identify() {
	in.id = -1
	if len(in.args) == 0 {
		return
	}
	if d, ok := in.args[len(in.args)-1].(Dict); ok {
		if id, ok := d["MCID"].(Int); ok && id >= 0 && id < maxContent {
			in.id = int(id)
		}
	}
}

// setFont makes a font of the page the current one.
func (in *interpreter) setFont(name Name) {
	font, known := in.fonts[name]
	if !known {
		if font, in.err = in.file.pageFont(in.page, name); in.err != nil {
			return
		}
		in.fonts[name] = font
		if font != nil {
			for _, key := range font.Foreign {
				in.foreign("/Font " + key)
			}
		}
	}
	in.font = font
}

// count notes that the page shows so many things more.
func (in *interpreter) count(n int) {
	if err := in.file.costs.show(n); err != nil {
		in.err = err
	}
}

// written are the operators of this program's own pages.
var written = []string{"BDC", "EMC", "BT", "ET", "Tf", "Tc", "Td", "Tj", "TJ", "re", "f", "m", "l", "c", "h", "g", "rg"}

// maxSteps bounds one path; the drawings of this program have fewer than a hundred.
const maxSteps = 1 << 16

// step adds a step with its points to the path.
func (in *interpreter) step(op string, points int) {
	if len(in.steps) >= maxSteps {
		in.foreign(op)
		return
	}
	in.count(1)
	in.steps = append(in.steps, op...)
	if op == "h" {
		return
	}
	for i := 2 * points; i > 0; i -= 2 {
		in.points = append(in.points, length(in.arg(i)), in.height()-length(in.arg(i-1)))
	}
}

// paint fills what has been drawn since the last.
func (in *interpreter) paint() {
	if len(in.rects) > 0 && in.color != [3]unit.Length{} {
		in.foreign("rg re")
	}
	in.Rects = append(in.Rects, in.rects...)
	if len(in.steps) > 0 {
		in.Paths = append(in.Paths, shown.Path{Turned: in.turn == turned, Color: in.color, Steps: string(in.steps),
			Points: slices.Clone(in.points), Mark: in.mark, ID: in.id})
	}
	in.rects, in.steps, in.points = nil, in.steps[:0], in.points[:0]
}

// maxForeign bounds what is named of one page.
const maxForeign = 16

func (in *interpreter) foreign(what string) {
	const longest = 40 // of an operator's name, which a stranger may have made up
	what = what[:min(len(what), longest)]
	if len(in.Foreign) < maxForeign && !slices.Contains(in.Foreign, what) {
		in.Foreign = append(in.Foreign, what)
	}
}

// show adds the glyphs of strings and moves by the numbers between them, as TJ does.
func (in *interpreter) show(list []any) {
	if in.color != [3]unit.Length{} {
		in.foreign("rg Tj")
	}
	size := mulDiv(in.size, in.scale, 1e6)
	r := shown.Run{X: length(in.x), Y: in.height() - length(in.lineY), Size: length(size), Font: in.font, Mark: in.mark, ID: in.id,
		Turned: in.turn == turned}
	var text strings.Builder
	for _, o := range list {
		s, ok := o.(String)
		if !ok {
			in.x -= mulDiv(micro(o), size, 1e9)
			if n := len(r.Advances); n > 0 {
				r.Advances[n-1] -= length(mulDiv(micro(o), size, 1e9))
			}
			continue
		}
		if in.font == nil {
			continue
		}
		in.count(1 + len(s))
		for len(s) > 0 && in.err == nil {
			c := int(s[0])
			n := 1
			if in.font.Composite && len(s) > 1 {
				c, n = c<<8|int(s[1]), 2
			}
			s = s[n:]
			advance := mulDiv(in.font.Width(c), size, 1000) + in.spacing
			t := in.font.Text(c)
			r.Codes = append(r.Codes, int32(c))
			for i := range []rune(t) {
				a := length(advance)
				if i > 0 {
					a = 0 // a ligature: the first character has all of its width
				}
				r.Advances = append(r.Advances, a)
			}
			text.WriteString(t)
			in.x += advance
		}
	}
	if r.Text = text.String(); r.Text != "" {
		in.Runs = append(in.Runs, r)
	}
}

// limit keeps values of hostile files far from overflow: a kilometre of paper.
const limit = 3e12

// mulDiv is a·b/c without overflow for what stands on paper; beyond that it is bounded.
func mulDiv(a, b, c int64) int64 {
	a, b = min(max(a, -limit), limit), min(max(b, -limit), limit)
	q, rest := a/c, a%c
	if q != 0 && b != 0 && (q > limit/max(b, -b) || q < -limit/max(b, -b)) {
		return limit
	}
	return q*b + rest*(b/c) + rest*(b%c)/c
}
