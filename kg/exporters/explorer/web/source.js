// Where the data comes from: two packed blocks of this page, and a server for what they leave out. Nothing else knows.

/**
 * @typedef {{iri: string, name: string, forward: string, back: string}} Predicate
 *
 * @typedef {object} GraphBlock What the first picture needs.
 * @property {string} title
 * @property {string[]} types
 * @property {string[]} statuses
 * @property {Predicate[]} predicates
 * @property {number} leftOut How many nodes the page does not show.
 * @property {boolean} served Whether they, and what they say of those shown, can be asked for.
 * @property {string[]} notes
 * @property {{label: string[], type: number[], year: (number | null)[], papers: number[], topic: number[],
 *   x: number[], y: number[]}} nodes
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
 * @property {string} [licence]
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
 * @typedef {object} About What the page says of itself.
 * @property {string} version
 * @property {string} command
 * @property {number} papers
 * @property {string | null} oldest
 * @property {string | null} newest
 * @property {[string, number][]} licences Of the papers, with their number.
 * @property {number} unlicensed
 * @property {string[][]} runs Name, version, and hashes of configuration, vocabulary and model.
 * @property {{date: string, licence: string} | null} published
 *
 * @typedef {object} DetailsBlock All that is read closer.
 * @property {About} about
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
 *
 * @typedef {object} Part What a server tells of a node and some of its neighbours.
 * @property {GraphBlock} graph
 * @property {DetailsBlock} details
 * @property {number | null} next Where the next neighbours start, if there are more.
 *
 * @typedef {[string, string, string]} Named Key, name and type of a node.
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
export async function readGraph() {
  const block = await readBlock("graph-data");
  const served = block.served && block.leftOut > 0 && location.protocol.startsWith("http"); // it may have been saved
  return { ...block, served };
}

/** @returns {Promise<DetailsBlock>} */
export const readDetails = async () => unfolded(await readBlock("details-data"));

/** @param {DetailsBlock} block */
function unfolded(block) {
  let next = 0; // a sentence is told by how far it stands before the next new one
  for (const sentences of block.evidence)
    sentences.forEach((back, place) => {
      sentences[place] = next - back;
      if (!back) next += 1;
    });
  return block;
}

/** @param {string} what @param {Record<string, string | number>} parameters */
async function ask(what, parameters) {
  const asked = Object.entries(parameters).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  const answer = await fetch(`/explore/${what}?${asked.join("&")}`);
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  return answer.json();
}

/** @param {string} key @param {number} start How many neighbours to pass over @returns {Promise<Part>} */
export async function readAround(key, start) {
  const part = await ask("around", { node: key, from: start });
  return { ...part, details: unfolded(part.details) };
}

/** @param {string} text A part of a name @returns {Promise<Named[]>} */
export const readNamed = (text) => ask("named", { text });

/** @returns {Record<string, [number, number]>} Places that a reader has given to nodes, by number. */
export function readPins() {
  return JSON.parse(document.getElementById("pins")?.textContent || "{}");
}
