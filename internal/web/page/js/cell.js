/**
 * The control of one field: what is typed, how it is shown, what became of it. Grids and forms are made of these.
 */
import { el, fill, newID } from './dom.js'
import { attach, codesOf, meant } from './codes.js'
import { display } from './money.js'
import { isAmount, isCode, isListed, isLong, isNumber } from './schema.js'
import { listControl } from './items.js'

/** Whether a text is what new folders have in fields that are still to be filled in. @param {string} text */
export const unfilled = text => text === '请填' || text === '请填。'

/**
 * What controls have of the page.
 * @typedef {Object} Env
 * @property {any} store
 * @property {import('./edits.js').Edits} edits
 * @property {() => string} unit that amounts are shown in, '' for that of their file
 */

/**
 * @typedef {Object} Control
 * @property {HTMLElement} node
 * @property {HTMLElement} input what gets the focus
 * @property {import('./schema.js').Field} field
 * @property {import('./edits.js').Spot} spot
 * @property {() => void} paint shows what stands
 * @property {(text: string) => void} put types a text
 * @property {() => string} text what is in it, as it would be typed
 */

/**
 * @param {Env} env
 * @param {import('./edits.js').Spot} spot
 * @param {import('./schema.js').Field} field
 * @param {{grid?: boolean, label: string}} options
 * @returns {Control}
 */
export function control(env, spot, field, options) {
  if (field.repeated) return listControl(env, spot, field, options)
  if (field.kind === 'bool') return choice(env, spot, field, options, [['', ''], ['true', '是'], ['false', '否']])
  const words = field.words && field.words.length && !field.open && !options.grid
  if (words) return choice(env, spot, field, options, ['', ...field.words].map(w => [w, w]))
  return written(env, spot, field, options)
}

/**
 * @param {Env} env
 * @param {import('./edits.js').Spot} spot
 * @param {import('./schema.js').Field} field
 */
function now(env, spot, field) {
  const { text } = env.edits.draft(spot, field.key) || env.edits.stands(spot, field.key)
  return unfilled(text) ? '' : text
}

/**
 * The marks by which others find the control.
 * @param {HTMLElement} node
 * @param {import('./edits.js').Spot} spot
 * @param {import('./schema.js').Field} field
 */
export function named(node, spot, field) {
  node.dataset.row = spot.row || ''
  node.dataset.table = spot.table
  node.dataset.key = field.key
}

/**
 * A choice among a few words. What stands there and is none of them is among them, marked.
 * @param {Env} env
 * @param {import('./edits.js').Spot} spot
 * @param {import('./schema.js').Field} field
 * @param {{grid?: boolean, label: string}} options
 * @param {string[][]} words value and what is read
 * @returns {Control}
 */
function choice(env, spot, field, options, words) {
  const input = el('select', { class: 'field-input', id: newID('f'), 'aria-label': options.grid ? options.label : null })
  const put = (/** @type {string} */ text) => {
    env.edits.type(spot, field.key, text)
    paint()
  }
  const paint = () => {
    const text = now(env, spot, field)
    named(input, spot, field)
    if (input.value === text && input.options.length) return
    const all = words.some(w => w[0] === text) ? words : [...words, [text, text + '（不在清单里）']]
    fill(input, all.map(([value, says]) => el('option', { value }, says)))
    input.value = text
  }
  input.addEventListener('change', () => put(input.value))
  paint()
  return { node: input, input, field, spot, paint, put, text: () => input.value }
}

/**
 * A field that is written.
 * @param {Env} env
 * @param {import('./edits.js').Spot} spot
 * @param {import('./schema.js').Field} field
 * @param {{grid?: boolean, label: string}} options
 * @returns {Control}
 */
