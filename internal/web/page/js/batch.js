// Making the documents of all departments: what is asked for, how far it is, what came of it.

import { apart } from "./words.js";
import * as api from "./api.js";
import { el, fill, newID } from "./dom.js";
import { dialog } from "./dialog.js";
import { folderField } from "./folders.js";

/** A link to a file that was made. @param {any} file */
export const fileLink = (file) => el("a", { class: "bd-file", href: "out/" + file.name.split("/").map(encodeURIComponent).join("/"), target: "_blank", title: file.name }, file.title);

/** @type {Array<[string, string]>} */
const editions = [["department", "部门预算"], ["units", "各单位的单位预算"], ["all", "部门预算和单位预算"]];

/**
 * Asks what is to be made and begins it.
 * @param {any} state of the board
 * @param {() => void} begun
 */
export async function batchDialog(state, begun) {
  const note = el("p", { class: "hm-note hm-bad", role: "alert" });
  const out = folderField({ label: "放在哪个文件夹", value: state.out, hint: "没有变动的部门不重做；没有做成的和撤销的，上次的文件移到里面的 旧文件/，不删。" });
  const formSet = el("fieldset", { class: "bd-set" }, el("legend", {}, "做成哪些形式"));
  const which = newID("edition");
  const editionSet = el("fieldset", { class: "bd-set" }, el("legend", {}, "做哪些文件"), editions.map(([id, title], i) => el("label", {},
    el("input", { type: "radio", name: which, value: id, checked: i === 0 }), title)));
  const option = (/** @type {string} */ title) => {
    const box = el("input", { type: "checkbox" });
    return { box, node: el("label", {}, box, title) };
  };
  const force = option("没有变动的也重做"), check = option("逐个读出已有的文件，内容改过的重做（慢些）"), strip = option("文件所带的数据里不要注释");
  const go = el("button", { type: "submit", class: "button primary" }, "开始生成");
  const form = el("form", { class: "hm-form" }, out.node, formSet, editionSet, el("fieldset", { class: "bd-set" }, el("legend", {}, "其他"), force.node, check.node, strip.node),
    note, el("p", { class: "dialog-buttons" }, el("button", { type: "button", class: "button", onclick: () => box.close() }, "取消"), go));
  const box = dialog("批量生成各部门的文件", form, { wide: true });
  try {
    const forms = await api.get("/api/forms");
    fill(formSet, el("legend", {}, "做成哪些形式"), forms.map((/** @type {any} */ f, /** @type {number} */ i) => el("label", {}, el("input", { type: "checkbox", name: "form", value: f.id, checked: i === 0 }), f.title)));
  } catch (e) {
    fill(note, api.words(e));
  }
  form.addEventListener("submit", async (e) => {
    e.preventDefault();
    const picked = Array.from(formSet.querySelectorAll("input")).filter((x) => x.checked).map((x) => x.value);
    const chosen = /** @type {HTMLInputElement} */ (editionSet.querySelector("input:checked"));
    go.disabled = true;
    try {
      await api.post("api/batch", { out: out.input.value, forms: picked, editions: chosen.value, force: force.box.checked, verify: check.box.checked, strip: strip.box.checked });
      box.close();
      begun();
    } catch (x) {
      fill(note, api.words(x));
      go.disabled = false;
    }
  });
}

/** @type {{what: string, bar: HTMLProgressElement, words: HTMLElement, failed: HTMLElement, stop: HTMLButtonElement}|null} */
let parts = null;

/**
 * Shows how far something is.
 * @param {HTMLElement} host
 * @param {any} now the job, null where nothing goes on
 * @param {() => void} cancel
 */
export function progress(host, now, cancel) {
  if (!now) {
    parts = null;
    fill(host);
    return;
  }
  if (!parts || parts.what !== now.what || !host.firstChild) {
    const title = now.what === "batch" ? "正在生成" : "正在核对各部门";
    parts = {
      what: now.what, bar: el("progress", { "aria-label": title }), words: el("span", { role: "status" }), failed: el("ul", { class: "bd-failed" }),
      stop: el("button", { type: "button", class: "button", onclick: cancel }, "停下"),
    };
    fill(host, el("div", { class: "hm-card" }, el("p", { class: "bd-line" }, el("strong", {}, title), parts.bar, parts.words, parts.stop), parts.failed));
  }
  if (now.total) {
    parts.bar.max = now.total;
    parts.bar.value = now.done;
  }
  fill(parts.words, now.ending ? "正在停下，做到一半的做完为止" : now.total ? `${now.done} / ${now.total} 个部门` : "正在找部门");
  parts.stop.disabled = now.ending;
  if (now.what === "batch") fill(parts.failed, now.failed.map(failure));
}

/** @param {any} f */
const failure = (f) => el("li", {}, el("strong", {}, f.name), ` ${f.state}：${apart(f.words)}`);

/** What came of the last batch. @param {any} made */
export function outcome(made) {
  const look = made.error ? "bd-bad" : made.failed.length || made.stopped ? "bd-warned" : "bd-good";
  return el("section", { class: "hm-card bd-outcome " + look, "aria-label": "生成的结果", role: "status" },
    el("p", {}, el("strong", {}, made.error ? "没有做完" : made.stopped ? "按要求停下了，再生成会接着做" : made.failed.length ? "做完了，有的部门没有做成" : "全部做完了"),
      made.words && `：${made.words}`, made.seconds && `，用时 ${made.seconds}`),
    made.error && el("p", { class: "hm-bad" }, made.error), made.out && el("p", { class: "hm-soft" }, "放在 " + made.out),
    made.failed.length > 0 && el("ul", { class: "bd-failed" }, made.failed.map(failure)),
    made.notes.length > 0 && el("ul", { class: "bd-failed" }, made.notes.map((/** @type {string} */ n) => el("li", {}, n))),
    made.report && el("details", {}, el("summary", {}, "完整的报告"), el("pre", { class: "bd-report" }, made.report)));
}
