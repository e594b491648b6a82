// The picture on the screen: a ground that holds all that is shown, and over it what is looked at. While the picture is
// moved, what is drawn already is moved along; it is drawn anew when there is time.

import { camera, cameraFor, inSight, stageSize } from "./camera.js";
import { byId, calm } from "./dom.js";
import { drawScene, middleOf, radiusOf } from "./draw.js";
import { edgeShown, FILTER_KEYS, neighbourhood, shown } from "./filters.js";
import { model, timeline } from "./model.js";
import { colours } from "./shapes.js";
import { change, state } from "./state.js";

/** @typedef {import("./camera.js").Camera} Camera */

const FAST = 28; // milliseconds to the next frame; a picture that is drawn faster is drawn anew in every frame
const SETTLED = 110; // milliseconds without a movement, after which a slow picture is drawn anew
const GLIDE = 320;

const ground = /** @type {HTMLCanvasElement} */ (byId("ground"));
const focus = /** @type {HTMLCanvasElement} */ (byId("focus"));
/** The camera that the ground was drawn with. */
let drawnWith = { ...camera };
let drawTime = 0;
let settleTimer = 0;
let frame = 0;
let ratio = 1;
/** @type {number | null} */
let hovered = null;
/** @type {Set<number>} */
let near = new Set();

/** @param {HTMLCanvasElement} canvas */
const contextOf = (canvas) => /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));

/** Follows the window, and draws anew where the stage has another size. */
export function followSize() {
  const { width, height } = stageSize;
  if (resizeStage() && (width !== stageSize.width || height !== stageSize.height)) redraw();
}

/** @returns {boolean} Whether there is a stage to draw on */
export function resizeStage() {
  const box = byId("stage").getBoundingClientRect();
  if (!box.width || !box.height) return false;
  ratio = Math.min(2, window.devicePixelRatio || 1);
  if (
    stageSize.width === box.width &&
    stageSize.height === box.height &&
    ground.width === Math.round(box.width * ratio)
  )
    return true;
  Object.assign(stageSize, { width: box.width, height: box.height });
  for (const canvas of [ground, focus]) {
    canvas.width = Math.round(box.width * ratio);
    canvas.height = Math.round(box.height * ratio);
  }
  return true;
}

function* shownNodes() {
  for (const node of model.ranking) if (shown.nodes[node]) yield node;
}

function* shownEdges() {
  for (let edge = 0; edge < model.drawn; edge += 1) if (edgeShown(edge)) yield edge;
}

/** What is looked at: around the node pointed at, else around the one that is open. */
function lookedAt() {
  if (hovered !== null) return { ...neighbourhood(hovered, 1), centre: hovered };
  if (state.node !== null)
    return { ...neighbourhood(state.node, Math.max(state.hops, 1), state.group), centre: state.node };
  return null;
}

/** @returns {import("./draw.js").Scene} */
export const groundScene = () => ({ nodes: shownNodes(), edges: shownEdges(), camera, ratio, strong: false });

/** @returns {import("./draw.js").Scene | null} */
export function focusScene() {
  const looked = lookedAt();
  if (!looked) return null;
  const nodes = [...looked.nodes].sort(
    (a, b) => Number(b === looked.centre) - Number(a === looked.centre) || model.rank[a] - model.rank[b],
  );
  return { nodes, edges: looked.edges, camera, ratio, strong: true, ringed: new Set([looked.centre]) };
}

function drawGround() {
  const started = performance.now();
  const context = contextOf(ground);
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, ground.width, ground.height);
  drawScene(context, groundScene());
  drawnWith = { ...camera };
  ground.style.transform = "";
  requestAnimationFrame(() => {
    drawTime = performance.now() - started; // with what the browser does after we have said what to draw
    performance.measure("kg-redraw", { start: started, duration: drawTime });
  });
}

function drawFocus() {
  const context = contextOf(focus);
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, focus.width, focus.height);
  const scene = focusScene();
  near = new Set(scene ? scene.nodes : []);
  ground.classList.toggle("faded", scene !== null && (hovered !== null || state.hops > 0));
  if (scene) drawScene(context, scene);
}

