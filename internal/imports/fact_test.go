package imports

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"yusuan/internal/diag"
	"yusuan/internal/money"
	"yusuan/internal/source"
)

// export makes what was understood of sheets: a line `# 工作表 种类` begins a sheet, others are rows of key=value. amount,
// personnel, public, in and out are money.
func export(t *testing.T, text string) *Understood {
	t.Helper()
	u := &Understood{}
	cell := 0
	for _, l := range strings.Split(strings.TrimSpace(text), "\n") {
		if rest, ok := strings.CutPrefix(l, "# "); ok {
			w := strings.Fields(rest)
			u.Sheets = append(u.Sheets, SheetReport{File: "导出.xlsx", Sheet: w[0], Kind: Kind(w[1])})
			continue
		}
		n := len(u.Sheets) - 1
		r := Row{Kind: u.Sheets[n].Kind, Sheet: n}
		for _, pair := range strings.Fields(l) {
			cell++
			key, text, _ := strings.Cut(pair, "=")
			v := Value{Key: key, Text: text, At: diag.InCell("导出.xlsx", diag.Cell{Sheet: u.Sheets[n].Sheet, Name: fmt.Sprintf("A%d", cell)})}
			v.Text, v.Name, _ = strings.Cut(v.Text, "|")
			if slices.Contains([]string{"amount", "personnel", "public", "in", "out", "total_budget", "basic"}, key) {
				a, err := money.Parse(text, money.Yuan)
				if err != nil {
					t.Fatal(err)
				}
				v.Amount, v.Money = a, true
			}
			if r.At.IsZero() {
				r.At = v.At
			}
			r.Values = append(r.Values, v)
		}
		u.Rows = append(u.Rows, r)
	}
	return u
}

const twoUnits = `
# 基本 基本支出
unit=418001|局本级 fund=一般公共预算 function=2010301|行政运行 economic=30101|基本工资 amount=100.10
unit=418001|局本级 fund=一般公共预算 function=2010301|行政运行 economic=30102|津贴补贴 amount=200
unit=418002|中心 fund=事业收入 function=2010350|事业运行 economic=30201|办公费 amount=50.05
# 项目 项目
unit=418001|局本级 name=窗口运维 function=2010302 economic=30213 amount=1000
unit=418002|中心 name=设备 function=2010399 economic=31002 amount=70 purpose=主要用于更新。
unit=418002|中心 name=设备 function=2010399 economic=31002 fund=其他收入 amount=30
# 绩效 绩效指标
unit=418001|局本级 project=窗口运维 horizon=年度 goal=窗口系统稳定运行，群众办事更加便捷。 first=产出指标 second=数量指标 third=窗口数 value=≥4个
unit=418001|局本级 project=窗口运维 horizon=年度 goal=窗口系统稳定运行，群众办事更加便捷。 first=效益指标 second=社会效益 third=满意 value=≥90%
`

// TestWanted holds what two sheets say against each other: what is said twice is wanted once, what disagrees is told.
func TestWanted(t *testing.T) {
	const b = "unit=418001 function=2010301 economic=30101 amount=100"
	for _, c := range []struct {
		name, text string
		total      string // of all wanted money
		want       string // the rule that is told, or a note
	}{
		{"sums of one sheet add up", "# 一 基本支出\n" + b + "\n" + b, "200", ""},
		{"a sheet twice", "# 一 基本支出\n" + b + "\n# 二 基本支出\n" + b, "100", "1 行与 导出.xlsx 工作表“一”的相同，只算一次"},
		{"two sheets disagree", "# 一 基本支出\n" + b + "\n# 二 基本支出\nunit=418001 function=2010301 economic=30101 amount=90", "", ruleTwice},
		{"the department is the sum of its units", "# 一 基本支出\n" + b + "\nunit=418002 function=2010301 economic=30101 amount=50\n# 二 基本支出\nunit=418 function=2010301 economic=30101 amount=150",
			"150", "1 行是部门汇总数，各单位的已经有了，没有重复计入"},
		{"the department is more than its units", "# 一 基本支出\n" + b + "\n# 二 基本支出\nunit=418 function=2010301 economic=30101 amount=150", "", ruleWhole},
		{"only the department", "# 一 基本支出\n" + b + "\n# 二 收入\nunit=418 source=事业收入 amount=150", "100", ruleLoose},
		{"margins beside lines", "# 一 基本支出\n" + b + "\n# 二 基本支出按功能\nunit=418001 function=2010301 personnel=100", "100", ""},
		{"margins that are others", "# 一 基本支出\n" + b + "\n# 二 基本支出按功能\nunit=418001 function=2010301 personnel=90", "100", ruleCrossed},
		{"a project of many rows", "# 一 项目\nunit=1 name=甲 function=2010301 amount=-5\nunit=1 name=甲 function=2010301 amount=25\nunit=2 name=甲 function=2010301 amount=5", "25", ""},
		{"nothing", "# 一 基本支出\nunit=418001 function=2010301 economic=30101 amount=0\n# 二 车辆\nunit=418001 use=其他用车 count=0", "0", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			u := export(t, c.text)
			var diags diag.List
			var sum money.Amount
			for _, f := range u.wanted(nil, &diags) {
				sum = sum.Add(f.total())
			}
			var told []string
			for _, d := range diags.Sorted() {
				told = append(told, d.Rule)
			}
			for _, s := range u.Sheets {
				told = append(told, s.Notes...)
			}
			if c.want == "" && told != nil || c.want != "" && !slices.Contains(told, c.want) {
				t.Errorf("told %q, want %q", told, c.want)
			}
			if c.total != "" && sum.String() != c.total {
				t.Errorf("%s is wanted, want %s", sum, c.total)
			}
		})
	}
}

// TestIdentities holds the fields by which entries are known against the schema.
func TestIdentities(t *testing.T) {
	for table, keys := range identities {
		x := tables()[table]
		if x == nil {
			t.Errorf("no table %s", table)
			continue
		}
		for _, k := range keys {
			if x.Field(k) == nil {
				t.Errorf("%s has no field %s", table, k)
			}
		}
	}
}

// TestProjectTotal: what a project of a folder says of its money is the money of its lines, not more.
func TestProjectTotal(t *testing.T) {
	for text, want := range map[string]string{
		"[[project]]\nname = \"甲\"\nfunction = \"2010301\"\namount = 180000\n":                                     "180000",
		"[[project]]\nname = \"甲\"\namount = 5\n[[project.line]]\namount = 2\n[[project.line]]\namount = 3\n":      "5",
		"[[project]]\nname = \"甲\"\ntotal_budget = 90\n[[project.line]]\namount = 2\n[[project.line]]\namount = 3": "5",
	} {
		file, _ := source.Parse("projects.toml", []byte(text))
		s := (&Folder{Files: []*source.File{file}}).shelve()
		if len(s.facts) != 1 || s.facts[0].total().String() != want {
			t.Errorf("%s: %d projects, total %v, want %s", text, len(s.facts), s.facts[0].total(), want)
		}
	}
}
