package doc

// Mark says that a stretch of a text, its bytes From to To, is a number that the program printed. What it is (Of, from 1 on)
// only those know who made the document. Marks travel beside the texts: nothing that is printed depends on them.
type Mark struct{ From, To, Of int32 }

// Marks are the marks of one text: where in Document.Marks they begin, 0 for none. A mark of nothing ends them.
type Marks int32

// MarksOf are the marks of a text, in its order.
func MarksOf(all []Mark, m Marks) []Mark {
	if m == 0 {
		return nil
	}
	n := int(m)
	for all[n].Of != 0 {
		n++
	}
	return all[m:n]
}
