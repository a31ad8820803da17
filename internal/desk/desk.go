// Package desk is the editing of one data folder: what is typed, what is wrong with it, what it looks like on pages, what each
// printed number is made of. It knows no browser, terminal, disk or clock: all of that is handed in as functions.
//
// The files of the folder are held in memory as they were read. An edit is a patch of their bytes (source.Edit), proved by
// reading them again; what is checked and typeset is what is held, saved or not.
//
// A Desk is safe for concurrent use. Locks, always taken in this order, keep apart what takes long: saving holds disk and memory
// against each other, checking makes the result of one revision and all that is asked of it, drafting the pages that are made
// ahead of it, mu guards what is typed, and showing what was made last: these two are never held while anything is written,
// checked or typeset.
package desk

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"yusuan/internal/budget"
	"yusuan/internal/build"
	"yusuan/internal/sheet"
	"yusuan/internal/source"
	"yusuan/internal/typeset/page"
)

// ErrChanged is of a folder that is not as it was when it was read: Write returns an error that is this one.
var ErrChanged = errors.New("数据目录在这期间被别处改过")

// ErrEmpty is of a folder that has no file of data any more. A share or a disk that went away leaves such a folder; nothing is
// taken for deleted.
var ErrEmpty = errors.New("数据目录里的文件都不在了（移走了、改了名，或者放它的盘断开了）")

// Written is a file to be written: what it was when it was read, and what it becomes. Nil is no file.
type Written struct {
	Path          string // below the folder
	Before, After []byte
}

// World is what a desk has of the machine.
type World struct {
	Shared   *build.Shared
	Data     fs.FS
	Dir      string // the folder in Data
	PriorDir string
	// Codes are the catalogues beside the folder as they are now; it may be nil.
	Codes func() *build.Codes
	User  string
	Now   func() time.Time
	// Write writes files all or none if they are still what they were, else its error is ErrChanged.
	Write func(why string, files []Written) error
	// Journal keeps a line of JSON about a step, with its line end.
	Journal func(line []byte) error
	// Tail are the last lines that the journal kept, nil for a folder without one.
	Tail func() ([][]byte, error)
	// Draw draws a page.
	Draw func(p *page.Page) []byte
}

// Desk is the editing session of one folder.
type Desk struct {
	world  World
	tables []budget.Table
	opened map[string]*version // what the folder held then, by path

	saving sync.Mutex

	checking  sync.Mutex
	result    *result // guarded by checking
	overtaken int     // how often one was given up in a row; likewise

	drafting sync.Mutex

	showing sync.Mutex
	shown   display // guarded by showing

	noting sync.Mutex // the journal, line by line

	mu        sync.Mutex // guards all below
	rev       int
	held      map[string]*version // by path; what is typed
	saved     map[string]*version // what is on the disk, as far as known
	passed    map[string]bool     // data files that cannot be read: whoever checks them says why
	blocked   map[string]string   // files that cannot be saved before somebody looks at them, and why
	rows      int                 // the last row that got an id
	log       []step
	done      []int // of log: what Undo takes back, the last one first
	undone    []int // of log: what Redo takes back
	conflicts []Conflict
	clashes   int
	why       string // what is not saved yet came of, where it was decided as a whole
	saveErr   error
	lines     [][]byte      // that the journal has not yet
	noted     error         // what the journal refused
	marked    bool          // the journal says that all is saved
	unbegun   bool          // the journal has never said so
	names     *naming       // of codes, as last known, never nil; written under checking too, so that either lock is enough to read
	layout    *sheet.Layout // of the pack, as last known; likewise
}

// Open reads a folder.
func Open(w World) (*Desk, error) {
	d := &Desk{world: w, tables: budget.Tables(), held: map[string]*version{}, blocked: map[string]string{}, names: &naming{}}
	raws, passed, err := d.read()
	if err != nil {
		return nil, err
	}
	d.passed, d.opened = passed, contents(raws)
	for _, name := range slices.Sorted(maps.Keys(raws)) {
		d.held[name] = d.fresh(newVersion(name, raws[name]))
	}
	d.saved, d.marked = maps.Clone(d.held), true
	if w.Tail != nil {
		lines, err := w.Tail()
		if err != nil {
			return nil, fmt.Errorf("desk: journal of %s: %w", w.Dir, err)
		}
		d.recall(lines)
	}
	return d, nil
}

// read reads the data files of the folder as they are on the disk; passed are those that cannot be.
func (d *Desk) read() (raws map[string][]byte, passed map[string]bool, err error) {
	raws, passed = map[string][]byte{}, map[string]bool{}
	err = fs.WalkDir(d.world.Data, d.world.Dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if name != d.world.Dir && e.IsDir() && strings.ContainsAny(e.Name()[:1], "._~") {
			return fs.SkipDir
		}
		if e.IsDir() || !source.IsDataName(d.below(name)) {
			return nil
		}
		_, unfit, err := source.Unfit(d.world.Data, name, source.MaxFile)
		if unfit {
			passed[name] = true
			return nil
		}
		if err == nil {
			raws[name], err = fs.ReadFile(d.world.Data, name)
		}
		return err
	})
	if err != nil {
		return nil, nil, fmt.Errorf("desk: read %s: %w", d.world.Dir, err)
	}
	return raws, passed, nil
}

// below is the name of a file below the folder.
func (d *Desk) below(name string) string {
	if d.world.Dir == "." {
		return name
	}
	return strings.TrimPrefix(name, d.world.Dir+"/")
}

func (d *Desk) within(name string) string { return path.Join(d.world.Dir, name) }

// fresh gives ids to the rows of a file that have none.
func (d *Desk) fresh(v *version) *version {
	for i := range v.ids {
		if v.ids[i] == 0 {
			d.rows++
			v.ids[i] = d.rows
		}
	}
	v.index()
	return v
}

// table is the table of a name, nil for one that the schema has not.
func (d *Desk) table(name string) *budget.Table {
	for i := range d.tables {
		if d.tables[i].Name == name {
			return &d.tables[i]
		}
	}
	return nil
}

// kind is what a field holds. Of keys that nobody knows it is text.
func (d *Desk) kind(table, key string) budget.FieldKind {
	t := d.table(table)
	switch {
	case t == nil:
		return budget.FieldText
	case t.Own != budget.FieldNone:
		return t.Own
	}
	if f := t.Field(key); f != nil {
		return f.Kind
	}
	return budget.FieldText
}
