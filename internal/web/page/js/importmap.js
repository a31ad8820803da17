/**
 * What exports were taken for, to be looked at and mended: kinds of tables, units of money, what each column is, codes of units.
 */
import { el, newID } from './dom.js'
import { button, check, choice } from './hand.js'

/**
 * @typedef {{key: string, letter: string, head: string, role: string, fund: string, score: number, filled: number, note: string, unused: boolean, cells: string[]|null}} Column
 * @typedef {{file: string, sheet: string, title: string, place: string, print: string, kind: string, score: number, unit: string, unit_from: string, fund: string,
 *   skip: boolean, lenient: boolean, left: boolean, summary: string, account: string, agreed: boolean, failed: number, columns: Column[], notes: string[]}} Sheet
 * @typedef {{kinds: string[], roles: string[], units: string[], funds: string[]}} Choices
 * @typedef {{name: string, file: boolean, sheet: string, code: string, score: number}} Question
 */

/** Roles whose columns may be of one fund. */
const MONEY = ['金额', '合计', '人员经费', '公用经费', '基本支出', '项目支出', '结转金额', '年终结转']

/** What somebody answered. */
export class Answers {
  constructor() {
    /** @type {Map<string, any>} by fingerprint and name of the sheet */
    this.sheets = new Map()
    /** @type {Map<string, {name: string, file: boolean, sheet: string, code: string}>} */
    this.units = new Map()
  }

  /**
   * The answer for a sheet. It begins as what is sure of it, which holds for the whole sheet once anything is answered.
   * @param {Sheet} s
   */
  of(s) {
    const id = s.print + '\n' + s.sheet
    if (!this.sheets.has(id)) {
      this.sheets.set(id, {
        print: s.print, sheet: s.sheet, kind: s.kind, unit: s.unit_from === '所选的' ? s.unit : '', fund: '', skip: s.skip, lenient: s.lenient,
        columns: s.columns.filter(c => c.role && c.score >= 100).map(c => ({ key: c.key, role: c.role, fund: c.fund })),
      })
    }
    return this.sheets.get(id)
  }

  /**
   * @param {Sheet} s
   * @param {Column} c
   * @param {{role?: string, fund?: string}} now
   */
  column(s, c, now) {
    const of = this.of(s)
    const was = of.columns.find((/** @type {Column} */ x) => x.key === c.key) || { key: c.key, role: c.role, fund: c.fund }
    of.columns = of.columns.filter((/** @type {Column} */ x) => x.key !== c.key).concat(Object.assign({}, was, now))
  }

  all() {
    return { sheets: Array.from(this.sheets.values()), units: Array.from(this.units.values()) }
  }
}

/**
 * Words as options, with one for what is left to the program.
 * @param {string[]} words
 * @param {string} none
 * @returns {[string, string][]}
 */
const options = (words, none) => [/** @type {[string, string]} */ (['', none])].concat(words.map(w => /** @type {[string, string]} */ ([w, w])))

/**
 * A sheet: what it is, its columns, what was noted.
 * @param {Sheet} s
 * @param {Choices} choices
 * @param {Answers} answers
 * @param {() => void} look
 */
