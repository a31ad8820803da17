package e2e_test

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// TestDialogsAreAccessible: axe finds nothing serious in what the menus open, and nothing of it is covered on a small screen enlarged.
func TestDialogsAreAccessible(t *testing.T) {
	needsBrowser(t)
	script := axeScript(t)
	dir := sample(t)
	write(t, dir, map[string][]byte{"text.toml": []byte(strings.Replace(read(t, dir, "text.toml"), "[text]", "[text] # 【请核对】", 1))})
	w := desk(t, dir)
	w.wait(shown)
	w.part("basic")
	w.into(cell("basic", "amount", 0))
	w.write("1084801") // else there is nothing to go back to
	w.wait(saved)
	w.asks()
	for _, menu := range [][2]string{
		{"生成", "生成公开文件…"}, {"数据", "请核对的各处…"}, {"对比", "与以前的或别的文件对比…"}, {"文件", "备份和恢复…"}, {"文件", "改动记录…"}, {"文件", "转下一年…"},
	} {
		w.button(menu[0])
		w.button(menu[1])
		w.wait(`document.querySelector("dialog[open]") && !document.querySelector("dialog[open] .is-busy")`)
		w.axe(script, menu[1])
		for _, zoom := range []int64{100, 150} {
			w.resize(1280, 720, zoom)
			w.shot(strings.TrimSuffix(menu[1], "…"))
			if found := w.text(covered); found != "" {
				t.Errorf("%s at %d %%: %s", menu[1], zoom, found)
			}
		}
		w.resize(1280, 720, 100)
		w.press(kb.Escape)
		w.wait(`!document.querySelector("dialog[open]")`)
	}
	w.turn("表6一般公共预算基本支出表")
	value[bool](w, mark("表6一般公共预算基本支出表", "167.15")+`.dispatchEvent(new MouseEvent("click", {bubbles: true}))`)
	w.wait(`document.querySelector(".num-box:not([hidden]) .num-go")`)
	w.axe(script, "a number")
	w.resize(1440, 900, 100)
	w.shot("number")
}

// TestSecondStart: who starts the program again, while it is open, gets to that which is open; it ends when it is told to, and nothing
// of it stays but what it keeps for itself in the folder.
func TestSecondStart(t *testing.T) {
	dir := sample(t)
	s := serve(t, dir)
	w := open(t, s.address)
	w.wait(ready)
	again := exec.Command(shared.program, "open", dir, "--no-browser")
	again.Env = s.command.Env
	out, err := again.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	address := link.FindString(string(out))
	port := func(a string) string { return strings.Split(a, "/")[2] }
	if address == "" || port(address) != port(s.address) || address == s.address {
		t.Fatalf("the second start says %s, the first said %s", out, s.address)
	}
	other := open(t, address)
	other.wait(ready)
	other.is("location.href", w.text("location.href"))
	w.part("basic")
	w.into(cell("basic", "amount", 0))
	w.write("1084802")
	w.wait(cell("basic", "amount", 0) + `.value === "1084802"`)
	value[bool](w, `(() => { setTimeout(() => fetch("/api/close", {method: "POST", headers: {"Content-Type": "application/json"}, body: "{}"}), 200); return true })()`)
	if err := <-s.ended; err != nil {
		t.Errorf("the program ends with %v: %s", err, s.said.String())
	}
	s.ended <- nil
	if !strings.Contains(read(t, dir, "basic.toml"), "amount = 1084802") {
		t.Error("what was typed last is not saved")
	}
	for _, x := range []*window{w, other} {
		x.wait(`/程序(已经结束|没有回答)/.test(document.querySelector("#status").textContent)`)
		x.takeFaults() // nobody answers any more
	}
	for _, where := range []string{dir, filepath.Dir(dir)} {
		names, err := filepath.Glob(filepath.Join(where, "*"))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			if ext := filepath.Ext(name); ext != ".toml" && ext != "" && ext != ".yusuan" {
				t.Errorf("%s stays", name)
			}
		}
	}
}
