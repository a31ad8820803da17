package opendata

import (
	"bufio"
	"cmp"
	"encoding/csv"
	"errors"
	"hash"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/klauspost/compress/flate"
)

// inflater unpacks one file after the other.
type inflater struct{ r io.ReadCloser }

func (x *inflater) open(r io.Reader) (io.Reader, error) {
	if x.r == nil {
		x.r = flate.NewReader(r)
		return x.r, nil
	}
	return x.r, x.r.(flate.Resetter).Reset(r, nil)
}

// counted counts what is written and sums it.
type counted struct {
	w   io.Writer
	sum hash.Hash
	n   int64
}

func (c *counted) Write(b []byte) (int, error) {
	c.sum.Write(b) // a hash takes all
	n, err := c.w.Write(b)
	c.n += int64(n)
	return n, err
}

// head is the head of a joined file, as those of the departments are.
func (f *joined) head() []byte {
	var columns []column
	for _, c := range f.resource.Schema.Fields {
		columns = append(columns, column{name: c.Name})
	}
	return newSheet("", "", "", columns).b
}

// rowReader copies the rows of a file.
type rowReader struct{ b *bufio.Reader }

// copy leaves out the head: names of columns have no line feeds.
func (x *rowReader) copy(w io.Writer, r io.Reader) error {
	const room = 64 << 10
	if x.b == nil {
		x.b = bufio.NewReaderSize(r, room)
	}
	x.b.Reset(r)
	for {
		_, err := x.b.ReadSlice('\n')
		if err == nil {
			break
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return err // even a file without rows has a head
		}
	}
	_, err := x.b.WriteTo(w)
	return err
}

// rowSet are the rows of a list, each once.
type rowSet struct {
	columns  []column
	distinct int
	order    int // the column of numbers that puts them in order, -1 for none
	rows     map[string][]string
}

func newRowSet(f *joined) *rowSet {
	s := &rowSet{distinct: f.distinct, order: -1, rows: map[string][]string{}}
	for i, c := range f.resource.Schema.Fields {
		s.columns = append(s.columns, column{name: c.Name})
		if c.Name == "order" {
			s.order = i
		}
	}
	return s
}

func (s *rowSet) take(r io.Reader) error {
	c := csv.NewReader(r)
	c.FieldsPerRecord = len(s.columns)
	c.ReuseRecord = true
	if _, err := c.Read(); err != nil {
		return err
	}
	for {
		row, err := c.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		key := strings.Join(row[:s.distinct], "\x00")
		if s.rows[key] == nil {
			s.rows[key] = slices.Clone(row)
		}
	}
}

// bytes are the rows in the order of their keys, or of the column that numbers them.
func (s *rowSet) bytes() []byte {
	keys := make([]string, 0, len(s.rows))
	for k := range s.rows {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b string) int { return cmp.Or(cmp.Compare(s.place(a), s.place(b)), cmp.Compare(a, b)) })
	t := newSheet("", "", "", s.columns)
	head := len(t.b)
	for _, k := range keys {
		t.put(s.rows[k]...).end()
	}
	return t.b[head:]
}

func (s *rowSet) place(key string) int {
	if s.order < 0 {
		return 0
	}
	n, _ := strconv.Atoi(s.rows[key][s.order]) // what is no number stands first
	return n
}
