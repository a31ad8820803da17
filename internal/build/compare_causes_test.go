package build_test

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"yusuan/internal/build"
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

// TestNamesMakeNoNumbers: of a project and a unit that are called otherwise, while another project went and an amount is another,
// come words and what rows are called; numbers, rows that went and how the forms are counted come of the others.
func TestNamesMakeNoNumbers(t *testing.T) {
	file := func(name string) string {
		raw, err := fs.ReadFile(edited(t, sample), sample+"/"+name)
		if err != nil {
			t.Fatal(err)
		}
		return string(raw)
	}
	gone := func(w string) string {
		s := file("projects.toml")
		from := strings.Index(s, "[[project]]\nname        = \""+w)
		end := from + strings.Index(s[from+1:], "[[project]]") + 1
		return s[from:end]
	}
	old := sampleWork(t)
	r := compare.Compare(old.Side(""), sampleWork(t,
		[3]string{"projects.toml", "\"政务服务外包经费\"", "\"大厅外包经费\""}, [3]string{"performance/12-3.toml", "\"政务服务外包经费\"", "\"大厅外包经费\""},
		[3]string{"units.toml", "\"武昌区行政审批局本级\"", "\"武昌区行政审批局（本级）\""},
		[3]string{"projects.toml", gone("审批事务经费"), ""},
		[3]string{"performance/12-2.toml", file("performance/12-2.toml"), ""},
		[3]string{"basic.toml", "amount = 1671540", "amount = 1681540"}).Side(""))
	names := map[int]bool{}
	for i, c := range r.Causes {
		if c.Field == "name" {
			names[i+1] = true
		}
	}
	if len(names) != 2 || len(r.Causes) != 5 {
		t.Fatalf("%+v", r.Causes)
	}
	named := func(what string, causes []int) {
		if len(causes) == 0 {
			t.Errorf("%s has no cause", what)
		}
		for _, n := range causes {
			if names[n] {
				t.Errorf("%s has the cause %s", what, r.Causes[n-1].Title)
			}
		}
	}
	for _, c := range r.Cells {
		named(c.Part+" "+c.Row+" "+c.Column, c.Causes)
	}
	for _, x := range r.Rows {
		if x.Change == compare.Removed {
			named("row "+x.Part+" "+x.Name, x.Causes)
		} else if x.Change == compare.Altered && len(x.Causes) != 1 {
			t.Errorf("row %s %s, formerly %s, has causes %v", x.Part, x.Name, x.Old, x.Causes)
		}
	}
	for _, x := range r.Parts {
		named("part "+x.Title, x.Causes)
	}
	counted := false
	for _, s := range r.Sentences {
		if s.Place == "" && strings.HasPrefix(joinPieces(s.Pieces, compare.Gone), "表12-3　") {
			counted = true
			named("number of "+s.Part, s.Causes)
		}
	}
	third := false
	for _, s := range r.Sentences {
		if joinPieces(s.Pieces, compare.New) != "" && strings.HasPrefix(joinPieces(s.Pieces, compare.Gone), "4. 办公用房租赁项目") {
			third = true
			if len(s.Causes) != 1 || r.Causes[s.Causes[0]-1].Change != compare.Removed {
				t.Errorf("a paragraph counts otherwise by %v", s.Causes)
			}
		}
	}
	if !third {
		t.Error("the paragraph behind the one that went is not told to count otherwise")
	}
	if !counted {
		t.Error("the form behind the one that went is not told to be counted otherwise")
	}
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

// TestItemsTogether: that an item of a chart is no longer shown by itself comes of the others that grew, as much as of its own.
func TestItemsTogether(t *testing.T) {
	const dir = "testdata/departments/2026/415"
	work := func(edits ...[3]string) *build.Work {
		w, err := shared(t).Check(build.Input{Data: edited(t, dir, edits...), Dir: dir})
		if err != nil || w.Tree == nil {
			t.Fatal(err)
		}
		return w
	}
	r := compare.Compare(work().Side(""), work([3]string{"projects.toml", "amount   = 15.6\n", "amount   = 900015.6\n"},
		[3]string{"basic/415002.toml", "amount =  158400.00", "amount =  158500.00"}).Side(""))
	if len(r.Causes) != 2 {
		t.Fatalf("%+v", r.Causes)
	}
	gone := 0
	for _, x := range r.Cells {
		if x.Where == compare.InChart && !x.HasNew && x.Row == "公用经费" {
			gone++
			if !slices.Equal(x.Causes, []int{1, 2}) {
				t.Errorf("%s %s of causes %v", x.Row, x.Old, x.Causes)
			}
		}
	}
	if gone == 0 {
		t.Error("no item is shown with the others now")
	}
}
