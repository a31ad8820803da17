package cli

import (
	"bytes"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"yusuan/internal/batch"
)

// pdfOf is the document of small department number i, from 1.
func pdfOf(i string) string { return "槐安区第" + i + "档案馆2026年部门预算.pdf" }

func summary(t *testing.T, out string) *batch.Summary {
	t.Helper()
	s, err := readSummary(filepath.Join(out, "summary.json"))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// batchEnds runs a batch and holds its exit code.
func batchEnds(t *testing.T, want int, args ...string) (stdout string) {
	t.Helper()
	code, stdout, stderr := run(append([]string{"batch"}, args...)...)
	if code != want {
		t.Fatalf("%q: code %d, want %d\n%s%s", args, code, want, stdout, stderr)
	}
	return stdout
}

// spoil makes a department's data wrong, and mend makes them right again.
func spoil(t *testing.T, root, code string) {
	write(t, filepath.Join(root, "2026", code, "more.toml"), "[[basic]]\nfunction = \"2010301\"\neconomic = \"301\"\namount = 1\n")
}

func mend(t *testing.T, root, code string) {
	if err := os.Remove(filepath.Join(root, "2026", code, "more.toml")); err != nil {
		t.Fatal(err)
	}
}

// TestStaleDocuments: what lies in the folder after a whole run belongs to the data of that run. Old files of departments
// that failed or are gone are moved, never deleted, and the document that takes the place of one says so, once.
func TestStaleDocuments(t *testing.T) {
	root, out := writeDistrict(t, 4), t.TempDir()
	batchEnds(t, exitGood, root, "-o", out)
	before := documents(t, out)
	spoil(t, root, "000002")
	if err := os.RemoveAll(filepath.Join(root, "2026", "000003")); err != nil {
		t.Fatal(err)
	}
	stdout := batchEnds(t, exitData, root, "-o", out)
	for _, says := range []string{"1 个文件这次没有做成，上次生成的已移到 旧文件/：" + pdfOf("2"), "1 个文件所属的部门或单位这次已经没有了，上次生成的已移到 旧文件/：" + pdfOf("3")} {
		if !strings.Contains(stdout, says) {
			t.Errorf("not said: %s\n%s", says, stdout)
		}
	}
	s := summary(t, out)
	want := []batch.Moved{{Department: "2026/000002", From: pdfOf("2"), To: "旧文件/" + pdfOf("2")}, {Department: "2026/000003", From: pdfOf("3"), To: "旧文件/" + pdfOf("3"), Gone: true}}
	if !reflect.DeepEqual(s.Moved, want) || s.LeftOver != nil {
		t.Errorf("moved %+v, left over %v", s.Moved, s.LeftOver)
	}
	after := documents(t, out)
	for _, i := range []string{"2", "3"} {
		if _, there := after[pdfOf(i)]; there || after["旧文件/"+pdfOf(i)] != before[pdfOf(i)] {
			t.Errorf("%s is there: %v, moved whole: %v", pdfOf(i), there, after["旧文件/"+pdfOf(i)] == before[pdfOf(i)])
		}
	}
	if stdout := batchEnds(t, exitData, root, "-o", out); strings.Contains(stdout, "旧文件") || !maps.Equal(after, documents(t, out)) {
		t.Errorf("the same again:\n%s", stdout)
	}

	mend(t, root, "000002")
	stdout = batchEnds(t, exitGood, root, "-o", out)
	if !strings.Contains(stdout, "1 个文件取代了移到 旧文件/ 的旧文件："+pdfOf("2")+" 取代 旧文件/"+pdfOf("2")) || documents(t, out)[pdfOf("2")] != before[pdfOf("2")] {
		t.Errorf("mended:\n%s", stdout)
	}
	if r := summary(t, out).Departments[1]; !slices.Equal(r.Replaces, []string{"旧文件/" + pdfOf("2")}) {
		t.Errorf("replaces %v", r.Replaces)
	}
	if stdout := batchEnds(t, exitGood, root, "-o", out); strings.Contains(stdout, "旧文件") {
		t.Errorf("told twice:\n%s", stdout)
	}

	spoil(t, root, "000002") // a second old file does not take the place of the first
	batchEnds(t, exitData, root, "-o", out)
	last := documents(t, out)
	if last["旧文件/槐安区第2档案馆2026年部门预算 (2).pdf"] != before[pdfOf("2")] || last["旧文件/"+pdfOf("2")] != before[pdfOf("2")] {
		t.Errorf("files %v", slices.Sorted(maps.Keys(last)))
	}
}

// TestStaleStays: what another root, other editions or somebody's hand made is listed and stays, and so is everything after
// a shard.
func TestStaleStays(t *testing.T) {
	for name, c := range map[string]struct {
		first, then []string
		change      func(t *testing.T, root, out string)
		moves       bool
		listed      bool
	}{
		"the same":           {nil, nil, nil, true, false},
		"from elsewhere":     {nil, nil, func(t *testing.T, root, _ string) { t.Chdir(root) }, true, false},
		"by force":           {nil, []string{"--force"}, nil, true, false},
		"other editions":     {[]string{"--editions", "all"}, nil, nil, false, true},
		"all after one":      {nil, []string{"--editions", "all"}, nil, false, true},
		"shards then one":    {[]string{"--shard", "1/1"}, nil, nil, true, false},
		"changed since":      {nil, nil, func(t *testing.T, _, out string) { write(t, filepath.Join(out, pdfOf("2")), "%PDF-1.7 stamped") }, false, true},
		"same size and time": {nil, nil, func(t *testing.T, _, out string) { patch(t, filepath.Join(out, pdfOf("2"))) }, false, true},
		"a shard":            {nil, []string{"--shard", "1/1"}, nil, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			root, out := writeDistrict(t, 2), t.TempDir()
			batchEnds(t, exitGood, append([]string{root, "-o", out}, c.first...)...)
			spoil(t, root, "000002")
			if c.change != nil {
				c.change(t, root, out)
			}
			if name == "from elsewhere" {
				root = "."
			}
			stdout := batchEnds(t, exitData, append([]string{root, "-o", out}, c.then...)...)
			files := documents(t, out)
			_, there := files[pdfOf("2")]
			_, moved := files["旧文件/"+pdfOf("2")]
			if there == c.moves || moved != c.moves {
				t.Errorf("there %v, moved %v\n%s", there, moved, stdout)
			}
			if says := strings.Contains(stdout, "还有 1 个文件不属于这次的数据，没有移动："+pdfOf("2")); says != c.listed {
				t.Errorf("listed %v, want %v\n%s", says, c.listed, stdout)
			}
		})
	}
}

