package pack

import (
	"slices"
	"strings"
	"testing"

	"yusuan/internal/budget"
)

const withKinds = small + `
[[unit_kind]]
name  = "行政单位"
short = "机关"
kinds = ["行政", "参公"]
[[unit_kind]]
name  = "别的单位"
kinds = ["公益一类", "公益二类", "公益三类", "生产经营类", "经费自理", "其他事业", "企业", "社会团体", "其他"]
`

// TestKindsOfUnits: what a pack calls units is theirs, and no kind is without a name: units of it would not be counted.
func TestKindsOfUnits(t *testing.T) {
	p, ds := load(t, withKinds, nil)
	if len(ds) > 0 || len(p.Kinds) != 2 || p.Kinds[0].Short != "机关" || p.Kinds[1].Short != "别的单位" {
		t.Fatalf("%v %+v", ds, p.Kinds)
	}
	for _, c := range []struct{ old, new, rule, says string }{
		{`, "其他"]`, `]`, "模板-006", "“其他”没有称呼"},
		{`"行政", "参公"`, `"行政", "参公单位"`, "模板-005", "“参公单位”"},
		{`["公益一类", `, `["参公", "公益一类", `, "模板-007", "“参公”已经称为“行政单位”"},
		{`"别的单位"`, `"行政单位"`, "模板-007", "“行政单位”重复定义"},
	} {
		_, ds := load(t, strings.Replace(withKinds, c.old, c.new, 1), nil)
		found := false
		for _, d := range ds {
			found = found || d.Rule == c.rule && strings.Contains(d.Message, c.says)
		}
		if !found {
			t.Errorf("%s: %v", c.new, ds)
		}
	}
}

// TestKindsAreInherited: a pack that inherits calls one kind otherwise and keeps the rest.
func TestKindsAreInherited(t *testing.T) {
	m := &manifest{Kinds: []kindSpec{{}, {}}}
	m.Kinds[0].Name.V, m.Kinds[1].Name.V = "机关", "事业单位"
	x := &manifest{Kinds: []kindSpec{{}}}
	x.Kinds[0].Name.V, x.Kinds[0].Short.V = "机关", "行政机关"
	m.override(x)
	if len(m.Kinds) != 2 || m.Kinds[0].Short.V != "行政机关" || m.Kinds[1].Name.V != "事业单位" {
		t.Errorf("%+v", m.Kinds)
	}
}

// TestKindsUseTheData: who counts units asks what they are.
func TestKindsUseTheData(t *testing.T) {
	p, ds := load(t, withKinds+"[[part]]\npage = \"正文\"\nblock = [ { prose = \"a\" } ]\n", map[string]string{"prose/a.tmpl": `{{range kinds "行政"}}{{.Name}}{{.Count}}家{{end}}`})
	if len(ds) > 0 || !p.Prints("unit.kind") {
		t.Errorf("%v", ds)
	}
	if all := budget.Values("unitkind"); !slices.Contains(all, "参公") {
		t.Error(all)
	}
	_, ds = load(t, withKinds, map[string]string{"prose/a.tmpl": `{{range kinds "行整"}}{{.Name}}{{end}}`})
	if len(ds) != 1 || ds[0].Rule != "模板-005" {
		t.Errorf("a kind that is none: %v", ds)
	}
}
