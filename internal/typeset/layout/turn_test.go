package layout

import (
	"slices"
	"testing"

	"yusuan/internal/doc"
	"yusuan/internal/typeset/unit"
)

// sharing is a heading and a table that shares the page of the one before if it can.
func sharing(name string, t *doc.Table) []doc.Block {
	return append([]doc.Block{&doc.PageBreak{Share: true}}, headed(name, t)...)
}

func headed(name string, t *doc.Table) []doc.Block { return []doc.Block{wideHeading(name), t} }

// noted is a table of so many rows whose note names it.
func noted(name string, rows int) *doc.Table {
	t := budgetTable(rows)
	t.Notes = []doc.Text{text("注：" + name)}
	return t
}

// TestShare wants a short table on the page of the one before, with its heading, the line above it and its note, where all of
// it goes there, if need be with rows a little closer; else on a new page. Tables that lie across share with none upright.
func TestShare(t *testing.T) {
	// The heading of a further table, its note, the line above it and its head take as much as 8 rows.
	for _, c := range []struct {
		name   string
		blocks []doc.Block
		want   []string
	}{
		{"two short ones", append(headed("甲", noted("甲", 5)), sharing("乙", noted("乙", 5))...), []string{"直甲注：甲乙注：乙1"}},
		{"room for neither", append(headed("甲", noted("甲", 20)), sharing("乙", noted("乙", 10))...), []string{"直甲注：甲1", "直乙注：乙2"}},
		{"a long one", append(headed("甲", noted("甲", 5)), sharing("乙", noted("乙", 60))...), []string{"直甲注：甲1", "直乙2", "直3", "直注：乙4"}},
		{"on the last page of a long one", append(headed("甲", noted("甲", 32)), sharing("乙", noted("乙", 5))...), []string{"直甲1", "直注：甲乙注：乙2"}},
		{"wide ones", append(headed("甲", broad("甲")), sharing("乙", broad("乙"))...), []string{"竖放甲注：甲乙注：乙1"}},
		{"upright after wide", append(headed("甲", broad("甲")), sharing("乙", noted("乙", 3))...), []string{"竖放甲注：甲1", "直乙注：乙2"}},
		{"wide after upright", append(headed("甲", noted("甲", 3)), sharing("乙", broad("乙"))...), []string{"直甲注：甲1", "竖放乙注：乙2"}},
		{"three", slices.Concat(headed("甲", noted("甲", 3)), sharing("乙", noted("乙", 3)), sharing("文", noted("文", 3))), []string{"直甲注：甲乙注：乙文注：文1"}},
		{"two of three", slices.Concat(headed("甲", noted("甲", 5)), sharing("乙", noted("乙", 6)), sharing("文", noted("文", 5))), []string{"直甲注：甲乙注：乙1", "直文注：文2"}},
	} {
		out, _ := Lay(&doc.Document{Styles: sheet(), Sections: []doc.Section{{Page: "直", Numbered: true, Restart: true, Blocks: c.blocks}}}, fixed)
		checkTree(t, out)
		if got := shape(out); !slices.Equal(got, c.want) {
			t.Errorf("%s: pages %q, want %q", c.name, got, c.want)
		}
		for i := range out.Pages {
			checkRules(t, i, &out.Pages[i])
			checkCrossings(t, i, &out.Pages[i])
		}
	}
}

// heights are the heights of the rows of the body of the first table on a page.
func rowsApart(t *testing.T, rows int, blocks ...doc.Block) (pages int, apart unit.Length) {
	t.Helper()
	out, _ := full(append(headed("甲", noted("甲", rows)), blocks...)...)
	var ys []unit.Length
	for _, x := range out.Pages[0].Texts {
		if x.Text == "第0项" || x.Text == "第1项" {
			ys = append(ys, x.Y)
		}
	}
	if len(ys) < 2 {
		t.Fatalf("%d rows: the first page has no two of them", rows)
	}
	return len(out.Pages), ys[1] - ys[0]
}

// TestRowsCloser wants the rows of a table set closer, by 15 % of the white between their characters at most, where that
// spares a page of three rows at most or lets the next table on the page, and nowhere else.
func TestRowsCloser(t *testing.T) {
	_, natural := rowsApart(t, 5)
	fit := 5
	for n, apart := rowsApart(t, fit); n == 1 && apart == natural; n, apart = rowsApart(t, fit) {
		fit++
	}
	fit-- // as many rows go on a page as they are
	most := fit
	for n, apart := rowsApart(t, most+1); n == 1; n, apart = rowsApart(t, most+1) {
		most++
		if least := natural - (natural - 10500).Milli(151); apart >= natural || apart < least {
			t.Errorf("%d rows stand %s apart, %d %s; at least %s", most, apart, fit, natural, least)
		}
	}
	if most == fit || most > fit+3 {
		t.Errorf("%d rows go on a page as they are, %d closer", fit, most)
	}
	if _, apart := rowsApart(t, most+20); apart != natural {
		t.Errorf("%d rows stand %s apart for nothing", most+20, apart)
	}
	shared := 1
	for n, _ := rowsApart(t, shared, sharing("乙", noted("乙", 5))...); n == 1; n, _ = rowsApart(t, shared, sharing("乙", noted("乙", 5))...) {
		shared++
	}
	if _, apart := rowsApart(t, shared-1, sharing("乙", noted("乙", 5))...); apart >= natural {
		t.Errorf("%d rows share a page and stand %s apart, as %s without", shared-1, apart, natural)
	}
	if _, apart := rowsApart(t, shared, sharing("乙", noted("乙", 5))...); apart != natural {
		t.Errorf("%d rows share no page and stand %s apart", shared, apart)
	}
}

// TestRowsWider wants the rows of a table set wider, by 15 % of the white between their characters at most, where that fills two
// fifths of its last page, and nowhere else.
func TestRowsWider(t *testing.T) {
	_, natural := rowsApart(t, 5)
	wider := 0
	for rows := 34; rows < 50; rows++ {
		out, _ := full(headed("甲", noted("甲", rows))...)
		_, apart := rowsApart(t, rows)
		last := &out.Pages[len(out.Pages)-1]
		foot := unit.Length(0)
		for _, r := range last.Rules {
			foot = max(foot, r.Y+r.H-104882)
		}
		const area = unit.A4Height - 104882 - 99213
		switch filled := foot*1000/area >= 390; {
		case apart > natural+(natural-10500).Milli(151):
			t.Errorf("%d rows stand %s apart", rows, apart)
		case apart > natural && !filled:
			t.Errorf("%d rows stand %s apart, and the last page is filled to %s", rows, apart, foot)
		case apart > natural:
			wider++
		}
	}
	if wider < 1 || wider > 4 {
		t.Errorf("rows are set wider in %d tables", wider)
	}
}
