// Package web reads pages of the web as they publish documents: headings, paragraphs and tables in their order.
//
// A table within a table follows it as a table of its own; where the outer one only frames others, as old sites lay out their
// pages, there is no outer one.
package web

import (
	"bytes"
	"fmt"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"yusuan/internal/read/around"
	"yusuan/internal/read/paper"
)

// What one page may cost.
const (
	mostBytes  = 8 << 20
	maxDepth   = 1_000 // of elements
	maxBlocks  = 500_000
	maxCells   = 1_000_000
	maxColumns = 1_024
	maxPlaces  = 4_000_000 // rows × columns of all tables
)

// tooMuch refuses a page that is beyond a bound.
func tooMuch(what string) *paper.Refused {
	return &paper.Refused{What: "这份网页太大：" + what, Remedy: "请只留下要核对的部分，另存为 .docx 或 .xlsx 再用"}
}

// Document reads a page in UTF-8.
func Document(text []byte) (*paper.Document, error) {
	if len(text) > mostBytes {
		return nil, tooMuch(fmt.Sprintf("多于 %d MB", mostBytes>>20))
	}
	root, err := html.Parse(bytes.NewReader(text))
	if err != nil {
		return nil, &paper.Refused{What: "这份网页读不下去", Remedy: "请在浏览器里打开它，把内容复制到 Word 或 Excel 里，另存为 .docx 或 .xlsx 再用", Cause: err}
	}
	r := &reader{flow: &flow{}}
	if err := r.children(root); err != nil {
		return nil, err
	}
	if err := r.flush(); err != nil {
		return nil, err
	}
	d := &paper.Document{Format: paper.Web, Blocks: around.Gather(r.flow.blocks)}
	if r.hidden > 0 {
		d.Gaps = append(d.Gaps, paper.Gap{What: fmt.Sprintf("网页的表格里有 %d 行或格是隐藏的，没有读", r.hidden), Remedy: "请用没有隐藏行列的表再做一次网页"})
	}
	if r.frames > 0 {
		d.Gaps = append(d.Gaps, paper.Gap{What: fmt.Sprintf("网页里嵌有 %d 个别的网页，里面的内容没有读", r.frames), Remedy: "请把那些网页也单独存下来核对"})
	}
	return d, nil
}

// reader reads one page.
type reader struct {
	flow                   *flow
	depth, blocks          int
	cells, places          int
	hidden, frames, within int // rows or cells that are not shown; other pages; tables that are open
}

// flow is a sequence of blocks and the paragraph that is open behind them.
type flow struct {
	blocks  []paper.Block
	text    strings.Builder
	level   int
	centred int // elements around that set their text in the middle
	bold    int
	light   bool // some letters of the paragraph are not bold
}

// silent are elements whose content is not text of the page.
var silent = map[atom.Atom]bool{
	atom.Head: true, atom.Style: true, atom.Script: true, atom.Noscript: true, atom.Template: true, atom.Title: true, atom.Select: true,
	atom.Textarea: true, atom.Svg: true, atom.Math: true, atom.Object: true, atom.Audio: true, atom.Video: true, atom.Canvas: true, atom.Nav: true, // nav: what leads to other places
}

// inline are elements within a paragraph; all others begin and end one.
var inline = map[atom.Atom]bool{
	atom.A: true, atom.Abbr: true, atom.B: true, atom.Bdi: true, atom.Bdo: true, atom.Big: true, atom.Cite: true, atom.Code: true, atom.Data: true, atom.Del: true,
	atom.Em: true, atom.Font: true, atom.I: true, atom.Ins: true, atom.Kbd: true, atom.Label: true, atom.Mark: true, atom.Nobr: true, atom.Q: true, atom.S: true,
	atom.Samp: true, atom.Small: true, atom.Span: true, atom.Strike: true, atom.Strong: true, atom.Sub: true, atom.Sup: true, atom.Time: true, atom.Tt: true, atom.U: true,
	atom.Var: true, atom.Wbr: true, atom.Img: true, atom.Input: true, atom.Button: true, atom.Ruby: true, atom.Rb: true,
}

