package recognise

import (
	"slices"

	"yusuan/internal/pack"
)

// formPattern is what a performance form looks like on paper: its titles and its labels.
type formPattern struct {
	form     *pack.Form
	headings []text
	labels   map[string]bool
	projects map[string]bool // labels beside which the name of the project stands
	budgets  map[pack.LabelRole][]string
}

const leastForm = 480 // less is no form

func (w *writer) formPatterns() []*formPattern {
	var kinds []string
	for k := range w.p.Forms {
		kinds = append(kinds, k)
	}
	slices.Sort(kinds)
	var out []*formPattern
	for _, k := range kinds {
		f := w.p.Forms[k]
		x := &formPattern{form: f, labels: map[string]bool{}, projects: map[string]bool{}, budgets: map[pack.LabelRole][]string{}}
		if f.Scope == pack.ScopeProject {
			for _, role := range []pack.LabelRole{pack.LabelWhole, pack.LabelNow, pack.LabelSources} {
				for _, word := range w.p.LabelWords(role) {
					x.budgets[role] = append(x.budgets[role], bare(word))
				}
			}
		}
		for _, s := range []pack.Snippet{f.Heading, f.Title, f.Contents} {
			if b := w.text(s); b != "" {
				if _, rest, ok := numbered(b); ok {
					b = rest
				}
				x.headings = append(x.headings, textOf(b))
			}
		}
		x.items(f.Items)
		out = append(out, x)
	}
	return out
}

// items notes the labels of rows, and those before the name of the project.
func (x *formPattern) items(items []pack.Item) {
	add := func(s pack.Snippet) {
		if b := bare(s.Literal); b != "" {
			x.labels[b] = true
		}
	}
	for i := range items {
		add(items[i].Label)
		for k := range items[i].Cells {
			c := &items[i].Cells[k]
			if c.Label || c.Names {
				add(c.Text)
			}
			if bare(c.Text.Source) == "{{.project.name}}" && k > 0 {
				x.projects[bare(items[i].Cells[k-1].Text.Literal)] = true
			}
		}
		x.items(items[i].Items)
	}
}

// score is how well a table goes with the form.
func (x *formPattern) score(s *sheet) int {
	if len(x.labels) == 0 {
		return 0
	}
	seen := map[string]bool{}
	title := 0
	for i := range s.paper.Rows {
		for _, b := range s.bare[i] {
			if x.labels[b] {
				seen[b] = true
			} else if i == 0 && len(s.paper.Rows[0].Cells) == 1 {
				title = max(title, likest(textOf(b), x.headings))
			}
		}
	}
	for i := range s.above {
		title = max(title, likest(s.above[i], x.headings))
	}
	score := (400*title + 600*min(1000*len(seen)*3/2/len(x.labels), 1000)) / 1000
	if x.tellsBudget(s) {
		score = max(score, leastForm+score/10)
	}
	return score
}

// tellsBudget reports whether a table names a project, its budgets of all years and of this one, and their sources: however little
// else is printed, it is the form of a project.
func (x *formPattern) tellsBudget(s *sheet) bool {
	if len(x.budgets) == 0 || x.project(s) == "" {
		return false
	}
	for _, words := range x.budgets {
		if !slices.ContainsFunc(s.bare, func(row []string) bool {
			return slices.ContainsFunc(row, func(b string) bool { return slices.Contains(words, b) })
		}) {
			return false
		}
	}
	return true
}

// project is the name beside the label for it.
func (x *formPattern) project(s *sheet) string {
	for i := range s.paper.Rows {
		cells := s.paper.Rows[i].Cells
		for k := range cells {
			if x.projects[bare(cells[k].Text)] && k+1 < len(cells) {
				return tidy(cells[k+1].Text)
			}
		}
	}
	return ""
}
