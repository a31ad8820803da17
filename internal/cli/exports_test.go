package cli

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"yusuan/internal/budget"
	"yusuan/internal/imports"
	"yusuan/internal/money"
)

// The exports of an imaginary department in three layouts that were drawn without knowing the program, and what is true of it.
const exportsDir = "../../testdata/exports"

// truth reads a table of what is true.
func truth(t *testing.T, name string) []map[string]string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(exportsDir, "truth", name))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(raw, []byte("\ufeff")))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, r := range rows[1:] {
		m := map[string]string{}
		for i, h := range rows[0] {
			m[h] = r[i]
		}
		out = append(out, m)
	}
	return out
}

// tally is sums by what they are of.
type tally map[string]money.Amount

func (y tally) add(a money.Amount, of ...string) {
	if a.IsZero() {
		return
	}
	k := strings.Join(of, "|")
	y[k] = y[k].Add(a)
}

func yuan(t *testing.T, s string) money.Amount {
	t.Helper()
	if s == "" {
		return money.Amount{}
	}
	a, err := money.Parse(s, money.Yuan)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// fund is a fund as the program calls it.
func fund(s string) string {
	s = strings.TrimSuffix(s, "资金")
	if s == "财政专户管理" {
		return "财政专户管理资金"
	}
	if s == "" {
		return budget.FundGeneral
	}
	return s
}

// equal holds what was imported against the truth, amount by amount.
func (y tally) equal(t *testing.T, what string, want tally) {
	t.Helper()
	bad := 0
	for _, k := range sortedKeys(want, y) {
		if !y[k].Equal(want[k]) {
			if bad++; bad <= 12 {
				t.Errorf("%s %s: %s, want %s", what, k, y[k], want[k])
			}
		}
	}
	if bad > 12 {
		t.Errorf("%s: %d more", what, bad-12)
	}
}

func sortedKeys(a, b tally) []string {
	var out []string
	for k := range a {
		out = append(out, k)
	}
	for k := range b {
		if _, ok := a[k]; !ok {
			out = append(out, k)
		}
	}
	slices.Sort(out)
	return out
}

// bring imports files into a new folder, answering what the mapping file asks for. It returns how many answers were needed.
func bring(t *testing.T, dir string, answers map[string]string, files ...string) (answered int) {
	t.Helper()
	m := filepath.Join(t.TempDir(), "对照.toml")
	args := append([]string{"import", "--into", dir, "--template", "wuhan", "--map", m}, files...)
	code, stdout, stderr := run(args...)
	if code != exitGood && answers != nil {
		raw, err := os.ReadFile(m)
		if err != nil {
			t.Fatal(err, stdout, stderr)
		}
		lines := strings.Split(string(raw), "\n")
		for _, n := range imports.Blanks(raw) {
			for what, answer := range answers {
				if strings.Contains(lines[n-1], what) || strings.Contains(lines[n-2], what) {
					lines[n-1] = strings.Replace(lines[n-1], `""`, `"`+answer+`"`, 1)
					answered++
				}
			}
		}
		text := strings.Join(lines, "\n")
		for what, answer := range answers {
			if strings.Contains(what, "role = ") && strings.Contains(text, what) {
				text = strings.Replace(text, what, answer, 1)
				answered++
			}
		}
		if err := os.WriteFile(m, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		code, stdout, stderr = run(args...)
	}
	if code != exitGood {
		raw, _ := os.ReadFile(m)
		t.Fatalf("exit %d\n%s\n%s\n%s", code, stdout, stderr, raw)
	}
	return answered
}

// facts are those of a data folder.
func facts(t *testing.T, dir string) *budget.Facts {
	t.Helper()
	a := &app{out: &bytes.Buffer{}, err: &bytes.Buffer{}}
	w, err := a.check(dir)
	if err != nil {
		t.Fatal(err)
	}
	if w.Budget == nil {
		t.Fatal(w.Diags.Sorted())
	}
	return w.Budget.Facts
}

// exportSets are the three sets of exports.
var exportSets = []struct {
	name    string
	margins bool // basic expenditure is not crossed
	told    bool // no sheet says of what use the car is that is to be bought
	answers map[string]string
}{
	{"a", false, false, nil},
	{"b", true, true, nil},
	{"c", false, false, map[string]string{`name = "局本级"`: "418001", `name = "服务中心"`: "418002", `name = "培训学校"`: "418003", `sheet = "学校项目"`: "418003", `head = "财政拨款"`: "一般公共预算",
		`{ head = "申报数", role = "金额"`: `{ head = "申报数", role = "不用"`}},
}

func exportFiles(t *testing.T, set string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(exportsDir, set, "*"))
	if err != nil || len(files) == 0 {
		t.Fatal(err)
	}
	return files
}

// TestExportsAreTrue imports each set and holds every amount against the truth.
func TestExportsAreTrue(t *testing.T) {
	for _, set := range exportSets {
		t.Run(set.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "2026", "418")
			n := bring(t, dir, set.answers, exportFiles(t, set.name)...)
			t.Logf("%d answers in the mapping file", n)
			f := facts(t, dir)
			if set.margins {
				marginsAreTrue(t, f)
			} else {
				basicIsTrue(t, f)
			}
			projectsAreTrue(t, f)
			purchasesAreTrue(t, f)
			indicatorsAreTrue(t, f)
			if !set.told {
				carsAreTrue(t, f)
			}
		})
	}
}

