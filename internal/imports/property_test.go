package imports_test

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"yusuan/data"
	"yusuan/internal/grid"
	"yusuan/internal/imports"
)

// drawings are the sheets of testdata/sheets.txt by the names of their cases.
func drawings(t *testing.T) map[string]string {
	t.Helper()
	raw, err := os.ReadFile("testdata/sheets.txt")
	must(t, err)
	out := map[string]string{}
	for _, c := range strings.Split("\n"+string(raw), "\n@@@ ")[1:] {
		name, rest, _ := strings.Cut(c, "\n")
		out[name], _, _ = strings.Cut(rest, "\n--- 行\n")
	}
	if len(out) < 30 {
		t.Fatal("few cases:", len(out))
	}
	return out
}

// TestMapAsksNothing: the mapping file of what was understood is one that can be read, and read with it all is understood as
// before; what it writes then is itself.
func TestMapAsksNothing(t *testing.T) {
	for name, d := range drawings(t) {
		u, diags := understand(t, d, nil)
		text := u.Map()
		m, bad := imports.ParseMap("对照.toml", text)
		for _, d := range bad.Sorted() {
			t.Errorf("%s: %s %s\n%s", name, d.At, d.Message, text)
		}
		again, later := understand(t, d, func(in *imports.Input) { in.Maps = []*imports.Map{m} })
		if a, b := dump(u), dump(again); a != b {
			t.Errorf("%s: other rows with the mapping file:\n%s\n%s\n%s", name, a, b, text)
		}
		if a, b := found(diags), found(later); a != b {
			t.Errorf("%s: other findings with the mapping file:\n%s\n%s", name, a, b)
		}
		if again := again.Map(); !bytes.Equal(again, text) {
			t.Errorf("%s: another mapping file:\n%s\n%s", name, text, again)
		}
	}
}

// TestMapAnswers: what is asked is answered in a mapping file.
func TestMapAnswers(t *testing.T) {
	all := drawings(t)
	for _, c := range []struct{ name, old, new, rows, told string }{
		{"没有写金额单位：不按大小猜", `# unit = "元"  # 表里没有写金额的单位：元、万元`, `unit = "千元"`,
			"基本支出 unit=036001 fund=一般公共预算 function=2130301 economic=30201 amount=1500@E2\n" +
				"基本支出 unit=036001 fund=一般公共预算 function=2130301 economic=30202 amount=150000000000@E3\n", ""},
		{"两列金额：问", `{ head = "申报数", role = "金额" }`, `{ head = "申报数", role = "不用" }`,
			"项目 function=2130310 name=甲 fund=一般公共预算 amount=9@D3 unit=036001\n", ""},
		{"几种资金合成的一列：问", `{ head = "资金来源/财政拨款", role = "金额", fund = "" },   # 是哪一种资金，请填
  { head = "资金来源/其他资金", role = "金额", fund = "" }`, `{ head = "资金来源/财政拨款", role = "金额", fund = "一般公共预算" },
  { head = "资金来源/其他资金", role = "金额", fund = "其他收入" }`,
			"政府采购 unit=036001 fund=一般公共预算 organization=集中采购 item=办公桌 class=货物 amount=20000@F4\n" +
				"政府采购 unit=036001 fund=其他收入 organization=集中采购 item=办公桌 class=货物 amount=10000@G4\n", ""},
		{"不认得的列里有数，其他年度的数，增减", `# { head = "人数", role = "" }`, `{ head = "人数", role = "不用" }`,
			"基本支出 unit=036001 fund=一般公共预算 function=2130301 economic=30101 amount=1@E3\n", ""},
		{"认不出的表", `# skip = true`, `skip = true`, "", ""},
		{"单位在科目上面，空着的按上面一行读，合计不符", `columns = [`, "sums = \"不核对\"\ncolumns = [", "基本支出 unit=036001 ", "警告 表格-027 E7 "},
	} {
		d := all[c.name]
		if d == "" {
			t.Error("no case", c.name)
			continue
		}
		u, _ := understand(t, d, nil)
		text := string(u.Map())
		if !strings.Contains(text, c.old) {
			t.Errorf("%s: the mapping file has no %s:\n%s", c.name, c.old, text)
			continue
		}
		m, bad := imports.ParseMap("对照.toml", []byte(strings.Replace(text, c.old, c.new, 1)))
		if bad.Len() > 0 {
			t.Errorf("%s: %v", c.name, bad.Sorted())
		}
		again, diags := understand(t, d, func(in *imports.Input) {
			in.Maps, in.Units = []*imports.Map{m}, []imports.UnitName{{Code: "036001", Name: "青禾区水务局"}}
		})
		if got := dump(again); !strings.HasPrefix(got, c.rows) || c.told == "" && got != c.rows {
			t.Errorf("%s: rows:\n%swant:\n%s", c.name, got, c.rows)
		}
		if got := found(diags); !strings.HasPrefix(got, c.told) || c.told == "" && got != "" || diags.HasErrors() {
			t.Errorf("%s: told:\n%s", c.name, got)
		}
	}
}

