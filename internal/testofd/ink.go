package testofd

import (
	"bytes"
	"fmt"
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

// The strengths of what is missed: black where there is not even grey; grey, as the thinnest rules are drawn, where there is
// nothing; and an area of a tint where there is white. A tint at an edge is no area: programs draw white lines between the
// parts of a chart wider or thinner.
const (
	black, greyish = 100, 200
	grey, trace    = 180, 240
	tint, white    = 220, 250
)

// only counts the pixels of p that are ink, where b has not even a trace of ink within one pixel; x and y are of the first.
// Programs round the size of a page differently: what both have is compared.
func (p *picture) only(b *picture) (n, x, y int) {
	width, height := min(p.width, b.width), min(p.height, b.height)
	missed := func(u, v int, here byte) bool {
		beside, _ := b.around(u, v)
		if here < black && beside > greyish || here < grey && beside > trace {
			return true
		}
		if here >= tint || beside <= white {
			return false
		}
		_, lightest := p.around(u, v)
		return lightest < tint
	}
	for v := range height {
		for u, here := range p.grey[v*p.width:][:width] {
			if here >= tint || !missed(u, v, here) {
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

// around are the darkest and the lightest of a pixel and those beside it.
func (p *picture) around(x, y int) (darkest, lightest byte) {
	darkest = 255
	for v := max(0, y-1); v <= min(p.height-1, y+1); v++ {
		for u := max(0, x-1); u <= min(p.width-1, x+1); u++ {
			darkest, lightest = min(darkest, p.grey[v*p.width+u]), max(lightest, p.grey[v*p.width+u])
		}
	}
	return darkest, lightest
}
