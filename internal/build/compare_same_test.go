package build_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"yusuan/internal/build"
	"yusuan/internal/compare"
	"yusuan/internal/testdept"
)

// TestSameMeaning: what is spelled otherwise, or stands in another file, is no change.
func TestSameMeaning(t *testing.T) {
	s := shared(t)
	replace := func(pattern, with string) func(map[string][]byte) {
		return func(files map[string][]byte) {
			for name, raw := range files {
				files[name] = regexp.MustCompile(pattern).ReplaceAll(raw, []byte(with))
			}
		}
	}
	for what, spell := range map[string]func(map[string][]byte){
		"comments":       replace(`(?m)^(amount = .*)$`, "$1 # 核对过"),
		"blank lines":    replace(`(?m)^\[\[`, "\n\n[["),
		"decimals":       replace(`(?m)\.(\d)0$`, ".$1"),
		"literal texts":  replace(`(?m)^(name|purpose|kind) = "([^"'\n]*)"$`, "$1 = '$2'"),
		"windows' lines": replace(`\n`, "\r\n"),
		"split in two": func(files map[string][]byte) {
			list := entriesOf(string(files["projects.toml"]))
			half := len(list) / 2
			files["projects.toml"], files["projects2.toml"] = []byte(strings.Join(list[:half], "")), []byte(strings.Join(list[half:], ""))
		},
		"renamed file": func(files map[string][]byte) {
			files["assets2.toml"] = files["text.toml"]
			delete(files, "text.toml")
		},
		"万元": func(files map[string][]byte) {
			raw := regexp.MustCompile(`(?m)^(amount|total_budget) = (\d+)\.(\d+)$`).ReplaceAllFunc(files["projects.toml"], func(line []byte) []byte {
				key, number, _ := bytes.Cut(line, []byte(" = "))
				whole, fen, _ := bytes.Cut(number, []byte("."))
				digits := fmt.Sprintf("%05s", whole)
				return []byte(string(key) + " = " + strings.TrimLeft(digits[:len(digits)-4], "0") + "0"[:btoi(len(strings.TrimLeft(digits[:len(digits)-4], "0")) == 0)] + "." + digits[len(digits)-4:] + string(fen))
			})
			files["projects.toml"] = append([]byte("amount_unit = \"万元\"\n"), raw...)
		},
	} {
		t.Run(what, func(t *testing.T) {
			for seed := range uint64(6) {
				files := testdept.Files(seed)
				old := departmentOf(t, s, testdept.Code(seed), testdept.Template, files)
				was := maps.Clone(files)
				spell(files)
				if maps.EqualFunc(was, files, bytes.Equal) {
					t.Fatal("nothing is spelled otherwise")
				}
				r := compare.Compare(old.Side("旧"), departmentOf(t, s, testdept.Code(seed), testdept.Template, files).Side("新"))
				for _, c := range r.Causes {
					t.Errorf("seed %d: %s: %s → %s", seed, c.Title, c.Old, c.New)
				}
				if !r.Same() {
					t.Errorf("seed %d: %d cells, %d sentences, %d rows, %d parts", seed, len(r.Cells), len(r.Sentences), len(r.Rows), len(r.Parts))
				}
			}
		})
	}
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

const causeBase = `[department]
year = 2026
code = "900"
name = "清河县统计局"
template = "wuhan"
date = 2026-02-01
duties = ["统计。", "普查。"]
[[unit]]
code = "900001"
name = "清河县统计局"
kind = "行政"
headquarters = true
[[basic]]
function = "2010505"
economic = "30101"
amount = 1000000
[[basic]]
function = "2010505"
economic = "30201"
amount = 20000
[[project]]
name = "普查经费"
function = "2010507"
purpose = "用于普查。"
amount = 500000
[[project]]
name = "调查经费"
function = "2010507"
purpose = "用于调查。"
[[project.line]]
amount = 100000
[[project.line]]
fund = "其他收入"
amount = 30000
[[project]]
name = "培训经费"
function = "2010507"
purpose = "用于培训。"
amount = 40000
[prior]
year = 2025
[prior.figures]
total = 900000
[text]
reason_total = "工作增加"
[[form]]
kind = "项目绩效-通用"
project = "调查经费"
[form.fields]
type = "部门项目"
reason = "履行职能需要"
`

// TestCauses: each thing that is stated otherwise is one cause, called as people call it.
func TestCauses(t *testing.T) {
	s := shared(t)
	of := func(text string) *build.Work {
		w, err := s.Check(build.Input{Data: fstest.MapFS{"2026/900/a.toml": {Data: []byte(text)}}, Dir: "2026/900"})
		if err != nil || w.Tree == nil {
			t.Fatal(err, w.Diags.Sorted())
		}
		return w
	}
	old := of(causeBase)
	for _, c := range []struct {
		name, old, new string
		want           []string
	}{
		{"an amount", "amount = 20000", "amount = 30000", []string{"altered 基本支出 · 900001 · 2010505 专项统计业务 · 30201 办公费 · 金额: 20,000.00元 → 30,000.00元, 10000"}},
		{"a code alone", `economic = "30201"`, `economic = "30202"`, []string{"altered 基本支出 · 900001 · 2010505 专项统计业务 · 30202 印刷费 · 经济科目: 30201 → 30202, 0"}},
		{"a name", `name = "普查经费"`, `name = "人口普查经费"`, []string{"altered 项目 · 人口普查经费 · 900001 · 2010507 专项普查活动 · 项目名称: 普查经费 → 人口普查经费, 0"}},
		{"a name that others refer to", "\"调查经费\"", "\"专项调查经费\"", []string{"altered 项目 · 专项调查经费 · 900001 · 2010507 专项普查活动 · 项目名称: 调查经费 → 专项调查经费, 0"}},
		{"a text", "用于普查。", "用于人口普查。", []string{"altered 项目 · 普查经费 · 900001 · 2010507 专项普查活动 · 主要用途: 用于普查。 → 用于人口普查。, 0"}},
		{"one of several", `"统计。", "普查。"`, `"统计。", "调查。"`, []string{"altered 部门 · 主要职责: 统计。\n普查。 → 统计。\n调查。, 0"}},
		{"a project less", "[[project]]\nname = \"普查经费\"\nfunction = \"2010507\"\npurpose = \"用于普查。\"\namount = 500000\n", "",
			[]string{"removed 项目 · 普查经费 · 900001 · 2010507 专项普查活动: 500,000.00元 → , -500000"}},
		{"a line less", "[[project.line]]\nfund = \"其他收入\"\namount = 30000\n", "", []string{"removed 项目 · 调查经费 · 900001 · 2010507 专项普查活动 · 资金明细: 30,000.00元 → , -30000"}},
		{"function and amount of a project", "function = \"2010507\"\npurpose = \"用于普查。\"\namount = 500000", "function = \"2010505\"\npurpose = \"用于普查。\"\namount = 600000",
			[]string{"altered 项目 · 普查经费 · 900001 · 2010505 专项统计业务 · 功能科目: 2010507 → 2010505, 0",
				"altered 项目 · 普查经费 · 900001 · 2010505 专项统计业务 · 本年预算: 500,000.00元 → 600,000.00元, 100000"}},
		{"last year", "total = 900000", "total = 800000", []string{"altered 上年数 · 支出总预算: 900,000.00元 → 800,000.00元, -100000"}},
		{"a reason", "工作增加", "工作任务增加", []string{"altered 文字说明 · 收支总预算变动的主要原因: 工作增加 → 工作任务增加, 0"}},
		{"the only unit by name", "[[basic]]\nfunction = \"2010505\"\neconomic = \"30201\"", "[[basic]]\nunit = \"清河县统计局\"\nfund = \"一般公共预算\"\nfunction = \"2010505\"\neconomic = \"30201\"", nil},
	} {
		if n := strings.Count(causeBase, c.old); n != 1 && !strings.Contains(c.name, "others") {
			t.Fatalf("%s: %q is there %d times", c.name, c.old, n)
		}
		r := compare.Compare(old.Side("旧"), of(strings.ReplaceAll(causeBase, c.old, c.new)).Side("新"))
		var got []string
		for _, x := range r.Causes {
			got = append(got, fmt.Sprintf("%s %s: %s → %s, %s", x.Change, x.Title, x.Old, x.New, x.Difference))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// TestReordered: entries in another order are causes where something is printed in another order, the fewest that moved, and
// nothing where nothing is.
func TestReordered(t *testing.T) {
	s := shared(t)
	of := func(text string) *compare.Side {
		w, err := s.Check(build.Input{Data: fstest.MapFS{"2026/900/a.toml": {Data: []byte(text)}}, Dir: "2026/900"})
		if err != nil || w.Tree == nil {
			t.Fatal(err, w.Diags.Sorted())
		}
		return w.Side("")
	}
	list := entriesOf(causeBase)
	move := func(from, to int) string {
		x := slices.Clone(list)
		e := x[from]
		x = slices.Delete(x, from, from+1)
		return strings.Join(slices.Insert(x, to, e), "")
	}
	at := func(words string) int {
		return slices.IndexFunc(list, func(s string) bool { return strings.Contains(s, words) })
	}
	old := of(causeBase)
	r := compare.Compare(old, of(move(at(`"30201"`), at(`"30101"`))))
	if len(r.Causes) > 0 || !r.Same() {
		t.Errorf("lines of codes: %+v", r.Causes)
	}
	r = compare.Compare(old, of(move(at(`"培训经费"`), at(`"普查经费"`))))
	if len(r.Causes) != 1 || r.Causes[0].Change != compare.Moved || !strings.Contains(r.Causes[0].Title, "培训经费") || len(r.Rows) == 0 {
		t.Errorf("projects: %+v, %d rows", r.Causes, len(r.Rows))
	}
	for _, x := range r.Rows {
		if x.Change != compare.Moved || !slices.Equal(x.Causes, []int{1}) {
			t.Errorf("%+v", x)
		}
	}
}

// TestThrough: what another template says otherwise is told apart from what the facts do.
func TestThrough(t *testing.T) {
	s := shared(t)
	facts := strings.Replace(causeBase, "amount = 20000", "amount = 30000", 1)
	of := func(text, template string) *build.Work {
		w, err := s.Check(build.Input{Data: fstest.MapFS{"2026/900/a.toml": {Data: []byte(text)}}, Dir: "2026/900", Template: template})
		if err != nil || w.Tree == nil {
			t.Fatal(err, w.Diags.Sorted())
		}
		return w
	}
	old, middle, new := of(causeBase, "shanghai-department"), of(causeBase, "wuhan"), of(facts, "wuhan")
	r := compare.Through(old.Side(""), middle.Side(""), new.Side(""))
	plain := compare.Compare(middle.Side(""), new.Side(""))
	count := map[compare.Class]int{}
	for _, x := range r.Cells {
		count[x.Class]++
		if (x.Class == compare.ByTemplate) != (len(x.Causes) == 0) {
			t.Errorf("%s is of the %s and has causes %v", x.Name, x.Class, x.Causes)
		}
	}
	if len(r.Causes) != 1 || count[compare.ByTemplate] == 0 || count[compare.ByFacts] == 0 || count[compare.ByFacts] > len(plain.Cells) {
		t.Errorf("%d causes, %v, of the facts alone %d", len(r.Causes), count, len(plain.Cells))
	}
	same := compare.Through(middle.Side(""), middle.Side(""), new.Side(""))
	if len(same.Cells) != len(plain.Cells) || len(same.Sentences) != len(plain.Sentences) {
		t.Errorf("through itself: %d and %d, straight %d and %d", len(same.Cells), len(same.Sentences), len(plain.Cells), len(plain.Sentences))
	}
	for _, x := range same.Cells {
		if x.Class != compare.ByFacts {
			t.Errorf("%s: %s", x.Name, x.Class)
		}
	}
	only := compare.Through(old.Side(""), middle.Side(""), middle.Side(""))
	if len(only.Causes) > 0 || len(only.Cells) == 0 {
		t.Errorf("%d causes, %d cells", len(only.Causes), len(only.Cells))
	}
	for _, x := range only.Sentences {
		if x.Class != compare.ByTemplate {
			t.Errorf("%v: %s", x.Pieces, x.Class)
		}
	}
}

// TestWordsOfTemplate: words that a template says otherwise are of the template and numbers of the facts, in one paragraph too.
func TestWordsOfTemplate(t *testing.T) {
	before, after := shared(t), shared(t)
	after.Packs = overlaid(t, "wuhan/prose/explanation.tmpl", "实行综合预算", "按规定实行综合预算")
	of := func(s *build.Shared, text string) *compare.Side {
		w, err := s.Check(build.Input{Data: fstest.MapFS{"2026/900/a.toml": {Data: []byte(text)}}, Dir: "2026/900"})
		if err != nil || w.Tree == nil {
			t.Fatal(err, w.Diags.Sorted())
		}
		return w.Side("")
	}
	facts := strings.Replace(causeBase, "amount = 20000", "amount = 30000", 1)
	r := compare.Through(of(before, causeBase), of(after, causeBase), of(after, facts))
	plain := compare.Compare(of(after, causeBase), of(after, facts))
	if len(r.Cells) != len(plain.Cells) || len(r.Sentences) != len(plain.Sentences)+1 {
		t.Errorf("%d cells and %d sentences, of the facts %d and %d", len(r.Cells), len(r.Sentences), len(plain.Cells), len(plain.Sentences))
	}
	for _, x := range r.Cells {
		if x.Class != compare.ByFacts || len(x.Causes) == 0 {
			t.Errorf("%s: %s %v", x.Name, x.Class, x.Causes)
		}
	}
	for _, x := range r.Sentences {
		own := strings.Contains(joinPieces(x.Pieces, compare.New), "按规定")
		if own != (x.Class == compare.ByTemplate) || own != (len(x.Causes) == 0) {
			t.Errorf("%v: %s %v", x.Pieces, x.Class, x.Causes)
		}
	}
	straight := compare.Compare(of(before, causeBase), of(after, causeBase))
	if len(straight.Sentences) != 1 || straight.Sentences[0].Class != compare.ByTemplate {
		t.Errorf("%+v", straight.Sentences)
	}
}

// TestManyProjects: a thousand projects of which all have changed take no longer than is in proportion.
func TestManyProjects(t *testing.T) {
	s := shared(t)
	took := func(kind string, n int) time.Duration {
		files := testdept.Large(kind, n)
		old := departmentOf(t, s, "000001", testdept.Template, files)
		for name, raw := range files {
			files[name] = regexp.MustCompile(`(?m)^amount = (\d+)\.`).ReplaceAll(raw, []byte("amount = 1$1."))
		}
		new := departmentOf(t, s, "000001", testdept.Template, files)
		a, b := old.Side(""), new.Side("")
		start := time.Now()
		r := compare.Compare(a, b)
		took := time.Since(start)
		if len(r.Causes) < n || len(r.Cells) == 0 {
			t.Errorf("%s: %d causes, %d cells", kind, len(r.Causes), len(r.Cells))
		}
		return took
	}
	for _, kind := range []string{testdept.Projects, testdept.ProjectLines, testdept.Forms} {
		x := took(kind, 1000)
		if x > 15*time.Second {
			t.Errorf("%s took %s", kind, x)
		}
	}
}

// TestResidue: where printed parts are made to add up, a number whose exact amount stayed and that is printed otherwise is of the
// residue, with the causes of the change, and no other is.
func TestResidue(t *testing.T) {
	s := shared(t)
	s.Packs = overlaid(t, "wuhan/pack.toml", "[format.table]", "[format]\nrounding = \"largest-remainder\"\n[format.table]")
	found, sentences := 0, 0
	for seed := range uint64(30) {
		files := testdept.Files(seed)
		old := departmentOf(t, s, testdept.Code(seed), testdept.Template, files)
		m := anAmount.FindSubmatchIndex(files["basic.toml"])
		if m == nil {
			continue
		}
		raw := string(files["basic.toml"])
		files["basic.toml"] = []byte(raw[:m[4]] + "1" + raw[m[4]:m[6]-1] + ".37" + raw[m[7]:])
		r := compare.Compare(old.Side(""), departmentOf(t, s, testdept.Code(seed), testdept.Template, files).Side(""))
		for _, x := range r.Cells {
			stayed := x.Money && x.HasOld && x.HasNew && x.OldExact.Equal(x.NewExact)
			if stayed != (x.Class == compare.ByResidue) && x.Money {
				t.Errorf("seed %d: %s: %s → %s is of the %s", seed, x.Name, x.OldExact, x.NewExact, x.Class)
			}
			if len(x.Causes) == 0 {
				t.Errorf("seed %d: %s has no cause", seed, x.Name)
			}
			if stayed {
				found++
			}
		}
		for _, x := range r.Sentences {
			if x.Class == compare.ByResidue {
				sentences++
				t.Log(x.Pieces)
			}
		}
	}
	if found == 0 {
		t.Error("no number is printed otherwise for the residue alone")
	}
}

// TestLastYear: what last year's folder states otherwise is told as of last year, and reaches the comparisons.
func TestLastYear(t *testing.T) {
	old := sampleWork(t)
	all := fstest.MapFS{}
	for _, m := range []fs.FS{edited(t, sample), edited(t, "data/2025/338", [3]string{"basic.toml", "17.50 }", "18.50 }"})} {
		maps.Copy(all, m.(fstest.MapFS))
	}
	new, err := shared(t).Check(build.Input{Data: all, Dir: sample, PriorDir: "data/2025/338"})
	if err != nil || new.Tree == nil {
		t.Fatal(err, new.Diags.Sorted())
	}
	r := compare.Compare(old.Side(""), new.Side(""))
	if len(r.Causes) != 1 || !r.Causes[0].Last || !strings.HasPrefix(r.Causes[0].Title, "基本支出 · ") || r.Causes[0].Effects.Sentences == 0 {
		t.Errorf("%+v", r.Causes)
	}
	heldAgainst(t, old, new)
}

// TestNothingMade: where one of the documents could not be made, what is stated otherwise is told all the same.
func TestNothingMade(t *testing.T) {
	s := shared(t)
	of := func(text string) *compare.Side {
		w, err := s.Check(build.Input{Data: fstest.MapFS{"2026/900/a.toml": {Data: []byte(text)}}, Dir: "2026/900"})
		if err != nil {
			t.Fatal(err)
		}
		return w.Side("")
	}
	good := of(causeBase)
	for name, text := range map[string]string{
		"no template": strings.Replace(causeBase, `template = "wuhan"`, `template = "nowhere"`, 1),
		"no year":     strings.Replace(causeBase, "year = 2026", "", 1),
		"nothing":     "",
		"no TOML":     "[department\nyear = ",
	} {
		bad := of(text)
		if bad.Problems == 0 {
			t.Errorf("%s: no problems", name)
		}
		for _, r := range []*compare.Result{compare.Compare(good, bad), compare.Compare(bad, good), compare.Through(good, bad, bad), compare.Through(bad, good, good)} {
			if !r.Same() && bad.Tree == nil {
				t.Errorf("%s: %d cells", name, len(r.Cells))
			}
			if name == "no template" && (len(r.Causes) != 1 || r.Causes[0].Field != "template") {
				t.Errorf("%s: %+v", name, r.Causes)
			}
		}
	}
}

// TestTwins: of two projects with one name, each with its form, the one that went is told as gone and the other is left alone.
func TestTwins(t *testing.T) {
	unit := func(code, name string) string {
		return "[[unit]]\ncode = \"" + code + "\"\nname = \"" + name + "\"\nkind = \"行政\"\n[[basic]]\nunit = \"" + code + "\"\nfunction = \"2010505\"\neconomic = \"30101\"\namount = 1000000\n"
	}
	project := func(unit, purpose string, amount int) string {
		return fmt.Sprintf("[[project]]\nname = \"普查经费\"\nunit = %q\nfunction = \"2010507\"\npurpose = %q\namount = %d\n", unit, purpose, amount) +
			fmt.Sprintf("[[form]]\nkind = \"项目绩效-通用\"\nproject = \"普查经费\"\nunit = %q\n[form.fields]\ntype = \"部门项目\"\nreason = %q\n", unit, purpose)
	}
	head := `[department]
year = 2026
code = "900"
name = "清河县统计局"
template = "wuhan"
date = 2026-02-01
` + unit("900001", "清河县统计局本级") + unit("900002", "清河县普查中心")
	first, second := project("900001", "用于人口普查。", 300000), project("900002", "用于经济普查。", 500000)
	s := shared(t)
	of := func(text string) *build.Work {
		w, err := s.Check(build.Input{Data: fstest.MapFS{"2026/900/a.toml": {Data: []byte(text)}}, Dir: "2026/900"})
		if err != nil || w.Tree == nil {
			t.Fatal(err, w.Diags.Sorted())
		}
		return w
	}
	both := of(head + first + second)
	for gone, left := range map[string]string{first: second, second: first} {
		one := of(head + left)
		r := compare.Compare(both.Side(""), one.Side(""))
		if len(r.Causes) != 2 || r.Causes[0].Change != compare.Removed || r.Causes[0].Table != "project" || r.Causes[1].Change != compare.Removed || r.Causes[1].Table != "form" {
			t.Errorf("%+v", r.Causes)
		}
		for _, x := range r.Parts {
			if x.Change != compare.Removed {
				t.Errorf("%s is %s", x.Title, x.Change)
			}
		}
		purpose := regexp.MustCompile(`purpose = "(.*)"`)
		for _, x := range r.Sentences {
			if joinPieces(x.Pieces, compare.Gone) == purpose.FindStringSubmatch(gone)[1] {
				t.Errorf("%s %s: one was made of the other: %v", x.Part, x.Place, x.Pieces)
			}
		}
		heldAgainst(t, both, one)
		heldAgainst(t, both, of(head+second+first))
	}
}
