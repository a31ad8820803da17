package board

import (
	"io"
	"strconv"

	"yusuan/internal/batch"
	"yusuan/internal/district"
)

// Index writes the index of what is published: every department with a document that is there, in the order of the codes, and
// below it those of its units. Of errors and reviews it says nothing.
func (p *Page) Index(to io.Writer) error {
	w := newWriter(to, p.Files)
	const what = "部门预算公开"
	whose := ""
	if n := len(p.Districts); n == 1 {
		whose = yearWord(p.Districts[0].Year)
	}
	if len(p.Districts) > 0 {
		whose = p.Districts[0].Name + whose
	}
	w.begin(indexMark, whose+what, p.Program, indexSheet, "")
	w.raw("<header>\n<h1>")
	w.name(whose)
	w.raw("<span>", what, "</span></h1>\n</header>\n<main id=\"main\">\n")
	empty := true
	for _, d := range p.Districts {
		if p.published(w, d, len(p.Districts) > 1) {
			empty = false
		}
	}
	if empty {
		w.raw("<p>还没有公开的文件。</p>\n")
	} else {
		w.raw("<h2>说明</h2>\n<p>")
		for _, x := range explained {
			if w.offered[x.form] {
				w.raw(x.words)
			}
		}
		w.raw("</p>\n")
	}
	if _, there := w.files(register); there {
		w.raw("<p>")
		w.link(register, "登记表", "")
		w.raw("列着每份文件的 SHA-256 校验值，可以核对下载的文件是不是公开的那一份。</p>\n")
	}
	w.raw("</main>\n</body>\n</html>\n")
	return w.Flush()
}

// explained is what readers are told of the forms that they find, by their ids.
var explained = []struct{ form, words string }{
	{"pdf", "PDF 是正式公开的文件。"},
	{"ofd", "OFD 与 PDF 页面相同，要用 OFD 阅读器打开，供公文系统和档案馆使用。"},
	{"html", "网页与 PDF 内容相同，便于在手机上阅读、由读屏软件朗读。"},
	{"xlsx", "表格工作簿里有各张表和计算的公式。"},
	{"data", "开放数据包供统计、研究使用。"},
}

// published writes the departments of a year, and reports whether any has a document.
func (p *Page) published(w *writer, d *district.District, several bool) bool {
	units := map[string][]*district.Department{}
	for i := range d.Units {
		if u := &d.Units[i]; w.has(u) {
			units[u.Record.Department] = append(units[u.Record.Department], u)
		}
	}
	var list []*district.Department
	for i := range d.Departments {
		if x := &d.Departments[i]; w.has(x) || x.Record != nil && len(units[x.Record.Department]) > 0 {
			list = append(list, x)
		}
	}
	if len(list) == 0 {
		return false
	}
	id := strconv.Itoa(d.Year)
	w.raw(`<section aria-labelledby="y`, id, `"><h2 id="y`, id, `">`)
	if year := yearWord(d.Year); several && year != "" {
		w.raw(year, "，")
	}
	w.raw(strconv.Itoa(len(list)), " 个部门</h2>\n")
	if w.link(p.Data(d.Year), "全部部门的开放数据", "<p>") {
		w.raw("（CSV，供统计、研究使用）</p>\n")
	}
	w.raw("<ul class=\"departments\">\n")
	for _, x := range list {
		w.raw("<li>")
		w.entry(x)
		if of := units[x.Record.Department]; len(of) > 0 {
			w.raw("\n<ul>\n")
			for _, u := range of {
				w.raw("<li>")
				w.entry(u)
				w.raw("</li>\n")
			}
			w.raw("</ul>\n")
		}
		w.raw("</li>\n")
	}
	w.raw("</ul>\n</section>\n")
	return true
}

// has reports whether a document is there in any form.
func (w *writer) has(x *district.Department) bool {
	if x.Record == nil || !x.Record.Status.Good() {
		return false
	}
	for _, f := range x.Record.Files() {
		if _, there := w.files(f.Output); there {
			return true
		}
	}
	return false
}

// entry writes a department's name and the forms of its document.
func (w *writer) entry(x *district.Department) {
	w.raw("<div>")
	w.name(nameOf(x))
	if !x.Record.Status.Good() {
		w.raw("</div>")
		return
	}
	w.raw(" <span class=\"forms\">")
	before := ""
	for _, f := range x.Record.Files() {
		if w.form(x, f, before) {
			before = " "
		}
	}
	w.raw("</span></div>")
}

// form writes a link to one form of a document, which is understood by itself too.
func (w *writer) form(x *district.Department, f batch.FormFile, before string) bool {
	size, there := w.files(f.Output)
	if !there {
		return false
	}
	w.offered[string(f.Form)] = true
	w.raw(before, "<a")
	w.attr("href", reference(f.Output))
	w.raw(`><span class="of">`)
	w.name(nameOf(x))
	w.raw(" </span>")
	w.text(f.Form.Title())
	w.raw(" <small>", sizeOf(size), "</small></a>")
	return true
}
