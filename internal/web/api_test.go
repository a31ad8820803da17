package web

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"reflect"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"yusuan/internal/budget"
	"yusuan/internal/desk"
	"yusuan/internal/testdept"
)

// TestState: a window is told all at first, then what differs, and together that is all again.
func TestState(t *testing.T) {
	x := serve(t, sample(t), nil)
	first := x.until("ready", settled)
	if !first.Full || len(first.Tables) < 20 || len(first.Rows) < 50 || len(first.Pages) < 30 || first.Errors != 0 || first.Saved != "saved" || len(first.Found) != len(first.Problems) {
		t.Fatalf("%+v", first)
	}
	if none := x.since(first.Seq); none.Full || none.Tables != nil || len(none.Rows)+len(none.Order)+len(none.Problems) > 0 || none.Pages != nil || none.Found != nil || none.Seq != first.Seq {
		t.Errorf("nothing happened, and %+v is told", none)
	}
	office := first.row(t, "basic", "economic", "30201")
	var out outcome
	x.ask("POST", "api/edit", set(office.ID, "amount", "１,681,540", "1671540"), &out)
	if out.Rev != first.Rev+1 || len(out.Refused)+len(out.Conflicts) != 0 {
		t.Fatalf("%+v", out)
	}
	x.until("typeset", func(s *state) bool { return settled(s) && s.Rev == out.Rev && s.Saved == "saved" })
	d := x.since(first.Seq)
	if d.Full || d.Tables != nil || len(d.Rows) > 2 || d.row(t, "basic", "economic", "30201").value("amount") != "1681540" || len(d.Order) != 0 || d.Pages == nil {
		t.Errorf("one amount was typed, and told are %d rows, %v, tables %v", len(d.Rows), d.Order, d.Tables != nil)
	}
	same := 0
	for i, p := range d.Pages {
		if p.Hash == first.Pages[i].Hash {
			same++
		}
	}
	if same == 0 || same == len(d.Pages) {
		t.Errorf("%d of %d pages are the same", same, len(d.Pages))
	}
	for _, p := range d.Pages {
		if status, body, h := x.do("GET", "p/"+p.Hash+".svg", "", nil); status != 200 || !strings.HasPrefix(body, "<svg") || h.Get("Content-Type") != "image/svg+xml" {
			t.Fatal(status, body)
		}
	}
	_, body, _ := x.do("GET", "p/"+d.Pages[5].Hash+".svg", "", nil)
	_, after, _ := strings.Cut(body, `font-family="`)
	face, _, _ := strings.Cut(after, `"`)
	if status, font, h := x.do("GET", "/f/"+face+".ttf", "", nil); status != 200 || len(font) < 10000 || h.Get("Content-Type") != "font/ttf" {
		t.Error("no face", face, status)
	}
	if !strings.Contains(x.disk.get("basic.toml"), "amount = 1681540") || !strings.Contains(x.disk.noted(), `"kind":"edit"`) || !strings.Contains(x.disk.noted(), "张三") {
		t.Error("not saved, or not in the journal", x.disk.noted())
	}
}

