package build_test

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"yusuan/internal/build"
	"yusuan/internal/diag"
	"yusuan/internal/doc"
)

// asPublished types a document of ours in as if it were a finished one of somebody else: its tables and its sentences,
// the department's head, its units and last year's figures.
func asPublished(w *build.Work) fstest.MapFS {
	var s strings.Builder
	d := &w.Budget.Facts.Department
	fmt.Fprintf(&s, "[department]\nyear = %d\ncode = %q\nname = %q\ntemplate = %q\ndate = %s\n", d.Year.V, d.Code.V, d.Name.V, strings.TrimPrefix(w.Pack.ID, adjustingPrefix), d.Date.Time.Format("2006-01-02"))
	for _, u := range w.Budget.ListedUnits() {
		fmt.Fprintf(&s, "[[unit]]\ncode = %q\nname = %q\nkind = %q\n", u.Code.V, u.Name.V, u.Kind.V)
	}
	fmt.Fprintf(&s, "[prior]\nyear = %d\n[prior.figures]\n", w.Prior.Year)
	for _, name := range w.Pack.FigureNames {
		if a, ok := w.Prior.Amounts[name]; ok {
			fmt.Fprintf(&s, "%s = %q\n", name, w.Pack.TextFormat.Round(a).String()) // as last year's document printed it
		}
	}
	section, sentences := "封面", ""
	flush := func() {
		if sentences != "" {
			fmt.Fprintf(&s, "[[stated_text]]\nsection = %q\ntext = '''\n%s'''\n", section, sentences)
		}
		sentences = ""
	}
	for _, part := range w.Tree.Sections {
		for _, b := range part.Blocks {
			switch b := b.(type) {
			case *doc.Heading:
				flush()
				section = b.Text.String
			case *doc.Paragraph:
				for _, x := range b.Spans {
					sentences += x.Text.String
				}
				sentences += "\n"
			case *doc.Table:
				if w.Pack.Tables[b.ID] != nil {
					flush()
					fmt.Fprintf(&s, "[[stated_table]]\nid = %q\nheading = %q\nunit = %q\nnote = %q\nrows = '''\n%s'''\n", b.ID, b.Caption.String, unitOf(b), noteOf(b), rowsOf(b))
				}
			}
		}
	}
	flush()
	return fstest.MapFS{"d/all.toml": &fstest.MapFile{Data: []byte(s.String())}}
}

func unitOf(t *doc.Table) string { return strings.TrimPrefix(t.Right.String, "单位：") }

func noteOf(t *doc.Table) string {
	var out []string
	for _, n := range t.Notes {
		out = append(out, n.String)
	}
	return strings.Join(out, " ")
}

// rowsOf is a table's body as text.
func rowsOf(t *doc.Table) string {
	var s strings.Builder
	for _, cells := range gridOf(t) {
		s.WriteString(strings.Join(cells, " | ") + "\n")
	}
	return s.String()
}

// gridOf is a table's body; the room that a cell takes beyond its own is blank.
func gridOf(t *doc.Table) (out [][]string) {
	taken := map[[2]int]bool{}
	for i, r := range t.Body {
		cells := make([]string, len(t.Columns))
		at := 0
		for _, x := range r.Cells {
			for at < len(cells) && taken[[2]int{i, at}] {
				at++
			}
			text := ""
			for _, p := range x.Text {
				text += p.String
			}
			cells[at] = strings.ReplaceAll(text, "\n", "")
			for a := range max(1, x.RowSpan) {
				for b := range max(1, x.ColSpan) {
					taken[[2]int{i + a, at + b}] = true
				}
			}
		}
		out = append(out, cells)
	}
	return out
}

// adjusting are packs like those shipped that make printed parts add up: adjusting-wuhan inherits wuhan.
type adjusting struct{ fs.FS }

const adjustingPrefix = "adjusting-"

func (a adjusting) Open(name string) (fs.File, error) {
	id, _, _ := strings.Cut(name, "/")
	of, ok := strings.CutPrefix(id, adjustingPrefix)
	if !ok {
		return a.FS.Open(name)
	}
	m := fstest.MapFS{id + "/pack.toml": &fstest.MapFile{Data: fmt.Appendf(nil, `
[pack]
id = %q
name = "试"
version = "1"
years = [2017, 2027]
title = "{{.Name}}预算"
inherits = %q
[format]
rounding = "largest-remainder"
rounding_note = "注：分项按最大余额法取整，合计不变。"
`, id, of)}}
	return m.Open(name)
}

func sumsExactly(s *build.Shared) *build.Shared {
	s.Packs = adjusting{s.Packs}
	return s
}

// everyDocument calls fn with all departments at hand, made by the packs that they name or by those after a prefix.
func everyDocument(t *testing.T, s *build.Shared, prefix string, fn func(name string, w *build.Work)) {
	t.Helper()
	try := func(name string, in build.Input) {
		if prefix != "" {
			w, err := s.Check(in)
			if err != nil || w.Pack == nil {
				t.Fatal(name, err)
			}
			in.Template = prefix + w.Pack.ID
		}
		w, err := s.Check(in)
		if err != nil || w.Diags.HasErrors() {
			t.Fatal(name, err, w.Diags.Sorted())
		}
		fn(name, w)
	}
	for seed := range uint64(40) {
		m, dir := generated(seed)
		try(dir, build.Input{Data: m, Dir: dir})
	}
	for _, dir := range []string{"data/2026/338", "data/2025/338", "testdata/departments/2017/101", "testdata/departments/2018/101", "testdata/departments/2019/101", "testdata/departments/2025/010", "testdata/departments/2026/415", "testdata/departments/2026/501"} {
		try(dir, build.Input{Data: os.DirFS("../.."), Dir: dir, PriorDir: priorDir(dir)})
	}
	try("unit:010001", build.Input{Data: os.DirFS("../.."), Dir: "testdata/departments/2025/010", Edition: "unit:010001"})
}

