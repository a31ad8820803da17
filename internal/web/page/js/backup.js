/**
 * 备份和恢复, and 改动记录: how the data were, and who changed what.
 */
import { el } from './dom.js'
import { menu } from './menu.js'
import { get, post } from './api.js'
import { inLine, panel, button, changeTable, took, when } from './hand.js'

/**
 * @typedef {{number: number, time: string, when: string, why: string, files: string}} Kept
 * @typedef {{time: string, user?: string, kind: string, notes: {what: string, file: string, row?: string, key?: string, old?: string, new?: string, words: string}[]}} Step
 */

/**
 * @param {HTMLElement|null} host
 * @param {any} store
 */
export function mount(host, store) {
  menu.add({ id: 'backup', title: '备份和恢复…', group: 'file', run: () => backups(store) })
  menu.add({ id: 'journal', title: '改动记录…', group: 'file', run: () => journal(store) })
}

/** @param {any} store */
async function backups(store) {
  const box = panel('备份和恢复', { wide: true })
  const list = async () => {
    /** @type {Kept[]|undefined} */
    const states = await box.working('正在看留着哪些……', () => inLine(store, () => get('api/backup')))
    if (!states) return
    if (!states.length) {
      box.show([el('p', {}, '还没有备份：数据还没有被程序改过。每次改动以前，全部数据都会先留一份，最多留最近 50 份。')], [button('关闭', box.close)])
      return
    }
    box.show([
      el('p', { class: 'hand-hint' }, '每次改动以前，全部数据都先留一份，最多 50 份；逐格填报每小时留一份。恢复以前先给你看会改什么，恢复了也可以撤销。'),
      el('table', { class: 'hand-table' },
        el('thead', {}, el('tr', {}, ['时间', '这以后做了什么', '改了哪些部分', '恢复'].map(h => el('th', { scope: 'col' }, h)))),
        el('tbody', {}, states.map(s => el('tr', {}, el('th', { scope: 'row', class: 'backup-time' }, when(s.time)), el('td', {}, s.why), el('td', { class: 'backup-files', title: s.files }, parts(store.state, s.files)),
          el('td', {}, button('回到这以前…', () => look(s))))))),
    ], [button('关闭', box.close)])
  }
  const look = async (/** @type {Kept} */ s) => {
    const back = await box.working('正在比较……', () => inLine(store, () => get('api/backup/' + s.number)))
    if (!back) return
    const n = back.changes.length
    box.show([
      el('p', {}, '回到 ', el('b', {}, when(s.time)), ` “${s.why}”以前的样子`, n ? `，会改 ${n} 处：` : '：现在就是那个样子，没有要改的。'),
      n > 0 && changeTable(back.changes, store, box.close),
    ], [button('返回', list), button(n ? `恢复（改 ${n} 处）` : '不用恢复', async () => {
      const done = await box.working('正在恢复……', () => inLine(store, () => post('api/backup', { number: s.number })))
      if (!done) return
      box.close()
      took(store, done)
    }, { primary: true, disabled: !n })])
  }
  list()
}

/**
 * The files that a change wrote, by the parts of the form that they hold.
 * @param {any} state
 * @param {string} files 改 basic.toml，新增 performance/01.toml
 */
function parts(state, files) {
  const called = (/** @type {string} */ file) => {
    const top = file.replace(/\/.*/, '')
    const all = state.tables.filter((/** @type {any} */ t) => t.file && !t.parent && t.file.replace(/\/.*/, '') === top)
    const main = all.find((/** @type {any} */ t) => t.name && top.startsWith(t.name)) || all[0]
    return main ? `“${main.title}”` : ' ' + file
  }
  /** @type {Map<string, number>} */
  const counts = new Map()
  for (const said of files.split('，')) {
    const [, does, file] = said.match(/^(\S+) (\S+)$/) || ['', '', '']
    const words = does ? does + called(file) : said
    counts.set(words, (counts.get(words) || 0) + 1)
  }
  return Array.from(counts, ([words, n]) => (n > 1 ? `${words} ${n} 份` : words)).join('，')
}

const KINDS = { edit: '改动', undo: '撤销', redo: '重做', foreign: '在别处改的', solve: '解决冲突', broken: '' }

/** @param {any} store */
async function journal(store) {
  const box = panel('改动记录', { wide: true })
  const got = await box.working('正在读……', () => inLine(store, () => get('api/journal')))
  if (!got) return
  /** @type {Step[]} */
  const steps = got.steps
  const seek = el('input', { class: 'field', type: 'search', placeholder: '找：科目、项目、数、人', 'aria-label': '在改动记录里找', oninput: () => draw() })
  const body = el('tbody', {})
  const count = el('span', { class: 'hand-hint', role: 'status', 'aria-live': 'polite' })
  const more = el('p', {})
  let most = 200
  const draw = () => {
    const words = seek.value.trim()
    const found = steps.filter(s => !words || (s.user || '').includes(words) || s.notes.some(n => n.words.includes(words)))
    body.textContent = ''
    for (const s of found.slice(0, most)) body.append(line(s, words))
    count.textContent = words ? `找到 ${found.length} 条` : `共 ${steps.length} 条，最近的在前`
    more.textContent = ''
    if (found.length > most) {
      more.append(button(`再列 ${Math.min(200, found.length - most)} 条`, () => {
        most += 200
        draw()
      }))
    } else if (got.more) more.append('更早的没有列在这里，都在数据文件夹的 .yusuan/journal.jsonl 里。')
  }
  const line = (/** @type {Step} */ s, /** @type {string} */ words) => {
    const all = s.notes.filter(n => !words || n.words.includes(words) || (s.user || '').includes(words))
    const note = (/** @type {Step["notes"][0]} */ n) => n.row && store.state.row(n.row) && n.what !== 'delete'
      ? el('button', { type: 'button', class: 'hand-link', title: n.file, onclick: () => go(n) }, n.words)
      : el('span', { title: n.file }, n.words)
    const go = (/** @type {Step["notes"][0]} */ n) => {
      box.close()
      store.goto(n.row, n.key || '')
    }
    const rest = all.slice(3)
    return el('tr', {}, el('th', { scope: 'row', class: 'backup-time' }, when(s.time)), el('td', {}, s.user || ''), el('td', {}, [s.kind !== 'edit' && KINDS[s.kind], s.notes.length > 0 && s.notes[0].what === 'take' ? '成批改' : s.kind === 'edit' && KINDS.edit].filter(Boolean).join(' ')),
      el('td', {}, all.slice(0, 3).map(n => el('p', {}, note(n))), rest.length > 0 && el('details', {}, el('summary', {}, `另 ${rest.length} 处`), rest.map(n => el('p', {}, note(n))))))
  }
  box.show([
    el('div', { class: 'backup-seek' }, seek, count),
    steps.length ? el('table', { class: 'hand-table' }, el('thead', {}, el('tr', {}, ['时间', '谁', '做什么', '改了什么'].map(h => el('th', { scope: 'col' }, h)))), body)
      : el('p', {}, '还没有改动。以后每改一处，时间、谁改的、原来是什么、改成什么，都记在这里。'),
    more,
  ], [button('关闭', box.close)])
  draw()
  seek.focus()
}