// children reads all that is in an element.
func (r *reader) children(n *html.Node) error {
	if r.depth++; r.depth > maxDepth {
		return tooMuch("嵌套太深")
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if err := r.node(c); err != nil {
			return err
		}
	}
	r.depth--
	return nil
}

func (r *reader) node(n *html.Node) error {
	switch n.Type {
	case html.TextNode:
		r.write(n.Data)
		return nil
	case html.ElementNode:
		return r.element(n)
	}
	return nil
}

func (r *reader) element(n *html.Node) error {
	switch {
	case silent[n.DataAtom], n.DataAtom == atom.Rt, n.DataAtom == atom.Rp:
		return nil
	case n.DataAtom == atom.Iframe || n.DataAtom == atom.Frame:
		r.frames++
		return nil
	case gone(n):
		if r.within > 0 || holds(n, atom.Table) {
			r.hidden++
		}
		return nil
	case n.DataAtom == atom.Br:
		r.flow.text.WriteByte('\n')
		return nil
	case n.DataAtom == atom.Table:
		return r.table(n)
	}
	level := heading(n.DataAtom)
	bold := n.DataAtom == atom.B || n.DataAtom == atom.Strong || n.DataAtom == atom.Th || level > 0 || strings.Contains(style(n), "font-weight:bold")
	centred := n.DataAtom == atom.Center || strings.EqualFold(attr(n, "align"), "center") || strings.Contains(style(n), "text-align:center")
	block := !inline[n.DataAtom]
	if block {
		if err := r.flush(); err != nil {
			return err
		}
	}
	f := r.flow
	was := f.level
	if level > 0 {
		f.level = level
	}
	f.bold += one(bold)
	f.centred += one(centred)
	err := r.children(n)
	if err == nil && block {
		err = r.flush()
	}
	f.bold -= one(bold)
	f.centred -= one(centred)
	f.level = was
	return err
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

// heading is the level of a heading's element.
func heading(a atom.Atom) int {
	switch a {
	case atom.H1:
		return 1
	case atom.H2:
		return 2
	case atom.H3:
		return 3
	case atom.H4:
		return 4
	case atom.H5:
		return 5
	case atom.H6:
		return 6
	}
	return 0
}

// write adds text to the paragraph that is open; any white space is one blank.
func (r *reader) write(s string) {
	f := r.flow
	blank := f.text.Len() == 0
	for _, c := range s {
		switch c {
		case ' ', '\t', '\n', '\r', '\f':
			if !blank {
				f.text.WriteByte(' ')
			}
			blank = true
		case '\u00AD', '\u200B', '\uFEFF': // may break here, and no more
		default:
			f.text.WriteRune(c)
			blank = false
			f.light = f.light || f.bold == 0
		}
	}
}

// flush ends the paragraph that is open.
func (r *reader) flush() error {
	f := r.flow
	text := f.text.String()
	f.text.Reset()
	light := f.light
	f.light = false
	for _, line := range around.Lines(text) {
		if r.blocks++; r.blocks > maxBlocks {
			return tooMuch("段落太多")
		}
		f.blocks = append(f.blocks, paper.Block{Text: &paper.Paragraph{Text: line, Level: f.level, Centred: f.centred > 0, Bold: !light}})
	}
	return nil
}

// apart reads what is in an element as blocks of their own.
func (r *reader) apart(n *html.Node) ([]paper.Block, error) {
	outer := r.flow
	r.flow = &flow{}
	err := r.children(n)
	if err == nil {
		err = r.flush()
	}
	blocks := r.flow.blocks
	r.flow = outer
	return blocks, err
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// style is what an element says of its look, without blanks and in small letters.
func style(n *html.Node) string {
	s := attr(n, "style")
	if s == "" {
		return ""
	}
	return strings.ToLower(strings.Join(strings.Fields(s), ""))
}

// gone reports whether an element is not shown.
func gone(n *html.Node) bool {
	for _, a := range n.Attr {
		if a.Key == "hidden" {
			return true
		}
	}
	s := style(n)
	return strings.Contains(s, "display:none") || strings.Contains(s, "mso-hide:all")
}

// holds reports whether an element is somewhere within another.
func holds(n *html.Node, what atom.Atom) bool {
	for c := range n.Descendants() {
		if c.DataAtom == what {
			return true
		}
	}
	return false
}
