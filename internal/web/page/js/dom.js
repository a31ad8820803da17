/**
 * Elements of the page. Text goes in as text, never as markup.
 */

/**
 * Makes an element. Attributes that begin with "on" are listeners, `class` is the class, `dataset` an object; true is an
 * attribute without a value, and false, null and undefined are none.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Object<string, any>} [attrs]
 * @param {...(Node|string|number|null|undefined|false|Array<any>)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function el(tag, attrs, ...children) {
  const node = document.createElement(tag)
  for (const [name, value] of Object.entries(attrs || {})) set(node, name, value)
  append(node, children)
  return node
}

/**
 * Gives an element an attribute, as el does.
 * @param {HTMLElement} node
 * @param {string} name
 * @param {any} value
 */
function set(node, name, value) {
  if (name.startsWith('on') && typeof value === 'function') node.addEventListener(name.slice(2).toLowerCase(), value)
  else if (name === 'class') node.className = value || ''
  else if (name === 'dataset') Object.assign(node.dataset, value)
  else if (name === 'value') /** @type {any} */ (node).value = value
  else if (value === true) node.setAttribute(name, '')
  else if (value === false || value === null || value === undefined) node.removeAttribute(name)
  else node.setAttribute(name, String(value))
}

/**
 * @param {Node} node
 * @param {Array<any>} children
 */
function append(node, children) {
  for (const child of children) {
    if (Array.isArray(child)) append(node, child)
    else if (child instanceof Node) node.appendChild(child)
    else if (child !== null && child !== undefined && child !== false) node.appendChild(document.createTextNode(String(child)))
  }
}

/**
 * The first element that a selector finds.
 * @param {string} selector
 * @param {ParentNode} [root]
 * @returns {HTMLElement|null}
 */
export const $ = (selector, root = document) => root.querySelector(selector)

/**
 * All elements that a selector finds.
 * @param {string} selector
 * @param {ParentNode} [root]
 * @returns {HTMLElement[]}
 */
export const $$ = (selector, root = document) => Array.from(root.querySelectorAll(selector))

/**
 * Puts other children into an element.
 * @param {Element} node
 * @param {...any} children
 */
export function fill(node, ...children) {
  node.textContent = ''
  append(node, children)
}

let ids = 0

/**
 * An id that no other element of the page has.
 * @param {string} prefix
 */
export const newID = prefix => `${prefix}-${++ids}`

/**
 * Whether a key belongs to an input method that is composing: its Enter chooses a word, its Escape drops one.
 * @param {KeyboardEvent} e
 */
export const composing = e => e.isComposing || e.keyCode === 229

/**
 * Runs something once nothing has asked for it for a moment: what is typed, and its pages, come first. Who asks on and on gets it
 * after some moments.
 * @param {() => void} run
 * @param {() => number} [size] how much there is to do: the moment of many hundred things is longer
 * @returns {(() => void) & {now: () => void}} what asks for it; now runs what was asked for at once
 */
export function calmly(run, size = () => 0) {
  let timer = 0, since = 0
  const end = () => {
    clearTimeout(timer)
    since = 0
    run()
  }
  const ask = () => {
    const now = performance.now(), wait = size() > MANY ? 600 : 150
    clearTimeout(timer)
    since = since || now
    timer = setTimeout(end, Math.max(0, Math.min(wait, since + 8 * wait - now)))
  }
  return Object.assign(ask, { now: () => { if (since) end() } })
}

const MANY = 100