function written(env, spot, field, options) {
  const long = isLong(field) || Boolean(options.grid && field.kind === 'text')
  const input = long
    ? el('textarea', { class: 'field-input field-text', rows: 1, spellcheck: 'false' })
    : el('input', { class: 'field-input', type: 'text', autocomplete: 'off', spellcheck: 'false' })
  input.id = newID('f')
  if (options.grid) input.setAttribute('aria-label', options.label)
  if (isAmount(field) || field.kind === 'whole') input.inputMode = 'decimal'
  if (isNumber(field)) input.classList.add('field-number')
  if (isNumber(field) && !isAmount(field)) input.classList.add('field-plain')
  if (field.kind === 'date') input.placeholder = '如 2026-02-10'
  const name = isCode(field) && isListed(field) ? el('span', { class: 'field-name', 'aria-hidden': 'true' }) : null
  const node = name ? el('div', { class: 'field-coded' }, input, name) : input
  let typed = -1 // since the focus came: when, by the count of what was taken back; else -1
  let busy = false // an input method is composing

  const focused = () => document.activeElement === input
  const unit = () => (spot.row && env.store.state.row(spot.row) || {}).unit || '元'
  const shown = (/** @type {string} */ text) => (isAmount(field) && !focused() ? display(text, unit(), env.unit()) : text)
  const show = (/** @type {string} */ text) => {
    if (input.value === text) return
    const caret = focused() ? [input.selectionStart, input.selectionEnd] : null
    input.value = text
    if (caret) input.setSelectionRange(caret[0], caret[1])
    if (long) grow(/** @type {HTMLTextAreaElement} */ (input))
  }
  const paint = () => {
    named(input, spot, field)
    const text = now(env, spot, field)
    if (!(focused() && (typed === env.edits.turns || busy))) show(shown(text))
    if (field.kind !== 'date') input.placeholder = unfilled(env.edits.stands(spot, field.key).text) ? '请填' : ''
    if (name) nameOf(field, text).then(says => { name.textContent = says })
  }
  const send = (/** @type {string} */ text) => {
    typed = env.edits.turns
    env.edits.type(spot, field.key, text)
    if (name) nameOf(field, text).then(says => { name.textContent = says })
  }
  const put = (/** @type {string} */ text) => {
    send(text)
    typed = -1
    show(shown(text))
  }
  // What is searched for is no value: it is sent when it is one, or when its author goes on.
  const settled = () => !isListed(field) || field.open || /^\d*$/.test(input.value)
  const commit = async () => {
    if (typed < 0 || settled()) return
    const list = field.words && field.words.length ? null : await codesOf(field.kind).catch(() => null)
    const text = list ? meant(list, input.value) : input.value
    if (text !== input.value && !focused()) input.value = text
    send(text)
  }
  input.addEventListener('input', () => {
    if (!isLong(field) && input.value.includes('\n')) input.value = input.value.replace(/\s*\n\s*/g, '')
    if (long) grow(/** @type {HTMLTextAreaElement} */ (input))
    typed = env.edits.turns
    if (!busy && settled()) send(input.value)
  })
  input.addEventListener('compositionstart', () => { busy = true })
  input.addEventListener('compositionend', () => {
    busy = false
    if (settled()) send(input.value)
  })
  input.addEventListener('focus', () => {
    typed = -1
    env.edits.enter()
    if (isAmount(field)) show(now(env, spot, field))
  })
  input.addEventListener('blur', () => {
    commit()
    typed = -1
    busy = false
    if (settled()) paint()
  })
  if (isListed(field) && !long) attach(/** @type {HTMLInputElement} */ (input), env.store, field, spot, put)
  if (long) grow(/** @type {HTMLTextAreaElement} */ (input))
  paint()
  return { node, input, field, spot, paint, put, text: () => (focused() || !isAmount(field) ? input.value : now(env, spot, field)) }
}

/** Boxes that are to be made as high as their texts, all at once: to measure each by itself lays the page out as often. */
const growing = new Set()

/**
 * Makes a box as high as its text, soon.
 * @param {HTMLTextAreaElement} box
 */
export function grow(box) {
  if (!growing.size) requestAnimationFrame(growAll)
  growing.add(box)
}

function growAll() {
  const boxes = [...growing].filter(b => b.isConnected && b.tagName === 'TEXTAREA')
  growing.clear()
  for (const b of boxes) b.style.height = 'auto'
  const heights = boxes.map(b => b.scrollHeight + b.offsetHeight - b.clientHeight)
  boxes.forEach((b, i) => { b.style.height = heights[i] + 'px' })
}


/**
 * What a code is called.
 * @param {import('./schema.js').Field} field
 * @param {string} text
 */
async function nameOf(field, text) {
  if (!text) return ''
  const list = await codesOf(field.kind).catch(() => [])
  const found = list.find(([code]) => code === text)
  return found ? found[1] : ''
}
