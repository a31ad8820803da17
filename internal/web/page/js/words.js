/**
 * What is said of files, for people who look at forms: tables and fields by what they are called here.
 */

/** @type {{tables: any, names: Map<string, string>}} */
let known = { tables: null, names: new Map() }

/**
 * What tables, fields and files are called. A key that means other things in other tables has no name by itself.
 * @param {any} state
 */
function namesOf(state) {
  if (known.tables === state.tables) return known.names
  const names = new Map()
  for (const t of state.tables) for (const f of t.fields) names.set(f.key, names.has(f.key) && names.get(f.key) !== f.title ? '' : f.title)
  for (const t of state.tables) for (const x of t.items || []) if (!names.has(x.key)) names.set(x.key, '“' + x.title + '”')
  for (const t of state.tables) if (t.file && !t.parent && !names.has(t.file)) names.set(t.file, '“' + t.title + '”')
  known = { tables: state.tables, names }
  return names
}

/**
 * A text about files as a text about the page.
 * @param {any} state
 * @param {string} text
 * @param {string} [table] that it is about
 */
export function plainly(state, text, table) {
  if (!text || !/[a-z]/.test(text)) return text
  const about = table && state.table(table)
  const name = (/** @type {string} */ key) => {
    const field = about && about.fields.find((/** @type {any} */ f) => f.key === key)
    return field ? field.title : namesOf(state).get(key) || ''
  }
  const tableName = (/** @type {string} */ key) => (state.table(key) || { title: '' }).title
  return text
    .replace(/[；，]?有哪些[键数]见 yusuan new 建立的 \S+$/, '')
    .replace(/；要印出的金额加得起来，模板写 rounding = "[a-z-]+"/, '').replace(/写明 unit(?![a-z_])/g, '写明单位')
    .replace(/写 true ?/g, '选“是”').replace(/写 false ?/g, '选“否”')
    .replace(/”（[a-z_.]+）/g, '”')
    .replace(/ ?\[\[?([a-z_.]+)\]\]? ?/g, (all, key) => (tableName(key) ? '“' + tableName(key) + '”' : all))
    .replace(/([a-z_]+) = …/g, (all, key) => (name(key) ? '“' + name(key) + '”' : all))
    .replace(/(^|[^A-Za-z0-9_./“"-])([a-z_]+(?:\.toml)?)(?! = )(?![A-Za-z0-9_./"-])/g, (all, before, word) => (name(word) ? before.trimEnd() + name(word) : all))
}

/**
 * A text about files where no form is at hand: without the place in the file, and without what the file calls things.
 * @param {string} text
 */
export const apart = text => text.replace(/\S+\.toml(?::\d+)* ?/g, '').replace(/”（[a-z_.]+）/g, '”').trim()
