package desk

// What is typed into a field arrives piece by piece, each a step of its own, so that the pages follow. Whoever takes it back
// means all of it.

// run are the steps at the end of a list that are taken back together, the last first.
func (d *Desk) run(list []int) (steps []int) {
	for i := len(list) - 1; i >= 0; i-- {
		k := list[i]
		if n := len(steps); n > 0 {
			after := steps[n-1]
			if k != after-1 || d.log[k].run == "" || d.log[k].run != d.log[after].run {
				break
			}
		}
		steps = append(steps, k)
	}
	return steps
}

// sum is what the steps of a run did, told as one: what was there before all of them, and what is there behind them.
func (d *Desk) sum(run []int) []Note {
	if len(run) == 0 {
		return nil
	}
	last, first := d.log[run[0]].Notes, d.log[run[len(run)-1]].Notes
	if d.log[run[0]].Kind == "undo" { // each leads back: the last of them to the beginning
		last, first = first, last
	}
	if len(run) == 1 || len(first) != 1 || len(last) != 1 || first[0].What != string(Set) {
		return first
	}
	n := last[0]
	n.Old, n.Was = first[0].Old, first[0].Was
	n.Words = n.Title + " " + n.Was + " → " + n.Now
	return []Note{n}
}

// saw reports whether what stands in a field is what the author of a change saw: as State tells it, or as he typed it himself,
// before State could tell how a file spells that.
func (g *group) saw(c *Change, m madeRow, text string) bool {
	if text == c.Was {
		return true
	}
	v, given, message := g.d.literal(m.table, Typed{Key: c.Key, Text: c.Was}, g.unit(m.path))
	return message == "" && given && v.Says() == text
}
