package redline

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"yusuan/internal/compare"
	"yusuan/internal/doc"
	"yusuan/internal/money"
	"yusuan/internal/typeset/layout"
	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/unit"
)

// heard are the rows of the tables behind the document, and all else there, as one who hears the file is told them.
func heard(d *page.Document, from int) (rows []string, rest []string) {
	texts := map[page.ElemID]string{}
	for i := from; i < len(d.Pages); i++ {
		for _, t := range d.Pages[i].Texts {
			if t.Elem >= 0 {
				texts[t.Elem] += t.Text
			}
		}
	}
	at := map[page.ElemID]int{}
	for i := range d.Elems {
		e, text := &d.Elems[i], texts[page.ElemID(i)]
		switch {
		case e.Kind == page.KindTR:
			at[page.ElemID(i)] = len(rows)
			rows = append(rows, "")
		case e.Kind == page.KindTD || e.Kind == page.KindTH:
			rows[at[e.Parent]] += text + "|"
		case text != "":
			rest = append(rest, text)
		}
	}
	return slices.DeleteFunc(rows, func(s string) bool { return strings.Trim(s, "|") == "" }), rest
}

// TestAppendix: the tables behind the document have each total, cause, number, sentence, row and part once, with its causes and
// pages; its pages have numbers of their own and bookmarks.
func TestAppendix(t *testing.T) {
	d := sample()
	r := changes(d)
	yuan := func(n int64) money.Amount { return money.FromFen(100 * n) }
	r.Totals = []compare.Total{{Name: "支出总计", Old: yuan(1000000), New: yuan(1010000), HasOld: true, HasNew: true, Causes: []int{1}}, {Name: "项目支出", Old: yuan(5), HasOld: true, Of: 1}, {Name: "政府采购", Old: yuan(7), New: yuan(7), HasOld: true, HasNew: true}}
	r.Causes[0] = compare.Cause{Title: "基本支出 办公费", Old: "1,000.00元", New: "11,000.00元", Money: true, Difference: yuan(10000), Effects: compare.Count{Cells: 62, Sentences: 1}}
	r.Causes[1] = compare.Cause{Title: "项目 新项目", Change: compare.Added, Last: true}
	for i := range r.Cells {
		r.Cells[i].Row, r.Cells[i].Unit = fmt.Sprint("第", i, "行"), "万元"
	}
	r.Cells[3].Row = r.Cells[2].Row
	r.Cells[0].Money, r.Cells[0].OldExact, r.Cells[0].NewExact = true, yuan(20000), yuan(10000)
	r.Cells[1].HasOld = false
	r.Cells[4].Class = compare.ByResidue
	r.Cells[6].Part, r.Cells[6].Unit = "第一部分", ""
	plain, _ := layout.Lay(d, fixed)
	n := len(plain.Pages)
	marked := Lay(r, d, fixed).Marked("test")
	rows, rest := heard(marked, n)
	want := []string{
		"内容|原|现|", "文件|昨天|今天|",
		"总额|原|现|差|增减|原因|", "支出总计|1,000,000.00|1,010,000.00|+10,000.00|+1.00%|①|", "项目支出|5.00|||||",
		"编号|什么|原|现|差（元）|影响|", "①|基本支出 办公费|1,000.00元|11,000.00元|+10,000.00|63处|", "②|上年数据：项目 新项目|（没有）|（增加）||没有印出|",
		"③|第三项||||没有印出|", "④|第四项||||没有印出|", "⑤|第五项||||没有印出|",
		"行|列|原|现|差（元）|原因|页|", "表一（单位：万元）|", "第0行|列|1|0.00|-10,000.00|①|1|", "第1行|列|（没有）|1.00||①|1|", "第2行|列|7|5.00||②|1|", "列|7|5%||③④⑤|1|",
		"第4行|列|3%|（空）||②尾差|3|", "第5行|列|3|2.00||⑤|4|", "第一部分|", "第6行|列|11.5%|12.5%||①|1|",
		"文字|原因|页|", "第一部分|", "【删：预算】【增：120.00万元】|②|1|", "主要用于会议、【删：差旅、】培训和印刷。|③|1|", "表一|", "【增：表1项目】|①模板|1、2、3|",
		"名称|变动|原因|页|", "表二|增加|程序|封面、4|", "表一|", "不在了的项目|删去|④|1|", "项目20|增加|⑤|2|",
	}
	if !slices.Equal(rows, want) {
		for i := range max(len(rows), len(want)) {
			if i >= len(rows) || i >= len(want) || rows[i] != want[i] {
				t.Fatalf("row %d:\n%q\nwant\n%q", i, rows[min(i, len(rows)):], want[min(i, len(want)):])
			}
		}
	}
	if all := strings.Join(rest, "\n"); !strings.Contains(all, "改动5项；由此变动的数字7个，文字3处，行、段、表增减3处。") || !strings.Contains(all, "有变动的页（5页）：封面、1–4。") || !strings.Contains(all, "其余1项总额没有变。") {
		t.Error(all)
	}
	var marks []string
	for _, b := range marked.Bookmarks[len(plain.Bookmarks):] {
		marks = append(marks, fmt.Sprint(b.Level, b.Title, b.Page >= n))
	}
	if fmt.Sprint(marks) != "[0有变动的页（5页）false 1封面false 1第1页false 1第2页false 1第3页false 1第4页false 0变动对照表true 1一、总额变动true 1二、改动true 1三、数字变动true 1四、文字变动true 1五、增减的行、段、表true]" {
		t.Error(marks)
	}
	for i := n; i < len(marked.Pages); i++ {
		if got := marked.Pages[i].Label; got != fmt.Sprint("附", i-n+1) {
			t.Errorf("page %d is called %q", i, got)
		}
	}
	if info := marked.Info; info.Draft != Draft || info.Title != d.Title || info.Program != "test" {
		t.Errorf("%+v", info)
	}
}

