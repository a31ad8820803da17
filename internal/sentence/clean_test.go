package sentence

import (
	"bufio"
	"os"
	"testing"
)

// TestTrueSentencesAreClean: paragraphs as bureaus of many places write them, correct to the digit, a line each: nothing is said of
// any, neither of its numbers nor of its words.
func TestTrueSentencesAreClean(t *testing.T) {
	f, err := os.Open("testdata/clean/bureaus.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		p := Read(lines.Text(), 2026)
		if said := dumpFaults(p); said != "" {
			t.Errorf("%s\n%s", lines.Text(), said)
		}
		for _, x := range p.Slips {
			t.Errorf("%s\n%s %s", lines.Text(), x.Kind, p.Text[x.Start:x.End])
		}
	}
}

// TestOneSlipOneFault: what is changed in a true sentence is told once, at the number that was changed or the word.
func TestOneSlipOneFault(t *testing.T) {
	for _, c := range []struct{ text, at string }{
		{"本年收入3,200万元，其中：财政拨款3,000万元（含上级转移支付400万元），占93.75%；事业收入250万元，占6.25%。", "250万元"},
		{"本年收入3,300万元，其中：财政拨款3,000万元，占93.75%；事业收入200万元，占6.25%。", "3,300万元"},
		{"政府采购1,235.6万元，其中：货物235.6万元、工程400万元、服务600万元，占比分别为19.07%、32.37%和48.65%。", "48.65%"},
		{"基本支出500万元，其中人员经费420万元、公用经费80万元，分别占48%和16%。", "48%"},
		{"公务接待费由上年的10.00万元减少到6.80万元，减少3.30万元，下降32.00%。", "3.30万元"},
		{"公务接待费由上年的10万元增加到6.8万元。", "增加到"},
		{"项目支出1,500万元，较2025年预算数（1,450万元）增加150万元，增长11.11%。", "1,450万元"},
		{"项目支出1,500万元，较2025年预算数（1,350万元）增加150万元，增长11.11%；较2025年执行数（1,600万元）减少100万元，下降6.52%。", "6.52%"},
		{"项目支出1,500万元，较2025年预算数（1,350万元）增加150万元，增长11.11%；较2025年执行数（1,600万元）增加100万元。", "增加"},
		{"收入预算3,000万元，其中：财政拨款2,400万元、事业收入450万元、其他收入150万元，分别占收入预算的80.00%、51.00%和5.00%。", "51.00%"},
		{"本年支出1,000万元，其中：基本支出和项目支出分别安排600万元和450万元。", "1,000万元"},
		{"住房保障支出200万元，其中，公积金130万元，提租补贴40万元，购房补贴30万元，三项合计210万元。", "210万元"},
		{"部门预算收入4671.85元。其中：一般公共预算财政拨款收入4671.85万元，占100%。", "4671.85元"},
		{"收入预算4,671.85元。其中：财政拨款收入4,000.85万元，占85.64%；事业收入671万元，占14.36%。", "4,671.85元"},
		{"收入预算4,671.85万元。其中：财政拨款收入4,000.85万元，占85.64%；事业收入671元，占14.36%。", "671元"},
		{"基本支出100.00万元，2025年预算数为90.00万元，增加10.02万元。", "10.02万元"}, // 0.015 is what rounding of three makes
		{"公务接待费由上年的10万元增加到10万元。", "增加到"},
		{"项目支出5万元，比上年增加10万元，增长50%。", "10万元"},          // last year less than nothing
		{"“三公”经费10.00万元，其中：公务接待费10.01万元。", "10.01万元"}, // one part has nothing to round
		{"项目支出50万元，比上年增加10万元，主要原因是新增信息化经费80万元。", "80万元"},
		{"截至2023年12月31日，本部门共有车辆3辆。", "2023年"},
		{"本部门包括机关本级和6家所属单位，其中：行政单位2家、事业单位6家。", "2"},
	} {
		p := Read(c.text, 2026)
		faults, _ := p.Judge()
		if len(faults) != 1 || c.text[faults[0].At.Start:faults[0].At.End] != c.at {
			t.Errorf("%s: want one fault at %s, got\n%s", c.text, c.at, dumpFaults(p))
		}
	}
}
