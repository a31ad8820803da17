package build_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"yusuan/internal/build"
	"yusuan/internal/diag"
	"yusuan/internal/doc"
	"yusuan/internal/testdept"
)

const everywhereRoot = "../../testdata/everywhere"

// everywhereWork checks one of those departments with a pack.
func everywhereWork(t *testing.T, s *build.Shared, department, pack, edition string) *build.Work {
	t.Helper()
	p, _, err := s.Pack(pack)
	if err != nil {
		t.Fatal(err)
	}
	// A pack of another year of the same place asks for what the first of them asks for.
	var others []string
	if place, _, _ := strings.Cut(pack, "-"); place == "jiangsu" && pack != "jiangsu-department-2018" {
		others = []string{"jiangsu-department-2018"}
	}
	files, err := testdept.EverywhereFiles(os.DirFS(everywhereRoot), department, min(p.LastYear, 2026), pack, others...)
	if err != nil {
		t.Fatal(err)
	}
	w, err := s.Check(build.Input{Data: folder(files), Dir: "d", Edition: edition})
	if err != nil || w.Tree == nil {
		t.Fatal(department, pack, edition, err, w.Diags.Sorted())
	}
	return w
}

// everywhereDocuments are the documents that each pack makes of each of those departments and of their units.
// Kept are the words of those that come out of a folder as it is.
func everywhereDocuments(t *testing.T, fn func(name string, kept bool, w *build.Work)) {
	t.Helper()
	s := shared(t)
	for _, id := range s.PackNames() {
		p, _, err := s.Pack(id)
		if err != nil {
			t.Fatal(err)
		}
		for _, department := range testdept.Everywhere {
			w := everywhereWork(t, s, department, id, "")
			ofUnits := p.Kind == "单位预算"
			if !ofUnits {
				fn(department+"/"+id, true, w)
			}
			if id == "shanghai-department" { // its units have a pack of their own
				continue
			}
			for _, e := range w.UnitEditions() {
				fn(department+"/"+id+"-"+strings.TrimPrefix(e, "unit:"), ofUnits, everywhereWork(t, s, department, id, e))
			}
		}
	}
}

// senseless is what no document says: what is left of a sentence when the thing it tells of is not there.
var senseless = regexp.MustCompile(brokenSentence.String() + `|：，|“”|（）|《》|其中：?。|XX|××|[^\d.,]0[家个辆台项](（|[^\d.]|$)|原因是[。；，]|[^\d.]0%|%%`)

// prescribed is what forms of a place have printed of all kinds, also of those that are not there.
var prescribed = map[string]*regexp.Regexp{
	"jiangsu":  regexp.MustCompile(`，占(“三公”经费的|三类经费合计的)?0%|共0个项目实行绩效目标管理`),
	"shanghai": regexp.MustCompile(`(用车|车辆)0辆|设备（不含车辆）0台（套）`),
}

// ordinals are the marks of headings, by rank: 一、 and （一）.
var ordinals = []*regexp.Regexp{regexp.MustCompile(`^([一二三四五六七八九十]+)、`), regexp.MustCompile(`^（([一二三四五六七八九十]+)）`)}

// inOrder tells headings and lists whose numbers skip: each follows the one before of its rank, or begins anew with 一.
func inOrder(texts []string) (bad []string) {
	last := map[int]int{}
	for _, s := range texts {
		for rank, re := range ordinals {
			m := re.FindStringSubmatch(s)
			if m == nil {
				continue
			}
			n := slices.Index(zhNumbers, m[1]) + 1
			if n != 1 && n != last[rank]+1 {
				bad = append(bad, s)
			}
			last[rank] = n
			for below := rank + 1; below < len(ordinals); below++ {
				delete(last, below)
			}
		}
	}
	return bad
}

var zhNumbers = strings.Fields("一 二 三 四 五 六 七 八 九 十 十一 十二 十三 十四 十五 十六 十七 十八 十九 二十 二十一 二十二 二十三 二十四 二十五 二十六 二十七 二十八 二十九 三十")

// saidBy are the texts of headings and paragraphs, of each table its heading and notes.
func saidBy(d *doc.Document) (out []string) {
	for i := range d.Sections {
		for _, b := range d.Sections[i].Blocks {
			switch b := b.(type) {
			case *doc.Heading:
				out = append(out, b.Text.String)
			case *doc.Paragraph:
				var s strings.Builder
				for _, x := range b.Spans {
					s.WriteString(x.String)
				}
				out = append(out, s.String())
			case *doc.Table:
				for _, n := range b.Notes {
					out = append(out, n.String)
				}
			}
		}
	}
	return out
}

