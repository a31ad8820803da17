package sheet

import (
	"slices"
	"strconv"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/xlsx"
)

// guideLine is a line of the guide: words behind a mark in a colour.
type guideLine struct{ mark, fill, words string }

func (w *writer) guideLines() []guideLine {
	remarks := "“备注”不印，但是随数据一起公开（公开的 PDF 里带着数据），除非在“部门”表里把“不带注释”设为“是”。不要写姓名、电话、身份证号码。"
	if w.c.strips {
		remarks = "“备注”不印；已经设定不带注释，也不公开。"
	}
	lines := []guideLine{
		{"淡黄", colourInput, "要填的格子。带 * 的（深蓝）每行必填；别的有才填，什么时候要填，选中格子会显示；有清单的可以选，清单里没有的也可以填。"},
		{"灰色", colourComputed, "程序写的，不用填，改了也不读；表头写着“这个模板不印”的一列是先前填的，读，但是不印。"},
		{"橙色", colourToDo, "还没有填（请填），或由上年转来要核对（【请核对】）。"},
		{"红色", colourProblem, "缺必填的，或校核不相符。"},
		{"金额", "", "一律填元，只写数。科目可以只填编码，也可以从清单里选。日期写成 2026-02-10。"},
		{"行", "", "可以插入、删除、排序、复制；表头的名称不要改，各表左边藏着的一列不要动。从别处粘贴时用“粘贴为数值”，格式和清单才不会被盖掉。"},
		{"单位", "", "部门只有一个单位的，各表的“单位”空着；有几个单位的，先填“单位”表，各表再逐行选是哪个单位。"},
		{"长文字", "", "一段一行；一条职责、一条任务一行。接着上一行写的，“项目”一格空着。"},
		{"备注", "", remarks},
	}
	if n := w.c.notes(); n > 0 {
		lines = append(lines, guideLine{"批注", "", "有 " + strconv.Itoa(n) + " 格带着批注，是数据文件里写在这个值后面的注释：" + w.c.published() + "。要改、要删的，在数据文件里改。"})
	}
	return lines
}

// guide is the first sheet: how to fill in, what the colours mean, which sheets there are.
func (w *writer) guide() error {
	if err := w.protect(GuideSheet); err != nil {
		return err
	}
	if err := w.a4(GuideSheet, true); err != nil {
		return err
	}
	lines := w.guideLines()
	start := len(lines) + 5
	for i := range w.sheets {
		if err := w.f.SetCellHyperLink(GuideSheet, cellName(2, start+i), quoted(w.sheets[i].Name)+"!"+cellName(2, 1), "Location"); err != nil {
			return err
		}
	}
	r, err := w.rows(GuideSheet)
	if err != nil {
		return err
	}
	for k, n := range []int{10, 70, 26, 2} {
		if err := r.w.SetColWidth(4-k, 4-k, xlsx.Length(n)); err != nil {
			return err
		}
	}
	w.lines(r, lines)
	r.row(start-1, 24, nil, r.styled(look{bold: true, size: 12, middle: true}, "有哪些表"), nil, r.styled(look{bold: true, align: "center", middle: true}, "填了几行"))
	for i := range w.sheets {
		s := &w.sheets[i]
		what := s.What
		if s.Form != nil {
			what = s.about()
		}
		formula, n := s.filled()
		rows := r.styled(look{boxed: true, middle: true, align: "center"}, w.stored(strconv.Itoa(n), true))
		rows.Formula = formula
		r.row(start+i, 6+heightOf(what, 66, 15), nil, r.styled(look{link: true, boxed: true, middle: true}, s.Name), r.styled(look{wrap: true, boxed: true, middle: true}, what), rows)
	}
	w.origin(r, start+len(w.sheets)+1)
	if r.err != nil {
		return r.err
	}
	return r.w.Flush()
}

// filled is how many rows of a sheet say something, as a formula that goes on counting: of rows those with what each must
// have, of items those with a content; of a form without what it is about.
func (s *placed) filled() (formula string, value int) {
	var parts []string
	for i := range s.blocks {
		b := &s.blocks[i]
		column, from := b.telling(), 0
		if s.Form != nil && b.Shape == Items {
			from = max(0, slices.IndexFunc(b.Rows, func(r Row) bool { return r.Table != formTable }))
		}
		for _, row := range b.Rows[min(from, len(b.Rows)):] {
			value += rank(row.Cells[column].Kind != Empty)
		}
		below := *b
		below.first += from
		parts = append(parts, "COUNTA("+s.below(&below, column)+")")
	}
	return strings.Join(parts, "+"), value
}

// telling is the column that tells whether a row says something.
func (b *placedBlock) telling() int {
	if b.Shape == Items {
		return b.With(RoleContent)
	}
	return max(b.With(RoleField), slices.IndexFunc(b.Columns, func(c Column) bool { return c.Role == RoleField && c.Field.Required }))
}

