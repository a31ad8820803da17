package imports

import (
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
)

// indicator makes rows of a row of indicators, one for each of the bands that stand side by side: value is direction, target and
// unit as documents print it, ≥95%.
func (r *reader) indicator(b *body, l *line) {
	b.goalColumns(l)
	made := false
	for i := range b.bands {
		x := &b.bands[i]
		b.of, b.levels = x.of, x.levels
		b.carry(l)
		third, col := b.get(l.row, roleThird)
		switch {
		case third != "":
			r.oneIndicator(b, l, x, Value{Key: "third", Text: third, At: b.at(l.row, col)})
			made = true
		case !made:
			b.withoutThird(l, x)
		}
	}
}

// oneIndicator makes the row of an indicator of a band.
func (r *reader) oneIndicator(b *body, l *line, in *band, third Value) {
	x := Row{Kind: Indicator, Sheet: b.number, At: b.at(l.row, b.columns[0].Number)}
	b.ofProject(&x, l)
	horizon := b.horizon(&x, l, in)
	if text, col, ok := b.goalIn(horizon); ok {
		if text != "" {
			x.Values = append(x.Values, Value{Key: "goal", Text: text, At: b.at(l.row, col)})
		}
	} else if text, col := b.filled(roleGoal); text != "" {
		if whole := lines(b.cell(l.row, col).Text); words(whole) == text {
			text = whole
		}
		x.Values = append(x.Values, Value{Key: "goal", Text: text, At: b.at(l.row, col)})
	} else if g := b.goalOf(horizon); g != nil {
		x.Values = append(x.Values, Value{Key: "goal", Text: g.text, At: g.at})
	}
	for _, f := range []struct {
		key  string
		role role
	}{{"first", roleFirst}, {"second", roleSecond}} {
		text, col := b.filled(f.role)
		if text == "" {
			continue
		}
		if w, ok := r.Lists.Of(budget.ListFirst).Mean(text); ok && w != "" && f.key == "first" {
			text = w
		}
		x.Values = append(x.Values, Value{Key: f.key, Text: text, At: b.at(l.row, col)})
	}
	x.Values = append(x.Values, third)
	long := b.longTerm(&x, l)
	if v, at := b.target(l, roleTarget); v != "" {
		x.Values = append(x.Values, Value{Key: "value", Text: v, At: b.at(l.row, at)})
	} else if long {
		return
	}
	for _, f := range []struct {
		key  string
		role role
	}{{"before_last", roleBeforeLast}, {"last", roleLast}, {"basis", roleBasis}} {
		if text, col := b.valueIn(l, f.role); text != "" {
			x.Values = append(x.Values, Value{Key: f.key, Text: text, At: b.at(l.row, col)})
		}
	}
	r.out.Rows = append(r.out.Rows, x)
}

// withoutThird takes the goal of a row that names no indicator, and tells of a value that it has all the same.
func (b *body) withoutThird(l *line, in *band) {
	if text, col := b.get(l.row, roleGoal); text != "" && b.levels[roleGoal].row == l.row && b.dating == nil {
		x := Row{Kind: Indicator}
		b.addGoal(l, b.horizon(&x, l, in), lines(b.cell(l.row, col).Text), col)
	}
	for _, f := range []role{roleTarget, roleTargetLong} {
		if text, col := b.get(l.row, f); text != "" && len(b.bands) == 1 {
			b.r.diags.Add(diag.Diagnostic{Rule: ruleMissing, Level: diag.Warning, At: b.at(l.row, col), Message: "这一行有指标值，没有三级指标，没有带入", Stated: text, Hint: "在导出表里补上三级指标"})
		}
	}
}

// longTerm makes a row of its own of the value that a column gives for the long term beside that of the year.
func (b *body) longTerm(x *Row, l *line) bool {
	v, at := b.target(l, roleTargetLong)
	if v == "" {
		return false
	}
	y := *x
	own := len(b.of[roleGoal]) == 0 || b.dating != nil // goals of each horizon
	y.Values = slices.DeleteFunc(slices.Clone(x.Values), func(v Value) bool { return v.Key == "goal" && own })
	for i := range y.Values {
		if y.Values[i].Key == "horizon" {
			y.Values[i].Text = horizonLong
		}
	}
	if text, col, ok := b.goalIn(horizonLong); ok && text != "" {
		y.Values = append(y.Values, Value{Key: "goal", Text: text, At: b.at(l.row, col)})
	} else if g := b.goalOf(horizonLong); g != nil && own {
		y.Values = append(y.Values, Value{Key: "goal", Text: g.text, At: g.at})
	}
	y.Values = append(y.Values, Value{Key: "value", Text: v, At: b.at(l.row, at)})
	b.r.out.Rows = append(b.r.out.Rows, y)
	return true
}

