package cli

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yusuan/internal/archive"
)

// joinedIn are the rows of a file of a district's package, by the first one, the head.
func joinedIn(t *testing.T, out, file string) [][]string {
	t.Helper()
	z, err := zip.OpenReader(filepath.Join(out, districtPackage(2026)))
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	f, err := z.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(raw, []byte("\uFEFF")))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func districtBytes(t *testing.T, out string) []byte {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(out, districtPackage(2026)))
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// TestDistrictPackage: a run makes one package of all departments' data, in which those that could not be made are told of; it is
// made anew of all of them where some changed, the same as from nothing; the register has it.
func TestDistrictPackage(t *testing.T) {
	root, out := writeDistrict(t, 4), t.TempDir()
	spoil(t, root, "000002")
	stdout := batchEnds(t, exitData, root, "-o", out, "--formats", "data", "--editions", "all")
	if !strings.Contains(stdout, districtPackage(2026)+"：3 个部门；里面没有的 1 个") {
		t.Errorf("says\n%s", stdout)
	}
	departments := joinedIn(t, out, "departments.csv")
	for i, row := range departments[1:] {
		if included := fmt.Sprint(i != 1); row[0] != fmt.Sprintf("2026/%06d", i+1) || row[4] != included || (row[6] == "在这里") != (i != 1) {
			t.Errorf("department %d: %q", i+1, row)
		}
	}
	codes := map[string]int{}
	for _, row := range joinedIn(t, out, "lines.csv")[1:] {
		codes[row[4]]++
	}
	if len(codes) != 3 || len(departments) != 5 {
		t.Errorf("lines of %v in %d departments", codes, len(departments)-1)
	}
	register, err := os.ReadFile(filepath.Join(out, registerName))
	if err != nil || !strings.Contains(string(register), archive.Sum(districtBytes(t, out))+"  "+districtPackage(2026)+"\n") {
		t.Errorf("the register: %v\n%s", err, register)
	}
	mend(t, root, "000002")
	write(t, filepath.Join(root, "2026/000001/more.toml"), "# 更正\n[[other]]\nkind = \"上缴上级支出\"\nfunction = \"2010301\"\namount = 1\n")
	batchEnds(t, exitGood, root, "-o", out, "--formats", "data")
	anew := t.TempDir()
	batchEnds(t, exitGood, root, "-o", anew, "--formats", "data")
	if !bytes.Equal(districtBytes(t, out), districtBytes(t, anew)) {
		t.Error("of some that changed and some that did not another package is made than of all")
	}
	if rows := joinedIn(t, out, "departments.csv"); rows[2][4] != "true" || rows[1][5] != "included" {
		t.Errorf("%q", rows)
	}
}

// TestDistrictPackageOfOthers: a package that somebody changed is left out and told of, a file of somebody else stays, and a run
// that is not asked for data tells of the old package.
func TestDistrictPackageOfOthers(t *testing.T) {
	root, out := writeDistrict(t, 2), t.TempDir()
	batchEnds(t, exitGood, root, "-o", out, "--formats", "data")
	one := filepath.Join(out, strings.TrimSuffix(pdfOf("1"), ".pdf")+".zip")
	info, err := os.Stat(one)
	if err != nil {
		t.Fatal(err)
	}
	raw := documents(t, out)[filepath.Base(one)]
	write(t, one, raw[:len(raw)/2]+"x"+raw[len(raw)/2+1:])
	if err := os.Chtimes(one, info.ModTime(), info.ModTime()); err != nil {
		t.Fatal(err)
	}
	code, stdout, stderr := run("batch", root, "-o", out, "--formats", "data")
	if code != exitGood || !strings.Contains(stdout, "1 个部门；里面没有的 1 个") || !strings.Contains(stderr, "生成以后被改过") || joinedIn(t, out, "departments.csv")[1][5] != "altered" {
		t.Errorf("altered: code %d\n%s%s", code, stdout, stderr)
	}
	if code, _, stderr := run("batch", root, "-o", out); code != exitGood || !strings.Contains(stderr, districtPackage(2026)+" 是以前做的") {
		t.Errorf("without data: code %d %s", code, stderr)
	}
	write(t, filepath.Join(out, districtPackage(2026)), "signed")
	if code, _, stderr := run("batch", root, "-o", out, "--formats", "data"); code != exitMachine || !strings.Contains(stderr, "没有覆盖") || string(districtBytes(t, out)) != "signed" {
		t.Errorf("of somebody else: code %d %s", code, stderr)
	}
}

// TestDistrictPackageOfShards: shards join what they made apart.
func TestDistrictPackageOfShards(t *testing.T) {
	root, one, two, whole := writeDistrict(t, 3), t.TempDir(), t.TempDir(), t.TempDir()
	for i, out := range []string{one, two} {
		if stdout := batchEnds(t, exitGood, root, "-o", out, "--formats", "data", "--shard", fmt.Sprintf("%d/2", i+1)); strings.Contains(stdout, "全区的开放数据") {
			t.Errorf("a shard joins\n%s", stdout)
		}
	}
	merged := t.TempDir()
	batchEnds(t, exitGood, "--merge", one, two, "-o", merged)
	batchEnds(t, exitGood, root, "-o", whole, "--formats", "data")
	if !bytes.Equal(districtBytes(t, merged), districtBytes(t, whole)) {
		t.Error("shards make another package than a whole run")
	}
}
