//go:build unix

package cli

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestFoldersOfBadLuck: what stands in a data folder and is no regular file of it is told and not opened: neither a pipe
// nobody writes to nor a device without end holds the program up, which would end with the limit of go test.
func TestFoldersOfBadLuck(t *testing.T) {
	outside := filepath.Join(t.TempDir(), "别处.toml")
	write(t, outside, "[text]\nreason_total = \"别处\"\n")
	link := func(to string) func(string) error {
		return func(name string) error { return os.Symlink(to, name) }
	}
	for _, c := range []struct {
		name  string
		make  func(name string) error
		says  string
		about string // the rule
	}{
		{"管道", func(name string) error { return syscall.Mkfifo(name, 0o666) }, "不是普通的文件", "文件-018"},
		{"无尽的设备", link("/dev/zero"), "文件夹外面", "文件-018"},
		{"别处的文件", link(outside), "文件夹外面", "文件-018"},
		{"失效的链接", link("没有"), "失效的链接", "文件-018"},
		{"失效的、指到别处的链接", link("/没有/x.toml"), "文件夹外面", "文件-018"},
		{"失效的、指到上级的链接", link("../没有/x.toml"), "文件夹外面", "文件-018"},
		{"指着自己的链接", link("x.toml"), "绕成一圈", "文件-018"},
		{"链接到文件夹", link("里面"), "不是普通的文件", "文件-018"},
		{"上级", link(".."), "文件夹外面", "文件-018"},
		{"太大", func(name string) error {
			if err := os.WriteFile(name, []byte("#"), 0o666); err != nil {
				return err
			}
			return os.Truncate(name, 17<<20)
		}, "16 MB", "文件-019"},
		{"里面的文件", link("里面/说明.toml"), "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := department(t, clean)
			if err := os.Mkdir(filepath.Join(dir, "里面"), 0o777); err != nil {
				t.Fatal(err)
			}
			if c.about == "" {
				write(t, filepath.Join(dir, "里面", "说明.toml"), "# 只有注释，"+strings.Repeat("不同", 40)+"\n")
			}
			if err := c.make(filepath.Join(dir, "x.toml")); err != nil {
				t.Fatal(err)
			}
			code, out, _ := run("check", dir)
			if c.about != "" && (code != exitData || !strings.Contains(out, "x.toml") || !strings.Contains(out, c.about) || !strings.Contains(out, c.says)) {
				t.Errorf("code %d, said %q", code, out)
			}
			if c.about == "" && strings.Contains(out, "文件-018") {
				t.Errorf("said %q", out)
			}
		})
	}
}

// TestNamedFolderMayBeALink: links lead out of no folder, but a folder that is named may be one.
func TestNamedFolderMayBeALink(t *testing.T) {
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(department(t, clean), link); err != nil {
		t.Fatal(err)
	}
	if code, out, err := run("check", link); code != exitGood {
		t.Errorf("code %d: %s%s", code, out, err)
	}
}

// TestLinksToFolders: what lies below a link to a folder is not read, and so is told.
func TestLinksToFolders(t *testing.T) {
	outside := t.TempDir()
	for _, c := range []struct {
		name, to string
		told     bool
	}{
		{"绩效", outside, true}, {"绩效", "里面", true}, {"绩效", "..", true}, {"绩效.d", "里面", true},
		{"批复.pdf", "/没有/批复.pdf", false}, {"批复.pdf", "里面/批复.pdf", false}, {".cache", outside, false},
	} {
		dir := department(t, clean)
		if err := os.Mkdir(filepath.Join(dir, "里面"), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(c.to, filepath.Join(dir, c.name)); err != nil {
			t.Fatal(err)
		}
		code, out, _ := run("check", dir)
		if told := strings.Contains(out, "文件-018") && strings.Contains(out, c.name+"是文件夹的链接"); told != c.told || told != (code == exitData) {
			t.Errorf("%s -> %s: code %d, said %q", c.name, c.to, code, out)
		}
	}
}

// TestNamedCircle: a folder that is a link to itself is told in the user's language, whatever it was named for.
func TestNamedCircle(t *testing.T) {
	circle, good := filepath.Join(t.TempDir(), "圈"), department(t, clean)
	if err := os.Symlink("圈", circle); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"check", circle}, {"build", circle}, {"figure", circle, "T3.合计"}, {"batch", circle, "-o", t.TempDir()}, {"pack", "check", circle},
		{"check", "--template", circle, good}, {"new", filepath.Join(t.TempDir(), "n"), "--from", circle}, {"verify", circle}, {"extract", circle, "-o", t.TempDir()}, {"fonts", circle},
	} {
		if code, out, err := run(args...); code != exitUsage || !strings.Contains(out+err, "链接绕成一圈") || strings.Contains(out+err, "symbolic") {
			t.Errorf("%v: code %d, said %s%s", args, code, out, err)
		}
	}
}

