/**
 * The keys that hold everywhere, and the list of all keys.
 */
import { el, $, composing } from './dom.js'
import { dialog, toast } from './dialog.js'
import { save } from './status.js'

/** @type {[string, [string, string][]][]} */
const KEYS = [
  ['各处', [
    ['Ctrl+Z', '撤销，几个窗口一起算'], ['Ctrl+Y', '重做'], ['Ctrl+S', '现在就保存（平时自动保存）'],
    ['F8 / Shift+F8', '下一处、上一处问题'], ['F6 / Shift+F6', '换到下一块、上一块：各部分、填报、页面、问题'], ['?', '这张单子（不在填写时）'],
  ]],
  ['表格', [
    ['Enter / Shift+Enter', '下一行、上一行'], ['Tab / Shift+Tab', '右边一格、左边一格'], ['↑ ↓ ← →', '到旁边的格子；正在改字时先在字里走'],
    ['F2', '改这一格里的字'], ['Esc', '这一格恢复原样'], ['Shift+方向键，鼠标拖过', '选中几格；状态栏显示合计'], ['Ctrl+C / Ctrl+V', '复制选中的格子；粘贴 WPS、Excel 的一片格子'],
    ['Ctrl+D', '照上一格填；选中几格时向下填'], ['Delete', '清空选中的格子'], ['Alt+Insert', '在下面插入一行'], ['Ctrl+Shift+D', '照样再来一行'],
    ['Alt+Delete', '删去选中的行'], ['Alt+O', '打开这一项的表单'], ['Alt+Enter', '长文字里换一段'],
  ]],
  ['编码和选填', [
    ['编码、名称或拼音首字母', '边填边找'], ['Alt+↓', '看全部可填的'], ['↑ ↓，Enter', '选一个'], ['Esc', '收起'],
  ]],
]

/**
 * @param {any} store
 * @param {import('./cell.js').Env} env
 */
export function mount(store, env) {
  document.addEventListener('keydown', e => {
    if (composing(e) || e.defaultPrevented) return
    if (document.querySelector('dialog[open]')) return
    const key = (e.ctrlKey || e.metaKey ? 'Ctrl+' : '') + (e.altKey ? 'Alt+' : '') + (e.shiftKey ? 'Shift+' : '') + (e.key.length === 1 ? e.key.toLowerCase() : e.key)
    const writing = /^(INPUT|TEXTAREA|SELECT)$/.test(/** @type {HTMLElement} */ (e.target).tagName)
    if (key === 'Ctrl+z') turn(store, env, 'undo')
    else if (key === 'Ctrl+y' || key === 'Ctrl+Shift+z') turn(store, env, 'redo')
    else if (key === 'Ctrl+s') save(store, env)
    else if (key === 'F6') walk(1)
    else if (key === 'Shift+F6') walk(-1)
    else if (!writing && (e.key === '?' || e.key === '？')) help()
    else return
    e.preventDefault()
  })
}

/** Shows all keys. */
export function help() {
  dialog('快捷键', el('div', { class: 'keys' }, KEYS.map(([title, list]) => el('section', {}, el('h3', {}, title),
    el('dl', {}, list.map(([keys, says]) => [el('dt', {}, el('kbd', {}, keys)), el('dd', {}, says)]))))), { wide: true })
}

/**
 * Takes back or makes again, and says what.
 * @param {any} store
 * @param {import('./cell.js').Env} env
 * @param {'undo'|'redo'} what
 */
export async function turn(store, env, what) {
  const says = what === 'undo' ? '撤销' : '重做'
  const draft = what === 'undo' && env.edits.at(document.activeElement)
  if (draft && draft.state === 'refused') return env.edits.drop(draft.spot, draft.key)
  try {
    await env.edits.flush()
    if (!store.state[what] && !env.edits.sent.size) return toast(what === 'undo' ? '没有可以撤销的了' : '没有可以重做的了')
    const out = await env.edits.turn(what)
    const done = (Array.isArray(out.what) ? out.what : [out.what]).filter(Boolean)
    toast(says + '：' + (done.length > 1 ? `${done[0]} 等 ${done.length} 处` : done[0] || ''))
  } catch (err) {
    toast(`没有${says}：` + (err instanceof Error ? err.message : err), { level: 'error' })
  }
  await store.refresh().catch(() => {})
  store.emit('turned')
}

/**
 * Moves the focus to the next part of the page.
 * @param {number} step
 */
function walk(step) {
  const parts = ['#tree', '#editor', '#pages', '#problems', '#bar'].map(s => $(s)).filter(x => x && x.offsetParent !== null)
  const at = parts.findIndex(x => x.contains(document.activeElement))
  const to = parts[(at + step + parts.length) % parts.length]
  const target = to.querySelector('[tabindex="0"], input:not([type=hidden]), textarea, select, button, a[href]')
  const focus = /** @type {HTMLElement} */ (target || to)
  if (focus === to) to.tabIndex = -1
  focus.focus()
}
