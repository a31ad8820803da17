package build_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"flag"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"yusuan/internal/budget"
	"yusuan/internal/build"
	"yusuan/internal/doc"
	"yusuan/internal/money"
	"yusuan/internal/opendata"
	"yusuan/internal/schedule"
)

var everyPackage = flag.Bool("packages", false, "hold the data packages of all documents against frictionless, not of one")

// resource is a file of a package as its description has it, and its rows by the names of columns.
type resource struct {
	Name, Path, Hash string
	Bytes            int
	Schema           struct {
		Fields []struct {
			Name, Type  string
			Constraints struct {
				Enum             []string
				Required, Unique bool
			}
		}
		PrimaryKey  []string
		ForeignKeys []struct {
			Fields    []string
			Reference struct {
				Resource string
				Fields   []string
			}
		}
	}
	rows []map[string]string
}

// opened reads a package as others do: the description, and by it the CSV.
func opened(t *testing.T, name string, files []opendata.File) map[string]*resource {
	t.Helper()
	by := map[string][]byte{}
	for _, f := range files {
		if strings.Trim(f.Name, "abcdefghijklmnopqrstuvwxyzADEMR0123456789._-/") != "" || by[f.Name] != nil || strings.HasPrefix(f.Name, "/") {
			t.Errorf("%s: a file is called %q", name, f.Name)
		}
		by[f.Name] = f.Data
	}
	var p struct{ Resources []*resource }
	if err := json.Unmarshal(by[opendata.DescriptorName], &p); err != nil {
		t.Fatal(name, err)
	}
	if len(p.Resources)+2 != len(files) {
		t.Errorf("%s: %d files, %d described", name, len(files), len(p.Resources))
	}
	out := map[string]*resource{}
	for _, r := range p.Resources {
		raw := by[r.Path]
		if sum := sha256.Sum256(raw); r.Hash != "sha256:"+hex.EncodeToString(sum[:]) || r.Bytes != len(raw) || out[r.Name] != nil {
			t.Errorf("%s: %s is described wrongly", name, r.Path)
		}
		out[r.Name] = r
		r.read(t, name, raw)
	}
	return out
}

func (r *resource) read(t *testing.T, name string, raw []byte) {
	t.Helper()
	raw, marked := bytes.CutPrefix(raw, []byte("\uFEFF"))
	if !marked || bytes.Contains(bytes.ReplaceAll(raw, []byte("\r\n"), nil), []byte("\r")) || !bytes.HasSuffix(raw, []byte("\r\n")) {
		t.Errorf("%s: %s begins or ends its lines otherwise", name, r.Path)
	}
	rows, err := csv.NewReader(bytes.NewReader(raw)).ReadAll()
	if err != nil || len(rows) == 0 {
		t.Fatal(name, r.Path, err)
	}
	for i, f := range r.Schema.Fields {
		if len(rows[0]) != len(r.Schema.Fields) || rows[0][i] != f.Name {
			t.Fatalf("%s: %s has the columns %q", name, r.Path, rows[0])
		}
	}
	for _, cells := range rows[1:] {
		row := map[string]string{}
		for i, s := range cells {
			row[rows[0][i]] = s
		}
		r.rows = append(r.rows, row)
	}
}

func values(row map[string]string, columns []string) (out string, any bool) {
	for _, c := range columns {
		out, any = out+"\x00"+row[c], any || row[c] != ""
	}
	return out, any
}

var types = map[string]*regexp.Regexp{"integer": regexp.MustCompile(`^-?\d+$`), "number": regexp.MustCompile(`^-?\d+(\.\d+)?$`), "boolean": regexp.MustCompile(`^(true|false)$`)}

// TestOpenDataIsAsDescribed: types, lists, keys and references of all files of all documents are as their description says.
func TestOpenDataIsAsDescribed(t *testing.T) {
	for name, w := range numbered(t) {
		holdDescribed(t, name, opened(t, name, w.OpenData()))
	}
}

