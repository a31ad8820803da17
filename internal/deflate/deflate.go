// Package deflate compresses (RFC 1951) for those who write files that must be the same everywhere and always. What is
// packed once is carried by files of several formats, so all of them compress alike.
package deflate

import (
	"bytes"
	"encoding/binary"
	"hash/adler32"
	"slices"

	"github.com/klauspost/compress/flate"
)

// Levels. In fonts repetitions are rare: Huffman codes alone are faster and little larger.
const (
	Huffman = flate.HuffmanOnly
	Fast    = 1
	best    = 9
)

// Stream is where streams are made, one after the other. The zero Stream is ready and serves one goroutine at a time; its
// compressors, which take more to make than to use, are kept from one stream to the next.
type Stream struct {
	B []byte // what was made

	writers [best - Huffman + 1]*flate.Writer // by level less Huffman
}

// sink takes what a compressor writes, which cannot fail.
type sink struct{ to *Stream }

func (s sink) Write(b []byte) (int, error) {
	s.to.B = append(s.to.B, b...)
	return len(b), nil
}

// writer returns the compressor of a level.
func (s *Stream) writer(level int) *flate.Writer {
	z := s.writers[level-Huffman]
	if z == nil {
		var err error
		if z, err = flate.NewWriter(sink{s}, level); err != nil {
			panic(err) // flate has all levels
		}
		s.writers[level-Huffman] = z
	} else {
		z.Reset(sink{s})
	}
	return z
}

// Part appends a part of a stream that ends at a byte and refers to nothing before it: the last part, or one that others
// follow.
func (s *Stream) Part(data []byte, level int, last bool) {
	z := s.writer(level)
	_, _ = z.Write(data)
	if last {
		_ = z.Close()
	} else {
		_ = z.Flush()
	}
}

// Piece compresses data as a part that many streams carry, while one is under way.
func (s *Stream) Piece(data []byte) []byte {
	before := s.B
	s.B = nil
	s.Part(data, Fast, false)
	piece := s.B
	s.B = before
	return slices.Clip(piece)
}

// ZlibHead begins a zlib stream (RFC 1950): deflate with a window of 32 KiB, the fastest way.
const ZlibHead = "\x78\x01"

// sumSize is the length of the sum at the end of a zlib stream.
const sumSize = 4

// Zlib makes B the zlib stream of data.
func (s *Stream) Zlib(data []byte, level int) {
	s.B = append(s.B[:0], ZlibHead...)
	s.Part(data, level, true)
	s.B = binary.BigEndian.AppendUint32(s.B, adler32.Checksum(data))
}

// Raw is what a zlib stream of ours has between its head and its sum; ok is false for a stream of others.
func Raw(zlib []byte) (raw []byte, ok bool) {
	if len(zlib) < len(ZlibHead)+sumSize || !bytes.HasPrefix(zlib, []byte(ZlibHead)) {
		return nil, false
	}
	return zlib[len(ZlibHead) : len(zlib)-sumSize], true
}
