/**
 * The form of a row: a field a line, and beneath it what is wrong with it; behind the fields the tables that are in the row.
 */
import { el, fill, newID } from './dom.js'
import { control } from './cell.js'
import { Grid } from './grid.js'
import { troubles } from './trouble.js'
import { plainly } from './words.js'
import { formFields, isAmount, isLong, within } from './schema.js'

/** Letters that nobody needs counted. */
const FEW = 20

export class Form {
  /**
   * @param {import('./cell.js').Env} env
   * @param {import('./schema.js').Table} table
   * @param {any} row null where there is none yet
   * @param {string} parent
   */
  constructor(env, table, row, parent) {
    this.env = env
    this.table = table
    this.parent = parent
    this.spot = env.edits.spot(row, table, parent)
    /** @type {Map<string, {line: HTMLElement, control: import('./cell.js').Control, below: HTMLElement, count: HTMLElement|null}>} */
    this.lines = new Map()
    /** @type {(Form|Grid)[]} */
    this.parts = []
    this.fields = el('div', { class: 'form-fields' })
    this.above = el('div', { class: 'form-above' })
    this.inner = el('div', { class: 'form-inner' })
    this.node = el('section', { class: 'form' }, this.above, this.fields, this.inner)
    this.build()
    this.nest()
  }

  row() {
    const id = this.env.edits.single(this.spot)
    return id ? this.env.store.state.row(id) : null
  }

  build() {
    const { env, table } = this
    const fields = formFields(env.store, table, this.row(), this.parent)
    const keys = fields.map(f => f.key).join('\n')
    if (keys === this.keys) return
    this.keys = keys
    const nodes = fields.map(field => {
      const old = this.lines.get(field.key)
      const made = old || this.line(field)
      this.lines.set(field.key, made)
      return made.line
    })
    fill(this.fields, nodes)
    if (!fields.length && table.own) fill(this.fields, el('p', { class: 'form-none' }, '模板在这里没有要填的。'))
    for (const [, x] of this.lines) this.check(x)
  }

  /** @param {import('./schema.js').Field} field */
  line(field) {
    const { env, spot } = this
    const below = el('div', { class: 'field-below', id: newID('below') })
    const c = control(env, spot, field, { label: field.title })
    const help = plainly(env.store.state, field.help || '', this.table.name)
    const helpID = newID('help')
    const unit = isAmount(field) ? el('span', { class: 'field-unit' }) : null
    const count = isLong(field) ? el('span', { class: 'field-count', 'aria-hidden': 'true' }) : null
    const label = field.repeated
      ? el('span', { class: 'field-label' }, field.title)
      : el('label', { class: 'field-label', for: c.input.id }, field.title)
    if (field.required) {
      label.append(el('span', { class: 'field-must', title: '必填', 'aria-hidden': 'true' }, '必填'))
      if (!field.repeated) c.input.setAttribute('aria-required', 'true')
    }
    const wide = isLong(field) || field.repeated
    const line = el('div', { class: 'field' + (wide ? ' field-wide' : '') + (field.extra ? ' field-extra' : '') }, label,
      el('div', { class: 'field-body' }, el('div', { class: 'field-row' }, c.node, unit),
        el('div', { class: 'field-help', id: helpID }, help, count), below))
    if (isLong(field)) below.before(printed(c))
    if (!help && !count) line.querySelector('.field-help').remove()
    c.input.setAttribute('aria-describedby', [help && helpID, below.id].filter(Boolean).join(' '))
    line.addEventListener('focusin', () => env.store.focused(spot.row || '', field.key))
    line.addEventListener('input', () => this.counted(field.key))
    return { line, control: c, below, count, unit }
  }

  /** @param {string} key */
  counted(key) {
    const x = this.lines.get(key)
    if (!x || !x.count) return
    const text = x.control.text()
    const paragraphs = text.split('\n').filter(p => p.trim()).length
    const letters = text.replace(/\s/g, '').length
    const box = /** @type {HTMLElement|null} */ (x.line.querySelector('.field-paragraphs'))
    if (box) box.hidden = paragraphs < 2
    x.count.textContent = letters >= FEW || paragraphs > 1 ? `${letters} 字` + (paragraphs > 1 ? `，${paragraphs} 段` : '') : ''
  }

  /** Shows what is wrong with a field. @param {any} x */
  check(x) {
    const { env, spot } = this
    const { field } = x.control
    const { level, nodes } = troubles(env, spot, field.key)
    fill(x.below, nodes)
    const empty = field.required && !x.control.text()
    x.line.classList.toggle('has-error', level === 'error')
    x.line.classList.toggle('has-warning', level === 'warning')
    x.line.classList.toggle('is-missing', Boolean(empty) && level !== 'error')
    if (level === 'error') x.control.input.setAttribute('aria-invalid', 'true')
    else x.control.input.removeAttribute('aria-invalid')
    if (x.unit) {
      const row = this.row()
      const of = (row && row.unit) || '元'
      const shown = env.unit()
      x.unit.textContent = shown && shown !== of ? `显示为${shown}，照${of}填` : of
    }
    this.counted(field.key)
  }

  /** The tables in the row: those that there are once as forms, the others as grids. */
  nest() {
    const row = this.row()
    if (!row || this.parts.length) return
    for (const t of within(this.env.store.state, this.table.name)) {
      const part = t.many ? new Grid(this.env, t, row.id) : new Form(this.env, t, this.env.store.state.rowsOf(t.name, row.id)[0] || null, row.id)
      const id = newID('part')
      this.parts.push(part)
      this.inner.append(el('section', { class: 'form-part', 'aria-labelledby': id, dataset: { table: t.name } },
        el('h3', { id }, el('span', {}, t.title), t.what && el('small', {}, plainly(this.env.store.state, t.what))), part.node))
    }
  }

  /** Shows what is now. @param {Set<string>|null} rows that changed, null for all */
  paint(rows) {
    this.build()
    this.nest()
    const id = this.spot.row
    for (const x of this.lines.values()) {
      if (!rows || (id && rows.has(id))) x.control.paint()
      this.check(x)
    }
    const { nodes } = troubles(this.env, this.spot, '')
    fill(this.above, nodes)
    for (const part of this.parts) part.paint(rows)
  }

  /** Something became of what was typed in a row. @param {import('./edits.js').Spot} spot */
  touched(spot) {
    if (spot === this.spot) {
      for (const x of this.lines.values()) {
        x.control.paint()
        this.check(x)
      }
    }
    for (const part of this.parts) part.touched(spot)
  }

  /**
   * Puts the cursor into a field.
   * @param {string} row
   * @param {string} key
   * @returns {boolean} whether it is here
   */
  focus(row, key) {
    if (row === this.spot.row) {
      const x = this.lines.get(key) || this.lines.values().next().value
      if (!x) return false
      x.control.input.focus()
      x.line.scrollIntoView({ block: 'nearest' })
      return true
    }
    return this.parts.some(part => part.focus(row, key))
  }

  /** Forgets the row, when the form is put away. */
  close() {
    for (const part of this.parts) part.close()
  }
}

/**
 * The paragraphs of a text as they are printed, for whoever unfolds it.
 * @param {import('./cell.js').Control} control
 */
function printed(control) {
  const body = el('div', { class: 'field-printed' })
  const box = el('details', { class: 'field-paragraphs' }, el('summary', {}, '照印出的段落看'), body)
  const draw = () => { if (box.open) fill(body, control.text().split('\n').filter(t => t.trim()).map(t => el('p', {}, t.trim()))) }
  box.addEventListener('toggle', draw)
  control.input.addEventListener('input', draw)
  return box
}
