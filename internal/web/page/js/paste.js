/**
 * Blocks of cells into a grid: what is pasted, filled down, emptied. All of it is one change, and is taken back at once; what
 * is refused stays in its cell with the reason, and the rest goes in.
 */
import { codesOf, meant } from './codes.js'
import { toast } from './dialog.js'
import { done } from './taking.js'
import { isAmount, isListed } from './schema.js'
import { plain, read, write } from './money.js'
import { parse } from './tsv.js'

/** @typedef {{line: number, column: number, text: string}} Cell */

/**
 * @param {import('./grid.js').Grid} grid
 * @param {ClipboardEvent} e
 */
export async function paste(grid, e) {
  const text = e.clipboardData ? e.clipboardData.getData('text/plain') : ''
  const { line, column } = grid.where(/** @type {HTMLElement} */ (e.target))
  if (column < 0 || !/[\t\n]/.test(text.replace(/\r?\n$/, ''))) return
  e.preventDefault()
  const rows = parse(text)
  const { top, left } = grid.range.wide ? grid.range.box : { top: line, left: column }
  const headed = isHead(grid, rows[0], left)
  if (headed) rows.shift()
  const room = grid.columns.length - left
  const width = Math.max(0, ...rows.map(r => r.length))
  const cells = []
  let named = 0
  for (let i = 0; i < rows.length; i++) {
    for (let k = 0; k < Math.min(rows[i].length, room); k++) {
      const says = await value(grid.columns[left + k], rows[i][k])
      if (says !== rows[i][k].trim() && isListed(grid.columns[left + k])) named++
      cells.push({ line: top + i, column: left + k, text: says })
    }
  }
  const over = rows.flatMap(r => r.slice(room)).filter(c => c.trim()).length
  const more = [headed && '第一行是栏目名称，没有贴', named && `${named} 格由名称认出编码`, over && `右边放不下的 ${over} 格没有贴`]
  await put(grid, cells, `粘贴 ${rows.length} 行 ${Math.min(width, room)} 列`, more.filter(Boolean).join('，'))
}

/**
 * What a pasted cell says in a field.
 * @param {import('./schema.js').Field} field
 * @param {string} text
 */
async function value(field, text) {
  const t = text.trim()
  if (isAmount(field)) return /^[-—–－]+$/.test(t) ? '' : t
  if (field.kind === 'bool') return { 是: 'true', 否: 'false', '√': 'true', '×': 'false' }[/** @type {'是'} */ (t)] || t
  if (!isListed(field) || !t || (field.words && field.words.length)) return t
  return meant(await codesOf(field.kind).catch(() => []), t)
}

/**
 * Whether a row is the head of the columns that it is to go into.
 * @param {import('./grid.js').Grid} grid
 * @param {string[]} row
 * @param {number} left
 */
