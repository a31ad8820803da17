package e2e_test

import (
	"context"
	"encoding/base64"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"yusuan/internal/testpdfium"
)

// faulty is the sample as a page of the web, with one number altered: the first of the first table, and as what.
func faulty(t *testing.T) (name, was, is string) {
	t.Helper()
	was, is = "4,671.85", "4,761.85"
	name = filepath.Join(t.TempDir(), "338.html")
	if out, err := exec.Command(shared.program, "build", sample(t), "-o", name).CombinedOutput(); err != nil {
		t.Fatal(string(out))
	}
	text := read(t, name)
	if !strings.Contains(text, ">"+was+"</td>") {
		t.Fatal("the sample has no " + was)
	}
	write(t, filepath.Dir(name), map[string][]byte{"某局2026年部门预算.html": []byte(strings.Replace(text, ">"+was+"</td>", ">"+is+"</td>", 1))})
	return filepath.Join(filepath.Dir(name), "某局2026年部门预算.html"), was, is
}

// printed is a file as the browser prints it.
func printed(w *window, name string) []byte {
	w.t.Helper()
	var raw []byte
	w.do(chromedp.Navigate((&url.URL{Scheme: "file", Path: name}).String()), func(ctx context.Context, tab *chromedp.Target) (chromedp.Void, error) {
		out, err := cdp.Call(ctx, tab, page.PrintToPDF, page.PrintToPDFParams{})
		if err != nil {
			return chromedp.Void{}, err
		}
		raw = out.Data
		return chromedp.Void{}, nil
	})
	return raw
}

// checked waits until the page says what it found.
func (w *window) checked() {
	w.t.Helper()
	w.wait(`document.querySelector("#result .vf-verdict")`)
}

// drop drops a document on the page.
func (w *window) drop(name string, raw []byte) {
	w.t.Helper()
	value[bool](w, `(() => {
		for (const old of document.querySelectorAll("#result")) old.replaceChildren()
		const bytes = Uint8Array.from(atob("`+base64.StdEncoding.EncodeToString(raw)+`"), c => c.charCodeAt(0))
		const data = new DataTransfer()
		data.items.add(new File([bytes], `+quoted(name)+`))
		return !document.dispatchEvent(new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true}))
	})()`)
}

// findingOf clicks on the error in a number that is printed.
func (w *window) findingOf(number string) {
	w.t.Helper()
	value[bool](w, `(() => {
		const found = [...document.querySelectorAll(".ck-one.ck-error")].find(b => b.textContent.includes(`+quoted("印的是 "+number)+`))
		if (!found) throw new Error("no finding of `+number+`: " + document.querySelector("#result").textContent)
		found.click()
		return found.classList.contains("ck-now")
	})()`)
}

// A document of anybody is dropped on the page: its faults stand beside it, and each leads to its place; without pages to the
// cell, in a PDF to the box on the page.
func TestDroppedDocumentIsChecked(t *testing.T) {
	needsBrowser(t)
	name, _, is := faulty(t)
	home := t.TempDir()
	if cache := testpdfium.Cache(); cache != "" {
		if err := os.MkdirAll(filepath.Join(home, "cache", "yusuan"), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(cache, filepath.Join(home, "cache", "yusuan", "pdfium")); err != nil {
			t.Fatal(err)
		}
	}
	w := open(t, serveAs(t, home).address)
	w.resize(1440, 900, 100)
	w.wait(`document.querySelector("#home section")`)
	first := w.text("location.origin") + "/"
	pdf := printed(w, name)
	w.do(chromedp.Navigate(first))
	w.wait(`document.querySelector("#home section")`)
	w.drop("某局2026年部门预算.html", []byte(read(t, name)))
	w.wait(`location.pathname === "/check" && document.querySelector("#result .vf-verdict")`)
	w.findingOf(is)
	w.is(`[...document.querySelectorAll("td.ck-found.ck-now")].map(c => c.textContent).join()`, is)
	w.is(`(() => { const c = document.querySelector("td.ck-now").getBoundingClientRect(), p = document.querySelector(".ck-pages").getBoundingClientRect(); return String(c.top >= p.top && c.bottom <= p.bottom) })()`, "true")
	w.shot("check-web")
	w.drop("某局2026年部门预算.pdf", pdf)
	w.checked()
	w.findingOf(is)
	w.wait(`document.querySelector("rect.ck-now") && [...document.querySelectorAll(".ck-sheet")].some(s => s.querySelector("rect.ck-now") && s.querySelector("img").naturalWidth > 300)`)
	w.shot("check-pdf")
	w.is(`fetch(document.querySelector('a[href$="/marked"]').href).then(r => r.text()).then(s => s.slice(0, 5))`, "%PDF-")
	w.drop("照片.pdf", []byte("\x89PNG\r\n\x1a\n"))
	w.checked()
	w.wait(`document.querySelector("#result .vf-warn").textContent.includes("没有核对")`)
}
