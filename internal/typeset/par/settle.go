package par

// settle gives the atoms of a segment their classes by context, then their trims, gaps and give. A mark is looked
// through: it is part of the character before it.
func (s segment) settle(tracking int) {
	if tracking != 0 {
		s.track(int64(tracking))
	}
	edge := atom{class: space}
	for _, at := range s.odd {
		a := &s.atoms[at]
		if a.class.in(1<<han | 1<<mark) {
			continue
		}
		l, r := &edge, &edge
		if i := s.before(int(at)); i >= 0 {
			l = &s.atoms[i]
		}
		if i := s.after(int(at)); i < len(s.atoms) {
			r = &s.atoms[i]
		}
		if a.class.in(contextual) {
			a.resolve(l, r)
		}
		if l != &edge && !(l.class.inWord() && a.class.inWord()) {
			pair(l, a)
		}
		if r.class == han {
			pair(a, r)
		}
	}
	for _, i := range s.odd {
		switch a := &s.atoms[i]; {
		case !a.class.in(fullMarks | 1<<space | 1<<middot):
		case i == 0:
			a.loosen(nil)
		default:
			a.loosen(&s.atoms[i-1])
		}
	}
}

// before is the index of the character before the atom at i, negative when there is none.
func (s segment) before(i int) int {
	for i--; i >= 0 && s.atoms[i].class == mark; i-- {
	}
	return i
}

// after is the index of the character after the atom at i, that of the end when there is none.
func (s segment) after(i int) int {
	for i++; i < len(s.atoms) && s.atoms[i].class == mark; i++ {
	}
	return i
}

// track sets all characters so far apart, in thousandths of their size.
func (s segment) track(tracking int64) {
	first := true
	for i := range s.atoms {
		a := &s.atoms[i]
		if a.class != mark && !first {
			a.gap = a.size.Milli(tracking)
		}
		first = first && a.class == mark
	}
}

// resolve decides what an atom is between its neighbours; the one before is resolved, the one after is not.
func (a *atom) resolve(l, r *atom) {
	switch a.class {
	case opener:
		if !a.wide { // a mark of Latin text
			a.class = bracket
		}
	case closer, comma, stop:
		if !a.wide {
			a.class = point
		}
	case dash: // a lone — joins two names or dates, and never begins a line
		if (a.r == '—' || a.r == '―') && l.r != a.r && r.r != a.r {
			a.class = connector
		}
	case operator:
		switch {
		case a.r == '\'' || a.r == '"' || a.r == '+':
		case r.class == digit && !l.class.inWord(): // a sign: 增长 -5.2%, ≥95%
			a.class = prefix
		case (a.r == '-' || a.r == '‐') && !(l.class.inWord() && r.class.inWord()): // 甲-乙
			a.class = connector
		}
	}
}

// pair settles two neighbours of one line: two marks take one em and a half together (CLREQ §3.1.6.1), Han and Latin
// stand a quarter of an em apart, and a blank typed there counts as that gap.
func pair(l, r *atom) {
	switch {
	case l.full() && r.full():
		switch {
		case l.class == opener && r.class == opener:
			r.trimL = min(r.size.Milli(half), l.box())
		case l.class == stop && r.class == stop && l.trimR == 0 && l.r != '。' && r.r != '。':
			l.trimR, r.trimR = l.size.Milli(half), r.size.Milli(half) // ？！ take one em, three of them two (GB/T 15834-2011 §5.1.3)
		case l.class != opener && l.trimR == 0:
			l.trimR = l.size.Milli(half)
		}
	case r.class == opener && r.full() && l.class.in(1<<space|1<<ideoSpace): // one blank is enough
		r.trimL = min(r.size.Milli(half), l.box())
	case l.class == han && r.class == space:
		r.blankGap()
	case l.class == space && r.class == han:
		l.blankGap()
	case l.class == han && r.western() && r.class != suffix && r.class != point,
		l.western() && l.class != bracket && l.class != prefix && r.class == han:
		r.gap += min(l.size, r.size).Milli(quarter)
		r.looseGap()
		r.slack = min(r.slack, r.gap)
	}
	r.elastic = elastic(l.class, r.class)
}

// blankGap makes a typed blank the gap between Han and Latin.
func (a *atom) blankGap() {
	a.advance = a.size.Milli(quarter)
	a.looseGap()
}

// looseGap lets what is before an atom, or the blank that it is, give and take as a gap between Han and Latin does.
func (a *atom) looseGap() {
	a.rank, a.slack, a.reach = shrinkGap, a.size.Milli(eighth), a.size.Milli(half-quarter)
}

// western reports whether an atom takes a gap beside Han: it belongs to Latin text and is not drawn an em wide.
func (a *atom) western() bool { return a.class.in(western) && !a.wide }

// elastic reports whether the gap between two neighbours may grow: not within words and numbers, not within —— and ……,
// not around connectors (CLREQ §3.1.6.3).
func elastic(l, r class) bool {
	return !(l.in(rigid) || r.in(rigid) || l == dash && r == dash || l.inWord() && r.inWord())
}

// loosen says how much a mark or a blank between words can give and take when its line is justified, and makes sure that
// its glyph does not start before that of the atom on its left.
func (a *atom) loosen(l *atom) {
	if l != nil && a.shift > 0 {
		a.shift = min(a.shift, max(0, l.box()-l.slack))
	}
	switch {
	case a.rank == shrinkGap:
	case a.class == space:
		a.slack, a.reach = max(0, a.advance-a.size.Milli(quarter)), max(0, a.size.Milli(half)-a.advance)
	case a.class == middot && a.wide: // takes half an em, GB/T 15834-2011 §5.1.7
		a.trimL, a.trimR = a.size.Milli(quarter), a.size.Milli(quarter)
	case !a.full():
	case a.class == opener:
		a.rank, a.slack = shrinkBracket, max(0, a.size.Milli(half)-a.trimL)
		if l != nil {
			a.slack = min(a.slack, max(0, l.box()-l.slack))
		}
	case a.class == closer:
		a.rank, a.slack = shrinkBracket, max(0, a.size.Milli(half)-a.trimR)
	case a.class == comma:
		a.rank, a.slack = shrinkComma, max(0, a.size.Milli(half)-a.trimR)
	case a.class == stop: // half of its blank, so that sentences still end visibly
		a.rank, a.slack = shrinkStop, max(0, a.size.Milli(quarter)-a.trimR)
	}
}
