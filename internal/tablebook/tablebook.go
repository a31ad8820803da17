// Package tablebook writes the tables of a document as a workbook: a sheet a table as it is printed; 明细, every line that the
// numbers are sums of; 校核, where each number of the tables is derived anew by a formula over 明细 and held against what is
// printed; 上年数和填列数, what is stated and no sum of lines.
//
// It is a function of the document: the same document, the same bytes.
package tablebook

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"yusuan/internal/doc"
	"yusuan/internal/schedule"
	"yusuan/internal/xlsx"
)

// Names of the sheets that are no tables.
const (
	ContentsSheet = "目录"
	ProofSheet    = "校核"
	LinesSheet    = "明细"
	StatedSheet   = "上年数和填列数"
)

// Input is a document.
type Input struct {
	Tree    *doc.Document
	Numbers *schedule.Document // what the printed numbers are
	Folder  string             // of the department's data: places are told from there
	Program string             // name and version, for the workbook's metadata
	// Page is on which kind of page the n-th table of the document is printed, and false where that is not known: then it is
	// the page that its section asks for.
	Page func(n int) (Paper, bool)
}

// Paper is a sheet of paper as it is read.
type Paper struct{ Width, Height int64 } // in thousandths of a point

// Write makes the workbook.
func Write(in Input) ([]byte, error) {
	w := &writer{in: in, f: excelize.NewFile(), names: map[string]bool{}}
	defer w.f.Close()
	w.f.SetZipWriter(xlsx.Parts)
	w.styles = &styles{f: w.f, made: map[look]int{}}
	w.tables = tablesOf(in)
	w.ledger = newLedger(in.Numbers, in.Folder)
	w.stated = &stated{d: in.Numbers, folder: in.Folder, at: map[string]int{}}
	for _, name := range []string{ContentsSheet, ProofSheet, LinesSheet, StatedSheet} {
		w.names[name] = true
	}
	for i := range w.tables {
		w.tables[i].name = w.sheetName(&w.tables[i])
		w.tables[i].place(in.Tree.Styles)
	}
	w.prove()
	steps := []func() error{w.metadata, w.sheets, w.contents}
	for i := range w.tables {
		steps = append(steps, func() error { return w.table(&w.tables[i]) })
	}
	steps = append(steps, w.proofSheet, w.linesSheet, w.statedSheet)
	for _, step := range steps {
		if err := step(); err != nil {
			return nil, fmt.Errorf("tablebook: %w", err)
		}
	}
	var out bytes.Buffer
	if _, err := w.f.WriteTo(&out); err != nil {
		return nil, fmt.Errorf("tablebook: %w", err)
	}
	return out.Bytes(), nil
}

// Is reports whether a workbook with such sheets is one that Write made, whoever saved it last.
func Is(sheets []string) bool {
	return slices.Contains(sheets, ContentsSheet) && slices.Contains(sheets, ProofSheet) && slices.Contains(sheets, LinesSheet)
}

// writer writes one workbook.
type writer struct {
	in      Input
	f       *excelize.File
	styles  *styles
	names   map[string]bool // of sheets, in small letters
	tables  []table
	ledger  *ledger
	stated  *stated
	proofs  []proof
	ofProof map[int]proofStyles // by decimals
	left    int                 // numbers of the tables that stand in the author's own texts
}

// docApp is where a workbook says which program saved it.
const docApp = "docProps/app.xml"

// metadata say what the workbook is of, where the library says its own.
func (w *writer) metadata() error {
	t := w.in.Tree
	w.f.Pkg.Delete("docProps/core.xml")
	props := &excelize.DocProperties{Title: t.Title, Subject: t.Subject, Keywords: t.Keywords, Creator: t.Author, LastModifiedBy: w.in.Program, Language: "zh-CN"}
	if !t.Date.IsZero() {
		props.Created = t.Date.UTC().Format("2006-01-02T15:04:05Z")
		props.Modified = props.Created
	}
	if err := w.f.SetDocProps(props); err != nil {
		return err
	}
	w.f.Pkg.Delete(docApp)
	name, _, _ := strings.Cut(w.in.Program, " ")
	if err := w.f.SetAppProps(&excelize.AppProperties{Application: name}); err != nil {
		return err
	}
	if err := w.f.SetDefaultFont(usualFont); err != nil {
		return err
	}
	yes := true
	return w.f.SetCalcProps(&excelize.CalcPropsOptions{FullCalcOnLoad: &yes})
}

// sheets makes all sheets in their order.
func (w *writer) sheets() error {
	list := []string{ContentsSheet}
	for i := range w.tables {
		list = append(list, w.tables[i].name)
	}
	list = append(list, ProofSheet, LinesSheet)
	if len(w.stated.rows) > 0 {
		list = append(list, StatedSheet)
	}
	for i, name := range list {
		if i == 0 {
			if err := w.f.SetSheetName("Sheet1", name); err != nil {
				return err
			}
			continue
		}
		if _, err := w.f.NewSheet(name); err != nil {
			return err
		}
	}
	return nil
}
