// Elements are made, never parsed: a text of the graph only ever becomes a text node or an attribute that is no code.

/**
 * @param {string} id
 * @returns {HTMLElement}
 */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`no element #${id}`);
  return found;
}

/** @param {string} id */
export const inputById = (id) => /** @type {HTMLInputElement} */ (byId(id));

/** @typedef {string | number | Node | null | undefined} Child */

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, any>} [options] Attributes; `on…` listens, `class` is the class.
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function h(tag, options = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(options)) {
    if (name === "class") made.className = value;
    else if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value !== false && value !== null && value !== undefined)
      made.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children)
    if (child !== null && child !== undefined) made.append(typeof child === "number" ? String(child) : child);
  return made;
}

/**
 * @param {string} tag
 * @param {Record<string, string | number>} attributes
 * @param {...Node | string} children
 * @returns {SVGElement}
 */
export function svg(tag, attributes, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  made.append(...children);
  return made;
}

const WEB = /^https?:\/\//i;

/** A link, or the text alone where no browser should follow the target. @param {string} text @param {string} target */
export function safeLink(text, target) {
  if (!WEB.test(target)) return h("span", { dir: "auto" }, text === target ? text : `${text}: ${target}`);
  const title = target.replace(WEB, "").replace(/\/$/, "");
  return h("a", { href: target, rel: "noopener noreferrer", target: "_blank", title }, text === target ? title : text);
}

/** @param {string} text Said by screen readers, and shown for a moment */
export function announce(text) {
  const toast = byId("toast");
  toast.textContent = text;
  toast.classList.add("shown");
  clearTimeout(toastTimer);
  toastTimer = window.setTimeout(() => toast.classList.remove("shown"), 2600);
}
let toastTimer = 0;

/** @param {number} number */
export const plain = (number) => ENGLISH.format(number);
const ENGLISH = new Intl.NumberFormat("en");

/** @param {number} number @param {string} one @param {string} [many] */
export const counted = (number, one, many = one + "s") => `${plain(number)} ${number === 1 ? one : many}`;

/** @param {string} name @param {Blob} blob */
export function download(name, blob) {
  const address = URL.createObjectURL(blob);
  const link = h("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  window.setTimeout(() => URL.revokeObjectURL(address), 10000);
}

/** @param {string} text @returns {Promise<boolean>} Whether it could be done */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = h("textarea", { class: "offscreen", "aria-hidden": "true" });
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy"); // what browsers without a clipboard for files still have
    area.remove();
    return done;
  }
}

/** Whether movement is unwelcome. */
export const calm = matchMedia("(prefers-reduced-motion: reduce)");
/** Whether the screen is a phone's. */
export const narrow = matchMedia("(max-width: 760px)");
