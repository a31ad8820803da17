package web

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// TestGuard: nothing is read or written but by a window of this program; all that any other page can make a browser send is refused.
func TestGuard(t *testing.T) {
	x := serve(t, sample(t), nil)
	office := x.until("ready", settled).row(t, "basic", "economic", "30201")
	x.client.Timeout = 20 * time.Second // a stream of events that is not refused has no end
	port := x.at[strings.Index(x.at, ":")+1:]
	edit := set(office.ID, "amount", "1", "1671540")
	other := func(cookie string) map[string]string { return map[string]string{"Cookie": cookie} }
	for _, c := range []struct {
		name   string
		head   map[string]string
		status int
	}{
		{"localhost", map[string]string{"Host": "localhost:" + port}, 421},
		{"no port", map[string]string{"Host": "127.0.0.1"}, 421},
		{"another port", map[string]string{"Host": "127.0.0.1:1"}, 421},
		{"a name that leads here", map[string]string{"Host": "attacker.com:" + port}, 421},
		{"IPv6", map[string]string{"Host": "[::1]:" + port}, 421},
		{"upper case and dot", map[string]string{"Host": "127.0.0.1.:" + port}, 421},
		{"another origin", map[string]string{"Origin": "http://attacker.com"}, 403},
		{"https of ours", map[string]string{"Origin": "https://" + x.at}, 403},
		{"another port's origin", map[string]string{"Origin": "http://127.0.0.1:1"}, 403},
		{"origin null", map[string]string{"Origin": "null"}, 403},
		{"another site", map[string]string{"Sec-Fetch-Site": "cross-site"}, 403},
		{"another port of this machine", map[string]string{"Sec-Fetch-Site": "same-site"}, 403},
		{"a site nobody heard of", map[string]string{"Sec-Fetch-Site": "strange"}, 403},
	} {
		for _, ask := range []struct{ method, path, body string }{
			{"GET", "api/state", ""}, {"GET", "", ""}, {"GET", "/", ""}, {"GET", "events", ""}, {"GET", x.server.page.at + "/js/store.js", ""},
			{"POST", "api/edit", edit}, {"POST", "api/undo", "{}"}, {"POST", "/api/close", "{}"},
		} {
			if status, body, _ := x.do(ask.method, ask.path, ask.body, c.head); status != c.status || strings.Contains(body, "basic") {
				t.Errorf("%s: %s %s is answered by %d: %.80s", c.name, ask.method, ask.path, status, body)
			}
		}
	}
	key := x.server.guard.key
	jar := x.client.Jar
	x.client.Jar = nil
	for name, head := range map[string]map[string]string{
		"no cookie": nil, "another key": other("yusuan-" + port + "=" + NewSecret()), "cookie of another port": other("yusuan-1=" + key),
		"empty": other("yusuan-" + port + "="), "part of the key": other("yusuan-" + port + "=" + key[:len(key)-1]),
	} {
		for _, ask := range []struct{ method, path, body string }{{"GET", "api/state", ""}, {"GET", "/", ""}, {"GET", "events", ""}, {"POST", "api/edit", edit}, {"POST", "/api/close", "{}"}} {
			if status, body, _ := x.do(ask.method, ask.path, ask.body, head); status != 403 {
				t.Errorf("%s: %s %s is answered by %d: %.80s", name, ask.method, ask.path, status, body)
			}
		}
	}
	if status, _, _ := x.do("GET", "api/state", "", other("yusuan-"+port+"="+key)); status != 200 {
		t.Error("our own cookie is refused: ", status)
	}
	x.client.Jar = jar
	for _, site := range []string{"", "same-origin", "none"} {
		head := map[string]string{"Origin": "http://" + x.at, "Sec-Fetch-Site": site}
		if status, body, _ := x.do("GET", "api/state", "", head); status != 200 {
			t.Errorf("our own page (%q) is refused: %d %.80s", site, status, body)
		}
	}
	if got := x.all().row(t, "basic", "economic", "30201").value("amount"); got != "1671540" {
		t.Errorf("somebody wrote: %s", got)
	}
}

// TestGuardIsNoWeaker: what the protection of the standard library refuses, ours does.
func TestGuardIsNoWeaker(t *testing.T) {
	const at = "127.0.0.1:4711"
	g := newGuard(at, time.Minute)
	h := g.only(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) }))
	theirs := http.NewCrossOriginProtection()
	refused := 0
	for _, method := range []string{"GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE", "PATCH"} {
		for _, origin := range []string{"", "null", "http://" + at, "http://127.0.0.1", "http://attacker.com", "https://" + at} {
			for _, site := range []string{"", "none", "same-origin", "same-site", "cross-site", "strange"} {
				r := httptest.NewRequest(method, "http://"+at+"/x", nil)
				r.AddCookie(&http.Cookie{Name: g.cookie, Value: g.key})
				for k, v := range map[string]string{"Origin": origin, "Sec-Fetch-Site": site} {
					if v != "" {
						r.Header.Set(k, v)
					}
				}
				w := httptest.NewRecorder()
				h.ServeHTTP(w, r)
				if theirs.Check(r) != nil {
					if refused++; w.Code == http.StatusTeapot {
						t.Errorf("%s from %q, %q is let through", method, origin, site)
					}
				}
				ours := (site == "" || site == "none" || site == "same-origin") && (origin == "" || origin == "http://"+at)
				if (w.Code == http.StatusTeapot) != ours {
					t.Errorf("%s from %q, %q: %d", method, origin, site, w.Code)
				}
			}
		}
	}
	if refused == 0 {
		t.Error("theirs refuses nothing; is it asked right?")
	}
}

