package testdept

import (
	"bytes"
	"fmt"
	"regexp"
)

// Member returns department i of a district of any size: its folder below the root and its files. Members differ in
// code, name, units and file name where departments of Files share them, so that a whole district is consistent.
func Member(i int) (dir string, files map[string][]byte) {
	seed := uint64(i)
	g := &dept{random: random{seed}, code: Code(seed)}
	code := fmt.Sprintf("%06d", i+1)
	name := []byte(g.name())
	own := append(bytes.Clone(name), fmt.Sprintf("第%d分局", i+1)...)
	units := regexp.MustCompile(`"` + g.code + `(00[0-9])"`)
	files = Files(seed)
	for file, text := range files {
		text = bytes.ReplaceAll(text, name, own)
		text = bytes.ReplaceAll(text, []byte(`code = "`+g.code+`"`), []byte(`code = "`+code+`"`))
		files[file] = units.ReplaceAll(text, []byte(`"`+code+`$1"`))
	}
	return fmt.Sprintf("%d/%s", Year, code), files
}

// Small returns a department with the least that makes a document, for tests of what does not depend on its content.
func Small(i int) (dir string, files map[string][]byte) {
	code := fmt.Sprintf("%06d", i+1)
	department := fmt.Sprintf(`[department]
year = %d
code = %q
name = "槐安区第%d档案馆"
template = %q
date = %d-02-01
assets_as_of = %d-12-31
duties = ["贯彻执行有关法律法规，保管档案。"]

[[unit]]
code = "%s001"
name = "槐安区第%d档案馆"
kind = "行政"
headquarters = true
`, Year, code, i+1, Template, Year, Year-1, code, i+1)
	amount := fmt.Sprintf("%d.25", 1000000+i)
	basic := "[[basic]]\nfunction = \"2010301\"\neconomic = \"30101\"\namount = " + amount + "\n"
	prior := fmt.Sprintf("[prior]\nyear = %d\n[prior.figures]\n", Year-1)
	for _, name := range []string{"total", "fiscal", "general"} {
		prior += name + " = " + amount + "\n"
	}
	for _, name := range []string{"three_public", "overseas", "vehicles", "vehicle_purchase", "vehicle_running", "reception"} {
		prior += name + " = 0\n"
	}
	whole := "[[form]]\nkind = \"整体绩效\"\n[form.fields]\nannual_tasks = \"保管档案。\"\nlong_goal = \"档案安全。\"\nyear_goal = \"没有损毁。\"\n"
	return fmt.Sprintf("%d/%s", Year, code), map[string][]byte{
		"department.toml": []byte(department), "basic.toml": []byte(basic), "text.toml": []byte("[text]\n"), "prior.toml": []byte(prior),
		"overall.toml": []byte(whole),
	}
}
