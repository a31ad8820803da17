package par

import "unicode/utf8"

// Where the lines of a title end, by GB/T 9704-2012 cl. 7.3.1: 词意完整，排列对称，长短适宜. Without a dictionary of the
// language the sense is guessed from blanks, marks, years and the Words that the caller knows of. Prices are in em²: two
// lines that differ by 2·d em cost 2·d² more than two of the same length.
const (
	senseNumber = -2000 // after the number of a title in the middle, 第二部分　|…: one that needs lines is broken there
	senseBlank  = -200  // at an em space
	senseMark   = 20    // after a mark, before an opening one
	senseYear   = 5     // before a year
	senseBody   = 50    // after the name of a body: 审批局|
	senseWords  = 80    // between two known words
	senseWord   = 105   // beside one
	senseOther  = 120
	senseWithin = 600 // within a known word, after 和, before 的, between a number and what it counts
	senseName   = 700 // within a name that a line has room for
	senseAlone  = 400 // more, where one character would stand alone
	senseEdge   = 30  // more, where two would
)

// Words are what the sense of a title is guessed by. They are shared and not changed.
type Words struct {
	Known  map[[2]rune]bool // words of two characters, and each two of longer ones, which stay together
	Bodies string           // characters that names of bodies end with: 局, 委
	Joins  string           // that join what is before and after: 和
	Tails  string           // that end words of three after a known one: 满意|度
	Fronts string           // that begin them before one: 总|预算
	Names  []string         // that stay whole where a line has room for them: the department's
}

// role is what a character does in titles, as far as the Words tell.
type role uint8

const (
	body role = 1 << iota
	join
	tail
	front
)

// roles turns the Words around: what each character does.
func (w *Words) roles() map[rune]role {
	out := map[rune]role{}
	for i, chars := range [...]string{w.Bodies, w.Joins, w.Tails, w.Fronts} {
		for _, c := range chars {
			out[c] |= 1 << i
		}
	}
	return out
}

// gap is a place between two characters of a title.
type gap struct {
	l, r        *atom
	left, right role
	// whether a known word ends at the place, lies across it, begins there
	ends, across, begins bool
}

// priceSense adds to the costs of a title's breaks what they do to its sense, in hundredths of an em².
func (s segment) priceSense(w *Words, roles map[rune]role, centred bool) {
	numbered := false
	s.eachGap(w, roles, func(i int, g *gap) {
		price := g.sense(s.atoms, i)
		if g.l.class == ideoSpace && centred && !numbered && i <= longNumber {
			price, numbered = senseNumber, true
		}
		switch min(i, len(s.atoms)-i) {
		case 1:
			price += senseAlone
		case 2:
			price += senseEdge
		}
		s.atoms[i].cost += price * 100
	})
}

// longNumber is how many characters the number of a title has at most, with the em space after it: 第二十一部分　, 表12-10　.
const longNumber = 8

// fewCharacters is the length up to which a text that is not justified is read at a glance, as what stands in a cell is:
// its words are kept whole where that leaves the lines but little more ragged.
const fewCharacters = 20

// priceWords makes breaks within words dearer by costWithin, and those within a few characters in brackets by costTerm.
func (s segment) priceWords(w *Words, roles map[rune]role) {
	s.eachGap(w, roles, func(i int, g *gap) {
		switch {
		case bracketed(s.atoms, i):
			s.atoms[i].cost += costTerm
		case g.across || g.ends && g.right&tail != 0 && !g.begins:
			s.atoms[i].cost += costWithin
		}
	})
}

// priceTerms makes breaks within a few characters in brackets or quotation marks dearer by costTerm.
func (s segment) priceTerms() {
	for _, at := range s.odd {
		if c := s.atoms[at].class; c != opener && c != bracket {
			continue
		}
		for i := int(at) + 1; i < len(s.atoms) && bracketed(s.atoms, i); i++ {
			if s.atoms[i].cost < forbidden {
				s.atoms[i].cost += costTerm
			}
		}
	}
}

// eachGap calls f with every place where a line may end.
func (s segment) eachGap(w *Words, roles map[rune]role, f func(i int, g *gap)) {
	seg := s.atoms
	g := gap{right: roles[seg[0].r], begins: len(seg) > 1 && w.known(&seg[0], &seg[1])}
	for i := 1; i < len(seg); i++ {
		g.l, g.left, g.ends, g.across = &seg[i-1], g.right, g.across, g.begins
		g.r, g.right, g.begins = &seg[i], roles[seg[i].r], i+1 < len(seg) && w.known(&seg[i], &seg[i+1])
		if seg[i].cost < forbidden {
			f(i, &g)
		}
	}
}

// keepNames makes breaks within known names dear, but of those that no line holds. It needs the sums.
func (b *breaker) keepNames() {
	for _, name := range b.words.Names {
		n := utf8.RuneCountInString(name)
		for from := 0; n > 0 && from+n <= len(b.atoms); from++ {
			if !b.reads(from, name) || b.sums[from+n].width-b.sums[from].width > b.measure {
				continue
			}
			for i := from + 1; i < from+n; i++ {
				b.atoms[i].cost = max(b.atoms[i].cost, senseName*100)
			}
			from += n - 1
		}
	}
}

// reads reports whether the text reads so from an atom on.
func (b *breaker) reads(from int, text string) bool {
	for _, r := range text {
		if b.atoms[from].r != r {
			return false
		}
		from++
	}
	return true
}

// sense prices the break before seg[i], which is at the gap.
func (g *gap) sense(seg []atom, i int) int32 {
	l, r := g.l, g.r
	switch {
	case l.class == ideoSpace:
		return senseBlank
	case g.left&join != 0, r.r == '的', l.class == digit && r.class == han, bracketed(seg, i):
		return senseWithin
	case l.class == space, l.class.fullMark(), r.class == opener, r.class == bracket:
		return senseMark
	case year(seg[i:]):
		return senseYear
	case l.class != han, r.class != han:
		return senseOther
	case g.across:
		return senseWithin
	}
	ends, begins := g.ends || l.r == '的', g.begins
	switch {
	case g.left&body != 0 && !ends:
		return senseBody
	case g.right&body != 0 && !begins: // 执法|局
		return senseWithin
	case ends && g.right&tail != 0 && !begins:
		return senseWithin
	case begins && !ends && g.left&front != 0:
		return senseWithin
	}
	begins = begins || g.right&join != 0
	switch {
	case ends && begins:
		return senseWords
	case ends || begins:
		return senseWord
	}
	return senseOther
}

// year reports whether a text begins with a year: 2026年.
func year(seg []atom) bool {
	n := 0
	for n < len(seg) && seg[n].class == digit {
		n++
	}
	return n == 4 && n < len(seg) && seg[n].r == '年'
}

// bracketed reports whether the break before seg[i] parts a few characters in brackets: 部门（单|位）.
func bracketed(seg []atom, i int) bool {
	const few = 8
	for k := i - 1; k >= 0 && k >= i-few; k-- {
		switch seg[k].class {
		case closer:
			return false
		case opener, bracket:
			for k = i; k < len(seg) && k < i+few; k++ {
				if seg[k].class == closer {
					return true
				}
			}
			return false
		}
	}
	return false
}

// known reports whether two characters are one of the known words.
func (w *Words) known(a, b *atom) bool {
	return a.class == han && b.class == han && w.Known[[2]rune{a.r, b.r}]
}
