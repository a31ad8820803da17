/**
 * 带入: files of the machine into the folder. A workbook of ours goes by sheet.js, what budget systems export is shown here as it
 * was understood, mended, and taken in.
 */
import { el } from './dom.js'
import { menu } from './menu.js'
import { toast } from './dialog.js'
import { post, upload } from './api.js'
import { amount, inLine, panel, button, check, choice, findings, pick, took } from './hand.js'
import { showSheet } from './sheet.js'
import { Answers, sheetPart, unitPart } from './importmap.js'

/**
 * @typedef {import('./hand.js').Finding} Finding
 * @typedef {{kind: string, table: string, what: string, field: string, old: string, new: string, amount: string, from: string}} Entry
 * @typedef {{refused: string[], twice: string[], strange: string, sheets: any[], asked: any[], units: any[], choices: any, found: Finding[], errors: number, nothing: string,
 *   counts: {kind: string, table: string, n: number, amount: string}[], changes: Entry[], same: number, forms: string[], form_kind: string[]}} Importing
 */

const ACCEPT = '.xlsx,.xls,.xlsm,.et,.csv,.txt,.tsv,.xml,.htm,.html'

/**
 * @param {HTMLElement|null} host
 * @param {any} store
 */
export function mount(host, store) {
  menu.add({ id: 'import', title: '带入填报表或导出表…', group: 'data', run: () => choose(store) })
  const carries = (/** @type {DragEvent} */ e) => e.dataTransfer && Array.from(e.dataTransfer.types).includes('Files')
  window.addEventListener('dragover', e => {
    if (!carries(e)) return
    e.preventDefault()
    e.dataTransfer.dropEffect = 'copy'
  })
  window.addEventListener('drop', e => {
    if (!carries(e)) return
    e.preventDefault() // else the browser leaves the page for the file
    if (document.querySelector('dialog[open]')) toast('先关上开着的这个窗口，再把文件拖进来', { level: 'warning' })
    else receive(store, Array.from(e.dataTransfer.files))
  })
  const given = new URLSearchParams(location.search).get('given')
  if (given) { // a file that was dropped on the program, and at home this folder chosen for it
    history.replaceState(null, '', location.pathname + location.hash)
    open(store, () => post('api/dropped', { given: Number(given) }))
  }
}

/** @param {any} store */
async function choose(store) {
  const files = await pick(ACCEPT, true)
  if (files.length) receive(store, files)
}

/**
 * @param {any} store
 * @param {File[]} files
 */
function receive(store, files) {
  const form = new FormData()
  for (const f of files) form.append('file', f, f.name)
  open(store, () => upload('api/import', form))
}

/**
 * Opens the dialog for what the program says of files.
 * @param {any} store
 * @param {() => Promise<any>} ask
 */
async function open(store, ask) {
  let taken = false
  const box = panel('带入', { wide: true, onclose: () => taken || post('api/drop').catch(() => {}) })
  const got = await box.working('正在读文件、与现在的数据比较……', () => inLine(store, ask))
  if (!got) return
  const again = () => {
    box.close()
    choose(store)
  }
  if (got.kind === 'sheet') showSheet(box, store, got, again)
  else if (got.kind === 'import') new Import(box, store, got, again, () => (taken = true)).draw()
  else box.close()
}

const KINDS = { new: '新增', changed: '改', kept: '文字不同，照现在的留着', gone: '导出表里没有了，不删', deleted: '删去' }
const ORDER = ['changed', 'deleted', 'gone', 'kept', 'new']

/** One import, from the first look to the end. */
class Import {
  /**
   * @param {any} box
   * @param {any} store
   * @param {{token: string, name: string, import: Importing}} got
   * @param {() => void} again
   * @param {() => void} taken
   */
  constructor(box, store, got, again, taken) {
    this.box = box
    this.store = store
    this.again = again
    this.taken = taken
    this.token = got.token
    this.now = got.import
    this.answers = new Answers()
    this.how = { form: '', delete: false }
    /** @type {Map<string, boolean>} which parts are open */
    this.opened = new Map()
  }

  /** Looks again with what was answered; the cursor stays where it is. */
  async look() {
    const at = document.activeElement && document.activeElement.id
    const got = await this.box.working('正在照所选的再认一遍……', () => inLine(this.store, () => post('api/import/look', { token: this.token, answers: this.answers.all(), form: this.how.form, delete: this.how.delete })))
    if (!got) return
    this.token = got.token
    this.now = got.import
    this.draw()
    const back = at && document.getElementById(at)
    if (back) back.focus()
  }

  /**
   * A part that is folded, and stays as it was left.
   * @param {string} id
   * @param {boolean} open
   * @param {any} title
   * @param {any[]} content
   */
  fold(id, open, title, content) {
    const part = el('details', { class: 'import-part', ontoggle: () => this.opened.set(id, part.open) }, el('summary', {}, title), content)
    part.open = this.opened.has(id) ? this.opened.get(id) : open
    return part
  }

