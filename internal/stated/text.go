package stated

import (
	"regexp"
	"strconv"
	"strings"

	"yusuan/internal/diag"
)

// texts types text.toml: the sentences, section by section.
func (x *typist) texts() {
	p := x.page("text.toml")
	p.line("# 文件里的文字，照印出的样子，按标题分节。")
	n := 0
	for i := range x.sections.list {
		s := &x.sections.list[i]
		p.line("")
		x.drawn(p, s)
		if len(s.texts) == 0 && i == 0 && s.title != "" && firstPage(s.at) <= 1 {
			x.cover(p, s)
			n++
			continue
		}
		if len(s.texts) == 0 && i > 0 && namesYear.MatchString(s.title) {
			x.titled(p, s)
			n++
			continue
		}
		if len(s.texts) == 0 {
			p.remark(false, strings.TrimSpace(where(s.at...)+" "+inLine(s.title)+"（下面没有文字）"))
			continue
		}
		n++
		x.text(p, s)
	}
	if n > 0 {
		p.done()
	}
}

// cover types the lines of a cover, on which the title of the document stands with whose it is.
func (x *typist) cover(p *page, s *section) {
	const width, cover = len("section"), "封面"
	at := origin{printed: diag.Printed{Page: firstPage(s.at), Section: cover}, at: s.at, whole: true}
	start := p.b.Len()
	p.line("[[stated_text]]")
	p.note(start, at)
	p.text("section", width, cover, at)
	p.text("text", width, s.title, at)
}

// namesYear finds titles that name a year: it is to be the document's.
var namesYear = regexp.MustCompile(`(?:19|20)[0-9]{2}[\s　]*年`)

// titled types a heading of a part, below which nothing stands but other headings or tables, and which names a year.
func (x *typist) titled(p *page, s *section) {
	const width = len("section")
	at := origin{printed: diag.Printed{Page: firstPage(s.at), Section: inLine(s.title)}, at: s.at, whole: true}
	start := p.b.Len()
	p.line("[[stated_text]]")
	p.note(start, at)
	p.text("section", width, "标题", at)
	p.text("text", width, s.title, at)
}

// drawn types the words of drawings as remarks: they are no sentences that could be checked.
func (x *typist) drawn(p *page, s *section) {
	if len(s.drawn) == 0 {
		return
	}
	at := places(s.drawn[0])
	what := strings.TrimSpace(where(at...) + "像是图里的文字，有" + strconv.Itoa(len(s.drawn)) + "行，不是句子")
	x.t.Left = append(x.t.Left, Left{At: at, Section: inLine(s.title), What: what})
	p.remark(true, what)
	for _, d := range s.drawn {
		p.remark(false, "  "+inLine(d.Text))
	}
}

func (x *typist) text(p *page, s *section) {
	whole := diag.Printed{Page: firstPage(s.at), Section: inLine(s.title)}
	if at := where(places(s.texts[0])...); at != "" {
		p.remark(false, at)
	}
	const width = len("section")
	start := p.b.Len()
	p.line("[[stated_text]]")
	p.note(start, origin{printed: whole, at: s.at, whole: true})
	p.text("section", width, s.title, origin{printed: whole, at: s.at})
	var all []piece
	for i, t := range s.texts {
		if i > 0 {
			all = append(all, piece{text: "\n"})
		}
		all = append(all, pieces(t)...)
	}
	from := p.value("text", width, all, true)
	first := places(s.texts[0])
	if len(first) > 1 {
		first = first[:1]
	}
	p.note(from, origin{printed: whole, at: first})
}
