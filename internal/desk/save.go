package desk

import (
	"bytes"
	"cmp"
	"errors"
	"iter"
	"maps"
	"slices"
)

// Editing is why files are written that were edited field by field.
const Editing = "编辑"

// mostTries bounds how often files that somebody else keeps changing are read again.
const mostTries = 4

// dirty are the files that are not as they are on the disk and may be written.
func (d *Desk) dirty() (out []string) {
	names := maps.Clone(d.held)
	maps.Copy(names, d.saved)
	for _, name := range slices.Sorted(maps.Keys(names)) {
		if d.blocked[name] == "" && !sameFile(d.held[name], d.saved[name]) {
			out = append(out, name)
		}
	}
	return out
}

func sameFile(a, b *version) bool {
	return (a == nil) == (b == nil) && (a == nil || bytes.Equal(a.raw, b.raw))
}

// Save writes what is typed. Where files were changed outside it takes that in first; what clashes becomes conflicts. What
// cannot be written stays as it is typed, and the error says why.
func (d *Desk) Save() error {
	d.saving.Lock()
	defer d.saving.Unlock()
	defer d.flush()
	var err error
	for range mostTries {
		var done bool
		if done, err = d.saveOnce(); done || err != nil && !errors.Is(err, ErrChanged) {
			break
		}
		if _, again := d.reread(); again != nil {
			err = again
			break
		}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.saveErr = err; err == nil {
		d.mark()
	}
	if err == nil && len(d.blocked) > 0 {
		_, words := d.savedNow()
		return errors.New(words)
	}
	return err
}

func (d *Desk) saveOnce() (done bool, err error) {
	d.mu.Lock()
	var files []Written
	written := map[string]*version{}
	for _, name := range d.dirty() {
		v := d.held[name]
		written[name] = v
		files = append(files, Written{d.below(name), raw(d.saved[name]), raw(v)})
	}
	why := cmp.Or(d.why, Editing)
	d.mu.Unlock()
	if len(files) == 0 {
		return true, nil
	}
	if err := d.world.Write(why, files); err != nil {
		return false, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.why = ""
	for name, v := range written {
		if v == nil {
			delete(d.saved, name)
		} else {
			d.saved[name] = v
		}
	}
	return true, nil
}

// Reread takes in what was changed outside, and names the files. What is typed and not saved stays; where both sides changed the
// same field there is a conflict.
func (d *Desk) Reread() (changed []string, err error) {
	d.saving.Lock()
	defer d.saving.Unlock()
	defer d.flush()
	return d.reread()
}

// Again has all made anew: something else changed of which it is made, last year's folder or a picture.
func (d *Desk) Again() {
	d.mu.Lock()
	d.rev++
	d.mu.Unlock()
}

func (d *Desk) reread() (changed []string, err error) {
	raws, passed, err := d.read()
	if err != nil {
		return nil, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(raws)+len(passed) == 0 && len(d.saved) > 0 {
		return nil, ErrEmpty
	}
	if !maps.Equal(passed, d.passed) {
		d.passed = passed
		d.rev++
	}
	made, before := map[string]*version{}, len(d.conflicts)
	for _, name := range slices.Compact(slices.Sorted(both(maps.Keys(raws), maps.Keys(d.saved)))) {
		now, there := raws[name]
		if base := d.saved[name]; (base != nil) == there && (base == nil || bytes.Equal(base.raw, now)) {
			if d.blocked[name] == "" {
				continue
			}
			delete(d.blocked, name) // it is again as it was
			continue
		}
		changed = append(changed, d.below(name))
		var theirs *version
		if there {
			theirs = newVersion(name, now)
			d.match(d.saved[name], theirs)
		}
		if v, ok := d.rebase(name, theirs); ok {
			made[name] = v
		}
	}
	for name, v := range made {
		if sameFile(v, d.held[name]) {
			delete(made, name)
		}
	}
	notes := clashes(d.conflicts[before:])
	for _, name := range slices.Sorted(maps.Keys(made)) {
		notes = append(notes, Note{What: "foreign", File: d.below(name), Words: d.below(name) + " 在别处改过，已经读进来"})
	}
	if !d.commit("foreign", made, notes) && len(notes) > 0 {
		d.write(Step{Time: d.world.Now(), User: d.world.User, Kind: "foreign", Notes: notes})
	}
	return changed, nil
}

func both(a, b iter.Seq[string]) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, list := range []iter.Seq[string]{a, b} {
			for s := range list {
				if !yield(s) {
					return
				}
			}
		}
	}
}

// clashes note conflicts in the journal: what was typed is kept there whatever becomes of it.
func clashes(list []Conflict) (out []Note) {
	for _, c := range list {
		out = append(out, Note{What: "conflict", Row: c.Row, Key: c.Key, Old: c.Theirs, New: c.Mine, Words: "两边都改过：" + c.What})
	}
	return out
}

// rebase puts what is typed and not saved over a file as it is on the disk now. ok is false where that cannot be: the file is
// not saved until somebody looks at it.
func (d *Desk) rebase(name string, theirs *version) (v *version, ok bool) {
	base, mine := d.saved[name], d.held[name]
	switch {
	case sameFile(base, mine): // nothing of ours
		v = theirs
	case sameFile(mine, theirs):
		v = mine
	case theirs == nil:
		d.blocked[name] = d.below(name) + " 在别处删去了，这里还有没有保存的改动"
		return nil, false
	case mine == nil:
		d.blocked[name] = d.below(name) + " 在别处改过，这里已经删去"
		return nil, false
	case !theirs.file.Whole():
		d.blocked[name] = d.below(name) + " 在别处改过，现在里面有错误，这里的改动还没有保存；先改好那个文件"
		return nil, false
	default:
		merged, conflicts, err := d.merge(name, base, mine, theirs)
		if err != nil {
			d.blocked[name] = d.below(name) + " 在别处改过，这里的改动还没有保存：" + err.Error()
			return nil, false
		}
		d.conflicts = append(d.conflicts, conflicts...)
		v = merged
	}
	delete(d.blocked, name)
	switch {
	case theirs == nil:
		delete(d.saved, name)
	case sameFile(v, theirs): // with the ids that its rows have here
		d.saved[name] = v
	default:
		d.saved[name] = theirs
	}
	return v, true
}

// Settle decides about a file that was deleted, or made unreadable, outside while it was edited here: mine writes what is typed
// over it, else what is typed there is dropped for what is on the disk.
func (d *Desk) Settle(file string, mine bool) error {
	d.saving.Lock()
	defer d.saving.Unlock()
	defer d.flush()
	raws, _, err := d.read()
	if err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	name := d.within(file)
	if d.blocked[name] == "" {
		return nil
	}
	delete(d.blocked, name)
	var theirs *version
	if now, there := raws[name]; there {
		theirs = newVersion(name, now)
		d.match(d.saved[name], theirs)
		d.saved[name] = theirs
	} else {
		delete(d.saved, name)
	}
	if !mine {
		d.commit("solve", map[string]*version{name: theirs}, []Note{{What: "foreign", File: file, Words: file + " 照别处的"}})
	}
	return nil
}

// Resolve solves a conflict: mine makes it as it was typed here, else it stays as it is. ok is false where it is solved already.
func (d *Desk) Resolve(id string, mine bool) (ok bool, err error) {
	defer d.flush()
	d.mu.Lock()
	defer d.mu.Unlock()
	i := slices.IndexFunc(d.conflicts, func(c Conflict) bool { return c.ID == id })
	if i < 0 {
		return false, nil
	}
	c := d.conflicts[i]
	if mine && c.solve != nil {
		p := d.patch(d.held)
		if !c.solve(p) {
			return false, errors.New(c.What + "：它所在的那一行已经不在了，先把那一行加上")
		}
		made, err := p.finish()
		if err != nil {
			return false, err
		}
		if d.commit("edit", made, p.notes) {
			d.undoable()
		}
	}
	d.conflicts = slices.Delete(d.conflicts, i, i+1)
	d.marked = d.marked && c.cut == nil
	d.rev++
	return true, nil
}
