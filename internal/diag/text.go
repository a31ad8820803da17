package diag

import (
	"bufio"
	"bytes"
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// Options says how Text writes.
type Options struct {
	Width int  // columns of the terminal, to which excerpts are cut; 0 for a file, where they have fileWidth
	Color bool // with the escape sequences of ANSI terminals
	// Most bounds how many findings of one rule are written once there are more than manyOfOne of them; 0 for all.
	Most int
	// More says how to see the others.
	More string
	// Printed says that what was found is printed in a document, not typed by who reads this.
	Printed bool
}

// manyOfOne is how many findings of one rule make it a habit, which the first of them show.
const manyOfOne = 50

// fileWidth is enough to find a place again; the whole of a paragraph, or of a line of megabytes, would bury the message.
const fileWidth = 160

// Text writes diagnostics for people: a line that editors can jump from, the place in the source with a caret below,
// both numbers and their difference, related places, what to do; and the count at the end. It writes nothing when the
// list is empty. sources returns the UTF-8 text that places refer to, without byte order mark; nil when there is none.
func Text(w io.Writer, list []Diagnostic, sources func(path string) []byte, o Options) error {
	if len(list) == 0 {
		return nil
	}
	t := &textWriter{w: bufio.NewWriter(w), o: o, sources: sources, lines: map[string][][]byte{}}
	bound := newBound(list, o.Most)
	for i := range list {
		rule := list[i].Rule
		if !bound.takes(rule) {
			continue
		}
		t.diagnostic(&list[i])
		if left := bound.leftOut[rule]; left > 0 && bound.written[rule] == o.Most {
			fmt.Fprintf(t.w, "      %s\n", t.color("1", fmt.Sprintf("…… %s 还有 %d 处，这里只列前 %d 处%s", rule, left, o.Most, o.More)))
		}
	}
	fmt.Fprintln(t.w, t.color("1", countLine(list)))
	return t.w.Flush()
}

// bound is which findings of a list are written, first come, first served.
type bound struct {
	most    int
	leftOut map[string]int // findings that are not written, by rule
	written map[string]int
}

func newBound(list []Diagnostic, most int) *bound {
	n := map[string]int{}
	for i := range list {
		n[list[i].Rule]++
	}
	for rule, k := range n {
		if n[rule] = k - most; most == 0 || k <= manyOfOne {
			delete(n, rule)
		}
	}
	return &bound{most: most, leftOut: n, written: map[string]int{}}
}

// takes reports whether the next finding of a rule is written.
func (b *bound) takes(rule string) bool {
	if b.leftOut[rule] > 0 && b.written[rule] == b.most {
		return false
	}
	b.written[rule]++
	return true
}

// Left is how many findings of a rule are not listed.
type Left struct {
	Rule  string `json:"rule"`
	Count int    `json:"count"`
}

// left is what is not written, in the order of rules.
func (b *bound) left() (out []Left) {
	for _, rule := range slices.Sorted(maps.Keys(b.leftOut)) {
		out = append(out, Left{rule, b.leftOut[rule]})
	}
	return out
}

// Bounded is a list as Text bounds it by Options.Most, and what that leaves off.
func Bounded(list []Diagnostic, most int) (shown []Diagnostic, left []Left) {
	b := newBound(list, most)
	for i := range list {
		if b.takes(list[i].Rule) {
			shown = append(shown, list[i])
		}
	}
	return shown, b.left()
}

// countLine is, for example, 3 个错误，1 个警告.
func countLine(list []Diagnostic) string {
	var parts []string
	for _, v := range []Level{Error, Warning, Note} {
		n := 0
		for i := range list {
			if list[i].Level == v {
				n++
			}
		}
		if n > 0 {
			parts = append(parts, strconv.Itoa(n)+" 个"+v.String())
		}
	}
	return strings.Join(parts, "，")
}

type textWriter struct {
	w       *bufio.Writer
	o       Options
	sources func(string) []byte
	lines   map[string][][]byte
}

// color wraps s in an ANSI style, such as "1" for bold.
func (t *textWriter) color(style, s string) string {
	if !t.o.Color || s == "" {
		return s
	}
	return "\x1b[" + style + "m" + s + "\x1b[0m"
}

func (v Level) style() string {
	switch v {
	case Error:
		return "1;31"
	case Warning:
		return "1;33"
	}
	return "1;36"
}

func (t *textWriter) diagnostic(d *Diagnostic) {
	if at := d.At.String(); at != "" {
		fmt.Fprint(t.w, t.color("1", Printable(at)+":"), " ")
	}
	fmt.Fprintf(t.w, "%s: %s\n", t.color(d.Level.style(), strings.TrimSpace(d.Level.String()+" "+d.Rule)), Printable(d.Message))
	margin := strings.Repeat(" ", max(5, len(strconv.Itoa(d.At.Start.Line))))
	t.excerpt(d.At, d.Level, len(margin))
	stated := "填报 "
	if t.o.Printed {
		stated = "印的是 "
	}
	for _, x := range []struct{ label, text string }{{stated, d.Stated}, {"应为 ", d.Want}, {"相差 ", d.Diff}} {
		t.detail(margin, x.label, x.text)
	}
	for _, n := range d.Notes {
		if at := n.At.String(); at != "" {
			t.detail(margin, at+": ", n.Text)
		} else {
			t.detail(margin, "", n.Text)
		}
	}
	t.detail(margin, "建议：", d.Hint)
	t.ready(margin, d.Ready)
}

// ready writes what may be put in so that it can be copied: no sign stands before its lines.
func (t *textWriter) ready(margin, text string) {
	if text == "" {
		return
	}
	t.detail(margin, "核对以后可以照抄到数据文件的末尾：", " ")
	for line := range strings.Lines(text) {
		fmt.Fprintf(t.w, "%s   %s\n", margin, Printable(strings.TrimSuffix(line, "\n")))
	}
}

func (t *textWriter) detail(margin, label, text string) {
	if text != "" {
		fmt.Fprintf(t.w, "%s %s %s\n", margin, t.color("34", "="), Printable(label+text))
	}
}

// excerpt writes the first line of a range with carets below it.
func (t *textWriter) excerpt(at Range, v Level, margin int) {
	line, ok := t.line(at)
	if !ok {
		return
	}
	c := cells(line)
	start := min(max(int(at.Start.Column)-1, 0), len(c))
	end := len(c)
	if at.End.Line == at.Start.Line {
		end = min(int(at.End.Column)-1, len(c))
	}
	end = max(end, start)
	from, to := window(c, start, end, cmp.Or(t.o.Width, fileWidth)-margin-3)
	before, marked := 0, 0
	var b strings.Builder
	if from > 0 {
		b.WriteString("…")
		before = 1
	}
	for i := from; i < to; i++ {
		b.WriteString(c[i].text)
		switch {
		case i < start:
			before += c[i].width
		case i < end:
			marked += c[i].width
		}
	}
	if to < len(c) {
		b.WriteString("…")
	}
	shown := strings.TrimRight(b.String(), " ")
	bar := t.color("34", "|")
	fmt.Fprintf(t.w, "%*d %s %s\n", margin, at.Start.Line, bar, shown)
	fmt.Fprintf(t.w, "%*s %s %s%s\n", margin, "", bar, strings.Repeat(" ", before), t.color(v.style(), strings.Repeat("^", max(marked, 1))))
}

// line is the text of the line on which a range starts.
func (t *textWriter) line(at Range) ([]byte, bool) {
	if t.sources == nil || at.Start.Line < 1 {
		return nil, false
	}
	lines, ok := t.lines[at.File]
	if !ok {
		if src := t.sources(at.File); src != nil {
			lines = bytes.Split(src, []byte{'\n'})
		}
		t.lines[at.File] = lines
	}
	if at.Start.Line > len(lines) {
		return nil, false
	}
	return bytes.TrimSuffix(lines[at.Start.Line-1], []byte{'\r'}), true
}

// cell is one character as a terminal shows it.
type cell struct {
	text  string
	width int // in columns: Han 2, Latin 1, combining marks 0
}

// tabStop is the distance of tab stops in excerpts; tabs are written as spaces, since the terminal's stops would count
// from its own left edge.
const tabStop = 4

func cells(line []byte) []cell {
	out := make([]cell, 0, len(line))
	column := 0
	for _, r := range string(line) {
		c := cell{string(r), columns(r)}
		switch {
		case r == '\t':
			c.width = tabStop - column%tabStop
			c.text = strings.Repeat(" ", c.width)
		case !visible(r):
			c = cell{"?", 1}
		}
		column += c.width
		out = append(out, c)
	}
	return out
}

// columns is the display width of a character: East Asian wide and full-width ones take two columns (UAX #11), and
// the ambiguous ones one, as terminals show them now.
func columns(r rune) int {
	if unicode.In(r, unicode.Mn, unicode.Me) {
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}

// Columns is the width of s in columns of a terminal.
func Columns(s string) int {
	n := 0
	for _, r := range s {
		n += columns(r)
	}
	return n
}

// visible reports whether r may go to a terminal as it is: control characters could drive it, and format characters
// would hide what the message speaks of.
func visible(r rune) bool {
	return !unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) && r != unicode.ReplacementChar
}

// Printable is s with what must not reach a terminal replaced: line feeds too, so that it stays on its line.
func Printable(s string) string {
	return strings.Map(func(r rune) rune {
		if !visible(r) {
			return '?'
		}
		return r
	}, s)
}

// window picks the characters [from, to) of a line that show the marked ones in limit columns.
func window(c []cell, start, end, limit int) (from, to int) {
	total := 0
	for _, x := range c {
		total += x.width
	}
	if limit < 20 || total <= limit { // narrower than 20 columns nothing can be read anyway
		return 0, len(c)
	}
	limit -= 2 // an ellipsis on both sides
	used := 0
	from, to = start, start
	for to < len(c) && to < max(end, start+1) && used+c[to].width <= limit {
		used += c[to].width
		to++
	}
	for grown := true; grown; {
		grown = false
		if from > 0 && used+c[from-1].width <= limit {
			from--
			used += c[from].width
			grown = true
		}
		if to < len(c) && used+c[to].width <= limit {
			used += c[to].width
			to++
			grown = true
		}
	}
	return from, to
}
