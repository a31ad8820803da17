package schedule

import (
	"fmt"
	"slices"
	"strings"
)

// People name a number by the words on the page (its address): of the rows it stands in and of the heads it stands below.

// rung is one step on the way to a number. The last of the rows and the last of the heads must be named, others may be
// left out.
type rung struct {
	words []string // any of them names it; the first is what we call it
	own   bool
}

var plainly = strings.NewReplacer("“", "", "”", "", "‘", "", "’", "", "\"", "", " ", "", "\u3000", "", "\n", "", "(", "（", ")", "）", "．", ".")

// plainWords are words as they are compared: without what people leave out or type otherwise, when they name something.
func plainWords(s string) string { return plainly.Replace(s) }

func (r *rung) add(words ...string) {
	for _, w := range words {
		if w = plainWords(w); w != "" && !slices.Contains(r.words, w) {
			r.words = append(r.words, w)
		}
	}
}

// rowRungs lead to a row: the rows above it, its side, its group, itself. A row without words has none of its own.
func (s *Schedule) rowRungs(side, row int) (out []rung) {
	x := &s.Sides[side]
	if name := map[string]string{"income": "收入", "outgo": "支出", "use": "支出用途"}[x.Name]; name != "" {
		out = append(out, rung{words: []string{name}})
	}
	var path []int
	for i := row; i >= 0; i = x.Rows[i].Parent {
		path = append(path, i)
	}
	slices.Reverse(path)
	for n, i := range path {
		r := &x.Rows[i]
		last := n == len(path)-1
		own := rung{own: last}
		if group := r.Text("group").String; group != "" && last {
			if r.Text("label").String == "" {
				own.add(group)
			} else {
				out = append(out, rung{words: []string{plainWords(group)}})
			}
		}
		own.add(r.words()...)
		if len(own.words) > 0 {
			out = append(out, own)
		}
	}
	return out
}

// words are what a row may be called, the best first: its code or its label without a number, its name, its label as it is
// printed, all of it.
func (r *Row) words() (out []string) {
	if r.Kind == Total {
		out = append(out, totalKey)
	}
	code := r.Text("code").String
	if code != "" {
		out = append(out, code)
	}
	names := r.ownNames()
	all := strings.Join(names, " ")
	if len(names) > 1 && r.Spec == nil && r.query != nil { // of nested rows, all fields make the name
		out = append(out, all)
	}
	for _, n := range names {
		out = append(out, Bare(n), n)
	}
	if code != "" {
		out = append(out, code+all)
	}
	if r.Own != departmentKey {
		out = append(out, r.Own)
	}
	return append(out, all)
}

// ownNames are the texts that name the row itself: its name, its label, or of a nested row all that its level prints.
func (r *Row) ownNames() (out []string) {
	for i := range r.Texts {
		if t := &r.Texts[i]; t.Field == "name" || t.Field == "label" {
			return slices.DeleteFunc([]string{t.String}, func(s string) bool { return s == "" })
		}
	}
	for i := range r.Texts {
		if s := r.Texts[i].String; s != "" {
			out = append(out, s)
		}
	}
	return out
}

// columnRungs lead to a column.
func (s *Schedule) columnRungs(column int) (out []rung) {
	heads := s.Heads(column)
	for i, h := range heads {
		r := rung{own: i == len(heads)-1}
		r.add(h)
		if r.own {
			r.add(s.alsoCalled(column)...)
		}
		out = append(out, r)
	}
	return out
}

// alsoCalled are the pack's names of figures that ask for what a column asks for.
func (s *Schedule) alsoCalled(column int) (out []string) {
	l := &s.Leaves[column]
	if !l.Sums() {
		return nil
	}
	asked := l.Query.String()
	for _, name := range s.of.Pack.FigureNames {
		if f := s.of.Pack.Figures[name]; f.By == "" && asked != "" && f.Query.String() == asked {
			out = append(out, name)
		}
	}
	return out
}

// Heads are the heads of a column as they are printed, the outermost first.
func (s *Schedule) Heads(column int) []string {
	l := &s.Leaves[column]
	if l.printed == nil {
		for _, h := range l.Heads {
			l.printed = append(l.printed, s.of.words.Text(h.Head, nil).String)
		}
	}
	return l.printed
}

// matches reports whether words name what rungs lead to, and how many rungs they leave out. Words in a name may be joined by
// dots.
func matches(words []string, rungs []rung) (left int, ok bool) {
	if len(rungs) == 0 {
		return 0, len(words) == 0
	}
	r := &rungs[0]
	for n := len(words); n > 0; n-- {
		if slices.Contains(r.words, strings.Join(words[:n], ".")) {
			if left, ok = matches(words[n:], rungs[1:]); ok {
				return left, true
			}
		}
	}
	if r.own {
		return 0, false
	}
	left, ok = matches(words, rungs[1:])
	return left + 1, ok
}

// nth are the words for the n-th row or column, which always name it.
func nth(n int, what string) string { return fmt.Sprintf("第%d%s", n+1, what) }
