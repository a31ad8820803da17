package cli

import (
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestCheckCoverage: --coverage tells of each number of the sentences what it was held against, or why against nothing, in words and
// for programs; without it nobody is told.
func TestCheckCoverage(t *testing.T) {
	file := filepath.Join(t.TempDir(), "某局.docx")
	blocks := slices.Concat(faulty(), []any{"第三部分 2026年部门预算情况说明", "一、支出预算情况",
		"2026年支出预算150.00万元，其中：基本支出100.00万元，项目支出50.00万元。", "二、其他事项", "2026年开展宣传活动12场次，单价50万元以上的设备3台。"})
	write(t, file, string(wordDocument(t, blocks...)))
	_, stdout, stderr := run("check", file, "--template", "wuhan", "--coverage")
	for _, want := range []string{"句子里的数", "与别的数核对过", "没有核对：", "二、其他事项”一节 2026年开展宣传活动12场次\n"} {
		if !strings.Contains(stdout+stderr, want) {
			t.Errorf("no %q in\n%s%s", want, stdout, stderr)
		}
	}
	if _, plain, _ := run("check", file, "--template", "wuhan"); strings.Contains(plain, "其他事项”一节 2026年") {
		t.Errorf("numbers are listed that nobody asked for:\n%s", plain)
	}
	_, stdout, stderr = run("check", file, "--template", "wuhan", "--coverage", "--format", "json")
	type number struct{ Place, Text, Against, Why string }
	var told struct {
		Documents []struct{ Coverage []number }
	}
	if err := json.Unmarshal([]byte(stdout), &told); err != nil || len(told.Documents) != 1 {
		t.Fatal(err, stdout, stderr)
	}
	held, loose := false, false
	for _, n := range told.Documents[0].Coverage {
		if n.Place == "" || n.Text == "" || (n.Against == "") == (n.Why == "") {
			t.Errorf("%+v is not told whole", n)
		}
		held = held || n.Text == "150.00万元" && n.Against == "同段的合计和分项"
		loose = loose || n.Text == "12" && n.Why != ""
	}
	if !held || !loose {
		t.Errorf("150.00万元 held: %v, 12场次 not: %v\n%s", held, loose, stdout)
	}
}

// TestCheckTextAlone: a document without any table is checked by its sentences, with a word that no tables were there.
func TestCheckTextAlone(t *testing.T) {
	file := filepath.Join(t.TempDir(), "说明.docx")
	write(t, file, string(wordDocument(t, "某区档案馆2026年部门预算", "第三部分 2026年部门预算情况说明", "一、收支预算总体情况",
		"2026年支出预算150.00万元，其中：基本支出100.00万元，项目支出51.00万元。", "二、“三公”经费情况", "2026年公务接待费6.80万元，比2025年预算减少3.20万元，下降23.00%。")))
	code, stdout, stderr := run("check", file, "--template", "wuhan")
	says(t, "text alone", code, exitData, stdout+stderr, "成文-015", "没有一张表认得", "文表-005", "文表-003", "32.00%")
}
