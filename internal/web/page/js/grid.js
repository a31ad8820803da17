/**
 * The grid of a table: a row an entry, every cell a box of its own that has the caret before the first key comes, so that input
 * methods compose whole words.
 */
import { el, fill, newID, composing } from './dom.js'
import { control } from './cell.js'
import { troubled, troubles } from './trouble.js'
import { columns, hasForm, isAmount, isNumber, textOf } from './schema.js'
import { read, write } from './money.js'
import { Range } from './range.js'
import { paste } from './paste.js'
import { keydown } from './gridkeys.js'
import * as rows from './rows.js'
import { plainly } from './words.js'

/**
 * @typedef {Object} Line a row as it is shown
 * @property {import('./edits.js').Spot} spot
 * @property {HTMLTableSectionElement} body
 * @property {HTMLTableRowElement} tr
 * @property {HTMLElement} head
 * @property {import('./cell.js').Control[]} cells
 * @property {HTMLTableRowElement} note what is wrong with it
 * @property {HTMLElement} says
 */

export class Grid {
  /**
   * @param {import('./cell.js').Env} env
   * @param {import('./schema.js').Table} table
   * @param {string} parent the row that its rows are in
   */
  constructor(env, table, parent) {
    this.env = env
    this.table = table
    this.parent = parent
    this.forms = hasForm(env.store.state, table)
    /** Where the cursor goes once it is there. @type {{row: string, key: string}|null} */
    this.coming = null
    /** What the cell with the cursor said when it came. @type {any} */
    this.before = null
    this.hidden = 0
    /** @type {{title: string, run: () => void}|null} */
    this.toggle = null
    this.all = false // also columns that nothing stands in
    /** @type {Line[]} */
    this.lines = []
    /** @type {import('./schema.js').Field[]} */
    this.columns = []
    this.head = el('thead', {})
    this.foot = el('tfoot', {})
    this.element = el('table', { class: 'grid', 'aria-label': table.title }, this.head, this.foot)
    this.tools = el('div', { class: 'grid-tools', role: 'toolbar', 'aria-label': table.title + '的行' })
    this.node = el('div', { class: 'grid-box' }, this.tools, el('div', { class: 'grid-scroll' }, this.element))
    this.range = new Range(this)
    this.element.addEventListener('keydown', e => { if (!composing(e)) keydown(this, e) })
    this.element.addEventListener('paste', e => paste(this, e))
    this.element.addEventListener('focusin', e => this.focused(/** @type {HTMLElement} */ (e.target)))
    rows.tools(this)
    this.layout()
  }

  /** The rows that there are, and behind them one that typing makes. */
  layout() {
    this.columns = this.shown()
    this.lines.forEach(line => line.body.remove())
    this.lines = []
    this.drawHead()
    this.order()
  }

  /** The columns: those that something stands in, or has to. */
  shown() {
    const { state } = this.env.store
    const fields = columns(state, this.table)
    const there = state.rowsOf(this.table.name, this.parent)
    const used = fields.filter(f => f.required || isAmount(f) || (f.names && f.kind !== 'unit') || there.some((/** @type {any} */ r) =>
      textOf(r, f.key) !== '' || state.problemsOf(r.id, f.key).length) || this.lines.some(l => this.env.edits.draft(l.spot, f.key)))
    const wordy = !this.forms && fields.some(f => f.kind === 'text' || f.kind === 'long') // they are printed with all columns
    const few = fields.length <= 4 || wordy || this.all ? fields : used
    this.hidden = fields.length - few.length
    return few
  }

  drawHead() {
    this.foot.dataset.drawn = ''
    const toggle = () => {
      this.all = !this.all
      this.layout()
      rows.tools(this)
    }
    this.toggle = this.hidden || this.all ? { title: this.all ? '只留填了的栏' : `其他 ${this.hidden} 栏`, run: toggle } : null
    fill(this.head, el('tr', {}, el('th', { class: 'grid-no', scope: 'col' }, el('span', { class: 'unseen' }, '行号')),
      this.columns.map(f => el('th', { scope: 'col', class: 'grid-kind-' + f.kind, title: plainly(this.env.store.state, f.help || '', this.table.name) || null }, f.title,
        isAmount(f) && el('span', { class: 'grid-in' }), f.required && el('span', { class: 'field-must', title: '必填' }, el('span', { class: 'unseen' }, '，必填'))))))
    rows.tools(this)
  }

