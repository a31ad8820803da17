package recognise

import "testing"

func TestTidy(t *testing.T) {
	for in, want := range map[string]string{
		"  合   计 ":        "合计",
		"当 年 收 入\n小计":     "当年收入小计",
		"　　1. 一般公共预算":     "1.一般公共预算",
		"2435.49 2538.83": "2435.49 2538.83",
		"台式计算机（20 万以下）":   "台式计算机（20万以下）",
		"A4 paper":        "A4 paper",
		"":                "",
	} {
		if got := tidy(in); got != want {
			t.Errorf("tidy(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestNumbered(t *testing.T) {
	for in, want := range map[string][2]string{
		"公开01表":          {"公开01表", ""},
		"公开 09 表":        {"公开09表", ""},
		"公开表一":           {"公开表一", ""},
		"表5-1 一般公共预算支出表": {"表5-1", "一般公共预算支出表"},
		"表1. 收支总表":       {"表1.", "收支总表"},
		"附表一：收支总表":       {"附表一", "收支总表"},
		"2.11 收入总表":      {"2.11", "收入总表"},
		"十二、政府采购支出预算表":   {"十二", "政府采购支出预算表"},
		"1. 2025年部门收入总表": {"1", "2025年部门收入总表"},
		"4．2025年部门收入总表":  {"4", "2025年部门收入总表"},
		"部门预算公开表3":       {"部门预算公开表3", ""},
		"一般公共预算支出表":      {"", "一般公共预算支出表"},
		"表一 一般公共预算支出表":   {"表一", "一般公共预算支出表"},
		"表三 “三公”经费表":     {"表三", "三公经费表"},
		"2025年部门收入总表":    {"", "2025年部门收入总表"},
		"（二）收入总表":        {"(二)", "收入总表"},
		"政府采购支出预算表":      {"", "政府采购支出预算表"},
		"第三部分 部门预算表":     {"", "第三部分部门预算表"},
		"表十一三公经费表":       {"表十一", "三公经费表"},
	} {
		number, rest, ok := numbered(bare(in))
		if want[0] == "" {
			if ok {
				t.Errorf("%s: number %q", in, number)
			}
			continue
		}
		if bare(want[0]) != number && bare(want[0]) != number+"." && number != want[0]+"、" && number != want[0]+"." || rest != want[1] {
			t.Errorf("%s: %q, %q; want %q", in, number, rest, want)
		}
	}
}

func TestNumberKey(t *testing.T) {
	for in, want := range map[string]string{"公开01表": "1", "公开表十二": "12", "表5-1": "5-1", "2.11": "2-11", "附表二": "2", "2": "2", "表二十一": "21", "": ""} {
		if got := numberKey(in); got != want {
			t.Errorf("%s: %q, want %q", in, got, want)
		}
	}
}
