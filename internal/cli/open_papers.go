package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"yusuan/internal/diag"
	"yusuan/internal/findings"
	"yusuan/internal/read/paper"
	"yusuan/internal/web"
)

// papersWorld checks finished documents in a window.
func (a *app) papersWorld() web.Papers {
	var turn sync.Mutex // what one may take of time and memory is measured of the whole process
	pdf := &pdfEngine{}
	return web.Papers{
		File: func(in *web.Paper) (*web.Judged, error) {
			turn.Lock()
			defer turn.Unlock()
			return a.one(in.Template).judgeShown(pdf, in)
		},
		Read: func(path string) ([]byte, error) {
			raw, err := os.ReadFile(path)
			if err != nil {
				return nil, usage("读不出 %s：%w", path, err)
			}
			return raw, nil
		},
	}
}

// judgeShown is what the command says of a document.
func (a *app) judgeShown(pdf *pdfEngine, in *web.Paper) (*web.Judged, error) {
	out := &web.Judged{Name: in.Name, Findings: []web.Judging{}, Pages: []web.JudgedPage{}, Parts: []web.JudgedPart{}}
	x := &checking{app: a, pdf: pdf, where: newAddresses(), many: true, window: true}
	if a.template != "" {
		if err := x.hasTemplate(); err != nil {
			return nil, err
		}
	}
	is, err := isPaper(in.Name, in.Raw)
	if err == nil && in.Last != nil {
		if x.before, err = x.lastOfWindow(in); err != nil {
			return nil, err
		}
		x.with = in.LastName
	}
	switch {
	case err != nil:
		out.Refused = inChinese(err)
		return out, nil
	case !is:
		out.Refused = "这是填报表，不是公开文件；在部门的窗口里用“填报表”带入"
		return out, nil
	}
	j, err := x.judge(in.Name, in.Raw)
	if err != nil {
		return nil, err
	}
	if j.refused != nil {
		out.Refused = inChinese(j.refused)
		return out, nil
	}
	j.raw = in.Raw
	out.Taken, _, _ = strings.Cut(strings.TrimSpace(x.err.(*bytes.Buffer).String()), "\n")
	j.show(out, x, pdf)
	return out, nil
}

// lastOfWindow reads last year's document of a window.
func (x *checking) lastOfWindow(in *web.Paper) (*paper.Document, error) {
	d, err := x.pdf.read(in.LastName, in.Last)
	if err != nil {
		return nil, usage("上年的 %s 读不了：%w", in.LastName, err)
	}
	return d, nil
}

// show puts what was found into what a window shows.
func (j *judged) show(out *web.Judged, x *checking, pdf *pdfEngine) {
	l := j.found()
	out.Errors, out.Warnings, out.Closing, out.Whole = l.Count(diag.Error), l.Count(diag.Warning), j.closing(), len(j.left) == 0
	for _, d := range j.notes() {
		out.Findings = append(out.Findings, j.judging(&d))
	}
	out.List = func() (string, []byte, error) {
		l := findings.List{Diagnostics: j.notes()}
		var buf bytes.Buffer
		if err := l.Write(&buf, madeNow(findings.Name, x.date)); err != nil {
			return "", nil, machine("写不了问题清单：%w", err)
		}
		return base(j.name) + "-问题清单.xlsx", buf.Bytes(), nil
	}
	if !isPDF(j.raw) {
		out.Parts, out.Left = parts(j.paper)
		return
	}
	for i, p := range j.paper.Pages {
		out.Pages = append(out.Pages, web.JudgedPage{Page: i + 1, Width: int64(p.Width), Height: int64(p.Height)})
	}
	out.Picture = func(page int) ([]byte, error) { return pdf.picture(j.name, j.raw, page) }
	out.Marked = func() (string, []byte, error) {
		raw, _, err := j.markedCopy(pdf)
		if err != nil {
			return "", nil, err
		}
		return base(j.name) + "-标出问题.pdf", raw, nil
	}
}

// base is the name of a file without its ending.
func base(name string) string {
	name = filepath.Base(name)
	return strings.TrimSuffix(name, filepath.Ext(name))
}

// judging is a finding as a window shows it.
func (j *judged) judging(d *diag.Diagnostic) web.Judging {
	out := web.Judging{Level: map[diag.Level]string{diag.Error: "error", diag.Warning: "warning", diag.Note: "note"}[d.Level], Rule: d.Rule, Message: d.Message,
		Where: d.At.In.String(), Stated: d.Stated, Want: d.Want, Apart: d.Diff, Hint: d.Hint, Notes: []string{}, Boxes: []web.JudgedBox{}, Pieces: []int{}}
	for _, n := range d.Notes {
		out.Notes = append(out.Notes, strings.TrimSpace(n.At.In.String()+" "+n.Text))
	}
	for _, p := range j.done.Boxes(*d) {
		if p.Piece > 0 && !slices.Contains(out.Pieces, p.Piece) {
			out.Pieces = append(out.Pieces, p.Piece)
		}
		if b := p.Box; p.Page > 0 && b != (paper.Box{}) {
			out.Boxes = append(out.Boxes, web.JudgedBox{Page: p.Page, Left: int64(b.Left), Top: int64(b.Top), Width: int64(b.Right - b.Left), Height: int64(b.Bottom - b.Top)})
		}
	}
	return out
}

// piecesShown is how many paragraphs and cells a window shows: a browser has to hold them all.
const piecesShown = 30_000

// parts are what a document without pages says, and whether some of it is left out.
func parts(d *paper.Document) (out []web.JudgedPart, left bool) {
	out = []web.JudgedPart{}
	pieces := 0
	texts := func(list ...paper.Paragraph) (out []web.JudgedText) {
		for _, p := range list {
			t := web.JudgedText{Text: p.Text, Level: p.Level}
			if len(p.Spots) > 0 {
				t.Piece = p.Spots[0].At.Piece
			}
			out = append(out, t)
		}
		pieces += len(list)
		return out
	}
	for _, b := range d.Blocks {
		if pieces > piecesShown {
			return out, true
		}
		if b.Text != nil {
			out = append(out, web.JudgedPart{Text: &texts(*b.Text)[0]})
			continue
		}
		t := web.JudgedPart{Above: texts(b.Table.Above...), Below: texts(b.Table.Below...), Sheet: b.Table.Sheet}
		for _, r := range b.Table.Rows {
			row := []web.JudgedCell{}
			for _, c := range r.Cells {
				row = append(row, web.JudgedCell{Piece: c.At.Piece, Text: c.Text, Columns: max(1, c.Columns), Rows: max(1, c.Rows)})
			}
			if pieces += len(row); pieces > piecesShown {
				left = true
				break
			}
			t.Rows = append(t.Rows, row)
		}
		out = append(out, t)
	}
	return out, left
}