// TestDeltasAddUp: whatever is typed, a window that was told piece by piece knows what one knows that asks for all.
func TestDeltasAddUp(t *testing.T) {
	x := serve(t, sample(t), nil)
	s := x.until("ready", settled)
	seq, rows, order, problems := s.Seq, map[string]wireRow{}, map[string][]string{}, map[string]wireProblem{}
	var found []string
	take := func(d *state) {
		for _, r := range d.Rows {
			rows[r.ID] = r
		}
		for table, ids := range d.Order {
			for _, id := range order[table] {
				if !slices.Contains(ids, id) {
					delete(rows, id)
				}
			}
			order[table] = ids
		}
		for _, p := range d.Problems {
			problems[p.ID] = p
		}
		if d.Found != nil {
			found = d.Found
		}
		seq = d.Seq
	}
	take(s)
	office := s.row(t, "basic", "economic", "30201")
	project := s.row(t, "project", "", "")
	steps := []string{
		set(office.ID, "amount", "5", "1671540"),
		string(encode(map[string]any{"changes": []wireChange{{Op: desk.Insert, Table: "basic", After: office.ID, Values: []wireTyped{{Key: "economic", Text: "30299"}, {Key: "amount", Text: "3"}}}}})),
		string(encode(map[string]any{"changes": []wireChange{{Op: desk.Delete, Row: project.ID, Digest: project.Digest}}})),
		"undo", "undo", "redo", "undo", "undo",
	}
	for _, step := range steps {
		if strings.HasPrefix(step, "{") {
			var o outcome
			if x.ask("POST", "api/edit", step, &o); len(o.Refused)+len(o.Conflicts) > 0 {
				t.Fatalf("%s: %+v", step, o)
			}
		} else {
			x.ask("POST", "api/"+step, "{}", nil)
		}
		d := x.since(seq)
		take(&d)
		x.until("settled", settled)
		d = x.since(seq)
		take(&d)
		all := x.since("")
		if n := 0; true {
			for table, ids := range all.Order {
				n += len(ids)
				if !slices.Equal(ids, order[table]) {
					t.Errorf("%.60s: order of %s: %v, told %v", step, table, ids, order[table])
				}
			}
			if n != len(rows) || n != len(all.Rows) {
				t.Errorf("%.60s: %d rows, told %d", step, n, len(rows))
			}
		}
		for _, r := range all.Rows {
			if !reflect.DeepEqual(r, rows[r.ID]) {
				t.Errorf("%.60s: %+v, told %+v", step, r, rows[r.ID])
			}
		}
		if !slices.Equal(found, all.Found) {
			t.Errorf("%.60s: problems %v, told %v", step, all.Found, found)
		}
		for _, p := range all.Problems {
			if !reflect.DeepEqual(p, problems[p.ID]) {
				t.Errorf("%.60s: %+v, told %+v", step, p, problems[p.ID])
			}
		}
	}
}

// TestDeltaIsSmall: with hundreds of projects, an amount typed sends some of them.
func TestDeltaIsSmall(t *testing.T) {
	x := serve(t, large(testdept.Forms, 300), nil)
	s := x.until("ready", settled)
	_, whole, _ := x.do("GET", "api/state", "", nil)
	line := s.row(t, "project", "function", "2010399")
	x.ask("POST", "api/edit", set(line.ID, "amount", "7", line.value("amount")), nil)
	x.until("typeset", func(now *state) bool { return settled(now) && now.Rev > s.Rev && now.Saved == "saved" })
	_, delta, _ := x.do("GET", "api/state?since="+s.Seq, "", nil)
	t.Logf("%d pages, %d rows: all %d KB, one amount %d KB", len(s.Pages), len(s.Rows), len(whole)>>10, len(delta)>>10)
	if len(delta) > len(whole)/3 || len(delta) > 100<<10 {
		t.Errorf("an amount sends %d bytes of %d", len(delta), len(whole))
	}
}

// TestRefusedAndConflicts: what is not understood, or is not as its author saw it, is answered at once with its place.
func TestRefusedAndConflicts(t *testing.T) {
	x := serve(t, sample(t), nil)
	office := x.until("ready", settled).row(t, "basic", "economic", "30201")
	var o outcome
	x.ask("POST", "api/edit", set(office.ID, "amount", "一百", "1671540"), &o)
	if len(o.Refused) != 1 || o.Refused[0].Row != office.ID || o.Refused[0].Key != "amount" || !strings.Contains(o.Refused[0].Message, "金额") {
		t.Errorf("%+v", o)
	}
	x.ask("POST", "api/edit", set(office.ID, "amount", "5", "4"), &o)
	if len(o.Conflicts) != 1 || o.Conflicts[0].Theirs != "1671540" || o.Conflicts[0].Mine != "5" {
		t.Errorf("%+v", o)
	}
	for _, step := range []string{"undo", "redo"} {
		if status, body, _ := x.do("POST", "api/"+step, "{}", nil); status != 409 || !strings.Contains(body, "没有可以") {
			t.Errorf("%s: %d %s", step, status, body)
		}
	}
}

