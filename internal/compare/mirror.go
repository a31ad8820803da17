package compare

import "fmt"

// Mirror leads from the effects of a comparison backwards, from the new document to the old one, to the same effects forwards:
// for each of a list its place in the other list, -1 for none. Only backwards do spots lead into the old document.
type Mirror struct{ Cells, Sentences, Rows, Parts []int }

// Mirrored finds which effect of back, a comparison of the same two documents backwards, is which of r.
func (r *Result) Mirrored(back *Result) Mirror {
	return Mirror{
		match(r.Cells, back.Cells, func(c *Cell, b bool) []any {
			old, now := c.Old, c.New
			if b {
				old, now = now, old
			}
			return []any{c.Name, c.Where, c.Column, old, now}
		}, func(c *Cell, b bool) []any {
			old, now := c.Old, c.New
			if b {
				old, now = now, old
			}
			return []any{c.Where, c.Column, old, now} // a project that is called otherwise has another name
		}),
		match(r.Sentences, back.Sentences, func(s *Sentence, b bool) []any { return []any{s.Where, s.Place, said(s, b), said(s, !b)} },
			func(s *Sentence, b bool) []any { return []any{s.Where, said(s, b), said(s, !b)} }),
		match(r.Rows, back.Rows, func(x *Row, b bool) []any {
			old, now := x.Old, x.Name
			if b && old != "" {
				old, now = now, old
			}
			return []any{x.Part, now, old, turned(x.Change, b)}
		}, func(x *Row, b bool) []any { return []any{x.Name, turned(x.Change, b)} }),
		match(r.Parts, back.Parts, func(x *Part, b bool) []any { return []any{x.Where, x.Title, turned(x.Change, b)} },
			func(x *Part, b bool) []any { return []any{x.Title, turned(x.Change, b)} }),
	}
}

// said is what a sentence says before or, with after, behind the change.
func said(s *Sentence, after bool) string {
	out, other := "", New
	if after {
		other = Gone
	}
	for _, p := range s.Pieces {
		if p.Kind != other {
			out += p.Text
		}
	}
	return out
}

// turned is a change as it is the other way round, if it is.
func turned(c Change, back bool) Change {
	switch {
	case back && c == Added:
		return Removed
	case back && c == Removed:
		return Added
	}
	return c
}

// match pairs those of two lists that are the same by the first of several ways to tell; each is one other's at most.
func match[T any](list, back []T, ways ...func(x *T, back bool) []any) []int {
	out := make([]int, len(back))
	for i := range out {
		out[i] = -1
	}
	taken := make([]bool, len(list))
	for _, way := range ways {
		free := map[string][]int{}
		for i := range list {
			if !taken[i] {
				k := fmt.Sprintf("%v", way(&list[i], false))
				free[k] = append(free[k], i)
			}
		}
		for i := range back {
			k := fmt.Sprintf("%v", way(&back[i], true))
			if at := free[k]; out[i] < 0 && len(at) > 0 {
				out[i], free[k], taken[at[0]] = at[0], at[1:], true
			}
		}
	}
	return out
}
