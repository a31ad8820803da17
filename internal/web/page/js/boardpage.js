// The board of a root: all departments, how far they are, what is wrong, what they spend; and making all their documents.

import * as api from "./api.js";
import { el, fill, $ } from "./dom.js";
import { toast } from "./dialog.js";
import { batchDialog, fileLink, outcome, progress } from "./batch.js";
import { Departments } from "./departments.js";

const host = /** @type {HTMLElement} */ ($("#board"));
/** @type {any} */
let state = null;
let year = 0;
/** @type {Departments|null} */
let table = null;

const where = el("p", { class: "bd-where hm-soft" });
const job = el("div", { class: "bd-job" });
const trouble = el("div", { class: "bd-trouble", role: "alert" });
const made = el("div", { class: "bd-made" });
const body = el("div", { class: "bd-body" });
const again = el("button", { type: "button", class: "button", onclick: () => act("api/look") }, "重新核对");
const run = el("button", { type: "button", class: "button primary", onclick: () => batchDialog(state, load) }, "批量生成…");

/** @param {string} path */
async function act(path) {
  try {
    await api.post(path);
  } catch (e) {
    toast(api.words(e), { level: "error" });
  }
}


/** @param {any} now */
function showJob(now) {
  again.disabled = run.disabled = !!now;
  progress(job, now, () => act("api/cancel"));
}

/** @param {any} y */
function tables(y) {
  return y.tables.map((/** @type {any} */ g) => el("details", { class: "bd-table", open: g.id === "problems" || g.id === "findings" },
    el("summary", {}, el("strong", {}, g.title), el("span", { class: "hm-soft" }, ` ${g.rows.length} 行`)),
    g.note && el("p", { class: "hm-hint" }, g.note),
    el("div", { class: "bd-scroll", tabindex: "0", role: "region", "aria-label": g.title },
      el("table", {}, el("thead", {}, el("tr", {}, g.head.map((/** @type {string} */ h, /** @type {number} */ i) => el("th", { scope: "col", class: g.numbers[i] ? "bd-n" : "" }, h)))),
        el("tbody", {}, g.rows.map((/** @type {string[]} */ row) => el("tr", {}, row.map((cell, i) => (i === 0
          ? el("th", { scope: "row" }, cell) : el("td", { class: g.numbers[i] ? "bd-n" : "" }, cell))))))))));
}

function show() {
  const d = state.district;
  fill(where, state.dir, state.out_known && [el("br"), "上次生成在 ", state.out]);
  fill(trouble, state.error && el("p", { class: "hm-bad" }, state.error), d && d.notes.map((n) => el("p", { class: "hm-bad" }, n)));
  fill(made, state.batch && !(state.job && state.job.what === "batch") && outcome(state.batch), d && d.files.length > 0 && el("p", { class: "bd-files" }, `上次生成（${time(d.made)}）的全区文件：`,
    d.files.map((/** @type {any} */ f) => fileLink(f))));
  showJob(state.job);
  if (!d) {
    fill(body, el("p", { class: "hm-soft" }, state.job ? "正在第一次核对各部门，做完就列在这里。" : ""));
    return;
  }
  const y = d.years.find((/** @type {any} */ x) => x.year === year) || d.years[0];
  year = y.year;
  const keep = table ? table.settings() : null;
  table = new Departments(y, open, d.out !== "");
  if (keep) table.restore(keep);
  fill(body,
    d.years.length > 1 && el("p", { class: "bd-years", role: "group", "aria-label": "年度" }, d.years.map((/** @type {any} */ x) => el("button", {
      type: "button", class: "button" + (x === y ? " primary" : ""), "aria-pressed": x === y ? "true" : "false", onclick: () => { year = x.year; show(); },
    }, x.year ? x.year + " 年" : "年度不明"))),
    el("dl", { class: "bd-facts" }, y.facts.map((/** @type {any} */ f) => el("div", {}, el("dt", {}, f.title), el("dd", {}, f.words)))),
    y.notes.map((/** @type {string} */ n) => el("p", { class: "bd-note" }, n)), table.node, el("h2", {}, "全区"), tables(y));
}

/** @param {string} at */
const time = (at) => new Date(at).toLocaleString("zh-CN", { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit" });

/** @param {string} folder */
async function open(folder) {
  try {
    location.assign((await api.post("api/open", { folder })).address);
  } catch (e) {
    toast(api.words(e), { level: "error" });
  }
}

async function load() {
  try {
    state = await api.get("api/state");
    show();
  } catch (e) {
    fill(trouble, el("p", { class: "hm-bad" }, api.words(e)));
  }
}

/** Follows what goes on. A browser that gets no stream asks from time to time. */
function follow() {
  const events = new EventSource("events");
  events.addEventListener("progress", (e) => {
    const now = JSON.parse(/** @type {MessageEvent} */ (e).data);
    if (!state || now.rev !== state.rev) load();
    else showJob(now.job);
  });
  events.addEventListener("error", () => {
    if (events.readyState === EventSource.CLOSED) setInterval(load, 2000);
    else fill(trouble, el("p", { class: "hm-bad" }, "和程序断开了：它可能已经关闭。正在重新连接…"));
  });
  events.addEventListener("open", load);
}

const name = document.title;
fill(host, el("div", { class: "hm-head" }, el("div", {}, el("h1", {}, name), where), el("p", { class: "hm-buttons" }, again, run, el("a", { class: "button quiet", href: "/" }, "回首页"))),
  trouble, job, made, body);
load().then(follow);
setInterval(() => api.get("/api/alive").catch(() => {}), 60000);