// TestDiskRefuses: what cannot be saved is said, held, and saved as soon as that can be done.
func TestDiskRefuses(t *testing.T) {
	k := sample(t)
	x := serve(t, k, nil)
	office := x.until("ready", settled).row(t, "basic", "economic", "30201")
	k.refuses(errors.New("磁盘已满"))
	x.ask("POST", "api/edit", set(office.ID, "amount", "5", "1671540"), nil)
	s := x.until("failed", func(s *state) bool { return s.Saved == "failed" })
	if !strings.Contains(s.SaveError, "磁盘已满") || s.row(t, "basic", "economic", "30201").value("amount") != "5" {
		t.Errorf("%q", s.SaveError)
	}
	if status, body, _ := x.do("POST", "api/save", "{}", nil); status != 500 || !strings.Contains(body, "没有保存成功：") || !strings.Contains(body, "磁盘已满") {
		t.Error(status, body)
	}
	k.refuses(nil)
	x.until("saved", func(s *state) bool { return s.Saved == "saved" && s.SaveError == "" })
	if !officeIs(k, "5") {
		t.Error("not on the disk")
	}
}

// TestClosingSaves: what was typed a moment before the end is on the disk; what the disk refuses is said.
func TestClosingSaves(t *testing.T) {
	k := sample(t)
	x := serve(t, k, func(w *World) { w.Times.Save = time.Hour })
	office := x.until("ready", settled).row(t, "basic", "economic", "30201")
	x.ask("POST", "api/edit", set(office.ID, "amount", "5", "1671540"), nil)
	x.close()
	if !officeIs(k, "5") {
		t.Error("not saved")
	}
	k = sample(t)
	x = serve(t, k, nil)
	office = x.until("ready", settled).row(t, "basic", "economic", "30201")
	k.refuses(errors.New("磁盘已满"))
	lines := x.listen()
	x.ask("POST", "api/edit", set(office.ID, "amount", "5", "1671540"), nil)
	within, cancel := soon()
	defer cancel()
	if err := x.server.Close(within); err == nil || !strings.Contains(err.Error(), "磁盘已满") {
		t.Error(err)
	}
	if bye := last(lines, "bye"); !strings.Contains(bye, "没有保存成功：") || !strings.Contains(bye, "journal.jsonl") {
		t.Error("the window is told:", bye)
	}
}

// TestForeignEdit: what somebody else changes comes in by itself; where both changed the same, both are shown and one is chosen.
func TestForeignEdit(t *testing.T) {
	k := sample(t)
	x := serve(t, k, func(w *World) { w.Times.Save = time.Hour })
	office := x.until("ready", settled).row(t, "basic", "economic", "30201")
	lines := x.listen()
	x.ask("POST", "api/edit", set(office.ID, "amount", "5", "1671540"), nil)
	k.put("basic.toml", []byte(strings.Replace(k.get("basic.toml"), "amount = 1671540", "amount = 6", 1)))
	s := x.until("in conflict", func(s *state) bool { return len(s.Conflicts) > 0 })
	c := s.Conflicts[0]
	if c.Mine != "5" || c.Theirs != "6" || c.Row != office.ID || c.Key != "amount" || c.ID == "" {
		t.Errorf("%+v", c)
	}
	if told := first(lines, "foreign"); !strings.Contains(told, `"files":["basic.toml"]`) {
		t.Error(told)
	}
	x.ask("POST", "api/resolve", fmt.Sprintf(`{"id": %q, "mine": true}`, c.ID), nil)
	x.ask("POST", "api/save", "{}", nil)
	s = x.until("solved", func(s *state) bool { return len(s.Conflicts) == 0 && s.Saved == "saved" })
	if !officeIs(k, "5") || s.row(t, "basic", "economic", "30201").value("amount") != "5" {
		t.Error("mine was chosen, and it is not so")
	}
}

// TestForeignFileGone: of a file that was deleted while it was edited here a window is asked whose it is to be, and that is done.
func TestForeignFileGone(t *testing.T) {
	for _, mine := range []bool{true, false} {
		k := sample(t)
		x := serve(t, k, func(w *World) { w.Times.Save = time.Hour })
		office := x.until("ready", settled).row(t, "basic", "economic", "30201")
		x.ask("POST", "api/edit", set(office.ID, "amount", "5", "1671540"), nil)
		k.put("basic.toml", nil)
		s := x.until("asked", func(s *state) bool { return len(s.Blocked) > 0 })
		if b := s.Blocked[0]; b.File != "basic.toml" || !strings.Contains(b.Why, "删去") || s.Saved != "failed" {
			t.Errorf("%+v", s.Blocked)
		}
		x.ask("POST", "api/settle", fmt.Sprintf(`{"file": "basic.toml", "mine": %v}`, mine), nil)
		x.ask("POST", "api/save", "{}", nil)
		x.until("settled", func(s *state) bool { return len(s.Blocked) == 0 && s.Saved == "saved" })
		if officeIs(k, "5") != mine {
			t.Errorf("mine %v was chosen, and the disk has not that", mine)
		}
	}
}

