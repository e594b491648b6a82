// The graph in memory: columns as typed arrays, and for every node the statements it stands in.

/** @typedef {import("./source.js").GraphBlock} GraphBlock */
/** @typedef {import("./source.js").DetailsBlock} DetailsBlock */

import { placeByYear } from "./timeline.js";

const PAPER = 0;

export const model = {
  /** @type {GraphBlock} */ block: /** @type {any} */ (null),
  count: 0,
  statements: 0,
  drawn: 0,
  /** @type {string[]} */ label: [],
  type: new Uint8Array(),
  /** @type {(number | null)[]} */ year: [],
  papers: new Uint32Array(),
  topic: new Int32Array(),
  subject: new Int32Array(),
  predicate: new Uint8Array(),
  object: new Int32Array(),
  confidence: new Int8Array(),
  status: new Uint8Array(),
  /** How far an edge is bent from a straight line, so that those between the same nodes lie apart. */
  bend: new Int8Array(),
  /** Statements of node n: incident[first[n]] to incident[first[n + 1] - 1]. */
  first: new Int32Array(),
  incident: new Int32Array(),
  /** All nodes, the most important first, and the place of each in that order. */
  ranking: new Int32Array(),
  rank: new Int32Array(),
  /** Where nodes are drawn now. */
  x: new Float32Array(),
  y: new Float32Array(),
};

/** @type {DetailsBlock} */
export let details = {
  about: {
    version: "",
    command: "",
    papers: 0,
    oldest: null,
    newest: null,
    licences: [],
    unlicensed: 0,
    runs: [],
    published: null,
  },
  base: "",
  linkStarts: {},
  prefixes: {},
  iri: [],
  facts: [],
  evidence: [],
  sentences: { text: [], paper: [], marks: [] },
  results: [],
  tables: {},
};
/** @type {Map<string, number>} */
let nodeByIri = new Map();

/** @param {GraphBlock} block */
export function takeGraph(block) {
  const { nodes, statements } = block;
  Object.assign(model, {
    block,
    count: nodes.label.length,
    statements: statements.subject.length,
    drawn: statements.drawn,
    label: nodes.label,
    type: Uint8Array.from(nodes.type),
    year: nodes.year,
    papers: Uint32Array.from(nodes.papers),
    topic: Int32Array.from(nodes.topic),
    subject: Int32Array.from(statements.subject),
    predicate: Uint8Array.from(statements.predicate),
    object: Int32Array.from(statements.object),
    confidence: Int8Array.from(statements.confidence),
    status: Uint8Array.from(statements.status),
    x: Float32Array.from(nodes.x),
    y: Float32Array.from(nodes.y),
  });
  byYears = undefined;
  indexStatements();
  rankNodes();
  bendEdges();
}

/** @param {DetailsBlock} block */
export function takeDetails(block) {
  details = block;
  nodeByIri = new Map(block.iri.map((iri, node) => [iri, node]));
}

function indexStatements() {
  const { count, statements, subject, object } = model;
  const first = new Int32Array(count + 1);
  for (let at = 0; at < statements; at += 1) {
    first[subject[at] + 1] += 1;
    first[object[at] + 1] += 1;
  }
  for (let node = 0; node < count; node += 1) first[node + 1] += first[node];
  const next = first.slice();
  const incident = new Int32Array(2 * statements);
  for (let at = 0; at < statements; at += 1) {
    incident[next[subject[at]]++] = at;
    incident[next[object[at]]++] = at;
  }
  Object.assign(model, { first, incident });
}

// A concept counts by its papers, what only orders others by what it joins; a paper by what it says.
function rankNodes() {
  const { count, papers, type } = model;
  const weight = new Float64Array(count);
  for (let node = 0; node < count; node += 1) {
    const degree = degreeOf(node);
    weight[node] = type[node] === PAPER ? degree / 2 : Math.max(papers[node], degree / 4) + degree / 1000;
  }
  const ranking = Int32Array.from({ length: count }, (_, node) => node).sort((a, b) => weight[b] - weight[a] || a - b);
  const rank = new Int32Array(count);
  ranking.forEach((node, place) => (rank[node] = place));
  Object.assign(model, { ranking, rank });
}

function bendEdges() {
  const { drawn, subject, object, count } = model;
  const bend = new Int8Array(drawn);
  /** @type {Map<number, number>} */
  const seen = new Map();
  for (let at = 0; at < drawn; at += 1) {
    const [a, b] = subject[at] < object[at] ? [subject[at], object[at]] : [object[at], subject[at]];
    const pair = a * count + b;
    const before = seen.get(pair) || 0;
    seen.set(pair, before + 1);
    bend[at] = (before % 2 ? 1 : -1) * Math.ceil(before / 2) * (subject[at] < object[at] ? 1 : -1);
  }
  model.bend = bend;
}

/** The arrangement by year, made when it is first looked at. */
export function timeline() {
  byYears ??= placeByYear(model.block.nodes.x, model.block.nodes.y, model.year);
  return byYears;
}
/** @type {import("./timeline.js").Timeline | undefined} */
let byYears;

/** @param {number} node */
export const degreeOf = (node) => model.first[node + 1] - model.first[node];
/** @param {number} node */
export const statementsOf = (node) => model.incident.subarray(model.first[node], model.first[node + 1]);
/** @param {number} node */
export const typeOf = (node) => model.block.types[model.type[node]];
/** @param {string} type @param {number} [count] The type's name for some of its nodes */
export const plural = (type, count = 2) =>
  count === 1 ? type : { Modality: "Modalities", Anatomy: "Anatomy" }[type] || type + "s";
/** @param {number} node */
export const nameOf = (node) => details.facts[node]?.name || model.label[node];
/** @param {number} node */
export const isPaper = (node) => model.type[node] === PAPER;
/** @param {number} statement @param {number} node */
export const otherEnd = (statement, node) =>
  model.subject[statement] === node ? model.object[statement] : model.subject[statement];
/** @param {number} node The IRI as it stands in addresses: without the base */
export const keyOf = (node) => details.iri[node];
/** @param {string} key @returns {number | null} */
export const nodeOf = (key) => nodeByIri.get(key) ?? null;
/** @param {number} node */
export const iriOf = (node) =>
  /^[a-z][a-z0-9+.-]*:/i.test(details.iri[node]) ? details.iri[node] : details.base + details.iri[node];
/** @param {number} confidence In per cent */
export const percent = (confidence) => `${confidence} %`;

/** @param {number} statement @returns {Set<number>} Years of the papers that say so */
export function yearsOf(statement) {
  const years = new Set();
  const papers = (details.evidence[statement] || []).map((sentence) => details.sentences.paper[sentence]);
  for (const paper of [...papers, model.subject[statement]]) {
    if (typeof paper === "number" && isPaper(paper) && model.year[paper] !== null) years.add(model.year[paper]);
  }
  return years;
}

/** @param {number} topic @param {number} many @returns {number[]} The concepts that a topic is best known by */
export function leadersOf(topic, many) {
  const found = [];
  for (const node of model.ranking) {
    if (model.topic[node] === topic && !isPaper(node)) found.push(node);
    if (found.length === many) break;
  }
  return found;
}
