package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yusuan/internal/archive"
	"yusuan/internal/source"
)

// withComments is a department of two years whose files have comments with a person's numbers.
func withComments(t *testing.T) string {
	t.Helper()
	dir := writeTwoYears(t)
	for _, name := range []string{filepath.Join(dir, "basic.toml"), filepath.Join(filepath.Dir(filepath.Dir(dir)), "2025", "000001", "basic.toml")} {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		write(t, name, "# 填报人 13800138000\r\n"+strings.TrimSuffix(string(raw), "\n")+" # 备注 # 身份证 11010519491231002X\n")
	}
	return dir
}

// TestCommentsArePublished: numbers of people in comments are told, those of last year's folder too, which goes along.
func TestCommentsArePublished(t *testing.T) {
	dir := withComments(t)
	code, stdout, _ := run("check", dir)
	if code != exitData {
		t.Errorf("code %d", code)
	}
	for _, says := range []string{
		"2026/000001/basic.toml:1:7: 警告 隐私-002: 注释里有手机号码", "2025/000001/basic.toml:1:7: 警告 隐私-002: 注释里有手机号码",
		"2025/000001/basic.toml:5:32: 错误 隐私-001", "2026/000001/basic.toml:5:32: 错误 隐私-001", "strip_comments", "填报人 13800138000",
	} {
		if !strings.Contains(stdout, says) {
			t.Errorf("not said: %s\n%s", says, stdout)
		}
	}
	if _, help, _ := run("build", "--help"); !strings.Contains(help, "注释") || !strings.Contains(help, "--strip-comments") {
		t.Errorf("the help does not say that comments are published:\n%s", help)
	}
}

// TestAmountsAreNoTelephones: what looks like a telephone number and stands for itself is an amount or a code.
func TestAmountsAreNoTelephones(t *testing.T) {
	dir := department(t, strings.ReplaceAll(clean, "1000000", "13800138000")+"[[stated]]\nfigure = \"total\"\namount = \"13800138000\"\n")
	if code, stdout, _ := run("check", dir); strings.Contains(stdout, "隐私") {
		t.Errorf("code %d\n%s", code, stdout)
	}
}

// TestStripComments: with the flag, and with the setting of the department or of its pack, the comments are gone from what is
// carried and nothing else is: lines, pages and verification stay.
func TestStripComments(t *testing.T) {
	dir := withComments(t)
	year := filepath.Dir(filepath.Dir(dir))
	pack := filepath.Join(t.TempDir(), "own")
	write(t, filepath.Join(pack, "pack.toml"), "[pack]\nid = \"own\"\nname = \"不带注释\"\nversion = \"1\"\ninherits = \"wuhan\" # 起草 李四\nyears = [2025, 2027]\nstrip_comments = true\n")
	contents, err := os.ReadFile("../../templates/wuhan/prose/contents.tmpl")
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(pack, "prose", "contents.tmpl"), "{{/* 起草\n李四 */ -}}\n"+string(contents))
	set := filepath.Join(year, "2026", "000001", "department.toml")
	raw, err := os.ReadFile(set)
	if err != nil {
		t.Fatal(err)
	}
	for name, x := range map[string]struct {
		args    []string
		setting string
	}{"flag": {[]string{"--strip-comments"}, ""}, "department": {nil, "strip_comments = true # 不公开\n"}, "pack": {[]string{"--template", pack}, ""}} {
		t.Run(name, func(t *testing.T) {
			write(t, set, strings.Replace(string(raw), "[department]\n", "[department]\n"+x.setting, 1))
			out := filepath.Join(t.TempDir(), "x.pdf")
			if code, _, stderr := run(append([]string{"build", dir, "-o", out}, x.args...)...); code != exitGood {
				t.Fatalf("code %d\n%s", code, stderr)
			}
			pdf, err := os.ReadFile(out)
			if err != nil {
				t.Fatal(err)
			}
			a := opened(t, pdf)
			if a.Manifest.Comments != archive.Stripped {
				t.Error("the manifest does not say so")
			}
			if name == "pack" {
				holdsBare(t, a)
			}
			stripped := 0
			for _, f := range a.Files {
				if f.Kind != archive.KindData && f.Kind != archive.KindPrior {
					continue
				}
				if s := string(f.Data); strings.Contains(s, "#") || strings.Contains(s, "13800138000") {
					t.Errorf("%s: a comment stays\n%s", f.Path, s)
				}
				onDisk, err := os.ReadFile(filepath.Join(year, strings.TrimPrefix(f.Path, "data/")))
				if err != nil {
					t.Fatal(err)
				}
				if bytes.Count(onDisk, []byte("\n")) != bytes.Count(f.Data, []byte("\n")) || bytes.Count(onDisk, []byte("\r\n")) != bytes.Count(f.Data, []byte("\r\n")) {
					t.Errorf("%s: line breaks differ", f.Path)
				}
				if !bytes.Equal(source.StripComments(f.Path, f.Data), f.Data) {
					t.Errorf("%s: stripped twice is another file", f.Path)
				}
				if len(onDisk) != len(f.Data) {
					stripped++
				}
			}
			if stripped < 2 {
				t.Errorf("%d files stripped", stripped)
			}
			if code, stdout, stderr := run("verify", out); code != exitGood {
				t.Errorf("verify: code %d\n%s%s", code, stdout, stderr)
			}
			holdsAgain(t, out, pdf, x.args)
		})
	}
	write(t, set, string(raw))
	if code, _, stderr := run("build", dir, "-o", filepath.Join(t.TempDir(), "x.pdf")); code != exitData || !strings.Contains(stderr, "隐私-001") {
		t.Errorf("with comments: code %d\n%s", code, stderr)
	}
}

