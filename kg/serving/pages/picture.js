// A small picture of triples: nodes that repel each other, held together by what links them.

import { counted, svg } from "../../exporters/explorer/web/dom.js";
import { addressOf, shortName } from "./names.js";

/** @typedef {import("./terms.js").Triple} Triple */
/** @typedef {{key: string, name: string, iri: string, degree: number, x: number, y: number}} Dot */
/** @typedef {{from: Dot, to: Dot, name: string}} Link */

const MOST = 80; // nodes; more are no picture any more
const NAMED_LINKS = 30; // with more links their names would hide the picture
const ROUNDS = 200;
const GOLDEN_ANGLE = 2.399963;
const TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const NAMES = /(#label|#prefLabel|\/title|\/name)$/;

/** @param {Triple[]} triples @returns {{dots: Dot[], links: Link[], leftOut: number}} */
function network(triples) {
  /** @type {Map<string, Dot>} */
  const dots = new Map();
  /** @type {Map<string, string>} */
  const names = new Map();
  const links = [];
  for (const { subject, predicate, object } of triples) {
    if (subject.type === "triple" || predicate.type !== "uri" || object.type === "triple") continue;
    if (object.type === "literal") {
      if (NAMES.test(predicate.value)) names.set(subject.value, object.value);
    } else if (predicate.value !== TYPE) {
      const [from, to] = [subject, object].map((term) => dotOf(dots, term));
      from.degree += 1;
      to.degree += 1;
      links.push({ from, to, name: shortName(predicate.value) });
    }
  }
  for (const dot of dots.values()) dot.name = names.get(dot.key) ?? dot.name;
  const kept = [...dots.values()].sort((a, b) => b.degree - a.degree).slice(0, MOST);
  const drawn = links.filter(({ from, to }) => kept.includes(from) && kept.includes(to) && from !== to);
  return { dots: kept, links: joined(drawn), leftOut: dots.size - kept.length };
}

/** Links that lie on each other become one, with all their names. @param {Link[]} links */
function joined(links) {
  /** @type {Map<string, Link>} */
  const found = new Map();
  for (const { from, to, name } of links) {
    const key = `${from.key} ${to.key}`;
    const former = found.get(key);
    if (former) former.name += `, ${name}`;
    else found.set(key, { from, to, name });
  }
  return [...found.values()];
}

/** @param {Map<string, Dot>} dots @param {{type: string, value: string}} term */
function dotOf(dots, { type, value }) {
  const found = dots.get(value);
  if (found) return found;
  const iri = type === "uri" ? value : "";
  const made = { key: value, name: iri ? shortName(value) : `_:${value}`, iri, degree: 0, x: 0, y: 0 };
  dots.set(value, made);
  return made;
}

/**
 * Fruchterman and Reingold's forces (https://doi.org/10.1002/spe.4380211102), from a spiral: the same picture each time.
 * @param {Dot[]} dots @param {Link[]} links
 */
function place(dots, links) {
  dots.forEach((dot, at) => {
    const far = Math.sqrt(at / dots.length) / 2;
    dot.x = far * Math.cos(at * GOLDEN_ANGLE);
    dot.y = far * Math.sin(at * GOLDEN_ANGLE);
  });
  const ideal = 1 / Math.sqrt(dots.length);
  for (let round = 0; round < ROUNDS; round += 1) {
    const moves = new Map(dots.map((dot) => [dot, pushed(dot, dots, ideal)]));
    for (const { from, to } of links) pull(from, to, moves, ideal);
    const step = 0.1 * (1 - round / ROUNDS);
    for (const [dot, { x, y }] of moves) {
      const length = Math.hypot(x, y) || 1;
      dot.x += (x / length) * Math.min(length, step);
      dot.y += (y / length) * Math.min(length, step);
    }
  }
}

/** @param {Dot} dot @param {Dot[]} dots @param {number} ideal */
function pushed(dot, dots, ideal) {
  const move = { x: -dot.x * 0.05, y: -dot.y * 0.05 }; // a little toward the middle, so that no part drifts away
  for (const other of dots) {
    const [x, y] = [dot.x - other.x, dot.y - other.y];
    const square = x * x + y * y || 1e-6;
    move.x += (x / square) * ideal * ideal;
    move.y += (y / square) * ideal * ideal;
  }
  return move;
}

/** @param {Dot} from @param {Dot} to @param {Map<Dot, {x: number, y: number}>} moves @param {number} ideal */
function pull(from, to, moves, ideal) {
  const [x, y] = [to.x - from.x, to.y - from.y];
  const force = Math.hypot(x, y) / ideal;
  for (const [dot, sign] of /** @type {[Dot, number][]} */ ([[from, 1], [to, -1]])) {
    const move = moves.get(dot);
    if (!move) continue;
    move.x += sign * x * force;
    move.y += sign * y * force;
  }
}

/** @param {Dot[]} dots @param {number} width @param {number} height */
function fit(dots, width, height) {
  for (const [axis, size, edge] of /** @type {["x" | "y", number, number][]} */ ([["x", width, 70], ["y", height, 24]])) {
    const low = Math.min(...dots.map((dot) => dot[axis]));
    const span = Math.max(...dots.map((dot) => dot[axis])) - low || 1;
    for (const dot of dots) dot[axis] = Math.round(edge + ((dot[axis] - low) / span) * (size - 2 * edge));
  }
}

/** @param {string} name */
const clipped = (name) => (name.length > 28 ? name.slice(0, 27) + "…" : name);

/** @param {Link} link @param {boolean} named @returns {SVGElement[]} */
function drawnLink({ from, to, name }, named) {
  const line = svg("line", { x1: from.x, y1: from.y, x2: to.x, y2: to.y, "marker-end": "url(#arrow)" });
  line.append(svg("title", {}, `${from.name} ${name} ${to.name}`));
  if (!named) return [line];
  return [line, svg("text", { class: "edge", x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 }, name)];
}

/** @param {Dot} dot @param {number} width */
function drawnDot(dot, width) {
  const right = dot.x > width / 2;
  const parts = [
    svg("circle", { cx: dot.x, cy: dot.y, r: 5 }, svg("title", {}, dot.iri || dot.name)),
    svg("text", { x: dot.x + (right ? -8 : 8), y: dot.y + 4, "text-anchor": right ? "end" : "start" }, clipped(dot.name)),
  ];
  const address = dot.iri && addressOf(dot.iri);
  return address ? svg("a", { href: address, rel: "noreferrer" }, ...parts) : svg("g", {}, ...parts);
}

/** @param {Triple[]} triples @param {number} width In pixels @returns {{picture: SVGElement, told: string} | null} */
export function drawPicture(triples, width) {
  const { dots, links, leftOut } = network(triples);
  if (!dots.length) return null;
  place(dots, links);
  const height = Math.round(Math.max(280, Math.min(560, width * 0.6)));
  fit(dots, width, height);
  const told = `${counted(dots.length, "node")}, ${counted(links.length, "link")}`;
  const picture = svg("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "group", "aria-label": told });
  const arrow = svg("path", { d: "M0 0 8 3 0 6z" });
  picture.append(
    svg("defs", {}, svg("marker", { id: "arrow", refX: 14, refY: 3, markerWidth: 8, markerHeight: 6, orient: "auto" }, arrow)),
    ...links.flatMap((link) => drawnLink(link, links.length <= NAMED_LINKS)),
    ...dots.map((dot) => drawnDot(dot, width)),
  );
  return { picture, told: leftOut ? `${told}; ${counted(leftOut, "less linked node")} left out` : told };
}
