package batch

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"sync"
	"testing"

	"yusuan/internal/testdept"
)

// memoryFile is a file whose disk may be full, or broken.
type memoryFile struct {
	mu sync.Mutex // as files have it, which may be read while they are written
	bytes.Buffer
	room   int
	broken error
}

func (f *memoryFile) Write(b []byte) (int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.Len()+len(b) > f.room {
		return 0, io.ErrShortWrite
	}
	return f.Buffer.Write(b)
}

func (f *memoryFile) ReadAt(b []byte, at int64) (int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.broken != nil {
		return 0, f.broken
	}
	return bytes.NewReader(f.Bytes()).ReadAt(b, at)
}

// TestShelf: what a run says and remembers is the same wherever the facts of its records are: in memory, in a file, or part of
// them in a file that took no more.
func TestShelf(t *testing.T) {
	m := districtOf(12, testdept.Member)
	said := func(shelf *Shelf) (summary string, records []Record) {
		d := newDisk()
		b := batchOf(t, m, d)
		b.Shelf = shelf
		records = run1(t, b)
		for i := range records {
			records[i].Millis = 0
		}
		s := &Summary{Departments: records}
		s.Count()
		s.District(nil, nil, "", 1)
		return text(s), records
	}
	want, plain := said(nil)
	for _, room := range []int{1 << 30, 20_000, 0} {
		file := &memoryFile{room: room}
		got, records := said(NewShelf(file))
		if got != want {
			t.Errorf("with a shelf of %d bytes another summary", room)
		}
		on := 0
		for i := range records {
			if records[i].facts.shelf != nil {
				on++
			}
			if !reflect.DeepEqual(records[i].core(), plain[i].core()) {
				t.Errorf("%s: other facts with a shelf of %d bytes", records[i].Department, room)
			}
		}
		if room == 0 && on > 0 || room == 1<<30 && on < len(records) || room == 20_000 && (on == 0 || on == len(records)) {
			t.Errorf("%d of %d records on a shelf of %d bytes", on, len(records), room)
		}
	}
	file := &memoryFile{room: 1 << 30}
	back, err := ReadSummary(bytes.NewReader([]byte(want)), NewShelf(file))
	if err != nil || text(back) != want || file.Len() == 0 {
		t.Errorf("a summary read onto a shelf says something else, %d bytes, %v", file.Len(), err)
	}
}

// TestShelfBreaks: what cannot be read again is told, once and for all.
func TestShelfBreaks(t *testing.T) {
	file := &memoryFile{room: 1 << 20}
	s := NewShelf(file)
	r := Record{facts: (&Facts{Pack: "a"}).keep(s)}
	if r.Facts().Pack != "a" || s.Err() != nil {
		t.Fatal("not kept")
	}
	file.broken = errors.New("the share is gone")
	if r.Facts().Pack != "" || !errors.Is(s.Err(), file.broken) {
		t.Errorf("told %v", s.Err())
	}
	file.broken = nil
	if r.Facts().Pack != "a" || s.Err() == nil {
		t.Error("what was missing is forgotten")
	}
}

// TestRecordsThatAreNone: a file that somebody wrote into is refused, whatever keeps its facts.
func TestRecordsThatAreNone(t *testing.T) {
	for _, raw := range []string{`{"department":"a","units":3}`, `{"department":"a","parts":[{"amount":"x"}]}`, `{"department":1}`} {
		var r Record
		if err := json.Unmarshal([]byte(raw), &r); err == nil {
			t.Errorf("%s is a record", raw)
		}
	}
}
