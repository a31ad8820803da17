// Choosing a folder of this machine: the program lists names of folders, the browser has none of its own that tells paths.

import * as api from "./api.js";
import { el, fill, newID } from "./dom.js";
import { dialog } from "./dialog.js";

/** What a folder is, in words. @type {Object<string, string>} */
const kindWords = { data: "数据文件夹", root: "各部门", folder: "", gone: "已不在", pdf: "PDF", ofd: "OFD", paper: "公开文件", book: "表格", other: "其他文件" };

/** @param {string} kind */
export const kindBadge = (kind) => kindWords[kind] ? el("span", { class: "badge hm-kind hm-" + kind }, kindWords[kind]) : null;

/**
 * Lets the user choose a folder.
 * @param {{title: string, start?: string, button?: string, takes?: (kind: string) => string}} wish takes says why a folder of a
 * kind cannot be chosen, "" where it can
 * @returns {Promise<string|null>} its path in full, null where none was chosen
 */
export function pickFolder(wish) {
  return new Promise((resolve) => {
    /** @type {string|null} */
    let chosen = null;
    let here = { dir: "", kind: "" };
    const id = newID("path");
    const path = el("input", { id, class: "hm-path", type: "text", spellcheck: "false", autocomplete: "off" });
    const places = el("nav", { class: "hm-places", "aria-label": "常用位置" });
    const list = el("ul", { class: "hm-folders", "aria-label": "文件夹" });
    const note = el("p", { class: "hm-note", role: "status" });
    const choose = el("button", { type: "button", class: "button primary" }, wish.button || "选这个文件夹");
    const form = el("form", { class: "hm-pathline" },
      el("label", { for: id }, "位置"), path, el("button", { type: "submit", class: "button" }, "前往"));
    const box = dialog(wish.title, el("div", { class: "hm-picker" }, form, el("div", { class: "hm-columns" }, places, list), note,
      el("p", { class: "dialog-buttons" }, el("button", { type: "button", class: "button", onclick: () => box.close() }, "取消"), choose)),
    { wide: true, onclose: () => resolve(chosen) });

    const refusal = () => (wish.takes ? wish.takes(here.kind) : "");
    const go = async (/** @type {string} */ at, /** @type {boolean} */ focus) => {
      try {
        const place = await api.get("/api/folders?at=" + encodeURIComponent(at));
        here = place;
        path.value = place.dir;
        fill(places, place.begin.map((x) => el("button", { type: "button", class: "button quiet", onclick: () => go(x.dir, true) }, x.name)));
        const entry = (/** @type {string} */ name, /** @type {string} */ dir, /** @type {string} */ kind) => el("li", {},
          el("button", { type: "button", class: "hm-folder", onclick: () => go(dir, true) }, el("span", { class: "hm-name" }, name), kindBadge(kind)));
        fill(list, place.up && entry("↑ 上一级", place.up, ""), place.folders.map((x) => entry(x.name, x.dir, x.kind)));
        const words = [];
        if (!place.folders.length) words.push("里面没有文件夹。");
        if (place.left) words.push(`还有 ${place.left} 个文件夹没有列出，把路径写在上面。`);
        if (refusal()) words.push(refusal());
        fill(note, words.join(""));
        choose.disabled = !!refusal();
        const first = list.querySelector("button");
        if (focus && first) first.focus();
      } catch (e) {
        fill(note, api.words(e));
        choose.disabled = true;
      }
    };
    form.addEventListener("submit", (e) => { e.preventDefault(); go(path.value, false); });
    path.addEventListener("input", () => { choose.disabled = true; fill(note, "按回车或“前往”看这个文件夹。"); });
    choose.addEventListener("click", () => { chosen = here.dir; box.close(); });
    go(wish.start || "", false);
    path.focus();
  });
}

/**
 * A field for a folder with a button that lets the user choose one.
 * @param {{label: string, value?: string, button?: string, hint?: string, takes?: (kind: string) => string}} wish
 */
export function folderField(wish) {
  const id = newID("folder");
  const input = el("input", { id, type: "text", class: "hm-path", spellcheck: "false", autocomplete: "off", value: wish.value || "" });
  const browse = el("button", {
    type: "button", class: "button", onclick: async () => {
      const dir = await pickFolder({ title: wish.label, start: input.value, takes: wish.takes });
      if (dir) {
        input.value = dir;
        input.dispatchEvent(new Event("input", { bubbles: true }));
      }
    },
  }, wish.button || "浏览…");
  const node = el("div", { class: "hm-field" }, el("label", { for: id }, wish.label), el("div", { class: "hm-pathline" }, input, browse),
    wish.hint && el("p", { class: "hm-hint" }, wish.hint));
  return { node, input };
}
