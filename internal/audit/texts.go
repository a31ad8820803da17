package audit

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"yusuan/internal/budget"
	"yusuan/internal/check"
	"yusuan/internal/diag"
	"yusuan/internal/prose"
	"yusuan/internal/source"
)

// publishedTexts holds the sentences of a finished document against themselves, its tables and last year's.
func publishedTexts(in *Input, r *check.Report) {
	if len(in.told) == 0 {
		return
	}
	acrossTexts(in.told, r)
	x := in.resolver(r)
	for i := range in.told {
		t := &in.told[i]
		in.claims(t, r)
		x.text(t)
		all := prose.Quantities(t.text.Text.V)
		check.SharesAddUp(t.text, all, r)
		check.ListedParts(t.text, all, r)
		if in.printed != nil {
			in.economicNames(t.text, r)
		}
	}
	x.classes()
	x.lastColumns()
	x.residues()
}

// lastStop is where the clause begins; a colon and brackets belong to it. No name is longer than the stretch that is looked at.
func lastStop(s string) int {
	const longest = 600
	if from := len(s) - longest; from > 0 {
		for !utf8.RuneStart(s[from]) {
			from++
		}
		return from + lastStop(s[from:])
	}
	i := strings.LastIndexFunc(s, func(r rune) bool { return strings.ContainsRune("，。；、,;\n", r) })
	if i < 0 {
		return 0
	}
	_, n := firstRune(s[i:])
	return i + n
}

func firstRune(s string) (rune, int) {
	for _, r := range s {
		return r, len(string(r))
	}
	return 0, 1
}

// together is the sum of rows of one name in a table: 一般公共预算拨款 of this year and what was carried over from the last. It is
// the first where there is but one.
func together(cells []cell) *cell {
	sum, seen := cells[0], cells[:1:1]
	sum.parts = 1
	for _, c := range cells[1:] {
		if c.table == sum.table && !slices.ContainsFunc(seen, func(o cell) bool { return o.row == c.row || slices.Equal(o.box, c.box) }) {
			sum.value, sum.parts, seen = sum.value.Add(c.value), sum.parts+1, append(seen, c)
		}
	}
	return &sum
}

// economicNames: economic groups that a text lists have a row in the tables.
func (in *Input) economicNames(t *budget.StatedText, r *check.Report) {
	printed := map[string]bool{}
	tree := false
	for _, c := range in.printed.cells {
		if c.table.Rows.View() == budget.ByEconomy {
			tree = true
			printed[prose.Squeeze(strings.TrimLeft(c.label, "0123456789 "))] = true
		}
	}
	if !tree {
		return
	}
	groups := map[string]bool{}
	for _, code := range in.Budget.Economic.Codes() {
		if name, _ := in.Budget.Economic.Name(code); len(code) == 5 {
			groups[prose.Squeeze(name)] = true
		}
	}
	var missing []string
	var at diag.Range
	for _, item := range listItems(t.Text) {
		if groups[item.name] && !printed[item.name] && !slices.Contains(missing, item.name) {
			missing, at = append(missing, item.name), cmp.Or(at, item.at)
		}
	}
	if len(missing) > 0 {
		r.Add(diag.Diagnostic{Rule: "文表-004", Level: diag.Warning, At: at, Message: diag.Quote(t.Section.V) + "列了表里没有数的科目", Stated: strings.Join(missing, "、"),
			Hint: "只列本年有预算的科目"})
	}
}

type listItem struct {
	name string
	at   diag.Range
}

// listItems cuts the lists behind 主要用于 and 主要包括 at 、.
func listItems(s source.String) []listItem {
	var out []listItem
	for _, x := range prose.Sentences(s.V, true) {
		text := s.V[x.Start:x.End]
		i := strings.Index(text, "主要")
		if i < 0 || strings.HasPrefix(text[i:], "主要原因") {
			continue
		}
		from := x.Start + i
		for _, part := range strings.SplitAfter(s.V[from:x.End], "、") {
			name := strings.TrimRight(strings.TrimSuffix(part, "、"), "。；\n")
			for _, w := range []string{"主要用于", "主要包括", "主要", "：", "在职人员"} {
				name = strings.TrimPrefix(strings.TrimSpace(name), w)
			}
			name = strings.TrimSuffix(name, "等")
			out = append(out, listItem{prose.Squeeze(name), s.Span(from, from+len(strings.TrimSuffix(part, "、")))})
			from += len(part)
		}
	}
	return out
}
