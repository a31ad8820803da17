package pdf

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/unit"
)

// TestStructure walks the tree from its root and holds it to be the one laid out, with the same text in each element,
// and the parent tree to lead back.
func TestStructure(t *testing.T) {
	d := sample(t)
	p := parseFile(t, write(t, d))
	want := make([]string, len(d.Elems))
	for i := range d.Pages {
		for _, text := range d.Pages[i].Texts {
			if text.Elem >= 0 {
				want[text.Elem] += text.Text
			}
		}
	}
	fonts := p.fonts()
	texts, pageIndex := map[[2]int]string{}, map[int]int{}
	root := p.objects[ref(t, p.objects[p.catalog], "StructTreeRoot")]
	nums := string(p.objects[ref(t, root, "ParentTree")])
	for i, n := range p.pages() {
		pageIndex[n] = i
		parents := refs(regexp.MustCompile(`(?:\[|\n)` + strconv.Itoa(i) + `\[([^]]*)\]`).FindSubmatch([]byte(nums))[1:][0])
		count := 0
		for _, s := range p.interpret(p.streams[ref(t, p.objects[n], "Contents")], fonts) {
			if s.mcid < 0 {
				if s.tag != "Artifact" {
					t.Errorf("page %d: %s is neither tagged nor artifact", i+1, s.tag)
				}
				continue
			}
			if s.mcid != count || s.mcid >= len(parents) {
				t.Fatalf("page %d: MCID %d is number %d of %d", i+1, s.mcid, count, len(parents))
			}
			if kind := kindOf(p.objects[parents[s.mcid]]); kind != s.tag {
				t.Errorf("page %d: MCID %d is tagged %s but belongs to %s", i+1, s.mcid, s.tag, kind)
			}
			texts[[2]int{n, s.mcid}] = s.text()
			count++
		}
		if count != len(parents) {
			t.Errorf("page %d: %d marks, %d in the parent tree", i+1, count, len(parents))
		}
	}
	first := refs(after(t, root, "/K"))[0]
	used := map[[2]int]bool{}
	for i, e := range d.Elems {
		body := p.objects[first+i]
		if kindOf(body) != e.Kind.String() {
			t.Fatalf("element %d is %s, want %s", i, kindOf(body), e.Kind)
		}
		if i > 0 && ref(t, body, "P") != first+int(e.Parent) {
			t.Errorf("element %d has another parent", i)
		}
		got := ""
		for _, m := range marksOf(body) {
			if used[m] {
				t.Errorf("MCID %d of page %d belongs to two elements", m[1], pageIndex[m[0]]+1)
			}
			used[m] = true
			got += texts[m]
		}
		if got != want[i] {
			t.Errorf("element %d (%s) reads %q, want %q", i, e.Kind, got, want[i])
		}
	}
	named := 0
	for i := range d.Elems {
		named += checkCell(t, p, d, first, i)
	}
	if named == 0 {
		t.Error("the sample has no cell that names its heads")
	}
	if len(used) != len(texts) {
		t.Errorf("%d of %d marks are in the tree", len(used), len(texts))
	}
}

var (
	headersPattern = regexp.MustCompile(`/Headers\[((?:\([^()]*\))*)\]`)
	idPattern      = regexp.MustCompile(`/ID(\([^()]*\))`)
	stringPattern  = regexp.MustCompile(`\([^()]*\)`)
)

// checkCell holds the attributes of a cell to be the element's: its scope, the columns it spans, and as its heads the identifiers
// of those elements, which the name tree leads to. It returns how many heads the file names.
func checkCell(t *testing.T, p *parsed, d *page.Document, first, i int) int {
	t.Helper()
	e, body := &d.Elems[i], string(p.objects[first+i])
	if want := "/Scope/" + e.Scope.String(); e.Scope != page.NoScope && !strings.Contains(body, want) {
		t.Errorf("element %d (%s) lacks %s: %s", i, e.Kind, want, body)
	}
	if want := "/ColSpan " + strconv.Itoa(int(e.ColSpan)); e.ColSpan > 1 && !strings.Contains(body, want) {
		t.Errorf("element %d (%s) lacks %s: %s", i, e.Kind, want, body)
	}
	var got []string
	if m := headersPattern.FindStringSubmatch(body); m != nil {
		got = stringPattern.FindAllString(m[1], -1)
	}
	if len(got) != len(e.Headers) {
		t.Fatalf("element %d (%s) names %d heads in /Headers, want %d: %s", i, e.Kind, len(got), len(e.Headers), body)
	}
	root := string(p.objects[ref(t, p.objects[p.catalog], "StructTreeRoot")])
	for k, h := range e.Headers {
		m := idPattern.FindStringSubmatch(string(p.objects[first+int(h)]))
		if m == nil || m[1] != got[k] {
			t.Errorf("element %d names %s as its head, element %d is %v", i, got[k], h, m)
		}
		if !strings.Contains(root, got[k]+strconv.Itoa(first+int(h))+" 0 R") {
			t.Errorf("the name tree does not lead from %s to element %d", got[k], h)
		}
	}
	return len(got)
}

