package check

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// rulePage is the page of all rules, for people.
const rulePage = "规则.md"

// TestReadmeRules keeps the page of rules as the rules are; UPDATE=1 writes it anew.
func TestReadmeRules(t *testing.T) {
	want := makeRulePage()
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(rulePage, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	raw, err := os.ReadFile(rulePage)
	if err != nil {
		t.Fatal(err)
	}
	if string(raw) != want {
		t.Fatalf("%s is not what the rules say: UPDATE=1 go test ./internal/check -run Readme", rulePage)
	}
	for _, page := range []string{"../../README.md", "../../README.zh-CN.md"} {
		raw, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(raw), "(internal/check/"+rulePage+")") {
			t.Errorf("%s does not lead to the page of rules", page)
		}
	}
}

func makeRulePage() string {
	var sb strings.Builder
	sb.WriteString(rulePageHead)
	sb.WriteString("| 规则 | 级别 | 要求 | 依据 |\n|---|---|---|---|\n")
	for _, r := range Rules() {
		fmt.Fprintf(&sb, "| %s | %s | %s：%s | %s |\n", r.ID, r.Level, r.Title, strings.ReplaceAll(r.Formula, "|", "\\|"), r.Source)
	}
	return sb.String()
}

const rulePageHead = `# 核对规则

（本页由程序的规则表生成，不要手改；规则变了，运行 ` + "`UPDATE=1 go test ./internal/check -run Readme`" + ` 重新生成。）

每次核对、成文都用这些规则。“错误”不出文件；“警告”“提示”不挡路，但请逐条看过。` + "`yusuan explain 规则号`" + ` 说明一条规则的公式、依据和例子，
[testdata/check](../../testdata/check) 里每条规则（说工作簿、说几张导出表合在一起的 表格-…、说读成文文件的 成文-01… 除外）有一份违反它的数据和一份合乎它的数据。

**级别可以改**：模板里写 ` + "`[[rule]]`、`id`、`level` 或 `off`、`why`" + `，把一条规则改为别的级别，或者不核对，要写明理由。` + "`yusuan explain`" + ` 列出这些设定，
改了级别的结果会说明，不核对的规则本来会报几条，用一条提示说明。

**只差在舍入的**：n 个数相加，相差不超过印出单位的 0.005×(n＋1)，只给一条提示，说明是尾差；零算作准确数。模板可以设定让印出的各数加得起来
（` + "`rounding = \"largest-remainder\"`" + `）：各笔明细先取整，表里、文字里的数都是取整后的明细之和；与自己的四舍五入不同的数逐个提示。

**别的程序做的文件也能核对**：把它印出的表和文字写成 ` + "`[[stated_table]]`、`[[stated_text]]`" + `。格子是什么意思由模板说明：范围相同的格子印的数必须相同；
几个互不重叠的范围合成另一个的，它们的数之和必须等于那一个。[testdata/sample-as-published](../../testdata/sample-as-published) 是一份这样的文件，连同它的差错。

`
