package e2e_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// patience is how long a page may take to become what a test waits for: two cores are shared with other tests.
const patience = 20 * time.Second

// window is a tab with a page of ours. What its console and the content policy complain of fails the test.
type window struct {
	t   *testing.T
	ctx context.Context

	mu     sync.Mutex
	faults []string
}

// open opens an address in a window of its own.
func open(t *testing.T, address string) *window {
	t.Helper()
	ctx, end := chromedp.NewContext(shared.browser)
	t.Cleanup(end)
	w := &window{t: t, ctx: ctx}
	if err := chromedp.Listen(ctx, w.hear); err != nil {
		t.Fatal(err)
	}
	if err := chromedp.Listen(ctx, w.leave); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		for _, f := range w.takeFaults() {
			t.Errorf("the page complains: %s", f)
		}
	})
	w.do(func(ctx context.Context, tab *chromedp.Target) (chromedp.Void, error) {
		// Windows of a test lie on each other; each takes itself for the one that is looked at.
		_, err := cdp.Call(ctx, tab, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
		return chromedp.Void{}, err
	}, chromedp.Navigate(address))
	return w
}

// hear notes what the page complains of.
func (w *window) hear(event any) {
	fault := ""
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		fault = e.ExceptionDetails.Text
		if x := e.ExceptionDetails.Exception; x != nil {
			fault += " " + x.Description
		}
	case *runtime.EventConsoleAPICalled:
		if e.Type != runtime.ConsoleAPICalledTypeError && e.Type != runtime.ConsoleAPICalledTypeWarning && e.Type != runtime.ConsoleAPICalledTypeAssert {
			return
		}
		for _, a := range e.Args {
			fault += string(a.Value) + a.Description + " "
		}
	case *cdplog.EventEntryAdded:
		if e.Entry.Level != cdplog.EntryLevelError {
			return
		}
		fault = e.Entry.Text + " " + e.Entry.URL
	default:
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.faults = append(w.faults, fault)
}

// leave agrees when a page asks whether to leave it.
func (w *window) leave(event any) {
	if _, ok := event.(*page.EventJavascriptDialogOpening); ok {
		go chromedp.Call(w.ctx, page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{Accept: true})
	}
}

// takeFaults is what the page complained of since it was last asked.
func (w *window) takeFaults() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	faults := w.faults
	w.faults = nil
	return faults
}

// forgive takes the complaints that contain a text as wanted, and fails when there is none.
func (w *window) forgive(text string) {
	w.t.Helper()
	var left []string
	found := false
	for _, f := range w.takeFaults() {
		if strings.Contains(f, text) {
			found = true
		} else {
			left = append(left, f)
		}
	}
	w.mu.Lock()
	w.faults = append(left, w.faults...)
	w.mu.Unlock()
	if !found {
		w.t.Errorf("the page does not complain of %q", text)
	}
}

// do takes steps in the window.
func (w *window) do(steps ...chromedp.Action[chromedp.Void]) {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		w.shot("failed")
		w.t.Fatal(err)
	}
}

// value is what a JavaScript expression, which may be a promise, gives.
func value[T any](w *window, expression string) T {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.ctx, patience)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		w.t.Fatalf("%s: %v", expression, err)
	}
	return v
}

// text is the value of a JavaScript expression as a text, "" of nothing.
func (w *window) text(expression string) string {
	w.t.Helper()
	return value[string](w, `(async () => { const v = await (`+expression+`); return v === undefined || v === null ? "" : String(v) })()`)
}

// is holds the value of an expression, as a text, against what it should be.
func (w *window) is(expression, want string) {
	w.t.Helper()
	if got := w.text(expression); got != want {
		w.t.Errorf("%s is %q, not %q", expression, got, want)
	}
}

// wait waits until a JavaScript expression is true. It survives that the page is left for another.
func (w *window) wait(expression string) {
	w.t.Helper()
	var last error
	start := time.Now()
	for time.Since(start) < patience {
		ctx, cancel := context.WithTimeout(w.ctx, patience)
		met, err := chromedp.Run(ctx, chromedp.Evaluate[bool](`(async () => !!(await (`+expression+`)))()`, chromedp.EvalAwaitPromise))
		cancel()
		if met {
			return
		}
		last = err
		time.Sleep(20 * time.Millisecond)
	}
	w.shot("failed")
	w.t.Fatalf("this did not come: %s (%v)\nfaults: %s\npage: %.300s", expression, last, w.takeFaults(), w.text(`document.body.innerText`))
}

// quoted is a text as JavaScript writes it.
func quoted(s string) string {
	raw, err := json.Marshal(s)
	if err != nil {
		panic(err) // a string is always valid
	}
	return string(raw)
}

// press presses keys one after the other: characters, and names of package kb.
func (w *window) press(keys string, modifiers ...chromedp.Modifier) {
	w.t.Helper()
	w.do(chromedp.KeyEvent(keys, chromedp.KeyModifiers(modifiers...)))
}

// write puts a text where the cursor is, as a keyboard of the system does.
func (w *window) write(text string) {
	w.t.Helper()
	w.do(func(ctx context.Context, tab *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, tab, input.InsertText, input.InsertTextParams{Text: text})
		return chromedp.Void{}, err
	})
}

// compose enters a text as an input method does: letters that it takes back, then the characters.
func (w *window) compose(letters, text string) {
	w.t.Helper()
	w.do(func(ctx context.Context, tab *chromedp.Target) (chromedp.Void, error) {
		for n := range letters {
			end := int64(n + 1)
			p := input.ImeSetCompositionParams{Text: letters[:n+1], SelectionStart: end, SelectionEnd: end}
			if _, err := cdp.Call(ctx, tab, input.ImeSetComposition, p); err != nil {
				return chromedp.Void{}, err
			}
		}
		_, err := cdp.Call(ctx, tab, input.InsertText, input.InsertTextParams{Text: text})
		return chromedp.Void{}, err
	})
}

// paste pastes a text where the cursor is. The clipboard of a browser without a screen cannot be written to: the event is ours.
func (w *window) paste(text string) {
	w.t.Helper()
	value[bool](w, `(() => {
		const data = new DataTransfer()
		data.setData("text/plain", `+quoted(text)+`)
		return document.activeElement.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}))
	})()`)
}

// shot keeps a picture of the window in $SCREENSHOTS, when that is set.
func (w *window) shot(name string) {
	w.t.Helper()
	dir := os.Getenv("SCREENSHOTS")
	if dir == "" {
		return
	}
	ctx, cancel := context.WithTimeout(w.ctx, patience)
	defer cancel()
	raw, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil {
		w.t.Errorf("no picture of %s: %v", name, err)
		return
	}
	file := fmt.Sprintf("%s-%s.png", strings.ReplaceAll(w.t.Name(), "/", "-"), name)
	if err := os.WriteFile(filepath.Join(dir, file), raw, 0o600); err != nil {
		w.t.Error(err)
	}
}

// eventually reports whether something becomes true.
func eventually(met func() bool) bool {
	for start := time.Now(); time.Since(start) < patience; time.Sleep(20 * time.Millisecond) {
		if met() {
			return true
		}
	}
	return false
}
