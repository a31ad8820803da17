package e2e_test

import (
	"context"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// resize gives the window a size in pixels of the screen, and a zoom in percent.
func (w *window) resize(width, height, zoom int64) {
	w.t.Helper()
	w.do(func(ctx context.Context, tab *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, tab, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
			Width: width * 100 / zoom, Height: height * 100 / zoom, DeviceScaleFactor: float64(zoom) / 100})
		return chromedp.Void{}, err
	})
}

// covered lists the controls that cannot be clicked on because something lies over them or they are out of the window, and
// those whose words are cut off. What stands in a part that scrolls is scrolled to first.
const covered = `(() => {
	const said = e => e.tagName.toLowerCase() + (e.id ? "#" + e.id : "") + (e.className ? "." + e.className : "") + " “" + (e.getAttribute("aria-label") || e.textContent || e.name || "").trim().slice(0, 20) + "”"
	const wrong = []
	const top = [...document.querySelectorAll("dialog[open]")].pop() || document
	for (const e of top.querySelectorAll("button, a[href], input, select, textarea, summary, [role=separator]")) {
		if (!e.getClientRects().length || getComputedStyle(e).visibility !== "visible" || e.closest("[hidden], [inert], details:not([open]) > :not(summary)")) { continue }
		const style = getComputedStyle(e)
		if (e.type === "file" || e.classList.contains("skip") || style.opacity === "0" || style.clipPath !== "none" || e.offsetWidth <= 1) { continue }
		e.scrollIntoView({block: "nearest", inline: "nearest"})
		const r = e.getBoundingClientRect()
		const x = r.left + r.width / 2, y = r.top + Math.min(r.height / 2, 12)
		const on = document.elementFromPoint(x, y)
		if (!on) { wrong.push(said(e) + " is out of the window at " + Math.round(x) + "," + Math.round(y)); continue }
		if (on !== e && !e.contains(on) && !on.contains(e) && on.closest("label")?.control !== e) { wrong.push(said(e) + " is covered by " + said(on)) }
		if (e.tagName === "BUTTON" && (e.scrollWidth > e.clientWidth + 1 && style.textOverflow !== "ellipsis")) { wrong.push(said(e) + " is cut off: " + e.scrollWidth + " > " + e.clientWidth) }
	}
	return [...new Set(wrong)].slice(0, 20).join("\n")
})()`
