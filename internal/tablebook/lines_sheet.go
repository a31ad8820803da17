package tablebook

import "strconv"

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
	below := last + 1 // ranges end with an empty row: a line that is written there counts
	shown := w.ledger.shown()
	for k, c := range shown {
		heads, widths = append(heads, c.name), append(widths, c.width)
		if !c.used {
			continue
		}
		if err := w.named(c.name, LinesSheet, k+1, linesFirst, below); err != nil {
			return err
		}
	}
	proof := lineProof{map[string]string{}}
	for k, c := range shown {
		proof.columns[c.name] = columnName(k + 1)
	}
	held := w.lineProofs()
	if held {
		heads, widths = append(heads, nameLine), append(widths, 12)
		if err := w.named(nameLine, LinesSheet, len(heads), linesFirst, below); err != nil {
			return err
		}
	}
	r, err := w.plain(LinesSheet, w.aboutLines(), heads, widths, linesFirst, last)
	if err != nil {
		return err
	}
	r.heads(linesFirst-1, heads)
	for i := range n {
		r.begin(len(heads))
		for k, c := range shown {
			r.plainCell(k+1, c.words[i], c.number)
		}
		if held {
			r.set(len(heads), listLook("center"), proof.formula(w.ledger, strconv.Itoa(linesFirst+i)), w.ledger.lineAgrees(i))
		}
		r.end(linesFirst+i, 0)
	}
	return r.flush()
}

// aboutLines is what 明细 says of itself.
func (w *writer) aboutLines() string {
	what := "预算的每一笔，单位：元。相加以前先按“收支”筛选：采购是支出的一部分。"
	if w.ledger.margins {
		what += "有的支出按功能、按经济各列一遍，相加时只取“按功能”是“是”的，或者只取“按经济”是“是”的。"
	}
	what += "“" + ProofSheet + "”的公式按列名取数；“单位号”等是公式用的代号，同一单位、项目、品目一个号；出处是 PDF 所带的数据里的文件和行；试加一笔，插在各行中间或者接着写一行"
	if len(w.ledger.scopes) > 0 {
		what += "；条件太长写不进公式的，“" + scopeName + "”一列说明这一笔在不在内"
	}
	return what
}
