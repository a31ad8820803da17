package pack

import (
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
)

// Asked is a query of the pack with what asks it, in the words of messages.
type Asked struct {
	By    string
	Query budget.Query
}

// Queries are all queries of the pack: of figures, tables, charts, and those that texts spell out.
func (p *Pack) Queries() []Asked { return p.queries() }

func (p *Pack) findQueries() []Asked {
	var out []Asked
	add := func(by string, list ...budget.Query) {
		for _, q := range list {
			if len(q.Conditions()) > 0 {
				out = append(out, Asked{by, q})
			}
		}
	}
	for _, name := range p.FigureNames {
		f := p.Figures[name]
		add(diag.Quote(f.Title)+"（"+name+"）", f.Query)
		if f.Last.String() != f.Query.String() {
			add(diag.Quote(f.Title)+"（"+name+"）的上年数", f.Last)
		}
	}
	for _, id := range p.TableIDs() {
		t := p.Tables[id]
		add("表"+id, append(rowQueries(t), t.Filter)...)
		for _, c := range Leaves(t.Columns) {
			add("表"+id, c.Query)
		}
	}
	for _, id := range sortedKeys(p.Charts) {
		x := p.Charts[id]
		add("图"+id, x.Filter)
		for _, it := range slices.Concat(x.Sources, x.Items) {
			add("图"+id, it.Query)
		}
		for i := range x.Series {
			add("图"+id, x.Series[i].Query)
		}
	}
	for _, name := range sortedKeys(p.sources) {
		for _, q := range spelled(p.sources[name].text) {
			add("文字模板 "+strings.TrimPrefix(name, "prose/"), q)
		}
	}
	return out
}

// rowQueries are the queries of a table's rows.
func rowQueries(t *Table) []budget.Query {
	var out []budget.Query
	for _, rows := range [][]Row{t.List, t.Income, t.Outgo, t.Use} {
		for i := range rows {
			out = append(out, rows[i].Query)
		}
	}
	for _, foot := range t.Foot {
		for i := range foot {
			out = append(out, foot[i].Query)
		}
	}
	return out
}

// spelled are the queries that a template writes out, in words such as sum and by. The codes of one that is put together
// when the text is made are not known here.
func spelled(text string) []budget.Query {
	var out []budget.Query
	for _, a := range actions(text) {
		for _, s := range quoted(a) {
			if q, err := budget.ParseQuery(s); err == nil {
				out = append(out, q)
			}
		}
	}
	return out
}

// actions are the stretches {{…}} of a text that have no } inside.
func actions(text string) (out []string) {
	for {
		i := strings.Index(text, "{{")
		if i < 0 {
			return out
		}
		text = text[i:]
		end := strings.IndexByte(text, '}')
		switch {
		case end < 0:
			return out
		case strings.HasPrefix(text[end:], "}}"):
			out = append(out, text[:end+2])
			text = text[end+2:]
		default:
			text = text[end:]
		}
	}
}

// quoted are the stretches of an action between quotation marks on one line.
func quoted(action string) (out []string) {
	for {
		i := strings.IndexAny(action, "\"`")
		if i < 0 {
			return out
		}
		mark := action[i]
		action = action[i+1:]
		end := strings.IndexByte(action, mark)
		if end < 0 || strings.Contains(action[:end], "\n") {
			continue
		}
		out = append(out, action[:end])
		action = action[end+1:]
	}
}

// Asks reports whether a query of the pack names a value of a key: what data the pack has use for.
func (p *Pack) Asks(key, value string) bool {
	return slices.ContainsFunc(p.Queries(), func(a Asked) bool {
		if key == "side" && slices.Contains(a.Query.Sides(), value) { // be it without a word
			return true
		}
		return slices.ContainsFunc(a.Query.Conditions(), func(c budget.Condition) bool { return c.Key == key && slices.Contains(c.Values, value) })
	})
}

// Naming lists what asks for a code of function or economic by name: for the code itself, or for a group above it. A sum
// of a whole class takes the code wherever its name stands, so it is not among them.
func (p *Pack) Naming(key, code string) []string {
	var out []string
	for _, a := range p.Queries() {
		for _, c := range a.Query.Conditions() {
			named := slices.ContainsFunc(c.Values, func(v string) bool { return v == code || len(v) > classDigits && strings.HasPrefix(code, v) })
			if c.Key == key && named && !slices.Contains(out, a.By) {
				out = append(out, a.By)
			}
		}
	}
	return out
}

// classDigits are the digits of a class (类) of either classification.
const classDigits = 3
