package renew

import (
	"strings"
	"testing"
	"testing/fstest"

	"yusuan/internal/classify"
	"yusuan/internal/pack"
	"yusuan/internal/schedule"
)

// TestNewFoldersAskForWhatIsPrinted: a new folder asks for a text only where its pack prints it, and says which of several
// forms print a field that not all of them do.
func TestNewFoldersAskForWhatIsPrinted(t *testing.T) {
	form := func(kind, cells string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte("kind = \"" + kind + "\"\nscope = \"项目\"\nheading = \"表\"\npage = \"竖页\"\nwidths = [1]\n" + cells)}
	}
	row := func(each, field string) string {
		return "[[item]]\neach = \"" + each + "\"\ncell = [ { text = \"{{.Item." + field + "}}\" } ]\n"
	}
	files := fstest.MapFS{
		"mini/pack.toml":    {Data: []byte(pack.SmallestPack + "[[part]]\npage = \"竖页\"\nblock = [ { prose = \"a\" }, { forms = \"项目\" } ]\n")},
		"mini/forms/a.toml": form("甲表", row("details", "Activity")+row("details", "Content")+row("goals", "Text")),
		"mini/forms/b.toml": form("乙表", row("details", "Activity")+row("goals", "Text")),
	}
	for text, want := range map[string]bool{"": false, "{{.ShortName}}{{range .Duties}}{{.Text}}{{end}}{{range .Projects}}{{.Brief}}{{end}}": true} {
		files["mini/prose/a.tmpl"] = &fstest.MapFile{Data: []byte("正文" + text)}
		p, diags, err := schedule.LoadPack(files, "mini")
		if err != nil || diags.HasErrors() {
			t.Fatal(err, diags.Sorted())
		}
		made := map[string]string{}
		for _, f := range Fresh(p, classify.Tree{}, "mini", 2026, "900") {
			made[f.Path] = string(f.Data)
		}
		for file, lines := range map[string][]string{"department.toml": {"\nshort_name = ", "\nduties = "}, "projects.toml": {"\npurpose  = "}} {
			for _, line := range lines {
				if strings.Contains(made[file], line) != want {
					t.Errorf("with %q, that %s asks for %s is not %v:\n%s", text, file, line, want, made[file])
				}
			}
		}
		if !strings.Contains(made["projects.toml"], "\namount   = ") || !strings.Contains(made["department.toml"], "\nname       = ") {
			t.Error("what is needed is not asked for")
		}
		for file, text := range made { // every file that asks for amounts says in which unit
			asks := strings.HasSuffix(file, ".toml") && strings.Contains(text, "amount ") || file == "prior.toml"
			if said := strings.Contains(text, "\namount_unit = \""); said != asks {
				t.Errorf("%s asks for amounts: %v, and names their unit: %v:\n%s", file, asks, said, text)
			}
		}
		guide := made["performance/README.md"]
		for _, s := range []string{"basis", "[[form.item]]", "[[form.indicator]]"} {
			if strings.Contains(guide, "\n"+s) {
				t.Errorf("no form prints %s, which the guide asks for:\n%s", s, guide)
			}
		}
		if line := lineWith(guide, "\ncontent  = "); !strings.HasSuffix(line, "；只有甲表印") {
			t.Errorf("one form prints what is said in %q", line)
		}
		for _, s := range []string{"\nactivity = ", "\ntext    = "} {
			if line := lineWith(guide, s); line == "" || strings.Contains(line, "只有") {
				t.Errorf("all forms print %q", line)
			}
		}
	}
}

func lineWith(text, start string) string {
	_, rest, ok := strings.Cut(text, start)
	if !ok {
		return ""
	}
	line, _, _ := strings.Cut(rest, "\n")
	return start + line
}
