package source

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
)

// listOf is a list of n lines of a unit, with what changes from line to line, and an amount.
func listOf(unit string, n int, amount func(int) string) string {
	var s strings.Builder
	s.WriteString("amount_unit = \"元\"\n")
	for i := range n {
		fmt.Fprintf(&s, "[[basic]]\nunit = %q\nfunction = \"2010301\"\neconomic = \"302%02d\"\namount = %s\n", unit, i, amount(i))
	}
	return s.String()
}

func form(project string) string {
	s := fmt.Sprintf("[[form]]\nkind = \"项目绩效\"\nproject = %q\n[form.fields]\nreason = \"防汛\"\nbasis = \"测算\"\n", project)
	for _, third := range []string{"完成率", "合格率", "及时率", "成本", "满意度"} {
		s += fmt.Sprintf("[[form.indicator]]\nhorizon = \"年度\"\nthird = %q\nvalue = \"100%%\"\n", third)
	}
	return s
}

func TestNearCopies(t *testing.T) {
	typed := func(i int) string { return fmt.Sprint(1000*i + 311) }
	slip := func(i int) string {
		if i == 2 {
			return "31.1"
		}
		return typed(i)
	}
	rows := func(n int) string { // the same in another form, in another order of keys
		s := "basic = [\n"
		for i := range n {
			s += fmt.Sprintf("{ amount = %d, economic = \"302%02d\", unit = \"001\", function = \"2010301\" },\n", i, i)
		}
		return s + "]\n"
	}
	for _, x := range []struct {
		name, one, other string
		copy             bool
	}{
		{"one digit", listOf("001", 12, typed), listOf("001", 12, slip), true},
		{"all amounts", listOf("001", 12, typed), listOf("001", 12, func(i int) string { return fmt.Sprint(i) }), true},
		{"rows in braces", listOf("001", 12, typed), rows(12), true},
		{"an older draft, shorter", listOf("001", 30, typed), listOf("001", 7, slip), true},
		{"most of either", listOf("001", 12, typed), listOf("001", 10, typed) + listOf("002", 2, typed)[len("amount_unit = \"元\"\n"):], true},
		{"less than that", listOf("001", 12, typed), listOf("001", 8, typed) + listOf("002", 4, typed)[len("amount_unit = \"元\"\n"):], false},
		{"few", listOf("001", 12, typed), listOf("001", 3, slip), false},
		{"another unit", listOf("001", 12, typed), listOf("002", 12, typed), false},
		{"a form", form("甲"), strings.Replace(form("甲"), "100%", "90%", 1), true},
		{"forms of two projects", form("甲"), form("乙"), false},
		{"texts", "[text]\na = \"1\"\nb = \"2\"\nc = \"3\"\nd = \"4\"\ne = \"5\"\n", "[text]\na = \"1\"\nb = \"2\"\nc = \"3\"\nd = \"4\"\ne = \"6\"\n", true},
		{"nothing", "", "# nothing either\n", false},
	} {
		for _, names := range [][2]string{{"d/basic.toml", "d/basic2026.toml"}, {"d/基本.toml", "d/基本（送审）.toml"}, {"d/a/x.toml", "d/b/x.toml"}} {
			files, d, err := ReadDir(fstest.MapFS{names[0]: {Data: []byte(x.one)}, names[1]: {Data: []byte(x.other)}}, "d")
			if err != nil {
				t.Fatal(err)
			}
			found := ""
			for _, d := range d.Sorted() {
				found += d.Rule + " " + d.At.File + ";"
			}
			if want := ruleNearCopy + " " + names[1] + ";"; x.copy && (found != want || len(files) != 1 || files[0].Path != names[0]) || !x.copy && (found != "" || len(files) != 2) {
				t.Errorf("%s, %v: %q, %d files", x.name, names, found, len(files))
			}
		}
	}
	// Names that say so are enough for less.
	for name, want := range map[string]bool{
		"d/car - 副本.toml": true, "d/car(2).toml": true, "d/car_old.toml": true, "d/car2.toml": false, "d/cars.toml": false, "d/e/car - 副本.toml": false,
	} {
		car := "[[vehicle]]\nuse = \"其他用车\"\ncount = %d\n"
		files, _, _ := ReadDir(fstest.MapFS{"d/car.toml": {Data: fmt.Appendf(nil, car, 5)}, name: {Data: fmt.Appendf(nil, car, 4)}}, "d")
		if got := len(files) == 1; got != want {
			t.Errorf("%s is a copy of car.toml: %v", name, got)
		}
	}
	// What differs is shown.
	_, d, _ := ReadDir(fstest.MapFS{"d/a.toml": {Data: []byte(listOf("001", 9, typed))}, "d/a2.toml": {Data: []byte(listOf("001", 9, slip))}}, "d")
	if notes := d.Sorted()[0].Notes; len(notes) != 1 || notes[0].Text != "这里是 amount = 31.1，a.toml 第 16 行是 2311" || notes[0].At.Start.Line != 16 {
		t.Errorf("notes %v", notes)
	}
}

// TestFolderInItself: of a folder that was copied into itself the files above are read, and each is called so that both are told apart.
func TestFolderInItself(t *testing.T) {
	typed := func(i int) string { return fmt.Sprint(1000*i + 311) }
	for _, inner := range []string{listOf("001", 12, typed), listOf("001", 12, func(i int) string { return fmt.Sprint(i) })} {
		files, d, err := ReadDir(fstest.MapFS{"d/338/basic.toml": {Data: []byte(listOf("001", 12, typed))}, "d/338/338/basic.toml": {Data: []byte(inner)}}, "d/338")
		if err != nil || len(files) != 1 || files[0].Path != "d/338/basic.toml" {
			t.Fatal(err, len(files), files[0].Path)
		}
		list := d.Sorted()
		if len(list) != 1 || list[0].At.File != "d/338/338/basic.toml" || !strings.Contains(list[0].Message, "与 338/basic.toml ") {
			t.Errorf("%+v", list)
		}
	}
}
