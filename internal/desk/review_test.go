package desk

import (
	"errors"
	"strings"
	"testing"

	"yusuan/internal/source"
)

// TestReviews: marks are listed with their row and field, and go when they were looked at, together as one step.
func TestReviews(t *testing.T) {
	k := sample(t)
	mark := source.Review
	k.replace(t, "basic.toml", "# 行政运行　　　印刷费", "# 行政运行　　　印刷费"+mark)
	k.replace(t, "department.toml", "duties = [", "# "+mark+"\nduties = [")
	k.replace(t, "text.toml", "[text]\n", "# "+mark+"由上年转来，标有"+mark+"的核对后删去标记\n[text]\n")
	k.replace(t, "projects.toml", `end_year     = 2027`, `end_year     = 2027 # `+mark)
	k.replace(t, "basic.toml", "amount_unit = ", "# "+mark+"由上年转来，标有"+mark+"的核对后删去标记\namount_unit = ")
	d := k.open(t)
	if _, err := d.State(); err != nil { // names of codes come with the first check
		t.Fatal(err)
	}
	before := k.now()
	var ids []string
	var told strings.Builder
	for _, r := range d.Reviews() {
		ids = append(ids, r.ID)
		told.WriteString(r.File + "|" + r.Title + "|" + r.Key + "|" + r.Words + "\n")
		if r.Row == "" {
			t.Errorf("the mark in %s is of no row", r.File)
		}
	}
	const want = `basic.toml|基本支出 · 行政运行 印刷费||行政运行　　　印刷费
department.toml|部门 · 主要职责|duties|
projects.toml|项目 · 新政务服务大厅信息化建设费（第二阶段） 其他政府办公厅（室）及相关机构事务支出 · 终止年度|end_year|
text.toml|文字说明||
`
	if told.String() != want {
		t.Errorf("marks are\n%s", told.String())
	}
	if err := d.Reviewed(append(ids[:1:1], "x")); !errors.Is(err, ErrChanged) {
		t.Errorf("a mark that is not there: %v", err)
	}
	if err := d.Reviewed(ids); err != nil {
		t.Fatal(err)
	}
	if left := d.Reviews(); len(left) > 0 {
		t.Errorf("left are %v", left)
	}
	if err := d.Save(); err != nil {
		t.Fatal(err)
	}
	plain := sample(t)
	for _, name := range []string{"basic.toml", "department.toml", "text.toml", "projects.toml"} {
		if k.get(name) != plain.get(name) {
			t.Errorf("%s is not as it was without marks", name)
		}
	}
	if step, ok := d.Undo(); !ok || step.Notes[0].Words != "核对了 4 处" || len(d.Reviews()) != 4 {
		t.Errorf("taken back: %v, left %d", step, len(d.Reviews()))
	}
	if err := d.Save(); err != nil {
		t.Fatal(err)
	}
	for name, f := range before {
		if string(k.now()[name].Data) != string(f.Data) {
			t.Errorf("%s is not as it was", name)
		}
	}
}