// TestNothingChanged: two documents that are the same are said to be.
func TestNothingChanged(t *testing.T) {
	d := sample()
	plain, _ := layout.Lay(d, fixed)
	marked := Lay(&compare.Result{Old: compare.Document{Name: "甲", Problems: 2}}, d, fixed).Marked("test")
	_, rest := heard(marked, len(plain.Pages))
	if all := strings.Join(rest, "\n"); !strings.Contains(all, "两份没有不同。") || !strings.Contains(all, "读不出的部分没有比较") {
		t.Error(all)
	}
	if got, want := len(marked.Pages[1].Rules), len(plain.Pages[1].Rules); got != want {
		t.Error(got, "rules of", want)
	}
}

// TestVeryMany: of very many changes the tables list so many and say how many more there are.
func TestVeryMany(t *testing.T) {
	d := sample()
	r := &compare.Result{}
	for i := range 20000 {
		r.Causes = append(r.Causes, compare.Cause{Title: fmt.Sprint("第", i, "项")})
		r.Cells = append(r.Cells, compare.Cell{Part: fmt.Sprint("表", i/5000), Row: fmt.Sprint("行", i), Column: "列", HasOld: true, HasNew: true, Old: "1", New: "2", Causes: []int{i + 1}, Spots: []compare.Spot{{Of: 1<<24 + 1}}})
		r.Sentences = append(r.Sentences, compare.Sentence{Part: "说明", Pieces: []compare.Piece{{Text: strings.Repeat("没有变动的话", 100)}, {Kind: compare.New, Text: "加"}}})
		r.Rows = append(r.Rows, compare.Row{Part: "表", Name: fmt.Sprint("行", i)})
		r.Parts = append(r.Parts, compare.Part{Title: fmt.Sprint("段", i)})
	}
	marked := Lay(r, d, fixed).Marked("test")
	rows, rest := heard(marked, 5)
	if len(rows) > mostCauses+mostCells+mostSentences+2*mostRows+20 || len(marked.Pages) > 300 {
		t.Error(len(rows), "rows on", len(marked.Pages), "pages")
	}
	for _, want := range []string{"另有19000项改动没有列出", "另有17000个数字没有列出", "另有19400处文字没有列出", "另有38000处没有列出"} {
		if !strings.Contains(strings.Join(rest, "\n"), want) {
			t.Errorf("nobody says %s", want)
		}
	}
	if !slices.ContainsFunc(rows, func(s string) bool {
		return strings.Contains(s, "……"+strings.Repeat("没有变动的话", 5)+"【增：加】")
	}) {
		t.Error("a long sentence is not cut where it stayed")
	}
}

