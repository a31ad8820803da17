// The table of departments: finding, filters, order.

import { el, fill, newID } from "./dom.js";
import { fileLink } from "./batch.js";
import { apart } from "./words.js";

/** How a state looks beside its word. @type {Object<string, string>} */
const looks = { 未报送: "absent", 数据有误: "faulty", 待审: "waiting", 数据无误: "sound", 已生成: "ready", 已公开: "published" };

/** What filters ask for beside the state. @type {Array<[string, string, (d: any) => boolean]>} */
const flags = [
  ["errors", "只看有错误", (d) => d.errors > 0 || d.state === "数据有误"],
  ["warnings", "有警告", (d) => d.warnings > 0],
  ["forms", "缺绩效表", (d) => d.have < d.due],
  ["stale", "改过没有重做", (d) => d.stale],
  ["open", "未公开", (d) => !d.published && d.state !== "已公开"],
];

/** An amount as a number, for the order of rows alone. @param {string} text */
const number = (text) => (text === "" ? NaN : Number(text.replace(/,/g, "")));

/** @param {string} title @param {string} key @param {(d: any) => any} by @param {boolean} [numbers] */
const column = (title, key, by, numbers = false) => ({ title, key, by, numbers });

const columns = [
  column("代码", "code", (d) => d.code), column("部门", "name", (d) => d.name), column("状态", "state", (d) => d.rank),
  column("错误", "errors", (d) => d.errors, true), column("警告", "warnings", (d) => d.warnings, true),
  column("支出总计（万元）", "total", (d) => number(d.total), true), column("上年", "last", (d) => number(d.last), true),
  column("增减", "change", (d) => number(d.change), true), column("增减%", "share", (d) => number(d.share), true),
  column("绩效表", "forms", (d) => d.due - d.have, true), column("审核", "review", (d) => d.published || d.signed || d.confidential),
];

/** The table of one year. */
export class Departments {
  /**
   * @param {any} year
   * @param {(folder: string) => void} open
   * @param {boolean} batched documents were made once
   */
  constructor(year, open, batched) {
    this.list = year.departments.map((/** @type {any} */ d) => ({ ...d, rank: year.states.findIndex((/** @type {any} */ s) => s.state === d.state), row: null }));
    this.open = open;
    this.batched = batched;
    this.order = { key: "", down: false };
    this.chosen = new Set();
    this.words = el("input", { type: "search", id: newID("find"), placeholder: "代码、名称或拼音首字母", autocomplete: "off", oninput: () => this.filter() });
    this.state = el("select", { id: newID("state"), onchange: () => this.filter() }, el("option", { value: "" }, "全部"),
      year.states.map((/** @type {any} */ s) => el("option", { value: s.state }, `${s.state} ${s.count}`)));
    const sections = Array.from(new Set(this.list.map((/** @type {any} */ d) => d.section).filter(Boolean))).sort();
    this.section = el("select", { id: newID("section"), onchange: () => this.filter() }, el("option", { value: "" }, "全部"), sections.map((s) => el("option", { value: s }, s)));
    this.shown = el("p", { class: "bd-shown", role: "status" });
    this.boxes = flags.map(([key, title, is]) => {
      const n = this.list.filter(is).length;
      const box = el("input", { type: "checkbox", onchange: () => { this.chosen[box.checked ? "add" : "delete"](key); this.filter(); } });
      box.dataset.key = key;
      return el("label", { class: "bd-flag" }, box, `${title} ${n}`);
    });
    const clear = el("button", { type: "button", class: "button quiet", onclick: () => this.clear() }, "清除");
    this.body = el("tbody");
    this.heads = columns.map((c) => el("th", { scope: "col", class: c.numbers ? "bd-n" : "" },
      el("button", { type: "button", class: "bd-sort", onclick: () => this.sort(c.key) }, c.title)));
    const states = el("ul", { class: "bd-states" }, year.states.filter((/** @type {any} */ s) => s.count > 0).map((/** @type {any} */ s) => el("li", {},
      el("button", { type: "button", class: "bd-state", onclick: () => { this.state.value = this.state.value === s.state ? "" : s.state; this.filter(); } },
        badge(s.state), el("b", {}, String(s.count))))));
    this.node = el("section", { "aria-label": "部门" }, states,
      el("form", { class: "bd-filters", onsubmit: (/** @type {Event} */ e) => e.preventDefault() }, el("label", { for: this.words.id }, "查找"), this.words,
        el("label", { for: this.state.id }, "状态"), this.state, sections.length > 0 && [el("label", { for: this.section.id }, "归口"), this.section], this.boxes, clear),
      this.shown,
      el("div", { class: "bd-scroll bd-tall", tabindex: "0", role: "region", "aria-label": "部门列表" }, el("table", { class: "bd-departments" },
        el("thead", {}, el("tr", {}, this.heads, el("th", { scope: "col" }, batched ? "上次生成" : "文件"))), this.body)));
    this.filter();
  }

