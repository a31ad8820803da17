/**
 * The menus of the bar. Features add what they do; the bar shows it by groups.
 */
import { el, $$, fill, newID } from './dom.js'

/**
 * @typedef {Object} Entry
 * @property {string} id
 * @property {string} title
 * @property {'make'|'data'|'compare'|'file'} group
 * @property {(store: any) => void} run
 * @property {(state: any) => boolean|string} [enabled] false or why not
 * @property {string} [keys] that do the same
 */

/** @type {[string, string][]} */
const GROUPS = [['make', '生成'], ['data', '数据'], ['compare', '对比'], ['file', '文件']]

/** @type {Entry[]} */
const entries = []
/** @type {{host: HTMLElement, store: any}|null} */
let shown = null

export const menu = {
  /**
   * Adds an entry; one of the same id takes its place.
   * @param {Entry} entry
   */
  add(entry) {
    const at = entries.findIndex(x => x.id === entry.id)
    if (at >= 0) entries[at] = entry
    else entries.push(entry)
    if (shown) draw()
  },

  /**
   * Runs an entry, as keys do.
   * @param {string} id
   */
  run(id) {
    const entry = entries.find(x => x.id === id)
    if (entry && shown) entry.run(shown.store)
  },
}

/**
 * @param {HTMLElement} host
 * @param {any} store
 */
export function mount(host, store) {
  shown = { host, store }
  draw()
  document.addEventListener('click', e => {
    if (!(e.target instanceof Node) || !host.contains(e.target)) shut()
  })
}

/** Closes what is open. */
function shut() {
  if (!shown) return
  for (const button of $$('[aria-expanded="true"]', shown.host)) button.setAttribute('aria-expanded', 'false')
  for (const list of $$('.menu-list', shown.host)) list.hidden = true
}

function draw() {
  if (!shown) return
  const { host, store } = shown
  fill(host, GROUPS.filter(([group]) => entries.some(x => x.group === group)).map(([group, title]) => drop(group, title, store)))
}

/**
 * @param {string} group
 * @param {string} title
 * @param {any} store
 */
function drop(group, title, store) {
  const id = newID('menu')
  const list = el('div', { class: 'menu-list', id, role: 'menu', 'aria-label': title, hidden: true })
  const button = el('button', {
    type: 'button', class: 'button quiet menu-button', 'aria-haspopup': 'menu', 'aria-expanded': 'false', 'aria-controls': id,
    onclick: () => (list.hidden ? open(0) : shut()),
    onkeydown: (/** @type {KeyboardEvent} */ e) => {
      if (e.key === 'ArrowDown') open(0)
      else if (e.key === 'ArrowUp') open(-1)
      else if (e.key === 'ArrowRight' || e.key === 'ArrowLeft') beside(button, e.key === 'ArrowRight' ? 1 : -1)
      else return
      e.preventDefault()
    },
  }, title)
  const open = (/** @type {number} */ at) => {
    shut()
    fill(list, entries.filter(x => x.group === group).map(x => item(x, store)))
    list.hidden = false
    button.setAttribute('aria-expanded', 'true')
    const all = $$('[role=menuitem]', list)
    if (all.length) all[at < 0 ? all.length - 1 : at].focus()
  }
  list.addEventListener('keydown', e => {
    const all = $$('[role=menuitem]', list)
    const at = all.indexOf(/** @type {HTMLElement} */ (document.activeElement))
    if (e.key === 'ArrowDown') all[(at + 1) % all.length].focus()
    else if (e.key === 'ArrowUp') all[(at + all.length - 1) % all.length].focus()
    else if (e.key === 'Home') all[0].focus()
    else if (e.key === 'End') all[all.length - 1].focus()
    else if (e.key === 'Escape') {
      shut()
      button.focus()
    } else if (e.key === 'ArrowRight' || e.key === 'ArrowLeft') {
      shut()
      beside(button, e.key === 'ArrowRight' ? 1 : -1)
    } else if (e.key === 'Tab') {
      shut()
      return
    } else return
    e.preventDefault()
    e.stopPropagation()
  })
  return el('div', { class: 'menu' }, button, list)
}

/**
 * Moves the focus to the menu beside one.
 * @param {HTMLElement} button
 * @param {number} step
 */
function beside(button, step) {
  if (!shown) return
  const all = $$('.menu-button', shown.host)
  all[(all.indexOf(button) + step + all.length) % all.length].focus()
}

/**
 * @param {Entry} entry
 * @param {any} store
 */
function item(entry, store) {
  const may = entry.enabled ? entry.enabled(store.state) : true
  const why = typeof may === 'string' ? may : ''
  const off = may === false || why !== ''
  return el('button', {
    type: 'button', class: 'menu-item', role: 'menuitem', tabindex: '-1', 'aria-disabled': off ? 'true' : null, dataset: { id: entry.id },
    onclick: () => {
      if (off) return
      shut()
      entry.run(store)
    },
  }, el('span', {}, entry.title), why && el('span', { class: 'menu-why' }, why), entry.keys && el('kbd', {}, entry.keys))
}
