/**
 * What handing out and taking in have in common: a dialog that works, lists of what would change, how it went.
 */
import { el, fill } from './dom.js'
import { dialog, toast } from './dialog.js'

/**
 * @typedef {{what: string, row: string, key: string, title: string, was: string, now: string, words: string}} Change
 * @typedef {{level: string, rule: string, message: string, hint: string, place: string}} Finding
 * @typedef {{why: string, saved: boolean, words: string}} Taken
 */

/**
 * A dialog whose content comes from the program: while it works it says so, and what fails is said in its place.
 * @param {string} title
 * @param {{wide?: boolean, onclose?: () => void}} [options]
 */
export function panel(title, options = {}) {
  const says = el('p', { class: 'hand-says', role: 'status', 'aria-live': 'polite' })
  const body = el('div', { class: 'hand-body' })
  const foot = el('div', { class: 'dialog-buttons hand-buttons' })
  const all = el('div', { class: 'hand', tabindex: '-1' }, says, body, foot)
  const box = dialog(title, all, options)
  box.node.classList.add('hand-dialog')
  all.focus() // nothing is begun by a key that is still held
  const tell = (/** @type {string} */ text, /** @type {string} */ kind) => {
    says.textContent = text
    says.className = 'hand-says' + (kind ? ' is-' + kind : '')
    says.setAttribute('role', kind === 'error' ? 'alert' : 'status')
  }
  return {
    close: box.close,
    body,
    tell,
    /** @param {any[]} content @param {any[]} buttons */
    show(content, buttons) {
      tell('', '')
      fill(body, content)
      fill(foot, buttons)
    },
    /**
     * Works, with the buttons shut. Says what failed; the content stays as it is.
     * @template T
     * @param {string} text
     * @param {() => Promise<T>} work
     * @returns {Promise<T|undefined>}
     */
    async working(text, work) {
      tell(text, 'busy')
      const all = /** @type {HTMLButtonElement[]} */ (Array.from(foot.querySelectorAll('button')))
      const were = all.map(b => b.disabled)
      for (const b of all) b.disabled = true
      try {
        const done = await work()
        tell('', '')
        return done
      } catch (err) {
        tell(/** @type {Error} */ (err).message, 'error')
        if (!foot.firstChild) fill(foot, button('关闭', box.close))
        return undefined
      } finally {
        all.forEach((b, i) => (b.disabled = were[i]))
      }
    },
  }
}

/**
 * Asks the program something that works with what is typed: all of it goes in first, and nothing overtakes the other.
 * @template T
 * @param {any} store
 * @param {() => Promise<T>} run
 * @param {boolean} [whole] what was refused must be mended first
 * @returns {Promise<T>}
 */
export async function inLine(store, run, whole = false) {
  /** @type {Promise<number>[]} of those who hold what is typed: how much of it is refused */
  const waits = []
  store.emit('settle', { waits })
  const left = (await Promise.all(waits)).reduce((a, b) => a + b, 0)
  if (whole && left > 0) throw new Error('有填了没有收进去的格子（标红的），先改好再生成')
  return store.queue(run)
}

/**
 * @param {string} title
 * @param {() => void} run
 * @param {{primary?: boolean, danger?: boolean, disabled?: boolean}} [how]
 */
export const button = (title, run, how = {}) => el('button', {
  type: 'button', class: 'button' + (how.primary ? ' primary' : '') + (how.danger ? ' danger' : ''), disabled: !!how.disabled, onclick: run,
}, title)

/**
 * A check box with its words.
 * @param {any} words
 * @param {boolean} on
 * @param {(on: boolean) => void} run
 * @param {boolean} [off]
 */
export function check(words, on, run, off = false) {
  const box = el('input', { type: 'checkbox', disabled: off, onchange: () => run(box.checked) })
  box.checked = on
  return el('label', { class: 'hand-check' }, box, el('span', {}, words))
}

/**
 * A list to choose from.
 * @param {string} label
 * @param {[string, string][]} options
 * @param {string} value
 * @param {(value: string) => void} run
 */
export function choice(label, options, value, run) {
  const list = el('select', { 'aria-label': label, onchange: () => run(list.value) }, options.map(([v, title]) => el('option', { value: v }, title)))
  list.value = value
  return list
}

/** How many of a list are shown at first. */
const MOST = 200

/**
 * The class of a cell that holds a number.
 * @param {string} text
 */
export const amount = text => /^-?[\d,]+(\.\d+)?元?$/.test(text) ? ' hand-number' : ''

/**
 * What would change: what, before, after. A row that is there already leads into its form.
 * @param {Change[]} changes
 * @param {any} store
 * @param {() => void} leave
 */
