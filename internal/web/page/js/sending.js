/**
 * How what is typed goes to the program: a field, or a row that is to be made.
 */

/** How long somebody may stop before what he typed so far is told to be no value. */
const PATIENCE = 800

/** @param {string[]|null|undefined} a @param {string[]|null|undefined} b */
const same = (a, b) => JSON.stringify(a || []) === JSON.stringify(b || [])

/**
 * Sends what is typed into a field of a row.
 * @param {import('./edits.js').Edits} edits
 * @param {import('./edits.js').Draft} d
 */
export async function send(edits, d) {
  const { spot, key, text, items } = d
  const was = edits.stands(spot, key)
  const row = edits.single(spot)
  const change = { op: 'set', row: row || '', key, text, run: d.run, was: was.text, ...(items && { items }), ...(was.items && { was_items: was.items }) }
  if (!row) Object.assign(change, { table: spot.table, parent: spot.parent || '' })
  const out = await edits.store.edit([change])
  const no = (out.refused || [])[0]
  const clash = (out.conflicts || [])[0]
  if (no) {
    Object.assign(d, { state: 'refused', message: no.message })
    if (edits.at(document.activeElement) === d) {
      setTimeout(() => edits.tell(spot, key), PATIENCE)
      return
    }
  } else if (clash) Object.assign(d, { state: 'conflict', message: clash.what, theirs: clash.theirs })
  else {
    edits.sent.set((row || spot.table + '/' + (spot.parent || '')) + '\n' + key, { text, items, rev: out.rev })
    if (d.text === text && same(d.items, items)) edits.forget(d)
  }
  edits.tell(spot, key)
}

/**
 * Makes the row that was typed into.
 * @param {import('./edits.js').Edits} edits
 * @param {import('./edits.js').Draft} d
 */
export async function insert(edits, d) {
  const { spot } = d
  const all = [...(edits.drafts.get(spot) || new Map()).values()].filter(x => x === d || x.state === 'typing')
  const sent = all.filter(x => x.text !== '' || x.items).map(x => ({ d: x, text: x.text, items: x.items }))
  if (!sent.length) {
    for (const x of all) edits.forget(x)
    return edits.tell(spot, d.key)
  }
  for (const x of all) {
    clearTimeout(x.timer)
    edits.waiting.delete(x)
  }
  const values = sent.map(x => ({ key: x.d.key, text: x.text, ...(x.items && { items: x.items }) }))
  const out = await edits.store.edit([{ op: 'insert', table: spot.table, parent: spot.parent || '', after: spot.after || '', file: spot.file || '', run: d.run, values }])
  for (const no of out.refused || []) {
    const x = sent.find(s => s.d.key === no.key) || sent[0]
    Object.assign(x.d, { state: 'refused', message: no.message })
  }
  for (const clash of out.conflicts || []) Object.assign(d, { state: 'refused', message: clash.what })
  const row = (out.rows || [])[0]
  if (row) {
    spot.row = row
    edits.spots.set(row, spot)
  }
  for (const x of sent) {
    if (row) edits.sent.set(row + '\n' + x.d.key, { text: x.text, items: x.items, rev: out.rev })
    if (row && x.d.text === x.text) edits.forget(x.d)
    else if (x.d.state !== 'refused') edits.queue(x.d)
    edits.tell(spot, x.d.key)
  }
  if (row && spot.made) spot.made(row)
}
