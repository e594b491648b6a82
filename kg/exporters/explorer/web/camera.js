// Where the picture is looked at from: the middle of the view and a scale, and what of the stage panels leave free.

import { byId, narrow } from "./dom.js";
import { model } from "./model.js";

/** @typedef {{x: number, y: number, k: number}} Camera */

/** @type {Camera} */
export const camera = { x: 0, y: 0, k: 1 };
export const stageSize = { width: 1, height: 1 };

/** @param {number} node @param {Camera} [from] */
export const screenX = (node, from = camera) => (model.x[node] - from.x) * from.k + stageSize.width / 2;
/** @param {number} node @param {Camera} [from] */
export const screenY = (node, from = camera) => (model.y[node] - from.y) * from.k + stageSize.height / 2;

/** What the panel and the filters cover of the stage, by side. */
function covered() {
  const stage = byId("stage").getBoundingClientRect();
  const panel = byId("panel").getBoundingClientRect();
  if (byId("panel").hidden) return { right: 0, bottom: narrow.matches ? 50 : 0 };
  if (narrow.matches) return { right: 0, bottom: Math.max(0, stage.bottom - panel.top) };
  return { right: Math.max(0, stage.right - panel.left), bottom: 0 };
}

/**
 * A camera that shows some nodes in what is free of the stage.
 * @param {Iterable<number>} nodes @param {number} [closest] The largest scale
 * @returns {Camera}
 */
export function cameraFor(nodes, closest = 1.5) {
  let [left, right, upper, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const node of nodes) {
    left = Math.min(left, model.x[node]);
    right = Math.max(right, model.x[node]);
    upper = Math.min(upper, model.y[node]);
    bottom = Math.max(bottom, model.y[node]);
  }
  if (left > right) return { ...camera };
  const cover = covered();
  const margin = narrow.matches ? 40 : 70;
  const top = narrow.matches ? 50 : 0; // what lies over the picture there
  const free = { x: stageSize.width - cover.right - 2 * margin, y: stageSize.height - cover.bottom - top - 2 * margin };
  const k = Math.min(closest, Math.max(free.x, 60) / (right - left + 1), Math.max(free.y, 60) / (bottom - upper + 1));
  return { x: (left + right) / 2 + cover.right / 2 / k, y: (upper + bottom) / 2 + (cover.bottom - top) / 2 / k, k };
}

/** Whether a node lies where it can be seen, with its label. @param {number} node */
export function inSight(node) {
  const [x, y, cover] = [screenX(node), screenY(node), covered()];
  return x > 30 && y > 30 && x < stageSize.width - cover.right - 30 && y < stageSize.height - cover.bottom - 40;
}