// TestHeadMark: every page says at its head that it is not the document, upright on the sheet and clear of all that is on the
// page, however long the names of the files and however small the margin.
func TestHeadMark(t *testing.T) {
	for _, top := range []unit.Length{104882, 40000, 22000, 3000} {
		d := sample()
		for name, p := range d.Styles.Pages {
			if p.Turned {
				p.Right = top
			} else {
				p.Top = top
			}
			d.Styles.Pages[name] = p
		}
		r := changes(d)
		r.Old.Name, r.New.Name = `C:\`+strings.Repeat(`很长的目录\`, 40)+"338-1125.pdf", "龘/338.pdf"
		marked := Lay(r, d, fixed).Marked("test")
		for i := range marked.Pages {
			pg := &marked.Pages[i]
			last := pg.Texts[len(pg.Texts)-1]
			if last.Elem != page.ArtifactHeader || last.Upright != pg.Turned || !strings.HasPrefix(last.Text, "对照稿　不是公开文件　原：…") || !strings.HasSuffix(last.Text, "338-1125.pdf　现：?/338.pdf　变动对照表：附1") {
				t.Fatalf("page %d: %q", i, last.Text)
			}
			mine := page.Rule{X: last.X, Y: last.Y - last.Size, W: endOf(&last) - last.X, H: last.Size}
			if mine.X < 0 || mine.Y < 0 || mine.X+mine.W > pg.Width || mine.Y+mine.H > pg.Height {
				t.Errorf("top %v: page %d: the mark at %v is off the paper", top, i, mine)
			}
			others := slices.Clone(pg.Rules)
			for k := range pg.Texts[:len(pg.Texts)-1] {
				x := &pg.Texts[k]
				r := page.Rule{X: x.X, Y: x.Y - x.Size, W: endOf(x) - x.X, H: x.Size}
				if x.Upright && pg.Turned {
					r = page.Rule{X: pg.Height - r.Y - r.H, Y: r.X, W: r.H, H: r.W} // as OnSheet takes it back
					continue
				}
				others = append(others, r)
			}
			for _, o := range others {
				o = pg.OnSheet(o)
				if o.X < mine.X+mine.W && mine.X < o.X+o.W && o.Y < mine.Y+mine.H && mine.Y < o.Y+o.H {
					t.Errorf("top %v: page %d: the mark at %v stands on %v", top, i, mine, o)
				}
			}
		}
	}
}

// TestNoStyles: a document without tables, or without any style, has its tables all the same.
func TestNoStyles(t *testing.T) {
	for _, styles := range []*doc.StyleSheet{nil, {}, sheet()} {
		d := &doc.Document{Title: "空", Styles: styles, Sections: []doc.Section{{Page: "直", Blocks: []doc.Block{&doc.Paragraph{Spans: []doc.Span{{Text: doc.Text{String: "字"}}}}}}}}
		marked := Lay(&compare.Result{Causes: []compare.Cause{{Title: "一项"}}}, d, fixed).Marked("test")
		rows, _ := heard(marked, 1)
		if !strings.Contains(strings.Join(rows, "\n"), "一项") {
			t.Error(rows)
		}
	}
}

// TestListed: pages are named as they are numbered, ranges of three and more as such.
func TestListed(t *testing.T) {
	var pages []Page
	for i, label := range []string{"封面", "", "1", "2", "4", "5", "6", "7", "9", "1", "2"} {
		pages = append(pages, Page{Index: i, Label: label})
	}
	if got := listed(pages); got != "封面、第2面、1、2、4–7、9、1、2" {
		t.Error(got)
	}
}
