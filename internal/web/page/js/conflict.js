/**
 * What was changed here and elsewhere at once, above the editor until somebody decides: at fields as mine and theirs, and for
 * whole files.
 */
import { el, fill } from './dom.js'
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
    const now = JSON.stringify(all)
    if (now === drawn) return
    drawn = now
    host.hidden = !all.length
    fill(host, all.length > 0 && el('details', { class: 'conflicts', open: true },
      el('summary', {}, `${all.length} 处在这里和别处都改过，请定下来用哪一种`),
      all.map((/** @type {any} */ c) => el('div', { class: 'conflicts-item' }, clash(env, c),
        c.row && store.state.row(c.row) && el('button', { type: 'button', class: 'button quiet small', onclick: () => store.goto(c.row, c.key) }, '到那里看')))))
  }
  store.addEventListener('state', draw)
  draw()
}
