package stated

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"yusuan/internal/diag"
	"yusuan/internal/pack"
	"yusuan/internal/prose"
	"yusuan/internal/read/paper"
	"yusuan/internal/recognise"
)

// Nameless is the name of a department that a document does not name.
const Nameless = "（文件里没有读到部门名称）"

// department types department.toml: who made the document, for which year, with which units; last year's figures.
func (x *typist) department() {
	const width = len("short_name")
	p := x.page("department.toml")
	p.line("# 一份已经成文的部门预算，由程序从文件里读出：只有印出的表和文字，没有明细。")
	p.line("# 文件里没有印的（部门代码、公开日期、单位性质）不写，与它们有关的规则不核对。")
	p.line("")
	start := p.b.Len()
	p.line("[department]")
	p.note(start, origin{printed: diag.Printed{Page: max(x.f.Name.At.Page, x.f.Year.At.Page)}, at: some(x.f.Name.At), whole: true})
	x.year(p, width)
	who := x.who()
	if who.code != "" {
		p.text("code", width, who.code, said(who.codeAt))
	}
	name := x.f.Name.Value
	if inLine(name) == "" {
		p.remark(true, "文件里没有读到部门名称")
		name = Nameless
	}
	p.text("name", width, name, said(x.f.Name.At))
	if who.short != "" && who.short != name {
		p.text("short_name", width, who.short, said(who.codeAt))
	}
	p.text("template", width, x.o.Template, origin{at: some(x.f.Name.At)})
	x.date(p, width)
	for _, u := range who.units {
		p.line("")
		p.line("[[unit]]")
		p.text("code", width, u.code, said(u.at))
		p.text("name", width, u.name, said(u.at))
	}
	x.prior(p)
	p.done()
}

func said(at paper.Place) origin {
	return origin{printed: diag.Printed{Page: at.Page}, at: some(at)}
}

func some(at paper.Place) []paper.Place {
	if at == (paper.Place{}) {
		return nil
	}
	return []paper.Place{at}
}

func (x *typist) year(p *page, width int) {
	year := x.f.Year.Value
	if year == 0 {
		p.remark(true, "文件里没有读到年度，暂按模板的年度")
		year = x.f.Pack.LastYear
	}
	from := p.b.Len()
	p.line("%-*s = %d", width, "year", year)
	p.note(from, said(x.f.Year.At))
}

// day finds when a document was published, as its cover prints it: 2026年2月, 二〇二六年二月十日.
var day = regexp.MustCompile(`^((?:19|20)\d\d|二[〇○零Oo0][一二三四五六七八九〇○零]{2})年(\d{1,2}|[一二三四五六七八九十]{1,3})月(?:(\d{1,2}|[一二三四五六七八九十]{1,3})日)?$`)

// date types the day that stands alone on a line of the cover. Of a month it is the last day.
func (x *typist) date(p *page, width int) {
	for i := range x.d.Blocks {
		t := x.d.Blocks[i].Text
		if t == nil || i > 40 || onlyHead.MatchString(prose.Squeeze(t.Text)) {
			if t == nil || i > 40 {
				continue
			}
			return
		}
		m := day.FindStringSubmatch(prose.Squeeze(mended(t.Text)))
		if m == nil {
			continue
		}
		when, month := dayOf(m)
		if when.IsZero() {
			continue
		}
		if month {
			p.remark(true, "封面只印到月，按这个月的最后一天")
		}
		from := p.b.Len()
		p.line("%-*s = %s", width, "date", when.Format("2006-01-02"))
		p.note(from, origin{printed: diag.Printed{Page: firstPage(places(t)), Section: "封面"}, at: places(t), whole: true})
		return
	}
}

// dayOf is the day of a match, zero for none; month says that no day of the month is printed.
func dayOf(m []string) (when time.Time, month bool) {
	year, mon, d := numeral(m[1]), numeral(m[2]), numeral(m[3])
	if mon < 1 || mon > 12 || d > 31 {
		return time.Time{}, false
	}
	if d == 0 {
		return time.Date(year, time.Month(mon)+1, 0, 0, 0, 0, 0, time.UTC), true
	}
	when = time.Date(year, time.Month(mon), d, 0, 0, 0, 0, time.UTC)
	if when.Day() != d {
		return time.Time{}, false
	}
	return when, false
}

