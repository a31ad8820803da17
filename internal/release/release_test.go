package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"debug/buildinfo"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"yusuan/internal/cli"
)

const root = "../.."

// TestReleaseStandsAlone: the archive for this system has the same bytes when it is packed again; its program makes the sample
// in a folder with nothing else, and every library inside has its licence beside it.
func TestReleaseStandsAlone(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles the program and all libraries anew")
	}
	target := runtime.GOOS + "/" + runtime.GOARCH
	name, raw, err := pack(root, target, committed(root))
	if err != nil {
		t.Fatal(err)
	}
	if _, again, err := pack(root, target, committed(root)); err != nil || !bytes.Equal(again, raw) {
		t.Errorf("packed again: %v, the same bytes: %t", err, bytes.Equal(again, raw))
	}
	dir := t.TempDir()
	unpack(t, dir, name, raw)
	home := filepath.Join(dir, strings.TrimSuffix(strings.TrimSuffix(name, ".zip"), ".tar.gz"))
	program := filepath.Join(home, "yusuan")
	if runtime.GOOS == "windows" {
		program += ".exe"
	}

	empty := t.TempDir()
	if err := os.CopyFS(filepath.Join(empty, "338"), os.DirFS(root+"/data/2026/338")); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"build", "338", "-o", "338.pdf"}, {"verify", "338.pdf"}} {
		c := exec.Command(program, args...)
		c.Dir, c.Env = empty, []string{"PATH="}
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("%v: %v %s", args, err, out)
		}
	}
	info, err := buildinfo.ReadFile(program)
	if err != nil || len(info.Deps) < 10 {
		t.Fatal(err, info)
	}
	for _, m := range info.Deps {
		if list, err := os.ReadDir(filepath.Join(home, licencesFolder, filepath.FromSlash(m.Path+"@"+m.Version))); err != nil || len(list) == 0 {
			t.Errorf("%s is inside without its licence (%v)", m.Path, err)
		}
	}
	for _, f := range []string{"LICENSE", "LICENSES/go/LICENSE", "LICENSES/pdfium/pdfium.txt", "LICENSES/pdfium/freetype.txt", guideFile, "internal/check/规则.md"} {
		if info, err := os.Stat(filepath.Join(home, filepath.FromSlash(f))); err != nil || info.Size() == 0 {
			t.Errorf("no %s (%v)", f, err)
		}
	}
}

// TestEveryFontHasItsLicence: what the program says of its faces names licence texts; all of them are packed.
func TestEveryFontHasItsLicence(t *testing.T) {
	files, err := licences(root, "windows", "amd64")
	if err != nil {
		t.Fatal(err)
	}
	has := func(name string) bool {
		return slices.ContainsFunc(files, func(f file) bool { return f.name == name && len(f.raw) > 0 })
	}
	manifest, err := os.ReadFile(root + "/fonts/manifest.toml")
	if err != nil {
		t.Fatal(err)
	}
	faces := 0
	for line := range strings.Lines(string(manifest)) {
		if name, ok := strings.CutPrefix(strings.TrimSpace(line), `licence = "`); ok {
			faces++
			if name = licencesFolder + "/fonts/" + strings.TrimSuffix(name, `"`); !has(name) {
				t.Errorf("no %s", name)
			}
		}
	}
	if faces < 10 {
		t.Errorf("%d faces", faces)
	}
	if !has(licencesFolder + "/fonts/src/FandolFang-Regular.otf") {
		t.Error("the source that one licence asks for is not packed")
	}
	if !slices.ContainsFunc(files, func(f file) bool { return strings.Contains(f.name, "inconshreveable/mousetrap@") }) {
		t.Error("a library for this system alone has no licence")
	}
}

// TestArchives: both kinds hold the files as they are, whenever they are made.
func TestArchives(t *testing.T) {
	files := []file{{"a-1/yusuan", []byte("program"), true}, {"a-1/说明/规则.md", []byte("规则"), false}}
	at := time.Date(2026, 2, 1, 12, 0, 0, 0, time.UTC)
	for name, make := range map[string]func([]file, time.Time) ([]byte, error){"a.zip": zipped, "a.tar.gz": tarred} {
		raw, err := make(files, at)
		if err != nil {
			t.Fatal(err)
		}
		if again, _ := make(files, at); !bytes.Equal(raw, again) {
			t.Errorf("%s differs when it is made again", name)
		}
		dir := t.TempDir()
		unpack(t, dir, name, raw)
		for _, f := range files {
			got, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(f.name)))
			if err != nil || !bytes.Equal(got, f.raw) {
				t.Errorf("%s: %s is %q (%v)", name, f.name, got, err)
			}
		}
	}
}

// TestSystems: what the Makefile and the pages promise is packed, under names of the version.
func TestSystems(t *testing.T) {
	for _, s := range []string{"windows/amd64", "windows/arm64", "linux/amd64", "linux/arm64", "linux/loong64", "darwin/arm64", "darwin/amd64"} {
		if !slices.Contains(systems, s) {
			t.Errorf("%s is not packed", s)
		}
	}
	if _, _, err := pack(root, "linux", time.Time{}); err == nil {
		t.Error("a system without an architecture is packed")
	}
	if strings.ContainsAny(cli.Version, "/\\ ") || cli.Version == "" {
		t.Errorf("%q cannot stand in the name of a file", cli.Version)
	}
}

// unpack writes the files of an archive below a folder.
func unpack(t *testing.T, dir, name string, raw []byte) {
	t.Helper()
	put := func(name string, mode os.FileMode, r io.Reader) {
		name = filepath.Join(dir, filepath.FromSlash(name))
		content, err := io.ReadAll(r)
		if err == nil {
			err = os.MkdirAll(filepath.Dir(name), 0o777)
		}
		if err == nil {
			err = os.WriteFile(name, content, mode)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if strings.HasSuffix(name, ".zip") {
		z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range z.File {
			r, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			put(f.Name, 0o755, r)
		}
		return
	}
	g, err := gzip.NewReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	r := tar.NewReader(g)
	for {
		h, err := r.Next()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		put(h.Name, os.FileMode(h.Mode), r)
	}
}
