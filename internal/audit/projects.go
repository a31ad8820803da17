package audit

import (
	"slices"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/money"
	"yusuan/internal/prose"
)

// Projects of a finished document, as its tables print them.

// projectRow is a project as its table prints it.
type projectRow struct{ unit, name string }

// projectList are the projects of a document; several units may have one of a name.
type projectList struct {
	rows   []projectRow
	called map[string][]projectRow // by name
}

// add adds the rows of a table of projects that have a unit: those without are headings.
func (l *projectList) add(t *statedTable) {
	name, unit := fieldColumn(t.spec, "name"), fieldColumn(t.spec, "unit")
	for _, row := range t.rows {
		if name < 0 || unit < 0 || max(name, unit) >= len(row) || row[unit].text == "" {
			continue
		}
		if p := (projectRow{row[unit].text, row[name].text}); !slices.Contains(l.called[p.name], p) {
			l.rows, l.called[p.name] = append(l.rows, p), append(l.called[p.name], p)
		}
	}
}

// key is what the space calls a project: its name, and its unit where others have one of that name.
func (l *projectList) key(p projectRow) string {
	if len(l.called[p.name]) > 1 {
		return p.unit + "/" + p.name
	}
	return p.name
}

func (l *projectList) keys() []string {
	var out []string
	for _, p := range l.rows {
		out = append(out, l.key(p))
	}
	return out
}

// below are the projects that a heading stands for, the first of rows: all of the unit that it names, else those
// up to the next heading.
func (l *projectList) below(rows []printedRow, name, unit int) []string {
	heading := rows[0][name].text
	var ofUnit, next []string
	open := true
	for _, row := range rows[1:] {
		switch {
		case max(name, unit) >= len(row):
		case row[unit].text == "":
			open = false
		default:
			key := l.key(projectRow{row[unit].text, row[name].text})
			if row[unit].text == heading {
				ofUnit = append(ofUnit, key)
			}
			if open {
				next = append(next, key)
			}
		}
	}
	if len(ofUnit) > 0 {
		return ofUnit
	}
	return next
}

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
	for _, p := range in.printed.projects.rows {
		key := in.printed.projects.key(p)
		c, ok := in.printedSum(budget.Query{}.Where("kind", budget.KindProject).Where("project", key))
		if !ok || p.name == "" {
			continue
		}
		title := "“" + p.name + "”"
		if key != p.name {
			title += "（" + p.unit + "）"
		}
		out = append(out, printedProject{p.name, title, c.value, c.at})
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
