package imports

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestOtherWay takes lines of basic expenditure into a folder that has it by its margins, as one read from paper: margins that nobody has
// filled in go, as they ask for what is there; filled ones are told, and go when asked. Those of a unit that the exports do not have stay.
func TestOtherWay(t *testing.T) {
	margins := `basic_by_function = [
  { unit = "418001", function = "2010301", personnel = "请填", public = "请填" }, # 行政运行
  { unit = "418001", function = "2080501", personnel = "请填" },
  { unit = "418002", function = "2010350", public = 50 },
  { unit = "418009", function = "2010350", public = "请填" },
]
`
	text, _ := carryOut(t, export(t, twoUnits), func() Folder { f := folder(t, freshFolder); f.Fresh = true; return f }())
	text = regexp.MustCompile(`(?s)\nbasic = \[.*?\n\]\n`).ReplaceAllString(text, "\n"+margins)
	if !strings.Contains(text, margins) {
		t.Fatal("the folder has no margins: " + text)
	}
	for _, goes := range []bool{false, true} {
		f := folder(t, text)
		f.DeleteGone = goes
		got, p := carryOut(t, export(t, twoUnits), f)
		for of, stays := range map[string]bool{`function = "2010301", personnel`: false, `function = "2080501", personnel`: false,
			`{ unit = "418002", function = "2010350", public = 50 }`: !goes, `unit = "418009"`: true, `function = "2010301", economic = "30101"`: true} {
			if strings.Contains(spaced(got), of) != stays {
				t.Errorf("deleting %v: %s stays: %v\n%s", goes, of, !stays, got)
			}
		}
		var told []string
		for _, c := range p.Changes {
			if strings.HasPrefix(c.Table, "basic_by") {
				told = append(told, map[ChangeKind]string{Gone: "留着", Deleted: "删去"}[c.Kind]+" "+c.What)
			}
		}
		want := []string{"留着 基本支出（按功能科目） 418002 2010350（导出表列在基本支出里，都留着会算两遍）", "删去 基本支出（按功能科目） 418001 还没有填的 2 条（导出表列在基本支出里）"}
		if goes {
			want[0] = strings.Replace(want[0], "留着", "删去", 1)
		}
		if !slices.Equal(told, want) {
			t.Errorf("deleting %v: told %q, not %q", goes, told, want)
		}
	}
}

// spaced has a blank where tables and lists write entries on lines of their own.
func spaced(s string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(s, "\n", ", ")), " ")
}
