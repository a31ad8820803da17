package cli

import (
	"testing"
	"testing/fstest"

	"yusuan/internal/batch"
	"yusuan/internal/build"
)

// The limit follows the data: usual departments have what every command has, large ones what their bytes take.
func TestMemoryFor(t *testing.T) {
	for _, x := range []struct{ data, want int64 }{
		{0, LeastMemory}, {100_000, LeastMemory}, {LeastMemory / batch.DataRoom, LeastMemory},
		{3_000_000, 3_000_000 * batch.DataRoom}, {12_000_000, 4 * 3_000_000 * batch.DataRoom},
	} {
		if got := memoryFor(x.data); got != x.want {
			t.Errorf("%d bytes of data: %d, want %d", x.data, got, x.want)
		}
	}
	if n := memoryFor(3_000_000); n > 1<<30 {
		t.Errorf("20,000 projects, 3 MB, may take %d MiB, more than 1 GiB", n>>20)
	}
}

// What is read counts, last year's with it, and nothing else.
func TestDataOf(t *testing.T) {
	file := func(n int) *fstest.MapFile { return &fstest.MapFile{Data: make([]byte, n)} }
	in := build.Input{Dir: "2026/1", PriorDir: "2025/1", Data: fstest.MapFS{"2026/1/a.toml": file(10), "2026/1/forms/B.TOML": file(20), "2026/1/font.ttf": file(40),
		"2026/1/.git/c.toml": file(80), "2026/1/~d.toml": file(160), "2025/1/e.toml": file(320), "2024/1/f.toml": file(640)}}
	if got := dataOf(in); got != 10+20+320 {
		t.Errorf("%d bytes", got)
	}
	in.PriorDir = "2023/1"
	if got := dataOf(in); got != 10+20 {
		t.Errorf("%d bytes where last year's folder is not there", got)
	}
}
