package pack

import (
	"strings"
	"testing"
)

func TestMarkFolders(t *testing.T) {
	for s, want := range map[string]string{
		"": "", "甲": "甲", "甲/乙/丙": "甲|乙|丙", "{{.Year}}/{{.Name}}": "{{.Year}}|{{.Name}}", `{{printf "%d/%d" 1 2}}/乙`: `{{printf "%d/%d" 1 2}}|乙`,
		"甲/{{.Name": "甲|{{.Name", "/": "|", "{{if .Year}}甲/{{else}}/乙{{end}}": "{{if .Year}}甲|{{else}}|乙{{end}}", "}}/": "}}|",
	} {
		if got := strings.ReplaceAll(markFolders(s), FolderMark, "|"); got != want {
			t.Errorf("%q becomes %q, want %q", s, got, want)
		}
	}
}