// whenever is another time than now.
var whenever = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

// patch changes a byte of a file and leaves its size and time.
func patch(t *testing.T, name string) {
	t.Helper()
	info, err := os.Stat(name)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	raw[len(raw)/2] ^= 1
	write(t, name, string(raw))
	if err := os.Chtimes(name, info.ModTime(), info.ModTime()); err != nil {
		t.Fatal(err)
	}
}

// TestOtherRoot: two roots with departments of the same paths, made into one folder, do not take each other's files.
func TestOtherRoot(t *testing.T) {
	a, b, out := writeDistrict(t, 2), t.TempDir(), t.TempDir()
	for name, text := range documents(t, a) {
		write(t, filepath.Join(b, name), strings.ReplaceAll(text, "槐安区", "柳河区"))
	}
	batchEnds(t, exitGood, a, "-o", out)
	stdout := batchEnds(t, exitGood, b, "-o", out)
	if files := documents(t, out); len(files) != 4 || !strings.Contains(stdout, "还有 2 个文件不属于这次的数据，没有移动") {
		t.Errorf("%v\n%s", slices.Sorted(maps.Keys(files)), stdout)
	}
	if err := os.RemoveAll(filepath.Join(b, "2026", "000001")); err != nil {
		t.Fatal(err)
	}
	batchEnds(t, exitGood, b, "-o", out)
	files := documents(t, out)
	if files[pdfOf("1")] == "" || files["旧文件/柳河区第1档案馆2026年部门预算.pdf"] == "" || len(files) != 4 {
		t.Errorf("%v", slices.Sorted(maps.Keys(files)))
	}
}

