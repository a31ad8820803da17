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
	"yusuan/internal/testdept"
)

// A project is its unit and its name. So departments whose units have projects of the same names must make the documents
// that they make with names of their own, but for the names.

var (
	projectHead = regexp.MustCompile(`(?m)^name = ("(.*)")\nunit = "(.*)"\n`)
	formOf      = regexp.MustCompile(`(?m)^project = "(.*)"\n`)
)

// sharedNames are the names that the projects of each unit get, in their order.
var sharedNames = []string{"信息化运维费", "办公设备购置", "专项业务费", "房屋修缮", "人员培训", "宣传活动", "购车"}

// namesake is a project that has lost its name to another unit's.
type namesake struct{ old, unit, name string }

// alike gives projects of different units the same names.
func alike(files map[string][]byte) (out map[string][]byte, list []namesake) {
	out = maps.Clone(files)
	n := map[string]int{}
	for _, m := range projectHead.FindAllStringSubmatch(string(files["projects.toml"]), -1) {
		x := namesake{m[2], m[3], sharedNames[n[m[3]]]}
		n[x.unit]++
		list = append(list, x)
		for name, text := range out {
			s := strings.ReplaceAll(string(text), `"`+x.old+`"`, `"`+x.name+`"`)
			if strings.Contains(string(text), `project = "`+x.old+`"`) {
				s = formOf.ReplaceAllString(s, "${0}unit = \""+x.unit+"\"\n")
			}
			out[name] = []byte(s)
		}
	}
	return out, list
}

// several reports whether several units have a project of the name.
func several(list []namesake, name string) bool {
	n := 0
	for _, x := range list {
		if x.name == name {
			n++
		}
	}
	return n > 1
}

func folder(files map[string][]byte) fstest.MapFS {
	m := fstest.MapFS{}
	for name, raw := range files {
		m["d/"+name] = &fstest.MapFile{Data: raw}
	}
	return m
}

// everyPack checks a department with each pack, for the department and for each of its units.
func everyPack(t *testing.T, s *build.Shared, data fs.FS, fn func(pack, edition string, w *build.Work)) {
	t.Helper()
	for _, id := range []string{"wuhan", "central-department", "shanghai-department", "shanghai-unit", adjustingPrefix + "jiangsu-department-2018", adjustingPrefix + "wuhan"} {
		editions := []string{""}
		for i := 0; i < len(editions); i++ {
			w, err := s.Check(build.Input{Data: data, Dir: "d", Template: id, Edition: editions[i]})
			if err != nil || w.Tree == nil {
				t.Fatal(id, err, w.Diags.Sorted())
			}
			if i == 0 {
				editions = append(editions, w.UnitEditions()...)
			}
			fn(id, editions[i], w)
		}
	}
}

