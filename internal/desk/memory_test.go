package desk

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"testing"
)

// heap is what is held after all that nobody holds was given back, in KiB.
func heap() int {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int(m.HeapAlloc >> 10)
}

// TestMemory: who edits for hours holds the document, a little for each step that may be taken back, and nothing else.
func TestMemory(t *testing.T) {
	for _, c := range []struct {
		name            string
		k               *disk
		edits, settle   int
		most, eachBytes int // KiB in all, bytes for each edit
	}{{"sample", sample(t), 2000, 30, 60 << 10, 4000}, {"120 forms", manyForms(120, true), 600, 200, 80 << 10, 20_000}} {
		t.Run(c.name, func(t *testing.T) {
			goroutines := runtime.NumGoroutine()
			c.k.journal.Reset()
			d := c.k.open(t)
			r := rand.New(rand.NewPCG(1, 19))
			half := 0
			for i := range c.edits {
				if i == c.edits/2 {
					settle(t, d)
					half = heap()
				}
				c.k.journal.Reset() // it is on no disk here
				work(r, d)
				if i%c.settle == 0 {
					settle(t, d)
					if s, err := d.Now(); err != nil {
						t.Fatal(err)
					} else if _, err := d.Page(s.Pages[i%len(s.Pages)].Hash); err != nil {
						t.Fatal(err)
					}
				}
			}
			settle(t, d)
			end := heap()
			if s := state(t, d); s.Stale || len(d.log) < c.edits/2 {
				t.Errorf("stale %v, %d steps", s.Stale, len(d.log))
			}
			t.Logf("%d KiB, half way %d, %d steps", end, half, len(d.log))
			if end > c.most {
				t.Errorf("%d KiB are held, more than %d", end, c.most)
			}
			if each := (end - half) * 1024 / (c.edits / 2); each > c.eachBytes {
				t.Errorf("each edit holds %d bytes more, more than %d", each, c.eachBytes)
			}
			if n := runtime.NumGoroutine(); n > goroutines {
				t.Errorf("%d goroutines, there were %d", n, goroutines)
			}
			runtime.KeepAlive(d)
		})
	}
}

// work is what an officer does: texts and amounts are typed, rows made and taken away, steps taken back.
func work(r *rand.Rand, d *Desk) {
	s := rowsNow(d)
	projects := s.table("project").Rows
	row := &projects[r.IntN(len(projects))]
	switch r.IntN(10) {
	case 0:
		d.Undo()
	case 1:
		d.Redo()
	case 2:
		d.Edit([]Change{{Op: Insert, Table: "project", After: row.ID, Values: []Typed{{Key: "name", Text: fmt.Sprintf("第%d项经费", r.IntN(1e9))},
			{Key: "function", Text: "2010399"}, {Key: "amount", Text: "10000"}, {Key: "purpose", Text: "用于别的事。"}}}})
	case 3:
		for i := range projects {
			if x := &projects[i]; x.value("purpose") == "用于别的事。" {
				d.Edit([]Change{{Op: Delete, Row: x.ID, Digest: x.Digest}})
			}
		}
	case 4, 5:
		basic := s.table("basic").Rows
		row = &basic[r.IntN(len(basic))]
		d.Edit([]Change{{Op: Set, Row: row.ID, Key: "amount", Was: row.value("amount"), Text: fmt.Sprint(1000 + r.IntN(1e6))}})
	default:
		d.Edit([]Change{{Op: Set, Row: row.ID, Key: "purpose", Was: row.value("purpose"), Text: fmt.Sprintf("用于第%04d件事。", r.IntN(10000))}})
	}
}
