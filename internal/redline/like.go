package redline

import (
	"maps"
	"slices"

	"yusuan/internal/doc"
	"yusuan/internal/typeset/style"
	"yusuan/internal/typeset/unit"
)

// Names of the styles that are made of the document's own. No pack can have them: it may not begin a name with a line feed.
const (
	ownTitle = "\n标题"
	ownSub   = "\n小标题"
	ownBody  = "\n表身"
	ownHead  = "\n表头"
	ownNote  = "\n注"
	ownPage  = "\n附表"
)

// numberPrefix is what page numbers of the tables begin with, so that no page has the number of another.
const numberPrefix = "附"

// like is how the marks and tables look: as the document does.
type like struct {
	styles *doc.StyleSheet
	grid   doc.Table // rules and room within cells
}

// likeDocument makes styles of those that the document uses most: of its longest table with numbers, of the headings above
// tables, of its upright pages with numbers.
func likeDocument(d *doc.Document) like {
	x := like{styles: &doc.StyleSheet{}}
	if d.Styles != nil {
		*x.styles = *d.Styles
	}
	x.styles.Texts, x.styles.Pages = maps.Clone(x.styles.Texts), maps.Clone(x.styles.Pages)
	if x.styles.Texts == nil {
		x.styles.Texts = map[string]doc.TextStyle{}
	}
	if x.styles.Pages == nil {
		x.styles.Pages = map[string]doc.PageStyle{}
	}
	table, title, sub := prototypes(d)
	x.grid = doc.Table{CellPad: table.CellPad, RuleWidth: table.RuleWidth, FrameWidth: table.FrameWidth}
	any := x.anyText()
	x.text(ownBody, 9000, doc.AlignLeft, table.Style, any)
	x.text(ownHead, 9000, doc.AlignCenter, table.HeadStyle, table.Style, any)
	x.text(ownNote, 9000, doc.AlignLeft, table.NoteStyle, table.Style, any)
	x.text(ownTitle, 22000, doc.AlignCenter, title, sub, table.HeadStyle, any)
	x.text(ownSub, 12000, doc.AlignLeft, sub, table.HeadStyle, title, any)
	for name, after := range map[string]unit.Length{ownTitle: 8000, ownSub: 4000, ownNote: 3000} {
		s := x.styles.Texts[name]
		s.After = after
		if name != ownNote {
			s.KeepNext = true
		}
		if name == ownSub {
			s.Before = 12000
		}
		x.styles.Texts[name] = s
	}
	x.page(d)
	return x
}

// text makes a style of the first of the document's that there is, no larger than most.
func (x *like) text(name string, most unit.Length, align doc.Align, of ...string) {
	s := doc.TextStyle{Size: most}
	for _, o := range of {
		if found, ok := x.styles.Texts[o]; ok && found.Size > 0 {
			s = found
			break
		}
	}
	size := min(s.Size, most)
	x.styles.Texts[name] = doc.TextStyle{Family: s.Family, Size: size, Leading: size.Milli(1450), Align: align, Balance: align == doc.AlignCenter}
}

// anyText is the first style by name, for a document that uses none.
func (x *like) anyText() string {
	for _, name := range slices.Sorted(maps.Keys(x.styles.Texts)) {
		return name
	}
	return ""
}

// prototypes are the table and the styles of headings that the tables are made like.
func prototypes(d *doc.Document) (table doc.Table, title, sub string) {
	rows := -1
	for i := range d.Sections {
		above := ""
		for _, b := range d.Sections[i].Blocks {
			switch b := b.(type) {
			case *doc.Heading:
				above = b.Style
				if title == "" && b.Level == 1 {
					title = b.Style
				}
			case *doc.Table:
				n := len(b.Body)
				if b.Of > 0 {
					n += 1 << 20 // before any form
				}
				if n > rows {
					rows, table = n, *b
				}
				if sub == "" && above != "" {
					sub = above
				}
			}
		}
	}
	return table, title, sub
}

// page makes the page of the tables: as the first upright one that bears numbers, or else the first.
func (x *like) page(d *doc.Document) {
	p := doc.PageStyle{Width: unit.A4Width, Height: unit.A4Height, Top: 72000, Bottom: 72000, Left: 72000, Right: 72000}
	best := 0
	for i := range d.Sections {
		s := &d.Sections[i]
		names := []string{s.Page}
		for _, b := range s.Blocks {
			if x, ok := b.(*doc.PageBreak); ok && x.Page != "" {
				names = append(names, x.Page)
			}
		}
		for _, name := range names {
			q, ok := x.styles.Pages[name]
			rank := 1
			if s.Numbered && q.Number.Style != "" {
				rank += 2
			}
			if !q.Turned {
				rank++
			}
			if ok && rank > best {
				p, best = q, rank
			}
		}
	}
	p.Fill, p.Base = false, ""
	p.Number.Before += numberPrefix
	x.styles.Pages[ownPage] = p
	x.styles.Mirrored = false
}

// sheet sets small texts in the style of notes.
func (l *Laid) sheet(x *like) *style.Sheet { return style.NewSheet(x.styles, l.families) }