// TestPrintedDocumentsAreClean: what the program prints, typed in again as a finished document, has no fault: only
// differences that rounding explains.
func TestPrintedDocumentsAreClean(t *testing.T) {
	s := shared(t)
	rounded := 0
	everyDocument(t, s, "", func(name string, w *build.Work) {
		for _, d := range printedAgain(t, s, w) {
			if d.Rule == "尾差-001" || d.Rule == "尾差-003" {
				rounded++
				continue
			}
			if untold(d) {
				continue
			}
			t.Errorf("%s: %s: %v %s %s (%s, %s, %s) %v", name, d.At, d.Level, d.Rule, d.Message, d.Stated, d.Want, d.Diff, d.Notes)
		}
	})
	if rounded < 40 {
		t.Errorf("%d roundings: are the amounts round?", rounded)
	}
}

// ownResidue reports whether a finding is of the numbers that the program prints, rounded.
func ownResidue(d diag.Diagnostic) bool {
	return (d.Rule == "尾差-001" || d.Rule == "尾差-003") && strings.HasPrefix(d.Message, "印出的")
}

// TestResiduesAreTold: where a reader of our document adds up and misses a total, or 100 %, by what rounding makes, the
// department was told before: of every such table, and of every such sentence.
func TestResiduesAreTold(t *testing.T) {
	s := shared(t)
	tables, sentences := 0, 0
	inTable := regexp.MustCompile(`^《(.*?)》.*(?:同列各行|同行各列)之和`)
	everyDocument(t, s, "", func(name string, w *build.Work) {
		told := ""
		for _, d := range w.Diags.Sorted() {
			if ownResidue(d) {
				for _, n := range d.Notes {
					told += n.Text + "\n"
				}
			}
		}
		for _, d := range printedAgain(t, s, w) {
			if d.Rule != "尾差-001" && d.Rule != "尾差-003" {
				continue
			}
			for _, n := range d.Notes {
				if m := inTable.FindStringSubmatch(n.Text); m != nil {
					if tables++; !strings.Contains(told, diag.Quote(m[1])+"有") {
						t.Errorf("%s: %s, and nothing is told of the table", name, n.Text)
					}
				}
			}
			if what, _, ok := strings.Cut(d.Message, "，差在各自的舍入"); ok {
				if sentences++; !strings.Contains(told, what) && !strings.Contains(told, "文字里还有") {
					t.Errorf("%s: %s, and nothing is told of it", name, d.Message)
				}
			}
		}
	})
	if tables < 100 || sentences < 10 {
		t.Errorf("%d tables, %d sentences: are the amounts round?", tables, sentences)
	}
}

// untold reports whether a finding is of what paper cannot tell: a row that says of its codes nothing but a name that two have, a
// code of the department's own.
func untold(d diag.Diagnostic) bool {
	return d.Rule == "成文-019" && d.Level == diag.Note && strings.Contains(d.Message, "不在科目目录里") ||
		d.Rule == "成文-003" && d.Level == diag.Warning && strings.Contains(d.Message, "名称有几个编码")
}

func printedAgain(t *testing.T, s *build.Shared, w *build.Work) []diag.Diagnostic {
	t.Helper()
	again, err := s.Check(build.Input{Data: asPublished(w), Dir: "d"})
	if err != nil {
		t.Fatal(err)
	}
	return again.Diags.Sorted()
}

// TestAdjustedDocumentsAddUp: where the pack makes printed parts add up, they do, in rows and columns, between tables and
// in sentences: typed in again, not even a rounding is left. What was adjusted is said with exact and printed number.
func TestAdjustedDocumentsAddUp(t *testing.T) {
	s := sumsExactly(shared(t))
	told, notes := 0, 0
	everyDocument(t, s, adjustingPrefix, func(name string, w *build.Work) {
		for _, d := range printedAgain(t, s, w) {
			if d.Rule == "尾差-003" || d.Rule == "尾差-001" && strings.Contains(d.Message, "上年") {
				continue // last year's document was made for itself
			}
			if untold(d) {
				continue
			}
			t.Errorf("%s: %s: %v %s %s (%s, %s, %s) %v", name, d.At, d.Level, d.Rule, d.Message, d.Stated, d.Want, d.Diff, d.Notes)
		}
		below := 0
		for _, d := range w.Diags.Sorted() {
			if d.Rule == "尾差-001" && ownResidue(d) {
				t.Errorf("%s: adjusted, and yet %s %v", name, d.Message, d.Notes)
			}
			if d.Rule == "尾差-002" {
				told += len(d.Notes)
				if d.Level != diag.Note || d.At.Start.Line == 0 || len(d.Notes) == 0 {
					t.Errorf("%s: adjustments are told as %+v", name, d)
				}
				if strings.HasPrefix(d.Message, "“") {
					below++
				}
			}
		}
		doc.Walk(w.Tree, func(x doc.Text, _ string) {
			if strings.HasPrefix(x.String, "注：分项按最大余额法") {
				notes++
				below--
			}
		})
		if below != 0 {
			t.Errorf("%s: notes stand below %d tables too few", name, below)
		}
	})
	t.Logf("%d numbers adjusted, notes below %d tables", told, notes)
	if told < 100 {
		t.Errorf("%d numbers adjusted: is the policy on?", told)
	}
}

func priorDir(dir string) string {
	var year int
	if _, err := fmt.Sscan(path.Base(path.Dir(dir)), &year); err != nil {
		return ""
	}
	return path.Join(path.Dir(path.Dir(dir)), fmt.Sprint(year-1), path.Base(dir))
}
