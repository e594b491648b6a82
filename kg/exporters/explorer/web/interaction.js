// Hands on the picture: pointer, wheel, fingers and keys.

import { camera, stageSize } from "./camera.js";
import { byId, h } from "./dom.js";
import { degreeOf, isPaper, model, nameOf, typeOf } from "./model.js";
import { shapeIcon } from "./shapes.js";
import { change, openNode, state } from "./state.js";
import { edgeAt, hover, nodeAt, panBy, pin, redraw, showAll, showFocus, stayStill, zoomBy, zoomStep } from "./stage.js";

const STEP = 80;
const CLICK = 5; // pixels that a pointer may move in a click

/** @type {Map<number, {x: number, y: number}>} Fingers, or the one pointer, that are down */
const down = new Map();
/** @type {{node: number | null, x: number, y: number, moved: boolean} | null} */
let press = null;
let spread = 0;

/** @param {MouseEvent} event */
function placeOf(event) {
  const box = byId("stage").getBoundingClientRect();
  return { x: event.clientX - box.left, y: event.clientY - box.top };
}

/** @param {PointerEvent} event */
function pressed(event) {
  if (event.button) return;
  byId("canvas").setPointerCapture(event.pointerId);
  const at = placeOf(event);
  down.set(event.pointerId, at);
  const reach = event.pointerType === "touch" ? 14 : 4;
  press = down.size === 1 ? { ...at, node: nodeAt(at.x, at.y, reach), moved: false } : null;
  spread = distance();
  hideTip();
}

function distance() {
  const [a, b] = [...down.values()];
  return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0;
}

/** @param {PointerEvent} event */
function dragged(event) {
  const at = placeOf(event);
  const before = down.get(event.pointerId);
  if (!before) {
    if (event.pointerType === "mouse") pointAt(at);
    return;
  }
  down.set(event.pointerId, at);
  if (down.size === 2) pinch(before, at);
  else if (press) {
    if (!press.moved && Math.hypot(at.x - press.x, at.y - press.y) < CLICK) return;
    press.moved = true;
    if (press.node === null) panBy(before.x - at.x, before.y - at.y);
    else dragNode(press.node, at.x - before.x, at.y - before.y);
  }
}

/** @param {{x: number, y: number}} before @param {{x: number, y: number}} at */
function pinch(before, at) {
  const [a, b] = [...down.values()];
  const now = distance();
  panBy((before.x - at.x) / 2, (before.y - at.y) / 2);
  if (spread && now) zoomBy(now / spread, (a.x + b.x) / 2, (a.y + b.y) / 2);
  spread = now;
}

/** @param {number} node @param {number} dx @param {number} dy */
function dragNode(node, dx, dy) {
  model.x[node] += dx / camera.k;
  model.y[node] += dy / camera.k;
  pin(node);
  redraw({ ground: model.drawn < 3000 });
}

/** @param {PointerEvent} event */
function released(event) {
  if (!down.delete(event.pointerId) || !press) return;
  const { node, moved, x, y } = press;
  press = null;
  if (moved && node !== null) redraw();
  if (moved || event.type === "pointercancel") return;
  hover(null);
  stayStill();
  const edge = node === null ? edgeAt(x, y) : null;
  if (edge === null) openNode(node);
  else openNode(state.node === model.object[edge] ? state.node : model.subject[edge], { claim: edge });
}

/** @param {{x: number, y: number}} at */
function pointAt(at) {
  const node = nodeAt(at.x, at.y);
  hover(node);
  byId("canvas").classList.toggle("pointing", node !== null);
  if (node === null) hideTip();
  else showTip(node, at);
}

/** @param {number} node @param {{x: number, y: number}} at */
function showTip(node, at) {
  const tip = byId("tip");
  const papers = isPaper(node)
    ? model.year[node] || ""
    : `in ${model.papers[node]} ${model.papers[node] === 1 ? "paper" : "papers"}`;
  tip.replaceChildren(
    h("span", { class: "kind" }, shapeIcon(typeOf(node)), typeOf(node)),
    h("strong", { dir: "auto" }, nameOf(node)),
    h("small", {}, [papers, `${degreeOf(node)} statements`].filter(Boolean).join(" · ")),
  );
  tip.hidden = false;
  const left = at.x + 18 + tip.offsetWidth > stageSize.width ? at.x - 14 - tip.offsetWidth : at.x + 14;
  const top = at.y + 14 + tip.offsetHeight > stageSize.height ? at.y - 10 - tip.offsetHeight : at.y + 12;
  tip.style.left = `${Math.max(4, left)}px`;
  tip.style.top = `${Math.max(4, top)}px`;
}

function hideTip() {
  byId("tip").hidden = true;
}

/** @param {WheelEvent} event */
function wheeled(event) {
  event.preventDefault();
  const { x, y } = placeOf(event);
  hideTip();
  zoomBy(
    Math.exp(-Math.sign(event.deltaY) * Math.min(0.4, Math.abs(event.deltaY) * (event.ctrlKey ? 0.01 : 0.0016))),
    x,
    y,
  );
}

/** @param {KeyboardEvent} event */
function keyed(event) {
  const step = event.shiftKey ? 3 * STEP : STEP;
  /** @type {Record<string, () => void>} */
  const keys = {
    ArrowLeft: () => panBy(-step, 0),
    ArrowRight: () => panBy(step, 0),
    ArrowUp: () => panBy(0, -step),
    ArrowDown: () => panBy(0, step),
    "+": () => zoomStep(1.35),
    "=": () => zoomStep(1.35),
    "-": () => zoomStep(1 / 1.35),
    0: () => showAll(),
  };
  const act = keys[event.key];
  if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  act();
}

export function listenToHands() {
  const canvas = byId("canvas");
  canvas.addEventListener("pointerdown", pressed);
  canvas.addEventListener("pointermove", dragged);
  canvas.addEventListener("pointerup", released);
  canvas.addEventListener("pointercancel", released);
  canvas.addEventListener("pointerleave", () => {
    hover(null);
    hideTip();
  });
  canvas.addEventListener("wheel", wheeled, { passive: false });
  canvas.addEventListener("keydown", keyed);
  byId("zoom-in").addEventListener("click", () => zoomStep(1.5));
  byId("zoom-out").addEventListener("click", () => zoomStep(1 / 1.5));
  byId("fit").addEventListener("click", () => (state.node === null ? showAll() : showFocus()));
  for (const button of byId("arrangements").querySelectorAll("button")) {
    button.addEventListener("click", () => change({ arrangement: button.value }));
  }
  byId("show-all").addEventListener("click", () => change({ all: !state.all }));
}
