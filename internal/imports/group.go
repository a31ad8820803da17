package imports

import "slices"

// classify says of each row whether it is a leaf or adds up others: it says so itself (合计), or the next row is finer, a code
// below its own or something that it leaves empty, all else being the same.
func (b *body) classify() {
	b.naming()
	if len(b.money) == 0 {
		return
	}
	for i := range b.lines {
		l := &b.lines[i]
		if l.class != leaf {
			continue
		}
		if !l.hasMoney() && b.kind != Vehicle { // cars are counted, whatever was paid for them
			l.class = empty
		}
		if j := b.next(i); j >= 0 && !l.broken && !b.lines[j].broken && above(l, &b.lines[j]) {
			l.class = group
		}
	}
	for i := range b.lines { // a row of numbers alone, below or above all others, is a sum that does not say so
		l := &b.lines[i]
		if l.class == leaf && l.nameless() && !l.broken && !l.allOdd() && len(b.lines) > 1 {
			l.class, l.label = sum, "没有写名称的一行"
		}
	}
}

// next is the next row that does not say that it is a sum, -1 for none.
func (b *body) next(i int) int {
	for j := i + 1; j < len(b.lines); j++ {
		if b.lines[j].class != sum {
			return j
		}
	}
	return -1
}

// above reports whether a row adds up another by what both say of themselves.
func above(l, m *line) bool {
	finer := false
	for d := range l.names {
		ok, f := l.names[d].above(m.names[d])
		if !ok {
			return false
		}
		finer = finer || f
	}
	return finer
}

// holds reports whether a leaf is among those that a row of sums names.
func holds(l, m *line) bool {
	for d := range l.names {
		if ok, _ := l.names[d].above(m.names[d]); !ok {
			return false
		}
	}
	return true
}

func (l *line) hasMoney() bool {
	for _, f := range l.figures {
		if f.state == odd || f.state == unstored || f.state == amount && !f.amount.IsZero() {
			return true
		}
	}
	return false
}

// onlyWhole reports whether a row has the money of all years of a project and none of its own.
func (l *line) onlyWhole(b *body) bool {
	whole := false
	for _, c := range b.money {
		if f := l.figures[c.index]; f.state == amount && !f.amount.IsZero() {
			if c.role != roleWhole {
				return false
			}
			whole = true
		}
	}
	return whole
}

// allOdd reports whether no cell of a column of amounts holds one: such a row adds nothing up.
func (l *line) allOdd() bool {
	return !slices.ContainsFunc(l.figures, func(f figure) bool { return f.state == amount || f.state == unstored })
}

func (l *line) nameless() bool {
	for _, n := range l.names {
		if !n.isEmpty() {
			return false
		}
	}
	return true
}
