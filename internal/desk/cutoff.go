package desk

import (
	"encoding/json"
	"path"
	"slices"
	"strings"
)

// What is typed is in the journal at once and in its file a moment later. A program that is killed in between, a machine that
// loses its power, leaves steps behind the last one that says that all was saved: whoever opens the folder next is told.

// AllSaved is the kind of a step of the journal behind which nothing is that was not saved. Its notes are of what was not saved
// before and nobody decided about yet.
const AllSaved = "saved"

// mark notes that all is saved, where the journal does not say so yet. mu is held.
func (d *Desk) mark() {
	if d.marked || len(d.blocked) > 0 || len(d.dirty()) > 0 {
		return
	}
	s := Step{Time: d.world.Now(), User: d.world.User, Kind: AllSaved, Notes: []Note{}}
	for _, c := range d.conflicts {
		if c.cut != nil {
			n := c.cut.Note
			n.Old, n.New = c.cut.was, c.cut.now
			s.Notes = append(s.Notes, n)
		}
	}
	d.write(s)
	d.marked = true
}

// cutCell is a field that was changed and not saved: what it said before, and what it said at last.
type cutCell struct {
	Note
	was, now string
}

// unsavedSteps are the steps behind the last that says that all was saved. A journal that never says so tells nothing.
func unsavedSteps(lines [][]byte) (steps []Step, marked bool) {
	for _, line := range slices.Backward(lines) {
		var s Step
		switch err := json.Unmarshal(line, &s); {
		case err != nil: // a line that was cut off itself
		case s.Kind == AllSaved:
			steps = append(steps, s)
			slices.Reverse(steps)
			return steps, true
		case s.Kind != "foreign":
			steps = append(steps, s)
		}
	}
	return nil, false
}

// recall makes conflicts of what was typed in a session that was cut off and is not in the files.
func (d *Desk) recall(lines [][]byte) {
	cells := map[[3]string]*cutCell{}
	var order []*cutCell
	steps, marked := unsavedSteps(lines)
	d.unbegun = !marked
	for _, s := range steps {
		for _, n := range s.Notes {
			was, now := n.Old, n.New
			if s.Kind == "undo" {
				was, now = now, was
			}
			at := [3]string{n.File, n.Row, n.Key}
			switch c := cells[at]; {
			case n.What == "conflict" || n.What == "foreign": // nothing was typed
			case c != nil && n.What == string(Set):
				c.now = now
			default:
				c = &cutCell{n, was, now}
				if order = append(order, c); n.What == string(Set) {
					cells[at] = c
				}
			}
		}
	}
	for _, c := range order {
		d.recallCell(c)
	}
	d.marked = len(d.conflicts) == 0
}

// recallCell makes a conflict of a field, or of something else that a step did, if it is not in the files.
func (d *Desk) recallCell(c *cutCell) {
	x := Conflict{What: "上次没有正常结束，没有存进文件的：" + c.Words, Mine: c.now, cut: c, solve: func(*patching) bool { return false }}
	if c.What != string(Set) {
		if c.What == string(Delete) {
			x.Mine, x.Theirs = "", c.was
		}
		d.conflicts = append(d.conflicts, d.conflict(x))
		return
	}
	id := numberOf(c.Row)
	v := d.held[d.within(c.File)]
	e, ok := v.entry(id)
	if ok = ok && e.Table == c.Table; ok {
		x.Row, x.Key, x.Theirs = rowID(path.Base(c.File), id), c.Key, textOr(valueOf(e, c.Key))
	}
	if c.was == c.now || ok && x.Theirs == c.now {
		return
	}
	if ok && x.Theirs == c.was {
		x.solve = func(p *patching) bool { return d.retype(p, c, id) }
	} else {
		x.Row, x.Key, x.Theirs = "", "", ""
	}
	d.conflicts = append(d.conflicts, d.conflict(x))
}

// retype types a field again, if the row is the one that it was by all that is known of it.
func (d *Desk) retype(p *patching, c *cutCell, id int) bool {
	m, e, ok := p.where(id)
	if !ok || e == nil || p.gone[id] || m.table != c.Table {
		return false
	}
	title := d.label(m.table) + dotted(d.title(e)) + " · " + d.keyLabel(m.table, c.Key)
	if !strings.HasPrefix(c.Words, title+" ") {
		return false
	}
	f := fieldOf(d.table(m.table), c.Key)
	typed := Typed{Key: c.Key, Text: c.now}
	if f != nil && f.Repeated {
		typed = Typed{Key: c.Key, Items: strings.Split(c.now, "\n")}
	}
	if c.now == "" {
		p.set(id, c.Key, nil)
		return true
	}
	l, given, message := d.literal(m.table, typed, p.unit(m.path))
	if message != "" || !given {
		return false
	}
	p.set(id, c.Key, &l)
	return true
}
