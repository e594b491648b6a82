// Where the data comes from: two packed blocks of this page. Nothing else knows; a server could stand here as well.

/**
 * @typedef {{iri: string, name: string, forward: string, back: string}} Predicate
 *
 * @typedef {object} GraphBlock What the first picture needs.
 * @property {string} title
 * @property {string} version
 * @property {string} newest Date of the newest paper; empty where no paper has one.
 * @property {string[]} types
 * @property {string[]} statuses
 * @property {Predicate[]} predicates
 * @property {number} leftOut How many nodes the page does not show.
 * @property {string[]} notes
 * @property {[number, number | null][]} columns Of the arrangement by year: where each stands, and its year.
 * @property {{label: string[], type: number[], year: (number | null)[], papers: number[], topic: number[],
 *   x: number[], y: number[], timeX: number[], timeY: number[]}} nodes
 * @property {{subject: number[], predicate: number[], object: number[], confidence: number[], status: number[],
 *   drawn: number}} statements The drawn ones come first; a confidence is in per cent, -1 where none is known.
 *
 * @typedef {object} Facts
 * @property {string} [name] The full name, where the label is short for it.
 * @property {string[]} [authors]
 * @property {boolean} [more] There are authors that are not named.
 * @property {string} [date]
 * @property {string} [category]
 * @property {boolean} [code]
 * @property {string} [note]
 * @property {string[]} [aliases]
 * @property {string} [definition]
 * @property {[string, string][]} [links] Name and value.
 *
 * @typedef {[(number | null)[], string | null, string, string, number | null, number[]]} Result
 *   Paper, method, dataset, task and metric; the metric as written; value; remark; confidence; sentences.
 *
 * @typedef {string | [string, number]} Item A text, or the name of a node and its number.
 * @typedef {{heads: string[], numeric: boolean[], notes: string[], tables: {title: string, rows: Item[][][]}[]}} Tables
 *
 * @typedef {object} DetailsBlock All that is read closer.
 * @property {string} base What stands before an IRI that is not absolute.
 * @property {Record<string, string>} linkStarts What stands before the value of a link, by its name.
 * @property {Record<string, string>} prefixes
 * @property {string[]} iri
 * @property {Facts[]} facts
 * @property {number[][]} evidence Sentences of each statement.
 * @property {{text: string[], paper: (number | string)[], marks: number[][]}} sentences
 *   A paper that is left out stands by its title; marks are start, length and node, in turn.
 * @property {Result[]} results
 * @property {Record<string, Tables>} tables
 */

/** The page as it came, before anything is drawn into it. */
export const pageSource = "<!doctype html>\n" + document.documentElement.outerHTML;

/** @param {string} text Base64 of a zlib stream */
async function unpack(text) {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length); // filled by hand, since Uint8Array.from takes ten times as long
  for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).text();
}

/** @param {string} id */
async function readBlock(id) {
  const block = /** @type {HTMLElement} */ (document.getElementById(id));
  const text = block.textContent || "";
  block.remove();
  return JSON.parse(await unpack(text));
}

/** @returns {Promise<GraphBlock>} */
export const readGraph = () => readBlock("graph-data");

/** @returns {Promise<DetailsBlock>} */
export const readDetails = () => readBlock("details-data");

/** @returns {Record<string, [number, number]>} Places that a reader has given to nodes, by number. */
export function readPins() {
  return JSON.parse(document.getElementById("pins")?.textContent || "{}");
}
