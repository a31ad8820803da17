package imports

import (
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/character"
	"yusuan/internal/diag"
)

// indicator makes a row of an indicator: value is direction, target and unit as documents print it, ≥95%.
func (r *reader) indicator(b *body, l *line) {
	b.carry(l)
	third, col := b.get(l.row, roleThird)
	if third == "" {
		return
	}
	x := Row{Kind: Indicator, Sheet: b.number, At: b.at(l.row, b.columns[0].Number)}
	b.ofProject(&x, l)
	b.horizon(&x, l)
	if text, col := b.filled(roleGoal); text != "" {
		if whole := lines(b.cell(l.row, col).Text); words(whole) == text {
			text = whole
		}
		x.Values = append(x.Values, Value{Key: "goal", Text: text, At: b.at(l.row, col)})
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
	x.Values = append(x.Values, Value{Key: "third", Text: third, At: b.at(l.row, col)})
	if b.longTerm(&x, l) {
		return
	}
	if v, at := b.target(l, roleTarget); v != "" {
		x.Values = append(x.Values, Value{Key: "value", Text: v, At: b.at(l.row, at)})
	}
	x.add(b, l, "before_last", roleBeforeLast)
	x.add(b, l, "last", roleLast)
	x.add(b, l, "basis", roleBasis)
	r.out.Rows = append(r.out.Rows, x)
}

// longTerm makes a row of its own of the value that a column gives for the long term beside that of the year, and reports whether
// it is the only one.
func (b *body) longTerm(x *Row, l *line) bool {
	v, at := b.target(l, roleTargetLong)
	if text, _ := b.get(l.row, roleTargetLong); text == "" {
		return false
	}
	y := *x
	y.Values = slices.Clone(x.Values)
	for i := range y.Values {
		if y.Values[i].Key == "horizon" {
			y.Values[i].Text = "长期"
		}
	}
	y.Values = append(y.Values, Value{Key: "value", Text: v, At: b.at(l.row, at)})
	b.r.out.Rows = append(b.r.out.Rows, y)
	text, _ := b.get(l.row, roleTarget)
	return text == ""
}

// carried is what stands in a column, or above it: levels of indicators are written where they change.
type carried struct {
	text   string
	column int
}

// levels are the columns that are written where they change; below a change the later ones begin anew.
var levels = []role{roleHorizon, roleGoal, roleFirst, roleSecond}

// carry notes what a row writes in those columns.
func (b *body) carry(l *line) {
	if b.levels == nil {
		b.levels = map[role]carried{}
	}
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
		b.levels[x] = carried{text, col}
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

// target joins direction, target and unit.
func (b *body) target(l *line, from role) (string, int) {
	text, col := b.get(l.row, from)
	text = character.Fold(text)
	sign, at := b.get(l.row, roleDirection)
	unit, _ := b.get(l.row, roleMeasure)
	if col == 0 {
		col = at
	}
	p := plain(sign)
	mark, known := b.r.Words.directions[p]
	switch {
	case known, slices.Contains(b.r.Words.silent, p):
	case p != "":
		mark = sign
	}
	if unit != "" && strings.HasSuffix(plain(text), plain(unit)) {
		unit = ""
	}
	if text == "" {
		return "", col
	}
	if strings.ContainsAny(text[:1], "<>=") || strings.HasPrefix(text, "≥") || strings.HasPrefix(text, "≤") {
		return text + unit, col
	}
	if mark == "=" {
		mark = "" // 100%, not =100%
	}
	return mark + text + unit, col
}

// What lines above a table call the project and the unit that it is of.
var (
	projectLabels = []string{"项目名称", "专项名称", "项目支出名称", "预算项目名称", "项目"}
	unitLabels    = []string{"预算单位", "项目单位", "实施单位", "项目实施单位", "单位名称", "申报单位", "编制单位", "填报单位"}
)

// ofProject adds the project: of a column, or of the lines above the head.
func (b *body) ofProject(x *Row, l *line) {
	if n := l.names[byUnit]; !n.isEmpty() {
		x.Values = append(x.Values, Value{Key: "unit", Text: n.text(), Name: n.name, At: b.at(n.row, n.column)})
	} else if text, row, col := b.labelled(b.above, unitLabels...); text != "" {
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
	text, row, col := b.labelled(b.above, projectLabels...)
	if text == "" {
		if b.blank["project"]++; b.blank["project"] == 1 {
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

// horizon adds whether the indicator is of the year or of the long term: as a column, a label beside the rows or the title says.
func (b *body) horizon(x *Row, l *line) {
	w := b.r.Words
	text, col := b.filled(roleHorizon)
	for _, s := range b.side {
		if text == "" && l.row <= s.bottom {
			text, col = words(s.text), s.column
		}
	}
	p := plain(text)
	word := w.horizon
	switch {
	case slices.Contains(w.long, p), containsAny(p, w.long):
		word = "长期"
	case slices.Contains(w.year, p), containsAny(p, w.year):
		word = "年度"
	case containsAny(plain(b.title), []string{"中长期", "长期"}):
		word = "长期"
	default:
		b.undated++
	}
	x.Values = append(x.Values, Value{Key: "horizon", Text: word, At: b.at(l.row, max(col, 1))})
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
