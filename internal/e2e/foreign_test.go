package e2e_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// attack is a page of somebody else that knows the address of a desk and tries whatever pages may try. What it got hold of
// stands in window.got, how it failed in window.tried.
const attack = `
window.got = []; window.tried = []
const desk = new URL(location.search.slice(1))
const body = JSON.stringify({changes: [{op: "set", row: ROW, key: KEY, text: "外来", was: WAS}]})
const note = (what, ok) => (ok ? window.got : window.tried).push(what)
const loads = (tag, path, more) => new Promise(done => {
	const e = document.createElement(tag)
	e.onload = () => { note(tag + " " + path, tag !== "iframe"); done(e) }
	e.onerror = () => { note(tag + " " + path, false); done(e) }
	Object.assign(e, more)
	if (tag === "link") { e.rel = "stylesheet"; e.href = new URL(path, desk) } else { e.src = new URL(path, desk) }
	document.body.append(e)
	setTimeout(done, 3000)
})
const wants = async (path, init) => {
	const what = (init.method || "GET") + " " + path + " " + (init.mode || "cors")
	try {
		const r = await fetch(new URL(path, desk), Object.assign({credentials: "include"}, init))
		note(what, r.type !== "opaque" && r.ok)
	} catch (e) { note(what, false) }
}
const posts = path => new Promise(done => {
	const f = document.createElement("form"), i = document.createElement("input"), frame = document.createElement("iframe")
	frame.name = "into" + Math.random(); f.target = frame.name
	f.method = "post"; f.enctype = "text/plain"; f.action = new URL(path, desk)
	i.name = body.slice(0, -1) + ', "x": "'; i.value = '"}'
	f.append(i); document.body.append(f, frame)
	frame.onload = done; f.submit(); setTimeout(done, 3000)
})
const frames = async path => {
	const f = await loads("iframe", path, {})
	try { if (f && f.contentDocument && f.contentDocument.body.textContent) { note("inside " + path, true) } } catch (e) { note("inside " + path, false) }
}
const streams = path => new Promise(done => {
	const s = new EventSource(new URL(path, desk), {withCredentials: true})
	s.onopen = () => { note("stream", true); s.close(); done() }
	s.onerror = () => { note("stream", false); s.close(); done() }
})
window.attack = async () => {
	for (const path of ["", "api/state", "api/steps"]) {
		await wants(path, {})
		await wants(path, {mode: "no-cors"})
		await loads("script", path, {})
		await loads("img", path, {})
		await frames(path)
	}
	await loads("img", PAGE, {})
	await loads("link", "/s/x/css/base.css", {})
	await streams("events")
	for (const path of ["api/edit", "api/undo", "api/save", "/api/close", "api/close"]) {
		await wants(path, {method: "POST", body})
		await wants(path, {method: "POST", body, mode: "no-cors", headers: {"Content-Type": "text/plain"}})
		await wants(path, {method: "POST", body, headers: {"Content-Type": "application/json"}})
		navigator.sendBeacon(new URL(path, desk), body)
		await posts(path)
	}
	const w = window.open(desk)
	await new Promise(done => setTimeout(done, 1000))
	try { note("opened", !!w.document.body.textContent && w.location.href !== "about:blank") } catch (e) { note("opened", false) }
	if (w) { w.close() }
	return true
}`

// TestForeignPage: a page from another origin, be it of another port of this machine or of another name, can neither read
// anything of a desk nor write to it, while the desk itself is open with its cookie in the same browser.
func TestForeignPage(t *testing.T) {
	dir := department(t, 3)
	w := open(t, serve(t, dir).address)
	w.wait(`fetch("api/state").then(r => r.ok)`)
	before := w.text(`fetch("api/state").then(r => r.json()).then(s => s.rev + " " + JSON.stringify(s.rows).length)`)
	files := folderText(t, dir)
	target := w.target("department", "name")
	script := strings.NewReplacer("ROW", quoted(target.Row), "KEY", quoted("name"), "WAS", quoted(target.Text), "PAGE", quoted("p/"+target.Page+".svg")).Replace(attack)
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/attack.js" {
			w.Header().Set("Content-Type", "text/javascript")
			fmt.Fprint(w, script)
			return
		}
		fmt.Fprint(w, `<!doctype html><meta charset=utf-8><title>别人的网页</title><body><script src=/attack.js></script>`)
	}))
	defer site.Close()
	desk := w.text("location.href")
	for _, from := range []string{site.URL, strings.Replace(site.URL, "127.0.0.1", "localhost", 1)} {
		foe := open(t, from+"/?"+desk)
		if !value[bool](foe, "window.attack()") {
			t.Fatal("the attack did not run")
		}
		foe.takeFaults() // every refusal is told there
		if got := foe.text("window.got.join(', ')"); got != "" {
			t.Errorf("from %s a foreign page gets %s", from, got)
		}
		if tried := value[int](foe, "window.tried.length"); tried < 30 {
			t.Errorf("from %s only %d ways were tried", from, tried)
		}
	}
	w.is(`fetch("api/state").then(r => r.json()).then(s => s.rev + " " + JSON.stringify(s.rows).length)`, before)
	if after := folderText(t, dir); after != files {
		t.Error("a foreign page changed the folder")
	}
	// What the attack sends does change something when the page itself sends it: else nothing was tried.
	w.is(`fetch("api/edit", {method: "POST", headers: {"Content-Type": "application/json"}, body: JSON.stringify({changes: [
		{op: "set", row: `+quoted(target.Row)+`, key: "name", text: "外来", was: `+quoted(target.Text)+`}]})}).then(r => r.ok)`, "true")
	w.wait(`fetch("api/state").then(r => r.json()).then(s => JSON.stringify(s.rows).includes("外来"))`)
}

