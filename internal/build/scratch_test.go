package build_test

import (
	"os"
	"strings"
	"testing"

	"yusuan/internal/build"
	"yusuan/internal/compare"
	"yusuan/internal/doc"
)

func TestScratch(t *testing.T) {
	s, root := shared(t), os.DirFS("../..")
	for name, in := range map[string]build.Input{
		"wuhan":    {Data: root, Dir: "data/2026/338", PriorDir: "data/2025/338"},
		"jiangsu":  {Data: root, Dir: "testdata/departments/2018/101"},
		"shanghai": {Data: root, Dir: "testdata/departments/2025/010"},
		"501":      {Data: root, Dir: "testdata/departments/2026/501"},
		"415":      {Data: root, Dir: "testdata/departments/2026/415"},
		"central":  {Data: root, Dir: "data/2026/338", PriorDir: "data/2025/338", Template: "central-department"},
	} {
		w, err := s.Check(in)
		if err != nil {
			t.Fatal(err)
		}
		r := &compare.Result{Old: compare.Document{Name: "备份/2026-11-29/338-2026年部门预算（送审稿）.pdf", Title: w.Tree.Title, Program: "yusuan 0.2.0", Pack: "x", Pages: 30}, New: compare.Document{Name: in.Dir, Title: w.Tree.Title, Program: "yusuan 0.2.0", Pack: "x", Pages: 30}}
		for range 60 {
			r.Causes = append(r.Causes, compare.Cause{Title: "基本支出 · 338001 · 2010301 行政运行 · 30201 办公费 · 金额", Old: "1,671,540.00元", New: "1,681,540.00元", Money: true})
		}
		k := 0
		eachNumber(w, func(of int32, printed string) {
			if k++; k%9 < 2 {
				r.Cells = append(r.Cells, compare.Cell{Part: "表3　部门支出总表", Row: "2010301 行政运行", Column: "基本支出 / 合计", Unit: "万元", Old: "1,231.45", New: printed, HasOld: true, HasNew: true, Money: true, Causes: []int{k/100%60 + 1, k / 70 % 60}, Spots: []compare.Spot{{Of: of}}})
				if c := &r.Cells[len(r.Cells)-1]; c.Causes[1] == 0 {
					c.Causes = c.Causes[:1]
				}
			}
		})
		k = 0
		text := func(x *doc.Text) {
			if x == nil || strings.TrimSpace(x.String) == "" {
				return
			}
			k++
			runes := []rune(x.String)
			sp := compare.Spot{Text: x}
			se := compare.Sentence{Part: "第一部分　概况", Causes: []int{k%60 + 1}, Pieces: []compare.Piece{{Text: "按照"}, {Kind: compare.Gone, Text: "原来的话"}, {Kind: compare.New, Text: x.String}}}
			switch k % 31 {
			case 3:
				sp.From, sp.To = 0, len(string(runes[:min(len(runes), 14)]))
			case 5:
				sp.From = len(string(runes[:len(runes)/2]))
				sp.To = sp.From
			case 9:
				sp.From, sp.To = len(x.String), len(x.String)
			case 13:
				r.Rows = append(r.Rows, compare.Row{Part: "表3", Name: "原来的行", Change: compare.Removed, Causes: []int{k%60 + 1}, Spots: []compare.Spot{sp}})
				return
			case 17:
				sp.To = len(x.String)
				se.Class, se.Causes = compare.ByTemplate, nil
			default:
				return
			}
			se.Spots = []compare.Spot{sp}
			r.Sentences = append(r.Sentences, se)
		}
		for i := range w.Tree.Sections {
			for _, b := range w.Tree.Sections[i].Blocks {
				switch b := b.(type) {
				case *doc.Heading:
					text(&b.Text)
				case *doc.Paragraph:
					for k := range b.Spans {
						text(&b.Spans[k].Text)
					}
				case *doc.Table:
					for i := range b.Body {
						for k := range b.Body[i].Cells {
							for n := range b.Body[i].Cells[k].Text {
								text(&b.Body[i].Cells[k].Text[n])
							}
						}
					}
				case *doc.Chart:
					for i := range b.Items {
						text(&b.Items[i].Label)
					}
				}
			}
		}
		raw, err := w.MarkedPDF(w.Redline(r))
		if err != nil {
			t.Fatal(err)
		}
		os.WriteFile("/tmp/mk/"+name+".pdf", raw, 0o666)
	}
}
