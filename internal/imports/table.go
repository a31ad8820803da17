package imports

import (
	"regexp"
	"slices"
	"strings"

	"yusuan/internal/diag"
	"yusuan/internal/grid"
)

// table is a table on a sheet: a head, and what stands below it.
type table struct {
	file   *File
	sheet  *grid.Sheet
	number int // of its report

	above, top, bottom, last int // the first row that may speak of it, rows of its head, the last of its body
	floor                    int // the first row behind the table before
	before                   []*table
	side                     []sideLabel
	columns                  []*column
	repeats                  map[int]bool // rows of its head that stand in its body again
	title                    string
	kind                     Kind
	score                    int
	others                   []Candidate
	print                    string
	mapped                   *mapSheet
	unit, unitFrom           string
	fund                     string // of all of it, as its title says
	left                     string // why it is not read
	notes                    []string
}

// sideLabel is a merged cell of the head that goes on beside rows of the body.
type sideLabel struct {
	column, bottom int
	text           string
}

const (
	longestHead = 120 // bytes of a cell that may be a head
	deepestHead = 6   // rows of a head
)

// tables finds the tables of a sheet.
func (r *reader) tables(f *File, s *grid.Sheet) []*table {
	var out []*table
	var doubtful *table // the likeliest head of a sheet of which no kind is known
	above := 1
	for i := 0; i < len(s.Rows); i++ {
		known := r.core(s.Rows[i])
		if known == 0 {
			continue
		}
		t := &table{file: f, sheet: s, above: above, repeats: map[int]bool{}}
		r.extent(t, i)
		r.head(t)
		next := t.after()
		if n := len(out); n > 0 && out[n-1].print == t.print && r.sameHead(out[n-1], t) {
			for row := t.top; row <= t.bottom; row++ {
				out[n-1].repeats[row] = true
			}
			i = next - 1
			continue
		}
		if t.kind == NoTable && (t.mapped == nil || !t.mapped.Skip.V) {
			if len(t.columns) > 0 && (doubtful == nil || len(t.columns) > len(doubtful.columns)) {
				doubtful = t
			}
			continue
		}
		if n := len(out); n > 0 {
			out[n-1].last = r.beforeForm(t, out[n-1].bottom)
			t.floor, t.before = out[n-1].last+1, slices.Clone(out)
		}
		t.last = s.Rows[len(s.Rows)-1].Number
		out = append(out, t)
		above, i = t.bottom+1, next-1
	}
	if len(out) == 0 && doubtful != nil {
		doubtful.left = "认不出是什么表"
		doubtful.last = s.Rows[len(s.Rows)-1].Number
		r.diags.Add(diag.Diagnostic{Rule: ruleNoTable, Level: diag.Warning, At: doubtful.at(doubtful.bottom, doubtful.columns[0].Number),
			Message: doubtful.called() + "像是有表头，认不出是什么表，没有读", Hint: "要导入的，在对照文件里写明 kind 和各列的 role；不用的写 skip = true"})
		return []*table{doubtful}
	}
	for _, t := range out {
		r.settle(t, out[0])
	}
	return out
}

// beforeTitle is the last row before the head that is no title, no line of words above it.
func (t *table) beforeTitle(from int) int {
	last := t.top - 1
	for _, row := range slices.Backward(t.lines()) {
		texts := 0
		for _, c := range row.Cells {
			if c.Kind == grid.Number || c.Kind == grid.Date {
				texts = 9
			}
			if c.Kind == grid.Text && !c.Covered {
				texts++
			}
		}
		if texts > 2 || row.Number <= from {
			break
		}
		last = row.Number - 1
	}
	return last
}

// beforeForm is the last row before what belongs to a table: a form of indicators begins with its labels, above its title.
func (r *reader) beforeForm(t *table, from int) int {
	if t.kind == Indicator {
		for _, row := range t.lines() {
			if row.Number <= from || !r.begins(row) {
				continue
			}
			o := *t
			o.top = row.Number
			return o.beforeTitle(from)
		}
	}
	return t.beforeTitle(from)
}