func basicIsTrue(t *testing.T, f *budget.Facts) {
	got, want := tally{}, tally{}
	for _, x := range f.Basic {
		got.add(x.Amount.Amount, x.Unit.V, fund(x.Fund.V), x.Function.V, x.Economic.V)
	}
	for _, r := range truth(t, "basic.csv") {
		want.add(yuan(t, r["amount_yuan"]), r["unit_code"], fund(r["fund"]), r["function"], r["economic"])
	}
	got.equal(t, "基本支出", want)
}

func marginsAreTrue(t *testing.T, f *budget.Facts) {
	got, want := tally{}, tally{}
	for _, x := range f.ByFunction {
		got.add(x.Personnel.Amount, x.Unit.V, fund(x.Fund.V), x.Function.V, "人员")
		got.add(x.Public.Amount, x.Unit.V, fund(x.Fund.V), x.Function.V, "公用")
	}
	for _, r := range truth(t, "basic_by_function.csv") {
		want.add(yuan(t, r["personnel_yuan"]), r["unit_code"], fund(r["fund"]), r["function"], "人员")
		want.add(yuan(t, r["public_yuan"]), r["unit_code"], fund(r["fund"]), r["function"], "公用")
	}
	for _, x := range f.ByEconomic {
		got.add(x.Amount.Amount.Add(x.Personnel.Amount).Add(x.Public.Amount), x.Unit.V, fund(x.Fund.V), x.Economic.V)
	}
	for _, r := range truth(t, "basic_by_economic.csv") {
		want.add(yuan(t, r["amount_yuan"]), r["unit_code"], fund(r["fund"]), r["economic"])
	}
	got.equal(t, "基本支出", want)
}

func projectsAreTrue(t *testing.T, f *budget.Facts) {
	got, want := tally{}, tally{}
	for _, p := range f.Projects {
		if len(p.Lines) == 0 {
			got.add(p.Amount.Amount, p.Unit.V, p.Name.V, fund(p.Fund.V), p.Function.V, p.Economic.V)
		}
		for _, l := range p.Lines {
			got.add(l.Amount.Amount, p.Unit.V, p.Name.V, fund(l.Fund.V), l.Function.V, l.Economic.V)
		}
	}
	for _, r := range truth(t, "projects.csv") {
		want.add(yuan(t, r["amount_yuan"]), r["unit_code"], r["name"], fund(r["fund"]), r["function"], r["economic"])
	}
	got.equal(t, "项目", want)
}

func purchasesAreTrue(t *testing.T, f *budget.Facts) {
	got, want := tally{}, tally{}
	projects := map[string]bool{}
	for _, r := range truth(t, "projects.csv") {
		projects[r["name"]] = true
	}
	for _, x := range f.Purchases {
		if !projects[x.Project.V] && x.Project.V != "" { // however the office calls what is no project
			x.Project.V = "公用经费"
		}
		got.add(x.Amount.Amount, x.Unit.V, x.Project.V, x.Class.V, x.Item.V, x.Organization.V)
	}
	for _, r := range truth(t, "procurement.csv") {
		project := r["project"]
		if project == "" {
			project = "公用经费"
		}
		want.add(yuan(t, r["amount_yuan"]), r["unit_code"], project, r["kind"], r["item"], r["organization"])
	}
	got.equal(t, "采购", want)
}

// once counts one of each.
func (y tally) once(of ...string) { y.add(money.FromFen(100), of...) }

func indicatorsAreTrue(t *testing.T, f *budget.Facts) {
	got, want := tally{}, tally{}
	goals, wanted := tally{}, tally{}
	for _, x := range f.Forms {
		for _, i := range x.Indicators {
			got.once(x.Project.V, i.Horizon.V, i.First.V, i.Second.V, i.Third.V, strings.TrimLeft(i.Value.V, "＝="))
		}
		for _, g := range x.Goals {
			goals.once(x.Project.V, g.Horizon.V, g.Text.V)
		}
	}
	horizon := func(s string) string { return strings.Replace(s, "中期", "长期", 1) }
	project := func(s string) string { return strings.Replace(s, "整体", "", 1) }
	for _, r := range truth(t, "indicators.csv") {
		value := strings.NewReplacer("＞", ">", "＜", "<").Replace(strings.TrimLeft(r["value"], "＝="))
		want.once(project(r["project"]), horizon(r["horizon"]), r["first"], r["second"], r["third"], value)
	}
	for _, r := range truth(t, "goals.csv") {
		wanted.once(project(r["project"]), horizon(r["horizon"]), r["goal"])
	}
	got.equal(t, "指标", want)
	goals.equal(t, "目标", wanted)
}

func carsAreTrue(t *testing.T, f *budget.Facts) {
	got, want := tally{}, tally{}
	for _, x := range f.Vehicles {
		got.add(money.FromFen(int64(100*x.Count.V)), x.Unit.V, x.Use.V, "存量")
		got.add(money.FromFen(int64(100*x.Bought.V)), x.Unit.V, x.Use.V, "购置")
	}
	for _, r := range truth(t, "vehicles.csv") {
		want.add(yuan(t, r["existing"]), r["unit_code"], r["kind"], "存量")
		want.add(yuan(t, r["purchase"]), r["unit_code"], r["kind"], "购置")
	}
	got.equal(t, "车辆", want)
}
