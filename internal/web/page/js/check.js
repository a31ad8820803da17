// Checking a finished document of anybody: what the command says of it, beside the pages with each finding at its place.

import * as api from "./api.js";
import { el, fill, $, newID } from "./dom.js";

const host = /** @type {HTMLElement} */ ($("#check"));
const result = el("div", { id: "result", role: "status", tabindex: "-1" });
const levels = { error: "错误", warning: "警告", note: "提示" };

/** @param {string} tag @param {Object<string, string|number>} attrs */
function svg(tag, attrs) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attrs)) node.setAttribute(name, String(value));
  return node;
}

/** @param {() => Promise<any>} ask @param {string} name */
async function run(ask, name) {
  fill(result, el("p", { class: "hm-card" }, `正在核对 ${name}…… 第一次读 PDF 要准备几秒。`));
  try {
    show(await ask());
  } catch (e) {
    fill(result, el("p", { class: "hm-card hm-bad", role: "alert" }, api.words(e)));
  }
}

/** @param {any} x */
function show(x) {
  if (x.refused) {
    fill(result, el("section", { class: "hm-card vf-verdict vf-warn" }, el("h2", {}, x.name + "：没有核对"), el("p", {}, x.refused + "。")));
    result.focus();
    return;
  }
  const look = x.errors > 0 ? "bad" : x.whole && x.warnings === 0 ? "ok" : "warn";
  const pages = x.pages.length > 0 ? new Pages(x) : new Parts(x), shown = x.pages.length + x.parts.length > 0 && x.findings.length > 0;
  const list = el("ol", { class: "ck-list" }, x.findings.map((/** @type {any} */ f, /** @type {number} */ i) => el("li", {}, finding(f, () => pages.go(i)), more(f))));
  pages.buttons = Array.from(list.querySelectorAll("button"));
  const copy = (/** @type {string} */ what, /** @type {string} */ words) => el("a", { class: "button", href: `/api/check/${x.id}/copies/${what}` }, words);
  fill(result,
    el("section", { class: "hm-card vf-verdict vf-" + look, "aria-labelledby": "ck-title" }, el("h2", { id: "ck-title" }, x.name + "：" + counted(x)), el("p", { class: "hm-soft" }, x.taken), el("p", {}, x.closing + "。"),
      x.findings.length > 0 && el("p", { class: "hm-buttons" }, x.pages.length > 0 && copy("marked", "存一份标出问题的 PDF"), copy("list", "存一份问题清单"))),
    x.findings.length > 0 && el("div", { class: shown ? "ck-grid" : "ck-grid ck-alone" }, el("section", { class: "hm-card", "aria-label": "问题" }, list),
      shown && pages.pane));
  result.focus();
  if (shown) pages.go(0);
}

/** @param {any} x */
function counted(x) {
  const words = [];
  if (x.errors) words.push(`${x.errors} 个错误`);
  if (x.warnings) words.push(`${x.warnings} 个警告`);
  if (words.length) return words.join("，");
  return x.whole ? "没有发现问题" : "核对过的部分没有发现错误";
}

/** @param {any} f @param {() => void} go */
function finding(f, go) {
  const numbers = [f.stated && "印的是 " + f.stated, f.want && "应为 " + f.want, f.diff && "相差 " + f.diff].filter(Boolean).join("，");
  return el("button", { type: "button", class: "ck-one ck-" + f.level, onclick: go }, el("p", { class: "ck-where" }, levels[f.level] + " " + f.rule + "　" + f.where), el("p", {}, f.message),
    numbers && el("p", {}, numbers), f.notes.slice(0, few).map((/** @type {string} */ n) => el("p", { class: "hm-soft" }, n)), f.hint && el("p", { class: "hm-soft" }, "建议：" + f.hint));
}

/** How many places that explain a finding stand in it; the others can be opened. */
const few = 3;

