/**
 * 生成: the files that are handed out, and the PDF to look at before it is printed.
 */
import { el } from './dom.js'
import { menu } from './menu.js'
import { get, post } from './api.js'
import { inLine, panel, button, check, size, when } from './hand.js'

/**
 * @typedef {{form: string, title: string, reader: string, name: string, there: string|null, taken: string, chosen: boolean}} Form
 * @typedef {{errors: number, warnings: {rule: string, message: string, place: string}[]}} Found
 * @typedef {Found & {into: string, why: string, forms: Form[], strip: boolean, comments: number}} Making
 * @typedef {Found & {into: string, files: {form: string, title: string, name: string, size: number, pages: number, hash: string, url: string}[]}} Made
 */

/**
 * @param {HTMLElement|null} host
 * @param {any} store
 */
export function mount(host, store) {
  let says = ''
  const entry = () => {
    const title = store.state.errors ? `生成公开文件（还有 ${store.state.errors} 处错误）…` : '生成公开文件…'
    if (title === says) return
    says = title
    menu.add({ id: 'make', title, group: 'make', run: () => make(store) })
  }
  entry()
  store.addEventListener('state', entry)
  menu.add({ id: 'print', title: '预览付印稿', group: 'make', run: () => print(store) })
}

/**
 * Tells what keeps a document from being made, and leads there.
 * @param {any} store
 */
function blocked(store) {
  const { state } = store
  const errors = state.problems.filter((/** @type {any} */ p) => p.level === 'error')
  const box = panel(`还有 ${state.errors} 处错误，不能生成`)
  const go = (/** @type {any} */ p) => {
    box.close()
    store.goto(p.row, p.key || '')
  }
  const first = errors.find((/** @type {any} */ p) => p.row)
  box.show([
    el('p', {}, '错误都改好才能生成，免得错的数公开出去。先看这几处：'),
    el('ul', { class: 'list hand-list' }, errors.slice(0, 8).map((/** @type {any} */ p) => el('li', {}, p.row
      ? el('button', { type: 'button', class: 'hand-link', onclick: () => go(p) }, p.message) : p.message))),
    errors.length > 8 && el('p', { class: 'hand-hint' }, `还有 ${errors.length - 8} 处，都在“问题”里。`),
  ], [button('关闭', box.close), first && button('去改第一处', () => go(first), { primary: true })])
}

/** @param {any} store */
function print(store) {
  if (store.state.errors > 0) blocked(store)
  else window.open('print', '_blank', 'noopener')
}

/** @param {any} store */
function make(store) {
  if (store.state.errors > 0) {
    blocked(store)
    return
  }
  const box = panel('生成公开文件', { wide: true })
  const wish = { into: '', forms: /** @type {string[]} */ ([]), strip: false }
  let asked = false
  const look = async () => {
    /** @type {Making|undefined} */
    const now = await box.working('正在保存、核对……', () => inLine(store, () => get('api/make?into=' + encodeURIComponent(wish.into)), true))
    if (!now) return
    if (now.errors > 0) { // something was typed meanwhile
      box.close()
      store.refresh().then(() => blocked(store), () => {})
      return
    }
    if (!asked) {
      wish.forms = now.forms.filter(f => f.chosen).map(f => f.form)
      wish.strip = now.strip
      asked = true
    }
    wish.into = now.into
    draw(now)
  }
  const draw = (/** @type {Making} */ now) => {
    const run = button('', () => go(), { primary: true })
    const ready = () => {
      const chosen = now.forms.filter(f => wish.forms.includes(f.form))
      const bad = chosen.some(f => f.taken)
      run.disabled = !chosen.length || bad || !!now.why
      run.textContent = chosen.length ? `生成 ${chosen.length} 种` : '先选要做成什么'
    }
    box.show([places(now, wish, look), forms(now, wish, ready), warnings(now), strip(now, wish)],
      [el('a', { class: 'button', href: 'print', target: '_blank', rel: 'noopener' }, '先预览付印稿'), button('取消', box.close), run])
    ready()
  }
  const go = async () => {
    /** @type {Made|undefined} */
    const made = await box.working('正在生成……', () => inLine(store, () => post('api/make', wish), true))
    if (made && made.errors > 0) {
      box.close()
      store.refresh().then(() => blocked(store), () => {})
    } else if (made) done(box, made)
  }
  look()
}