// lines writes how to fill in.
func (w *writer) lines(r *rowWriter, lines []guideLine) {
	title := "部门预算填报表"
	if w.c.titled != "" {
		title = w.c.titled + "部门预算填报表"
	}
	r.row(1, 34, nil, r.styled(look{bold: true, size: 18, middle: true}, title))
	r.row(2, 20, nil, r.styled(look{bold: true, size: 12, middle: true}, "怎样填"))
	for i, l := range lines {
		mark := look{bold: true, fill: l.fill, boxed: true, middle: true, align: "center"}
		r.row(3+i, 8+heightOf(l.words, 66, 15), nil, r.styled(mark, l.mark), r.styled(look{wrap: true, boxed: true, middle: true}, l.words))
	}
}

// origin tells where the workbook comes from and how it goes back.
func (w *writer) origin(r *rowWriter, n int) {
	in := &w.c.in
	faint := look{colour: colourFaint, wrap: true}
	back := "填好以后：yusuan check 本文件 核对，yusuan build 本文件 -o 文件.pdf 生成 PDF。"
	if in.Shown != "" {
		back = "由数据目录 " + in.Shown + " 转出。填好以后：yusuan sheet 本文件 --into 数据目录 写回去，先加 --dry-run 看会改哪些。"
	}
	r.row(n, 6+heightOf(back, 92, 15), nil, r.styled(faint, back))
	r.row(n+1, 0, nil, r.styled(look{colour: colourFaint}, "模板："+w.c.Layout.Pack.Name+"（"+w.c.Layout.Pack.ID+"）；"+in.Program))
	if r.err == nil {
		r.err = r.w.MergeCell(cellName(2, n), cellName(4, n))
	}
}

// about is what a form is about: its kind and its project.
func (s *placed) about() string {
	if name := s.project(); name != "" {
		return s.Form.Kind + "：" + name
	}
	return s.Form.Kind
}

// project is the project that a form is of, "" for none.
func (s *placed) project() string {
	b := s.blocks[0]
	for _, row := range b.Rows {
		if x := row.Item; x != nil && x.Kind == budget.FieldProject {
			return row.Cells[b.With(RoleContent)].Text
		}
	}
	return ""
}

// index lists the forms, with links.
func (w *writer) index() error {
	var forms []*placed
	for i := range w.sheets {
		if w.sheets[i].Form != nil {
			forms = append(forms, &w.sheets[i])
		}
	}
	if len(forms) == 0 {
		return nil
	}
	if err := w.a4(IndexSheet, true); err != nil {
		return err
	}
	if err := w.protect(IndexSheet); err != nil {
		return err
	}
	for i, s := range forms {
		if err := w.f.SetCellHyperLink(IndexSheet, cellName(2, 4+i), quoted(s.Name)+"!"+cellName(2, 1), "Location"); err != nil {
			return err
		}
	}
	r, err := w.rows(IndexSheet)
	if err != nil {
		return err
	}
	for k, n := range []int{60, 26, 14, 2} {
		if err := r.w.SetColWidth(4-k, 4-k, xlsx.Length(n)); err != nil {
			return err
		}
	}
	r.row(1, 30, nil, r.styled(look{bold: true, size: 16, middle: true}, "绩效目标表"))
	const what = "每张表一个工作表。还要一张：右击同一种表样的工作表标签，“移动或复制”，建立副本，再改上面的项目名称；新的照样读，只是不列在下面。没有填内容的不算一张表。"
	r.row(2, 56, nil, r.styled(look{colour: colourFaint, wrap: true, middle: true}, what))
	head := look{bold: true, fill: colourHead, boxed: true, middle: true, align: "center"}
	r.row(3, 24, nil, r.styled(head, "工作表"), r.styled(head, "表样"), r.styled(head, "项目名称"))
	for i, s := range forms {
		r.indexLine(4+i, s)
	}
	if r.err == nil {
		r.err = r.w.MergeCell("B2", "D2")
	}
	if r.err != nil {
		return r.err
	}
	return r.w.Flush()
}

func (r *rowWriter) indexLine(n int, s *placed) {
	cell := look{fill: colourComputed, boxed: true, wrap: true}
	b := &s.blocks[0]
	values := []any{nil, r.styled(look{link: true, boxed: true}, s.Name)}
	for _, kind := range []budget.FieldKind{budget.FieldForm, budget.FieldProject} {
		at := 0
		for i, row := range b.Rows {
			if row.Item != nil && row.Item.Kind == kind {
				at = b.first + i
			}
		}
		if at == 0 {
			values = append(values, r.styled(cell, nil))
			continue
		}
		content := b.With(RoleContent)
		x := r.styled(cell, b.Rows[at-b.first].Cells[content].Text)
		ref := quoted(s.Name) + "!$" + columnName(content+2) + "$" + strconv.Itoa(at)
		x.Formula = `IF(` + ref + `="","",` + ref + `)`
		values = append(values, x)
	}
	r.row(n, 0, values...)
}
