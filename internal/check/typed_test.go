package check_test

import (
	"fmt"
	"strings"
	"testing"
)

// purposes is a department with one project of 137.84 of 500 万元, and a text in one of its places.
func purposes(place, text string) map[string]string {
	purpose, use, content := "", "", "堤防日常维护"
	switch place {
	case "purpose":
		purpose = text
	case "use":
		use = text
	case "content":
		content = text
	}
	return map[string]string{"d/all.toml": fmt.Sprintf(`
department = { year = 2026, code = "415", name = "澜川市水务局", template = "wuhan", date = 2026-02-01, duties = ["负责水务工作。"] }
unit = [ { code = "415001", name = "水务局本级", kind = "行政", headquarters = true } ]
basic = [ { function = "2010301", economic = "30101", amount = 45678900 } ]
[[project]]
name = "堤防维护"
function = "2010399"
total_budget = 5000000
purpose = %q
use = %q
[[project.line]]
amount = 1000000
[[project.line]]
fund = "政府性基金预算"
function = "2120803"
amount = 378400
[[form]]
kind = "项目绩效-通用"
project = "堤防维护"
[form.fields]
content = %q
`, purpose, use, content)}
}

// told are the rules of a family that a text makes speak.
func told(t *testing.T, files map[string]string, rules ...string) string {
	t.Helper()
	w := checked(t, files)
	var out []string
	for _, r := range rules {
		for range of(w, r) {
			out = append(out, r)
		}
	}
	return strings.Join(out, " ")
}

// TestAmountsInPurposes: an amount in a text about a project that is the project's with two digits swapped, or is called
// its budget and is another, is told wherever it stands; others are not.
func TestAmountsInPurposes(t *testing.T) {
	for _, x := range []struct{ text, rules string }{
		{"用于堤防维护，预算137.48万元。", "文表-008"},
		{"用于堤防维护，预算138.74万元。", "文表-008"},
		{"堤防维护137.48万元。", "文表-007"}, // the name stands before it
		{"用于堤防加固，共计137.48万元", "文表-008"},
		{"安排130万元用于堤防加固。", "文表-007"},
		{"本项目2026年预算130.00万元。", "文表-007"},
		{"项目总预算550万元，分三年实施。", "文表-007"},
		{"用于加固，本年安排资金37.48万元。", "文表-008"},     // of a line
		{"与堤防有关的各单位人员经费4576.89万元。", "文表-008"}, // of a figure
		{"用于堤防加固，预算137.84万元。", ""},
		{"用于堤防加固，预算138万元。", ""}, // at the precision in which it is written
		{"项目总预算500万元，本年安排137.84万元，其中政府性基金37.84万元。", ""},
		{"用于堤防加固，其中设备购置预算30万元、人工60万元。", ""},
		{"2025年预算120万元，2026年预算137.84万元。", ""},
		{"每公里1.5万元。", ""},
		{"上年安排120万元。", ""},
		{"涉及堤防12.5公里，保护资产137.5亿元。", ""},
	} {
		for _, place := range []string{"purpose", "use", "content"} {
			if got := told(t, purposes(place, x.text), "文表-007", "文表-008"); got != x.rules {
				t.Errorf("%s %s: %q, want %q", place, x.text, got, x.rules)
			}
		}
	}
}

// TestYearsInPurposes: what this year's money is for does not speak of last year alone.
func TestYearsInPurposes(t *testing.T) {
	for text, rules := range map[string]string{
		"用于2025年堤防维护。":               "年度-005",
		"2025年度堤防维护":                 "年度-005",
		"保障2025年防汛和抗旱。":              "年度-005",
		"主要用于开展 2024 年水质普查":          "年度-005",
		"用于堤防维护，完成2025年的各项任务。":       "年度-005",
		"用于2026年堤防维护。":               "",
		"2025年堤防维护的后续工程，2026年完工。":    "",
		"用于支付2025年已完工项目的款项。":         "",
		"支付2025年堤防维护尾款。":             "",
		"自2025年起分三年实施。":              "",
		"2025年起实施的堤防维护。":             "",
		"截至2025年12月31日完工的堤防的维护。":     "",
		"比2025年增加巡查两次。":              "",
		"按照2025年签订的合同支付。":            "",
		"依据《2025年防汛规划》和汛〔2025〕5号文件。": "",
		"2024、2025年建成的堤防的维护。":        "",
		"1998年洪水以后建的堤防的维护。":          "",
	} {
		for _, place := range []string{"purpose", "use", "content"} {
			if got := told(t, purposes(place, text), "年度-005"); got != rules {
				t.Errorf("%s %s: %q, want %q", place, text, got, rules)
			}
		}
	}
}

// TestAmountsOfUnpricedProjects: nothing is held against a project whose money is still to be filled in, as in a folder of a new year.
func TestAmountsOfUnpricedProjects(t *testing.T) {
	for _, text := range []string{"用于堤防维护，预算137.48万元。", "堤防维护137.48万元。", "本项目2026年预算130.00万元。", "本项目2025年预算120万元，2026年与上年持平。"} {
		for _, place := range []string{"purpose", "use", "content"} {
			files := purposes(place, text)
			before := told(t, files, "文表-007", "文表-008", "测算-001")
			files["d/all.toml"] = strings.NewReplacer("amount = 1000000", `amount = "请填"`, "amount = 378400", `amount = "请填"`).Replace(files["d/all.toml"])
			if got := told(t, files, "文表-007", "文表-008", "测算-001"); got != "" || before == "" {
				t.Errorf("%s %s: %q, and %q when it is filled in", place, text, got, before)
			}
		}
	}
}
