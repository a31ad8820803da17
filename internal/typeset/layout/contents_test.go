package layout

import (
	"strings"
	"testing"

	"yusuan/internal/doc"
	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/unit"
)

// listed lays a contents of the given entries out, each a heading of a part behind it.
func listed(t *testing.T, families Families, entries ...string) *page.Document {
	t.Helper()
	d := &doc.Document{Styles: sheet(), Sections: []doc.Section{{Page: "直", Blocks: []doc.Block{&doc.Contents{Styles: []string{"目录", "目录二"}}}}}}
	for i, s := range entries {
		d.Sections = append(d.Sections, doc.Section{Page: "直", Numbered: true, Restart: i == 0, Blocks: []doc.Block{
			&doc.Heading{Text: text("题"), Style: "标题", Level: 1 + i%2, Contents: s, Bookmark: s}, para("文"),
		}})
	}
	out, _ := Lay(d, families)
	return out
}

// TestLeadersAreSetAsTheyAre wants the dots of leaders as far apart as their face has them, or further: set closer, each dot
// is a line of its own to those who copy the contents. They end before the number, and stand on one grid.
func TestLeadersAreSetAsTheyAre(t *testing.T) {
	for name, families := range map[string]Families{"dots no wider than a third": song(t), "wide dots": fixed} {
		out := listed(t, families, "第一部分　概况", "一、职责", "第二部分　预算表", "二、说明")
		leaders := 0
		var grid unit.Length
		for _, x := range out.Pages[0].Texts {
			if strings.Trim(x.Text, "·…") != "" {
				continue
			}
			leaders++
			dot := []rune(x.Text)[0]
			end := x.X
			for _, a := range x.Advances {
				if least := x.Size.Milli(int64(x.Face.RuneAdvance(dot))); a < least {
					t.Errorf("%s: dots of %s stand %s apart", name, least, a)
				}
				end += a
			}
			if off := (out.Pages[0].Area.X + out.Pages[0].Area.W - end) % x.Advances[0]; leaders > 1 && off != grid {
				t.Errorf("%s: leaders are off their grid by %s and %s", name, off, grid)
			} else {
				grid = off
			}
			if right := out.Pages[0].Area.X + out.Pages[0].Area.W; end > right-7000 || end < right-28000 {
				t.Errorf("%s: a leader ends %s before the edge", name, right-end)
			}
		}
		if leaders != 4 {
			t.Errorf("%s: %d leaders", name, leaders)
		}
	}
}

// TestEntriesHang wants the further lines of an entry where its title begins, below no number.
func TestEntriesHang(t *testing.T) {
	long := strings.Repeat("长的名称", 12)
	for _, c := range []struct {
		entry string
		hang  unit.Length // in thousandths of an em
	}{
		{"第一部分　" + long, 5000},
		{"一、" + long, 2000},
		{"（十二）" + long, 4000},
		{"表12-10　" + long, 4750},
		{long, 0},
		{"2026年" + long, 0},
	} {
		out := listed(t, fixed, c.entry)
		var lines []page.Text
		for _, x := range out.Pages[0].Texts {
			if strings.Trim(x.Text, "·…1 ") != "" && (len(lines) == 0 || lines[len(lines)-1].Y != x.Y) {
				lines = append(lines, x)
			}
		}
		if len(lines) < 2 {
			t.Fatalf("%s: %d lines", c.entry, len(lines))
		}
		for _, x := range lines[1:] {
			if got, want := x.X-lines[0].X, x.Size.Milli(int64(c.hang)); max(got-want, want-got) > 100 {
				t.Errorf("%s: a line begins %s right of the first, want %s", c.entry, got, want)
			}
		}
		if area := out.Pages[0].Area; lines[0].X > area.X { // a bracket begins with its ink
			t.Errorf("%s: begins %s from the edge", c.entry, lines[0].X-area.X)
		}
	}
}
