package internal_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The imports of a package say what it may know. These tests hold the map in internal/README.md.

// only lists every library, and the packages of ours that are not for all, with the packages that may import them.
var only = map[string][]string{
	"github.com/go-pdf/fpdf":          {"internal/pdf", "internal/bench/cold"},
	"github.com/golang/freetype":      {"internal/raster"},
	"github.com/shopspring/decimal":   {"internal/money"},
	"github.com/BurntSushi/toml":      {"internal/source", "internal/typeset/font"},
	"github.com/pelletier/go-toml/v2": {"internal/source"},
	"github.com/klauspost/compress":   {"internal/deflate", "internal/opendata"}, // opendata: a release of Go may deflate otherwise, and the same data be other bytes
	"github.com/spf13/cobra":          {"internal/cli"},
	"github.com/spf13/pflag":          {"internal/cli"},
	"github.com/xuri/excelize/v2":     {"internal/cli", "internal/sheet", "internal/tablebook", "internal/xlsx"},
	"github.com/schollz/progressbar":  {"internal/cli"},
	"golang.org/x/image":              {"internal/raster"},
	"golang.org/x/net/html":           {"internal/grid", "internal/read/web"},
	"github.com/klippa-app/go-pdfium": {"internal/pdfium"},
	"github.com/tetratelabs/wazero":   {"internal/pdfium"},
	"github.com/richardlehane/mscfb":  {"internal/grid"},
	"golang.org/x/sys/windows":        {"internal/cli"},
	"golang.org/x/term":               {"internal/cli"},
	"golang.org/x/text":               {"internal/source", "internal/diag", "internal/cli", "internal/character", "internal/grid"},
	"yusuan/internal/cli":             {"cmd/yusuan", "internal/release", "internal/cli"}, // release: the version in names of archives; cli: its store
	"yusuan/internal/build":           {"internal/cli", "internal/verify", "internal/batch", "internal/desk", "internal/bench/cold", "internal/bench/throughput", "internal/bench/evenness", "internal/bench/linear", "internal/bench/look", "internal/bench/truth"},
	"yusuan/internal/batch":           {"internal/cli", "internal/bench/throughput", "internal/district", "internal/board"},
	"yusuan/fonts":                    {"internal/cli", "internal/bench/cold", "internal/bench/throughput", "internal/bench/evenness", "internal/bench/linear", "internal/bench/look", "internal/bench/truth"},
	"yusuan/data":                     {"internal/cli", "internal/bench/cold", "internal/bench/throughput", "internal/bench/evenness", "internal/bench/linear", "internal/bench/look", "internal/bench/truth"},
	"yusuan/templates":                {"internal/cli", "internal/bench/cold", "internal/bench/throughput", "internal/bench/evenness", "internal/bench/linear", "internal/bench/look", "internal/bench/truth"},
	"net/http":                        {"internal/web"},
	"html/template":                   {"internal/web"},
	"yusuan/internal/web":             {"internal/cli"},
	"text/template":                   {"internal/pack", "internal/compose"},
	"math/rand":                       {},
	"math/rand/v2":                    {},
}

