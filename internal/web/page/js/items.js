/**
 * A field that is a list: an item a box. Enter begins the next item, backspace in an empty one removes it.
 */
import { el, fill, $$, newID, composing } from './dom.js'
import { unfilled, grow, named } from './cell.js'

/**
 * @param {import('./cell.js').Env} env
 * @param {import('./edits.js').Spot} spot
 * @param {import('./schema.js').Field} field
 * @param {{label: string}} options
 * @returns {import('./cell.js').Control}
 */
export function listControl(env, spot, field, options) {
  const list = el('ol', { class: 'items', 'aria-label': options.label })
  const node = el('div', { class: 'items-box', role: 'group', 'aria-label': options.label, tabindex: '-1' }, list)
  const words = field.words && field.words.length ? el('datalist', { id: newID('words') }, field.words.map(w => el('option', { value: w }))) : null
  if (words) node.append(words)
  node.append(el('button', { type: 'button', class: 'button quiet small', onclick: () => insert(boxes().length) }, '＋ 加一项'))

  const boxes = () => /** @type {HTMLTextAreaElement[]} */ ($$('.items-text', list))
  const stands = () => {
    const x = env.edits.draft(spot, field.key) || env.edits.stands(spot, field.key)
    return (x.items || (x.text ? [x.text] : [])).map(v => (unfilled(v) ? '' : v))
  }
  const send = () => env.edits.type(spot, field.key, '', boxes().map(b => b.value).filter(v => v.trim() !== ''))

  const insert = (/** @type {number} */ at, /** @type {string[]} */ texts = ['']) => {
    const before = list.children[at] || null
    for (const text of texts) list.insertBefore(item(text), before)
    renumber()
    boxes()[at + texts.length - 1].focus()
  }
  const remove = (/** @type {number} */ at) => {
    list.children[at].remove()
    renumber()
    send()
    const left = boxes()
    if (left.length) left[Math.max(0, at - 1)].focus()
    else node.focus()
  }
  const move = (/** @type {number} */ at, /** @type {number} */ step) => {
    const to = at + step
    const x = list.children[at]
    if (to < 0 || to >= list.children.length) return
    list.insertBefore(x, step < 0 ? list.children[to] : list.children[to].nextSibling)
    renumber()
    send()
    boxes()[to].focus()
  }
  const renumber = () => boxes().forEach((b, i) => {
    b.setAttribute('aria-label', `${options.label}，第 ${i + 1} 项`)
    named(b, spot, field)
    grow(b)
  })
  const indexOf = (/** @type {Element} */ x) => Array.from(list.children).indexOf(x)

  const item = (/** @type {string} */ text) => {
    /** @type {HTMLElement & {value: string, selectionStart: number, selectionEnd: number, setRangeText: Function, setSelectionRange: Function}} */
    const box = words
      ? el('input', { class: 'items-text field-input', type: 'text', list: words.id, value: text })
      : el('textarea', { class: 'items-text field-input field-text', rows: 1, spellcheck: 'false', value: text })
    const x = el('li', { class: 'items-item' }, box,
      el('span', { class: 'items-tools' },
        tool('↑', '上移', () => move(indexOf(x), -1)), tool('↓', '下移', () => move(indexOf(x), 1)), tool('×', '删去这一项', () => remove(indexOf(x)))))
    box.addEventListener('input', () => {
      grow(/** @type {HTMLTextAreaElement} */ (box))
      if (!box.dataset.composing) send()
    })
    box.addEventListener('focus', () => env.edits.enter())
    box.addEventListener('compositionstart', () => { box.dataset.composing = '1' })
    box.addEventListener('compositionend', () => {
      delete box.dataset.composing
      send()
    })
    box.addEventListener('keydown', (/** @type {KeyboardEvent} */ e) => {
      if (composing(e)) return
      if (e.key === 'Enter' && !e.shiftKey && !e.ctrlKey) split(box, x)
      else if (e.key === 'Backspace' && box.value === '' && list.children.length > 1) remove(indexOf(x))
      else if (e.altKey && e.key === 'ArrowUp') move(indexOf(x), -1)
      else if (e.altKey && e.key === 'ArrowDown') move(indexOf(x), 1)
      else return
      e.preventDefault()
    })
    box.addEventListener('paste', (/** @type {ClipboardEvent} */ e) => {
      const text = e.clipboardData ? e.clipboardData.getData('text/plain') : ''
      const lines = text.split(/\r?\n/).map(l => l.trim()).filter(Boolean)
      if (lines.length < 2) return
      e.preventDefault()
      box.setRangeText(lines[0], box.selectionStart || 0, box.selectionEnd || 0, 'end')
      insert(indexOf(x) + 1, lines.slice(1))
      send()
    })
    return x
  }
  const split = (/** @type {any} */ box, /** @type {Element} */ x) => {
    const at = box.selectionEnd || 0
    const rest = box.value.slice(at)
    box.value = box.value.slice(0, box.selectionStart || 0)
    insert(indexOf(x) + 1, [rest])
    const next = boxes()[indexOf(x) + 1]
    next.setSelectionRange(0, 0)
    send()
  }
  const paint = () => {
    const want = stands()
    const have = boxes()
    if (node.contains(document.activeElement) && env.edits.draft(spot, field.key)) return
    const full = have.filter(b => b.value.trim() !== '').map(b => b.value)
    if (have.length && JSON.stringify(full) === JSON.stringify(want.filter(v => v.trim() !== ''))) return
    const focus = have.indexOf(/** @type {HTMLTextAreaElement} */ (document.activeElement))
    const caret = focus >= 0 ? have[focus].selectionStart : 0
    fill(list, (want.length ? want : ['']).map(item))
    renumber()
    const again = focus >= 0 && boxes()[Math.min(focus, boxes().length - 1)]
    if (again) {
      again.focus()
      again.setSelectionRange(caret, caret)
    }
  }
  paint()
  boxes().forEach(grow)
  const control = {
    node, get input() { return boxes()[0] || node }, field, spot, paint,
    put: (/** @type {string} */ text) => {
      env.edits.type(spot, field.key, '', text === '' ? [] : text.split('\n'))
      paint()
    },
    text: () => stands().join('\n'),
  }
  return control
}

/**
 * @param {string} sign
 * @param {string} title
 * @param {() => void} run
 */
function tool(sign, title, run) {
  return el('button', { type: 'button', class: 'items-tool', title, 'aria-label': title, tabindex: '-1', onclick: run }, sign)
}