// TestStart: an address to start with is good once, for a while, and only as it was made.
func TestStart(t *testing.T) {
	x := serve(t, sample(t), nil)
	fresh := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	get := func(address string) *http.Response {
		t.Helper()
		r, err := fresh.Get(address)
		if err != nil {
			t.Fatal(err)
		}
		_ = r.Body.Close()
		return r
	}
	address, err := x.server.Start(Wish{Folder: "/" + where})
	if err != nil {
		t.Fatal(err)
	}
	r := get(address)
	cookies := r.Cookies()
	if r.StatusCode != 303 || r.Header.Get("Location") != x.folder || len(cookies) != 1 {
		t.Fatal(r.Status, r.Header)
	}
	if c := cookies[0]; !c.HttpOnly || c.SameSite != http.SameSiteStrictMode || c.Path != "/" || c.Name != "yusuan-"+x.at[len("127.0.0.1:"):] || len(c.Value) < 32 || c.Domain != "" {
		t.Errorf("%+v", c)
	}
	if strings.Contains(address, cookies[0].Value) {
		t.Error("the address, which the history keeps, has the key")
	}
	if r := get(address); r.StatusCode != 403 || len(r.Cookies()) != 0 {
		t.Error("good twice", r.Status)
	}
	if r := get("http://" + x.at + "/start/" + NewSecret()); r.StatusCode != 403 || len(r.Cookies()) != 0 {
		t.Error("made up", r.Status)
	}
	if status, _, _ := x.do("GET", "/start/"+NewSecret(), "", nil); status != 200 {
		t.Error("a window that comes back to where it began is not led home", status)
	}
	late, err := x.server.Start(Wish{})
	if err != nil {
		t.Fatal(err)
	}
	x.server.guard.mu.Lock()
	for token, l := range x.server.guard.links {
		l.made = l.made.Add(-time.Hour)
		x.server.guard.links[token] = l
	}
	x.server.guard.mu.Unlock()
	if r := get(late); r.StatusCode != 403 {
		t.Error("good for ever", r.Status)
	}
	foreign, err := x.server.Start(Wish{})
	if err != nil {
		t.Fatal(err)
	}
	q, err := http.NewRequest("GET", foreign, nil)
	if err != nil {
		t.Fatal(err)
	}
	q.Header.Set("Sec-Fetch-Site", "cross-site")
	if r, err := fresh.Do(q); err != nil || r.StatusCode != 403 || len(r.Cookies()) != 0 {
		t.Error("another page may start", r, err)
	}
}

// TestAsk: another start of the program gets an address; a browser, or who does not know the secret, gets none.
func TestAsk(t *testing.T) {
	x := serve(t, sample(t), nil)
	ctx := context.Background()
	address, err := Ask(ctx, x.at, secret, Wish{Folder: "/" + where, Dropped: []string{"/x/a.pdf"}})
	if err != nil || !strings.HasPrefix(address, "http://"+x.at+"/start/") {
		t.Fatal(address, err)
	}
	if _, err := Ask(ctx, x.at, "wrong", Wish{}); !errors.Is(err, ErrSilent) {
		t.Error("a wrong secret:", err)
	}
	if _, err := Ask(ctx, x.at, secret, Wish{Folder: "/elsewhere"}); err == nil || !strings.Contains(err.Error(), "没有目录 /elsewhere") {
		t.Error(err)
	}
	if _, err := Ask(ctx, "127.0.0.1:1", secret, Wish{}); !errors.Is(err, ErrSilent) {
		t.Error("nobody:", err)
	}
	for _, head := range []map[string]string{{}, {"Authorization": "Bearer "}, {"Authorization": "Bearer x"}, {"Authorization": "Bearer " + secret, "Sec-Fetch-Site": "none"},
		{"Authorization": "Bearer " + secret, "Origin": "http://" + x.at}} {
		if status, body, _ := x.do("POST", "/ask", "{}", head); status != 403 {
			t.Errorf("%v: %d %s", head, status, body)
		}
	}
	stranger := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte(`{"address": "http://attacker.com/start/x"}`))
	}))
	defer stranger.Close()
	if address, err := Ask(ctx, stranger.Listener.Addr().String(), secret, Wish{}); !errors.Is(err, ErrSilent) {
		t.Error("another program that has the port now is believed:", address, err)
	}
}

