package build_test

import (
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"yusuan/internal/build"
	"yusuan/internal/diag"
	"yusuan/internal/doc"
)

const (
	wordingHead = "[department]\nyear = 2025\ncode = \"730\"\nname = \"云汀区粮食和物资储备局\"\ntemplate = \"shanghai-department\"\ndate = 2025-02-10\nduties = [\"管理储备粮。\"]\n"
	ownUnit     = "[[unit]]\ncode = \"730001\"\nname = \"云汀区粮食和物资储备局本部\"\nfull_name = \"云汀区粮食和物资储备局\"\nkind = \"行政\"\nheadquarters = true\n"
	sixUnits    = ownUnit + "[[unit]]\ncode = \"730002\"\nname = \"云汀区粮食执法队\"\nkind = \"参公\"\n" +
		"[[unit]]\ncode = \"730003\"\nname = \"云汀区储备一库\"\nkind = \"公益一类\"\n[[unit]]\ncode = \"730004\"\nname = \"云汀区储备二库\"\nkind = \"公益二类\"\n" +
		"[[unit]]\ncode = \"730005\"\nname = \"云汀区粮油检测站\"\nkind = \"公益一类\"\n[[unit]]\nname = \"云汀区物资调度站\"\nkind = \"公益一类\"\nbudget_within = \"730003\"\n"
	ofUnit = "[[basic]]\nunit = \"UNIT\"\nfunction = \"2010301\"\neconomic = \"30101\"\namount = 1000000\n[[basic]]\nunit = \"UNIT\"\nfunction = \"2010301\"\neconomic = \"30201\"\namount = 120000\n"
	region = "[text]\nregion = \"云汀区\"\n"
)

func basicOf(units ...string) (out string) {
	for _, u := range units {
		out += strings.ReplaceAll(ofUnit, "UNIT", u)
	}
	return out
}

// wording is all running text of a document of the facts, a paragraph or heading a line.
func wording(t *testing.T, pack, facts string) string {
	t.Helper()
	text := strings.Replace(facts, "shanghai-department", pack, 1)
	w, err := shared(t).Check(build.Input{Data: fstest.MapFS{"d/a.toml": {Data: []byte(text)}}, Dir: "d"})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range w.Diags.Sorted() {
		if d.Level == diag.Error {
			t.Fatalf("%s: %s %s", d.At, d.Rule, d.Message)
		}
	}
	var out []string
	for _, s := range w.Tree.Sections {
		for _, b := range s.Blocks {
			switch b := b.(type) {
			case *doc.Heading:
				out = append(out, b.Text.String)
			case *doc.Paragraph:
				line := ""
				for _, x := range b.Spans {
					line += x.String
				}
				out = append(out, line)
			}
		}
	}
	return strings.Join(out, "\n")
}

// fellOut is what no document says whatever the department: nothing counted, lists of nothing, words that fell out.
var fellOut = regexp.MustCompile(`[^0-9]0家|其中：[。；]|包括：\n##|：。|，。|；。|、。|是。|（）`)

