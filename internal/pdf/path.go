package pdf

import (
	"fmt"

	"yusuan/internal/typeset/page"
)

// drawPaths fills the paths of a page, those of one element in sequence as one piece of marked content, and leaves the
// colour black, which texts and rules rely on.
func (w *drawer) drawPaths(paths []page.Path, index int32) error {
	for i := range paths {
		p := &paths[i]
		if len(p.Segments) == 0 || p.Segments[0].Step != page.Move {
			return fmt.Errorf("a path that does not begin with a move")
		}
		if i == 0 || p.Elem != paths[i-1].Elem {
			if i > 0 {
				w.data = append(w.data, "EMC\n"...)
			}
			if err := w.openMark(p.Elem, index); err != nil {
				return err
			}
		}
		if i == 0 || p.Color != paths[i-1].Color {
			w.setColor(p.Color)
		}
		for k := range p.Segments {
			w.drawSegment(&p.Segments[k], k == 0)
		}
		w.data = append(w.data, "h f\n"...)
	}
	if len(paths) > 0 {
		w.data = append(w.data, "EMC 0 g\n"...)
	}
	return nil
}

// setColor sets the colour of fillings: greys in DeviceGray, so that presses print them with black ink alone, others in
// DeviceRGB. The output intent explains both. Three decimals tell all 256 levels apart.
func (w *drawer) setColor(c page.Color) {
	levels, operator := []uint8{c.R, c.G, c.B}, "rg\n"
	if c.R == c.G && c.G == c.B {
		levels, operator = levels[:1], "g\n"
	}
	for _, v := range levels {
		w.data = append(appendDecimal(w.data, divRound(int64(v)*1000, 255), 3), ' ')
	}
	w.data = append(w.data, operator...)
}

func (w *drawer) drawSegment(s *page.Segment, first bool) {
	switch s.Step {
	case page.Move:
		if !first {
			w.data = append(w.data, "h "...)
		}
		w.point(s.To)
		w.data = append(w.data, 'm', ' ')
	case page.Line:
		w.point(s.To)
		w.data = append(w.data, 'l', ' ')
	case page.Curve:
		w.point(s.C[0])
		w.point(s.C[1])
		w.point(s.To)
		w.data = append(w.data, 'c', ' ')
	}
}

func (w *drawer) point(p page.Point) {
	w.data = append(appendLength(w.data, p.X), ' ')
	w.data = append(appendLength(w.data, w.height-p.Y), ' ')
}
