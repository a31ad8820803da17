package sentence

// Enumerated is a sentence that says how many there are of what is then listed: 事业单位4家，具体包括：1. …. The counts together, or one
// that the others make up, are the number of items.
type Enumerated struct {
	Counts []int
	Items  int
}

// announcesItems notes the counts of a sentence whose items follow by their numbers.
func (r *reader) announcesItems(f *frame) {
	for _, i := range r.counts {
		if m := r.Numbers[i].Measure; m == r.Numbers[r.counts[0]].Measure {
			f.counts = append(f.counts, i)
		}
	}
}

// enumerated notes how many items a list had.
func (r *reader) enumerated(f *frame) {
	if f.items > 0 && len(f.counts) > 0 && f.level > inline {
		r.Enumerated = append(r.Enumerated, Enumerated{f.counts, f.items})
	}
}

// enumerations holds counts against the items.
func (j *judge) enumerations() {
	for _, x := range j.Enumerated {
		sum, most := 0, 0
		for _, i := range x.Counts {
			n := small(&j.Numbers[i])
			sum, most = sum+n, max(most, n)
		}
		j.hold("下面所列的条数", x.Counts...)
		if sum == x.Items || most == x.Items && most == sum-most {
			continue
		}
		last := x.Counts[len(x.Counts)-1]
		j.fault(Fault{Kind: ItemsDiffer, Number: last, With: x.Counts[:len(x.Counts)-1], Items: x.Items})
	}
}

// small is a count as a number.
func small(n *Number) int {
	value := 0
	for _, d := range n.Literal {
		if d < '0' || d > '9' || value > 1_000_000 {
			return 0
		}
		value = value*10 + int(d-'0')
	}
	return value
}
