package cli

import (
	"html"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"yusuan/internal/board"
)

// readFile is a file of an output folder, "" where it is not there.
func readFile(t *testing.T, name string) string {
	t.Helper()
	raw, err := os.ReadFile(name)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return string(raw)
}

var linkTo = regexp.MustCompile(`<a href="([^"#]*)"`)

// TestPagesOfTheDistrict makes a district with a roster and reviews, and reads the pages as a browser does.
func TestPagesOfTheDistrict(t *testing.T) {
	root, out := writeDistrict(t, 3), t.TempDir()
	spoil(t, root, "000002")
	write(t, filepath.Join(root, "district.toml"), "[district]\nname = \"槐安区\"\napproved = 2026-01-16\n[[department]]\ncode = \"000001\"\nname = \"槐安区第1档案馆\"\nsection = \"文教股\"\n[[department]]\ncode = \"000009\"\nname = \"槐安区水务局\"\n")
	write(t, filepath.Join(root, "2026", "000001", "_review.toml"), "[confidential]\ndate = 2026-01-20\nwho = \"王某\"\n[signed]\ndate = 2026-01-21\nwho = \"李某\"\n[published]\ndate = 2026-01-26\nwho = \"赵某\"\n")
	_, stdout, stderr := run("batch", root, "-o", out, "--formats", "pdf,html")
	page, index := readFile(t, filepath.Join(out, board.Name)), readFile(t, filepath.Join(out, board.IndexName))
	for _, s := range []string{"槐安区2026年部门预算公开进度", "文教股", "2026-02-05", "槐安区水务局", "未报送", "数据有误", "已公开", "批量-009", "批量-010", "2026-01-26", "summary.xlsx"} {
		if !strings.Contains(page, s) {
			t.Errorf("the board has no %q\n%s%s", s, stdout, stderr)
		}
	}
	if n := strings.Count(index, "<li>"); n != 2 || strings.Contains(index, "未报送") {
		t.Errorf("%d entries in the index", n)
	}
	for name, text := range map[string]string{board.Name: page, board.IndexName: index} {
		links := linkTo.FindAllStringSubmatch(text, -1)
		if len(links) < 5 {
			t.Errorf("%s: %d links", name, len(links))
		}
		for _, m := range links {
			file, err := url.PathUnescape(html.UnescapeString(m[1]))
			if err != nil || readFile(t, filepath.Join(out, file)) == "" {
				t.Errorf("%s links %s, which is not there: %v", name, file, err)
			}
		}
	}
	if !strings.Contains(stdout, "公开期限 2026-02-05") || !strings.Contains(stdout, "进度表 ") {
		t.Error(stdout)
	}
	batchEnds(t, exitData, root, "-o", out, "--formats", "pdf,html")
	if readFile(t, filepath.Join(out, board.Name)) != page || readFile(t, filepath.Join(out, board.IndexName)) != index {
		t.Error("the same data make other pages when nothing is made anew")
	}
}

// TestPagesOfOthersStay: an index that somebody made stays and is told; a page of ours gives way, and is told where it is old.
func TestPagesOfOthersStay(t *testing.T) {
	root, out := writeDistrict(t, 2), t.TempDir()
	write(t, filepath.Join(out, board.IndexName), "<!DOCTYPE html><title>门户网站自己的</title>")
	code, _, stderr := run("batch", root, "-o", out)
	if got := readFile(t, filepath.Join(out, board.IndexName)); code != exitGood || !strings.Contains(got, "门户网站自己的") || !strings.Contains(stderr, "没有写公开目录：") {
		t.Errorf("code %d, %s, the file %s", code, stderr, got)
	}
	if _, _, stderr := run("batch", root, "-o", out, "--shard", "1/2"); !strings.Contains(stderr, "board.html 是以前做的，这次没有重写") || strings.Contains(stderr, "index.html") {
		t.Error(stderr)
	}
	whole := readFile(t, filepath.Join(out, board.Name))
	run("batch", root, "-o", out, "--shard", "2/2")
	if code, _, stderr := run("batch", "--merge", out, "-o", out); code != exitGood || readFile(t, filepath.Join(out, board.Name)) != whole {
		t.Errorf("merged: code %d, %s, another board than of one run", code, stderr)
	}
	other := t.TempDir()
	if _, _, stderr := run("batch", "--merge", out, "-o", other); !strings.Contains(stderr, "没有写公开目录 index.html") || readFile(t, filepath.Join(other, board.IndexName)) != "" {
		t.Errorf("merged elsewhere: %s", stderr)
	}
}

