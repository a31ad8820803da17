package main

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"yusuan/internal/typeset/font"
	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/unit"
)

// least is how far down a page should be filled, in thousandths of the text area.
const least = 400

// fill looks at how far a page is filled.
func (r *report) fill(d *document, i int) {
	p := &d.pages.Pages[i]
	if d.aside(i) || p.Area.H <= 0 {
		return
	}
	share := int((bottom(p) - p.Area.Y) * 1000 / p.Area.H)
	share = max(share, 0)
	if share < least {
		r.add(shortPages, d, i, fmt.Sprintf("%d %% full: %s", share/10, begins(p)))
	}
	if n := lines(p); n <= 2 && len(p.Paths) == 0 {
		r.add(fewLines, d, i, fmt.Sprintf("%d lines: %s", n, begins(p)))
	}
}

// feet looks at the feet of pages whose text goes on.
func (r *report) feet(d *document, prose []passage) {
	var above *source
	var y unit.Length
	on := -1
	for i := range prose {
		s := prose[i].source
		for k := range prose[i].lines {
			l := &prose[i].lines[k]
			if l.page == on+1 && s != nil && above != nil && s.run == above.run && (k > 0 || !s.keep) && begin(&d.pages.Pages[l.page], l.y) {
				p := &d.pages.Pages[on]
				room := p.Area.Y + p.Area.H + unit.Pt - bottom(p)
				if n := int(room / max(1, s.pitch)); n > 1 && bottom(p) < y+s.pitch/2 {
					r.add(feet, d, on, fmt.Sprintf("%d blank lines before: %s", n, l.text()))
				}
			}
			above, y, on = s, l.y, l.page
		}
	}
}

// begin reports whether nothing stands on a page above a height.
func begin(p *page.Page, y unit.Length) bool {
	for i := range p.Texts {
		if t := &p.Texts[i]; t.Elem >= 0 && t.Y < y-t.Size {
			return false
		}
	}
	for _, r := range p.Rules {
		if r.Y < y {
			return false
		}
	}
	return len(p.Paths) == 0
}

// aside reports whether a page is a cover or the title of a part: those are not meant to be filled.
func (d *document) aside(i int) bool {
	p := &d.pages.Pages[i]
	titles, contents := true, false
	for k := range p.Texts {
		if e := p.Texts[k].Elem; e >= 0 {
			kind := d.pages.Elems[e].Kind
			titles = titles && kind >= page.KindH1 && kind <= page.KindH4
			contents = contents || kind == page.KindLink
		}
	}
	if titles && len(p.Rules) == 0 && len(p.Paths) == 0 {
		return true
	}
	if contents {
		return false
	}
	for k := range i + 1 {
		if d.pages.Pages[k].Label != "" {
			return false
		}
	}
	return true
}

// descent is what of an ideographic em box hangs below the baseline, in thousandths.
const descent = 120

// bottom is where the last ink of a page ends, its number aside.
func bottom(p *page.Page) unit.Length {
	var y unit.Length
	for i := range p.Texts {
		if t := &p.Texts[i]; t.Elem != page.ArtifactFooter && strings.TrimSpace(t.Text) != "" {
			y = max(y, t.Y+t.Size.Milli(descent))
		}
	}
	for _, r := range p.Rules {
		if r.Y <= p.Area.Y+p.Area.H+unit.Pt*10 {
			y = max(y, r.Y+r.H)
		}
	}
	for i := range p.Paths {
		for _, s := range p.Paths[i].Segments {
			y = max(y, s.To.Y)
		}
	}
	return y
}

// lines counts the lines of text of a page, its number aside.
func lines(p *page.Page) int {
	var ys []unit.Length
	for i := range p.Texts {
		if t := &p.Texts[i]; t.Elem != page.ArtifactFooter && strings.TrimSpace(t.Text) != "" {
			ys = append(ys, t.Y)
		}
	}
	slices.Sort(ys)
	n := 0
	for i, y := range ys {
		if i == 0 || y-ys[i-1] > 3*unit.Pt {
			n++
		}
	}
	return n
}

