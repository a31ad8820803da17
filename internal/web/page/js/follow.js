// Which page is which: pages come and go while somebody reads one of them.

/** @typedef {{hash: string, body?: string}} Known */

/**
 * Where each of the old pages is among the new ones. Pages are the same by what they say but for their number, where only one
 * says it; those between stand as far from the nearest of these as they stood before.
 * @param {Known[]} old
 * @param {Known[]} now
 * @returns {(index: number) => number}
 */
export function follow(old, now) {
  if (!now.length) return () => 0;
  const key = (/** @type {Known} */ p) => p.body || p.hash;
  const once = (/** @type {Known[]} */ list) => {
    /** @type {Map<string, number>} */
    const at = new Map();
    list.forEach((p, i) => at.set(key(p), at.has(key(p)) ? -1 : i));
    return at;
  };
  const were = once(old), are = once(now);
  /** @type {number[]} for each old page its place, -1 for none */
  const to = [];
  let last = -1;
  old.forEach((p, i) => {
    const at = were.get(key(p)) === i ? are.get(key(p)) : undefined;
    const found = at !== undefined && at > last ? at : -1;
    if (found >= 0) last = found;
    to.push(found);
  });
  return (index) => {
    if (to[index] >= 0) return to[index];
    let before = index, behind = index;
    while (before >= 0 && !(to[before] >= 0)) before--;
    while (behind < to.length && !(to[behind] >= 0)) behind++;
    const low = before < 0 ? 0 : to[before] + 1, high = behind < to.length ? to[behind] - 1 : now.length - 1;
    const fromBehind = behind < to.length && behind - index < index - before;
    const at = fromBehind ? to[behind] - (behind - index) : before < 0 ? index : to[before] + (index - before);
    return Math.max(0, Math.min(now.length - 1, Math.max(low, Math.min(at, high))));
  };
}