// begins reports whether a row begins with the label of a project or a department: 项目名称.
func (r *reader) begins(row grid.Row) bool {
	for _, c := range row.Cells {
		if c.Covered || c.Kind == grid.Empty {
			continue
		}
		p, _, _ := strings.Cut(plain(c.Text), ":")
		return slices.Contains(r.Words.project, p) || slices.Contains(r.Words.department, p)
	}
	return false
}

// after is the number, in the rows of the sheet, of the first row below the head.
func (t *table) after() int {
	i, _ := slices.BinarySearchFunc(t.sheet.Rows, t.bottom+1, func(r grid.Row, n int) int { return r.Number - n })
	return i
}

// sameHead reports whether a head further down is that of the table again, as on each page of a print.
func (r *reader) sameHead(t, o *table) bool {
	if len(t.columns) != len(o.columns) || o.bottom-o.top > t.bottom-t.top {
		return false
	}
	for i, c := range t.columns {
		if c.Number != o.columns[i].Number || c.Head != o.columns[i].Head {
			return false
		}
	}
	said := map[string]bool{}
	for _, row := range t.lines() {
		for _, c := range row.Cells {
			said[plain(c.Text)] = true
		}
	}
	from := r.beforeForm(o, t.bottom)
	for _, row := range o.lines() { // what stands between the pages is what stood above the first
		for _, c := range row.Cells {
			if row.Number > from && c.Kind != grid.Empty && !c.Covered && !said[plain(c.Text)] && !pageMark.MatchString(plain(c.Text)) {
				return false
			}
		}
	}
	return true
}

// pageMark is what programs write between pages.
var pageMark = regexp.MustCompile(`^(?:第\d+页(?:[,共/]*\d+页?)?|续表|\(续\)|承上页|过次页|转下页)$`)

// core is how many words of heads a row has, 0 for one that is no row of a head.
func (r *reader) core(row grid.Row) int {
	texts, known, strong := 0, 0, 0
	seen := map[string]bool{}
	var order []bool // of each text whether it is known
	for _, c := range row.Cells {
		switch {
		case c.Kind == grid.Number || c.Kind == grid.Date || c.Kind == grid.Error:
			return 0
		case c.Kind != grid.Text || c.Covered:
			continue
		}
		texts++
		if len(c.Text) > longestHead {
			continue
		}
		t := r.Words.head(c.Text).text
		if strings.Contains(t, ":") && !strings.HasPrefix(t, "其中:") {
			continue
		}
		if t != "" && strings.Trim(t, "0123456789.,-%") == "" && len(t) > 1 {
			return 0
		}
		k, weak := r.Words.known(strings.TrimPrefix(t, "其中:"))
		order = append(order, k)
		if !k {
			continue
		}
		known++
		if !weak && !seen[t] || slices.Contains(r.Words.strong, t) {
			strong++
		}
		seen[t] = true
	}
	singles := 0
	for t := range seen {
		if list := r.Words.roles[t]; len(list) > 0 && list[0].role == roleSingle {
			singles++
		}
	}
	if known*3 < texts || labels(order) || strong < 2 && (strong < 1 || known < 2) && singles < 2 {
		return 0
	}
	return known
}

// labels reports whether a row is labels, each with what it says behind it: no two known words side by side.
func labels(known []bool) bool {
	for i, k := range known {
		if k && (i+1 == len(known) || known[i+1]) {
			return false
		}
	}
	return true
}

// extent finds which rows around the row of a number in the sheet are its head.
func (r *reader) extent(t *table, i int) {
	rows := t.sheet.Rows
	t.top, t.bottom = rows[i].Number, rows[i].Number
	for j := i - 1; j >= 0 && t.bottom-rows[j].Number < deepestHead-1 && rows[j].Number >= t.above; j-- {
		if rows[j].Number != t.top-1 || !r.upper(t.sheet, rows[j], rows[j+1]) {
			break
		}
		t.top = rows[j].Number
	}
	for t.bottom-t.top < deepestHead && r.lower(t, t.bottom+1) {
		t.bottom++
	}
	for row := t.top; row <= t.bottom; row++ {
		x, _ := t.sheet.Row(row)
		for _, c := range x.Cells {
			if m, ok := t.sheet.Merged(row, c.Column); ok && m.Top == row && m.Left == c.Column && m.Bottom > t.bottom && c.Kind == grid.Text {
				for col := m.Left; col <= m.Right; col++ {
					t.side = append(t.side, sideLabel{col, m.Bottom, c.Text})
				}
			}
		}
	}
}

