package internal_test

import (
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

// only lists libraries with the packages that may import them; no others may.
var only = map[string][]string{
	"github.com/go-pdf/fpdf":          {"internal/pdf", "internal/bench/cold"},
	"github.com/golang/freetype":      {"internal/raster"},
	"github.com/shopspring/decimal":   {"internal/money"},
	"github.com/BurntSushi/toml":      {"internal/source", "internal/typeset/font"},
	"github.com/pelletier/go-toml/v2": {"internal/source"},
	"github.com/klauspost/compress":   {"internal/pdf"},
	"github.com/spf13/cobra":          {"internal/cli"},
	"github.com/xuri/excelize/v2":     {"internal/cli"},
	"github.com/schollz/progressbar":  {"internal/cli"},
	"golang.org/x/sys/windows":        {"internal/cli"},
	"yusuan/internal/cli":             {"cmd/yusuan"},
	"yusuan/internal/build":           {"internal/cli", "internal/verify", "internal/batch", "internal/bench/cold", "internal/bench/throughput", "internal/bench/evenness"},
	"yusuan/fonts":                    {"internal/cli", "internal/bench/cold", "internal/bench/throughput", "internal/bench/evenness"},
	"yusuan/data":                     {"internal/cli", "internal/bench/cold", "internal/bench/throughput", "internal/bench/evenness"},
	"yusuan/templates":                {"internal/cli", "internal/bench/cold", "internal/bench/throughput", "internal/bench/evenness"},
	"text/template":                   {"internal/pack", "internal/compose"},
	"math/rand":                       {},
	"math/rand/v2":                    {},
}

// never lists what the packages below a folder may not import: the typesetting wing knows nothing of budgets, the
// writers see only finished pages, the budget wing knows nothing of pages.
var never = map[string][]string{
	"internal/typeset": {"yusuan/internal/money", "yusuan/internal/source", "yusuan/internal/budget", "yusuan/internal/check",
		"yusuan/internal/classify", "yusuan/internal/pack", "yusuan/internal/compose", "yusuan/internal/pdf", "yusuan/internal/raster"},
	"internal/pdf":          {"yusuan/internal/doc", "yusuan/internal/budget", "yusuan/internal/typeset/layout", "yusuan/internal/typeset/par", "yusuan/internal/typeset/table"},
	"internal/raster":       {"yusuan/internal/doc", "yusuan/internal/budget", "yusuan/internal/typeset/layout", "yusuan/internal/typeset/par", "yusuan/internal/typeset/table"},
	"internal/budget":       {"yusuan/internal/doc", "yusuan/internal/pack", "yusuan/internal/typeset"},
	"internal/compose":      {"yusuan/internal/typeset/layout", "yusuan/internal/typeset/par", "yusuan/internal/typeset/page"},
	"internal/diag":         {"yusuan/"},
	"internal/money":        {"yusuan/"},
	"internal/doc":          {"yusuan/internal/budget", "yusuan/internal/pack", "yusuan/internal/compose", "yusuan/internal/typeset/layout"},
	"internal/typeset/unit": {"yusuan/"},
}

// pure packages take no clock, no environment and no terminal: the same arguments give the same result.
var impure = []string{"os", "os/exec", "net", "net/http", "log", "os/signal"}

// eachImport calls fn for every import of every Go file that is no test, by folder.
func eachImport(t *testing.T, fn func(folder, file, imported string)) {
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
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		for _, s := range f.Imports {
			imported, err := strconv.Unquote(s.Path.Value)
			if err != nil {
				return err
			}
			fn(path.Dir(filepath.ToSlash(rel)), filepath.ToSlash(rel), imported)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func within(imported, prefix string) bool {
	return imported == prefix || strings.HasPrefix(imported, strings.TrimSuffix(prefix, "/")+"/")
}

func TestImportsRunOneWay(t *testing.T) {
	n := 0
	eachImport(t, func(folder, file, imported string) {
		n++
		for lib, users := range only {
			if within(imported, lib) && !slices.Contains(users, folder) {
				t.Errorf("%s imports %s, which only %v may", file, imported, users)
			}
		}
		for below, banned := range never {
			if !within(folder, below) {
				continue
			}
			for _, b := range banned {
				if within(imported, b) {
					t.Errorf("%s imports %s, which nothing below %s may", file, imported, below)
				}
			}
		}
		if strings.HasPrefix(folder, "internal/") && !within(folder, "internal/cli") && !within(folder, "internal/batch") &&
			!within(folder, "internal/bench") && slices.Contains(impure, imported) {
			t.Errorf("%s imports %s; only the command layer touches the machine", file, imported)
		}
	})
	if n < 100 {
		t.Fatalf("saw %d imports only; is the walk right?", n)
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
