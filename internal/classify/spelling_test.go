package classify

import (
	"testing"

	"yusuan/data"
)

func TestSameName(t *testing.T) {
	for _, x := range []struct {
		a, b string
		same bool
	}{
		{"因公出国（境）费用", "因公出国(境)费", true},
		{"因公出国（境）费用", "因公出国费", true},
		{"维修（护）费", "维修护费", true},
		{"维修（护）费", "维修费", true},
		{"对个人和家庭的补助", "对个人和家庭补助", true},
		{"公诉、审判、侦查、执行等检察监督支出", "公诉审判侦查执行等检察监督", true},
		{"公务接待费", "公务接待费用", true},
		{"ＡＢ系统费", "AB 系统费", true},
		{"因公出国（境）费用", "退休人员活动费", false},
		{"其他工资福利支出", "工资福利支出", false},
		{"退休费", "离休费", false},
		{"退休费", "离退休费", false},
		{"委托业务费", "业务委托费", false},
		{"支出", "费用", false},
		{"（护）", "（境）", false},
	} {
		if got := SameName(x.a, x.b); got != x.same || SameName(x.b, x.a) != got {
			t.Errorf("SameName(%s, %s) = %v", x.a, x.b, got)
		}
	}
}

// TestSameNameTellsCodesApart: whoever types the name of one code beside another of its level is not taken to mean a
// spelling. A group that is all of a class, or an item that is all of a group, has the same name.
func TestSameNameTellsCodesApart(t *testing.T) {
	years, err := folders(data.Catalogue())
	if err != nil || len(years) < 3 {
		t.Fatal(years, err)
	}
	pairs := 0
	for _, y := range years {
		c := shipped(t, y)
		for _, tree := range []*Tree{&c.Functional, &c.Economic} {
			for _, a := range tree.codes {
				for _, b := range tree.Children(tree.Parent(a)) {
					if pairs++; a < b && SameName(tree.names[a], tree.names[b]) {
						t.Errorf("%d: %s %s and %s %s pass for one", y, a, tree.names[a], b, tree.names[b])
					}
				}
			}
		}
	}
	if pairs < 1000 {
		t.Errorf("only %d pairs", pairs)
	}
}