// TestFolderGone: that the folder cannot be read any more is told, and that it can again.
func TestFolderGone(t *testing.T) {
	k := sample(t)
	x := serve(t, k, nil)
	x.until("ready", settled)
	k.loses(errors.New("没有这个文件或目录"))
	s := x.until("lost", func(s *state) bool { return s.Failed != "" })
	if !strings.Contains(s.Failed, "读不到数据目录了：没有这个文件或目录") {
		t.Error(s.Failed)
	}
	s.row(t, "basic", "economic", "30201")
	k.loses(nil)
	x.until("found", func(s *state) bool { return s.Failed == "" })
}

// TestAround: last year's data changed while this year's are open, and the pages and problems are those of now.
func TestAround(t *testing.T) {
	k := sample(t)
	x := serve(t, k, nil)
	s := x.until("ready", settled)
	k.mu.Lock()
	files := maps.Clone(k.files)
	for name, f := range files {
		if strings.HasPrefix(name, "data/2025/338/") && strings.Contains(string(f.Data), "amount = 1") {
			files[name] = &fstest.MapFile{Data: []byte(strings.ReplaceAll(string(f.Data), "amount = 1", "amount = 2"))}
		}
	}
	k.files = files
	k.mu.Unlock()
	now := x.until("made anew", func(now *state) bool { return settled(now) && now.Rev > s.Rev })
	if reflect.DeepEqual(now.Pages, s.Pages) && reflect.DeepEqual(now.Problems, s.Problems) {
		t.Error("nothing is another")
	}
}

// TestBrokenFolderIsShown: a folder whose files are wrong is opened and says what is wrong.
func TestBrokenFolderIsShown(t *testing.T) {
	k := sample(t)
	k.put("basic.toml", []byte("basic = [\n  { function = \"2010301\", amount = = }\n"))
	x := serve(t, k, nil)
	s := x.until("checked", func(s *state) bool { return !s.Settling && s.Errors > 0 })
	if !slices.ContainsFunc(s.Problems, func(p wireProblem) bool { return strings.HasPrefix(p.Place, "basic.toml:") && p.Level == "error" }) || s.Failed != "" {
		t.Errorf("%q %+v", s.Failed, s.Problems)
	}
	s.row(t, "project", "", "")
	b := s.Broken[0]
	if len(s.Broken) != 1 || b.File != "basic.toml" || !strings.Contains(b.Text, "= =") || len(b.Problems) == 0 || !slices.Contains(s.Found, b.Problems[0].ID) {
		t.Fatalf("%+v", s.Broken)
	}
	mended := wireChange{Op: desk.Text, File: b.File, Was: b.Text, Text: strings.Replace(b.Text, "= =", "= 1", 1) + "]\n"}
	var o outcome
	x.ask("POST", "api/edit", string(encode(map[string]any{"changes": []wireChange{mended}})), &o)
	s = x.until("mended", func(now *state) bool { return settled(now) && now.Rev > s.Rev })
	if len(o.Refused)+len(o.Conflicts)+len(s.Broken) > 0 {
		t.Errorf("%+v %+v", o, s.Broken)
	}
}

// TestAnswersBeforeItChecks: an edit is answered while the document is made, and of many edits not each is checked.
func TestAnswersBeforeItChecks(t *testing.T) {
	x := serve(t, large(testdept.Projects, 300), nil)
	s := x.until("ready", settled)
	line := s.row(t, "project", "function", "2010399")
	was, slowest := line.value("amount"), time.Duration(0)
	lines := x.listen()
	for i := range 30 {
		now := fmt.Sprint(2000 + i)
		begun := time.Now()
		var o outcome
		if x.ask("POST", "api/edit", set(line.ID, "amount", now, was), &o); len(o.Refused)+len(o.Conflicts) > 0 {
			t.Fatalf("%+v", o)
		}
		slowest, was = max(slowest, time.Since(begun)), now
	}
	end := x.until("typeset", func(now *state) bool { return settled(now) && now.Rev == s.Rev+30 })
	if end.row(t, "project", "amount", was).ID != line.ID {
		t.Error("not the last")
	}
	made := map[float64]bool{}
	for _, l := range drain(lines) {
		if data, ok := strings.CutPrefix(l, "state "); ok {
			var e map[string]any
			_ = json.Unmarshal([]byte(data), &e)
			made[e["rev"].(float64)] = true
		}
	}
	t.Logf("slowest answer %v, %d states of 30 edits", slowest, len(made))
}

