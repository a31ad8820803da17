package imports

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"yusuan/internal/diag"
)

// counts holds rows of sums of a table of cars against the rows that they may add up: all, those since the last sum, or those of
// the unit.
func (b *body) counts() {
	rep := &b.r.out.Sheets[b.number]
	for i := range b.lines {
		l := &b.lines[i]
		if l.class != sum {
			continue
		}
		result, says := agrees, false
		for _, c := range b.columns {
			if !slices.Contains([]role{roleCount, roleBought, roleFleet}, c.role) {
				continue
			}
			n, ok := b.countOf(l, c)
			if !ok {
				continue
			}
			says = true
			if want, ok := b.counted(i, c, n); !ok {
				result = differs
				b.miscounted(l, c, n, want)
			}
		}
		if !says {
			continue
		}
		if rep.Sums++; result == agrees {
			rep.Held++
		} else {
			rep.Failed++
		}
	}
}

// countOf is the number that a row has in a column.
func (b *body) countOf(l *line, c *column) (int, bool) {
	s := strings.TrimSuffix(strings.TrimRight(plain(b.cell(l.row, c.Number).Text), "辆台套个件"), ".0")
	n, err := strconv.Atoi(s)
	return n, err == nil
}

// counted reports whether a sum is that of rows that it may add up; want is that of all.
func (b *body) counted(i int, c *column, n int) (want int, ok bool) {
	all, since, own := 0, 0, 0
	l := &b.lines[i]
	for j := range b.lines {
		m := &b.lines[j]
		if m.class == sum {
			if j < i {
				since = 0
			}
			continue
		}
		x, _ := b.countOf(m, c)
		all += x
		if j < i {
			since += x
		}
		if u := l.names[byUnit]; !u.isEmpty() && u.text() == m.names[byUnit].text() {
			own += x
		}
	}
	return all, n == all || n == since || n == own
}

func (b *body) miscounted(l *line, c *column, stated, want int) {
	d := diag.Diagnostic{Rule: ruleSum, Level: diag.Error, At: b.at(l.row, c.Number), Message: fmt.Sprintf("第 %d 行%s的%s与各行之和不符", l.row, diag.Quote(l.called()), diag.Quote(c.Head)),
		Stated: digits(stated), Want: digits(want), Hint: hintSum}
	if b.mapped != nil && b.mapped.Sums.V == lenient {
		d.Level, d.Hint = diag.Warning, ""
	}
	b.r.diags.Add(d)
}
