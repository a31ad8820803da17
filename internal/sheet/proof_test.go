package sheet

import (
	"regexp"
	"strings"
	"testing"

	"yusuan/internal/budget"
	"yusuan/internal/money"
	"yusuan/internal/source"
)

// 校核 comes to what the program computes: the total, every figure of the pack that formulas can ask for, and every pair of
// amounts agrees where the data are in order.
func TestProofAgreesWithTheProgram(t *testing.T) {
	for name, in := range inputs(t) {
		if strings.HasSuffix(name, "501") || strings.HasPrefix(name, "new") {
			continue
		}
		facts, _ := budget.Read(in.Files, func(*budget.Department) *budget.Lists { return in.Pack.Lists() }, nil)
		b, diags := budget.New(facts, in.Catalogue)
		if diags.HasErrors() {
			t.Fatal(name, diags.Sorted())
		}
		w := &writer{c: Fill(in)}
		w.place()
		l := w.ledger()
		figures := 0
		for _, n := range in.Pack.FigureNames {
			f := in.Pack.Figures[n]
			if f.By != "" {
				continue
			}
			got, ok := l.query(f.Query)
			if want := b.Sum(f.Query); ok && !got.value.Equal(want) {
				t.Errorf("%s: %s (%s) is %s in 校核, %s in the program", name, f.Title, f.Query, got.value, want)
			}
			if ok {
				figures++
			}
		}
		if figures < 8 {
			t.Errorf("%s: only %d figures", name, figures)
		}
		rows := w.proofs(l)
		if want := b.Sum(budget.Query{}); !rows[0].left.value.Equal(want) {
			t.Errorf("%s: the total is %s, want %s", name, rows[0].left.value, want)
		}
		for _, x := range rows {
			if x.right.formula != "" && differs(x.verdict()) {
				t.Errorf("%s: %s: %s and %s: %s", name, x.what, x.left.value, x.right.value, x.verdict())
			}
		}
	}
}

// Numbers that are made of others are held against them, last year's as they are typed: what one part is wrong by is told of what it is
// part of, and nothing where a part is not typed.
func TestProofOfParts(t *testing.T) {
	in := folder(t, "../../data/2026/338")
	rows := func(change func(of *Cell)) map[string]string {
		c := Fill(in)
		for i := range c.Sheets {
			for j := range c.Sheets[i].Blocks {
				for k := range c.Sheets[i].Blocks[j].Rows {
					if r := &c.Sheets[i].Blocks[j].Rows[k]; r.Item != nil && r.Item.Table == priorTable && r.Item.Key == "vehicle_running" {
						change(&r.Cells[c.Sheets[i].Blocks[j].With(RoleContent)])
					}
				}
			}
		}
		w := &writer{c: c}
		w.place()
		out := map[string]string{}
		for _, x := range w.proofs(w.ledger()) {
			out[x.what] = x.verdict()
		}
		return out
	}
	content := func(c Cell) func(*Cell) {
		return func(of *Cell) { *of = c }
	}
	const this, last, of = "“三公”经费＝因公出国（境）费＋公务接待费＋公务用车购置及运行费", "上年的公务用车购置及运行费＝公务用车购置费＋公务用车运行维护费", "上年的“三公”经费＝因公出国（境）费＋公务接待费＋公务用车购置及运行费"
	for _, c := range []struct {
		change func(*Cell)
		want   string
	}{{func(*Cell) {}, agreed}, {content(numberCell("1000")), less + " -174,000.00"}, {content(Cell{}), ""}} {
		got := rows(c.change)
		for _, what := range []string{this, last, of} {
			want := agreed
			if what == last {
				want = c.want
			}
			if verdict, ok := got[what]; !ok || verdict != want {
				t.Errorf("%s: %q, there %t, want %q", what, verdict, ok, want)
			}
		}
	}
	if got := rows(func(*Cell) {}); got["项目的本年预算：新政务服务大厅信息化建设费（第二阶段）"] != agreed {
		t.Error("no project is held against its whole budget")
	}
}

// What does not agree is told: an amount that is changed in the data breaks what it is part of.
func TestProofTellsWhatDiffers(t *testing.T) {
	for _, c := range []struct {
		left, right    int64 // 分
		atMost, stated bool
		want           string
	}{
		{100, 100, false, false, agreed},
		{100, 99, false, false, "差 0.01"},
		{99, 100, false, false, "差 -0.01"},
		{123456789, 100, false, false, "差 1,234,566.89"},
		{99, 100, true, false, agreed},
		{101, 100, true, false, "多 0.01"},
		{2906921218, 2906920000, false, true, agreedInWan},
		{2906921218, 2906930000, false, true, "差 -87.82"},
		{5, 0, false, true, ""},
	} {
		x := proofRow{left: sum{"L", money.FromFen(c.left)}, right: sum{"R", money.FromFen(c.right)}, atMost: c.atMost, stated: c.stated}
		if got := x.verdict(); got != c.want {
			t.Errorf("%d and %d: %s, want %s", c.left, c.right, got, c.want)
		}
	}
}

// Programs refuse a workbook with a formula of more than 8,192 characters, or with a text of more than 255 in one.
func TestFormulasAreShort(t *testing.T) {
	text := regexp.MustCompile(`"(?:[^"]|"")*"`)
	all := inputs(t)
	all["many"] = many(t, 40)
	long := many(t, 20)
	name := strings.Repeat("很长的名称", 60)
	f, diags := source.Parse("415/long.toml", []byte("[[project]]\nname = \""+name+"\"\nunit = \"415001\"\nfunction = \"2010302\"\namount = 5\n[[project.line]]\namount = 5\nfunction = \"2010302\"\n"+
		"[[procurement]]\nproject = \""+name+"\"\nclass = \"服务\"\namount = 3\n[[revenue]]\nsource = \""+name+"\"\namount = 1\n"))
	if diags.HasErrors() {
		t.Fatal(diags.Sorted())
	}
	long.Files = append(long.Files, f)
	all["long"] = long
	for name, in := range all {
		w := &writer{c: Fill(in)}
		w.place()
		l := w.ledger()
		var formulas []string
		for _, g := range l.segments {
			for _, d := range g.values {
				formulas = append(formulas, d.formula)
			}
		}
		for _, x := range w.proofs(l) {
			formulas = append(formulas, x.left.formula, x.right.formula)
		}
		for _, f := range formulas {
			if len([]rune(f)) > 8192 {
				t.Errorf("%s: a formula of %d characters: %.200s", name, len([]rune(f)), f)
			}
			for _, s := range text.FindAllString(f, -1) {
				if len([]rune(s)) > 255 {
					t.Errorf("%s: a text of %d characters in %.200s", name, len([]rune(s)), f)
				}
			}
		}
	}
}
