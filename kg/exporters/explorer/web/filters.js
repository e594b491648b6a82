// What of the graph is shown: by type, relation, year, confidence, and in a first picture only the most important.

import { degreeOf, details, isPaper, model, otherEnd, statementsOf, typeOf, yearsOf } from "./model.js";
import { state, TOP } from "./state.js";

export const shown = {
  nodes: new Uint8Array(),
  /** By statement: whether it passes what is asked of statements, whatever its ends. */
  statements: new Uint8Array(),
  nodeCount: 0,
  edgeCount: 0,
};

export const isPart = () => !state.all && model.count > TOP;
const hasYears = () => state.from !== null || state.to !== null;

/** @param {number | null} year */
const inYears = (year) => year !== null && year >= (state.from ?? -Infinity) && year <= (state.to ?? Infinity);

const PAPERS = 0.4; // of the first picture, so that it shows what joins the concepts
/** @type {Set<number>} */
let top = new Set();

/** The concepts that count most, and the papers that say most of them. */
function topNodes() {
  if (top.size) return top;
  const concepts = [...model.ranking].filter((node) => !isPaper(node)).slice(0, Math.round(TOP * (1 - PAPERS)));
  const chosen = new Set(concepts);
  /** @type {Map<number, number>} */
  const said = new Map();
  for (const concept of concepts) {
    for (const statement of statementsOf(concept)) {
      const paper = otherEnd(statement, concept);
      if (isPaper(paper) && statement < model.drawn) said.set(paper, (said.get(paper) || 0) + 1);
    }
  }
  const papers = [...said].sort(([a, x], [b, y]) => y - x || model.rank[a] - model.rank[b]).slice(0, TOP - chosen.size);
  for (const [paper] of papers) chosen.add(paper);
  for (const node of model.ranking) if (chosen.size < TOP) chosen.add(node);
  top = chosen;
  return top;
}

/** @param {number} statement */
function passesStatement(statement) {
  const { confidence, predicate, block } = model;
  if (state.least && confidence[statement] >= 0 && confidence[statement] < state.least) return false;
  if (state.hiddenRelations.size && state.hiddenRelations.has(block.predicates[predicate[statement]].name))
    return false;
  if (!hasYears() || !details.evidence.length) return true;
  const years = yearsOf(statement);
  return !years.size || [...years].some(inYears);
}

/**
 * A paper is shown by its own year; a concept where no year is asked for, or something shown is said of it.
 * @param {number} node
 */
export function passesNode(node) {
  if (state.hiddenTypes.size && state.hiddenTypes.has(typeOf(node))) return false;
  if (model.type[node] === 0) return !hasYears() || inYears(model.year[node]);
  if (!hasYears() && !state.least && !state.hiddenRelations.size) return true;
  if (!degreeOf(node)) return !hasYears();
  return statementsOf(node).some((statement) => shown.statements[statement] === 1);
}

export function applyFilters() {
  const { count, statements, drawn, subject, object } = model;
  shown.statements = new Uint8Array(statements);
  for (let at = 0; at < statements; at += 1) shown.statements[at] = passesStatement(at) ? 1 : 0;
  shown.nodes = new Uint8Array(count);
  shown.nodeCount = 0;
  const part = isPart() ? topNodes() : null;
  for (let node = 0; node < count; node += 1) {
    if ((part && !part.has(node)) || !passesNode(node)) continue;
    shown.nodes[node] = 1;
    shown.nodeCount += 1;
  }
  shown.edgeCount = 0;
  for (let at = 0; at < drawn; at += 1) {
    if (shown.statements[at] && shown.nodes[subject[at]] && shown.nodes[object[at]]) shown.edgeCount += 1;
  }
}

/** @param {number} edge */
export const edgeShown = (edge) =>
  shown.statements[edge] && shown.nodes[model.subject[edge]] && shown.nodes[model.object[edge]];

/** The parts of the state that the filters depend on. */
export const FILTER_KEYS = ["hiddenTypes", "hiddenRelations", "from", "to", "least", "all"];

/**
 * All within some steps of a node that the filters let pass, be it in the first picture or not.
 * @param {number} node @param {number} hops @param {string} [group]
 */
export function neighbourhood(node, hops, group = "") {
  const nodes = new Set([node]);
  /** @type {Set<number>} */
  const edges = new Set();
  let border = [node];
  for (let step = 0; step < hops; step += 1) {
    const next = [];
    for (const from of border) {
      for (const statement of statementsOf(from)) {
        if (!shown.statements[statement] || (group && groupOf(statement, node) !== group)) continue;
        const to = model.subject[statement] === from ? model.object[statement] : model.subject[statement];
        if (!passesNode(to)) continue;
        if (statement < model.drawn) edges.add(statement);
        if (!nodes.has(to)) {
          nodes.add(to);
          next.push(to);
        }
      }
    }
    border = next;
  }
  return { nodes, edges };
}

/** The group that a statement is in among those of a node. @param {number} statement @param {number} node */
export function groupOf(statement, node) {
  const out = model.subject[statement] === node;
  const other = out ? model.object[statement] : model.subject[statement];
  return `${model.block.predicates[model.predicate[statement]].name}:${out ? "to" : "by"}:${typeOf(other)}`;
}
