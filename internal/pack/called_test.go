package pack

import (
	"strings"
	"testing"

	"yusuan/templates"
)

// Many tables print no number: whoever is told that one was not found must get its title.
func TestTablesAreCalledByTheirTitles(t *testing.T) {
	for _, id := range []string{"central-department", "shanghai-department", "wuhan"} {
		p, diags, err := loadAll(templates.FS, id)
		if err != nil || p == nil {
			t.Fatal(id, diags, err)
		}
		for _, x := range p.Tables {
			if name := x.Called(); !strings.Contains(strings.TrimSuffix(name, "）"), "表") || strings.Contains(name, "{{") || len([]rune(name)) < 4 {
				t.Errorf("%s: table %s is called %q", id, x.ID, name)
			}
		}
	}
}
