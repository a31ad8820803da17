package imports

import (
	"regexp"
	"slices"
	"strings"

	"yusuan/internal/diag"
	"yusuan/internal/grid"
)

// The horizons of goals and indicators, as the schema calls them.
const (
	horizonLong = "长期"
	horizonYear = "年度"
)

// goalAround is a goal that stands in the lines around a table.
type goalAround struct {
	horizon string
	said    bool // by the label or the title
	label   string
	text    string
	at      diag.Range
}

var asideYears = regexp.MustCompile(`\([^()]*\)$|^\([^()]*\)`)

// goalLabel parts a cell that is the label of a goal, with its text or without: 年度目标, 中期目标（2026年—2028年）, 总体目标：….
func (w *Words) goalLabel(text string) (word, rest string, ok bool) {
	is := func(s string) bool {
		s = asideYears.ReplaceAllString(strings.TrimRight(plain(s), ":"), "")
		return slices.Contains(w.goal, s) || slices.Contains(w.goal, unnumbered(years.ReplaceAllString(s, "")))
	}
	if is(text) {
		return words(text), "", true
	}
	head, _, colon := strings.Cut(strings.NewReplacer("：", ":", "∶", ":").Replace(text), ":")
	if colon && is(head) {
		_, size := cutColon(text)
		return words(head), lines(text[size:]), true
	}
	return "", "", false
}

// cutColon is what stands before the first colon, and how many bytes that is with the colon.
func cutColon(text string) (head string, size int) {
	i := strings.IndexAny(text, "：:∶")
	for _, r := range text[i:] {
		return text[:i], i + len(string(r))
	}
	return text, len(text)
}

// goalAt takes the goal that a label announces: in its own cell, in those on its right, or in the one below.
func (b *body) goalAt(row grid.Row, c grid.Cell, word, rest string) {
	m, ok := b.sheet.Merged(row.Number, c.Column)
	if !ok {
		m = grid.Merge{Top: row.Number, Bottom: row.Number, Left: c.Column, Right: c.Column}
	}
	at := b.at(row.Number, c.Column)
	if rest == "" {
		if rest, at = b.beside(m); rest == "" {
			rest, at = b.below(row, m)
		}
	}
	if b.r.Words.isBlank(plain(rest)) {
		return
	}
	h := b.r.Words.horizonOf(word)
	if h == "" {
		h = b.titled()
	}
	b.goals = append(b.goals, goalAround{h, h != "", word, rest, at})
}

// beside is the text on the right of a label, a line a row. 总体目标 before 中期目标 and 年度目标 has none.
func (b *body) beside(m grid.Merge) (text string, at diag.Range) {
	var out []string
	first, alone := 0, true
	for n := m.Top; n <= m.Bottom || alone && len(out) > 0; n++ {
		row, ok := b.sheet.Row(n)
		if !ok || n >= b.top && n <= b.bottom {
			break
		}
		if n > m.Bottom && !b.goesOn(row, first) {
			break
		}
		said, col, label := b.besideIn(row, m.Right)
		if label && said == "" {
			break
		}
		if said == "" {
			continue
		}
		if len(out) == 0 {
			first, at = col, b.at(n, col)
		}
		alone = col == first
		out = append(out, said)
	}
	return strings.Join(out, "\n"), at
}

// goesOn reports whether a row has nothing but a text in a column: the text of the row above goes on.
func (b *body) goesOn(row grid.Row, col int) bool {
	n := 0
	for _, c := range row.Cells {
		if c.Covered || c.Kind == grid.Empty {
			continue
		}
		if n++; c.Column != col || c.Kind != grid.Text || b.r.Words.isNote(plain(c.Text)) || moneyLine.MatchString(plain(c.Text)) {
			return false
		}
	}
	return n == 1
}

// besideIn is what a row says behind a column, up to the next label.
func (b *body) besideIn(row grid.Row, right int) (text string, col int, label bool) {
	for _, c := range row.Cells {
		if c.Column <= right || c.Covered || c.Kind == grid.Empty {
			continue
		}
		if _, _, ok := b.r.Words.goalLabel(c.Text); ok {
			return text, col, true
		}
		if c.Kind == grid.Error {
			continue
		}
		s := lines(c.Text)
		switch {
		case text == "":
			text, col = s, c.Column
		case len([]rune(text)) <= longestNumber && !strings.HasSuffix(text, "：") && !strings.HasSuffix(text, ":"):
			text += "：" + s // 目标1 | 完成……
		case len([]rune(text)) <= longestNumber:
			text += s
		default:
			text += "\n" + s
		}
	}
	return text, col, false
}