// knows lists what of ours a package may know, below internal. The typesetting wing knows nothing of budgets, the
// writers see only finished pages, the budget wing knows nothing of documents. Packages where wings meet are not listed:
// cli, build, batch, verify, desk, web, bench and release.
var knows = map[string][]string{
	"character":    {},
	"diag":         {"character"},
	"filename":     {"character"},
	"grid":         {},
	"memfs":        {},
	"money":        {},
	"testdept":     {},
	"testofd":      {"typeset/page"},
	"testoffice":   {},
	"testpdfium":   {},
	"typeset/unit": {},
	"classify":     {"diag"},
	"source":       {"diag", "money", "character"},
	"budget":       {"diag", "money", "source", "classify"},
	"doc":          {"diag", "typeset/unit"},
	"pack":         {"diag", "money", "source", "budget", "doc", "typeset/unit"},
	"schedule":     {"diag", "money", "source", "budget", "classify", "pack", "doc"},
	"compose":      {"character", "diag", "money", "source", "budget", "doc", "typeset/unit", "classify", "pack", "prose", "schedule"},
	"check":        {"character", "diag", "money", "source", "budget", "classify", "pack", "schedule", "prose", "box"},
	"prose":        {"money"},
	"box":          {"budget"},
	"sentence":     {"money", "prose"},
	"audit":        {"recognise", "diag", "money", "source", "budget", "classify", "pack", "prose", "box", "check", "schedule", "sentence"},
	"stated":       {"character", "diag", "money", "source", "budget", "pack", "prose", "read/paper", "recognise", "typeset/unit"},
	"renew":        {"money", "source", "budget", "classify", "pack"},
	"leaves":       {"diag", "money", "source", "budget", "classify", "pack", "schedule", "prose", "box", "audit", "renew"},
	"sheet":        {"diag", "money", "source", "budget", "classify", "pack", "grid", "box", "xlsx"},
	"tablebook":    {"diag", "money", "budget", "doc", "pack", "schedule", "typeset/unit", "xlsx"},
	"xlsx":         {},
	"findings":     {"diag", "xlsx"},
	"compare":      {"diag", "money", "source", "budget", "classify", "pack", "schedule", "doc", "prose"},
	"changes":      {"compare", "diag", "doc", "money", "xlsx"},
	"redline":      {"compare", "diag", "money", "doc", "typeset"},
	"district":     {"batch", "budget", "diag", "money", "source", "xlsx"},
	"board":        {"batch", "district", "html", "money"},
	"typeset":      {"diag", "doc", "typeset", "character"},
	"deflate":      {},
	"ofd":          {"deflate", "typeset/font", "typeset/page", "typeset/unit"},
	"pdf":          {"deflate", "typeset/font", "typeset/page", "typeset/unit"},
	"raster":       {"typeset/font", "typeset/page", "typeset/unit"},
	"svg":          {"typeset/font", "typeset/page", "typeset/unit"},
	"shown":        {"typeset/unit"},
	"xmlread":      {},
	"ofdread":      {"shown", "typeset/unit", "xmlread"},
	"pdfread":      {"shown", "typeset/unit"},
	"read":         {"grid", "pdfium", "read", "tablebook"}, // tablebook: which sheets of its workbooks are no tables
	"read/paper":   {"typeset/unit"},
	"read/around":  {"read/paper"},
	"read/book":    {"grid", "read/around", "read/paper"},
	"read/docx":    {"read/around", "read/paper", "typeset/unit", "xmlread"},
	"read/web":     {"read/around", "read/paper"},
	"recognise":    {"money", "classify", "pack", "schedule", "prose", "budget", "read/paper"},
	"read/ruled":   {"pdfium", "read/around", "read/paper", "typeset/unit"},
	"pdfium":       {"typeset/unit", "read/paper", "pdfread"},
	"html":         {"doc", "typeset"},
	"codelist":     {"diag", "grid"},
	"imports":      {"character", "diag", "money", "source", "budget", "classify", "grid"},
	"opendata":     {"diag", "money", "source", "budget", "classify", "schedule", "doc", "archive", "filename"},
	"archive":      {"doc", "filename", "memfs", "ofdread", "pdfread", "shown", "typeset/page", "typeset/unit"},
}

// meet are the packages where wings meet.
var meet = []string{"cli", "build", "batch", "verify", "desk", "web", "bench", "release"}

// impure packages are the machine: the same arguments give the same result in all packages but those of the command
// layer.
var impure = []string{"os", "os/exec", "net", "net/http", "log", "os/signal"}

// clocks are the functions of package time that ask the machine.
var clocks = []string{"Now", "Since", "Until", "Sleep", "After", "AfterFunc", "Tick", "NewTimer", "NewTicker"}

