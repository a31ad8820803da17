package batch

import (
	"bytes"
	"fmt"
	"io"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"yusuan/internal/build"
	"yusuan/internal/doc"
	"yusuan/internal/money"
	"yusuan/internal/testdept"
)

func TestFind(t *testing.T) {
	file := &fstest.MapFile{Data: []byte("x = 1\n")}
	m := fstest.MapFS{
		"data/2026/101/department.toml":       file,
		"data/2026/101/performance/1.toml":    file, // belongs to 101
		"data/2026/102/all.toml":              file, // below a year, be it complete or not
		"data/2026/104/department.toml.txt":   file, // as editors misname it
		"data/2026/_draft/department.toml":    file,
		"data/2026/103/readme.md":             file,
		"data/north/201/head.TOML":            {Data: []byte("# 部门\n[department]\nyear = 2026\n")},
		"data/north/settings.toml":            file, // no department's head
		"data/north/202/deep/department.toml": file,
		"data/catalogue/2026/economic.csv":    file,
		"data/district.toml":                  {Data: []byte("[department]\n")}, // the roster, however wrong
		"data/2026/district.toml":             {Data: []byte("[department]\n")},
		"data/2026/district.toml.txt":         file,
		"data/2026/105/_review.toml":          file, // no data: of a department that has none yet
	}
	got, err := Find(m, "data")
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"2026/101", "2026/102", "2026/104", "north/201", "north/202/deep"}
	if !slices.Equal(got, want) {
		t.Errorf("found %v, want %v", got, want)
	}
	if got, err = Find(m, "data/2026/101"); err != nil || !slices.Equal(got, []string{"."}) {
		t.Errorf("a department alone: %v %v", got, err)
	}
	if got, err = Find(closed{m, "data/north/201"}, "data"); err != nil || !slices.Equal(got, want) {
		t.Errorf("with a folder that cannot be read: %v %v", got, err)
	}
	if _, err = Find(m, "nowhere"); err == nil {
		t.Error("no error for a root that is not there")
	}
}

func TestShardsPartition(t *testing.T) {
	var all []string
	for i := range 1000 {
		all = append(all, fmt.Sprintf("2026/%06d", i))
	}
	var joined []string
	for i := range 7 {
		part := Shard{i + 1, 7}.Take(all)
		if len(part) < 90 || len(part) > 200 {
			t.Errorf("shard %d has %d of 1000", i+1, len(part))
		}
		joined = append(joined, part...)
	}
	if slices.Sort(joined); !slices.Equal(joined, all) {
		t.Error("the shards are not the whole")
	}
	// The split is a promise: machines of different versions may share a run.
	if got := (Shard{1, 7}).Take(all[:40]); !slices.Equal(got, []string{"2026/000001", "2026/000013", "2026/000017", "2026/000039"}) {
		t.Errorf("shard 1/7 of the first forty: %v", got)
	}
	for _, s := range []string{"", "1", "0/3", "4/3", "a/b", "-1/2", "1/0"} {
		if _, err := ParseShard(s); err == nil {
			t.Errorf("shard %q was accepted", s)
		}
	}
}

func yuan(t testing.TB, s string) Yuan {
	t.Helper()
	a, err := money.Parse(s, money.Yuan)
	if err != nil {
		t.Fatal(err)
	}
	return Yuan{a}
}

func TestTotals(t *testing.T) {
	part := func(fund, class, kind, amount string) Part {
		return Part{fund, class, "N" + class, kind, yuan(t, amount)}
	}
	records := []Record{
		{Status: Made, Year: 2026, facts: (&Facts{Parts: []Part{part("其他收入", "201", "基本支出", "1.01"), part("一般公共预算", "208", "项目支出", "2")}}).keep(nil)},
		{Status: Unchanged, Year: 2026, facts: (&Facts{Parts: []Part{part("一般公共预算", "208", "项目支出", "0.5"), part("一般公共预算", "201", "基本支出", "10")}}).keep(nil)},
		{Status: BadData, Year: 2026, facts: (&Facts{Parts: []Part{part("一般公共预算", "201", "基本支出", "1000")}}).keep(nil)},
		{Status: Made, Year: 2025, facts: (&Facts{Parts: []Part{part("一般公共预算", "201", "基本支出", "7")}}).keep(nil)},
	}
	got := CSV(Totals(records))
	want := [][]string{
		{"年度", "资金性质", "功能分类编码", "功能分类名称", "支出类型", "部门数", "金额（元）"},
		{"2025", "一般公共预算", "201", "N201", "基本支出", "1", "7.00"},
		{"2026", "一般公共预算", "201", "N201", "基本支出", "1", "10.00"},
		{"2026", "一般公共预算", "208", "N208", "项目支出", "2", "2.50"},
		{"2026", "其他收入", "201", "N201", "基本支出", "1", "1.01"},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("totals\n%v\nwant\n%v", got, want)
	}
	var sums []string
	for _, s := range Sums(Totals(records)) {
		sums = append(sums, fmt.Sprint(s.Year, s.By, s.Name, s.Amount))
	}
	wantSums := []string{
		"2025资金性质一般公共预算7", "2025功能分类201 N2017", "2025支出类型基本支出7", "2025合计支出合计7",
		"2026资金性质一般公共预算12.5", "2026资金性质其他收入1.01", "2026功能分类201 N20111.01", "2026功能分类208 N2082.5",
		"2026支出类型基本支出11.01", "2026支出类型项目支出2.5", "2026合计支出合计13.51",
	}
	for i := range sums {
		sums[i] = strings.ReplaceAll(sums[i], " 2", "2")
	}
	if strings.ReplaceAll(strings.Join(sums, "|"), " ", "") != strings.ReplaceAll(strings.Join(wantSums, "|"), " ", "") {
		t.Errorf("sums\n%s\nwant\n%s", strings.Join(sums, "\n"), strings.Join(wantSums, "\n"))
	}
}

