/**
 * A field with a list that is searched while typing: by code, by name, by the first letters of the name's pinyin. The value
 * stays what is in the box: the list only helps.
 */
import * as api from './api.js'
import { el, fill, newID, composing } from './dom.js'
import { isCode } from './schema.js'

/** @typedef {[string, string, string]} Code code, name, initials */

const SHOWN = 60

/** Kinds that change while somebody types. */
const LIVE = ['unit', 'project', 'goal']

/** @type {Map<string, Promise<Code[]>>} */
const known = new Map()

/**
 * The codes of a kind.
 * @param {string} kind
 * @returns {Promise<Code[]>}
 */
export function codesOf(kind) {
  const found = known.get(kind)
  if (found) return found
  const asked = api.get('api/codes?kind=' + encodeURIComponent(kind)).then(list => list || [])
  asked.catch(() => known.delete(kind))
  known.set(kind, asked)
  return asked
}

/** Forgets the lists that what is typed makes. */
export function refresh() {
  for (const kind of LIVE) known.delete(kind)
}

/**
 * The codes that a field may have.
 * @param {any} store
 * @param {import('./schema.js').Field} field
 * @param {import('./edits.js').Spot} spot
 * @returns {Promise<Code[]>}
 */
async function listFor(store, field, spot) {
  if (field.words && field.words.length) return field.words.map(w => /** @type {Code} */ ([w, '', '']))
  if (field.kind === 'goal') {
    const table = store.state.tables.find((/** @type {any} */ t) => t.parent === parentTable(spot.table) && t.many && t.name.endsWith('.goal'))
    if (table) return store.state.rowsOf(table.name, spot.parent).map((/** @type {any} */ r) => [textIn(r, 'name'), '', ''])
  }
  if (field.kind === 'form') {
    const forms = new Set(store.state.tables.flatMap((/** @type {any} */ t) => (t.items || []).map((/** @type {any} */ x) => x.form)).filter(Boolean))
    return [...forms].map(x => /** @type {Code} */ ([x, '', '']))
  }
  return codesOf(field.kind)
}

const parentTable = (/** @type {string} */ name) => name.slice(0, Math.max(0, name.lastIndexOf('.')))

const textIn = (/** @type {any} */ row, /** @type {string} */ key) =>
  (row.values.find((/** @type {any} */ v) => v.key === key) || { text: '' }).text

/**
 * Those that a text may mean, the likeliest first.
 * @param {Code[]} list
 * @param {string} text
 */
function search(list, text) {
  const t = text.normalize('NFKC').trim().toLowerCase()
  if (!t) return list
  const rank = (/** @type {Code} */ [code, name, initials]) => {
    const c = code.toLowerCase()
    if (c === t || name === t) return 0
    if (c.startsWith(t)) return 1
    if (name.startsWith(t)) return 2
    if (initials.startsWith(t)) return 3
    if (name.includes(t) || c.includes(t) && !/^\d+$/.test(t)) return 4
    return initials.includes(t) && t.length > 1 ? 5 : 9
  }
  return list.map(x => ({ x, r: rank(x) })).filter(y => y.r < 9).sort((a, b) => a.r - b.r).map(y => y.x)
}

/**
 * What somebody means who writes a code with its name, or the name alone; else the text itself.
 * @param {Code[]} list
 * @param {string} text
 */
export function meant(list, text) {
  const t = text.normalize('NFKC').trim()
  if (list.some(([code]) => code === t)) return t
  const m = /^[[(]?(\d{3,})[\])]?[\s\-:、.]*(\D.*)$/.exec(t)
  if (m && list.some(([code]) => code === m[1])) return m[1]
  const named = list.filter(([, name]) => name !== '' && name === t)
  return named.length === 1 ? named[0][0] : text.trim()
}

/** The list box, one for the page. */
const box = el('div', { class: 'codes', role: 'listbox', id: newID('codes'), hidden: true, 'aria-label': '可填的' })

/** @type {{input: HTMLInputElement, close: () => void}|null} */
let opened = null

/**
 * Gives an input its list.
 * @param {HTMLInputElement} input
 * @param {any} store
 * @param {import('./schema.js').Field} field
 * @param {import('./edits.js').Spot} spot
 * @param {(text: string) => void} take called with what is chosen
 */
