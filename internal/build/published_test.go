package build_test

import (
	"cmp"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"yusuan/internal/build"
	"yusuan/internal/diag"
	"yusuan/internal/testdept"
)

const publishedSample = "testdata/sample-as-published"

// TestPublishedSampleFaults: every fault of the published sample is found with its rule, its place and both numbers.
// The comments name the faults as numbered in the list that the project keeps of them.
func TestPublishedSampleFaults(t *testing.T) {
	w, err := shared(t).Check(build.Input{Data: os.DirFS("../.."), Dir: publishedSample})
	if err != nil {
		t.Fatal(err)
	}
	list := w.Diags.Sorted()
	for _, x := range []struct {
		fault, rule, line, stated, want string
		level                           diag.Level
	}{
		{"N1", "尾差-001", "302 | 商品和服务支出", "284.39万元", "284.38万元", diag.Note},
		{"N2", "绩表-002", "支出构成 | 项目支出", "67.32%", "67.23%", diag.Error},
		{"N3", "绩表-003", "项目支出情况 | 2026年政务服务外包费", "1,939.86万元", "3,140.86万元", diag.Error},
		{"N4", "绩表-006", "办公用房租赁项目", "1,201.00万元", "", diag.Warning},
		{"N5", "绩表-004", "资金来源 | 合计 | 1384.79", "1,384.79万元", "123.46万元", diag.Error},
		{"N7", "格式-003", "收入构成 | 合计", "100%", "4,671.85", diag.Error},
		{"N8", "格式-004", "收入构成 | 财政拨款", "2435.49 2538.83", "", diag.Error},
		{"N9", "测算-001", "测算依据", "1,142.20万元", "1,084.00万元", diag.Warning},
		{"N10", "测算-003", "测算依据", "1,209.60万元", "1,201.00万元", diag.Note},
		{"N11", "采购-013", "政府购买服务预算支出合计", "1,933.40万元", "1,939.86万元", diag.Error},
		{"N12", "格式-005", "部门预算收入", "4671.85元", "4671.85万元", diag.Error},
		{"N13", "日期-002", "截至2026年12月31日", "2026-12-31", "2026-02-10", diag.Error},
		{"N14", "采购-012", "政府采购预算支出合计", "建设类", "工程", diag.Warning},
		{"units", "单位-006", "下属1个", "1个", "2个", diag.Warning},
		{"names", "名称-001", "政府服务外包经费", "政府服务外包经费", "政务服务外包经费", diag.Warning},
		{"names", "名称-001", "2026年政务服务外包费", "2026年政务服务外包费", "政务服务外包经费", diag.Warning},
		{"names", "名称-001", "武昌区新政务大厅信息化项目", "武昌区新政务大厅信息化项目", "新政务服务大厅信息化建设费（第二阶段）", diag.Warning},
		{"contents", "名称-002", "整体支出绩效目标申报表", "申报表", "整体支出绩效目标表", diag.Note},
		{"items not in table 6", "文表-004", "工资福利支出", "职业年金缴费", "", diag.Warning},
		{"items not in table 6", "文表-004", "机关运行经费", "邮电费", "", diag.Warning},
		{"sentence of another section", "用语-004", "2026年部门收支总预算", "", "", diag.Note},
		{"number formats", "用语-003", "4671.85万元", "4671.85万元", "4,671.85万元", diag.Note},
		{"unit in a cell", "格式-001", "项目总预算", "", "", diag.Note},
		{"brackets", "用语-002", "维修(护)费", "", "", diag.Note},
		{"glossary", "公开-003", "stated_text", "机关运行经费", "", diag.Note},
	} {
		if !hasFault(t, list, x.rule, x.line, x.stated, x.want, x.level) {
			t.Errorf("%s: no %s at a line with %q, %q against %q", x.fault, x.rule, x.line, x.stated, x.want)
		}
	}
	// N6 follows from N5 and is folded below it.
	folded := 0
	for _, d := range list {
		for _, n := range d.Notes {
			if d.Rule == "绩表-004" && (strings.Contains(n.Text, "支出明细之和") || strings.Contains(n.Text, "采购金额之和")) {
				folded++
			}
		}
	}
	if folded != 2 {
		t.Errorf("N6: %d places folded below N5, want 2", folded)
	}
	if len(list) > 30 {
		t.Errorf("%d messages: consequences are not folded", len(list))
	}
}

