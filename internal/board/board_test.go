package board

import (
	"bytes"
	"fmt"
	"html"
	"io"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"yusuan/internal/batch"
	"yusuan/internal/build"
	"yusuan/internal/district"
	"yusuan/internal/money"
)

const hostile = `水务局</th></script><script>alert("1")</script>'"&amp;` + "\u202e局\u0000\nx"

func wan(n int) money.Amount { return money.FromFen(int64(n) * 1_000_001) }

func knows(n int) district.Known { return district.Known{Amount: wan(n), Known: true} }

func on(month, day int) time.Time {
	return time.Date(2026, time.Month(month), day, 0, 0, 0, 0, time.UTC)
}

// handmade is a district of n departments, of which every fifth has errors and every seventh has not reported.
func handmade(n int) *district.District {
	d := &district.District{Name: "澜川市云溪区", Year: 2026, Approved: on(1, 16), Deadline: on(2, 5), Program: "yusuan 0.2.0",
		Packs: []district.Used{{Pack: "wuhan", Version: "3", Documents: n}}, Threshold: wan(500), Left: 40}
	names := []string{"水务局", "档案局", "教育局", "人力资源和社会保障局", "人民政府办公室", "农业农村局", "退役军人事务局", "住房和城市更新局"}
	sections := []string{"预算股", "农业农村股", "社会保障股"}
	count := map[district.State]int{}
	d.ThreePublic = append(d.ThreePublic, district.Figures{Name: "合计"})
	for i := range n {
		code, name := fmt.Sprint(400+i), "澜川市云溪区"+names[i%len(names)]
		r := &batch.Record{Department: "2026/" + code, Code: code, Name: name, Year: 2026, Status: batch.Made, Output: "云溪区" + name + "2026年部门预算 " + code + ".pdf", Pages: 30 + i%9, Warnings: i % 4,
			Forms: []batch.FormFile{{Form: build.HTML, Output: "a:b#" + code + ".html"}, {Form: build.Workbook, Output: "x/" + code + "?.xlsx"}}}
		x := district.Department{Record: r, Code: code, Name: name, Section: sections[i%3], State: district.States()[2+i%3], Shown: true, Total: knows(900 + i*37%5000), Last: knows(1000 + i*29%5000),
			Forms: district.FormCount{Have: 2 + i%2, Due: 3}, Report: batch.Reports + "/2026/" + code + ".txt"}
		if i == 3 {
			x.Name, x.Section, r.Name = hostile, hostile, hostile
			d.Units = append(d.Units, district.Department{Record: &batch.Record{Department: r.Department, Edition: "unit:" + code + "001", Status: batch.Made, Output: "u.pdf"}, Code: code + "001", Name: hostile, State: district.Ready, Shown: true, Total: knows(7)})
		}
		switch {
		case i%7 == 6:
			x.Record, x.State, x.Shown, x.Report, x.Forms = nil, district.Absent, false, "", district.FormCount{}
		case i%5 == 4:
			x.State, x.Shown, r.Errors, r.Status, r.Output, r.Forms = district.Faulty, false, 1+i%3, batch.BadData, "", nil
			x.Total = knows(123456) // which must not be shown
		case x.State != district.Waiting:
			x.Review = district.Review{Given: true, Confidential: district.Step{Date: on(1, 20)}, Signed: district.Step{Date: on(1, 22)}}
			if x.State == district.Published {
				x.Review.Published.Date = on(1, 26+i%5)
			}
		}
		count[x.State]++
		if !x.Shown {
			d.Missing++
		} else {
			f := district.Figures{Code: x.Code, Name: x.Name}
			for k := range 6 {
				f.Now[k], f.Last[k] = knows(i*k), knows(i*k+k)
			}
			d.ThreePublic = append(d.ThreePublic, f)
			d.Projects = append(d.Projects, district.Project{Department: x.Name, Code: x.Code, Unit: x.Name + "本级", Name: "信息化运维", Amount: wan(9000 - i), Goals: i%2 == 0})
		}
		d.Departments = append(d.Departments, x)
	}
	for _, s := range district.States() {
		d.States = append(d.States, district.StateCount{State: s, Count: count[s]})
	}
	d.Views = []district.View{{By: "资金性质", Lines: []district.Line{{Name: "支出合计", Now: wan(70000), Last: knows(69000), Departments: n}, {Name: "一般公共预算", Level: 1, Now: wan(70000), Last: knows(69000), Departments: n}}},
		{By: "功能分类", Lines: []district.Line{{Name: "支出合计", Now: wan(70000), Unknown: 3, Like: district.Like{Now: wan(60000), Last: wan(59000)}, Departments: n}, {Code: "201", Name: "一般公共服务支出", Level: 1, Now: wan(50000), Last: knows(0), Departments: n}, {Code: "20103", Name: "款", Level: 2, Now: wan(50000)}}},
		{By: "支出类型", Lines: []district.Line{{Name: "支出合计", Now: wan(70000), Unknown: n, Departments: n}}}}
	d.Findings = []batch.Finding{{Rule: "批量-002", Department: "2026/400", Other: "2026/401", At: "data/2026/400/text.toml:12", Message: "文字里出现了另一个部门的名称“" + hostile + "”，核对是不是从那里抄来的"},
		{Rule: "批量-007", Department: "2026/400", Error: true, Message: "给的上年汇总是 2024 年的"}}
	d.Rules = []district.RuleCount{{Rule: "勾稽-001", Title: "收入等于支出推算数", Departments: 3}}
	d.Problems = []district.Problem{{Rule: "批量-009", At: "district.toml:12", Message: "名单里的 406 没有 2026 年的数据", Hint: "等它报来"}, {Rule: "批量-013", At: "2026/400/_review.toml:3", Message: "已经公开，没有填保密审查", Error: true}}
	return d
}

