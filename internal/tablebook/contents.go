package tablebook

// contents writes 目录: what the document is, and its tables.
func (w *writer) contents() error {
	heads := []string{"序号", "表", "项目"}
	page := a4()
	page.Width, page.Height = page.Height, page.Width
	if err := w.onPaper(ContentsSheet, page); err != nil {
		return err
	}
	r, err := w.rows(ContentsSheet)
	if err != nil {
		return err
	}
	if err := r.columns([]int{8 * halfEm, 50 * halfEm, 40 * halfEm}); err != nil {
		return err
	}
	r.begin(3)
	r.set(1, look{bold: true, size: 160, down: "center", wrap: true, across: "center"}, "", w.in.Tree.Title)
	r.end(1, 480)
	r.merge(1, 1, 3, 1)
	r.begin(3)
	what := "文件里的表，与 PDF 同样的数；“" + ProofSheet + "”用公式重新推出每个数，“" + LinesSheet + "”是预算的每一笔"
	if !w.in.Tree.Date.IsZero() {
		what = w.in.Tree.Date.Format("2006年1月2日") + "　" + what
	}
	r.set(1, look{colour: colourFaint, down: "center", wrap: true}, "", what)
	r.end(2, 340)
	r.merge(1, 2, 3, 2)
	r.heads(3, heads)
	row := 4
	add := func(name, project string) {
		r.begin(3)
		number := look{boxed: true, border: colourLine, down: "center", across: "center", format: "0"}
		r.set(1, number, "", row-3)
		r.set(2, look{boxed: true, border: colourLine, down: "center", link: true}, `HYPERLINK("#`+inQuotes(quoted(name)+"!A1")+`","`+inQuotes(name)+`")`, name)
		r.plainCell(3, project, false)
		r.end(row, 200)
		row++
	}
	for i := range w.tables {
		add(w.tables[i].name, w.in.Numbers.FormOf(w.tables[i].t))
	}
	add(ProofSheet, "")
	add(LinesSheet, "")
	if len(w.stated.rows) > 0 {
		add(StatedSheet, "")
	}
	return r.flush()
}