func kindOf(body []byte) string {
	return string(regexp.MustCompile(`^<</S/(\w+)`).FindSubmatch(body)[1])
}

// marksOf lists the marks of an element as pairs of page object and MCID.
func marksOf(body []byte) (out [][2]int) {
	i := bytes.Index(body, []byte("/K"))
	if i < 0 {
		return nil
	}
	own := 0
	if m := regexp.MustCompile(`/Pg (\d+) 0 R/K`).FindSubmatch(body); m != nil {
		own, _ = strconv.Atoi(string(m[1]))
	}
	kids := regexp.MustCompile(`<</Type/OBJR[^>]*>>`).ReplaceAll(body[i+2:], nil)
	for _, m := range regexp.MustCompile(`<</Type/MCR/Pg (\d+) 0 R/MCID (\d+)>>|(\d+) 0 R|(\d+)`).FindAllSubmatch(kids, -1) {
		switch {
		case m[1] != nil:
			page, _ := strconv.Atoi(string(m[1]))
			mcid, _ := strconv.Atoi(string(m[2]))
			out = append(out, [2]int{page, mcid})
		case m[4] != nil:
			mcid, _ := strconv.Atoi(string(m[4]))
			out = append(out, [2]int{own, mcid})
		}
	}
	return out
}

// TestMixedElement holds that text before and after a child is read in that order.
func TestMixedElement(t *testing.T) {
	b := newBuilder(t)
	b.page(unit.A4Width, unit.A4Height, "1")
	para := b.elem(page.Elem{Kind: page.KindP})
	span := b.elem(page.Elem{Kind: page.KindSpan, Parent: para})
	for i, e := range []page.ElemID{para, span, para} {
		b.text("仿宋", 15750, 60000, unit.Length(100000+30000*i), 0, e, "文字")
	}
	p := parseFile(t, write(t, b.d))
	first := refs(after(t, p.objects[ref(t, p.objects[p.catalog], "StructTreeRoot")], "/K"))[0]
	want := "/K[ 0 " + strconv.Itoa(first+2) + " 0 R 2]"
	if body := string(p.objects[first+1]); !strings.Contains(body, want) {
		t.Errorf("the paragraph holds %s, want %s", body, want)
	}
}

func TestLinks(t *testing.T) {
	d := sample(t)
	p := parseFile(t, write(t, d))
	pages := p.pages()
	nums := p.objects[ref(t, p.objects[ref(t, p.objects[p.catalog], "StructTreeRoot")], "ParentTree")]
	annots := refs(regexp.MustCompile(`/Annots\[[^]]*\]`).Find(p.objects[pages[1]]))
	if len(annots) != 2 {
		t.Fatalf("%d links", len(annots))
	}
	for i, n := range annots {
		a := p.objects[n]
		for _, want := range []string{"/F 4", "/Contents<FEFF", "/Dest[" + strconv.Itoa(pages[2+i]) + " 0 R/XYZ null "} {
			if !bytes.Contains(a, []byte(want)) {
				t.Errorf("link %d lacks %s: %s", i, want, a)
			}
		}
		key := strconv.Itoa(number(t, after(t, a, "/StructParent ")))
		elem := number(t, after(t, nums, "\n"+key+" "))
		if body := p.objects[elem]; kindOf(body) != "Link" || !bytes.Contains(body, []byte("<</Type/OBJR/Obj "+strconv.Itoa(n)+" 0 R")) {
			t.Errorf("link %d belongs to %s", i, body)
		}
	}
}
