package desk

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"yusuan/internal/testdept"
)

// manyForms is a department with many projects and a form for each, in one file or each in one of its own.
func manyForms(n int, apart bool) *disk {
	k := &disk{files: fstest.MapFS{}}
	for name, raw := range testdept.Large(testdept.Forms, n) {
		if !apart || name != "large.toml" {
			k.put(name, raw)
			continue
		}
		for i, part := range strings.SplitAfter("\n"+string(raw), "\n[[project]]") {
			if part = strings.TrimSuffix(part, "[[project]]"); strings.TrimSpace(part) != "" {
				k.put(fmt.Sprintf("performance/%03d.toml", i), []byte("[[project]]"+part))
			}
		}
	}
	return k
}

// settle advances a desk until there is nothing to do.
func settle(t testing.TB, d *Desk) {
	t.Helper()
	for more := true; more; {
		var err error
		if more, err = d.Advance(); err != nil {
			t.Fatal(err)
		}
	}
}

// cold is a desk that knows nothing but what another holds.
func cold(t testing.TB, d *Desk) *Desk {
	t.Helper()
	k := &disk{files: fstest.MapFS{}}
	for name, raw := range d.raws() {
		k.put(strings.TrimPrefix(name, dir+"/"), []byte(raw))
	}
	for _, name := range []string{prior} {
		for path, f := range d.world.Data.(*disk).now() {
			if strings.HasPrefix(path, name+"/") {
				k.files[path] = f
			}
		}
	}
	return k.open(t)
}

// sameAsCold holds what a desk tells against what one tells that was opened just now.
func sameAsCold(t *testing.T, d *Desk, after string) {
	t.Helper()
	got, want := state(t, d), state(t, cold(t, d))
	if len(got.Pages) != len(want.Pages) {
		t.Fatalf("%s: %d pages, cold %d", after, len(got.Pages), len(want.Pages))
	}
	for i := range got.Pages {
		if got.Pages[i] != want.Pages[i] {
			t.Fatalf("%s: page %d is %+v, cold %+v", after, i+1, got.Pages[i], want.Pages[i])
		}
	}
	said := func(s *State) (out []string) {
		for _, p := range s.Problems {
			out = append(out, p.ID+" "+p.Rule+" "+p.At.String()+" "+p.Message)
		}
		return out
	}
	if a, b := said(got), said(want); !slices.Equal(a, b) {
		t.Fatalf("%s: problems\n%s\ncold\n%s", after, strings.Join(a, "\n"), strings.Join(b, "\n"))
	}
}

// TestSettled: whatever is edited, what is made of it step by step is what is made of the same files at once; and what is shown
// ahead of it of a form is what the form becomes.
func TestSettled(t *testing.T) {
	for i, k := range []*disk{manyForms(110, true), manyForms(110, false), sample(t)} {
		r := rand.New(rand.NewPCG(uint64(i), 19))
		d := k.open(t)
		settle(t, d)
		ahead := 0
		for n := range 16 {
			s := rowsNow(d)
			c, ok := randomChange(r, s)
			if n%2 == 0 { // every other one in a form
				c, ok = changedText(r, s.table("form.fields"))
			}
			if !ok || !func() bool { o := d.Edit([]Change{c}); return o.Done() }() {
				continue
			}
			if n%7 == 6 {
				d.Undo()
			}
			made, err := d.draft()
			if err != nil {
				t.Fatal(err)
			}
			if made && settledAhead(t, d) {
				ahead++
			}
			settle(t, d)
			if n%3 == 0 {
				sameAsCold(t, d, fmt.Sprintf("department %d: %+v", i, c))
			}
		}
		sameAsCold(t, d, "at the end")
		if i < 2 && ahead < 5 {
			t.Errorf("department %d: %d pages were made ahead", i, ahead)
		}
	}
}

// changedText makes a text of a row longer, by some pages now and then.
func changedText(r *rand.Rand, t *Table) (c Change, ok bool) {
	row := &t.Rows[r.IntN(len(t.Rows))]
	was := row.value("content")
	return Change{Op: Set, Row: row.ID, Key: "content", Was: was, Text: was + strings.Repeat("再整理一批档案。", 1+r.IntN(3)*60)}, was != ""
}

