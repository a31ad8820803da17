/**
 * What is typed and has not yet arrived, was refused, or clashes with what others typed. Changes go one after another, so that
 * none overtakes another; what does not go in stays here, and is shown, until its author mends it or drops it.
 */
import { insert, send } from './sending.js'

/**
 * The row that a field is in. `row` is null as long as there is none: typing makes it.
 * @typedef {Object} Spot
 * @property {string|null} row
 * @property {string} table
 * @property {boolean} many
 * @property {string} [parent]
 * @property {string} [after]
 * @property {string} [file]
 * @property {(row: string) => void} [made] told the row once there is one
 */

/**
 * @typedef {Object} Draft
 * @property {Spot} spot
 * @property {string} key
 * @property {string} text
 * @property {string[]|null} items
 * @property {'typing'|'refused'|'conflict'|'unsent'} state
 * @property {string} message
 * @property {string} theirs
 * @property {any} timer
 * @property {string} run what is typed without leaving the field is taken back at once
 */

/** Changes go one after another anyway, so that what is typed meanwhile waits together. */
const DELAY = 8
const AGAIN = 2000
/** Tells the runs of this window from those of others. */
const WINDOW = Math.random().toString(36).slice(2) + '.'

export class Edits extends EventTarget {
  /** @param {any} store */
  constructor(store) {
    super()
    this.store = store
    this.runs = 0
    /** How often something was taken back: what is typed before it is not shown any more. */
    this.turns = 0
    /** @type {Map<Spot, Map<string, Draft>>} */
    this.drafts = new Map()
    /** What went in and is not in the state yet. @type {Map<string, {text: string, items: string[]|null, rev: number}>} */
    this.sent = new Map()
    /** @type {Set<Draft>} */
    this.waiting = new Set()
    /** @type {Map<string, Spot>} */
    this.spots = new Map()
    /** @type {Promise<void>|null} */
    this.pumping = null
    store.addEventListener('state', () => this.settle())
  }

  /**
   * The spot of a row, the same each time, so that what did not go in is found again wherever the row is shown.
   * @param {any} row null for the row of a table that is there once, if it is not there yet
   * @param {{name: string, many: boolean}} table
   * @param {string} parent
   * @returns {Spot}
   */
  spot(row, table, parent) {
    const at = row && table.many ? row.id : table.name + '/' + parent
    let s = this.spots.get(at)
    if (!s) this.spots.set(at, (s = { row: row ? row.id : null, table: table.name, many: table.many, parent }))
    if (row) s.row = row.id
    return s
  }

  /**
   * What was typed into a field and is not in the data.
   * @param {Spot} spot
   * @param {string} key
   * @returns {Draft|undefined}
   */
  draft(spot, key) {
    const of = this.drafts.get(spot)
    return of && of.get(key)
  }

  /**
   * What stands in a field: what was sent, or else what the state has.
   * @param {Spot} spot
   * @param {string} key
   * @returns {{text: string, items: string[]|null}}
   */
  stands(spot, key) {
    const id = spot.row || this.single(spot)
    const sent = this.sent.get((id || spot.table + '/' + (spot.parent || '')) + '\n' + key)
    if (sent && sent.rev > this.store.state.rev) return sent
    const row = id && this.store.state.row(id)
    const value = row && row.values.find((/** @type {any} */ v) => v.key === key)
    return value ? { text: value.text || '', items: value.items || null } : { text: '', items: null }
  }

  /**
   * The row of a table that there is once.
   * @param {Spot} spot
   */
  single(spot) {
    if (spot.many) return spot.row
    const found = this.store.state.rowsOf(spot.table, spot.parent || '')[0]
    spot.row = found ? found.id : null
    return spot.row
  }

  /** The cursor comes into a field: what is typed from now on is taken back by itself. */
  enter() {
    this.runs++
  }

  /**
   * Takes what is typed; it is sent soon.
   * @param {Spot} spot
   * @param {string} key
   * @param {string} text
   * @param {string[]|null} [items] of a field that is a list
   */
  type(spot, key, text, items = null) {
    let of = this.drafts.get(spot)
    if (!of) this.drafts.set(spot, (of = new Map()))
    let d = of.get(key)
    if (!d) of.set(key, (d = { spot, key, text, items, state: 'typing', message: '', theirs: '', timer: 0, run: '' }))
    d.text = text
    d.items = items
    if (d.state === 'refused') d.state = 'typing'
    d.run = WINDOW + this.runs
    clearTimeout(d.timer)
    const draft = d
    d.timer = setTimeout(() => this.queue(draft), DELAY)
  }

