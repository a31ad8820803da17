package build_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"yusuan/internal/build"
	"yusuan/internal/diag"
)

// ofRule are a rule's diagnostics.
func ofRule(list []diag.Diagnostic, rule string) []diag.Diagnostic {
	return slices.DeleteFunc(list, func(d diag.Diagnostic) bool { return d.Rule != rule })
}

// TestWordsOfPeoplePrintTheSame: what people write for a word of a list makes the same document as the word.
func TestWordsOfPeoplePrintTheSame(t *testing.T) {
	want := dump(good(t, sample).Tree)
	for _, e := range [][3]string{
		{"units.toml", `kind         = "行政"`, `kind = "行政单位"`},
		{"units.toml", `kind         = "行政"`, `kind = "机关"`},
		{"units.toml", `kind          = "公益一类"`, `kind = "公益一类事业单位"`},
		{"projects.toml", `procurement  = "工程"`, `procurement = "工程类"`},
	} {
		got := dump(good(t, sample, e).Tree)
		for place, text := range want {
			if got[place] != text {
				t.Errorf("%s: %s is %q, want %q", e[2], place, got[place], text)
			}
		}
	}
	if all := strings.Join(paragraphsOf(good(t, sample, [3]string{"units.toml", `kind         = "行政"`, `kind = "机关"`}).Tree), "\n"); strings.Contains(all, "没有安排机关运行经费") {
		t.Error("an agency has no 机关运行经费")
	}
}

// TestNoServicesBought: 否 says that nothing is bought, and 是 says nothing.
func TestNoServicesBought(t *testing.T) {
	const old = "procurement      = \"服务\"\nservice_purchase = \"其他适合通过市场化方式提供的服务\"\npurpose          = \"主要用于支付"
	none := good(t, sample, [3]string{"projects.toml", old, strings.Replace(old, "其他适合通过市场化方式提供的服务", "否", 1)})
	all := strings.Join(paragraphsOf(none.Tree), "\n")
	if strings.Contains(all, "否1,201.00万元") || !strings.Contains(all, "其他适合通过市场化方式提供的服务732.40万元") {
		t.Errorf("否 is a class: %s", all)
	}
	w := work(t, sample, [3]string{"projects.toml", old, strings.Replace(old, "其他适合通过市场化方式提供的服务", "是", 1)})
	if list := ofRule(w.Diags.Sorted(), "填报-009"); len(list) != 1 || !strings.Contains(list[0].Hint, "不写“是”“否”") {
		t.Errorf("是: %v", list)
	}
}

// TestListsOfThePackInUse: the words that a pack has closed a list with are held where the pack is known, each edition by its
// own pack; the program's words serve where it is not.
func TestListsOfThePackInUse(t *testing.T) {
	const head = "[department]\nyear = 2026\ncode = \"900\"\nname = \"沐阳县统计局\"\ntemplate = \"PACK\"\ndate = 2026-02-01\nduties = [\"做好普查。\"]\n" +
		"[[unit]]\ncode = \"900001\"\nname = \"沐阳县统计局本级\"\nkind = \"行政\"\n[[basic]]\nfunction = \"2010101\"\neconomic = \"30101\"\namount = 1000000\n"
	for _, c := range []struct{ pack, use, says string }{
		{"shanghai-department", "机要通信车", "是不是“机要通信用车”；可填：部级领导干部用车、"},
		{"shanghai-unit", "流动普查车", "可填：部级领导干部用车、"},
		{"shanghai-department", "机要通信用车", ""},
		{"wuhan", "流动普查车", ""},
		{"wuhan", "有", "写它的名称，可填：主要负责人用车、"},
		{"no-such-pack", "流动普查车", ""},
		{"no-such-pack", "是", "写它的名称，可填：主要负责人用车、"},
	} {
		text := strings.Replace(head, "PACK", c.pack, 1) + "[[vehicle]]\ncount = 1\nuse = \"" + c.use + "\"\n"
		w, err := shared(t).Check(build.Input{Data: fstest.MapFS{"d/a.toml": {Data: []byte(text)}}, Dir: "d"})
		if err != nil {
			t.Fatal(err)
		}
		list := ofRule(w.Diags.Sorted(), "填报-009")
		if c.says == "" && len(list) > 0 || c.says != "" && (len(list) != 1 || list[0].At.Start.Line != strings.Count(text, "\n") || !strings.Contains(list[0].Hint, c.says)) {
			t.Errorf("%s, %s: %v", c.pack, c.use, list)
		}
	}
}

// TestYearsWithoutCatalogue: a year that nothing is known of is the author's trouble, in the author's words.
func TestYearsWithoutCatalogue(t *testing.T) {
	for _, year := range []string{"26", "1", "-1", "0", "1990", "2015", "20266"} {
		w := work(t, sample, [3]string{"department.toml", "= 2026\n", "= " + year + "\n"})
		list := ofRule(w.Diags.Sorted(), "填报-010")
		if len(list) != 1 || list[0].Level != diag.Error || list[0].At.Start.Line == 0 || !strings.Contains(list[0].Message+list[0].Hint, "年度写四位") {
			t.Errorf("%s: %v", year, list)
		}
	}
}
