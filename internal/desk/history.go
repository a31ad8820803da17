package desk

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// Note is one thing that a step did.
type Note struct {
	What  string `json:"what"` // set, insert, delete; take: what a step of many files came of
	File  string `json:"file"`
	Row   string `json:"row,omitempty"`
	Table string `json:"table,omitempty"`
	Key   string `json:"key,omitempty"`
	Old   string `json:"old,omitempty"`
	New   string `json:"new,omitempty"`
	Words string `json:"words"` // for people

	// The words again in parts, for tables: what changed, and its value as people are told it. "" where the words are all.
	Title, Was, Now string `json:"-"`
}

// Step is what was done at once.
type Step struct {
	Time  time.Time `json:"time"`
	User  string    `json:"user,omitempty"`
	Kind  string    `json:"kind"` // edit, undo, redo, foreign: changed outside, solve: of a conflict
	Notes []Note    `json:"notes"`
}

// step is a step with what takes it back.
type step struct {
	Step
	deltas []delta
	run    string // of what is taken back together with its neighbours
}

// words are what people read of a step.
func words(notes []Note) string {
	switch n := len(notes); {
	case n == 0:
		return ""
	case n == 1 || notes[0].What == "take":
		return notes[0].Words
	default:
		return fmt.Sprintf("%s 等 %d 处", notes[0].Words, n)
	}
}

// delta leads from a file as it was behind a step to what it was before: what differs between both, bytes and ids of rows.
type delta struct {
	path           string
	was, is        bool // there was a file, there is one
	before, behind [sha256.Size]byte
	at             int
	old, new       []byte
	idAt           int
	oldIDs, newIDs []int
}

func deltaOf(name string, before, behind *version) delta {
	x := delta{path: name, was: before != nil, is: behind != nil}
	var a, b []byte
	var ids, newIDs []int
	if before != nil {
		a, ids, x.before = before.raw, before.ids, sha256.Sum256(before.raw)
	}
	if behind != nil {
		b, newIDs, x.behind = behind.raw, behind.ids, sha256.Sum256(behind.raw)
	}
	from, toA, toB := apart(a, b)
	x.at, x.old, x.new = from, bytes.Clone(a[from:toA]), bytes.Clone(b[from:toB])
	from, toA, toB = apart(ids, newIDs)
	x.idAt, x.oldIDs, x.newIDs = from, slices.Clone(ids[from:toA]), slices.Clone(newIDs[from:toB])
	return x
}

// apart is where two slices begin to differ, and where in each the rest begins that both end with.
func apart[T comparable](a, b []T) (from, toA, toB int) {
	for from < len(a) && from < len(b) && a[from] == b[from] {
		from++
	}
	toA, toB = len(a), len(b)
	for toA > from && toB > from && a[toA-1] == b[toB-1] {
		toA, toB = toA-1, toB-1
	}
	return from, toA, toB
}

// text is a file with the ids of its rows, nil for none.
type text struct {
	raw []byte
	ids []int
}

func textOf(v *version) *text {
	if v == nil {
		return nil
	}
	return &text{v.raw, v.ids}
}

// back is the file before the step.
func (x *delta) back(t *text) *text {
	switch {
	case !x.was:
		return nil
	case t == nil:
		t = &text{}
	}
	return &text{slices.Concat(t.raw[:x.at], x.old, t.raw[x.at+len(x.new):]), slices.Concat(t.ids[:x.idAt], x.oldIDs, t.ids[x.idAt+len(x.newIDs):])}
}

// version makes a file of a text.
func (t *text) version(name string) *version {
	if t == nil {
		return nil
	}
	v := newVersion(name, t.raw)
	if len(v.ids) != len(t.ids) {
		panic("desk: rows of " + name + " that are others than they were")
	}
	copy(v.ids, t.ids)
	v.index()
	return v
}

// commit takes what a step made; nil is a file that is there no more. mu is held.
func (d *Desk) commit(kind string, made map[string]*version, notes []Note) bool {
	if len(made) == 0 {
		return false
	}
	s := step{Step: Step{Time: d.world.Now(), User: d.world.User, Kind: kind, Notes: slices.Clone(notes)}}
	for i := range s.Notes { // what a value says is part of the text of its whole file, which would stay for it
		n := &s.Notes[i]
		n.Old, n.New, n.Key = strings.Clone(n.Old), strings.Clone(n.New), strings.Clone(n.Key)
	}
	for _, name := range slices.Sorted(maps.Keys(made)) {
		s.deltas = append(s.deltas, deltaOf(name, d.held[name], made[name]))
		if made[name] == nil {
			delete(d.held, name)
		} else {
			d.held[name] = made[name]
		}
	}
	d.log = append(d.log, s)
	d.rev++
	d.write(s.Step)
	return true
}