// holdsBare holds that the user's own pack is carried without comments, and the program's as the program has it.
func holdsBare(t *testing.T, a *archive.Archive) {
	t.Helper()
	own := 0
	for _, f := range a.Files {
		if f.Kind != archive.KindPack {
			continue
		}
		if rest, ok := strings.CutPrefix(f.Path, "templates/own/"); ok {
			if own++; strings.Contains(string(f.Data), "起草") || strings.Contains(string(f.Data), "李四") {
				t.Errorf("%s: a comment stays\n%s", rest, f.Data)
			}
		} else if raw, err := os.ReadFile(filepath.Join("../..", f.Path)); err != nil || !bytes.Equal(raw, f.Data) {
			t.Errorf("%s is another file (%v)", f.Path, err)
		}
	}
	if own != 2 {
		t.Errorf("%d files of the pack", own)
	}
}

// holdsAgain holds that the document made of what was extracted is the same.
func holdsAgain(t *testing.T, out string, pdf []byte, args []string) {
	t.Helper()
	dir, again := t.TempDir(), filepath.Join(t.TempDir(), "again.pdf")
	if code, _, stderr := run("extract", out, "-o", dir); code != exitGood {
		t.Fatal(stderr)
	}
	if code, _, stderr := run(append([]string{"build", filepath.Join(dir, "data", "2026", "000001"), "-o", again}, args...)...); code != exitGood {
		t.Fatal(stderr)
	}
	raw, err := os.ReadFile(again)
	if err != nil || !bytes.Equal(raw, pdf) {
		t.Errorf("made again it is another document (%v)", err)
	}
}

// TestBatchStripComments: whether comments go along is part of what a document depends on.
func TestBatchStripComments(t *testing.T) {
	root, out := writeDistrict(t, 1), t.TempDir()
	write(t, filepath.Join(root, "2026", "000001", "basic.toml"), "# 备注\n"+documents(t, root)["2026/000001/basic.toml"])
	for _, x := range []struct {
		args []string
		says string
		want string
	}{{nil, "已生成 1", ""}, {[]string{"--strip-comments"}, "已生成 1", archive.Stripped}, {[]string{"--strip-comments"}, "未变动 1", archive.Stripped}, {nil, "已生成 1", ""}} {
		stdout := batchEnds(t, exitGood, append([]string{root, "-o", out}, x.args...)...)
		if a := opened(t, []byte(documents(t, out)[pdfOf("1")])); !strings.Contains(stdout, x.says) || a.Manifest.Comments != x.want {
			t.Errorf("%v: comments %q\n%s", x.args, a.Manifest.Comments, stdout)
		}
	}
}

// TestPrivateInPacks: a pack goes along with every document that is made with it.
func TestPrivateInPacks(t *testing.T) {
	dir := department(t, clean)
	pack := filepath.Join(t.TempDir(), "own")
	write(t, filepath.Join(pack, "pack.toml"), "# 有问题找 13800138000\n[pack]\nid = \"own\"\nname = \"自己的\"\nversion = \"1\"\ninherits = \"wuhan\"\nyears = [2025, 2027]\n")
	if _, stdout, _ := run("check", dir, "--template", pack); !strings.Contains(stdout, "own/pack.toml:1:8: 警告 隐私-002: 模板里有手机号码") {
		t.Errorf("%s", stdout)
	}
}
