package district_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"path"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"

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

// alive is what lives.
func alive() uint64 {
	var s runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&s)
	return s.HeapAlloc
}

// looker looks how much lives when the first byte of a file is written: then all of it is packed and waits.
type looker struct {
	alive uint64
	bytes int
}

func (l *looker) Write(p []byte) (int, error) {
	if l.bytes == 0 {
		l.alive = alive()
	}
	l.bytes += len(p)
	return len(p), nil
}

// TestDistrictMemory: a district and its workbook take no more a department than a batch counts with, beside what a workbook takes
// of any size.
func TestDistrictMemory(t *testing.T) {
	const n, any = 1000, 4 << 20
	s := many(t, n)
	before := alive()
	var l looker
	all := district.Make(s, nil, nil, nil)
	if err := district.Workbook(&l, xlsx.Made{Title: "汇总", Application: "test"}, all); err != nil {
		t.Fatal(err)
	}
	if got, most := int64(l.alive-before), batch.DistrictRoom(0, n)+any; got > most || l.bytes < 100*n {
		t.Errorf("%d departments take %d KiB, more than %d; the workbook has %d bytes", n, got>>10, most>>10, l.bytes)
	}
	runtime.KeepAlive(s)
	runtime.KeepAlive(all)
}

func BenchmarkTenThousand(b *testing.B) {
	s := many(b, 10_000)
	for b.Loop() {
		before := alive()
		var l looker
		all := district.Make(s, nil, nil, nil)
		if err := district.Workbook(&l, xlsx.Made{Title: "汇总", Application: "test"}, all); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(l.alive-before)/(1<<20), "MiB")
		runtime.KeepAlive(all)
	}
	runtime.KeepAlive(s)
}
