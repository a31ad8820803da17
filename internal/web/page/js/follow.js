// Which page is which: pages come and go while somebody reads one of them.

/** @typedef {{hash: string, body?: string, head?: string}} Known with the headings that begin on it */

/**
 * Where each that is once in a list is.
 * @param {Known[]} list
 * @param {(p: Known) => string|undefined} key
 */
function once(list, key) {
  /** @type {Map<string, number>} */
  const at = new Map();
  list.forEach((p, i) => {
    const k = key(p);
    if (k) at.set(k, at.has(k) ? -1 : i);
  });
  return at;
}

/**
 * Where each of the old pages is among the new ones. Pages are the same by what they say but for their number, or else by the
 * headings that begin on them, where only one does; those between stand as far from the nearest of these as they stood before.
 * @param {Known[]} old
 * @param {Known[]} now
 * @returns {(index: number) => number}
 */
export function follow(old, now) {
  if (!now.length) return () => 0;
  const ways = [(/** @type {Known} */ p) => p.body || p.hash, (/** @type {Known} */ p) => p.head].map((key) => ({ key, were: once(old, key), are: once(now, key) }));
  /** @type {number[]} for each old page its place, -1 for none */
  const to = [];
  let last = -1;
  old.forEach((p, i) => {
    let found = -1;
    for (const { key, were, are } of ways) {
      const at = were.get(key(p)) === i ? are.get(key(p)) : undefined;
      if (found < 0 && at !== undefined && at > last) found = at;
    }
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
