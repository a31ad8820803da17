package pack

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"yusuan/internal/budget"
)

// TestRoleTables holds the lists of roles themselves: each is there once and explained, its usual words ask something, and no
// word is usual for two figures.
func TestRoleTables(t *testing.T) {
	for _, list := range [][]Entry{figureRoleEntries(), labelRoleEntries(), fieldRoles()} {
		seen := map[string]bool{}
		for _, e := range list {
			if e.Name == "" || e.Text == "" || seen[e.Name] {
				t.Errorf("%+v", e)
			}
			seen[e.Name] = true
		}
	}
	words := map[string]FigureRole{}
	for _, x := range figureRoles() {
		if q, err := budget.ParseQuery(x.query); err != nil || q.String() != x.query {
			t.Errorf("%s asks %q: %v", x.role, x.query, err)
		}
		for _, w := range x.usual {
			if words[w] != "" {
				t.Errorf("%s is usual for %s and %s", w, words[w], x.role)
			}
			words[w] = x.role
		}
	}
}

// TestUsualWordsAskThePack: a usual word asks what the pack's figure of that role asks, whatever its name and title; what it
// usually asks where no figure has the role or the tables do not tell.
func TestUsualWordsAskThePack(t *testing.T) {
	const own = "fund=财政拨款 economic=30217"
	p, ds := load(t, small+"[[figure]]\nname = \"gastlich\"\ntitle = \"待客\"\nquery = \""+own+"\"\nrole = \"公务接待\"\n", nil)
	if len(ds) > 0 {
		t.Fatal(ds)
	}
	asks := func(p *Pack, known bool) string {
		all := p.UsualWords(func(string) bool { return known })
		return all[slices.IndexFunc(all, func(w UsualWord) bool { return w.Word == "公务接待费" })].Query
	}
	bare, _ := load(t, small, nil)
	const usual = "fund=一般公共预算 economic=30217"
	if got := []string{asks(p, true), asks(p, false), asks(bare, true)}; !slices.Equal(got, []string{own, usual, usual}) {
		t.Errorf("%q", got)
	}
}

const roleForm = "kind = \"甲表\"\nscope = \"项目\"\nheading = \"甲\"\npage = \"正文\"\nwidths = [1, 1]\n"

// TestSlipsOfRoles: what has no such role, and what is said twice, is refused at its line.
func TestSlipsOfRoles(t *testing.T) {
	figure := func(name, more string) string {
		return "[[figure]]\nname = \"" + name + "\"\ntitle = \"" + name + "\"\nquery = \"side=支出\"\n" + more + "\n"
	}
	row := func(cell string) string {
		return "[[item]]\ncell = [ { text = \"甲\", label = true }, " + cell + " ]\n"
	}
	field := func(key string) string {
		return "[[field]]\nkey = \"" + key + "\"\ntitle = \"题\"\nrole = \"本年内容\"\n"
	}
	for _, c := range []struct{ pack, form, rule, says, line string }{
		{figure("a", `role = "三公"`), "", "模板-005", "三公经费", `role = "三公"`},
		{figure("a", `role = "三公经费"`) + figure("b", `role = "三公经费" # b`), "", "模板-007", "数字“a”", "# b"},
		{figure("a", "by = \"item\"\nrole = \"三公经费\""), "", "模板-005", "by", `role = "三公经费"`},
		{"", roleForm + field("a") + strings.Replace(field("b"), "\n[[", "\n[[", 1) + row(`{ text = "" }`), "模板-007", "栏目“a”", `role = "本年内容"`},
		{"", roleForm + row(`{ text = "{{.Name}}", role = "合计" }`), "模板-005", "固定的文字", ".Name"},
		{"", roleForm + row(`{ text = "乙", role = "收入构成" }`), "模板-005", "部门", "收入构成"},
		{"", roleForm + "[[item]]\nrole = \"支出明细\"\nitem = [ { cell = [ { text = \"乙\" } ] } ]\n", "模板-005", "固定的文字", "支出明细"},
		{"", roleForm + row(`{ text = "乙", role = "合记" }`), "模板-005", "合计", "合记"},
	} {
		more := map[string]string{}
		text := small + c.pack
		if c.form != "" {
			more["forms/a.toml"], text = c.form, c.form
		}
		_, ds := load(t, small+c.pack, more)
		if len(ds) != 1 || ds[0].Rule != c.rule || !strings.Contains(ds[0].Message+ds[0].Hint, c.says) {
			t.Errorf("%s%s: %+v", c.pack, c.form, ds)
			continue
		}
		if line := strings.Split(text, "\n")[ds[0].At.Start.Line-1]; !strings.Contains(line, c.line) {
			t.Errorf("%s is said of %q", c.rule, line)
		}
	}
}

// TestHeirsInheritRoles: figures of an heir are what those that they replace were, unless it says otherwise; its forms'
// labels count alone where it has a form of the kind.
func TestHeirsInheritRoles(t *testing.T) {
	figure := func(name, more string) string {
		return "[[figure]]\nname = \"" + name + "\"\ntitle = \"题\"\nquery = \"side=支出\"\n" + more + "\n"
	}
	form := func(label string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte(roleForm + "[[item]]\ncell = [ { text = \"" + label + "\", role = \"项目当年预算\" }, { text = \"\" } ]\n")}
	}
	for _, c := range []struct{ heir, want string }{
		{"", "a"},
		{figure("a", ""), "a"},
		{figure("b", `role = "支出总预算"`), "b"},
		{figure("a", `role = "支出总预算"`), "a"},
		{figure("a", "") + figure("b", `role = "支出总预算"`), "b"},
		{figure("a", `role = "三公经费"`), ""},
	} {
		files := packs(heir("base", c.heir))
		files["base/more.toml"] = &fstest.MapFile{Data: []byte(figure("a", `role = "支出总预算"`))}
		files["base/forms/a.toml"], files["heir/forms/b.toml"] = form("甲的"), form("乙的")
		p, diags, err := loadAll(files, "heir")
		if err != nil || len(diags.Sorted()) > 0 {
			t.Fatal(c.heir, err, diags.Sorted())
		}
		got := ""
		if f := p.RoleFigure(FigureTotal); f != nil {
			got = f.Name
		}
		if got != c.want {
			t.Errorf("an heir with %s has %q for the total, not %q", c.heir, got, c.want)
		}
		if words := p.LabelWords(LabelNow); words[0] != "乙的" || slices.Contains(words, "甲的") {
			t.Errorf("labels are called %v", words)
		}
	}
}
