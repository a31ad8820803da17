package desk

import (
	"io/fs"
	"slices"
	"strings"
	"testing"

	"yusuan/internal/diag"
)

// TestDataAndOpened: what is typed and what was found stand beside each other as folders, whatever was saved meanwhile.
func TestDataAndOpened(t *testing.T) {
	k := sample(t)
	d := k.open(t)
	read := func(data fs.FS) string {
		t.Helper()
		raw, err := fs.ReadFile(data, dir+"/basic.toml")
		if err != nil {
			t.Fatal(err)
		}
		return string(raw)
	}
	const was, is = "1671540", "1681540"
	edit(t, d, Change{Op: Set, Row: office(t, d).ID, Key: "amount", Text: is, Was: was})
	if now, before := read(d.Data()), read(d.Opened()); !strings.Contains(now, is) || !strings.Contains(before, was) || strings.Contains(before, is) {
		t.Error("what is typed is not in Data alone")
	}
	if row, key, ok := d.Where(office(t, d).Values[0].At); !ok || row != office(t, d).ID || key != office(t, d).Values[0].Key {
		t.Error(row, key, ok)
	}
	if _, _, ok := d.Where(diag.Range{File: prior + "/basic.toml", Start: diag.Pos{Line: 3}}); ok {
		t.Error("a place in last year's folder is in this one")
	}
	if err := d.Save(); err != nil {
		t.Fatal(err)
	}
	k.put("zz.toml", []byte("# made by another"))
	if _, err := d.Reread(); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(read(d.Opened()), is) {
		t.Error("what is saved is in Opened")
	}
	if _, err := fs.ReadFile(d.Data(), dir+"/zz.toml"); err != nil {
		t.Error(err)
	}
	if _, err := fs.ReadFile(d.Opened(), dir+"/zz.toml"); err == nil {
		t.Error("a file that came later is in Opened")
	}
}

// TestBodyStaysWhenAPageComes: a page that only moved back in the document keeps its body, though its number is another.
func TestBodyStaysWhenAPageComes(t *testing.T) {
	k := sample(t)
	d := k.open(t)
	was := state(t, d)
	r := &was.table("department").Rows[0]
	i := slices.IndexFunc(r.Values, func(v Value) bool { return v.Key == "duties" })
	long := append(slices.Clone(r.Values[i].Items), strings.Repeat("加了很多字，前面多出一页来。", 100))
	edit(t, d, Change{Op: Set, Row: r.ID, Key: "duties", Items: long, WasItems: r.Values[i].Items})
	now := state(t, d)
	if len(now.Pages) <= len(was.Pages) {
		t.Fatal("no page came")
	}
	last, lastNow := was.Pages[len(was.Pages)-1], now.Pages[len(now.Pages)-1]
	if last.Hash == lastNow.Hash || last.Body != lastNow.Body || last.Body == last.Hash {
		t.Errorf("%+v and %+v", last, lastNow)
	}
	for _, h := range now.Outline {
		if h.Title == "" || h.Page < 0 || h.Page >= len(now.Pages) {
			t.Errorf("%+v", h)
		}
	}
	if len(now.Outline) == 0 {
		t.Error("no outline")
	}
}
