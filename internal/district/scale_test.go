package district_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"path"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"yusuan/internal/batch"
	"yusuan/internal/district"
	"yusuan/internal/xlsx"
)

// many are n records: those of a few departments over and over, under codes of their own.
func many(tb testing.TB, n int) *batch.Summary {
	tb.Helper()
	m := members(40)
	maps.DeleteFunc(m, func(name string, _ *fstest.MapFile) bool { return strings.HasPrefix(name, "2025") })
	few := run(tb, m, batch.Shard{})
	out := &batch.Summary{Program: "test"}
	for i := range n {
		r := few.Departments[i%len(few.Departments)]
		raw, err := json.Marshal(r)
		if err != nil {
			tb.Fatal(err)
		}
		code := fmt.Sprintf("%06d", i+1)
		raw = bytes.ReplaceAll(raw, []byte(path.Base(r.Department)), []byte(code))
		var x batch.Record
		if err := json.Unmarshal(raw, &x); err != nil {
			tb.Fatal(err)
		}
		out.Departments = append(out.Departments, x)
	}
	out.Count()
	return out
}

// held is the most that a function holds in memory beyond what was held before, as the collector sees it.
func held(do func()) uint64 {
	const soon = 10 // per cent more than lives, so that the heap is about what lives
	defer debug.SetGCPercent(debug.SetGCPercent(soon))
	var s runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&s)
	before, most := s.HeapAlloc, s.HeapAlloc
	done, stopped := make(chan bool), make(chan bool)
	go func() {
		defer close(stopped)
		for {
			select {
			case <-done:
				return
			case <-time.After(2 * time.Millisecond):
				var s runtime.MemStats
				runtime.ReadMemStats(&s)
				most = max(most, s.HeapAlloc)
			}
		}
	}()
	do()
	close(done)
	<-stopped
	return most - before
}

// room is what a department's rows take while its district is made and written, beside its record (batch.DistrictRoom), and what
// the workbook takes, whatever the number of departments, by the department.
const room = 6 << 10

// TestDistrictMemory: the district and its workbook take so much a department and no more.
func TestDistrictMemory(t *testing.T) {
	const n = 1000
	s := many(t, n)
	if got := held(func() { makeAndWrite(t, s) }); got > n*room {
		t.Errorf("a department takes %d bytes, more than %d", got/n, room)
	}
}

func makeAndWrite(tb testing.TB, s *batch.Summary) {
	if err := district.Workbook(io.Discard, xlsx.Made{Title: "汇总", Application: "test"}, district.Make(s, nil, nil, nil)); err != nil {
		tb.Fatal(err)
	}
}

func BenchmarkTenThousand(b *testing.B) {
	s := many(b, 10_000)
	for b.Loop() {
		most := held(func() { makeAndWrite(b, s) })
		b.ReportMetric(float64(most)/(1<<20), "MiB")
		if left := 2*14<<20 + batch.DistrictRoom(2, len(s.Departments)); int64(most) > left { // of two workers
			b.Errorf("%d MiB, more than the %d that a batch with two workers has for it", most>>20, left>>20)
		}
	}
}