// TestMapContradicts: a mapping file and a sheet that state different units of money are both told, and nothing is taken.
func TestMapContradicts(t *testing.T) {
	d := "## 基本\n一般公共预算 单位：万元\n单位代码|功能科目编码|经济科目编码|金额\n036001|2130301|30201|#1.5\n"
	u, _ := understand(t, d, nil)
	m, _ := imports.ParseMap("对照.toml", bytes.Replace(u.Map(), []byte("columns"), []byte("unit = \"元\"\ncolumns"), 1))
	again, diags := understand(t, d, func(in *imports.Input) { in.Maps = []*imports.Map{m} })
	if len(again.Rows) > 0 || !strings.Contains(found(diags), "错误 表格-023  对照文件写的金额单位是元，工作表“基本”里写的是万元") {
		t.Errorf("%s%s", dump(again), found(diags))
	}
}

// TestUnits: the same money in each unit, said at each place, gives the same rows.
func TestUnits(t *testing.T) {
	amounts := map[string][2]string{"元": {"12345600", "-500"}, "千元": {"12345.6", "-0.5"}, "百元": {"123456", "-5"}, "万元": {"1234.56", "-0.05"}, "亿元": {"0.123456", "-0.000005"}}
	for unit, a := range amounts {
		for _, form := range []string{
			"## 基本\n一般公共预算基本支出表\n|||单位：%[1]s\n单位代码|功能科目|经济科目|金额\n036001|2130301|30101|#%[2]s\n036001|2130301|30102|%[3]s\n",
			"## 基本\n一般公共预算基本支出表（单位:%[1]s）\n\n单位代码|功能科目|经济科目|金额\n036001|2130301|30101|#%[2]s\n036001|2130301|30102|%[3]s\n",
			"## 一般公共预算（%[1]s）\n单位代码|功能科目|经济科目|金额\n036001|2130301|30101|#%[2]s\n036001|2130301|30102|%[3]s\n",
			"## 基本\n一般公共预算\n单位代码|功能科目|经济科目|金额（%[1]s）\n036001|2130301|30101|#%[2]s\n036001|2130301|30102|%[3]s\n",
			"## 基本\n一般公共预算\n||金额单位：|人民币%[1]s\n单位代码|功能科目|经济科目|金额\n036001|2130301|30101|#%[2]s\n036001|2130301|30102|%[3]s\n",
			"## 基本\n一般公共预算\n单位代码|功能科目|经济科目|金额\n036001|2130301|30101|%[2]s%[1]s\n036001|2130301|30102|%[3]s%[1]s\n注：单位：%[1]s\n",
		} {
			u, diags := understand(t, fmt.Sprintf(form, unit, a[0], a[1]), nil)
			var got []string
			for i := range u.Rows {
				got = append(got, u.Rows[i].Text("amount"))
			}
			if strings.Join(got, " ") != "12345600 -500" || diags.Len() > 0 {
				t.Errorf("%s: %v %s\n%s", unit, got, found(diags), form)
			}
		}
	}
}

