package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestReferenceIsNotData: the reference of the data folder lies where people look for it, above folders or in one, and nothing
// reads it: the findings and the bytes of the document are the same, and no department is made of it.
func TestReferenceIsNotData(t *testing.T) {
	root := t.TempDir()
	dir := copyData(t, root, "2026/338")
	out := func(name string) (findings string, pdf []byte) {
		file := filepath.Join(root, name)
		code, stdout, stderr := run("build", dir, "-o", file)
		if code != exitGood {
			t.Fatalf("exit %d: %s%s", code, stdout, stderr)
		}
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		_, findings, _ = run("check", dir)
		return findings, raw
	}
	findings, pdf := out("a.pdf")
	text, err := os.ReadFile("../../data/填报说明.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, where := range []string{root, filepath.Dir(dir), dir, filepath.Join(dir, "performance")} {
		if err := os.WriteFile(filepath.Join(where, "填报说明.md"), text, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if again, same := out("b.pdf"); again != findings || !bytes.Equal(pdf, same) {
		t.Errorf("with the reference beside the data the findings are\n%s\nwithout\n%s\nand the documents are equal: %v", again, findings, bytes.Equal(pdf, same))
	}
	if code, stdout, stderr := run("batch", root, "-o", filepath.Join(root, "out")); code != exitGood || !strings.Contains(stdout, "\n1 个部门：已生成 1\n") {
		t.Errorf("exit %d: %s%s", code, stdout, stderr)
	}
}
