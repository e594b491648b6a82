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

/** Whether a server may know more of a node than the page. @param {number} node */
export const mayGrow = (node) => model.block.served && model.block.leftOut > 0 && nextStarts.get(keyOf(node)) !== null;

/**
 * Asks for neighbours of a node until some are new, or there are no more.
 * @param {string} key
 * @returns {Promise<number>} How many nodes are new
 */
async function grow(key) {
  let added = 0;
  for (let start = nextStarts.get(key) ?? 0; !added; ) {
    const part = await readAround(key, start);
    added = mergePart(part);
    nextStarts.set(key, part.next);
    if (part.next === null) break;
    start = part.next;
  }
  for (const listener of whenGrown) listener();
  return added;
}

/** @param {number} node */
export async function expand(node) {
  try {
    const added = await grow(keyOf(node));
    announce(added ? `${counted(added, "node")} added.` : `Nothing more is known of ${nameOf(node)}.`);
  } catch (error) {
    announce(`The server gave no answer: ${error instanceof Error ? error.message : error}`);
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
    } catch {
      announce("The server does not know that node.");
    }
  }
  return nodeOf(key);
}

/** @param {string} text @returns {Promise<import("./source.js").Named[]>} Nodes of such a name that the page has not */
export async function findElsewhere(text) {
  if (!model.block.served || !model.block.leftOut || text.length < 2) return [];
  try {
    return (await readNamed(text)).filter(([key]) => !details.iri.includes(key));
  } catch {
    return []; // the page's own findings stand
  }
}
