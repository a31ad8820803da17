package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// twoUnits is a department whose units each have a project of one name.
const twoUnits = `
[department]
year     = 2026
code     = "415"
name     = "澜川市水务局"
template = "wuhan"
duties   = ["负责水务工作。"]
date     = 2026-02-01
[[unit]]
code         = "415001"
name         = "水务局本级"
kind         = "行政"
headquarters = true
[[unit]]
code = "415002"
name = "河道管理所"
kind = "公益一类"
[[basic]]
unit     = "415001"
function = "2010301"
economic = "30101"
amount   = 1000000
[[project]]
name     = "信息化运维费"
unit     = "415001"
function = "2010399"
amount   = 500000
[[project]]
name     = "信息化运维费"
unit     = "415002"
function = "2010399"
amount   = 300000
[[procurement]]
unit    = "415002"
project = "信息化运维费"
class   = "服务"
amount  = 120000
`

func formFor(unit string) string {
	return "[[form]]\nkind = \"项目绩效-通用\"\nproject = \"信息化运维费\"\nunit = \"" + unit + "\"\n[form.fields]\ntype = \"部门项目\"\nreason = \"要\"\ncontent = \"维护\"\nchange = \"无\"\nbasis = \"测算\"\n"
}

// TestProjectsOfOneName: from the folder to the finished file, its figures and the next year's folder.
func TestProjectsOfOneName(t *testing.T) {
	root := t.TempDir()
	dir, next := filepath.Join(root, "2026", "415"), filepath.Join(root, "2027", "415")
	if err := os.MkdirAll(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"all.toml": twoUnits, "1.toml": formFor("415001"), "2.toml": formFor("河道管理所")} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for _, edition := range []string{"department", "unit:415001", "unit:415002"} {
		file := filepath.Join(root, "out.pdf")
		if code, _, stderr := run("build", dir, "--edition", edition, "-o", file); code != exitGood {
			t.Fatalf("%s: exit %d: %s", edition, code, stderr)
		}
		if code, stdout, stderr := run("verify", file); code != exitGood {
			t.Errorf("%s: verify: exit %d: %s%s", edition, code, stdout, stderr)
		}
	}
	for address, want := range map[string]string{"T10.415001/信息化运维费": "= 50.00万元", "T10.河道管理所/信息化运维费.合计": "= 30.00万元", "procurement": "= 12.00万元"} {
		if code, stdout, stderr := run("figure", dir, address); code != exitGood || !strings.Contains(stdout, want) {
			t.Errorf("%s: exit %d: %s%s, want %s", address, code, stdout, stderr, want)
		}
	}
	code, stdout, stderr := run("figure", dir, "T10.信息化运维费")
	if code != exitUsage || stdout != "" || !strings.Contains(stderr, "30.00  T10.河道管理所.信息化运维费.合计\n") || !strings.Contains(stderr, "50.00  T10.水务局本级.信息化运维费.合计\n") {
		t.Errorf("a name of two units: exit %d: %s%s", code, stdout, stderr)
	}
	if code, _, stderr := run("new", next, "--from", dir); code != exitGood {
		t.Fatalf("new: exit %d: %s", code, stderr)
	}
	for file, unit := range map[string]string{"1.toml": "415001", "2.toml": "河道管理所"} {
		if text := tomlFiles(t, next)[file]; !strings.Contains(text, "unit = \""+unit+"\"") {
			t.Errorf("%s has lost its unit: %s", file, text)
		}
	}
	for file, lines := range reported(t, next) {
		for line, rules := range lines {
			for _, r := range rules {
				if strings.HasPrefix(r, "项目") || strings.HasPrefix(r, "绩效-00") && r != "绩效-003" || strings.HasPrefix(r, "采购") {
					t.Errorf("next year: %s:%d: %s", file, line, r)
				}
			}
		}
	}
}