// commandLayer reports whether a folder may touch the machine.
func commandLayer(folder string) bool {
	return within(folder, "internal/cli") || within(folder, "internal/bench") || within(folder, "internal/release") || within(folder, "internal/testofd") || within(folder, "internal/testoffice") || within(folder, "internal/testpdfium") || within(folder, "cmd")
}

// eachFile calls fn for every Go file that is no test, by folder.
func eachFile(t *testing.T, fn func(folder, file string, f *ast.File)) {
	t.Helper()
	root := ".."
	err := filepath.WalkDir(root, func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if e.IsDir() && strings.HasPrefix(e.Name(), ".") && name != root {
			return fs.SkipDir
		}
		if e.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		fn(path.Dir(filepath.ToSlash(rel)), filepath.ToSlash(rel), f)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// eachImport calls fn for every import of those files.
func eachImport(t *testing.T, fn func(folder, file, imported string)) {
	t.Helper()
	eachFile(t, func(folder, file string, f *ast.File) {
		for _, s := range f.Imports {
			imported, err := strconv.Unquote(s.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			fn(folder, file, imported)
		}
	})
}

func within(imported, prefix string) bool {
	return imported == prefix || strings.HasPrefix(imported, strings.TrimSuffix(prefix, "/")+"/")
}

func TestImportsRunOneWay(t *testing.T) {
	n := 0
	used := map[string]bool{}
	eachImport(t, func(folder, file, imported string) {
		n++
		listed := false
		for lib, users := range only {
			if !within(imported, lib) {
				continue
			}
			listed, used[lib+" "+folder] = true, true
			if !slices.Contains(users, folder) {
				t.Errorf("%s imports %s, which only %v may", file, imported, users)
			}
		}
		if host, _, _ := strings.Cut(imported, "/"); strings.Contains(host, ".") && !listed {
			t.Errorf("%s imports %s, a library that has no place yet", file, imported)
		}
		if of, ok := strings.CutPrefix(imported, "yusuan/internal/"); ok {
			if allowed, ok := knowledge(folder); ok && !slices.ContainsFunc(allowed, func(x string) bool { return within(of, x) }) {
				t.Errorf("%s imports %s; its package may know %v", file, imported, allowed)
			}
		}
		if strings.HasPrefix(folder, "internal/") && !commandLayer(folder) && slices.Contains(impure, imported) && (folder != "internal/web" || imported != "net/http") {
			t.Errorf("%s imports %s; only the command layer touches the machine", file, imported)
		}
	})
	if n < 100 {
		t.Fatalf("saw %d imports only; is the walk right?", n)
	}
	for lib, users := range only {
		for _, folder := range users {
			if !used[lib+" "+folder] {
				t.Errorf("%s may import %s and does not", folder, lib)
			}
		}
	}
}

// knowledge is what a folder may import of ours, of the longest name in knows.
func knowledge(folder string) (allowed []string, ok bool) {
	best := ""
	for name, list := range knows {
		if within(folder, "internal/"+name) && len(name) > len(best) {
			best, allowed, ok = name, list, true
		}
	}
	return allowed, ok
}

// TestNoClockNoFloat: below the command layer nothing but web asks what time it is, and no length, amount or page is made with
// floating point, which machines may round otherwise.
func TestNoClockNoFloat(t *testing.T) {
	// What hands numbers to a library that takes floats, refuses a float of TOML, or spells the binary numbers of a file format in
	// decimal digits without calculating with them.
	exempt := []string{"internal/pdf/shell.go", "internal/source/syntax.go", "internal/xlsx/number.go", "internal/grid/double.go", "internal/pdfium/float.go"}
	seen := 0
	eachFile(t, func(folder, file string, f *ast.File) {
		if commandLayer(folder) || !within(folder, "internal") {
			return
		}
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.SelectorExpr: // web waits: for pauses of who types, for windows that are gone
				if x, ok := n.X.(*ast.Ident); ok && x.Name == "time" && folder != "internal/web" && slices.Contains(clocks, n.Sel.Name) {
					t.Errorf("%s calls time.%s; only the command layer has a clock", file, n.Sel.Name)
				}
				if x, ok := n.X.(*ast.Ident); ok && (x.Name == "math" || x.Name == "strconv") && strings.Contains(n.Sel.Name, "Float") {
					if slices.Contains(exempt, file) {
						seen++
						return true
					}
					t.Errorf("%s calls %s.%s", file, x.Name, n.Sel.Name)
				}
			case *ast.Ident:
				if n.Name == "float64" || n.Name == "float32" {
					if slices.Contains(exempt, file) {
						seen++
						return true
					}
					t.Errorf("%s uses %s", file, n.Name)
				}
			}
			return true
		})
	})
	if seen == 0 {
		t.Error("no float even where there must be one; is the walk right?")
	}
}

