// What the page holds: claims, their papers, and which predicates fit which kinds.

/**
 * @typedef {[number, number]} Interval Start and end, in code points of the paper's text.
 *
 * @typedef {object} Said
 * @property {string | null} subject The paper itself, where null.
 * @property {string} predicate
 * @property {string} object
 * @property {string} status
 *
 * @typedef {Said & {paper: number, confidence: number, sentence: Interval, quote: string, mentions: Interval[]}} Claim
 *
 * @typedef {{type: string, name: string, surfaces: string[], mentions: Interval[]}} Entity
 *
 * @typedef {{key: string, title: string, date: string | null, entities: Entity[]}} Paper
 *
 * @typedef {object} Decision One line of the file.
 * @property {string} id
 * @property {string} paper
 * @property {string} verdict
 * @property {string} author
 * @property {string} date
 * @property {Said} [claim]
 * @property {Said} [instead]
 * @property {Entity[]} [entities]
 * @property {Interval} [sentence]
 * @property {string} [quote]
 * @property {Interval[]} [mentions]
 * @property {string} [undoes]
 * @property {string} [comment]
 *
 * @typedef {object} Data
 * @property {string} title
 * @property {number} leftOut How many surer claims the page does not show.
 * @property {Paper[]} papers
 * @property {Claim[]} claims Least sure first.
 * @property {Decision[]} decisions Those of the graph, in order.
 * @property {Record<string, string[]>} roles Of each type.
 * @property {Record<string, [string, string][]>} relations The types of subject and object that each can have.
 * @property {string[]} statuses
 */

/** @type {Data} */
export const data = JSON.parse(document.getElementById("data")?.textContent || "{}");

/** @param {Claim} claim */
export const paperOf = (claim) => data.papers[claim.paper];

/** @param {Paper} paper @param {string | null} name */
export const typeIn = (paper, name) => paper.entities.find((one) => one.name === name)?.type;

/**
 * The predicates that fit.
 * @param {string | undefined} subject Type of the subject; undefined for the paper itself
 * @param {string | undefined} object
 */
export function predicatesFor(subject, object) {
  if (!object) return [];
  if (!subject) return data.roles[object];
  return Object.keys(data.relations).filter((name) =>
    data.relations[name].some(([from, to]) => from === subject && to === object),
  );
}

/** @param {Said} said What the text says of it, where it does not simply hold; that a mention is background goes without saying */
export const statusOf = ({ predicate, status }) => (status === "asserted" || predicate === "mentioned" ? "" : status);

/** @param {Said} said @returns {[string, string, string]} */
export function inWords({ subject, predicate, object }) {
  const words = predicate.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return [subject ?? "The paper", subject === null && predicate === "mentioned" ? "mentions" : words, object];
}
