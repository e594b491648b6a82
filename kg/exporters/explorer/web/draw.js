// Draws a part of the graph onto a canvas: edges, nodes, labels. Where much is shown edges are thinned out, since what
// cannot be told apart need not be drawn.

import { screenX, screenY, stageSize } from "./camera.js";
import { drawLabels, placeLabels, shortLabel } from "./labels.js";
import { isPaper, leadersOf, model, timeline } from "./model.js";
import { colours, drawNodes, drawRing } from "./shapes.js";
import { state } from "./state.js";

/** @typedef {import("./camera.js").Camera} Camera */
/**
 * @typedef {object} Scene
 * @property {Iterable<number>} nodes Most important first
 * @property {Iterable<number>} edges
 * @property {Camera} camera
 * @property {number} ratio Pixels of the canvas in one of the screen
 * @property {boolean} strong Whether it is looked at, or the ground of what is
 * @property {Set<number>} [ringed]
 */

const EDGES = 9000; // more cannot be told apart, and to stroke them takes too long
const BATCH = 1500; // segments of one path; a renderer in software slows down on longer ones
const MARGIN = 40;

/** @param {number} node @param {number} scale */
export function radiusOf(node, scale) {
  const zoom = Math.min(1.9, Math.max(0.32, scale * 1.5)) ** 0.72;
  const size = isPaper(node) ? 7 : 4 + 1.5 * Math.sqrt(Math.max(model.papers[node] - 1, 0));
  return Math.min(size, 16) * zoom;
}

/** Where the middle of a bent edge is drawn to. @param {number} edge @param {Camera} from */
export function middleOf(edge, from) {
  const [a, b] = [model.subject[edge], model.object[edge]];
  const [ax, ay, bx, by] = [screenX(a, from), screenY(a, from), screenX(b, from), screenY(b, from)];
  const bend = 0.14 * model.bend[edge];
  return { ax, ay, bx, by, mx: (ax + bx) / 2 - (by - ay) * bend, my: (ay + by) / 2 + (bx - ax) * bend };
}

/** @param {number} a @param {number} b @param {number} limit */
const outside = (a, b, limit) => (a < -MARGIN && b < -MARGIN) || (a > limit + MARGIN && b > limit + MARGIN);

/** @param {Scene} scene */
function edgesInSight({ edges, camera: from }) {
  const found = [];
  for (const edge of edges) {
    const [a, b] = [model.subject[edge], model.object[edge]];
    if (outside(screenX(a, from), screenX(b, from), stageSize.width)) continue;
    if (outside(screenY(a, from), screenY(b, from), stageSize.height)) continue;
    found.push(edge);
  }
  const step = Math.ceil(found.length / EDGES);
  return step > 1 ? found.filter((edge) => Math.imul(edge, 0x9e3779b1) >>> 0 < 0x100000000 / step) : found;
}

/** @param {CanvasRenderingContext2D} context @param {Scene} scene */
function drawEdges(context, scene) {
  const edges = edgesInSight(scene);
  const { camera: from, strong } = scene;
  const arrows = strong ? edges.length < 150 : edges.length < 900 && from.k > 0.6;
  context.strokeStyle = strong ? colours.quiet : colours.edge;
  context.globalAlpha = strong ? (edges.length < 60 ? 0.75 : 0.45) : Math.min(1, 0.4 + 250 / (edges.length + 1));
  context.lineWidth = strong ? (edges.length < 60 ? 1.4 : 0.9) : edges.length > 4000 ? 0.6 : 0.9;
  context.beginPath();
  edges.forEach((edge, place) => {
    const { ax, ay, bx, by, mx, my } = middleOf(edge, from);
    context.moveTo(ax, ay);
    if (model.bend[edge]) context.quadraticCurveTo(mx, my, bx, by);
    else context.lineTo(bx, by);
    if (arrows) addArrow(context, edge, from);
    if (place % BATCH === BATCH - 1) {
      context.stroke();
      context.beginPath();
    }
  });
  context.stroke();
  context.globalAlpha = 1;
}

/** @param {CanvasRenderingContext2D} context @param {number} edge @param {Camera} from */
function addArrow(context, edge, from) {
  const { ax, ay, bx, by, mx, my } = middleOf(edge, from);
  const [fromX, fromY] = model.bend[edge] ? [mx, my] : [ax, ay];
  const length = Math.hypot(bx - fromX, by - fromY);
  const gap = radiusOf(model.object[edge], from.k) + 2;
  if (length < gap + 14) return;
  const [dx, dy] = [(bx - fromX) / length, (by - fromY) / length];
  const [x, y] = [bx - dx * gap, by - dy * gap];
  context.moveTo(x - 5 * dx + 2.6 * dy, y - 5 * dy - 2.6 * dx);
  context.lineTo(x, y);
  context.lineTo(x - 5 * dx - 2.6 * dy, y - 5 * dy + 2.6 * dx);
}

/** The stage, as a share of that on a laptop. */
const area = () => (stageSize.width * stageSize.height) / 1.2e6;

