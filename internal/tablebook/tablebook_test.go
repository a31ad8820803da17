package tablebook_test

import (
	"archive/zip"
	"bytes"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/xuri/excelize/v2"

	"yusuan/data"
	"yusuan/fonts"
	"yusuan/internal/build"
	"yusuan/internal/doc"
	"yusuan/internal/schedule"
	"yusuan/internal/tablebook"
	"yusuan/internal/testdept"
	"yusuan/internal/typeset/page"
	"yusuan/templates"
)

func shared(t testing.TB) *build.Shared {
	t.Helper()
	lib, err := fonts.Library()
	if err != nil {
		t.Fatal(err)
	}
	return &build.Shared{Fonts: lib, Packs: templates.FS, Catalogue: data.Catalogue(), Program: "yusuan test"}
}

// work is a document; its data are those of the project where none are given.
func work(t testing.TB, s *build.Shared, in build.Input) *build.Work {
	t.Helper()
	if in.Data == nil {
		in.Data = os.DirFS("../..")
	}
	w, err := s.Check(in)
	if err != nil || w.Tree == nil {
		t.Fatal(in.Dir, err, w.Diags.Sorted())
	}
	return w
}

// book is the workbook of a document.
func book(t testing.TB, w *build.Work) []byte {
	t.Helper()
	if raw := made.books[w]; raw != nil {
		return raw
	}
	raw, err := w.Make(build.Workbook, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func opened(t testing.TB, raw []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// packsWith are the packs with a text in one file put into the place of another.
func packsWith(t testing.TB, name, old, new string) fs.FS {
	t.Helper()
	out := fstest.MapFS{}
	err := fs.WalkDir(templates.FS, ".", func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		raw, err := fs.ReadFile(templates.FS, p)
		if p == name {
			if strings.Count(string(raw), old) != 1 {
				t.Fatalf("%s has not one %q", p, old)
			}
			raw = []byte(strings.Replace(string(raw), old, new, 1))
		}
		out[p] = &fstest.MapFile{Data: raw}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// documents are all there are, some by every pack, and some whose printed parts are made to add up. A test may take out what it
// does not want.
func documents(t testing.TB) map[string]*build.Work {
	t.Helper()
	made.Do(func() {
		made.works = everyDocument(t)
		books := map[*build.Work][]byte{}
		for _, w := range made.works {
			books[w] = book(t, w)
		}
		made.books = books
	})
	return maps.Clone(made.works)
}

// made are the documents, and then their workbooks: both are made once for all tests.
var made struct {
	sync.Once
	works map[string]*build.Work
	books map[*build.Work][]byte
}

func everyDocument(t testing.TB) map[string]*build.Work {
	t.Helper()
	s := shared(t)
	sample := build.Input{Dir: "data/2026/338", PriorDir: "data/2025/338"}
	out := map[string]*build.Work{"sample": work(t, s, sample)}
	dirs := []string{"data/2025/338"}
	for _, pattern := range []string{"testdata/departments/*/*"} {
		found, err := fs.Glob(os.DirFS("../.."), pattern)
		if err != nil || len(found) == 0 {
			t.Fatal(pattern, err)
		}
		dirs = append(dirs, found...)
	}
	for _, dir := range dirs {
		in := build.Input{Data: os.DirFS("../.."), Dir: dir}
		if w, err := s.Check(in); err == nil && w.Tree != nil { // finished documents have no tree
			out[dir] = w
		}
	}
	out["unit"] = work(t, s, build.Input{Dir: "testdata/departments/2025/010", Edition: "unit:010001"})
	generated := fstest.MapFS{}
	for name, text := range testdept.Files(3) {
		generated["d/"+path.Base(name)] = &fstest.MapFile{Data: text}
	}
	packs, err := fs.Glob(s.Packs, "*/pack.toml")
	if err != nil || len(packs) < 5 {
		t.Fatal(err, packs)
	}
	for _, p := range packs {
		id := path.Dir(p)
		in := sample
		in.Template = id
		out["sample as "+id] = work(t, s, in)
		out["415 as "+id] = work(t, s, build.Input{Dir: "testdata/departments/2026/415", Template: id})
		if w, err := s.Gallery(id); err != nil || w.Tree == nil {
			t.Fatal(id, err)
		} else {
			out["gallery "+id] = w
		}
		out["generated as "+id] = work(t, s, build.Input{Data: generated, Dir: "d", Template: id})
	}
	s = shared(t)
	s.Packs = packsWith(t, "wuhan/pack.toml", "[format.table]", "[format]\nrounding = \"largest-remainder\"\n[format.table]")
	out["sample that adds up"] = work(t, s, sample)
	out["415 that adds up"] = work(t, s, build.Input{Dir: "testdata/departments/2026/415", Template: "wuhan"})
	out["generated that adds up"] = work(t, s, build.Input{Data: generated, Dir: "d", Template: "wuhan"})
	return out
}

// proofRow is a row of 校核 as a reader has it.
type proofRow struct{ key, kind, printed, verdict, link string }

func proofRows(t testing.TB, f *excelize.File) (out []proofRow) {
	t.Helper()
	rows, err := f.GetRows(tablebook.ProofSheet, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	head := rows[4]
	at := func(name string) int {
		k := slices.Index(head, name)
		if k < 0 {
			t.Fatalf("校核 has no column %s: %v", name, head)
		}
		return k
	}
	for i, row := range rows[5:] {
		link, err := f.GetCellFormula(tablebook.ProofSheet, cellAt(at("表（点击到格子）"), 5+i))
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, proofRow{row[at("识别名")], row[at("种类")], row[at("印出的数")], row[at("结论")], link})
	}
	return out
}

func cellAt(column, row int) string {
	name, err := excelize.CoordinatesToCellName(column+1, row+1)
	if err != nil {
		panic(err)
	}
	return name
}

// identities are the numbers of a document's tables by what every form calls them, with what is printed.
func identities(w *build.Work) (out []string) {
	eachNumber(w, func(of int32, printed string) {
		digits := strings.TrimSuffix(strings.ReplaceAll(printed, ",", ""), "%")
		out = append(out, w.NameOf(of)+" = "+plain(digits))
	})
	slices.Sort(out)
	return out
}

// eachNumber goes through the numbers of a document's tables.
func eachNumber(w *build.Work, add func(of int32, printed string)) {
	for i := range w.Tree.Sections {
		for _, b := range w.Tree.Sections[i].Blocks {
			x, ok := b.(*doc.Table)
			if !ok {
				continue
			}
			for at, c := range placed(x) {
				if x.Of > 0 && c.Number {
					if len(c.Text) > 0 {
						add(x.Of+int32(at[0]*len(x.Columns)+at[1]), c.Text[0].String)
					}
					continue
				}
				for _, s := range c.Text {
					for _, m := range doc.MarksOf(w.Tree.Marks, s.Marks) {
						if w.Numbers.Told(m.Of).Kind != schedule.ValueWritten {
							add(m.Of, s.String[m.From:m.To])
						}
					}
				}
			}
		}
	}
}

// placed are the cells of the body of a table by row and column.
func placed(x *doc.Table) map[[2]int]*doc.Cell {
	out, taken := map[[2]int]*doc.Cell{}, map[[2]int]bool{}
	for i := range x.Body {
		col := 0
		for k := range x.Body[i].Cells {
			c := &x.Body[i].Cells[k]
			for taken[[2]int{i, col}] {
				col++
			}
			out[[2]int{i, col}] = c
			for y := range max(c.RowSpan, 1) {
				for z := range max(c.ColSpan, 1) {
					taken[[2]int{i + y, col + z}] = true
				}
			}
			col += max(c.ColSpan, 1)
		}
	}
	return out
}

// plain are digits without zeros that say nothing.
func plain(digits string) string {
	if strings.Contains(digits, ".") {
		digits = strings.TrimSuffix(strings.TrimRight(digits, "0"), ".")
	}
	if strings.Trim(digits, "0123456789.-") != "" || digits == "-" {
		return "0" // a word for zero
	}
	return digits
}

// TestEveryNumberIsDerived: 校核 has every number of the tables once, by the name that all forms call it by, with the digits of
// the document; all of them agree.
func TestEveryNumberIsDerived(t *testing.T) {
	numbers := 0
	for name, w := range documents(t) {
		f := opened(t, book(t, w))
		var got []string
		for _, r := range proofRows(t, f) {
			if r.kind != "空白" { // zeros that print nothing
				got = append(got, r.key+" = "+plain(r.printed))
			}
			if r.verdict != "相符" && !(r.verdict == "不核对" && r.kind == "件数") {
				t.Errorf("%s: %s printed %s: %s", name, r.key, r.printed, r.verdict)
			}
			if !strings.HasPrefix(r.link, "HYPERLINK(") {
				t.Errorf("%s: %s leads nowhere: %s", name, r.key, r.link)
			}
			numbers++
		}
		slices.Sort(got)
		if want := identities(w); !slices.Equal(got, want) {
			t.Errorf("%s: 校核 and the tables have other numbers:\n%s", name, differ(got, want))
		}
	}
	if numbers < 5000 {
		t.Errorf("%d numbers only", numbers)
	}
}

// differ lists what one list has and the other has not.
func differ(got, want []string) string {
	count := map[string]int{}
	for _, s := range got {
		count[s]++
	}
	for _, s := range want {
		count[s]--
	}
	var out []string
	for _, s := range slices.Sorted(maps.Keys(count)) {
		if n := count[s]; n != 0 && len(out) < 20 {
			out = append(out, map[bool]string{true: "more: ", false: "less: "}[n > 0]+s)
		}
	}
	return strings.Join(out, "\n")
}

// TestAsPrinted: the sheets show the tables' words and digits, all of them, in their order; numbers are numbers, all else is
// text.
func TestAsPrinted(t *testing.T) {
	numbers := 0
	for name, w := range documents(t) {
		f := opened(t, book(t, w))
		sheets := f.GetSheetList()[1:]
		n := 0
		for i := range w.Tree.Sections {
			for _, b := range w.Tree.Sections[i].Blocks {
				if x, ok := b.(*doc.Table); ok {
					numbers += asPrinted(t, name, f, sheets[n], x)
					n++
				}
			}
		}
		if sheets[n] != tablebook.ProofSheet {
			t.Errorf("%s: %d tables, and then the sheet %s", name, n, sheets[n])
		}
		for _, s := range f.GetSheetList() {
			if len([]rune(s)) > 31 || strings.ContainsAny(s, `[]:*?/\`) {
				t.Errorf("%s: a sheet is called %q", name, s)
			}
		}
	}
	if numbers < 5000 {
		t.Errorf("%d numbers only", numbers)
	}
}

// asPrinted holds a sheet against its table and counts the numbers.
func asPrinted(t *testing.T, name string, f *excelize.File, sheet string, x *doc.Table) (numbers int) {
	t.Helper()
	var want, got []string
	for _, rows := range [][]doc.Row{x.Head, x.Body} {
		for i := range rows {
			for _, c := range rows[i].Cells {
				if s := words(&c); s != "" {
					want = append(want, s)
				}
			}
		}
	}
	for _, n := range x.Notes {
		want = append(want, n.String)
	}
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	above := strings.Join(slices.Concat(rows...), "\n")
	for _, s := range []*doc.Text{&x.Caption, x.Left, x.Right} {
		if s != nil && !strings.Contains(above, s.String) {
			t.Errorf("%s: the sheet %s has not %q", name, sheet, s.String)
		}
	}
	for i, row := range rows {
		for k, s := range row {
			if s == "" {
				continue
			}
			got = append(got, s)
			kind, err := f.GetCellType(sheet, cellAt(k, i))
			if err != nil {
				t.Fatal(err)
			}
			number := kind == excelize.CellTypeUnset || kind == excelize.CellTypeNumber
			if number {
				numbers++
			}
			if formula, _ := f.GetCellFormula(sheet, cellAt(k, i)); formula != "" || !number && kind != excelize.CellTypeInlineString && kind != excelize.CellTypeSharedString {
				t.Errorf("%s: %s!%s is no plain number or text: %q", name, sheet, cellAt(k, i), s)
			}
		}
	}
	if len(got) < len(want) {
		t.Errorf("%s: the sheet %s has %d cells with words, the table %d", name, sheet, len(got), len(want))
		return numbers
	}
	if got = got[len(got)-len(want):]; !slices.Equal(got, want) {
		t.Errorf("%s: the sheet %s is other than the table:\n%s", name, sheet, differ(got, want))
	}
	return numbers
}

// words are those of a cell.
func words(c *doc.Cell) string {
	var out []string
	for i := range c.Text {
		s := c.Text[i].String
		if c.FirstIndent {
			s = "\u3000\u3000" + s
		}
		out = append(out, s)
	}
	return strings.Join(out, "\n")
}

// TestPaper: a sheet is printed on the paper that its table is printed on, one page wide, with its head on every page.
func TestPaper(t *testing.T) {
	across := 0
	for name, in := range map[string]build.Input{"sample": {Dir: "data/2026/338", PriorDir: "data/2025/338"}, "010": {Dir: "testdata/departments/2025/010"}, "101": {Dir: "testdata/departments/2018/101"}} {
		w := work(t, shared(t), in)
		pages := w.Typeset()
		raw, err := w.Make(build.Workbook, pages, nil)
		if err != nil {
			t.Fatal(err)
		}
		f := opened(t, raw)
		titles := map[string]string{}
		for _, n := range f.GetDefinedName() {
			titles[n.Scope+" "+n.Name] = n.RefersTo
		}
		sheets, n := f.GetSheetList()[1:], 0
		for i := range w.Tree.Sections {
			for _, b := range w.Tree.Sections[i].Blocks {
				x, ok := b.(*doc.Table)
				if !ok {
					continue
				}
				sheet := sheets[n]
				n++
				layout, err := f.GetPageLayout(sheet)
				if err != nil {
					t.Fatal(err)
				}
				wide := wideTable(pages, x)
				if wide {
					across++
				}
				if got := *layout.Orientation == "landscape"; got != wide || *layout.FitToWidth != 1 || *layout.FitToHeight != 0 || *layout.Size != 9 {
					t.Errorf("%s: %s: across is %v, the table's page is %v; %d × %d pages of paper %d", name, sheet, got, wide, *layout.FitToWidth, *layout.FitToHeight, *layout.Size)
				}
				if got := titles[sheet+" _xlnm.Print_Titles"]; (got != "") != (len(x.Head) > 0) {
					t.Errorf("%s: %s repeats %q", name, sheet, got)
				}
				if titles[sheet+" _xlnm.Print_Area"] == "" {
					t.Errorf("%s: %s has no print area", name, sheet)
				}
			}
		}
	}
	if across < 10 {
		t.Errorf("%d tables across the page only", across)
	}
}

// wideTable reports whether the first words of a table's first head or cell that has some, below its heading, are on a page with
// the long side across.
func wideTable(pages *page.Document, x *doc.Table) bool {
	for i := range pages.Pages {
		p := &pages.Pages[i]
		for k := range p.Texts {
			e := p.Texts[k].Elem
			if e < 0 || x.Caption.String == "" || !strings.HasPrefix(strings.ReplaceAll(x.Caption.String, " ", ""), strings.ReplaceAll(p.Texts[k].Text, " ", "")) {
				continue
			}
			for ; e > 0 && pages.Elems[e].Kind != page.KindH2; e = pages.Elems[e].Parent {
			}
			if e > 0 {
				return p.Turned != (p.Width > p.Height)
			}
		}
	}
	return false
}

// TestSameBytes: the same document, the same workbook.
func TestSameBytes(t *testing.T) {
	in := build.Input{Dir: "data/2026/338", PriorDir: "data/2025/338"}
	if !bytes.Equal(book(t, work(t, shared(t), in)), book(t, work(t, shared(t), in))) {
		t.Error("another workbook of the same document")
	}
}

// repacked is a workbook whose parts are rewritten.
func repacked(t testing.TB, raw []byte, rewrite func(name, part string) string) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, p := range z.File {
		r, err := p.Open()
		if err != nil {
			t.Fatal(err)
		}
		part, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		part = []byte(rewrite(p.Name, string(part)))
		to, err := w.Create(p.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := to.Write(part); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
