/**
 * Begins the page of a folder: the store, then every module that shows something of it.
 */
import { Store } from './store.js'
import { Edits } from './edits.js'
import { $, fill, el } from './dom.js'
import * as menu from './menu.js'
import * as tree from './tree.js'
import * as editor from './editor.js'
import * as status from './status.js'
import * as conflict from './conflict.js'
import * as broken from './broken.js'
import * as frame from './frame.js'
import * as keys from './keys.js'
import * as pages from './pages.js'
import * as problems from './problems.js'
import * as compare from './compare.js'
import * as review from './review.js'
import * as make from './make.js'
import * as sheet from './sheet.js'
import * as imports from './import.js'
import * as backup from './backup.js'
import * as roll from './roll.js'
import { keep, kept } from './kept.js'

const store = new Store()
const edits = new Edits(store)
let shown = kept('yusuan-unit') // that amounts were shown in the last time
const env = {
  store, edits, unit: () => shown, setUnit: (/** @type {string} */ unit) => {
    shown = unit
    keep('yusuan-unit', unit)
  },
}

/** The bar: what the document is called, undo and redo, how much is wrong. */
function bar() {
  const undo = frame.barButton('撤销', 'Ctrl+Z', () => keys.turn(store, env, 'undo'))
  const redo = frame.barButton('重做', 'Ctrl+Y', () => keys.turn(store, env, 'redo'))
  const wrong = el('span', { role: 'status', 'aria-live': 'polite' })
  const list = el('button', { type: 'button', class: 'bar-wrong', title: '看问题清单', onclick: () => (frame.turnTo('view', 'side'), frame.turnTo('side', 'problems')) }, wrong)
  fill($('#bar-tools'), undo, redo, list, frame.barButton('快捷键', '?', keys.help))
  const draw = () => {
    const { state } = store
    undo.disabled = !state.undo
    redo.disabled = !state.redo
    undo.title = state.undo ? `撤销：${state.undo}（Ctrl+Z）` : '没有可以撤销的'
    redo.title = state.redo ? `重做：${state.redo}（Ctrl+Y）` : '没有可以重做的'
    const says = [state.errors && `${state.errors} 处错误`, state.warnings && `${state.warnings} 处警告`].filter(Boolean).join('，') || '没有问题'
    const settled = says + (state.settling ? '，正在核算…' : '')
    if (wrong.textContent !== settled) wrong.textContent = settled
    list.className = 'bar-wrong is-' + (state.errors ? 'error' : state.warnings ? 'warn' : 'ok')
    const name = state.title || state.name || ''
    $('#title').textContent = name
    document.title = name
  }
  store.addEventListener('state', draw)
}

bar()
frame.mount(store)
pages.mount($('#pages'), store) // first of those that draw: what it fetches comes while the others do
menu.mount($('#menus'), store)
tree.mount($('#tree'), store)
conflict.mount($('#conflicts'), store, env)
broken.mount($('#broken'), store, env)
editor.mount($('#editor'), store, env)
status.mount($('#status'), store, env)
keys.mount(store, env)
problems.mount($('#problems'), store)
compare.mount($('#pages'), store)
review.mount(null, store)
// Whoever works with what is typed waits until it has gone in.
store.addEventListener('settle', e => /** @type {CustomEvent} */ (e).detail.waits.push(edits.flush().then(() => edits.left().length)))
for (const feature of [make, sheet, imports, backup]) feature.mount($('#menus'), store)
roll.mount($('#bar'), store)

// What is being typed is sent and arrives though the page is left. What did not go in, or waits behind what is on its way, is
// only here: the browser asks before it is thrown away.
window.addEventListener('beforeunload', e => {
  const waits = edits.pumping && edits.drafts.size
  edits.flush()
  if (waits || edits.left().length) e.preventDefault()
})

store.open().catch((/** @type {Error} */ err) => {
  fill($('#editor'), el('p', { class: 'editor-failed', role: 'alert' }, '打不开：' + err.message))
})
