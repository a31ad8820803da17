package pack

import (
	"strings"
	"testing"
	"text/template"
)

// TestTemplatesSeePlainNumbers: what words print in marks is compared, counted and cut as it is printed, and printed with its
// marks wherever it is printed whole.
func TestTemplatesSeePlainNumbers(t *testing.T) {
	m := NewMeter(0)
	data := map[string]any{"N": Marked("#1", "4,671.85"), "Own": Marked("3", "甲乙"), "None": "", "Things": []int{7, 8, 9}, "Count": Count(3), "Zero": Count(0)}
	run := func(text string) (string, error) {
		parsed, err := template.New("").Funcs(m.metered()).Parse(text)
		if err != nil {
			t.Fatal(text, err)
		}
		var out strings.Builder
		err = parsed.Execute(&out, data)
		return out.String(), err
	}
	n := Marked("#1", "4,671.85")
	for text, want := range map[string]string{
		`{{.N}}`: n, `{{print .N "万元"}}`: n + "万元", `{{printf "%s万元" .N}}`: n + "万元", `{{with .None}}x{{end}}`: "",
		`{{eq .N "4,671.85"}} {{ne .N "4,671.85"}} {{eq .N "1" "4,671.85"}} {{lt .N "5"}}`: "true false true true",
		`{{eq .Own "甲乙"}}`: "true", `{{slice .N 0 5}} {{slice .Own 3}} {{slice .Things 1 2}}`: "4,671 乙 [8]",
		`{{printf "%.5s" .N}} {{printf "%q" .N}} {{printf "%03d" .Count}}`: `4,671 "4,671.85" 003`, `{{printf "%d%%" .Count}}`: Count(3).String() + "%",
		`{{.Count}}`: Count(3).String(), `{{len .Things}}`: Count(3).String(), `{{$n := len .Things}}{{if $n}}{{$n}}{{end}}{{if .Zero}}x{{end}}`: Count(3).String(),
		`{{if and (eq .Count 3) (gt .Count 2) (eq (len .N) 8) (index .Things 0)}}ok{{end}}`: "ok",
	} {
		if got, err := run(text); err != nil || got != want {
			t.Errorf("%s prints %q (%v), want %q", text, got, err, want)
		}
	}
	for text, want := range map[string]string{
		`{{len 3}}`: "len 数不了 int", `{{slice .N 9}}`: "0 到 8 的整数", `{{slice .N 3 2}}`: "写反了", `{{slice .N 1 2 3}}`: "最多写起、止", `{{slice 3}}`: "slice 切不了 int",
	} {
		if _, err := run(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", text, err, want)
		}
	}
}
