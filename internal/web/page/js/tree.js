/**
 * The parts of the data: a table a line, with its rows where they are filled in as forms, and the tables in them.
 */
import { calmly, el, fill, $, $$ } from './dom.js'
import { hasForm, topTables, within } from './schema.js'

/** Rows beneath a table from which on there is a box to find them. */
const MANY = 12

/**
 * @param {HTMLElement} host
 * @param {any} store
 */
export function mount(host, store) {
  /** What is unfolded or folded by hand. @type {Map<string, boolean>} */
  const unfolded = new Map()
  /** @type {{table: string, row: string}} */
  let here = { table: '', row: '' }
  let wanted = ''
  const list = el('ul', { class: 'tree-list', role: 'tree', 'aria-label': '数据的各部分' })
  const find = el('input', { class: 'tree-find', type: 'search', placeholder: '查找项目、单位……', 'aria-label': '在各项里查找' })
  fill(host, el('div', { class: 'tree-head' }, find), list)
  find.addEventListener('input', () => {
    wanted = find.value.trim()
    draw()
  })

  const draw = () => {
    const { state } = store
    if (!state || !state.tables.length) return
    const focus = list.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement).dataset.id : ''
    const counts = countsOf(state)
    let rows = 0
    fill(list, topTables(state).map(t => {
      const of = state.rowsOf(t.name, '')
      if (hasForm(state, t) && t.many) rows += of.length
      return branch(t, of, counts)
    }))
    find.parentElement.hidden = rows < MANY && !wanted
    const items = $$('[role=treeitem]', list)
    const back = focus && items.find(x => x.dataset.id === focus)
    const stop = back || items.find(x => x.getAttribute('aria-current') === 'true') || items[0]
    if (stop) stop.tabIndex = 0
    if (back) back.focus()
  }

  /** @param {any} table @param {any[]} rows @param {any} counts */
  const branch = (table, rows, counts) => {
    const { state } = store
    const forms = table.many && hasForm(state, table)
    const shown = forms ? rows.filter(r => !wanted || r.title.includes(wanted)) : []
    const id = 'table:' + table.name
    const isHere = here.table === table.name
    const open = forms && shown.length > 0 && (wanted !== '' || (unfolded.has(id) ? unfolded.get(id) : isHere || rows.length <= 6))
    const item = line(id, 1, table.title, table.many ? rows.length : 0, counts.get(table.name), isHere && !here.row,
      { table: table.name, row: '' }, forms && shown.length ? open : null)
    item.classList.toggle('is-empty', !rows.length)
    item.title = table.what || ''
    return el('li', { role: 'none' }, item, open && el('ul', { role: 'group' }, shown.map(r => leaf(table, r, counts))))
  }

  /** @param {any} table @param {any} row @param {any} counts */
  const leaf = (table, row, counts) => {
    const { state } = store
    const isHere = here.row === row.id
    const item = line('row:' + row.id, 2, row.title || '（未填名称）', 0, counts.get(row.id), isHere, { table: table.name, row: row.id }, null)
    const parts = isHere ? within(state, table.name) : []
    return el('li', { role: 'none' }, item, parts.length > 0 && el('ul', { role: 'group' }, parts.map(t => {
      const rows = state.rowsOf(t.name, row.id)
      return el('li', { role: 'none' }, line('part:' + row.id + t.name, 3, t.title, t.many ? rows.length : 0, counts.get(row.id + '/' + t.name), false,
        { table: t.name, row: row.id, part: t.name }, null))
    })))
  }

  /**
   * @param {string} id
   * @param {number} level
   * @param {string} title
   * @param {number} count
   * @param {{error: number, warning: number}|undefined} wrong
   * @param {boolean} isHere
   * @param {{table: string, row: string, part?: string}} to
   * @param {boolean|null} open null for what has nothing beneath
   */
  const line = (id, level, title, count, wrong, isHere, to, open) => {
    const node = el('div', {
      class: 'tree-item tree-level' + level, role: 'treeitem', tabindex: '-1', 'aria-level': level, 'aria-selected': String(isHere),
      'aria-current': isHere ? 'true' : null, 'aria-expanded': open === null ? null : String(open), dataset: { id, table: to.table, row: to.row },
    },
    el('span', { class: 'tree-fold', 'aria-hidden': 'true' }, open === null ? '' : open ? '▾' : '▸'),
    el('span', { class: 'tree-title' }, title),
    wrong && wrong.error > 0 && mark('error', wrong.error, '处错误'),
    wrong && !wrong.error && wrong.warning > 0 && mark('warning', wrong.warning, '处警告'),
    count > 0 && el('span', { class: 'tree-count' }, count, el('span', { class: 'unseen' }, ' 项')))
    node.addEventListener('click', e => {
      if (/** @type {HTMLElement} */ (e.target).classList.contains('tree-fold') && open !== null) fold(id, !open)
      else go(to)
    })
    return node
  }

  const fold = (/** @type {string} */ id, /** @type {boolean} */ open) => {
    unfolded.set(id, open)
    draw()
  }
  const go = (/** @type {any} */ to) => store.emit('open', to)

  list.addEventListener('keydown', e => {
    const items = $$('[role=treeitem]', list)
    const at = items.indexOf(/** @type {HTMLElement} */ (document.activeElement))
    if (at < 0) return
    const x = items[at]
    const open = x.getAttribute('aria-expanded')
    const to = (/** @type {number} */ i) => {
      if (!items[i]) return
      items.forEach(y => { y.tabIndex = -1 })
      items[i].tabIndex = 0
      items[i].focus()
    }
    if (e.key === 'ArrowDown') to(at + 1)
    else if (e.key === 'ArrowUp') to(at - 1)
    else if (e.key === 'Home') to(0)
    else if (e.key === 'End') to(items.length - 1)
    else if (e.key === 'ArrowRight') open === 'false' ? fold(x.dataset.id, true) : open === 'true' && to(at + 1)
    else if (e.key === 'ArrowLeft') {
      if (open === 'true') fold(x.dataset.id, false)
      else for (let i = at - 1; i >= 0; i--) {
        if (items[i].getAttribute('aria-level') < x.getAttribute('aria-level')) {
          to(i)
          break
        }
      }
    } else if (e.key === 'Enter' || e.key === ' ') x.click()
    else return
    e.preventDefault()
  })
  const later = calmly(draw, () => store.state.rows.size)
  store.addEventListener('state', (/** @type {any} */ e) => {
    const { full, tables, order, rows, problems } = e.detail
    if (full || tables || order) draw()
    else if (rows.size || problems) later()
  })
  store.addEventListener('opened', (/** @type {any} */ e) => {
    here = e.detail
    draw()
    const x = $('[aria-current=true]', list)
    if (x) x.scrollIntoView({ block: 'nearest' })
  })
  draw()
}

/**
 * @param {string} level
 * @param {number} n
 * @param {string} says
 */
const mark = (level, n, says) => el('span', { class: 'badge badge-' + level }, n, el('span', { class: 'unseen' }, says))

/**
 * How many findings there are in each table, row, and table of a row.
 * @param {any} state
 * @returns {Map<string, {error: number, warning: number}>}
 */
function countsOf(state) {
  const counts = new Map()
  const add = (/** @type {string} */ at, /** @type {string} */ level) => {
    const x = counts.get(at) || { error: 0, warning: 0 }
    if (level in x) x[level]++
    counts.set(at, x)
  }
  for (const p of state.problems) {
    let row = p.row && state.row(p.row)
    const seen = new Set()
    for (let below = null; row; below = row, row = row.parent ? state.row(row.parent) : null) {
      add(row.id, p.level)
      if (below) add(row.id + '/' + below.table, p.level)
      if (!row.parent && !seen.has(row.table)) add(row.table, p.level)
      seen.add(row.table)
    }
  }
  return counts
}
