package build_test

import (
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"yusuan/internal/build"
	"yusuan/internal/doc"
	"yusuan/internal/money"
	"yusuan/internal/schedule"
)

// literals is all that the packs say themselves.
func literals(t *testing.T) string {
	t.Helper()
	var all strings.Builder
	err := fs.WalkDir(os.DirFS("../../templates"), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		text, err := os.ReadFile("../../templates/" + name)
		all.Write(text)
		all.WriteByte('\n')
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all.String()
}

var (
	digits = regexp.MustCompile(`\d[\d,]*(?:\.\d+)?`)
	// Years, dates, and the numbers of entries, tables and charts.
	year  = regexp.MustCompile(`^(?:年|月|日)`)
	table = regexp.MustCompile(`[表图] ?(?:\d+[-—])?$`)
	first = regexp.MustCompile(`(?:^|\n|[（(])$`)
	entry = regexp.MustCompile(`^[.、．）)]`)
)

// bare are the numbers that stand in a text outside its marks and that nothing excuses.
func bare(text string, marks []doc.Mark, literal string, codes map[string]bool) (out []string) {
	for _, x := range digits.FindAllStringIndex(text, -1) {
		from, to := x[0], x[1]
		marked := false
		for _, m := range marks {
			marked = marked || int(m.From) <= from && to <= int(m.To)
		}
		before, after := text[:from], text[to:]
		if marked || year.MatchString(after) || table.MatchString(before) || first.MatchString(before) && entry.MatchString(after) || codes[text[from:to]] {
			continue
		}
		_, n := utf8.DecodeLastRuneInString(before)
		_, m := utf8.DecodeRuneInString(after)
		if strings.Contains(literal, text[from-n:to+m]) {
			continue
		}
		out = append(out, text)
	}
	return out
}

// plainly is a number without commas and zeros at its end.
func plainly(s string) string {
	s = strings.ReplaceAll(s, ",", "")
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return s
}

// holds reports what an answer says wrongly of its number.
func holds(t *testing.T, d *schedule.Document, printed string, a schedule.Answer) {
	t.Helper()
	v := &a.Value
	if v.Printed != printed {
		t.Errorf("%s is answered with %q, it prints %q", a.Address, v.Printed, printed)
	}
	again, err := d.Ask(a.Address)
	if err != nil || again.Value.Printed != printed {
		t.Errorf("%s: %q (%v), it prints %q", a.Address, again.Value.Printed, err, printed)
	}
	want := ""
	switch v.Kind {
	case schedule.ValueSum, schedule.ValueStated, schedule.ValueLastYear:
		want = money.Usual(v.Unit).String(v.Shown)
		sum := money.Amount{}
		for _, q := range v.Sums {
			sum = sum.Add(d.Budget.Sum(q))
		}
		if v.Kind == schedule.ValueSum && !sum.Equal(v.Exact) {
			t.Errorf("%s is %s, what it asks for is %s", a.Address, v.Exact, sum)
		}
	case schedule.ValueChange:
		printed = strings.TrimPrefix(printed, "-")
		want = money.Usual(v.Unit).String(v.Of.Exact.Sub(v.Over.Exact).Abs())
	case schedule.ValueShare:
		s, _ := money.Share(v.Of.Exact, v.Over.Exact, 2)
		printed, want = strings.TrimSuffix(printed, "%"), s
	case schedule.ValueRate:
		printed, want = strings.TrimLeft(strings.TrimSuffix(printed, "%"), "-"), money.Compare(v.Of.Exact, v.Over.Exact, 2).AbsRate()
	case schedule.ValueCount:
		return
	}
	if !v.Adjusted && plainly(want) != plainly(printed) && !(want == "" || printed == "" || printed == "—") {
		t.Errorf("%s prints %q; its value says %q", a.Address, printed, want)
	}
}

// TestEveryNumberOfEveryTextHasItsMark: whatever a document prints that is no word of the author's and no word of the pack's,
// no year, date, code, and no number of a page, table or entry, is a number that can be named, and its answer is what is
// printed.
func TestEveryNumberOfEveryTextHasItsMark(t *testing.T) {
	literal, n := literals(t), map[schedule.ValueKind]int{}
	for name, w := range numbered(t) {
		d, codes := w.Numbers, codesOf(w)
		look := func(text doc.Text) {
			marks := doc.MarksOf(w.Tree.Marks, text.Marks)
			for _, m := range marks {
				a, ok := d.At(m.Of)
				if !ok {
					t.Errorf("%s: nothing answers for %q of %q", name, text.String[m.From:m.To], text.String)
					continue
				}
				n[a.Value.Kind]++
				if a.Value.Kind == schedule.ValueWritten { // what of a text of several is the author's
					if a.Value.At.IsZero() || a.Value.Printed != text.String[m.From:m.To] {
						t.Errorf("%s: %q of %q is answered with %q", name, text.String[m.From:m.To], text.String, a.Value.Printed)
					}
					continue
				}
				holds(t, d, text.String[m.From:m.To], a)
			}
			if text.Origin.IsZero() || text.Marks != 0 {
				for _, s := range bare(text.String, marks, literal, codes) {
					t.Errorf("%s: a number without a mark in %q %v", name, s, marks)
				}
			}
		}
		for i := range w.Tree.Sections {
			for _, b := range w.Tree.Sections[i].Blocks {
				x, ok := b.(*doc.Table)
				if ok && x.Of > 0 { // without its numbers: who asks for them needs no marks
					cellsAnswer(t, name, d, x, n)
					b = withoutNumbers(x)
				}
				one := &doc.Document{Sections: []doc.Section{{Blocks: []doc.Block{b}}}}
				doc.Walk(one, func(text doc.Text, _ string) { look(text) })
			}
		}
	}
	for k := schedule.ValueSum; k <= schedule.ValueCount; k++ {
		if n[k] < 5 {
			t.Errorf("%d numbers of the kind %s only", n[k], k)
		}
	}
}

// withoutNumbers is a table without the cells that hold numbers.
func withoutNumbers(x *doc.Table) *doc.Table {
	out := *x
	out.Body = nil
	for _, r := range x.Body {
		out.Body = append(out.Body, doc.Row{Cells: slices.DeleteFunc(slices.Clone(r.Cells), func(c doc.Cell) bool { return c.Number })})
	}
	return &out
}

// cellsAnswer asks for the cells of a table of the pack by the names that marks have for them.
func cellsAnswer(t *testing.T, name string, d *schedule.Document, b *doc.Table, n map[schedule.ValueKind]int) {
	t.Helper()
	if d.Pack.Tables[b.ID] != nil && b.Of == 0 {
		t.Errorf("%s: the cells of table %s have no names", name, b.ID)
	}
	if b.Of == 0 {
		return
	}
	for at, printed := range body(b) {
		a, ok := d.At(b.Of + int32(at[0]*len(b.Columns)+at[1]))
		switch {
		case !ok && printed != "":
			t.Errorf("%s: nothing answers for %q in row %d column %d of table %s", name, printed, at[0], at[1], b.ID)
		case ok && a.Value.Printed != printed:
			t.Errorf("%s: %s is answered with %q, it prints %q", name, a.Address, a.Value.Printed, printed)
		}
		n[a.Value.Kind]++
	}
}

// codesOf are the codes of units and of the catalogue that a document names.
func codesOf(w *build.Work) map[string]bool {
	out := map[string]bool{w.Budget.Facts.Department.Code.V: true}
	for i := range w.Budget.Facts.Units {
		out[w.Budget.Facts.Units[i].Code.V] = true
	}
	for i := range w.Budget.Lines {
		for _, code := range []string{w.Budget.Lines[i].Function, w.Budget.Lines[i].Economic} {
			for k := 1; k <= len(code); k++ {
				for from := 0; from < k; from += 1 {
					if len(code[from:k]) >= 2 {
						out[code[from:k]] = true
					}
				}
			}
		}
	}
	return out
}

// TestNumbersOfTheAuthor: a number in the author's words that is followed by its unit is answered with the place of the words.
func TestNumbersOfTheAuthor(t *testing.T) {
	counted := regexp.MustCompile(`(\d[\d,]*(?:\.\d+)?)(?:万元|个|人|次|项|件|户)`)
	n := 0
	for name, w := range numbered(t) {
		at := map[string]bool{}
		lines := map[string][]string{}
		for _, f := range slices.Concat(w.Files, w.LastFiles) {
			lines[f.Path] = strings.Split(string(f.Source), "\n")
		}
		for _, g := range w.Numbers.Groups() {
			for i := range g.Answers {
				if v := &g.Answers[i].Value; v.Kind == schedule.ValueWritten {
					at[v.At.File+" "+v.Printed] = true
					line := []rune(lines[v.At.File][v.At.Start.Line-1])
					if typed := string(line[v.At.Start.Column-1:]); !strings.HasPrefix(typed, v.Printed) {
						t.Errorf("%s: %s is at %s, where %q is typed", name, v.Printed, v.At, typed)
					}
				}
			}
		}
		doc.Walk(w.Tree, func(x doc.Text, _ string) {
			if x.Origin.IsZero() || x.Marks != 0 {
				return
			}
			for _, m := range counted.FindAllStringSubmatchIndex(x.String, -1) {
				if m[2] > 0 && strings.ContainsAny(x.String[m[2]-1:m[2]], "-/") { // 7-10项 has its first number alone
					continue
				}
				if n++; !at[x.Origin.File+" "+x.String[m[2]:m[3]]] {
					t.Errorf("%s: %s of %q at %s can not be asked for", name, x.String[m[2]:m[3]], x.String, x.Origin)
				}
			}
		})
	}
	if n < 50 {
		t.Errorf("%d numbers only", n)
	}
}
