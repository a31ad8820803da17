package build_test

import (
	"fmt"
	"strings"
	"testing"

	"yusuan/internal/build"
	"yusuan/internal/diag"
	"yusuan/internal/read/paper"
)

// TestYearsInARowReadAreClean: three years of one department, each read from paper beside the one before: nothing of what is said
// of last year is held to be false.
func TestYearsInARowReadAreClean(t *testing.T) {
	s := shared(t)
	var last *paper.Document
	for year := 2017; year <= 2019; year++ {
		dir := fmt.Sprintf("testdata/departments/%d/101", year)
		w, err := s.Check(build.Input{Data: edited(t, dir), Dir: dir, PriorDir: priorDir(dir)})
		if err != nil || w.Tree == nil {
			t.Fatal(year, err)
		}
		now := onPaper(w.Tree)
		x, err := s.Finished(build.FinishedInput{Name: fmt.Sprint(year, ".docx"), Document: now, Template: w.Pack.ID, Last: last, LastName: fmt.Sprint(year-1, ".docx")})
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range x.Diags.Sorted() {
			if d.Level == diag.Error {
				t.Errorf("%d: %s: %s %s (%s, %s) %v", year, d.At, d.Rule, d.Message, d.Stated, d.Want, d.Notes)
			}
		}
		last = now
	}
}

// TestReadByTheListOfABureau: a finished document is held against the list of codes that is given for its year: a name that is
// another there is told, and leads to the list.
func TestReadByTheListOfABureau(t *testing.T) {
	s := shared(t)
	const dir = "data/2026/338"
	w, err := s.Check(build.Input{Data: edited(t, dir), Dir: dir, PriorDir: priorDir(dir)})
	if err != nil || w.Tree == nil {
		t.Fatal(err)
	}
	document := onPaper(w.Tree)
	told := func(codes *build.Codes) (out []string) {
		x, err := s.Finished(build.FinishedInput{Name: "公开.docx", Document: document, Template: "wuhan", Codes: codes})
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range x.Diags.Sorted() {
			if d.Rule == "成文-018" || d.Rule == "成文-019" {
				out = append(out, fmt.Sprint(d.Rule, d.Message, d.Stated, d.Want))
			}
		}
		return out
	}
	if out := told(nil); len(out) > 0 {
		t.Errorf("by our own list: %q", out)
	}
	list := "code,name,seen\n201,一般公共服务支出,\n20103,湖区事务,\n2010301,行政运行,\n2010302,一般行政管理事务,\n"
	if out := strings.Join(told(build.NewCodes("目录", map[string][]byte{"2026/functional.csv": []byte(list), "2026/origin.csv": []byte("kind,file\n功能,澜川市科目.xlsx\n")})), "\n"); !strings.Contains(out, "湖区事务") {
		t.Errorf("by the list of a bureau, which calls 20103 otherwise: %s", out)
	}
}
