package testdept

import (
	"bytes"
	"fmt"
	"strings"
)

// Kinds of rows of which Large makes many.
const (
	Projects     = "projects"      // [[project]]
	ProjectLines = "project lines" // [[project.line]] of one project
	BasicLines   = "basic lines"   // [[basic]]
	Units        = "units"         // [[unit]] with a line each
	Indicators   = "indicators"    // of one project's form
	Forms        = "forms"         // [[project]] with a form each
	Paragraphs   = "paragraphs"    // of one text
	LongLine     = "one long line" // sentences of one line of TOML, with quotation marks in them
)

// LargeKinds are all of them.
func LargeKinds() []string {
	return []string{Projects, ProjectLines, BasicLines, Units, Indicators, Forms, Paragraphs, LongLine}
}

// Large is a department with n rows of one kind: a small one with a file more. No two rows are alike.
func Large(kind string, n int) map[string][]byte {
	_, files := Small(0)
	var s strings.Builder
	unit := ""
	if kind == Units {
		unit = "unit = \"000001001\"\n"
	}
	switch kind {
	case Projects:
		for i := range n {
			fmt.Fprintf(&s, "[[project]]\nname = %q\nfunction = \"2010399\"\npurpose = %q\namount = %d.%02d\n", largeName(i)+"经费", "用于"+largeName(i)+"。", 1000+i*7, i%100)
		}
	case ProjectLines:
		s.WriteString("[[project]]\nname = \"馆藏数字化\"\nfunction = \"2010399\"\n")
		for i := range n {
			fmt.Fprintf(&s, "[[project.line]]\neconomic = %q\namount = %d.%02d\n", []string{"30201", "30202", "30217", "30226", "30227", "30299", "31002"}[i%7], 1000+i*7, i%100)
		}
	case BasicLines:
		for i := range n {
			fmt.Fprintf(&s, "[[basic]]\nfunction = %q\neconomic = %q\namount = %d.%02d\n", []string{"2010301", "2010399", "2080505", "2210201", "2101101"}[i%5],
				[]string{"30101", "30102", "30103", "30201", "30202", "30207", "30211"}[i%7], 1000+i*7, i%100)
		}
	case Units:
		for i := range n {
			code := fmt.Sprintf("%09d", 1002+i)
			fmt.Fprintf(&s, "[[unit]]\ncode = %q\nname = \"%s分馆\"\nkind = \"公益一类\"\n", code, largeName(i))
			fmt.Fprintf(&s, "[[basic]]\nunit = %q\nfunction = \"2010350\"\neconomic = \"30101\"\namount = %d.%02d\n", code, 1000+i*7, i%100)
		}
	case Indicators:
		s.WriteString("[[project]]\nname = \"馆藏数字化\"\nfunction = \"2010399\"\neconomic = \"30227\"\npurpose = \"用于馆藏数字化。\"\namount = 500000\n")
		s.WriteString("[[form]]\nkind = \"项目绩效-通用\"\nproject = \"馆藏数字化\"\n[form.fields]\ntype = \"部门项目\"\nreason = \"履行职能需要。\"\ncontent = \"扫描馆藏。\"\nchange = \"上年按同口径安排。\"\n")
		s.WriteString("[[form.goal]]\nhorizon = \"年度\"\nname = \"年度绩效目标\"\ntext = \"完成扫描。\"\n")
		for i := range n {
			fmt.Fprintf(&s, "[[form.indicator]]\nhorizon = \"年度\"\ngoal = \"年度绩效目标\"\nfirst = \"产出指标\"\nsecond = \"数量指标\"\nthird = \"%s卷数\"\nvalue = \"≥%d卷\"\n", largeName(i), 100+i)
		}
	case Forms:
		for i := range n {
			name := largeName(i) + "经费"
			fmt.Fprintf(&s, "[[project]]\nname = %q\nfunction = \"2010399\"\neconomic = \"30227\"\npurpose = %q\namount = %d.%02d\n", name, "用于"+largeName(i)+"。", 1000+i*7, i%100)
			fmt.Fprintf(&s, "[[form]]\nkind = \"项目绩效-通用\"\nproject = %q\n[form.fields]\ntype = \"部门项目\"\nreason = \"履行职能需要。\"\ncontent = %q\nchange = \"上年按同口径安排。\"\n", name, largeName(i)+"的扫描和著录。")
			fmt.Fprintf(&s, "[[form.goal]]\nhorizon = \"年度\"\nname = \"年度绩效目标\"\ntext = \"完成扫描。\"\n")
			fmt.Fprintf(&s, "[[form.indicator]]\nhorizon = \"年度\"\ngoal = \"年度绩效目标\"\nfirst = \"产出指标\"\nsecond = \"数量指标\"\nthird = \"扫描卷数\"\nvalue = \"≥%d卷\"\n", 100+i)
		}
	case Paragraphs: // half of them what the program looks at most closely, half a form
		s.WriteString("[text]\nreason_total = '''\n")
		for i := range n / 2 {
			s.WriteString(largeSentence(i) + "。\n")
		}
		s.WriteString("'''\n[[project]]\nname = \"馆藏数字化\"\nfunction = \"2010399\"\neconomic = \"30227\"\npurpose = \"用于馆藏数字化。\"\namount = 500000\n")
		s.WriteString("[[form]]\nkind = \"项目绩效-通用\"\nproject = \"馆藏数字化\"\n[form.fields]\ntype = \"部门项目\"\ncontent = \"扫描馆藏。\"\nchange = \"上年按同口径安排。\"\nreason = '''\n")
		for i := range n / 2 {
			s.WriteString(largeSentence(n+i) + "。\n")
		}
		s.WriteString("'''\n[[form.goal]]\nhorizon = \"年度\"\nname = \"年度绩效目标\"\ntext = \"完成扫描。\"\n[[form.indicator]]\nhorizon = \"年度\"\ngoal = \"年度绩效目标\"\nfirst = \"产出指标\"\nsecond = \"数量指标\"\nthird = \"扫描卷数\"\nvalue = \"≥100卷\"\n")
	case LongLine:
		s.WriteString("[text]\nreason_total = \"")
		for i := range n {
			s.WriteString(largeSentence(i) + "，")
		}
		s.WriteString("相应增加经费\"\n")
	default:
		panic("testdept: no rows " + kind)
	}
	if kind == Paragraphs || kind == LongLine {
		delete(files, "text.toml")
		files["prior.toml"] = bytes.Replace(files["prior.toml"], []byte("total = 1"), []byte("total = 2"), 1) // the text is a reason for that
	}
	files["large.toml"] = []byte(s.String())
	if unit != "" {
		files["basic.toml"] = append(files["basic.toml"], unit...)
	}
	return files
}

// largeSentence has what rules look for in texts: years, amounts, shares, names, quotation marks and brackets.
func largeSentence(i int) string {
	return fmt.Sprintf("%s比%d年增加%d.%02d万元，增长%d.%02d%%（含“第%d号”库房），与上年持平的有%d项", largeName(i), Year-1, 10+i, i%100, 1+i%40, i%100, i, i%9)
}

// largeName is a name for each number: no two are alike, and none is a part of another.
func largeName(i int) string {
	const marks = "松柏桐桂槐榆杨柳梅兰竹菊荷葵芦枫樟杉桑椿"
	r := []rune(marks)
	var s []rune
	for range 4 {
		s = append(s, r[i%len(r)])
		i /= len(r)
	}
	return string(s) + "片区档案整理"
}
