package pack_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"yusuan/internal/pack"
	"yusuan/internal/schedule"
	"yusuan/templates"
)

// TestSayings: each text that a pack takes and prints in prose has a hole in one of its sentences, and all patterns compile.
func TestSayings(t *testing.T) {
	for _, id := range []string{"central-department", "jiangsu-department-2018", "shanghai-department", "shanghai-unit", "wuhan"} {
		p, _, err := schedule.LoadPack(templates.FS, id)
		if err != nil {
			t.Fatal(err)
		}
		var keys []string
		for _, s := range p.Sayings() {
			re, err := regexp.Compile(s.Pattern)
			if err != nil {
				t.Fatalf("%s: %q: %v", id, s.Pattern, err)
			}
			if re.NumSubexp() != len(s.Holes) {
				t.Errorf("%s: %q has %d holes, not %d", id, s.Pattern, re.NumSubexp(), len(s.Holes))
			}
			for _, h := range s.Holes {
				if h.Kind == pack.HoleText {
					keys = append(keys, h.Name)
				}
			}
		}
		for _, s := range p.Slots {
			if !slices.Contains(keys, s.Key) && p.Prints("text."+s.Key) && !p.Chooses(s.Key) {
				t.Errorf("%s: no sentence has a hole for %s", id, s.Key)
			}
		}
		if n := len(p.Sayings()); n < 20 || n > 400 {
			t.Errorf("%s: %d sentences", id, n)
		}
	}
}

// TestSayingsFitWhatIsPrinted: a sentence with a branch fits either way.
func TestSayingsFitWhatIsPrinted(t *testing.T) {
	p, _, err := schedule.LoadPack(templates.FS, "wuhan")
	if err != nil {
		t.Fatal(err)
	}
	known := strings.NewReplacer(pack.SaidYear, "2026", pack.SaidLastYear, "2025", pack.SaidEdition, "部门", pack.SaidName, "某局")
	for text, want := range map[string]string{
		"3.公务接待费预算0.69万元，比2025年预算减少0.03万元，下降4.17%，主要原因是人员减少。": "人员减少",
		"3.公务接待费预算0.69万元，比2025年预算降低0.03万元，下降4.17%，主要原因是人员减少。": "人员减少",
		"3.公务接待费预算0.69万元，与2025年预算持平。":                         "",
	} {
		found := false
		for _, s := range p.Sayings() {
			i := slices.IndexFunc(s.Holes, func(h pack.Hole) bool { return h.Name == "reason_reception" })
			if i < 0 {
				continue
			}
			if m := regexp.MustCompile("^" + known.Replace(s.Pattern) + "$").FindStringSubmatch(text); m != nil {
				found = true
				if m[i+1] != want {
					t.Errorf("%s: %q", text, m[i+1])
				}
			}
		}
		if !found {
			t.Errorf("no sentence fits %s", text)
		}
	}
}