// longestNumber is how many characters a cell has at most that numbers a goal: 目标1：.
const longestNumber = 5

// below is the text below a label that is the head of a column of its own: wide, beside others, or above running text.
func (b *body) below(row grid.Row, m grid.Merge) (string, diag.Range) {
	n := m.Bottom + 1
	c := b.sheet.At(n, m.Left)
	if n >= b.top && n <= b.bottom || n > b.table.last || c.Kind != grid.Text || c.Covered {
		return "", diag.Range{}
	}
	if _, _, label := b.r.Words.goalLabel(c.Text); label || b.isLabel(c.Text) {
		return "", diag.Range{}
	}
	labels := 0
	for _, x := range row.Cells {
		if _, _, ok := b.r.Words.goalLabel(x.Text); ok && !x.Covered {
			labels++
		}
	}
	if labels < 2 && m.Left == m.Right && !strings.ContainsAny(c.Text, "。；，,;") {
		return "", diag.Range{}
	}
	return lines(c.Text), b.at(n, m.Left)
}

// isLabel reports whether a cell is a label of another kind, or a head.
func (b *body) isLabel(text string) bool {
	p, _, _ := strings.Cut(plain(text), ":")
	known, _ := b.r.Words.known(p)
	return known || slices.Contains(b.r.Words.project, p) || slices.Contains(b.r.Words.unit, p) || slices.Contains(b.r.Words.department, p)
}

// makeGoals makes rows of the goals around the table, which the indicators of their horizon then are of.
func (r *reader) makeGoals(b *body) {
	b.goalsAround()
	if len(b.goals) == 0 {
		return
	}
	if len(b.of[roleProject]) > 0 {
		r.diags.Add(diag.Diagnostic{Rule: ruleMissing, Level: diag.Warning, At: b.goals[0].at, Message: "表有项目一列，表外写的" + diag.Quote(b.goals[0].label) + "不知道是哪个项目的，没有带入",
			Hint: "写到各项目的行里，或者在绩效目标表里填"})
		b.goals = nil
		return
	}
	l := &line{row: b.top}
	for i := range b.goals {
		g := &b.goals[i]
		if !g.said {
			g.horizon = r.Words.horizon
			b.notes = append(b.notes, "目标没有写期限，按"+g.horizon+"："+diag.Quote(g.label))
		}
		x := Row{Kind: Indicator, Sheet: b.number, At: g.at}
		b.ofProject(&x, l)
		x.Values = append(x.Values, Value{Key: "horizon", Text: g.horizon, At: g.at}, Value{Key: "text", Text: g.text, At: g.at})
		r.out.Rows = append(r.out.Rows, x)
		b.notes = append(b.notes, g.horizon+"目标："+diag.Quote(shortened(g.text)))
	}
}

// shownRunes is how much of a goal the report shows.
const shownRunes = 20

func shortened(s string) string {
	s = strings.ReplaceAll(s, "\n", " ")
	if r := []rune(s); len(r) > shownRunes {
		return string(r[:shownRunes]) + "……"
	}
	return s
}

// titled is the horizon that the title says.
func (b *body) titled() string {
	t := years.ReplaceAllString(plain(b.title), "")
	if containsAny(t, b.r.Words.spans) && !containsAny(t, b.r.Words.year) {
		return horizonLong
	}
	return ""
}

// goalOf is the goal of a horizon that the lines around the table say, if they say one.
func (b *body) goalOf(horizon string) *goalAround {
	var found *goalAround
	for i := range b.goals {
		if b.goals[i].horizon == horizon {
			if found != nil {
				return nil
			}
			found = &b.goals[i]
		}
	}
	return found
}

// onlyGoals is the horizon that all goals around the table have, which its indicators then have, too.
func (b *body) onlyGoals() string {
	h := ""
	for _, g := range b.goals {
		if !g.said || h != "" && g.horizon != h {
			return ""
		}
		h = g.horizon
	}
	return h
}
