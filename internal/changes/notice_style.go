package changes

import (
	"fmt"
	"maps"
	"slices"
	"unicode/utf8"

	"yusuan/internal/doc"
)

// Names of styles that are made of the document's own. No pack can have them: its names have no line feeds.
const (
	noticePage  = "\n更正说明"
	noticeRight = "\n落款"
)

// styles are those of the document that the notice is set in.
type styles struct {
	sheet       *doc.StyleSheet
	page        string
	title, body string
	right       string
	grid        doc.Table
}

// noticeStyles takes what the document uses most: the page and the style of its running text, the style of its first heading of
// the highest level, the look of its longest table.
func noticeStyles(d *doc.Document) *styles {
	sheet := *d.Styles
	sheet.Texts, sheet.Pages = maps.Clone(sheet.Texts), maps.Clone(sheet.Pages)
	s := &styles{sheet: &sheet, page: noticePage, right: noticeRight}
	letters, pages := map[string]int{}, map[string]int{}
	highest, longest := 99, -1
	for i := range d.Sections {
		on := d.Sections[i].Page
		for _, b := range d.Sections[i].Blocks {
			switch b := b.(type) {
			case *doc.PageBreak:
				if b.Page != "" {
					on = b.Page
				}
			case *doc.Heading:
				if b.Level < highest {
					highest, s.title = b.Level, b.Style
				}
			case *doc.Paragraph:
				if b.Level > 0 {
					continue
				}
				for _, x := range b.Spans {
					n := utf8.RuneCountInString(x.String)
					letters[b.Style] += n
					pages[on] += n
				}
			case *doc.Table:
				if b.Of > 0 && len(b.Body) > longest {
					longest, s.grid = len(b.Body), *b
				}
			}
		}
	}
	s.body = most(letters)
	if s.title == "" {
		s.title = s.body
	}
	s.pageLike(most(pages))
	right := sheet.Texts[s.body]
	right.Align, right.FirstIndent, right.RightIndent = doc.AlignRight, 0, 2000
	sheet.Texts[noticeRight] = right
	return s
}

// pageLike makes the page of the notice: it bears no number, being alone, and is turned to the next where it is full.
func (s *styles) pageLike(name string) {
	p := s.sheet.Pages[name]
	p.Fill = false
	s.sheet.Pages[noticePage] = p
	s.sheet.Mirrored = false
}

// most is the name with the greatest count, the first of several.
func most(counts map[string]int) (name string) {
	for _, x := range slices.Sorted(maps.Keys(counts)) {
		if name == "" || counts[x] > counts[name] {
			name = x
		}
	}
	return name
}

// table is the list of what was corrected.
func (s *styles) table(rows []correction) *doc.Table {
	t := &doc.Table{ID: "1", Caption: doc.Text{String: NoticeTitle}, Style: s.grid.Style, HeadStyle: s.grid.HeadStyle, NoteStyle: s.grid.NoteStyle,
		CellPad: s.grid.CellPad, RuleWidth: s.grid.RuleWidth, FrameWidth: s.grid.FrameWidth, MinRow: s.grid.MinRow, MinSize: s.grid.MinSize, KeepRows: true}
	head := doc.Row{}
	for _, c := range []struct {
		head  string
		share int
		align doc.Align
	}{{"序号", 0, doc.AlignCenter}, {"表或部分", 4, doc.AlignLeft}, {"行、列", 5, doc.AlignLeft}, {"原为", 3, doc.AlignRight}, {"更正为", 3, doc.AlignRight}} {
		t.Columns = append(t.Columns, doc.Column{Share: c.share, Align: c.align})
		head.Cells = append(head.Cells, doc.Cell{Text: []doc.Text{{String: c.head}}, Header: doc.HeaderColumn})
	}
	t.Head = []doc.Row{head}
	for i, x := range rows {
		row := doc.Row{}
		for k, text := range []string{fmt.Sprint(i + 1), x.part, x.where, x.old, x.now} {
			c := doc.Cell{Text: []doc.Text{{String: text}}}
			if k >= 3 && x.text {
				c.Align, c.AlignSet = doc.AlignLeft, true
			}
			if k == 2 {
				c.Header = doc.HeaderRow
			}
			row.Cells = append(row.Cells, c)
		}
		t.Body = append(t.Body, row)
	}
	return t
}
