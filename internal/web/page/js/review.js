/**
 * What is marked to be looked at, since it was taken from last year or guessed: each with a way to its field, and a tick.
 */
import * as api from './api.js'
import { el, fill, $ } from './dom.js'
import { confirm, dialog, toast } from './dialog.js'
import { menu } from './menu.js'

/**
 * @typedef {{id: string, row: string, key: string, place: string, line: number, title: string, text: string, words: string}} Mark
 */

/**
 * @param {HTMLElement} _host
 * @param {import('./store.js').Store} store
 */
export function mount(_host, store) {
  menu.add({ id: 'review', title: '请核对的各处…', group: 'data', run: () => show(store) })
  store.addEventListener('review', () => show(store))
}

/** @param {import('./store.js').Store} store */
async function show(store) {
  const list = el('ul', { class: 'review-list' })
  const says = el('p', { class: 'review-says', role: 'status' })
  const all = el('button', { type: 'button', class: 'button', hidden: true }, '全部核对过了')
  const box = dialog('请核对的各处', el('div', { class: 'review' },
    el('p', { class: 'review-why' }, '这些由上年转来，或由导出表推定。看过一处、改好一处，就点“核对过了”，标记随即去掉；点名称到那一栏去改。'),
    says, list, el('p', { class: 'dialog-buttons' }, all)), { wide: true })
  /** @type {Mark[]} */
  let marks = []

  const draw = async () => {
    try {
      marks = await api.get('api/reviews')
    } catch (err) {
      says.textContent = '没有列出来：' + /** @type {Error} */ (err).message
      return
    }
    says.textContent = marks.length ? `还有 ${marks.length} 处` : '没有要核对的了。'
    all.hidden = marks.length < 2
    fill(list, marks.map(item))
  }
  /** @param {string[]} ids @param {number} at where the focus is to be */
  const done = async (ids, at) => {
    try {
      await api.post('api/reviewed', { ids })
    } catch (err) {
      toast('没有去掉：' + /** @type {Error} */ (err).message, { level: 'error' })
    }
    await draw()
    const ticks = list.querySelectorAll('.review-tick')
    const next = ticks[Math.min(at, ticks.length - 1)] || $('.dialog-head button', box.node)
    if (next instanceof HTMLElement) next.focus()
  }
  /** @param {Mark} m @param {number} i */
  const item = (m, i) => {
    const title = m.title || '整个文件 ' + m.place
    const go = () => {
      box.close()
      store.goto(m.row, m.key)
    }
    return el('li', { class: 'review-item' },
      el('div', { class: 'review-what' },
        m.row ? el('button', { type: 'button', class: 'review-go', onclick: go }, title) : el('span', { class: 'review-file' }, title),
        m.text && el('span', { class: 'review-text' }, m.text),
        m.words && m.row && el('span', { class: 'review-words' }, m.words)),
      el('button', { type: 'button', class: 'button small review-tick', 'aria-label': '核对过了：' + title, onclick: () => done([m.id], i) }, '核对过了'))
  }
  all.addEventListener('click', async () => {
    if (await confirm('全部核对过了', `${marks.length} 处标记一起去掉，可以撤销。都看过了吗？`, '都看过了')) done(marks.map(m => m.id), 0)
  })
  await draw()
}