function moveGround() {
  const scale = camera.k / drawnWith.k;
  const x = (drawnWith.x - camera.x) * camera.k + (stageSize.width / 2) * (1 - scale);
  const y = (drawnWith.y - camera.y) * camera.k + (stageSize.height / 2) * (1 - scale);
  ground.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
}

/** @param {{ground?: boolean}} [options] Whether the ground itself is another, and not only seen from elsewhere */
export function redraw({ ground: anew = true } = {}) {
  if (anew) groundIsOld = true;
  if (!frame) frame = requestAnimationFrame(paint);
}
let groundIsOld = true;

function paint() {
  frame = 0;
  if (byId("graph").hidden || !resizeStage()) return;
  if (groundIsOld) drawGround();
  groundIsOld = false;
  drawFocus();
  if (drawnFirst) return;
  drawnFirst = true;
  performance.mark("kg-drawn");
}
let drawnFirst = false;

/** The camera has moved: cheap pictures are drawn anew, dear ones moved along and drawn when it rests. */
export function moved() {
  window.clearTimeout(settleTimer);
  if (drawTime < FAST) redraw();
  else {
    moveGround();
    redraw({ ground: false });
    settleTimer = window.setTimeout(() => redraw(), SETTLED);
  }
  keepTimer = keepTimer || window.setTimeout(keepCamera, 400);
}
let keepTimer = 0;

function keepCamera() {
  keepTimer = 0;
  change({ camera: [camera.x, camera.y, camera.k] }, { replace: true });
}

/** @param {Camera} to @param {boolean} [glide] */
export function moveTo(to, glide = !calm.matches) {
  cancelAnimationFrame(glideFrame);
  const from = { ...camera };
  if (!glide) {
    Object.assign(camera, to);
    moved();
    return;
  }
  const started = performance.now();
  const step = () => {
    const time = Math.min(1, (performance.now() - started) / GLIDE);
    const ease = 1 - (1 - time) ** 3;
    camera.k = from.k * (to.k / from.k) ** ease;
    camera.x = from.x + (to.x - from.x) * ease;
    camera.y = from.y + (to.y - from.y) * ease;
    moved();
    if (time < 1) glideFrame = requestAnimationFrame(step);
  };
  step();
}
let glideFrame = 0;

/** @param {number} factor @param {number} x @param {number} y A point of the stage that stays where it is @param {boolean} [glide] */
export function zoomBy(factor, x, y, glide = false) {
  const k = Math.min(8, Math.max(0.005, camera.k * factor));
  const [dx, dy] = [x - stageSize.width / 2, y - stageSize.height / 2];
  moveTo({ x: camera.x + dx / camera.k - dx / k, y: camera.y + dy / camera.k - dy / k, k }, glide);
}

/** @param {number} factor Of the scale, in the middle of the stage */
export const zoomStep = (factor) => zoomBy(factor, stageSize.width / 2, stageSize.height / 2, !calm.matches);

/** @param {number} x @param {number} y In pixels of the screen */
export const panBy = (x, y) => moveTo({ ...camera, x: camera.x + x / camera.k, y: camera.y + y / camera.k }, false);

/** @param {boolean} [glide] */
export function showAll(glide) {
  moveTo(cameraFor(shownNodes()), glide);
}

/** @param {boolean} [glide] */
export function showFocus(glide) {
  if (state.node === null) showAll(glide);
  else moveTo(cameraFor(neighbourhood(state.node, Math.max(1, state.hops), state.group).nodes, 1.2), glide);
}

/** @param {number | null} node */
export function hover(node) {
  if (node === hovered) return;
  hovered = node;
  redraw({ ground: false });
}

/** The node that lies under a point of the stage. @param {number} x @param {number} y @param {number} [reach] @returns {number | null} */
export function nodeAt(x, y, reach = 4) {
  const at = {
    x: (x - stageSize.width / 2) / camera.k + camera.x,
    y: (y - stageSize.height / 2) / camera.k + camera.y,
  };
  const far = 24 / camera.k;
  let [best, least] = [/** @type {number | null} */ (null), Infinity];
  const faded = state.node !== null && state.hops > 0;
  for (let node = 0; node < model.count; node += 1) {
    const [dx, dy] = [model.x[node] - at.x, model.y[node] - at.y];
    if (dx > far || dx < -far || dy > far || dy < -far) continue;
    if (!shown.nodes[node] && !near.has(node)) continue;
    const distance = Math.hypot(dx, dy) * camera.k - radiusOf(node, camera.k) + (faded && !near.has(node) ? 6 : 0);
    if (distance < reach && distance < least) [best, least] = [node, distance];
  }
  return best;
}

