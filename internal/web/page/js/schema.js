/**
 * What the field table says of a table, as far as the page has to know: nothing here knows a table by its name.
 */

/**
 * @typedef {Object} Field
 * @property {string} key
 * @property {string} title
 * @property {string} kind
 * @property {boolean} [required]
 * @property {boolean} [names] a row is known by it
 * @property {boolean} [repeated]
 * @property {string[]} [words]
 * @property {boolean} [open]
 * @property {string} [help]
 * @property {string} [family] of a key of a pack that parts are put behind: its first part
 * @property {string} [form]
 * @property {boolean} [extra] nobody asks for it, but it is there
 */

/**
 * @typedef {Object} Table
 * @property {string} name
 * @property {string} title
 * @property {boolean} many
 * @property {string} parent
 * @property {string} [what]
 * @property {string} [own]
 * @property {boolean} [required]
 * @property {Field[]} fields
 * @property {Field[]} [items]
 */

/** Kinds whose values are looked up in a list. */
const CODED = ['unit', 'function', 'economic', 'classified', 'project', 'goal', 'template', 'part', 'form', 'figure', 'role', 'file']

/** @param {Field} f */
export const isAmount = f => f.kind === 'amount' || f.kind === 'amounts'

/** @param {Field} f */
export const isLong = f => f.kind === 'long' || f.kind === 'pasted'

/** @param {Field} f */
export const isNumber = f => isAmount(f) || f.kind === 'whole' || f.kind === 'year'

/** @param {Field} f */
export const isCode = f => f.kind === 'code' || f.kind === 'function' || f.kind === 'economic' || f.kind === 'classified' || f.kind === 'unit'

/**
 * Whether a field has a list that is searched while typing.
 * @param {Field} f
 */
export const isListed = f => CODED.includes(f.kind) || Boolean(f.words && f.words.length)

/**
 * The tables at the top of files, in their order. The one without a name is of the files themselves.
 * @param {any} state
 * @returns {Table[]}
 */
export const topTables = state => state.tables.filter((/** @type {Table} */ t) => t.name !== '' && !t.parent)

/**
 * The tables that are in a row of a table.
 * @param {any} state
 * @param {string} name
 * @returns {Table[]}
 */
export const within = (state, name) => state.tables.filter((/** @type {Table} */ t) => t.parent === name && t.name !== '')

/**
 * Whether rows of a table are filled in as forms, each by itself: they have tables of their own, lists or whole pages of text.
 * @param {any} state
 * @param {Table} table
 */
export const hasForm = (state, table) =>
  !table.many || within(state, table.name).length > 0 || table.fields.some(f => f.repeated || f.kind === 'pasted')

/**
 * The columns of the grid of a table.
 * @param {any} state
 * @param {Table} table
 * @returns {Field[]}
 */
export function columns(state, table) {
  const forms = hasForm(state, table)
  return table.fields.filter(f => !f.repeated && f.kind !== 'pasted' && !(forms && isLong(f)))
}

/**
 * The fields of the form of a row; of a table whose keys the pack gives, those that it asks for, and what else is there.
 * @param {any} store
 * @param {Table} table
 * @param {any} row null where nothing is typed yet
 * @param {string} parent the row that it is in
 * @returns {Field[]}
 */
export function formFields(store, table, row, parent) {
  if (!table.own) return table.fields
  const up = parent && store.state.row(parent)
  const says = up && (store.state.table(up.table) || table).fields.find((/** @type {Field} */ f) => f.kind === 'form')
  const form = says ? textOf(up, says.key) : ''
  const asked = (table.items || []).filter(x => !x.form || x.form === form)
  const plain = table.own === 'amounts' ? 'amount' : 'long'
  const fields = asked.map(x => (['', 'text', 'texts', 'amounts'].includes(x.kind) ? { ...x, kind: plain } : x))
  for (const v of row ? row.values : []) {
    if (fields.some(f => f.key === v.key)) continue
    const family = asked.find(f => f.family && v.key.startsWith(f.key + '.'))
    const title = family ? family.title + '：' + v.key.slice(family.key.length + 1) : v.key
    fields.push({ key: v.key, title, kind: plain, extra: !family, help: family ? '' : '模板没有问这一项' })
  }
  return fields
}

/**
 * What is typed in a field of a row.
 * @param {any} row
 * @param {string} key
 */
function valueOf(row, key) {
  return row ? row.values.find((/** @type {any} */ v) => v.key === key) : undefined
}

/**
 * @param {any} row
 * @param {string} key
 * @returns {string}
 */
export function textOf(row, key) {
  const v = valueOf(row, key)
  return v ? v.text || '' : ''
}

/**
 * @param {any} store
 * @param {any} row
 * @returns {any[]} the rows from the top of the file down to a row
 */
export function pathOf(store, row) {
  const path = []
  for (let r = row; r; r = r.parent ? store.state.row(r.parent) : null) path.unshift(r)
  return path
}
