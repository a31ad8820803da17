package recognise_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"yusuan/internal/read/paper"
	"yusuan/internal/recognise"
	"yusuan/internal/schedule"
)

func doubts(x *recognise.Table, words string) (n int) {
	for _, d := range x.Doubts {
		if strings.Contains(d.What, words) {
			n++
		}
	}
	return n
}

// TestRowsInColumns: each cell of a row goes to its own column, and what goes to none is told.
func TestRowsInColumns(t *testing.T) {
	const head = "科目编码|科目名称|合计|基本支出|项目支出"
	for _, x := range []struct {
		name, want, doubt string
		of                paper.Block
	}{
		{"what stands in a column that the pack does not have is not of the one before it", "二 [0 1 2 3 4] 205|教育支出|3.00|1.00|2.00", "",
			drawn("政府性基金预算支出表", head+"|上年执行数", "205|教育支出|3.00|1.00|2.00|9.00")},
		{"two amounts in one column stay two", "二 [0 1 2 3 4] 205|教育支出|3.00|1.00|2.00 9.00", "并排着几格",
			drawn("政府性基金预算支出表", head+"|>", "205|教育支出|3.00|1.00|2.00|9.00")},
		{"two words in one column are one", "二 [0 1 3 4 5] 205|教育支出|3.00|1.00|2.00", "",
			drawn("政府性基金预算支出表", "科目编码|科目名称|>|合计|基本支出|项目支出", "205|教育|支出|3.00|1.00|2.00")},
		{"beside a column that the pack does not have", "二 [2 3 4 5 6] 205|教育支出|3.00|1.00|2.00", "“甲”不在模板的哪一列里",
			drawn("政府性基金预算支出表", "序号|>|"+head, "1|甲|205|教育支出|3.00|1.00|2.00")},
		{"a head that comes again is no row", "二 [0 1 2 3 4] 205|教育支出|3.00|1.00|2.00 / 206|科学支出|4.00|1.00|3.00", "",
			drawn("政府性基金预算支出表", head, "205|教育支出|3.00|1.00|2.00", head, "206|科学支出|4.00|1.00|3.00")},
	} {
		got := found(t, x.of).Tables[0]
		if s := said(got); s != x.want {
			t.Errorf("%s:\n%s, want\n%s", x.name, s, x.want)
		}
		if x.doubt != "" && doubts(got, x.doubt) != 1 {
			t.Errorf("%s: %q is told %d times: %v", x.name, x.doubt, doubts(got, x.doubt), got.Doubts)
		}
		if all := len(got.Doubts); x.doubt == "" && all != doubts(got, "金额单位") {
			t.Errorf("%s: %v", x.name, got.Doubts)
		}
	}
}

// TestLabelDownwards: a unit that is printed once beside several projects is that of each.
func TestLabelDownwards(t *testing.T) {
	source := strings.Replace(toy, `"五"] }`, `"五", "六"] }`, 1) + `
[[table]]
id = "六"
heading = "项目支出表"
page = "页"
rows = "project"
filter = "kind=项目支出"
total = "合计"
column = [ { head = "项目单位", field = "unit" }, { head = "项目名称", field = "name" }, { head = "合计" } ]
`
	p, diags, err := schedule.LoadPack(fstest.MapFS{"toy/pack.toml": {Data: []byte(source)}}, "toy")
	if err != nil || diags.HasErrors() {
		t.Fatal(err, diags.Sorted())
	}
	f := recognise.Tables(p, nil, &paper.Document{Blocks: []paper.Block{drawn("项目支出表", "项目单位|项目名称|合计", "|合计|6.00", "某馆|修缮|1.00", "^|购置|2.00", "某站|维护|3.00")}})
	if got, want := said(f.Tables[0]), "六 [0 1 2] |合计|6.00 / 某馆|修缮|1.00 / 某馆|购置|2.00 / 某站|维护|3.00"; got != want {
		t.Errorf("%s, want\n%s", got, want)
	}
}

// TestUnitsElsewhere: a unit that no document of ours has is told; one in a head is the table's.
func TestUnitsElsewhere(t *testing.T) {
	x := found(t, drawn("“三公”经费表/单位：百万元", "合计|因公出国（境）费|公务接待费", "3.0|1.0|2.0")).Tables[0]
	if x.Spec == nil || x.UnitSaid || doubts(x, "“百万元”") != 1 {
		t.Errorf("百万元: %v %v", x.UnitSaid, x.Doubts)
	}
	x = found(t, drawn("“三公”经费表", "合计（万元）|因公出国（境）费|公务接待费", "3.0|1.0|2.0")).Tables[0]
	if x.Spec == nil || !x.UnitSaid || x.Unit.String() != "万元" {
		t.Errorf("in a head: %v %v", x.UnitSaid, x.Unit)
	}
}

// TestDoubtsOfParts: what is doubtful in a further part is told like what is in the first.
func TestDoubtsOfParts(t *testing.T) {
	head := []string{"科目编码|>|>|科目名称|合计|基本支出|项目支出", "类|款|项|^|^|^|^"}
	f := found(t, drawn("政府性基金预算支出表", append(slices.Clone(head), "205|||教育支出|3|1|2")...), drawn("政府性基金预算支出表（续表）", append(head, "206|5||学前教育|3|1|2")...))
	if x := f.Tables[0]; f.Tables[1].Of != x || len(x.Rows) != 2 || doubts(x, "不足2位") != 1 {
		t.Errorf("%s %v", said(x), x.Doubts)
	}
}
