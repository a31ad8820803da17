package imports

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"yusuan/internal/diag"
	"yusuan/internal/grid"
)

// report is what is known of a table before its rows are read.
func (t *table) report() SheetReport {
	rep := SheetReport{File: t.file.Name, Sheet: t.sheet.Name, At: t.at(t.top, t.columns[0].Number), Title: t.title, Kind: t.kind, Score: t.score, Others: t.others,
		Print: t.print, Unit: t.unit, UnitFrom: t.unitFrom, Left: t.left, Fund: t.fund}
	if m := t.mapped; m != nil {
		rep.skip, rep.lenient, rep.fund = m.Skip.V, m.Sums.V == lenient, m.Fund.V
	}
	for _, c := range t.columns {
		c.Role, c.Fund = string(c.role), c.fund
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
		if c.role == "" && c.Filled > 0 && b.numbers(c) {
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

// Write shows what was understood, a sheet a paragraph.
func (u *Understood) Write(w io.Writer) error {
	var s strings.Builder
	for i := range u.Sheets {
		u.Sheets[i].write(&s)
	}
	_, err := io.WriteString(w, s.String())
	return err
}

func (p *SheetReport) write(s *strings.Builder) {
	fmt.Fprintf(s, "%s 工作表%s", p.File, diag.Quote(strings.TrimSpace(p.Sheet)))
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
	}
	if p.Fund != "" {
		fmt.Fprintf(s, "  资金性质：%s\n", p.Fund)
	}
	if p.Unit != "" {
		fmt.Fprintf(s, "  金额单位：%s（%s）\n", p.Unit, p.UnitFrom)
	}
	for _, c := range p.Columns {
		fmt.Fprintf(s, "    %s\n", c.String())
	}
	for _, n := range p.Notes {
		fmt.Fprintf(s, "  %s\n", n)
	}
}

// summary is the line that says how much was understood.
func (p *SheetReport) summary() string {
	out := fmt.Sprintf("认得 %d 行", p.Taken)
	if p.Kind.Table() == "" {
		out = fmt.Sprintf("只用来核对，不导入：认得 %d 个数", p.Figures)
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
		out += "）"
	}
	var open []string
	for _, c := range p.Columns {
		if c.Role == "" && c.Filled > 0 {
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
func (u *Understood) Map() []byte {
	var s strings.Builder
	s.WriteString("# 导入对照：导出表的各列是什么。由 yusuan import 写出，可以改；同样表头的表，以后照此导入，不再询问。\n")
	s.WriteString("# 列的用处（role）：" + strings.Join(roleNames(), "、") + "\n")
	done := map[string]bool{}
	for i := range u.Sheets {
		p := &u.Sheets[i]
		key := p.Print + "\n" + strings.TrimSpace(p.Sheet)
		if p.Print == "" || done[key] {
			continue
		}
		done[key] = true
		p.section(&s)
	}
	return []byte(s.String())
}

// section writes the part of a mapping file that a table has.
func (p *SheetReport) section(s *strings.Builder) {
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
		if c.Fund != "" {
			fund = ", fund = " + quoted(c.Fund)
		}
		fmt.Fprintf(s, "  { head = %s, role = %s%s },\n", quoted(c.Key), quoted(c.Role), fund)
	}
	s.WriteString("]\n")
}

// quoted is a text in quotation marks of TOML.
func quoted(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", " ", "\r", " ", "\t", " ").Replace(s) + `"`
}
