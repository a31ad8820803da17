package web

import (
	"time"

	"yusuan/internal/desk"
)

// World is what the page has of the machine. Groups of routes that need more have a field of their own, a struct of functions that
// is defined where the group is.
type World struct {
	Program string // its name and version, for people
	Address string // that is listened on: 127.0.0.1 and a port
	Secret  string // by which another start of the program is known
	// Open opens a data folder, by its path in full.
	Open func(dir string) (Folder, error)
	// Words says an error in the language of the user.
	Words func(error) string
	// Fault tells of an error of the program's own.
	Fault func(what any, stack []byte)
	Times Times

	Make    Make
	Sheet   Sheet
	Imports Imports
	Backup  Backup
	Compare Compare
	Home    Home
	New     NewFolder
	Board   Board
	Batch   Batch
	Verify  Verify
	Papers  Papers
}

// Folder is a data folder as the machine has it.
type Folder struct {
	Name  string // as people call it
	World desk.World
	// Stamp changes when a data file changes on the disk.
	Stamp func() (string, error)
	// Around changes when something else changes of which the document is made: last year's data, pictures, fonts. It may be nil.
	Around func() string
}

// Times are how long things last; tests shorten them.
type Times struct {
	Save      time.Duration // from the last edit to saving
	Again     time.Duration // from a failed saving to the next
	Poll      time.Duration // between looks at the disk
	Beat      time.Duration // between signs of life to a window
	Away      time.Duration // that a folder stays open without a window
	Idle      time.Duration // that the program stays without a window
	StartLink time.Duration // that an address to start with is good for
}

// Usual are the times for people.
func Usual() Times {
	return Times{Save: time.Second, Again: 5 * time.Second, Poll: 2 * time.Second, Beat: 15 * time.Second,
		Away: 10 * time.Minute, Idle: 10 * time.Minute, StartLink: 10 * time.Minute}
}
