//go:build amd64 || arm64

package pdfium

import (
	"yusuan/internal/read/paper"
	"yusuan/internal/typeset/unit"
)

const (
	thin     = 22 * unit.Pt / 10 // a box of this height is a rule, a higher one is shading
	straight = unit.Pt           // what departs less from a straight line is one
	crumb    = unit.Pt / 2       // what is shorter is none
)

// pen draws paths, and keeps what looks like a rule.
type pen struct {
	rules           []Rule
	filled, stroked bool
	clip            paper.Box
	at, start       [2]unit.Length
	box             paper.Box // of the part since start
	points          int
	curved          bool
}

func (p *pen) begin(filled, stroked bool, clip paper.Box) {
	p.filled, p.stroked, p.clip, p.points, p.curved = filled, stroked, clip, 0, false
}

func (p *pen) move(x, y unit.Length) {
	p.end()
	p.at = [2]unit.Length{x, y}
	p.start, p.points, p.curved = p.at, 1, false
	p.box = paper.Box{Left: x, Top: y, Right: x, Bottom: y}
}

// to moves on, having drawn something.
func (p *pen) to(x, y unit.Length) {
	p.at = [2]unit.Length{x, y}
	p.points++
	p.box = reach(p.box, x, y)
}

func (p *pen) line(x, y unit.Length) {
	if p.points == 0 {
		p.move(x, y)
		return
	}
	if p.stroked {
		p.stroke(p.at[0], p.at[1], x, y)
	}
	p.to(x, y)
}

func (p *pen) curve(x, y unit.Length) {
	if p.points == 0 {
		p.move(x, y)
	}
	p.curved = true
	p.to(x, y)
}

func (p *pen) close() {
	if p.points > 1 && p.stroked {
		p.stroke(p.at[0], p.at[1], p.start[0], p.start[1])
	}
	p.at = p.start
}

// end fills what was drawn since it began.
func (p *pen) end() {
	if p.filled && p.points > 1 && !p.curved {
		p.area(p.box, p.clip)
	}
	p.points = 0
}

// stroke keeps a line that lies or stands.
func (p *pen) stroke(x0, y0, x1, y1 unit.Length) {
	x0, x1, y0, y1 = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
	switch {
	case y1-y0 < straight && x1-x0 > crumb:
		p.lying((y0+y1)/2, x0, x1, p.clip)
	case x1-x0 < straight && y1-y0 > crumb:
		p.standing((x0+x1)/2, y0, y1, p.clip)
	}
}

// area keeps a box that is so thin that it is a rule; one that is small both ways is where two of them meet.
func (p *pen) area(b, clip paper.Box) {
	w, h := b.Right-b.Left, b.Bottom-b.Top
	if h <= thin {
		p.lying((b.Top+b.Bottom)/2, b.Left, b.Right, clip)
	}
	if w <= thin {
		p.standing((b.Left+b.Right)/2, b.Top, b.Bottom, clip)
	}
}

func (p *pen) lying(at, from, to unit.Length, clip paper.Box) {
	if from, to = max(from, clip.Left), min(to, clip.Right); to > from && clip.Top-straight <= at && at <= clip.Bottom+straight {
		p.rules = append(p.rules, Rule{At: at, From: from, To: to})
	}
}

func (p *pen) standing(at, from, to unit.Length, clip paper.Box) {
	if from, to = max(from, clip.Top), min(to, clip.Bottom); to > from && clip.Left-straight <= at && at <= clip.Right+straight {
		p.rules = append(p.rules, Rule{Upright: true, At: at, From: from, To: to})
	}
}
