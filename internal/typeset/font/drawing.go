package font

import (
	"math"
	"slices"
	"sync/atomic"
)

// Drawing is how a family draws a character: in which face of its chain, and how wide. The advance takes 15 bits, the
// number of the face the next 16, and the highest is set.
type Drawing uint32

const (
	noFace   = 0xFFFF
	answered = 1 << 31
)

// Face is the number of the face in the chain, negative when none has the character.
func (d Drawing) Face() int16 { return int16(d >> 15) }

// Advance is the width in thousandths of an em.
func (d Drawing) Advance() int { return int(d & 0x7FFF) }

// drawings are the answers of a family so far, in pages of 256 characters of the basic plane. They are the same whoever
// asks, so that all documents share them; 0 stands where nobody has asked.
type drawings [256]atomic.Pointer[drawingPage]

type drawingPage [256]atomic.Uint32

// Drawing says how the family draws r.
func (f *Family) Drawing(r rune) Drawing {
	if d := f.Known(r); d != 0 {
		return d
	}
	d := Drawing(answered | noFace<<15)
	if face, id := f.Find(r); face != nil {
		d = Drawing(answered | f.number(face)<<15 | min(face.Advance(id), math.MaxInt16))
	}
	if uint32(r) < 0x10000 {
		at := &f.drawings[r>>8]
		if at.Load() == nil {
			at.CompareAndSwap(nil, new(drawingPage))
		}
		at.Load()[r&0xFF].Store(uint32(d))
	}
	return d
}

// Known is the quick half of Drawing, for who asks it for every character of a text: 0 where nobody has asked yet.
func (f *Family) Known(r rune) Drawing {
	if uint32(r) < 0x10000 {
		if p := f.drawings[r>>8].Load(); p != nil {
			return Drawing(p[r&0xFF].Load())
		}
	}
	return 0
}

// number is the number of a face, that of the first link when it stands in several.
func (f *Family) number(face *Face) int {
	return slices.IndexFunc(f.links, func(l link) bool { return l.face == face })
}

// Face is the face of that number.
func (f *Family) Face(number int16) *Face { return f.links[number].face }