// TestBatchGoesOn: a department with a pipe among its files is told of, and the others are made.
func TestBatchGoesOn(t *testing.T) {
	root := t.TempDir()
	for _, name := range []string{"901", "902", "903"} {
		dir := filepath.Join(root, "2026", name)
		if err := os.MkdirAll(dir, 0o777); err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(dir, "department.toml"), strings.NewReplacer(`"900"`, `"`+name+`"`, "某区档案馆", "某区第"+name+"馆").Replace(clean))
	}
	if err := syscall.Mkfifo(filepath.Join(root, "2026", "902", "x.toml"), 0o666); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(root, "out")
	code, said, _ := run("batch", root, "-o", out)
	if made, _ := filepath.Glob(filepath.Join(out, "*.pdf")); code != exitData || len(made) != 2 {
		t.Errorf("code %d, made %v: %s", code, made, said)
	}
	if report, err := os.ReadFile(filepath.Join(out, "核对报告", "2026", "902.txt")); err != nil || !strings.Contains(string(report), "文件-018") {
		t.Errorf("reported %q, %v", report, err)
	}
}

// TestPackKeepsToItsFolder: nothing in a pack leads out of it.
func TestPackKeepsToItsFolder(t *testing.T) {
	for _, c := range []struct{ file, to, rule string }{
		{"x.toml", "/dev/zero", "文件-018"}, {"prose/x.tmpl", "/etc/hostname", "文件-018"}, {"forms/x.toml", "../../别处.toml", "文件-018"},
	} {
		parent := t.TempDir()
		write(t, filepath.Join(parent, "别处.toml"), "x = 1\n")
		dir := filepath.Join(parent, "p")
		if err := os.CopyFS(dir, os.DirFS("../../templates/wuhan")); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(c.to, filepath.Join(dir, filepath.FromSlash(c.file))); err != nil {
			t.Fatal(err)
		}
		code, out, _ := run("pack", "check", dir)
		if code != exitData || !strings.Contains(out, c.rule) || !strings.Contains(out, "文件夹外面") {
			t.Errorf("%s: code %d, said %q", c.file, code, out)
		}
	}
}

// TestFontsOfBadLuck: a pipe or a device among fonts is told and not waited for, and a link is as good as the folder.
func TestFontsOfBadLuck(t *testing.T) {
	dir := office(t)
	pipe, zero, link := filepath.Join(dir, "pipe.ttf"), filepath.Join(dir, "zero.ttf"), filepath.Join(t.TempDir(), "link")
	if err := errors.Join(syscall.Mkfifo(pipe, 0o666), os.Symlink("/dev/zero", zero), os.Symlink(dir, link)); err != nil {
		t.Fatal(err)
	}
	code, out, errs := run("fonts", "--search", link)
	says(t, "--search of a link", code, exitGood, out, "有字体文件 6 个", "simsun.ttc#宋体（SimSun，宋体）")
	for _, name := range []string{pipe, zero} {
		if !strings.Contains(errs, filepath.Base(name)+"：不是普通的文件") {
			t.Errorf("nothing of %s in %s", name, errs)
		}
		if code, _, errs := run("fonts", "--font", "宋体="+name); code == exitGood || !strings.Contains(errs, "不是普通的文件") {
			t.Errorf("--font %s: exit %d, %s", name, code, errs)
		}
	}
}