// TestFactsAreRead: only budget.Read makes facts of files, so that no word outside its list and no number out of its bounds
// gets in by another way.
func TestFactsAreRead(t *testing.T) {
	calls := 0
	eachFile(t, func(folder, file string, f *ast.File) {
		ast.Inspect(f, func(n ast.Node) bool {
			s, ok := n.(*ast.SelectorExpr)
			if !ok || s.Sel.Name != "Decode" && s.Sel.Name != "Options" {
				return true
			}
			if x, ok := s.X.(*ast.Ident); ok && x.Name == "source" {
				calls++
				if file != "internal/budget/read.go" && !slices.Contains([]string{"internal/pack", "internal/imports", "internal/district"}, folder) { // of imports: words and answers; of district: rosters and reviews
					t.Errorf("%s calls source.%s; facts are made by budget.Read", file, s.Sel.Name)
				}
			}
			return true
		})
	})
	if calls < 2 {
		t.Errorf("%d calls; is the walk right?", calls)
	}
}

// TestProjectsAreAskedForWithTheirUnit: two units may have projects of one name, so a query for a project is made by what
// knows which is meant. The rows of finished documents have keys of their own.
func TestProjectsAreAskedForWithTheirUnit(t *testing.T) {
	calls := 0
	eachFile(t, func(folder, file string, f *ast.File) {
		ast.Inspect(f, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) < 2 {
				return true
			}
			s, ok := call.Fun.(*ast.SelectorExpr)
			if key, isText := call.Args[0].(*ast.BasicLit); !ok || s.Sel.Name != "Where" || !isText || key.Value != `"project"` {
				return true
			}
			calls++
			if _, field := call.Args[1].(*ast.SelectorExpr); field && folder != "internal/budget" && folder != "internal/audit" {
				t.Errorf("%s asks for a project by its name; Budget.OfProject knows its unit", file)
			}
			return true
		})
	})
	if calls < 2 {
		t.Errorf("%d calls; is the walk right?", calls)
	}
}

// TestMapIsWhole: the map names every package, and these tests say of every one what it may know.
func TestMapIsWhole(t *testing.T) {
	raw, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	folders := map[string]bool{}
	eachFile(t, func(folder, _ string, _ *ast.File) {
		if name, ok := strings.CutPrefix(folder, "internal/"); ok {
			folders[name] = true
		}
	})
	for name := range folders {
		if _, ok := knowledge("internal/" + name); !ok && !slices.ContainsFunc(meet, func(m string) bool { return within(name, m) }) {
			t.Errorf("nothing says what %s may know", name)
		}
		if strings.HasPrefix(name, "bench/") {
			name = "bench/…"
		}
		if !strings.Contains(string(raw), "| `"+name+"` |") {
			t.Errorf("the map does not name %s", name)
		}
	}
}

// tableNumber is a table as packs number them, in code; comments may take one for an example.
var tableNumber = regexp.MustCompile(`表 ?\d+|"\d+-\d+"|公开 ?\d+`)