func holdDescribed(t *testing.T, name string, all map[string]*resource) {
	t.Helper()
	for _, r := range all {
		keys, one := map[string]bool{}, map[string]bool{}
		for i, row := range r.rows {
			key, _ := values(row, r.Schema.PrimaryKey)
			if keys[key] {
				t.Errorf("%s: %s has two rows %q", name, r.Path, key)
			}
			keys[key] = true
			for _, f := range r.Schema.Fields {
				s, c := row[f.Name], f.Constraints
				switch {
				case s == "" && c.Required:
					t.Errorf("%s: %s has no %s in row %d: %v", name, r.Path, f.Name, i, row)
				case s == "":
				case f.Type != "string" && !types[f.Type].MatchString(s), c.Enum != nil && !slices.Contains(c.Enum, s), c.Unique && one[f.Name+"\x00"+s]:
					t.Errorf("%s: %s has %q as %s", name, r.Path, s, f.Name)
				}
				one[f.Name+"\x00"+s] = true
			}
		}
		for _, k := range r.Schema.ForeignKeys {
			to := all[k.Reference.Resource]
			if k.Reference.Resource == "" {
				to = r
			}
			there := map[string]bool{}
			for _, row := range to.rows {
				s, _ := values(row, k.Reference.Fields)
				there[s] = true
			}
			for _, row := range r.rows {
				if s, any := values(row, k.Fields); any && !there[s] {
					t.Errorf("%s: %s names %q, which %s has not", name, r.Path, s, to.Path)
				}
			}
		}
	}
}

// sums adds the amounts of rows up.
func sums(t *testing.T, rows []map[string]string, column string, of func(map[string]string) bool) (out money.Amount) {
	t.Helper()
	for _, row := range rows {
		if !of(row) {
			continue
		}
		a, err := money.Parse(row[column], money.Yuan)
		if err != nil {
			t.Fatal(err)
		}
		out = out.Add(a)
	}
	return out
}

// sides are the sides of a budget by what the package calls them.
var sides = map[string]budget.Side{"expenditure": budget.Expenditure, "revenue": budget.RevenueSide, "carry-over-in": budget.CarryIn, "carry-over-out": budget.CarryOut}

// TestOpenDataAddsUp: the sums of the files are those of the document.
func TestOpenDataAddsUp(t *testing.T) {
	totals := 0
	for name, w := range numbered(t) {
		all, b := opened(t, name, w.OpenData()), w.Budget
		hold := func(what string, got, want money.Amount) {
			if !got.Equal(want) {
				t.Errorf("%s: %s is %s, of the document %s", name, what, got, want)
			}
		}
		lines := all["lines"].rows
		of := map[string]money.Amount{}
		for direction, side := range sides {
			of[direction] = sums(t, lines, "amount", func(r map[string]string) bool { return r["direction"] == direction })
			hold(direction, of[direction], b.Sum(budget.Query{}.Where("side", string(side))))
		}
		hold("the balance", of["revenue"].Add(of["carry-over-in"]), of["expenditure"].Add(of["carry-over-out"]))
		for _, n := range w.Pack.FigureNames {
			f := w.Pack.Figures[n]
			if f.By != "" || slices.ContainsFunc(f.Query.Keys(), func(k string) bool { return k != "side" }) {
				continue
			}
			asked := f.Query.Sides()
			if slices.Contains(asked, string(budget.Purchases)) {
				continue
			}
			totals++
			if asked == nil {
				asked = []string{string(budget.Expenditure)}
			}
			got := money.Amount{}
			for direction, side := range sides {
				if slices.Contains(asked, string(side)) {
					got = got.Add(of[direction])
				}
			}
			hold(n, got, w.Numbers.SumValue(f.Query, w.Pack.TextFormat).Exact)
		}
		economic := func(r map[string]string) bool {
			return r["economic_class_code"] != "" && (r["direction"] == "expenditure" || r["direction"] == "")
		}
		for class, want := range b.SumBy(budget.Query{}, budget.Dimensions()[slices.Index(budget.DimensionNames(), "economic-class")]) {
			in := func(r map[string]string) bool { return economic(r) && r["economic_class_code"] == class }
			hold("class "+class, sums(t, lines, "amount", in).Add(sums(t, all["lines_by_economic"].rows, "amount", in)), want)
		}
		every := func(map[string]string) bool { return true }
		hold("procurement", sums(t, all["procurement"].rows, "amount", every), b.Sum(budget.Query{}.Where("side", string(budget.Purchases))))
		hold("projects", sums(t, all["projects"].rows, "amount", every), b.Sum(budget.Query{}.Where("kind", budget.KindProject)))
		for _, row := range lines {
			if row["direction"] != "expenditure" && row["function_class_code"] != "" {
				t.Errorf("%s: revenue with a functional code: %v", name, row)
			}
		}
	}
	if totals < 40 {
		t.Errorf("%d totals of packs only", totals)
	}
}

