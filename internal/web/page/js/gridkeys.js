/**
 * The keys of a grid. A box whose whole text is marked is a cell that one goes through; else the arrows belong to the text until
 * they reach its ends.
 */
import * as rows from './rows.js'
import { isLong } from './schema.js'

const PAGE = 12
/** A box that is higher has more than one line. */
const TWO = 40

/**
 * @param {import('./grid.js').Grid} grid
 * @param {KeyboardEvent} e
 */
export function keydown(grid, e) {
  const input = /** @type {HTMLInputElement} */ (e.target)
  const { line, column } = grid.where(input)
  if (column < 0 || e.defaultPrevented) return
  if (arrows(grid, e, input, line, column) || others(grid, e, input, line, column)) e.preventDefault()
}

/** Where the caret is in the text of a box. @param {HTMLInputElement} input */
function caret(input) {
  const text = typeof input.selectionStart === 'number'
  const from = text ? input.selectionStart || 0 : 0
  const to = text ? input.selectionEnd || 0 : 0
  const all = !text || (from === 0 && to === input.value.length)
  return { all, start: all || (to === 0), end: all || (from === input.value.length), lines: input.tagName === 'TEXTAREA' && input.clientHeight > TWO }
}

/**
 * @param {import('./grid.js').Grid} grid
 * @param {KeyboardEvent} e
 * @param {HTMLInputElement} input
 * @param {number} line
 * @param {number} column
 */
function arrows(grid, e, input, line, column) {
  if (e.ctrlKey || e.altKey || e.metaKey) return false
  const { all, start, end, lines } = caret(input)
  const { range } = grid
  const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], PageUp: [-PAGE, 0], PageDown: [PAGE, 0] }[/** @type {'ArrowUp'} */ (e.key)]
  if (!step) return false
  const [down, right] = step
  if (e.shiftKey) {
    if (right && !all && !range.wide) return false
    if (down && lines && !all && !range.wide) return false
    range.reach(range.to.line + down, range.to.column + right)
    return true
  }
  if (down < 0 ? lines && !start : down > 0 ? lines && !end : right < 0 ? !start : !end) return false
  grid.go(line + down, column + right)
  return true
}

/**
 * @param {import('./grid.js').Grid} grid
 * @param {KeyboardEvent} e
 * @param {HTMLInputElement} input
 * @param {number} line
 * @param {number} column
 */
function others(grid, e, input, line, column) {
  const { range } = grid
  const key = (e.ctrlKey || e.metaKey ? 'Ctrl+' : '') + (e.altKey ? 'Alt+' : '') + (e.shiftKey ? 'Shift+' : '') + (e.key.length === 1 ? e.key.toLowerCase() : e.key)
  switch (key) {
    case 'Enter': grid.go(line + 1, column); break
    case 'Shift+Enter': grid.go(line - 1, column); break
    case 'Alt+Enter':
      if (!isLong(grid.columns[column])) return false
      input.setRangeText('\n', input.selectionStart || 0, input.selectionEnd || 0, 'end')
      input.dispatchEvent(new Event('input', { bubbles: true }))
      break
    case 'Ctrl+Home': grid.go(0, 0); break
    case 'Ctrl+End': grid.go(grid.lines.length - 1, grid.columns.length - 1); break
    case 'Ctrl+d': range.down1(); break
    case 'Ctrl+a':
      if (!caret(input).all) return false
      range.everything()
      break
    case 'F2':
      if (typeof input.selectionStart === 'number') input.setSelectionRange(input.value.length, input.value.length)
      break
    case 'Escape': restore(grid, line, column); break
    case 'Delete':
    case 'Backspace':
      if (!range.wide) return false
      range.empty()
      break
    case 'Alt+Insert': rows.insert(grid); break
    case 'Ctrl+Shift+d': rows.duplicate(grid); break
    case 'Alt+Delete': rows.remove(grid); break
    case 'Alt+o':
      if (!grid.forms || !grid.lines[line].spot.row) return false
      grid.env.store.goto(grid.lines[line].spot.row, '')
      break
    default: return false
  }
  return true
}

/**
 * Makes a cell what it was when the cursor came, or unmarks what is marked.
 * @param {import('./grid.js').Grid} grid
 * @param {number} line
 * @param {number} column
 */
function restore(grid, line, column) {
  const c = grid.lines[line].cells[column]
  const { edits } = grid.env
  const before = grid.before
  if (grid.range.wide) {
    grid.range.from = grid.range.to = { line, column }
    return grid.range.tell()
  }
  const draft = edits.draft(c.spot, c.field.key)
  if (draft && draft.state !== 'typing') {
    edits.drop(c.spot, c.field.key)
    c.paint()
  }
  if (before && before.spot === c.spot && before.key === c.field.key && c.text() !== before.text) c.put(before.text)
  if (c.input instanceof HTMLInputElement || c.input instanceof HTMLTextAreaElement) c.input.select()
}
