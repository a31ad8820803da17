package imports

import (
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"yusuan/internal/diag"
	"yusuan/internal/grid"
	"yusuan/internal/source"
)

// report is what is known of a table before its rows are read.
func (t *table) report() SheetReport {
	unit, unitFrom := t.units()
	rep := SheetReport{File: t.file.Name, Sheet: t.sheet.Name, At: t.at(t.top, t.columns[0].Number), Title: t.title, Kind: t.kind, Score: t.score, Others: t.others,
		Print: t.print, Unit: unit, UnitFrom: unitFrom, Left: t.left, Fund: t.fund, Notes: t.notes}
	if m := t.mapped; m != nil {
		rep.skip, rep.lenient, rep.fund = m.Skip.V, m.Sums.V == lenient, m.Fund.V
	}
	for _, c := range t.columns {
		c.Role, c.Fund, c.Group = string(c.role), c.fund, c.group
		if c.sum {
			c.Role = string(roleSum)
		}
		rep.Columns = append(rep.Columns, c.Column)
	}
	return rep
}

// count completes the report of a table that was read.
func (b *body) count(rep *SheetReport) {
	for i, c := range b.columns {
		rep.Columns[i].Filled, rep.Columns[i].Note = c.Filled, c.Note
	}
	rep.Notes = b.notes
	for _, c := range b.columns {
		if c.role == "" && !c.Unused && c.Filled > 0 && b.numbers(c) {
			b.r.diags.Add(diag.Diagnostic{Rule: ruleColumn, Level: diag.Warning, At: b.at(b.bottom, c.Number), Message: "列" + diag.Quote(c.Head) + fmt.Sprintf("不认得，里面有 %d 个数，没有读", c.Filled),
				Hint: "是要导入的，在对照文件里写明它的 role；不用的写 role = \"不用\""})
		}
	}
}

// numbers reports whether a column has a number below its head.
func (b *body) numbers(c *column) bool {
	return slices.ContainsFunc(b.lines, func(l line) bool {
		return b.sheet.At(l.row, c.Number).Kind == grid.Number
	})
}

// Write shows what was understood, a sheet a paragraph: of its columns those alone that are not sure or not taken each by itself,
// or all of them.
func (u *Understood) Write(w io.Writer, all bool) error {
	var s strings.Builder
	left := map[[2]string][]string{} // sheets of a file that hold nothing, by why
	var order [][2]string
	for i := range u.Sheets {
		p := &u.Sheets[i]
		if p.Left != "" && p.Kind == NoTable && !all {
			k := [2]string{p.File, p.Left}
			if left[k] == nil {
				order = append(order, k)
			}
			left[k] = append(left[k], strings.TrimSpace(p.Sheet))
			continue
		}
		p.write(&s, all)
	}
	for _, k := range order {
		fmt.Fprintf(&s, "%s 没有导入的工作表：%s（%s）\n", k[0], strings.Join(left[k], "、"), k[1])
	}
	_, err := io.WriteString(w, s.String())
	return err
}

func (p *SheetReport) write(s *strings.Builder, all bool) {
	fmt.Fprintf(s, "%s %s", p.File, sheetName(p.Sheet))
	if p.Kind != NoTable {
		fmt.Fprintf(s, "：%s（%d 分）", p.Kind, p.Score)
		for _, o := range p.Others {
			fmt.Fprintf(s, "，也像%s（%d 分）", o.Kind, o.Score)
		}
	}
	s.WriteByte('\n')
	if p.Left != "" {
		fmt.Fprintf(s, "  没有导入：%s\n", p.Left)
	} else {
		fmt.Fprintf(s, "  %s\n", p.summary())
		if x := p.account(); x != "" {
			fmt.Fprintf(s, "  %s\n", x)
		}
	}
	if p.Fund != "" {
		fmt.Fprintf(s, "  资金性质：%s\n", p.Fund)
	}
	switch {
	case p.Unit != "" && p.UnitFrom != "":
		fmt.Fprintf(s, "  金额单位：%s（%s）\n", p.Unit, p.UnitFrom)
	case p.Unit != "":
		fmt.Fprintf(s, "  金额单位：%s\n", p.Unit)
	}
	if all {
		for _, c := range p.Columns {
			fmt.Fprintf(s, "    %s\n", c.String())
		}
	} else {
		p.columns(s)
	}
	for _, n := range p.Notes {
		fmt.Fprintf(s, "  %s\n", n)
	}
}

