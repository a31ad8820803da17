package check

import (
	"fmt"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/classify"
	"yusuan/internal/diag"
	"yusuan/internal/source"
)

// formEntries are about single entries of performance forms: an indicator has a value, an estimate a code that there is.
func formEntries(in *Input, r *Report) {
	for i := range in.Budget.Facts.Forms {
		f := &in.Budget.Facts.Forms[i]
		for j := range f.Indicators {
			if x := &f.Indicators[j]; strings.TrimSpace(x.Value.V) == "" {
				r.Add(diag.Diagnostic{Rule: "绩效-014", Level: diag.Warning, At: x.At, Message: in.formName(f) + "的指标“" + x.Third.V + "”没有写指标值，表里这一格是空的",
					Hint: "在 value 里写本年要达到的值，例如 value = \"≥95%\""})
			}
		}
		for j := range f.Details {
			in.detailCode(f, f.Details[j].Economic, r)
		}
	}
}

// detailCode holds what an estimate gives for its economic classification against the list. People write codes, names, or
// both, and several of them.
func (in *Input) detailCode(f *budget.Form, s source.String, r *Report) {
	for _, word := range strings.FieldsFunc(s.V, func(c rune) bool { return strings.ContainsRune("、，,；;/\n", c) }) {
		word = strings.TrimSpace(word)
		code := word[:len(word)-len(strings.TrimLeft(word, "0123456789"))]
		name := strings.Trim(word[len(code):], " 　()（）:：-—")
		d := diag.Diagnostic{Rule: "绩效-015", Level: diag.Warning, At: s.At, Stated: word}
		known, ok := in.Budget.Economic.Name(code)
		switch {
		case code != "" && !ok:
			d.Message = fmt.Sprintf("%s的支出明细里，科目目录没有经济科目“%s”", in.formName(f), code)
		case code != "" && name != "" && !classify.SameName(known, name):
			d.Message, d.Want = fmt.Sprintf("%s的支出明细里，经济科目%s不叫“%s”", in.formName(f), code, name), code+" "+known
		case code == "" && name != "" && !in.isEconomic(name):
			d.Message = fmt.Sprintf("%s的支出明细里，科目目录没有叫“%s”的经济科目", in.formName(f), name)
		default:
			continue
		}
		d.Hint = "核对编码；目录是由已公开文件整理的，并不完整，确有此科目时用 [[code]] 补充编码和名称"
		if near, ok := in.Budget.Economic.Closest(code + name); ok && d.Want == "" {
			known, _ = in.Budget.Economic.Name(near)
			d.Hint = "是不是“" + near + " " + known + "”" + diag.Mark(code+name, near) + "；" + d.Hint
		}
		r.Add(d)
	}
}

// isEconomic reports whether a name is that of an economic class or group.
func (in *Input) isEconomic(name string) bool {
	for _, code := range in.Budget.Economic.Codes() {
		if known, _ := in.Budget.Economic.Name(code); classify.SameName(known, name) {
			return true
		}
	}
	return false
}
