// Asked of a printed number: what it is, how it comes about, exactly how much, and the lines it sums, each a way into its field.
// Asked of the author's words: where they were typed.

import { el } from "./dom.js";
import * as api from "./api.js";

const MARKED = "[data-of],[data-at]";

/** An amount with its thousands parted. @param {string} text */
export function thousands(text) {
  const m = /^([-+]?)(\d+)(\.\d+)?$/.exec(text);
  return m ? m[1] + m[2].replace(/\B(?=(\d{3})+$)/g, ",") + (m[3] || "") : text;
}

/** An exact amount as forms have it, with two digits behind the point at least. @param {string} text */
const cents = (text) => thousands(/\.\d\d/.test(text) ? text : /\.\d$/.test(text) ? `${text}0` : `${text}.00`);

const CONDITIONS = { fund: "资金", kind: "支出类别", nature: "经费性质", unit: "单位", project: "项目", procurement: "政府采购", purchase: "购买服务", function: "功能科目", economic: "经济科目", side: "收支" };

/** What a sum is of, in words: the program's own way to write it has keys of English. @param {string} query */
const inWords = (query) => query.split(/ (?=[a-z_-]+!?=)/).map((c) => {
  const m = /^([a-z_-]+)(!?)=(.*)$/.exec(c);
  return m && CONDITIONS[m[1]] ? `${CONDITIONS[m[1]]}${m[2] ? "不是" : "："}${m[3]}` : c;
}).join("，");

/**
 * @param {HTMLElement} host
 * @param {import("./store.js").Store} store
 * @param {import("./stack.js").Stack} stack
 */