// columns shows the columns: the sure ones on a line, those that are not taken on a line for each reason, others each by itself.
func (p *SheetReport) columns(s *strings.Builder) {
	var sure, reasons, open []string
	unused := map[string][]string{}
	for _, c := range p.Columns {
		switch {
		case c.Unused:
			if c.Filled == 0 {
				continue
			}
			if unused[c.Note] == nil {
				reasons = append(reasons, c.Note)
			}
			unused[c.Note] = append(unused[c.Note], c.Head)
		case c.Score >= 100:
			word := c.Role
			if c.Fund != "" {
				word += "（" + c.Fund + "）"
			}
			sure = append(sure, shortHead(c.Head)+" → "+word)
		case c.Filled > 0 || c.Role != "":
			open = append(open, c.String())
		}
	}
	if sure != nil {
		fmt.Fprintf(s, "  各列：%s\n", strings.Join(sure, "；"))
	}
	for _, x := range open {
		fmt.Fprintf(s, "    %s\n", x)
	}
	for _, why := range reasons {
		fmt.Fprintf(s, "  没有带入的列：%s（%s）\n", strings.Join(unused[why], "、"), why)
	}
}

// shortHead is the last piece of the head of a column, with the one above where it is but a word for a sum.
func shortHead(head string) string {
	pieces := strings.Split(head, "/")
	n := len(pieces)
	if n > 1 && len([]rune(pieces[n-1])) <= 2 {
		return pieces[n-2] + "/" + pieces[n-1]
	}
	return pieces[n-1]
}

// summary is the line that says how much was understood.
func (p *SheetReport) summary() string {
	out := fmt.Sprintf("认得 %d 行", p.Taken)
	if p.Kind.Table() == "" {
		out = fmt.Sprintf("由程序计算，不导入：认得 %d 个数", p.Figures)
		if p.Kind == Summary {
			out = fmt.Sprintf("只用来核对，不导入：认得 %d 行", p.Taken)
		}
	}
	if p.Made != p.Taken {
		out += fmt.Sprintf("，成为 %d 条", p.Made)
	}
	if p.Sums > 0 {
		out += fmt.Sprintf("，跳过合计 %d 行（相符 %d", p.Sums, p.Held)
		if p.Failed > 0 {
			out += fmt.Sprintf("，不符 %d", p.Failed)
		}
		if p.Unstored > 0 {
			out += fmt.Sprintf("，文件里没有结果、重算 %d", p.Unstored)
		}
		if p.Odd > 0 {
			out += fmt.Sprintf("，格里不是数、没有核对 %d", p.Odd)
		}
		out += "）"
	}
	var open []string
	for _, c := range p.Columns {
		if c.Role == "" && !c.Unused && c.Filled > 0 {
			open = append(open, c.Head)
		}
	}
	if len(open) > 0 {
		out += "，不认得的列：" + strings.Join(open, "、")
	}
	return out
}

// String is a column as it is shown: C 支出功能分类 → 功能科目 100 分.
func (c *Column) String() string {
	out := grid.ColumnName(c.Number) + " " + c.Head + " → "
	switch {
	case c.Role == "":
		out += "不认得"
	default:
		out += c.Role
		if c.Fund != "" {
			out += "（" + c.Fund + "）"
		}
		out += fmt.Sprintf(" %d 分", c.Score)
	}
	if c.Note != "" {
		out += "，" + c.Note
	}
	return out
}

// Map is the mapping file of what was understood, to be looked through and mended: of each table what it is and what each
// column is. What the sheets state themselves (the unit of money, the fund of a title) is not written into it: another export
// may state another.
func (u *Understood) Map() []byte { return u.Complete(nil, &Map{}) }

// Complete adds to a mapping file what it does not answer yet. What stands there stays as it is.
func (u *Understood) Complete(raw []byte, m *Map) []byte { return u.complete(raw, m, false) }

// sure is the score of what somebody said, or what needs no answer.
const sure = 100

func (u *Understood) complete(raw []byte, m *Map, kept bool) []byte {
	var s strings.Builder
	s.Write(raw)
	if len(raw) == 0 {
		s.WriteString("# 导入对照：导出表的各列是什么，单位的代码。由 yusuan import 写出，可以改；同样表头的表，以后照此导入，不再询问。\n")
		s.WriteString("# 列的用处（role）：" + strings.Join(roleNames(), "、") + "\n")
	}
	u.asked.write(&s, m.answers)
	done := map[string]bool{}
	for _, x := range m.sheets {
		done[x.Heads.V+"\n"+x.Sheet.V] = true
	}
	for i := range u.Sheets {
		p := &u.Sheets[i]
		key := p.Print + "\n" + strings.TrimSpace(p.Sheet)
		if p.Print == "" || done[key] {
			continue
		}
		done[key] = true
		p.section(&s, kept)
	}
	return []byte(s.String())
}

// answers reports whether a mapping file speaks of a unit or a file.
func (m *Map) answers(list, name string) bool {
	if list == "unit" {
		return slices.ContainsFunc(m.units, func(x mapUnit) bool { return x.Name.V == name })
	}
	return slices.ContainsFunc(m.files, func(x mapFile) bool { return inFile(x.Name.V, x.Sheet.V) == name })
}

// confirm is how a guess in a mapping file becomes an answer.
const confirm = "对的，去掉行首的 #"

// guess is a unit that the program guessed, in a mapping file where nobody has said so yet.
var guess = regexp.MustCompile(`^\s*# (code|unit) = ".+" .*` + confirm)

