// Package e2e drives the compiled program as its users do: `yusuan open` and a real Chromium. Where there is no Chromium the
// tests skip.
package e2e_test

import (
	"context"
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// machine is what all tests share: the program, compiled once, and one browser.
type machine struct {
	program string
	browser context.Context
	absent  string // why there is no browser
}

// shared is set once, before any test.
var shared machine

func TestMain(m *testing.M) {
	os.Exit(withMachine(m))
}

func withMachine(m *testing.M) int {
	path, err := exec.LookPath("chromium")
	if err != nil {
		shared.absent = "no chromium"
		return m.Run()
	}
	dir, err := os.MkdirTemp("", "yusuan-e2e")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	shared.program = filepath.Join(dir, "yusuan")
	if out, err := exec.Command("go", "build", "-o", shared.program, "../../cmd/yusuan").CombinedOutput(); err != nil {
		log.Fatalf("go build: %v\n%s", err, out)
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.DisableGPU, chromedp.WindowSize(1280, 720))
	if os.Getuid() == 0 {
		options = append(options, chromedp.NoSandbox)
	}
	ctx, stop := chromedp.NewExecAllocator(context.Background(), options...)
	defer stop()
	ctx, end := chromedp.NewContext(ctx)
	defer end()
	if err := chromedp.Do(ctx); err != nil {
		log.Fatal(err)
	}
	shared.browser = ctx
	return m.Run()
}

// needsBrowser skips a test where there is none.
func needsBrowser(t *testing.T) {
	t.Helper()
	if shared.absent != "" {
		t.Skip(shared.absent)
	}
}

// TestWindowTellsWhatGoesWrong: errors of scripts, refused loads and what the content policy forbids reach the test, or all
// others would pass whatever happens.
func TestWindowTellsWhatGoesWrong(t *testing.T) {
	needsBrowser(t)
	for body, want := range map[string]string{
		`<script src=/throw.js></script>`:            "thrown",
		`<script>document.title = "inline"</script>`: "Content Security Policy",
		`<script src=/nothing.js></script>`:          "404",
		`<script src=/complain.js></script>`:         "complained",
	} {
		t.Run(want, func(t *testing.T) {
			site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Security-Policy", "default-src 'self'")
				switch r.URL.Path {
				case "/":
					fmt.Fprintf(w, "<!doctype html><meta charset=utf-8><title>预算</title>%s<p id=end>", body)
				case "/throw.js":
					fmt.Fprint(w, "setTimeout(() => { throw new Error('thrown') })")
				case "/complain.js":
					fmt.Fprint(w, "console.error('complained')")
				case "/favicon.ico": // which Chromium asks for when it likes
					w.WriteHeader(http.StatusNoContent)
				default:
					http.NotFound(w, r)
				}
			}))
			t.Cleanup(site.Close) // behind the window, which may ask until it is closed
			w := open(t, site.URL)
			w.wait(`document.querySelector("#end")`)
			told := func() bool { return strings.Contains(strings.Join(w.takeFaults(), "\n"), want) }
			if !eventually(told) {
				t.Error("nothing was told of", want)
			}
		})
	}
}