// kindsSaid is what documents say, and do not say, of what their units are: six has 行政 and 参公, odd 参公 alone, none has
// neither and one unit.
var kindsSaid = map[string]struct{ says, not []string }{
	"six/wuhan":                    {says: []string{"其中本级机关1个、所属二级单位5个", "机关运行经费119.89万元"}},
	"none/wuhan":                   {says: []string{"预算只包括本单位的收支", "没有安排机关运行经费"}, not: []string{"机关1个", "所属二级"}},
	"odd/wuhan":                    {says: []string{"其中本级1个、所属二级单位1个", "机关运行经费16.20万元"}, not: []string{"机关1个"}},
	"six/central-department":       {says: []string{"行政单位和参照公务员法管理的事业单位的机关运行经费预算为119.89万元", "各单位共有车辆8辆"}},
	"none/central-department":      {says: []string{"预算只包括本单位的收支", "没有安排机关运行经费"}, not: []string{"各单位"}},
	"odd/central-department":       {says: []string{"年参照公务员法管理的事业单位的机关运行经费预算为16.20万元"}, not: []string{"行政单位和"}},
	"six/jiangsu-department-2018":  {says: []string{"预算单位共6家", "机关运行经费支出119.89万元"}},
	"none/jiangsu-department-2018": {says: []string{"预算单位共1家", "没有安排一般公共预算机关运行经费支出"}},
	"six/shanghai-department":      {says: []string{"行政单位1家，参公单位1家，事业单位4家", "1家机关和1家参公事业单位财政拨款的机关运行经费预算为119.89万元"}},
	"none/shanghai-department":     {says: []string{"本部门中，事业单位1家，具体", "无机关运行经费预算", "未安排政府采购预算", "未安排“三公”经费预算"}, not: []string{"家机关", "行政单位1家"}},
	"odd/shanghai-department":      {says: []string{"参公单位1家，事业单位1家", "下属1家参公事业单位财政拨款的机关运行经费预算为16.20万元"}, not: []string{"家机关"}},
	"odd/jiangsu-department-2018":  {says: []string{"预算单位共2家", "机关运行经费支出16.2万元，为本年新增"}},
}

// TestDepartmentsEverywhere has every pack tell of departments that differ in all that packs tell of. What they say is
// kept beside the departments: UPDATE=1 writes it anew, to be read as those read it who sign it.
func TestDepartmentsEverywhere(t *testing.T) {
	everywhereDocuments(t, func(name string, kept bool, w *build.Work) {
		for _, d := range w.Diags.Sorted() {
			if d.Level == diag.Error {
				t.Errorf("%s: %s %s %s", name, d.At, d.Rule, d.Message)
			}
		}
		said := saidBy(w.Tree)
		_, pack, _ := strings.Cut(name, "/")
		place, _, _ := strings.Cut(pack, "-")
		all := strings.Join(said, "\n")
		for _, x := range kindsSaid[name].says {
			if !strings.Contains(all, x) {
				t.Errorf("%s: it does not say %s", name, x)
			}
		}
		for _, x := range kindsSaid[name].not {
			if strings.Contains(all, x) {
				t.Errorf("%s: it says %s", name, x)
			}
		}
		for _, s := range said {
			if re := prescribed[place]; re != nil {
				s = re.ReplaceAllString(s, "")
			}
			if m := senseless.FindString(s); m != "" {
				t.Errorf("%s: %q in %s", name, m, s)
			}
		}
		for _, s := range inOrder(said) {
			t.Errorf("%s: the number before is missing: %s", name, s)
		}
		for i := range w.Tree.Sections {
			nothingBelow(t, name, w.Tree.Sections[i].Blocks)
		}
		for id, x := range tables(w.Tree) {
			if strings.TrimSpace(strings.ReplaceAll(strings.Join(slices.Concat(cells(x)...), ""), "合计", "")) == "" && len(x.Notes) == 0 {
				t.Errorf("%s: table %s holds nothing and does not say so", name, id)
			}
		}
		if kept {
			keptWords(t, everywhereRoot+"/"+name+".txt", said)
		}
	})
}

// nothingBelow tells headings that are followed by one of their rank or above, or by the end.
func nothingBelow(t *testing.T, name string, blocks []doc.Block) {
	t.Helper()
	for i, b := range blocks {
		h, ok := b.(*doc.Heading)
		if !ok {
			continue
		}
		if i+1 == len(blocks) {
			t.Errorf("%s: nothing below %s", name, h.Text.String)
		} else if next, ok := blocks[i+1].(*doc.Heading); ok && next.Level <= h.Level && h.Level > 1 {
			t.Errorf("%s: nothing below %s", name, h.Text.String)
		}
	}
}

// keptWords holds texts against the file that keeps them.
func keptWords(t *testing.T, file string, said []string) {
	t.Helper()
	got := strings.Join(said, "\n") + "\n"
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	a, b := strings.Split(got, "\n"), strings.Split(string(want), "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			t.Errorf("%s line %d: %s\nbefore: %s", file, i+1, a[i], b[i])
			return
		}
	}
	if len(a) != len(b) {
		t.Errorf("%s: %d lines, before %d", file, len(a), len(b))
	}
}
