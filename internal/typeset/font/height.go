package font

// Height says where ideographs stand: the mean of the middles of some, in thousandths of an em above the baseline.
type Height struct {
	Of     string // the ideographs
	Middle int    // where all faces are to have it
}

// Measure is the height at which a face draws the ideographs, and whether it has any.
func (h *Height) Measure(f *Face) (middle int, ok bool) {
	sum, n := 0, 0
	var o Outline
	for _, r := range h.Of {
		g := f.Glyph(r)
		if g == 0 {
			continue
		}
		o.Points, o.Ends = o.Points[:0], o.Ends[:0]
		f.AppendOutline(&o, g)
		if len(o.Points) == 0 {
			continue
		}
		low, high := o.Points[0].Y, o.Points[0].Y
		for _, p := range o.Points {
			low, high = min(low, p.Y), max(high, p.Y)
		}
		sum, n = sum+int(low)+int(high), n+1
	}
	if n == 0 {
		return 0, false
	}
	return sum * 500 / (n * f.Metrics().UnitsPerEm), true
}

// rise is what a face of the user has to be raised by, about which no manifest knows anything. One whose ideographs are
// nowhere near those of others is not understood and stays as it is.
func (h *Height) rise(f *Face) int {
	const most = 250
	middle, ok := h.Measure(f)
	if by := h.Middle - middle; ok && by <= most && by >= -most {
		return by
	}
	return 0
}