// TestOrderOfColumns: columns are found by their heads, wherever they stand, with blank rows and columns before them.
func TestOrderOfColumns(t *testing.T) {
	rows := [][]string{
		{"单位代码", "项目名称", "支出功能分类", "部门经济分类", "一般公共预算", "事业收入", "合计", "项目类别", "起始年度"},
		{"036001", "甲", "2130310 水土保持", "30227", "#10", "#5", "#15", "特定目标类", "2025"},
		{"036001", "乙", "2130310 水土保持", "30299", "#20", "", "#20", "特定目标类", "2026"},
		{"合计", "", "", "", "#30", "#5", "#35", "", ""},
	}
	seen := map[string]bool{}
	for shift := range rows[0] {
		for _, before := range []int{0, 3} {
			var s strings.Builder
			s.WriteString("## 项目\n单位：元\n" + strings.Repeat("\n", before))
			for _, r := range rows {
				turned := append(append([]string{}, r[shift:]...), r[:shift]...)
				s.WriteString(strings.Repeat("|", before) + strings.Join(turned, "|") + "\n")
			}
			u, diags := understand(t, s.String(), nil)
			var got []string
			for i := range u.Rows {
				r := &u.Rows[i]
				got = append(got, strings.Join([]string{r.Text("unit"), r.Text("name"), r.Text("function"), r.Text("economic"), r.Text("fund"), r.Text("amount"), r.Text("group"), r.Text("start_year")}, " "))
			}
			slices.Sort(got)
			seen[strings.Join(got, "\n")+found(diags)] = true
			if u.Sheets[0].Held != 1 {
				t.Errorf("turned by %d: sums held %d", shift, u.Sheets[0].Held)
			}
		}
	}
	want := "036001 乙 2130310 30299 一般公共预算 20 特定目标类 2026\n036001 甲 2130310 30227 一般公共预算 10 特定目标类 2025\n036001 甲 2130310 30227 事业收入 5 特定目标类 2025"
	if len(seen) != 1 || !seen[want] {
		t.Errorf("%d answers: %v", len(seen), seen)
	}
}

// TestMoneyIsWhole: whatever is left out, the money of the rows, of what was told and of what is called empty is all there is:
// each amount cell below a head of a known table is in a row, in a sum or told.
func TestMoneyIsWhole(t *testing.T) {
	for name, d := range drawings(t) {
		u, diags := understand(t, d, nil)
		told := map[string]bool{}
		for _, r := range u.Rows {
			for _, v := range r.Values {
				c, _ := v.At.In.Cell()
				told[c.Sheet+"!"+c.Name] = true
			}
		}
		for _, x := range u.Totals {
			c, _ := x.At.In.Cell()
			told[c.Sheet+"!"+c.Name] = true
		}
		rows := map[string]bool{} // of errors
		for _, x := range diags.Sorted() {
			c, _ := x.At.In.Cell()
			row, _, _ := grid.Place(c.Name)
			rows[fmt.Sprint(c.Sheet, "!", row)] = true
		}
		book := book(t, d)
		for _, p := range u.Sheets {
			if p.Left != "" {
				continue
			}
			c, _ := p.At.In.Cell()
			top, _, _ := grid.Place(c.Name)
			for _, s := range book.Sheets {
				if s.Name != p.Sheet {
					continue
				}
				for _, r := range s.Rows {
					for _, col := range p.Columns {
						x := r.At(col.Number)
						money := col.Role != "" && strings.Contains("金额 人员经费 公用经费 基本支出 结转金额 年终结转", col.Role)
						key := p.Sheet + "!" + grid.Name(r.Number, col.Number)
						if r.Number <= top+3 || !money || x.Kind != grid.Number || x.Text == "0" || strings.Contains(col.Note, "其中") {
							continue
						}
						if !told[key] && !rows[fmt.Sprint(p.Sheet, "!", r.Number)] && !adds(u, p.Sheet, r.Number) {
							t.Errorf("%s: %s %s is nowhere", name, key, x.Text)
						}
					}
				}
			}
		}
	}
}

