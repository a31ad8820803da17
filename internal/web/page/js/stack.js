// A stack of pages in a pane that scrolls: only those near the view are in the document, each at its place by its size, so that
// nothing is ever measured. New pages take the place of old ones without the view moving.

import { Drawings } from "./drawing.js";
import { follow } from "./follow.js";

/**
 * @typedef {{hash: string, body?: string, w: number, h: number, label: string}} Page in thousandths of a point
 * @typedef {{page: Page, el: HTMLElement, shown: string, layer: HTMLElement, wants: string}} Slot
 */

const GAP = 14; // between pages, and around them
const AT_ONCE = 4; // drawings that are fetched together
const REST = 60; // ms that the pages in view are let alone before others are made
const PIXELS = 96 / 72 / 1000; // of a thousandth of a point at 100 %

export class Stack extends EventTarget {
  /**
   * Events: "shown" {index, slot} after a page was put in place, "painted" {rev} when all pages in view are of a revision,
   * "turned" when another page is in view, "failed" {error}.
   * @param {HTMLElement} pane that scrolls
   * @param {(hash: string) => string} url
   */
  constructor(pane, url) {
    super();
    this.pane = pane;
    this.drawings = new Drawings(url);
    this.room = document.createElement("div");
    this.room.className = "pg-room";
    pane.append(this.room);
    /** @type {Page[]} */
    this.pages = [];
    /** @type {Map<number, Slot>} by index, those in the document */
    this.slots = new Map();
    /** @type {number[]} */
    this.tops = [];
    this.zoom = 0; // 0 fits the width
    this.scale = PIXELS;
    this.rev = -1;
    this.painted = -1;
    this.loading = 0;
    this.later = 0;
    this.width = 0;
    this.height = 0;
    this.total = 0; // of all pages
    this.left = GAP;
    let waiting = false;
    pane.addEventListener("scroll", () => {
      this.top = pane.scrollTop;
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => { waiting = false; this.window(); });
    }, { passive: true });
    this.top = 0;
    new ResizeObserver((list) => {
      const box = list[list.length - 1].contentRect;
      this.resize(box.width, box.height);
    }).observe(pane);
  }

  /**
   * Shows the pages of a revision.
   * @param {Page[]} pages
   * @param {number} rev
   */
  set(pages, rev) {
    const first = this.pages.length === 0;
    this.rev = rev;
    if (pages !== this.pages) {
      const anchor = this.current(), offset = first ? 0 : this.top - this.tops[anchor];
      const to = first ? () => 0 : follow(this.pages, pages);
      /** @type {Map<number, Slot>} */
      const slots = new Map();
      for (const [index, slot] of this.slots) {
        const now = to(index);
        if (now < pages.length && !slots.has(now)) slots.set(now, slot);
        else slot.el.remove();
      }
      const target = to(anchor);
      this.pages = pages;
      this.slots = slots;
      this.arrange();
      if (!first && pages.length) this.scrollTo(this.tops[Math.min(target, pages.length - 1)] + offset);
    }
    this.window();
  }

  /** How large pages are shown: 0 fits the width, 1 is their own size. @param {number} zoom */
  setZoom(zoom) {
    this.zoom = zoom;
    this.keep(() => this.arrange());
  }

  /** @param {number} width @param {number} height */
  resize(width, height) {
    if (width === this.width && height === this.height) return;
    const wider = width !== this.width;
    this.width = width;
    this.height = height;
    if (wider) this.keep(() => this.arrange());
    else this.window();
  }

  /** Keeps the same place of the same page at the top. @param {() => void} change */
  keep(change) {
    const at = this.current(), part = this.pages.length ? (this.top - this.tops[at]) / this.scale : 0;
    change();
    if (this.pages.length) this.scrollTo(this.tops[at] + part * this.scale);
    this.window();
  }

  /** Works out where pages stand and puts those there that are in the document. */
  arrange() {
    let widest = 1;
    for (const p of this.pages) widest = Math.max(widest, p.w);
    const fit = Math.max(0.1, (this.width - 2 * GAP) / (widest * PIXELS));
    this.factor = this.zoom || fit;
    this.scale = PIXELS * this.factor;
    let top = GAP;
    this.tops = this.pages.map((p) => {
      const at = top;
      top += Math.round(p.h * this.scale) + GAP;
      return at;
    });
    const wide = Math.max(this.width, Math.round(widest * this.scale) + 2 * GAP);
    this.wide = wide;
    this.total = top;
    this.room.style.height = `${top}px`;
    this.room.style.width = `${wide}px`;
    for (const [index, slot] of this.slots) this.place(index, slot);
  }

  /** @param {number} index @param {Slot} slot */
  place(index, slot) {
    const p = this.pages[index], width = Math.round(p.w * this.scale), style = slot.el.style;
    slot.page = p;
    style.top = `${this.tops[index]}px`;
    style.left = `${Math.round((this.wide - width) / 2)}px`;
    style.width = `${width}px`;
    style.height = `${Math.round(p.h * this.scale)}px`;
    slot.el.dataset.index = String(index);
  }

  /** The index of the page that reaches a place of the room. @param {number} y */
  at(y) {
    let from = 0, to = this.pages.length;
    while (to - from > 1) {
      const middle = (from + to) >> 1;
      if (this.tops[middle] <= y) from = middle;
      else to = middle;
    }
    return from;
  }

  /** The page that is read: at the upper third of the view. */
  current() { return this.pages.length ? this.at(this.top + this.height / 3) : 0; }

  /** Puts the pages near the view into the document and takes the others out. */
  window() {
    if (!this.pages.length || !this.height) {
      if (!this.pages.length) this.done();
      return;
    }
    const from = this.at(Math.max(0, this.top - this.height)), to = this.at(this.top + 2 * this.height);
    for (const [index, slot] of this.slots) {
      if (index < from || index > to) {
        slot.el.remove();
        this.slots.delete(index);
      }
    }
    for (let i = from; i <= to; i++) {
      if (!this.slots.has(i)) this.slots.set(i, this.open(i));
    }
    this.load();
    const now = this.current();
    if (now !== this.told) {
      this.told = now;
      this.dispatchEvent(new CustomEvent("turned", { detail: now }));
    }
  }

  /** @param {number} index @returns {Slot} */
  open(index) {
    const el = document.createElement("div"), layer = document.createElement("div");
    el.className = "pg-page";
    layer.className = "pg-layer";
    el.append(layer);
    const slot = { page: this.pages[index], el, layer, shown: "", wants: "" };
    this.place(index, slot);
    this.room.append(el);
    return slot;
  }

  /** Whether a page is in view. @param {number} index */
  visible(index) {
    return this.tops[index] < this.top + this.height && this.tops[index] + this.pages[index].h * this.scale > this.top;
  }

  /** Fetches the drawings that are missing: those in view at once, the others when these are on the screen. */
  load() {
    const missing = Array.from(this.slots).filter(([, s]) => s.shown !== s.page.hash);
    const seen = missing.filter(([i]) => this.visible(i));
    for (const [, slot] of seen) {
      if (slot.wants !== slot.page.hash) this.draw(slot);
    }
    this.done();
    clearTimeout(this.later);
    if (!seen.length && missing.length) this.later = window.setTimeout(() => this.prepare(), REST);
  }

  /** Fetches drawings that may come into view, the nearest first. */
  prepare() {
    const middle = this.top + this.height / 2;
    const missing = Array.from(this.slots).filter(([, s]) => s.shown !== s.page.hash && s.wants !== s.page.hash);
    missing.sort((a, b) => Math.abs(this.tops[a[0]] - middle) - Math.abs(this.tops[b[0]] - middle));
    for (const [, slot] of missing) {
      if (this.loading >= AT_ONCE) break;
      this.draw(slot);
    }
  }

  /** @param {Slot} slot */
  async draw(slot) {
    const hash = slot.page.hash;
    slot.wants = hash;
    this.loading++;
    try {
      const svg = await this.drawings.get(hash);
      if (slot.page.hash === hash && slot.el.isConnected) {
        slot.el.replaceChildren(svg, slot.layer);
        slot.layer.replaceChildren();
        slot.shown = hash;
        this.dispatchEvent(new CustomEvent("shown", { detail: { index: Number(slot.el.dataset.index), slot } }));
      }
    } catch (error) {
      // A page of a revision that is past is no fault: the next state brings its successor.
      if (/** @type {Error} */ (error).message !== "gone") this.dispatchEvent(new CustomEvent("failed", { detail: error }));
    } finally {
      if (slot.wants === hash) slot.wants = "";
      this.loading--;
    }
    if (slot.shown === hash) this.load();
  }

  /** Tells when all pages in view are those of the revision. */
  done() {
    if (this.painted === this.rev) return;
    for (const [index, slot] of this.slots) {
      if (this.visible(index) && slot.shown !== slot.page.hash) return;
    }
    this.painted = this.rev;
    this.dispatchEvent(new CustomEvent("painted", { detail: this.rev }));
  }

  /** @param {number} top */
  scrollTo(top) {
    const to = Math.max(0, Math.min(top, this.total - this.height)); // without asking, which would lay out what changed so far
    if (to === this.top) return;
    this.pane.scrollTop = to;
    this.top = to;
  }

  /**
   * Turns to a page, to a height of it in thousandths of a point.
   * @param {number} index @param {number} [y]
   */
  turn(index, y = 0) {
    if (!this.pages[index]) return;
    this.scrollTo(this.tops[index] + Math.max(0, y * this.scale - (y ? this.height / 4 : GAP)));
    this.window();
  }

  /** Where something stands on its page, in parts of its width and height. @param {Slot} slot @param {Element} el */
  boxOf(slot, el) {
    const page = slot.el.getBoundingClientRect(), box = el.getBoundingClientRect();
    return { x: (box.left - page.left) / page.width, y: (box.top - page.top) / page.height, w: box.width / page.width, h: box.height / page.height };
  }
}
