// What the program told of the folder, put together: at first all, then what differs.

/**
 * @typedef {{key: string, title: string, kind: string, list?: string, words?: string[], open?: boolean, required?: boolean,
 *   repeated?: boolean, names?: boolean, least?: number, most?: number, help?: string}} Field
 * @typedef {{table: string, key: string, title: string, kind: string, words?: string[], open?: boolean, required?: boolean,
 *   repeated?: boolean, family?: string, form?: string, help?: string}} Item
 * @typedef {{name: string, title: string, what?: string, file?: string, parent?: string, many?: boolean, required?: boolean,
 *   own?: string, fields: Field[], items?: Item[]}} Table
 * @typedef {{key: string, text: string, items?: string[], problems?: number}} Value
 * @typedef {{id: string, table: string, file: string, parent?: string, unit: string, title: string, digest: string,
 *   problems?: number, values: Value[]}} Row
 * @typedef {{hash: string, body: string, w: number, h: number, label: string}} Page
 * @typedef {{title: string, level: number, page: number, y: number}} Heading
 * @typedef {{id: string, level: "error"|"warning"|"note", rule: string, message: string, hint?: string, stated?: string,
 *   want?: string, diff?: string, notes?: {text: string, place?: string}[], row?: string, key?: string, place?: string}} Problem
 * @typedef {{id: string, row: string, key: string, what: string, mine: string, theirs: string}} Conflict
 * @typedef {{op: "set"|"unset"|"insert"|"delete"|"text", row?: string, table?: string, parent?: string, after?: string, file?: string,
 *   key?: string, text?: string, items?: string[], was?: string, was_items?: string[], digest?: string,
 *   values?: {key: string, text: string, items?: string[]}[], name?: string, run?: string}} Change
 * @typedef {{rev: number, rows: string[], conflicts: Conflict[], refused: {change: number, row: string, key: string, message: string}[]}} Outcome
 */

/** All that is known. `seq` names what the program told, `rev` what was typed, `pages_rev` of which rev the newest pages
 * are; while `settling` pages and problems are not all of `rev` yet. */
export class State {
  constructor() {
    this.seq = "";
    this.rev = 0;
    this.pages_rev = 0;
    this.settling = false;
    this.dir = "";
    this.name = "";
    this.title = "";
    this.year = 0;
    /** @type {"saved"|"unsaved"|"failed"} */
    this.saved = "saved";
    this.save_error = "";
    this.noted = "";
    this.failed = "";
    this.undo = "";
    this.redo = "";
    this.errors = 0;
    this.warnings = 0;
    this.stale = false;
    /** @type {Table[]} */
    this.tables = [];
    /** @type {Page[]} */
    this.pages = [];
    /** @type {Heading[]} */
    this.outline = [];
    /** @type {Problem[]} */
    this.problems = [];
    /** @type {Conflict[]} */
    this.conflicts = [];
    /** @type {{file: string, why: string}[]} files that wait until somebody says whose they are to be */
    this.blocked = [];
    /** @type {{file: string, text: string, problems: Problem[]}[]} files that are mended in their texts */
    this.broken = [];
    /** @type {Map<string, Row>} */
    this.rows = new Map();
    /** @type {Map<string, string[]>} by table */
    this.order = new Map();
    /** @type {Map<string, Map<string, string[]>>} by table, by parent; made when asked for */
    this.within = new Map();
    /** @type {Map<string, Problem[]>} by row and key; made when asked for */
    this.spots = new Map();
  }

  /** @param {string} id @returns {Row|undefined} */
  row(id) {
    return this.rows.get(id);
  }

  /** @param {string} name @returns {Table|undefined} */
  table(name) {
    return this.tables.find((t) => t.name === name);
  }

  /**
   * The rows of a table in their order; those in a row of its parent table where one is given.
   * @param {string} table
   * @param {string} [parent] id of a row
   * @returns {Row[]}
   */
  rowsOf(table, parent) {
    const all = this.order.get(table) || [];
    if (parent === undefined) return this.found(all);
    let by = this.within.get(table);
    if (!by) {
      by = new Map();
      for (const r of this.found(all)) {
        const up = r.parent || "";
        if (!by.has(up)) by.set(up, []);
        by.get(up).push(r.id);
      }
      this.within.set(table, by);
    }
    return this.found(by.get(parent) || []);
  }

  /** @param {string[]} ids @returns {Row[]} */
  found(ids) {
    const out = [];
    for (const id of ids) {
      const r = this.rows.get(id);
      if (r) out.push(r);
    }
    return out;
  }

  /**
   * What is wrong with a field; with anything of a row where no key is given.
   * @param {string} row
   * @param {string} [key]
   * @returns {Problem[]}
   */
  problemsOf(row, key) {
    if (this.spots.size === 0 && this.problems.length > 0) {
      for (const p of this.problems) {
        for (const spot of p.row ? [p.row, p.row + "\n" + (p.key || "")] : [""]) {
          if (!this.spots.has(spot)) this.spots.set(spot, []);
          this.spots.get(spot).push(p);
        }
      }
    }
    return this.spots.get(key === undefined ? row : row + "\n" + key) || [];
  }

  /**
   * The value of a field of a row as it is typed; "" for none.
   * @param {Row|undefined} row
   * @param {string} key
   */
  text(row, key) {
    const v = row && row.values.find((x) => x.key === key);
    return v ? v.text : "";
  }

  /**
   * Takes in what the program told.
   * @param {any} x
   * @returns {{rows: Set<string>, order: boolean, pages: boolean, problems: boolean, tables: boolean, full: boolean}}
   */
  take(x) {
    const changed = new Set();
    if (x.full) {
      this.rows.clear();
      this.order.clear();
    }
    for (const k of ["seq", "rev", "pages_rev", "settling", "dir", "name", "title", "year", "saved", "save_error", "noted", "failed", "undo", "redo", "errors",
      "warnings", "stale", "conflicts", "blocked", "broken"]) this[k] = x[k];
    for (const r of x.rows) {
      this.rows.set(r.id, r);
      changed.add(r.id);
    }
    const order = Object.keys(x.order);
    for (const t of order) {
      const now = new Set(x.order[t]);
      for (const id of this.order.get(t) || []) {
        if (now.has(id)) continue;
        changed.add(id);
        this.rows.delete(id);
      }
      this.order.set(t, x.order[t]);
    }
    if (order.length > 0 || x.rows.length > 0) this.within.clear();
    if (x.tables) this.tables = x.tables;
    if (x.pages) this.pages = x.pages;
    if (x.outline) this.outline = x.outline;
    const problems = x.problems.length > 0 || !!x.found;
    if (problems) {
      const by = new Map(this.problems.map((p) => [p.id, p]));
      for (const p of x.problems) by.set(p.id, p);
      this.problems = (x.found || this.problems.map((p) => p.id)).map((id) => by.get(id)).filter(Boolean);
      this.spots.clear();
    }
    return { rows: changed, order: order.length > 0, pages: !!(x.pages || x.outline), problems, tables: !!x.tables, full: x.full };
  }
}