/** @param {Scene} scene */
function nodesInSight({ nodes, camera: from }) {
  const found = [];
  for (const node of nodes) {
    const [x, y] = [screenX(node, from), screenY(node, from)];
    if (x < -MARGIN || y < -MARGIN || x > stageSize.width + MARGIN || y > stageSize.height + MARGIN) continue;
    found.push({ node, x, y, radius: radiusOf(node, from.k) });
  }
  const crowded = Math.max(0.35, Math.min(1, Math.sqrt((3000 * area()) / found.length)));
  const least = found.length < 800 ? 2.8 : 0.7; // of few nodes, shapes can be told apart
  for (const spot of found) spot.radius = Math.max(least, spot.radius * crowded);
  return found;
}

/** Names of the largest topics, where one looks from too far to name nodes. @param {ReturnType<typeof nodesInSight>} sight @param {Camera} from */
function topicTitles(sight, from) {
  if (state.arrangement !== "topics" || sight.length < 700 || from.k > 0.3) return [];
  /** @type {Map<number, {x: number, y: number, size: number}>} */
  const sums = new Map();
  for (const { node, x, y } of sight) {
    const sum = sums.get(model.topic[node]) || { x: 0, y: 0, size: 0 };
    sums.set(model.topic[node], { x: sum.x + x, y: sum.y + y, size: sum.size + 1 });
  }
  const largest = [...sums]
    .filter(([, { size }]) => size >= 25)
    .sort(([a, x], [b, y]) => y.size - x.size || a - b)
    .slice(0, 14);
  return largest.flatMap(([topic, { x, y, size }]) =>
    leaderOf(topic).map((node) => ({ node, text: shortLabel(node), x: x / size, y: y / size })),
  );
}

/** @type {Map<number, number[]>} */
const leaders = new Map();
/** @param {number} topic */
function leaderOf(topic) {
  const found = leaders.get(topic) || leadersOf(topic, 1);
  leaders.set(topic, found);
  return found;
}

/** Names the relations of the few edges that are looked at. @param {CanvasRenderingContext2D} context @param {Scene} scene */
function drawRelations(context, scene) {
  const edges = [...scene.edges];
  if (edges.length > 40) return;
  context.font = "11px system-ui, sans-serif";
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineWidth = 4;
  context.strokeStyle = colours.ground;
  context.fillStyle = colours.quiet;
  for (const edge of edges) {
    const { ax, ay, bx, by, mx, my } = middleOf(edge, scene.camera);
    const text = model.block.predicates[model.predicate[edge]].forward;
    if (Math.hypot(bx - ax, by - ay) < 60 + 6 * text.length) continue;
    const [x, y] = model.bend[edge] ? [(ax + 2 * mx + bx) / 4, (ay + 2 * my + by) / 4] : [mx, my];
    context.save();
    context.translate(x, y);
    const angle = Math.atan2(by - ay, bx - ax);
    context.rotate(Math.abs(angle) > Math.PI / 2 ? angle + Math.PI : angle);
    context.strokeText(text, 0, 0);
    context.fillText(text, 0, 0);
    context.restore();
  }
}

/** @param {CanvasRenderingContext2D} context @param {Camera} from */
function drawYears(context, from) {
  if (state.arrangement !== "years") return;
  context.font = "600 12px system-ui, sans-serif";
  context.textAlign = "center";
  context.textBaseline = "top";
  context.fillStyle = colours.quiet;
  const top = Math.max(62, (timeline().top - from.y) * from.k + stageSize.height / 2 - 34);
  let last = -Infinity;
  for (const [x, year] of timeline().columns) {
    const at = (x - from.x) * from.k + stageSize.width / 2;
    if (at - last < 44) continue;
    last = at;
    context.fillText(year === null ? "no year" : String(year), at, top);
  }
}

/** How many labels there is room for, the more the closer one looks. @param {number} inSight */
function room(inSight) {
  return Math.max(16, area() * (inSight > 1500 ? 60 : 110));
}

/** @param {CanvasRenderingContext2D} context @param {Scene} scene */
export function drawScene(context, scene) {
  const { ratio, strong, ringed, camera: from } = scene;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  drawEdges(context, scene);
  const sight = nodesInSight(scene);
  if (strong) for (const spot of sight) spot.radius = Math.max(spot.radius, 3.4);
  drawNodes(context, sight, ratio);
  for (const { node, x, y, radius } of sight) if (ringed?.has(node)) drawRing(context, node, x, y, radius + 2.5);
  if (strong) drawRelations(context, scene);
  const titlesHere = strong ? [] : topicTitles(sight, from);
  drawLabels(context, placeLabels(context, sight, { most: room(sight.length), always: ringed, titles: titlesHere }));
  if (!strong) drawYears(context, from);
}

/** The same picture as an SVG document, whose texts stay texts. @param {Scene} scene */
export function sceneAsSvg(scene) {
  const context = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
  const sight = nodesInSight(scene);
  return {
    sight,
    edges: edgesInSight(scene),
    labels: placeLabels(context, sight, { most: 4 * room(sight.length), always: scene.ringed }),
  };
}
