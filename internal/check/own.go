package check

import (
	"fmt"
	"slices"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/pack"
	"yusuan/internal/prose"
	"yusuan/internal/schedule"
	"yusuan/internal/source"
)

// shownResidues is how many sentences a message shows.
const shownResidues = 5

// Composed is what composing found, as the pack has set it, with what the printed sentences show: where their parts miss
// the sum, and their shares 100 %, by what rounding makes of them, tables and sentences in one message for each rule.
func Composed(p *pack.Pack, b *budget.Budget, found diag.List, passages []prose.Passage) diag.List {
	list := found.Sorted()
	for _, x := range []struct{ rule, what string }{{"尾差-001", "各数加起来与合计差在尾数"}, {"尾差-003", "占比加起来不是100%，差在尾数"}} {
		said := spokenResidues(x.rule, passages)
		if len(said) == 0 {
			continue
		}
		i := slices.IndexFunc(list, func(d diag.Diagnostic) bool { return d.Rule == x.rule })
		if i < 0 {
			i, list = len(list), append(list, diag.Diagnostic{Rule: x.rule, Level: diag.Note, At: b.Facts.Department.At, Hint: schedule.ResidueHint(p)})
		}
		d := &list[i]
		where := fmt.Sprintf("%d处文字", len(said))
		if len(d.Notes) > 0 {
			where = fmt.Sprintf("%d张表、", len(d.Notes)) + where
		}
		d.Message = "印出的" + where + "里，" + x.what
		for k, n := range said {
			if k == shownResidues {
				n.Text = fmt.Sprintf("文字里还有%d处", len(said)-k)
			}
			if k <= shownResidues {
				d.Notes = append(d.Notes, n)
			}
		}
	}
	r := NewReport(p)
	r.found = nil // what is wrong with the pack's settings has been said
	for _, d := range list {
		if Found(d.Rule) {
			r.Add(d)
		} else {
			r.found = append(r.found, d)
		}
	}
	return r.List()
}

// spokenResidues are what a rule finds in printed sentences.
func spokenResidues(rule string, passages []prose.Passage) (out []diag.Related) {
	for _, x := range passages {
		t := &budget.StatedText{Section: source.String{V: x.Section}, Text: source.String{V: x.Text}}
		all := prose.Quantities(x.Text)
		one := &Report{}
		SharesAddUp(t, all, one)
		ListedParts(t, all, one)
		for _, d := range one.found {
			if d.Rule == rule {
				out = append(out, diag.Related{Text: d.Message + "：" + d.Stated + "，" + d.Want})
			}
		}
	}
	return out
}
