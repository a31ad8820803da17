package build_test

import (
	"regexp"
	"strings"
	"testing"

	"yusuan/internal/build"
	"yusuan/internal/diag"
)

// ofTyped are the rules by which typed sentences are held against the numbers of the document.
var ofTyped = regexp.MustCompile(`^文表-0(?:0[123459]|1)`)

// TestTypedTextsAreHeld: a wrong number that somebody types into a reason or a purpose is found at its place, as it would be in
// the finished document; what is right is not.
func TestTypedTextsAreHeld(t *testing.T) {
	s := shared(t)
	const dir = "data/2026/338"
	const reason = `"2025年辞职、退休各一人"`
	for text, want := range map[string]string{
		"公务接待费5万元中有3万元用于会议":               "文表-001",
		"基本支出1,234.56万元比上年预算增加10万元，增长50%": "文表-003",
		"人员共3类，其中：在编12万元、聘用5万元":           "",
		"接待活动较上年增加":                       "",
		"公务接待费减少5000.5万元":                 "文表-003",
		"压减公务接待费5000.5万元":                 "文表-00",
		"公务接待费比上年增加0.50万元":                "文表-003",
		"公务接待费增加10万元":                     "文表-003",
		"公务接待费比上年减少0.03万元，下降40%":          "文表-003",
		"公务接待费比上年减少0.03万元，下降4.17%":        "",
		"公务接待费比上年下降40%":                   "文表-003",
		"公务接待费比上年下降4.17%":                 "",
		"公务接待费减少0.03万元":                   "",
		"差旅费减少300万元，会议费减少20万元，合计减少400万元":  "文表-01",
		"公务接待费比上年增加0万元，增长5%":              "文表-003",
	} {
		w, err := s.Check(build.Input{Data: edited(t, dir, [3]string{"text.toml", reason, `"` + text + `"`}), Dir: dir, PriorDir: priorDir(dir)})
		if err != nil {
			t.Fatal(err)
		}
		found := ""
		for _, d := range w.Diags.Sorted() {
			if ofTyped.MatchString(d.Rule) && strings.HasSuffix(d.At.File, "text.toml") && d.Level == diag.Warning {
				found += d.Rule + " "
			}
		}
		if want == "" && found != "" || !strings.Contains(found, want) {
			t.Errorf("%s: %q is found, want %q", text, found, want)
		}
	}
}

// TestOwnTextsAreClean: what the departments at hand have typed is not held to be false.
func TestOwnTextsAreClean(t *testing.T) {
	s := shared(t)
	tell := func(name string, w *build.Work) {
		for _, d := range w.Diags.Sorted() {
			if ofTyped.MatchString(d.Rule) {
				t.Errorf("%s: %s %s %s (%s, %s)", name, d.At, d.Rule, d.Message, d.Stated, d.Want)
			}
		}
	}
	for _, dir := range []string{"data/2026/338", "data/2025/338", "testdata/departments/2026/415", "testdata/departments/2026/501", "testdata/departments/2025/010", "testdata/departments/2018/101"} {
		w, err := s.Check(build.Input{Data: edited(t, dir), Dir: dir})
		if err != nil {
			t.Fatal(err)
		}
		tell(dir, w)
	}
	everywhereDocuments(t, func(name string, kept bool, w *build.Work) { tell(name, w) })
}