func hasFault(t *testing.T, list []diag.Diagnostic, rule, line, stated, want string, level diag.Level) bool {
	t.Helper()
	for _, d := range list {
		raw, err := fs.ReadFile(os.DirFS("../.."), d.At.File)
		if err != nil {
			t.Fatal(err)
		}
		text := strings.Split(string(raw), "\n")[d.At.Start.Line-1]
		if d.Rule == rule && d.Level == level && strings.Contains(text, line) && strings.Contains(d.Stated, stated) && strings.Contains(d.Want, want) {
			return true
		}
	}
	return false
}

// printedSample is the published sample with its own faults taken out of the tables, so that each new one stands alone.
func printedSample(t *testing.T) (tables, rest string) {
	t.Helper()
	raw, err := os.ReadFile("../../" + publishedSample + "/tables.toml")
	if err != nil {
		t.Fatal(err)
	}
	head, err := os.ReadFile("../../" + publishedSample + "/department.toml")
	if err != nil {
		t.Fatal(err)
	}
	return string(raw), string(head)
}

// mutate changes one number of a line: its last digit by one (0.01 of the unit), or two neighbouring digits that
// differ are swapped. It is false when the number has nothing to change.
func mutate(s string, at int, swap bool) (string, bool) {
	b := []byte(s)
	if !swap {
		i := at
		for i+1 < len(b) && (b[i+1] >= '0' && b[i+1] <= '9' || b[i+1] == '.' || b[i+1] == ',') {
			i++
		}
		b[i] = '0' + (b[i]-'0'+1)%10
		return string(b), b[i] != '0' // a carry would be more than 0.01
	}
	for i := at; i+1 < len(b) && b[i] != ' ' && b[i] != '\n'; i++ {
		if isDigit(b[i]) && isDigit(b[i+1]) && b[i] != b[i+1] {
			b[i], b[i+1] = b[i+1], b[i]
			return string(b), true
		}
	}
	return s, false
}

// moreByHundred adds 100 元, 0.01 万元, to an amount in 元. It is false where that would carry.
func moreByHundred(s string, at int) (string, bool) {
	b := []byte(s)
	i := at + strings.IndexByte(s[at:], '.') - 3
	if i < at || b[i] == '9' {
		return s, false
	}
	b[i]++
	return string(b), true
}

