package grid

import (
	"encoding/binary"
	"unicode/utf16"
)

// cursor reads the fields of a record, and of those that go on with it. What is beyond the end is zero and makes it bad.
type cursor struct {
	b    []byte
	more [][]byte
	bad  bool
}

// done reports whether all is read, and goes on to the next record where this one is.
func (c *cursor) done() bool {
	for len(c.b) == 0 {
		if len(c.more) == 0 {
			return true
		}
		c.b, c.more = c.more[0], c.more[1:]
	}
	return false
}

func (c *cursor) u8() int {
	if c.done() {
		c.bad = true
		return 0
	}
	v := c.b[0]
	c.b = c.b[1:]
	return int(v)
}

func (c *cursor) u16() int {
	low := c.u8()
	return low | c.u8()<<8
}

func (c *cursor) u32() int {
	low := c.u16()
	return low | c.u16()<<16
}

// eight are the next eight bytes, which do not go over into another record.
func (c *cursor) eight() uint64 {
	if len(c.b) < 8 {
		c.bad = true
		return 0
	}
	v := binary.LittleEndian.Uint64(c.b)
	c.b = c.b[8:]
	return v
}

func (c *cursor) skip(n int) {
	for n > 0 {
		if c.done() {
			c.bad = true
			return
		}
		k := min(n, len(c.b))
		c.b, n = c.b[k:], n-k
	}
}

// text reads a text of n UTF-16 units: its flags, its characters in one or two bytes each, and behind it what it says of fonts
// and pronunciation. Where the characters go over into another record, that one begins with the flags anew.
func (c *cursor) text(n int) string {
	const wide, phonetic, rich = 1, 4, 8
	flags := c.u8()
	behind := 0
	if flags&rich != 0 {
		behind = 4 * c.u16()
	}
	if flags&phonetic != 0 {
		behind += c.u32()
	}
	units := make([]uint16, 0, min(n, len(c.b)+1))
	for len(units) < n && !c.bad {
		if len(c.b) == 0 {
			if c.done() {
				c.bad = true
				break
			}
			flags = c.u8()
		}
		if flags&wide == 0 {
			k := min(n-len(units), len(c.b))
			for _, x := range c.b[:k] {
				units = append(units, uint16(x))
			}
			c.b = c.b[k:]
			continue
		}
		if len(c.b) == 1 { // half a character
			c.bad = true
			break
		}
		for len(units) < n && len(c.b) > 1 {
			units = append(units, binary.LittleEndian.Uint16(c.b))
			c.b = c.b[2:]
		}
	}
	c.skip(behind)
	return string(utf16.Decode(units))
}
