/**
 * 填报表: the workbook that is filled in elsewhere, out and back.
 */
import { el } from './dom.js'
import { menu } from './menu.js'
import { toast } from './dialog.js'
import { post } from './api.js'
import { inLine, button, changeTable, check, findings, took } from './hand.js'

/**
 * @typedef {import('./hand.js').Change} Change
 * @typedef {import('./hand.js').Finding} Finding
 * @typedef {{what: string, at: string, mine: string, theirs: string, base: string, known: boolean}} Clash
 * @typedef {{why: string, wrong: number, found: Finding[], conflicts: Clash[], deleted: {table: string, says: string, with: number}[], untouched: string[]}} Brought
 */

/**
 * @param {HTMLElement|null} host
 * @param {any} store
 */
export function mount(host, store) {
  menu.add({ id: 'sheet-out', title: '导出填报表（用 WPS、Excel 填）', group: 'data', run: () => out(store) })
}

/**
 * Makes the workbook and hands it to the browser's downloads.
 * @param {any} store
 */
async function out(store) {
  const wait = toast('正在导出填报表……')
  try {
    const made = await inLine(store, () => post('api/sheet/out'))
    const link = el('a', { href: made.url, download: made.name, class: 'unseen' })
    document.body.append(link)
    link.click()
    link.remove()
    toast(`已导出 ${made.name}，在浏览器的“下载”里。填好存盘后，用“数据”里的“带入”带回来；这里改了的，以后一样认得。`)
  } catch (err) {
    toast('没有导出：' + /** @type {Error} */ (err).message, { level: 'error' })
  }
  wait.close()
}

const shown = (/** @type {string} */ s) => s === '' ? el('span', { class: 'hand-hint' }, '空的') : s

/** @param {Clash[]} conflicts */
function clashes(conflicts) {
  return el('div', { class: 'hand-scroll', tabindex: '0', role: 'region', 'aria-label': '两边都改过的地方' }, el('table', { class: 'hand-table' },
    el('thead', {}, el('tr', {}, ['哪一格', '填报表里', '现在的数据', '导出时'].map(h => el('th', { scope: 'col' }, h)))),
    el('tbody', {}, conflicts.map(c => el('tr', {}, el('th', { scope: 'row' }, c.what, el('div', { class: 'hand-hint' }, c.at)), el('td', {}, shown(c.mine)), el('td', {}, shown(c.theirs)),
      el('td', {}, c.known ? shown(c.base) : el('span', { class: 'hand-hint' }, '不知道')))))))
}

/**
 * Shows what a workbook would change, and takes it in.
 * @param {any} box a panel
 * @param {any} store
 * @param {{token: string, name: string, sheet: Brought, changes?: Change[]}} got
 * @param {() => void} again chooses another file
 */
export function showSheet(box, store, got, again) {
  const { sheet } = got
  const changes = got.changes || []
  const name = el('p', { class: 'hand-file' }, '填报表：', el('b', {}, got.name))
  const other = button('另选文件…', again)
  if (sheet.wrong > 0) {
    box.show([name, el('p', { class: 'hand-bad' }, `有 ${sheet.wrong} 处看不懂，什么也没有改。在填报表里改正这几格，存盘，再选一次：`), findings(sheet.found)],
      [button('关闭', box.close), button('重新选文件…', again, { primary: true })])
    return
  }
  const said = { delete: false, theirs: false }
  const go = button('', async () => {
    const done = await box.working('正在带入……', () => inLine(store, () => post('api/sheet/take', { token: got.token, delete: said.delete, theirs: said.theirs })))
    if (!done) return
    box.close()
    took(store, done)
  }, { primary: true })
  const ready = () => {
    go.disabled = !changes.length || (sheet.deleted.length > 0 && !said.delete) || (sheet.conflicts.length > 0 && !said.theirs)
    go.textContent = changes.length ? `带入（改 ${changes.length} 处）` : '没有要带入的'
  }
  box.show([
    name,
    sheet.conflicts.length > 0 && el('section', { class: 'hand-part' }, el('h3', {}, `${sheet.conflicts.length} 处两边都改过`),
      el('p', { class: 'hand-hint' }, '导出填报表以后，这几格在填报表里和这里改得不一样。这里的先留着；要照填报表的，带入以后到那一格里改。'),
      clashes(sheet.conflicts), check('这几格照现在的数据留着', said.theirs, on => {
        said.theirs = on
        ready()
      })),
    sheet.deleted.length > 0 && el('section', { class: 'hand-part' }, el('h3', {}, `填报表里少了 ${sheet.deleted.length} 行`),
      el('ul', { class: 'list hand-list' }, sheet.deleted.map(d => el('li', {}, `${d.table}：${d.says}`, d.with > 0 && `，连同里面的 ${d.with} 项`))),
      check(`从数据里删去这 ${sheet.deleted.length} 行`, said.delete, on => {
        said.delete = on
        ready()
      })),
    el('section', { class: 'hand-part' }, el('h3', {}, changes.length ? `会改 ${changes.length} 处` : '与现在的数据一致，没有要改的'),
      changes.length > 0 && changeTable(changes, store, box.close)),
    sheet.untouched.length > 0 && el('ul', { class: 'hand-hint' }, sheet.untouched.map(s => el('li', {}, s))),
    sheet.found.length > 0 && el('details', {}, el('summary', {}, `填报表里还有 ${sheet.found.length} 处要留意`), findings(sheet.found)),
  ], [other, button('取消', box.close), go])
  ready()
}
