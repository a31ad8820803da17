package table

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"yusuan/internal/diag"
	"yusuan/internal/doc"
	"yusuan/internal/typeset/font"
	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/style"
	"yusuan/internal/typeset/unit"
)

// families draws Han characters one em wide, ASCII half an em and the full stop a quarter; turned brackets it has
// only for the round ones.
func families(role string) (*font.Family, bool) {
	return font.NewFixed(role, func(r rune) int {
		switch {
		case r == '.':
			return 250
		case r < 0x80:
			return 500
		case 0xFE30 <= r && r < 0xFE50 && r != '︵' && r != '︶':
			return 0
		}
		return 1000
	}), true
}

func sheet() *style.Sheet {
	return style.NewSheet(&doc.StyleSheet{Texts: map[string]doc.TextStyle{
		"": {Family: "宋体", Size: 10000, Leading: 14000},
	}, Titles: doc.TitleWords{Known: map[[2]rune]bool{{'公', '务'}: true, {'用', '车'}: true, {'运', '行'}: true, {'维', '护'}: true}, Tails: "费"}}, families)
}

func of(s string) doc.Cell { return doc.Cell{Text: []doc.Text{{String: s}}} }

func span(s string, cols, rows int) doc.Cell {
	c := of(s)
	c.ColSpan, c.RowSpan = cols, rows
	return c
}

func line(cells ...doc.Cell) doc.Row { return doc.Row{Cells: cells} }

