package ofd_test

import (
	"testing"
	"time"

	"yusuan/fonts"
	"yusuan/internal/ofd"
	"yusuan/internal/typeset/font"
	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/unit"
)

// smallWriter sets a document by hand that has one of everything.
type smallWriter struct {
	t     testing.TB
	faces *font.Library
	doc   page.Document
}

// small is a document of three pages: one turned, one of another size; with a rule, a drawing, a link, an outline, a table, a
// character beyond the basic plane, signs that XML would take for its own, and files.
func small(t testing.TB) *page.Document {
	t.Helper()
	lib, err := fonts.Library()
	if err != nil {
		t.Fatal(err)
	}
	w := &smallWriter{t: t, faces: lib}
	d := &w.doc
	d.Info = page.Info{Title: "预算 <甲&乙>", Author: "甲局", Subject: "部门预算", Keywords: "预算 公开", Lang: "zh-CN",
		Date: time.Date(2026, 2, 3, 0, 0, 0, 0, time.UTC), Program: "yusuan test"}
	d.Elems = []page.Elem{
		{Kind: page.KindDocument}, {Kind: page.KindH1}, {Kind: page.KindP}, {Kind: page.KindTable, Label: page.Named("表一")}, {Kind: page.KindTR, Parent: 3},
		{Kind: page.KindTH, Parent: 4, Scope: page.ScopeColumn, ColSpan: 2}, {Kind: page.KindTD, Parent: 4, Headers: []page.ElemID{5}},
		{Kind: page.KindFigure, Label: &page.Label{Alt: "一个三角形", Box: &page.Box{X: 100000, Y: 300000, W: 50000, H: 50000}}},
		{Kind: page.KindLink, Parent: 2},
	}
	d.Pages = []page.Page{
		{Width: unit.A4Width, Height: unit.A4Height, Label: "1"}, {Width: unit.A4Width, Height: unit.A4Height, Turned: true, Label: "2"},
		{Width: unit.A4Height, Height: unit.A4Width, Name: "附"},
	}
	w.text(0, 72001, 90007, 22000, 1, "预算公开 2026")
	w.text(0, 72000, 130000, 16000, 2, "甲<乙&丙>\"丁\"，𬭁𫖮字")
	w.text(0, 72000, 150000, 10500, 8, "见第三页")
	w.text(1, 72000, 90000, 10500, 5, "金额（万元）")
	w.text(1, 200123, 90000, 10500, 6, "-1,234.56")
	w.text(1, 280000, 800000, 14000, page.ArtifactFooter, "— 2 —")
	d.Pages[1].Texts[2].Upright = true
	w.text(2, 72000, 90000, 16000, 2, "附页")
	d.Pages[0].Rules = []page.Rule{{X: 72000, Y: 95000, W: 300000, H: 500}, {X: 72000, Y: 99000, W: 500, H: 30000}}
	d.Pages[1].Rules = []page.Rule{{X: 72000, Y: 95000, W: 300000, H: 750}}
	point := func(x, y unit.Length) page.Point { return page.Point{X: x, Y: y} }
	d.Pages[0].Paths = []page.Path{{Color: page.Color{R: 68, G: 114, B: 196}, Elem: 7, Segments: []page.Segment{
		{Step: page.Move, To: point(100000, 300000)}, {Step: page.Line, To: point(150000, 300000)},
		{Step: page.Curve, C: [2]page.Point{point(150000, 320000), point(140000, 350000)}, To: point(125000, 350000)},
	}}}
	d.Pages[0].Links = []page.Link{{X: 72000, Y: 140000, W: 42000, H: 12000, Page: 2, TargetY: 70000, Elem: 8, Contents: "第三页"}}
	d.Bookmarks = []page.Bookmark{{Title: "第一章", Page: 0, Y: 70000}, {Title: "第一节 <&>", Level: 1, Page: 1, Y: 71000}, {Title: "附", Page: 2, Y: 70000}}
	d.Files = []page.File{
		{Name: "budget.toml", MIME: "application/toml", Description: "数据", Relationship: "Source", Data: []byte("a = 1\n")},
		{Name: "数据/表.csv", MIME: "text/csv", Description: "表", Relationship: "Data", Data: []byte("甲,乙\n")},
	}
	return d
}

// text sets a text of the faces that have its characters, one text for each stretch of one face.
func (w *smallWriter) text(on int, x, y, size unit.Length, elem page.ElemID, s string) {
	w.t.Helper()
	p := &w.doc.Pages[on]
	for _, r := range s {
		face := w.face(r)
		if n := len(p.Texts); n == 0 || p.Texts[n-1].Y != y || p.Texts[n-1].Face != face || p.Texts[n-1].Elem != elem {
			p.Texts = append(p.Texts, page.Text{X: x, Y: y, Face: face, Size: size, Elem: elem})
		}
		t := &p.Texts[len(p.Texts)-1]
		t.Text += string(r)
		advance := size.Milli(int64(face.RuneAdvance(r)))
		t.Advances = append(t.Advances, advance)
		x += advance
	}
}

func (w *smallWriter) face(r rune) *font.Face {
	w.t.Helper()
	for _, i := range w.faces.Faces() {
		if f, ok := w.faces.Face(i.Name); ok && f.Outlined() && f.Glyph(r) != 0 {
			return f
		}
	}
	w.t.Fatalf("no face has %q", r)
	return nil
}

func written(t testing.TB, d *page.Document, o ofd.Options) []byte {
	t.Helper()
	raw, err := ofd.Write(d, o, &ofd.Memory{})
	if err != nil {
		t.Fatal(err)
	}
	return raw
}
