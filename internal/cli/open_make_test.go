package cli

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yusuan/internal/build"
	"yusuan/internal/web"
)

func testApp() *app { return &app{out: io.Discard, err: io.Discard} }

// sampleFolder is the sample with last year's in a folder of its own.
func sampleFolder(t *testing.T) string {
	t.Helper()
	at := t.TempDir()
	for _, year := range []string{"2025", "2026"} {
		if err := os.CopyFS(filepath.Join(at, year, "338"), os.DirFS("../../data/"+year+"/338")); err != nil {
			t.Fatal(err)
		}
	}
	return filepath.Join(at, "2026", "338")
}

func madeForms(made []web.MadeFile) (out []string) {
	for _, f := range made {
		out = append(out, f.Form)
	}
	return out
}

// The page makes the same bytes as the command, beside the data folder, and tells what it would write over before it does.
func TestPageMakesWhatTheCommandMakes(t *testing.T) {
	dir := sampleFolder(t)
	x := testApp().openMake()
	look, err := x.Look(dir, "")
	if err != nil || look.Into != filepath.Dir(dir) || look.Why != "" || len(look.Forms) != len(build.Forms()) || !look.Forms[0].Chosen || look.Comments == 0 {
		t.Fatalf("%v %+v", err, look)
	}
	var all []string
	for _, f := range look.Forms {
		all = append(all, f.Form)
		if f.Name == "" || f.Taken != "" || f.There != nil || f.Reader == "" {
			t.Errorf("%+v", f)
		}
	}
	made, err := x.Make(dir, web.MakeWish{Forms: all})
	if err != nil || strings.Join(madeForms(made.Files), " ") != strings.Join(all, " ") || made.Files[0].Pages == 0 {
		t.Fatalf("%v %+v", err, made)
	}
	other := t.TempDir()
	args := []string{"build", dir}
	for _, f := range made.Files {
		args = append(args, "-o", filepath.Join(other, f.Name))
	}
	good(t, args...)
	for _, f := range made.Files {
		got, err := x.Read(f.Path)
		want, err2 := os.ReadFile(filepath.Join(other, f.Name))
		sum := sha256.Sum256(got)
		if err != nil || err2 != nil || !bytes.Equal(got, want) || f.Hash != hex.EncodeToString(sum[:]) || f.Size != len(got) {
			t.Errorf("%s is not what the command makes: %v %v", f.Name, err, err2)
		}
	}
	_, pdf, err := x.Preview(dir)
	if want, _ := os.ReadFile(made.Files[0].Path); err != nil || !bytes.Equal(pdf, want) {
		t.Errorf("what is looked at before printing is another PDF: %v", err)
	}
	if err := os.WriteFile(made.Files[1].Path, []byte("my own page"), 0o644); err != nil {
		t.Fatal(err)
	}
	look, err = x.Look(dir, "")
	if err != nil || look.Forms[0].There == nil || look.Forms[1].Taken == "" || !look.Forms[4].Chosen {
		t.Errorf("%v %+v", err, look)
	}
	if _, err := x.Make(dir, web.MakeWish{Forms: all[:2]}); err == nil || !strings.Contains(err.Error(), "没有覆盖") {
		t.Errorf("a file of somebody else is written over: %v", err)
	}
}

// Documents go neither into folders of data nor where nobody would find them; errors keep them from being made.
func TestPageMakesNothingWrong(t *testing.T) {
	dir := sampleFolder(t)
	x := testApp().openMake()
	file := filepath.Join(filepath.Dir(dir), "一个文件")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for into, words := range map[string]string{dir: "放数据的文件夹", filepath.Join(dir, "texts"): "文件夹", filepath.Join(dir, "..", "..", "2025", "338"): "放数据的文件夹",
		"公开": "完整的文件夹路径", filepath.Join(dir, "..", "没有"): "没有“", file: "不是文件夹"} {
		if look, err := x.Look(dir, into); err != nil || !strings.Contains(look.Why, words) {
			t.Errorf("%s: %v %+v", into, err, look)
		}
		if _, err := x.Make(dir, web.MakeWish{Into: into, Forms: []string{"pdf"}}); err == nil || !strings.Contains(err.Error(), words) {
			t.Errorf("%s: %v", into, err)
		}
	}
	if _, err := x.Make(dir, web.MakeWish{Forms: []string{"docx"}}); err == nil || !strings.Contains(err.Error(), "至少选一种") {
		t.Error(err)
	}
	basic := filepath.Join(dir, "basic.toml")
	raw, err := os.ReadFile(basic)
	if err != nil || os.WriteFile(basic, bytes.Replace(raw, []byte(`"2010301"`), []byte(`"2010000"`), 1), 0o644) != nil {
		t.Fatal(err)
	}
	made, err := x.Make(dir, web.MakeWish{Forms: []string{"pdf"}})
	if err != nil || made.Errors == 0 || len(made.Files) != 0 {
		t.Errorf("%v %+v", err, made)
	}
	if _, _, err := x.Preview(dir); err == nil || !strings.Contains(err.Error(), "还有") {
		t.Error(err)
	}
	if all, _ := filepath.Glob(filepath.Join(filepath.Dir(dir), "*.pdf")); all != nil {
		t.Error("made in spite of errors:", all)
	}
}