// ruleList are the rules of all that was found.
func ruleList(w *build.Work) string {
	var out []string
	for _, d := range w.Diags.Sorted() {
		out = append(out, d.Rule)
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

func TestProjectsOfOneName(t *testing.T) {
	s := sumsExactly(shared(t))
	pairs := 0
	for seed := range uint64(7) {
		files := testdept.Files(seed)
		same, list := alike(files)
		if !slices.ContainsFunc(list, func(x namesake) bool { return several(list, x.name) }) {
			continue
		}
		pairs++
		own, found := map[string]map[string]string{}, map[string]string{}
		everyPack(t, s, folder(files), func(pack, edition string, w *build.Work) {
			own[pack+edition], found[pack+edition] = dump(w.Tree), ruleList(w)
		})
		everyPack(t, s, folder(same), func(pack, edition string, w *build.Work) {
			now, want := dump(w.Tree), own[pack+edition]
			for place, text := range want {
				for _, x := range list {
					text = strings.ReplaceAll(text, x.old, x.name)
				}
				if now[place] != text {
					t.Errorf("seed %d, %s %s, %s:\n%q, want\n%q", seed, pack, edition, place, now[place], text)
				}
			}
			if len(now) != len(want) {
				t.Errorf("seed %d, %s %s: %d texts, want %d", seed, pack, edition, len(now), len(want))
			}
			if got, want := ruleList(w), found[pack+edition]; got != want {
				t.Errorf("seed %d, %s %s: found %s, want %s", seed, pack, edition, got, want)
			}
			if pack == "wuhan" && edition == "" {
				sameFigures(t, s, files, w, list)
				for _, d := range printedAgain(t, s, w) {
					if !strings.HasPrefix(d.Rule, "尾差") {
						t.Errorf("seed %d, printed: %s: %s %s (%s, %s)", seed, d.At, d.Rule, d.Message, d.Stated, d.Want)
					}
				}
			}
		})
	}
	if pairs < 3 {
		t.Errorf("%d departments whose units share names", pairs)
	}
}

// sameFigures asks for each project's number: by a name that is enough, by unit and name where it is not.
func sameFigures(t *testing.T, s *build.Shared, files map[string][]byte, w *build.Work, list []namesake) {
	t.Helper()
	own, err := s.Check(build.Input{Data: folder(files), Dir: "d"})
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range list {
		want, err := own.Numbers.Ask("T10." + x.old)
		if err != nil {
			t.Fatal(err)
		}
		got, err := w.Numbers.Ask("T10." + x.unit + "/" + x.name)
		if err != nil || !got.Value.Exact.Equal(want.Value.Exact) || !slices.Equal(w.Numbers.Lines(&got.Value), own.Numbers.Lines(&want.Value)) {
			t.Errorf("%+v is %s, %v, want %s", x, got.Value.Exact, err, want.Value.Exact)
		}
		got, err = w.Numbers.Ask("T10." + x.name)
		switch {
		case several(list, x.name) && (err == nil || !strings.Contains(err.Error(), x.unit+"/"+x.name) && !strings.Contains(err.Error(), "."+x.name)):
			t.Errorf("%+v: %s, %v: want the list of those that it may be", x, got.Value.Exact, err)
		case !several(list, x.name) && (err != nil || !got.Value.Exact.Equal(want.Value.Exact)):
			t.Errorf("%+v is %s, %v, want %s", x, got.Value.Exact, err, want.Value.Exact)
		}
	}
}

// TestFormsOfOneName: a form that does not say of which unit's project it is is an error at its place, in every edition.
func TestFormsOfOneName(t *testing.T) {
	s := shared(t)
	told := 0
	for seed := range uint64(12) {
		files, list := alike(testdept.Files(seed))
		var forms []byte // in one file, lest one be taken for a copy of another
		for _, name := range slices.Sorted(maps.Keys(files)) {
			if strings.HasPrefix(name, "performance/") {
				forms = append(forms, regexp.MustCompile(`(?m)^unit = .*\n`).ReplaceAll(files[name], nil)...)
				delete(files, name)
			}
		}
		files["performance/all.toml"] = forms
		want := 0
		for _, x := range list {
			if several(list, x.name) {
				want++
			}
		}
		for _, edition := range []string{"", "unit:" + testdept.Code(seed) + "001"} {
			w, err := s.Check(build.Input{Data: folder(files), Dir: "d", Edition: edition})
			if err != nil {
				t.Fatal(err)
			}
			n := 0
			for _, d := range w.Diags.Sorted() {
				if d.Rule != "项目-009" {
					continue
				}
				n++
				for _, x := range list {
					if strings.Contains(d.Message, x.name) && !strings.Contains(d.Message, x.unit) {
						t.Errorf("seed %d: %s does not name %s", seed, d.Message, x.unit)
					}
				}
			}
			if n != want {
				t.Errorf("seed %d %s: %d forms are told, want %d", seed, edition, n, want)
			}
			told += n
		}
	}
	if told == 0 {
		t.Error("no form shares its project's name")
	}
}

// statements of the procurement of a department, which is all of some projects' money: on the project, on each of its lines,
// and as entries, one for each fund.
var statements = map[string]func(projects string) (changed, entries string){
	"lines": func(projects string) (string, string) {
		return eachProject(projects, func(head, class, body string) (string, string) {
			return head + strings.ReplaceAll(body, "[[project.line]]\n", "[[project.line]]\nprocurement = \""+class+"\"\n"), ""
		})
	},
	"entries": func(projects string) (string, string) {
		return eachProject(projects, func(head, class, body string) (string, string) {
			m := projectHead.FindStringSubmatch(head)
			entries := ""
			for _, l := range regexp.MustCompile(`(?m)^fund = (".*")\nfunction = .*\namount = (.*)\n`).FindAllStringSubmatch(body, -1) {
				entries += fmt.Sprintf("[[procurement]]\nunit = %q\nproject = %q\nclass = %q\nfund = %s\namount = %s\n", m[3], m[2], class, l[1], l[2])
			}
			return head + body, entries
		})
	},
	// Neither unit nor fund: they are the project's. Only for those with one fund.
	"short": func(projects string) (string, string) {
		return eachProject(projects, func(head, class, body string) (string, string) {
			lines := regexp.MustCompile(`(?m)^fund = (".*")\nfunction = .*\namount = (.*)\n`).FindAllStringSubmatch(body, -1)
			entries := ""
			for _, l := range lines {
				if l[1] != lines[0][1] {
					return strings.Replace(head, "unit = ", "procurement = \""+class+"\"\nunit = ", 1) + body, ""
				}
				entries += fmt.Sprintf("[[procurement]]\nproject = %q\nclass = %q\namount = %s\n", projectHead.FindStringSubmatch(head)[2], class, l[2])
			}
			return head + body, entries
		})
	},
}

// eachProject hands on what stands before and behind a project's class of procurement.
func eachProject(projects string, fn func(head, class, body string) (changed, entries string)) (changed, entries string) {
	for i, p := range strings.SplitAfter("\n"+projects, "\n[[project]]\n") {
		head, rest, marked := strings.Cut(p, "procurement = \"")
		class, body, _ := strings.Cut(rest, "\"\n")
		if i == 0 || !marked {
			changed += p
			continue
		}
		next := ""
		if b, ok := strings.CutSuffix(body, "[[project]]\n"); ok {
			body, next = b, "[[project]]\n"
		}
		c, e := fn(head, class, body)
		changed, entries = changed+c+next, entries+e
	}
	return changed, entries
}

// TestProcurementSaidInOtherWords: however the procurement budget is stated, every pack prints it, the same.
func TestProcurementSaidInOtherWords(t *testing.T) {
	s := sumsExactly(shared(t))
	for seed := range uint64(5) {
		files := testdept.Files(seed)
		own, found, printed := map[string]map[string]string{}, map[string]string{}, 0
		everyPack(t, s, folder(files), func(pack, edition string, w *build.Work) {
			own[pack+edition], found[pack+edition] = dump(w.Tree), ruleList(w)
		})
		for name, state := range statements {
			other := maps.Clone(files)
			projects, entries := state(string(files["projects.toml"]))
			other["projects.toml"] = []byte(projects)
			if entries != "" {
				other["procurement.toml"] = []byte(entries)
			}
			everyPack(t, s, folder(other), func(pack, edition string, w *build.Work) {
				if strings.HasPrefix(pack, adjustingPrefix) {
					return // entries are rounded for themselves
				}
				now := dump(w.Tree)
				for place, want := range own[pack+edition] {
					if now[place] != want {
						t.Errorf("seed %d, %s, %s %s, %s:\n%q, want\n%q", seed, name, pack, edition, place, now[place], want)
					}
					if strings.Contains(want, "政府采购预算") && strings.Contains(want, "万元") {
						printed++
					}
				}
				if got, want := ruleList(w), found[pack+edition]; got != want {
					t.Errorf("seed %d, %s, %s %s: found %s, want %s", seed, name, pack, edition, got, want)
				}
			})
		}
		if printed == 0 && strings.Contains(string(files["projects.toml"]), "procurement") {
			t.Errorf("seed %d: nothing of procurement is printed", seed)
		}
	}
}

// TestPartOfAProjectIsProcured: 82.20 of 137.84, said in each way, is what every pack prints.
func TestPartOfAProjectIsProcured(t *testing.T) {
	const project = "[[project]]\nname = \"平台运行\"\nunit = \"415002\"\nfunction = \"2010399\"\ngoals = true\n"
	ways := map[string]string{
		"lines":       project + "[[project.line]]\nprocurement = \"服务\"\namount = 82.2\n[[project.line]]\namount = 55.64\n",
		"entry":       project + "amount = 137.84\n[[procurement]]\nproject = \"平台运行\"\nclass = \"服务\"\namount = 82.2\n",
		"two entries": project + "amount = 137.84\n[[procurement]]\nproject = \"平台运行\"\nclass = \"服务\"\namount = 40\n[[procurement]]\nunit = \"425\"\nproject = \"平台运行\"\nclass = \"服务\"\namount = 42.2\n",
	}
	const units = "[[unit]]\ncode = \"415001\"\nname = \"本级\"\nkind = \"行政\"\nheadquarters = true\n[[unit]]\ncode = \"415002\"\nname = \"425\"\nkind = \"公益一类\"\n"
	const rest = "[department]\nyear = 2026\ncode = \"415\"\nname = \"澜川市水务局\"\ntemplate = \"wuhan\"\ndate = 2026-02-01\nduties = [\"管水。\"]\n" + units +
		"[[basic]]\nunit = \"415001\"\nfunction = \"2010301\"\neconomic = \"30201\"\namount = 20\n[[basic]]\nunit = \"415002\"\nfunction = \"2010350\"\neconomic = \"30101\"\namount = 30\n"
	s := sumsExactly(shared(t))
	for way, text := range ways {
		files := map[string][]byte{"all.toml": []byte("amount_unit = \"万元\"\n" + rest + text)}
		everyPack(t, s, folder(files), func(pack, edition string, w *build.Work) {
			said := ""
			for _, p := range paragraphsOf(w.Tree) {
				if strings.Contains(p, "政府采购") && !strings.Contains(p, "：指") {
					said += p
				}
			}
			procured := strings.Contains(said, "82.2")
			if want := edition != "unit:415001"; procured != want || strings.Contains(said, "137.84") {
				t.Errorf("%s, %s %s says %q", way, pack, edition, said)
			}
			for _, d := range w.Diags.Sorted() {
				if strings.HasPrefix(d.Rule, "采购") || strings.HasPrefix(d.Rule, "项目") {
					t.Errorf("%s, %s %s: %s %s", way, pack, edition, d.Rule, d.Message)
				}
			}
			if _, table := tables(w.Tree)["10"]; strings.HasSuffix(pack, "wuhan") && (!table || !slices.ContainsFunc(cells(tables(w.Tree)["10"]), func(row []string) bool {
				return edition == "unit:415001" || slices.Contains(row, "平台运行") && slices.Contains(row, "137.84")
			})) {
				t.Errorf("%s, %s %s: the project is not as a whole in its table", way, pack, edition)
			}
		})
	}
}

// bought is a pack like wuhan whose table of projects has a column of what of each is procured.
type bought struct{ fs.FS }

func (b bought) Open(name string) (fs.File, error) {
	if name != "bought" && !strings.HasPrefix(name, "bought/") {
		return b.FS.Open(name)
	}
	return fstest.MapFS{"bought/pack.toml": &fstest.MapFile{Data: []byte(boughtPack)}}.Open(name)
}

const boughtPack = `
[pack]
id = "bought"
name = "试"
version = "1"
years = [2026, 2026]
title = "{{.Name}}预算"
inherits = "wuhan"
[[table]]
id = "10"
heading = "表10　项目"
page = "正文"
rows = "project"
filter = "kind=项目支出"
total = "合计"
column = [{ head = "名称", field = "name" }, { head = "合计" }, { head = "采购", query = "procurement!=无" }, { head = "服务", query = "procurement=服务" }]
`

// TestProcuredColumn: a column of a table of projects has of each what is procured of it, be it marked or an entry; what is
// of no project is in none.
func TestProcuredColumn(t *testing.T) {
	s := shared(t)
	s.Packs = bought{s.Packs}
	files := map[string][]byte{"all.toml": []byte(`
amount_unit = "万元"
[department]
year = 2026
code = "415"
name = "澜川市水务局"
template = "wuhan"
date = 2026-02-01
duties = ["管水。"]
[[unit]]
code = "415001"
name = "本级"
kind = "行政"
[[unit]]
code = "415002"
name = "中心"
kind = "公益一类"
[[project]]
name = "平台运行"
unit = "415001"
function = "2010399"
amount = 100
procurement = "货物"
[[project]]
name = "平台运行"
unit = "415002"
function = "2010399"
amount = 137.84
[[procurement]]
unit = "415002"
project = "平台运行"
class = "服务"
amount = 82.2
[[procurement]]
unit = "415002"
project = "公用经费"
class = "服务"
amount = 1.5
`)}
	w, err := s.Check(build.Input{Data: folder(files), Dir: "d", Template: "bought"})
	if err != nil || w.Tree == nil {
		t.Fatal(err, w.Diags.Sorted())
	}
	var got []string
	for _, row := range cells(tables(w.Tree)["10"]) {
		got = append(got, strings.Join(row, " "))
	}
	want := []string{"合计 237.84 182.20 82.20", "澜川市水务局 237.84 182.20 82.20", "本级 100.00 100.00 0.00", "平台运行 100.00 100.00 0.00", "中心 137.84 82.20 82.20", "平台运行 137.84 82.20 82.20"}
	for _, row := range want {
		if !slices.Contains(got, row) {
			t.Errorf("no row %q in %q", row, got)
		}
	}
}
