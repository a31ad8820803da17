package opendata

import (
	"cmp"
	"strings"

	"yusuan/internal/doc"
	"yusuan/internal/money"
	"yusuan/internal/schedule"
)

// Where a printed number stands.
const (
	inTable    = "table"
	inSentence = "sentence"
	inForm     = "form"
	inChart    = "chart"
)

// figures are the numbers that the program printed: of tables, sentences, forms and charts, each that has a name of its own
// once. Numbers in the author's words are the author's, and what is blank is not printed.
func (w *writer) figures() *sheet {
	t := newSheet("figures", "印出的数", "文件里程序印出的每一个数：表、文字、绩效表和图里的，各一行，依文件的次序。部门写在文字里的数不在这里，空白的格也不在这里。", []column{
		{name: "figure_id", title: "识别名", kind: text, about: "与网页、表格工作簿里的相同；表里的数各年不变", required: true}, yearColumn, departmentCode, departmentLabel,
		{name: "where", title: "在哪里", kind: text, about: "table 表，sentence 文字，form 绩效表和别的表，chart 图", required: true, words: []string{inTable, inSentence, inForm, inChart}},
		{name: "table", title: "表的文件", kind: text, about: "where 是 table 时，tables 里文件的名称"},
		{name: "title", title: "是什么数", kind: text, about: "表里的写表、行、列；文字里的写标题和它前后的字，【】里是这个数", required: true},
		{name: "kind", title: "种类", kind: text, about: "sum 本年的合计，last-year 上年数，change 增减额，rate 增减百分比，share 占比，stated 填报的数，count 个数", required: true, words: figureKinds()},
		{name: "value", title: "数值", kind: decimal, about: "金额以元为单位，没有四舍五入；增减额是减少的为负，即使印出的字是“减少”和正数；百分比是印出的数"},
		{name: "value_unit", title: "数值的单位", kind: text, words: []string{"元", "%"}},
		{name: "printed", title: "印出的样子", kind: text, required: true}, {name: "unit", title: "印出的单位", kind: text},
		{name: "printed_with_unit", title: "印出的数和单位", kind: text, about: "printed 在 Excel、WPS 里可能少了末尾的 0，这一列不会；个数没有单位", required: true},
		{name: "adjusted", title: "尾差调整", kind: truth, about: "true：为使印出的分项之和等于合计，末位作了调整", required: true},
		{name: "lines", title: "由哪些笔相加", kind: text, about: "sum 的范围：条件之间用空格，都要符合；编码是前几位相同"}, sourceColumn})
	t.key = []string{"department_code", "figure_id"}
	f := &figures{writer: w, t: t, seen: map[string]bool{}}
	for i := range w.Tree.Sections {
		for _, b := range w.Tree.Sections[i].Blocks {
			f.block(b)
		}
	}
	return t
}

func figureKinds() (out []string) {
	for k := schedule.ValueSum; k < schedule.ValueWritten; k++ {
		out = append(out, k.String())
	}
	return out
}

type figures struct {
	*writer
	t    *sheet
	seen map[string]bool
}

func (f *figures) block(b doc.Block) {
	where := inSentence
	switch x := b.(type) {
	case *doc.Chart:
		where = inChart
	case *doc.Table:
		if x.Of > 0 {
			f.cells(x)
		} else {
			where = inForm
		}
	}
	one := doc.Document{Sections: []doc.Section{{Blocks: []doc.Block{b}}}}
	doc.Walk(&one, func(t doc.Text, _ string) {
		for _, m := range doc.MarksOf(f.Tree.Marks, t.Marks) {
			if m.Of >= schedule.FirstCell {
				continue // cells have said theirs
			}
			if x, ok := f.Numbers.At(m.Of); ok {
				f.add(cmp.Or(x.Key, x.Address), where, "", x.Title, &x.Value)
			}
		}
	})
}

// cells are the numbers of a table of the pack.
func (f *figures) cells(b *doc.Table) {
	s := f.Numbers.Table(b.ID)
	heads := make([]string, len(s.Leaves))
	for j := range heads {
		heads[j] = strings.Join(s.Heads(j), " · ")
	}
	side, row, title := -1, -1, ""
	s.Each(func(ref schedule.Ref) {
		v := s.Value(ref)
		if v.Printed == "" {
			return
		}
		if ref.Side != side || ref.Row != row {
			side, row, title = ref.Side, ref.Row, strings.Join(s.RowTitle(ref.Side, ref.Row), " · ")
		}
		f.add(s.Key(ref), inTable, f.tableNames[b.ID], title+" · "+heads[ref.Column], &v)
	})
}

func (f *figures) add(id, where, table, title string, v *schedule.Value) {
	if id == "" || v.Kind == schedule.ValueWritten || v.Printed == "" || f.seen[id] {
		return
	}
	f.seen[id] = true
	value, valueUnit, unit := plain(v.Printed), "", ""
	switch {
	case v.Amount():
		value, valueUnit, unit = "", "元", v.Unit.String()
		if v.Known {
			value = money.ToldData(v.Exact)
		}
	case v.Kind != schedule.ValueCount:
		valueUnit, unit = "%", "%"
	}
	var lines []string
	for _, q := range v.Sums {
		lines = append(lines, cmp.Or(q.String(), "全部支出"))
	}
	f.t.put(id, f.year, f.code, f.label, where, table, title, v.Kind.String(), value, valueUnit, v.Printed, unit,
		withUnit(v.Printed, unit), yes(v.Adjusted), strings.Join(lines, "；"), f.place(v.At)).end()
}

// withUnit is a printed number with its unit. A word for zero has none: it says 无 or —, not 无万元.
func withUnit(printed, unit string) string {
	if plain(printed) == "" {
		return printed
	}
	return strings.TrimSuffix(printed, unit) + unit
}

// plain is a printed number for programs, "" for words and dashes.
func plain(s string) string {
	s = strings.TrimSuffix(strings.TrimSuffix(strings.ReplaceAll(s, ",", ""), "%"), "％")
	if bare, _ := strings.CutPrefix(s, "-"); !numeral(bare) {
		return ""
	}
	return s
}