func TestCheck(t *testing.T) {
	three := make([]doc.Column, 3)
	for _, c := range []struct {
		name  string
		table doc.Table
		want  []string
	}{
		{"exact", doc.Table{Columns: three,
			Head: []doc.Row{line(span("a", 1, 2), span("b", 2, 1)), line(of("c"), of("d"))},
			Body: []doc.Row{line(span("e", 2, 2), of("f")), line(of("g"))},
		}, nil},
		{"short", doc.Table{ID: "5-1", Columns: three, Body: []doc.Row{line(of("a"), of("b"))}},
			[]string{"表 5-1表身第 1 行缺 1 格"}},
		{"long", doc.Table{Columns: three, Body: []doc.Row{line(of("a"), of("b"), of("c"), of("d"), of("e"))}},
			[]string{"表表身第 1 行多出 2 格"}},
		{"wide span", doc.Table{Columns: three, Body: []doc.Row{line(of("a"), span("b", 3, 1))}},
			[]string{"表表身第 1 行第 2 格跨 3 列，只有 2 列可用"}},
		{"span meets span", doc.Table{Columns: three, Body: []doc.Row{line(of("a"), span("b", 1, 2), of("c")), line(span("d", 2, 1), of("e"))}},
			[]string{"表表身第 2 行第 1 格跨 2 列，只有 1 列可用"}},
		{"span leaves head", doc.Table{Columns: three,
			Head: []doc.Row{line(span("a", 3, 2))}, Body: []doc.Row{line(of("a"), of("b"), of("c"))}},
			[]string{"表表头第 1 行第 1 格跨 2 行，只剩 1 行"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			diags := Check(&c.table)
			var got []string
			for _, d := range diags.Sorted() {
				if d.Rule != style.RuleGrid || d.Level != diag.Error {
					t.Errorf("%v %s", d.Level, d.Rule)
				}
				got = append(got, d.Message)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// lay draws the whole table on one page.
func lay(t *testing.T, d *doc.Table, measure unit.Length) (*page.Page, *style.Sheet) {
	t.Helper()
	s := sheet()
	set := Set(d, s, new(Memory), Room{measure, 700000})
	elems := []page.Elem{{Kind: page.KindDocument}}
	ids := set.Structure(0, func(e page.Elem) page.ElemID {
		elems = append(elems, e)
		return page.ElemID(len(elems) - 1)
	})
	var part Part
	set.Fill(&part, 700000, true, 0)
	if !set.Done() {
		t.Fatal("the table does not fit one page")
	}
	pg := &page.Page{}
	set.Draw(&part, pg, 0, 0, ids)
	return pg, s
}

func TestDecimals(t *testing.T) {
	d := &doc.Table{Columns: []doc.Column{{Fixed: 100000, Align: doc.AlignDecimal}}, CellPad: doc.CellPad{X: 5000}}
	texts := []string{"1234.56", "-7.5", "100%", "12", "—", "0.125"}
	for _, s := range texts {
		d.Body = append(d.Body, line(of(s)))
	}
	pg, _ := lay(t, d, 100000)
	// The widest fraction, .125, is 17.5 wide and ends at the padding.
	const at = 100000 - 5000 - 17500
	before := map[string]unit.Length{"1234.56": 20000, "-7.5": 10000, "100%": 15000, "12": 10000, "—": 10000, "0.125": 5000}
	for _, x := range pg.Texts {
		if x.X+before[x.Text] != at {
			t.Errorf("%s: decimal point at %s, want %s", x.Text, x.X+before[x.Text], unit.Length(at))
		}
	}
	if len(pg.Texts) != len(texts) {
		t.Errorf("%d texts", len(pg.Texts))
	}
}

// TestCentredFigures wants centred figures below each other to align on their points and to be centred as a block, over
// an empty cell too; a figure that stands elsewhere is centred by itself.
func TestCentredFigures(t *testing.T) {
	figure := func(s string) doc.Cell {
		c := of(s)
		c.Number, c.Align, c.AlignSet, c.ColSpan = true, doc.AlignCenter, true, 2
		if s == "" {
			c.Text = nil
		}
		return c
	}
	word := of("字")
	word.ColSpan = 2
	d := &doc.Table{Columns: []doc.Column{{Fixed: 50000}, {Fixed: 50000}}, CellPad: doc.CellPad{X: 5000}, Body: []doc.Row{
		line(figure("1234.50")), line(figure("")), line(figure("7.5")), line(figure("100%")), line(figure("99.5%")), line(word), line(figure("9")),
	}}
	pg, _ := lay(t, d, 100000)
	// The block is 20 wide before the points and 12.5 after, and its middle at 50.
	want := map[string]unit.Length{"1234.50": 33750, "7.5": 48750, "100%": 40000, "99.5%": 38750, "字": 5000, "9": 47500}
	for _, x := range pg.Texts {
		if x.X != want[x.Text] {
			t.Errorf("%s starts at %s, want %s", x.Text, x.X, want[x.Text])
		}
	}
	if len(pg.Texts) != len(want) {
		t.Errorf("%d texts", len(pg.Texts))
	}
}

func TestWidths(t *testing.T) {
	long := strings.Repeat("字", 100)
	for _, c := range []struct {
		name  string
		cols  []doc.Column
		cells []doc.Cell
		want  []unit.Length // of 300 pt
	}{
		{"fixed and share", []doc.Column{{Fixed: 60000}, {Share: 1}, {Share: 2}}, []doc.Cell{of("a"), of("b"), of("c")},
			[]unit.Length{60000, 80000, 160000}},
		{"all fixed grow in proportion", []doc.Column{{Fixed: 50000}, {Fixed: 100000}}, []doc.Cell{of("a"), of("b")},
			[]unit.Length{100000, 200000}},
		{"no shares: by content", []doc.Column{{}, {}}, []doc.Cell{of("字"), of("字字字字字")},
			[]unit.Length{50000, 250000}},
		{"content first, rest to the share", []doc.Column{{}, {Share: 1}}, []doc.Cell{of("字字字"), of("字")},
			[]unit.Length{30000, 270000}},
		{"shares are proportions of a form", []doc.Column{{Share: 1}, {Share: 2}, {Share: 3}}, []doc.Cell{of("字"), of("字字"), of("字")},
			[]unit.Length{50000, 100000, 150000}},
		{"a form's long text takes half of what others do not need", []doc.Column{{Share: 1}, {Share: 2}, {Share: 3}}, []doc.Cell{of("字"), of(long), of("字")},
			[]unit.Length{25000, 200000, 75000}},
		{"least width beats share", []doc.Column{{Share: 1, Min: 100000}, {Share: 4}}, []doc.Cell{of("字"), of("字")},
			[]unit.Length{100000, 200000}},
		{"long text leaves short ones whole", []doc.Column{{}, {}}, []doc.Cell{of("字字字字字"), of(long)},
			[]unit.Length{50000, 250000}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := Set(&doc.Table{Columns: c.cols, Body: []doc.Row{line(c.cells...)}}, sheet(), new(Memory), Room{300000, 700000})
			var got []unit.Length
			for i := range c.cols {
				got = append(got, s.x[i+1]-s.x[i])
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

// TestWordsBeforeHeads wants room for names taken from columns of figures where that saves lines, these columns alike and
// no head's word of three broken; but one name does not make five heads narrow.
func TestWordsBeforeHeads(t *testing.T) {
	figures := doc.Column{Align: doc.AlignDecimal}
	head := line(of("名称"), of("一般公共预算"), of("政府性基金预算"), of("国有资本经营预算"), of("事业单位经营收入"), of("附属单位上缴收入"))
	name := strings.Repeat("字", 14)
	row := func(name string) doc.Row {
		return line(of(name), of("1,234.56"), of("0.00"), of("0.00"), of("0.00"), of("0.00"))
	}
	for _, c := range []struct {
		name  string
		names []string
		want  []unit.Length // of 300 pt
	}{
		{"many long names", []string{name, name, name, name, name}, []unit.Length{140000, 37500, 30625, 30625, 30625, 30625}},
		{"one long name", []string{name}, []unit.Length{82537, 43492, 43492, 43492, 43492, 43495}},
		{"many long names, one column empty", []string{name, name, name, name, ""}, []unit.Length{140000, 37500, 30625, 30625, 30625, 30625}},
		{"short names", []string{"字字", "字字", "字字"}, []unit.Length{20000, 56000, 56000, 56000, 56000, 56000}},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := &doc.Table{Columns: []doc.Column{{}, figures, figures, figures, figures, figures}, Head: []doc.Row{head}}
			for _, n := range c.names {
				d.Body = append(d.Body, row(n))
			}
			if c.names[len(c.names)-1] == "" { // an empty column yields as one of figures does
				for i := range d.Body {
					d.Body[i].Cells[5] = of("")
				}
			}
			s := Set(d, sheet(), new(Memory), Room{300000, 700000})
			var got []unit.Length
			for i := range d.Columns {
				got = append(got, s.x[i+1]-s.x[i])
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

func TestSmallerUntilItFits(t *testing.T) {
	d := &doc.Table{ID: "1", Columns: make([]doc.Column, 4), CellPad: doc.CellPad{X: 1000, Y: 2000}}
	r := doc.Row{}
	for range 4 {
		c := of("12345678")
		c.Number = true
		r.Cells = append(r.Cells, c)
	}
	d.Body = []doc.Row{r}
	// At 10 pt the row is 4 × (40 + 2) pt wide; each half point less takes 8.4 pt off.
	pg, s := lay(t, d, 152000)
	if got := pg.Texts[0].Size; got != 9000 {
		t.Errorf("size %s, want 9", got)
	}
	ds := s.Diags.Sorted()
	if len(ds) != 1 || ds[0].Rule != style.RuleReduced || ds[0].Level != diag.Note {
		t.Errorf("%v", ds)
	}
	pg, s = lay(t, d, 100000)
	if got := pg.Texts[0].Size; got != 7500 {
		t.Errorf("size %s, want 7.5", got)
	}
	if ds := s.Diags.Sorted(); len(ds) != 1 || ds[0].Rule != style.RuleNarrow || ds[0].Level != diag.Error {
		t.Errorf("%v", ds)
	}
}

func TestVertical(t *testing.T) {
	label := func(s string) doc.Cell {
		c := of(s)
		c.Vertical = true
		return c
	}
	for _, c := range []struct {
		text   string
		height int64
		width  int64
		want   string // from top to bottom, levels parted by spaces
	}{
		{"产出指标", 100000, 20000, "产 出 指 标"},
		{"（一）2026年12月", 200000, 20000, "︵ 一 ︶ 2 0 2 6 年 12 月"},
		{"【注】", 100000, 20000, "【 注 】"}, // no turned form in the face
		{"长期绩效目标", 30000, 30000, "长期 绩效 目标"},
		{"长期绩效目标", 30000, 15000, "长 期 绩 效 目 标"}, // too narrow for two: the row grows
	} {
		d := &doc.Table{
			Columns: []doc.Column{{Fixed: c.width}, {Fixed: 100000}}, MinRow: c.height,
			Body: []doc.Row{line(label(c.text), of("字"))},
		}
		pg, _ := lay(t, d, unit.Length(c.width+100000))
		got, y := "", unit.Length(0)
		for _, x := range pg.Texts {
			if x.Text == "字" {
				continue
			}
			if got != "" && x.Y != y {
				if x.Y-y < x.Size {
					t.Errorf("%s: characters overlap", c.text)
				}
				got += " "
			}
			got, y = got+x.Text, x.Y
		}
		if got != c.want {
			t.Errorf("%s: got %q, want %q", c.text, got, c.want)
		}
	}
}

// TestRules draws a grid with both kinds of span:
//
//	┌───┬───────┐
//	│   │       │
//	│   ├───┬───┤
//	│   │   │   │
//	└───┴───┴───┘
func TestRules(t *testing.T) {
	d := &doc.Table{
		Columns: []doc.Column{{Fixed: 99000}, {Fixed: 100000}, {Fixed: 99000}}, RuleWidth: 500, FrameWidth: 2000, MinRow: 20000,
		Body: []doc.Row{line(span("a", 1, 2), span("b", 2, 1)), line(of("c"), of("d"))},
	}
	pg, _ := lay(t, d, 300000)
	var got []string
	for _, r := range pg.Rules {
		got = append(got, fmt.Sprintf("%s,%s %s×%s", r.X, r.Y, r.W, r.H))
	}
	want := []string{
		"0,0 300×2",
		"99.75,20.75 200.25×0.5",
		"0,40 300×2",
		"0,0 2×42",
		"99.75,0 0.5×42",
		"199.75,20.75 0.5×21.25",
		"298,0 2×42",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// TestThinRules wants no rule thinner than all printers print it, and none where none is asked for.
func TestThinRules(t *testing.T) {
	for _, c := range []struct{ rule, frame, least, most int64 }{{1, 200, 500, 500}, {500, 750, 500, 750}, {0, 300, 500, 500}} {
		d := &doc.Table{Columns: []doc.Column{{Fixed: 99000}, {Fixed: 99000}}, RuleWidth: c.rule, FrameWidth: c.frame, MinRow: 20000,
			Body: []doc.Row{line(of("a"), of("b")), line(of("c"), of("d"))}}
		pg, _ := lay(t, d, 300000)
		if want := map[bool]int{true: 6, false: 4}[c.rule > 0]; len(pg.Rules) != want {
			t.Errorf("%+v: %d rules, want %d", c, len(pg.Rules), want)
		}
		for _, r := range pg.Rules {
			if w := int64(min(r.W, r.H)); w < c.least || w > c.most {
				t.Errorf("%+v: a rule of %s", c, unit.Length(w))
			}
		}
	}
}

// TestAbove puts what stands above further parts on one line while there is room.
func TestAbove(t *testing.T) {
	left, right := doc.Text{String: "编制部门：某局"}, doc.Text{String: "单位：万元"}
	other, none := doc.Text{String: "某局"}, doc.Text{}
	for _, c := range []struct {
		left, again *doc.Text
		width       unit.Length
		want        string
	}{
		{nil, nil, 300000, "表1（续）0 单位：万元0"},
		{&left, nil, 300000, "表1（续）0 编制部门：某局0 单位：万元0"},
		{&left, nil, 150000, "表1（续）0 编制部门：某局1 单位：万元1"},
		{&left, &other, 300000, "表1（续）0 某局0 单位：万元0"},
		{&left, &none, 300000, "表1（续）0 单位：万元0"},
	} {
		d := &doc.Table{Left: c.left, LeftAgain: c.again, Right: &right, Continued: "表1（续）", Columns: make([]doc.Column, 1), Body: []doc.Row{line(of("a"))}}
		s := Set(d, sheet(), new(Memory), Room{c.width, 700000})
		var got []string
		for _, it := range s.more.items {
			words := ""
			for _, r := range it.lines[0].Runs {
				words += r.Text
			}
			got = append(got, fmt.Sprint(words, it.row))
			if middle := it.shift + it.lines[0].Width/2; it.what == continued && max(middle-c.width/2, c.width/2-middle) > 1 {
				t.Errorf("%s: 续表 %s from the left of %s", c.want, middle, c.width)
			}
		}
		if g := strings.Join(got, " "); g != c.want {
			t.Errorf("got %q, want %q", g, c.want)
		}
		if n := len(s.line.items); n != 1 && c.left == nil || n != 2 && c.left != nil {
			t.Errorf("first part: %d texts above", n)
		}
	}
}

// TestAboveBreaksAsTitles wants a name above the grid that takes several lines broken at its brackets.
func TestAboveBreaksAsTitles(t *testing.T) {
	d := &doc.Table{Left: &doc.Text{String: "部门：一二三四五六七八九（甲乙丙丁戊）"}, Columns: make([]doc.Column, 1), Body: []doc.Row{line(of("a"))}}
	s := Set(d, sheet(), new(Memory), Room{160000, 700000})
	if got := s.line.items[0].lines; len(got) != 2 || got[0].Runs[0].Text != "部门：一二三四五六七八九" {
		t.Errorf("got %v", got)
	}
}

// TestSpanGrowsAllItsRows wants a tall cell to make all the rows it spans taller, not the last alone.
func TestSpanGrowsAllItsRows(t *testing.T) {
	d := &doc.Table{Columns: []doc.Column{{Fixed: 50000}, {Fixed: 50000}}, RuleWidth: 500, FrameWidth: 500}
	d.Body = []doc.Row{
		line(span("一\n二\n三\n四\n五\n六\n七\n八\n九", 1, 3), of("甲")), line(of("乙\n乙")), line(of("丙")), line(of("末"), of("尾")),
	}
	pg, _ := lay(t, d, 100500)
	y := map[string]unit.Length{}
	for _, x := range pg.Texts {
		y[x.Text] = x.Y
	}
	// Nine lines of 14 pt over rows of one, two and one line: 70 pt more, a third for each row.
	if up, down := y["丙"]-y["甲"], y["尾"]-y["丙"]; up < 73000 || down < 24000 || down > 27000 {
		t.Errorf("the rows stand %s and %s apart", up, down)
	}
	if y["尾"] != y["末"] || y["末"]-y["九"] < 14000 || y["末"]-y["九"] > 15000 {
		t.Errorf("the row below stands %s under the span", y["末"]-y["九"])
	}
}

// TestNotesShrinkWithTheTable wants notes no larger than the table's own text, and readable.
func TestNotesShrinkWithTheTable(t *testing.T) {
	s := style.NewSheet(&doc.StyleSheet{Texts: map[string]doc.TextStyle{
		"":  {Family: "宋体", Size: 10000, Leading: 14000},
		"注": {Family: "宋体", Size: 9000, Leading: 12000},
	}}, families)
	c := of("12345678")
	c.Number = true
	for _, test := range []struct{ measure, note unit.Length }{{200000, 9000}, {80000, 8550}, {40000, 7500}} {
		right := doc.Text{String: "元"}
		d := &doc.Table{ID: "1", NoteStyle: "注", Right: &right, Columns: make([]doc.Column, 2), Body: []doc.Row{line(c, c)}}
		set := Set(d, s, new(Memory), Room{test.measure - 2000, 700000})
		if got := set.NoteStyle(); got.Size != test.note || got.Leading != 12000*test.note/9000 {
			t.Errorf("on %s the notes are %s on %s, want %s", test.measure, got.Size, got.Leading, test.note)
		}
		if got := set.line.items[0].lines[0].Runs[0].Size; got != test.note {
			t.Errorf("on %s the line above is %s, want %s", test.measure, got, test.note)
		}
	}
}

// TestHeadsBreakBetweenWords wants heads and centred labels of several lines set as titles are; other text in cells
// fills its lines, but for words that stay whole.
func TestHeadsBreakBetweenWords(t *testing.T) {
	const words = "公务用车运行维护费" // seven characters go on a line
	label := of(words)
	label.Header, label.Align, label.AlignSet = doc.HeaderRow, doc.AlignCenter, true
	d := &doc.Table{Columns: []doc.Column{{Fixed: 75000}, {Fixed: 75000}}, Head: []doc.Row{line(of(words), of(words))},
		Body: []doc.Row{line(label, of(words))}}
	pg, _ := lay(t, d, 150000)
	var got []string
	for _, x := range pg.Texts {
		got = append(got, x.Text)
	}
	want := []string{"公务用车", "运行维护费", "公务用车", "运行维护费", "公务用车", "运行维护费", "公务用车运行", "维护费"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

// TestGroupsPart wants no row of a labelled group alone at the foot of a part, nor its last alone at the head of the next.
func TestGroupsPart(t *testing.T) {
	for _, c := range []struct {
		groups []int // rows of each
		want   []int // rows of each part; eight fit
	}{
		{[]int{7, 5}, []int{7, 5}},    // not 8, which is the first of its group
		{[]int{9, 3}, []int{7, 5}},    // nor 8, which leaves the ninth
		{[]int{6, 6}, []int{8, 4}},    // two and four
		{[]int{6, 3, 3}, []int{8, 4}}, // of three the last may be alone
	} {
		d := &doc.Table{Columns: make([]doc.Column, 2)}
		for _, n := range c.groups {
			for i := range n {
				r := line(of("甲"))
				if i == 0 {
					r = line(span("组", 1, n), of("甲"))
				}
				d.Body = append(d.Body, r)
			}
		}
		set := Set(d, sheet(), new(Memory), Room{100000, 8*14000 + 7000})
		var got []int
		for !set.Done() {
			var p Part
			set.Fill(&p, 8*14000+7000, true, 0)
			got = append(got, len(p.rows))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("groups of %v: parts of %v rows, want %v", c.groups, got, c.want)
		}
	}
}

// TestNarrowLabels wants what is centred in a narrow column broken at marks and around short quotations.
func TestNarrowLabels(t *testing.T) {
	d := &doc.Table{Columns: []doc.Column{{Align: doc.AlignCenter}}, Body: []doc.Row{line(of("开展“一照多址”“一键通”“一码通”运行维护"))}}
	pg, _ := lay(t, d, 60000)
	var got []string
	for _, x := range pg.Texts {
		got = append(got, x.Text)
	}
	want := []string{"开展", "“一照多址”", "“一键通”", "“一码通”", "运行维护"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

// TestFiguresStickOut wants the widest figure that a fixed column cannot hold reported once, with its place or the table's.
func TestFiguresStickOut(t *testing.T) {
	at := diag.Range{File: "pack.toml", Start: diag.Pos{Line: 7}}
	d := &doc.Table{Caption: doc.Text{Origin: at}, Columns: []doc.Column{{Fixed: 30000, Align: doc.AlignDecimal}, {Fixed: 70000, Align: doc.AlignDecimal}},
		Body: []doc.Row{line(of("1"), of("123456.78")), line(of("1234567"), of("1")), line(of("12345678.90"), of("1")), line(of("123456789"), of("1"))}}
	_, s := lay(t, d, 100000)
	ds := s.Diags.Sorted()
	if len(ds) != 1 || ds[0].Rule != style.RuleOverfull || ds[0].At.File != "pack.toml" || !strings.Contains(ds[0].Message, "第 1 列") || !strings.Contains(ds[0].Message, "12345678.90") {
		t.Errorf("diagnostics %v", ds)
	}
}
