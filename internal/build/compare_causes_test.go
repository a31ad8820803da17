package build_test

import (
	"fmt"
	"slices"
	"testing"

	"yusuan/internal/compare"
)

// effectNames are the effects of a comparison by what they are of, with their causes.
func effectNames(r *compare.Result) map[string][]int {
	out := map[string][]int{}
	for _, x := range r.Cells {
		out[x.Name] = x.Causes
	}
	for _, x := range r.Sentences {
		out[fmt.Sprint(x.Part, x.Place, joinPieces(x.Pieces, compare.Gone))] = x.Causes
	}
	for _, x := range r.Rows {
		out[fmt.Sprint("row ", x.Part, x.Name)] = x.Causes
	}
	return out
}

// TestCausesOfSeveral: of several changes at once, each effect has the causes that make it when they are made alone.
func TestCausesOfSeveral(t *testing.T) {
	changes := [][3]string{
		{"basic.toml", "amount = 1671540", "amount = 1701540"},
		{"basic.toml", "amount =    6900", "amount =   26900"},
		{"basic.toml", "amount =  963000", "amount =  903000"},
		{"projects.toml", "= 7324000", "= 7424000"},
		{"projects.toml", "窗口的服务外包。", "窗口的服务外包和人员培训。"},
		{"text.toml", "2025年辞职、退休各一人", "2025年退休两人"},
		{"department.toml", "= 2026-02-10", "= 2026-02-12"},
	}
	old := sampleWork(t)
	alone := make([]map[string][]int, len(changes))
	for i, c := range changes {
		r := compare.Compare(old.Side(""), sampleWork(t, c).Side(""))
		if len(r.Causes) != 1 {
			t.Fatalf("%v: %+v", c, r.Causes)
		}
		alone[i] = effectNames(r)
	}
	r := compare.Compare(old.Side(""), sampleWork(t, changes...).Side(""))
	if len(r.Causes) != len(changes) {
		t.Fatalf("%+v", r.Causes)
	}
	number := make([]int, len(changes)) // of each change among the causes of all
	for i := range changes {
		one := compare.Compare(old.Side(""), sampleWork(t, changes[i]).Side("")).Causes[0]
		number[i] = 1 + slices.IndexFunc(r.Causes, func(c compare.Cause) bool { return c.Title == one.Title })
	}
	got := effectNames(r)
	for i := range alone {
		for name := range alone[i] {
			if !slices.Contains(got[name], number[i]) && got[name] != nil {
				t.Errorf("%s has causes %v and not %d", name, got[name], number[i])
			}
		}
	}
	for name, causes := range got {
		for _, n := range causes {
			if i := slices.Index(number, n); alone[i][name] == nil {
				t.Errorf("%s has cause %d (%s), which alone leaves it as it is", name, n, r.Causes[n-1].Title)
			}
		}
	}
}
