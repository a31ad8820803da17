package check

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var ruleID = regexp.MustCompile(`^\p{Han}{2}-\d{3}$`)

// emitted are the ids that the program's code names, with one place of each; the registry's own files do not count.
func emitted(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir("..", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") ||
			strings.HasPrefix(filepath.Base(name), "rule_") && filepath.Base(filepath.Dir(name)) == "check" {
			return err
		}
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, name, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				if s, err := strconv.Unquote(lit.Value); err == nil && ruleID.MatchString(s) {
					out[s] = fset.Position(lit.Pos()).String()
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestEveryRuleIsDescribed(t *testing.T) {
	code := emitted(t)
	if len(code) < 80 {
		t.Fatalf("found %d ids only; is the walk right?", len(code))
	}
	for id, at := range code {
		if _, ok := FindRule(id); !ok {
			t.Errorf("%s: %s is in no registry", at, id)
		}
	}
	seen := map[string]bool{}
	for _, r := range Rules() {
		if code[r.ID] == "" {
			t.Errorf("%s is described and found by no code", r.ID)
		}
		if seen[r.ID] {
			t.Errorf("%s is described twice", r.ID)
		}
		seen[r.ID] = true
		if !ruleID.MatchString(r.ID) || r.Title == "" || r.Formula == "" || r.Source == "" || r.Example == "" {
			t.Errorf("%s is described in part: %+v", r.ID, r)
		}
	}
}
