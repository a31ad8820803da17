package build_test

import (
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"yusuan/internal/build"
	"yusuan/internal/diag"
	"yusuan/internal/doc"
)

// unusual are budgets that real departments have now and then, and that a sentence written for the usual one does not
// fit. 元, but for prior, last year's figures in 万元.
var unusual = map[string]struct {
	basic, project, carried string // amounts; "" for none
	fund                    string // of all lines
	prior                   string // every figure of last year; "" when last year is not known
	says                    string // in the sample's pack
}{
	"nothing":              {basic: "0", prior: "0", says: "收支总预算0.00万元，与2025年预算持平。"},
	"nothing any more":     {basic: "0", prior: "90", says: "收支总预算0.00万元，比2025年预算减少90.00万元，下降100%。"},
	"last year unknown":    {basic: "1000000", says: "收支总预算100.00万元。"},
	"new":                  {basic: "1000000", prior: "0", says: "收支总预算100.00万元，比2025年预算增加100.00万元。"},
	"less":                 {basic: "800000", prior: "100", says: "收支总预算80.00万元，比2025年预算减少20.00万元，下降20%。"},
	"unchanged as printed": {basic: "1000020", prior: "100", says: "收支总预算100.00万元，与2025年预算持平。"},
	"no rate as printed":   {basic: "10000000100", prior: "1000000", says: "增加0.01万元。"},
	"no projects":          {basic: "1000000", prior: "90", says: "其中：基本支出100.00万元，占100%。"},
	"projects alone":       {project: "1000000", prior: "90", says: "没有安排一般公共预算基本支出。"},
	"funds alone":          {project: "1000000", fund: "政府性基金预算", prior: "90", says: "其中：政府性基金预算财政拨款收入100.00万元，占100%。"},
	"own revenue alone":    {basic: "1000000", fund: "事业收入", prior: "90", says: "财政拨款收支总预算0.00万元，比2025年预算减少90.00万元，下降100%。"},
	"carried over alone":   {basic: "1000000", carried: "1000000", prior: "90", says: "收入包括：上年结转结余。"},
}

// brokenSentence is what a sentence leaves when what it was to list or tell is not there.
var brokenSentence = regexp.MustCompile(`：。|：、|：；|、、|；。|，。|，，|、。|占。|占；|占，|包括。|用于等|用于。|其中，。|(增加|减少)0(\.00)?万元|(上升|下降|增长)0%|<no value>|^[。；、，]`)

const samplePack = "wuhan"

// unusualDepartment is a department of one unit with that budget in a year that the pack serves.
func unusualDepartment(t *testing.T, id, name string) fs.FS {
	t.Helper()
	p, _, err := shared(t).Pack(id)
	if err != nil {
		t.Fatal(err)
	}
	x, year, fund := unusual[name], min(p.LastYear, 2026), ""
	if x.fund != "" {
		fund = fmt.Sprintf("fund = %q\n", x.fund)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "[department]\nyear = %d\ncode = \"900\"\nname = \"沐阳县统计局\"\ntemplate = %q\ndate = %d-02-01\nassets_as_of = %d-12-31\nduties = [\"做好普查。\"]\ntasks = [\"完成普查。\"]\n", year, id, year, year-1)
	b.WriteString("[[unit]]\ncode = \"900001\"\nname = \"沐阳县统计局本级\"\nkind = \"行政\"\nheadquarters = true\n")
	if x.basic != "" {
		fmt.Fprintf(&b, "[[basic]]\nfunction = \"2010101\"\neconomic = \"30101\"\namount = %s\n%s", x.basic, fund)
	}
	if x.project != "" {
		fmt.Fprintf(&b, "[[project]]\nname = \"普查\"\nfunction = \"2010102\"\npurpose = \"用于普查。\"\namount = %s\ngoals = false\n%s", x.project, fund)
	}
	if x.carried != "" {
		fmt.Fprintf(&b, "[[carryover]]\nin = %s\n", x.carried)
	}
	b.WriteString("[text]\n")
	for _, s := range p.Slots {
		if s.Required {
			fmt.Fprintf(&b, "%s = \"沐阳县\"\n", s.Key)
		}
		if s.By == "project" && x.project != "" {
			fmt.Fprintf(&b, "\"%s.普查\" = \"普查\"\n", s.Key)
		}
	}
	for _, kind := range slices.Sorted(maps.Keys(p.Forms)) {
		if p.Forms[kind].Scope != "部门" {
			continue
		}
		fmt.Fprintf(&b, "[[form]]\nkind = %q\n[form.fields]\n", kind)
		for _, x := range p.Forms[kind].Fields {
			fmt.Fprintf(&b, "%s = \"做好普查。\"\n", x.Key)
		}
	}
	files := fstest.MapFS{"d/department.toml": {Data: []byte(b.String())}}
	if x.prior != "" {
		b.Reset()
		fmt.Fprintf(&b, "amount_unit = \"万元\"\n[prior]\nyear = %d\n[prior.figures]\n", year-1)
		for _, n := range p.FigureNames {
			if f := p.Figures[n]; f.Prior && f.By == "" {
				fmt.Fprintf(&b, "%s = %s\n", n, x.prior)
			}
		}
		files["d/prior.toml"] = &fstest.MapFile{Data: []byte(b.String())}
	}
	return files
}

// paragraphsOf are the texts of a document's paragraphs.
func paragraphsOf(t *doc.Document) (out []string) {
	for _, s := range t.Sections {
		for _, b := range s.Blocks {
			p, ok := b.(*doc.Paragraph)
			if !ok {
				continue
			}
			var sb strings.Builder
			for _, x := range p.Spans {
				sb.WriteString(x.String)
			}
			out = append(out, sb.String())
		}
	}
	return out
}

// TestUnusualBudgetsReadWell has every pack tell of budgets that lack what most have.
func TestUnusualBudgetsReadWell(t *testing.T) {
	s := shared(t)
	for _, id := range s.PackNames() {
		for name := range unusual {
			w, err := s.Check(build.Input{Data: unusualDepartment(t, id, name), Dir: "d"})
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range w.Diags.Sorted() {
				if d.Level == diag.Error {
					t.Errorf("%s, %s: %s %s", id, name, d.Rule, d.Message)
				}
			}
			if w.Tree == nil {
				continue
			}
			texts := paragraphsOf(w.Tree)
			if says := unusual[name].says; id == samplePack && !strings.Contains(strings.Join(texts, "\n"), says) {
				t.Errorf("%s: no %s in %s", name, says, strings.Join(texts, "\n"))
			}
			for i := range w.Tree.Sections {
				if blocks := w.Tree.Sections[i].Blocks; len(blocks) > 0 {
					if h, ok := blocks[len(blocks)-1].(*doc.Heading); ok {
						t.Errorf("%s, %s: nothing below %s", id, name, h.Text.String)
					}
				}
			}
			for n, x := range tables(w.Tree) {
				if blank := strings.TrimSpace(strings.ReplaceAll(strings.Join(slices.Concat(cells(x)...), ""), "合计", "")) == ""; blank && len(x.Notes) == 0 {
					t.Errorf("%s, %s: table %s holds nothing and does not say so", id, name, n)
				}
			}
			for _, p := range texts {
				if m := brokenSentence.FindString(p); m != "" {
					t.Errorf("%s, %s: %s in %s", id, name, m, p)
				}
			}
		}
	}
}
