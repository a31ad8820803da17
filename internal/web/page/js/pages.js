// The pages as they would be printed now: turned to by number or heading, as large as one likes, each number to be asked.

import { el } from "./dom.js";
import { Stack } from "./stack.js";
import { refused } from "./drawing.js";
import { kept, keep } from "./kept.js";
import * as number from "./number.js";
import * as outline from "./outline.js";

const STALE = "现在填的还排不出文件，显示的是上一次的";
const NONE = "填的内容还排不成文件。左边带红色数目的是要先改的地方；改好以后这里就会出现页面。";
const ZOOMS = [["0", "适合宽度"], ["0.75", "75%"], ["1", "100%"], ["1.25", "125%"], ["1.5", "150%"], ["2", "200%"]];

/**
 * @param {HTMLElement} host
 * @param {import("./store.js").Store} store
 */
export function mount(host, store) {
  const note = el("p", { class: "pg-note", role: "status", hidden: "" });
  const pane = el("div", { class: "pg-pane", tabindex: "0", role: "region", "aria-label": "页面预览，上下键滚动，PageUp、PageDown 翻页" });
  const stack = new Stack(pane, (hash) => `p/${hash}.svg`);
  const at = el("input", { class: "field-input pg-at", "aria-label": "页码：填印在页上的页码，或封面、目录，回车翻到", autocomplete: "off", inputmode: "text" });
  const all = el("span", { class: "pg-all" });
  const contents = el("select", { class: "field-input pg-contents", "aria-label": "目录：翻到哪一部分" });
  const zoom = el("select", { class: "field-input pg-zoom", "aria-label": "页面大小" }, ...ZOOMS.map(([value, title]) => el("option", { value }, title)));
  const back = el("button", { type: "button", class: "button quiet small", "aria-label": "上一页", title: "上一页", onclick: () => step(-1) }, "‹");
  const next = el("button", { type: "button", class: "button quiet small", "aria-label": "下一页", title: "下一页", onclick: () => step(1) }, "›");
  const bar = el("div", { class: "pg-bar", role: "toolbar", "aria-label": "页面" }, back, at, next, all, contents, zoom);
  const second = el("div", { class: "pg-bar pg-second" });
  host.classList.add("pg-host");
  host.append(bar, second, el("div", { class: "pg-view" }, note, pane));

  /** @param {number} by */
  const step = (by) => stack.turn(Math.max(0, Math.min(stack.pages.length - 1, stack.current() + by)));
  zoom.value = kept("yusuan.zoom") || "0";
  if (!zoom.value) zoom.value = "0";
  stack.setZoom(Number(zoom.value));
  zoom.addEventListener("change", () => {
    keep("yusuan.zoom", zoom.value);
    stack.setZoom(Number(zoom.value));
  });

  const turned = () => {
    const i = stack.current(), page = stack.pages[i];
    if (document.activeElement !== at) at.value = page ? page.label || String(i + 1) : "";
    all.textContent = page ? `第${i + 1}面，共${stack.pages.length}面` : "";
    back.disabled = i <= 0;
    next.disabled = i >= stack.pages.length - 1;
    const heads = store.state.outline || [];
    let head = -1;
    heads.forEach((/** @type {any} */ h, /** @type {number} */ k) => { if (h.page <= i && h.level <= 1) head = k; });
    contents.value = String(head);
  };
  stack.addEventListener("turned", turned);
  at.addEventListener("focus", () => at.select());
  at.addEventListener("blur", turned);
  at.addEventListener("keydown", (e) => {
    if (e.isComposing || (e.key !== "Enter" && e.key !== "Escape")) return;
    e.preventDefault();
    if (e.key === "Escape") return pane.focus();
    const found = pageOf(stack.pages, at.value);
    if (found < 0) {
      at.setAttribute("aria-invalid", "true");
      at.title = `没有“${at.value.trim()}”这一页`;
      return at.select();
    }
    at.removeAttribute("aria-invalid");
    at.title = "";
    stack.turn(found);
    pane.focus();
    turned();
  });
  contents.addEventListener("change", () => {
    const h = (store.state.outline || [])[Number(contents.value)];
    if (h) stack.turn(h.page, h.y);
  });
  pane.addEventListener("keydown", (e) => {
    if (e.target !== pane || e.altKey || e.ctrlKey || e.metaKey) return;
    const to = { PageDown: stack.current() + 1, PageUp: stack.current() - 1, Home: 0, End: stack.pages.length - 1 }[e.key];
    if (to === undefined) return;
    e.preventDefault();
    stack.turn(Math.max(0, Math.min(stack.pages.length - 1, to)));
  });
  pane.addEventListener("wheel", (e) => {
    if (!e.ctrlKey) return;
    e.preventDefault();
    const values = ZOOMS.slice(1).map(([v]) => Number(v)), now = stack.factor;
    const to = e.deltaY < 0 ? values.find((v) => v > now + 0.01) : values.reverse().find((v) => v < now - 0.01);
    if (to) {
      zoom.value = String(to);
      zoom.dispatchEvent(new Event("change"));
    }
  }, { passive: false });

  /** @param {string} text @param {string} [kind] */
  const tell = (text, kind = "") => {
    note.textContent = text;
    note.hidden = !text;
    note.className = `pg-note ${kind}`;
  };
  stack.addEventListener("failed", (e) => {
    tell(`页面没有取到：${/** @type {CustomEvent} */ (e).detail.message}。等连上以后会再取；也可以滚动一下再试`, "error");
  });
  stack.addEventListener("painted", (e) => {
    const rev = /** @type {CustomEvent} */ (e).detail;
    host.dataset.rev = String(rev);
    requestAnimationFrame(() => setTimeout(() => performance.mark("yusuan:painted", { detail: rev }), 0));
    notes();
  });
  const notes = () => {
    const s = store.state;
    if (!s.pages || !s.pages.length) tell(NONE);
    else if (s.stale) tell(STALE, "warn");
    else if (refused.size) tell("有的字体浏览器不能显示，页面上暂用别的字；生成的文件不受影响");
    else tell("");
  };

  let shown = /** @type {any} */ (null), headed = /** @type {any} */ (null);
  const update = () => {
    const s = store.state;
    if (!s || !s.pages) return notes();
    const rev = s.pages_rev === undefined ? s.rev : s.pages_rev;
    if (s.pages !== shown || rev !== stack.rev) {
      const pages = s.pages === shown ? stack.pages : withHeads(s.pages, s.outline || []);
      shown = s.pages;
      stack.set(pages, rev);
    }
    second.classList.toggle("pg-settling", Boolean(s.settling));
    host.classList.toggle("pg-stale", Boolean(s.stale));
    if (s.outline && s.outline !== headed) {
      headed = s.outline;
      contents.replaceChildren(el("option", { value: "-1" }, "目录"), ...s.outline.map((/** @type {any} */ h, /** @type {number} */ i) => el("option", { value: String(i) }, "　".repeat(h.level) + h.title)));
    }
    turned();
    notes();
  };
  store.addEventListener("state", update);
  store.addEventListener("page", (e) => {
    const { page, mark, y } = /** @type {CustomEvent} */ (e).detail;
    if (y === undefined) marks.turn(page, mark);
    else stack.turn(page, y);
  });
  const ask = number.mount(host, store, stack);
  const marks = outline.mount(second, store, stack);
  second.append(ask.button);
  update();
  return stack;
}

/**
 * The pages with the headings that begin on each.
 * @param {import("./stack.js").Page[]} pages
 * @param {{title: string, page: number}[]} outline
 */
function withHeads(pages, outline) {
  const out = pages.map((p) => ({ ...p, head: "" }));
  for (const h of outline) {
    if (out[h.page]) out[h.page].head += `${h.title}\n`;
  }
  return out;
}

/**
 * The page that somebody means: by the number that is printed on it, by what it is called, or how many-th it is.
 * @param {{label: string}[]} pages
 * @param {string} text
 */
function pageOf(pages, text) {
  const t = text.normalize("NFKC").trim().replace(/^第\s*/, "");
  const label = t.replace(/\s*页$/, "");
  const found = pages.findIndex((p) => p.label === label);
  if (found >= 0) return found;
  const begins = label ? pages.findIndex((p) => p.label.startsWith(label)) : -1;
  if (begins >= 0 && !/^\d+$/.test(label)) return begins;
  const n = Number(t.replace(/\s*面$/, ""));
  return Number.isInteger(n) && n >= 1 && n <= pages.length ? n - 1 : -1;
}
