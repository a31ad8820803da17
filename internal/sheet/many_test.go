package sheet

import (
	"fmt"
	"strings"
	"testing"

	"yusuan/internal/budget"
	"yusuan/internal/source"
)

// many is a department of three units with many lines; each project has a twin of its name in another unit, words are written as
// people write them, and some amounts are still to be filled in.
func many(t *testing.T, n int) Input {
	var b, p strings.Builder
	b.WriteString("basic = [\n")
	for i := range n {
		fmt.Fprintf(&b, "  { unit = \"41500%d\", function = \"2010301\", economic = \"302%02d\", amount = %d.%02d%s }, # 第%d笔\n", i%3+1, i%39+1, i+1, i%100, map[bool]string{true: ", fund = \"政府性基金\""}[i%7 == 0], i)
	}
	b.WriteString("]\n")
	for i := range n / 10 {
		fmt.Fprintf(&p, "[[project]]\nname = \"项目%d\"\nunit = \"41500%d\"\namount = %d\nfund = \"%s\"\npurpose = \"主要用于第%d项。\"\n", i/2, i%3+1, 2*i+1,
			[]string{"一般公共预算", "事业收入"}[i%2], i)
		if i%5 == 0 {
			fmt.Fprintf(&p, "function = \"2010302\"\neconomic = \"30201\"\nprocurement = \"服务类\"\n")
			continue
		}
		for range 2 {
			fmt.Fprintf(&p, "[[project.line]]\nfunction = \"2010302\"\neconomic = \"30201\"\namount = %d.5\n", i)
		}
	}
	in := folder(t, "../../testdata/departments/2026/415")
	var files []*source.File
	for _, f := range in.Files {
		if !strings.Contains(f.Path, "basic") && !strings.Contains(f.Path, "projects") && !strings.Contains(f.Path, "performance") {
			files = append(files, f)
		}
	}
	for _, x := range [][2]string{{"415/basic.toml", b.String()}, {"415/projects.toml", p.String()}} {
		f, diags := source.Parse(x[0], []byte(x[1]))
		if diags.HasErrors() {
			t.Fatal(diags.Sorted())
		}
		files = append(files, f)
	}
	in.Files = files
	return in
}

// With twins and many rows 校核 comes to what the program computes, too.
func TestProofOfMany(t *testing.T) {
	in := many(t, 200)
	facts, _ := budget.Read(in.Files, func(*budget.Department) *budget.Lists { return in.Pack.Lists() }, nil)
	b, _ := budget.New(facts, in.Catalogue)
	w := &writer{c: Fill(in)}
	w.place()
	l := w.ledger()
	if !l.twice {
		t.Fatal("no twins")
	}
	for _, q := range []string{"side=支出", "side=政府采购", "fund=政府性基金预算", "fund=事业收入", "kind=项目支出 unit=415002", "kind=基本支出 nature=公用经费", "economic=30201", "function=2010302", "unitkind=行政,参公",
		"side=收入 fund=一般公共预算", "fund!=一般公共预算", "side=政府采购 procurement!=无", "function=201 unit!=415001"} {
		query, err := budget.ParseQuery(q)
		if err != nil {
			t.Fatal(err)
		}
		got, ok := l.query(query)
		if want := b.Sum(query); !ok || !got.value.Equal(want) || want.IsZero() {
			t.Errorf("%s is %s in 校核, %s in the program", q, got.value, want)
		}
	}
}
