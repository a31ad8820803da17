package tablebook

// contentsWidth is how wide 目录 is, in halves of an em.
const contentsWidth = 102

// forReview says of a sheet that nobody is to take it for a published table.
const forReview = "供审核，不是公开的表"

// contents writes 目录: what the document is, and its tables.
func (w *writer) contents() error {
	heads := []string{"序号", "表", "说明"}
	page := a4()
	page.Width, page.Height = page.Height, page.Width
	if err := w.onPaper(ContentsSheet, page); err != nil {
		return err
	}
	r, err := w.rows(ContentsSheet)
	if err != nil {
		return err
	}
	if err := r.columns([]int{8 * halfEm, 46 * halfEm, (contentsWidth - 54) * halfEm}); err != nil {
		return err
	}
	r.begin(3)
	r.set(1, look{bold: true, size: 160, down: "center", wrap: true, across: "center"}, "", w.in.Tree.Title)
	r.end(1, 480)
	r.merge(1, 1, 3, 1)
	r.begin(3)
	what := w.whose() + "里的表，数与 PDF 相同。以 PDF 为准；在这里改了数，PDF 不会跟着改"
	r.set(1, look{colour: colourFaint, down: "center", wrap: true}, "", what)
	r.end(2, max(340, heightOf(what, contentsWidth*halfEm-padX, usualSize)))
	r.merge(1, 2, 3, 2)
	r.heads(3, heads)
	row := 4
	for i := range w.tables {
		w.entry(r, row, w.tables[i].name, w.in.Numbers.FormOf(w.tables[i].t))
		row++
	}
	names := []string{ProofSheet, LinesSheet}
	if len(w.stated.rows) > 0 {
		names = append(names, StatedSheet)
	}
	for _, name := range names {
		w.entry(r, row, name, forReview)
		row++
	}
	return r.flush()
}

// entry is the line of a sheet; that of 校核 says what it says.
func (w *writer) entry(r *rowWriter, row int, name, beside string) {
	r.begin(3)
	number, link := listLook("center"), listLook("left")
	number.format, link.link = "0", true
	r.set(1, number, "", row-3)
	r.set(2, link, `HYPERLINK("#`+inQuotes(quoted(name)+"!A1")+`","`+inQuotes(name)+`")`, name)
	r.plainCell(3, beside, false)
	if name == ProofSheet {
		r.set(3, listLook("left"), `"`+forReview+`。"&`+quoted(ProofSheet)+"!A3", forReview+"。"+w.said())
	}
	r.end(row, 200)
}

// whose names the document and its day.
func (w *writer) whose() string {
	out := "《" + w.in.Tree.Title + "》"
	if !w.in.Tree.Date.IsZero() {
		out += "（" + w.in.Tree.Date.Format("2006年1月2日") + "）"
	}
	return out
}
