// What is clicked on must not be drawn anew between press and release: the browser would make no click of it.

/** @type {Promise<void>|null} while a button is down */
let held = null;

/** @param {Event} down */
function press(down) {
  if (held) return;
  held = new Promise((done) => {
    const up = () => {
      for (const name of ends) removeEventListener(name, up, true);
      clearTimeout(timer);
      // The click comes after the release.
      setTimeout(() => {
        held = null;
        done();
      }, 0);
    };
    const ends = ["pointerup", "pointercancel", "blur", "drop"];
    for (const name of ends) addEventListener(name, up, true);
    const timer = setTimeout(up, down instanceof PointerEvent && down.pointerType === "mouse" ? 1000 : 300);
  });
}

addEventListener("pointerdown", press, true);

/** Resolves when no button is down. */
export async function released() {
  while (held) await held;
}
