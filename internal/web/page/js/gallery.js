// The gallery of templates: what their pages look like, filled in with the data of a department that does not exist.

import * as api from "./api.js";
import { el, fill, newID } from "./dom.js";
import { dialog } from "./dialog.js";
import { Drawings } from "./drawing.js";

const drawings = new Drawings((path) => path);

/** @param {any} pack */
const years = (pack) => (pack.first === pack.last ? pack.first + " 年" : pack.first + "—" + pack.last + " 年");

/**
 * A page as a picture, fetched when it comes into sight.
 * @param {string} pack
 * @param {number} i
 * @param {any} page
 * @param {string} words for those who do not see it
 */
function picture(pack, i, page, words) {
  const box = el("span", { class: "hm-page", role: "img", "aria-label": words });
  box.style.aspectRatio = page.w + " / " + page.h;
  const seen = new IntersectionObserver((list) => {
    if (!list.some((x) => x.isIntersecting)) return;
    seen.disconnect();
    drawings.get(`/api/packs/${encodeURIComponent(pack)}/${i}`).then((svg) => box.replaceChildren(svg), (e) => fill(box, api.words(e)));
  }, { rootMargin: "300px" });
  seen.observe(box);
  return box;
}

/** The page with the most lines: a typical table. @param {any[]} pages */
function typical(pages) {
  let best = 0;
  pages.forEach((p, i) => { if (i > 0 && p.lines > (best ? pages[best].lines : -1)) best = i; });
  return best;
}

/** @param {any} pack @param {any[]} pages */
function showAll(pack, pages) {
  const list = el("div", { class: "hm-all" }, pages.map((p, i) => el("figure", {}, picture(pack.id, i, p, "第 " + (i + 1) + " 页"),
    el("figcaption", {}, "第 " + (i + 1) + " 页"))));
  dialog(pack.name + "：样张", el("div", {}, el("p", { class: "hm-hint" },
    `共 ${pages.length} 页，数是示例。正文以后是全部表格，填报时没有数据的表按规定印空表。`), list), { wide: true });
}

/**
 * Shows the templates to choose from.
 * @param {HTMLElement} host
 * @param {(pack: any) => void} chosen
 */
export async function gallery(host, chosen) {
  fill(host, el("p", { class: "hm-note", role: "status" }, "正在读模板…"));
  let packs;
  try {
    packs = await api.get("/api/packs");
  } catch (e) {
    fill(host, el("p", { class: "hm-note hm-bad", role: "alert" }, api.words(e)));
    return;
  }
  const name = newID("pack");
  fill(host, el("fieldset", { class: "hm-packs" }, el("legend", {}, "选模板：文件印成什么样"), packs.map((pack) => card(pack, name, chosen))));
}

/** @param {any} pack @param {string} group @param {(pack: any) => void} chosen */
function card(pack, group, chosen) {
  const id = newID("pack");
  const pictures = el("div", { class: "hm-pictures" });
  const radio = el("input", { type: "radio", name: group, id, value: pack.id, disabled: !!pack.note, onchange: () => chosen(pack) });
  const all = el("button", { type: "button", class: "button quiet", disabled: true }, "看全部样张");
  const node = el("div", { class: "hm-pack" }, pictures,
    el("div", { class: "hm-packwords" }, radio, el("label", { for: id }, el("strong", {}, pack.name),
      el("span", { class: "hm-soft" }, pack.note || `${pack.kind}，适用于 ${years(pack)}，第 ${pack.version} 版`))),
    pack.tables.length > 0 && el("details", {}, el("summary", {}, pack.tables.length + " 张表"), el("ul", {}, pack.tables.map((t) => el("li", {}, t)))), all);
  pictures.addEventListener("click", () => { if (!radio.disabled) radio.click(); });
  const seen = new IntersectionObserver(async (list) => {
    if (pack.note || !list.some((x) => x.isIntersecting)) return;
    seen.disconnect();
    fill(pictures, el("span", { class: "hm-soft" }, "正在画样张…"));
    try {
      const pages = await api.get("/api/packs/" + encodeURIComponent(pack.id));
      const table = typical(pages);
      fill(pictures, picture(pack.id, 0, pages[0], pack.name + "的第一页"), picture(pack.id, table, pages[table], pack.name + "的一张表"));
      all.disabled = false;
      all.addEventListener("click", () => showAll(pack, pages));
    } catch (e) {
      fill(pictures, api.words(e));
    }
  });
  seen.observe(node);
  return node;
}