// TestOpenDataFigures: every number that the program printed stands in the list once, under the name that all forms have for
// it, as it is printed; and what stands in a table is what the list says of it.
func TestOpenDataFigures(t *testing.T) {
	for name, w := range numbered(t) {
		all := opened(t, name, w.OpenData())
		listed := map[string]map[string]string{}
		for _, row := range all["figures"].rows {
			listed[opendata.Unguarded(row["figure_id"])] = row
		}
		seen := map[string]bool{}
		see := func(of int32, printed string) {
			id := w.NameOf(of)
			if x, _ := w.Numbers.At(of); x.Value.Kind == schedule.ValueWritten {
				return
			}
			seen[id] = true
			if row := listed[id]; id == "" || row == nil || opendata.Unguarded(row["printed"]) != printed {
				t.Errorf("%s: %q is printed, the list has %v of %q", name, printed, row, id)
			}
		}
		for i := range w.Tree.Sections {
			for _, b := range w.Tree.Sections[i].Blocks {
				if x, ok := b.(*doc.Table); ok && x.Of > 0 {
					for at, printed := range body(x) {
						if printed != "" {
							see(x.Of+int32(at[0]*len(x.Columns)+at[1]), printed)
						}
					}
					b = withoutNumbers(x)
				}
				one := &doc.Document{Sections: []doc.Section{{Blocks: []doc.Block{b}}}}
				doc.Walk(one, func(text doc.Text, _ string) {
					for _, m := range doc.MarksOf(w.Tree.Marks, text.Marks) {
						see(m.Of, text.String[m.From:m.To])
					}
				})
			}
		}
		if len(seen) != len(listed) || len(listed) != len(all["figures"].rows) {
			t.Errorf("%s: %d numbers are printed, %d listed in %d rows", name, len(seen), len(listed), len(all["figures"].rows))
		}
		n := 0
		for _, r := range all {
			if !strings.HasPrefix(r.Path, "tables/") {
				continue
			}
			for _, row := range r.rows {
				for column, s := range row {
					if x := listed[opendata.Unguarded(row["row_id"])+column]; x != nil {
						if n++; x["value"] != s || x["table"] != r.Name {
							t.Errorf("%s: %s has %q in %s, the list says %v", name, r.Path, s, row["row_id"], x)
						}
					}
				}
			}
		}
		if in := len(slices.DeleteFunc(all["figures"].rows, func(r map[string]string) bool { return r["where"] != "table" })); n != in {
			t.Errorf("%s: %d numbers of tables are found by their names, of %d", name, n, in)
		}
	}
}