/** @param {any} f */
const more = (f) => f.notes.length > few && el("details", { class: "ck-more" }, el("summary", {}, `另有 ${f.notes.length - few} 处`), f.notes.slice(few).map((/** @type {string} */ n) => el("p", { class: "hm-soft" }, n)));

/** What both kinds of documents have in common: findings, and where they are marked. */
class Marks {
  /** @param {any} x */
  constructor(x) {
    this.x = x;
    /** @type {HTMLElement[]} */
    this.buttons = [];
    /** @type {Map<number, Element[]>} the marks of each finding */
    this.marks = new Map();
    this.pane = el("section", { class: "ck-pages", tabindex: "0", "aria-label": "页面" });
  }

  /** Shows a finding: in the list, and where it stands. @param {number} i */
  go(i) {
    for (const now of document.querySelectorAll(".ck-now")) now.classList.remove("ck-now");
    this.buttons[i].classList.add("ck-now");
    this.buttons[i].scrollIntoView({ block: "nearest" });
    const marks = this.marks.get(i) || [];
    for (const mark of marks) mark.classList.add("ck-now");
    if (marks.length) this.pane.scrollTop += marks[0].getBoundingClientRect().top - this.pane.getBoundingClientRect().top - this.pane.clientHeight / 3;
  }}

/** The pages of a document, each drawn when it comes into view. */
class Pages extends Marks {
  /** @param {any} x */
  constructor(x) {
    super(x);
    this.pane.append(...x.pages.map((/** @type {any} */ p) => this.page(p)));
  }

  /** @param {any} p */
  page(p) {
    const over = svg("svg", { class: "ck-over", viewBox: `0 0 ${p.width / 1000} ${p.height / 1000}`, "aria-hidden": "true" });
    this.x.findings.forEach((/** @type {any} */ f, /** @type {number} */ i) => {
      for (const b of f.boxes) {
        if (b.page !== p.page) continue;
        const rect = svg("rect", { class: "ck-" + f.level, x: b.left / 1000, y: b.top / 1000, width: b.width / 1000, height: b.height / 1000 });
        rect.addEventListener("click", () => this.go(i));
        this.marks.set(i, [...(this.marks.get(i) || []), rect]);
        over.append(rect);
      }
    });
    const img = el("img", { alt: `第 ${p.page} 页`, width: Math.round(p.width / 1000), height: Math.round(p.height / 1000) });
    const seen = new IntersectionObserver((list) => {
      if (!list.some((x) => x.isIntersecting)) return;
      seen.disconnect();
      img.src = `/api/check/${this.x.id}/pages/${p.page}`;
    }, { rootMargin: "600px" });
    seen.observe(img);
    return el("figure", { class: "ck-page" }, el("figcaption", {}, `第 ${p.page} 页`), el("div", { class: "ck-sheet" }, img, over));
  }
}

/** A document without pages: its paragraphs and tables as they follow each other. */
class Parts extends Marks {
  /** @param {any} x */
  constructor(x) {
    super(x);
    /** @type {Map<number, number[]>} the findings of each piece */
    this.of = new Map();
    x.findings.forEach((/** @type {any} */ f, /** @type {number} */ i) => {
      for (const piece of f.pieces) this.of.set(piece, [...(this.of.get(piece) || []), i]);
    });
    const all = el("div", { class: "ck-paper" });
    let sheet = "";
    for (const p of x.parts) {
      if (p.sheet && p.sheet !== sheet) all.append(el("h3", { class: "ck-tab" }, (sheet = p.sheet)));
      all.append(...(p.text ? [this.text(p.text)] : this.table(p)));
    }
    if (x.left) all.append(el("p", { class: "hm-soft" }, "文件很长，后面的没有显示；问题都在清单里。"));
    this.pane.append(all);
  }

  /** @param {any} t */
  text(t) {
    return this.piece(el("p", { class: t.level ? "ck-head" : "" }, t.text), t.piece);
  }