// carried is what stands in a column, or above it: levels of indicators are written where they change.
type carried struct {
	text        string
	row, column int
}

// levels are the columns that are written where they change; below a change the later ones begin anew.
var levels = []role{roleHorizon, roleGoal, roleFirst, roleSecond}

// carry notes what a row writes in those columns.
func (b *body) carry(l *line) {
	for i, x := range levels {
		text, col := b.get(l.row, x)
		if x == roleHorizon {
			text, col = b.dated(l, text, col)
		}
		if text == "" {
			continue
		}
		if text != b.levels[x].text {
			for _, later := range levels[i+1:] {
				delete(b.levels, later)
			}
		}
		b.levels[x] = carried{text, l.row, col}
	}
}

// dated is the horizon of a row: of several columns that may say it, the first that does.
func (b *body) dated(l *line, text string, col int) (string, int) {
	w := b.r.Words
	for _, c := range b.of[roleHorizon] {
		if s := words(b.cell(l.row, c).Text); containsAny(plain(s), w.long) || containsAny(plain(s), w.year) {
			return s, c
		}
	}
	return text, col
}

// filled is a text of the row, or of the nearest row above that has one.
func (b *body) filled(from role) (string, int) { c := b.levels[from]; return c.text, c.column }

// ofProject adds the project: of a column, or of the lines above the head.
func (b *body) ofProject(x *Row, l *line) {
	if n := l.names[byUnit]; !n.isEmpty() {
		x.Values = append(x.Values, Value{Key: "unit", Text: n.text(), Name: n.name, At: b.at(n.row, n.column)})
	} else if text, row, col := b.labelled(b.r.Words.unit...); text != "" {
		code, name := both(text)
		if code == "" {
			code = b.r.units.code(name)
		}
		if code != "" {
			x.Values = append(x.Values, Value{Key: "unit", Text: code, Name: name, At: b.at(row, col)})
		}
	}
	if n := l.names[byProject]; !n.isEmpty() {
		x.Values = append(x.Values, Value{Key: "project", Text: n.name, At: b.at(n.row, n.column)})
		x.add(b, l, "project_code", roleProjectCode)
		return
	}
	text, row, col := b.labelled(b.r.Words.project...)
	if text == "" {
		if b.first("project") {
			b.r.diags.Add(diag.Diagnostic{Rule: ruleMissing, Level: diag.Warning, At: b.at(l.row, b.columns[0].Number),
				Message: "绩效指标没有写是哪个项目的，当作部门整体的", Hint: "在列里，或者在表的上方写“项目名称：…”"})
		}
		return
	}
	n := name{name: text}
	if m := codeFirst.FindStringSubmatch(text); m != nil && len(m[1]) >= 8 && m[2] != "" {
		n.name = m[2]
	}
	x.Values = append(x.Values, Value{Key: "project", Text: n.name, At: b.at(row, col)})
}

// horizon adds whether the indicator is of the year or of the long term: as what stands above its columns, a column, a label beside
// the rows, the title or the only goals above the table say.
func (b *body) horizon(x *Row, l *line, in *band) string {
	w := b.r.Words
	text, col := b.filled(roleHorizon)
	for _, s := range b.side {
		if text == "" && l.row <= s.bottom {
			text, col = words(s.text), s.column
		}
	}
	p := plain(text)
	word := in.horizon
	switch {
	case word != "":
		col = in.column
	case slices.Contains(w.long, p), containsAny(p, w.long):
		word = horizonLong
	case slices.Contains(w.year, p), containsAny(p, w.year):
		word = horizonYear
	case b.titled() != "":
		word = b.titled()
	case b.onlyGoals() != "":
		word = b.onlyGoals()
	default:
		word = w.horizon
		b.undated++
	}
	x.Values = append(x.Values, Value{Key: "horizon", Text: word, At: b.at(l.row, max(col, 1))})
	return word
}

// lines is a text of several lines without blanks around each.
func lines(s string) string {
	var out []string
	for line := range strings.Lines(s) {
		if line = words(line); line != "" {
			out = append(out, line)
		}
	}
	return strings.Join(out, "\n")
}
