// Two documents side by side: the old one on the left, what is typed on the right, marked where they differ.

import * as api from "./api.js";
import { el } from "./dom.js";
import { Stack } from "./stack.js";
import { follow } from "./follow.js";
import { frame } from "./number.js";
import { summary, about } from "./comparelist.js";

/**
 * @typedef {{x: number, y: number, w: number, h: number, effects: string[], gone?: boolean}} Place
 * @typedef {{side: 0|1, page: number, place: Place}} Spot
 */

export class View {
  /**
   * @param {import("./store.js").Store} store
   * @param {any} found what the program answered
   * @param {() => void} left is called when somebody goes from here into the form
   */
  constructor(store, found, left) {
    this.store = store;
    this.found = found;
    this.left = left;
    this.cause = 0; // the number of the cause whose effects are gone through, 0 for all
    this.now = -1;
    this.sides = [found.old, found.new];
    /** @type {Stack[]} */
    this.stacks = [];
    this.stops = this.stopsOf();
    this.busy = false;
    this.build();
  }

  build() {
    const { report, number } = this.found;
    const old = report.old.name, now = report.new.name;
    this.at = el("span", { class: "cmp-at", role: "status" });
    this.back = el("button", { type: "button", class: "button quiet", title: "上一处不同（Shift+F8）", onclick: () => this.step(-1) }, "▲ 上一处");
    this.next = el("button", { type: "button", class: "button quiet", title: "下一处不同（F8）", onclick: () => this.step(1) }, "▼ 下一处");
    this.which = el("select", { class: "field-input cmp-which", "aria-label": "只看哪一处改动引起的", onchange: () => this.only(Number(this.which.value)) },
      el("option", { value: "0" }, "所有改动"), ...report.causes.map((/** @type {any} */ c) => el("option", { value: String(c.number) }, `${c.number}. ${c.title}`)));
    const files = report.same ? [] : ["变动对照表.xlsx", "对照稿.pdf"].map((name) => el("a", { class: "button quiet", href: `c/${number}/${encodeURIComponent(name)}`, download: name }, `下载${name.split(".")[0]}`));
    const head = el("header", { class: "cmp-head" }, el("h2", {}, `${now}与“${old}”对比`), el("span", { class: "cmp-steps" }, this.back, this.at, this.next, this.which), ...files,
      el("button", { type: "button", class: "button quiet", "aria-label": "关闭对比", onclick: () => this.drop(true) }, "×"));
    this.detail = el("section", { class: "cmp-detail", "aria-live": "polite", "aria-label": "这一处" });
    const list = el("div", { class: "cmp-list" }, summary(this.found, { only: (n) => this.choose(n), go: (n) => this.go(n), show: (id) => this.showEffect(id) }));
    const panes = [old, now].map((name, side) => {
      const pane = el("div", { class: "pg-pane", tabindex: "0", role: "region", "aria-label": `${side ? "现在" : "原来"}的页面：${name}` });
      const stack = new Stack(pane, (hash) => `c/${number}/${hash}.svg`);
      stack.addEventListener("shown", (e) => this.mark(side, /** @type {CustomEvent} */ (e).detail.index, /** @type {CustomEvent} */ (e).detail.slot));
      pane.addEventListener("scroll", () => this.along(side), { passive: true });
      this.stacks.push(stack);
      return el("section", { class: "cmp-side" }, el("h3", {}, el("b", {}, side ? "现" : "原"), ` ${name}`, el("small", {}, `${this.sides[side].pages.length}面`)), pane);
    });
    this.to = [0, 1].map((side) => this.beside(side));
    this.box = el("dialog", { class: "cmp-box", "aria-label": `${now}与“${old}”对比` }, head, el("div", { class: "cmp-body" }, el("div", { class: "cmp-left" }, this.detail, list), ...panes));
    this.box.addEventListener("keydown", (e) => {
      if (e.key !== "F8" || e.isComposing) return;
      e.preventDefault();
      e.stopPropagation();
      this.step(e.shiftKey ? -1 : 1);
    });
    this.box.addEventListener("cancel", (e) => {
      e.preventDefault();
      this.drop(true);
    });
    document.body.append(this.box);
    this.stacks.forEach((s, side) => s.set(this.sides[side].pages, 0));
    this.tell();
  }

  open() {
    if (!this.box.open) this.box.showModal();
    this.next.focus();
  }

  /** Closes it for good. @param {boolean} end whether the program may forget it too */
  drop(end) {
    this.box.close();
    this.box.remove();
    if (end) api.post("api/compare/end").catch(() => {}); // the program forgets it with the folder at the latest
  }

  /** Which page of the other side stands beside one: that where the same changed, else by what it says. @param {number} side */
  beside(side) {
    /** @type {Map<string, number>} */
    const there = new Map();
    this.sides[1 - side].places.forEach((/** @type {Place[]} */ places, /** @type {number} */ page) => {
      for (const id of places.flatMap((p) => p.effects)) if (!there.has(id)) there.set(id, page);
    });
    const alike = follow(this.sides[side].pages, this.sides[1 - side].pages);
    return (/** @type {number} */ page) => {
      for (const id of this.sides[side].places[page].flatMap((/** @type {Place} */ p) => p.effects)) if (there.has(id)) return there.get(id);
      return alike(page);
    };
  }

