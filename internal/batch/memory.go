package batch

import (
	"runtime/debug"
	"slices"
)

// LimitMemory suits the garbage collector to so many workers. A document leaves tens of megabytes behind and little
// that lives, so that collecting at twice the living, as is usual, is one collection a document; with room for a few
// documents a worker it is a fraction of that. The limit keeps the process below 64 MiB and 16 MiB a worker, of which
// the program's own pages and fonts take forty; departments that are larger than that have their room beside it (RoomOf).
//
// Records and the manifest are all that grows with the number of documents; while they do, it is called again.
func LimitMemory(workers, records, entries int, room int64) {
	debug.SetGCPercent(800)
	debug.SetMemoryLimit(memoryLimit(workers, records, entries, room))
}

const (
	base      = 22 << 20 // of the program
	perWorker = 14 << 20
	// What a document leaves in memory for the rest of the run, its facts on a shelf, and what an earlier run's entry takes.
	recordSize = 7 << 7
	entrySize  = 9 << 7
)

func memoryLimit(workers, records, entries int, room int64) int64 {
	return base + int64(workers)*perWorker + int64(records)*recordSize + int64(entries)*entrySize + room
}

// districtSize is what a department's rows take in memory while the tables of the district are made and written, beside its record.
const districtSize = 11 << 8

// DistrictRoom is the memory that the tables of a district take beyond what the documents in the making have left.
func DistrictRoom(workers, records int) int64 {
	return max(0, int64(records)*districtSize-int64(workers)*perWorker)
}

// FormRoom is what the files of so many forms take in the records of departments. Making them takes none: they are made one
// after the other, in the room that the PDF had.
func FormRoom(forms, departments int) int64 {
	const fileSize = 1 << 8 // of a record, that tells of a file
	return int64(max(0, forms-1)) * int64(departments) * fileSize
}

// DataRoom is the memory that a byte of a department's TOML takes while its document is made: lines, the tree, pages and the file.
// Below that the collector would run without end.
const DataRoom = 330

// usualData is more than the data of almost all departments, of two years: what the share of a worker suffices for.
const usualData = 64 << 10

// RoomOf is what the largest departments that may be in the making at a time need beyond a worker's share. sizes are the bytes of
// their data.
func RoomOf(sizes []int64, workers int) (room int64) {
	sizes = slices.Sorted(slices.Values(sizes))
	for _, n := range sizes[max(0, len(sizes)-workers):] {
		room += max(0, n-usualData) * DataRoom
	}
	return room
}