function isHead(grid, row, left) {
  const bare = (/** @type {string} */ s) => s.replace(/[\s（(].*$/, '')
  const same = row.filter((c, k) => c.trim() && grid.columns[left + k] && bare(c.trim()) === bare(grid.columns[left + k].title)).length
  return same > 0 && same * 2 >= row.filter(c => c.trim()).length
}

/**
 * Puts texts into cells, also below the last row, in one change.
 * @param {import('./grid.js').Grid} grid
 * @param {Cell[]} cells
 * @param {string} what was done
 * @param {string} [more] to be told
 */
export async function put(grid, cells, what, more = '') {
  const { edits, store } = grid.env
  await edits.flush()
  const before = new Map(cells.map(c => [c.line, grid.lines[c.line]]))
  let jobs = jobsOf(grid, cells)
  /** @type {{job: any, message: string, theirs?: string}[]} */
  const left = []
  let out
  try {
    for (let turn = 0; ; turn++) {
      out = jobs.length ? await store.edit(changesOf(jobs)) : { rev: 0, rows: [], refused: [], conflicts: [] }
      const no = refusals(jobs, out)
      if (!no.length || turn === 8) break
      left.push(...no)
      jobs = jobs.filter(j => !no.some(x => x.job === j))
    }
  } catch (err) {
    toast(`${what}没有做成：${err instanceof Error ? err.message : err}`, { level: 'error' })
    return
  }
  const made = newRows(jobs, out.rows || [])
  for (const j of jobs) {
    const row = j.row || made.get(j.line)
    if (row) edits.noted(row, j.key, j.text, out.rev)
    const l = before.get(j.line)
    if (l) edits.drop(l.spot, j.key)
  }
  for (const x of left) {
    const row = x.job.row || made.get(x.job.line)
    const l = before.get(x.job.line)
    const spot = row ? edits.spot({ id: row }, grid.table, grid.parent) : l && l.spot
    if (spot) edits.keep(spot, x.job.key, x.job.text, x.message, x.theirs)
  }
  if (made.size) grid.coming = { row: [...made.values()][0], key: cells[0] ? grid.columns[cells[0].column].key : '' }
  told(grid, cells, left, jobs.length ? out.rev : 0, what, more)
  store.refresh().catch(() => {})
}

/**
 * @param {import('./grid.js').Grid} grid
 * @param {Cell[]} cells
 */
function jobsOf(grid, cells) {
  return cells.filter(c => grid.columns[c.column]).map(c => {
    const line = grid.lines[c.line]
    const { key } = grid.columns[c.column]
    const row = (line && line.spot.row) || ''
    const was = row ? grid.env.edits.stands(line.spot, key).text : ''
    return { grid, line: c.line, row, after: (line && line.spot.after) || '', key, text: c.text, was }
  }).filter(j => (j.row ? j.text !== j.was : j.text !== ''))
}

/**
 * The changes of jobs: fields of rows that there are, and rows that are to be made, each behind the one before.
 * @param {any[]} jobs
 */
function changesOf(jobs) {
  const changes = jobs.filter(j => j.row).map(j => ({ op: 'set', row: j.row, key: j.key, text: j.text, was: j.was }))
  let before = ''
  for (const line of newLines(jobs)) {
    const of = jobs.filter(j => !j.row && j.line === line)
    const { grid, after } = of[0]
    changes.push(/** @type {any} */ ({
      op: 'insert', table: grid.table.name, parent: grid.parent, after: before || after, name: 'new' + line,
      values: of.map(j => ({ key: j.key, text: j.text })),
    }))
    before = 'new' + line
  }
  return changes
}

/** @param {any[]} jobs */
const newLines = jobs => [...new Set(jobs.filter(j => !j.row).map(j => j.line))].sort((a, b) => a - b)

/**
 * The rows that were made, by their lines.
 * @param {any[]} jobs
 * @param {string[]} rows
 */
const newRows = (jobs, rows) => new Map(newLines(jobs).map((line, i) => [line, rows[i]]))

/**
 * What did not go in, with the reason.
 * @param {any[]} jobs
 * @param {any} out
 */
function refusals(jobs, out) {
  const sets = jobs.filter(j => j.row)
  const lines = newLines(jobs)
  const found = []
  for (const r of out.refused || []) {
    const job = r.change < sets.length ? sets[r.change] : jobs.find(j => !j.row && j.line === lines[r.change - sets.length] && (j.key === r.key || !r.key))
    if (job) found.push({ job, message: r.message })
  }
  for (const c of out.conflicts || []) {
    for (const job of jobs.filter(j => j.row === c.row && (!c.key || j.key === c.key))) found.push({ job, message: c.what, theirs: c.theirs })
  }
  return found
}

/**
 * Says what was done, with a way back.
 * @param {import('./grid.js').Grid} grid
 * @param {Cell[]} cells
 * @param {any[]} left
 * @param {number} rev behind it, 0 where nothing was done
 * @param {string} what
 * @param {string} more
 */
function told(grid, cells, left, rev, what, more) {
  const { edits, store } = grid.env
  const first = grid.lines[0]
  const row = first && first.spot.row && store.state.row(first.spot.row)
  const unit = (row && row.unit) || '元'
  let sum = 0n
  let numbers = 0
  for (const c of cells) {
    const amount = isAmount(grid.columns[c.column]) ? read(plain(c.text), unit) : null
    if (amount === null) continue
    sum += amount
    numbers++
  }
  const says = [what, numbers && `金额合计 ${write(sum, unit)} ${unit}`, more, left.length && `${left.length} 格没有填进去，原因写在那一行下面`].filter(Boolean).join('，')
  const level = left.length ? 'warning' : ''
  if (rev) done(store, edits, says, rev, level)
  else toast(says, { level })
}
