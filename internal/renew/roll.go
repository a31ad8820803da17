// Package renew makes the data folder of a new year: from last year's, or from nothing but a template pack.
//
// It writes TOML for people to fill in: words of last year stay and are marked 【请核对】, amounts become "请填", which
// yusuan check reports one by one until they are filled.
package renew

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/money"
	"yusuan/internal/pack"
	"yusuan/internal/source"
)

// Marks in the files, for people.
const (
	review = source.Review
	fill   = source.Unfilled
)

// File is a file of the new folder.
type File struct {
	Path string // below the folder, with forward slashes
	Data []byte
}

// Last is last year's data, free of errors.
type Last struct {
	Dir    string // the folder, which paths of Files begin with
	Files  []*source.File
	Budget *budget.Budget
	Pack   *pack.Pack
	Prior  map[string]money.Amount // its figures by the names of [prior.figures]
	// Templates are the packs of next year's document by those of last year's, where they are others.
	Templates map[string]string
}

// Roll makes next year's files of last year's: comments and words stay, dates go a year on, amounts are cleared, and
// last year's figures become those to compare with. The files come in the order of their paths. What they are for decides where
// marks stand: a workbook shows the remark of a row, and none of its values.
func Roll(last *Last, workbook bool) []File {
	var out []File
	year := last.Budget.Facts.Department.Year.V
	for _, f := range last.Files {
		r := roller{f: leavePaper(f, year), year: year, workbook: workbook, templates: last.Templates}
		if text := r.roll(); text != "" {
			out = append(out, markRows(File{strings.TrimPrefix(strings.TrimPrefix(f.Path, last.Dir), "/"), []byte(text)}, year, workbook))
		}
	}
	name := "prior.toml"
	for n := 2; slices.ContainsFunc(out, func(f File) bool { return f.Path == name }); n++ {
		name = fmt.Sprintf("prior-%d.toml", n)
	}
	out = append(out, File{name, []byte(last.prior())})
	slices.SortFunc(out, func(a, b File) int { return cmp.Compare(a.Path, b.Path) })
	return out
}

// gone are the tables that do not go along: last year's comparisons are replaced, assertions were about its figures.
var gone = []string{"prior", "history", "stated", "stated_table", "stated_text"}

// amounts are the keys whose numbers are this year's. Counts of assets are among them.
var amounts = []string{"amount", "personnel", "public", "in", "out", "count", "bought"}

// words are the keys whose texts are likely to change from year to year. All texts in the tables text and fields are.
var words = []string{"duties", "tasks", "institutions", "purpose", "use", "value", "last", "before_last", "basis", "text"}

// edit replaces a stretch of the text.
type edit struct {
	start, end int
	text       string
}

type roller struct {
	f     *source.File
	year  int
	edits []edit

	workbook  bool
	templates map[string]string
}

// roll returns the file's new text, "" when nothing of it is left.
func (r *roller) roll() string {
	removed := r.remove()
	left := false
	for _, l := range r.f.Leaves() {
		if slices.ContainsFunc(removed, func(e edit) bool { return e.start <= l.Start && l.Start < e.end }) {
			continue
		}
		left = left || len(l.Path) > 1 || l.Path[0] != source.AmountUnit
		r.leaf(l)
	}
	if !left {
		return ""
	}
	r.edits = append(r.edits, removed...)
	slices.SortStableFunc(r.edits, func(a, b edit) int { return cmp.Compare(a.start, b.start) })
	var b strings.Builder
	fmt.Fprintf(&b, "# %s本文件由%d年的数据转来：文字照旧，标有%s的逐处核对后删去标记；金额已清空，写着“%s”的逐个填写。\n", review, r.year, review, fill)
	at := 0
	for _, e := range r.edits {
		if e.start < at {
			continue // within a stretch that is replaced
		}
		b.Write(r.f.Source[at:e.start])
		b.WriteString(e.text)
		at = e.end
	}
	b.Write(r.f.Source[at:])
	return b.String()
}

// remove finds the stretches of tables that do not go along: from the header to the next one.
func (r *roller) remove() []edit {
	headers := r.f.Headers()
	slices.SortFunc(headers, func(a, b source.Header) int { return cmp.Compare(a.Start, b.Start) })
	var out []edit
	for i, h := range headers {
		if !slices.Contains(gone, h.Path[0]) {
			continue
		}
		end := len(r.f.Source)
		if i+1 < len(headers) {
			end = r.commentsBefore(headers[i+1].Start)
		}
		out = append(out, edit{start: r.commentsBefore(h.Start), end: max(end, h.Start)})
	}
	return out
}

// commentsBefore goes back from a header over the comment lines that stand directly above it.
func (r *roller) commentsBefore(at int) int {
	start := r.lineStart(at)
	for start > 0 {
		above := r.lineStart(start - 1)
		if !strings.HasPrefix(strings.TrimSpace(string(r.f.Source[above:start])), "#") {
			break
		}
		start = above
	}
	return start
}

func (r *roller) lineStart(at int) int {
	return strings.LastIndexByte(string(r.f.Source[:at]), '\n') + 1
}

