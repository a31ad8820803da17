package main

import (
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"strconv"
	"strings"
	"testing/fstest"
	"time"

	"yusuan/data"
	"yusuan/fonts"
	"yusuan/internal/budget"
	"yusuan/internal/build"
	"yusuan/internal/check"
	"yusuan/internal/classify"
	"yusuan/internal/compose"
	"yusuan/internal/diag"
	"yusuan/internal/doc"
	"yusuan/internal/money"
	"yusuan/internal/ofd"
	"yusuan/internal/pdf"
	"yusuan/internal/read/paper"
	"yusuan/internal/read/web"
	"yusuan/internal/schedule"
	"yusuan/internal/source"
	"yusuan/internal/testdept"
	"yusuan/internal/typeset/layout"
	"yusuan/templates"
)

// grain is what a step must take for its growth to be told from the noise of the machine.
const grain = 40 * time.Millisecond

// rechecked is how many rows of a kind a department may have for its finished document to be read and checked; of other kinds it
// always is. Pages of more than 8 MB are not read, as those of 2000 forms and of 20,000 units are, and below that the check is not
// in proportion: what a cell means is a set that has a bit for each unit and project (internal/box), so that N rows of their own
// cost N² bits in each table, and each project that a text or form names is held against the names of all. Ten times 200 units
// or projects take thirteen to twenty times as long.
func rechecked(kind string, n int) bool {
	most, bounded := map[string]int{testdept.Units: 2000, testdept.Projects: 2000, testdept.Forms: 200}[kind]
	return !bounded || n <= most
}

// tableRows is a table of doc alone, of seven columns: what the typesetting wing takes without a budget.
const tableRows = "rows of one table"

// measures are what a document cost.
type measures struct {
	Steps []step
	Pages int
	Peak  int64 // bytes of memory at most, 0 where that is not known
}

type step struct {
	Name  string
	CPU   time.Duration
	Bytes int64 // allocated
}

func (m *measures) total() (sum time.Duration) {
	for _, s := range m.Steps {
		sum += s.CPU
	}
	return sum
}

// step measures one.
func (m *measures) step(name string, do func()) {
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	begun := cpu()
	do()
	took := cpu() - begun
	runtime.ReadMemStats(&after)
	m.Steps = append(m.Steps, step{name, took, int64(after.TotalAlloc - before.TotalAlloc)})
}

func measure(kind string, n int, dir string) (m measures, err error) {
	lib, err := fonts.Library()
	if err != nil {
		return m, err
	}
	shared := &build.Shared{Fonts: lib, Packs: templates.FS, Catalogue: data.Catalogue(), Program: "bench"}
	switch {
	case dir != "":
		err = m.department(shared, os.DirFS(dir), ".", true)
	case kind == tableRows:
		err = m.table(shared, n)
	default:
		files := fstest.MapFS{}
		for name, text := range testdept.Large(kind, n) {
			files["2026/900/"+name] = &fstest.MapFile{Data: text}
		}
		err = m.department(shared, files, "2026/900", rechecked(kind, n))
	}
	m.Peak = peak()
	return m, err
}

// department measures the steps one by one, and the writing of what they make; the last steps, reread and recheck, only if asked.
func (m *measures) department(shared *build.Shared, files fs.FS, dir string, recheck bool) error {
	p, diags, err := schedule.LoadPack(templates.FS, testdept.Template)
	if err != nil || diags.HasErrors() {
		return fmt.Errorf("pack: %v %v", err, diags.Sorted())
	}
	cat, err := classify.Load(data.Catalogue(), testdept.Year)
	if err != nil {
		return err
	}
	var found diag.List
	var read []*source.File
	m.step("read", func() { read, diags, err = source.ReadDir(files, dir) })
	if err != nil {
		return err
	}
	found.Append(diags)
	var b *budget.Budget
	m.step("budget", func() {
		f, more := budget.Read(read, func(*budget.Department) *budget.Lists { return p.Lists() }, func(_, _ string) string { return "" })
		found.Append(more)
		b, more = budget.New(f, cat)
		found.Append(more)
	})
	prior := schedule.Prior{Year: testdept.Year - 1, Amounts: map[string]money.Amount{}}
	for _, f := range b.Facts.Prior.Figures {
		prior.Amounts[f.Key.V] = f.Value.Amount
	}
	var made compose.Composed
	m.step("compose", func() {
		made = compose.Document(p, b, prior)
		found.Append(made.Diags)
	})
	m.step("check", func() {
		r := check.NewReport(p)
		check.Run(&check.Input{Pack: p, Budget: b, Prior: prior, Numbers: made.Numbers}, r)
		found.Append(r.List())
	})
	m.step("numbers", func() { made.Numbers.Groups() })
	m.step("report", func() {
		list := found.Sorted()
		_ = diag.Text(discard{}, list, func(string) []byte { return nil }, diag.Options{Most: 10})
		_ = diag.JSON(discard{}, list, 0)
	})
	if errors := firstError(found); errors != "" {
		return fmt.Errorf("the department has errors: %s", errors)
	}
	w, err := shared.Check(build.Input{Data: files, Dir: dir})
	if err != nil {
		return err
	}
	if err := m.write(w); err != nil {
		return err
	}
	if !recheck {
		return nil
	}
	return m.published(shared, w)
}

