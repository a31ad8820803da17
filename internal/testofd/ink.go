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

const (
	dark  = 100 // below it there is ink
	light = 200 // above it there is none
)

// only counts the pixels of a that are ink, where b has not even a trace of ink within one pixel; x and y are of the first.
// Programs round the size of a page differently: what both have is compared.
func (p *picture) only(b *picture) (n, x, y int) {
	width, height := min(p.width, b.width), min(p.height, b.height)
	for v := range height {
		for u := range width {
			if p.grey[v*p.width+u] >= dark || b.traced(u, v) {
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

// traced reports whether a pixel or one beside it is not white.
func (p *picture) traced(x, y int) bool {
	for v := max(0, y-1); v <= min(p.height-1, y+1); v++ {
		for u := max(0, x-1); u <= min(p.width-1, x+1); u++ {
			if p.grey[v*p.width+u] <= light {
				return true
			}
		}
	}
	return false
}
