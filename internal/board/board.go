// Package board writes the pages of a district: the board, by which the bureau sees in the morning how far its departments are, and
// the index of what is published, for everybody.
//
// A page is one file that asks for nothing and is complete without its script, which only filters and sorts. The same district
// makes the same bytes on any day: it says the deadline, never how many days are left. Departments with errors show no amounts.
package board

import (
	"cmp"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"yusuan/internal/batch"
	"yusuan/internal/district"
)

// Page is what the two have in common.
type Page struct {
	Districts []*district.District // a year each, the newest first
	Program   string               // name and version
	// Files tells of a file below the folder of the page, named with slashes, whether it is there and how large it is. What is not
	// there is not linked.
	Files func(name string) (size int64, there bool)
	Data  func(year int) string // what the package of a year's open data is called
}

// Names of the pages, and of what they link to.
const (
	Name      = batch.BoardName
	IndexName = batch.IndexName
	workbook  = batch.SummaryName + ".xlsx"
	totals    = batch.DistrictName + ".csv"
	register  = "校验.sha256"
)

// A page is known by its first lines. A document's page never has them: there no words stand before its title, and in a title
// quotation marks are written otherwise.
const (
	boardMark = `<html lang="zh-CN" data-page="yusuan-board">`
	indexMark = `<html lang="zh-CN" data-page="yusuan-index">`
)

// IsBoard reports whether the content of a file is a board, IsIndex whether it is an index of this program.
func IsBoard(content []byte) bool { return has(content, boardMark) }

// IsIndex is described at IsBoard.
func IsIndex(content []byte) bool { return has(content, indexMark) }

func has(content []byte, mark string) bool {
	return strings.HasPrefix(string(content[:min(len(content), 256)]), doctype+mark)
}

const doctype = "<!DOCTYPE html>\n"

//go:embed board.css
var boardSheet string

//go:embed index.css
var indexSheet string

//go:embed board.js
var script string

