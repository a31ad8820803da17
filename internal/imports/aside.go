package imports

import (
	"regexp"
	"slices"
	"strings"

	"yusuan/internal/diag"
	"yusuan/internal/grid"
)

// tellAside tells of texts around a table that are neither its title nor anything that is read: somebody typed them, and they are
// in no document.
func (b *body) tellAside() {
	used := map[diag.Range]bool{}
	for i := range b.r.out.Rows {
		for _, v := range b.r.out.Rows[i].Values {
			used[v.At] = used[v.At] || b.r.out.Rows[i].Sheet == b.number
		}
	}
	for _, m := range b.r.out.forms {
		used[m.at] = true
	}
	var out []string
	for _, row := range b.table.lines() {
		out = append(out, b.aside(row, used)...)
	}
	for i := b.after(); i < len(b.sheet.Rows) && b.sheet.Rows[i].Number <= b.table.last; i++ {
		row := b.sheet.Rows[i]
		if b.isNote(row) || slices.ContainsFunc(b.lines, func(l line) bool { return l.row == row.Number && l.class == empty && b.speaks(row) }) {
			out = append(out, b.aside(row, used)...)
		}
	}
	if len(out) > 0 {
		b.notes = append(b.notes, "表外的文字没有带入："+some(out))
	}
}

// tellRemarks tells of comments and of the words in shapes.
func (t *table) tellRemarks() {
	var comments, shapes []string
	for _, x := range t.sheet.Remarks {
		says := grid.Name(x.Row, x.Column) + diag.Quote(shortened(words(x.Text)))
		if x.Shape {
			shapes = append(shapes, says)
		} else {
			comments = append(comments, says)
		}
	}
	if len(comments) > 0 {
		t.notes = append(t.notes, "批注没有带入："+some(comments))
	}
	if len(shapes) > 0 {
		t.notes = append(t.notes, "图形里的文字没有带入："+some(shapes))
	}
}

// speaks reports whether a row has one text alone.
func (b *body) speaks(row grid.Row) bool {
	n := 0
	for _, c := range row.Cells {
		if c.Kind != grid.Empty && !c.Covered {
			if n++; c.Kind != grid.Text {
				return false
			}
		}
	}
	return n == 1
}

// onlyYear is what says of which year a table is, or of which page.
var onlyYear = regexp.MustCompile(`^\(?(?:\d{4})年?度?\)?$|^\(续\)$`)

// aside are the texts of a row that nothing was made of. A label stands with what it says behind it, and says nothing alone.
func (b *body) aside(row grid.Row, used map[diag.Range]bool) []string {
	var out []string
	label, at := "", ""
	for _, c := range row.Cells {
		text := words(c.Text)
		p := plain(text)
		switch {
		case c.Covered || c.Kind == grid.Empty || b.r.Words.isBlank(p):
		case used[b.at(row.Number, c.Column)] || b.heads(p):
			label = ""
		case c.Kind == grid.Text && b.labelsAside(p):
			label, at = text, grid.Name(row.Number, c.Column)
		case label != "" && b.r.Words.names(plain(label)):
			label = "" // of the department, of a unit, of a project: read where it is asked for
		default:
			if label == "" {
				at = grid.Name(row.Number, c.Column)
			}
			out = append(out, at+diag.Quote(shortened(strings.TrimSpace(label+" "+text))))
			label = ""
		}
	}
	return out
}

// labelsAside reports whether a text only says what the text behind it is.
func (b *body) labelsAside(p string) bool {
	known, _ := b.r.Words.known(b.r.Words.head(p).text)
	return known || strings.HasSuffix(p, ":") || b.isLabel(p) || b.r.Words.names(p) || strings.HasSuffix(p, ")") && b.r.Words.head(p).unit != ""
}

// names reports whether a label says that a department, a unit or a project stands behind it.
func (w *Words) names(p string) bool {
	p = strings.TrimSuffix(p, ":")
	return slices.ContainsFunc(slices.Concat(w.department, w.unit, w.project), func(s string) bool { return strings.HasPrefix(p, s) })
}

// said reports whether a cell holds a label of those with what it says, or what programs and people sign with: 打印时间：….
func (w *Words) said(p string) bool {
	before, after, ok := strings.Cut(p, ":")
	return ok && after != "" && (slices.Contains(w.notes, before) || slices.Contains(w.department, before) || slices.Contains(w.unit, before) || slices.Contains(w.project, before))
}

// heads reports whether a text above a table is part of how it is headed: its title, its year, the unit of money, the page, and
// what is known to say nothing.
func (b *body) heads(p string) bool {
	return p == b.title || strings.HasPrefix(p, b.title) && moneyLine.MatchString(p) || p == plain(b.sheet.Name) || onlyYear.MatchString(p) ||
		len([]rune(p)) < 20 && moneyLine.MatchString(p) || moneyAsk.MatchString(p) || moneyWord.MatchString(p) || pageMark.MatchString(p) || attached.MatchString(p) ||
		strings.HasPrefix(p, "单位:") && len([]rune(p)) < 12 || b.r.Words.said(p) || b.goalLabelled(p)
}

// goalLabelled reports whether a text is the label of a goal, with it or without.
func (b *body) goalLabelled(p string) bool {
	_, _, ok := b.r.Words.goalLabel(p)
	return ok
}

// attached numbers a table among others: 附件3, 表2-1.
var attached = regexp.MustCompile(`^(?:附件|附表|表)[\d一二三四五六七八九十\-.]*:?$`)