// zeroCodes is a department whose codes begin with a zero, and whose names are formulas.
const zeroCodes = `
[department]
year = 2026
code = "010"
name = "清河县统计局"
template = "wuhan"
date = 2026-02-01
[[unit]]
code = "010001"
name = "=1+1"
full_name = "@清河县统计局，\"甲\""
kind = "行政"
headquarters = true
[[basic]]
function = "2010301"
economic = "30101"
amount = 1000000
[[basic]]
function = "2010301"
economic = "30102"
amount = 2000000.5
[[project]]
name = "=HYPERLINK(\"http://x\",\"y\")"
function = "2010399"
purpose = "-用于普查。"
amount = 30000
`

func made(t *testing.T, data string) *build.Work {
	t.Helper()
	w, err := shared(t).Check(build.Input{Data: fstest.MapFS{"d/a.toml": {Data: []byte(data)}}, Dir: "d"})
	if err != nil || w.Tree == nil {
		t.Fatal(err, w.Diags.Sorted())
	}
	return w
}

var (
	// spoils is what a spreadsheet takes for a number or a date and shows otherwise: leading zeros, more digits than it has, zeros at
	// the end, days.
	spoils = regexp.MustCompile(`^(0\d+|\d{12,}|-?[\d,]*\.\d*0|\d{1,2}[-/]\d{1,2}|\d{1,2}[-/](19|20)\d\d|(19|20)\d\d[-/]\d{1,2}|\d{1,4}[-/]\d{1,2}[-/]\d{1,4}|\(\d+\)|\d+[eE]\d+)$`)
	// formula is what it would compute.
	formula = regexp.MustCompile(`^[\s\x{3000}]*([=@＝＠]|[-+＋－].*[^\d.,%])`)
)

// TestSpoiledBesideWhole: whatever a spreadsheet would spoil stands in a column beside it within a text; and no cell is a formula.
func TestSpoiledBesideWhole(t *testing.T) {
	documents := numbered(t)
	documents["zero"] = made(t, zeroCodes)
	n := 0
	for name, w := range documents {
		for _, r := range opened(t, name, w.OpenData()) {
			for _, row := range r.rows {
				for _, f := range r.Schema.Fields {
					s := row[f.Name]
					if f.Type != "string" || s == "" {
						continue
					}
					if formula.MatchString(s) {
						t.Errorf("%s: %s has %q as %s", name, r.Path, s, f.Name)
					}
					if !spoils.MatchString(s) {
						continue
					}
					n++
					if !slices.ContainsFunc(slices.Collect(maps.Values(row)), func(x string) bool { return strings.Contains(x, s) && !spoils.MatchString(x) }) {
						t.Errorf("%s: %s has %q as %s, and no text beside it", name, r.Path, s, f.Name)
					}
				}
			}
		}
	}
	if n < 1000 {
		t.Errorf("%d cells only", n)
	}
}

// TestOpenDataOfHostileNames: names that are formulas, or have what CSV is made of, come back.
func TestOpenDataOfHostileNames(t *testing.T) {
	w := made(t, zeroCodes)
	all := opened(t, "zero", w.OpenData())
	name := w.Budget.Facts.Projects[0].Name.V
	if row := all["projects"].rows[0]; row["name"] != "'"+name || opendata.Unguarded(row["name"]) != name || opendata.Unguarded(row["purpose"]) != "-用于普查。" {
		t.Errorf("%v", row)
	}
	if row := all["units"].rows[0]; row["name"] != "'=1+1" || row["label"] != "010001 =1+1" || opendata.Unguarded(row["full_name"]) != `@清河县统计局，"甲"` {
		t.Errorf("%v", row)
	}
}

