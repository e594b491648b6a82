// Adds to the model what a server tells of a node: new nodes around it, and the statements and results they stand in.

import { details, model, nameOf, nodeOf, statementsOf, takeDetails, takeGraph } from "./model.js";

/** @typedef {import("./source.js").Part} Part */
/** @typedef {import("./source.js").Result} Result */
/** @typedef {(sentence: number) => number} Renumber */

const NODE_COLUMNS = /** @type {const} */ (["label", "type", "year", "papers"]);
const STATEMENT_COLUMNS = /** @type {const} */ (["subject", "predicate", "object", "confidence", "status"]);

/**
 * Nodes keep their numbers; statements may get others, since drawn ones come first.
 * @param {Part} part What is told of its first node
 * @returns {{nodes: number, statements: number}} How many are new
 */
export function mergePart(part) {
  const before = model.count;
  let next = before;
  const numbers = part.details.iri.map((iri) => nodeOf(iri) ?? next++);
  const nodes = next - before;
  const sentence = sentenceAdder(part, numbers);
  addNodes(part, numbers);
  const statements = addStatements(part, numbers, sentence);
  addResults(part, numbers, sentence);
  model.block.leftOut = Math.max(0, model.block.leftOut - nodes);
  if (nodes + statements) takeGraph(model.block);
  takeDetails(details);
  return { nodes, statements };
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
 * Adds a sentence of the part when it is first asked for; one that the page has is completed.
 * @param {Part} part @param {number[]} numbers
 * @returns {Renumber}
 */
function sentenceAdder(part, numbers) {
  const all = details.sentences;
  const { sentences, facts } = part.details;
  const { label } = part.graph.nodes;
  const known = new Map(all.text.map((text, at) => [`${titleOf(all.paper[at], nameOf)}\n${text}`, at]));
  return (sentence) => {
    const told = sentences.paper[sentence];
    const paper = typeof told === "number" ? numbers[told] : told;
    const marks = sentences.marks[sentence].map((one, at) => (at % 3 === 2 && one >= 0 ? numbers[one] : one));
    const key = `${titleOf(told, (node) => facts[node].name || label[node])}\n${sentences.text[sentence]}`;
    const found = known.get(key);
    if (found === undefined) {
      known.set(key, all.text.length);
      all.paper.push(paper);
      all.marks.push(marks);
      return all.text.push(sentences.text[sentence]) - 1;
    }
    if (typeof paper === "number") all.paper[found] = paper;
    completeMarks(all.marks[found], marks);
    return found;
  };
}

/** @param {number | string} paper @param {(node: number) => string} name */
const titleOf = (paper, name) => (typeof paper === "number" ? name(paper) : paper);

/** Names the nodes of marks that the page had not. @param {number[]} known @param {number[]} told */
function completeMarks(known, told) {
  for (let at = 0; at < known.length; at += 3)
    for (let other = 0; known[at + 2] < 0 && other < told.length; other += 3)
      if (known[at] === told[other] && known[at + 1] === told[other + 1]) known[at + 2] = told[other + 2];
}

/**
 * Adds the statements that the page has not.
 * @param {Part} part @param {number[]} numbers @param {Renumber} sentence
 */
function addStatements(part, numbers, sentence) {
  const { statements } = model.block;
  const from = part.graph.statements;
  const own = numbers[0] < model.count ? statementsOf(numbers[0]) : [];
  const known = new Set(
    [...own].map((at) => [model.subject[at], model.predicate[at], model.object[at], model.status[at]].join()),
  );
  const added = part.details.evidence.flatMap((sentences, at) => {
    const [subject, object] = [numbers[from.subject[at]], numbers[from.object[at]]];
    if (known.has([subject, from.predicate[at], object, from.status[at]].join())) return [];
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
  return added.length;
}

/**
 * Adds results; those that the page has, of a node that it had not, are completed.
 * @param {Part} part @param {number[]} numbers @param {Renumber} sentence
 */
function addResults(part, numbers, sentence) {
  const left = new Set(details.results); // each stands for one result at most
  /** @param {Result} one @param {Result} other */
  const isSame = ([places, ...rest], [others, ...more]) =>
    places.every((place, at) => place === others[at] || place === null || others[at] === null) &&
    JSON.stringify(rest) === JSON.stringify(more);
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
    const same = [...left].find((one) => one[0][0] === result[0][0] && isSame(one, result));
    if (same) {
      left.delete(same);
      result[0].forEach((place, at) => (same[0][at] ??= place));
    } else details.results.push(result);
  }
}