// leaf decides what becomes of one value.
func (r *roller) leaf(l source.Leaf) {
	key := l.Path[len(l.Path)-1]
	old := string(r.f.Source[l.Start:l.End])
	switch {
	case dated(l.Path):
		year := strconv.Itoa(r.year)
		if key == "assets_as_of" {
			year = strconv.Itoa(r.year - 1)
		}
		r.replace(l, strings.Replace(old, year, next(year), 1))
	case cleared(l.Path):
		r.replace(l, `"`+fill+`"`)
	case l.Path[0] == "department" && (key == "template" || key == "template_unit"):
		if next := r.templates[strings.Trim(old, `"'`)]; next != "" {
			r.replace(l, strconv.Quote(next))
		}
	}
	if reviewed(l.Path, l.Text) {
		r.mark(l)
	}
}

func next(year string) string {
	n, _ := strconv.Atoi(year) // made by Itoa
	return strconv.Itoa(n + 1)
}

func (r *roller) replace(l source.Leaf, text string) {
	r.edits = append(r.edits, edit{l.Start, l.End, text})
}

// mark asks for review: at the end of the line where the value stands on one, else on a line above it.
func (r *roller) mark(l source.Leaf) {
	src := string(r.f.Source)
	if l.Inline || r.workbook {
		return // a comment within braces is not TOML: markRows
	}
	if !strings.Contains(src[l.Start:l.End], "\n") {
		end := len(src)
		if i := strings.IndexByte(src[l.End:], '\n'); i >= 0 {
			end = l.End + i
		}
		if end > l.End && src[end-1] == '\r' {
			end--
		}
		note := "  # " + review
		switch remark := src[l.End:end]; {
		case strings.Contains(remark, review):
			return // asked already
		case strings.Contains(remark, "#"):
			note = review
		}
		r.edits = append(r.edits, edit{end, end, note})
		return
	}
	start := r.lineStart(l.Start)
	if strings.HasSuffix(strings.TrimRight(src[:start], "\r\n"), review) {
		return
	}
	r.edits = append(r.edits, edit{start, start, "# " + review + "\n"})
}

// prior writes the file of figures to compare with.
func (last *Last) prior() string {
	d := &last.Budget.Facts.Department
	var b strings.Builder
	fmt.Fprintf(&b, `# 上年数和近年收支
# 由%d年的数据算出，不用改。上年的文件夹在旁边时，比较用那里的数，这里的数与它核对。

amount_unit = "元"

[prior]
year = %d

[prior.figures]
`, d.Year.V, d.Year.V)
	names := make([]string, 0, len(last.Prior))
	for name := range last.Prior {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		base, _, _ := strings.Cut(name, ".")
		title := ""
		if f := last.Pack.Figures[base]; f != nil {
			title = f.Title
		}
		fmt.Fprintf(&b, "%s = %s   # %s\n", bareOrQuoted(name), last.Prior[name], title)
	}
	last.history(&b)
	return b.String()
}

// asksHistory reports whether the pack prints what a department had so many years ago.
func (last *Last) asksHistory(years int) bool {
	return slices.ContainsFunc(tableOf("history").Fields, func(f budget.Field) bool { return last.Pack.Prints(fmt.Sprintf("history[%d].%s", years, f.Key)) })
}

// history adds the last year, where there was a history or the pack asks for one. Of several years the oldest goes.
func (last *Last) history(b *strings.Builder) {
	facts := last.Budget.Facts
	if len(facts.History) == 0 && !last.asksHistory(1) && !last.asksHistory(2) {
		return
	}
	b.WriteString("\n# 近年收支\n")
	entry := func(year int, basic, project, fiscal money.Amount, hasFiscal bool) {
		fmt.Fprintf(b, "[[history]]\nyear    = %d\nbasic   = %s\nproject = %s\n", year, basic, project)
		if hasFiscal {
			fmt.Fprintf(b, "fiscal  = %s\n", fiscal)
		}
		b.WriteByte('\n')
	}
	kept := facts.History
	if len(kept) > 1 {
		kept = kept[1:]
	}
	if before := facts.Department.Year.V - 1; last.asksHistory(2) && !slices.ContainsFunc(kept, func(h budget.History) bool { return h.Year.V == before }) {
		fmt.Fprintf(b, "# %d年的，%d年的数据里没有，照那一年公开的填；去掉行首的 # 再填\n# [[history]]\n# year    = %d\n# basic   = %q\n# project = %q\n\n",
			before, before+1, before, fill, fill)
	}
	for _, h := range kept {
		entry(h.Year.V, h.Basic.Amount, h.Project.Amount, h.Fiscal.Amount, h.Fiscal.Set)
	}
	sum := func(query string) money.Amount {
		q, err := budget.ParseQuery(query)
		if err != nil {
			panic(err) // the queries below are constants
		}
		return last.Budget.Sum(q)
	}
	basic, project, fiscal := sum("kind=基本支出"), sum("kind=项目支出"), sum("fund=财政拨款")
	entry(facts.Department.Year.V, basic, project, fiscal, !fiscal.Equal(basic.Add(project)))
}

// bareOrQuoted writes a key.
func bareOrQuoted(key string) string {
	for _, c := range key {
		if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-') {
			return strconv.Quote(key)
		}
	}
	return key
}

// Folders is the year and the code that a path such as data/2027/338 names; year is 0 when it names none.
func Folders(dir string) (year int, code string) {
	code = path.Base(dir)
	if y, err := strconv.Atoi(path.Base(path.Dir(dir))); err == nil && y >= 2000 && y < 2200 {
		year = y
	}
	return year, code
}
