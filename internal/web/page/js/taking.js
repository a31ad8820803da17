/**
 * Notes of what was done, with a way back as long as nothing else was done since: later it would take back something else.
 */
import { toast } from './dialog.js'

/**
 * @param {any} store
 * @param {import('./edits.js').Edits} edits
 * @param {string} text what was done
 * @param {number} rev of the data behind it
 * @param {string} [level]
 */
export function done(store, edits, text, rev, level) {
  const back = async () => {
    off()
    try {
      await edits.flush()
      await store.refresh()
      if (store.state.rev !== rev) {
        toast('这之后又改过，请用“撤销”一步一步退回去。')
        return
      }
      await edits.turn('undo')
      await store.refresh()
    } catch (err) {
      toast('没有撤销：' + (err instanceof Error ? err.message : err), { level: 'error' })
    }
  }
  const note = toast(text, { level, action: { title: '撤销', run: back } })
  const look = () => {
    if (store.state.rev <= rev) return
    off()
    note.close()
  }
  const off = () => store.removeEventListener('state', look)
  store.addEventListener('state', look)
}
