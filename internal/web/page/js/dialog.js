/**
 * Dialogs, questions and passing notes.
 */
import { el, $, newID } from './dom.js'

/**
 * Opens a dialog over the page. The focus goes back where it was when it closes.
 * @param {string} title
 * @param {Node} content
 * @param {{wide?: boolean, onclose?: () => void}} [options]
 */
export function dialog(title, content, options = {}) {
  const before = /** @type {HTMLElement|null} */ (document.activeElement)
  const id = newID('dialog')
  const shut = () => box.close()
  const box = el('dialog', { class: 'dialog' + (options.wide ? ' dialog-wide' : ''), 'aria-labelledby': id },
    el('header', { class: 'dialog-head' },
      el('h2', { id }, title),
      el('button', { type: 'button', class: 'button quiet', 'aria-label': '关闭', onclick: shut }, '×')),
    el('div', { class: 'dialog-body' }, content))
  box.addEventListener('close', () => {
    box.remove()
    if (before && before.isConnected) before.focus()
    if (options.onclose) options.onclose()
  })
  document.body.append(box)
  box.showModal()
  const first = $('.dialog-body input:not([disabled]), .dialog-body select, .dialog-body textarea', box)
  if (first) first.focus({ preventScroll: true }) // a field rather than the button that closes it
  return { close: shut, node: box }
}

/**
 * Says something at the foot of the page for a while; what can be done about it stays until it is done or put away.
 * @param {string} text
 * @param {{action?: {title: string, run: () => void}, level?: string}} [options]
 */
export function toast(text, options = {}) {
  const { action, level } = options
  let timer = 0
  const shut = () => {
    clearTimeout(timer)
    note.remove()
  }
  const note = el('div', { class: 'toast' + (level ? ' toast-' + level : '') },
    el('span', { class: 'toast-text' }, text),
    action && el('button', {
      type: 'button', class: 'button quiet toast-action', onclick: () => {
        shut()
        action.run()
      },
    }, action.title),
    el('button', { type: 'button', class: 'button quiet', 'aria-label': '收起', onclick: shut }, '×'))
  const wait = () => {
    clearTimeout(timer)
    if (level !== 'error') timer = setTimeout(shut, action ? 12000 : 6000)
  }
  note.addEventListener('mouseenter', () => clearTimeout(timer))
  note.addEventListener('mouseleave', wait)
  note.addEventListener('focusin', () => clearTimeout(timer))
  note.addEventListener('focusout', wait)
  for (const old of Array.from(shelf().children)) if (old.textContent === note.textContent) old.remove()
  shelf().append(note)
  wait()
  return { close: shut }
}

/** The place of notes, which screen readers read out. */
function shelf() {
  const found = $('#toasts')
  if (found) return found
  const made = el('div', { id: 'toasts', role: 'status', 'aria-live': 'polite' })
  document.body.append(made)
  return made
}

/**
 * Asks before something is done. Escape and 取消 do nothing.
 * @param {string} title
 * @param {string} text
 * @param {string|(() => void)} yes what the button says, or what is done
 * @returns {Promise<boolean>}
 */
export function confirm(title, text, yes = '确定') {
  return new Promise(resolve => {
    let answer = false
    const says = typeof yes === 'string' ? yes : '确定'
    const done = (/** @type {boolean} */ value) => () => {
      answer = value
      box.close()
    }
    const no = el('button', { type: 'button', class: 'button', onclick: done(false) }, '取消')
    const go = el('button', { type: 'button', class: 'button primary', onclick: done(true) }, says)
    const box = dialog(title, el('div', {}, el('p', { class: 'dialog-text' }, text), el('p', { class: 'dialog-buttons' }, no, go)), {
      onclose: () => {
        if (answer && typeof yes === 'function') yes()
        resolve(answer)
      },
    })
    go.focus()
  })
}
