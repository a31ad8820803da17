package cli

import (
	"bytes"
	"fmt"
	"strings"

	"yusuan/internal/imports"
	"yusuan/internal/money"
)

// show writes what was understood.
func (x *importing) show(u *imports.Understood) {
	var b bytes.Buffer
	_ = u.Write(&b, x.columns) // a buffer takes everything
	for line := range strings.Lines(b.String()) {
		say(x.out, "%s\n", strings.TrimRight(line, "\n"))
	}
}

// shownChanges bounds how many changes of one kind are listed.
const shownChanges = 200

// showPlan writes what the import does.
func (x *importing) showPlan(p *imports.Plan) {
	type made struct {
		n   int
		sum money.Amount
	}
	fresh := map[string]*made{}
	var tables []string
	for _, c := range p.Changes {
		if c.Kind != imports.New {
			continue
		}
		if fresh[c.Table] == nil {
			fresh[c.Table] = &made{}
			tables = append(tables, c.Table)
		}
		fresh[c.Table].n++
		fresh[c.Table].sum = fresh[c.Table].sum.Add(c.Amount)
	}
	for _, t := range tables {
		sum := ""
		if !fresh[t].sum.IsZero() {
			sum = "，合计 " + money.ToldYuan(fresh[t].sum)
		}
		say(x.out, "新增%s %d 条%s\n", imports.TableLabel(t), fresh[t].n, sum)
	}
	x.showForms(p.Kinds)
	x.list(p, imports.New, "新增", 20)
	x.list(p, imports.Changed, "改", shownChanges)
	x.list(p, imports.Kept, "文字与导出表不同，照数据目录的留着", shownChanges)
	x.list(p, imports.Gone, "导出表里没有了，没有删（要删的加 --delete-gone）", shownChanges)
	x.list(p, imports.Deleted, "导出表里没有了，删去", shownChanges)
	if p.Same > 0 {
		say(x.out, "与导出表相同、不用改的 %d 条\n", p.Same)
	}
}

// list writes the changes of one kind. New entries of a new folder are counted only.
func (x *importing) list(p *imports.Plan, kind imports.ChangeKind, what string, most int) {
	if kind == imports.New && x.fresh {
		return
	}
	n := 0
	for _, c := range p.Changes {
		if c.Kind != kind {
			continue
		}
		if n++; n > most {
			continue
		}
		say(x.out, "%s %s：%s\n", what, c.Home, described(&c))
	}
	if n > most {
		say(x.out, "…（还有 %d 处）\n", n-most)
	}
}

// mostChanged is how many characters of a value are shown in a line about a change.
const mostChanged = 40

// described is a change in words, with where it comes from.
func described(c *imports.Change) string {
	out := c.What
	switch {
	case c.Field != "" && c.Old == "":
		out += fmt.Sprintf(" %s：填 %s", c.Field, brief(c.New, mostChanged))
	case c.Field != "":
		out += fmt.Sprintf(" %s：%s → %s", c.Field, brief(c.Old, mostChanged), brief(c.New, mostChanged))
	case !c.Amount.IsZero():
		out += " " + money.ToldYuan(c.Amount)
	}
	if !c.At.IsZero() {
		out += "（" + c.At.String() + "）"
	}
	return out
}
