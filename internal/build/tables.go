package build

import (
	"iter"
	"slices"

	"yusuan/internal/archive"
	"yusuan/internal/doc"
	"yusuan/internal/money"
	"yusuan/internal/schedule"
)

// packTables are the tables of the pack that the document prints, each once and in its order, with their exact numbers.
func (w *Work) packTables() (out []archive.PackTable) {
	for i := range w.Tree.Sections {
		for _, b := range w.Tree.Sections[i].Blocks {
			t, _ := b.(*doc.Table)
			if t == nil || w.Pack.Tables[t.ID] == nil || slices.ContainsFunc(out, func(x archive.PackTable) bool { return x.ID == t.ID }) {
				continue
			}
			s := w.Numbers.Table(t.ID)
			if s.Heading() != t.Caption.String {
				continue // the table of a chart that is called so too
			}
			x := archive.PackTable{ID: t.ID, Title: t.Caption.String, Columns: packColumns(s), Rows: packRows(s)}
			if t.Right != nil {
				x.Note = t.Right.String
			}
			out = append(out, x)
		}
	}
	return out
}

func packColumns(s *schedule.Schedule) []archive.PackColumn {
	out := make([]archive.PackColumn, len(s.Leaves))
	for j := range s.Leaves {
		l := &s.Leaves[j]
		x := archive.PackColumn{Key: s.ColumnKey(j), Heads: slices.Clone(s.Heads(j)), Field: l.Field}
		switch {
		case l.Field != "":
		case l.Sums():
			x.What, x.Query, x.Unit = schedule.ValueSum.String(), s.Table.Filter.And(l.Query).String(), l.Format.Unit.String()
		default:
			x.What, x.Figure, x.Unit = l.Compares().String(), l.Prior, l.Format.Unit.String()
			if l.Compares() == schedule.ValueRate {
				x.Unit = "%"
			}
		}
		out[j] = x
	}
	return out
}

// packRows are the rows of a table, side by side. The texts of one row serve the next.
func packRows(s *schedule.Schedule) iter.Seq[archive.PackRow] {
	return func(yield func(archive.PackRow) bool) {
		var x archive.PackRow
		x.Values, x.Printed = make([]string, len(s.Leaves)), make([]string, len(s.Leaves))
		for side := range s.Sides {
			for i := range rowsAsPrinted(s, side) {
				packRow(s, side, i, &x)
				if !yield(x) {
					return
				}
			}
		}
	}
}

// rowsAsPrinted are the numbers of the rows of a side from top to bottom.
func rowsAsPrinted(s *schedule.Schedule, side int) iter.Seq[int] {
	return func(yield func(int) bool) {
		rows := s.Sides[side].Rows
		last := s.Table.TotalLast && len(s.Sides) == 1 && len(rows) > 0 && rows[0].Kind == schedule.Total
		for i := range rows {
			if last {
				i = (i + 1) % len(rows)
			}
			if !yield(i) {
				return
			}
		}
	}
}

func packRow(s *schedule.Schedule, side, row int, x *archive.PackRow) {
	r := &s.Sides[side].Rows[row]
	x.Key, x.Parent, x.Level, x.Kind = s.RowKey(side, row), "", r.Level, r.Kind.String()
	if r.Parent >= 0 {
		x.Parent = s.RowKey(side, r.Parent)
	}
	x.Texts = x.Texts[:0]
	for _, t := range r.Texts {
		if t.String != "" {
			x.Texts = append(x.Texts, archive.PackText{Field: t.Field, Text: t.String})
		}
	}
	clear(x.Values)
	clear(x.Printed)
	named, first := false, -1
	for _, j := range s.Sides[side].Columns {
		if field := s.Leaves[j].Field; field != "" {
			if len(s.Sides) > 1 {
				field = "label" // that is what sides print
			}
			x.Values[j] = r.Text(field).String
			if named = named || x.Values[j] != ""; first < 0 {
				first = j
			}
			continue
		}
		if ref := (schedule.Ref{Side: side, Row: row, Column: j}); s.Numbered(ref) {
			x.Values[j], x.Printed[j] = exactly(s, ref), s.Printed(ref)
		}
	}
	if !named && first >= 0 && r.Kind == schedule.Total { // its name stands across all columns of texts
		x.Values[first] = s.Table.Total
	}
}

// exactly is a number without rounding: amounts in 元, rates in percent, "" for last year's where nobody knows it.
func exactly(s *schedule.Schedule, ref schedule.Ref) string {
	if s.Leaves[ref.Column].Sums() {
		return money.ToldData(s.Sum(ref).Exact)
	}
	switch v := s.Value(ref); {
	case !v.Known:
		return ""
	case v.Amount():
		return money.ToldData(v.Exact)
	default:
		return v.Printed
	}
}