// TestHeads: every answer forbids what our pages do not need.
func TestHeads(t *testing.T) {
	x := serve(t, sample(t), nil)
	s := x.until("ready", settled)
	script := x.server.page.at + "/js/store.js"
	for _, name := range []string{"/", "", "api/state", script, "p/" + s.Pages[0].Hash + ".svg", "/nothing"} {
		status, body, h := x.do("GET", name, "", nil)
		if want := map[bool]int{true: 404, false: 200}[name == "/nothing"]; status != want {
			t.Errorf("%s: %d %.80s", name, status, body)
		}
		csp := h.Get("Content-Security-Policy")
		if !strings.HasPrefix(csp, "default-src 'none';") || strings.Contains(csp, "unsafe") || strings.Contains(csp, "http") || !strings.Contains(csp, "frame-ancestors 'none'") {
			t.Errorf("%s: %s", name, csp)
		}
		for k, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cross-Origin-Resource-Policy": "same-origin",
			"Cross-Origin-Opener-Policy": "same-origin", "Access-Control-Allow-Origin": ""} {
			if h.Get(k) != want {
				t.Errorf("%s: %s is %q", name, k, h.Get(k))
			}
		}
		immutable := strings.Contains(h.Get("Cache-Control"), "immutable")
		if named := name == script || strings.HasPrefix(name, "p/"); immutable != named || !named && h.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: Cache-Control %s", name, h.Get("Cache-Control"))
		}
		if strings.Contains(body, " style=") || strings.Contains(body, "<style") || strings.Contains(body, " onclick=") {
			t.Errorf("%s has what the policy forbids", name)
		}
	}
	if _, _, h := x.do("GET", script, "", nil); h.Get("Content-Type") != "text/javascript; charset=utf-8" {
		t.Error(h.Get("Content-Type"))
	}
}

// TestPathsStayInside: no part of an address is the path of a file.
func TestPathsStayInside(t *testing.T) {
	x := serve(t, sample(t), nil)
	x.until("ready", settled)
	id := strings.Split(x.folder, "/")[2]
	for _, up := range []string{"..%2f..%2f..%2fetc%2fpasswd", "%2fetc%2fpasswd", "..%5c..%5cx", "..", "%2e%2e", "a%00b", "....//", "C:%5cx", ".yusuan%2fjournal.jsonl", "department.toml"} {
		for _, name := range []string{"/d/" + up + "/", "/d/" + up + "/api/state", "/d/" + id + "/p/" + up, "/d/" + id + "/p/" + up + ".svg", "/d/" + id + "/" + up,
			x.server.page.at + "/" + up, x.server.page.at + "/js/" + up, "/f/" + up, "/f/" + up + ".ttf", "/s/" + up + "/js/store.js"} {
			status, body, _ := x.do("GET", name, "", nil)
			if strings.Contains(body, "root:") || strings.Contains(body, "year =") || status == 200 && !strings.Contains(body, "<title>") {
				t.Errorf("%s: %d %.80s", name, status, body)
			}
		}
	}
}

// TestBounds: what is too much, of another kind or in another way is refused in words.
func TestBounds(t *testing.T) {
	x := serve(t, sample(t), nil)
	for _, c := range []struct {
		method, path, body, kind string
		status                   int
		says                     string
	}{
		{"POST", "api/edit", `{"changes": [{"op": "set", "text": "` + strings.Repeat("x", mostBody) + `"}]}`, "application/json", 413, "超过"},
		{"POST", "api/edit", `{"changes": []}`, "text/plain", 415, "JSON"},
		{"POST", "api/edit", `changes=1`, "application/x-www-form-urlencoded", 415, "JSON"},
		{"POST", "api/edit", `{"chnages": []}`, "application/json", 400, "chnages"},
		{"POST", "api/edit", `[`, "application/json", 400, "看不懂"},
		{"GET", "api/edit", "", "", 405, "不能这样用"},
		{"POST", "api/state", "{}", "application/json", 405, "不能这样用"},
		{"DELETE", "", "", "", 405, "不能这样用"},
		{"PUT", "api/edit", "{}", "application/json", 405, "不能这样用"},
		{"GET", "api/nothing", "", "", 404, "没有"},
		{"GET", "/d/0123456789ab/api/state", "", "", 404, "没有打开"},
		{"GET", "api/number?page=x&mark=y", "", "", 400, "数字"},
		{"GET", "api/number?page=x&mark=1", "", "", 404, "再点一次"},
		{"GET", "p/0123.svg", "", "", 404, "换了新的"},
	} {
		status, body, _ := x.do(c.method, c.path, c.body, map[string]string{"Content-Type": c.kind})
		if status != c.status || !strings.Contains(body, c.says) || !strings.HasPrefix(body, `{"error":"`) {
			t.Errorf("%s %s: %d %.120s, want %d %s", c.method, c.path, status, body, c.status, c.says)
		}
	}
}
