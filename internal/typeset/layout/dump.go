package layout

import (
	"fmt"
	"strings"

	"yusuan/internal/typeset/page"
)

// Dump prints pages as text, one item per line with its place in points, for golden tests and for finding out why
// something stands where it stands.
func Dump(d *page.Document) string {
	var b strings.Builder
	for i := range d.Pages {
		p := &d.Pages[i]
		fmt.Fprintf(&b, "page %d %q %s×%s%s\n", i, p.Label, p.Width, p.Height, mention(p.Turned, " turned"))
		for k := range p.Texts {
			t := &p.Texts[k]
			end := t.X
			for _, a := range t.Advances {
				end += a
			}
			fmt.Fprintf(&b, "  text%s %s,%s …%s %s %s [%d] %s\n", mention(t.Upright, " upright"), t.X, t.Y, end, t.Face.Name(), t.Size, t.Elem, t.Text)
		}
		for _, r := range p.Rules {
			fmt.Fprintf(&b, "  rule %s,%s %s×%s\n", r.X, r.Y, r.W, r.H)
		}
		for k := range p.Paths {
			b.WriteString(dumpPath(&p.Paths[k]))
		}
		for _, k := range p.Links {
			fmt.Fprintf(&b, "  link %s,%s %s×%s → page %d %s [%d] %s\n", k.X, k.Y, k.W, k.H, k.Page, k.TargetY, k.Elem, k.Contents)
		}
	}
	depth := make([]int, len(d.Elems))
	for i := range d.Elems {
		e := &d.Elems[i]
		if i > 0 {
			depth[i] = depth[e.Parent] + 1
		}
		fmt.Fprintf(&b, "%s[%d] %s", strings.Repeat("  ", depth[i]), i, e.Kind)
		if e.Scope != page.NoScope {
			fmt.Fprintf(&b, " %s", e.Scope)
		}
		if e.ColSpan > 1 || e.RowSpan > 1 {
			fmt.Fprintf(&b, " %d×%d", max(e.ColSpan, 1), max(e.RowSpan, 1))
		}
		if len(e.Headers) > 0 {
			fmt.Fprintf(&b, " of %v", e.Headers)
		}
		if e.Label != nil {
			dumpLabel(&b, e.Label)
		}
		b.WriteByte('\n')
	}
	for _, m := range d.Bookmarks {
		fmt.Fprintf(&b, "bookmark %d %q page %d %s\n", m.Level, m.Title, m.Page, m.Y)
	}
	return b.String()
}

func dumpLabel(b *strings.Builder, l *page.Label) {
	if l.Title != "" {
		fmt.Fprintf(b, " %q", l.Title)
	}
	if x := l.Box; x != nil {
		fmt.Fprintf(b, " page %d %s,%s %s×%s", x.Page, x.X, x.Y, x.W, x.H)
	}
	if l.Alt != "" {
		fmt.Fprintf(b, " alt %q", l.Alt)
	}
}

// dumpPath writes a path as PDF and SVG do: m, l, c before each point.
func dumpPath(p *page.Path) string {
	var b strings.Builder
	fmt.Fprintf(&b, "  path #%02X%02X%02X [%d]", p.Color.R, p.Color.G, p.Color.B, p.Elem)
	for i := range p.Segments {
		s := &p.Segments[i]
		fmt.Fprintf(&b, " %c", "mlc"[s.Step])
		if s.Step == page.Curve {
			fmt.Fprintf(&b, " %s,%s %s,%s", s.C[0].X, s.C[0].Y, s.C[1].X, s.C[1].Y)
		}
		fmt.Fprintf(&b, " %s,%s", s.To.X, s.To.Y)
	}
	return b.String() + "\n"
}

func mention(set bool, word string) string {
	if set {
		return word
	}
	return ""
}
