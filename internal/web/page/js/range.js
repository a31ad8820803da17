/**
 * The cells of a grid that are marked together: with shift and arrows, or by drawing over them with the mouse.
 */
import { $$ } from './dom.js'
import { isAmount } from './schema.js'
import { read, write } from './money.js'
import { format } from './tsv.js'
import { put } from './paste.js'

export class Range {
  /** @param {import('./grid.js').Grid} grid */
  constructor(grid) {
    this.grid = grid
    this.from = { line: -1, column: -1 }
    this.to = { line: -1, column: -1 }
    this.drawing = false
    const { element } = grid
    element.addEventListener('mousedown', e => this.down(e))
    element.addEventListener('mouseover', e => this.over(e))
    element.addEventListener('copy', e => this.copy(e, false))
    element.addEventListener('cut', e => this.copy(e, true))
  }

  /** Whether more than one cell is marked. */
  get wide() {
    return this.from.line >= 0 && (this.from.line !== this.to.line || this.from.column !== this.to.column)
  }

  /** The corner cells. */
  get box() {
    return {
      top: Math.min(this.from.line, this.to.line), bottom: Math.max(this.from.line, this.to.line),
      left: Math.min(this.from.column, this.to.column), right: Math.max(this.from.column, this.to.column),
    }
  }

  /** The cursor is in a cell, and nothing else is marked. @param {number} line @param {number} column */
  at(line, column) {
    if (this.drawing || (this.to.line === line && this.to.column === column && this.wide)) return
    this.from = this.to = { line, column }
    this.tell()
  }

  /** Marks up to a cell. @param {number} line @param {number} column */
  reach(line, column) {
    const { lines, columns } = this.grid
    this.to = { line: Math.max(0, Math.min(line, lines.length - 1)), column: Math.max(0, Math.min(column, columns.length - 1)) }
    this.tell()
    const cell = lines[this.to.line].cells[this.to.column]
    if (cell) cell.node.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }

  /** Marks all rows that there are. */
  everything() {
    const last = this.grid.lines.filter(l => l.spot.row).length - 1
    this.from = { line: 0, column: 0 }
    this.reach(last, this.grid.columns.length - 1)
  }

  clear() {
    this.from = this.to = { line: -1, column: -1 }
    this.tell()
  }

  /** The cells that are marked. */
  cells() {
    if (this.from.line < 0) return []
    const { top, bottom, left, right } = this.box
    return this.grid.lines.slice(top, bottom + 1).map(l => l.cells.slice(left, right + 1))
  }

  /** Shows what is marked, and tells what it adds up to. */
  tell() {
    for (const td of $$('td.is-marked', this.grid.element)) td.classList.remove('is-marked')
    const cells = this.cells().flat()
    if (this.wide) for (const c of cells) /** @type {HTMLElement} */ (c.node.parentElement).classList.add('is-marked')
    const { store, unit } = this.grid.env
    let sum = 0n
    let numbers = 0
    let of = unit()
    for (const c of cells) {
      const row = c.spot.row && store.state.row(c.spot.row)
      const amount = isAmount(c.field) ? read(c.text(), (row && row.unit) || '元') : null
      if (amount === null) continue
      of = of || (row && row.unit) || '元'
      sum += amount
      numbers++
    }
    store.emit('selection', this.wide ? { cells: cells.length, numbers, sum: write(sum, of || '元'), unit: of } : null)
  }

  /** @param {MouseEvent} e */
  down(e) {
    const target = /** @type {HTMLElement} */ (e.target)
    const { line, column } = this.grid.where(target)
    if (column < 0 || e.button !== 0) return
    if (e.shiftKey && this.from.line >= 0) {
      e.preventDefault()
      return this.reach(line, column)
    }
    this.from = this.to = { line, column }
    this.tell()
    this.drawing = true
    window.addEventListener('mouseup', () => { this.drawing = false }, { once: true })
    const cell = this.grid.lines[line].cells[column]
    if (target !== cell.input && !cell.node.contains(target)) {
      e.preventDefault()
      cell.input.focus()
    }
  }

  /** @param {MouseEvent} e */
  over(e) {
    if (!this.drawing || e.buttons !== 1) return
    const { line, column } = this.grid.where(/** @type {HTMLElement} */ (e.target))
    if (column < 0 || (line === this.to.line && column === this.to.column)) return
    const selection = document.getSelection()
    if (selection) selection.removeAllRanges()
    this.reach(line, column)
  }

  /** @param {ClipboardEvent} e @param {boolean} cut */
  copy(e, cut) {
    if (!this.wide || !e.clipboardData) return
    e.clipboardData.setData('text/plain', format(this.cells().map(row => row.map(c => c.text()))))
    e.preventDefault()
    const { top, bottom, left, right } = this.box
    this.grid.env.store.emit('say', { text: `复制了 ${bottom - top + 1} 行 ${right - left + 1} 列` })
    if (cut) this.empty()
  }

  /** Empties the marked cells. */
  empty() {
    const { top, left } = this.box
    const cells = this.cells().flatMap((row, i) => row.map((c, k) => ({ line: top + i, column: left + k, text: '' })))
    return put(this.grid, cells.filter(c => this.grid.lines[c.line].spot.row), '清空')
  }

  /** Puts what stands in the first marked row into the others. */
  down1() {
    const { top, left } = this.box
    const cells = this.cells()
    if (cells.length < 2 && top > 0) {
      const above = this.grid.lines[top - 1].cells
      return put(this.grid, cells[0].map((c, k) => ({ line: top, column: left + k, text: above[left + k].text() })), '向下填充')
    }
    return put(this.grid, cells.slice(1).flatMap((row, i) => row.map((c, k) => ({ line: top + 1 + i, column: left + k, text: cells[0][k].text() }))), '向下填充')
  }
}
