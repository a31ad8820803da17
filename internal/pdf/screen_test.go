package pdf_test

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"yusuan/internal/pdf"
	"yusuan/internal/typeset/page"
)

// shownText is the text in a content stream.
var shownText = regexp.MustCompile(`(?s)\((?:[^()\\]|\\.)*\)`)

// TestPrintsInBlack holds that black and grey are printed with black ink alone, and that no rule and no part of a drawing is
// too thin to be printed.
func TestPrintsInBlack(t *testing.T) {
	const least = 0.5 - 1e-9
	rules, greys, colours, drawn := 0, 0, 0, 0
	for _, dir := range departments {
		_, pages := laidOut(t, dir)
		file, err := pdf.Write(pages, nil)
		if err != nil {
			t.Fatal(err)
		}
		for i, content := range pdf.Contents(t, file) {
			var box [4]float64 // left, bottom, right, top of the path at hand
			var args []float64
			for _, word := range strings.Fields(shownText.ReplaceAllString(content, "")) {
				if v, err := strconv.ParseFloat(word, 64); err == nil {
					args = append(args, v)
					continue
				}
				n := len(args)
				switch word {
				case "rg", "RG":
					if colours++; args[n-1] == args[n-2] && args[n-2] == args[n-3] {
						t.Errorf("%s: page %d: a grey of three inks: %v", dir, i+1, args)
					}
				case "k", "K", "cs", "CS", "sc", "scn":
					t.Errorf("%s: page %d: operator %s", dir, i+1, word)
				case "g":
					greys++
				case "re":
					if rules++; min(args[n-2], args[n-1]) < least {
						t.Errorf("%s: page %d: a rule of %v × %v pt", dir, i+1, args[n-2], args[n-1])
					}
				case "m":
					box = [4]float64{args[n-2], args[n-1], args[n-2], args[n-1]}
				case "l", "c":
					for k := 0; k+1 < n; k += 2 {
						box = [4]float64{min(box[0], args[k]), min(box[1], args[k+1]), max(box[2], args[k]), max(box[3], args[k+1])}
					}
				case "h":
					if drawn++; min(box[2]-box[0], box[3]-box[1]) < least {
						t.Errorf("%s: page %d: a drawing of %v × %v pt", dir, i+1, box[2]-box[0], box[3]-box[1])
					}
				}
				args = args[:0]
			}
		}
	}
	if rules < 100 || greys < 2 || colours < 2 || drawn < 10 {
		t.Errorf("only %d rules, %d greys, %d colours and %d drawings were tried", rules, greys, colours, drawn)
	}
}

// TestFrontIsReached holds that the cover and the contents have a heading, a bookmark and a page label, and that the second
// title of a form is a heading with a bookmark below that of the form.
func TestFrontIsReached(t *testing.T) {
	_, pages := laidOut(t, "data/2026/338")
	file, err := pdf.Write(pages, nil)
	if err != nil {
		t.Fatal(err)
	}
	const title = "武汉市武昌区行政审批局2026年部门预算"
	for i, want := range []struct {
		kind                 page.Kind
		text, mark, labelled string
	}{
		{page.KindH1, "武汉市武昌区行政审批局", title, "封面"},
		{page.KindH1, "目录", "目录", "目录"},
	} {
		if got := headings(pages, i, want.kind); !slices.Contains(got, want.text) {
			t.Errorf("page %d has the headings %q, not %q", i+1, got, want.text)
		}
		if b := pages.Bookmarks[i]; b.Title != want.mark || b.Level != 0 || b.Page != i {
			t.Errorf("bookmark %d is %+v, not %s", i, b, want.mark)
		}
		if !strings.Contains(pdf.Catalog(t, file), strconv.Itoa(i)+"<</P"+pdf.Hex(want.labelled)+">>") {
			t.Errorf("no page is called %s: %s", want.labelled, regexp.MustCompile(`/PageLabels.*?\]`).FindString(pdf.Catalog(t, file)))
		}
	}
	if got := headings(pages, 0, page.KindH2); !slices.Equal(got, []string{"2026年部门预算"}) {
		t.Errorf("below the name the cover has the headings %q", got)
	}
	const form, second = "表11　整体支出绩效目标表", "部门（单位）整体支出绩效目标申报表"
	at := slices.IndexFunc(pages.Bookmarks, func(b page.Bookmark) bool { return b.Title == form })
	if at < 0 || at+1 >= len(pages.Bookmarks) || pages.Bookmarks[at+1].Title != second || pages.Bookmarks[at+1].Level != pages.Bookmarks[at].Level+1 {
		t.Fatalf("the bookmarks below %s are %v", form, pages.Bookmarks[max(at, 0):])
	}
	if got := headings(pages, pages.Bookmarks[at+1].Page, page.KindH3); !slices.Contains(got, second) {
		t.Errorf("the headings of the third level are %q, not %s", got, second)
	}
}

// headings are the headings of a kind on a page, without blanks.
func headings(d *page.Document, index int, kind page.Kind) (out []string) {
	texts := map[page.ElemID]string{}
	var order []page.ElemID
	for _, x := range d.Pages[index].Texts {
		if x.Elem < 0 || d.Elems[x.Elem].Kind != kind {
			continue
		}
		if _, known := texts[x.Elem]; !known {
			order = append(order, x.Elem)
		}
		texts[x.Elem] += squeeze(x.Text)
	}
	for _, e := range order {
		out = append(out, texts[e])
	}
	return out
}
