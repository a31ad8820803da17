package check_test

import (
	"regexp"
	"strings"
	"sync"
	"testing"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/schedule"
	"yusuan/internal/sheet"
	"yusuan/templates"
)

// Families whose findings no workbook has, with why.
var notOfWorkbooks = map[string]string{
	"模板": "of packs, which are files",
	"字体": "of fonts, which are files",
	"批量": "of districts, whose departments are folders",
	"成文": "of what a finished document states, which stays in files",
	"版本": "of an option",
	"表格": "of workbooks and exports, in their own words",
	"文件": "of how a file is written and where it is; those of a workbook are written by the program",
}

// Of a kept family, findings that speak of quotation marks because they are about those of a text, or of a number by its name.
var ownWords = map[string]string{
	"用语-006": "quotation marks in a text",
	"勾稽-012": "names of numbers, which are typed",
}

var wordsOfWuhan = sync.OnceValue(func() *sheet.Words {
	p, _, err := schedule.LoadPack(templates.FS, "wuhan")
	if err != nil {
		panic(err)
	}
	return sheet.NewWords(sheet.New(p, sheet.Everything))
})

// keys are those of the schema.
var keys = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	for _, f := range budget.Fields() {
		out[f.Key] = true
	}
	return out
})

var (
	ofFiles  = regexp.MustCompile(`\.toml|\[\[|\[[a-z]|编辑器|文件开头|\{\{|\b(true|false)\b`)
	latinKey = regexp.MustCompile(`[A-Za-z0-9_.\-/]*[A-Za-z0-9_]`)
	byAuthor = regexp.MustCompile(`“[^“”]*”|"[^"]*"|【[^】]*】`)
)

// speaksOfWorkbooks holds that a finding can be read by somebody who has the workbook alone.
func speaksOfWorkbooks(t *testing.T, d diag.Diagnostic) {
	t.Helper()
	family, _, _ := strings.Cut(d.Rule, "-")
	if notOfWorkbooks[family] != "" {
		return
	}
	wordsOfWuhan().Tell(&d)
	texts := []string{d.Message, d.Hint}
	for _, n := range d.Notes {
		texts = append(texts, n.Text)
	}
	for _, text := range texts {
		if ownWords[d.Rule] == "" && strings.Contains(text, "引号") || ofFiles.MatchString(text) {
			t.Errorf("%s speaks of files to those who have a workbook: %s", d.Rule, text)
		}
		if ownWords[d.Rule] != "" {
			continue
		}
		for _, word := range latinKey.FindAllString(byAuthor.ReplaceAllString(text, ""), -1) {
			if keys()[word] {
				t.Errorf("%s names the key %s to those who have a workbook: %s", d.Rule, word, text)
			}
		}
		for _, c := range []string{"””", "““", "表表", "”表”", "  "} {
			if strings.Contains(text, c) {
				t.Errorf("%s is no sentence in words of workbooks: %s", d.Rule, text)
			}
		}
	}
}
