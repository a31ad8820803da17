package build_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"yusuan/internal/build"
	"yusuan/internal/pack"
	"yusuan/internal/typeset/page"
)

// TestSharePage has a pack let a table share the page of the one before, or not: tables of packs that do not ask for it start
// a page each, as they always have.
func TestSharePage(t *testing.T) {
	for key, want := range map[string]int{"": 2, "share_page = true": 1, "share_page = false": 2, "follow = true": 1, "follow = true\nshare_page = true": 1} {
		second := "[[table]]\n" + key + `
id      = "2"
heading = "支出表"
page    = "竖页"
rows    = "single"
column  = [ { head = "支出" } ]

[[part]]
`
		text := strings.Replace(pack.SmallestPack, "[[part]]", second, 1)
		text = strings.Replace(text, `tables = ["1"]`, `tables = ["1", "2"]`, 1)
		s := &build.Shared{Fonts: shared(t).Fonts, Packs: fstest.MapFS{"mini/pack.toml": {Data: []byte(text)}}, Catalogue: shared(t).Catalogue}
		w, err := s.Gallery("mini")
		if err != nil {
			t.Fatal(err)
		}
		if len(w.Diags.Sorted()) > 0 {
			t.Fatal(w.Diags.Sorted())
		}
		if n := len(w.Typeset().Pages); n != want {
			t.Errorf("%q: tables on %d pages, want %d", key, n, want)
		}
	}
}

// TestShortTables wants the short tables of a document on pages together, where its pack says so.
func TestShortTables(t *testing.T) {
	pages := good(t, "testdata/departments/2026/501").Typeset()
	for _, tables := range [][]string{{"表5-1", "表5-2"}, {"表7", "表8", "表9"}} {
		var on []int
		for _, name := range tables {
			on = append(on, slices.IndexFunc(pages.Bookmarks, func(b page.Bookmark) bool { return strings.HasPrefix(b.Title, name+"\u3000") }))
			on[len(on)-1] = pages.Bookmarks[on[len(on)-1]].Page
		}
		if slices.Min(on) != slices.Max(on) {
			t.Errorf("%v stand on pages %v", tables, on)
		}
	}
}
