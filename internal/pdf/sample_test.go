package pdf

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"yusuan/fonts"
	"yusuan/internal/typeset/font"
	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/unit"
)

var library = sync.OnceValues(func() (*font.Library, error) { return fonts.Library() })

func family(t testing.TB, role string) *font.Family {
	t.Helper()
	l, err := library()
	if err != nil {
		t.Fatal(err)
	}
	f, ok := l.Family(role)
	if !ok {
		t.Fatalf("no role %s", role)
	}
	return f
}

// builder makes documents for tests: text at places, without layout.
type builder struct {
	t testing.TB
	d *page.Document
}

func newBuilder(t testing.TB) *builder {
	return &builder{t, &page.Document{
		Info: page.Info{
			Title: "示例市𫚭局 2026 年部门预算 <A&B>", Author: "示例市财政局", Subject: "部门预算公开", Keywords: "预算, 公开",
			Lang: "zh-CN", Date: time.Date(2026, 2, 10, 0, 0, 0, 0, time.FixedZone("", 8*3600)), Program: "yusuan test",
		},
		Elems: []page.Elem{{Kind: page.KindDocument}},
	}}
}

func (b *builder) elem(e page.Elem) page.ElemID {
	b.d.Elems = append(b.d.Elems, e)
	return page.ElemID(len(b.d.Elems) - 1)
}

func (b *builder) page(width, height unit.Length, label string) *page.Page {
	b.d.Pages = append(b.d.Pages, page.Page{Width: width, Height: height, Label: label})
	return &b.d.Pages[len(b.d.Pages)-1]
}

// text puts a string on the current page, in as many items as it needs faces, each character stretched by extra.
func (b *builder) text(role string, size, x, y, extra unit.Length, elem page.ElemID, s string) {
	p := &b.d.Pages[len(b.d.Pages)-1]
	f := family(b.t, role)
	var item *page.Text
	for _, r := range s {
		face := f.Pick(r)
		if face == nil {
			b.t.Fatalf("%s has no %c", role, r)
		}
		if item == nil || item.Face != face {
			p.Texts = append(p.Texts, page.Text{X: x, Y: y, Face: face, Size: size, Elem: elem})
			item = &p.Texts[len(p.Texts)-1]
		}
		advance := size.Milli(int64(face.RuneAdvance(r))) + extra
		item.Text += string(r)
		item.Advances = append(item.Advances, advance)
		x += advance
	}
}

