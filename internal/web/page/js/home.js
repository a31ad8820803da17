// The first page: what was opened before, opening, a new department, next year, verifying.

import * as api from "./api.js";
import { el, fill, $ } from "./dom.js";
import { dialog, toast } from "./dialog.js";
import { folderField, kindBadge, pickFolder } from "./folders.js";
import { fresh } from "./fresh.js";
import { roll } from "./roll.js";

const host = /** @type {HTMLElement} */ ($("#home"));

/** @param {string} dir @param {HTMLElement|null} [note] @param {string} [more] behind the address */
async function open(dir, note, more = "") {
  try {
    const x = await api.post("/api/open", { dir });
    location.assign(x.address + more);
  } catch (e) {
    if (note) fill(note, api.words(e));
    else toast(api.words(e), { level: "error" });
  }
}

/** @param {string} id @param {string} title @param {...any} children */
const section = (id, title, ...children) => el("section", { class: "hm-card", "aria-labelledby": id }, el("h2", { id }, title), ...children);

/** @param {any} home */
function recent(home) {
  const gone = (/** @type {any} */ x) => x.kind === "gone";
  const item = (/** @type {any} */ x) => {
    const title = x.kind === "data" ? [x.name || x.dir.split(/[\\/]/).pop(), x.year ? ` ${x.year} 年` : ""].join("") : x.dir.split(/[\\/]/).pop();
    const node = el("li", { class: "hm-recent" + (gone(x) ? " hm-gone" : "") },
      el("button", { type: "button", class: "hm-open", disabled: gone(x), onclick: () => open(x.dir) },
        el("span", { class: "hm-name" }, title, " ", kindBadge(x.kind)),
        el("span", { class: "hm-soft" }, x.dir)),
      el("span", { class: "hm-tools" },
        x.kind === "data" && el("button", { type: "button", class: "button quiet", "aria-label": title + "：转下一年", onclick: () => roll(x.dir) }, "转下一年"),
        el("button", {
          type: "button", class: "button quiet", "aria-label": title + "：从列表里去掉", onclick: async () => {
            try {
              await api.post("/api/forget", { dir: x.dir });
              node.remove();
            } catch (e) {
              toast(api.words(e), { level: "error" });
            }
          },
        }, "去掉")));
    return node;
  };
  return section("hm-recent", "最近打开的",
    home.recent_error && el("p", { class: "hm-bad", role: "alert" }, home.recent_error),
    home.recent.length ? el("ul", { class: "hm-list" }, home.recent.map(item)) : el("p", { class: "hm-soft" }, "还没有打开过。打开一个数据文件夹，或者新建一个。"));
}

function opening() {
  const note = el("p", { class: "hm-note hm-bad", role: "alert" });
  const field = folderField({
    label: "数据文件夹，或者各部门的根文件夹",
    hint: "部门打开自己那一年的数据文件夹（平常是“年度\\部门代码”）；财政局打开放着各部门的根文件夹，就看到全部部门。可以从资源管理器的地址栏复制，粘贴到这里。",
  });
  const form = el("form", { class: "hm-form" }, field.node, el("p", {}, el("button", { type: "submit", class: "button primary" }, "打开")), note);
  form.addEventListener("submit", (e) => {
    e.preventDefault();
    fill(note);
    open(field.input.value, note);
  });
  return section("hm-open", "打开", form);
}

/** Where a table that was dropped may go: its folder opens and shows what would change. @param {any} home @param {number} i */
function into(home, i) {
  const more = "?given=" + i;
  const other = async () => {
    const dir = await pickFolder({ title: "带入哪个数据文件夹", takes: (kind) => (kind === "data" ? "" : "这不是数据文件夹。") });
    if (dir) open(dir, null, more);
  };
  const some = home.recent.filter((/** @type {any} */ x) => x.kind === "data").slice(0, 5);
  return [el("p", {}, "填报表或导出的表格，带入哪个部门的数据？先给看会改什么，再决定。"), el("p", { class: "hm-buttons" },
    some.map((/** @type {any} */ x) => el("button", { type: "button", class: "button", onclick: () => open(x.dir, null, more) }, `${x.name || x.dir} ${x.year || ""}`)),
    el("button", { type: "button", class: "button", onclick: other }, "别的文件夹…"))];
}

