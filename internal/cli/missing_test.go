package cli

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestMissingCharacterHint: what is said to help against a character that no face has is a way that the program knows: the
// flag takes the face that it names, and so does the data.
func TestMissingCharacterHint(t *testing.T) {
	dir := department(t, strings.Replace(clean, "保管档案。", "保管\U0003134A档案。", 1))
	code, _, stderr := run("build", dir, "-o", filepath.Join(t.TempDir(), "a.pdf"))
	if code != exitData || !strings.Contains(stderr, "字形-001") {
		t.Fatal(code, stderr)
	}
	m := regexp.MustCompile(`--font (\S+)=文件\.ttf.*role = "(\S+)"、file = `).FindStringSubmatch(stderr)
	if m == nil || m[1] != m[2] {
		t.Fatalf("no way out in %s", stderr)
	}
	own := "../../fonts/gkai00mp.ttf"
	if code, said, stderr := run("check", dir, "--font", m[1]+"="+own); code != exitData || !strings.Contains(said, "字形-001") {
		t.Errorf("--font %s: %d %s%s", m[1], code, said, stderr)
	}
	write(t, filepath.Join(dir, "own.toml"), "[[font]]\nrole = \""+m[2]+"\"\nfile = \"own.ttf\"\n")
	raw, err := os.ReadFile(own)
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "own.ttf"), string(raw))
	if code, said, stderr := run("check", dir); code != exitData || strings.Contains(said, "字体-0") {
		t.Errorf("[[font]] role = %s: %d %s%s", m[2], code, said, stderr)
	}
}
