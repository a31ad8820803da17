package audit

import (
	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/money"
	"yusuan/internal/prose"
)

// Projects of a finished document, as its tables print them.

// printedProject is a row of the printed table of projects.
type printedProject struct {
	name   string
	title  string // “name”, with its unit where others have one of that name
	amount money.Amount
	at     diag.Range
}

func (in *Input) printedProjects() []printedProject {
	if in.printed == nil {
		return nil
	}
	var out []printedProject
	for _, p := range in.printed.reading.Projects() {
		key := in.printed.reading.ProjectKey(p)
		c, ok := in.printedSum(budget.Query{}.Where("kind", budget.KindProject).Where("project", key))
		if !ok || p.Name == "" {
			continue
		}
		title := "“" + p.Name + "”"
		if key != p.Name {
			title += "（" + p.Unit + "）"
		}
		out = append(out, printedProject{p.Name, title, c.value, c.at})
	}
	return out
}

// match finds the project that a name means: by name, or by its amount where no other project has that. Of several of one
// name it is the one with the amount, those that were not seen before first.
func match(list []printedProject, name string, amount money.Amount, seen []bool) (int, bool) {
	found, fit := -1, -1
	for i, p := range list {
		if prose.Squeeze(p.name) != prose.Squeeze(name) {
			continue
		}
		n := 0
		if p.amount.Equal(amount) {
			n += 2
		}
		if seen == nil || !seen[i] {
			n++
		}
		if n > fit {
			found, fit = i, n
		}
	}
	if found >= 0 {
		return found, true
	}
	for i, p := range list {
		if p.amount.Equal(amount) && !amount.IsZero() {
			if found >= 0 {
				return -1, false
			}
			found = i
		}
	}
	return found, found >= 0
}
