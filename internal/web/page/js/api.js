// Questions to the program, and what it answers. Every failure is an Error whose message is for people.

const gone = "程序没有回答：它可能已经关闭。已经填的都保存在数据目录里；再打开一次程序，接着填。";

/** An answer that something cannot be. */
export class Refused extends Error {
  /** @param {string} message @param {number} status 0 where nothing answered */
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

/**
 * @param {string} path
 * @param {RequestInit} init
 * @returns {Promise<any>}
 */
async function ask(path, init) {
  let answer;
  try {
    answer = await fetch(path, { credentials: "same-origin", redirect: "error", ...init });
  } catch (e) {
    if (e instanceof DOMException && e.name === "AbortError") throw e;
    throw new Refused(gone, 0);
  }
  let body = null;
  try {
    body = await answer.json();
  } catch (e) {
    if (e instanceof DOMException && e.name === "AbortError") throw e;
    if (answer.ok) throw new Refused("程序的回答看不懂，请再试一次。", answer.status);
  }
  if (!answer.ok) throw new Refused((body && body.error) || "没有做成（" + answer.status + "）。", answer.status);
  return body;
}

/**
 * Paths without a slash in front are below the page: "api/state" is that of its folder.
 * @param {string} path
 * @param {{signal?: AbortSignal}} [options]
 */
export function get(path, options = {}) {
  return ask(path, options);
}

/** Browsers let requests this short arrive after their page is left. */
const outlives = 10000;

/** @param {string} path @param {any} [body] */
export function post(path, body = {}) {
  const text = JSON.stringify(body);
  return ask(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: text, keepalive: text.length < outlives });
}

/** @param {string} path @param {FormData} form */
export function upload(path, form) {
  return ask(path, { method: "POST", body: form });
}

/** What is wrong, for people. @param {any} err */
export const words = (err) => err.message;
