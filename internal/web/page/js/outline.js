// Where on the pages the focused field goes: each printed number that contains it, or what it says word for word, has a frame
// and can be turned to.

import { el } from "./dom.js";
import * as api from "./api.js";
import { kept, keep } from "./kept.js";
import { frame } from "./number.js";

const KEY = "yusuan.follow";
const CALM = 250; // ms after the last focus or change: typing and its pages come first

/** What on its page is of a place. @param {{mark: number, words?: number[]}} ref */
const piecesOf = (ref) => (ref.words ? ref.words.map((k) => `[data-at="${k}"]`).join(",") : `[data-of="${ref.mark}"]`);

/**
 * @param {HTMLElement} bar
 * @param {import("./store.js").Store} store
 * @param {import("./stack.js").Stack} stack
 */
export function mount(bar, store, stack) {
  /** @type {{row: string, key: string}} */
  let at = { row: "", key: "" };
  /** @type {{page: number, mark: number, words?: number[]}[]} */
  let refs = [];
  let now = -1, asked = 0, timer = 0, many = 0, turnTo = "";

  const count = el("span", { class: "out-count", role: "status" });
  const back = el("button", { type: "button", class: "button quiet small", "aria-label": "上一个用到这里的地方", title: "上一个", onclick: () => step(-1) }, "▲");
  const next = el("button", { type: "button", class: "button quiet small", "aria-label": "下一个用到这里的地方", title: "下一个", onclick: () => step(1) }, "▼");
  const follows = el("input", { type: "checkbox" });
  follows.checked = kept(KEY) !== "no";
  follows.addEventListener("change", () => keep(KEY, follows.checked ? "yes" : "no"));
  const group = el("span", { class: "out-group" }, count, back, next);
  bar.append(group, el("label", { class: "out-follow", title: "光标到了别处，而用到那里的地方都看不见时，翻到最近的一处" }, follows, "跟随光标"));

  const told = () => {
    back.hidden = next.hidden = !refs.length;
    const says = !at.row ? "光标放在哪里，用到它的地方就在页面上框出来" : !refs.length ? "页面上没有用到这里的地方" : now >= 0 ? `第 ${now + 1} 处，共 ${refs.length} 处` : refs[0].words ? `这里填的印在 ${refs.length} 面上` : `用到这里的数有 ${refs.length} 个`;
    if (count.textContent !== says) count.textContent = says;
  };
  /** @param {number} index @param {import("./stack.js").Slot} slot */
  const draw = (index, slot) => {
    const boxes = [];
    for (let i = 0; i < refs.length; i++) {
      if (refs[i].page !== index) continue;
      for (const piece of slot.el.querySelectorAll(piecesOf(refs[i]))) boxes.push(frame(stack.boxOf(slot, piece), "out-of" + (refs[i].words ? " out-words" : "") + (i === now ? " out-now" : "")));
    }
    slot.layer.querySelectorAll(".out-of").forEach((x) => x.remove());
    slot.layer.append(...boxes);
  };
  const drawAll = () => {
    for (const [index, slot] of stack.slots) {
      if (slot.shown === slot.page.hash) draw(index, slot);
    }
    told();
  };
  /** @param {number} i */
  const show = (i) => {
    now = i;
    turn(refs[i].page, refs[i].mark);
    drawAll();
  };
  /** @param {number} by */
  const step = (by) => {
    if (!refs.length) return;
    if (now >= 0) return show((now + by + refs.length) % refs.length);
    const page = stack.current(); // the first at or behind what is read
    const i = refs.findIndex((r) => r.page >= page);
    show(i < 0 ? 0 : i);
  };
  /** Turns to a mark of a page, which may not be drawn yet. @param {number} index @param {number} [mark] */
  const turn = (index, mark) => {
    if (!stack.pages[index]) return;
    const slot = stack.slots.get(index);
    const piece = slot && slot.shown && mark !== undefined ? slot.el.querySelector(`[data-of="${mark}"],[data-at="${mark}"]`) : null;
    if (slot && piece) {
      const b = stack.boxOf(slot, piece), page = stack.pages[index];
      const top = stack.tops[index] + b.y * page.h * stack.scale;
      if (top < stack.top || top + b.h * page.h * stack.scale > stack.top + stack.height) stack.turn(index, b.y * page.h);
      return;
    }
    if (!stack.visible(index)) stack.turn(index);
    if (mark === undefined || (slot && slot.shown)) return;
    const then = (/** @type {Event} */ e) => {
      if (/** @type {CustomEvent} */ (e).detail.index !== index) return;
      stack.removeEventListener("shown", then);
      turn(index, mark);
    };
    stack.addEventListener("shown", then);
  };

  const ask = async () => {
    const mine = ++asked, { row, key } = at, rev = store.state.rev;
    if (!row) {
      refs = [];
      return drawAll();
    }
    let found;
    try {
      found = await api.get(`api/touching?row=${encodeURIComponent(row)}&key=${encodeURIComponent(key)}`);
    } catch {
      found = []; // a row that is gone; that the program is gone is told elsewhere
    }
    if (mine !== asked) return;
    if (rev !== store.state.rev) return later(); // of other pages than those shown
    refs = found || [];
    if (now >= refs.length) now = -1;
    drawAll();
    if (turnTo && refs.length && !(turnTo === "maybe" && (!follows.checked || refs.some(seen)))) {
      const from = stack.current(), far = (/** @type {any} */ r) => Math.abs(r.page - from);
      const nearest = refs.reduce((a, b) => (far(b) < far(a) ? b : a));
      if (turnTo === "maybe") turn(nearest.page, nearest.mark);
      else show(refs.indexOf(nearest));
    }
    turnTo = "";
  };
  /** Whether a number is in view. A page that is not drawn yet is taken to show it. @param {{page: number, mark: number, words?: number[]}} ref */
  const seen = (ref) => {
    if (!stack.pages[ref.page] || !stack.visible(ref.page)) return false;
    const slot = stack.slots.get(ref.page), piece = slot && slot.shown && slot.el.querySelector(piecesOf(ref));
    if (!piece) return true;
    const b = stack.boxOf(slot, piece), top = stack.tops[ref.page] + b.y * stack.pages[ref.page].h * stack.scale;
    return top >= stack.top && top + b.h * stack.pages[ref.page].h * stack.scale <= stack.top + stack.height;
  };
  const later = (wait = CALM) => {
    clearTimeout(timer);
    timer = window.setTimeout(ask, wait);
  };
  store.addEventListener("focused", (e) => {
    const { row, key } = /** @type {CustomEvent} */ (e).detail || {};
    if (row === at.row && key === at.key) return;
    at = { row: row || "", key: key || "" };
    now = -1;
    turnTo = "maybe";
    later(80);
  });
  store.addEventListener("show", (e) => {
    const { row, key } = /** @type {CustomEvent} */ (e).detail;
    at = { row, key: key || "" };
    now = -1;
    turnTo = "sure";
    later(0);
  });
  store.addEventListener("state", (e) => {
    const d = /** @type {CustomEvent} */ (e).detail;
    if (!at.row || (d && !d.pages)) return;
    if (store.state.pages.length !== many) {
      many = store.state.pages.length; // places of other pages
      refs = [];
      now = -1;
    }
    later();
  });
  stack.addEventListener("shown", (e) => {
    const { index, slot } = /** @type {CustomEvent} */ (e).detail;
    if (refs.length) draw(index, slot);
  });
  told();
  return { turn };
}
