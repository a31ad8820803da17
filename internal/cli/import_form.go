package cli

import (
	"slices"
	"strings"

	"yusuan/internal/imports"
)

// chooseForm puts the kind of form that was asked for before the others.
func (x *importing) chooseForm() error {
	if x.form == "" {
		return nil
	}
	i := slices.IndexFunc(x.folder.Forms, func(k imports.FormKind) bool { return k.Kind == x.form })
	if i < 0 {
		if len(x.folder.Forms) == 0 {
			return usage("--form：模板没有绩效目标表")
		}
		return usage("--form：模板没有表样 %s，有：%s", x.form, strings.Join(x.kinds(nil), "、"))
	}
	k := x.folder.Forms[i]
	x.folder.Forms = slices.Insert(slices.Delete(slices.Clone(x.folder.Forms), i, i+1), 0, k)
	return nil
}

// kinds are the kinds of forms of the template but some; those of projects alone where some are given.
func (x *importing) kinds(but []string) []string {
	var out []string
	for _, k := range x.folder.Forms {
		if !slices.Contains(but, k.Kind) && (but == nil || k.Project) {
			out = append(out, k.Kind)
		}
	}
	return out
}

// showForms tells which kinds of forms new ones are of, and what else could be chosen.
func (x *importing) showForms(used []string) {
	if len(used) == 0 {
		return
	}
	others := ""
	if list := x.kinds(used); len(list) > 0 {
		others = "；项目还可以用：" + strings.Join(list, "、") + "（用 --form 选）"
	}
	say(x.out, "新增的绩效目标表用的表样：%s%s\n", strings.Join(used, "、"), others)
}
