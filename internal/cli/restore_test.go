package cli

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yusuan/internal/cli/store"
	"yusuan/internal/source"
)

// TestRestore: what a program changed comes back, byte for byte, and the way there is listed.
func TestRestore(t *testing.T) {
	dir := department(t, clean)
	name := filepath.Join(dir, "department.toml")
	first, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if code, out, errs := run("restore", dir); code != exitGood || !strings.Contains(out, "没有以前的样子") || errs != "" {
		t.Error(code, out, errs)
	}
	second := bytes.Replace(first, []byte("1000000"), []byte("2000000"), 1)
	if err := put(dir, "由 a.xlsx 带入", []store.File{{Path: "department.toml", Before: first, After: second}}); err != nil {
		t.Fatal(err)
	}
	if code, out, _ := run("restore", dir); code != exitGood || !strings.Contains(out, "   1  ") || !strings.Contains(out, "由 a.xlsx 带入：改 department.toml") {
		t.Error(code, out)
	}
	if code, out, _ := run("restore", dir, "1", "--dry-run"); code != exitGood || !strings.Contains(out, "会改回 department.toml") {
		t.Error(code, out)
	}
	if now, _ := os.ReadFile(name); !bytes.Equal(now, second) {
		t.Error("--dry-run wrote")
	}
	if code, out, errs := run("restore", dir, "1"); code != exitGood || !strings.Contains(out, "已回到编号 1：改回 department.toml") {
		t.Error(code, out, errs)
	}
	if now, _ := os.ReadFile(name); !bytes.Equal(now, first) {
		t.Error("not what it was")
	}
	if code, _, errs := run("restore", dir, "7"); code != exitUsage || !strings.Contains(errs, "没有这个编号") {
		t.Error(code, errs)
	}
	if err := put(dir, "", []store.File{{Path: "department.toml", Before: second, After: first}}); err == nil || !strings.Contains(err.Error(), "department.toml 在这期间被改过") {
		t.Error(err)
	}
}

// TestRestoreOfWhatIsDamaged: what was kept and is another now is told in the user's language, and nothing is written.
func TestRestoreOfWhatIsDamaged(t *testing.T) {
	dir := department(t, clean)
	name := filepath.Join(dir, "department.toml")
	first, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := put(dir, "改", []store.File{{Path: "department.toml", Before: first, After: append(first[:len(first):len(first)], '\n')}}); err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(first)
	kept := filepath.Join(dir, source.Own, "backup", "objects", hex.EncodeToString(sum[:]))
	write(t, kept, "别的")
	if code, out, errs := run("restore", dir, "1"); code == exitGood || !strings.Contains(errs, "留底的内容不是原来的了") || strings.Contains(out, "已回到") {
		t.Error(code, out, errs)
	}
	if err := os.Remove(name); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(kept, name); err != nil {
		t.Skip(err)
	}
	if err := put(dir, "改", []store.File{{Path: "department.toml", Before: first, After: nil}}); err == nil || !strings.Contains(inChinese(err), "不是普通的文件") {
		t.Error(err)
	}
}

// TestKeptStatesAreNotPublished: a document is the same, byte for byte, whatever earlier states lie beside its data.
func TestKeptStatesAreNotPublished(t *testing.T) {
	dir := department(t, clean)
	made := func() []byte {
		name := filepath.Join(t.TempDir(), "a.pdf")
		if code, _, errs := run("build", dir, "-o", name); code != exitGood {
			t.Fatal(errs)
		}
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return raw
	}
	before := made()
	raw, err := os.ReadFile(filepath.Join(dir, "department.toml"))
	if err != nil {
		t.Fatal(err)
	}
	more := append(bytes.Clone(raw), "# 一句\n"...)
	for _, f := range []store.File{{Path: "department.toml", Before: raw, After: more}, {Path: "department.toml", Before: more, After: raw}} {
		if err := put(dir, "试", []store.File{f}); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(made(), before) {
		t.Error("what is kept beside the data changes the document")
	}
	pending := filepath.Join(dir, filepath.FromSlash(source.Pending))
	if err := os.WriteFile(pending, []byte(`{"files":[]}`), 0o666); err != nil {
		t.Fatal(err)
	}
	if code, out, _ := run("check", dir); code != exitData || !strings.Contains(out, "文件-020") {
		t.Error(code, out)
	}
	export := writeText(t, filepath.Join(t.TempDir(), "导出.txt"), basicExport)
	for _, args := range [][]string{{"restore", dir, "1", "--dry-run"}, {"import", export, "--into", dir, "--dry-run"}} {
		if code, out, errs := run(args...); code != exitData || !strings.Contains(errs, "--dry-run 不写") || !store.Unfinished(dir) {
			t.Error(args, code, out, errs)
		}
	}
	if code, _, errs := run("restore", dir); code != exitGood || store.Unfinished(dir) {
		t.Error(code, errs)
	}
}

// TestRestoreBrokenNotes: the program's own notes that cannot be read are told by name, and going back is the way out.
func TestRestoreBrokenNotes(t *testing.T) {
	dir := department(t, clean)
	name := filepath.Join(dir, "department.toml")
	first, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	second := bytes.Replace(first, []byte("1000000"), []byte("2000000"), 1)
	if err := put(dir, "由 a.xlsx 带入", []store.File{{Path: "department.toml", Before: first, After: second}}); err != nil {
		t.Fatal(err)
	}
	sum := strings.Repeat("0", 64)
	now := sha256.Sum256(second)
	for _, note := range []string{"", `{"files":[`, `{"files":[{"path":"department.toml","before":"` + hex.EncodeToString(now[:]) + `","after":"` + sum + `"}]}`} {
		pending := filepath.Join(dir, filepath.FromSlash(source.Pending))
		for name, raw := range map[string][]byte{pending: []byte(note), name: second} {
			if err := os.WriteFile(name, raw, 0o666); err != nil {
				t.Fatal(err)
			}
		}
		code, out, errs := run("restore", dir)
		if code != exitMachine || !strings.Contains(out, "   1  ") || !strings.Contains(errs, source.Pending) || !strings.Contains(errs, "yusuan restore") {
			t.Errorf("%q: %d %s %s", note, code, out, errs)
		}
		if code, out, errs := run("restore", dir, "1"); code != exitGood || store.Unfinished(dir) {
			t.Errorf("%q: %d %s %s", note, code, out, errs)
		}
		if now, _ := os.ReadFile(name); !bytes.Equal(now, first) {
			t.Errorf("%q: not what it was", note)
		}
	}
	state := filepath.Join(dir, source.Own, "backup", "0002.json")
	if err := os.WriteFile(state, []byte("x"), 0o666); err != nil {
		t.Fatal(err)
	}
	if code, _, errs := run("restore", dir); code != exitMachine || !strings.Contains(errs, "backup/0002.json") || !strings.Contains(errs, "移到别处") {
		t.Error(code, errs)
	}
}
