package build_test

import (
	"os"
	"testing"
	"testing/fstest"

	"yusuan/fonts"
	"yusuan/internal/build"
	"yusuan/internal/typeset/font"
)

// TestOwnFonts gives the sample a font of its own, right and wrong.
func TestOwnFonts(t *testing.T) {
	raw, err := os.ReadFile("../../fonts/NotoSansSC-Medium.ttf")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, toml, rule string
	}{
		{"right", "[[font]]\nrole = '仿宋'\nfile = '字体/own.ttf'\n", ""},
		{"no such file", "[[font]]\nrole = '仿宋'\nfile = 'none.ttf'\n", "字体-001"},
		{"no such role", "[[font]]\nrole = '隶书'\nfile = '字体/own.ttf'\n", "字体-002"},
		{"outside of the folder", "[[font]]\nrole = '仿宋'\nfile = '../own.ttf'\n", "字体-003"},
		{"no font", "[[font]]\nrole = '仿宋'\nfile = 'basic.toml'\n", "字体-004"},
	} {
		s := shared(t)
		s.OwnFonts = func(o []font.Override) (*font.Library, error) { return fonts.Library(o...) }
		m := edited(t, sample).(fstest.MapFS)
		m[sample+"/font.toml"] = &fstest.MapFile{Data: []byte(c.toml)}
		m[sample+"/字体/own.ttf"] = &fstest.MapFile{Data: raw}
		w, err := s.Check(build.Input{Data: m, Dir: sample})
		if err != nil {
			t.Fatal(c.name, err)
		}
		if c.rule != "" {
			if list := w.Diags.Sorted(); len(list) == 0 || list[0].Rule != c.rule || list[0].At.Start.Line == 0 {
				t.Errorf("%s: %v", c.name, list)
			}
			continue
		}
		if w.Diags.HasErrors() {
			t.Errorf("%s: %v", c.name, w.Diags.Sorted())
		}
		uses, _ := w.Coverage()
		for _, u := range uses {
			if u.Face == "FandolFang-Regular" && u.Count > 20 { // what draws the role otherwise, and marks of others
				t.Errorf("%s: faces %v", c.name, uses)
			}
		}
	}
}