// published measures what it takes to read the finished document as one of somebody else, and to check it.
func (m *measures) published(shared *build.Shared, w *build.Work) error {
	page, err := w.Make(build.Article, nil, nil)
	if err != nil {
		return err
	}
	var read *paper.Document
	m.step("reread", func() { read, err = web.Document(page) })
	if err != nil {
		return err
	}
	m.step("recheck", func() {
		_, err = shared.Finished(build.FinishedInput{Name: "公开.html", Document: read, Template: testdept.Template})
	})
	return err
}

func firstError(l diag.List) string {
	for _, d := range l.Sorted() {
		if d.Level == diag.Error {
			return d.At.String() + " " + d.Rule + " " + d.Message
		}
	}
	return ""
}

// write measures layout, the PDF and the OFD of what is composed.
func (m *measures) write(w *build.Work) error {
	pages := w.Typeset() // once unmeasured, as fonts read their glyphs when first asked
	m.step("layout", func() { pages = w.Typeset() })
	m.Pages = len(pages.Pages)
	var err error
	m.step("pdf", func() { _, err = w.PDF(pages, nil) })
	if err != nil {
		return err
	}
	m.step("ofd", func() { _, err = w.OFD(pages, false, nil) }) // pages carry their data by now
	return err
}

type discard struct{}

func (discard) Write(b []byte) (int, error) { return len(b), nil }

// table measures a table of so many rows.
func (m *measures) table(shared *build.Shared, n int) error {
	p, diags, err := schedule.LoadPack(templates.FS, testdept.Template)
	if err != nil || diags.HasErrors() {
		return fmt.Errorf("pack: %v %v", err, diags.Sorted())
	}
	t := &doc.Table{ID: "1", Style: p.Grid.Body, HeadStyle: p.Grid.Head, NoteStyle: p.Grid.Note, CellPad: p.Grid.Pad, RuleWidth: p.Grid.Rule, FrameWidth: p.Grid.Frame,
		MinRow: p.Grid.MinRow, MinSize: p.Grid.MinSize, KeepRows: true, Columns: make([]doc.Column, 7)}
	head := doc.Row{}
	for c := range t.Columns {
		t.Columns[c].Align = doc.AlignDecimal
		head.Cells = append(head.Cells, doc.Cell{Text: []doc.Text{{String: "第" + strconv.Itoa(c+1) + "列"}}, Header: doc.HeaderColumn})
	}
	t.Columns[0].Align, t.Columns[1].Align = doc.AlignLeft, doc.AlignLeft
	t.Head = []doc.Row{head}
	for i := range n {
		r := doc.Row{Cells: []doc.Cell{{Text: []doc.Text{{String: strconv.Itoa(2010000 + i)}}}, {Text: []doc.Text{{String: "行政运行第" + strconv.Itoa(i) + "项"}}, Header: doc.HeaderRow}}}
		for c := range 5 {
			r.Cells = append(r.Cells, doc.Cell{Text: []doc.Text{{String: money.Usual(money.Yuan).String(money.FromFen(int64(i*100 + c)))}}, Number: true})
		}
		t.Body = append(t.Body, r)
	}
	page := p.Parts[len(p.Parts)-1].Page
	d := &doc.Document{Title: "表", Date: time.Date(testdept.Year, 2, 1, 0, 0, 0, 0, time.UTC), Styles: &p.Styles, Sections: []doc.Section{{Page: page, Blocks: []doc.Block{t}}}}
	pages, _ := layout.Lay(d, shared.Fonts.Family)
	m.step("layout", func() { pages, _ = layout.Lay(d, shared.Fonts.Family) })
	m.Pages = len(pages.Pages)
	m.step("pdf", func() { _, err = pdf.Write(pages, nil) })
	if err != nil {
		return err
	}
	m.step("ofd", func() { _, err = ofd.Write(pages, ofd.Options{}, nil) })
	return err
}

// peak is the most memory that this process had, where the system tells.
func peak() int64 {
	raw, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(raw)) {
		if f := strings.Fields(line); len(f) > 1 && f[0] == "VmHWM:" {
			kb, _ := strconv.ParseInt(f[1], 10, 64)
			return kb << 10
		}
	}
	return 0
}
