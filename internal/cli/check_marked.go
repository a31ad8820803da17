package cli

import (
	"errors"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"yusuan/internal/diag"
	"yusuan/internal/pdfium"
	"yusuan/internal/read"
)

// listBeside is the list that takes the place of a marked copy that cannot be made.
func listBeside(marked string) string {
	return strings.TrimSuffix(marked, filepath.Ext(marked)) + ".xlsx"
}

// markPaper writes the PDF again with each finding at its place. Where nothing can be written on a document, the list is written
// instead, with the reason.
func (x *checking) markPaper(j *judged) error {
	if j.done == nil {
		return nil // it is told why
	}
	if !isPDF(j.raw) {
		return x.listInstead(j, "只有 PDF 能加批注，这是"+string(j.paper.Format))
	}
	raw, placeless, err := j.markedCopy(x.pdf)
	switch refused := (*read.Refused)(nil); {
	case errors.Is(err, errNoMarks):
		say(x.err, "没有写 %s：没有能标在页面上的问题\n", filepath.ToSlash(x.marked))
		return nil
	case errors.As(err, &refused):
		return x.listInstead(j, refused.Error())
	case err != nil:
		return err
	}
	if err := writeWhole(x.marked, raw); err != nil {
		return machine("写不了 %s：%w", filepath.ToSlash(x.marked), err)
	}
	more := ""
	if placeless > 0 {
		more = "；另有一些问题在页面上没有位置，只在这里列出"
	}
	say(x.err, "问题标在 %s（原来的内容没有动，批注加在后面）%s\n", filepath.ToSlash(x.marked), more)
	return nil
}

// errNoMarks is of a document in which nothing was found that has a place on its pages.
var errNoMarks = errors.New("没有能标在页面上的问题")

// markedCopy is a PDF with each finding at its place; placeless is how many have none.
func (j *judged) markedCopy(pdf *pdfEngine) (raw []byte, placeless int, err error) {
	marks, placeless := j.marks()
	if len(marks) == 0 {
		return nil, placeless, errNoMarks
	}
	f, err := pdf.open(j.name, j.raw)
	if err != nil {
		return nil, 0, err
	}
	defer f.Close()
	raw, err = f.Marked(marks)
	if refused := (*read.Refused)(nil); err != nil && !errors.As(err, &refused) {
		err = machine("标不了 %s：%w", j.shown(), err)
	}
	return raw, placeless, err
}

// listInstead writes the list of what was found where a document cannot be marked.
func (x *checking) listInstead(j *judged, why string) error {
	name := listBeside(x.marked)
	if x.xlsx != "" {
		say(x.err, "没有写 %s：%s；问题清单在 %s\n", filepath.ToSlash(x.marked), why, filepath.ToSlash(x.xlsx))
		return nil
	}
	if err := writeList(name, j.notes(), x.listOptions(x.out).Most, x.date); err != nil {
		return machine("写不了 %s：%w", filepath.ToSlash(name), err)
	}
	say(x.err, "没有写 %s：%s；另写了问题清单 %s\n", filepath.ToSlash(x.marked), why, filepath.ToSlash(name))
	return nil
}

// marks are the notes for the pages of a document, and how many findings have no place there.
func (j *judged) marks() (out []pdfium.Mark, placeless int) {
	for _, m := range j.marked() {
		if len(m.boxes) == 0 {
			placeless++
		}
		for _, page := range slices.Sorted(maps.Keys(m.boxes)) {
			out = append(out, pdfium.Mark{Page: page, Boxes: m.boxes[page], Words: noteWords(&m.d), Error: m.d.Level == diag.Error})
		}
	}
	return out, placeless
}

// noteWords is a finding as a note on a page says it.
func noteWords(d *diag.Diagnostic) string {
	lines := []string{strings.TrimSpace(d.Level.String()+" "+d.Rule) + "：" + d.Message}
	for _, x := range []struct{ label, text string }{{"印的是 ", d.Stated}, {"应为 ", d.Want}, {"相差 ", d.Diff}} {
		if x.text != "" {
			lines = append(lines, x.label+x.text)
		}
	}
	for _, n := range d.Notes {
		lines = append(lines, strings.TrimSpace(n.At.In.String()+" "+n.Text))
	}
	if d.Hint != "" {
		lines = append(lines, "建议："+d.Hint)
	}
	return strings.Join(lines, "\n")
}
