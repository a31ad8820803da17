package cli

import (
	"fmt"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"yusuan/internal/budget"
)

// gap is a value that an author still has to fill in.
var gap = regexp.MustCompile(`(?m)^( *"?[\w.一-龥]+"?) *= *"请填。?"|^请填。`)

// texts are fields that no export can have: what they say, somebody has to write.
var texts = []string{"reason", "content", "change", "basis", "annual_tasks", "long_goal", "year_goal", "purpose", "duties", "attribute"}

// notExported are the values that no export of a set has, by the field: the names of groups of functional codes that only lines below
// them are of (b writes them), the kind of each unit, the day of publication, and last year's figures. Of b nothing says of what use
// the car is that is to be bought.
var notExported = map[string]map[string]int{
	"a": {"basic.toml name": 3, "units.toml kind": 3, "department.toml date": 1, "prior.toml": 9},
	"b": {"units.toml kind": 3, "department.toml date": 1, "prior.toml": 9, "assets.toml bought": 1},
	"c": {"basic.toml name": 3, "units.toml kind": 3, "department.toml date": 1, "prior.toml": 9},
}

// finish fills in what is open in a folder and counts it: values to type or choose by their field, and texts to write.
func finish(t *testing.T, dir string) (values map[string]int, written int) {
	t.Helper()
	values = map[string]int{}
	for name, text := range tree(t, dir) {
		if filepath.Ext(name) != ".toml" {
			continue
		}
		for _, m := range gap.FindAllStringSubmatch(text, -1) {
			if key := strings.TrimSpace(m[1]); key == "" || slices.Contains(texts, key) {
				written++
			} else if file := filepath.Base(name); file == "prior.toml" {
				values[file]++
			} else {
				values[file+" "+key]++
			}
		}
		text = gap.ReplaceAllStringFunc(text, func(s string) string {
			key, _, ok := strings.Cut(s, "=")
			switch key = strings.TrimSpace(key); {
			case !ok:
				return "承担有关工作。"
			case filepath.Base(name) == "units.toml":
				return key + ` = "行政"`
			case filepath.Base(name) == "prior.toml":
				return key + ` = "0"`
			case key == "date":
				return key + " = 2026-02-10"
			case key == "type":
				return key + ` = "部门项目"`
			}
			return fmt.Sprintf("%s = %q", key, "按实际需要安排")
		})
		writeText(t, name, strings.ReplaceAll(text, "【请核对】", ""))
	}
	return values, written
}

// TestExportsMakeADocument goes from each set of exports to a PDF: what is left is filled in by a script and counted. An hour of
// a newcomer is 300 values, those of the mapping file among them.
func TestExportsMakeADocument(t *testing.T) {
	for _, set := range exportSets {
		t.Run(set.name, func(t *testing.T) {
			at := t.TempDir()
			dir := filepath.Join(at, "2026", "418")
			answers := bring(t, dir, set.answers, exportFiles(t, set.name)...)
			gaps, written := finish(t, dir)
			missing := lost(t, facts(t, dir))
			if missing > 0 {
				gaps["assets.toml bought"] += missing
			}
			if !maps.Equal(gaps, notExported[set.name]) {
				t.Errorf("values to type: %v, want %v: what stands in an export is taken in", gaps, notExported[set.name])
			}
			values := 0
			for _, n := range gaps {
				values += n
			}
			pdf := filepath.Join(at, "418.pdf")
			code, stdout, stderr := run("build", dir, "-o", pdf)
			if code != exitGood {
				t.Fatalf("exit %d\n%s%s", code, stdout, stderr)
			}
			t.Logf("set %s: %d answers in the mapping file, %d values (%d of them in tables that were read), %d texts that no export has; %d warnings are left; %s",
				set.name, answers, values, missing, written, strings.Count(stderr, ": 警告 "), strings.TrimSpace(stdout))
			if answers+values >= 300 {
				t.Errorf("%d values have to be typed", answers+values)
			}
		})
	}
}

// lost counts the cells of the exports that an author has to type again because they were not read: of an indicator that is not
// there all six, of one with another value one.
func lost(t *testing.T, f *budget.Facts) int {
	have, named := map[string]int{}, map[string]int{}
	for _, x := range f.Forms {
		for _, i := range x.Indicators {
			k := strings.Join([]string{x.Project.V, i.First.V, i.Second.V, i.Third.V}, "|")
			named[k]++
			have[k+"|"+i.Horizon.V+"|"+strings.TrimLeft(i.Value.V, "＝=")]++
		}
		for _, g := range x.Goals {
			have[x.Project.V+"|"+g.Text.V]++
		}
	}
	n := 0
	for _, r := range truth(t, "indicators.csv") {
		k := strings.Join([]string{strings.Replace(r["project"], "整体", "", 1), r["first"], r["second"], r["third"]}, "|")
		full := k + "|" + strings.Replace(r["horizon"], "中期", "长期", 1) + "|" + strings.NewReplacer("＞", ">", "＜", "<").Replace(strings.TrimLeft(r["value"], "＝="))
		switch {
		case have[full] > 0:
			have[full]--
		case named[k] > 0:
			n++
		default:
			n += 6
		}
	}
	for _, r := range truth(t, "goals.csv") {
		if have[strings.Replace(r["project"], "整体", "", 1)+"|"+r["goal"]] == 0 {
			n++
		}
	}
	cars := map[string]int{}
	for _, x := range f.Vehicles {
		cars[x.Unit.V+"|"+x.Use.V] = x.Count.V*1000 + x.Bought.V
	}
	for _, r := range truth(t, "vehicles.csv") {
		if want := r["existing"] + "|" + r["purchase"]; fmt.Sprintf("%d|%d", cars[r["unit_code"]+"|"+r["kind"]]/1000, cars[r["unit_code"]+"|"+r["kind"]]%1000) != want {
			n++
		}
	}
	return n
}