func TestQuestionsBetweenDepartments(t *testing.T) {
	sentence := "项目资金主要用于全区老旧小区改造补助，按每户每年1200元的标准测算，共计36万元。"
	files := map[string]string{
		"2026/a": "name = \"槐安区教育局\"\npurpose = \"" + sentence + "\"\n[[unit]]\nname = \"槐安区教育局幼儿园\"\n",
		"2026/b": "# 照槐安区教育局的样子填\ntext = \"与槐安区教育局幼儿园合办。\"\nuse = \"" + sentence + "另购图书。\"\n",
		"2026/c": "text = '''槐安区教育局按照要求编制预算，\n每年500元。'''\nunit = \"槐安区教育局文化馆\"\n",
		"2025/a": "purpose = \"" + sentence + "\"\nname = \"槐安区教育局\"\n",
	}
	figures := func(amount string) []Figure {
		return []Figure{{Name: "total", Title: "收支总预算", Amount: yuan(t, amount)}}
	}
	records := []Record{
		{Department: "2025/a", Status: Made, Code: "a", Name: "槐安区教育局", Year: 2025, facts: (&Facts{Figures: figures("1234500.04")}).keep(nil)},
		{Department: "2026/a", Status: Made, Code: "a", Name: "槐安区教育局", Year: 2026, facts: (&Facts{Units: []Unit{{"001", "槐安区教育局"}}, Prior: figures("1234500")}).keep(nil)},
		{Department: "2026/b", Status: Made, Code: "b", Name: "槐安区水务局", Year: 2026, facts: (&Facts{Units: []Unit{{"002", "x"}}, Prior: figures("99")}).keep(nil)},
		{Department: "2026/c", Status: Made, Code: "c", Name: "槐安区文化局", Year: 2026,
			facts: (&Facts{Units: []Unit{{"001", "槐安区教育局文化馆"}, {"", "无代码"}}}).keep(nil)},
	}
	last := []Record{{Department: "b", Status: Unchanged, Code: "b", Year: 2025, facts: (&Facts{Figures: figures("1234500")}).keep(nil)}}
	s := &Summary{Departments: records}
	s.District(func(dept string) []Text { return []Text{{dept + ".toml", []byte(files[dept])}} }, last, "last.json", 2)
	var got []string
	for _, f := range s.Findings {
		got = append(got, f.Department+" "+f.Rule+" "+f.Other+" "+f.At)
	}
	want := []string{
		"2026/b 批量-002 2026/a 2026/b.toml:2", // the comment does not count
		"2026/b 批量-003 2026/a 2026/b.toml:3",
		"2026/b 批量-005 b ",
		"2026/c 批量-002 2026/a 2026/c.toml:1", // its own unit 槐安区教育局文化馆 does not count
		"2026/c 批量-004 2026/a ",
	}
	if !slices.Equal(got, want) {
		t.Errorf("found\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestOutputName(t *testing.T) {
	for _, c := range []struct {
		d    doc.Document
		want string
	}{
		{doc.Document{Title: "澜川市/水务局2026年部门预算"}, "澜川市_水务局2026年部门预算.pdf"},
		{doc.Document{Title: "题", FileName: []string{"澜川市", "水务局/二处"}}, "澜川市/水务局_二处.pdf"},
		{doc.Document{Title: "题", FileName: []string{"..", "..", "etc", "x"}}, "etc/x.pdf"},
	} {
		if got, err := outputName(&c.d, ".pdf"); err != nil || got != c.want {
			t.Errorf("%q %q: %q, want %q (%v)", c.d.FileName, c.d.Title, got, c.want, err)
		}
	}
}

// TestSentences tells copies from the usual words.
func TestSentences(t *testing.T) {
	const usualWords = "单位价值在100万元以上的大型设备，按照资产管理办法逐台登记。"
	names := []string{"槐安区教育局", "槐安区水务局", "槐安区文化局", "槐安区民政局", "槐安区统计局"}
	own := []string{ // what each says besides the usual words
		"槐安区教育局本年安排校舍维修经费123.45万元，用于三所学校的屋面防水。",
		"槐安区水务局本年安排校舍维修经费123.45万元，用于三所学校的屋面防水。", // the name was changed, the amount forgotten
		"",
		"槐安区民政局本年安排校舍维修经费123.46万元，用于三所学校的屋面防水。",
		"本年安排5万元。",
	}
	var records []Record
	for i, name := range names {
		records = append(records, Record{Department: fmt.Sprint("2026/", i), Status: Made, Year: 2026, Name: name})
	}
	texts := func(dept string) []Text {
		i := int(dept[len(dept)-1] - '0')
		return []Text{{dept + ".toml", []byte("a = \"" + usualWords + "\"\nb = \"" + own[i] + "\"\n")}}
	}
	got := Copied(records, texts, 2)
	if len(got) != 1 || got[0].Department != "2026/1" || got[0].Other != "2026/0" || got[0].At != "2026/1.toml:2" || !strings.Contains(got[0].Message, "校舍维修") {
		t.Errorf("found %+v", got)
	}
}

// FuzzManifest feeds damaged manifests: whatever is read must be an entry that was written whole.
func FuzzManifest(f *testing.F) {
	var whole []byte
	for i := range 3 {
		dept := fmt.Sprint("2026/", i)
		e := Entry{Department: dept, Key: "k", Documents: []Document{{Stamp: Stamp{1, 2}, Record: Record{Department: dept, Status: Made, Total: yuan(f, "12.34")}}}}
		whole = append(whole, e.Line()...)
	}
	for i := 0; i <= len(whole); i += 17 {
		f.Add(whole[:i])
	}
	f.Add(append(bytes.Clone(whole[:50]), whole...))
	f.Fuzz(func(t *testing.T, b []byte) {
		m := Manifest{}
		n, _ := m.Read(bytes.NewReader(b), nil, nil)
		if n < len(m) {
			t.Errorf("%d lines, %d entries", n, len(m))
		}
		for name, e := range m {
			again := Manifest{}
			if lines(again, e.Line()) != 1 || !reflect.DeepEqual(again[name], e) {
				t.Errorf("%v does not survive writing", e)
			}
		}
	})
}

func lines(m Manifest, file []byte) int {
	n, _ := m.Read(bytes.NewReader(file), nil, nil)
	return n
}

// TestRecordSize holds what a department leaves in memory, for the rest of the run and from the manifest of the last,
// to what LimitMemory counts with: else the collector would run without end at the end of a long batch.
func TestRecordSize(t *testing.T) {
	m := districtOf(20, testdept.Member)
	for _, forms := range [][]build.Form{nil, build.Forms()} {
		d := newDisk()
		b := batchOf(t, m, d)
		b.Forms = forms
		run1(t, b)
		room := uint64(FormRoom(len(forms), 1))
		record, entry := left(t, d.manifest.Bytes())
		if record > recordSize+room || entry > entrySize+room {
			t.Errorf("a department in %d forms leaves %d bytes, more than %d, or %d, more than %d", len(forms), record, recordSize+room, entry, entrySize+room)
		}
	}
}

// nothing is a file for those who only write.
type nothing struct{ io.ReaderAt }

func (nothing) Write(b []byte) (int, error) { return len(b), nil }

// left is what the record and the entry of a department take that is in a manifest of twenty.
func left(t *testing.T, file []byte) (record, entry uint64) {
	t.Helper()
	live := func() uint64 {
		var s runtime.MemStats
		runtime.GC()
		runtime.GC() // empties the pools
		runtime.ReadMemStats(&s)
		return s.HeapAlloc
	}
	const times = 50
	before := live()
	entries := make([]Manifest, times)
	for i := range times {
		entries[i] = Manifest{}
		_, _ = entries[i].Read(bytes.NewReader(file), nil, NewShelf(nothing{}))
	}
	entry = (live() - before) / (20 * times)
	records := make([][]Record, 0, times)
	for _, m := range entries {
		var own []Record
		for _, e := range m {
			own = append(own, e.Documents[0].Record)
		}
		records = append(records, slices.Clip(own))
	}
	entries = nil
	record = (live() - before) / (20 * times)
	t.Logf("%d bytes a record, %d an entry of the manifest; its line has %d", record, entry, len(file)/20)
	runtime.KeepAlive(records)
	runtime.KeepAlive(entries)
	return record, entry
}

// BenchmarkFacts measures what packing costs beside a document's tens of milliseconds.
func BenchmarkFacts(b *testing.B) {
	m, d := districtOf(3, testdept.Member), newDisk()
	records, err := (&Batch{Shared: sharedOnce(), Departments: []string{"2026/000003"}, Workers: 1, Machine: d.machine(m)}).Run(b.Context(), nil)
	if err != nil || reflect.DeepEqual(records[0].Facts(), Facts{}) {
		b.Fatal(err, records)
	}
	b.ResetTimer()
	for b.Loop() {
		f := records[0].Facts()
		if len(f.squeeze()) == 0 {
			b.Fatal("nothing packed")
		}
	}
}
