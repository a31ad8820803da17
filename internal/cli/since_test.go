package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestBuildSince: after building it is told what is another than in the document that was published, and the notice of the
// correction is one page that is known for what it is.
func TestBuildSince(t *testing.T) {
	root := t.TempDir()
	dir := draft(t, root)
	published := filepath.Join(root, "公开.pdf")
	good(t, "build", dir, "-o", published)
	replaced(t, dir, "basic.toml", officeCosts, `economic = "30201", amount = 1681540`)
	again, notice := filepath.Join(root, "更正后.pdf"), filepath.Join(root, "更正说明.pdf")
	out, _ := good(t, "build", dir, "-o", again, "--since", published, "--correction", notice)
	for _, want := range []string{"已生成 ", "与 " + filepath.ToSlash(published) + " 相比", "+10,000.00", "改动 1 处", "影响 62 个数", "已生成更正说明 " + filepath.ToSlash(notice) + "（1 页）", "与原来的相同"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	raw, err := os.ReadFile(notice)
	if err != nil {
		t.Fatal(err)
	}
	for _, claim := range []string{"<pdfaid:part>3<", "<pdfuaid:part>1<", "<xmp:Label>更正说明<"} {
		if !bytes.Contains(raw, []byte(claim)) {
			t.Errorf("the notice does not say %s", claim)
		}
	}
	for _, args := range [][]string{{"verify", notice}, {"extract", notice, "-o", root}, {"check", notice}, {"diff", notice, dir}, {"diff", published, notice}, {"build", dir, "--since", notice, "-o", again}} {
		refusal(t, exitUsage, "这是更正说明，不是部门预算文件", args...)
	}
	refusal(t, exitUsage, "已经存在，是更正说明，没有覆盖", "build", dir, "-o", notice)
	good(t, "build", dir, "-o", again, "--since", published, "--correction", notice) // over itself
	refusal(t, exitUsage, "原来的要留着", "build", dir, "-o", published, "--since", published, "--correction", notice)
	same, _ := good(t, "build", dir, "-o", filepath.Join(root, "x.pdf"), "--since", again, "--correction", filepath.Join(root, "没有.pdf"))
	moved, _ := good(t, "build", dir, "-o", published, "--since", published) // what moved since the last time
	if !strings.Contains(moved, "+10,000.00") {
		t.Error(moved)
	}
	if !strings.Contains(same, "相比没有不同") || !strings.Contains(same, "没有写更正说明") {
		t.Error(same)
	}
	if _, err := os.Stat(filepath.Join(root, "没有.pdf")); err == nil {
		t.Error("a notice of nothing was written")
	}
}

// TestBuildSinceRefuses: where the comparison cannot be made nothing is written.
func TestBuildSinceRefuses(t *testing.T) {
	root := t.TempDir()
	dir := draft(t, root)
	file := filepath.Join(root, "338.pdf")
	last := filepath.Join(root, "2025", "338")
	bad := filepath.Join(root, "改过.pdf")
	good(t, "build", dir, "-o", file)
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(bad, append(raw, "\n% x\n"...), 0o666); err != nil {
		t.Fatal(err)
	}
	out, notice := filepath.Join(root, "新.pdf"), filepath.Join(root, "更正.pdf")
	for _, c := range []struct {
		words string
		args  []string
	}{
		{"--correction 要与 --since 一起用", []string{"--correction", notice}},
		{"应以 .pdf 结尾", []string{"--since", file, "--correction", "a.docx"}},
		{"没有目录", []string{"--since", dir + "9"}},
		{"就是", []string{"--since", dir}},
		{"不是同一个部门", []string{"--since", "../../testdata/departments/2026/501"}},
		{"不能作更正的依据", []string{"--since", bad, "--correction", notice}},
		{"不是更正", []string{"--since", last, "--correction", notice}},
		{"换一个文件名", []string{"--since", file, "--correction", out}},
	} {
		refusal(t, exitUsage, c.words, append([]string{"build", dir, "-o", out}, c.args...)...)
	}
	for _, name := range []string{out, notice} {
		if _, err := os.Stat(name); err == nil {
			t.Errorf("%s was written", name)
		}
	}
}
