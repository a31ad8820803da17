package internal_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"yusuan/internal/build"
	"yusuan/internal/pack"
	"yusuan/templates"
)

// ownWords are words of this program or of the language that some pack has for a name or a label, too, by the files that may
// say them. None is asked of a pack.
var ownWords = map[string]map[string][]string{
	"keys of queries, rows and columns": {
		"audit/duties.go": {"fund"}, "audit/prior.go": {"change"}, "renew/fresh.go": {"project"}, "audit/meant.go": {"fund"}, "audit/own.go": {"project"}, "renew/stated.go": {"fund"},
	},
	"keys of the facts, which a folder of a new year goes through": {"renew/roll.go": {"use", "basis"}},
	"values that departments fill in":                              {"check/slips.go": {"事业收入"}},
	"what messages call a thing of the facts": {
		"audit/amount.go": {"金额"}, "audit/claims.go": {"占比"}, "check/form.go": {"项目"}, "check/scale_like.go": {"项目支出", "基本支出"}, "renew/fresh.go": {"项目名称"},
		"check/texts.go": {"绩效目标", "指标值", "指标值确定依据", "测算依据及说明", "备注"},
	},
	"what the summary of a district calls its own rows": {"batch/district.go": {"功能分类", "合计", "支出合计"}},
	"words of running text": {
		"audit/lexicon.go": {"收入", "支出"},
		"audit/names.go":   {"项目"}, "audit/read.go": {"合计"},
		"check/texts.go": {"合计", "总计"}, "check/likely.go": {"填报人", "前年"},
	},
	"a head that says no more than that it is a sum": {"audit/head.go": {"小计"}},
}

// TestRulesKnowNoNamesOfPacks: what a figure, a field or a label is, its pack says with a role. No literal of a package that
// judges documents is a name or a label of a pack, but for what is part of a longer message and the words above.
func TestRulesKnowNoNamesOfPacks(t *testing.T) {
	names := namesOfPacks(t)
	used := map[string]bool{}
	for _, dir := range []string{"check", "audit", "batch", "renew"} {
		files, err := filepath.Glob(dir + "/*.go")
		if err != nil || len(files) == 0 {
			t.Fatal(err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			set := token.NewFileSet()
			tree, err := parser.ParseFile(set, file, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			slash := filepath.ToSlash(file)
			for _, lit := range askedLiterals(tree) {
				word, err := strconv.Unquote(lit.Value)
				if err != nil {
					t.Fatal(err)
				}
				where := names[word]
				if where == "" {
					continue
				}
				known := false
				for why, by := range ownWords {
					if slices.Contains(by[slash], word) {
						known, used[why+slash+word] = true, true
					}
				}
				if !known {
					t.Errorf("%s: %q is %s; rules ask for roles (pack/roles.go)", set.Position(lit.Pos()), word, where)
				}
			}
		}
	}
	for why, by := range ownWords {
		for file, words := range by {
			for _, w := range words {
				if !used[why+file+w] {
					t.Errorf("%s does not say %q any more (%s)", file, w, why)
				}
			}
		}
	}
}

// askedLiterals are the literal texts of a file that are no part of a longer text, and no key of a query or of a dimension.
func askedLiterals(file *ast.File) (out []*ast.BasicLit) {
	not := map[ast.Node]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BinaryExpr:
			if n.Op == token.ADD {
				not[n.X], not[n.Y] = true, true
			}
		case *ast.CallExpr:
			if f, ok := n.Fun.(*ast.SelectorExpr); ok && slices.Contains([]string{"Where", "Mentions", "FindDimension", "Asks"}, f.Sel.Name) {
				for _, a := range n.Args {
					not[a] = true
				}
			}
		case *ast.Field:
			if n.Tag != nil {
				not[n.Tag] = true
			}
		case *ast.BasicLit:
			if n.Kind == token.STRING && !not[n] {
				out = append(out, n)
			}
		}
		return true
	})
	return out
}

// namesOfPacks are what the packs of the program call their figures, texts, fields, heads and labels, and where.
func namesOfPacks(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	note := func(what, of string, words ...string) {
		for _, w := range words {
			if w = strings.TrimSpace(w); w != "" {
				out[w] = what + " of " + of
			}
		}
	}
	packs := &build.Shared{Packs: templates.FS}
	entries, err := os.ReadDir("../templates")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !e.IsDir() {
			continue
		}
		p, _, err := packs.Pack(e.Name())
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range p.Figures {
			note("a figure", p.ID, f.Name, f.Title)
		}
		for _, s := range p.Slots {
			note("a text", p.ID, s.Key, s.Title)
		}
		for _, x := range p.Tables {
			headsOf(x.Columns, func(w string) { note("a head", p.ID+" "+x.ID, w) })
			for _, rows := range [][]pack.Row{x.List, x.Income, x.Outgo, x.Use} {
				for _, r := range rows {
					note("a row", p.ID+" "+x.ID, r.Label.Literal)
				}
			}
			for _, foot := range x.Foot {
				for _, r := range foot {
					note("a row", p.ID+" "+x.ID, r.Label.Literal)
				}
			}
		}
		for _, f := range p.Forms {
			for _, x := range f.Fields {
				note("a field", p.ID+" "+f.Kind, x.Key, x.Title)
			}
			labelsOf(f.Items, func(w string) { note("a label", p.ID+" "+f.Kind, w) })
		}
	}
	if len(out) < 300 {
		t.Fatalf("%d names only", len(out))
	}
	return out
}

func headsOf(columns []pack.Column, note func(string)) {
	for i := range columns {
		note(columns[i].Head.Literal)
		headsOf(columns[i].Columns, note)
	}
}

func labelsOf(items []pack.Item, note func(string)) {
	for i := range items {
		note(items[i].Label.Literal)
		labelsOf(items[i].Items, note)
		for _, c := range items[i].Cells {
			if c.Label || c.Names {
				note(c.Text.Literal)
			}
		}
	}
}