/**
 * Where the files go.
 * @param {Making} now
 * @param {{into: string}} wish
 * @param {() => void} look
 */
function places(now, wish, look) {
  const input = el('input', {
    class: 'field hand-wide', id: 'make-into', value: now.into, spellcheck: 'false', autocomplete: 'off', 'aria-describedby': 'make-into-why', 'aria-invalid': now.why ? 'true' : null,
    onchange: () => {
      wish.into = input.value
      look()
    },
  })
  const seek = async () => {
    const { pickFolder } = await import('./folders.js')
    const dir = await pickFolder({ title: '生成的文件放在哪里', start: now.into, takes: kind => (kind === 'data' ? '这是放数据的文件夹，生成的文件不放在里面。' : '') })
    if (!dir) return
    wish.into = dir
    look()
  }
  return el('div', { class: 'make-into' }, el('label', { for: 'make-into' }, '文件放在'), input, button('选…', seek),
    el('p', { class: now.why ? 'hand-bad' : 'hand-hint', id: 'make-into-why' }, now.why || '平常放在数据文件夹的旁边；要换地方，点“选…”，或者把文件夹的完整路径贴在这里。同名的旧文件换成新的，不是本程序做的不动。'))
}

/**
 * @param {Making} now
 * @param {{forms: string[]}} wish
 * @param {() => void} ready
 */
function forms(now, wish, ready) {
  return el('fieldset', { class: 'make-forms' }, el('legend', {}, '做成'), now.forms.map(f => {
    const state = f.taken ? el('span', { class: 'hand-bad' }, '　' + f.taken) : f.there ? el('span', { class: 'hand-hint' }, `；已有${when(f.there)}生成的，换成新的`) : ''
    return el('div', { class: 'make-form' }, check([el('b', {}, f.title), ' ' + f.reader], wish.forms.includes(f.form), on => {
      wish.forms = on ? wish.forms.concat(f.form) : wish.forms.filter(x => x !== f.form)
      ready()
    }), el('div', { class: 'make-name' }, f.name, state))
  }))
}

/** @param {Found} now */
function warnings(now) {
  const n = now.warnings.length
  if (!n) return el('p', { class: 'hand-good' }, '没有错误，也没有警告。')
  return el('details', { class: 'make-warnings' }, el('summary', {}, `没有错误；有 ${n} 处警告，照样可以生成，先看一看`),
    el('ul', { class: 'list hand-list' }, now.warnings.map(w => el('li', {}, el('span', { class: 'badge badge-warning' }, w.rule), ' ' + w.message))))
}

/**
 * @param {Making} now
 * @param {{strip: boolean}} wish
 */
function strip(now, wish) {
  if (!now.comments) return ''
  if (now.strip) return el('p', { class: 'hand-hint' }, 'PDF、OFD 里带的数据不带备注（数据里写明了）。')
  return check([`PDF、OFD 里带的数据不带备注（${now.comments} 处）`, el('span', { class: 'hand-hint' }, ' 它们带着全部填报数据，供核对；不勾，备注也会公开。')],
    wish.strip, on => (wish.strip = on))
}

/**
 * Shows what was made.
 * @param {any} box a panel
 * @param {Made} made
 */
function done(box, made) {
  const rows = made.files.map(f => el('tr', {}, el('th', { scope: 'row' }, f.title), el('td', {}, el('a', { href: f.url, download: f.name }, f.name)),
    el('td', { class: 'hand-number' }, f.pages ? `${f.pages} 页` : ''), el('td', { class: 'hand-number' }, size(f.size)), el('td', {}, el('code', { class: 'make-hash', title: 'SHA-256：' + f.hash }, f.hash.slice(0, 8)))))
  const close = button('完成', box.close, { primary: true })
  box.show([
    el('p', { class: 'hand-good' }, `已经生成 ${made.files.length} 个文件，放在：`),
    el('p', { class: 'make-where' }, made.into),
    el('table', { class: 'hand-table' }, el('thead', {}, el('tr', {}, ['形式', '文件（点一下另存一份）', '页数', '大小', '校验值'].map(h => el('th', { scope: 'col', class: h === '页数' || h === '大小' ? 'hand-number' : '' }, h)))), el('tbody', {}, rows)),
  ], [close])
  box.tell(`已经生成 ${made.files.length} 个文件`, 'unseen')
  close.focus()
}
