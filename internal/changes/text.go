package changes

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"yusuan/internal/compare"
	"yusuan/internal/diag"
)

// Options say how much a summary tells.
type Options struct {
	Most int    // of each list; 0 for all
	More string // where the rest is: ；全部列出加 --all
}

// Text writes the comparison for people: the totals, then what moved them, each with where it shows, then the texts and rows.
// What the program or the template brought stands apart, after what the author changed.
func (r *Report) Text(w io.Writer, o Options) error {
	p := &printer{r: r, o: o}
	p.head()
	switch {
	case r.Same() && len(r.Causes) == 0:
		p.line("没有不同：印出的数、文字、行都一样，填报的也一样。")
	case r.Same():
		p.causes()
		p.line("")
		p.line("印出的数、文字、行都一样。")
	default:
		p.totals()
		p.causes()
		p.unlaid()
		p.texts()
		p.rows()
		p.numbers()
		p.apart()
	}
	_, err := io.WriteString(w, p.b.String())
	return err
}

// Brief writes the totals and the causes alone.
func (r *Report) Brief(w io.Writer, o Options) error {
	p := &printer{r: r, o: o}
	if r.Same() && len(r.Causes) == 0 {
		p.line("与 %s 相比没有不同。", r.Old.Name)
	} else {
		p.line("与 %s 相比：", r.Old.Name)
		p.notes()
		p.totals()
		p.causes()
		var all counted
		r.effects(func(kind int, x effect) { all.add(kind, x) })
		if all.any() && len(p.r.Causes) != 1 {
			p.line("")
			p.line("共 %s", all.String())
		}
	}
	_, err := io.WriteString(w, p.b.String())
	return err
}

// printer writes a summary. What comes of files is made harmless.
type printer struct {
	r *Report
	o Options
	b strings.Builder
}

func (p *printer) line(format string, args ...any) {
	for i, x := range args {
		if s, ok := x.(string); ok {
			args[i] = diag.Printable(strings.ReplaceAll(s, "\n", "↵"))
		}
	}
	p.b.WriteString(strings.TrimRight(fmt.Sprintf(format, args...), " ") + "\n")
}

func (p *printer) head() {
	o, n := &p.r.Old, &p.r.New
	p.line("原：%s（%s）", o.Name, Named(o))
	p.line("现：%s（%s）", n.Name, Named(n))
	p.notes()
}

func (p *printer) notes() {
	for _, s := range p.r.Notes {
		p.line("注意：%s", s)
	}
}

// total is a row of the table of totals.
type total [5]string

// totals are those that changed, and the first of all.
func (p *printer) totals() {
	rows := []total{{"", "原（元）", "现（元）", "相差（元）", ""}}
	for i := range p.r.Totals {
		if t := &p.r.Totals[i]; i == 0 || Changed(t) {
			rows = append(rows, totalRow(t))
		}
	}
	if len(rows) == 1 {
		return
	}
	var widest [5]int
	for _, r := range rows {
		for k, s := range r {
			widest[k] = max(widest[k], diag.Columns(s))
		}
	}
	p.line("")
	for _, r := range rows {
		s := "  " + diag.Printable(r[0]) + strings.Repeat(" ", widest[0]-diag.Columns(r[0]))
		for k := 1; k < len(r); k++ {
			s += "  " + strings.Repeat(" ", widest[k]-diag.Columns(r[k])) + r[k]
		}
		p.b.WriteString(strings.TrimRight(s, " ") + "\n")
	}
}

func totalRow(t *compare.Total) total {
	row := total{strings.Repeat("  ", t.Of) + t.Name, "没有", "没有", "", ""}
	if t.HasOld {
		row[1] = amount(t.Old)
	}
	if t.HasNew {
		row[2] = amount(t.New)
	}
	switch {
	case !Changed(t):
		row[3] = "不变"
	case t.HasOld && t.HasNew:
		row[3], row[4] = by(t.New.Sub(t.Old)), rate(t.Old, t.New)
	}
	return row
}

// Changed reports whether a total is another.
func Changed(t *compare.Total) bool { return t.HasOld != t.HasNew || !t.Old.Equal(t.New) }

// bounded calls fn for the first of a list and says how many are left.
func (p *printer) bounded(n int, unit string, fn func(i int)) {
	for i := range n {
		if p.o.Most > 0 && i == p.o.Most {
			p.line("  ……还有 %d %s%s", n-i, unit, p.o.More)
			return
		}
		fn(i)
	}
}

// mine are the places in a list of those that the facts brought.
func mine(n int, class func(i int) compare.Class) (out []int) {
	for i := range n {
		if class(i) == compare.ByFacts {
			out = append(out, i)
		}
	}
	return out
}