// begin writes the head of a page. Only its own styles and script may work in it, which are known by their sums.
func (w *writer) begin(mark, title, program, sheet, script string) {
	w.raw(doctype, mark, "\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"generator\"")
	w.attr("content", program)
	w.raw(">\n", `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '`, sum(sheet), "'")
	if script != "" {
		w.raw("; script-src '", sum(script), "'")
	}
	w.raw("; base-uri 'none'; form-action 'none'\">\n<title>")
	w.text(title)
	w.raw("</title>\n<style>", sheet, "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">跳到正文</a>\n")
}

// sum names a style or script as policies do.
func sum(s string) string {
	h := sha256.Sum256([]byte(s))
	return "sha256-" + base64.StdEncoding.EncodeToString(h[:])
}

// ScriptSource is the board's own script as a policy names it, for whoever serves the page with a policy of his own.
func ScriptSource() string { return "'" + sum(script) + "'" }

// Board writes the board.
func (p *Page) Board(to io.Writer) error {
	w := newWriter(to, p.Files)
	title := "部门预算公开进度"
	if len(p.Districts) > 0 {
		title = place(p.Districts[0]) + yearWord(p.Districts[0].Year) + title
	}
	w.begin(boardMark, title, p.Program, boardSheet, script)
	w.raw("<header>\n<h1>")
	w.text(title)
	w.raw("</h1>\n")
	p.others(w)
	w.raw("</header>\n<main id=\"main\">\n")
	for i, d := range p.Districts {
		p.year(w, d, i > 0)
	}
	w.raw("</main>\n<footer><p>由 ")
	w.text(p.Program)
	w.raw(" 生成。金额单位：万元；鼠标停在文件名上可以看到大小。本页是内部工作页，不随文件公开。</p></footer>\n<script>", script, "</script>\n</body>\n</html>\n")
	return w.Flush()
}

// yearWord is a year in words; 0 is of data that say none.
func yearWord(year int) string {
	if year == 0 {
		return ""
	}
	return strconv.Itoa(year) + "年"
}

// place is what the district calls itself.
func place(d *district.District) string {
	if d.Name == "" {
		return "全区"
	}
	return d.Name
}

// others links to the files beside the page.
func (p *Page) others(w *writer) {
	w.raw("<p class=\"files\">")
	before := ""
	for _, x := range []struct{ name, shown string }{{workbook, "汇总工作簿"}, {totals, "全区合计（CSV）"}, {register, "登记表"}, {IndexName, "公开目录"}} {
		if w.link(x.name, x.shown, before) {
			before = "　"
		}
	}
	for _, d := range p.Districts {
		if w.link(p.Data(d.Year), yearWord(d.Year)+"全区开放数据", before) {
			before = "　"
		}
	}
	w.raw("</p>\n")
}

// year writes all there is of one year.
func (p *Page) year(w *writer, d *district.District, later bool) {
	id := strconv.Itoa(d.Year)
	w.raw(`<section class="year" aria-labelledby="y`, id, `"><h2 id="y`, id, `"`)
	if !later {
		w.raw(` class="first"`) // the title of the page says it
	}
	w.raw(">", cmp.Or(yearWord(d.Year), "年度不明"), "</h2>\n")
	w.overview(d)
	w.departments(d, id)
	w.problems(d, id)
	w.findings(d, id)
	w.views(d, id)
	w.threePublic(d, id)
	w.projects(d, id)
	w.rules(d, id)
	w.raw("</section>\n")
}

// overview writes what is read first: how many departments are how far, and until when.
func (w *writer) overview(d *district.District) {
	w.raw("<ul class=\"states\">")
	for _, s := range d.States {
		w.raw("<li>")
		w.badge(s.State)
		w.raw(" <b>", strconv.Itoa(s.Count), "</b></li>")
	}
	w.raw("</ul>\n<dl class=\"facts\">")
	fact := func(title, said string) {
		if said != "" {
			w.raw("<div><dt>", title, "</dt><dd>")
			w.text(said)
			w.raw("</dd></div>")
		}
	}
	fact("部门", strconv.Itoa(len(d.Departments))+" 个")
	if len(d.Units) > 0 {
		fact("单位预算", strconv.Itoa(len(d.Units))+" 份")
	}
	w.total(d)
	fact("人大批准", date(d.Approved))
	fact("公开期限", date(d.Deadline))
	var packs []string
	for _, x := range d.Packs {
		packs = append(packs, fmt.Sprintf("%s %s（%d 份）", x.Pack, x.Version, x.Documents))
	}
	fact("模板", strings.Join(packs, "、"))
	fact("程序", d.Program)
	w.raw("</dl>\n")
	w.asked(d)
	if d.Missing > 0 {
		w.raw("<p class=\"note\">", strconv.Itoa(d.Missing), " 个部门没有报送或者数据有误，不列金额，也不在各项合计里。</p>\n")
	}
}

// total writes what the departments come to, which is the first number that anybody asks for.
func (w *writer) total(d *district.District) {
	shown := 0
	for i := range d.Departments {
		if d.Departments[i].Shown {
			shown++
		}
	}
	if shown == 0 {
		return
	}
	now, last, _ := d.Sum()
	w.raw(`<div><dt>支出总计</dt><dd><span data-yuan="`, now.String(), `">`, printed.String(now), "</span> 万元（", strconv.Itoa(shown), " 个部门）")
	if last.Known {
		w.raw(`，上年 <span data-yuan="`, last.Amount.String(), `">`, printed.String(last.Amount), "</span> 万元")
	}
	w.raw("</dd></div>")
}

// asked says how many questions there are further down, and leads to them.
func (w *writer) asked(d *district.District) {
	id := strconv.Itoa(d.Year)
	errors := 0
	for i := range d.Problems {
		errors += 1 - rank(d.Problems[i].Error)
	}
	among := 0
	for i := range d.Findings {
		among += 1 - rank(d.Findings[i].Error)
	}
	before := "<p>要看的："
	for _, x := range []struct {
		to, title   string
		all, errors int
	}{{"q", "名单和审核情况里的问题", len(d.Problems), errors}, {"f", "部门之间的问题", len(d.Findings), among}} {
		if x.all == 0 {
			continue
		}
		w.raw(before, `<a href="#`, x.to, id, `">`, x.title, "</a> ", strconv.Itoa(x.all), " 个")
		if x.errors > 0 {
			w.raw("，其中错误 ", strconv.Itoa(x.errors), " 个")
		}
		before = "；"
	}
	if before == "；" {
		w.raw("</p>\n")
	}
}

// date is a day as the page says it, "" where it is not known.
func date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

// badge writes a state in words; its colour and border only help.
func (w *writer) badge(s district.State) {
	w.raw(`<span class="badge `, badges[s], `">`, string(s), "</span>")
}

var badges = map[district.State]string{district.Absent: "absent", district.Faulty: "faulty", district.Waiting: "waiting", district.Ready: "ready", district.Published: "published"}
