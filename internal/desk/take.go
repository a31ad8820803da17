package desk

import (
	"bytes"
	"slices"
)

// Would tells what Take would change, one note for each thing, without doing it. The error is ErrChanged where files are not held
// as they were when what they are to become was made.
func (d *Desk) Would(files []Written) ([]Note, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	_, notes, err := d.whole(files)
	return notes, err
}

// Take makes files what somebody decided about them as a whole: what a workbook or an export says, or how they were before. It
// is one step of undo, which why names; the next Save writes it down under that name. The error is ErrChanged where files are
// not held as they were when that was decided: then nothing is done.
func (d *Desk) Take(why string, files []Written) error {
	defer d.flush()
	d.mu.Lock()
	defer d.mu.Unlock()
	made, notes, err := d.whole(files)
	if err != nil {
		return err
	}
	notes = slices.Insert(notes, 0, Note{What: "take", Words: why})
	if d.commit("edit", made, notes) {
		d.undoable()
		d.why = why
	}
	return nil
}

// whole makes versions of files, the rows of which keep their ids, and notes of what they say otherwise. mu is held.
func (d *Desk) whole(files []Written) (made map[string]*version, notes []Note, err error) {
	made = map[string]*version{}
	for _, f := range files {
		name := d.within(f.Path)
		now := d.held[name]
		switch {
		case (now == nil) != (f.Before == nil) || !bytes.Equal(raw(now), f.Before) || d.blocked[name] != "":
			return nil, nil, ErrChanged
		case f.After == nil && now == nil, f.After != nil && now != nil && bytes.Equal(now.raw, f.After):
			continue
		case f.After == nil:
			made[name] = nil
			notes = append(notes, Note{What: "delete", File: f.Path, Old: string(now.raw), Words: "删去文件 " + f.Path})
			continue
		}
		v := newVersion(name, bytes.Clone(f.After))
		d.match(now, v)
		made[name] = v
		notes = append(notes, d.differ(name, now, v)...)
	}
	return made, notes, nil
}

// differ notes what a file says otherwise than before. mu is held.
func (d *Desk) differ(name string, before, now *version) []Note {
	words := "改 " + d.below(name)
	switch {
	case before == nil:
		words = "新增文件 " + d.below(name)
	case !before.file.Whole() || !now.file.Whole():
	default:
		held := map[string]*version{name: before}
		m := &merging{patching: d.patch(held), name: name, base: before, mine: now, theirs: before, lists: now.lists(), lost: map[int]bool{}}
		m.deleted()
		for i := range now.entries {
			m.row(i)
		}
		if len(m.notes) > 0 {
			return m.notes
		}
		words = "改 " + d.below(name) + "（只有注释、空行或先后不同）"
	}
	return []Note{{What: "set", File: d.below(name), Words: words}}
}