export function changeTable(changes, store, leave) {
  const body = el('tbody', {})
  const numbers = changes.every(c => !c.title || amount(c.was) || amount(c.now)) ? 'hand-number' : ''
  const add = (/** @type {Change[]} */ list) => {
    for (const c of list) {
      const link = store.state.row(c.row) && c.what !== 'delete'
      const name = c.title || c.words
      const head = el('th', { scope: 'row' }, link ? el('button', {
        type: 'button', class: 'hand-link', title: '到这一格', onclick: () => {
          leave()
          store.goto(c.row, c.key)
        },
      }, name) : name)
      if (c.title) body.append(el('tr', {}, head, el('td', { class: 'hand-was' + amount(c.was) }, c.was), el('td', { class: 'hand-now' + amount(c.now) }, c.now)))
      else {
        head.setAttribute('colspan', '3')
        head.className = 'hand-' + c.what
        body.append(el('tr', {}, head))
      }
    }
  }
  add(changes.slice(0, MOST))
  const rest = changes.slice(MOST)
  const more = rest.length > 0 && button(`全部列出（还有 ${rest.length} 处）`, () => {
    add(rest)
    more.remove()
  })
  return el('div', { class: 'hand-scroll', tabindex: '0', role: 'region', 'aria-label': '会改的地方' },
    el('table', { class: 'hand-table' },
      el('thead', {}, el('tr', {}, el('th', { scope: 'col' }, '哪一项'), el('th', { scope: 'col', class: numbers }, '原来'), el('th', { scope: 'col', class: numbers }, '改成'))), body),
    more)
}

/**
 * What was found in a file.
 * @param {Finding[]} found
 */
export function findings(found) {
  const line = (/** @type {Finding} */ f) => el('li', { class: 'hand-found' },
    el('span', { class: 'badge badge-' + (f.level === '错误' ? 'error' : f.level === '警告' ? 'warning' : 'note') }, f.level),
    el('div', {}, el('p', {}, f.place && el('b', {}, f.place + ' '), f.message), f.hint && el('p', { class: 'hand-hint' }, f.hint)))
  const list = el('ul', { class: 'list hand-list' }, found.slice(0, MOST).map(line))
  const rest = found.slice(MOST)
  const more = rest.length > 0 && button(`全部列出（还有 ${rest.length} 个）`, () => {
    list.append(...rest.map(line))
    more.remove()
  })
  return el('div', { class: 'hand-founds' }, list, more)
}

/**
 * Says that something was taken in, with the way back.
 * @param {any} store
 * @param {Taken} done
 */
export async function took(store, done) {
  await store.refresh().catch(() => {})
  const { rev } = store.state
  const undo = { title: '撤销', run: () => store.undo().then(() => toast('已撤销：' + done.why), (/** @type {Error} */ err) => toast(err.message, { level: 'error' })) }
  const note = done.words ? toast(done.why + '。' + done.words, { level: 'error', action: undo }) : toast('已经改好并保存：' + done.why, { action: undo })
  const later = () => { // taking back the last step would take back something else by then
    if (store.state.rev <= rev) return
    store.removeEventListener('state', later)
    note.close()
  }
  store.addEventListener('state', later)
}

/**
 * Asks for files of the machine.
 * @param {string} accept
 * @param {boolean} many
 * @returns {Promise<File[]>}
 */
export function pick(accept, many) {
  return new Promise(resolve => {
    const input = el('input', { type: 'file', accept, multiple: many, class: 'unseen', 'aria-label': '选文件', tabindex: '-1' })
    input.addEventListener('change', () => {
      resolve(Array.from(input.files || []))
      input.remove()
    })
    input.addEventListener('cancel', () => {
      resolve([])
      input.remove()
    })
    document.body.append(input)
    input.click()
  })
}

/** @param {number} bytes */
export const size = bytes => bytes < 1024 * 1024 ? Math.max(1, Math.round(bytes / 1024)) + ' KB' : (bytes / 1024 / 1024).toFixed(1) + ' MB'

/** @param {string|null} time */
export function when(time) {
  const d = time ? new Date(time) : null
  if (!d || isNaN(d.getTime()) || d.getFullYear() < 2000) return ''
  const two = (/** @type {number} */ n) => String(n).padStart(2, '0')
  const day = new Date().toDateString() === d.toDateString() ? '今天' : `${d.getFullYear() === new Date().getFullYear() ? '' : d.getFullYear() + '年'}${d.getMonth() + 1}月${d.getDate()}日`
  return `${day} ${two(d.getHours())}:${two(d.getMinutes())}`
}
