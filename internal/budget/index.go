package budget

// lineIndex finds lines by what sums are most often asked for: of a department with a thousand projects a thousand sums, one
// of each. Only the lines of that project are looked at then.
type lineIndex struct {
	all []int // every line
	by  map[property]map[string][]int
}

// codeLengths are the digits of 类, 款 and 项, by which lines are found by code.
var codeLengths = [...]int{3, 5, 7}

func newLineIndex(lines []Line) lineIndex {
	x := lineIndex{all: make([]int, len(lines)), by: map[property]map[string][]int{
		onUnit: {}, onProject: {}, onFunction: {}, onEconomic: {}}}
	for i := range lines {
		x.all[i] = i
		for on, index := range x.by {
			v := lines[i].value(on)
			switch on {
			case onProject:
				if v != "" { // which may be called with its unit, too
					index[lines[i].projectKey()] = append(index[lines[i].projectKey()], i)
				}
				fallthrough
			case onUnit:
				index[v] = append(index[v], i)
				continue
			}
			for _, n := range codeLengths {
				if len(v) >= n {
					index[v[:n]] = append(index[v[:n]], i)
				}
			}
		}
	}
	return x
}

// find is the lines that a condition can hold for, false where the index cannot tell.
func (x *lineIndex) find(c *cond) (lines []int, ok bool) {
	index := x.by[c.on]
	if index == nil || c.not || len(c.values) != 1 {
		return nil, false
	}
	v := c.values[0]
	if v == None {
		return nil, false
	}
	if (c.on == onFunction || c.on == onEconomic) && len(v) != codeLengths[0] && len(v) != codeLengths[1] && len(v) != codeLengths[2] {
		return nil, false
	}
	return index[v], true
}

// among are the lines that q can select, in their order.
func (b *Budget) among(q Query) []int {
	if b.lines.by == nil { // of lines that New did not make
		return newLineIndex(b.Lines).all
	}
	best := b.lines.all
	for k := range q.conds {
		if found, ok := b.lines.find(&q.conds[k]); ok && len(found) < len(best) {
			best = found
		}
	}
	return best
}

// Each goes through the lines that q selects, by index.
func (b *Budget) Each(q Query, do func(i int)) {
	for _, i := range b.among(q) {
		if q.Match(&b.Lines[i]) {
			do(i)
		}
	}
}

// Scan is how many conditions of lines Each looks at.
func (b *Budget) Scan(q Query) int { return len(b.among(q)) * (1 + len(q.conds)) }