// listen opens a stream of events, each as "name data".
func (x *site) listen() <-chan string {
	x.t.Helper()
	r, err := x.client.Get("http://" + x.at + x.folder + "events")
	if err != nil || r.StatusCode != 200 {
		x.t.Fatal(r, err)
	}
	out := make(chan string, 1000)
	go func() {
		defer close(out)
		defer r.Body.Close()
		name := ""
		s := bufio.NewScanner(r.Body)
		s.Buffer(nil, 2*mostTold)
		for s.Scan() {
			if event, ok := strings.CutPrefix(s.Text(), "event: "); ok {
				name = event
			}
			if data, ok := strings.CutPrefix(s.Text(), "data: "); ok {
				out <- name + " " + data
			}
		}
	}()
	return out
}

// first waits for an event of a name.
func first(lines <-chan string, name string) string {
	end := time.After(10 * time.Second)
	for {
		select {
		case l, ok := <-lines:
			if !ok || strings.HasPrefix(l, name+" ") {
				return l
			}
		case <-end:
			return "nothing in time"
		}
	}
}

// last is the last event before the stream ends.
func last(lines <-chan string, name string) (found string) {
	for l := range lines {
		if strings.HasPrefix(l, name+" ") {
			found = l
		}
	}
	return found
}

func drain(lines <-chan string) (out []string) {
	for {
		select {
		case l := <-lines:
			out = append(out, l)
		case <-time.After(200 * time.Millisecond):
			return out
		}
	}
}