// noteLines counts what is said, with what is folded below.
func noteLines(l diag.List) (n int) {
	for _, d := range l.Sorted() {
		n += 1 + len(d.Notes)
	}
	return n
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// amountsAt are the offsets of printed amounts: digits after "| " with a decimal point.
func amountsAt(s string) (out []int) {
	for i := 0; i+4 < len(s); i++ {
		if s[i] != '|' || s[i+1] != ' ' || !isDigit(s[i+2]) {
			continue
		}
		cell, _, _ := strings.Cut(s[i+2:], "|")
		cell, _, _ = strings.Cut(cell, "\n")
		if strings.Contains(cell, ".") {
			out = append(out, i+2)
		}
	}
	return out
}

// TestMutatedTables: a printed number that is wrong by 0.01, or has two digits swapped, is found wherever it stands. What
// is not: 0.01 in a leaf whose sum has that much tolerance and that no other table prints.
func TestMutatedTables(t *testing.T) {
	s := shared(t)
	text, head := printedSample(t)
	places := amountsAt(text)
	if len(places) < 400 {
		t.Fatalf("%d amounts only", len(places))
	}
	clean, err := s.Check(build.Input{Dir: "d", Data: fstest.MapFS{
		"d/tables.toml": &fstest.MapFile{Data: []byte(text)}, "d/head.toml": &fstest.MapFile{Data: []byte(head)}}})
	if err != nil || clean.Diags.HasErrors() {
		t.Fatal(err, clean.Diags.Sorted())
	}
	baseline := noteLines(clean.Diags)
	for _, swap := range []bool{true, false} {
		tried, caught, noted := 0, 0, 0
		missed := map[string]int{}
		for i, at := range places {
			if i%4 != 0 && !testing.Verbose() {
				continue // all of them with -v
			}
			mutated, ok := mutate(text, at, swap)
			if !ok {
				continue
			}
			tried++
			w, err := s.Check(build.Input{Dir: "d", Data: fstest.MapFS{
				"d/tables.toml": &fstest.MapFile{Data: []byte(mutated)}, "d/head.toml": &fstest.MapFile{Data: []byte(head)}}})
			if err != nil {
				t.Fatal(err)
			}
			if w.Diags.HasErrors() {
				caught++
				continue
			}
			if noteLines(w.Diags) > baseline {
				noted++
				continue
			}
			line := text[strings.LastIndex(text[:at], "\n")+1:]
			line, _, _ = strings.Cut(line, "\n")
			missed[line]++
		}
		t.Logf("swap %v: of %d, %d are errors, %d are explained by rounding and noted", swap, tried, caught, noted)
		for line, n := range missed {
			t.Logf("  missed %d: %s", n, line)
		}
		if tried < 40 || (caught+noted)*100 < tried*99 || swap && caught*100 < tried*99 {
			t.Errorf("swap %v: of %d, %d are errors and %d notes, want 99%%", swap, tried, caught, noted)
		}
	}
}

// TestMutatedDepartments: a stated total, a margin, a revenue or a project's amount that is wrong in consistent
// departments. A leaf that nothing else states cannot be known to be wrong.
func TestMutatedDepartments(t *testing.T) {
	s := shared(t)
	kinds := map[string]*[2]int{}
	for seed := range uint64(10) {
		files := testdept.Files(seed)
		for _, name := range []string{"basic.toml", "projects.toml", "revenue.toml", "prior.toml"} {
			text := string(files[name])
			for n, at := 0, 0; n < 40; n++ {
				i := strings.Index(text[at:], " = ")
				if i < 0 {
					break
				}
				at += i + 3
				if !isDigit(text[at]) || !strings.Contains(strings.SplitN(text[at:], "\n", 2)[0], ".") {
					continue
				}
				for _, swap := range []bool{true, false} {
					mutated, ok := moreByHundred(text, at)
					if swap {
						mutated, ok = mutate(text, at, true)
					}
					if !ok {
						continue
					}
					k := kind(text, at)
					if kinds[k] == nil {
						kinds[k] = &[2]int{}
					}
					kinds[k][0]++
					if departmentCaught(t, s, files, name, mutated) {
						kinds[k][1]++
					}
				}
			}
		}
	}
	asserted := [2]int{}
	all := [2]int{}
	for k, n := range kinds {
		t.Logf("%s: %d of %d found", k, n[1], n[0])
		all[0], all[1] = all[0]+n[0], all[1]+n[1]
		if strings.HasPrefix(k, "[[stated]]") || strings.HasPrefix(k, "[[basic_by") || strings.HasPrefix(k, "[[revenue]]") {
			asserted[0], asserted[1] = asserted[0]+n[0], asserted[1]+n[1]
		}
	}
	t.Logf("%d of %d found in all", all[1], all[0])
	if asserted[0] < 20 || asserted[1]*100 < asserted[0]*99 {
		t.Errorf("%d of %d assertions found wrong", asserted[1], asserted[0])
	}
}

// kind names what a mutated number is: its table and its key.
func kind(text string, at int) string {
	table := text[strings.LastIndex(text[:at], "\n[")+1:]
	table, _, _ = strings.Cut(table, "\n")
	key := text[strings.LastIndex(text[:at], "\n")+1 : at]
	return cmp.Or(table, "?") + " " + strings.TrimSuffix(key, " = ")
}

func departmentCaught(t *testing.T, s *build.Shared, files map[string][]byte, name, mutated string) bool {
	t.Helper()
	m := fstest.MapFS{}
	for f, raw := range files {
		m["d/"+f] = &fstest.MapFile{Data: raw}
	}
	m["d/"+name] = &fstest.MapFile{Data: []byte(mutated)}
	w, err := s.Check(build.Input{Data: m, Dir: "d"})
	if err != nil {
		t.Fatal(fmt.Errorf("%s: %w", name, err))
	}
	return w.Diags.Len() > 0
}
