package cli

import (
	"runtime/debug"

	"yusuan/internal/batch"
	"yusuan/internal/build"
	"yusuan/internal/source"
)

// LeastMemory is the soft limit of memory where nothing asks for more.
const LeastMemory = 512 << 20

// memoryFor is the soft limit while a document is made of so many bytes of data: with less than what it takes, the collector
// would run without end.
func memoryFor(data int64) int64 { return max(LeastMemory, data*batch.DataRoom) }

// makeRoom raises the limit for a document. It is never lowered: what earlier ones left may be there still.
func makeRoom(in build.Input) {
	if n := memoryFor(dataOf(in)); n > debug.SetMemoryLimit(-1) {
		debug.SetMemoryLimit(n)
	}
}

// dataOf is how many bytes of data a document is made of, last year's with them.
func dataOf(in build.Input) int64 {
	n := source.Size(in.Data, in.Dir)
	if in.PriorDir != "" {
		n += source.Size(in.Data, in.PriorDir)
	}
	return n
}

// roomOf is what the largest departments of a batch need beside the share of a worker. Of those that cannot be read it is told
// when they are read.
func roomOf(b *batch.Batch) int64 {
	var sizes []int64
	for _, d := range b.Departments {
		if in, err := b.Machine.Input(d); err == nil {
			sizes = append(sizes, dataOf(in))
		}
	}
	return batch.RoomOf(sizes, b.Workers)
}
