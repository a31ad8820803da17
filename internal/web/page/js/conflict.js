/**
 * What was changed here and elsewhere at once, above the editor until somebody decides: at fields as mine and theirs, and for
 * whole files.
 */
import { el, fill } from './dom.js'
import { toast } from './dialog.js'
import { clash } from './trouble.js'

/**
 * @param {HTMLElement} host
 * @param {any} store
 * @param {import('./cell.js').Env} env
 */
export function mount(host, store, env) {
  let drawn = ''
  const draw = () => {
    const all = store.state.conflicts || []
    const files = store.state.blocked || []
    const now = JSON.stringify([all, files])
    if (now === drawn) return
    drawn = now
    host.hidden = !all.length && !files.length
    fill(host, files.map((/** @type {any} */ f) => blocked(store, f)), all.length > 0 && el('details', { class: 'conflicts', open: true },
      el('summary', {}, `${all.length} 处在这里和别处都改过，请定下来用哪一种`),
      all.map((/** @type {any} */ c) => el('div', { class: 'conflicts-item' }, clash(env, c),
        c.row && store.state.row(c.row) && el('button', { type: 'button', class: 'button quiet small', onclick: () => store.goto(c.row, c.key) }, '到那里看')))))
  }
  store.addEventListener('state', draw)
  draw()
}

/**
 * A file that waits: it is written over by what is typed here, or what is typed here is dropped for it.
 * @param {any} store
 * @param {{file: string, why: string}} f
 */
function blocked(store, f) {
  const settle = (/** @type {boolean} */ mine) => () =>
    store.settle(f.file, mine).catch((/** @type {Error} */ err) => toast('没有定下来：' + err.message, { level: 'error' }))
  return el('div', { class: 'conflicts', role: 'group', 'aria-label': f.file },
    el('p', {}, el('span', { class: 'badge badge-error' }, '没有保存'), ' ' + f.why),
    el('button', { type: 'button', class: 'button small', onclick: settle(true) }, '用这里的'), ' ',
    el('button', { type: 'button', class: 'button small', onclick: settle(false) }, '用别处的，这里没有保存的不要了'))
}
