/**
 * Blocks of cells as spreadsheets put them on the clipboard.
 */

/**
 * The cells of a text. A cell in quotes ends at a quote that a tab, a line end or the end follows, so that 5" 屏 stays what it is.
 * @param {string} text
 * @returns {string[][]}
 */
export function parse(text) {
  text = text.replace(/\r\n?/g, '\n').replace(/\n$/, '')
  /** @type {string[][]} */
  const rows = [[]]
  let i = 0
  for (;;) {
    const cell = quoted(text, i) || bare(text, i)
    rows[rows.length - 1].push(cell.value)
    i = cell.end
    if (i >= text.length) return rows
    if (text[i] === '\n') rows.push([])
    i++
  }
}

/**
 * @param {string} text
 * @param {number} from
 */
function bare(text, from) {
  let end = from
  while (end < text.length && text[end] !== '\t' && text[end] !== '\n') end++
  return { value: text.slice(from, end), end }
}

/**
 * @param {string} text
 * @param {number} from
 */
function quoted(text, from) {
  if (text[from] !== '"') return null
  for (let at = text.indexOf('"', from + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    if (text[at + 1] === '"') {
      at++
      continue
    }
    const next = text[at + 1]
    if (next === undefined || next === '\t' || next === '\n') {
      return { value: text.slice(from + 1, at).replace(/""/g, '"'), end: at + 1 }
    }
  }
  return null
}

/**
 * Cells as a text.
 * @param {string[][]} rows
 */
export function format(rows) {
  return rows.map(row => row.map(cell => (/[\t\n"]/.test(cell) ? '"' + cell.replace(/"/g, '""') + '"' : cell)).join('\t')).join('\n')
}