  /** Brings the rows shown into the order of the data. Rows not yet made keep their places. */
  order() {
    const { store, edits } = this.env
    const want = store.state.rowsOf(this.table.name, this.parent)
    const by = new Map(this.lines.filter(l => l.spot.row).map(l => [l.spot.row, l]))
    const unmade = this.lines.filter(l => !l.spot.row || (!store.state.row(l.spot.row) && edits.fresh(l.spot)))
    const focus = document.activeElement
    /** @type {Line[]} */
    const next = want.map((/** @type {any} */ r) => by.get(r.id) || this.line(edits.spot(r, this.table, this.parent)))
    for (const l of unmade) {
      if (next.includes(l)) continue
      const at = l.spot.after ? next.findIndex(x => x.spot.row === l.spot.after) : -1
      next.splice(at < 0 ? next.length : at + 1, 0, l)
    }
    const last = next[next.length - 1]
    if (!last || last.spot.row || last.spot.after) next.push(this.line(this.blank()))
    for (const l of this.lines) if (!next.includes(l)) l.body.remove()
    let before = /** @type {Element|null} */ (this.head.nextSibling)
    next.forEach((l, i) => {
      if (l.body !== before) this.element.insertBefore(l.body, before)
      else before = /** @type {Element|null} */ (before.nextElementSibling)
      this.number(l, i)
    })
    this.lines = next
    if (focus instanceof HTMLElement && focus !== document.activeElement && focus.isConnected) focus.focus()
    this.sum()
    if (this.coming && store.state.row(this.coming.row)) {
      const { row, key } = this.coming
      this.coming = null
      this.focus(row, key)
    }
  }

  /**
   * A row that is not made.
   * @param {string} [after]
   * @returns {import('./edits.js').Spot}
   */
  blank(after = '') {
    return { row: null, table: this.table.name, many: true, parent: this.parent, after }
  }

  /** @param {import('./edits.js').Spot} spot @returns {Line} */
  line(spot) {
    const head = el('th', { class: 'grid-no', scope: 'row' })
    const cells = this.columns.map(f => control(this.env, spot, f, { grid: true, label: f.title }))
    const says = el('td', { class: 'grid-says', colspan: String(this.columns.length + 1), id: newID('says') })
    const note = el('tr', { class: 'grid-note', hidden: true }, says)
    const tr = el('tr', { class: 'grid-row' }, head, cells.map(c => el('td', { class: (isNumber(c.field) ? 'n ' : '') + 'grid-kind-' + c.field.kind }, c.node)))
    const body = el('tbody', {}, tr, note)
    const line = { spot, body, tr, head, cells, note, says }
    if (!spot.row) spot.made = () => this.made(line)
    this.check(line)
    return line
  }

  /** What was typed made a row: the cells stay, with the caret in them. @param {Line} line */
  made(line) {
    for (const c of line.cells) c.paint()
    if (this.lines[this.lines.length - 1] === line) {
      const next = this.line(this.blank())
      this.lines.push(next)
      this.element.insertBefore(next.body, this.foot)
      this.number(next, this.lines.length - 1)
    }
    this.number(line, this.lines.indexOf(line))
    this.env.store.focused(line.spot.row || '', '')
  }

  /** @param {Line} line @param {number} i */
  number(line, i) {
    const { title } = (line.spot.row && this.env.store.state.row(line.spot.row)) || { title: '' }
    const drawn = [i, line.spot.row, title].join('\n')
    if (line.tr.dataset.drawn === drawn) return
    line.tr.dataset.drawn = drawn
    line.body.classList.toggle('is-blank', !line.spot.row)
    const no = line.spot.row ? String(i + 1) : '＋'
    if (this.forms && line.spot.row) {
      const id = line.spot.row
      fill(line.head, el('button', { type: 'button', class: 'grid-open', tabindex: '-1', title: '打开这一项', 'aria-label': `打开第 ${no} 行${title ? '：' + title : ''}`, onclick: () => this.env.store.goto(id, '') }, no))
    } else fill(line.head, no)
    line.cells.forEach(c => c.input.setAttribute('aria-label', `${c.field.title}，${line.spot.row ? '第 ' + (i + 1) + ' 行' : '新的一行'}`))
  }

