/**
 * What is done with whole rows of a grid: one more, one alike, away.
 */
import { el, fill } from './dom.js'
import { toast } from './dialog.js'
import { done } from './taking.js'
import { within } from './schema.js'

/**
 * The buttons above a grid.
 * @param {import('./grid.js').Grid} grid
 */
export function tools(grid) {
  const button = (/** @type {string} */ title, /** @type {string} */ keys, /** @type {() => void} */ run) =>
    el('button', { type: 'button', class: 'button quiet small', title: keys || null, onclick: run }, title)
  fill(grid.tools,
    button('插入一行', 'Alt+Insert', () => insert(grid)),
    button('照样再来一行', 'Ctrl+Shift+D', () => duplicate(grid)),
    button('删去', 'Alt+Delete', () => remove(grid)),
    grid.toggle && button(grid.toggle.title, '', grid.toggle.run))
}

/** The line that the cursor was in, or the last that there is. @param {import('./grid.js').Grid} grid */
function current(grid) {
  const { line } = grid.range.to
  if (grid.lines[line]) return line
  return grid.lines.filter(l => l.spot.row).length - 1
}

/**
 * Makes place for a row behind the one with the cursor. Typing makes it.
 * @param {import('./grid.js').Grid} grid
 */
export function insert(grid) {
  const at = current(grid)
  const line = grid.lines[at]
  if (!line || !line.spot.row || !grid.lines[at + 1] || !grid.lines[at + 1].spot.row) {
    grid.go(grid.lines.length - 1, 0)
    return
  }
  const made = grid.line(grid.blank(line.spot.row))
  grid.lines.splice(at + 1, 0, made)
  grid.element.insertBefore(made.body, line.body.nextSibling)
  grid.lines.forEach((l, i) => grid.number(l, i))
  grid.go(at + 1, 0)
}

/**
 * Makes a row that says the same, with all that is in it, behind the one with the cursor.
 * @param {import('./grid.js').Grid} grid
 */
export async function duplicate(grid) {
  const line = grid.lines[current(grid)]
  const { store, edits } = grid.env
  const row = line && line.spot.row && store.state.row(line.spot.row)
  if (!row) {
    toast('先到要照样再来一行的那一行。')
    return
  }
  await edits.flush()
  const changes = copies(store, store.state.row(row.id) || row, '', row.id, 'copy')
  const out = await run(grid, changes, '没有照样做成')
  if (!out) return
  grid.coming = { row: out.rows[0], key: grid.columns[0].key }
  done(store, edits, `照“${row.title}”又来了一行`, out.rev)
}

/**
 * The changes that make a row again, and the rows in it.
 * @param {any} store
 * @param {any} row
 * @param {string} parent
 * @param {string} after
 * @param {string} name
 * @returns {any[]}
 */
export function copies(store, row, parent, after, name) {
  const { state } = store
  const values = row.values.map((/** @type {any} */ v) => ({ key: v.key, text: v.text, ...(v.items && { items: v.items }) }))
  const changes = [{ op: 'insert', table: row.table, parent: parent || row.parent || '', after, name, values }]
  let n = 0
  for (const t of within(state, row.table)) {
    for (const r of state.rowsOf(t.name, row.id)) {
      if (t.many) changes.push(...copies(store, r, name, '', name + '.' + ++n))
      else for (const v of r.values) changes.push(/** @type {any} */ ({ op: 'set', row: '', table: t.name, parent: name, key: v.key, text: v.text, ...(v.items && { items: v.items }) }))
    }
  }
  return changes
}

/**
 * Takes the marked rows away; they can be had back.
 * @param {import('./grid.js').Grid} grid
 */
export async function remove(grid) {
  const { store, edits } = grid.env
  const { from, to } = grid.range
  const top = Math.min(from.line, to.line)
  const lines = grid.lines.slice(Math.max(0, top), Math.max(from.line, to.line) + 1)
  const column = Math.max(0, to.column)
  for (const l of lines.filter(x => !x.spot.row && x.spot.after)) {
    grid.lines.splice(grid.lines.indexOf(l), 1)
    l.body.remove()
  }
  await edits.flush()
  const rows = lines.map(l => l.spot.row && store.state.row(l.spot.row)).filter(Boolean)
  if (!rows.length) return
  const out = await run(grid, rows.map((/** @type {any} */ r) => ({ op: 'delete', row: r.id, digest: fresh(edits, r) ? '' : r.digest })), '没有删去')
  if (!out) return
  const says = rows.length === 1 ? `删去了“${rows[0].title}”` : `删去了 ${rows.length} 行`
  done(store, edits, says, out.rev)
  await store.refresh().catch(() => {})
  grid.go(Math.max(0, top), column)
}

/** Whether own changes of a row are not in the state yet: its digest is that of before. @param {any} edits @param {any} row */
const fresh = (edits, row) => edits.fresh({ row: row.id })

/**
 * Makes changes of rows, and says where that cannot be.
 * @param {import('./grid.js').Grid} grid
 * @param {any[]} changes
 * @param {string} failed
 */
async function run(grid, changes, failed) {
  try {
    const out = await grid.env.edits.make(changes)
    const no = [...(out.refused || []).map((/** @type {any} */ r) => r.message), ...(out.conflicts || []).map((/** @type {any} */ c) => c.what + '：别处刚刚改过')]
    if (!no.length) return out
    toast(failed + '：' + no[0], { level: 'error' })
  } catch (err) {
    toast(failed + '：' + (err instanceof Error ? err.message : err), { level: 'error' })
  }
  return null
}
