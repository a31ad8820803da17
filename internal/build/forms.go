package build

import (
	"fmt"
	"path"
	"strings"

	"yusuan/internal/html"
	"yusuan/internal/ofd"
	"yusuan/internal/opendata"
	"yusuan/internal/pdf"
	"yusuan/internal/typeset/page"
)

// Form is one of the files that a document can be made into. All forms of a document say the same: they are made of one
// Work, and call its numbers by one name (NameOf).
type Form string

// The forms, by the names that commands know them by.
const (
	PDF      Form = "pdf"
	OFD      Form = "ofd"     // the same pages in the format of GB/T 33190
	HTML     Form = "html"    // a page of its own
	Article  Form = "article" // what is pasted into a page of a site
	Workbook Form = "xlsx"    // the tables
	Data     Form = "data"    // a package of lines, code lists and figures, as a zip
)

// Forms lists those that Make makes, the PDF first.
func Forms() []Form { return []Form{PDF, OFD, HTML, Article, Workbook, Data} }

// Ext is how the names of its files end.
func (f Form) Ext() string {
	switch f {
	case PDF:
		return ".pdf"
	case OFD:
		return ".ofd"
	case HTML:
		return ".html"
	case Article:
		return "-正文.html"
	case Workbook:
		return ".xlsx"
	case Data:
		return ".zip"
	}
	panic("build: no form " + string(f))
}

// Title is what users call it.
func (f Form) Title() string {
	switch f {
	case PDF:
		return "PDF"
	case OFD:
		return "OFD"
	case HTML:
		return "网页"
	case Article:
		return "网页正文"
	case Workbook:
		return "表格工作簿"
	case Data:
		return "开放数据包"
	}
	panic("build: no form " + string(f))
}

// Short is what it is called where there is little room and others stand beside it.
func (f Form) Short() string {
	switch f {
	case PDF, OFD, HTML:
		return f.Title()
	case Article:
		return "正文"
	case Workbook:
		return "表格"
	case Data:
		return "数据"
	}
	panic("build: no form " + string(f))
}

// FormOf is the form that a file is to have, by the end of its name. The error says in Chinese which ends there are.
func FormOf(file string) (Form, error) {
	name := strings.ToLower(path.Base(strings.ReplaceAll(file, `\`, "/")))
	best, ends := Form(""), make([]string, 0, len(Forms()))
	for _, f := range Forms() {
		if strings.HasSuffix(name, f.Ext()) && (best == "" || len(f.Ext()) > len(best.Ext())) {
			best = f
		}
		ends = append(ends, f.Ext()+"（"+f.Title()+"）")
	}
	if best == "" {
		return "", fmt.Errorf("%s 看不出是哪种文件；文件名以 %s 结尾", file, strings.Join(ends, "、"))
	}
	return best, nil
}

// Archived says that files of the form carry what the document was made of, so that it can be made again of them alone.
func (f Form) Archived() bool { return f == PDF || f == OFD }

// Memory is where files with pages are made, one after the other. The zero Memory is ready and serves one goroutine at a time.
type Memory struct {
	pdf  pdf.Memory
	ofd  ofd.Memory
	file []byte // of an earlier file that nobody needs any more
}

// Reuse gives the room of a file that nobody needs any more to the next.
func (m *Memory) Reuse(file []byte) { m.file = file }

// room is the room of an earlier file, given to one writer.
func (m *Memory) room() (file []byte) {
	file, m.file = m.file, nil
	return file
}

// Make makes a form of a document that has no errors, after Typeset. pages are those of Typeset, the same for all forms, and
// m is where files with pages are made, nil for a new one; forms without pages need neither.
func (w *Work) Make(f Form, pages *page.Document, m *Memory) ([]byte, error) {
	if m == nil {
		m = new(Memory)
	}
	switch f {
	case PDF:
		m.pdf.Reuse(m.room())
		return w.PDF(pages, &m.pdf)
	case OFD:
		m.ofd.Reuse(m.room())
		return w.OFD(pages, w.in.PlainOFD, &m.ofd)
	case HTML:
		return html.Page(w.web()), nil
	case Article:
		return html.Article(w.web()), nil
	case Data:
		return opendata.Zip(w.OpenData(), w.Tree.Date)
	case Workbook:
		return w.workbook(pages)
	}
	panic("build: no form " + string(f))
}

// web is what the page and the article are made of.
func (w *Work) web() *html.Source {
	return &html.Source{Tree: w.Tree, NameOf: w.NameOf, Families: w.fonts.Family, Program: w.shared.Program}
}

// NameOf is what every form calls the number that a mark or a cell of the tree calls so (doc.Mark.Of, doc.Table.Of): its key,
// which is the same next year, else its address; "" for what is no number or has no name.
func (w *Work) NameOf(of int32) string { return w.Numbers.NameAt(of) }