  /** Shows what is wrong with a row. @param {Line} line */
  check(line) {
    const drawn = troubled(this.env, line.spot) + line.cells.map(c => (c.field.required && line.spot.row && c.text() === '' ? '0' : '1')).join('')
    if (line.note.dataset.drawn === drawn) return
    line.note.dataset.drawn = drawn
    const all = []
    const take = (/** @type {string} */ key, /** @type {import('./cell.js').Control|null} */ c, /** @type {string} */ title) => {
      const { level, nodes: says } = troubles(this.env, line.spot, key)
      const draft = this.env.edits.draft(line.spot, key)
      const waits = c && c.input.getAttribute('placeholder') === '请填' && c.text() === '' && (!draft || draft.state === 'typing')
      const nodes = waits ? [] : says // the cell says itself that it is to be filled in; a line for each would double the table
      if (c) {
        const td = /** @type {HTMLElement} */ (c.node.parentElement)
        td.classList.toggle('has-error', level === 'error')
        td.classList.toggle('has-warning', level === 'warning')
        td.classList.toggle('is-missing', !level && Boolean(c.field.required && line.spot.row) && c.text() === '')
        if (level === 'error') c.input.setAttribute('aria-invalid', 'true')
        else c.input.removeAttribute('aria-invalid')
        if (nodes.length) c.input.setAttribute('aria-describedby', line.says.id)
        else c.input.removeAttribute('aria-describedby')
      }
      for (const n of nodes) all.push(el('div', { class: 'grid-trouble' }, title && el('b', {}, title), n))
    }
    take('', null, '')
    for (const c of line.cells) take(c.field.key, c, c.field.title)
    for (const f of this.table.fields) if (!line.cells.some(c => c.field.key === f.key)) take(f.key, null, f.title)
    if (!all.length && line.note.hidden) return
    fill(line.says, all)
    line.note.hidden = !all.length
  }

  /** Shows what is now. @param {Set<string>|null} changed rows, null for all */
  paint(changed) {
    if (this.shown().length > this.columns.length && !this.node.contains(document.activeElement)) this.layout()
    this.order()
    for (const line of this.lines) {
      if (!changed || !line.spot.row || changed.has(line.spot.row)) for (const c of line.cells) c.paint()
      this.check(line)
    }
    this.sum()
    this.range.tell()
  }

  /** Something became of what was typed in a row. @param {import('./edits.js').Spot} spot */
  touched(spot) {
    const line = this.lines.find(l => l.spot === spot)
    if (!line) return
    for (const c of line.cells) c.paint()
    this.check(line)
  }

  /** The sums beneath, in the unit that is shown. */
  sum() {
    const { store, unit } = this.env
    const there = store.state.rowsOf(this.table.name, this.parent)
    const of = unit() || (there[0] && there[0].unit) || '元'
    for (const s of this.head.querySelectorAll('.grid-in')) if (s.textContent !== '（' + of + '）') s.textContent = '（' + of + '）'
    const sums = this.columns.map(f => isAmount(f) && there.reduce((/** @type {bigint} */ n, /** @type {any} */ r) => n + (read(textOf(r, f.key), r.unit) || 0n), 0n))
    const drawn = of + sums.join()
    if (this.foot.dataset.drawn === drawn && this.foot.firstChild) return
    this.foot.dataset.drawn = drawn
    this.foot.hidden = there.length < 2 || !sums.some(s => s !== false)
    fill(this.foot, el('tr', {}, el('th', { class: 'grid-no', scope: 'row' }, '计'),
      this.columns.map((f, i) => el('td', { class: isAmount(f) ? 'n' : '' }, sums[i] !== false && write(/** @type {bigint} */ (sums[i]), of)))))
  }

  /** @param {HTMLElement} input */
  where(input) {
    const td = input.closest('td')
    const line = this.lines.findIndex(l => td && l.tr === td.parentElement)
    const column = line < 0 ? -1 : this.lines[line].cells.findIndex(c => c.node.parentElement === td)
    return { line, column }
  }

  /** @param {HTMLElement} input */
  focused(input) {
    const { line, column } = this.where(input)
    if (column < 0) return
    const { spot } = this.lines[line]
    const c = this.lines[line].cells[column]
    this.before = { spot, key: c.field.key, text: this.env.edits.draft(spot, c.field.key) ? this.env.edits.stands(spot, c.field.key).text : c.text() }
    this.range.at(line, column)
    this.env.store.focused(spot.row || '', c.field.key)
    this.env.store.emit('help', { title: c.field.title, help: plainly(this.env.store.state, c.field.help || '', this.table.name) })
  }

  /**
   * Puts the cursor into a cell.
   * @param {number} line
   * @param {number} column
   */
  go(line, column) {
    const l = this.lines[Math.max(0, Math.min(line, this.lines.length - 1))]
    const c = l && l.cells[column]
    if (!c) return
    c.input.focus()
    if (c.input instanceof HTMLInputElement || c.input instanceof HTMLTextAreaElement) c.input.select()
    c.node.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }

  /** Puts the cursor into a field of a row. @param {string} row @param {string} key @returns {boolean} whether it is here */
  focus(row, key) {
    const line = this.lines.findIndex(l => l.spot.row === row)
    if (line < 0) return false
    let column = this.columns.findIndex(f => f.key === key)
    if (column < 0 && key && columns(this.env.store.state, this.table).some(f => f.key === key)) {
      this.all = true
      this.layout()
      column = this.columns.findIndex(f => f.key === key)
    }
    this.go(line, Math.max(0, column))
    return true
  }

  close() {
    this.range.clear()
  }
}
