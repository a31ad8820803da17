package district

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"yusuan/internal/batch"
)

const goodRoster = `[district]
name      = "澜川市云溪区"
approved  = 2026-01-16
threshold = "500万元"

[[department]]
code    = "416"
name    = "澜川市档案局"
section = "行政政法股"

[[department]]
code = "415"
name = "澜川市水务局"
`

func told(list []Problem) string {
	var out []string
	for _, p := range list {
		level := "警告"
		if p.Error {
			level = "错误"
		}
		out = append(out, fmt.Sprintf("%s %s %s %s", p.At, level, p.Rule, p.Message))
	}
	return strings.Join(out, "\n")
}

func readRoster(t *testing.T, files fstest.MapFS) *Roster {
	t.Helper()
	r, err := ReadRoster(files, "数据", []string{"2026/415", "2026/局/416"})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestRoster(t *testing.T) {
	r := readRoster(t, fstest.MapFS{"数据/district.toml": {Data: []byte(goodRoster)}})
	if len(r.Problems) != 0 || r.Name != "澜川市云溪区" || r.Year != 2026 || day(r.Deadline) != "2026-02-05" || r.Threshold.String() != "5000000" {
		t.Errorf("%+v", r)
	}
	if len(r.Departments) != 2 || r.Departments[0] != (Listed{Code: "415", Name: "澜川市水务局", At: "district.toml:11"}) || r.Of("416", 2026).Section != "行政政法股" {
		t.Errorf("%+v", r.Departments)
	}
	var none *Roster
	if r.Of("416", 2025) != nil || r.Of("41", 2026) != nil || none.Of("416", 2026) != nil || none.Lists() || none.Against(nil, nil) != nil {
		t.Error("a department that is not listed is found")
	}
	if r := readRoster(t, fstest.MapFS{"数据/2026/415/basic.toml": {}}); r != nil {
		t.Errorf("no roster, and %+v", r)
	}
}

func TestRosterTellsWhatIsWrong(t *testing.T) {
	for _, c := range []struct{ name, from, to, want string }{
		{"unknown key", `section =`, `sections =`, "district.toml:9 错误 填报-001 不认识的键名“sections”"},
		{"unknown table", `[[department]]`, `[[departments]]`, "district.toml:6 错误 填报-001 不认识的表名“departments”"},
		{"a single table", "[[department]]\ncode = \"415\"\nname = \"澜川市水务局\"\n", "", ""},
		{"wrong date", `2026-01-16`, `"2026-1-36"`, "district.toml:3 错误 填报-006 “人大批准日期”（approved）应为日期：\"2026-1-36\""},
		{"no date", "approved  = 2026-01-16\n", "", "district.toml:1 错误 填报-003 缺少“人大批准日期”（approved）"},
		{"no district", "[district]\nname      = \"澜川市云溪区\"\napproved  = 2026-01-16\nthreshold = \"500万元\"\n", "", "district.toml:1 错误 填报-003 district.toml 里没有 [district] 这一行"},
		{"code twice", `code = "415"`, `code = "416"`, "district.toml:12 错误 批量-008 名单里两个部门的代码都是“416”（先前写在 district.toml:7）"},
		{"no code", "code = \"415\"\n", "", "district.toml:11 错误 填报-003 缺少“部门代码”（code）"},
		{"wrong amount", `500万元`, `五百万元`, "district.toml:4 错误 填报-005"},
		{"year far from the date", "name      = \"澜川市云溪区\"\n", "name      = \"澜川市云溪区\"\nyear = 2062\n", "district.toml:4 错误 批量-012 人大批准日期 2026-01-16 不在预算年度 2062 年或它的上一年"},
		{"no TOML", "[district]", "[district", "district.toml:1 错误 文件-009"},
		{"a control in a name", "澜川市水务局", "澜川市\\u0007水务局", "district.toml:13 错误 填报-012"},
	} {
		text := strings.Replace(goodRoster, c.from, c.to, -1)
		if text == goodRoster {
			t.Fatal(c.name)
		}
		got := told(readRoster(t, fstest.MapFS{"数据/district.toml": {Data: []byte(text)}}).Problems)
		if !strings.HasPrefix(got, c.want) || c.want == "" && got != "" {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

func TestRosterIsReadWithinBounds(t *testing.T) {
	big := &fstest.MapFile{Data: make([]byte, mostBytes+1)}
	for _, c := range []struct {
		name  string
		files fstest.MapFS
		want  string
	}{
		{"too big", fstest.MapFS{"数据/district.toml": big}, "district.toml 错误 文件-019 district.toml超过 16 MB，没有读"},
		{"a pipe", fstest.MapFS{"数据/district.toml": {Mode: fs.ModeNamedPipe}}, "district.toml 错误 文件-018 district.toml不是普通的文件"},
		{"elsewhere", fstest.MapFS{"数据/2026/district.toml": {}}, "2026/district.toml 警告 批量-015 这份名单没有读"},
		{"above one department", fstest.MapFS{"数据/2026/局/district.toml": {}}, "2026/局/district.toml 警告 批量-015 这份名单没有读"},
		{"in capitals", fstest.MapFS{"数据/District.toml": {}}, "District.toml 警告 批量-015 文件名不是 district.toml，这份名单没有读"},
		{"many", fstest.MapFS{"数据/districts.toml": {}}, "districts.toml 警告 批量-015 文件名不是 district.toml，这份名单没有读"},
		{"slipped", fstest.MapFS{"数据/distrct.toml": {}}, "distrct.toml 警告 批量-015 文件名不是 district.toml，这份名单没有读"},
		{"as a text", fstest.MapFS{"数据/district.toml.txt": {}}, "district.toml.txt 警告 批量-015 文件名以 .toml.txt 结尾，这份名单没有读"},
	} {
		r := readRoster(t, c.files)
		if r == nil || !strings.HasPrefix(told(r.Problems), c.want) || r.Against([]batch.Record{{Code: "415", Year: 2026}}, nil) != nil {
			t.Errorf("%s: %+v", c.name, r)
		}
	}
}

func TestAgainst(t *testing.T) {
	r := readRoster(t, fstest.MapFS{"数据/district.toml": {Data: []byte(goodRoster)}})
	records := []batch.Record{
		{Department: "2026/415", Code: "415", Name: "澜川水务局", Year: 2026},
		{Department: "2026/415", Edition: "unit:415001", Code: "415001", Name: "澜川市水务局本级", Year: 2026},
		{Department: "2026/500", Code: "500", Name: "澜川市教育局", Year: 2026},
		{Department: "2025/416", Code: "416", Name: "澜川市档案局", Year: 2025},
		{Department: "2026/坏"},
	}
	want := "district.toml 警告 批量-010 2026/500（500 澜川市教育局）有数据，名单里没有它\n" +
		"district.toml:6 警告 批量-009 名单里的 416 澜川市档案局 没有 2026 年的数据（另有 1 个目录的数据读不出代码或年度）\n" +
		"district.toml:11 警告 批量-011 415 在名单里叫“澜川市水务局”，在数据里叫“澜川水务局”"
	if got := told(r.Against(records, nil)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestReviews(t *testing.T) {
	const good = "[confidential]\ndate = 2026-01-20\nwho = \"王某\"\n[signed]\ndate = 2026-01-22\nwho = \"李某\"\n[published]\ndate = 2026-01-26\nwho = \"赵某\"\n"
	for _, c := range []struct{ name, text, want string }{
		{"good", good, ""},
		{"begun", "[confidential]\ndate = 2026-01-20\nwho = \"王某\"\n", ""},
		{"empty", "", ""},
		{"unknown key", strings.Replace(good, "who", "by", 1), "2026/415/_review.toml:1 错误 填报-003 缺少“经办人”（who）\n2026/415/_review.toml:3 错误 填报-001 不认识的键名“by”"},
		{"unknown step", strings.Replace(good, "[signed]", "[sign]", 1), "2026/415/_review.toml:4 错误 填报-001 不认识的表名“sign”\n2026/415/_review.toml:8 错误 批量-013 已经公开，没有填审签"},
		{"wrong date", strings.Replace(good, "2026-01-26", "2026-02-30", 1), "2026/415/_review.toml:8 错误 "},
		{"nobody", strings.Replace(good, "赵某", "", 1), "2026/415/_review.toml:9 错误 填报-003 “经办人”（who）不能为空"},
		{"published before signed", strings.Replace(good, "2026-01-26", "2026-01-21", 1), "2026/415/_review.toml:8 错误 批量-013 公开的日期 2026-01-21 早于审签的日期 2026-01-22（审签写在 2026/415/_review.toml:5）"},
		{"published and not looked at", strings.Replace(good, "[confidential]\ndate = 2026-01-20\nwho = \"王某\"\n", "", 1), "2026/415/_review.toml:5 错误 批量-013 已经公开，没有填保密审查"},
	} {
		files := fstest.MapFS{"数据/2026/415/_review.toml": {Data: []byte(c.text)}}
		got := ReadReviews(func(string) fs.FS { return files }, "数据", []batch.Record{{Department: "2026/415"}, {Department: "2026/416"}})
		r := got["2026/415"]
		if _, other := got["2026/416"]; other || !r.Given || !strings.HasPrefix(told(r.Problems), c.want) || c.want == "" && len(r.Problems) > 0 {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, told(r.Problems), c.want)
		}
		if c.name == "good" && (day(r.Signed.Date) != "2026-01-22" || r.Published.Who != "赵某" || r.Published.At != "2026/415/_review.toml:7") {
			t.Errorf("%+v", r)
		}
	}
}

// TestReviewsByAnotherName: a review that nobody reads, since it is called a little otherwise, is told where it lies.
func TestReviewsByAnotherName(t *testing.T) {
	const dir = "2026/415/"
	for name, told := range map[string]bool{"_Review.toml": true, "_reviews.toml": true, "_review (1).toml": true, "_reveiw.toml": true, "review.toml": true,
		"_review.TOML": true, "_review.toml.bak": true, "_备注.toml": false, "_old.toml": false, "revenue.toml": false, "basic.toml": false, "_review.docx": false} {
		files := fstest.MapFS{"数据/" + dir + name: {Data: []byte("x")}}
		got := ReadReviews(func(string) fs.FS { return files }, "数据", []batch.Record{{Department: "2026/415"}})["2026/415"].Problems
		if told != (len(got) == 1) || told && (got[0].At != dir+name || got[0].Message != "文件名不是 _review.toml，这份审核情况没有读") {
			t.Errorf("%s: %+v", name, got)
		}
		files["数据/"+dir+ReviewName] = &fstest.MapFile{Data: []byte("")}
		if got := ReadReviews(func(string) fs.FS { return files }, "数据", []batch.Record{{Department: "2026/415"}})["2026/415"].Problems; told != (len(got) == 1) {
			t.Errorf("%s beside the right one: %+v", name, got)
		}
	}
}

// anyCase is a file system in which case does not count, as those of Windows.
type anyCase struct{ files fstest.MapFS }

func (f anyCase) Open(name string) (fs.File, error) {
	for own := range f.files {
		if strings.EqualFold(own, name) {
			return f.files.Open(own)
		}
	}
	return f.files.Open(name)
}

func TestReviewWhereCaseDoesNotCount(t *testing.T) {
	files := anyCase{fstest.MapFS{"数据/2026/415/_Review.toml": {Data: []byte("[confidential]\ndate = 2026-01-20\nwho = \"王某\"\n")}}}
	r := ReadReviews(func(string) fs.FS { return files }, "数据", []batch.Record{{Department: "2026/415"}})["2026/415"]
	if !r.Confidential.Done() || len(r.Problems) != 0 {
		t.Errorf("%+v", r)
	}
}
