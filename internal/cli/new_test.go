package cli

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"yusuan/internal/grid"
	"yusuan/internal/source"
)

// copyData puts a folder of data below root under the same year and code.
func copyData(t *testing.T, root, folder string) string {
	t.Helper()
	dir := filepath.Join(root, filepath.FromSlash(folder))
	if err := os.CopyFS(dir, os.DirFS("../../data/"+folder)); err != nil {
		t.Fatal(err)
	}
	return dir
}

// tomlFiles are the TOML files below a folder by their paths in it.
func tomlFiles(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, e os.DirEntry, err error) error {
		if err != nil || filepath.Ext(name) != ".toml" {
			return err
		}
		raw, err := os.ReadFile(name)
		rel, _ := filepath.Rel(dir, name) // below dir by the walk
		out[filepath.ToSlash(rel)] = string(raw)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// reported runs check and returns the rules reported for each file and line.
func reported(t *testing.T, dir string) map[string]map[int][]string {
	t.Helper()
	_, stdout, stderr := run("check", "--format", "json", dir)
	var report struct {
		Diagnostics []struct {
			Rule string
			At   *struct {
				File string
				Line int
			}
		}
	}
	if err := json.Unmarshal([]byte(stdout), &report); err != nil {
		t.Fatalf("%v: %s%s", err, stdout, stderr)
	}
	out := map[string]map[int][]string{}
	for _, d := range report.Diagnostics {
		if d.At == nil {
			continue
		}
		rel, err := filepath.Rel(dir, filepath.FromSlash(d.At.File))
		if err != nil {
			t.Fatal(err)
		}
		rel = filepath.ToSlash(rel)
		if out[rel] == nil {
			out[rel] = map[int][]string{}
		}
		out[rel][d.At.Line] = append(out[rel][d.At.Line], d.Rule)
	}
	return out
}

func TestRollForward(t *testing.T) {
	root := t.TempDir()
	old := copyData(t, root, "2026/338")
	dir := filepath.Join(root, "2027", "338")
	if code, _, stderr := run("new", dir, "--from", old); code != exitGood {
		t.Fatalf("exit %d: %s", code, stderr)
	}
	was, now := tomlFiles(t, old), tomlFiles(t, dir)
	if len(was) != len(now) {
		t.Errorf("%d files of %d", len(now), len(was))
	}
	rules := reported(t, dir)
	empty := 0
	for name, text := range now {
		if _, diags := source.Parse(name, []byte(text)); diags.HasErrors() {
			t.Errorf("%s does not parse: %v", name, diags.Sorted())
		}
		for i, line := range strings.Split(text, "\n") {
			if strings.Contains(line, `"请填"`) {
				empty++
				if r := rules[name][i+1]; !slices.Contains(r, "填报-003") {
					t.Errorf("%s:%d is not reported: %s", name, i+1, line)
				}
			}
		}
		if name == "prior.toml" {
			continue
		}
		// All of the author's comments are still there.
		for line := range strings.SplitSeq(was[name], "\n") {
			if _, comment, ok := strings.Cut(line, "#"); ok && !strings.Contains(text, comment) {
				t.Errorf("%s lost the comment %s", name, comment)
			}
		}
	}
	if empty < 30 {
		t.Errorf("%d amounts to fill", empty)
	}
	for file, want := range map[string]string{
		"department.toml": "year         = 2027\n", "prior.toml": "total = 46718480 ", "text.toml": "2025年辞职、退休各一人\"  # 【请核对】\n",
		"projects.toml": "end_year     = 2027  # 【请核对】\n", "units.toml": "budget_within = \"338001\"\n",
	} {
		if !strings.Contains(now[file], want) {
			t.Errorf("%s lacks %q", file, want)
		}
	}
	if strings.Contains(now["prior.toml"], "year    = 2024") || !strings.Contains(now["prior.toml"], "year    = 2026\nbasic   = 15309880\nproject = 31408600\n") {
		t.Errorf("history: %s", now["prior.toml"])
	}
	// Filled in, it builds, and compares with last year's folder.
	for name, text := range now {
		if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(name)), []byte(strings.ReplaceAll(text, `"请填"`, "70000")), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if code, _, stderr := run("build", dir, "-o", filepath.Join(root, "out.pdf")); code != exitGood {
		t.Errorf("filled in: exit %d\n%s", code, stderr)
	}
	for _, args := range [][]string{
		{"new", dir, "--from", old},                                 // there already
		{"new", filepath.Join(root, "2029", "338"), "--from", old},  // not the next year
		{"new", filepath.Join(root, "x"), "--from", root + "/none"}, // nothing to roll
		{"new"},
	} {
		if code, _, _ := run(args...); code != exitUsage {
			t.Errorf("%v: exit %d", args, code)
		}
	}
}

func TestNewFolder(t *testing.T) {
	root := t.TempDir()
	dir := filepath.Join(root, "2027", "900")
	if code, _, stderr := run("new", dir, "--template", "wuhan"); code != exitGood {
		t.Fatalf("exit %d: %s", code, stderr)
	}
	rules := reported(t, dir)
	if text := tomlFiles(t, dir)["department.toml"]; !strings.HasSuffix(text, "\n# show = [\"一图读懂\"]\n") {
		t.Errorf("nothing is said of the optional part: %s", text)
	}
	n := 0
	for name, text := range tomlFiles(t, dir) {
		if _, diags := source.Parse(name, []byte(text)); diags.HasErrors() {
			t.Errorf("%s does not parse: %v", name, diags.Sorted())
		}
		for line, list := range rules[name] {
			n++
			for _, r := range list {
				if strings.HasPrefix(r, "文件-") && r != "文件-011" || r == "填报-001" || strings.HasPrefix(r, "科目-") && r != "科目-010" { // 2027 has no list of its own yet
					t.Errorf("%s:%d: %s", name, line, r)
				}
			}
		}
	}
	if n < 8 || rules["basic.toml"] == nil || rules["prior.toml"] == nil {
		t.Errorf("check reports %v", rules)
	}
	for _, args := range [][]string{{"new", filepath.Join(root, "a")}, {"new", filepath.Join(root, "a"), "--template", "wuhann"}} {
		if code, _, stderr := run(args...); code != exitUsage || !strings.Contains(stderr, "wuhan") {
			t.Errorf("%v: exit %d: %s", args, code, stderr)
		}
	}
}

// TestNewShowsKeysThatExist uncomments all that a new folder offers and puts the examples of its forms into files: there
// is much to fill in, but no key that is not known.
func TestNewShowsKeysThatExist(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "2026", "900")
	if code, _, stderr := run("new", dir, "--template", "wuhan"); code != exitGood {
		t.Fatalf("exit %d: %s", code, stderr)
	}
	offered := regexp.MustCompile(`(?m)^# (\[\[\w+\]\]|\w+ *= )`)
	n := 0
	for name, text := range tomlFiles(t, dir) {
		n += len(offered.FindAllString(text, -1))
		if err := os.WriteFile(filepath.Join(dir, name), []byte(offered.ReplaceAllString(text, "$1")), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	guide, err := os.ReadFile(filepath.Join(dir, "performance", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	blocks := regexp.MustCompile("(?s)```toml\n(.*?)```").FindAllStringSubmatch(string(guide), -1)
	for i, b := range blocks[:len(blocks)-1] {
		text := b[1] + blocks[len(blocks)-1][1] // a form with its lists
		if err := os.WriteFile(filepath.Join(dir, "performance", fmt.Sprintf("%d.toml", i)), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if n < 20 || len(blocks) < 4 {
		t.Fatalf("%d lines are offered, %d blocks of forms", n, len(blocks))
	}
	for name, lines := range reported(t, dir) {
		for line, list := range lines {
			for _, r := range list {
				if strings.HasPrefix(r, "文件-") && r != "文件-011" || r == "填报-001" || r == "填报-002" || r == "绩效-001" || r == "绩效-002" || r == "绩效-009" {
					t.Errorf("%s:%d: %s", name, line, r)
				}
			}
		}
	}
}

// TestRollFindsHistory: last year's revenue and expenditure follow from its data, with a history and without one; what does not is
// asked for, in the folder and in the workbook.
func TestRollFindsHistory(t *testing.T) {
	root := t.TempDir()
	old := copyData(t, root, "2026/338")
	name := filepath.Join(old, "prior.toml")
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	head, _, ok := strings.Cut(string(raw), "[[history]]")
	if !ok {
		t.Fatal("no history")
	}
	writeText(t, name, head)
	dir, book := filepath.Join(root, "2027", "338"), filepath.Join(root, "338-2027.xlsx")
	for _, args := range [][]string{{"new", dir, "--from", old}, {"new", "-o", book, "--from", old}} {
		if code, _, stderr := run(args...); code != exitGood {
			t.Fatalf("exit %d: %s", code, stderr)
		}
	}
	text := tomlFiles(t, dir)["prior.toml"]
	for _, want := range []string{"# year    = 2025\n# basic   = \"请填\"", "[[history]]\nyear    = 2026\nbasic   = 15309880\nproject = 31408600\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	cells := sheetTexts(t, book)
	if rows := cells["近年收支"]; !strings.Contains(rows, "2026|15309880|31408600") {
		t.Errorf("the workbook has no history of 2026: %s", rows)
	}
	for sheet, want := range map[string]string{"绩效表1": "2026年填的指标值、前年指标值、上年指标值【请核对】", "项目": "2026年填的主要用途、支出方向和用途【请核对】"} {
		if !strings.Contains(cells[sheet], want) {
			t.Errorf("sheet %s does not say %q:\n%s", sheet, want, cells[sheet])
		}
	}
}

// sheetTexts are the cells of each sheet, from the second column on.
func sheetTexts(t *testing.T, name string) map[string]string {
	t.Helper()
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	book, err := grid.Read(name, raw)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, s := range book.Sheets {
		var b strings.Builder
		for _, r := range s.Rows {
			for _, c := range r.Cells {
				if c.Column > 1 && c.Text != "" {
					b.WriteString(c.Text + "|")
				}
			}
			b.WriteByte('\n')
		}
		out[s.Name] = b.String()
	}
	return out
}

// TestNewForEveryPack makes a folder for each pack of the program: all that check wants is to fill in what is marked, and
// then it builds.
func TestNewForEveryPack(t *testing.T) {
	_, stdout, _ := run("packs")
	packs := 0
	for line := range strings.Lines(stdout) {
		f := strings.Split(line, "\t")
		packs++
		root := t.TempDir()
		dir := filepath.Join(root, f[2][:4], "900") // the first year that the pack serves
		if code, _, stderr := run("new", dir, "--template", f[0]); code != exitGood {
			t.Fatalf("%s: exit %d: %s", f[0], code, stderr)
		}
		rules := reported(t, dir)
		for name, text := range tomlFiles(t, dir) {
			for i, line := range strings.Split(text, "\n") {
				value, _, _ := strings.Cut(line, "#")
				unfilled := strings.Contains(value, "请填") || line == "'''" // where a text of several lines begins
				for _, r := range rules[name][i+1] {
					if unfilled != (r == "填报-003") && !slices.Contains([]string{"绩效-005", "上年-002", "填报-008", "文件-011"}, r) && r != "文字-003" {
						t.Errorf("%s: %s:%d: %s says %s", f[0], name, i+1, line, r)
					}
				}
				if unfilled && len(rules[name][i+1]) == 0 && strings.Contains(line, `"请填`) {
					t.Errorf("%s: nothing is said of %s:%d: %s", f[0], name, i+1, line)
				}
			}
			filled := strings.NewReplacer(`date       = "请填"`, "date = 2026-02-10", `amount = "请填"`, "amount = 70000", `amount   = "请填"`, "amount = 70000", `kind         = "请填"`, `kind = "行政"`,
				"# show = ", "show = ", "请填", "已填").Replace(text)
			if name == "prior.toml" {
				filled = strings.ReplaceAll(text, `"请填"`, "0")
			}
			if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(name)), []byte(filled), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		if code, _, stderr := run("build", dir, "-o", filepath.Join(root, "out.pdf")); code != exitGood {
			t.Errorf("%s, filled in: exit %d\n%s", f[0], code, stderr)
		}
	}
	if packs < 5 {
		t.Errorf("%d packs only", packs)
	}
	if code, _, stderr := run("new", filepath.Join(t.TempDir(), "2031", "900"), "--template", "wuhan"); code != exitUsage || !strings.Contains(stderr, "2031") {
		t.Errorf("a year that the pack does not serve: exit %d: %s", code, stderr)
	}
}

// TestNewOfAFolder makes a folder for a pack outside the program and builds with it.
func TestNewOfAFolder(t *testing.T) {
	root := t.TempDir()
	pack := filepath.Join(root, "ours")
	if err := os.MkdirAll(pack, 0o777); err != nil {
		t.Fatal(err)
	}
	toml := "[pack]\nid = \"ours\"\nname = \"本市\"\nversion = \"1\"\nyears = [2026, 2028]\ntitle = \"{{.Name}}预算\"\ninherits = \"wuhan\"\n"
	if err := os.WriteFile(filepath.Join(pack, "pack.toml"), []byte(toml), 0o666); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(root, "2027", "900")
	code, stdout, stderr := run("new", dir, "--template", pack)
	if code != exitGood || !strings.Contains(stdout, "--template "+pack) {
		t.Fatalf("exit %d: %s%s", code, stdout, stderr)
	}
	if text := tomlFiles(t, dir)["department.toml"]; !strings.Contains(text, `template   = "ours"`) {
		t.Errorf("department.toml: %s", text)
	}
	if code, stdout, _ := run("check", "--template", pack, dir); code != exitData || !strings.Contains(stdout, "还没有填") {
		t.Errorf("check: exit %d: %s", code, stdout)
	}
}

// TestNewOffersTotals: what stated.toml of a new folder offers to assert, every pack of the program knows, the figure by its
// title and the cell of a table.
func TestNewOffersTotals(t *testing.T) {
	_, stdout, _ := run("packs")
	for line := range strings.Lines(stdout) {
		f := strings.Split(line, "\t")
		dir := filepath.Join(t.TempDir(), f[2][:4], "900")
		if code, _, stderr := run("new", dir, "--template", f[0]); code != exitGood {
			t.Fatalf("%s: exit %d: %s", f[0], code, stderr)
		}
		text := strings.ReplaceAll(tomlFiles(t, dir)["stated.toml"], `"请填"`, "1234.56")
		offered := regexp.MustCompile(`(?m)^# (\[\[stated\]\]|(?:figure|amount) += )`)
		if n := len(offered.FindAllString(text, -1)); n != 6 {
			t.Errorf("%s: %d lines are offered: %s", f[0], n, text)
		}
		text = offered.ReplaceAllString(text, "$1")
		if err := os.WriteFile(filepath.Join(dir, "stated.toml"), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		basic := "[[basic]]\nfunction = \"" + regexp.MustCompile(`表[^.]+\.(\d{7})`).FindStringSubmatch(text)[1] + "\"\neconomic = \"30101\"\namount = 100\n"
		for name := range tomlFiles(t, dir) {
			switch name {
			case "basic.toml":
				if err := os.WriteFile(filepath.Join(dir, name), []byte(basic), 0o666); err != nil {
					t.Fatal(err)
				}
			case "projects.toml", "prior.toml": // amounts that are still to be filled in are a gap: nothing is summed
				if err := os.Remove(filepath.Join(dir, name)); err != nil {
					t.Fatal(err)
				}
			}
		}
		wrong := 0
		for line, rules := range reported(t, dir)["stated.toml"] {
			for _, r := range rules {
				if r != "勾稽-011" {
					t.Errorf("%s: stated.toml:%d: %s", f[0], line, r)
				}
				wrong++
			}
		}
		if wrong != 2 {
			t.Errorf("%s: %d of two wrong totals are told", f[0], wrong)
		}
	}
}
