package pack

import (
	"fmt"
	"strings"
	"testing"
	"text/template"
)

// TestVariants: what a label may print, by its pieces.
func TestVariants(t *testing.T) {
	many := strings.Repeat("{{if .A}}甲{{else}}乙{{end}}", 7)
	for text, want := range map[string]string{
		"一、收入": "[[一、收入]]",
		`{{if .A}}三{{else}}四{{end}}、上年结转资金`:            "[[三、上年结转资金] [四、上年结转资金]]",
		`{{if .A}}三{{else if .B}}四{{else}}五{{end}}、结转`: "[[三、结转] [四、结转] [五、结转]]",
		`上年结转{{if .A}}（含结余）{{end}}`:                    "[[上年结转（含结余）] [上年结转]]",
		`{{with .A}}{{.}}年{{else}}本年{{end}}收入`:         "[[ 年收入] [本年收入]]",
		`{{zh .N}}、{{.Name}}`:                          "[[ 、 ]]",
		`{{.N}}{{.Name}}`:                              "[[ ]]",
		`{{$x := .A}}合计{{/* 不印 */}}`:                   "[[合计]]",
		`{{range .L}}甲{{end}}等`:                        "[[ 等]]",
		many:                                           "[[ ]]",
	} {
		tree := template.Must(template.New("x").Funcs(template.FuncMap{"zh": fmt.Sprint}).Parse(text)).Tree
		if got := fmt.Sprint(variantsOf(tree)); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
	if got := fmt.Sprint(Snippet{Literal: "合计"}.Variants()); got != "[[合计]]" {
		t.Error(got)
	}
}