// target is a field of a desk, and a page of it.
type target struct{ Row, Text, Page string }

// target finds a field of the first row of a table.
func (w *window) target(table, key string) (found target) {
	w.t.Helper()
	raw := w.text(`fetch("api/state").then(r => r.json()).then(s => {
		const row = s.rows.find(r => r.table === ` + quoted(table) + `)
		return JSON.stringify({Row: row.id, Text: (row.values.find(v => v.key === ` + quoted(key) + `) || {text: ""}).text, Page: s.pages[0].hash})
	})`)
	if err := json.Unmarshal([]byte(raw), &found); err != nil {
		w.t.Fatal(err)
	}
	return found
}

// folderText is all that a folder holds, but what the program keeps for itself.
func folderText(t *testing.T, dir string) string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*.toml"))
	if err != nil {
		t.Fatal(err)
	}
	var s strings.Builder
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&s, "== %s\n%s", name, raw)
	}
	return s.String()
}

// TestStrangersAreRefused: what browsers do not send by themselves, programs may send.
func TestStrangersAreRefused(t *testing.T) {
	s := serve(t, department(t, 4))
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	ask := func(method, address string, change func(*http.Request)) *http.Response {
		t.Helper()
		r, err := http.NewRequest(method, address, strings.NewReader(`{"changes": []}`))
		if err != nil {
			t.Fatal(err)
		}
		if change != nil {
			change(r)
		}
		a, err := client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		a.Body.Close()
		return a
	}
	base, err := url.Parse(s.address)
	if err != nil {
		t.Fatal(err)
	}
	at := func(path string) string { return base.Scheme + "://" + base.Host + path }
	refused := func(what string, a *http.Response) {
		t.Helper()
		if a.StatusCode < 400 || len(a.Cookies()) > 0 {
			t.Errorf("%s is answered with %s, cookies %v", what, a.Status, a.Cookies())
		}
	}
	refused("a foreign name for this machine", ask("GET", s.address, func(r *http.Request) { r.Host = "evil.example:" + base.Port() }))
	first := ask("GET", s.address, nil)
	if first.StatusCode/100 != 3 || len(first.Cookies()) != 1 {
		t.Fatalf("the printed address answers %s with cookies %v", first.Status, first.Cookies())
	}
	cookie, place := first.Cookies()[0], first.Header.Get("Location")
	if !cookie.HttpOnly || cookie.SameSite != http.SameSiteStrictMode {
		t.Errorf("the cookie is %s", cookie)
	}
	known := func(r *http.Request) { r.AddCookie(cookie) }
	with := func(name, text string) func(*http.Request) {
		return func(r *http.Request) {
			known(r)
			if name == "Host" {
				r.Host = text
			}
			r.Header.Set(name, text)
		}
	}
	if a := ask("GET", at(place), known); a.StatusCode != http.StatusOK {
		t.Fatalf("%s answers %s to its cookie", place, a.Status)
	}
	refused("the printed address a second time", ask("GET", s.address, nil))
	refused("a made up token", ask("GET", at("/start/"+strings.Repeat("A", 32)), nil))
	for _, path := range []string{"/", place, place + "api/state", place + "events", place + "out/x.pdf"} {
		refused(path+" without a cookie", ask("GET", at(path), nil))
		refused(path+" under a foreign name", ask("GET", at(path), with("Host", "evil.example")))
		refused(path+" as localhost", ask("GET", at(path), with("Host", "localhost:"+base.Port())))
		refused(path+" for another site", ask("GET", at(path), with("Sec-Fetch-Site", "cross-site")))
		refused(path+" for another port", ask("GET", at(path), with("Sec-Fetch-Site", "same-site")))
	}
	for _, path := range []string{"api/edit", "api/undo", "api/redo", "api/save", "api/resolve", "api/settle"} {
		refused(path+" without a cookie", ask("POST", at(place+path), nil))
		refused(path+" from a foreign origin", ask("POST", at(place+path), with("Origin", "http://evil.example")))
		refused(path+" from another port", ask("POST", at(place+path), with("Origin", "http://127.0.0.1:1")))
		refused(path+" from nowhere", ask("POST", at(place+path), with("Origin", "null")))
	}
	for _, path := range []string{"out/..%2f..%2fdepartment.toml", "out/%2e%2e/department.toml", "p/..%2fdepartment.toml", "out/C:%5cwindows%5cwin.ini"} {
		refused(path, ask("GET", at(place+path), known))
	}
}
