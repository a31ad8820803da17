// What the program knows of the folder, kept up to date. All modules read it here and change it through here alone.

import * as api from "./api.js";
import { released } from "./pointer.js";
import { State } from "./state.js";

/** @typedef {import("./state.js").Change} Change */
/** @typedef {import("./state.js").Outcome} Outcome */

/**
 * Events: "state" (detail: what take returned), "goto" and "focused" and "show" (detail: {row, key}), "saved", "foreign"
 * (detail: {files}), "offline" (detail: {why}), "online".
 */
export class Store extends EventTarget {
  constructor() {
    super();
    this.state = new State();
    this.online = true;
    this.why = ""; // nobody answers
    this.focus = { row: "", key: "" };
    /** @type {Promise<void>|null} */
    this.asking = null;
    this.again = false;
    /** @type {EventSource|null} */
    this.source = null;
    /** @type {Promise<any>} edits go one after the other, in the order they were made */
    this.line = Promise.resolve();
  }

  /** Asks for all there is and begins to listen. */
  async open() {
    await this.refresh();
    this.listen();
  }

  /** @param {string} name @param {any} [detail] */
  emit(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  /**
   * Asks what changed. Asked again while it asks, it does so once more.
   * @param {any} [told] the answer, where it came without being asked for
   * @returns {Promise<void>}
   */
  refresh(told) {
    if (this.asking) {
      this.again = true;
      return this.asking;
    }
    this.asking = (async () => {
      try {
        do {
          this.again = false;
          const before = this.state.saved;
          const x = told || await api.get("api/state?since=" + encodeURIComponent(this.state.seq));
          told = null;
          this.setOnline(true);
          await released();
          const changed = this.state.take(x);
          this.emit("state", changed);
          if (before !== this.state.saved) this.emit("saved");
        } while (this.again);
      } catch (e) {
        if (/** @type {api.Refused} */ (e).status === 0) this.setOnline(false, /** @type {Error} */ (e).message);
        throw e;
      } finally {
        this.asking = null;
      }
    })();
    return this.asking;
  }

  /** @param {boolean} on @param {string} [why] */
  setOnline(on, why) {
    if (this.online === on) return;
    this.online = on;
    this.why = why || "";
    this.emit(on ? "online" : "offline", { why: why || "" });
  }

  listen() {
    const source = new EventSource("events");
    this.source = source;
    source.addEventListener("state", (e) => {
      const x = JSON.parse(e.data);
      const next = x.told && x.from === this.state.seq && !this.asking;
      if (x.seq !== this.state.seq || x.failed !== !!this.state.failed) this.refresh(next ? x.told : undefined).catch(() => {});
    });
    source.addEventListener("foreign", (e) => this.emit("foreign", JSON.parse(e.data)));
    source.addEventListener("bye", (e) => {
      source.close();
      this.setOnline(false, JSON.parse(e.data).why);
    });
    source.addEventListener("open", () => this.refresh().catch(() => {}));
    source.addEventListener("error", () => {
      if (source.readyState === EventSource.CLOSED) this.poll();
      else this.refresh().catch(() => {}); // the browser comes back by itself; meanwhile: is anybody there?
    });
  }

  /** Where the program has no stream left for this window, it asks. */
  poll() {
    setTimeout(() => {
      this.refresh().catch(() => {}).then(() => this.poll());
    }, 1000);
  }

  /**
   * Changes what is typed; all or nothing.
   * @param {Change[]} changes
   * @returns {Promise<Outcome>}
   */
  edit(changes) {
    return this.queue(() => api.post("api/edit", { seq: this.state.seq, changes }).catch((e) => {
      if (e.status === 409) this.refresh().catch(() => {}); // rows have other names since
      throw e;
    }));
  }

  undo() {
    return this.queue(() => api.post("api/undo"));
  }

  redo() {
    return this.queue(() => api.post("api/redo"));
  }

  save() {
    return this.queue(() => api.post("api/save"));
  }

  /** @param {string} id @param {boolean} mine */
  resolve(id, mine) {
    return this.queue(() => api.post("api/resolve", { id, mine }));
  }

  /** @param {string} file @param {boolean} mine */
  settle(file, mine) {
    return this.queue(() => api.post("api/settle", { file, mine }));
  }

  /** @template T @param {() => Promise<T>} run @returns {Promise<T>} */
  queue(run) {
    const turn = this.line.then(run, run);
    this.line = turn.catch((e) => {
      if (e && e.status === 0) this.setOnline(false, e.message);
    });
    return turn;
  }

  /** Asks that the cursor be put somewhere. @param {string} row @param {string} [key] */
  goto(row, key = "") {
    this.emit("goto", { row, key });
  }

  /** Tells where the cursor is. @param {string} row @param {string} [key] */
  focused(row, key = "") {
    if (this.focus.row === row && this.focus.key === key) return;
    this.focus = { row, key };
    this.emit("focused", this.focus);
  }

  /** Asks the pages to scroll to the numbers of a field. @param {string} row @param {string} [key] */
  show(row, key = "") {
    this.emit("show", { row, key });
  }
}