  /** @param {any} p */
  table(p) {
    const cell = (/** @type {any} */ c) => this.piece(el("td", { colspan: c.columns, rowspan: c.rows, class: /^[-−(（]?[\d,，.．]+[)）%％]?$/.test(c.text.trim()) ? "ck-number" : "" }, c.text), c.piece);
    const lines = (/** @type {any[]|null} */ list) => (list || []).map((t) => this.text(t));
    const rows = (p.rows || []).map((/** @type {any[]} */ r) => el("tr", {}, r.map(cell)));
    return [...lines(p.above), el("div", { class: "ck-table" }, el("table", {}, el("tbody", {}, rows))), ...lines(p.below)];
  }

  /** Marks a piece with its findings. @param {HTMLElement} node @param {number} piece */
  piece(node, piece) {
    const found = this.of.get(piece);
    if (!found) return node;
    const worst = ["error", "warning", "note"].find((level) => found.some((i) => this.x.findings[i].level === level));
    node.classList.add("ck-found", "ck-" + worst);
    node.title = found.map((i) => this.x.findings[i].message).join("\n");
    node.addEventListener("click", () => this.go(found[0]));
    for (const i of found) this.marks.set(i, [...(this.marks.get(i) || []), node]);
    return node;
  }
}

async function main() {
  const fileID = newID("file"), lastID = newID("last"), packID = newID("pack");
  const accept = ".pdf,.docx,.doc,.xlsx,.xls,.htm,.html";
  const file = el("input", { id: fileID, type: "file", accept }), last = el("input", { id: lastID, type: "file", accept });
  const pack = el("select", { id: packID }, el("option", { value: "" }, "自己认"));
  api.get("/api/packs").then((list) => pack.append(...list.map((/** @type {any} */ p) => el("option", { value: p.id }, p.name))), () => {}); // without the list it recognises by itself
  const send = (/** @type {File|undefined} */ given) => {
    if (!given) {
      fill(result, el("p", { class: "hm-card hm-bad", role: "alert" }, "先选一份公开文件。"));
      return;
    }
    const form = new FormData();
    form.append("template", pack.value);
    if (last.files && last.files[0]) form.append("last", last.files[0]);
    form.append("file", given);
    run(() => api.upload("/api/check", form), given.name);
  };
  const drop = el("form", { class: "hm-card vf-drop" },
    el("p", {}, "把公开文件（PDF、Word、电子表格、网页）拖到这里，或者选一份。核对的是印出来的表和文字；文件不离开这台机器。"),
    el("div", { class: "hm-row" }, el("div", { class: "hm-field" }, el("label", { for: fileID }, "公开文件"), file),
      el("div", { class: "hm-field" }, el("label", { for: lastID }, "上年公开的（可以不选）：连“比上年增加”也核对"), last),
      el("div", { class: "hm-field" }, el("label", { for: packID }, "模板"), pack)),
    el("p", {}, el("button", { type: "submit", class: "button primary" }, "核对")));
  drop.addEventListener("submit", (e) => { e.preventDefault(); send(file.files ? file.files[0] : undefined); });
  document.addEventListener("dragover", (e) => { e.preventDefault(); drop.classList.add("vf-over"); });
  document.addEventListener("dragleave", () => drop.classList.remove("vf-over"));
  document.addEventListener("drop", (e) => {
    e.preventDefault();
    drop.classList.remove("vf-over");
    send(e.dataTransfer ? e.dataTransfer.files[0] : undefined);
  });
  fill(host, el("div", { class: "hm-head" }, el("h1", {}, "核对公开文件"), el("a", { class: "button quiet", href: "/" }, "回首页")), drop, result);
  const asked = new URLSearchParams(location.search), given = asked.get("given"), id = asked.get("id");
  if (id !== null) run(() => api.get("/api/check/" + encodeURIComponent(id)), "拖进来的文件");
  if (given !== null) run(() => api.post("/api/check/given", { given: +given }), "给的文件");
}

main();
setInterval(() => api.get("/api/alive").catch((e) => {
  const status = $("#status");
  if (status) status.textContent = api.words(e);
}), 60000);
