// All that is wrong, by what it is wrong with: one click to the field, F8 to the next. The list keeps its place while it changes.

import { calmly, el } from "./dom.js";
import { plainly } from "./words.js";

const LEVELS = [["error", "错误"], ["warning", "警告"], ["note", "提示"]];
const NAMES = Object.fromEntries(LEVELS);

/** Whether it tells of marks to be looked at, which have a list of their own. @param {any} p */
const marks = (p) => p.rule === "填报-008";

/**
 * @param {HTMLElement} host
 * @param {import("./store.js").Store} store
 */
export function mount(host, store) {
  const shows = { error: true, warning: true, note: true };
  const boxes = LEVELS.map(([level, title]) => {
    const count = el("span", { class: "prob-n" });
    const box = el("input", { type: "checkbox", onchange: () => {
      shows[level] = box.checked;
      draw();
    } });
    box.checked = true;
    return { level, count, node: el("label", { class: `prob-level prob-${level}` }, box, title, count) };
  });
  const part = el("select", { class: "field-input prob-part", "aria-label": "只看哪一部分的问题", onchange: () => draw() });
  const back = el("button", { type: "button", class: "button quiet small", title: "上一个问题（Shift+F8）", "aria-label": "上一个问题", onclick: () => step(-1) }, "▲");
  const next = el("button", { type: "button", class: "button quiet small", title: "下一个问题（F8）", "aria-label": "下一个问题", onclick: () => step(1) }, "▼");
  const bar = el("div", { class: "prob-bar", role: "toolbar", "aria-label": "问题" }, ...boxes.map((b) => b.node), el("span", { class: "prob-tools" }, part, back, next));
  const list = el("div", { class: "prob-list", tabindex: "-1" });
  const said = el("p", { class: "prob-none", role: "status" });
  host.classList.add("prob-host");
  host.append(bar, said, list);

  /** @type {Map<string, HTMLElement>} by id, those that are shown or were */
  const items = new Map();
  /** @type {any[]} those that are shown, in order */
  let shown = [];
  let now = "";

  /** The part that a problem is in: the table of its row, else its file. @param {any} p */
  const partOf = (p) => {
    const row = p.row && store.state.row(p.row);
    const table = row && store.state.table(top(row).table);
    if (table) return table.title;
    return p.page !== undefined && p.page !== null ? "印出的页面" : "整个文件";
  };
  /** The row at the top that a row is in. @param {any} row @returns {any} */
  const top = (row) => {
    const up = row.parent && store.state.row(row.parent);
    return up ? top(up) : row;
  };
  /** Where a problem is, in the words of the form. @param {any} p */
  const where = (p) => {
    const row = p.row && store.state.row(p.row);
    if (!row) return p.place || "";
    const table = store.state.table(row.table);
    const field = table && p.key && [...table.fields, ...(table.items || [])].find((f) => f.key === p.key);
    const up = row.parent && store.state.row(row.parent);
    const title = !table ? row.title : table.many ? (up ? `${table.title} ${row.title}` : row.title) : up && table.own ? "" : table.title;
    return [up ? top(row).title : "", title, field ? field.title : ""].filter(Boolean).join(" · ");
  };
  /** What heading found, by problem, in one outline. */
  let headsOf = /** @type {any} */ (null), heads = /** @type {WeakMap<any, any>} */ (new WeakMap());
  /** The first heading of the pages that a problem names. @param {any} p */
  const heading = (p) => {
    if (headsOf !== store.state.outline) {
      headsOf = store.state.outline;
      heads = new WeakMap();
    }
    if (!heads.has(p)) heads.set(p, find(p));
    return heads.get(p);
  };
  /** @param {any} p */
  const find = (p) => {
    const texts = [p.message, p.hint, ...(p.notes || []).map((/** @type {any} */ n) => n.text)].join("\n");
    return (store.state.outline || []).find((/** @type {any} */ h) => h.title.length > 2 && texts.includes(`“${h.title}”`));
  };
  /** @param {any} p */
  const open = (p) => {
    now = p.id;
    mark();
    if (marks(p)) store.emit("review");
    else if (p.row) store.goto(p.row, p.key || "");
    else if (p.page !== undefined && p.page !== null) store.dispatchEvent(new CustomEvent("page", { detail: { page: p.page, mark: p.mark } }));
  };
  /** Turns the pages to where a problem shows, as they are by then. @param {any} p */
  const look = (p) => {
    const h = heading(p);
    if (h) store.dispatchEvent(new CustomEvent("page", { detail: { page: h.page, y: h.y } }));
  };

  /** @param {string} text */
  const plain = (text) => plainly(store.state, text);
  /** What an item says, to know whether it says something else now. @param {any} p */
  const saying = (p) => JSON.stringify([p, where(p), (heading(p) || {}).title]);
  /** @param {any} p */
  const item = (p) => {
    const says = saying(p), known = items.get(p.id);
    if (known && known.dataset.says === says) return known;
    const leads = marks(p) || Boolean(p.row) || (p.page !== undefined && p.page !== null);
    const numbers = [];
    if (p.stated) numbers.push(el("span", {}, el("i", {}, "现为"), p.stated));
    if (p.want) numbers.push(el("span", {}, el("i", {}, "应为"), p.want));
    if (p.diff) numbers.push(el("span", {}, el("i", {}, "差"), p.diff));
    const place = where(p);
    const body = [
      el("span", { class: "prob-top" }, el("b", { class: "prob-badge" }, NAMES[p.level]), el("span", { class: "prob-message" }, plain(p.message))),
      place ? el("span", { class: "prob-where" }, place) : "",
      numbers.length ? el("span", { class: "prob-numbers" }, ...numbers) : "",
      p.hint ? el("span", { class: "prob-hint" }, plain(p.hint)) : "",
      ...(p.notes || []).map((/** @type {any} */ n) => el("span", { class: "prob-hint" }, n.place && !p.row ? `${plain(n.text)}（${n.place}）` : plain(n.text))),
      el("span", { class: "prob-rule" }, p.rule),
    ];
    const node = el("li", { class: `prob-item prob-${p.level}` }, leads ? el("button", { type: "button", class: "prob-go", onclick: () => open(p) }, ...body) : el("div", { class: "prob-go prob-still", tabindex: "0" }, ...body));
    const at = heading(p);
    if (at) node.append(el("button", { type: "button", class: "prob-look", onclick: () => look(p) }, `在页面上看“${at.title}”`));
    if (p.ready) node.append(el("pre", { class: "prob-ready" }, p.ready));
    node.dataset.says = says;
    node.dataset.id = p.id;
    if (known) known.replaceWith(node);
    items.set(p.id, node);
    return node;
  };

  const draw = () => {
    const places = new Map((store.state.tables || []).map((/** @type {any} */ t, /** @type {number} */ i) => [t.title, i]));
    /** @type {Map<string, number>} */
    const worst = new Map();
    const found = (store.state.problems || []).map((/** @type {any} */ p) => {
      const of = partOf(p), level = LEVELS.findIndex(([name]) => name === p.level), place = places.get(of);
      worst.set(of, Math.min(level, worst.has(of) ? worst.get(of) : level));
      return { p, of, level, place: place === undefined ? places.size : place };
    });
    // Parts with errors come before those with warnings, each as the tree has them, not as files are called; so within a part.
    found.sort((/** @type {any} */ a, /** @type {any} */ b) => worst.get(a.of) - worst.get(b.of) || a.place - b.place || a.level - b.level);
    const all = found.map((/** @type {any} */ x) => x.p);
    /** @type {Map<string, number>} */
    const parts = new Map();
    const counts = { error: 0, warning: 0, note: 0 };
    for (const p of all) {
      const of = partOf(p);
      counts[p.level]++;
      parts.set(of, (parts.get(of) || 0) + 1);
    }
    for (const b of boxes) b.count.textContent = String(counts[b.level]);
    const chosen = parts.has(part.value) ? part.value : "";
    part.replaceChildren(el("option", { value: "" }, `全部（${all.length}）`), ...Array.from(parts, ([name, n]) => el("option", { value: name }, `${name}（${n}）`)));
    part.value = chosen;
    shown = all.filter((p) => shows[p.level] && (!chosen || partOf(p) === chosen));

    const focus = document.activeElement instanceof HTMLElement && list.contains(document.activeElement) ? document.activeElement.closest("li") : null;
    const id = focus ? focus.dataset.id : "";
    /** @type {Map<string, HTMLElement[]>} */
    const groups = new Map();
    for (const p of shown) {
      const name = partOf(p);
      if (!groups.has(name)) groups.set(name, []);
      groups.get(name).push(item(p));
    }
    const scroll = list.scrollTop;
    list.replaceChildren(...Array.from(groups, ([name, nodes]) => el("section", {}, el("h3", {}, name, el("span", { class: "prob-n" }, String(nodes.length))), el("ul", {}, ...nodes))));
    list.scrollTop = scroll;
    const ids = new Set(all.map((p) => p.id));
    for (const known of items.keys()) {
      if (!ids.has(known)) items.delete(known);
    }
    if (id) {
      const again = items.get(id), button = again && again.querySelector(".prob-go");
      (button instanceof HTMLElement && button.isConnected ? button : list).focus({ preventScroll: true });
    }
    const none = !all.length ? "没有问题。" : !shown.length ? "按现在的选择没有要列的问题。" : "";
    if (said.textContent !== none) said.textContent = none;
    said.hidden = !none;
    back.disabled = next.disabled = !shown.length;
    mark();
  };

  /** Marks the one at hand and those of the focused field. */
  const mark = () => {
    for (const node of list.querySelectorAll("li")) {
      const id = node.dataset.id, p = shown.find((x) => x.id === id);
      const here = p && p.row && p.row === store.focus.row && (!p.key || p.key === store.focus.key);
      node.classList.toggle("prob-here", Boolean(here));
      if (id === now) node.setAttribute("aria-current", "true");
      else node.removeAttribute("aria-current");
    }
  };
  /** Scrolls the list, and nothing else, to an item. @param {HTMLElement} node */
  const reveal = (node) => {
    const a = list.getBoundingClientRect(), b = node.getBoundingClientRect();
    if (b.top < a.top) list.scrollTop += b.top - a.top - 8;
    else if (b.bottom > a.bottom) list.scrollTop += b.bottom - a.bottom + 8;
  };
  /** @param {number} by */
  const step = (by) => {
    later.now(); // what is listed may be of before the last edit
    const all = shown.filter((p) => !marks(p) && (p.row || (p.page !== undefined && p.page !== null)));
    const grave = all.filter((p) => p.level !== "note");
    const can = grave.length ? grave : all; // notes are looked at when there is nothing left to mend
    if (!can.length) return;
    let at = can.findIndex((p) => p.id === now);
    if (at < 0) {
      at = can.findIndex((p) => p.row && p.row === store.focus.row && (!p.key || p.key === store.focus.key));
      if (at < 0 && by < 0) at = 0;
    }
    const p = can[(at + by + can.length) % can.length];
    open(p);
    const node = items.get(p.id);
    if (node) reveal(node);
  };

  document.addEventListener("keydown", (e) => {
    if (e.key !== "F8" || e.altKey || e.ctrlKey || e.metaKey || e.isComposing) return;
    e.preventDefault();
    step(e.shiftKey ? -1 : 1);
  });
  store.addEventListener("focused", () => {
    const before = now;
    const first = shown.find((p) => p.row && p.row === store.focus.row && p.key === store.focus.key);
    const current = shown.find((p) => p.id === now);
    if (!current || current.row !== store.focus.row) now = first ? first.id : "";
    mark();
    const node = now && now !== before ? items.get(now) : null;
    if (node) reveal(node);
  });
  const later = calmly(draw, () => store.state.problems.length);
  store.addEventListener("state", (e) => {
    const d = /** @type {CustomEvent} */ (e).detail;
    if (!d || d.full || d.tables) draw();
    else if (d.problems || d.rows.size) later();
  });
  if (store.state) draw();
  return { step };
}
