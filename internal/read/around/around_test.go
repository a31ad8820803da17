package around

import (
	"slices"
	"strings"
	"testing"

	"yusuan/internal/read/paper"
)

// TestWords: what lines around tables look like, and what only looks like them.
func TestWords(t *testing.T) {
	for kind, x := range map[string]struct {
		is      func(string) bool
		yes, no []string
	}{
		"line": {Line, []string{"单位：元", "单位:万元", "（单位：万元）", "金额单位：人民币元", "编制部门：某局　　单位：元", "部门名称：某局", "填报单位（盖章）：某局", "预算部门编码及名称：101 某局", "公开02表", "附表一", "表3-1", "预算公开01表：",
			"附件2", "（2026年度）", "2026年", "编制日期：2026年2月", "续表", "续表1", "单 位 ： 万 元"},
			[]string{"", "收入总计", "部门收支总表", "本部门2026年预算收入100万元。", "部门预算单位构成", "一、部门职能", "其他收入", "2026年部门预算", "基本支出"}},
		"title": {Title, []string{"部门收支总表", "2026年一般公共预算支出表（按功能科目）", "“三公”经费和机关运行经费预算表", "一、部门收入总表", "项目支出绩效目标申报表（一）", "收支总表（续）", "财政拨款收支总表(单位：万元)"},
			[]string{"", "第二部分 2026年部门预算表", "具体情况如下表", "详见附表", "本部门没有使用政府性基金，故为空表。", "收入", "单位：元"}},
		"note":    {Note, []string{"注：本表不含结转。", "备注：略", "说明：1. 略", "注1：略", "填表说明：略"}, []string{"注重实效", "情况说明", "说明", "备注"}},
		"number ": {number, []string{"公开01表", "附表3", "附件1"}, []string{"2026", "12.5", "一", "收支总表"}},
	} {
		for _, s := range x.yes {
			if !x.is(s) {
				t.Errorf("%q is no %s", s, kind)
			}
		}
		for _, s := range x.no {
			if x.is(s) {
				t.Errorf("%q is a %s", s, kind)
			}
		}
	}
}

// TestLines: line breaks within a sentence or a title part nothing.
func TestLines(t *testing.T) {
	for text, want := range map[string]string{
		"某局\n2026年部门预算":          "某局2026年部门预算",
		"本年收入\n比上年增加12万元。\n支出同。": "本年收入比上年增加12万元。|支出同。",
		"一、职能\n负责。":              "一、职能|负责。",
		"见下：\n一、甲\n（二）乙\n3. 丙":   "见下：|一、甲|（二）乙|3. 丙",
		"收支总表\n单位：元":             "收支总表|单位：元",
		"二十、甲\n廿一、乙\n（卅）丙":       "二十、甲|廿一、乙|（卅）丙",
		"Budget\n2026": "Budget 2026",
		"12\n.5":       "12 .5",
		"\n\n":         "",
	} {
		if got := strings.Join(Lines(text), "|"); got != want {
			t.Errorf("%q is %s, want %s", text, got, want)
		}
	}
}

// TestGather: what stands right around tables is theirs, and nothing else.
func TestGather(t *testing.T) {
	table := func() paper.Block {
		row := func(a, b string) paper.Row {
			return paper.Row{Cells: []paper.Cell{{Column: 0, Columns: 1, Rows: 1, Text: a}, {Column: 1, Columns: 1, Rows: 1, Text: b}}}
		}
		return paper.Block{Table: &paper.Table{Columns: 2, Rows: []paper.Row{row("项目", "数"), row("甲", "1")}}}
	}
	for name, x := range map[string]struct {
		blocks []string // T is the table; c: centred, 1: a heading
		want   string
	}{
		"title and unit":         {[]string{"正文。", "部门收支总表", "单位：元", "T", "注：略", "正文。"}, "正文。 [部门收支总表 单位：元|注：略] 正文。"},
		"a title as it is set":   {[]string{"正文。", "c:2026年绩效目标", "T"}, "正文。 [2026年绩效目标|]"},
		"a heading":              {[]string{"1:一、收入情况", "T"}, "[一、收入情况|]"},
		"two lines of title":     {[]string{"c:某局", "c:部门收支总表", "T"}, "[某局 部门收支总表|]"},
		"number over it":         {[]string{"公开01表", "部门收支总表", "T"}, "[公开01表 部门收支总表|]"},
		"a part is no title":     {[]string{"1:第二部分 部门预算表", "T"}, "第二部分 部门预算表 [|]"},
		"a sentence is no title": {[]string{"具体情况如下表：", "T"}, "具体情况如下表： [|]"},
		"tables in a row":        {[]string{"收入表", "T", "单位：元", "支出表", "单位：元", "T"}, "[收入表|] [单位：元 支出表 单位：元|]"},
		"two notes":              {[]string{"T", "注：1. 甲", "2. 乙", "3. 丙", "一、丁"}, "[|注：1. 甲 2. 乙 3. 丙] 一、丁"},
	} {
		var blocks []paper.Block
		for _, s := range x.blocks {
			if s == "T" {
				blocks = append(blocks, table())
				continue
			}
			p := &paper.Paragraph{Text: s}
			if rest, ok := strings.CutPrefix(s, "c:"); ok {
				p.Text, p.Centred = rest, true
			}
			if rest, ok := strings.CutPrefix(s, "1:"); ok {
				p.Text, p.Level = rest, 1
			}
			blocks = append(blocks, paper.Block{Text: p})
		}
		var got []string
		words := func(list []paper.Paragraph) string {
			var out []string
			for _, p := range list {
				out = append(out, p.Text)
			}
			return strings.Join(out, " ")
		}
		for _, b := range Gather(blocks) {
			if b.Text != nil {
				got = append(got, b.Text.Text)
				continue
			}
			got = append(got, "["+words(b.Table.Above)+"|"+words(b.Table.Below)+"]")
		}
		if s := strings.Join(got, " "); s != x.want {
			t.Errorf("%s: %s, want %s", name, s, x.want)
		}
	}
	if got := Gather(nil); len(slices.Clone(got)) != 0 {
		t.Error(got)
	}
}

// TestLift: a row that is one line over the whole width is taken out of the grid; what stands beside a label that covers its row is not.
func TestLift(t *testing.T) {
	label := paper.Cell{Column: 0, Columns: 1, Rows: 2, Text: "备注"}
	table := &paper.Table{Columns: 2, Rows: []paper.Row{
		{Cells: []paper.Cell{{Columns: 2, Rows: 1, Text: "部门收支总表"}}},
		{Cells: []paper.Cell{label, {Column: 1, Columns: 1, Rows: 1, Text: "第一条"}}},
		{Cells: []paper.Cell{{Column: 1, Columns: 1, Rows: 1, Text: "注：第二条"}}},
	}}
	Lift(table)
	if len(table.Above) != 1 || table.Above[0].Text != "部门收支总表" || len(table.Below) != 0 || len(table.Rows) != 2 {
		t.Errorf("%d rows, above %v, below %v; want the title above, and the note beside its label in the grid", len(table.Rows), table.Above, table.Below)
	}
}
