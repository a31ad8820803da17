package pdf

import (
	"bytes"

	"github.com/klauspost/compress/zlib"
)

// scratch is memory for the parts of a file on their way, handed on from one document to the next: new megabytes for
// each would cost more than what is written into them. What is written does not depend on what was there before.
type scratch struct {
	content []byte // of all pages
	shell   []byte // fpdf's file
	out     []byte // our file
	tmp     []byte // the object being made
	font    []byte // the font being made
	packed  []byte // the stream being made

	deflaters [plainLevel - fontLevel + 1]*zlib.Writer // by level less fontLevel
}

// scratches are at rest. A sync.Pool would lose them at every garbage collection, which comes about once a document.
var scratches = make(chan *scratch, 64)

func takeScratch() *scratch {
	select {
	case m := <-scratches:
		return m
	default:
		return new(scratch)
	}
}

func (m *scratch) release() {
	select {
	case scratches <- m:
	default:
	}
}

// deflater returns the compressor of a level, set to write to buf.
func (m *scratch) deflater(buf *bytes.Buffer, level int) *zlib.Writer {
	z := m.deflaters[level-fontLevel]
	if z == nil {
		var err error
		if z, err = zlib.NewWriterLevel(buf, level); err != nil {
			panic(err) // zlib has both levels
		}
		m.deflaters[level-fontLevel] = z
	} else {
		z.Reset(buf)
	}
	return z
}

// deflate appends the zlib stream of data to dst. Writes to a bytes.Buffer cannot fail.
func (m *scratch) deflate(dst, data []byte, level int) []byte {
	buf := bytes.NewBuffer(dst)
	z := m.deflater(buf, level)
	_, _ = z.Write(data)
	_ = z.Close()
	return buf.Bytes()
}

// What a zlib stream (RFC 1950) has around its deflate stream.
const (
	zlibHead = 2
	zlibTail = 4
)

// deflatePart appends a part of a deflate stream that ends at a byte and refers to nothing before it: the last part, or
// one that others follow.
func (m *scratch) deflatePart(dst, data []byte, level int, last bool) []byte {
	buf := bytes.NewBuffer(dst)
	z := m.deflater(buf, level)
	_, _ = z.Write(data)
	cut := 0
	if last {
		_ = z.Close()
		cut = zlibTail
	} else {
		_ = z.Flush()
	}
	b, at := buf.Bytes(), len(dst)
	n := copy(b[at:], b[at+zlibHead:len(b)-cut])
	return b[:at+n]
}
