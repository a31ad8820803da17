package tablebook

import (
	"slices"
	"strconv"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/money"
	"yusuan/internal/schedule"
)

// stated is what is stated and no sum of this year's lines: 上年数和填列数.
type stated struct {
	d      *schedule.Document
	folder string // that places are told from
	rows   []statedRow
	at     map[string]int // by what it is
}

// statedRow is an amount that somebody stated. Figure and part are what last year's amounts are called by.
type statedRow struct {
	kind, figure, part, title string
	amount                    money.Amount
	from                      string
}

// Names of the ranges that formulas ask of.
const (
	nameLastAmount = "上年金额"
	nameLastFigure = "上年指标"
	nameLastPart   = "上年部分"
)

// statedFirst is the row of the sheet that the first amount stands in, statedColumn its column.
const (
	statedFirst  = 4
	statedColumn = 6
)

// add is the cell of an amount, by what it is.
func (s *stated) add(key string, r statedRow) string {
	i, ok := s.at[key]
	if !ok {
		i = len(s.rows)
		s.at[key], s.rows = i, append(s.rows, r)
	}
	return quoted(StatedSheet) + "!" + fixed(statedColumn, statedFirst+i)
}

// told is the cell of an amount that the author states.
func (s *stated) told(title string, n *schedule.Number) string {
	from, key := "数据里没有单独的出处", title+"|"+n.Exact.String()
	if n.At != nil && !n.At.IsZero() {
		from = n.At.Below(s.folder)
		key = from + "|" + n.Exact.String()
	}
	return s.add("told|"+key, statedRow{kind: "填列数", title: title, amount: n.Exact, from: from})
}

// last is a formula for last year's amount of a figure, or of a part of one.
func (s *stated) last(figure, part string, exact money.Amount) string {
	entries := s.entries(figure, part)
	var sum money.Amount
	for _, k := range entries {
		sum = sum.Add(s.d.Prior.Amounts[k])
	}
	switch {
	case !sum.Equal(exact):
		return s.add("last|"+figure+"."+part+"|"+exact.String(), statedRow{kind: "上年数", figure: figure, part: part, title: s.title(figure, part), amount: exact, from: "由上年的数合计"})
	case len(entries) == 0:
		return "0"
	case len(entries) == 1:
		return s.entry(figure, entries[0])
	}
	for _, k := range s.entries(figure, "") {
		s.entry(figure, k)
	}
	formula := "SUMIFS(" + nameLastAmount + "," + nameLastFigure + `,"` + inQuotes(figure) + `"`
	if part == "" {
		return formula + ")"
	}
	return formula + "," + nameLastPart + `,"` + inQuotes(escaped(part)) + `*")`
}

// entries are the names of last year's amounts that one of a figure is made of, as schedules add them.
func (s *stated) entries(figure, part string) (out []string) {
	amounts := s.d.Prior.Amounts
	if f := s.d.Pack.Figures[figure]; f == nil || f.By == "" {
		if _, known := amounts[figure]; known {
			return []string{figure}
		}
		return nil
	}
	if _, known := amounts[figure+"."+part]; known && strings.Trim(part, "0123456789") != "" {
		return []string{figure + "." + part} // a name is no beginning of others
	}
	for k := range amounts {
		if strings.HasPrefix(k, figure+"."+part) {
			out = append(out, k)
		}
	}
	slices.Sort(out)
	return out
}

// entry is the cell of one of last year's amounts.
func (s *stated) entry(figure, key string) string {
	part := strings.TrimPrefix(strings.TrimPrefix(key, figure), ".")
	return s.add("last|"+key, statedRow{kind: "上年数", figure: figure, part: part, title: s.title(figure, part), amount: s.d.Prior.Amounts[key], from: s.from(key)})
}

// title is what people call a figure or a part of one.
func (s *stated) title(figure, part string) string {
	f := s.d.Pack.Figure(figure)
	if f == nil {
		return strings.Trim(figure+" "+part, " ")
	}
	if part == "" {
		return f.Title
	}
	dim, _ := budget.FindDimension(f.By)
	if t := s.d.Budget.Tree(dim); t != nil {
		if name := s.d.CodeName(*t, dim.View, part); name != "" {
			return f.Title + " · " + name
		}
	}
	return f.Title + " · " + part
}

// from is where last year's amount comes from.
func (s *stated) from(key string) string {
	if f := s.d.Pack.Figure(key); s.d.Prior.Last != nil && (f == nil || f.FromFolder()) {
		return "上年数据目录的合计"
	}
	if p := s.d.Budget.Facts.Prior; p != nil {
		for _, f := range p.Figures {
			if f.Key.V == key {
				return f.Value.At.Below(s.folder)
			}
		}
	}
	return ""
}

// statedSheet writes the sheet.
func (w *writer) statedSheet() error {
	rows := w.stated.rows
	if len(rows) == 0 {
		return nil
	}
	heads := []string{"序号", "种类", "指标", "部分", "名称", "金额（元）", "出处"}
	widths := []int{6, 10, 20, 14, 40, 20, 50}
	last := statedFirst + len(rows) - 1
	for k, name := range []string{nameLastFigure, nameLastPart, "", nameLastAmount} {
		if name == "" {
			continue
		}
		if err := w.named(name, StatedSheet, statedColumn-3+k, statedFirst, last); err != nil {
			return err
		}
	}
	r, err := w.plain(StatedSheet, "上年数和填列数：由人填列或者来自上年，不是本年明细的合计。单位：元", heads, widths, statedFirst, last)
	if err != nil {
		return err
	}
	r.heads(statedFirst-1, heads)
	for i, x := range rows {
		r.begin(len(heads))
		height := 0
		for k, v := range []string{strconv.Itoa(i + 1), x.kind, x.figure, x.part, x.title, x.amount.String(), x.from} {
			number := k == 0 || k == statedColumn-1
			if !number {
				height = max(height, heightOf(v, widths[k]*halfEm-2*padX-usualSize, usualSize))
			}
			r.cell(k+1, v, number, true)
		}
		r.end(statedFirst+i, height)
	}
	return r.flush()
}
