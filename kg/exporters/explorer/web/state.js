// What is looked at, and how: one object, kept in the address, so that a link opens the same view.

import { keyOf, model, nodeOf } from "./model.js";

export const VIEWS = ["overview", "graph", "table", "compare", "results"];
export const MOST_COMPARED = 6; // nodes that can be compared
export const TOP = 300; // nodes of the first picture of a larger graph

export const state = {
  view: "overview",
  /** @type {number | null} */ node: null,
  /** How far from the node the picture shows all, or 0 for no focus. */
  hops: 1,
  /** A group of the node's statements that is looked at: predicate, direction and type of the other ends. */
  group: "",
  /** A statement whose evidence is open. */
  /** @type {number | null} */ claim: null,
  /** @type {Set<string>} */ hiddenTypes: new Set(),
  /** @type {Set<string>} */ hiddenRelations: new Set(),
  /** @type {number | null} */ from: null,
  /** @type {number | null} */ to: null,
  least: 0,
  all: false,
  arrangement: "topics",
  query: "",
  tableType: "",
  sort: "",
  /** @type {number[]} */ compared: [],
  /** @type {[number, number, number] | null} Middle and scale of the picture. */ camera: null,
};

/** @typedef {typeof state} State */
/** @typedef {(changed: Set<string>) => void} Listener */

/** @type {Listener[]} */
const listeners = [];

/** @param {Listener} listener Told after every change which parts of the state are others */
export const onChange = (listener) => listeners.push(listener);

/**
 * Changes the state, tells all, and keeps it in the address.
 * @param {Partial<State>} patch
 * @param {{replace?: boolean}} [options] Whether this is no step that Back would undo
 */
export function change(patch, { replace = false } = {}) {
  const changed = new Set(
    Object.entries(patch)
      .filter(([key, value]) => /** @type {any} */ (state)[key] !== value)
      .map(([key]) => key),
  );
  if (!changed.size) return;
  Object.assign(state, patch);
  keepAddress(replace);
  for (const listener of listeners) listener(changed);
}

/** Opens a node: its details, and in the picture what it is joined to. @param {number | null} node @param {Partial<State>} [more] */
export function openNode(node, more = {}) {
  change({ node, group: "", claim: null, hops: state.hops || 1, ...more });
}

/** @param {number} statement */
const claimKey = (statement) =>
  [
    keyOf(model.subject[statement]),
    model.block.predicates[model.predicate[statement]].name,
    keyOf(model.object[statement]),
  ].join("|");

/** @param {string} key @returns {number | null} */
function claimOf(key) {
  for (let at = 0; key && at < model.statements; at += 1) if (claimKey(at) === key) return at;
  return null;
}

/** @param {string} text */
const escaped = (text) => encodeURIComponent(text).replace(/%(2F|2C|7C|3A)/g, decodeURIComponent);

/** The state as the part of the address behind "#". */
function addressOf() {
  /** @type {[string, string][]} */
  const parts = [
    ["view", state.view === "overview" ? "" : state.view],
    ["node", state.node === null ? "" : keyOf(state.node)],
    ["hops", state.node === null || state.hops === 1 ? "" : String(state.hops)],
    ["group", state.group],
    ["claim", state.claim === null ? "" : claimKey(state.claim)],
    ["without", [...state.hiddenTypes, ...state.hiddenRelations].join(",")],
    ["from", state.from === null ? "" : String(state.from)],
    ["to", state.to === null ? "" : String(state.to)],
    ["least", state.least ? String(state.least) : ""],
    ["all", state.all ? "1" : ""],
    ["by", state.arrangement === "topics" ? "" : state.arrangement],
    ["query", state.query],
    ["type", state.tableType],
    ["sort", state.sort],
    ["compare", state.compared.map(keyOf).join(",")],
    [
      "camera",
      state.camera && state.view === "graph" ? state.camera.map((part) => +part.toPrecision(5)).join(",") : "",
    ],
  ];
  return parts
    .filter(([, value]) => value)
    .map(([key, value]) => `${key}=${escaped(value)}`)
    .join("&");
}

/** @param {boolean} replace */
function keepAddress(replace) {
  const address = "#" + addressOf();
  if (address === (location.hash || "#")) return;
  if (replace) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
}

/** Keys of the nodes that the address names. */
export const addressedKeys = () =>
  [...location.hash.matchAll(/[#&](node|compare)=([^&]*)/g)].flatMap(([, name, value]) => {
    try {
      const key = decodeURIComponent(value);
      return name === "node" ? [key] : key.split(",").slice(0, MOST_COMPARED);
    } catch {
      return []; // an address that we did not make
    }
  });

/** The graph is larger than before: all is to be shown anew. */
export function refresh() {
  const all = new Set(Object.keys(state));
  for (const listener of listeners) listener(all);
}

/** Takes the state from the address; what it does not name, or what we do not have, is as in the beginning. */
export function followAddress() {
  /** @type {Map<string, string>} */
  const parts = new Map();
  for (const part of location.hash.slice(1).split("&")) {
    const [key, value = ""] = part.split("=");
    try {
      parts.set(key, decodeURIComponent(value));
    } catch {
      continue; // an address that we did not make
    }
  }
  /** @param {string} key */
  const text = (key) => parts.get(key) || "";
  /** @param {string} key */
  const number = (key) => (parts.has(key) && Number.isFinite(Number(text(key))) ? Number(text(key)) : null);
  const node = nodeOf(text("node"));
  const without = text("without").split(",").filter(Boolean);
  const camera = text("camera").split(",").map(Number);
  /** @type {State} */
  const wanted = {
    view: VIEWS.includes(text("view")) ? text("view") : "overview",
    node,
    hops: node === null ? 1 : Math.min(3, Math.max(0, number("hops") ?? 1)),
    group: node === null ? "" : text("group"),
    claim: claimOf(text("claim")),
    hiddenTypes: new Set(without.filter((name) => model.block.types.includes(name))),
    hiddenRelations: new Set(without.filter((name) => model.block.predicates.some((each) => each.name === name))),
    from: number("from"),
    to: number("to"),
    least: Math.min(100, Math.max(0, number("least") ?? 0)),
    all: text("all") === "1",
    arrangement: text("by") === "years" ? "years" : "topics",
    query: text("query"),
    tableType: model.block.types.includes(text("type")) ? text("type") : "",
    sort: text("sort"),
    compared: text("compare")
      .split(",")
      .map(nodeOf)
      .filter((one) => one !== null),
    camera:
      camera.length === 3 && camera.every(Number.isFinite) && camera[2] > 0 ? [camera[0], camera[1], camera[2]] : null,
  };
  Object.assign(state, wanted);
  refresh();
}