  /** What is gone through: the places of the new document, each once, in order. @returns {Spot[]} */
  stopsOf() {
    /** @type {Spot[]} */
    const out = [];
    let last = "";
    this.found.new.places.forEach((/** @type {Place[]} */ places, /** @type {number} */ page) => {
      for (const place of places) {
        const says = place.effects.join();
        if (says === last || !this.meant(place)) continue;
        last = says;
        out.push({ side: 1, page, place });
      }
    });
    return out;
  }

  /** Whether a place is of the cause that is gone through. @param {Place} place */
  meant(place) {
    return !this.cause || place.effects.some((id) => about(this.found, id).causes.includes(this.cause));
  }

  /** @param {number} cause */
  only(cause) {
    this.cause = cause;
    this.which.value = String(cause);
    this.now = -1;
    this.stops = this.stopsOf();
    for (const [side, stack] of this.stacks.entries()) {
      for (const [index, slot] of stack.slots) this.mark(side, index, slot);
    }
    this.tell();
  }

  /** @param {number} cause */
  choose(cause) {
    this.only(cause);
    this.step(1);
  }

  /** Goes to the field of a cause. @param {number} cause */
  go(cause) {
    const { row, key } = this.found.fields[cause - 1] || {};
    if (!row) return;
    this.box.close();
    this.store.goto(row, key);
    this.left();
  }

  tell() {
    this.back.disabled = this.next.disabled = !this.stops.length;
    this.at.textContent = !this.stops.length ? "没有不同" : this.now < 0 ? `共 ${this.stops.length} 处` : `${this.now + 1} / ${this.stops.length}`;
    if (this.now < 0) this.detail.replaceChildren(el("p", { class: "cmp-soft" }, this.stops.length ? "点页面上标出的地方，或按“下一处”，这里说明它由哪几处改动引起。" : "两份印出来的没有不同。"));
  }

  /** @param {number} by */
  step(by) {
    const n = this.stops.length;
    if (!n) return;
    this.now = this.now < 0 ? (by > 0 ? 0 : n - 1) : (this.now + by + n) % n;
    this.show(this.stops[this.now]);
  }

  /** Shows an effect of the list where it stands. @param {string} id */
  showEffect(id) {
    const spot = this.spotOf(1, [id]) || this.spotOf(0, [id]);
    if (!spot) return;
    this.now = this.stops.findIndex((s) => s.place.effects.includes(id));
    this.show(spot);
  }

  /** The first place on a side of any of some effects. @param {0|1} side @param {string[]} ids @returns {Spot|null} */
  spotOf(side, ids) {
    const pages = this.sides[side].places;
    for (let page = 0; page < pages.length; page++) {
      const place = pages[page].find((/** @type {Place} */ p) => p.effects.some((id) => ids.includes(id)));
      if (place) return { side, page, place };
    }
    return null;
  }

  /** @param {Spot} spot */
  show(spot) {
    const other = /** @type {0|1} */ (1 - spot.side);
    const beside = this.spotOf(other, spot.place.effects);
    this.current = [spot, beside];
    this.busy = true; // each side goes where its place is
    this.reveal(spot);
    if (beside) this.reveal(beside);
    else this.stacks[other].turn(this.to[spot.side](spot.page));
    setTimeout(() => { this.busy = false; }, 150);
    for (const [side, stack] of this.stacks.entries()) {
      for (const [index, slot] of stack.slots) this.mark(side, index, slot);
    }
    this.detail.replaceChildren(...spot.place.effects.map((id) => about(this.found, id, (n) => this.go(n)).node));
    if (!spot.place.effects.length) this.detail.replaceChildren(el("p", {}, "这里与另一份不同。"));
    this.tell();
  }

  /** Turns to a place that is out of view. @param {Spot} spot */
  reveal(spot) {
    const stack = this.stacks[spot.side], top = stack.tops[spot.page] + spot.place.y * stack.scale;
    if (top < stack.top + 8 || top + spot.place.h * stack.scale > stack.top + stack.height - 8) stack.turn(spot.page, Math.max(1, spot.place.y));
  }

  /** One side follows the other. @param {number} side */
  along(side) {
    if (this.busy) return;
    const a = this.stacks[side], b = this.stacks[1 - side];
    if (!a.pages.length || !b.pages.length || this.leader === 1 - side) return;
    this.leader = side;
    clearTimeout(this.calm);
    this.calm = setTimeout(() => { this.leader = -1; }, 120);
    const top = a.pane.scrollTop, page = a.at(top + a.height / 3), into = (top - a.tops[page]) / a.scale;
    b.scrollTo(b.tops[this.to[side](page)] + into * b.scale);
  }

  /** Marks a page. @param {number} side @param {number} index @param {import("./stack.js").Slot} slot */
  mark(side, index, slot) {
    const page = this.sides[side].pages[index];
    if (!slot.shown || !page) return;
    slot.layer.replaceChildren(...this.sides[side].places[index].map((/** @type {Place} */ place) => {
      const name = `cmp-mark cmp-${side ? "new" : "old"}${place.gone ? " cmp-gone" : ""}${this.meant(place) ? "" : " cmp-other"}${this.current && this.current.some((s) => s && s.place === place) ? " cmp-now" : ""}`;
      const box = frame({ x: place.x / page.w, y: place.y / page.h, w: place.w / page.w, h: place.h / page.h }, name);
      box.title = place.effects.map((id) => about(this.found, id).title).join("\n");
      box.addEventListener("click", () => {
        this.now = this.stops.findIndex((s) => s.place === place || s.place.effects.some((id) => place.effects.includes(id)));
        this.show({ side: /** @type {0|1} */ (side), page: index, place });
      });
      return box;
    }));
  }
}