// write notes a step for the journal. mu is held.
func (d *Desk) write(s Step) {
	if d.unbegun {
		d.unbegun, d.lines = false, append(d.lines, lineOf(Step{Time: s.Time, User: s.User, Kind: AllSaved, Notes: []Note{}}))
	}
	d.marked = d.marked && s.Kind == "foreign"
	d.lines = append(d.lines, lineOf(s))
}

// lineOf is a step as a line of the journal.
func lineOf(s Step) []byte {
	line, err := json.Marshal(s)
	if err != nil {
		panic(err) // it is made of texts and a time
	}
	return append(line, '\n')
}

// undoable lets the last step be taken back, which is the end of what was taken back before.
func (d *Desk) undoable() { d.done, d.undone = append(d.done, len(d.log)-1), nil }

// flush hands the journal what it has not yet. What it refuses is handed to it again.
func (d *Desk) flush() {
	d.noting.Lock()
	defer d.noting.Unlock()
	d.mu.Lock()
	lines := d.lines
	d.lines = nil
	d.mu.Unlock()
	for len(lines) > 0 {
		if err := d.world.Journal(lines[0]); err != nil {
			d.mu.Lock()
			d.lines, d.noted = append(lines, d.lines...), err
			d.mu.Unlock()
			return
		}
		lines = lines[1:]
		d.mu.Lock()
		d.noted = nil
		d.mu.Unlock()
	}
}

// Undo takes the last step back that is not yet, and tells of it; ok is false where there is none. What somebody else changed
// since stays as it is and becomes a conflict.
func (d *Desk) Undo() (Step, bool) { return d.takeBack("undo", &d.done, &d.undone) }

// Redo takes the last Undo back.
func (d *Desk) Redo() (Step, bool) { return d.takeBack("redo", &d.undone, &d.done) }

func (d *Desk) takeBack(kind string, from, to *[]int) (Step, bool) {
	defer d.flush()
	d.mu.Lock()
	defer d.mu.Unlock()
	run := d.run(*from)
	if len(run) == 0 {
		return Step{}, false
	}
	out := Step{Time: d.world.Now(), User: d.world.User, Kind: kind, Notes: d.sum(run)}
	d.why = "" // what is written next came of taking back, too
	for _, k := range run {
		*from = (*from)[:len(*from)-1]
		made, conflicts := d.inverse(k)
		d.conflicts = append(d.conflicts, conflicts...)
		if len(made) > 0 {
			d.commit(kind, made, slices.Concat(d.log[k].Notes, clashes(conflicts)))
			d.log[len(d.log)-1].run = d.log[k].run
			*to = append(*to, len(d.log)-1)
		}
		if len(conflicts) > 0 { // the rest is of the same field
			out.Notes = slices.Concat(out.Notes, clashes(conflicts))
			break
		}
	}
	return out, true
}

// inverse makes the files as they were before a step, with all that others changed since.
func (d *Desk) inverse(k int) (made map[string]*version, conflicts []Conflict) {
	made = map[string]*version{}
	for i := range d.log[k].deltas {
		x := &d.log[k].deltas[i]
		now := d.held[x.path]
		if (now != nil) == x.is && (now == nil || sha256.Sum256(now.raw) == x.behind && slices.Equal(now.ids[x.idAt:min(len(now.ids), x.idAt+len(x.newIDs))], x.newIDs)) {
			made[x.path] = x.back(textOf(now)).version(x.path)
			continue
		}
		then := d.then(k, x.path)
		merged, found, err := d.merge(x.path, then.version(x.path), x.back(then).version(x.path), now)
		if err != nil {
			found = []Conflict{d.conflict(Conflict{What: d.below(x.path) + "：" + err.Error()})}
		}
		conflicts = append(conflicts, found...)
		if merged != nil {
			made[x.path] = merged
		}
	}
	return made, conflicts
}

// then is a file as it was behind a step.
func (d *Desk) then(k int, name string) *text {
	t := textOf(d.held[name])
	for j := len(d.log) - 1; j > k; j-- {
		for i := range d.log[j].deltas {
			if x := &d.log[j].deltas[i]; x.path == name {
				t = x.back(t)
			}
		}
	}
	return t
}

// Steps are all steps of the session.
func (d *Desk) Steps() []Step {
	d.mu.Lock()
	defer d.mu.Unlock()
	out := make([]Step, len(d.log))
	for i := range d.log {
		out[i] = d.log[i].Step
	}
	return out
}
