package imports

import "yusuan/internal/grid"

// datedGoals are the goals that columns of each horizon say, of the project that is read: 中期绩效目标 | 年度绩效目标.
type datedGoals struct {
	horizon map[int]string // by column; none where no head says one
	now     map[int]string
	project string
}

// dateGoals finds whether the heads of goals say of what horizon they are.
func (b *body) dateGoals() {
	d := &datedGoals{horizon: map[int]string{}, now: map[int]string{}}
	for _, c := range b.columns {
		if c.role != roleGoal {
			continue
		}
		for _, h := range c.path {
			if x := b.r.Words.horizonOf(h.text); x != "" {
				d.horizon[c.Number] = x
			}
		}
	}
	if len(d.horizon) > 0 {
		b.dating = d
	}
}

// goalColumns makes rows of the goals that a row writes in columns of a horizon.
func (b *body) goalColumns(l *line) {
	d := b.dating
	if d == nil {
		return
	}
	if p := l.names[byUnit].text() + "\x00" + l.names[byProject].name; p != d.project {
		d.project = p
		clear(d.now)
	}
	for _, col := range b.of[roleGoal] {
		c := b.cell(l.row, col)
		text := lines(c.Text)
		if c.Kind == grid.Error || b.r.Words.isBlank(plain(text)) || text == d.now[col] {
			continue
		}
		d.now[col] = text
		horizon := d.horizon[col]
		if horizon == "" {
			horizon = b.r.Words.horizon
		}
		b.addGoal(l, horizon, text, col)
	}
}

// addGoal makes the row of a goal that a cell says.
func (b *body) addGoal(l *line, horizon, text string, col int) {
	x := Row{Kind: Indicator, Sheet: b.number, At: b.at(l.row, b.columns[0].Number)}
	b.ofProject(&x, l)
	x.Values = append(x.Values, Value{Key: "horizon", Text: horizon, At: b.at(l.row, col)}, Value{Key: "text", Text: text, At: b.at(l.row, col)})
	b.r.out.Rows = append(b.r.out.Rows, x)
	b.aims++
}

// goalIn is the goal of a horizon that columns say; ok is false where no heads of goals say one.
func (b *body) goalIn(horizon string) (text string, column int, ok bool) {
	if b.dating == nil {
		return "", 0, false
	}
	for _, col := range b.of[roleGoal] {
		if h := b.dating.horizon[col]; h == horizon || h == "" && horizon == b.r.Words.horizon {
			return b.dating.now[col], col, true
		}
	}
	return "", 0, true
}

// projectGoals takes the goals that a table of projects has beside their money.
func (b *body) projectGoals(l *line) {
	if b.kind != Project {
		return
	}
	if b.dating != nil {
		b.goalColumns(l)
		return
	}
	if text, col := b.get(l.row, roleGoal); text != "" {
		b.addGoal(l, b.r.Words.horizon, lines(b.cell(l.row, col).Text), col)
	}
}
