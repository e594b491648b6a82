// Questions in plain words: "which methods target rib fracture" is a type, a relation and a node.

import { groupOf } from "./filters.js";
import { model, statementsOf } from "./model.js";

const EMPTY = new Set(
  "a all an and any are by can did do does find for has have how in is it its list of on or show that the their there they this to use used what where which who with".split(
    " ",
  ),
);
/** @type {Record<string, string>} */
const SAME = {
  treat: "target",
  detect: "target",
  evaluated: "evaluat",
  tested: "evaluat",
  trained: "train",
  train: "train",
  propose: "propos",
  solve: "address",
  image: "imag",
  report: "report",
  introduce: "introduc",
};

/** @param {string} text */
export const fold = (text) =>
  text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[-_/\s?!.,;:"“”]+/g, " ")
    .trim();

/** @param {string} word The word without its ending, so that "targeting" and "targets" meet */
const stem = (word) => SAME[word] || word.replace(/(ies|ing|ed|es|s|e)$/, "");

/** @param {string} text @returns {{types: Set<string>, relations: Set<string>, rest: string, words: boolean}} */
export function readQuestion(text) {
  const types = new Map(model.block.types.map((type) => [stem(type.toLowerCase()), type]));
  /** @type {{types: Set<string>, relations: Set<string>}} */
  const found = { types: new Set(), relations: new Set() };
  const rest = [];
  let words = false;
  for (const word of fold(text).split(" ")) {
    const type = types.get(stem(word));
    const relations = model.block.predicates.filter(
      ({ forward, back }) =>
        stem(word).length > 3 && [...forward.split(" "), ...back.split(" ")].some((part) => stem(part) === stem(word)),
    );
    if (EMPTY.has(word)) words = true;
    else if (type) found.types.add(type);
    else if (relations.length) for (const { name } of relations) found.relations.add(name);
    else rest.push(word);
  }
  return { ...found, rest: rest.join(" "), words: words || found.types.size > 0 || found.relations.size > 0 };
}

/**
 * Groups of a node's statements that answer a question, the largest first; without one, its largest groups.
 * @param {number} node @param {{types: Set<string>, relations: Set<string>}} question @param {number} most
 * @returns {[string, number][]}
 */
export function answersOf(node, { types, relations }, most) {
  /** @type {Map<string, number>} */
  const groups = new Map();
  for (const statement of statementsOf(node)) {
    const key = groupOf(statement, node);
    groups.set(key, (groups.get(key) || 0) + 1);
  }
  const fits = [...groups].filter(([key]) => {
    const [relation, , type] = key.split(":");
    return (!types.size || types.has(type)) && (!relations.size || relations.has(relation));
  });
  return fits.sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).slice(0, most);
}
