package tablebook

// linesFirst is the row of 明细 that the first line stands in.
const linesFirst = 4

// shownColumn is a column of 明细 with what its cells hold.
type shownColumn struct {
	*column
	words []string
}

// shown are the columns that formulas ask of, and those in which some line has something.
func (l *ledger) shown() (out []shownColumn) {
	for i := range l.columns {
		c := &l.columns[i]
		x := shownColumn{c, make([]string, len(l.b.Lines))}
		any := c.used || c.number
		for k := range x.words {
			x.words[k] = c.of(k)
			any = any || x.words[k] != "" && c.name != nameFunction && c.name != nameEconomy
			if c.none && x.words[k] == "" {
				x.words[k] = noWord
			}
		}
		if any {
			out = append(out, x)
		}
	}
	return out
}

// linesSheet writes 明细.
func (w *writer) linesSheet() error {
	var heads []string
	var widths []int
	n := len(w.ledger.b.Lines)
	last := linesFirst + n - 1
	shown := w.ledger.shown()
	for k, c := range shown {
		heads, widths = append(heads, c.name), append(widths, c.width)
		if !c.used {
			continue
		}
		if err := w.named(c.name, LinesSheet, k+1, linesFirst, last); err != nil {
			return err
		}
	}
	what := "预算的每一笔，单位：元。校核的公式按列名取数：" + nameAmount + "即那一列；“号”是公式用的代号，同一单位、项目、品目一个号"
	r, err := w.plain(LinesSheet, what, heads, widths, linesFirst, last)
	if err != nil {
		return err
	}
	r.heads(linesFirst-1, heads)
	for i := range n {
		r.begin(len(shown))
		for k, c := range shown {
			r.plainCell(k+1, c.words[i], c.number)
		}
		r.end(linesFirst+i, 0)
	}
	return r.flush()
}