export function attach(input, store, field, spot, take) {
  let at = -1
  /** @type {Code[]} */
  let found = []
  let asked = 0
  input.setAttribute('role', 'combobox')
  input.setAttribute('aria-autocomplete', 'list')
  input.setAttribute('aria-expanded', 'false')
  input.setAttribute('aria-controls', box.id)

  const close = () => {
    asked++
    if (opened && opened.input === input) {
      box.hidden = true
      opened = null
    }
    input.setAttribute('aria-expanded', 'false')
    input.removeAttribute('aria-activedescendant')
    at = -1
  }
  const choose = (/** @type {number} */ i) => {
    const code = found[i]
    close()
    if (code) take(code[0])
  }
  const mark = (/** @type {number} */ i) => {
    const all = Array.from(box.querySelectorAll('[role=option]'))
    if (!all.length) return
    at = (i + all.length) % all.length
    all.forEach((x, k) => x.setAttribute('aria-selected', String(k === at)))
    all[at].scrollIntoView({ block: 'nearest' })
    input.setAttribute('aria-activedescendant', all[at].id)
  }
  const open = async (/** @type {string} */ text) => {
    const mine = ++asked
    let list
    try {
      list = await listFor(store, field, spot)
    } catch (err) {
      list = null
    }
    if (mine !== asked || document.activeElement !== input) return
    if (list && !list.length) return
    found = list ? search(list, text).slice(0, SHOWN) : []
    const more = list ? search(list, text).length - found.length : 0
    fill(box, found.map((code, i) => option(code, i, choose)), !list && el('div', { class: 'codes-note' }, '目录没有取到，照代码填'),
      list && !found.length && el('div', { class: 'codes-note' }, '没有这样的' + field.title),
      more > 0 && el('div', { class: 'codes-note' }, `还有 ${more} 项，接着输入编码、名称或拼音首字母`))
    if (!box.isConnected) document.body.append(box)
    place(input)
    box.hidden = false
    opened = { input, close }
    input.setAttribute('aria-expanded', 'true')
    at = -1
    const exact = found.findIndex(([code]) => code === input.value)
    if (exact >= 0 && text === '') mark(exact)
    else if (text !== '' && found.length && isCode(field)) mark(0)
  }

  input.addEventListener('input', () => open(input.value))
  input.addEventListener('mousedown', () => { if (document.activeElement === input) (opened ? close() : open('')) })
  input.addEventListener('blur', close)
  input.addEventListener('keydown', e => {
    if (composing(e)) return
    const shown = opened && opened.input === input
    if (e.altKey && (e.key === 'ArrowDown' || e.key === 'ArrowUp')) (shown ? close() : open(''))
    else if (!shown) return
    else if (e.key === 'ArrowDown') mark(at + 1)
    else if (e.key === 'ArrowUp') mark(at < 0 ? -1 : at - 1)
    else if (e.key === 'Enter' && at >= 0 && !e.shiftKey) choose(at)
    else if (e.key === 'Tab' && at >= 0) return choose(at)
    else if (e.key === 'Escape') close()
    else return
    e.preventDefault()
    if (e.key !== 'Enter') e.stopPropagation()
  })
  return { close, open: () => open('') }
}

/**
 * @param {Code} code
 * @param {number} i
 * @param {(i: number) => void} choose
 */
function option([code, name], i, choose) {
  return el('div', {
    class: 'codes-option', role: 'option', id: box.id + '-' + i, 'aria-selected': 'false',
    onmousedown: (/** @type {Event} */ e) => {
      e.preventDefault()
      choose(i)
    },
  }, el('span', { class: 'codes-code' }, code), name && el('span', { class: 'codes-name' }, name))
}

/** @param {HTMLElement} input */
function place(input) {
  const r = input.getBoundingClientRect()
  const below = window.innerHeight - r.bottom
  box.style.minWidth = Math.max(r.width, 220) + 'px'
  box.style.left = Math.max(4, Math.min(r.left, window.innerWidth - 340)) + 'px'
  const up = below < 200 && r.top > below
  box.style.maxHeight = Math.min(320, (up ? r.top : below) - 8) + 'px'
  box.style.top = up ? '' : r.bottom + 1 + 'px'
  box.style.bottom = up ? window.innerHeight - r.top + 1 + 'px' : ''
}

window.addEventListener('scroll', e => {
  if (opened && e.target !== box) opened.close()
}, true)
