package batch

import "testing"

// A batch of usual departments stays below 64 MiB and 16 MiB a worker; large ones have their room, the largest of them that may be
// in the making at a time and no more.
func TestMemoryLimit(t *testing.T) {
	const mib, usual, large = 1 << 20, 60_000, 10 << 20
	for _, x := range []struct {
		name                      string
		workers, records, entries int
		sizes                     []int64
		least, most               int64 // MiB
	}{
		{"two workers", 2, 0, 0, []int64{usual, usual, usual}, 50, 50},
		{"eight workers", 8, 0, 0, []int64{usual, usual}, 134, 134},
		{"no departments", 2, 0, 0, nil, 50, 50},
		{"ten thousand records and entries", 2, 10_000, 10_000, []int64{usual}, 65, 75},
		{"one large department", 2, 0, 0, []int64{usual, large, usual}, 3320, 3340},
		{"more large ones than workers", 2, 0, 0, []int64{large, large, large, large}, 6590, 6620},
		{"fewer than workers", 8, 0, 0, []int64{large}, 3410, 3420},
	} {
		got := memoryLimit(x.workers, x.records, x.entries, RoomOf(x.sizes, x.workers)) / mib
		if got < x.least || got > x.most {
			t.Errorf("%s: %d MiB, want %d to %d", x.name, got, x.least, x.most)
		}
	}
}
