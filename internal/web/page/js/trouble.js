/**
 * What is wrong with a field, in words, beneath it: what was refused, what clashes with others, what the checks found.
 */
import { el } from './dom.js'
import { toast } from './dialog.js'
import { plainly } from './words.js'

const LEVELS = { error: '错误', warning: '警告', note: '提示' }

/**
 * What is wrong with a field; with the row itself where the key is empty.
 * @param {import('./cell.js').Env} env
 * @param {import('./edits.js').Spot} spot
 * @param {string} key
 * @returns {{level: string, nodes: HTMLElement[]}}
 */
export function troubles(env, spot, key) {
  const { store, edits } = env
  const nodes = []
  const draft = edits.draft(spot, key)
  let level = ''
  const worse = (/** @type {string} */ to) => {
    if (to === 'error' || !level || (to === 'warning' && level === 'note')) level = to
  }
  if (draft && draft.state !== 'typing') {
    nodes.push(...unsaid(env, draft))
    worse('error')
  }
  if (!spot.row) return { level, nodes }
  for (const c of store.state.conflicts || []) {
    if (c.row !== spot.row || (c.key || '') !== key) continue
    nodes.push(clash(env, c))
    worse('error')
  }
  for (const p of store.state.problemsOf(spot.row, key)) {
    if ((p.key || '') !== key) continue
    nodes.push(problem(p, store.state))
    worse(p.level)
  }
  return { level, nodes }
}

/**
 * What the troubles of a row are made of: where it is as before, so are they.
 * @param {import('./cell.js').Env} env
 * @param {import('./edits.js').Spot} spot
 */
export function troubled({ store, edits }, spot) {
  const { state } = store
  const says = [...(edits.drafts.get(spot) || new Map()).values()].filter(d => d.state !== 'typing').map(d => [d.key, d.state, d.message, d.theirs, d.text])
  if (!spot.row) return JSON.stringify(says)
  for (const c of state.conflicts || []) if (c.row === spot.row) says.push([c.id, c.mine, c.theirs])
  for (const p of state.problemsOf(spot.row)) says.push([p.id, p.key, p.level, p.message, p.stated, p.want, p.hint])
  return JSON.stringify(says)
}

/**
 * A finding: its level, what it says, both numbers, what to do.
 * @param {any} p
 * @param {any} state
 */
export function problem(p, state) {
  const row = p.row && state.row(p.row)
  const table = row ? row.table : ''
  const numbers = [p.stated && '填的 ' + p.stated, p.want && '应为 ' + p.want, p.diff && '差 ' + p.diff].filter(Boolean).join('，')
  return el('p', { class: 'trouble trouble-' + p.level },
    el('span', { class: 'badge badge-' + p.level }, LEVELS[/** @type {'error'} */ (p.level)] || p.level),
    el('span', { class: 'trouble-text' }, plainly(state, p.message, table),
      numbers && el('span', { class: 'trouble-numbers' }, '（' + numbers + '）'),
      p.hint && el('span', { class: 'trouble-hint' }, ' ' + plainly(state, p.hint, table))),
    p.rule && el('span', { class: 'trouble-rule' }, p.rule))
}

/**
 * What was typed and did not go in.
 * @param {import('./cell.js').Env} env
 * @param {import('./edits.js').Draft} d
 */
function unsaid({ edits }, d) {
  if (d.state === 'conflict') {
    return [choice('别处同时改过', mineOf(d), d.theirs, () => edits.solve(d, true), () => edits.solve(d, false))]
  }
  const says = d.state === 'refused' ? '没有填进去' : '还没有送到'
  return [el('p', { class: 'trouble trouble-error' },
    el('span', { class: 'badge badge-error' }, says),
    el('span', { class: 'trouble-text' }, d.message),
    el('button', { type: 'button', class: 'button quiet small', onclick: () => edits.drop(d.spot, d.key) }, '放弃这样填'))]
}

const mineOf = (/** @type {import('./edits.js').Draft} */ d) => (d.items ? d.items.join('\n') : d.text)

/**
 * A clash that the program keeps.
 * @param {import('./cell.js').Env} env
 * @param {any} c
 */
export function clash({ store }, c) {
  const solve = (/** @type {boolean} */ mine) => () =>
    store.resolve(c.id, mine).catch((/** @type {Error} */ err) => toast('没有定下来：' + err.message, { level: 'error' }))
  return choice(c.what ? c.what + '，两处都改过' : '两处都改过', c.mine, c.theirs, solve(true), solve(false))
}

/**
 * Mine and theirs, with a button each.
 * @param {string} title
 * @param {string} mine
 * @param {string} theirs
 * @param {() => void} onMine
 * @param {() => void} onTheirs
 */
function choice(title, mine, theirs, onMine, onTheirs) {
  const side = (/** @type {string} */ name, /** @type {string} */ text, /** @type {string} */ says, /** @type {() => void} */ run) =>
    el('div', { class: 'clash-side' }, el('span', { class: 'clash-name' }, name), el('span', { class: 'clash-text' }, text === '' ? '（空）' : text),
      el('button', { type: 'button', class: 'button small', onclick: run }, says))
  return el('div', { class: 'trouble clash', role: 'group', 'aria-label': title },
    el('p', {}, el('span', { class: 'badge badge-error' }, '冲突'), title),
    side('我的', mine, '用我的', onMine), side('别处的', theirs, '用别处的', onTheirs))
}
