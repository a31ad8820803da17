package build

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"yusuan/internal/audit"
	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/leaves"
	"yusuan/internal/memfs"
	"yusuan/internal/pack"
	"yusuan/internal/prose"
	"yusuan/internal/renew"
	"yusuan/internal/schedule"
	"yusuan/internal/source"
)

// Regained is a data folder that was found for a finished document, and how what it prints agrees with what was printed.
type Regained struct {
	Files     []renew.File
	Agreement *Agreement
	// Work is what was made of the folder again; its Diags are those of the folder.
	Work *Work
}

// Regain finds a data folder for the finished document that a folder states, makes its tables again and compares. place says
// where on paper a stretch of what was typed stands; it may be nil.
func (s *Shared) Regain(w *Work, from string, place func(diag.Range) string) (*Regained, error) {
	out := &Regained{Files: leaves.Of(leaves.Input{Pack: w.Pack, Facts: w.Budget.Facts, Catalogue: w.Budget.Catalogue, Place: place, From: from})}
	const dir = "folder"
	files := map[string][]byte{}
	for _, f := range out.Files {
		files[path.Join(dir, f.Path)] = f.Data
	}
	var err error
	if out.Work, err = s.Check(Input{Data: memfs.Tree(files), Dir: dir, Template: w.in.Template}); err != nil {
		return nil, err
	}
	out.Agreement = Agree(w, out.Work)
	return out, nil
}

// Agreement is how the tables of a finished document agree with those that were made again.
type Agreement struct {
	// Unmade says that no tables could be made of the folder: nothing was compared.
	Unmade bool
	Agree  int
	Differ []Difference
	// Gone are numbers that are not printed again, New those that only the new tables print. Unread are printed numbers of rows that
	// were not understood, so that there is nothing to compare them with.
	Gone, New, Unread []Difference
}

// Difference is a number of which paper and the new tables say different things, "" for nothing.
type Difference struct {
	Name       string // 表3“201 一般公共服务支出”的合计
	Paper, Now string
	At         diag.Range // in what was typed
}

// Agree compares the stated tables of a finished document with the tables of a folder that was found for it.
func Agree(w, made *Work) *Agreement {
	a := &Agreement{Unmade: made.Numbers == nil}
	if a.Unmade {
		return a
	}
	var papers []*schedule.Printed
	var stated []*budget.StatedTable
	specs := audit.Specs(w.Pack, w.Budget.Facts)
	for i := range w.Budget.Facts.StatedTables {
		t := &w.Budget.Facts.StatedTables[i]
		if spec := specs[i]; spec != nil {
			papers, stated = append(papers, schedule.NewPrinted(spec, audit.Rows(t))), append(stated, t)
		}
	}
	r := schedule.NewReading(w.Pack, made.Budget, papers)
	for i, paper := range papers {
		a.table(r, stated[i], paper, made.Numbers.Table(paper.Table.ID))
	}
	return a
}

// madeTable is a table that was made again, by the keys and the places of its numbers.
type madeTable struct {
	printed, names map[string]string
	order          []string
	at             map[[2]int]string
	seen           map[string]bool
}

func newMadeTable(now *schedule.Schedule) *madeTable {
	m := &madeTable{map[string]string{}, map[string]string{}, nil, map[[2]int]string{}, map[string]bool{}}
	now.Each(func(ref schedule.Ref) {
		k := now.Key(ref)
		row, column := now.Place(ref)
		m.order, m.at[[2]int{row, column}] = append(m.order, k), k
		m.printed[k], m.names[k] = now.Printed(ref), now.Title(ref)
	})
	return m
}

