package batch

import (
	"encoding/json"
	"fmt"
	"io"
	"sync"
)

// Shelf keeps the facts of records in a file: of ten thousand departments they would take tens of megabytes for hours, and are
// asked for at the end. It serves many goroutines. A nil Shelf keeps nothing, and facts stay with their records.
type Shelf struct {
	file interface {
		io.Writer
		io.ReaderAt
	}
	mu   sync.Mutex
	end  int64
	full bool // the file takes no more; what comes stays with its record
	err  error
}

// NewShelf is a shelf in an empty file that is written from its beginning.
func NewShelf(file interface {
	io.Writer
	io.ReaderAt
}) *Shelf {
	return &Shelf{file: file}
}

// Err is the first trouble of reading what was kept. The facts of that record are missing from all that was made since.
func (s *Shelf) Err() error {
	if s == nil {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.err
}

// put keeps bytes and says where; false where it cannot.
func (s *Shelf) put(b []byte) (at int64, ok bool) {
	if s == nil {
		return 0, false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.full {
		return 0, false
	}
	at = s.end
	n, err := s.file.Write(b)
	s.end += int64(n)
	s.full = err != nil
	return at, err == nil
}

// get is what was kept at a place; nil where it cannot be read.
func (s *Shelf) get(at int64, n int) []byte {
	b := make([]byte, n)
	if _, err := s.file.ReadAt(b, at); err != nil {
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.err == nil {
			s.err = fmt.Errorf("batch: facts of a record: %w", err)
		}
		return nil
	}
	return b
}

// kept is the facts of a record at rest: on a shelf, packed in memory, or as a file had them.
type kept struct {
	core, more packed // what most questions are about, and the rest, which the tables of the district alone ask for
	plain      []byte // JSON that has the facts among other fields, of a record that was just read
	shelf      *Shelf
	at         int64
	n          int
}

// keep puts facts on a shelf, or packs them where there is none.
func (f *Facts) keep(s *Shelf) kept { return kept{plain: plainJSON(f)}.on(s) }

// on moves what is plain to a shelf, or packs it.
func (k kept) on(s *Shelf) kept {
	if k.plain == nil {
		return k
	}
	if string(k.plain) == "{}" {
		return kept{}
	}
	if at, ok := s.put(k.plain); ok {
		return kept{shelf: s, at: at, n: len(k.plain)}
	}
	f := k.facts()
	core, more := f.pack()
	return kept{core: core, more: more}
}

// facts are all of them.
func (k *kept) facts() (f Facts) {
	k.into(&f)
	if k.more != nil {
		k.more.into(&f)
	}
	return f
}

// coreFacts are those that are not of the district's tables alone: the others take long to read.
type coreFacts struct {
	Units   []Unit   `json:"units"`
	Parts   []Part   `json:"parts"`
	Figures []Figure `json:"figures"`
	Prior   []Figure `json:"prior"`
}

func (k *kept) coreFacts() (f Facts) {
	if k.core != nil {
		k.core.into(&f)
		return f
	}
	var c coreFacts
	k.into(&c)
	return Facts{Units: c.Units, Parts: c.Parts, Figures: c.Figures, Prior: c.Prior}
}

// into reads what is plain, on the shelf or packed as the core.
func (k *kept) into(to any) {
	raw := k.plain
	switch {
	case k.shelf != nil:
		raw = k.shelf.get(k.at, k.n)
	case raw == nil:
		if f, ok := to.(*Facts); ok && k.core != nil {
			k.core.into(f)
		}
		return
	}
	if raw == nil {
		return // Err tells
	}
	if err := json.Unmarshal(raw, to); err != nil {
		panic("batch: " + err.Error()) // it was JSON when it was kept
	}
}
