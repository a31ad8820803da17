package build_test

import (
	"bytes"
	"cmp"
	"fmt"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"

	"yusuan/internal/build"
	"yusuan/internal/doc"
)

// everyEdition are documents whose pages of the web are read: those of numbered, the packs' own galleries, and what is hard
// to typeset.
func everyEdition(t *testing.T) map[string]*build.Work {
	t.Helper()
	out, s := numbered(t), shared(t)
	for _, id := range s.PackNames() {
		w, err := s.Gallery(id)
		if err != nil {
			t.Fatal(err)
		}
		out["gallery of "+id] = w
	}
	out["torture"], _ = torture(t, manyProjects(30))
	return out
}

// webOf is a form of a document, as a browser reads it.
func webOf(t *testing.T, w *build.Work, f build.Form) (raw []byte, root *html.Node) {
	t.Helper()
	raw, err := w.Make(f, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	if root, err = html.Parse(bytes.NewReader(raw)); err != nil {
		t.Fatal(err)
	}
	return raw, root
}

// wordsIn are the words of an element without blanks and without elements that skip leaves out.
func wordsIn(n *html.Node, skip func(*html.Node) bool) string {
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
		if n.Type == html.ElementNode && skip(n) {
			return
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(n)
	return squeezed(b.String())
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// beside is what a page has beside the words of the document: its contents, drawings, and what leads to them.
func beside(n *html.Node) bool {
	return slices.Contains([]string{"head", "nav", "svg", "summary"}, n.Data) || attribute(n, "class") == "skip"
}

// wordsOf are the words of a tree without blanks, in its order: all that is read out, but the contents, below its title where
// it has no cover.
func wordsOf(d *doc.Document) string {
	var b strings.Builder
	if len(d.Sections) == 0 || !slices.ContainsFunc(d.Sections[0].Blocks, func(x doc.Block) bool { p, ok := x.(*doc.Paragraph); return ok && p.Level == 1 }) {
		b.WriteString(d.Title)
	}
	for i := range d.Sections {
		blocks := d.Sections[i].Blocks
		for k, block := range blocks {
			if p, ok := block.(*doc.Paragraph); ok && (p.Quiet || p.Level > 0 && k+1 < len(blocks) && isContents(blocks[k+1])) {
				continue
			}
			if c, ok := block.(*doc.Chart); ok {
				block = told(c)
			}
			doc.Walk(&doc.Document{Sections: []doc.Section{{Blocks: []doc.Block{block}}}}, func(x doc.Text, _ string) { b.WriteString(x.String) })
		}
	}
	return squeezed(b.String())
}

// told is a chart as its table has it: the only series is not named; the sides of a flow are, which the drawing need not do.
func told(c *doc.Chart) *doc.Chart {
	out := *c
	if len(c.Series) < 2 {
		out.Series = nil
	}
	if len(c.Sources) > 0 {
		out.From.String, out.To.String = cmp.Or(c.From.String, "来源"), cmp.Or(c.To.String, "去向")
	}
	return &out
}

func isContents(b doc.Block) bool {
	_, ok := b.(*doc.Contents)
	return ok
}

// differ says where two texts part.
func differ(got, want string) string {
	g, w := []rune(got), []rune(want)
	n := 0
	for n < len(g) && n < len(w) && g[n] == w[n] {
		n++
	}
	near := func(r []rune) string { return string(r[max(0, n-30):min(len(r), n+40)]) }
	return fmt.Sprintf("…%s… where the tree has …%s…", near(g), near(w))
}

// TestWeb reads the pages and articles of all documents.
func TestWeb(t *testing.T) {
	for name, w := range everyEdition(t) {
		page, root := webOf(t, w, build.HTML)
		article, body := webOf(t, w, build.Article)
		for f, raw := range map[build.Form][]byte{build.HTML: page, build.Article: article} {
			wellNested(t, name+" as "+string(f), raw)
			if again, _ := webOf(t, w, f); !bytes.Equal(raw, again) {
				t.Errorf("%s as %s is not the same twice", name, f)
			}
		}
		saysTheTree(t, name, w.Tree, root, body)
		drawn(t, name, w.Tree, root)
		namesNumbers(t, name, w, root)
		wholesome(t, name, page, root)
		plain(t, name, body)
		namesHeads(t, name, w.Tree, root)
	}
}

// saysTheTree holds that the page and the article have every word of the tree once and in its order, and no other.
func saysTheTree(t *testing.T, name string, d *doc.Document, page, article *html.Node) {
	t.Helper()
	want := wordsOf(d)
	for f, root := range map[build.Form]*html.Node{build.HTML: page, build.Article: article} {
		if got := wordsIn(root, beside); got != want {
			t.Errorf("%s as %s: %s", name, f, differ(got, want))
		}
	}
	var listed strings.Builder
	eachHeading(d, func(h *doc.Heading) { listed.WriteString(h.Contents) })
	for _, nav := range elements(page, "nav") {
		if got := wordsIn(nav, func(n *html.Node) bool { return n.Data == "h2" }); got != squeezed(listed.String()) {
			t.Errorf("%s: the contents are %s", name, differ(got, squeezed(listed.String())))
		}
	}
}

func eachHeading(d *doc.Document, fn func(*doc.Heading)) {
	for i := range d.Sections {
		for _, b := range d.Sections[i].Blocks {
			if h, ok := b.(*doc.Heading); ok {
				fn(h)
			}
		}
	}
}

// elements are the elements of a name, all for "", in their order.
func elements(root *html.Node, name string) (out []*html.Node) {
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && (name == "" || n.Data == name) {
			out = append(out, n)
		}
	}
	return out
}

// drawn holds that drawings have the words of their charts, and who does not see them the sentence.
func drawn(t *testing.T, name string, d *doc.Document, root *html.Node) {
	t.Helper()
	drawings := elements(root, "svg")
	for i := range d.Sections {
		for _, b := range d.Sections[i].Blocks {
			c, ok := b.(*doc.Chart)
			if !ok {
				continue
			}
			if len(drawings) == 0 {
				t.Fatalf("%s: chart %s is not drawn", name, c.ID)
			}
			shown := wordsIn(drawings[0], func(*html.Node) bool { return false })
			if got := attribute(drawings[0], "aria-label"); got != c.Alt {
				t.Errorf("%s: chart %s is heard as %q", name, c.ID, got)
			}
			drawings = drawings[1:]
			for _, x := range slices.Concat(c.Sources, c.Items) {
				for _, s := range []string{x.Label.String, x.Values[0].Text, x.Note.String} {
					if !strings.Contains(shown, squeezed(s)) {
						t.Errorf("%s: chart %s does not show %q", name, c.ID, s)
					}
				}
			}
		}
	}
	if len(drawings) > 0 {
		t.Errorf("%s: %d drawings too many", name, len(drawings))
	}
}

// namesNumbers holds that every number of the tree that has a name is in the page under it, printed as its answer says, and that
// the first of each name can be linked to.
func namesNumbers(t *testing.T, name string, w *build.Work, root *html.Node) {
	t.Helper()
	want := map[string]string{} // by name: as printed
	add := func(of int32, printed string) {
		if x := w.NameOf(of); x != "" && printed != "" {
			a, _ := w.Numbers.At(of)
			want[x] = a.Value.Printed
		}
	}
	for i := range w.Tree.Sections {
		for _, b := range w.Tree.Sections[i].Blocks {
			if x, ok := b.(*doc.Table); ok && x.Of > 0 {
				for at, printed := range body(x) {
					add(x.Of+int32(at[0]*len(x.Columns)+at[1]), printed)
				}
				b = withoutNumbers(x)
			}
			one := &doc.Document{Sections: []doc.Section{{Blocks: []doc.Block{b}}}}
			doc.Walk(one, func(x doc.Text, _ string) {
				for _, m := range doc.MarksOf(w.Tree.Marks, x.Marks) {
					add(m.Of, x.String[m.From:m.To])
				}
			})
		}
	}
	met := map[string]bool{}
	for _, n := range elements(root, "") {
		x := attribute(n, "data-figure")
		if x == "" {
			continue
		}
		if printed := wordsIn(n, beside); printed != want[x] {
			t.Errorf("%s: %s is %q in the page, want %q", name, x, printed, want[x])
		}
		if !met[x] && attribute(n, "id") == "" {
			t.Errorf("%s: %s cannot be linked to", name, x)
		}
		met[x] = true
	}
	for x := range want {
		if !met[x] {
			t.Errorf("%s: %s is not in the page", name, x)
		}
	}
	if len(met) < 40 && !strings.HasPrefix(name, "torture") && !strings.HasPrefix(name, "odd") && !strings.HasPrefix(name, "gaps") {
		t.Errorf("%s: %d numbers only", name, len(met))
	}
}

// plain holds that an article has nothing that editors of sites drop.
func plain(t *testing.T, name string, article *html.Node) {
	t.Helper()
	for _, n := range elements(article, "") {
		for _, key := range []string{"id", "class", "headers", "data-figure"} {
			if attribute(n, key) != "" {
				t.Errorf("%s: the article has %s %s", name, n.Data, key)
			}
		}
		if slices.Contains([]string{"style", "svg", "nav", "section", "details"}, n.Data) {
			t.Errorf("%s: the article has an element %s", name, n.Data)
		}
	}
}

// wholesome holds that names are given once; that what is linked to or named as a head, title or note is there, heads in the
// same table; that no level of headings is skipped; that nothing is asked from elsewhere.
func wholesome(t *testing.T, name string, raw []byte, root *html.Node) {
	t.Helper()
	ids := map[string]*html.Node{}
	for _, n := range elements(root, "") {
		id := attribute(n, "id")
		if id != "" && (ids[id] != nil || strings.ContainsFunc(id, unicode.IsSpace)) {
			t.Errorf("%s: the id %q is given twice, or has blanks", name, id)
		}
		if id != "" {
			ids[id] = n
		}
	}
	level := 0
	for _, n := range elements(root, "") {
		for _, key := range []string{"headers", "aria-labelledby", "aria-describedby"} {
			for _, id := range strings.Fields(attribute(n, key)) {
				to := ids[id]
				if to == nil || key == "headers" && (to.Data != "th" || tableAbove(to) != tableAbove(n) || to == n) {
					t.Errorf("%s: %s=%q of a %s leads nowhere", name, key, id, n.Data)
				}
			}
		}
		if to, ok := strings.CutPrefix(attribute(n, "href"), "#"); ok {
			if id, err := url.PathUnescape(to); err != nil || ids[id] == nil {
				t.Errorf("%s: a link leads to %q", name, to)
			}
		}
		if len(n.Data) == 2 && n.Data[0] == 'h' && n.Data[1] >= '1' && n.Data[1] <= '6' {
			if now := int(n.Data[1] - '0'); now > level+1 {
				t.Errorf("%s: a heading %s below h%d: %s", name, n.Data, level, wordsIn(n, beside))
			} else {
				level = now
			}
		}
		if n.Data == "th" && wordsIn(n, beside) == "" {
			t.Errorf("%s: a head says nothing", name)
		}
		if n.Data == "script" || n.Data == "link" || attribute(n, "src") != "" {
			t.Errorf("%s: the page asks for something: %s", name, n.Data)
		}
	}
	if len(elements(root, "h1")) != 1 || bytes.Contains(raw, []byte("url(")) || bytes.Contains(raw, []byte("@import")) {
		t.Errorf("%s has %d titles, or asks for something", name, len(elements(root, "h1")))
	}
}

func tableAbove(n *html.Node) *html.Node {
	for n != nil && n.Data != "table" {
		n = n.Parent
	}
	return n
}

// wellNested holds that every element is ended, by its own end and in its place: a browser mends nothing.
func wellNested(t *testing.T, name string, raw []byte) {
	t.Helper()
	var open []string
	z := html.NewTokenizer(bytes.NewReader(raw))
	for {
		switch z.Next() {
		case html.ErrorToken:
			if len(open) > 0 {
				t.Errorf("%s: not ended: %v", name, open)
			}
			return
		case html.StartTagToken:
			if tag, _ := z.TagName(); !slices.Contains([]string{"meta", "br"}, string(tag)) {
				open = append(open, string(tag))
			}
		case html.EndTagToken:
			if tag, _ := z.TagName(); len(open) == 0 || open[len(open)-1] != string(tag) {
				t.Fatalf("%s: </%s> ends %v", name, tag, open)
			}
			open = open[:len(open)-1]
		}
	}
}

// TestWebOfSample: the page of the sample says which program made it where others look for that, says what sites ask of their
// articles, and stays small.
func TestWebOfSample(t *testing.T) {
	w, err := shared(t).Check(build.Input{Data: os.DirFS("../.."), Dir: "data/2026/338", PriorDir: "data/2025/338"})
	if err != nil {
		t.Fatal(err)
	}
	raw, _ := webOf(t, w, build.HTML)
	for _, want := range []string{`<meta name="generator" content="test">`, `<meta name="ArticleTitle" content="武汉市武昌区行政审批局2026年部门预算">`,
		`<meta name="PubDate" content="2026-02-10">`, `<meta name="ContentSource" content="武汉市武昌区行政审批局">`} {
		if !bytes.Contains(raw[:2048], []byte(want)) {
			t.Errorf("the page does not begin with %s", want)
		}
	}
	for _, want := range []string{`id="t5-1"`, `id="p3-7-1"`, `<a href="#t12-1">`, `id="3/2010301/基本支出" data-figure="3/2010301/基本支出">749.64</td>`} {
		if !bytes.Contains(raw, []byte(want)) {
			t.Errorf("the page has no %s", want)
		}
	}
	if len(raw) > 350_000 {
		t.Errorf("the page has %d bytes", len(raw))
	}
	if article, _ := webOf(t, w, build.Article); !bytes.HasPrefix(article, []byte("<!-- test -->\n<meta charset=\"utf-8\">\n<h1")) {
		t.Errorf("the article begins with %.80s", article)
	}
}

// TestArticleAlignsWithoutStyles: portals strip styles; what stands in the middle or on the right says so by an attribute too.
func TestArticleAlignsWithoutStyles(t *testing.T) {
	styled := regexp.MustCompile(`<[^>]*text-align:(center|right)[^>]*>`)
	found := 0
	for name, w := range everyEdition(t) {
		article, _ := webOf(t, w, build.Article)
		for _, m := range styled.FindAllSubmatch(article, -1) {
			if found++; !bytes.Contains(m[0], []byte(` align="`+string(m[1])+`"`)) {
				t.Fatalf("%s: %s", name, m[0])
			}
		}
	}
	if found < 100 {
		t.Errorf("%d aligned only", found)
	}
}

// TestNotesStayWithTables: what stands below a table follows its box at once, and on paper stands on a page like the table's:
// under a wide one else it would be alone on an upright page.
func TestNotesStayWithTables(t *testing.T) {
	apart := regexp.MustCompile(`(?s).{0,40}<div class="note"`)
	found := 0
	for name, w := range everyEdition(t) {
		page, _ := webOf(t, w, build.HTML)
		if !bytes.Contains(page, []byte(".wide,.wide+.note{page:wide}")) {
			t.Fatalf("%s: notes of wide tables are on other pages", name)
		}
		for _, m := range apart.FindAll(page, -1) {
			if found++; !bytes.HasSuffix(m, []byte("</table>\n</div>\n<div class=\"note\"")) {
				t.Errorf("%s: before a note stands %s", name, m)
			}
		}
	}
	if found < 20 {
		t.Errorf("%d notes only", found)
	}
}