// numeral is a number in digits or in Han characters, 0 for "".
func numeral(s string) int {
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	if strings.Contains(s, "十") {
		tens, ones, _ := strings.Cut(s, "十")
		n := numeral(ones)
		if tens == "" {
			return n + 10
		}
		return n + 10*numeral(tens)
	}
	n := 0
	for _, r := range s {
		d := strings.IndexRune("〇一二三四五六七八九", r)
		if d < 0 {
			d = 0
		}
		n = n*10 + d/len("一")
	}
	return n
}

// unitRow is a unit that a table lists.
type unitRow struct {
	code, name string
	at         paper.Place
}

// identity is what the tables say of the department and its units.
type identity struct {
	code, short string
	codeAt      paper.Place
	units       []unitRow
}

// who reads the first table that lists the units by their codes, one of which may be the department's.
func (x *typist) who() (out identity) {
	out.code, out.codeAt = inLine(x.f.Code.Value), x.f.Code.At
	for _, t := range x.f.Tables {
		if t.Spec == nil || !unitsOf(t.Spec) {
			continue
		}
		rows := listed(t)
		whole := departmentOf(rows)
		if whole >= 0 {
			out.code, out.short, out.codeAt = rows[whole].code, rows[whole].name, rows[whole].at
			rows = slices.Delete(rows, whole, whole+1)
		}
		for _, u := range rows {
			if !slices.ContainsFunc(out.units, func(o unitRow) bool { return o.name == u.name }) {
				out.units = append(out.units, u)
			}
		}
		if len(out.units) > 0 {
			return out
		}
	}
	return out
}

// departmentOf is the row of the department, -1 for none: the one with a shorter code than all others, which begins theirs; not
// every place makes the codes of all units of it, so that being the first is enough.
func departmentOf(rows []unitRow) int {
	return slices.IndexFunc(rows, func(u unitRow) bool {
		begins := u == rows[0]
		for _, o := range rows {
			if o != u && len(o.code) <= len(u.code) {
				return false
			}
			begins = begins || o != u && strings.HasPrefix(o.code, u.code)
		}
		return len(rows) > 1 && begins
	})
}

// listed are the rows of a table of units that have a code and a name, each code once.
func listed(t *recognise.Table) (out []unitRow) {
	leaves := pack.Leaves(t.Spec.Columns)
	code := slices.IndexFunc(leaves, func(c *pack.Column) bool { return c.Field == "code" })
	name := slices.IndexFunc(leaves, func(c *pack.Column) bool { return c.Field == "name" })
	for _, r := range t.Rows {
		if code < 0 || name < 0 || max(code, name) >= len(r.Cells) {
			continue
		}
		u := unitRow{inLine(r.Cells[code].Text), inLine(r.Cells[name].Text), r.Cells[name].At}
		known := slices.ContainsFunc(out, func(o unitRow) bool { return o.code == u.code })
		if u.code != "" && u.name != "" && strings.Trim(u.code, "0123456789") == "" && !known {
			out = append(out, u)
		}
	}
	return out
}

// prior types last year's figures.
func (x *typist) prior(p *page) {
	if len(x.o.Prior) == 0 {
		return
	}
	width := 0
	for _, f := range x.o.Prior {
		width = max(width, len(f.Name))
	}
	p.line("")
	p.line("# 上年公开的文件里印的数，用来核对“比上年增加”")
	p.line("[prior]")
	p.line("year = %d", x.yearOf()-1)
	p.line("")
	p.line("[prior.figures]")
	for _, f := range x.o.Prior {
		from := p.b.Len()
		p.line("%-*s = %s", width, key(f.Name), f.Amount.String())
		p.note(from, origin{printed: f.Printed, at: f.At, last: true, whole: true})
	}
}

func (x *typist) yearOf() int {
	if x.f.Year.Value == 0 {
		return x.f.Pack.LastYear
	}
	return x.f.Year.Value
}

// key is a key of TOML, in quotation marks where it needs them.
func key(name string) string {
	if strings.ContainsFunc(name, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '_' || r == '-')
	}) {
		return fmt.Sprintf("%q", name)
	}
	return name
}