// sample is a small document with all that the writer knows: cover, contents with links, headings, prose with stretched
// lines, a table over two pages with spans and headers, a landscape page, bookmarks, attached files.
func sample(t testing.TB) *page.Document {
	b := newBuilder(t)
	part := b.elem(page.Elem{Kind: page.KindPart, Label: page.Named("正文")})
	b.page(unit.A4Width, unit.A4Height, "")
	b.text("小标宋", 26000, 100000, 300000, 0, b.elem(page.Elem{Kind: page.KindH1, Parent: part}), "示例市𫚭局2026年部门预算")

	b.page(unit.A4Width, unit.A4Height, "")
	toc := b.elem(page.Elem{Kind: page.KindTOC, Parent: part})
	for i, title := range []string{"第一部分　部门概况", "第二部分　预算表"} {
		item := b.elem(page.Elem{Kind: page.KindTOCI, Parent: toc})
		ref := b.elem(page.Elem{Kind: page.KindReference, Parent: item})
		link := b.elem(page.Elem{Kind: page.KindLink, Parent: ref})
		y := unit.Length(150000 + 30000*i)
		b.text("黑体", 15750, 79000, y, 0, link, title)
		b.text("宋体", 15750, 300000, y, 0, page.ArtifactLayout, "…………")
		b.text("宋体", 15750, 480000, y, 0, link, fmt.Sprint(i+1))
		p := &b.d.Pages[1]
		p.Links = append(p.Links, page.Link{X: 79000, Y: y - 15000, W: 420000, H: 20000, Page: 2 + i, TargetY: 90000, Elem: link, Contents: title})
		b.d.Bookmarks = append(b.d.Bookmarks, page.Bookmark{Title: title, Page: 2 + i, Y: 90000})
	}

	b.page(unit.A4Width, unit.A4Height, "1")
	sect := b.elem(page.Elem{Kind: page.KindSect, Parent: part})
	b.text("黑体", 15750, 79000, 120000, 0, b.elem(page.Elem{Kind: page.KindH2, Parent: sect}), "第一部分　部门概况")
	para := b.elem(page.Elem{Kind: page.KindP, Parent: sect})
	b.text("仿宋", 15750, 110000, 150000, 231, para, "一、主要职责：贯彻执行——“预算法”（2018年）…（一）𬭎𬱟；")
	b.text("仿宋", 15750, 79000, 179000, 0, para, "全年收入1234.56万元，较上年增长7.8%，☑是　☐否；买买提·艾力。")
	b.text("宋体", 14000, 290000, 800000, 0, page.ArtifactFooter, "— 1 —")

	table := b.elem(page.Elem{Kind: page.KindTable, Parent: sect})
	b.text("楷体", 10500, 79000, 220000, 0, b.elem(page.Elem{Kind: page.KindCaption, Parent: table}), "表1　收支总表")
	head := b.elem(page.Elem{Kind: page.KindTHead, Parent: table})
	row := b.elem(page.Elem{Kind: page.KindTR, Parent: head})
	all := b.elem(page.Elem{Kind: page.KindTH, Parent: row, Scope: page.ScopeColumn, ColSpan: 2})
	b.text("宋体加粗", 9000, 79000, 240000, 0, all, "收入")
	row = b.elem(page.Elem{Kind: page.KindTR, Parent: head})
	var columns []page.ElemID
	for i, s := range []string{"项目", "预算数"} {
		th := b.elem(page.Elem{Kind: page.KindTH, Parent: row, Scope: page.ScopeColumn, Headers: []page.ElemID{all}})
		columns = append(columns, th)
		b.text("宋体加粗", 9000, 79000+unit.Length(200000*i), 255000, 0, th, s)
	}
	body := b.elem(page.Elem{Kind: page.KindTBody, Parent: table})
	y := unit.Length(270000)
	for i := range 12 {
		if i == 6 {
			b.page(unit.A4Height, unit.A4Width, "2")
			b.text("宋体", 9000, 79000, 80000, 0, page.ArtifactHeader, "续表")
			b.text("宋体", 14000, 400000, 560000, 0, page.ArtifactFooter, "— 2 —")
			y = 100000
		}
		row := b.elem(page.Elem{Kind: page.KindTR, Parent: body})
		td := b.elem(page.Elem{Kind: page.KindTD, Parent: row, Headers: []page.ElemID{all, columns[0]}})
		b.text("宋体", 9000, 79000, y, 0, td, "财政拨款收入")
		td = b.elem(page.Elem{Kind: page.KindTD, Parent: row, Headers: []page.ElemID{all, columns[1]}})
		if i%3 > 0 { // some cells stay empty
			b.text("宋体", 9000, 279000, y, 0, td, fmt.Sprintf("%d.%02d", 1234*i, 7*i))
		}
		p := &b.d.Pages[len(b.d.Pages)-1]
		p.Rules = append(p.Rules, page.Rule{X: 75000, Y: y + 3000, W: 400000, H: 500})
		y += 15000
	}
	b.text("仿宋", 15750, 79000, 300000, 0, para, "（接上页）")
	b.d.Bookmarks = append(b.d.Bookmarks, page.Bookmark{Title: "𫚭", Level: 1, Page: 3, Y: 100000})
	b.d.Files = []page.File{
		{Name: "department.toml", MIME: "application/toml", Description: "预算数据", Relationship: "Source", Data: []byte("name = \"示例\"\n")},
		{Name: "收支总表.csv", MIME: "text/csv", Relationship: "Data", Data: []byte("a,b\n1,2\n")},
	}
	return b.d
}

// long is a document of n pages of prose and of tables by turns, for measuring.
func long(t testing.TB, n int) *page.Document {
	b := newBuilder(t)
	words := []rune(strings.Repeat(sampleProse, 3))
	at := 0
	next := func(n int) string {
		if at+n > len(words) {
			at = 0
		}
		at += n
		return string(words[at-n : at])
	}
	for i := range n {
		if i%2 == 0 {
			b.page(unit.A4Width, unit.A4Height, fmt.Sprint(i+1))
			for l := range unit.Length(22) {
				b.text("仿宋", 15750, 79000, 105000+l*28900, 37, b.elem(page.Elem{Kind: page.KindP}), next(27))
			}
			continue
		}
		b.page(unit.A4Height, unit.A4Width, fmt.Sprint(i+1))
		table := b.elem(page.Elem{Kind: page.KindTable})
		for r := range unit.Length(30) {
			row := b.elem(page.Elem{Kind: page.KindTR, Parent: table})
			for c := range unit.Length(8) {
				td := b.elem(page.Elem{Kind: page.KindTD, Parent: row})
				s := fmt.Sprintf("%d.%02d", (r*7919+c*104729+unit.Length(i)*31)%99999, (r*c)%100)
				if c < 2 {
					s = next(8)
				}
				b.text("宋体", 9000, 60000+c*90000, 80000+r*15000, 0, td, s)
				p := &b.d.Pages[i]
				p.Rules = append(p.Rules, page.Rule{X: 57000 + c*90000, Y: 84000 + r*15000, W: 90000, H: 500})
			}
		}
	}
	return b.d
}

const sampleProse = "贯彻执行国家和省市有关财政工作的方针政策法律法规，拟订并组织实施全市财政发展规划及改革方案；分析预测宏观经济形势，" +
	"参与制定各项经济政策，提出运用财税政策实施调控和综合平衡社会财力的建议。承担本级各项财政收支管理的责任，负责编制年度预决算草案并组织执行。" +
	"受市人民政府委托，向市人民代表大会报告预算、执行和决算情况；组织制订经费开支标准、定额，审核批复部门的年度预决算。"
