// What is typed now against what was: chosen here, shown by compareview.js.

import * as api from "./api.js";
import { el } from "./dom.js";
import { dialog, toast } from "./dialog.js";
import { menu } from "./menu.js";
import { View } from "./compareview.js";

/** When something was, for people. @param {string} time */
const when = (time) => {
  const t = new Date(time), two = (/** @type {number} */ n) => String(n).padStart(2, "0");
  return `${t.getFullYear()}-${two(t.getMonth() + 1)}-${two(t.getDate())} ${two(t.getHours())}:${two(t.getMinutes())}`;
};

/**
 * @param {HTMLElement} _host
 * @param {import("./store.js").Store} store
 */
export function mount(_host, store) {
  /** @type {View | null} the last comparison, while there is one to come back to */
  let view = null;

  /** @param {Promise<any>} asked @param {() => void} done */
  const show = async (asked, done) => {
    const found = await asked;
    done();
    if (view) view.drop(false);
    view = new View(store, found, () => {
      toast("对比还在，看完可以回去", { action: { title: "回到对比", run: () => view && view.open() } });
    });
    view.open();
  };

  const choose = async () => {
    const list = el("div", { class: "cmp-choose" }, el("p", {}, "正在看有哪些可以比……"));
    const said = el("p", { class: "cmp-said", role: "alert", hidden: true });
    const box = dialog("拿现在填的和哪一份比", el("div", {}, said, list), {});
    /** @param {Promise<any>} asked @param {string} what */
    const run = async (asked, what) => {
      said.hidden = false;
      said.className = "cmp-said";
      said.textContent = `正在与${what}对比……`;
      list.inert = true;
      try {
        await show(asked, () => box.close());
      } catch (error) {
        said.className = "cmp-said cmp-bad";
        said.textContent = /** @type {Error} */ (error).message;
      }
      list.inert = false;
    };
    const file = el("input", { type: "file", accept: ".pdf,.ofd,.xlsx", class: "cmp-file", "aria-label": "选一个 PDF、OFD 或填报表来比" });
    const folder = el("input", { type: "file", webkitdirectory: true, class: "cmp-file", "aria-label": "选一个数据文件夹来比" });
    file.addEventListener("change", () => { if (file.files && file.files.length) run(send(Array.from(file.files)), `“${file.files[0].name}”`); });
    folder.addEventListener("change", () => { if (folder.files && folder.files.length) run(send(Array.from(folder.files)), "所选的文件夹"); });
    let earlier;
    try {
      earlier = (await api.get("api/compare")).earlier;
    } catch (error) {
      list.replaceChildren(el("p", { class: "cmp-bad" }, /** @type {Error} */ (error).message));
      earlier = [];
    }
    /** @type {Map<string, HTMLElement[]>} */
    const groups = new Map();
    for (const x of earlier) {
      const item = el("li", {}, el("button", { type: "button", class: "cmp-pick", onclick: () => run(api.post("api/compare", { with: x.id }), x.title) }, el("span", {}, x.title), x.time ? el("time", { datetime: x.time }, when(x.time)) : ""));
      groups.set(x.group, [...(groups.get(x.group) || []), item]);
    }
    const parts = Array.from(groups, ([title, items]) => el("section", {}, el("h3", {}, title), el("ul", {}, ...items)));
    list.replaceChildren(...parts, el("section", {}, el("h3", {}, "别处的文件"), el("label", { class: "cmp-given" }, "PDF、OFD 或填报表（.xlsx）", file), el("label", { class: "cmp-given" }, "数据文件夹", folder)));
    const first = list.querySelector("button");
    if (first) first.focus();
  };
  menu.add({ id: "compare", title: "与以前的或别的文件对比…", group: "compare", run: choose });
  menu.add({ id: "compare-again", title: "回到刚才的对比", group: "compare", enabled: () => (view ? true : "还没有比过"), run: () => view && view.open() });
  return { choose };
}

/**
 * Hands files in. What programs keep beside the data stays.
 * @param {File[]} files
 */
function send(files) {
  const form = new FormData();
  for (const f of files) {
    const name = /** @type {any} */ (f).webkitRelativePath || f.name;
    if (/(^|\/)[._~]/.test(name)) continue;
    form.append("name", name);
    form.append("file", f);
  }
  return api.upload("api/compare/given", form);
}