func (p *printer) texts() {
	r := p.r
	list := mine(len(r.Sentences), func(i int) compare.Class { return r.Sentences[i].Class })
	p.list("文字变动", "处", len(list), func(i int) { p.sentence(list[i]) })
}

// list writes a list with its title.
func (p *printer) list(title, unit string, n int, fn func(i int)) {
	if n == 0 {
		return
	}
	p.line("")
	p.line("%s %d %s", title, n, unit)
	p.bounded(n, unit, fn)
}

func (p *printer) sentence(i int) {
	s := &p.r.Sentences[i]
	p.line("  %s%s", joined(s.Part, s.Place), p.behind(s.Causes, of(p.r.Pages.Sentences, i)))
	most := 0
	if p.o.Most > 0 {
		most = longest
	}
	p.line("     %s", Marked(s.Pieces, around, most))
}

// joined are the parts of a place.
func joined(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " · ")
}

// mostRanges is how many of many causes are named.
const mostRanges = 5

// behind is what brought an effect and where it is. Where there is one cause, all are of it.
func (p *printer) behind(causes []int, pages []Page) string {
	var out []string
	switch list := ranges(causes); {
	case len(causes) == 0 || len(p.r.Causes) == 1:
	case p.o.Most > 0 && len(list) > mostRanges:
		out = append(out, fmt.Sprintf("改动 %s……共 %d 处", strings.Join(list[:mostRanges], "、"), len(causes)))
	default:
		out = append(out, "改动 "+strings.Join(list, "、"))
	}
	if s := PagesTold(pages); s != "" {
		out = append(out, s)
	}
	if len(out) == 0 {
		return ""
	}
	return "（" + strings.Join(out, "，") + "）"
}

// around is how many characters are shown on either side of a change.
const around = 16

// Marked is a text with its changes: 【删：749.64】【增：750.64】. Of what is the same as much is shown on either side as leads to
// them; of what changed so many characters at most, 0 for all.
func Marked(pieces []compare.Piece, context, most int) string {
	var b strings.Builder
	changed := func(sign, s string) {
		if most > 0 {
			s = cutOff(s, most)
		}
		b.WriteString("【" + sign + "：" + s + "】")
	}
	for i, x := range pieces {
		switch x.Kind {
		case compare.Gone:
			changed("删", x.Text)
		case compare.New:
			changed("增", x.Text)
		default:
			b.WriteString(elided(x.Text, i > 0, i < len(pieces)-1, context))
		}
	}
	return b.String()
}

// elided is what of a text stands next to changes before and behind it.
func elided(s string, before, behind bool, context int) string {
	r := []rune(s)
	keep := 0
	if before {
		keep += context
	}
	if behind {
		keep += context
	}
	if len(r) <= keep+1 {
		return s
	}
	head, tail := "", ""
	if before {
		n := context
		for n < len(r) && inNumber(r[n]) && inNumber(r[n-1]) {
			n++
		}
		head = string(r[:n])
	}
	if behind {
		n := len(r) - context
		for n > 0 && inNumber(r[n]) && inNumber(r[n-1]) {
			n--
		}
		tail = string(r[n:])
	}
	if len(head)+len(tail) >= len(s) {
		return s
	}
	return head + "…" + tail
}

// inNumber reports whether a character may be of a number, which is shown whole.
func inNumber(c rune) bool { return c >= '0' && c <= '9' || strings.ContainsRune(".,%", c) }

func (p *printer) rows() {
	r := p.r
	rows := mine(len(r.Rows), func(i int) compare.Class { return r.Rows[i].Class })
	parts := mine(len(r.Parts), func(i int) compare.Class { return r.Parts[i].Class })
	p.list("增减的行、段、表", "处", len(rows)+len(parts), func(i int) {
		if i < len(parts) {
			p.part(parts[i])
		} else {
			p.row(rows[i-len(parts)])
		}
	})
}

// wholes are what parts are called.
var wholes = [...]string{compare.InTable: "整张表", compare.InForm: "整张表单", compare.InChart: "整张图", compare.InText: "整段"}

func (p *printer) part(i int) {
	x := &p.r.Parts[i]
	p.line("  %s%s“%s”%s", verb(x.Change), wholes[x.Where], x.Title, p.behind(x.Causes, of(p.r.Pages.Parts, i)))
}

func (p *printer) row(i int) {
	x := &p.r.Rows[i]
	what := verb(x.Change) + "一行“" + x.Name + "”"
	if x.Change == compare.Altered {
		what = "一行“" + x.Old + "”改称“" + x.Name + "”"
	}
	p.line("  %s：%s%s", x.Part, what, p.behind(x.Causes, of(p.r.Pages.Rows, i)))
}
