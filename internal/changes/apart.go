package changes

import (
	"fmt"

	"yusuan/internal/compare"
)

// apart are the changes that no author made: by the template, by the program, and where printed parts were made to add up.
func (p *printer) apart() {
	for _, class := range []compare.Class{compare.ByTemplate, compare.ByProgram, compare.ByResidue} {
		var all counted
		p.r.effects(func(kind int, x effect) {
			if x.class == class {
				all.add(kind, x)
			}
		})
		if !all.any() {
			continue
		}
		p.line("")
		p.line("%s：%s", p.r.named(class), all.String())
		p.examples(class)
	}
}

// named is what people call a class, and what it comes of.
func (r *Report) named(class compare.Class) string {
	switch class {
	case compare.ByTemplate:
		o, n := &r.Old, &r.New
		if o.Pack == n.Pack && o.Version == n.Version {
			return fmt.Sprintf("模板变动（同是 %s %s 版，内容不同；与填报无关）", n.Pack, n.Version)
		}
		return fmt.Sprintf("模板变动（%s %s 版 → %s %s 版，与填报无关）", o.Pack, o.Version, n.Pack, n.Version)
	case compare.ByProgram:
		return fmt.Sprintf("程序变动（%s → %s，与填报无关）", r.Old.Program, r.New.Program)
	case compare.ByResidue:
		return "尾差（准确数没有变，或变得比印出的还小；为使分项之和等于合计）"
	}
	return "填报改动"
}

// Class is what the workbook calls a class.
func className(c compare.Class) string {
	switch c {
	case compare.ByResidue:
		return "尾差"
	case compare.ByTemplate:
		return "模板"
	case compare.ByProgram:
		return "程序"
	}
	return "填报"
}

// examples lists the effects of a class.
func (p *printer) examples(class compare.Class) {
	var list []func()
	r := p.r
	for i := range r.Parts {
		if r.Parts[i].Class == class {
			list = append(list, func() { p.part(i) })
		}
	}
	for i := range r.Rows {
		if r.Rows[i].Class == class {
			list = append(list, func() { p.row(i) })
		}
	}
	for i := range r.Sentences {
		if r.Sentences[i].Class == class {
			list = append(list, func() { p.sentence(i) })
		}
	}
	for i := range r.Cells {
		if r.Cells[i].Class == class {
			list = append(list, func() { p.line("  %s", joined(short(r.Cells[i].Part), p.cell(i))) })
		}
	}
	p.bounded(len(list), "处", func(i int) { list[i]() })
}
