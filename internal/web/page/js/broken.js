/**
 * Files that cannot be read as data: what is wrong with them, and their texts, to be mended by hand.
 */
import { el, fill } from './dom.js'
import { dialog, toast } from './dialog.js'
import { problem } from './trouble.js'

/**
 * @param {HTMLElement} host
 * @param {any} store
 * @param {import('./cell.js').Env} env
 */
export function mount(host, store, env) {
  let drawn = ''
  const draw = () => {
    const all = store.state.broken || []
    const now = JSON.stringify(all)
    if (now === drawn) return
    drawn = now
    host.hidden = !all.length
    fill(host, all.length > 0 && el('details', { class: 'conflicts', open: true },
      el('summary', {}, `${all.length} 个文件的写法读不通，其中的内容可能没有读进来，要改原文`),
      all.map((/** @type {any} */ f) => el('div', { class: 'conflicts-item' },
        el('p', {}, el('b', {}, f.file), ' ', el('button', { type: 'button', class: 'button small', onclick: () => mend(f, store, env) }, '改原文')),
        f.problems.map((/** @type {any} */ p) => problem(p, store.state))))))
  }
  store.addEventListener('state', draw)
  draw()
}

/**
 * The text of a file, to be mended.
 * @param {any} file
 * @param {any} store
 * @param {import('./cell.js').Env} env
 */
function mend(file, store, env) {
  const where = el('span', { class: 'broken-where', role: 'status' })
  const text = el('textarea', { class: 'field-input broken-text', spellcheck: 'false', 'aria-label': file.file + ' 的原文', value: file.text })
  const tell = () => { where.textContent = `第 ${text.value.slice(0, text.selectionStart).split('\n').length} 行` }
  for (const name of ['click', 'keyup', 'input']) text.addEventListener(name, tell)
  const save = async () => {
    try {
      const out = await env.edits.make([{ op: 'text', file: file.file, was: file.text, text: text.value }])
      const no = (out.refused || [])[0]
      const clash = (out.conflicts || [])[0]
      if (!no && !clash) {
        box.close()
        return
      }
      toast('没有改成：' + (no ? no.message : '别处也改了这个文件，请先抄下自己的改动，关掉再打开'), { level: 'error' })
    } catch (err) {
      toast('没有改成：' + (err instanceof Error ? err.message : err), { level: 'error' })
    }
  }
  const box = dialog(file.file + ' 的原文', el('div', {}, file.problems.map((/** @type {any} */ p) => el('div', {}, p.place && el('small', {}, p.place), problem(p, store.state))), text,
    el('p', { class: 'dialog-buttons' }, where, el('button', { type: 'button', class: 'button primary', onclick: save }, '保存原文'))), { wide: true })
  text.focus()
  tell()
}
