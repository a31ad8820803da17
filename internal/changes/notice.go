package changes

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"yusuan/internal/compare"
	"yusuan/internal/doc"
	"yusuan/internal/money"
)

// NoticeTitle is what the notice is called, on paper and in the file.
const NoticeTitle = "更正说明"

// Notice is the notice that is published beside a corrected document: what stood where, and what stands there now. It lists so many
// of what was corrected, first what stands deepest in each table, and says how many more there are in all. tree is the corrected
// document, in whose styles the notice is.
func (r *Report) Notice(tree *doc.Document, most int) (notice *doc.Document, all int) {
	rows := r.corrected()
	all = len(rows)
	listed := chosen(rows, most)
	s := noticeStyles(tree)
	para := func(style, format string, args ...any) *doc.Paragraph {
		return &doc.Paragraph{Style: style, Spans: []doc.Span{{Text: doc.Text{String: fmt.Sprintf(format, args...)}}}}
	}
	blocks := []doc.Block{
		&doc.Heading{Text: doc.Text{String: NoticeTitle}, Style: s.title, Level: 1, Bookmark: NoticeTitle},
		para(s.body, "%s公开的《%s》%s，现作下列更正，其余内容不变。", tree.Author, r.Old.Title, dated(r.Old.Date)),
	}
	if moved := r.moved(); moved != "" {
		blocks = append(blocks, para(s.body, "%s。", moved))
	}
	if len(listed) > 0 {
		blocks = append(blocks, &doc.Space{Height: gap}, s.table(listed), &doc.Space{Height: gap})
	}
	if left := all - len(listed); left > 0 {
		blocks = append(blocks, para(s.body, "另有%d处随之更正，不一一列出，以更正后公开的文件为准。", left))
	} else {
		blocks = append(blocks, para(s.body, "以更正后公开的文件为准。"))
	}
	blocks = append(blocks, para(s.right, "%s", tree.Author))
	if !tree.Date.IsZero() {
		blocks = append(blocks, para(s.right, "%d年%d月%d日", tree.Date.Year(), tree.Date.Month(), tree.Date.Day()))
	}
	return &doc.Document{Title: tree.Title + NoticeTitle, Author: tree.Author, Subject: NoticeTitle, Date: tree.Date, Styles: s.sheet,
		Sections: []doc.Section{{Page: s.page, Title: NoticeTitle, Blocks: blocks}}}, all
}

// dated is a date behind a title: （2026年1月20日）.
func dated(date string) string {
	var y, m, d int
	if n, _ := fmt.Sscanf(date, "%d-%d-%d", &y, &m, &d); n != 3 {
		return ""
	}
	return fmt.Sprintf("（%d年%d月%d日）", y, m, d)
}

// gap is the room above and below the table.
const gap = 8000

// mostMoved is how many totals a notice names.
const mostMoved = 6

// moved are the totals that are others, in a sentence.
func (r *Report) moved() string {
	var out []string
	left := 0
	for i := range r.Totals {
		t := &r.Totals[i]
		if !Changed(t) || !t.HasOld || !t.HasNew {
			continue
		}
		if len(out) == mostMoved {
			left++
			continue
		}
		before, now := money.ToldApart(t.Old, t.New)
		out = append(out, fmt.Sprintf("%s由%s更正为%s", t.Name, before, now))
	}
	if left > 0 {
		out = append(out, fmt.Sprintf("另有%d项总额随之更正", left))
	}
	return strings.Join(out, "，")
}

// correction is a row of the notice.
type correction struct {
	order    int // in the document
	rank     int // of what is listed first
	text     bool
	part     string
	where    string
	old, now string
}

// The ranks: what stands deepest in each table, and texts of which more than numbers is another; then of each table what stands
// above that, and so on.
const (
	rankRow = iota // rows and parts that came or went
	rankDeepest
	rankText
	rankOther
)