// TestRenamedMoves: the document of a department's old name is moved, and the new one says what it replaces.
func TestRenamedMoves(t *testing.T) {
	root, out := writeDistrict(t, 1), t.TempDir()
	batchEnds(t, exitGood, root, "-o", out)
	name := filepath.Join(root, "2026", "000001", "department.toml")
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	write(t, name, strings.ReplaceAll(string(raw), "第1档案馆", "第一档案馆"))
	stdout := batchEnds(t, exitGood, root, "-o", out, "--force")
	if files := documents(t, out); files[pdfOf("1")] != "" || files["旧文件/"+pdfOf("1")] == "" || files[pdfOf("一")] == "" || !strings.Contains(stdout, pdfOf("一")+" 取代 旧文件/"+pdfOf("1")) {
		t.Errorf("%v\n%s", slices.Sorted(maps.Keys(files)), stdout)
	}
}

// TestLeftReports: the report of a department that is gone is listed and stays.
func TestLeftReports(t *testing.T) {
	root, out := writeDistrict(t, 2), t.TempDir()
	spoil(t, root, "000002")
	batchEnds(t, exitData, root, "-o", out)
	if err := os.RemoveAll(filepath.Join(root, "2026", "000002")); err != nil {
		t.Fatal(err)
	}
	stdout := batchEnds(t, exitGood, root, "-o", out)
	if left := summary(t, out).LeftOver; !slices.Equal(left, []string{"核对报告/2026/000002.txt", "核对报告/2026/000002.xlsx"}) || !strings.Contains(stdout, "还有 2 个文件") || len(documents(t, out)) != 2 {
		t.Errorf("left over %v\n%s", left, stdout)
	}
}

// TestVerifyOutputs: a document that was changed and has its size and time still is noticed when its content is asked for.
func TestVerifyOutputs(t *testing.T) {
	root, out := writeDistrict(t, 2), t.TempDir()
	batchEnds(t, exitGood, root, "-o", out)
	whole := documents(t, out)
	patch(t, filepath.Join(out, pdfOf("2")))
	if stdout := batchEnds(t, exitGood, root, "-o", out); !strings.Contains(stdout, "未变动 2") {
		t.Errorf("the quick way:\n%s", stdout)
	}
	stdout := batchEnds(t, exitGood, root, "-o", out, "--verify-outputs")
	if !strings.Contains(stdout, "已生成 1，未变动 1") || !strings.Contains(stdout, "1 个文件上次生成以后内容被改过，已重新生成："+pdfOf("2")) || !maps.Equal(documents(t, out), whole) {
		t.Errorf("asked for content:\n%s", stdout)
	}
	if stdout := batchEnds(t, exitGood, root, "-o", out, "--verify-outputs"); !strings.Contains(stdout, "未变动 2") || strings.Contains(stdout, "改过") {
		t.Errorf("once more:\n%s", stdout)
	}
	touched := filepath.Join(out, pdfOf("1"))
	if err := os.Chtimes(touched, whenever, whenever); err != nil { // as copying the folder does
		t.Fatal(err)
	}
	for range 2 {
		if stdout := batchEnds(t, exitGood, root, "-o", out); !strings.Contains(stdout, "未变动 2") {
			t.Errorf("touched:\n%s", stdout)
		}
	}
	if _, stdout, _ := run("batch", "--help"); !strings.Contains(stdout, "--verify-outputs") || !strings.Contains(stdout, "大小和修改时间") {
		t.Errorf("the help does not say what the quick way looks at:\n%s", stdout)
	}
}