export function sheetPart(s, choices, answers, look) {
  const set = (/** @type {string} */ key) => (/** @type {any} */ value) => {
    answers.of(s)[key] = value
    look()
  }
  const named = (/** @type {string} */ title, /** @type {string} */ key, /** @type {[string, string][]} */ list, /** @type {string} */ value, /** @type {string} */ hint) => {
    const box = choice(`${s.sheet}的${title}`, list, value, set(key))
    box.id = `import-${s.print}-${key}-${s.sheet}`
    return el('label', { class: 'import-choice' }, el('span', {}, title), box, hint && el('span', { class: 'hand-hint' }, hint))
  }
  const columns = s.columns.filter(c => c.filled > 0 || c.role || (c.cells || []).length > 0)
  return el('div', { class: 'import-sheet' },
    s.title && el('p', { class: 'hand-hint' }, `“${s.title}”，表头在 ${s.place}`),
    el('div', { class: 'import-choices' },
      named('是什么表', 'kind', options(choices.kinds, '不认得'), s.kind, s.kind && s.score < 100 ? `${s.score} 分` : ''),
      named('金额单位', 'unit', options(choices.units, s.unit ? '各列自己写明' : '请选'), s.unit, s.unit_from),
      named('资金性质', 'fund', options(choices.funds, '照表里写的'), s.fund, ''),
      check('不导入这张表', s.skip, set('skip')),
      (s.failed > 0 || s.lenient) && check('合计不用核对', s.lenient, set('lenient'))),
    columns.length > 0 && el('div', { class: 'hand-scroll', tabindex: '0', role: 'region', 'aria-label': `${s.sheet}的各列` }, el('table', { class: 'hand-table import-columns' },
      el('thead', {}, el('tr', {}, ['列', '列头', '下面的头几格', '当作什么', '说明'].map(h => el('th', { scope: 'col' }, h)))),
      el('tbody', {}, columns.map(c => column(s, c, choices, answers, look))))),
    s.notes.map(n => el('p', { class: 'hand-hint' }, n)))
}

/**
 * @param {Sheet} s
 * @param {Column} c
 * @param {Choices} choices
 * @param {Answers} answers
 * @param {() => void} look
 */
function column(s, c, choices, answers, look) {
  const open = c.filled > 0 && !c.unused && !c.role
  const guess = c.role && c.score < 100 && !c.unused
  const roles = choice(`${c.letter} 列“${c.head}”当作什么`, options(choices.roles, '不认得'), c.role, role => {
    answers.column(s, c, { role })
    look()
  })
  roles.id = `import-${s.print}-${c.letter}-${s.sheet}`
  const funds = (c.fund || MONEY.includes(c.role)) && choice(`${c.letter} 列“${c.head}”是哪种资金`, options(choices.funds, '资金照别的列'), c.fund, fund => {
    answers.column(s, c, { fund })
    look()
  })
  if (funds) funds.id = `import-fund-${s.print}-${c.letter}-${s.sheet}`
  return el('tr', { class: open ? 'is-open' : guess ? 'is-guess' : '' }, el('td', {}, c.letter), el('th', { scope: 'row' }, c.head.split('/').join(' › ')),
    el('td', { class: 'import-cells' }, (c.cells || []).join('，')), el('td', { class: 'import-role' }, roles, funds),
    el('td', { class: 'hand-hint' }, open ? el('span', { class: 'hand-bad' }, '不认得，请选') : guess ? el('span', { class: 'hand-warn' }, `猜的，${c.score} 分`) : '', c.note && ' ' + c.note))
}

/**
 * Units of which the code is asked for.
 * @param {{asked: Question[], units: {code: string, name: string}[]}} now
 * @param {Answers} answers
 * @param {() => void} look
 */
export function unitPart(now, answers, look) {
  if (!now.asked.length) return ''
  const list = newID('units')
  return el('section', { class: 'hand-part' }, el('h3', {}, '单位'), el('p', { class: 'hand-hint' }, '导出表里只有名称、或者没有写单位的，是哪个单位：'),
    el('datalist', { id: list }, now.units.map(u => el('option', { value: u.code }, u.name))),
    now.asked.map((q, i) => {
      const say = () => {
        answers.units.set([q.file, q.name, q.sheet].join('\n'), { name: q.name, file: q.file, sheet: q.sheet, code: input.value.trim() })
        look()
      }
      const input = el('input', { class: 'field', list, id: 'import-unit-' + i, value: q.code, placeholder: '单位代码', onchange: say })
      const known = now.units.find(u => u.code === q.code)
      return el('p', { class: 'import-unit' + (q.code ? '' : ' is-open') }, el('label', { for: input.id }, q.file ? `文件“${q.name}”${q.sheet ? `的“${q.sheet}”` : ''}` : `“${q.name}”`), input,
        el('span', { class: 'hand-hint' }, known ? known.name : ''),
        q.code && q.score < 100 && [el('span', { class: 'hand-warn' }, `猜的，${q.score} 分`), button('对', say)])
    }))
}
