package main

import (
	"strings"
	"testing"

	"yusuan/internal/build"
	"yusuan/internal/read/paper"
	"yusuan/internal/recognise"
)

// made is a small document: a table of two classes and a total, and sentences.
func made(sentences ...string) *exam {
	text := func(s string) paper.Block { return paper.Block{Text: &paper.Paragraph{Text: s}} }
	row := func(cells ...string) (r paper.Row) {
		for i, c := range cells {
			r.Cells = append(r.Cells, paper.Cell{Column: i, Columns: 1, Rows: 1, Text: c})
		}
		return r
	}
	d := &paper.Document{Format: paper.Word, Blocks: []paper.Block{
		{Table: &paper.Table{Columns: 3, Above: []paper.Paragraph{{Text: "2026年支出表"}, {Text: "单位：万元"}}, Rows: []paper.Row{
			row("科目编码", "科目", "金额"), row("", "合计", "444.66"), row("201", "一般公共服务支出", "321.33"), row("208", "社会保障和就业支出", "123.33"),
		}}},
		{Table: &paper.Table{Columns: 2, Above: []paper.Paragraph{{Text: "单位：万元"}}, Rows: []paper.Row{row("项目", "金额"), row("零星采购", "7.00")}}},
		text("一、支出预算情况"),
	}}
	for _, s := range sentences {
		d.Blocks = append(d.Blocks, text(s))
	}
	f := &recognise.Found{Year: recognise.Said[int]{Value: 2026}}
	for i := range d.Blocks[:2] {
		f.Tables = append(f.Tables, &recognise.Table{Block: i, Paper: d.Blocks[i].Table, Heads: 1})
	}
	x := &exam{in: build.FinishedInput{Document: d}, sites: lay(d, f)}
	for i := range x.sites {
		x.numbers = append(x.numbers, numbersOf(&x.sites[i], "万元")...)
	}
	x.found = f
	return x
}

