/**
 * The foot of the page: whether what is typed is saved, what is marked adds up to, the unit that amounts are shown in.
 */
import { el, fill } from './dom.js'
import { toast } from './dialog.js'

/**
 * @param {HTMLElement} host
 * @param {any} store
 * @param {import('./cell.js').Env & {setUnit: (unit: string) => void}} env
 */
export function mount(host, store, env) {
  const saved = el('span', { class: 'status-saved', role: 'status', 'aria-live': 'polite' })
  const again = el('button', { type: 'button', class: 'button small', hidden: true, onclick: () => save(store, env) }, '再保存一次')
  const left = el('button', { type: 'button', class: 'button quiet small status-left', hidden: true, onclick: () => first(store, env) })
  const help = el('span', { class: 'status-help' })
  const sum = el('span', { class: 'status-sum', role: 'status', 'aria-live': 'polite' })
  const unit = el('select', { class: 'status-unit', id: 'unit' }, [['', '照填的单位'], ['元', '元'], ['万元', '万元']].map(([value, says]) => el('option', { value }, says)))
  unit.value = env.unit()
  unit.addEventListener('change', () => {
    env.setUnit(unit.value)
    store.emit('unit')
  })
  fill(host, el('div', { class: 'status-side' }, saved, again, left), help, sum,
    el('label', { class: 'status-label', for: 'unit', title: '只改显示，不改数据' }, '金额显示'), unit)

  let was = ''
  const draw = () => {
    const [says, level] = words(store, env)
    if (says !== was) {
      saved.textContent = was = says
      saved.className = 'status-saved is-' + level
    }
    again.hidden = store.state.saved !== 'failed' || store.state.blocked.length > 0 || !store.online
    const n = env.edits.left().length
    left.hidden = !n
    left.textContent = `${n} 处没有填进去`
  }
  for (const name of ['state', 'saved', 'offline', 'online']) store.addEventListener(name, draw)
  env.edits.addEventListener('draft', draw)
  store.addEventListener('selection', (/** @type {any} */ e) => {
    const x = e.detail
    sum.textContent = x ? `选中 ${x.cells} 格` + (x.numbers ? `，${x.numbers} 个金额合计 ${x.sum} ${x.unit}` : '') : ''
  })
  store.addEventListener('help', (/** @type {any} */ e) => { help.textContent = e.detail.help ? e.detail.title + '：' + e.detail.help : '' })
  // In forms the help stands beneath each field: here it would be that of a cell left long ago.
  document.addEventListener('focusin', (e) => { if (e.target instanceof Element && !e.target.closest('.grid')) help.textContent = '' })
  store.addEventListener('say', (/** @type {any} */ e) => toast(e.detail.text))
  store.addEventListener('foreign', (/** @type {any} */ e) => {
    const files = (e.detail && e.detail.files) || []
    if (files.length) toast(`别处改了 ${files.join('、')}，已经读进来，页面上是新的。`)
  })
  draw()
}

/**
 * How what is typed stands against the disk, in words.
 * @param {any} store
 * @param {import('./cell.js').Env} env
 */
function words(store, env) {
  const { state } = store
  if (store.online === false) {
    return [env.edits.drafts.size ? '与程序断开了：还没有送到的留在这个页面里，不要关掉它' : store.why || '与程序断开了，填的都已经送到', 'error']
  }
  if (state.blocked.length) return ['没有保存：' + state.blocked.map((/** @type {any} */ f) => f.file).join('、') + '，请在填报上方定下来用哪一边的', 'error']
  if (state.saved === 'failed') return ['没有保存成功：' + (state.save_error || '') + '。填的都还在，稍后自动再存', 'error']
  if ([...env.edits.drafts.values()].some(of => [...of.values()].some(d => d.state === 'unsent'))) return ['还没有送到，正在再送', 'warn']
  if (state.saved === 'unsaved') return ['正在保存…', 'soft']
  if (state.noted) return ['已保存；但改动记录没有记下：' + state.noted, 'warn']
  return ['已保存', 'ok']
}

/**
 * Saves now, and says so.
 * @param {any} store
 * @param {import('./cell.js').Env} env
 */
export async function save(store, env) {
  try {
    await env.edits.flush()
    await store.save()
    const n = env.edits.left().length
    toast(n ? `已保存；还有 ${n} 处没有填进去，不在文件里` : '已保存', { level: n ? 'warning' : '' })
  } catch (err) {
    toast('没有保存成功：' + (err instanceof Error ? err.message : err), { level: 'error' })
  }
}

/**
 * Goes to the first field that did not go in.
 * @param {any} store
 * @param {import('./cell.js').Env} env
 */
function first(store, env) {
  const d = env.edits.left()[0]
  if (d && d.spot.row) store.goto(d.spot.row, d.key)
  else if (d) store.emit('open', { table: d.spot.table, row: d.spot.parent || '' })
}
