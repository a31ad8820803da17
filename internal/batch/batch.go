// Package batch makes the documents of many departments: on all cores, again only where something changed, in parts on
// several machines, and with the questions that only the whole district can answer.
//
// A department fails alone: what its author must mend, what the machine refuses and even a panic end in its record.
// What the package needs of the machine is in Machine; clock, terminal and files stay in the command layer.
package batch

import (
	"context"
	"sync"
	"time"

	"yusuan/internal/build"
	"yusuan/internal/diag"
)

// Batch is what to make and with what.
type Batch struct {
	Shared      *build.Shared
	Fingerprint []byte       // of all that documents share: program, packs, catalogues, fonts; nil makes all anew
	Departments []string     // paths below the root, sorted
	Editions    Editions     // which documents of each
	Forms       []build.Form // of each document, in their order; nil is the PDF alone
	Done        Manifest     // of earlier runs; nil makes all anew
	Known       Manifest     // the same where Done was left out, for what earlier runs left behind; nil is Done
	All         []string     // all departments below the root, of which Departments may be a shard; nil is Departments
	Root        string       // tells the root from others that are made into the same folder
	Verify      bool         // unchanged is what has the same content, not the same size and time alone
	Program     string       // names the program to its maintainers, in reports of its faults and nowhere else
	Workers     int          // documents in the making at a time, at least 1
	Machine     Machine
	Shelf       *Shelf // for the facts of records; nil keeps them in memory

	makes func(making) making // for tests: what makes the forms instead

	mu   sync.Mutex
	left []string // reports of earlier runs that could not be replaced
}

// known is what the manifest says of a department, whether it is to be made anew or not.
func (b *Batch) known(department string) Entry {
	if b.Known != nil {
		return b.Known[department]
	}
	return b.Done[department]
}

// Editions says which documents of a department to make.
type Editions string

// The documents that a department's data make: its own, those of its units, or both.
const (
	OfDepartment Editions = "department"
	OfUnits      Editions = "units"
	OfAll        Editions = "all"
)

// OfNone is a look at the data: what is found in each department, without a document and without a report.
const OfNone Editions = "none"

// Machine is what a batch asks of the machine. Names are below the output folder, with slashes. All but Append are
// called by several goroutines at once.
type Machine struct {
	Input  func(department string) (build.Input, error)
	Write  func(files []Content) ([]Stamp, error) // puts files in place, each whole, all or none, and keeps nothing of their contents
	Stamp  func(name string) (Stamp, bool)
	Remove func(name string) error // of a file that may be missing
	Move   func(from, to string) error
	Sum    func(name string) (string, error) // SHA-256 of a file, in hexadecimal digits
	Append func(line []byte) error           // to the manifest
	Full   func(error) bool                  // whether no other file can be written either, as on a full disk
	Clock  func() time.Duration              // from any moment on
}

// Content is a file to write.
type Content struct {
	Name  string
	Bytes []byte
}

// Run makes the documents and returns their records in order, each department's own before those of its units.
// progress, if not nil, is called once for each department with its records, one at a time. When ctx ends, documents in
// the making are finished and no others begun. The error is what ends the whole run: the manifest or the disk takes no
// more; the records hold then, too.
func (b *Batch) Run(ctx context.Context, progress func([]Record)) ([]Record, error) {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	r := &run{Batch: b, claims: claims{byName: map[string]*claim{}}, slots: make(chan struct{}, b.Workers), files: make(chan []byte, b.Workers+writers), rooms: make(chan *build.Memory, b.Workers), stop: stop}
	r.twice = b.sameCodes()
	byDepartment := make([][]Record, len(b.Departments))
	next := make(chan int)
	done := make(chan finished)
	var all sync.WaitGroup
	// More goroutines than slots: while some wait for the disk, others compute. A file system syncs several files for
	// little more than the price of one.
	for range b.Workers + writers {
		all.Go(func() {
			for i := range next {
				done <- finished{i, r.department(ctx, b.Departments[i])}
			}
		})
	}
	go func() {
		defer close(next)
		for i := range b.Departments {
			if ctx.Err() != nil {
				return
			}
			select {
			case next <- i:
			case <-ctx.Done():
				return
			}
		}
	}()
	go func() { all.Wait(); close(done) }()
	for f := range done {
		byDepartment[f.index] = f.result.records
		if f.result.line != nil {
			if err := b.Machine.Append(f.result.line); err != nil {
				stop(&fatal{err})
			}
		}
		if progress != nil {
			progress(f.result.records)
		}
	}
	var records []Record
	for i, own := range byDepartment {
		if own == nil {
			own = []Record{{Department: b.Departments[i], Status: NotDone}}
		}
		records = append(records, own...)
	}
	r.settle(records)
	r.forget(records)
	if f, ok := context.Cause(ctx).(*fatal); ok {
		return records, f.err
	}
	return records, nil
}

// writers is how many finished documents may be on their way to the disk besides those in the making.
const writers = 8

// fatal is the cause of an end of the whole run that the user did not ask for.
type fatal struct{ err error }

func (f *fatal) Error() string { return f.err.Error() }

type finished struct {
	index  int
	result result
}

// run is a batch under way.
type run struct {
	*Batch
	claims claims
	twice  map[string]diag.Diagnostic // of departments whose code another has, too
	slots  chan struct{}              // one for each document in the making
	files  chan []byte                // that have been written, whose room serves the next
	rooms  chan *build.Memory         // where files are made, between two of them
	stop   context.CancelCauseFunc
}

// room is where to make a file: where an earlier one was made, if that is at hand.
func (r *run) room() *build.Memory {
	m := new(build.Memory)
	select {
	case m = <-r.rooms:
	default:
	}
	select {
	case file := <-r.files:
		m.Reuse(file)
	default:
	}
	return m
}

// leave gives a room to the next.
func (r *run) leave(m *build.Memory) {
	select {
	case r.rooms <- m:
	default:
	}
}

// reuse gives the room of a file away that has been written.
func (r *run) reuse(file []byte) {
	select {
	case r.files <- file:
	default:
	}
}