  /**
   * Drops what was typed and did not go in.
   * @param {Spot} spot
   * @param {string} key
   */
  drop(spot, key) {
    const d = this.draft(spot, key)
    if (!d) return
    clearTimeout(d.timer)
    this.waiting.delete(d)
    this.forget(d)
    this.tell(spot, key)
  }

  /** Sends all that waits, and resolves when it has arrived or was refused. */
  async flush() {
    for (const of of this.drafts.values()) for (const d of of.values()) if (d.state === 'typing') this.queue(d)
    while (this.pumping) await this.pumping
  }

  /**
   * Notes what went in with other changes.
   * @param {string} row
   * @param {string} key
   * @param {string} text
   * @param {number} rev
   */
  noted(row, key, text, rev) {
    this.sent.set(row + '\n' + key, { text, items: null, rev })
  }

  /**
   * Keeps what did not go in.
   * @param {Spot} spot
   * @param {string} key
   * @param {string} text
   * @param {string} message
   * @param {string} [theirs] where it clashes
   */
  keep(spot, key, text, message, theirs) {
    const of = this.drafts.get(spot) || new Map()
    this.drafts.set(spot, of)
    of.set(key, { spot, key, text, items: null, state: theirs === undefined ? 'refused' : 'conflict', message, theirs: theirs || '', timer: 0, run: '' })
    this.tell(spot, key)
  }

  /** What did not go in of the field that an element is of. @param {Element|null} node */
  at(node) {
    if (!(node instanceof HTMLElement) || !node.dataset.key) return undefined
    const { row, key } = node.dataset
    const spot = [...this.drafts.keys()].find(s => (s.row || '') === row && s.table === node.dataset.table)
    return spot && this.draft(spot, key)
  }

  /** Whether changes of a row went in that the state does not have yet. @param {{row: string|null}} spot */
  fresh(spot) {
    return [...this.sent].some(([at, x]) => at.startsWith(spot.row + '\n') && x.rev > this.store.state.rev)
  }

  /** @returns {Draft[]} what did not go in */
  left() {
    return [...this.drafts.values()].flatMap(of => [...of.values()]).filter(d => d.state !== 'typing')
  }

  /**
   * Makes changes that are not typed into one field, all at once.
   * @param {any[]} changes
   */
  async make(changes) {
    await this.flush()
    return this.store.edit(changes)
  }

  /**
   * Takes back, or makes again.
   * @param {'undo'|'redo'} what
   */
  async turn(what) {
    await this.flush()
    this.sent.clear()
    this.turns++
    this.runs++
    return this.store[what]()
  }

  /** @param {Draft} d */
  queue(d) {
    clearTimeout(d.timer)
    this.waiting.add(d)
    if (!this.pumping) this.pumping = this.pump().finally(() => { this.pumping = null })
  }

  async pump() {
    for (const d of this.waiting) {
      this.waiting.delete(d)
      try {
        await (d.spot.many && !d.spot.row ? insert(this, d) : send(this, d))
      } catch (err) {
        d.state = 'unsent'
        d.message = '没有送到，过一会儿自动再送：' + (err instanceof Error ? err.message : String(err))
        d.timer = setTimeout(() => this.queue(d), AGAIN)
        this.tell(d.spot, d.key)
      }
    }
  }

  /**
   * Solves a clash of an own change: mine goes in over theirs, or is dropped.
   * @param {Draft} d
   * @param {boolean} mine
   */
  solve(d, mine) {
    if (!mine) return this.drop(d.spot, d.key)
    const at = (d.spot.row || d.spot.table + '/' + (d.spot.parent || '')) + '\n' + d.key
    this.sent.set(at, { text: d.items ? '' : d.theirs, items: d.items ? d.theirs.split('\n') : null, rev: Infinity })
    d.state = 'typing'
    this.queue(d)
  }

  /** What the state has needs no other memory. */
  settle() {
    const rev = this.store.state.rev
    for (const [at, x] of this.sent) if (x.rev <= rev) this.sent.delete(at)
  }

  /** @param {Draft} d */
  forget(d) {
    const of = this.drafts.get(d.spot)
    if (!of) return
    of.delete(d.key)
    if (!of.size) this.drafts.delete(d.spot)
  }

  /**
   * @param {Spot} spot
   * @param {string} key
   */
  tell(spot, key) {
    this.dispatchEvent(new CustomEvent('draft', { detail: { spot, key } }))
  }
}
