// Brings in from the server what the page left out: around a node that is shown, or a node that is looked for.

import { announce, counted } from "./dom.js";
import { mergePart } from "./merging.js";
import { details, keyOf, model, nameOf, nodeOf } from "./model.js";
import { readAround, readNamed } from "./source.js";

/** @type {Map<string, number | null>} Where the neighbours of a node that have not been asked for start */
const nextStarts = new Map();

/** @type {(() => void)[]} */
const whenGrown = [];

/** @param {() => void} listener Told when the page may have more nodes than before */
export const onGrown = (listener) => whenGrown.push(listener);

const MOST_ASKED = 5; // requests for one press

/** Whether a server may know more of a node than the page. @param {number} node */
export const mayGrow = (node) => model.block.served && nextStarts.get(keyOf(node)) !== null;

/**
 * Asks for neighbours of a node until something is new, there are no more, or enough has been asked.
 * @param {string} key
 * @returns {Promise<{nodes: number, statements: number}>} How much is new
 */
async function grow(key) {
  let added = { nodes: 0, statements: 0 };
  try {
    for (let asked = 0; asked < MOST_ASKED && !(added.nodes + added.statements); asked += 1) {
      const part = await readAround(key, nextStarts.get(key) ?? 0);
      nextStarts.set(key, part.next);
      added = mergePart(part);
      if (part.next === null) break;
    }
  } finally {
    for (const listener of whenGrown) listener();
  }
  return added;
}

/** @param {unknown} error */
const reasonOf = (error) => (error instanceof Error ? error.message : String(error));

/** @param {number} node */
export async function expand(node) {
  try {
    const { nodes, statements } = await grow(keyOf(node));
    if (nodes + statements) announce(`${counted(nodes, "node")} and ${counted(statements, "statement")} added.`);
    else announce(mayGrow(node) ? "Nothing new yet; ask again." : `Nothing more is known of ${nameOf(node)}.`);
  } catch (error) {
    announce(`The server gave no answer: ${reasonOf(error)}`);
  }
}

/**
 * @param {string} key
 * @returns {Promise<number | null>} The node of that key, brought in if the page had it not; null where there is none
 */
export async function bring(key) {
  if (key && model.block.served && nodeOf(key) === null) {
    try {
      await grow(key);
    } catch (error) {
      const reason = reasonOf(error);
      announce(reason.startsWith("404") ? "The server does not know that node." : `The server gave no answer: ${reason}`);
    }
  }
  return nodeOf(key);
}

/** @param {string} text @returns {Promise<import("./source.js").Named[]>} Nodes of such a name that the page has not */
export async function findElsewhere(text) {
  if (!model.block.served || !model.block.leftOut || text.length < 3) return [];
  try {
    return (await readNamed(text)).filter(([key]) => !details.iri.includes(key));
  } catch {
    return []; // the page's own findings stand
  }
}
