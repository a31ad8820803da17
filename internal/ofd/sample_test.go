package ofd

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

// text puts a string on the last page, in as many items as it needs faces, each character stretched by extra.
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

// sample is a small document with all that the writer knows: links, headings, stretched lines, characters beyond the basic
// plane, a table with spans and headers, a landscape page, a turned page with an upright text, a chart, bookmarks, attached files.
func sample(t testing.TB) *page.Document {
	b := newBuilder(t)
	part := b.elem(page.Elem{Kind: page.KindPart, Label: page.Named("正文")})
	b.page(unit.A4Width, unit.A4Height, "")
	b.d.Pages[0].Name = "封面"
	b.text("小标宋", 26000, 100001, 300000, 0, b.elem(page.Elem{Kind: page.KindH1, Parent: part}), "示例市𫚭局2026年部门预算")
	link := b.elem(page.Elem{Kind: page.KindLink, Parent: b.elem(page.Elem{Kind: page.KindReference, Parent: part})})
	b.text("黑体", 15750, 79000, 400000, 0, link, "第一部分　部门概况 <A&B>")
	p := &b.d.Pages[0]
	p.Links = append(p.Links, page.Link{X: 79000, Y: 385000, W: 420000, H: 20000, Page: 1, TargetY: 90000, Elem: link, Contents: "第一部分 \"部门概况\""})

	b.page(unit.A4Width, unit.A4Height, "1")
	para := b.elem(page.Elem{Kind: page.KindP, Parent: part})
	b.text("仿宋", 15750, 110003, 150000, 231, para, "一、主要职责：贯彻执行——“预算法”（2018年）…（一）𬭎𬱟；")
	b.text("仿宋", 15750, 79000, 179000, 0, para, "全年收入1234.56万元，较上年增长7.8%，☑是　☐否；买买提·艾力。")
	b.text("宋体", 14000, 290000, 800000, 0, page.ArtifactFooter, "— 1 —")
	figure := b.elem(page.Elem{Kind: page.KindFigure, Parent: part, Label: &page.Label{Alt: "收支图", Box: &page.Box{Page: 1, X: 100000, Y: 500000, W: 50000, H: 50000}}})
	p = &b.d.Pages[1]
	p.Paths = append(p.Paths, page.Path{Color: page.Color{R: 68, G: 114, B: 196}, Elem: figure, Segments: []page.Segment{
		{To: page.Point{X: 100000, Y: 500000}}, {Step: page.Line, To: page.Point{X: 150000, Y: 500000}},
		{Step: page.Curve, C: [2]page.Point{{X: 150000, Y: 520001}, {X: 130000, Y: 550000}}, To: page.Point{X: 100000, Y: 550000}},
		{To: page.Point{X: 110000, Y: 510000}}, {Step: page.Line, To: page.Point{X: 120000, Y: 510000}}, {Step: page.Line, To: page.Point{X: 120000, Y: 520000}},
	}})

	b.page(unit.A4Height, unit.A4Width, "2")
	b.table(part)
	b.page(unit.A4Width, unit.A4Height, "3").Turned = true
	b.table(part)
	b.text("宋体", 14000, 290000, 800000, 0, page.ArtifactFooter, "— 3 —")
	p = &b.d.Pages[3]
	p.Texts[len(p.Texts)-1].Upright = true
	b.d.Bookmarks = []page.Bookmark{{Title: "第一部分", Page: 1, Y: 90000}, {Title: "𫚭", Level: 2, Page: 2, Y: 100000}, {Title: "末", Page: 3}}
	b.d.Files = []page.File{
		{Name: "department.toml", MIME: "application/toml", Description: "预算数据", Relationship: "Source", Data: []byte("name = \"示例\"\n" + strings.Repeat("x = 1\n", 500))},
		{Name: "收支总表.csv", MIME: "text/csv", Relationship: "Data", Data: []byte("a,b\n1,2\n")},
		{Name: "LICENSE", MIME: "text/plain", Relationship: "Data"},
	}
	return b.d
}

func (b *builder) table(part page.ElemID) {
	table := b.elem(page.Elem{Kind: page.KindTable, Parent: part, Label: page.Named("收支总表")})
	head := b.elem(page.Elem{Kind: page.KindTHead, Parent: table})
	all := b.elem(page.Elem{Kind: page.KindTH, Parent: b.elem(page.Elem{Kind: page.KindTR, Parent: head}), Scope: page.ScopeColumn, ColSpan: 2})
	b.text("宋体加粗", 9000, 79000, 240000, 0, all, "收入")
	body := b.elem(page.Elem{Kind: page.KindTBody, Parent: table})
	p := &b.d.Pages[len(b.d.Pages)-1]
	for i := range unit.Length(5) {
		row := b.elem(page.Elem{Kind: page.KindTR, Parent: body})
		b.text("宋体", 9000, 79000, 260000+15000*i, 0, b.elem(page.Elem{Kind: page.KindTD, Parent: row, Headers: []page.ElemID{all}, RowSpan: 2}), "财政拨款收入")
		td := b.elem(page.Elem{Kind: page.KindTD, Parent: row, Headers: []page.ElemID{all}})
		if i%3 > 0 { // some cells stay empty
			b.text("宋体", 9000, 279000, 260000+15000*i, 0, td, fmt.Sprintf("%d.%02d", 1234*i, 7*i))
		}
		p.Rules = append(p.Rules, page.Rule{X: 75000, Y: 263001 + 15000*i, W: 400000, H: 500})
	}
}
