package build_test

import (
	"os"
	"strings"
	"testing"

	"yusuan/internal/build"
	"yusuan/internal/doc"
	"yusuan/internal/typeset/layout"
	"yusuan/internal/typeset/page"
)

// plainText is the texts of a page or of a tree in one.
func plainText(p *page.Page) string {
	var b strings.Builder
	for i := range p.Texts {
		b.WriteString(p.Texts[i].Text)
	}
	return b.String()
}

// TestTotalsInTheirFace wants rows that sum all in the face that the pack names for them, whether the budget gives them or the
// pack writes them, and other rows in that of the table; and no row in another where the pack names none.
func TestTotalsInTheirFace(t *testing.T) {
	for dir, face := range map[string]string{"testdata/departments/2018/101": "宋体加粗", sample: ""} {
		w := good(t, dir)
		totals := map[string]int{}
		for id, tab := range tables(w.Tree) {
			for _, row := range tab.Body {
				for _, x := range row.Cells {
					if x.Family != "" && x.Family != face {
						t.Errorf("%s: table %s: a cell in %s", dir, id, x.Family)
					}
					if x.Family == "" || len(x.Text) == 0 || x.Number {
						continue
					}
					totals[x.Text[0].String]++
				}
			}
		}
		for _, name := range []string{"合计", "收入总计", "收入合计", "支出合计", "当年支出小计"} {
			if face != "" != (totals[name] > 0) {
				t.Errorf("%s: %d rows %s in a face of their own: %v", dir, totals[name], name, totals)
			}
			delete(totals, name)
		}
		delete(totals, "当年收入小计")
		if len(totals) > 0 {
			t.Errorf("%s: no totals: %v", dir, totals)
		}
	}
}

// TestContentsAsHeaded wants the contents to name each table as its heading does, with the number above the heading where the
// pack has it there, and further parts to be named by the table's number.
func TestContentsAsHeaded(t *testing.T) {
	for dir, template := range map[string]string{sample: "", "data/2025/338": ministry, "testdata/departments/2018/101": ""} {
		w, err := shared(t).Check(build.Input{Data: os.DirFS("../.."), Dir: dir, Template: template})
		if err != nil || w.Tree == nil {
			t.Fatal(dir, err)
		}
		checked := 0
		for i := range w.Tree.Sections {
			blocks := w.Tree.Sections[i].Blocks
			for k := 1; k < len(blocks); k++ {
				h, isHeading := blocks[k-1].(*doc.Heading)
				tab, isTable := blocks[k].(*doc.Table)
				if !isHeading || !isTable {
					continue
				}
				checked++
				number, _, _ := strings.Cut(h.Text.String, "\u3000")
				want := h.Text.String
				if k > 1 {
					if p, ok := blocks[k-2].(*doc.Paragraph); ok && number == want {
						number = p.Spans[0].String
						want = number + "\u3000" + want
					}
				}
				if h.Contents != want {
					t.Errorf("%s: %q is %q in the contents", dir, want, h.Contents)
				}
				if want := number + "（续表）"; tab.Continued != want {
					t.Errorf("%s: further parts of %q are called %q, want %q", dir, h.Text.String, tab.Continued, want)
				}
			}
		}
		if checked < 8 {
			t.Errorf("%s: %d tables", dir, checked)
		}
	}
}

// TestEmptyDateIsNotRepeated wants a date that nobody filled in asked for once, above the first part of the form, and one that
// is there on all parts.
func TestEmptyDateIsNotRepeated(t *testing.T) {
	for _, c := range []struct {
		dir  string
		more bool // on further parts
	}{{sample, false}, {"testdata/departments/2026/415", true}} {
		w := good(t, c.dir)
		pages, _ := layout.Lay(w.Tree, shared(t).Fonts.Family)
		first, further := 0, 0
		for i := range pages.Pages {
			text := plainText(&pages.Pages[i])
			switch {
			case !strings.Contains(text, "申报日期："):
			case strings.Contains(text, "（续表）"):
				further++
			default:
				first++
			}
		}
		if first == 0 || (further > 0) != c.more {
			t.Errorf("%s: 申报日期： on %d first and %d further parts", c.dir, first, further)
		}
	}
}

// TestBalancesInTheSizeOfTheRest wants tables 1 and 4 of the sample in the size of the other tables of figures, and on one page
// each in every department, smaller where a long name leaves less room.
func TestBalancesInTheSizeOfTheRest(t *testing.T) {
	for dir, want := range map[string]map[string]int64{
		sample:                          {"1": 10500, "4": 10500},
		"testdata/departments/2026/415": {"1": 9500, "4": 10500},
	} {
		w := good(t, dir)
		pages, _ := layout.Lay(w.Tree, shared(t).Fonts.Family)
		sizes := map[string]int64{}
		on := map[string]int{}
		for i := range pages.Pages {
			p := &pages.Pages[i]
			text := plainText(p)
			for id, heading := range map[string]string{"1": "部门收支总表", "4": "财政拨款收支总表"} {
				if !strings.Contains(text, heading) || !strings.Contains(text, "收入总计") {
					continue
				}
				on[id]++
				for _, x := range p.Texts {
					if strings.Contains(x.Text, "债务发行费用支出") {
						sizes[id] = int64(x.Size)
					}
				}
			}
		}
		for id, size := range want {
			if sizes[id] != size || on[id] != 1 {
				t.Errorf("%s: table %s is set in %d thousandths of a point, whole on %d pages; want %d on one", dir, id, sizes[id], on[id], size)
			}
		}
	}
}
