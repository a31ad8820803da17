// Next year's folder of last year's: words stay and are to be looked at, amounts are to be filled in.

import * as api from "./api.js";
import { el, fill } from "./dom.js";
import { dialog } from "./dialog.js";
import { folderField } from "./folders.js";
import { menu } from "./menu.js";

/**
 * Asks where to and shows what there will be to do, before anything is written.
 * @param {string} from last year's folder
 */
export function roll(from) {
  const needs = (/** @type {string} */ kind) => (kind === "data" ? "" : "这不是数据文件夹；选上年的数据文件夹。");
  const source = folderField({ label: "由哪个文件夹转", value: from, takes: needs });
  const target = folderField({ label: "转到哪里", hint: "还没有的文件夹会建好；有东西的文件夹不能用。" });
  const plan = el("div", { class: "hm-plan", role: "status" });
  const go = el("button", { type: "button", class: "button primary", disabled: true }, "转出并打开");
  const box = dialog("转下一年", el("div", { class: "hm-form" },
    el("p", {}, "文字照旧，标上【请核对】；日期顺延一年；金额清空，逐个填；上年的数转为比较用的上年数。原来的文件夹一个字也不改。"),
    source.node, target.node, plan,
    el("p", { class: "dialog-buttons" }, el("button", { type: "button", class: "button", onclick: () => box.close() }, "取消"), go)), { wide: true });
  let asked = 0;
  let timer = 0;
  const ask = async (/** @type {string} */ to) => {
    const mine = ++asked;
    go.disabled = true;
    if (!source.input.value.trim()) {
      fill(plan, "选上年的数据文件夹。");
      return;
    }
    fill(plan, "正在核对上年的数据…");
    try {
      const x = await api.post("/api/roll/plan", { from: source.input.value, dir: to });
      if (mine !== asked) return;
      target.input.value = x.dir;
      fill(plan, el("p", {}, el("strong", {}, `${x.name} ${x.year} 年`), `，模板“${x.pack}”`),
        el("ul", {}, el("li", {}, el("strong", {}, String(x.amounts)), " 个金额要填（写着“请填”）"), el("li", {}, el("strong", {}, String(x.marks)), " 处文字要核对（标着【请核对】）"),
          el("li", {}, `写 ${x.files} 个文件到 ${x.dir}`)));
      go.disabled = false;
    } catch (e) {
      if (mine === asked) fill(plan, el("p", { class: "hm-bad" }, api.words(e)));
    }
  };
  const later = (/** @type {() => void} */ fn) => {
    clearTimeout(timer);
    go.disabled = true;
    timer = window.setTimeout(fn, 300);
  };
  source.input.addEventListener("input", () => later(() => ask("")));
  target.input.addEventListener("input", () => later(() => ask(target.input.value)));
  go.addEventListener("click", async () => {
    go.disabled = true;
    try {
      const x = await api.post("/api/roll", { from: source.input.value, dir: target.input.value });
      location.assign(x.address);
    } catch (e) {
      fill(plan, el("p", { class: "hm-bad" }, api.words(e)));
    }
  });
  ask("");
}

/**
 * Puts it, and verifying, into the menus of an open folder. What is typed there is saved first.
 * @param {HTMLElement} _host
 * @param {any} store
 */
export function mount(_host, store) {
  menu.add({ id: "verify", title: "核验公开的 PDF、OFD…", group: "compare", run: () => { window.open("/verify", "_blank"); } });
  menu.add({
    id: "roll", title: "转下一年…", group: "file",
    run: async () => {
      await store.save();
      roll(store.state.dir);
    },
  });
}