// TestWordingOfEveryDepartment: the sentences of a place are true of its departments, whatever they have and have not: what there is
// none of has a sentence of its own, and what is numbered is counted.
func TestWordingOfEveryDepartment(t *testing.T) {
	six := wordingHead + sixUnits + basicOf("730001", "730002", "730003", "730004", "730005") + region
	one := wordingHead + strings.Replace(ownUnit, "行政", "公益一类", 1) + basicOf("730001") + region
	for name, c := range map[string]struct {
		pack, facts string
		says, not   []string
	}{
		"six units": {"shanghai-department", six, []string{
			"本部门中，行政单位1家，参公单位1家，事业单位4家，具体包括", "下属1家机关和1家参公事业单位财政拨款的机关运行经费预算为24万元", "6. 云汀区物资调度站（不单列预算，收支并入云汀区储备一库）。",
			"2025年本部门未安排“三公”经费预算。", "2025年本部门未安排政府采购预算。", "一、2025年“三公”经费预算情况说明", "四、绩效目标设置情况\n2025年本部门没有编报绩效目标的项目。", "包括云汀区粮食和物资储备局本部以及下属5家单位的综合收支计划"},
			[]string{"政府采购货物预算"}},
		"no agency":    {"shanghai-department", one, []string{"本部门中，事业单位1家，具体", "2025年本部门无机关运行经费预算。", "预算是云汀区粮食和物资储备局本部的综合收支计划。"}, []string{"行政单位1家", "家机关", "以及下属"}},
		"chosen terms": {"shanghai-department", strings.Replace(one, region, region+"terms = \"机关运行经费、三公经费\"\n", 1), []string{"（一）机关运行经费：", "（二）“三公”经费："}, []string{"财政拨款收入：", "（三）"}},
		"a unit":       {"shanghai-unit", one, []string{"2025年本单位无机关运行经费预算。", "2025年本单位未安排政府采购预算。", "2025年本单位没有编报绩效目标的项目。"}, []string{"家机关", "本部门"}},
		"gone": {"shanghai-department", one + "[prior]\nyear = 2024\n[prior.figures]\nthree_public = 0\n", []string{
			"2025年本部门未安排“三公”经费预算，与2024年预算持平。"}, []string{"因公出国（境）费0"}},
		"less": {"shanghai-department", one + "reason_fiscal = \"人员减少\"\n[prior]\nyear = 2024\n[prior.figures]\nfiscal = 2000000\nthree_public = 10000\n", []string{
			"2025年“三公”经费预算数为0万元，比2024年预算减少1万元。其中：", "财政拨款收入支出减少的主要原因是人员减少。"}, nil},
		"procurement and goals": {"shanghai-department", one + "[[project]]\nname = \"粮情监测\"\nfunction = \"2010302\"\namount = 450000\nprocurement = \"货物\"\ngoals = true\n", []string{
			"2025年本部门政府采购预算45万元，其中：政府采购货物预算45万元、政府采购工程预算0万元、政府采购服务预算0万元。", "2025年本部门没有面向中小企业预留的政府采购项目预算。",
			"本部门1个预算单位开展了2025年项目预算绩效目标编报工作，编报绩效目标的项目1个，涉及项目预算资金45万元。", "2025年没有需要说明的项目经费。"}, nil},
		"assets and no goals stated": {"shanghai-department", one + "[[project]]\nname = \"粮情监测\"\nfunction = \"2010302\"\namount = 450000\n[[vehicle]]\nuse = \"其他用车\"\ncount = 2\n", []string{
			"四、国有资产占有使用情况", "其他用车2辆"}, []string{"绩效目标设置情况", "五、国有资产"}},
		"some of a project's texts": {"shanghai-department", strings.Replace(one, region, region+"\"project_overview.粮情监测\" = \"在库粮情的监测\"\n\"project_plan.粮情监测\" = \"按季度实施\"\n", 1) + "[[project]]\nname = \"粮情监测\"\nfunction = \"2010302\"\namount = 450000\n",
			[]string{"一、项目概述\n在库粮情的监测。\n二、实施方案\n按季度实施。"}, []string{"四、实施方案", "没有需要说明的项目经费"}},
	} {
		all := wording(t, c.pack, c.facts)
		for _, s := range c.says {
			if !strings.Contains(all, s) {
				t.Errorf("%s: does not say %s\n%s", name, s, all)
			}
		}
		for _, s := range c.not {
			if strings.Contains(all, s) {
				t.Errorf("%s: says %s", name, s)
			}
		}
		if s := fellOut.FindString(all); s != "" {
			t.Errorf("%s: says %q", name, s)
		}
	}
}

// TestWordingOfTheYear: labels and items are written as the place writes them in the year.
func TestWordingOfTheYear(t *testing.T) {
	for year, c := range map[string]struct{ items, label string }{
		"2025": {"\n“一般公共服务支出-政府办公厅（室）及相关机构事务-行政运行”科目112万元。", "1. 一般公共预算资金"},
		"2026": {"\n一般公共服务支出（类）政府办公厅（室）及相关机构事务（款）行政运行（项）112万元。", "1. 一般公共预算"},
	} {
		text := strings.Replace(wordingHead+ownUnit+basicOf("730001")+region, "year = 2025", "year = "+year, 1)
		for _, pack := range []string{"shanghai-department", "shanghai-unit"} {
			w, err := shared(t).Check(build.Input{Data: fstest.MapFS{"d/a.toml": {Data: []byte(strings.Replace(text, "shanghai-department", pack, 1))}}, Dir: "d"})
			if err != nil {
				t.Fatal(err)
			}
			if all := strings.Join(paragraphsOf(w.Tree), "\n"); !strings.Contains(all, c.items) {
				t.Errorf("%s, %s: does not say %s\n%s", year, pack, c.items, all)
			}
			found := false
			for _, r := range cells(tables(w.Tree)["1"]) {
				found = found || r[0] == c.label
			}
			if !found {
				t.Errorf("%s, %s: table 1 has no row %s", year, pack, c.label)
			}
		}
	}
}

// TestChosenTermsAreKnown: a term that nobody explains is told where it is chosen, and one that is explained and not chosen where it is
// explained.
func TestChosenTermsAreKnown(t *testing.T) {
	one := wordingHead + strings.Replace(ownUnit, "行政", "公益一类", 1) + basicOf("730001")
	for _, c := range []struct{ terms, glossary, says string }{
		{"财政拨款收人", "", "不认识的名词“财政拨款收人”"},
		{"储备粮、储备粮", "[[glossary]]\nterm = \"储备粮\"\ntext = \"政府储备的粮食。\"\n", "“储备粮”写了两遍"},
		{"其他收入", "[[glossary]]\nterm = \"储备粮\"\ntext = \"政府储备的粮食。\"\n", "不在选列的名词（terms）里"},
	} {
		text := one + region + "terms = \"" + c.terms + "\"\n" + c.glossary
		w, err := shared(t).Check(build.Input{Data: fstest.MapFS{"d/a.toml": {Data: []byte(text)}}, Dir: "d"})
		if err != nil {
			t.Fatal(err)
		}
		if list := ofRule(w.Diags.Sorted(), "填报-009"); len(list) != 1 || !strings.Contains(list[0].Message, c.says) || list[0].At.Start.Line == 0 {
			t.Errorf("%s: %v", c.terms, list)
		}
	}
}
