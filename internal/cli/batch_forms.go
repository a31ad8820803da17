package cli

import (
	"cmp"
	"slices"
	"strings"

	"yusuan/internal/batch"
	"yusuan/internal/build"
	"yusuan/internal/diag"
)

// formsOf reads --formats: names of forms with commas between them, in any order.
func formsOf(list string) (forms []build.Form, err error) {
	var names []string
	for _, f := range build.Forms() {
		names = append(names, string(f))
	}
	for _, name := range strings.Split(strings.ReplaceAll(list, "，", ","), ",") {
		name = strings.ToLower(strings.TrimSpace(name))
		switch i := slices.Index(names, name); {
		case i < 0 && name == "":
			return nil, usage("--formats 少写了一种形式，或者多了一个逗号；可以写的是 %s", strings.Join(names, "、"))
		case i < 0:
			hint := ""
			if near, ok := diag.Closest(name, names); ok {
				hint = "，" + diag.Meant(name, near)
			}
			return nil, usage("--formats 没有“%s”这种形式%s；可以写的是 %s", name, hint, strings.Join(names, "、"))
		case slices.Contains(forms, build.Form(name)):
			return nil, usage("--formats 里的 %s 写了两次", name)
		default:
			forms = append(forms, build.Form(name))
		}
	}
	slices.SortFunc(forms, func(a, b build.Form) int {
		return cmp.Compare(slices.Index(build.Forms(), a), slices.Index(build.Forms(), b))
	})
	return forms, nil
}

// formReaders says whom forms are for, and which of them is the one that counts.
const formReaders = "正式公开、存档的是 PDF；OFD 是同样的页面，给公文系统和档案馆；网页给读者看，网页正文给网站编辑粘贴，表格工作簿给审核的人，开放数据包给做统计、研究的人。"

// ofdWords says what users should know before they hand an OFD on.
const ofdWords = "OFD 按档案用的 OFD-A（GB/T 42133）写，字体、数据都在里面，也可以核验、取出数据。它用开源的 ofdrw 逐页比对过，与 PDF 一致；没有在 WPS、数科、福昕、永中里打开过，" +
	"交出去以前用收件人的软件看一遍。"

// formWords tells users how forms are called.
func formWords() string {
	var out []string
	for _, f := range build.Forms() {
		word := string(f)
		if f.Title() != strings.ToUpper(word) {
			word += "（" + f.Title() + "）"
		}
		out = append(out, word)
	}
	return strings.Join(out, "、") + "；不写是 " + string(build.PDF)
}

// countForms says how many files of each form there are, "" where there are none but PDFs.
func countForms(s *batch.Summary) string {
	if !slices.ContainsFunc(s.Departments, func(r batch.Record) bool { return len(r.Forms) > 0 }) {
		return ""
	}
	var out []string
	for _, form := range build.Forms() {
		if n := len(batch.FilesOf(s.Departments, form)); n > 0 {
			out = append(out, form.Title()+" "+count(n))
		}
	}
	return strings.Join(out, "，")
}
