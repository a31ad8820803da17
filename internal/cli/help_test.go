package cli

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestUsageIsToldInChinese holds what the program says of wrong words after it, and its exit code.
func TestUsageIsToldInChinese(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file.pdf")
	if err := os.WriteFile(file, []byte("x"), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args string
		code int
		says string
	}{
		{"chek", exitUsage, "没有命令“chek”，是不是 check\n"},
		{"pack chek", exitUsage, "没有命令“chek”，是不是 check\n"},
		{"help biuld", exitUsage, "没有命令“biuld”，是不是 build\n"},
		{"packs wuhan", exitUsage, "yusuan packs 后面不用写“wuhan”\n"},
		{"build --ouput x", exitUsage, "没有选项 --ouput，是不是 --output；用法见 yusuan build --help\n"},
		{"build -x", exitUsage, "没有选项 -x；用法见 yusuan build --help\n"},
		{"build x -o", exitUsage, "--output 后面缺少内容，要写 文件名；"},
		{"preview x --dpi high", exitUsage, "--dpi 后面不能写“high”，要写整数；"},
		{"verify " + filepath.Join(dir, "none.pdf"), exitUsage, "没有这个文件或目录\n"},
		{"extract " + dir + " -o " + dir, exitUsage, "这是目录，不是文件\n"},
		{"build ../../testdata/departments/2026/501 -o " + dir, exitUsage, "是目录，要写文件名\n"},
		{"build ../../testdata/departments/2026/501 -o " + filepath.Join(file, "a.pdf"), exitMachine, "路径中间有一段是文件，不是目录\n"},
	} {
		code, out, errs := run(strings.Fields(c.args)...)
		if code != c.code || out != "" || !strings.HasPrefix(errs, "错误：") || !strings.Contains(errs, c.says) {
			t.Errorf("%s: exit %d, want %d and %s\n%s%s", c.args, code, c.code, c.says, out, errs)
		}
	}
}

// TestHelpIsChinese reads the help of every command: no word of the library's own, and columns that line up.
func TestHelpIsChinese(t *testing.T) {
	english := regexp.MustCompile(`\[flags\]|\(default|\bint\b|\bstring\b|Usage|Available|help for`)
	for _, args := range []string{"", "open", "new", "import", "read", "sheet", "check", "explain", "figure", "diff", "fonts", "preview", "build", "batch", "verify", "extract", "restore", "packs", "pack", "pack check", "pack gallery"} {
		code, out, errs := run(append(strings.Fields(args), "--help")...)
		if code != exitGood || errs != "" || !strings.Contains(out, "用法：\n  yusuan "+args) {
			t.Errorf("%s --help: exit %d\n%s%s", args, code, out, errs)
		}
		if m := english.FindString(out); m != "" {
			t.Errorf("%s --help says %s\n%s", args, m, out)
		}
	}
	_, out, _ := run("build", "--help")
	for _, line := range []string{"  -h, --help               显示说明\n", "  -o, --output 文件名      文件名，可以写几个"} {
		if !strings.Contains(out, line) {
			t.Errorf("no line %q in\n%s", line, out)
		}
	}
}
