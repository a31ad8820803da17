package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestNewTakesTheNextPack: the folder of a year that last year's pack is not for names the pack that is, and compares as that one does.
func TestNewTakesTheNextPack(t *testing.T) {
	for year, want := range map[string][2]string{
		"2018": {`template = "jiangsu-department-2018"`, "operating = 56193100 "}, "2019": {`template = "jiangsu-department-2019"`, "operating = 15793800 "},
	} {
		last := map[string]string{"2018": "2017", "2019": "2018"}[year]
		dir := filepath.Join(t.TempDir(), year, "101")
		code, _, errs := run("new", dir, "--from", "../../testdata/departments/"+last+"/101")
		if code != exitGood || !strings.Contains(errs, "下一年用模板 jiangsu-department-"+year) {
			t.Fatal(code, errs)
		}
		for file, words := range map[string]string{"department.toml": want[0], "prior.toml": want[1]} {
			raw, err := os.ReadFile(filepath.Join(dir, file))
			if err != nil || !strings.Contains(string(raw), words) {
				t.Errorf("%s of %s has no %s: %v", file, year, words, err)
			}
		}
	}
}

// TestNewOfAnotherYear: a year that a pack is not for is refused with the pack that is, or what to do where there is none.
func TestNewOfAnotherYear(t *testing.T) {
	for year, want := range map[string]string{
		"2019": "2019年的用 --template jiangsu-department-2019", "2016": "另有模板 jiangsu-department-2017（2017年）、jiangsu-department-2019（2019年）。没有2016年的模板：",
	} {
		code, out, errs := run("new", filepath.Join(t.TempDir(), year, "101"), "--template", "jiangsu-department-2018")
		if code != exitUsage || !strings.Contains(out+errs, "适用于2018年，不适用于"+year+"年；") || !strings.Contains(out+errs, want) {
			t.Errorf("%s: %d %s%s, want %s", year, code, out, errs, want)
		}
	}
}