  draw() {
    const { now, box } = this
    const wrong = now.found.filter(f => f.level === '错误')
    const rest = now.found.filter(f => f.level !== '错误')
    const n = now.changes.filter(c => c.kind === 'new' || c.kind === 'changed' || c.kind === 'deleted').length
    const may = !now.errors && !now.nothing && now.sheets.length > 0
    box.show([
      now.refused.length > 0 && el('ul', { class: 'list hand-bad' }, now.refused.map(s => el('li', {}, s))),
      now.twice.map(s => el('p', { class: 'hand-hint' }, s)),
      now.strange && el('p', { class: 'hand-says is-warn', role: 'alert' }, now.strange),
      wrong.length > 0 && el('section', { class: 'hand-part' }, el('h3', { class: 'hand-bad' }, `有 ${wrong.length} 处要先弄清，才能带入`), findings(wrong)),
      rest.length > 0 && this.fold('rest', rest.some(f => f.level === '警告'), `${wrong.length ? '另' : ''}有 ${rest.length} 处要留意，带入以前看一看`, [findings(rest)]),
      unitPart(now, this.answers, () => this.look()),
      now.sheets.map(s => this.sheet(s)),
      may && el('section', { class: 'hand-part' }, this.plan()),
      now.nothing && el('p', { class: 'hand-bad' }, now.nothing),
    ], [button('另选文件…', () => this.again()), button('取消', box.close),
      button(!may ? '还不能带入' : n ? `带入（改 ${n} 处）` : '没有要改的', () => this.take(), { primary: true, disabled: !may || !n })])
  }

  /** @param {any} s */
  sheet(s) {
    const open = !s.left && (s.failed > 0 || s.columns.some((/** @type {any} */ c) => c.filled > 0 && !c.unused && c.score < 100)) || this.now.errors > 0 && !s.skip
    const title = [el('b', {}, s.sheet), ` ${s.file}`, el('span', { class: s.left ? 'hand-hint' : 'import-kind' }, s.kind || '不认得'), el('span', { class: 'hand-hint' }, s.summary),
      s.account && el('span', { class: s.agreed ? 'hand-good' : 'hand-warn' }, s.account)]
    return this.fold(s.print + s.file + s.sheet, open, title, [sheetPart(s, this.now.choices, this.answers, () => this.look())])
  }

  /** What the import does. */
  plan() {
    const { now, how } = this
    const gone = now.changes.filter(c => c.kind === 'gone' || c.kind === 'deleted').length
    const lists = ORDER.map(kind => ({ kind, list: now.changes.filter(c => c.kind === kind) })).filter(x => x.list.length)
    return [
      el('h3', {}, now.changes.length ? '带入会改什么' : '与现在的数据一致，没有要改的'),
      el('table', { class: 'hand-table import-counts' }, el('thead', {}, el('tr', {}, ['做什么', '哪张表', '条数', '金额'].map((h, i) => el('th', { scope: 'col', class: i > 1 ? 'hand-number' : '' }, h)))),
        el('tbody', {}, now.counts.map(c => el('tr', {}, el('th', { scope: 'row' }, KINDS[c.kind]), el('td', {}, c.table), el('td', { class: 'hand-number' }, c.n), el('td', { class: 'hand-number' }, c.amount))),
          now.same > 0 && el('tr', {}, el('th', { scope: 'row' }, '相同，不用改'), el('td', {}), el('td', { class: 'hand-number' }, now.same), el('td', {})))),
      gone > 0 && check(`导出表里没有了的 ${gone} 条，从数据里删去`, how.delete, on => {
        how.delete = on
        this.look()
      }),
      now.forms.length > 0 && now.form_kind.length > 1 && el('p', {}, '新增的绩效目标表用表样 ',
        choice('表样', now.form_kind.map(k => /** @type {[string, string]} */ ([k, k])), now.forms[0], v => {
          how.form = v
          this.look()
        })),
      lists.map(x => this.fold('list-' + x.kind, x.kind !== 'new', `${KINDS[x.kind]} ${x.list.length} 处`, [entries(x.list, KINDS[x.kind])])),
    ]
  }

  async take() {
    const done = await this.box.working('正在带入……', () => inLine(this.store, () => post('api/import/take', { token: this.token })))
    if (!done) return
    this.taken()
    this.box.close()
    took(this.store, done)
  }
}

/** How many entries are shown at first. */
const MOST = 200

/**
 * @param {Entry[]} list
 * @param {string} what becomes of them
 */
function entries(list, what) {
  const body = el('tbody', {})
  const add = (/** @type {Entry[]} */ part) => part.forEach(c => {
    const gone = c.kind === 'gone' || c.kind === 'deleted'
    const was = gone ? c.amount : c.field ? c.old || '（空）' : ''
    const now = gone ? '没有' : c.field ? c.new : c.amount
    body.append(el('tr', {}, el('th', { scope: 'row' }, c.what, c.field && ' · ' + c.field),
      el('td', { class: 'hand-was' + amount(was) }, was), el('td', { class: 'hand-now' + amount(now) }, now), el('td', { class: 'hand-hint' }, c.from)))
  })
  add(list.slice(0, MOST))
  const more = list.length > MOST && button(`全部列出（还有 ${list.length - MOST} 处）`, () => {
    add(list.slice(MOST))
    more.remove()
  })
  return el('div', { class: 'hand-scroll', tabindex: '0', role: 'region', 'aria-label': what }, el('table', { class: 'hand-table' },
    el('thead', {}, el('tr', {}, ['哪一项', '现在', '导出表里', '在导出表的哪一格'].map(h => el('th', { scope: 'col' }, h)))), body), more)
}