const EDGES_APART = 1500; // of more, one cannot be pointed at

/**
 * The edge that lies under a point of the stage, among those that are looked at, or all where they are few.
 * @param {number} x
 * @param {number} y
 * @returns {number | null}
 */
export function edgeAt(x, y) {
  const scene = state.node !== null && state.hops > 0 ? focusScene() : null;
  const edges = scene ? scene.edges : shown.edgeCount < EDGES_APART ? shownEdges() : [];
  let [best, least] = [/** @type {number | null} */ (null), 6];
  for (const edge of edges) {
    const { ax, ay, bx, by, mx, my } = middleOf(edge, camera);
    const [cx, cy] = model.bend[edge] ? [(ax + 2 * mx + bx) / 4, (ay + 2 * my + by) / 4] : [mx, my];
    const distance = Math.min(fromSegment(x, y, ax, ay, cx, cy), fromSegment(x, y, cx, cy, bx, by));
    if (distance < least) [best, least] = [edge, distance];
  }
  return best;
}

/**
 * How far a point is from a segment.
 * @param {number} x
 * @param {number} y
 * @param {number} ax
 * @param {number} ay
 * @param {number} bx
 * @param {number} by
 */
function fromSegment(x, y, ax, ay, bx, by) {
  const square = (bx - ax) ** 2 + (by - ay) ** 2;
  const share = square ? Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / square)) : 0;
  return Math.hypot(x - ax - share * (bx - ax), y - ay - share * (by - ay));
}

/** @param {string} arrangement */
export function arrange(arrangement) {
  const { x, y } = model.block.nodes;
  const byYear = arrangement === "years";
  const { xs, ys } = byYear ? timeline() : onItsSide ? { xs: y, ys: x } : { xs: x, ys: y };
  model.x.set(xs);
  model.y.set(ys);
  if (!byYear) for (const [node, [px, py]] of pins) [model.x[node], model.y[node]] = onItsSide ? [py, px] : [px, py];
}

/** The places are made for a wide screen; on a tall one the picture is laid on its side. */
const onItsSide = window.innerHeight > 1.2 * window.innerWidth;

/** Keeps where the reader has put a node. @param {number} node */
export function pin(node) {
  if (state.arrangement !== "topics") return;
  const place = [Math.round(model.x[node]), Math.round(model.y[node])];
  pins.set(node, /** @type {[number, number]} */ (onItsSide ? place.reverse() : place));
}

/** Places that the reader has given to nodes. @type {Map<number, [number, number]>} */
export const pins = new Map();

/** The next node that is opened was pressed in the picture, which therefore stays where it is. */
export function stayStill() {
  still = true;
}
let still = false;

/** @param {Set<string>} changed */
export function stageChanged(changed) {
  if (changed.has("arrangement")) arrange(state.arrangement);
  if (state.view !== "graph") return;
  const opened = changed.has("view");
  if (!resizeStage()) return;
  if (opened && state.camera && !onItsSide)
    moveTo({ x: state.camera[0], y: state.camera[1], k: state.camera[2] }, false);
  else if (opened || changed.has("arrangement")) showFocus(false);
  else if (changed.has("all")) showAll(false);
  else if (state.node !== null && changed.has("node") && still) {
    if (!inSight(state.node)) moveTo(cameraFor([state.node], camera.k));
  } else if (state.node !== null && ["hops", "group", "node"].some((key) => changed.has(key))) showFocus();
  still = false;
  const anew = opened || changed.has("arrangement") || FILTER_KEYS.some((key) => changed.has(key));
  redraw({ ground: anew || drawTime === 0 });
}

/** The colours are others, or the stage has another size. */
export function stageRestyled() {
  byId("stage").style.background = colours.ground;
  redraw();
}
