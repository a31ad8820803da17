package renew

import (
	"fmt"
	"regexp"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/pack"
)

// asked are the placeholders in the texts of new folders. A line <填 表> becomes a comment with a line for each field of the table
// of facts, <另填 表> a line to be uncommented for each field that the text does not show itself.
var asked = regexp.MustCompile(`(?m)^<(另?填) ([\w.]+)>\n`)

// teller describes fields in the text of one file.
type teller struct {
	p     *pack.Pack
	lists map[string]bool // whose words are given in it already
}

// tellFields puts descriptions of fields into the text of a new file: those that are of use with the pack, with its words.
func tellFields(p *pack.Pack, text string) string {
	t := teller{p, map[string]bool{}}
	return asked.ReplaceAllStringFunc(text, func(s string) string {
		m := asked.FindStringSubmatch(s)
		if m[1] == "填" {
			return t.comments(m[2])
		}
		return t.rest(m[2], func(key string) bool { return regexp.MustCompile(`(?m)^(# )?` + key + ` *=`).MatchString(text) })
	})
}

// comments describes the fields of a table, one a line.
func (t *teller) comments(table string) string {
	fields, width := t.offered(table, func(string) bool { return false })
	var b strings.Builder
	for _, f := range fields {
		fmt.Fprintf(&b, "#   %-*s  %s\n", width, f.Key, t.describe(f))
	}
	return b.String()
}

// rest offers the fields of a table that are not shown.
func (t *teller) rest(table string, shown func(key string) bool) string {
	fields, _ := t.offered(table, shown)
	var b strings.Builder
	for _, f := range fields {
		fmt.Fprintf(&b, "# %s = %s   # %s\n", f.Key, value(f), t.describe(f))
	}
	return b.String()
}

// offered are the fields of a table that are of use and not shown, and the width of their keys.
func (t *teller) offered(table string, shown func(key string) bool) (fields []*budget.Field, width int) {
	x := budget.FindTable(table)
	for i := range x.Fields {
		if f := &x.Fields[i]; offered(t.p, f) && !shown(f.Key) {
			fields, width = append(fields, f), max(width, len(f.Key))
		}
	}
	return fields, width
}

// value is what stands for a field that is to be filled in: an example of what cannot be anything, else the mark of a gap.
func value(f *budget.Field) string {
	switch words := f.Kind.Words() && f.List == "" && f.Kind != budget.FieldEconomic && f.Steers() != budget.ForNaming; {
	case words && f.Repeated:
		return `["` + fill + `"]`
	case words, f.Kind == budget.FieldAmount:
		return `"` + fill + `"`
	}
	return f.Example
}

// describe is what is said of a field in a line: its label, the words that it takes with the pack, and what is explained of it.
func (t *teller) describe(f *budget.Field) string {
	out := f.Label
	words, open := f.Words(t.p.Lists())
	switch {
	case len(words) > maxAgain && t.lists[f.List]:
		out += "：同上"
	case len(words) > 0 && open:
		out += "：例如 " + strings.Join(words, "、")
	case len(words) > 0:
		out += "：" + strings.Join(words, "、")
	}
	t.lists[f.List] = true
	if f.What != "" {
		out += "；" + f.What
	}
	return out
}

// maxAgain is how many words a file gives as often as a field takes them; of more the first time is enough.
const maxAgain = 4

// offered reports whether there is a use for what a field says: nobody is asked for what the pack prints nowhere. Amounts are
// asked for anyway, since sums are made of them.
func offered(p *pack.Pack, f *budget.Field) bool {
	if f.Kind == budget.FieldPart && len(p.Optionals()) == 0 {
		return false
	}
	return f.Kind == budget.FieldAmount || f.Steers() != "" || p.Prints(f.Name)
}

// example is an entry of a list of a performance form as TOML has it, to be copied and filled in.
func (t *teller) example(x *budget.Table) string {
	width := 0
	for i := range x.Fields {
		width = max(width, len(x.Fields[i].Key))
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s   # %s\n", x.Header(), x.What)
	for i := range x.Fields {
		f := &x.Fields[i]
		fmt.Fprintf(&b, "%-*s = %s   # %s\n", width, f.Key, value(f), t.describe(f))
	}
	return b.String()
}