// TestPagesAreNoDocuments: a page of the district is no form of a document, to be written over or to be taken for data.
func TestPagesAreNoDocuments(t *testing.T) {
	root, out := writeDistrict(t, 1), t.TempDir()
	batchEnds(t, exitGood, root, "-o", out)
	for _, name := range []string{board.Name, board.IndexName} {
		file := filepath.Join(out, name)
		if form, ok := madeOf([]byte(readFile(t, file))); ok {
			t.Errorf("%s is taken for a document's %s", name, form)
		}
		if code, _, stderr := run("build", filepath.Join(root, "2026", "000001"), "-o", file); code != exitUsage || !strings.Contains(stderr, "没有覆盖") {
			t.Errorf("build writes over %s: %d %s", name, code, stderr)
		}
	}
}

// TestReportOfOthersStays: a report that somebody went on with in another program is not written over, nor taken away.
func TestReportOfOthersStays(t *testing.T) {
	root, out := writeDistrict(t, 2), t.TempDir()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	spoil(t, root, "000002")
	batchEnds(t, exitData, root, "-o", out)
	report := filepath.Join(out, "核对报告", "2026", "000002.xlsx")
	f, err := excelize.OpenFile(report)
	must(err)
	must(f.SetCellStr("000002 槐安区第2档案馆", "L3", "已问过"))
	must(f.SetAppProps(&excelize.AppProperties{Application: "WPS"}))
	must(f.Save())
	must(f.Close())
	before := readFile(t, report)
	write(t, filepath.Join(root, "2026", "000002", "x.toml"), "# x\n")
	stdout := batchEnds(t, exitData, root, "-o", out)
	text := readFile(t, filepath.Join(out, "核对报告", "2026", "000002.txt"))
	if readFile(t, report) != before || !strings.Contains(text, "000002.xlsx 没有写成") || !strings.Contains(stdout, "核对报告/2026/000002.xlsx") {
		t.Errorf("%s\n%s", text, stdout)
	}
}

// TestReviewsLeadNowhere: a review or a roster that is a link out of its folder is not read, and told.
func TestReviewsLeadNowhere(t *testing.T) {
	root, out, other := writeDistrict(t, 1), t.TempDir(), t.TempDir()
	secret := filepath.Join(other, "x.toml")
	write(t, secret, "[published]\ndate = 2026-01-26\nwho = \"赵某\"\n")
	for _, link := range []string{filepath.Join(root, "2026", "000001", "_review.toml"), filepath.Join(root, "district.toml")} {
		if err := os.Symlink(secret, link); err != nil {
			t.Skip("no links on this file system")
		}
	}
	code, stdout, _ := run("batch", root, "-o", out)
	page := readFile(t, filepath.Join(out, board.Name))
	for _, s := range []string{"_review.toml是指到文件夹外面的链接，没有读", "district.toml是指到文件夹外面的链接，没有读"} {
		if !strings.Contains(page, s) || !strings.Contains(stdout, s) {
			t.Errorf("not told: %s\n%s", s, stdout)
		}
	}
	if code != exitData || strings.Contains(page, "01-26") || len(documents(t, out)) != 1 {
		t.Errorf("code %d, %d documents", code, len(documents(t, out)))
	}
}

// TestSummaryOfOthers: a workbook of somebody else, or one that somebody saved with something written in it, is not written over by
// the summary, which is told; what the program wrote itself is.
func TestSummaryOfOthers(t *testing.T) {
	root, out := writeDistrict(t, 1), t.TempDir()
	name := filepath.Join(out, "summary.xlsx")
	write(t, name, "别人的")
	const told = "没有写汇总表"
	if _, _, stderr := run("batch", root, "-o", out); !strings.Contains(stderr, told) || readFile(t, name) != "别人的" {
		t.Errorf("%s", stderr)
	}
	if err := os.Remove(name); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if _, _, stderr := run("batch", root, "-o", out); strings.Contains(stderr, told) || readFile(t, name) == "" {
			t.Errorf("its own: %s", stderr)
		}
	}
	f, err := excelize.OpenFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.SetAppProps(&excelize.AppProperties{Application: "WPS"}); err != nil {
		t.Fatal(err)
	}
	if err := f.Save(); err != nil {
		t.Fatal(err)
	}
	was := readFile(t, name)
	if _, _, stderr := run("batch", root, "-o", out); !strings.Contains(stderr, told) || readFile(t, name) != was {
		t.Errorf("gone on with: %s", stderr)
	}
}
