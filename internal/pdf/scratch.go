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

	deflaters [10 - zlib.HuffmanOnly]*zlib.Writer // by level less HuffmanOnly
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

// deflate appends the zlib stream of data to dst. The level is one that zlib has.
func (m *scratch) deflate(dst, data []byte, level int) []byte {
	buf := bytes.NewBuffer(dst)
	z := m.deflaters[level-zlib.HuffmanOnly]
	if z == nil {
		var err error
		if z, err = zlib.NewWriterLevel(buf, level); err != nil {
			panic(err) // Write has checked the level
		}
		m.deflaters[level-zlib.HuffmanOnly] = z
	} else {
		z.Reset(buf)
	}
	// Writes to a bytes.Buffer cannot fail.
	_, _ = z.Write(data)
	_ = z.Close()
	return buf.Bytes()
}
