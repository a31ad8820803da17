// What this browser keeps for the next time; one that keeps nothing begins as everybody does.

/** @param {string} key */
export function kept(key) {
  try {
    return localStorage.getItem(key) || "";
  } catch {
    return "";
  }
}

/** @param {string} key @param {string} value */
export function keep(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // it is asked again the next time
  }
}
