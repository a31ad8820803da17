/**
 * What is said of files, for people who look at forms: tables and fields by what they are called here.
 */

/** @type {{tables: any, names: Map<string, string>}} */
let known = { tables: null, names: new Map() }

/**
 * What tables, fields and files are called.
 * @param {any} state
 */
function namesOf(state) {
  if (known.tables === state.tables) return known.names
  const names = new Map()
  const add = (/** @type {string} */ key, /** @type {string} */ title) => {
    if (key && !names.has(key)) names.set(key, title)
  }
  for (const t of state.tables) add(t.name, t.title)
  for (const t of state.tables) if (t.file && !t.parent) add(t.file, '“' + t.title + '”')
  for (const t of state.tables) for (const f of t.fields) add(f.key, f.title)
  known = { tables: state.tables, names }
  return names
}

/**
 * A text about files as a text about the page.
 * @param {any} state
 * @param {string} text
 */
export function plainly(state, text) {
  if (!text || !/[a-z]/.test(text)) return text
  const names = namesOf(state)
  return text
    .replace(/[；，]?有哪些[键数]见 yusuan new 建立的 \S+$/, '')
    .replace(/写 true ?/g, '选“是”').replace(/写 false ?/g, '选“否”')
    .replace(/”（[a-z_.]+）/g, '”')
    .replace(/\[\[?([a-z_.]+)\]\]?/g, (all, name) => (names.has(name) ? '“' + names.get(name) + '”' : all))
    .replace(/([a-z_]+) = …/g, (all, key) => (names.has(key) ? '“' + names.get(key) + '”' : all))
    .replace(/(^|[^A-Za-z0-9_./“"-])([a-z_]+(?:\.toml)?)(?![A-Za-z0-9_./"-])/g, (all, before, word) => (names.has(word) ? before.trimEnd() + names.get(word) : all))
}