func (a *Agreement) table(r *schedule.Reading, t *budget.StatedTable, paper *schedule.Printed, now *schedule.Schedule) {
	m := newMadeTable(now)
	leaves, places := pack.Leaves(paper.Table.Columns), audit.RowPlaces(t)
	for i := range paper.Rows {
		for _, f := range r.Read(paper, i) {
			for _, c := range f.Cells {
				if slices.ContainsFunc(t.Without, func(n source.Int) bool { return n.V == c.Column+1 }) {
					m.seen[f.Key(paper.Table.ID, c)] = true // the paper has no such column
					continue
				}
				text := ""
				if c.Column < len(paper.Rows[i]) {
					text = paper.Rows[i][c.Column]
				}
				d := Difference{Name: fmt.Sprintf("%s第%d行%s第%d列", t.Name(), i+1, diag.Quote(f.Label), c.Column+1), Paper: text, At: places[i]}
				if f.Unread == "" {
					a.number(m, d, f.Key(paper.Table.ID, c), leaves[c.Leaf])
				} else if k := m.at[[2]int{i, c.Column}]; same(text, m.printed[k], leaves[c.Leaf]) { // what stands in its place will do
					a.number(m, d, k, leaves[c.Leaf])
				} else if d.Now = f.Unread; text != "" {
					a.Unread = append(a.Unread, d)
				}
			}
		}
	}
	for _, k := range m.order {
		if v := m.printed[k]; !m.seen[k] && v != "" {
			a.New = append(a.New, Difference{Name: m.names[k], Now: v, At: t.At})
		}
	}
}

// number compares a number on paper with the one of its key.
func (a *Agreement) number(m *madeTable, d Difference, k string, l *pack.Column) {
	v, there := m.printed[k]
	m.seen[k] = true
	switch d.Now = v; {
	case same(d.Paper, v, l):
		if d.Paper != "" || v != "" {
			a.Agree++
		}
	case !there || v == "":
		a.Gone = append(a.Gone, d)
	default:
		a.Differ = append(a.Differ, d)
	}
}

// Numbers is how many numbers the paper prints.
func (a *Agreement) Numbers() int { return a.Agree + len(a.Differ) + len(a.Gone) + len(a.Unread) }

// Whole reports whether the new tables print what the paper prints, and nothing else. Where nothing was compared they do not.
func (a *Agreement) Whole() bool { return a.Agree > 0 && a.Agree == a.Numbers() && len(a.New) == 0 }

// Text is the agreement for people: the counts, then every number that does not agree. place is where on paper a number stands; it
// may be nil.
func (a *Agreement) Text(place func(diag.Range) string) string {
	switch {
	case a.Unmade:
		return "读出的数据还编不成表，没有与原件比较：先照 yusuan check 报的改\n"
	case a.Numbers()+len(a.New) == 0:
		return "原件的表没有认得的数，没有可比较的\n"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "用读出的数据重新编出各表，与原件逐格比较：原件 %d 个数，一致 %d 个", a.Numbers(), a.Agree)
	if a.Whole() {
		return b.String() + "，全部一致。\n"
	}
	for _, x := range []struct {
		list []Difference
		what string
	}{{a.Differ, "不一致"}, {a.Gone, "没有重新印出"}, {a.Unread, "所在的行没有读懂"}} {
		if len(x.list) > 0 {
			fmt.Fprintf(&b, "，%s %d 个", x.what, len(x.list))
		}
	}
	if len(a.New) > 0 {
		fmt.Fprintf(&b, "；原件没有而新印出的 %d 个", len(a.New))
	}
	b.WriteString("。\n")
	list := func(title string, of []Difference, line func(d Difference) string) {
		if len(of) > 0 {
			b.WriteString("\n" + title + "\n")
		}
		for _, d := range of {
			where := d.Name
			if place != nil && d.Paper != "" {
				where = cmp.Or(place(d.At), where)
			}
			b.WriteString("  " + where + "：" + line(d) + "\n")
		}
	}
	list("不一致的：", a.Differ, func(d Difference) string {
		return "原件 " + cmp.Or(d.Paper, "空") + "，重新编出 " + cmp.Or(d.Now, "空")
	})
	list("没有重新印出的：", a.Gone, func(d Difference) string { return "原件 " + d.Paper })
	list("所在的行没有读懂，没有比较的：", a.Unread, func(d Difference) string { return "原件 " + d.Paper + "（" + d.Now + "）" })
	list("原件没有而新印出的：", a.New, func(d Difference) string { return "重新编出 " + d.Now })
	return b.String()
}

// same reports whether two cells print one number; what prints nothing prints zero.
func same(a, b string, l *pack.Column) bool {
	if a == b {
		return true
	}
	n := func(s string) (string, bool) {
		s = strings.TrimSpace(s)
		if s == "" || s == "-" || s == "—" {
			return "0", true
		}
		q := prose.Quantities(s)
		if len(q) != 1 || q[0].End-q[0].Start != len(s) {
			return s, false
		}
		return q[0].In(l.Format.Unit).String(), true
	}
	x, okX := n(a)
	y, okY := n(b)
	return okX && okY && x == y
}
