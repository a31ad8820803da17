/**
 * The middle of the page: the grid or the form of what is open, and the way between them.
 */
import { el, fill, $, $$ } from './dom.js'
import { grow } from './cell.js'
import { Form } from './form.js'
import { Grid } from './grid.js'
import { refresh } from './codes.js'
import { copies } from './rows.js'
import { toast } from './dialog.js'
import { done } from './taking.js'
import { plainly } from './words.js'
import { hasForm, pathOf, topTables } from './schema.js'

/**
 * @param {HTMLElement} host
 * @param {any} store
 * @param {import('./cell.js').Env} env
 */
export function mount(host, store, env) {
  /** @type {Form|Grid|null} */
  let view = null
  let open = { table: '', row: '' }
  let drawn = ''
  const head = el('div', { class: 'editor-head' })
  const body = el('div', { class: 'editor-body' })
  fill(host, head, body)

  /** @param {{table: string, row: string}} to */
  const show = to => {
    const { state } = store
    const row = to.row ? state.row(to.row) : null
    const table = state.table(row ? row.table : to.table)
    if (!table) return
    const single = !table.many
    open = { table: table.name, row: row ? row.id : '' }
    if (view) view.close()
    view = single || row ? new Form(env, table, row || state.rowsOf(table.name, '')[0] || null, '') : new Grid(env, table, '')
    drawn = shape(table, row)
    fill(body, view.node)
    body.scrollTop = 0
    title()
    view.paint(null)
    history.replaceState(null, '', '#' + encodeURIComponent(table.name) + (row && !single ? '/' + encodeURIComponent(row.id) : ''))
    store.emit('opened', { table: table.name, row: single ? '' : open.row })
  }

  /** What the form of a row consists of: it is made anew where that changes. @param {any} table @param {any} row */
  const shape = (table, row) => table.name + (row ? row.id : '') + store.state.tables.length

  const title = () => {
    const { state } = store
    const table = state.table(open.table)
    const row = open.row && state.row(open.row)
    const rows = state.rowsOf(open.table, '')
    const at = row ? rows.findIndex((/** @type {any} */ r) => r.id === row.id) : -1
    const step = (/** @type {string} */ says, /** @type {string} */ name, /** @type {any} */ to) => el('button', {
      type: 'button', class: 'button quiet small', disabled: !to, title: name, 'aria-label': name, onclick: () => show({ table: table.name, row: to.id }),
    }, says)
    const many = row && table.many
    fill(head,
      el('div', { class: 'editor-line' },
        many && el('button', { type: 'button', class: 'button quiet small editor-up', onclick: () => show({ table: table.name, row: '' }) }, '‹ ' + table.title),
        el('h2', {}, many ? row.title || '（未填名称）' : table.title),
        !many && table.many && el('span', { class: 'editor-count' }, `${rows.length} 行`),
        many && el('span', { class: 'editor-nav' }, step('‹', '上一项', rows[at - 1]), el('span', { class: 'editor-count' }, `${at + 1} / ${rows.length}`), step('›', '下一项', rows[at + 1]),
          el('button', { type: 'button', class: 'button quiet small', onclick: () => again(row) }, '照样再来一项'),
          el('button', { type: 'button', class: 'button quiet small danger', onclick: () => remove(row, rows[at + 1] || rows[at - 1]) }, '删去')),
        !many && table.many && hasForm(state, table) && el('button', { type: 'button', class: 'button small', onclick: () => create(table) }, '＋ 新的一项')),
      table.what && !many && el('p', { class: 'editor-what' }, plainly(state, table.what)))
  }

  /** @param {string} failed @param {any[]} changes */
  const make = async (failed, changes) => {
    try {
      const out = await env.edits.make(changes)
      const no = [...out.refused.map((/** @type {any} */ r) => r.message), ...out.conflicts.map((/** @type {any} */ c) => c.what)]
      if (!no.length) {
        await store.refresh()
        return out
      }
      toast(failed + '：' + no[0], { level: 'error' })
    } catch (err) {
      toast(failed + '：' + (err instanceof Error ? err.message : err), { level: 'error' })
    }
    return null
  }

  /** @param {any} row */
  const again = async row => {
    const out = await make('没有照样做成', copies(store, row, '', row.id, 'copy'))
    if (!out) return
    whenThere(out.rows[0])
    done(store, env.edits, `照“${row.title}”又来了一项`, out.rev)
  }
  /** @param {any} row @param {any} next */
  const remove = async (row, next) => {
    await env.edits.flush()
    const now = store.state.row(row.id) || row
    const out = await make('没有删去', [{ op: 'delete', row: row.id, digest: env.edits.fresh({ row: row.id }) ? '' : now.digest }])
    if (!out) return
    show({ table: row.table, row: next ? next.id : '' })
    first()
    done(store, env.edits, `删去了“${row.title}”，连同里面的各表`, out.rev)
  }
  /** @param {any} table */
  const create = async table => {
    const out = await make('没有建立', [{ op: 'insert', table: table.name, parent: '', values: [] }])
    if (out) whenThere(out.rows[0])
  }

  let awaited = ''
  /** @param {string} id of a row that is not in the state yet */
  const whenThere = id => {
    awaited = id
    if (store.state.row(id)) arrive()
  }
  const arrive = () => {
    const row = store.state.row(awaited)
    if (!row) return
    awaited = ''
    show({ table: row.table, row: row.id })
    first()
  }
  const first = () => {
    const x = $('.field-input', body)
    if (x) x.focus()
  }

  store.addEventListener('state', (/** @type {any} */ e) => {
    if (!store.state.tables.length) return
    if (e.detail && e.detail.rows && e.detail.rows.size) refresh()
    if (!view) return show(begin(store.state))
    if (awaited) arrive()
    if (open.row && !store.state.row(open.row) && store.state.table(open.table).many && !env.edits.fresh({ row: open.row })) return show({ table: open.table, row: '' })
    const table = store.state.table(open.table)
    if (!table || shape(table, open.row && store.state.row(open.row)) !== drawn && table.many) return show(open)
    title()
    view.paint(e.detail && !e.detail.full && e.detail.rows ? e.detail.rows : null)
  })
  env.edits.addEventListener('draft', (/** @type {any} */ e) => { if (view) view.touched(e.detail.spot) })
  new ResizeObserver(() => {
    body.style.setProperty('--seen', body.clientWidth + 'px')
    for (const box of $$('textarea', body)) grow(/** @type {HTMLTextAreaElement} */ (box))
  }).observe(body)
  store.addEventListener('unit', () => { if (view) view.paint(null) })
  store.addEventListener('turned', () => { if (view) view.paint(null) })

  store.addEventListener('open', (/** @type {any} */ e) => {
    const { table, row, part } = e.detail
    show({ table, row: part ? row : row })
    const place = part && body.querySelector(`[data-table="${part}"]`)
    if (place) place.scrollIntoView({ block: 'start' })
    const to = /** @type {HTMLElement|null} */ ((place || body).querySelector('.field-input'))
    if (to) to.focus({ preventScroll: Boolean(place) })
  })

  store.addEventListener('goto', (/** @type {any} */ e) => {
    const row = store.state.row(e.detail.row)
    if (!row) return
    const path = pathOf(store, row)
    const top = store.state.table(path[0].table)
    const asForm = !top.many || path.length > 1 || !e.detail.key || !columnsHave(top, e.detail.key)
    const to = { table: top.name, row: top.many && asForm && hasForm(store.state, top) ? path[0].id : '' }
    if (to.table !== open.table || (top.many && to.row !== open.row && !(open.row === path[0].id))) show(to)
    if (view) view.focus(row.id, e.detail.key || '')
  })
  const columnsHave = (/** @type {any} */ table, /** @type {string} */ key) =>
    table.fields.some((/** @type {any} */ f) => f.key === key && !f.repeated && f.kind !== 'long' && f.kind !== 'pasted')

  if (store.state && store.state.tables.length) show(begin(store.state))
}

/**
 * What is open at first: what the address says, or the first part.
 * @param {any} state
 */
function begin(state) {
  const [table, row] = decodeURIComponent(location.hash.slice(1)).split('/')
  if (row && state.row(row)) return { table, row }
  if (table && state.table(table)) return { table, row: '' }
  return { table: topTables(state)[0].name, row: '' }
}
