package html_test

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"

	parser "golang.org/x/net/html"

	"yusuan/internal/doc"
	"yusuan/internal/html"
)

// hostile are texts that would be more than texts in a page, or would not be seen as they are.
var hostile = []string{
	`<script>alert(1)</script>`, `</td></table></title></style><h1>`, `&amp; &#60; &`, `" onclick="x" '`, `]]>`, `<!-- -->`, "\u2028行\u2029", "\u202E反\u202C",
	"\u200Bnil\u200F", "a\nb", "\tc\r", "\x00\x07\x7F\u0085", "\xFF\xFE", "\uFFFE\uFDD0", "表5-1\u3000x", "第一部分\u3000一", "javascript:1", "%", "#", "1,234.56", "𠮷\U0010FFFF",
}

// readable is a text as a page can say it: without what no page may hold, and without blanks.
func readable(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case unicode.IsSpace(r) && r != '\u0085':
		case unicode.IsControl(r):
			b.WriteRune('\uFFFD')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// tree is a document of hostile texts, of any kinds of blocks in any order.
func tree(r *rand.Rand) *doc.Document {
	text := func() doc.Text {
		return doc.Text{String: hostile[r.IntN(len(hostile))] + hostile[r.IntN(len(hostile))]}
	}
	cell := func() doc.Cell {
		c := doc.Cell{ColSpan: r.IntN(3), RowSpan: r.IntN(3), Header: doc.Header(r.IntN(4)), Number: r.IntN(2) == 0, Vertical: r.IntN(5) == 0, Indent: r.IntN(9), Names: r.IntN(5) == 0}
		for range r.IntN(3) {
			c.Text = append(c.Text, text())
		}
		return c
	}
	rows := func(n int) (out []doc.Row) {
		for range n {
			var row doc.Row
			for range r.IntN(5) {
				row.Cells = append(row.Cells, cell())
			}
			out = append(out, row)
		}
		return out
	}
	d := &doc.Document{Title: text().String, Author: text().String, Keywords: text().String, Subject: text().String}
	for range r.IntN(4) {
		var s doc.Section
		for range r.IntN(8) {
			switch r.IntN(6) {
			case 0:
				s.Blocks = append(s.Blocks, &doc.Heading{Text: text(), Level: r.IntN(5), Contents: text().String})
			case 1:
				s.Blocks = append(s.Blocks, &doc.Paragraph{Spans: []doc.Span{{Text: text()}, {Text: text()}}, Level: max(0, r.IntN(6)-3), Quiet: r.IntN(9) == 0})
			case 2:
				caption, left := text(), text()
				t := &doc.Table{ID: text().String, Caption: caption, Left: &left, Columns: make([]doc.Column, 1+r.IntN(4)), Head: rows(r.IntN(3)), Body: rows(r.IntN(6)), Notes: []doc.Text{text()}}
				if r.IntN(2) == 0 {
					s.Blocks = append(s.Blocks, &doc.Heading{Text: caption, Level: 2})
				}
				s.Blocks = append(s.Blocks, t)
			case 3:
				s.Blocks = append(s.Blocks, &doc.Contents{})
			case 4:
				c := &doc.Chart{Title: text(), Unit: text(), Alt: text().String, Series: make([]doc.ChartSeries, 1), From: text()}
				c.Items = []doc.ChartItem{{Label: text(), Note: text(), Values: []doc.ChartValue{{Text: text().String}}}}
				s.Blocks = append(s.Blocks, c)
			case 5:
				s.Blocks = append(s.Blocks, &doc.Space{})
			}
		}
		d.Sections = append(d.Sections, s)
	}
	return d
}

// texts are all texts of a tree that a page says.
func texts(d *doc.Document) (out []string) {
	for i := range d.Sections {
		for k, b := range d.Sections[i].Blocks {
			if p, ok := b.(*doc.Paragraph); ok && (p.Quiet || p.Level > 0 && leadsToContents(d.Sections[i].Blocks[k+1:])) {
				continue
			}
			if c, ok := b.(*doc.Chart); ok && c.Sources == nil { // where nothing comes from, nothing is said to
				one := *c
				one.From = doc.Text{}
				b = &one
			}
			doc.Walk(&doc.Document{Sections: []doc.Section{{Blocks: []doc.Block{b}}}}, func(t doc.Text, _ string) { out = append(out, t.String) })
		}
	}
	return out
}

func leadsToContents(blocks []doc.Block) bool {
	for _, b := range blocks {
		switch b.(type) {
		case *doc.Space:
		case *doc.Contents:
			return true
		default:
			return false
		}
	}
	return false
}

// TestTextsAreTexts: whatever a document says, pages say just that: every text is there, none is markup, all names are given
// once, all references lead somewhere, and what browsers read is what was written.
func TestTextsAreTexts(t *testing.T) {
	for seed := range uint64(400) {
		d := tree(rand.New(rand.NewPCG(seed, 1)))
		src := &html.Source{Tree: d, Program: `x" -->`}
		for kind, raw := range map[string][]byte{"page": html.Page(src), "article": html.Article(src)} {
			root, err := parser.Parse(bytes.NewReader(raw))
			if err != nil {
				t.Fatal(err)
			}
			got, ids := map[string]int{}, map[string]bool{}
			var said strings.Builder
			for n := range root.Descendants() {
				if n.Type == parser.TextNode && !within(n, "head", "nav", "summary") {
					said.WriteString(readable(n.Data))
				}
				if n.Type != parser.ElementNode {
					continue
				}
				got[n.Data]++
				for _, a := range n.Attr {
					if a.Key == "id" && ids[a.Val] {
						t.Errorf("seed %d: the id %q is given twice", seed, a.Val)
					}
					ids[a.Val] = ids[a.Val] || a.Key == "id"
					if strings.HasPrefix(a.Key, "on") {
						t.Fatalf("seed %d: %s has %s", seed, n.Data, a.Key)
					}
				}
			}
			if got["script"] > 0 || kind == "page" && got["h1"] != 1 {
				t.Fatalf("seed %d: %s has elements that are texts: %v", seed, kind, got)
			}
			all := said.String()
			for _, s := range texts(d) {
				if !strings.Contains(all, readable(s)) {
					t.Fatalf("seed %d: %s does not say %q", seed, kind, s)
				}
			}
			nested(t, seed, raw)
		}
		if t.Failed() {
			return
		}
	}
}

func within(n *parser.Node, names ...string) bool {
	for p := n.Parent; p != nil; p = p.Parent {
		if slices.Contains(names, p.Data) {
			return true
		}
	}
	return false
}

// nested holds that every element is ended in its place, and that the bytes hold nothing that steers what one sees of them.
func nested(t *testing.T, seed uint64, raw []byte) {
	t.Helper()
	if bytes.ContainsAny(raw, "\u2028\u2029\u202E\u202C\u200B\u200F\x00\x07\x7F\u0085\r") {
		t.Fatalf("seed %d: characters that are not seen stand in the file", seed)
	}
	var open []string
	for z := parser.NewTokenizer(bytes.NewReader(raw)); ; {
		kind := z.Next()
		if kind == parser.ErrorToken {
			break
		}
		tag, _ := z.TagName()
		switch name := string(tag); {
		case kind == parser.StartTagToken && name != "br" && name != "meta":
			open = append(open, name)
		case kind == parser.EndTagToken && (len(open) == 0 || open[len(open)-1] != name):
			t.Fatalf("seed %d: </%s> ends %v", seed, name, open)
		case kind == parser.EndTagToken:
			open = open[:len(open)-1]
		}
	}
	if len(open) > 0 {
		t.Fatalf("seed %d: not ended: %v", seed, open)
	}
}

// TestMarksOfHostileTexts: marks that overlap or lie outside of their text lose no word.
func TestMarksOfHostileTexts(t *testing.T) {
	d := &doc.Document{Title: "t", Marks: []doc.Mark{{}, {From: 0, To: 3, Of: 1}, {From: 2, To: 5, Of: 2}, {From: 5, To: 5, Of: 3}, {From: 6, To: 99, Of: 4}, {From: 6, To: 9, Of: 5}, {}}}
	d.Sections = []doc.Section{{Blocks: []doc.Block{&doc.Paragraph{Spans: []doc.Span{{Text: doc.Text{String: "123<56&89", Marks: 1}}}}}}}
	got := string(html.Page(&html.Source{Tree: d, NameOf: func(of int32) string { return "a\" b" + string('0'+of) }}))
	want := `<p><span id="a&#34;b1" data-figure="a&#34; b1">123</span>&lt;56<span id="a&#34;b5" data-figure="a&#34; b5">&amp;89</span></p>`
	if !strings.Contains(got, want) {
		t.Errorf("the page has no %s:\n%s", want, got[strings.Index(got, "<article>"):])
	}
}

// TestQuietIsNotSaid: what is printed and not read out, such as a heading that stands elsewhere too, is in neither.
func TestQuietIsNotSaid(t *testing.T) {
	d := &doc.Document{Title: "甲", Sections: []doc.Section{{Blocks: []doc.Block{
		&doc.Paragraph{Quiet: true, Spans: []doc.Span{{Text: doc.Text{String: "又一次的目录"}}}},
		&doc.Paragraph{Spans: []doc.Span{{Text: doc.Text{String: "正文。"}}}},
	}}}}
	src := &html.Source{Tree: d, NameOf: func(int32) string { return "" }}
	for kind, raw := range map[string][]byte{"page": html.Page(src), "article": html.Article(src)} {
		if s := string(raw); strings.Contains(s, "又一次") || !strings.Contains(s, "正文。") {
			t.Errorf("%s: %s", kind, s)
		}
	}
}
