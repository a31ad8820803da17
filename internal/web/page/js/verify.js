// Verifying a published document: what the command says of it, and the pages that differ beside each other.

import * as api from "./api.js";
import { el, fill, $, newID } from "./dom.js";
import { Drawings } from "./drawing.js";

const host = /** @type {HTMLElement} */ ($("#verify"));
const drawings = new Drawings((path) => path);

/** What came of it, in words and how it is shown. @type {Object<string, [string, string]>} */
const verdicts = {
  same: ["一致", "ok"],
  words: ["文字和数全部一致，由另一个版本生成", "ok"],
  differs: ["不一致", "bad"],
  unreadable: ["没有核验成", "warn"],
};

const result = el("div", { id: "result", role: "status", tabindex: "-1" });

/** @param {() => Promise<any>} ask @param {string} name */
async function run(ask, name) {
  fill(result, el("p", { class: "hm-card" }, `正在核验 ${name}：取出它带的数据，重新排版，逐字节比较…`));
  try {
    show(await ask());
  } catch (e) {
    fill(result, el("p", { class: "hm-card hm-bad", role: "alert" }, api.words(e)));
  }
}

/** @param {any} x */
function show(x) {
  const [words, look] = verdicts[x.verdict];
  const lines = x.lines.map((line) => el("li", {}, line.trim()));
  fill(result,
    el("section", { class: "hm-card vf-verdict vf-" + look, "aria-labelledby": "vf-title" }, el("h2", { id: "vf-title" }, x.name + "：" + words), el("ul", { class: "vf-lines" }, lines),
      x.register.length > 0 && el("div", { class: "vf-register" }, el("h3", {}, x.in_list ? "登记表：是登记的那一份" : "登记表：不是登记的那一份"), el("ul", {}, x.register.map((line) => el("li", {}, line.trim())))),
      x.verdict !== "unreadable" && el("p", { class: "hm-hint" }, "核验能证明：页面由文件里所带的数据和模板得出。不能证明：文件是谁做的、数据是不是当初填报的那一份；要证明就是当时公开的那一份，和登记表核对。"),
      x.folders.length > 0 && el("p", {}, "这台机器上打开过这个部门这一年的数据：", x.folders.map((f) => el("button", {
        type: "button", class: "button", onclick: async () => {
          try {
            location.assign((await api.post("/api/open", { dir: f.dir })).address);
          } catch (e) {
            result.append(el("p", { class: "hm-bad", role: "alert" }, api.words(e)));
          }
        },
      }, "打开它，用“对比”和这份文件比")))),
    x.pages.length > 0 && el("section", { class: "hm-card", "aria-labelledby": "vf-pages" },
      el("h2", { id: "vf-pages" }, `不同的页：${x.pages.length} 页`), x.pages.map((p, i) => pair(x.id, p, i))));
  result.focus();
}

/** A page that differs, both ways. @param {number} id @param {any} p @param {number} i */
function pair(id, p, i) {
  const side = (/** @type {boolean} */ there, /** @type {string} */ name, /** @type {string} */ title) => {
    const box = el("div", { class: "vf-page" }, there ? "正在画…" : "没有这一页");
    if (there) {
      const seen = new IntersectionObserver((list) => {
        if (!list.some((x) => x.isIntersecting)) return;
        seen.disconnect();
        drawings.get(`/api/verify/${id}/${i}/${name}`).then((svg) => box.replaceChildren(svg), () => fill(box, "画不出这一页；再核验一次，或者用 yusuan verify --picture"));
      }, { rootMargin: "300px" });
      seen.observe(box);
    }
    return el("figure", {}, el("figcaption", {}, title), box);
  };
  return el("details", { class: "vf-pair", open: i === 0 }, el("summary", {}, `第 ${p.page} 页：${p.words}`),
    el("div", { class: "vf-sides" }, side(p.was, "was", "文件里"), side(p.now, "now", "由所带的数据重排")));
}

function main() {
  const fileID = newID("file"), listID = newID("list");
  const file = el("input", { id: fileID, type: "file", accept: ".pdf,.ofd,application/pdf,application/ofd" });
  const list = el("input", { id: listID, type: "file", accept: ".sha256,.txt" });
  const send = (/** @type {File|undefined} */ made) => {
    if (!made) {
      fill(result, el("p", { class: "hm-card hm-bad", role: "alert" }, "先选一个 PDF 或 OFD 文件。"));
      return;
    }
    const form = new FormData();
    if (list.files && list.files[0]) form.append("register", list.files[0]);
    form.append("file", made);
    run(() => api.upload("/api/verify", form), made.name);
  };
  const drop = el("form", { class: "hm-card vf-drop" },
    el("p", {}, "把公开的 PDF、OFD 拖到这里，或者选一个。文件不离开这台机器。"),
    el("div", { class: "hm-row" }, el("div", { class: "hm-field" }, el("label", { for: fileID }, "PDF 或 OFD 文件"), file),
      el("div", { class: "hm-field" }, el("label", { for: listID }, "登记表（可以不选）：批量生成时写的 校验.sha256"), list)),
    el("p", {}, el("button", { type: "submit", class: "button primary" }, "核验")));
  drop.addEventListener("submit", (e) => { e.preventDefault(); send(file.files ? file.files[0] : undefined); });
  file.addEventListener("change", () => { if (file.files && file.files[0]) send(file.files[0]); });
  list.addEventListener("change", () => { if (file.files && file.files[0]) send(file.files[0]); });
  document.addEventListener("dragover", (e) => { e.preventDefault(); drop.classList.add("vf-over"); });
  document.addEventListener("dragleave", () => drop.classList.remove("vf-over"));
  document.addEventListener("drop", (e) => {
    e.preventDefault();
    drop.classList.remove("vf-over");
    send(e.dataTransfer ? e.dataTransfer.files[0] : undefined);
  });
  fill(host, el("div", { class: "hm-head" }, el("h1", {}, "核验公开文件"), el("a", { class: "button quiet", href: "/" }, "回首页")), drop, result);
  const given = new URLSearchParams(location.search).get("given");
  if (given !== null) run(() => api.post("/api/verify/given", { given: +given }), "给的文件");
}

main();
setInterval(() => api.get("/api/alive").catch((e) => {
  const status = $("#status");
  if (status) status.textContent = api.words(e);
}), 60000);
