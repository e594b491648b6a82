// Adds to the model what a server tells of a node: new nodes around it, and the statements and results they stand in.

import { details, model, nodeOf, takeDetails, takeGraph } from "./model.js";

/** @typedef {import("./source.js").Part} Part */
/** @typedef {import("./source.js").Result} Result */
/** @typedef {(sentence: number) => number} Renumber */

const NODE_COLUMNS = /** @type {const} */ (["label", "type", "year", "papers"]);
const STATEMENT_COLUMNS = /** @type {const} */ (["subject", "predicate", "object", "confidence", "status"]);

/**
 * Nodes keep their numbers; statements may get others, since drawn ones come first.
 * @param {Part} part
 * @returns {number} How many nodes are new
 */
export function mergePart(part) {
  const before = model.count;
  let next = before;
  const numbers = part.details.iri.map((iri) => nodeOf(iri) ?? next++);
  const sentence = sentenceAdder(part, numbers);
  addNodes(part, numbers);
  addStatements(part, numbers, sentence);
  addResults(part, numbers, sentence);
  model.block.leftOut = Math.max(0, model.block.leftOut - (next - before));
  takeGraph(model.block);
  takeDetails(details);
  return next - before;
}

/**
 * New nodes lie around the first known one as they do in the part.
 * @param {Part} part @param {number[]} numbers
 */
function addNodes(part, numbers) {
  const { nodes } = model.block;
  const from = part.graph.nodes;
  const anchor = numbers.findIndex((number) => number < model.count);
  const dx = anchor < 0 ? 0 : nodes.x[numbers[anchor]] - from.x[anchor];
  const dy = anchor < 0 ? 0 : nodes.y[numbers[anchor]] - from.y[anchor];
  const topic = anchor < 0 ? 0 : nodes.topic[numbers[anchor]];
  numbers.forEach((number, at) => {
    if (number < model.count) return;
    for (const column of NODE_COLUMNS) /** @type {unknown[]} */ (nodes[column]).push(from[column][at]);
    nodes.topic.push(topic);
    nodes.x.push(from.x[at] + dx);
    nodes.y.push(from.y[at] + dy);
    details.iri.push(part.details.iri[at]);
    details.facts.push(part.details.facts[at]);
  });
}

/**
 * Adds a sentence of the part when it is first asked for, unless the page has it.
 * @param {Part} part @param {number[]} numbers
 * @returns {Renumber}
 */
function sentenceAdder({ details: { sentences } }, numbers) {
  const all = details.sentences;
  /** @param {number | string} paper @param {string} text */
  const keyOf = (paper, text) => `${paper}\n${text}`;
  const known = new Map(all.text.map((text, at) => [keyOf(all.paper[at], text), at]));
  return (sentence) => {
    const told = sentences.paper[sentence];
    const paper = typeof told === "number" ? numbers[told] : told;
    const key = keyOf(paper, sentences.text[sentence]);
    const found = known.get(key);
    if (found !== undefined) return found;
    known.set(key, all.text.length);
    all.paper.push(paper);
    all.marks.push(sentences.marks[sentence].map((part, at) => (at % 3 === 2 && part >= 0 ? numbers[part] : part)));
    return all.text.push(sentences.text[sentence]) - 1;
  };
}

/**
 * Adds the statements that a new node stands in; those between known nodes are known.
 * @param {Part} part @param {number[]} numbers @param {Renumber} sentence
 */
function addStatements(part, numbers, sentence) {
  const { statements } = model.block;
  const from = part.graph.statements;
  const added = part.details.evidence.flatMap((sentences, at) => {
    const [subject, object] = [numbers[from.subject[at]], numbers[from.object[at]]];
    if (subject < model.count && object < model.count) return [];
    const row = { subject, predicate: from.predicate[at], object, confidence: from.confidence[at], status: from.status[at] };
    return [{ row, evidence: sentences.map(sentence), drawn: at < from.drawn }];
  });
  for (const drawn of [true, false]) {
    const some = added.filter((one) => one.drawn === drawn);
    const place = drawn ? statements.drawn : statements.subject.length;
    for (const column of STATEMENT_COLUMNS) statements[column].splice(place, 0, ...some.map(({ row }) => row[column]));
    details.evidence.splice(place, 0, ...some.map(({ evidence }) => evidence));
    if (drawn) statements.drawn += some.length;
  }
}

/**
 * Adds results; those that the page has, of a node that it had not, are completed.
 * @param {Part} part @param {number[]} numbers @param {Renumber} sentence
 */
function addResults(part, numbers, sentence) {
  /** @param {Result} result */
  const keyOf = ([places, ...rest]) => JSON.stringify([places[0], rest]);
  const known = new Map(details.results.map((result) => [keyOf(result), result]));
  for (const [places, metric, value, remark, confidence, sentences] of part.details.results) {
    /** @type {Result} */
    const result = [
      places.map((place) => (place === null ? null : numbers[place])),
      metric,
      value,
      remark,
      confidence,
      sentences.map(sentence),
    ];
    const same = known.get(keyOf(result));
    if (same) result[0].forEach((place, at) => (same[0][at] ??= place));
    else details.results.push(result);
  }
}
