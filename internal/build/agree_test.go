package build_test

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"yusuan/internal/build"
)

// TestAgreementTells: whatever is printed otherwise than it is made again is told, and nothing else: a number by one digit, one
// that is gone, one that nobody prints, a row that is not understood.
func TestAgreementTells(t *testing.T) {
	s := shared(t)
	made, err := s.Check(build.Input{Data: os.DirFS("../.."), Dir: "data/2026/338"})
	if err != nil {
		t.Fatal(err)
	}
	typed := string(asPublished(made)["d/all.toml"].Data)
	agree := func(old, now string) *build.Agreement {
		t.Helper()
		if strings.Count(typed, old) == 0 {
			t.Fatalf("nothing prints %q", old)
		}
		paper, err := s.Check(build.Input{Data: fstest.MapFS{"d/all.toml": {Data: []byte(strings.Replace(typed, old, now, 1))}}, Dir: "d"})
		if err != nil || paper.Budget == nil {
			t.Fatal(err, paper.Diags.Sorted())
		}
		return build.Agree(paper, made)
	}
	whole := agree("[department]", "[department]")
	if !whole.Whole() || !strings.Contains(whole.Text(nil), "全部一致") {
		t.Fatal(whole.Text(nil))
	}
	_, row, _ := strings.Cut(typed, "\n本年收入合计 | ")
	row, _, _ = strings.Cut(row, "\n")
	income, rest, _ := strings.Cut(row, " | ")
	label, outgo, _ := strings.Cut(rest, " | ")
	line := func(name, income, outgo string) string {
		return "\n" + name + " | " + income + " | " + label + " | " + outgo + "\n"
	}
	was := line("本年收入合计", income, outgo)
	for _, x := range []struct {
		what, now                   string
		differ, gone, added, unread int
	}{
		{"a number is another by one digit", line("本年收入合计", income+"1", outgo), 1, 0, 0, 0},
		{"a number is not printed", line("本年收入合计", "", outgo), 1, 0, 0, 0},
		{"a row is not printed", "\n", 0, 0, 2, 0},
		{"a row is called otherwise", line("本年某项合计", income+"1", outgo), 0, 0, 1, 1},
	} {
		a := agree(was, x.now)
		if len(a.Differ) != x.differ || len(a.Gone) != x.gone || len(a.New) != x.added || len(a.Unread) != x.unread || a.Whole() || strings.Contains(a.Text(nil), "全部一致") {
			t.Errorf("%s: %d differ, %d gone, %d new, %d not read; %s", x.what, len(a.Differ), len(a.Gone), len(a.New), len(a.Unread), a.Text(nil))
		}
		if x.differ == 1 && len(a.Differ) == 1 {
			if d := a.Differ[0]; d.Now != income || !strings.Contains(a.Text(nil), "本年收入合计") || d.At.Start.Line == 0 {
				t.Errorf("%s: %+v", x.what, d)
			}
		}
	}
}

// TestNothingCompared: where no tables can be made of a folder, nothing agrees.
func TestNothingCompared(t *testing.T) {
	a := build.Agree(&build.Work{}, &build.Work{})
	if a.Whole() || !a.Unmade || strings.Contains(a.Text(nil), "一致") {
		t.Errorf("nothing was compared: %s", a.Text(nil))
	}
}
