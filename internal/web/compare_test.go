package web

import (
	"bytes"
	"errors"
	"fmt"
	"mime/multipart"
	"net/http"
	"slices"
	"strings"
	"testing"

	"yusuan/internal/build"
	differ "yusuan/internal/changes"
	"yusuan/internal/compare"
	"yusuan/internal/desk"
	"yusuan/internal/typeset/page"
)

// officeCosts is a comparison of the sample with one whose office costs are higher. The first number of the list has a place on
// either side.
func officeCosts(t *testing.T) *Comparison {
	t.Helper()
	k := sample(t)
	work := func() *build.Work {
		w, err := shared().Check(build.Input{Data: k, Dir: where, PriorDir: "data/2025/338"})
		if err != nil {
			t.Fatal(err)
		}
		return w
	}
	old := work()
	k.put("basic.toml", []byte(strings.Replace(k.get("basic.toml"), "amount = 1671540", "amount = 1681540", 1)))
	fresh := work()
	r := compare.Compare(old.Side("原"), fresh.Side("现"))
	pages := fresh.Redline(r).Pages()[:3]
	one := ComparedPages{Pages: pages, Places: [][]ComparedPlace{{{Box: page.Rule{X: 1, Y: 2, W: 3, H: 4}, Effects: []string{"c0"}, Gone: true}}, nil, nil}}
	return &Comparison{Report: &differ.Report{Result: r, Notes: []string{"要知道的"}}, Old: one, New: one, Fields: []FieldAt{{"basic.toml#13", "amount"}},
		Book: func() ([]byte, error) { return []byte("book"), nil }, Marked: func() ([]byte, error) { return nil, errors.New("画不出") }}
}

// compared is what a window is told of a comparison.
type comparedTold struct {
	Number int
	Report struct{ Cells []struct{ Name string } }
	Fields []FieldAt
	Old    wireSide
	New    wireSide
}

// TestCompare: a comparison is told with its pages, which are drawn when they are asked for, and with what is taken away from it.
// It is there until the next one, or until nobody wants it.
func TestCompare(t *testing.T) {
	asked := ""
	x := serve(t, sample(t), func(w *World) {
		w.Compare = Compare{
			Earlier: func(dir string, _ *desk.Desk) ([]Earlier, error) {
				return []Earlier{{ID: "opened", Group: "组", Title: dir}}, nil
			},
			With: func(_ string, d *desk.Desk, id string) (*Comparison, error) {
				asked = id
				if id != "opened" {
					return nil, errors.New("没有这一份")
				}
				return officeCosts(t), nil
			},
		}
	})
	var list struct{ Earlier []Earlier }
	if x.ask("GET", "api/compare", "", &list); len(list.Earlier) != 1 || list.Earlier[0].Title != "/"+where {
		t.Error(list)
	}
	if status, body, _ := x.do("POST", "api/compare", `{"with": "nothing"}`, nil); status < 400 || !strings.Contains(body, "没有这一份") || asked != "nothing" {
		t.Error(status, body)
	}
	var c comparedTold
	x.ask("POST", "api/compare", `{"with": "opened"}`, &c)
	if len(c.Report.Cells) != 62 || len(c.Old.Pages) != 3 || len(c.New.Places) != 3 || c.Fields[0].Key != "amount" || !c.Old.Places[0][0].Gone || c.Old.Places[0][0].W != 3 || c.Old.Pages[0].Label != "封面" {
		t.Errorf("%+v", c)
	}
	at := func(name string) string { return fmt.Sprintf("c/%d/%s", c.Number, name) }
	if status, body, h := x.do("GET", at(c.New.Pages[2].Hash+".svg"), "", nil); status != http.StatusOK || !strings.HasPrefix(body, "<svg") || !strings.Contains(h.Get("Cache-Control"), "immutable") {
		t.Error(status, h, body[:min(len(body), 80)])
	}
	if status, body, h := x.do("GET", at("变动对照表.xlsx"), "", nil); status != http.StatusOK || body != "book" || !strings.HasPrefix(h.Get("Content-Disposition"), "attachment") {
		t.Error(status, h, body)
	}
	if status, body, _ := x.do("GET", at("对照稿.pdf"), "", nil); status < 400 || !strings.Contains(body, "画不出") {
		t.Error(status, body)
	}
	for _, gone := range []string{at("0123.svg"), at("../x.pdf"), "c/99/" + c.New.Pages[0].Hash + ".svg"} {
		if status, _, _ := x.do("GET", gone, "", nil); status != http.StatusNotFound {
			t.Error(gone, status)
		}
	}
	x.ask("POST", "api/compare/end", "{}", nil)
	if status, _, _ := x.do("GET", at(c.New.Pages[0].Hash+".svg"), "", nil); status != http.StatusNotFound {
		t.Error("what nobody wants any more is kept")
	}
}

// TestCompareGiven: files that are handed in arrive with their names as they had them, none without a form, and not without bounds.
func TestCompareGiven(t *testing.T) {
	var got []string
	x := serve(t, sample(t), func(w *World) {
		w.Compare.Given = func(_ string, _ *desk.Desk, files []Given) (*Comparison, error) {
			for _, f := range files {
				got = append(got, f.Name+"="+string(f.Content))
			}
			return nil, errors.New("看过了")
		}
	})
	send := func(files ...Given) (int, string) {
		var b bytes.Buffer
		m := multipart.NewWriter(&b)
		for _, f := range files {
			err := m.WriteField("name", f.Name)
			part, err2 := m.CreateFormFile("file", "x")
			if err = errors.Join(err, err2); err != nil {
				t.Fatal(err)
			}
			_, _ = part.Write(f.Content) // into memory
		}
		_ = m.Close() // into memory
		status, body, _ := x.do("POST", "api/compare/given", b.String(), map[string]string{"Content-Type": m.FormDataContentType()})
		return status, body
	}
	if status, body := send(Given{"338/basic.toml", []byte("a")}); status < 400 || !strings.Contains(body, "看过了") || !slices.Equal(got, []string{"338/basic.toml=a"}) {
		t.Error(status, body, got)
	}
	if status, body := send(); status != http.StatusBadRequest || !strings.Contains(body, "没有送来文件") {
		t.Error(status, body)
	}
	if status, body, _ := x.do("POST", "api/compare/given", "{}", nil); status != http.StatusUnsupportedMediaType {
		t.Error(status, body)
	}
	if status, body := send(Given{"a.pdf", make([]byte, mostGiven)}); status != http.StatusRequestEntityTooLarge {
		t.Error(status, body)
	}
}