// TestReasons: each number of a small document hangs on what it hangs on, and of what hangs on nothing the reason is told.
func TestReasons(t *testing.T) {
	for _, c := range []struct {
		sentence, number, kind, why string
	}{
		{"支出预算444.66万元。", "444.66", anotherDigit, ""},                                      // printed in the table
		{"支出预算444.66万元。", "444.66", otherUnit, ""},                                         //
		{"另安排一次性经费35.77万元。", "35.77", anotherDigit, typedOnce},                             //
		{"基本支出100.01万元，项目支出22.22万元，两项共122.23万元。", "22.22", tenfold, ""},                    // a list and its sum
		{"基本支出100.01万元，项目支出22.22万元，两项共122.23万元。", "22.22", lastPlace, inRounding},          // 0.01 is rounding there
		{"支出预算444.66万元，比上年增加44.66万元，增长11.17%。", "44.66", anotherDigit, ""},                 // the rate
		{"支出预算444.66万元，比上年增加44.66万元，增长11.17%。", "11.17", tenth, ""},                        //
		{"支出预算444.66万元，比上年增加44.66万元，增长11.17%。", "增加", otherWay, ""},                        // the other word
		{"支出预算444.66万元，比上年增加44.66万元。", "增加", otherWay, noLastYear},                         //
		{"支出预算444.66万元，比上年增加44.66万元。", "44.66", anotherDigit, typedOnce},                   //
		{"支出预算444.66万元，比上年增加44.66万元。上年为400.00万元。", "增加", otherWay, noLastYear},             // 400.00 is too round to be no chance
		{"支出预算444.66万元，比上年增加44.55万元。上年预算为400.11万元。", "增加", otherWay, ""},                   //
		{"一般公共服务支出321.33万元，占支出的72.26%。", "72.26", anotherDigit, ""},                        // of the table's total
		{"会议费每人每天550元。", "550", anotherDigit, unitPrice},                                   //
		{"单价50万元以上的设备。", "50", anotherDigit, aLimit},                                       //
		{"服务对象满意度达到95%。", "95", anotherDigit, aTarget},                                     //
		{"现有车辆3辆。", "3", anotherDigit, countedOnce},                                        //
		{"编制339名，其中行政199名、附属104名、事业36名。", "104", anotherDigit, ""},                         // a list and its sum
		{"编制339名，行政199名。事业140名。", "140", anotherDigit, countedOnce},                        // nothing says that they add up
		{"2026年支出预算444.66万元。", "2026", otherYear, ""},                                      //
		{"依据《关于2026年预算的批复》编制。", "2026", otherYear, inName},                                 //
		{"自2019年起开展工作。", "2019", otherYear, pastYear},                                      //
		{"自2025年起开展工作。", "2025", otherYear, ""},                                            // the year before is the document's too
		{"社会保障和就业支出123.33万元。零星采购7万元。", "7", anotherDigit, ""},                              // few digits, and the row of its name
		{"购买纸张7万元。", "7", anotherDigit, typedOnce},                                         // few digits are chance
		{"事业收入0万元，支出预算444.66万元。", "0", anotherDigit, typedOnce},                            //
		{"支出444.66万元，其中：一般公共服务444.66万元，教育0万元，其他0万元。", "教育0", anotherDigit, ""},             // nothing in a list that adds up
		{"支出预算444.66万元，其中基本支出400.66万元、项目支出44.00万元。", "400.66", swapped, ""},                //
		{"支出预算444.66万元，其中基本支出400.66万元、项目支出44.00万元。", "400.66", lastPlace, inRounding},      //
		{"支出预算444.66万元，其中：人员经费321.33万元、公用经费123.33万元。", "123.33", lastPlace, ""},            // the table prints it too
		{"支出预算444.66万元，比上年增加44.66万元，增长11.17%。", "44.66", lastPlace, inRounding},            // the rate is coarser
		{"支出预算444.66万元，其中：人员经费321.33万元、公用经费123.33万元。“十五五”规划2026年。", "2026", otherYear, ""}, //
	} {
		x := made(c.sentence)
		r := reasonsFor(x, x.found)
		tried := 0
		want, front := c.number, ""
		if i := strings.IndexAny(c.number, "0123456789"); i > 0 {
			front, want = c.number[:i], c.number[i:]
		}
		for i := range x.numbers {
			n := &x.numbers[i]
			s := &x.sites[n.site]
			if s.inTable() || n.text != want || !strings.HasSuffix(s.text[:n.start], front) || tried > 0 {
				continue
			}
			for _, y := range changesOf(i, n, "made") {
				if y.kind != c.kind {
					continue
				}
				tried++
				if got := r.why(&y); got != c.why {
					t.Errorf("%s: %s %s→%s: %q, not %q", c.sentence, y.kind, n.text, y.with, got, c.why)
				}
			}
		}
		if tried == 0 {
			t.Errorf("%s: no %s of %s", c.sentence, c.kind, c.number)
		}
	}
}

// TestReasonsOfDrawings: labels below 一图读懂 are no sentences, until the next numbered heading.
func TestReasonsOfDrawings(t *testing.T) {
	x := made("一图读懂2026年部门预算", "444.66万元，72.26%", "第五部分 名词解释", "支出预算444.66万元。")
	r := reasonsFor(x, x.found)
	var got []string
	for i := range x.numbers {
		if n := &x.numbers[i]; n.text == "444.66" && !x.sites[n.site].inTable() {
			got = append(got, r.why(&change{number: i, kind: tenfold, value: 10 * n.value}))
		}
	}
	if len(got) != 2 || got[0] != aLabel || got[1] != "" {
		t.Errorf("%q", got)
	}
}

// TestReasonsOfTables: the same of the numbers and the units of tables.
func TestReasonsOfTables(t *testing.T) {
	x := made("支出预算444.66万元。")
	r := reasonsFor(x, x.found)
	got := map[string]string{}
	for i := range x.numbers {
		n := &x.numbers[i]
		if s := &x.sites[n.site]; s.inTable() {
			for _, y := range changesOf(i, n, "made") {
				got[s.label+" "+n.text+" "+y.kind] += r.why(&y) + ";"
			}
		}
	}
	for key, want := range map[string]string{
		"合计 444.66 last":        ";", // a sentence prints it
		"一般公共服务支出 321.33 digit": ";",
		"一般公共服务支出 321.33 last":  inRounding + ";",
		"零星采购 7.00 x10":         typedOnce + ";",
		" 2026 year":            ";",
		" 万元 unit":              ";" + aloneUnit + ";",
		"社会保障和就业支出 123.33 swap": "",
	} {
		if have, is := got[key]; have != want && want != "" || !is && want != "" {
			t.Errorf("%s: %q, not %q", key, have, want)
		}
	}
}