// TestStreamsEnd: windows are told that the program ends, their streams end, and nothing goes on behind it.
func TestStreamsEnd(t *testing.T) {
	before := runtime.NumGoroutine()
	x := serve(t, sample(t), nil)
	x.until("ready", settled)
	var streams []<-chan string
	for range mostStreams {
		streams = append(streams, x.listen())
	}
	if r, err := x.client.Get("http://" + x.at + x.folder + "events"); err != nil || r.StatusCode != http.StatusNoContent {
		t.Error("one stream more than a browser has room for is not turned away", r, err)
	}
	x.close()
	for _, s := range streams {
		if bye := last(s, "bye"); !strings.Contains(bye, "程序已经结束，填的都保存了") {
			t.Error("no farewell:", bye)
		}
	}
	for range 200 {
		if runtime.NumGoroutine() <= before+1 { // that which serves is waited for when the test ends
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	buffer := make([]byte, 1<<16)
	t.Errorf("%d goroutines before, %d now\n%s", before, runtime.NumGoroutine(), buffer[:runtime.Stack(buffer, true)])
}

// TestEndsByItself: without a window the program ends; a window that has a stream, or asks now and then, keeps it.
func TestEndsByItself(t *testing.T) {
	x := serve(t, sample(t), func(w *World) { w.Times.Idle = 300 * time.Millisecond })
	stream := x.listen()
	select {
	case <-x.server.Ended():
		t.Fatal("ended under a window that looks")
	case <-time.After(700 * time.Millisecond):
	}
	x.client.CloseIdleConnections()
	_ = stream
	y := serve(t, sample(t), func(w *World) { w.Times.Idle = 200 * time.Millisecond })
	for range 10 {
		time.Sleep(50 * time.Millisecond)
		y.ask("GET", "/api/alive", "", nil)
	}
	select {
	case <-y.server.Ended():
		t.Fatal("ended under a window that asks")
	default:
	}
	select {
	case <-y.server.Ended():
	case <-time.After(5 * time.Second):
		t.Error("never ends")
	}
	z := serve(t, sample(t), nil)
	z.ask("POST", "/api/close", "{}", nil)
	select {
	case <-z.server.Ended():
	case <-time.After(5 * time.Second):
		t.Error("does not close")
	}
}

// TestAwayFolderIsClosed: a folder that nobody looks at gives its memory back, and is opened again when somebody does. Rows have
// other names then, which an edit of before is told.
func TestAwayFolderIsClosed(t *testing.T) {
	x := serve(t, sample(t), func(w *World) { w.Times.Away = 100 * time.Millisecond })
	s := x.until("ready", settled)
	office := s.row(t, "basic", "economic", "30201")
	for range 500 {
		x.server.mu.Lock()
		n := len(x.server.folders)
		x.server.mu.Unlock()
		if n == 0 {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	stale := strings.Replace(set(office.ID, "amount", "5", "1671540"), "{", `{"seq": "`+s.Seq+`", `, 1)
	if status, body, _ := x.do("POST", "api/edit", stale, nil); status != 409 || !strings.Contains(body, "再填一次") {
		t.Error(status, body)
	}
	if again := x.since(s.Seq); !again.Full || len(again.Rows) != len(s.Rows) {
		t.Errorf("full %v, %d rows", again.Full, len(again.Rows))
	}
}

// TestFaultIsTold: an error of the program's own ends one request, and is told to the window and to whoever runs the program.
func TestFaultIsTold(t *testing.T) {
	x := serve(t, sample(t), nil)
	x.until("ready", settled)
	x.server.world.Words = func(error) string { panic("words fail") }
	if status, body, _ := x.do("GET", "/d/0123456789ab/", "", nil); status != 404 {
		t.Error(status, body)
	}
	x.disk.refuses(errors.New("full"))
	office := x.all().row(t, "basic", "economic", "30201")
	x.ask("POST", "api/edit", set(office.ID, "amount", "5", "1671540"), nil)
	if status, body, _ := x.do("POST", "api/save", "{}", nil); status != 500 || !strings.Contains(body, "程序出错了") {
		t.Error(status, body)
	}
	if !strings.Contains(x.told(), "words fail") {
		t.Error("nobody is told:", x.told())
	}
	x.disk.refuses(nil)
	x.server.world.Words = error.Error
	x.until("saved", func(s *state) bool { return s.Saved == "saved" })
}

// TestNumbers: a printed number is explained, its entries are rows; and the other way round.
func TestNumbers(t *testing.T) {
	x := serve(t, sample(t), nil)
	s := x.until("ready", settled)
	office := s.row(t, "basic", "economic", "30201")
	var refs []struct{ Page, Mark int }
	x.ask("GET", "api/touching?row="+strings.Replace(office.ID, "#", "%23", 1)+"&key=amount", "", &refs)
	if len(refs) < 5 {
		t.Fatalf("%v", refs)
	}
	for _, ref := range refs {
		var n wireNumber
		x.ask("GET", fmt.Sprintf("api/number?page=%s&mark=%d", s.Pages[ref.Page].Hash, ref.Mark), "", &n)
		mentions := func(list []wireEntry) bool {
			return slices.ContainsFunc(list, func(e wireEntry) bool { return e.Row == office.ID })
		}
		if n.Title == "" && n.Words == "" || !mentions(n.Lines) && (n.Of == nil || !mentions(n.Of.Lines) && !mentions(n.Over.Lines)) {
			t.Errorf("page %d mark %d: %+v", ref.Page, ref.Mark, n)
		}
	}
	var codes [][3]string
	x.ask("GET", "api/codes?kind=economic", "", &codes)
	if !slices.ContainsFunc(codes, func(c [3]string) bool { return c == [3]string{"30201", "办公费", "bgf"} }) {
		t.Errorf("%v", codes)
	}
	var steps []desk.Step
	x.ask("POST", "api/edit", set(office.ID, "amount", "5", "1671540"), nil)
	if x.ask("GET", "api/steps", "", &steps); len(steps) != 1 || steps[0].User != "张三" {
		t.Errorf("%+v", steps)
	}
}

// TestKindsHaveNames: scripts know every kind of field.
func TestKindsHaveNames(t *testing.T) {
	for _, k := range budget.FieldKinds() {
		if kindNames[k] == "" {
			t.Errorf("%v has no name", k)
		}
	}
}

func soon() (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.Background(), 5*time.Second)
}

// officeIs reports whether the disk says so of 办公费.
func officeIs(k *disk, amount string) bool {
	return regexp.MustCompile(`"30201", amount = *` + amount + ` `).MatchString(k.get("basic.toml"))
}