// TestOpenDataOrder: lines have the same numbers in whatever order they were typed, and the same data give the same bytes.
func TestOpenDataOrder(t *testing.T) {
	head, rest, _ := strings.Cut(zeroCodes, "[[basic]]")
	first, rest, _ := strings.Cut(rest, "[[basic]]")
	second, project, _ := strings.Cut(rest, "[[project]]")
	one := opened(t, "one", made(t, zeroCodes).OpenData())
	two := opened(t, "two", made(t, head+"[[project]]"+project+"[[basic]]"+second+"[[basic]]"+first).OpenData())
	for _, file := range []string{"lines", "projects", "units"} {
		for i, row := range one[file].rows {
			delete(row, "source")
			delete(two[file].rows[i], "source")
			if !maps.Equal(row, two[file].rows[i]) {
				t.Errorf("%v\n%v", row, two[file].rows[i])
			}
		}
	}
	w := made(t, zeroCodes)
	a, err := w.Make(build.Data, nil, nil)
	b, err2 := made(t, zeroCodes).Make(build.Data, nil, nil)
	if err != nil || err2 != nil || !bytes.Equal(a, b) {
		t.Error("the same data are other bytes", err, err2)
	}
}

// TestFrictionless: the reference implementation of data packages finds nothing to say, without a network.
func TestFrictionless(t *testing.T) {
	documents := map[string]*build.Work{"zero": made(t, zeroCodes)}
	if *everyPackage {
		maps.Copy(documents, numbered(t))
	}
	for name, w := range documents {
		frictionless(t, name, w.OpenData())
	}
	all := numbered(t)
	_, _, files := district(t, all["338 wuhan"], all["testdata/departments/2026/415 wuhan"])
	frictionless(t, "district", files)
}

// frictionless holds a package against the program of that name.
func frictionless(t *testing.T, name string, files []opendata.File) {
	t.Helper()
	program, err := exec.LookPath("frictionless")
	if err != nil {
		t.Skip("frictionless is not installed")
	}
	dir := t.TempDir()
	for _, f := range files {
		file := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	c := exec.Command(program, "validate", opendata.DescriptorName)
	c.Dir = dir
	c.Env = append(os.Environ(), "http_proxy=http://127.0.0.1:9", "https_proxy=http://127.0.0.1:9", "PYTHONUTF8=1")
	if out, err := c.CombinedOutput(); err != nil {
		t.Errorf("%s: %v\n%s", name, err, out)
	}
}

// BenchmarkOpenData is the data package of a document whose numbers nobody asked for before.
func BenchmarkOpenData(b *testing.B) {
	s := shared(b)
	for b.Loop() {
		b.StopTimer()
		w, err := s.Check(build.Input{Data: os.DirFS("../.."), Dir: "data/2026/338", PriorDir: "data/2025/338"})
		if err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		if _, err := w.Make(build.Data, nil, nil); err != nil {
			b.Fatal(err)
		}
	}
}

// TestReadmeExplainsEnglishWords: who knows no English finds in the text for people what each such word of a column means.
func TestReadmeExplainsEnglishWords(t *testing.T) {
	files := good(t, "data/2026/338").OpenData()
	readme := ""
	for _, f := range files {
		if f.Name == opendata.ReadmeName {
			readme = string(f.Data)
		}
	}
	words := 0
	for _, r := range opened(t, "338", files) {
		for _, f := range r.Schema.Fields {
			for _, s := range f.Constraints.Enum {
				if f.Name == "currency" || !regexp.MustCompile(`^[a-z-]+$`).MatchString(s) {
					continue
				}
				if words++; !regexp.MustCompile(s + `[ ：]\p{Han}`).MatchString(readme) {
					t.Errorf("%s: nothing says what %s of %s means", r.Path, s, f.Name)
				}
			}
		}
	}
	if words < 20 {
		t.Errorf("%d English words only", words)
	}
	for _, key := range budget.Keys() {
		if !regexp.MustCompile(`[，：、]` + key + `( \p{Han}|、(economic|item|organization|reserved))`).MatchString(readme) {
			t.Errorf("nothing says what the condition %s of lines asks", key)
		}
	}
	if strings.Contains(readme, "{{") {
		t.Error("tells of years in heads, where none is")
	}
}
