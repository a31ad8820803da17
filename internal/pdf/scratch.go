package pdf

import (
	"encoding/binary"
	"hash/adler32"

	"github.com/klauspost/compress/flate"
)

// Memory is where files are made, one after the other: new megabytes for each would cost more than what is written into
// them. The zero Memory is ready and serves one goroutine at a time; whoever makes many files keeps it from one to the next.
// What is written does not depend on what was there before.
type Memory struct {
	scratch
	file []byte // of an earlier file that nobody needs any more
}

// Reuse gives the room of a file that nobody needs any more to the next.
func (m *Memory) Reuse(file []byte) { m.file = file }

// scratch is room for the parts of a file on their way. None of them leaves the package.
type scratch struct {
	content []byte // of all pages
	shell   []byte // fpdf's file
	tmp     []byte // the object being made
	font    []byte // the font being made
	packed  sink   // the stream being made

	marks   []mark
	entries []entry
	streams []objectStream
	blocks  blocks

	deflaters [plainLevel - fontLevel + 1]*flate.Writer // by level less fontLevel
}

// blocks are the parts of the fonts' tables from characters to CIDs; see usedFont.
type blocks struct {
	all   []*[256]uint16
	given int // how many of all are in use
}

// take returns an empty block.
func (k *blocks) take() *[256]uint16 {
	if k.given == len(k.all) {
		k.all = append(k.all, new([256]uint16))
	}
	b := k.all[k.given]
	k.given++
	*b = [256]uint16{}
	return b
}

// sink takes what a compressor writes, which cannot fail.
type sink struct{ b []byte }

func (s *sink) Write(b []byte) (int, error) {
	s.b = append(s.b, b...)
	return len(b), nil
}

// deflater returns the compressor of a level, set to write to m.packed.
func (m *scratch) deflater(level int) *flate.Writer {
	z := m.deflaters[level-fontLevel]
	if z == nil {
		var err error
		if z, err = flate.NewWriter(&m.packed, level); err != nil {
			panic(err) // flate has both levels
		}
		m.deflaters[level-fontLevel] = z
	} else {
		z.Reset(&m.packed)
	}
	return z
}

// zlibHead begins a zlib stream (RFC 1950): deflate with a window of 32 KiB, the fastest way.
const zlibHead = "\x78\x01"

// deflate makes m.packed the zlib stream of data.
func (m *scratch) deflate(data []byte, level int) {
	m.packed.b = append(m.packed.b[:0], zlibHead...)
	m.deflatePart(data, level, true)
	m.packed.b = binary.BigEndian.AppendUint32(m.packed.b, adler32.Checksum(data))
}

// deflatePart appends to m.packed a part of a deflate stream that ends at a byte and refers to nothing before it: the
// last part, or one that others follow.
func (m *scratch) deflatePart(data []byte, level int, last bool) {
	z := m.deflater(level)
	_, _ = z.Write(data)
	if last {
		_ = z.Close()
	} else {
		_ = z.Flush()
	}
}