export function mount(host, store, stack) {
  const box = el("div", { class: "num-box", role: "dialog", "aria-modal": "false", tabindex: "-1", hidden: "" });
  document.body.append(box);
  /** @type {Element | HTMLElement | null} where the focus goes back to */
  let from = null;
  /** @type {{x: number, y: number, h: number}} */
  let place = { x: 0, y: 0, h: 0 };
  let asked = 0;

  const close = (focus = true) => {
    if (box.hidden) return;
    box.hidden = true;
    asked++;
    if (focus && from instanceof HTMLElement) from.focus();
    for (const s of stack.slots.values()) s.layer.querySelectorAll(".num-of").forEach((x) => x.remove());
  };
  /** @param {string} title @param {...(Node|string)} parts */
  const open = (title, ...parts) => {
    box.setAttribute("aria-label", title);
    box.replaceChildren(el("div", { class: "num-head" }, el("h2", {}, title), el("button", { type: "button", class: "button quiet small", "aria-label": "关闭", onclick: () => close() }, "×")), ...parts);
    box.hidden = false;
    box.style.maxHeight = "";
    const w = box.offsetWidth, h = box.offsetHeight;
    box.style.left = `${Math.max(8, Math.min(place.x, innerWidth - w - 8))}px`;
    const below = place.y + place.h + 6, under = innerHeight - 8 - below, over = place.y - 14;
    const up = h > under && over > under; // the number that is asked for stays in sight: a long list is scrolled
    const room = Math.max(160, up ? over : under);
    if (h > room) box.style.maxHeight = `${room}px`;
    box.style.top = `${up ? Math.max(8, place.y - 6 - Math.min(h, room)) : Math.min(below, innerHeight - 8 - Math.min(h, room))}px`;
  };
  /** @param {string} row @param {string} key */
  const go = (row, key) => {
    close(false);
    store.goto(row, key || amountOf(row));
  };
  /** The field of a row's amount, "" where it has none or several. @param {string} id */
  const amountOf = (id) => {
    const row = store.state.row(id), table = row && store.state.table(row.table);
    const amounts = table ? table.fields.filter((f) => f.kind === "amount" && row.values.some((v) => v.key === f.key)) : [];
    return amounts.length === 1 ? amounts[0].key : "";
  };

  /** @param {any} n */
  const lines = (n) => el("ol", { class: "num-lines" }, ...n.lines.map((/** @type {any} */ one) => {
    const x = { ...one, words: (one.words || "").replace("文件里没有这个数", "没有另外填") };
    const words = [el("span", { class: "num-what" }, el("span", { class: "num-title" }, x.title || x.words), x.title && x.words && x.words !== x.title ? el("small", {}, x.words) : ""), x.amount ? el("span", { class: "num-amount" }, cents(x.amount)) : ""];
    if (!x.row) return el("li", {}, el("span", { class: "num-line" }, ...words));
    return el("li", {}, el("button", { type: "button", class: "num-line num-go", title: "到填这个数的地方", onclick: () => go(x.row, x.key) }, ...words));
  }));

  /** @param {any} n @param {string} [what] @returns {HTMLElement} */
  const number = (n, what) => {
    const facts = [];
    if (n.printed) facts.push([what ? "印的是" : "印出", n.printed + (n.unit ? ` ${n.unit}` : "")]);
    if (n.exact && n.unit) facts.push(["精确到分", `${cents(n.exact)} 元`]);
    const parts = [];
    if (what) parts.push(el("h3", {}, what));
    if (n.formula) parts.push(el("p", { class: "num-formula" }, n.formula));
    parts.push(el("dl", {}, ...facts.flatMap(([k, v]) => [el("dt", {}, k), el("dd", {}, v)])));
    if (n.adjusted) parts.push(el("p", { class: "num-note" }, "为了让印出的各项相加等于合计，这个数的尾数调整过。"));
    if (n.ranges && n.ranges.length) parts.push(el("p", { class: "num-ranges" }, `范围：${n.ranges.map(inWords).join("；")}`));
    if (n.lines && n.lines.length) parts.push(el("h4", {}, n.lines.every((/** @type {any} */ x) => !x.row) ? "怎么来的（元）" : n.lines.every((/** @type {any} */ x) => !x.amount) ? "填在这里，点一下就到" : n.exact ? `由 ${n.lines.length} 处填报相加（元），点一处就到填它的地方` : `用到 ${n.lines.length} 处填报（元），点一处就到填它的地方`), lines(n));
    if (n.of) parts.push(number(n.of, "比的数"), number(n.over, "作基数的数"));
    return el("div", { class: "num-one" }, ...parts);
  };

  /** @param {string} hash @param {number} mark */
  const ask = async (hash, mark) => {
    const mine = ++asked;
    try {
      const n = await api.get(`api/number?page=${hash}&mark=${mark}`);
      if (mine !== asked) return;
      const parts = [number(n)];
      if (n.words && !(n.title || "").includes(n.words)) parts.unshift(el("p", { class: "num-words" }, n.words));
      if (n.address) parts.push(el("p", { class: "num-address" }, `编号 ${n.address}`));
      open(n.title || n.printed, ...parts);
    } catch (error) {
      if (mine === asked) open("查不到这个数", el("p", {}, /** @type {Error} */ (error).message));
    }
    const first = box.querySelector(".num-go");
    (from && first instanceof HTMLElement ? first : box).focus({ preventScroll: true });
  };

  /** @param {string} hash @param {number} mark */
  const typed = async (hash, mark) => {
    const mine = ++asked;
    try {
      const t = await api.get(`api/typed?page=${hash}&mark=${mark}`);
      if (mine === asked) go(t.row, t.key);
    } catch (error) {
      if (mine !== asked) return;
      open("找不到填这些字的地方", el("p", {}, /** @type {Error} */ (error).message));
      box.focus({ preventScroll: true });
    }
  };

  /** @param {import("./stack.js").Slot} slot @param {Element} mark */
  const follow = (slot, mark) => {
    const of = mark.getAttribute("data-of");
    if (of === null) return typed(slot.shown, Number(mark.getAttribute("data-at")));
    for (const piece of slot.el.querySelectorAll(`[data-of="${of}"]`)) slot.layer.append(frame(stack.boxOf(slot, piece), "num-of"));
    return ask(slot.shown, Number(of));
  };

  stack.pane.addEventListener("click", (e) => {
    const mark = e.target instanceof Element && e.target.closest(MARKED);
    const page = mark && mark.closest(".pg-page");
    const slot = page instanceof HTMLElement && stack.slots.get(Number(page.dataset.index));
    const selected = String(getSelection() || "");
    close(false);
    if (!mark || !slot || selected) return; // who copies words does not ask
    const at = mark.getBoundingClientRect();
    place = { x: at.left, y: at.top, h: at.height };
    from = stack.pane;
    follow(slot, mark);
  });
  document.addEventListener("pointerdown", (e) => {
    if (e.target instanceof Node && !box.contains(e.target)) close(false);
  });
  box.addEventListener("keydown", (e) => {
    if (e.key === "Escape") {
      e.stopPropagation();
      close();
    }
    if (e.key === "ArrowDown" || e.key === "ArrowUp") {
      const all = /** @type {HTMLElement[]} */ (Array.from(box.querySelectorAll(".num-go")));
      const to = all[all.indexOf(/** @type {any} */ (document.activeElement)) + (e.key === "ArrowDown" ? 1 : -1)];
      if (to) {
        e.preventDefault();
        to.focus();
      }
    }
  });
  stack.pane.addEventListener("scroll", () => close(box.contains(document.activeElement)), { passive: true });

  const button = el("button", { type: "button", class: "button quiet small", "aria-haspopup": "dialog", onclick: () => list() }, "本页的数");
  /** All that can be asked on the page in view, for who has no pointer. */
  const list = () => {
    const index = stack.current(), slot = stack.slots.get(index);
    if (!slot || !slot.shown) return;
    const at = button.getBoundingClientRect();
    place = { x: at.left, y: at.top, h: at.height };
    from = button;
    /** @type {Map<string, {mark: Element, text: string}>} */
    const found = new Map();
    for (const mark of slot.el.querySelectorAll(MARKED)) {
      const id = mark.getAttribute("data-of") === null ? `t${mark.getAttribute("data-at")}` : `n${mark.getAttribute("data-of")}`;
      const known = found.get(id);
      if (known) known.text += mark.textContent;
      else found.set(id, { mark, text: mark.textContent || "" });
    }
    const items = Array.from(found, ([id, x]) => el("li", {}, el("button", { type: "button", class: "num-go num-item", onclick: () => follow(slot, x.mark) }, id[0] === "n" ? x.text : `“${x.text.trim().slice(0, 28)}${x.text.trim().length > 28 ? "…" : ""}”`)));
    open("本页的数和填的文字", items.length ? el("ol", { class: "num-list" }, ...items) : el("p", {}, "这一页没有数，也没有填的文字。"));
    const first = box.querySelector(".num-go");
    (first instanceof HTMLElement ? first : box).focus({ preventScroll: true });
  };
  return { button, close };
}

/** A frame over a place of a page. @param {{x: number, y: number, w: number, h: number}} b @param {string} name */
export function frame(b, name) {
  const f = el("div", { class: name }), part = (/** @type {number} */ v) => `${v * 100}%`;
  f.style.left = part(b.x);
  f.style.top = part(b.y);
  f.style.width = part(b.w);
  f.style.height = part(b.h);
  return f;
}
