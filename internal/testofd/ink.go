package testofd

import (
	"bytes"
	"fmt"
	"slices"
)

// picture is a page of grey pixels.
type picture struct {
	width, height int
	grey          []byte
}

// readPGM reads a binary PGM without comments.
func readPGM(raw []byte) (*picture, error) {
	var p picture
	var most int
	if n, err := fmt.Sscanf(string(raw[:min(40, len(raw))]), "P5\n%d %d\n%d", &p.width, &p.height, &most); n != 3 || most != 255 {
		return nil, fmt.Errorf("no PGM of bytes: %w", err)
	}
	head := 0
	for range 3 {
		head += bytes.IndexByte(raw[head:], '\n') + 1
	}
	if p.grey = raw[head:]; len(p.grey) != p.width*p.height {
		return nil, fmt.Errorf("%d pixels of %d by %d", len(p.grey), p.width, p.height)
	}
	return &p, nil
}

// strengths are what counts as ink, and beside what it is missed: black where there is not even grey, and grey, as the thinnest
// rules are drawn, where there is nothing.
func strengths() []strength { return []strength{{100, 200}, {180, 240}, {220, 250}} }

type strength struct{ ink, trace byte }

// only counts the pixels of p that are ink, where b has not even a trace of ink within one pixel; x and y are of the first.
// Programs round the size of a page differently: what both have is compared.
func (p *picture) only(b *picture) (n, x, y int) {
	width, height := min(p.width, b.width), min(p.height, b.height)
	levels := strengths()
	missed := func(grey, beside byte) bool {
		return slices.ContainsFunc(levels, func(s strength) bool { return grey < s.ink && beside > s.trace })
	}
	for v := range height {
		for u, grey := range p.grey[v*p.width:][:width] {
			if grey >= levels[len(levels)-1].ink || !missed(grey, b.darkest(u, v)) {
				continue
			}
			if n == 0 {
				x, y = u, v
			}
			n++
		}
	}
	return n, x, y
}

// darkest is the darkest of a pixel and those beside it.
func (p *picture) darkest(x, y int) byte {
	out := byte(255)
	for v := max(0, y-1); v <= min(p.height-1, y+1); v++ {
		for u := max(0, x-1); u <= min(p.width-1, x+1); u++ {
			out = min(out, p.grey[v*p.width+u])
		}
	}
	return out
}