// TestNoPackInGo holds that templates are data: no Go file but tests names a pack, a place or a table of one.
func TestNoPackInGo(t *testing.T) {
	packs, err := os.ReadDir("../templates")
	if err != nil {
		t.Fatal(err)
	}
	words := []string{"武汉", "武昌", "上海", "江苏", "普陀"}
	for _, p := range packs {
		if p.IsDir() {
			words = append(words, p.Name())
		}
	}
	err = filepath.WalkDir("..", func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		slash := filepath.ToSlash(name)
		if e.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") || strings.Contains(slash, "/templates/") || strings.Contains(slash, "/testdept/") {
			return nil
		}
		raw, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		for _, w := range words {
			if strings.Contains(string(raw), w) {
				t.Errorf("%s names %s; packs are data", slash, w)
			}
		}
		for line := range strings.Lines(string(raw)) {
			code, _, _ := strings.Cut(line, "//")
			if m := tableNumber.FindString(code); m != "" {
				t.Errorf("%s names %s; tables are data", slash, m)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestDifferencesAreMadeByOneFunction: what a diagnostic says of the difference between two numbers comes from
// money.Difference, which never prints two equal numbers for two that differ; percentages have a function of their own.
func TestDifferencesAreMadeByOneFunction(t *testing.T) {
	found := 0
	made := func(e ast.Expr) bool {
		call, ok := e.(*ast.CallExpr)
		if !ok {
			lit, ok := e.(*ast.BasicLit)
			return ok && lit.Value == `""`
		}
		fun, ok := call.Fun.(*ast.SelectorExpr)
		return ok && (fun.Sel.Name == "Difference" || fun.Sel.Name == "PointsApart")
	}
	eachFile(t, func(folder, file string, f *ast.File) {
		if within(folder, "internal/diag") {
			return
		}
		ast.Inspect(f, func(n ast.Node) bool {
			var values []ast.Expr
			switch x := n.(type) {
			case *ast.KeyValueExpr:
				if key, ok := x.Key.(*ast.Ident); ok && key.Name == "Diff" {
					values = append(values, x.Value)
				}
			case *ast.CallExpr: // d.Numbers(money.Difference(…))
				if s, ok := x.Fun.(*ast.SelectorExpr); ok && s.Sel.Name == "Numbers" && len(x.Args) > 0 {
					values = append(values, x.Args[0])
				}
			case *ast.AssignStmt:
				for i, to := range x.Lhs {
					if s, ok := to.(*ast.SelectorExpr); ok && s.Sel.Name == "Diff" {
						values = append(values, x.Rhs[min(i, len(x.Rhs)-1)])
					}
				}
			}
			for _, v := range values {
				if found++; !made(v) {
					t.Errorf("%s: the difference of a diagnostic is made by hand", file)
				}
			}
			return true
		})
	})
	if found < 6 {
		t.Errorf("%d differences found", found)
	}
}

// TestOneRoomForAmountsAndLists: what messages say of amounts is formatted in package money, and workbooks are begun in one
// file. A format elsewhere is one that is not an amount as messages give it.
func TestOneRoomForAmountsAndLists(t *testing.T) {
	rooms := map[string][]string{
		"money.Format": {
			"internal/prose/quantity.go",  // at the places of a number in a text; percentages
			"internal/check/typed.go",     // at the places of a number in a text
			"internal/check/sentences.go", // percentages
			"internal/compose/residue.go", // at the places of numbers already printed
		},
		"excelize.NewFile": {"internal/xlsx/lists.go", "internal/sheet/write.go", "internal/tablebook/tablebook.go"},
	}
	seen := map[string]bool{}
	eachFile(t, func(folder, file string, f *ast.File) {
		ast.Inspect(f, func(n ast.Node) bool {
			var e ast.Expr
			switch x := n.(type) {
			case *ast.CompositeLit:
				e = x.Type
			case *ast.CallExpr:
				e = x.Fun
			}
			s, ok := e.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			x, ok := s.X.(*ast.Ident)
			if !ok || rooms[x.Name+"."+s.Sel.Name] == nil {
				return true
			}
			seen[file] = true
			if name := x.Name + "." + s.Sel.Name; !slices.Contains(rooms[name], file) {
				t.Errorf("%s makes a %s of its own; money/told.go and xlsx/lists.go are the rooms for them", file, name)
			}
			return true
		})
	})
	for name, files := range rooms {
		for _, file := range files {
			if !seen[file] {
				t.Errorf("%s makes no %s", file, name)
			}
		}
	}
}

// TestNoPools: memory that serves again belongs to whoever makes things in it, and is handed down. No package keeps a pool,
// which would be state that all of the program shares.
func TestNoPools(t *testing.T) {
	// Records unpack their facts wherever they are read, in no run; a deflater of its own for each costs a megabyte.
	const exempt = "internal/batch/facts.go"
	pool := func(e ast.Expr) (found bool) {
		ast.Inspect(e, func(n ast.Node) bool {
			switch x := n.(type) {
			case *ast.ChanType:
				found = true
			case *ast.SelectorExpr:
				if p, ok := x.X.(*ast.Ident); ok && p.Name == "sync" && x.Sel.Name == "Pool" {
					found = true
				}
			case *ast.FuncLit:
				return false // a function has channels of its own
			}
			return !found
		})
		return found
	}
	seen := 0
	eachFile(t, func(_, file string, f *ast.File) {
		for _, d := range f.Decls {
			g, ok := d.(*ast.GenDecl)
			if !ok || g.Tok != token.VAR {
				continue
			}
			for _, s := range g.Specs {
				v := s.(*ast.ValueSpec)
				seen++
				if file != exempt && (v.Type != nil && pool(v.Type) || slices.ContainsFunc(v.Values, pool)) {
					t.Errorf("%s keeps a pool in %s", file, v.Names[0].Name)
				}
			}
		}
	})
	if seen < 50 {
		t.Errorf("%d variables; is the walk right?", seen)
	}
}

// longer lists the functions that may be longer than 50 lines, with the reason.
var longer = map[string]string{
	"internal/archive/read.go Read":                   "one pass over what is attached, with every refusal in its order",
	"internal/batch/batch.go Run":                     "the workers and what they share",
	"internal/bench/linear/measure.go department":     "one step after the other",
	"internal/budget/feed.go Feeds":                   "a table",
	"internal/check/identity.go priors":               "the cases of one rule",
	"internal/compose/drawing.go data":                "the cells of one table",
	"internal/compose/table.go table":                 "the parts of one table in their order",
	"internal/pdfread/text.go operate":                "a switch over the operators of PDF",
	"internal/source/scan.go scan":                    "a switch over what may stand in TOML",
	"internal/testdept/large.go Large":                "a department of constants",
	"internal/typeset/font/outline.go appendSimple":   "the flags of one table of fonts",
	"internal/typeset/font/outline.go walkComponents": "the flags of one table of fonts",
}

// TestSizes: files have at most 450 lines and functions at most 50, but for those named.
func TestSizes(t *testing.T) {
	const lines, most = 50, 450
	long := map[string]bool{}
	for _, root := range []string{".", "../cmd"} {
		err := filepath.WalkDir(root, func(name string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
				return err
			}
			set := token.NewFileSet()
			f, err := parser.ParseFile(set, name, nil, 0)
			if err != nil {
				return err
			}
			folder := "internal/" + filepath.ToSlash(name)
			if n := set.File(f.Pos()).LineCount(); n > most {
				t.Errorf("%s has %d lines", folder, n)
			}
			for _, d := range f.Decls {
				fn, ok := d.(*ast.FuncDecl)
				if !ok || set.Position(fn.End()).Line-set.Position(fn.Pos()).Line < lines {
					continue
				}
				key := folder + " " + fn.Name.Name
				if long[key] = true; longer[key] == "" {
					t.Errorf("%s has %d lines", key, set.Position(fn.End()).Line-set.Position(fn.Pos()).Line+1)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for key := range longer {
		if !long[key] {
			t.Errorf("%s needs to be no exception any more", key)
		}
	}
}
