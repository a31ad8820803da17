package check_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"yusuan/internal/build"
	"yusuan/internal/diag"
	"yusuan/internal/doc"
)

// checked takes files through checking; a department stands in d, last year's in prior.
func checked(t *testing.T, files map[string]string) *build.Work {
	t.Helper()
	c := galleryCase{files: fstest.MapFS{}}
	in := build.Input{Data: c.files, Dir: "d"}
	for name, text := range files {
		c.files[name] = &fstest.MapFile{Data: []byte(text)}
		if strings.HasPrefix(name, "prior/") {
			in.PriorDir = "prior"
		}
	}
	w, err := c.shared(t).Check(in)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// of lists what a rule found.
func of(w *build.Work, rule string) []diag.Diagnostic {
	var out []diag.Diagnostic
	for _, d := range w.Diags.Sorted() {
		if d.Rule == rule {
			out = append(out, d)
		}
	}
	return out
}

// texts are all words of a document's tree.
func texts(w *build.Work) string {
	var s strings.Builder
	doc.Walk(w.Tree, func(t doc.Text, _ string) { s.WriteString(t.String + "\n") })
	return s.String()
}

// TestNamesOfTheYear: a document prints the names that codes have in its year, and says where the year's list is not at
// hand and which names have changed.
func TestNamesOfTheYear(t *testing.T) {
	const before, since = "行政事业单位离退休", "行政事业单位养老支出"
	for _, x := range []struct {
		year int
		name string
		told bool
	}{
		{2018, before, false}, {2019, before, false}, {2020, since, true}, {2022, since, true}, {2023, since, false}, {2024, since, false},
		{2025, since, false}, {2026, since, false}, {2027, since, true},
	} {
		w := checked(t, map[string]string{
			"templates/p/pack.toml": "[pack]\nid = \"p\"\nname = \"试用\"\nversion = \"1\"\ntitle = \"{{.Name}}预算\"\ninherits = \"central-department\"\nyears = [2018, 2027]\n",
			"d/all.toml": fmt.Sprintf(`
department = { year = %d, code = "415", name = "澜川市水务局", template = "p", date = %d-02-01, duties = ["负责水务工作。"] }
unit = [ { code = "415001", name = "水务局本级", kind = "行政", headquarters = true } ]
basic = [ { function = "2080505", economic = "30108", amount = 160000 } ]
`, x.year, x.year)})
		all := texts(w)
		if !strings.Contains(all, x.name) || strings.Contains(all, map[string]string{before: since, since: before}[x.name]) {
			t.Errorf("%d prints another name than %s", x.year, x.name)
		}
		found := of(w, "科目-010")
		if len(found) > 1 || x.told != (len(found) == 1) {
			t.Errorf("%d: %v", x.year, found)
		}
		unknown := of(w, "科目-013")
		if between := x.told && x.year < 2026; between != (len(unknown) == 1) { // after the last list none has another name
			t.Errorf("%d: %v", x.year, unknown)
		}
		for _, d := range unknown {
			if d.Level != diag.Warning || len(d.Notes) != 1 || !strings.HasPrefix(d.Notes[0].Text, "20805 的名称在这前后改过") || !strings.Contains(d.Notes[0].Text, "本文件印“"+x.name+"”") {
				t.Errorf("%d: notes %v", x.year, d.Notes)
			}
		}
	}
}

// TestCodeReused: an office's own use of a code that a sum asks for stops the document, and what asks is named.
func TestCodeReused(t *testing.T) {
	const dept = `
department = { year = 2026, code = "415", name = "澜川市水务局", template = "wuhan", date = 2026-02-01, duties = ["负责水务工作。"] }
unit = [ { code = "415001", name = "水务局本级", kind = "行政", headquarters = true } ]
basic = [ { function = "2010301", economic = "30212", amount = 7000 }, { function = "2010301", economic = "30217", amount = 64000 } ]
`
	w := checked(t, map[string]string{"d/all.toml": dept + "code = [ { kind = \"经济\", code = \"30212\", name = \"退休人员活动费\" } ]\n"})
	found := of(w, "科目-009")
	if len(found) != 1 || found[0].Level != diag.Error || found[0].Want != "因公出国（境）费用" {
		t.Fatal(found)
	}
	var notes []string
	for _, n := range found[0].Notes {
		notes = append(notes, n.Text)
	}
	if s := strings.Join(notes, "\n"); !strings.Contains(s, "three_public") || !strings.Contains(s, "overseas") {
		t.Errorf("what asks for the code: %s", s)
	}
	if w := checked(t, map[string]string{"d/all.toml": dept}); len(of(w, "科目-008"))+len(of(w, "科目-009")) > 0 {
		t.Error("found without a code of the office's own")
	}
}
