package stated

import "testing"

// TestDepartmentOf: the department's row is known also where some units have codes of another department, and is not taken for
// one where units alone are listed.
func TestDepartmentOf(t *testing.T) {
	for name, c := range map[string]struct {
		codes []string
		want  int
	}{
		"all begin with it":    {[]string{"611", "611001", "611002"}, 0},
		"it comes last":        {[]string{"611001", "611002", "611"}, 2},
		"one of another":       {[]string{"611", "611001", "722005"}, 0},
		"one alone of another": {[]string{"000001", "000002005"}, 0},
		"another stands first": {[]string{"722005", "611", "611001"}, 1},
		"units alone":          {[]string{"611001", "611002"}, -1},
		"units of two":         {[]string{"611001", "722005"}, -1},
		"one row":              {[]string{"611"}, -1},
		"no row":               {nil, -1},
		"short, and not first": {[]string{"611001", "72"}, -1},
	} {
		rows := make([]unitRow, len(c.codes))
		for i, code := range c.codes {
			rows[i] = unitRow{code: code, name: code}
		}
		if got := departmentOf(rows); got != c.want {
			t.Errorf("%s: row %d, want %d", name, got, c.want)
		}
	}
}