// adds reports whether a row of a sheet made a row to which several cells were added.
func adds(u *imports.Understood, sheet string, row int) bool {
	for i := range u.Rows {
		for _, v := range u.Rows[i].Values {
			if c, _ := v.At.In.Cell(); v.Money && c.Sheet == sheet {
				if n, _, _ := grid.Place(c.Name); n == row {
					return true
				}
			}
		}
	}
	return false
}

// TestWordsCanBeMet: every word of the list is one that a head, read as heads are, can be: no blank, no full width, no unit.
func TestWordsCanBeMet(t *testing.T) {
	name, raw := data.ImportWords()
	w, diags := imports.ParseWords(name, raw)
	if diags.Len() > 0 {
		t.Fatal(diags.Sorted())
	}
	for _, bad := range imports.Unmet(w) {
		t.Error("no head is ever read as", bad)
	}
}

// FuzzUnderstand: no sheet of words and numbers breaks it.
func FuzzUnderstand(f *testing.F) {
	f.Add("单位：元\n单位代码\t功能科目\t经济科目\t金额\n036001\t2130301\t30101\t1\n合计\t\t\t1\n")
	f.Add("项目名称：甲\n一级指标\t三级指标\t指标值\n产出\t长度\t≥3\n")
	f.Add("项目\t预算数\t项目\t预算数\n一、甲\t1\t二、乙\t2\n总计\t1\t总计\t2\n")
	words, _ := imports.ParseWords(data.ImportWords())
	f.Fuzz(func(t *testing.T, text string) {
		b, err := grid.Read("x.txt", []byte(text))
		if err != nil {
			return
		}
		u, _ := imports.Understand(imports.Input{Files: []imports.File{{Name: "x", Book: b}}, Words: words})
		if _, bad := imports.ParseMap("m", u.Map()); bad.Len() > 0 {
			t.Error(bad.Sorted(), string(u.Map()))
		}
	})
}

// TestShowIsWhole: of every column with something below its head the short show says what became of it, of those of which
// nothing is made with the reason.
func TestShowIsWhole(t *testing.T) {
	unused := 0
	for name, d := range drawings(t) {
		u, _ := understand(t, d, nil)
		var s strings.Builder
		must(t, u.Write(&s, false))
		for _, p := range u.Sheets {
			for _, c := range p.Columns {
				if c.Filled == 0 {
					continue
				}
				pieces := strings.Split(c.Head, "/")
				if !strings.Contains(s.String(), pieces[len(pieces)-1]) {
					t.Errorf("%s: the show says nothing of %q:\n%s", name, c.Head, s.String())
				}
				if !c.Unused {
					continue
				}
				if unused++; c.Note == "" || !strings.Contains(s.String(), c.Note) {
					t.Errorf("%s: the show does not say why %q is not used (%q):\n%s", name, c.Head, c.Note, s.String())
				}
			}
		}
	}
	if unused < 8 {
		t.Error("few columns that are not used:", unused)
	}
}

// TestGuessIsNoAnswer: a column that was guessed is as unsure the next time, whatever was remembered meanwhile.
func TestGuessIsNoAnswer(t *testing.T) {
	guesses := 0
	for name, d := range drawings(t) {
		u, _ := understand(t, d, nil)
		m, _ := imports.ParseMap("import.toml", u.Remember(nil))
		again, _ := understand(t, d, func(in *imports.Input) { in.Maps = []*imports.Map{m} })
		for i, s := range u.Sheets {
			for j, c := range s.Columns {
				if c.Role == "" || c.Score >= 100 {
					continue
				}
				guesses++
				if now := again.Sheets[i].Columns[j]; now.Score != c.Score {
					t.Errorf("%s: column %s was guessed (%d) and is taken for sure (%d)", name, c.Head, c.Score, now.Score)
				}
			}
		}
	}
	if guesses == 0 {
		t.Error("no guesses among the cases")
	}
}