/** @param {any} home */
function given(home) {
  const says = (/** @type {any} */ x, /** @type {number} */ i) => {
    switch (x.kind) {
      case "pdf": return [el("span", {}, "公开的 PDF 文件："), el("a", { class: "button primary", href: "/verify?given=" + i }, "核验它"), " ", el("a", { class: "button", href: "/check?given=" + i }, "核对印出的数")];
      case "ofd": return [el("span", {}, "公开的 OFD 文件："), el("a", { class: "button primary", href: "/verify?given=" + i }, "核验它")];
      case "paper": return [el("span", {}, "别人做的公开文件："), el("a", { class: "button primary", href: "/check?given=" + i }, "核对它")];
      case "book": return into(home, i);
      case "data": case "root": return [el("button", { type: "button", class: "button primary", onclick: () => open(x.path) }, "打开")];
      case "folder": return [el("span", {}, "里面没有部门数据，可以在这里新建。")];
      case "gone": return [el("span", {}, "没有这个文件。")];
    }
    return [el("span", {}, "不是这个程序认得的文件：认得的有数据文件夹、PDF、OFD、Word（.docx）、网页和电子表格。")];
  };
  return home.dropped.length > 0 && section("hm-given", "拖进来的文件",
    el("ul", { class: "hm-list" }, home.dropped.map((x, i) => el("li", { class: "hm-given" }, el("strong", {}, x.name), " ", kindBadge(x.kind), " ", says(x, i)))));
}

function starting() {
  const begin = el("button", {
    type: "button", class: "button primary", onclick: () => {
      const place = el("div", { class: "hm-fresh" });
      dialog("从模板新建部门预算", place, { wide: true });
      fresh(place);
    },
  }, "从模板新建…");
  const last = el("button", {
    type: "button", class: "button", onclick: async () => {
      const dir = await pickFolder({ title: "上年的数据文件夹", takes: (kind) => (kind === "data" ? "" : "这不是数据文件夹。") });
      if (dir) roll(dir);
    },
  }, "由上年的转来…");
  return section("hm-new", "新建", el("p", {}, "上年用这个程序做过的，由上年的转来：文字照旧，金额重填。第一年做的，从模板新建。"),
    el("p", { class: "hm-buttons" }, begin, last));
}

const checking = () => section("hm-check", "核对公开文件",
  el("p", {}, "别人做的公开文件——PDF、Word、电子表格、网页——看印出的表和文字对不对得上，问题标在页面上。"),
  el("p", {}, el("a", { class: "button", href: "/check" }, "核对…")));

const verifying = () => section("hm-verify", "核验本程序做的 PDF、OFD",
  el("p", {}, "看一份公开的 PDF 或 OFD 印出的数是不是由它里面带的数据得出，有没有改动；也可以和登记表核对。"),
  el("p", {}, el("a", { class: "button", href: "/verify" }, "核验…")));

/** A document that is dropped is checked; what was found has a page of its own. @param {File|undefined} file */
async function dropped(file) {
  if (!file) return;
  toast(`正在核对 ${file.name}…… 第一次读 PDF 要准备几秒。`);
  const form = new FormData();
  form.append("file", file);
  try {
    location.assign("/check?id=" + (await api.upload("/api/check", form)).id);
  } catch (e) {
    toast(api.words(e), { level: "error" });
  }
}

document.addEventListener("dragover", (e) => { if (e.dataTransfer && e.dataTransfer.types.includes("Files")) e.preventDefault(); });
document.addEventListener("drop", (e) => {
  if (!e.dataTransfer || e.dataTransfer.files.length === 0) return;
  e.preventDefault();
  dropped(e.dataTransfer.files[0]);
});

async function main() {
  let home;
  try {
    home = await api.get("/api/home");
  } catch (e) {
    fill(host, el("p", { class: "hm-bad", role: "alert" }, api.words(e)));
    return;
  }
  const close = el("button", {
    type: "button", class: "button quiet", onclick: async () => {
      await api.post("/api/close").then(() => fill(host, el("p", { class: "hm-card" }, "程序已经关闭，这个窗口可以关了。")), (e) => toast(api.words(e), { level: "error" }));
    },
  }, "关闭程序");
  fill(host, el("div", { class: "hm-head" }, el("h1", {}, "部门预算公开"), close), el("div", { class: "hm-grid" },
    el("div", { class: "hm-main" }, given(home), recent(home), opening()), el("div", { class: "hm-side" }, starting(), checking(), verifying())));
}

main();
// The program stays while a window is there.
setInterval(() => api.get("/api/alive").catch((e) => {
  const status = $("#status");
  if (status) status.textContent = api.words(e);
}), 60000);
