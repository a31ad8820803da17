package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yusuan/internal/archive"
	"yusuan/internal/pdfread"
)

// TestEarlierDocumentsAreMadeAgain: a document of an earlier version is proof and source: it verifies in one of the two good
// ways, and what is extracted of it makes a document again, of the department or of the unit that it was of.
func TestEarlierDocumentsAreMadeAgain(t *testing.T) {
	files, err := filepath.Glob("../../testdata/earlier/*/*.pdf")
	if err != nil || len(files) < 6 {
		t.Fatal(files, err)
	}
	packs, units := map[string]bool{}, 0
	for _, file := range files {
		m := manifestOf(t, file)
		packs[m.Template] = true
		if m.Edition != "" {
			units++
		}
		code, out, _ := run("verify", file)
		if code != exitGood || !strings.Contains(out, "：一致（") && !strings.Contains(out, "：由较早的版本（"+m.Program+"）生成，文字和数全部一致") {
			t.Errorf("verify %s: %d %s", file, code, out)
		}
		dir, again := filepath.Join(t.TempDir(), "taken"), filepath.Join(t.TempDir(), "again.pdf")
		if code, _, stderr := run("extract", file, "-o", dir); code != exitGood {
			t.Errorf("extract %s: %d %s", file, code, stderr)
			continue
		}
		args := []string{"build", filepath.Join(dir, m.Data), "--template", filepath.Join(dir, "templates", m.Template), "-o", again}
		if m.Edition != "" {
			args = append(args, "--edition", m.Edition)
		}
		if code, _, stderr := run(args...); code != exitGood {
			t.Errorf("build of what was extracted from %s: %d %s", file, code, stderr)
			continue
		}
		if n := manifestOf(t, again); n.Year != m.Year || n.Code != m.Code || n.Edition != m.Edition || n.Template != m.Template || n.Program != "yusuan "+Version {
			t.Errorf("%s is made again as %+v", file, n)
		}
		if code, out, _ := run("verify", again); code != exitGood || !strings.Contains(out, "：一致（") {
			t.Errorf("verify of %s made again: %d %s", file, code, out)
		}
	}
	folders, err := filepath.Glob("../../templates/*/pack.toml")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range folders {
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		_, rest, _ := strings.Cut(string(raw), "\ninherits = \"")
		parent, _, _ := strings.Cut(rest, "\"") // a pack that came later is laid over one that is kept
		if id := filepath.Base(filepath.Dir(f)); !packs[id] && !packs[parent] {
			t.Errorf("no earlier document of the pack %s is kept", id)
		}
	}
	if units == 0 {
		t.Error("no earlier document of a unit is kept")
	}
}

func manifestOf(t *testing.T, file string) archive.Manifest {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	f, err := pdfread.Open(raw)
	if err != nil {
		t.Fatal(file, err)
	}
	attached, err := f.Attachments()
	if err != nil {
		t.Fatal(file, err)
	}
	a, err := archive.Read(attached)
	if err != nil {
		t.Fatal(file, err)
	}
	return a.Manifest
}