// settledAhead holds pages that were made ahead of the others against the whole document, and reports whether there were any.
func settledAhead(t *testing.T, d *Desk) bool {
	t.Helper()
	now, err := d.Now()
	if err != nil {
		t.Fatal(err)
	}
	if !now.Settling || now.PagesRev != now.Rev {
		t.Errorf("settling %v, pages of %d, revision %d", now.Settling, now.PagesRev, now.Rev)
	}
	before := d.shown.full.pages
	var bodies []string // of the pages that are new
	for _, p := range now.Pages {
		if _, err := d.Page(p.Hash); err != nil {
			t.Fatalf("page %s: %v", p.Label, err)
		}
		if !slices.ContainsFunc(before, func(q Page) bool { return q.Hash == p.Hash }) {
			bodies = append(bodies, p.Body)
		}
	}
	settle(t, d)
	whole := state(t, d).Pages
	for i, p := range now.Pages {
		if len(whole) == len(now.Pages) && slices.Contains(bodies, p.Body) && whole[i] != p {
			t.Errorf("page %d was shown ahead as %+v, and is %+v", i+1, p, whole[i])
		}
	}
	for _, b := range bodies {
		if !slices.ContainsFunc(whole, func(p Page) bool { return p.Body == b }) {
			t.Error("a page was shown ahead that the document has not")
		}
	}
	return len(bodies) > 0
}

// TestAdvanceWhileTyping: while somebody types, what is shown advances all the same, and ends with what was typed last.
func TestAdvanceWhileTyping(t *testing.T) {
	d := manyForms(110, true).open(t)
	settle(t, d)
	row := state(t, d).table("form.fields").Rows[50]
	var all sync.WaitGroup
	typed := make(chan bool)
	all.Go(func() {
		defer close(typed)
		was := row.value("content")
		for i := range 60 {
			now := fmt.Sprintf("第%d次写的内容。", i)
			edit(t, d, Change{Op: Set, Row: row.ID, Key: "content", Was: was, Text: now})
			was = now
			if s, err := d.Now(); err != nil || len(s.Pages) == 0 {
				t.Error(err)
			} else if _, err := d.Page(s.Pages[len(s.Pages)/2].Hash); err != nil {
				t.Error(err)
			}
		}
	})
	for busy := true; busy; {
		select {
		case <-typed:
			busy = false
		default:
		}
		if _, err := d.Advance(); err != nil {
			t.Fatal(err)
		}
	}
	all.Wait()
	settle(t, d)
	if s, _ := d.Now(); s.Settling || s.PagesRev != s.Rev {
		t.Error("it does not come to rest")
	}
	sameAsCold(t, d, "typed")
}

// TestAdvanceIsNotPutOff: who types on and on without a pause sees the whole document all the same.
func TestAdvanceIsNotPutOff(t *testing.T) {
	d := sample(t).open(t)
	settle(t, d)
	row := office(t, d).ID
	first := d.shown.full
	begun, stop := make(chan bool), make(chan bool)
	var all sync.WaitGroup
	all.Go(func() {
		was := "1671540"
		for i := 1; ; i++ {
			if i == 2 {
				close(begun)
			}
			select {
			case <-stop:
				return
			default:
			}
			now := strconv.Itoa(i)
			edit(t, d, Change{Op: Set, Row: row, Key: "amount", Was: was, Text: now})
			was = now
		}
	})
	<-begun
	made := false
	for n := 0; n < 3*mostOvertaken && !made; n++ {
		if _, err := d.Advance(); err != nil {
			t.Error(err)
			break
		}
		d.showing.Lock()
		made = d.shown.full != first
		d.showing.Unlock()
	}
	close(stop)
	all.Wait()
	if !made {
		t.Errorf("the document is not made whole in %d times", 3*mostOvertaken)
	}
}

// TestFormFollowsItsProject: what is said of a project stands in its form, too, which is shown ahead.
func TestFormFollowsItsProject(t *testing.T) {
	d := manyForms(110, true).open(t)
	settle(t, d)
	row := &state(t, d).table("project").Rows[40]
	edit(t, d, Change{Op: Set, Row: row.ID, Key: "name", Was: row.value("name"), Text: row.value("name") + "（二期）"})
	made, err := d.draft()
	if err != nil || !made {
		t.Fatalf("nothing is shown ahead: %v", err)
	}
	if !settledAhead(t, d) {
		t.Error("the form of a project that is called otherwise is as before")
	}
}

// BenchmarkForms is a change of a text in one of many forms: until its pages are shown, and until all are.
func BenchmarkForms(b *testing.B) {
	for _, what := range []string{"first", "all"} {
		b.Run(what, func(b *testing.B) {
			d := manyForms(300, true).open(b)
			settle(b, d)
			row := state(b, d).table("form.fields").Rows[150]
			was := row.value("content")
			for i := range b.N {
				now := fmt.Sprintf("第%d次写的内容。", i)
				edit(b, d, Change{Op: Set, Row: row.ID, Key: "content", Was: was, Text: now})
				was = now
				if what == "all" {
					settle(b, d)
					continue
				}
				if made, err := d.draft(); !made || err != nil {
					b.Fatal(made, err)
				}
				b.StopTimer()
				settle(b, d)
				b.StartTimer()
			}
		})
	}
}