// Guesses are the lines of a mapping file that wait for somebody to say that they are right.
func Guesses(raw []byte) []int {
	var out []int
	n := 0
	for line := range strings.Lines(string(raw)) {
		if n++; guess.MatchString(line) {
			out = append(out, n)
		}
	}
	return out
}

// missing is an answer that is not there.
var missing = regexp.MustCompile(`\b(code|unit|fund) = ""`)

// Blanks are the lines of a mapping file in which an answer is missing.
func Blanks(raw []byte) []int {
	var out []int
	n := 0
	for line := range strings.Lines(string(raw)) {
		n++
		line, _, _ = strings.Cut(line, "#")
		if missing.MatchString(line) {
			out = append(out, n)
		}
	}
	return out
}

// section writes the part of a mapping file that a table has.
func (p *SheetReport) section(s *strings.Builder, kept bool) {
	fmt.Fprintf(s, "\n[[sheet]]\nheads = %s\nsheet = %s\n", quoted(p.Print), quoted(strings.TrimSpace(p.Sheet)))
	if p.Kind == NoTable {
		s.WriteString("# kind = \"\"  # " + strings.Join(kindNames(), "、") + "\n# skip = true  # 不导入\n")
	} else {
		fmt.Fprintf(s, "kind = %s\n", quoted(string(p.Kind)))
	}
	switch {
	case p.UnitFrom == fromMap:
		fmt.Fprintf(s, "unit = %s\n", quoted(p.Unit))
	case p.Unit == "":
		s.WriteString("# unit = \"元\"  # 表里没有写金额的单位：元、万元\n")
	}
	if p.skip {
		s.WriteString("skip = true\n")
	}
	if p.fund != "" {
		fmt.Fprintf(s, "fund = %s\n", quoted(p.fund))
	}
	if p.lenient {
		fmt.Fprintf(s, "sums = %s\n", quoted(lenient))
	}
	s.WriteString("columns = [\n")
	for _, c := range p.Columns {
		if c.Role == "" {
			fmt.Fprintf(s, "  # { head = %s, role = \"\" },  # 不认得，请核对\n", quoted(c.Key))
			continue
		}
		fund := ""
		if kept && c.Score < sure {
			continue // a guess is no answer until somebody says so
		}
		if c.Group && c.Fund == "" && c.Filled > 0 && p.Kind.Table() != "" {
			fmt.Fprintf(s, "  { head = %s, role = %s, fund = \"\" },   # 是哪一种资金，请填\n", quoted(c.Key), quoted(c.Role))
			continue
		}
		if c.Score < sure {
			fmt.Fprintf(s, "  # { head = %s, role = %s },  # %d 分，请核对；%s\n", quoted(c.Key), quoted(c.Role), c.Score, confirm)
			continue
		}
		if c.Fund != "" {
			fund = ", fund = " + quoted(c.Fund)
		}
		fmt.Fprintf(s, "  { head = %s, role = %s%s },\n", quoted(c.Key), quoted(c.Role), fund)
	}
	s.WriteString("]\n")
}

// quoted is a text in quotation marks of TOML, on one line. What shows nothing becomes a blank: cells of strangers hold anything.
func quoted(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(strings.Map(func(r rune) rune {
		if source.IsControl(r) {
			return ' '
		}
		return r
	}, s)) + `"`
}

// Remember is the mapping file that a data folder keeps: what was understood now, and what it knew of other tables. It is the
// program's own: nobody's remarks stand in it.
func (u *Understood) Remember(before []byte) []byte {
	now := &Understood{Sheets: u.Sheets, asked: u.asked.sure()}
	text := now.complete(nil, &Map{}, true)
	m, _ := ParseMap("", text)
	out := strings.Builder{}
	out.Write(text)
	old, _ := ParseMap("", before)
	blocks := strings.Split(string(before), "\n[[")
	units, files, sheets := 0, 0, 0
	for _, b := range blocks[1:] {
		keep := false
		switch {
		case strings.HasPrefix(b, "unit]]") && units < len(old.units):
			keep = !m.answers("unit", old.units[units].Name.V)
			units++
		case strings.HasPrefix(b, "file]]") && files < len(old.files):
			keep = !m.answers("file", inFile(old.files[files].Name.V, old.files[files].Sheet.V))
			files++
		case strings.HasPrefix(b, "sheet]]") && sheets < len(old.sheets):
			x := old.sheets[sheets]
			keep = !slices.ContainsFunc(m.sheets, func(y mapSheet) bool { return y.Heads.V == x.Heads.V && y.Sheet.V == x.Sheet.V })
			sheets++
		}
		if keep {
			b, _, _ = strings.Cut(b, "\n# ")
			out.WriteString("\n[[" + strings.TrimRight(b, "\n") + "\n")
		}
	}
	return []byte(out.String())
}

// TableLabel is what people call a table of a data folder.
func TableLabel(table string) string {
	if t := tables()[table]; t != nil {
		return t.Label
	}
	return table
}
