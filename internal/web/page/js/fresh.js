// A new department from a template.

import * as api from "./api.js";
import { el, fill, newID } from "./dom.js";
import { folderField } from "./folders.js";
import { gallery } from "./gallery.js";

/** Shows how a new department is begun. @param {HTMLElement} host */
export function fresh(host) {
  /** @type {any} */
  let pack = null;
  let typed = false; // the user chose the folder
  let asked = 0;
  const codeID = newID("code"), yearID = newID("year");
  const code = el("input", { id: codeID, type: "text", inputmode: "numeric", autocomplete: "off", placeholder: "例如 338", required: true });
  const year = el("input", { id: yearID, type: "number", min: "1990", max: "2099", required: true });
  const folder = folderField({ label: "放在哪里", hint: "照“年度/部门代码”放，转下一年、和上年比较时就找得到。还没有的文件夹会建好。" });
  const note = el("p", { class: "hm-note", role: "alert" });
  const go = el("button", { type: "submit", class: "button primary" }, "建立并打开");
  const pictures = el("div", { class: "hm-gallery" });
  const form = el("form", { class: "hm-form", novalidate: true },
    el("div", { class: "hm-row" },
      el("div", { class: "hm-field" }, el("label", { for: codeID }, "部门代码"), code),
      el("div", { class: "hm-field" }, el("label", { for: yearID }, "预算年度"), year)),
    folder.node, el("p", { class: "dialog-buttons" }, go), note);
  fill(host, pictures, form);

  const where = async () => {
    if (typed) return;
    const mine = ++asked;
    try {
      const x = await api.get(`/api/where?year=${encodeURIComponent(year.value)}&code=${encodeURIComponent(code.value.trim())}`);
      if (mine === asked && !typed) folder.input.value = x.dir;
    } catch (e) {
      fill(note, api.words(e));
    }
  };
  folder.input.addEventListener("input", () => { typed = folder.input.value !== ""; });
  code.addEventListener("input", where);
  year.addEventListener("input", where);
  gallery(pictures, (chosen) => {
    pack = chosen;
    fill(note);
    if (!year.value || +year.value < pack.first || +year.value > pack.last) year.value = pack.last;
    year.min = pack.first;
    year.max = pack.last;
    where();
    (code.value ? go : code).focus();
    form.scrollIntoView({ block: "nearest" });
  });
  where();

  form.addEventListener("submit", async (e) => {
    e.preventDefault();
    const missing = !pack ? "先选一个模板。" : !code.value.trim() ? "写上部门代码。" : !year.value ? "写上预算年度。" : !folder.input.value.trim() ? "写上放在哪里。" : "";
    if (missing) {
      fill(note, missing);
      (!pack ? pictures.querySelector("input") : !code.value.trim() ? code : !year.value ? year : folder.input)?.focus();
      return;
    }
    go.disabled = true;
    try {
      const made = await api.post("/api/new", { pack: pack.id, dir: folder.input.value, code: code.value.trim(), year: +year.value });
      location.assign(made.address);
    } catch (x) {
      fill(note, api.words(x));
      go.disabled = false;
    }
  });
}