// begins is the first words of a page.
func begins(p *page.Page) string {
	text := []rune{}
	for i := range p.Texts {
		if p.Texts[i].Elem != page.ArtifactFooter {
			text = append(text, []rune(p.Texts[i].Text)...)
		}
	}
	return string(text[:min(24, len(text))])
}

// numbers looks at where page numbers stand on their sheets: how far from the outer edge, how far above the foot.
func (r *report) numbers(d *document) {
	met := map[string][]int{}
	for i := range d.pages.Pages {
		p := &d.pages.Pages[i]
		if where, ok := numberPlace(p); ok {
			met[where] = append(met[where], i)
		}
		below, ok := dashBelow(p)
		if off := mm(below) - 700; ok {
			r.most(dash, d, i, max(off, -off), fmt.Sprintf("the dash begins %s mm below the text area", hundredths(mm(below))))
		}
	}
	for _, where := range slices.Sorted(maps.Keys(met)) {
		on := met[where]
		r.add(places, d, on[0], fmt.Sprintf("%s, on %d pages", where, len(on)))
	}
}

// numberPlace says where the number of a page stands on the sheet.
func numberPlace(p *page.Page) (string, bool) {
	var at page.Rule
	found := false
	for i := range p.Texts {
		t := &p.Texts[i]
		if t.Elem != page.ArtifactFooter {
			continue
		}
		box := page.Rule{X: t.X, Y: t.Y - t.Size.Milli(1000-descent), H: t.Size}
		for _, a := range t.Advances {
			box.W += a
		}
		if !t.Upright {
			box = p.OnSheet(box)
		}
		if !found {
			at, found = box, true
			continue
		}
		right, foot := max(at.X+at.W, box.X+box.W), max(at.Y+at.H, box.Y+box.H)
		at.X, at.Y = min(at.X, box.X), min(at.Y, box.Y)
		at.W, at.H = right-at.X, foot-at.Y
	}
	if !found {
		return "", false
	}
	foot := hundredths(mm(p.Height - at.Y - at.H))
	area := p.OnSheet(p.Area)
	if off := 2*at.X + at.W - 2*area.X - area.W; max(off, -off) <= 2*unit.Pt {
		return "in the middle, " + foot + " mm above the foot", true
	}
	edge := at.X
	if n, err := strconv.Atoi(p.Label); err == nil && n%2 == 1 {
		edge = p.Width - at.X - at.W
	}
	return fmt.Sprintf("%s mm from the outer edge, %s mm above the foot", hundredths(mm(edge)), foot), true
}

// dashBelow is how far below the text area of its sheet the ink of the dash beside a page number begins, if it has one: a
// character or a rule.
func dashBelow(p *page.Page) (unit.Length, bool) {
	area := p.OnSheet(p.Area)
	foot := area.Y + area.H
	for i := range p.Texts {
		t := &p.Texts[i]
		if t.Elem != page.ArtifactFooter || p.Turned && !t.Upright {
			continue
		}
		for _, r := range t.Text {
			if strings.ContainsRune("—–―─-−", r) {
				return t.Y - inkTop(t.Face, r, t.Size) - foot, true
			}
		}
	}
	for _, r := range p.Rules {
		if r = p.OnSheet(r); r.Y > foot+10*unit.Pt && r.W > r.H {
			return r.Y - foot, true
		}
	}
	return 0, false
}

// inkTop is how far above the baseline the ink of a character reaches.
func inkTop(f *font.Face, r rune, size unit.Length) unit.Length {
	var o font.Outline
	f.AppendOutline(&o, f.Glyph(r))
	if len(o.Points) == 0 {
		return 0
	}
	top := o.Points[0].Y
	for _, p := range o.Points {
		top = max(top, p.Y)
	}
	return size * unit.Length(top) / unit.Length(f.Metrics().UnitsPerEm)
}