// TestSameCode: neither of two departments with one code is made, whichever shard they are in, and each is told of the
// other; the rest are.
func TestSameCode(t *testing.T) {
	root, out := writeDistrict(t, 3), t.TempDir()
	batchEnds(t, exitGood, root, "-o", out)
	for name, text := range documents(t, filepath.Join(root, "2026", "000002")) {
		write(t, filepath.Join(root, "2026", "000002副本", name), strings.ReplaceAll(text, "第2档案馆", "第二档案馆"))
	}
	holds := func(out string, args ...string) {
		t.Helper()
		_, stdout, _ := run(append([]string{"batch", root, "-o", out}, args...)...)
		for dir, other := range map[string]string{"000002": "000002副本", "000002副本": "000002"} {
			report, err := os.ReadFile(filepath.Join(out, "核对报告", "2026", dir+".txt"))
			if err != nil && len(args) > 0 {
				continue // of another shard
			}
			if !bytes.Contains(report, []byte("批量-006")) || !bytes.Contains(report, []byte("2026/"+other+"/department.toml:3")) {
				t.Errorf("%s %v: %v\n%s\n%s", dir, args, err, report, stdout)
			}
		}
		for name := range documents(t, out) {
			if strings.HasPrefix(name, "槐安区第2") || strings.HasPrefix(name, "槐安区第二") {
				t.Errorf("%v: %s was made", args, name)
			}
		}
	}
	holds(out)
	files := documents(t, out)
	if files[pdfOf("1")] == "" || files[pdfOf("3")] == "" || files["旧文件/"+pdfOf("2")] == "" {
		t.Errorf("files %v", slices.Sorted(maps.Keys(files)))
	}
	shards := t.TempDir()
	for _, shard := range []string{"1/3", "2/3", "3/3"} {
		holds(shards, "--shard", shard)
	}
	reports, _ := filepath.Glob(filepath.Join(shards, "核对报告", "2026", "*.txt"))
	if len(reports) != 2 {
		t.Errorf("reports of shards %v", reports)
	}
	if err := os.RemoveAll(filepath.Join(root, "2026", "000002副本")); err != nil {
		t.Fatal(err)
	}
	if stdout := batchEnds(t, exitGood, root, "-o", out); !strings.Contains(stdout, pdfOf("2")+" 取代 旧文件/"+pdfOf("2")) {
		t.Errorf("mended:\n%s", stdout)
	}
}

// TestLastOfAnotherYear: a summary that is not of last year compares nothing; that is an error, and the documents are made.
func TestLastOfAnotherYear(t *testing.T) {
	root, out := writeDistrict(t, 2), t.TempDir()
	batchEnds(t, exitGood, root, "-o", out)
	stdout := batchEnds(t, exitData, root, "-o", out, "--last", filepath.Join(out, "summary.json"))
	if !strings.Contains(stdout, "错误 批量-007") || !strings.Contains(stdout, "是 2026 年的") || !strings.Contains(stdout, "2026/000001") || !strings.Contains(stdout, "summary.json") || !strings.Contains(stdout, "未变动 2") {
		t.Errorf("%s", stdout)
	}
	old := t.TempDir()
	raw, err := os.ReadFile(filepath.Join(out, "summary.json"))
	if err != nil {
		t.Fatal(err)
	}
	last := filepath.Join(old, "2025.json")
	write(t, last, strings.ReplaceAll(string(raw), `"year":2026`, `"year":2025`))
	if stdout := batchEnds(t, exitGood, root, "-o", out, "--last", last); strings.Contains(stdout, "批量-007") {
		t.Errorf("%s", stdout)
	}
}

// TestStaleStaysWhenInterrupted: a run that was stopped has not seen all, and moves nothing.
func TestStaleStaysWhenInterrupted(t *testing.T) {
	if testing.Short() || runtime.GOOS == "windows" {
		t.Skip("starts a process and sends it a signal")
	}
	root, out := writeDistrict(t, 60), t.TempDir()
	batchEnds(t, exitGood, root, "-o", out)
	spoil(t, root, "000001")
	if err := os.RemoveAll(filepath.Join(root, "2026", "000002")); err != nil {
		t.Fatal(err)
	}
	second := filepath.Join(out, pdfOf("3"))
	before, err := os.Stat(second)
	if err != nil {
		t.Fatal(err)
	}
	c := program("batch", root, "-o", out, "--jobs", "1", "--force")
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	for range 1000 {
		if now, err := os.Stat(second); err == nil && now.ModTime() != before.ModTime() {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	if err := c.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	_ = c.Wait()
	files := documents(t, out)
	if code := c.ProcessState.ExitCode(); code != exitMachine || files[pdfOf("1")] == "" || files[pdfOf("2")] == "" {
		t.Errorf("code %d, files %v", code, slices.Sorted(maps.Keys(files)))
	}
	batchEnds(t, exitData, root, "-o", out)
	if files := documents(t, out); files["旧文件/"+pdfOf("1")] == "" || files["旧文件/"+pdfOf("2")] == "" {
		t.Errorf("after a whole run: files %v", slices.Sorted(maps.Keys(files)))
	}
}
