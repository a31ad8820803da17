// What a comparison tells in words: totals, causes, and what of the documents each moved.

import { el } from "./dom.js";
import { thousands } from "./number.js";

const CLASSES = { residue: "只是尾数的调整", template: "由模板带来", program: "由程序的版本带来" };
const CHANGES = { altered: "改", added: "增加", removed: "删去", moved: "移动" };

/** @param {string} text an amount in 元 */
const signed = (text) => (text && !/^[-0]/.test(text) ? `+${thousands(text)}` : thousands(text || ""));

/** The texts of a change, what is gone struck out. @param {any[]} pieces */
const pieces = (pieces) => {
  const shown = pieces.map((p, i) => {
    if (p.kind === "gone") return el("del", {}, p.text);
    if (p.kind === "new") return el("ins", {}, p.text);
    const near = 14; // of what is the same, as much as leads to what is not
    if (p.text.length <= 2 * near) return p.text;
    return (i ? p.text.slice(0, near) : "") + "……" + (i < pieces.length - 1 ? p.text.slice(-near) : "");
  });
  return el("p", { class: "cmp-words" }, ...shown);
};

/**
 * What an effect is, by its name.
 * @param {any} found
 * @param {string} id
 * @param {(cause: number) => void} [go]
 * @returns {{causes: number[], title: string, node: HTMLElement}}
 */
export function about(found, id, go) {
  const { report } = found;
  const list = { c: report.cells, s: report.sentences, r: report.rows, p: report.parts }[id[0]], x = list[Number(id.slice(1))];
  let title = "", body = /** @type {any} */ ("");
  if (id[0] === "c") {
    const said = (/** @type {string|undefined} */ v) => (v === undefined ? "（没有）" : v || "（空）");
    title = `${said(x.old)} → ${said(x.new)}${x.unit ? ` ${x.unit}` : ""}`;
    body = [el("p", { class: "cmp-where" }, [x.part, x.row, x.column].filter(Boolean).join(" · ")), x.difference ? el("p", { class: "cmp-soft" }, `精确相差 ${signed(x.difference)} 元`) : ""];
  } else if (id[0] === "s") {
    title = "文字改了";
    body = [el("p", { class: "cmp-where" }, [x.part, x.place].filter(Boolean).join(" · ")), pieces(x.pieces)];
  } else if (id[0] === "r") {
    title = x.old ? `一行改称“${x.name}”，原为“${x.old}”` : `一行${CHANGES[x.change]}：${x.name}`;
    body = el("p", { class: "cmp-where" }, x.part);
  } else title = `${CHANGES[x.change]}：${x.title.length > 40 ? `${x.title.slice(0, 40)}…` : x.title}`;
  const why = go && x.causes.map((/** @type {number} */ n) => cause(found, n, go));
  const node = el("article", { class: "cmp-effect" }, el("h4", {}, title), body, CLASSES[x.class] ? el("p", { class: "cmp-soft" }, `${CLASSES[x.class]}。`) : "",
    why && why.length ? el("div", {}, el("p", { class: "cmp-soft" }, "由这里的改动引起："), ...why) : "");
  return { causes: x.causes, title, node };
}

/**
 * A cause, and the way to where it is typed.
 * @param {any} found
 * @param {number} n
 * @param {(cause: number) => void} go
 */
function cause(found, n, go) {
  const c = found.report.causes[n - 1], field = found.fields[n - 1] || {};
  const cut = (/** @type {string|undefined} */ s) => (s === undefined ? "（没有）" : s.length > 60 ? `${s.slice(0, 60)}…` : s);
  const money = (/** @type {string|undefined} */ s) => (c.difference !== undefined && s ? thousands(s) : cut(s));
  return el("div", { class: "cmp-cause" }, el("b", { class: "cmp-no" }, String(n)), el("div", {},
    el("p", {}, c.title),
    el("p", { class: "cmp-values" }, c.change === "altered" ? `${money(c.old)} → ${money(c.new)}` : `${CHANGES[c.change]}${c.change === "moved" ? "" : `：${money(c.new || c.old)}`}`, c.difference ? `（${signed(c.difference)} 元）` : ""),
    field.row ? el("button", { type: "button", class: "cmp-go", onclick: () => go(n) }, "到填它的地方") : c.change === "removed" ? el("span", { class: "cmp-soft" }, "现在没有这一处了") : ""));
}

/**
 * The whole of a comparison.
 * @param {any} found
 * @param {{only: (cause: number) => void, go: (cause: number) => void, show: (id: string) => void}} may
 */
export function summary(found, may) {
  const { report } = found;
  const parts = report.notes.map((/** @type {string} */ n) => el("p", { class: "cmp-note" }, n));
  if (report.same) parts.push(el("p", {}, report.causes.length ? "填的有改动，印出来的没有不同。" : "两份没有不同。"));
  const totals = report.totals.filter((/** @type {any} */ t) => t.old !== t.new);
  if (totals.length) {
    parts.push(el("h3", {}, "总额（元）"), el("ul", { class: "cmp-totals" }, ...totals.map((/** @type {any} */ t) => el("li", { class: t.of ? "cmp-of" : "" },
      el("span", {}, t.name), el("b", {}, t.difference ? signed(t.difference) : ""), el("span", { class: "cmp-soft" }, `${thousands(t.old || "（没有）")} → ${thousands(t.new || "（没有）")}`)))));
  }
  if (report.causes.length) {
    parts.push(el("h3", {}, `改动 ${report.causes.length} 处`), ...report.causes.map((/** @type {any} */ c) => {
      const n = c.effects.cells + c.effects.sentences + c.effects.rows + c.effects.parts;
      const node = cause(found, c.number, may.go);
      node.lastElementChild.append(n ? el("button", { type: "button", class: "cmp-go", onclick: () => may.only(c.number) }, `看它引起的 ${n} 处`) : el("span", { class: "cmp-soft" }, "印出来的没有跟着变"));
      return node;
    }));
  }
  const others = [["c", report.cells], ["s", report.sentences], ["r", report.rows], ["p", report.parts]]
    .flatMap(([letter, list]) => list.map((/** @type {any} */ x, /** @type {number} */ i) => ({ id: `${letter}${i}`, x })))
    .filter(({ x }) => !x.causes.length);
  if (others.length) {
    parts.push(el("h3", {}, `不由改动引起的 ${others.length} 处`), el("ul", { class: "cmp-others" }, ...others.map(({ id, x }) => el("li", {},
      el("button", { type: "button", class: "cmp-go", onclick: () => may.show(id) }, about(found, id).title), el("span", { class: "cmp-soft" }, ` ${CLASSES[x.class] || ""}`)))));
  }
  return el("div", {}, ...parts);
}
