package web

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"net/http"
	"strings"
	"sync"
	"time"
)

// guard lets through what a window of this very program asks, and nothing else: what other sites send, what was meant for another
// name of this machine, what has not our cookie.
type guard struct {
	address string
	cookie  string // its name carries the port, since cookies know none
	key     string
	good    time.Duration
	cross   *http.CrossOriginProtection

	mu    sync.Mutex
	links map[string]link // addresses to start with, each good once
}

// link is where an address to start with leads.
type link struct {
	to   string
	made time.Time
}

func newGuard(address string, good time.Duration) *guard {
	_, port, _ := strings.Cut(address, ":")
	return &guard{address: address, cookie: "yusuan-" + port, key: NewSecret(), good: good, cross: http.NewCrossOriginProtection(), links: map[string]link{}}
}

// NewSecret is a text that nobody guesses.
func NewSecret() string {
	var b [24]byte
	_, _ = rand.Read(b[:]) // it never fails
	return base64.RawURLEncoding.EncodeToString(b[:])
}

func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// policy is what a page of ours may do: nothing but with what this server serves.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; " +
	"form-action 'none'; base-uri 'none'; frame-ancestors 'none'"

// only wraps all that is served.
func (g *guard) only(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		head := w.Header()
		head.Set("Content-Security-Policy", policy)
		head.Set("X-Content-Type-Options", "nosniff")
		head.Set("Referrer-Policy", "no-referrer")
		head.Set("Cross-Origin-Resource-Policy", "same-origin")
		head.Set("Cross-Origin-Opener-Policy", "same-origin")
		head.Set("X-Frame-Options", "DENY")
		head.Set("Cache-Control", "no-store")
		switch site := r.Header.Get("Sec-Fetch-Site"); {
		case r.Host != g.address: // a name that somebody let lead here
			refuse(w, http.StatusMisdirectedRequest, "这个地址不是本程序的；本程序的是 http://"+g.address+"/")
		case site != "" && site != "same-origin" && site != "none", r.Header.Get("Origin") != "" && r.Header.Get("Origin") != "http://"+g.address:
			refuse(w, http.StatusForbidden, "别的网页来问的，没有回答")
		case g.cross.Check(r) != nil:
			refuse(w, http.StatusForbidden, "别的网页来问的，没有回答")
		case !open(r) && !g.known(r):
			refuse(w, http.StatusForbidden, "这个窗口没有得到允许；关掉它，从程序里再打开一次（再运行一次 yusuan open）")
		default:
			h.ServeHTTP(w, r)
		}
	})
}

// open reports whether a request is one that brings its own permission.
func open(r *http.Request) bool {
	return strings.HasPrefix(r.URL.Path, startPath) || r.URL.Path == askPath
}

func (g *guard) known(r *http.Request) bool {
	for _, c := range r.CookiesNamed(g.cookie) {
		if same(c.Value, g.key) {
			return true
		}
	}
	return false
}

// link makes an address to start with.
func (g *guard) link(to string) string {
	g.mu.Lock()
	defer g.mu.Unlock()
	for t, l := range g.links {
		if time.Since(l.made) > g.good {
			delete(g.links, t)
		}
	}
	token := NewSecret()
	g.links[token] = link{to, time.Now()}
	return "http://" + g.address + startPath + token
}

// use takes an address to start with; it is good once.
func (g *guard) use(token string) (to string, ok bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	l, ok := g.links[token]
	delete(g.links, token)
	return l.to, ok && time.Since(l.made) <= g.good
}
