// The decisions: those of the graph, those of an opened file, and those taken on this page; which of them stand.

import { data, paperOf } from "./data.js";

/** @typedef {import("./data.js").Claim} Claim @typedef {import("./data.js").Decision} Decision @typedef {import("./data.js").Said} Said */

/** @type {Decision[]} In the order of the file to be saved: what was opened, then what was decided here. */
let taken = [];
/** How many of them a file holds already; the others can still be forgotten. */
let settled = 0;
/** @type {Map<string, Decision> | null} */
let standing = null;
let author = "";

export const authorName = () => author;
/** @param {string} name */
export function setAuthor(name) {
  author = name.trim();
}

export const unsaved = () => taken.length - settled;
export const hasTaken = () => taken.length > 0;
export function markSaved() {
  settled = taken.length;
}

export const asFile = () => taken.map((one) => JSON.stringify(one) + "\n").join("");

/** @param {string} paper @param {Said} said */
const keyOf = (paper, { subject, predicate, object, status }) =>
  JSON.stringify([paper, subject, predicate, object, status]);

/** An undo counts unless it is undone itself, so they are read from the end; of two about one claim the later stands. */
function findStanding() {
  const undone = new Set();
  const found = new Map();
  for (const one of [...data.decisions, ...taken].reverse()) {
    if (undone.has(one.id)) continue;
    if (one.undoes) undone.add(one.undoes);
    else if (one.claim && !found.has(keyOf(one.paper, one.claim))) found.set(keyOf(one.paper, one.claim), one);
  }
  return found;
}

/** @param {Claim} claim @returns {Decision | undefined} */
export function decisionOn(claim) {
  standing ??= findStanding();
  return standing.get(keyOf(paperOf(claim).key, claim));
}

/** @param {Decision[]} changed */
function change(changed) {
  taken = changed;
  standing = null;
}

/** Sixteen random bytes: decisions of several people are put together, and may never share an id. */
const newId = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

const now = () => new Date().toISOString().replace(/\.\d+Z$/, "Z");

/** @param {Said} said @returns {Said} */
const justSaid = ({ subject, predicate, object, status }) => ({ subject, predicate, object, status });

/** @param {Claim} claim @param {"accept" | "reject" | "correct"} verdict @param {Said} [instead] @param {string} [comment] */
export function decide(claim, verdict, instead, comment) {
  const paper = paperOf(claim);
  const named = new Set([claim.subject, claim.object, instead?.subject, instead?.object]);
  change([
    ...taken,
    {
      id: newId(),
      paper: paper.key,
      verdict,
      claim: justSaid(claim),
      ...(instead ? { instead: justSaid(instead) } : {}),
      entities: paper.entities.filter((one) => named.has(one.name)),
      sentence: claim.sentence,
      quote: claim.quote,
      mentions: claim.mentions,
      author,
      date: now(),
      ...(comment ? { comment } : {}),
    },
  ]);
}

/** @param {Claim} claim @returns {boolean} Whether there was something to take back */
export function takeBack(claim) {
  const decision = decisionOn(claim);
  if (!decision) return false;
  if (taken.indexOf(decision) >= settled) change(taken.filter((one) => one !== decision));
  else
    change([
      ...taken,
      { id: newId(), paper: decision.paper, verdict: "undo", undoes: decision.id, author, date: now() },
    ]);
  return true;
}

/**
 * Put the decisions of a file before those taken here.
 * @param {string} text
 * @returns {number} How many were not known
 */
export function openFile(text) {
  const known = new Set([...data.decisions, ...taken].map((one) => one.id));
  const found = text
    .split("\n")
    .map((line, at) => ({ line, at }))
    .filter(({ line }) => line.trim())
    .map(({ line, at }) => parseLine(line, at + 1));
  const added = found.filter((one) => !known.has(one.id));
  change([...taken.slice(0, settled), ...added, ...taken.slice(settled)]);
  settled += added.length;
  author ||= found.at(-1)?.author ?? "";
  return added.length;
}

/** @param {string} line @param {number} number @returns {Decision} */
function parseLine(line, number) {
  let read = null;
  try {
    read = JSON.parse(line);
  } catch {
    // told below, with the number of the line
  }
  if (typeof read?.id !== "string" || typeof read.verdict !== "string" || typeof read.paper !== "string")
    throw new Error(`Line ${number} is no decision; nothing was opened.`);
  return read;
}
