// The drawings of pages: each is fetched once, and handed out when the faces that it is set in are there.

/** How many drawings are kept as texts; a page has some 15 KB. */
const KEPT = 240;

const parser = new DOMParser();
/** @type {Map<string, Promise<void>>} faces by their names */
const faces = new Map();
/** Names of faces that the browser refuses. @type {Set<string>} */
export const refused = new Set();

/**
 * Loads a face. One that is refused is shown in another, and told of in `refused`; a drawing does not wait for it for ever.
 * @param {string} name
 */
function face(name) {
  let loading = faces.get(name);
  if (!loading) {
    const f = new FontFace(name, `url(/f/${name}.ttf)`, { display: "block" });
    document.fonts.add(f);
    loading = f.load().then(() => {}, () => { refused.add(name); });
    faces.set(name, loading);
  }
  return loading;
}

/** Drawings by where they are fetched. */
export class Drawings {
  /** @param {(hash: string) => string} url where a page is fetched */
  constructor(url) {
    this.url = url;
    /** @type {Map<string, Promise<string>>} in the order of their last use */
    this.texts = new Map();
  }

  /**
   * The drawing of a page, a new one each time.
   * @param {string} hash
   * @returns {Promise<SVGSVGElement>}
   */
  async get(hash) {
    const text = await this.text(hash);
    const svg = /** @type {any} */ (document.importNode(parser.parseFromString(text, "image/svg+xml").documentElement, true));
    svg.setAttribute("aria-hidden", "true");
    svg.setAttribute("focusable", "false");
    return svg;
  }

  /**
   * @param {string} hash
   * @returns {Promise<string>}
   */
  text(hash) {
    let text = this.texts.get(hash);
    this.texts.delete(hash);
    if (!text) {
      text = this.fetch(hash);
      text.catch(() => { this.texts.delete(hash); });
    }
    this.texts.set(hash, text);
    for (const old of this.texts.keys()) {
      if (this.texts.size <= KEPT) break;
      this.texts.delete(old);
    }
    return text;
  }

  /** @param {string} hash */
  async fetch(hash) {
    const answer = await fetch(this.url(hash));
    if (!answer.ok) throw new Error(answer.status === 404 || answer.status === 410 ? "gone" : `页面取不到（${answer.status}）`);
    const text = await answer.text();
    const names = new Set(Array.from(text.matchAll(/font-family="([^"]+)"/g), (m) => m[1]));
    await Promise.all(Array.from(names, face));
    return text;
  }
}