// upper reports whether a row right above a head is part of it: heads of groups of columns, not a title, a label with what it
// says, or a line that states something.
func (r *reader) upper(s *grid.Sheet, row, below grid.Row) bool {
	wide, down, joint, known, texts := false, false, false, 0, 0
	for _, c := range row.Cells {
		if c.Kind != grid.Text {
			if c.Kind != grid.Empty {
				return false
			}
			continue
		}
		if c.Covered {
			continue
		}
		h := r.Words.head(c.Text)
		if strings.Contains(h.text, ":") || len(c.Text) > longestHead || moneyLine.MatchString(plain(c.Text)) {
			return false
		}
		texts++
		k, _ := r.Words.known(h.text)
		if k {
			known++
		}
		m, ok := s.Merged(row.Number, c.Column)
		if !ok {
			continue
		}
		wide = wide || m.Right > m.Left
		down = down || m.Bottom >= below.Number && k
		joint = joint || k && m.Right > m.Left && r.groups(h.text, m, below)
	}
	switch {
	case texts == 0, texts == 1 && !joint: // a title
		return false
	case len(s.Merges) == 0:
		return known > 1 || known == texts
	}
	return wide && (known == texts || down || joint)
}

// groups reports whether a merged head has heads below it that only mean something together with it.
func (r *reader) groups(text string, m grid.Merge, below grid.Row) bool {
	for _, c := range below.Cells {
		if c.Column < m.Left || c.Column > m.Right || c.Covered || c.Kind != grid.Text {
			continue
		}
		t := r.Words.head(c.Text).text
		if x, ok := r.Words.meant(t, []string{text}); ok && (len(x.within) > 0 || traitOf(x.role).weak) {
			return true
		}
		if r.Words.fundOf(t, []string{text}) != "" {
			return true
		}
	}
	return false
}

// lower reports whether a row right below the head so far is part of it: most of the head's cells reach down to it, or it has
// words of heads below heads of groups.
func (r *reader) lower(t *table, number int) bool {
	row, _ := t.sheet.Row(number)
	heads, covered := 0, 0
	above, _ := t.sheet.Row(t.bottom)
	grouped := map[int]bool{} // columns below heads of groups
	for row := t.top; row <= t.bottom; row++ {
		x, _ := t.sheet.Row(row)
		for _, c := range x.Cells {
			if c.Kind != grid.Text || c.Covered {
				continue
			}
			heads++
			m, ok := t.sheet.Merged(row, c.Column)
			if !ok {
				continue
			}
			if m.Bottom >= number {
				covered++
			}
			for col := m.Left; col <= m.Right && m.Right > m.Left && m.Bottom == t.bottom && col-m.Left < 64; col++ {
				grouped[col] = true
			}
		}
	}
	known, under := 0, 0
	for _, c := range row.Cells {
		if c.Kind == grid.Empty || c.Covered {
			continue
		}
		if c.Kind != grid.Text {
			return false
		}
		text := r.Words.head(c.Text).text
		k, _ := r.Words.known(text)
		if k {
			known++
		}
		up := above.At(c.Column)
		blank := up.Kind == grid.Empty || up.Covered
		if grouped[c.Column] || blank && len(t.sheet.Merges) == 0 {
			under++
		} else if !k && !(c.Column == 1 && covered > 0) {
			return false // beside the groups stands what is no head
		}
	}
	if covered*2 >= heads && heads > 0 {
		return true
	}
	return known > 0 && (known > 1 || under > 0) && known*2 >= under && under > 0
}
