package font

import (
	"fmt"
	"math/bits"
	"slices"
)

// File is the font as a file of its own, as programs other than ours take it: the file that it was read from, which must not
// be written to, or what of a collection it is made of.
func (f *Face) File() ([]byte, error) {
	if f.fixed != nil {
		return nil, fmt.Errorf("font %s: it has no outlines", f.name)
	}
	s := f.tables()
	if s.at == 0 {
		return s.file, nil
	}
	out, err := s.alone()
	if err != nil {
		return nil, fmt.Errorf("font %s: %w", f.name, err)
	}
	return out, nil
}

// alone makes a file of a font that is one of several in its own (OpenType, table directory). Its tables stay as they are, in
// their order; only where they begin changes.
func (s *sfnt) alone() ([]byte, error) {
	const header, record = 12, 16
	list := s.file[s.at:]
	n := int(be.Uint16(list[4:]))
	out := slices.Clone(list[:header+record*n]) // directory made sure that it is whole
	if n > 0 {
		fit := record << (bits.Len(uint(n)) - 1) // what some readers hold against the count: the largest power of two in it
		be.PutUint16(out[6:], uint16(fit))
		be.PutUint16(out[8:], uint16(bits.Len(uint(n))-1))
		be.PutUint16(out[10:], uint16(record*n-fit))
	}
	for i := range n {
		rec := out[header+record*i:][:record]
		off, size := uint64(be.Uint32(rec[8:])), uint64(be.Uint32(rec[12:]))
		if off+size > uint64(len(s.file)) {
			return nil, fmt.Errorf("table %q reaches beyond the end of the file", rec[:4])
		}
		be.PutUint32(rec[8:], uint32(len(out)))
		out = append(out, s.file[off:off+size]...)
		out = append(out, make([]byte, -len(out)&3)...)
	}
	return out, nil
}