// cellRanks are the ranks of all numbers.
func (r *Report) cellRanks() []int {
	out := make([]int, len(r.Cells))
	above, part := 0, ""
	for i := len(r.Cells) - 1; i >= 0; i-- {
		c := &r.Cells[i]
		if c.Part != part {
			above, part = 0, c.Part
		}
		switch {
		case !c.HasOld || !c.HasNew: // its row is told of
			out[i] = rankOther + len(r.Cells)
		case above == 0:
			out[i] = rankDeepest
			above++
		default:
			out[i] = rankOther + above
			above++
		}
	}
	return out
}

// worded reports whether words are others, and not numbers alone.
func worded(pieces []compare.Piece) bool {
	return slices.ContainsFunc(pieces, func(x compare.Piece) bool {
		return x.Kind != compare.Same && strings.IndexFunc(x.Text, func(c rune) bool { return !inNumber(c) }) >= 0
	})
}

// corrected is all that is printed otherwise: the numbers, the rows of a table behind its numbers, then texts.
func (r *Report) corrected() (out []correction) {
	ranks := r.cellRanks()
	rows := map[string][]correction{}
	var parts []string
	for i := range r.Rows {
		x := &r.Rows[i]
		if x.Change == compare.Moved {
			continue
		}
		if rows[x.Part] == nil {
			parts = append(parts, x.Part)
		}
		rows[x.Part] = append(rows[x.Part], rowCorrection(x))
	}
	for i := range r.Cells {
		c := &r.Cells[i]
		out = append(out, correction{rank: ranks[i], part: c.Part, where: joined(c.Row, c.Column), old: old(c) + unitOf(c, old(c)), now: now(c) + unitOf(c, now(c))})
		if i+1 == len(r.Cells) || r.Cells[i+1].Part != c.Part {
			out = append(out, rows[c.Part]...)
			delete(rows, c.Part)
		}
	}
	for _, part := range parts {
		out = append(out, rows[part]...) // of tables without numbers
	}
	for i := range r.Parts {
		if x := &r.Parts[i]; x.Change != compare.Moved {
			c := correction{text: true, part: x.Title, where: wholes[x.Where]}
			if x.Where == compare.InText {
				c.part, c.where = "正文", x.Title
			}
			c.old, c.now = came(x.Change, wholes[x.Where])
			out = append(out, c)
		}
	}
	for i := range r.Sentences {
		s := &r.Sentences[i]
		before, after := apart(s.Pieces)
		rank := rankOther + len(r.Cells) // after all numbers of tables
		if worded(s.Pieces) {
			rank = rankText
		}
		out = append(out, correction{rank: rank, text: true, part: s.Part, where: s.Place, old: before, now: after})
	}
	for i := range out {
		out[i].order, out[i].where = i, cutOff(out[i].where, longest)
	}
	return out
}

func rowCorrection(x *compare.Row) correction {
	if x.Change == compare.Altered { // words, no more than those of a text
		return correction{rank: rankText, text: true, part: x.Part, where: x.Name, old: x.Old, now: x.Name}
	}
	c := correction{text: true, part: x.Part, where: x.Name}
	c.old, c.now = came(x.Change, "一行")
	return c
}

// came says of what was added or taken away what was there and what is.
func came(change compare.Change, what string) (old, now string) {
	if change == compare.Removed {
		return "有", "删去" + what
	}
	return "无", "增加" + what
}

// apart are the stretches that a text was and is where it changed, with what stands around them.
func apart(pieces []compare.Piece) (before, now string) {
	const context, most = 8, 60
	cut := slices.Clone(pieces)
	for i := range cut {
		if cut[i].Kind == compare.Same {
			cut[i].Text = elided(cut[i].Text, i > 0, i < len(cut)-1, context)
		}
	}
	before, now = Whole(cut)
	return orNone(cutOff(before, most)), orNone(cutOff(now, most))
}

// chosen are as many as there is room for, in the order of the document.
func chosen(rows []correction, most int) []correction {
	if len(rows) > most {
		rows = slices.Clone(rows)
		slices.SortStableFunc(rows, func(a, b correction) int { return cmp.Compare(a.rank, b.rank) })
		rows = rows[:most]
		slices.SortFunc(rows, func(a, b correction) int { return cmp.Compare(a.order, b.order) })
	}
	return rows
}