// page is the pages of a district all of whose files are there but the last.
func page(d ...*district.District) *Page {
	return &Page{Districts: d, Program: "yusuan 0.2.0", Data: func(year int) string { return fmt.Sprintf("district-%d-data.zip", year) },
		Files: func(name string) (int64, bool) { return int64(len(name)) * 40_000, !strings.Contains(name, "402") }}
}

func made(t *testing.T, write func(io.Writer) error) string {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

var anyTag = regexp.MustCompile(`<[^>]*>`)

func TestEverythingIsThereWithoutScript(t *testing.T) {
	d := handmade(62)
	got := made(t, page(d).Board)
	before, _, _ := strings.Cut(got, "<script>")
	plain := html.UnescapeString(anyTag.ReplaceAllString(before, "|"))
	for i := range d.Departments {
		x := &d.Departments[i]
		name, _, _ := strings.Cut(nameOf(x), "\u202e")
		for _, s := range []string{x.Code, name, string(x.State)} {
			if !strings.Contains(plain, s) {
				t.Errorf("no %q", s)
			}
		}
	}
	if n := strings.Count(before, "<tbody data-state="); n != 62 {
		t.Errorf("%d groups of rows", n)
	}
	for _, s := range []string{"2026-02-05", "批量-013", "勾稽-001", "信息化运维", "一般公共服务支出", "因公出国（境）", "不含 3 个部门", "上年数不知道", "缺 1", "wuhan 3（62 份）"} {
		if !strings.Contains(plain, s) {
			t.Errorf("no %q", s)
		}
	}
	d.Departments[4].Review.Published.Date = on(1, 20) // published, and its data have errors since
	if f := flags(&d.Departments[4]); d.Departments[4].State != district.Faulty || f != "e f" && f != "e" {
		t.Errorf("what was published counts as open: %q", f)
	}
	now, last, _ := d.Sum()
	if !last.Known || now.IsZero() || !strings.Contains(plain, printed.String(now)+"| 万元（") || !strings.Contains(plain, "，上年 |"+printed.String(last.Amount)+"|") {
		t.Error("nobody says above the table what all departments come to: ", printed.String(now), " and ", printed.String(last.Amount))
	}
	if strings.Contains(plain, "20103") {
		t.Error("a group of a class stands on the board")
	}
	if again := made(t, page(handmade(62)).Board); again != got {
		t.Error("the same district makes other bytes")
	}
}

// amounts are those that a page shows, each exact and as printed.
var shownAmount = regexp.MustCompile(`data-yuan="([^"]*)">([^<]*)<`)

func TestAmountsAreThoseOfTheDistrict(t *testing.T) {
	d := handmade(62)
	got := made(t, page(d).Board)
	seen := map[string]bool{}
	for _, m := range shownAmount.FindAllStringSubmatch(got, -1) {
		a, err := money.Parse(m[1], money.Yuan)
		if err != nil || printed.String(a) != m[2] {
			t.Errorf("%s is printed %s", m[1], m[2])
		}
		seen[m[1]] = true
	}
	for i := range d.Departments {
		if x := &d.Departments[i]; x.Shown && (!seen[x.Total.Amount.String()] || !seen[x.Last.Amount.String()]) {
			t.Errorf("%s: no amounts", x.Code)
		}
	}
	for _, f := range d.ThreePublic {
		for k := range 6 {
			if f.Now[k].Known && (!seen[f.Now[k].Amount.String()] || !seen[f.Last[k].Amount.String()]) {
				t.Errorf("%s: no 三公", f.Code)
			}
		}
	}
	if seen[wan(123456).String()] {
		t.Error("the amount of a department with errors is shown")
	}
}

// rowsOf are the exact amounts of a page by the row that they stand in: the words of its head, or the code of a department.
func rowsOf(page string) map[string][]string {
	out := map[string][]string{}
	for _, row := range strings.Split(page, "<tr")[1:] {
		row, _, _ = strings.Cut(row, "</tr>")
		var head string
		if _, rest, ok := strings.Cut(row, `<td class="code">`); ok {
			head, _, _ = strings.Cut(rest, "<")
		} else if _, rest, ok := strings.Cut(row, `<th scope="row">`); ok {
			rest, _, _ = strings.Cut(rest, "</th>")
			head = html.UnescapeString(anyTag.ReplaceAllString(rest, ""))
		}
		for _, m := range shownAmount.FindAllStringSubmatch(row, -1) {
			out[head] = append(out[head], m[1])
		}
	}
	return out
}

// TestAmountsStandInTheirRows holds each number at its place: of a department, of a line, of the 三公经费.
func TestAmountsStandInTheirRows(t *testing.T) {
	d := handmade(40)
	for i := range d.ThreePublic {
		f := &d.ThreePublic[i]
		f.Name = "三公 " + f.Code
	}
	rows := rowsOf(made(t, page(d).Board))
	holds := func(row string, want ...money.Amount) {
		t.Helper()
		var all []string
		for _, a := range want {
			all = append(all, a.String())
		}
		if got := rows[row]; !slices.Equal(got, all) {
			t.Errorf("%s: %v, want %v", row, got, all)
		}
	}
	for i := range d.Departments {
		if x := &d.Departments[i]; x.Shown {
			holds(x.Code, x.Total.Amount, x.Last.Amount, x.Total.Sub(x.Last.Amount))
		} else {
			holds(x.Code)
		}
	}
	for _, f := range d.ThreePublic[1:] {
		var want []money.Amount
		for k := range district.AgencyOperating {
			want = append(want, f.Now[k].Amount, f.Last[k].Amount)
		}
		holds("三公 "+f.Code, want...)
	}
	holds("一般公共预算", wan(70000), wan(69000), wan(1000))
	holds("201 一般公共服务支出", wan(50000), wan(0), wan(50000))
	holds("支出合计", wan(70000), wan(69000), wan(1000), wan(70000), wan(59000), wan(1000), wan(70000)) // of three views
}

func TestWordsStayWords(t *testing.T) {
	for name, write := range map[string]func(io.Writer) error{"board": page(handmade(9)).Board, "index": page(handmade(9)).Index} {
		got := made(t, write)
		if strings.ContainsAny(got, "\u202e\x00") || strings.Contains(got, "alert(\"") || !strings.Contains(got, "&lt;/th&gt;&lt;/script&gt;") {
			t.Errorf("%s: a name steers the page", name)
		}
		if n := strings.Count(got, "<script"); name == "board" && n != 1 || name == "index" && n != 0 {
			t.Errorf("%s: %d scripts", name, n)
		}
	}
}

var href = regexp.MustCompile(`href="([^"]*)"`)

// TestLinksLeadToFiles follows every link as a browser does.
func TestLinksLeadToFiles(t *testing.T) {
	d := handmade(9)
	p := page(d)
	want := map[string]bool{}
	for i := range d.Departments {
		if x := &d.Departments[i]; x.Record != nil {
			for _, f := range x.Record.Files() {
				want[f.Output] = true
			}
		}
	}
	want["u.pdf"] = true
	base, err := url.Parse("file:///out/board.html")
	if err != nil {
		t.Fatal(err)
	}
	for name, write := range map[string]func(io.Writer) error{"board": p.Board, "index": p.Index} {
		linked := map[string]bool{}
		text := made(t, write)
		for _, m := range href.FindAllStringSubmatch(text, -1) {
			to, err := base.Parse(html.UnescapeString(m[1]))
			if err != nil || to.Scheme != "file" || to.RawQuery != "" {
				t.Errorf("%s: %s leads nowhere: %v", name, m[1], err)
				continue
			}
			file, below := strings.CutPrefix(to.Path, "/out/")
			if to.Fragment != "" {
				if !strings.Contains(text, ` id="`+to.Fragment+`"`) {
					t.Errorf("%s: no %s", name, to.Fragment)
				}
				continue
			}
			if _, there := p.Files(file); !there || !below {
				t.Errorf("%s: %s is not there", name, file)
			}
			linked[file] = true
		}
		for file := range want {
			if _, there := p.Files(file); there && !linked[file] {
				t.Errorf("%s does not link %s", name, file)
			}
		}
		if linked[batch.Reports+"/2026/400.txt"] != (name == "board") || linked[workbook] != (name == "board") || !linked[register] || !linked["district-2026-data.zip"] {
			t.Errorf("%s links %v", name, linked)
		}
	}
}

func TestIndexSaysNothingOfErrors(t *testing.T) {
	d := handmade(62)
	got := made(t, page(d).Index)
	for i := range d.Departments {
		x := &d.Departments[i]
		good := x.Record != nil && x.Record.Status.Good() && x.Code != "402"
		if i != 3 && strings.Contains(got, x.Code+".pdf") != good {
			t.Errorf("%s %s: listed %v", x.Code, x.State, !good)
		}
	}
	for _, s := range []string{"有误", "错误", "警告", "审签", "保密", "批量", "data-yuan", batch.Reports} {
		if strings.Contains(got, s) {
			t.Errorf("the index says %q", s)
		}
	}
	if got = made(t, page(handmade(0)).Index); !strings.Contains(got, "还没有公开的文件") {
		t.Error("an empty index says nothing")
	}
}

// TestIndexExplainsWhatItOffers: readers are told of the forms that are there, and of no others.
func TestIndexExplainsWhatItOffers(t *testing.T) {
	d := handmade(3)
	got := made(t, page(d).Index)
	for s, want := range map[string]bool{"PDF 是正式公开的文件": true, "由读屏软件朗读": true, "计算的公式": true, "供统计、研究使用。</p>": false} {
		if strings.Contains(got, s) != want {
			t.Errorf("%s is said: %v", s, !want)
		}
	}
	for i := range d.Departments {
		d.Departments[i].Record.Forms = nil
	}
	if got = made(t, page(d).Index); strings.Contains(got, "读屏") || strings.Contains(got, "公式") || !strings.Contains(got, "PDF 是正式公开的文件") {
		t.Error("of PDF alone the index says more, or less")
	}
}

// TestIndexExplainsAllForms: what a batch may make for readers has words. 正文 is for editors of sites and needs none.
func TestIndexExplainsAllForms(t *testing.T) {
	for _, f := range build.Forms() {
		if f != build.Article && !slices.ContainsFunc(explained, func(x struct{ form, words string }) bool { return x.form == string(f) && x.words != "" }) {
			t.Errorf("nobody is told what %s is", f)
		}
	}
}

func TestPagesAreKnown(t *testing.T) {
	p := page(handmade(3))
	board, index := []byte(made(t, p.Board)), []byte(made(t, p.Index))
	if !IsBoard(board) || IsBoard(index) || !IsIndex(index) || IsIndex(board) || IsBoard(nil) {
		t.Error("pages are taken for each other")
	}
}

// pieces counts what is written, and the largest piece.
type pieces struct{ count, largest int }

func (p *pieces) Write(b []byte) (int, error) {
	p.count, p.largest = p.count+1, max(p.largest, len(b))
	return len(b), nil
}

// TestManyDepartmentsAreWrittenPieceByPiece holds that no page stands in memory.
func TestManyDepartmentsAreWrittenPieceByPiece(t *testing.T) {
	p := page(handmade(10_000))
	for name, write := range map[string]func(io.Writer) error{"board": p.Board, "index": p.Index} {
		var to pieces
		if err := write(&to); err != nil {
			t.Fatal(err)
		}
		if to.count < 20 || to.largest > 1<<17 {
			t.Errorf("%s: %d pieces, the largest of %d bytes", name, to.count, to.largest)
		}
	}
}
