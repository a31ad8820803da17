package font_test

import (
	"os"
	"testing"

	"yusuan/internal/typeset/font"
)

// TestGlyphsWithoutInk holds that a face that lists a character and draws nothing for it does not have it: GBZenKai does
// so with small Roman numbers. Blanks are drawn by nothing and stay.
func TestGlyphsWithoutInk(t *testing.T) {
	open := func(file string) ([]byte, error) { return os.ReadFile("../../../fonts/" + file) }
	const kai = "[[face]]\nname = \"kai\"\nfile = \"gkai00mp.ttf\"\n[[face]]\nname = \"song\"\nfile = \"NotoSerifSC-Regular.ttf\"\n" +
		"[[role]]\nname = \"alone\"\nface = \"kai\"\nchain = [{ face = \"kai\" }]\n" +
		"[[role]]\nname = \"both\"\nface = \"kai\"\nchain = [{ face = \"kai\" }, { face = \"song\" }]\n"
	l, err := font.Load(kai, open, nil)
	if err != nil {
		t.Fatal(err)
	}
	alone, _ := l.Family("alone")
	if got := string(alone.Missing("ⅰ楷ⅹ　︵ 体")); got != "ⅰⅹ︵" {
		t.Errorf("missing: %q", got)
	}
	both, _ := l.Family("both")
	for r, want := range map[rune]string{'ⅰ': "song", '︵': "song", '楷': "kai", '　': "kai", ' ': "kai"} {
		if face := both.Pick(r); face == nil || face.Name() != want {
			t.Errorf("%U is not drawn by %s", r, want)
		}
	}
}
