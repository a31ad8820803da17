/**
 * The frame of the page: the edges between its parts, which move by mouse and keys, and tabs where the window is narrow.
 */
import { el, $, $$ } from './dom.js'
import { keep, kept } from './kept.js'

const STEP = 24

/**
 * Where the edges are, kept by this browser for the next time.
 * @type {[string, string, number, number, number][]} of an edge: its element, the variable of its width, least, most, and which way it grows
 */
const EDGES = [['#edge-tree', '--tree', 140, 420, 1], ['#edge-side', '--side', 320, 1400, -1], ['#edge-problems', '--problems', 220, 700, -1]]

/** @param {any} store */
export function mount(store) {
  for (const [id, name, least, most, way] of EDGES) edge($(id), name, least, most, way)
  tabs($('#views'), 'view', document.body)
  tabs($('#side-tabs'), 'side', $('#side'))
  store.addEventListener('goto', () => turnTo('view', 'editor'))
  store.addEventListener('open', () => turnTo('view', 'editor'))
  for (const name of ['show', 'page']) store.addEventListener(name, () => turnTo('side', 'pages'))
  store.addEventListener('state', () => counts(store.state))
}

/**
 * @param {HTMLElement|null} node
 * @param {string} name
 * @param {number} least
 * @param {number} most
 * @param {number} way
 */
function edge(node, name, least, most, way) {
  if (!node) return
  const root = document.documentElement
  const now = () => parseInt(getComputedStyle(root).getPropertyValue(name), 10) || least
  const put = (/** @type {number} */ width) => {
    const w = Math.round(Math.max(least, Math.min(most, width)))
    root.style.setProperty(name, w + 'px')
    node.setAttribute('aria-valuenow', String(w))
    keep('yusuan' + name, String(w))
  }
  node.setAttribute('aria-valuemin', String(least))
  node.setAttribute('aria-valuemax', String(most))
  const before = parseInt(kept('yusuan' + name), 10)
  if (before && before < window.innerWidth / 2) put(before)
  else node.setAttribute('aria-valuenow', String(now()))
  node.addEventListener('pointerdown', e => {
    node.setPointerCapture(e.pointerId)
    const from = e.clientX
    const width = now()
    const move = (/** @type {PointerEvent} */ x) => put(width + (x.clientX - from) * way)
    node.addEventListener('pointermove', move)
    node.addEventListener('pointerup', () => node.removeEventListener('pointermove', move), { once: true })
    e.preventDefault()
  })
  node.addEventListener('keydown', e => {
    if (e.key === 'ArrowLeft') put(now() - STEP * way)
    else if (e.key === 'ArrowRight') put(now() + STEP * way)
    else if (e.key === 'Home') put(least)
    else if (e.key === 'End') put(most)
    else return
    e.preventDefault()
  })
}

/** What each group of tabs shows. @type {Map<string, (name: string) => void>} */
const groups = new Map()

/** @param {string} group @param {string} name */
export function turnTo(group, name) {
  const turn = groups.get(group)
  if (turn) turn(name)
}

/**
 * @param {HTMLElement|null} list
 * @param {string} group
 * @param {HTMLElement|null} host has the name of the tab that is shown
 */
function tabs(list, group, host) {
  if (!list || !host) return
  const all = $$('[role=tab]', list)
  const turn = (/** @type {string} */ name) => {
    host.dataset[group] = name
    for (const t of all) {
      const on = t.dataset.name === name
      t.setAttribute('aria-selected', String(on))
      t.tabIndex = on ? 0 : -1
    }
  }
  groups.set(group, turn)
  all.forEach((t, i) => {
    t.addEventListener('click', () => turn(t.dataset.name || ''))
    t.addEventListener('keydown', e => {
      const step = e.key === 'ArrowRight' ? 1 : e.key === 'ArrowLeft' ? -1 : 0
      if (!step) return
      const to = all[(i + step + all.length) % all.length]
      turn(to.dataset.name || '')
      to.focus()
      e.preventDefault()
    })
  })
  turn(all[0].dataset.name || '')
}

/** Says on tabs how much is wrong. @param {any} state */
function counts(state) {
  for (const node of $$('.tab-count')) {
    const n = state.errors + state.warnings
    node.textContent = n ? String(n) : ''
    node.className = 'tab-count badge ' + (state.errors ? 'badge-error' : n ? 'badge-warning' : '')
    node.hidden = !n
  }
}

/** A button of the bar. @param {string} title @param {string} keys @param {() => void} run */
export const barButton = (title, keys, run) => el('button', { type: 'button', class: 'button quiet', title: keys, onclick: run }, title)