  /** The row of a department, made once. @param {any} d */
  row(d) {
    if (d.row) return d.row;
    const review = [["保密", d.confidential], ["审签", d.signed], ["公开", d.published]].filter(([, at]) => at).map(([what, at]) => `${what} ${at.slice(5)}`).join("，");
    const count = (/** @type {number} */ n, /** @type {string} */ look) => el("td", { class: "bd-n" }, n > 0 ? el("span", { class: look }, String(n)) : "");
    d.row = el("tr", {}, el("td", { class: "bd-code" }, d.code),
      el("th", { scope: "row" }, d.folder ? el("button", { type: "button", class: "bd-open", onclick: () => this.open(d.folder) }, d.name) : d.name,
        d.section && el("small", {}, d.section), d.state === "数据有误" && d.message && el("small", { class: "bd-why" }, apart(d.message))),
      el("td", {}, badge(d.state)), count(d.errors, "bd-errors"), count(d.warnings, "bd-warnings"),
      [d.total, d.last, d.change].map((t) => el("td", { class: "bd-n" }, t)), el("td", { class: "bd-n" }, d.share && (d.share.startsWith("-") ? "" : "+") + d.share + "%"),
      el("td", { class: "bd-n" }, d.due > 0 ? `${d.have}/${d.due}` : "", d.have < d.due && el("small", { class: "bd-why" }, `缺 ${d.due - d.have}`)),
      el("td", {}, review),
      el("td", { class: "bd-out" }, d.made && el("span", { class: "hm-soft" }, d.made + (d.pages ? `，${d.pages} 页` : "")),
        d.stale && el("span", { class: "bd-stale" }, "数据在生成以后改过"), d.files.map((/** @type {any} */ f) => fileLink(f))));
    return d.row;
  }

  filter() {
    const words = this.words.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const asked = flags.filter(([key]) => this.chosen.has(key));
    let list = this.list.filter((/** @type {any} */ d) => (!this.state.value || d.state === this.state.value) && (!this.section.value || d.section === this.section.value) &&
      asked.every(([, , is]) => is(d)) && words.every((w) => d.code.toLowerCase().includes(w) || d.name.toLowerCase().includes(w) || d.initials.includes(w)));
    const c = columns.find((x) => x.key === this.order.key);
    if (c) {
      const sign = this.order.down ? -1 : 1;
      list = list.slice().sort((/** @type {any} */ a, /** @type {any} */ b) => {
        const x = c.by(a), y = c.by(b);
        const none = (/** @type {any} */ v) => v === "" || v !== v; // they stand last either way
        if (none(x) || none(y)) return (none(x) ? 1 : 0) - (none(y) ? 1 : 0);
        return sign * (typeof x === "string" ? x.localeCompare(y, "zh-CN") : x - y);
      });
    }
    this.heads.forEach((th, i) => {
      if (columns[i].key === this.order.key) th.setAttribute("aria-sort", this.order.down ? "descending" : "ascending");
      else th.removeAttribute("aria-sort");
    });
    fill(this.body, list.map((/** @type {any} */ d) => this.row(d)));
    fill(this.shown, list.length === this.list.length ? `共 ${list.length} 个部门` : `${this.list.length} 个部门里的 ${list.length} 个`);
  }

  /** @param {string} key */
  sort(key) {
    const numbers = columns.some((c) => c.key === key && c.numbers);
    if (this.order.key !== key) this.order = { key, down: numbers };
    else if (this.order.down === numbers) this.order = { key, down: !numbers };
    else this.order = { key: "", down: false };
    this.filter();
  }

  clear() {
    this.restore({ words: "", state: "", section: "", chosen: [], order: { key: "", down: false } });
    this.words.focus();
  }

  /** What the user chose, to be kept when the table is made anew. */
  settings() {
    return { words: this.words.value, state: this.state.value, section: this.section.value, chosen: Array.from(this.chosen), order: this.order };
  }

  /** @param {any} s */
  restore(s) {
    this.words.value = s.words;
    this.state.value = s.state;
    this.section.value = s.section;
    this.chosen = new Set(s.chosen);
    for (const label of this.boxes) {
      const box = /** @type {HTMLInputElement} */ (label.querySelector("input"));
      box.checked = this.chosen.has(box.dataset.key);
    }
    this.order = s.order;
    this.filter();
  }
}

/** @param {string} state */
const badge = (state) => el("span", { class: "badge bd-badge bd-" + looks[state] }, state);
