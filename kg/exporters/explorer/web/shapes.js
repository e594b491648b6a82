// One shape and one colour per type. The shapes are SVG paths in a square from -1 to 1, drawn on the canvas and in
// the legend alike; the colours (Okabe and Ito, told apart by colour-blind readers) are in page.css.

import { svg } from "./dom.js";
import { model, typeOf } from "./model.js";

/** @type {Record<string, string>} */
export const SHAPES = {
  Paper: "M-.75 -1H.3L.8 -.5V1H-.75Z",
  Method: "M0 -.9A.9 .9 0 1 1 0 .9A.9 .9 0 1 1 0 -.9Z",
  Dataset: "M-.8 -.8H.8V.8H-.8Z",
  Modality: "M0 -1.1L1.1 0L0 1.1L-1.1 0Z",
  Disease: "M0 -1L1 .8H-1Z",
  Task: "M0 -1.1L.31 -.34L1.1 -.34L.48 .16L.71 .95L0 .48L-.71 .95L-.48 .16L-1.1 -.34L-.31 -.34Z",
  Metric: "M0 1L1 -.8H-1Z",
  Anatomy: "M-.35 -1H.35V-.35H1V.35H.35V1H-.35V.35H-1V-.35H-.35Z",
};
const PATHS = Object.fromEntries(Object.entries(SHAPES).map(([type, path]) => [type, new Path2D(path)]));

/** @type {Record<string, string>} */
export let colours = {};
/** @type {Map<number, HTMLCanvasElement>} */
const stamps = new Map();

/** Reads the colours of the theme in force; a canvas cannot use style sheets. */
export function readColours() {
  const style = getComputedStyle(document.documentElement);
  const names = [
    ...Object.keys(SHAPES).map((type) => type.toLowerCase()),
    "ground",
    "card",
    "ink",
    "quiet",
    "edge",
    "accent",
    "line",
  ];
  colours = Object.fromEntries(names.map((name) => [name, style.getPropertyValue("--" + name).trim()]));
  stamps.clear();
}

/** @param {string} type */
export function shapeIcon(type) {
  return svg(
    "svg",
    { viewBox: "-1.3 -1.3 2.6 2.6", class: "icon " + type.toLowerCase(), "aria-hidden": "true" },
    svg("path", { d: SHAPES[type] }),
  );
}

/**
 * A picture of a shape, drawn once for each size: to copy it is far cheaper than to fill a path.
 * @param {number} type @param {number} radius @param {number} ratio
 */
function stampOf(type, radius, ratio) {
  const size = Math.max(1, Math.round(radius * ratio * 2) / 2);
  const key = 1000 * type + 2 * size;
  let stamp = stamps.get(key);
  if (!stamp) {
    const name = model.block.types[type];
    stamp = document.createElement("canvas");
    stamp.width = stamp.height = Math.ceil(size * 2.4 + 4);
    const context = /** @type {CanvasRenderingContext2D} */ (stamp.getContext("2d"));
    context.translate(stamp.width / 2, stamp.height / 2);
    context.scale(size, size);
    context.lineWidth = (1.6 * ratio) / size;
    context.strokeStyle = colours.ground;
    context.stroke(PATHS[name]);
    context.fillStyle = colours[name.toLowerCase()];
    context.fill(PATHS[name]);
    stamps.set(key, stamp);
  }
  return stamp;
}

const SPECK = 2.2; // below this radius a shape cannot be told from a square

/** @typedef {{node: number, x: number, y: number, radius: number}} Spot */

/**
 * Nodes, the first on top.
 * @param {CanvasRenderingContext2D} context @param {Spot[]} spots @param {number} ratio
 */
export function drawNodes(context, spots, ratio) {
  drawSpecks(
    context,
    spots.filter(({ radius }) => radius < SPECK),
  );
  for (let at = spots.length - 1; at >= 0; at -= 1) {
    const { node, x, y, radius } = spots[at];
    if (radius < SPECK) continue;
    const stamp = stampOf(model.type[node], radius, ratio);
    const size = stamp.width / ratio;
    // Whole pixels, so that the stamp is copied and not computed anew.
    context.drawImage(
      stamp,
      Math.round((x - size / 2) * ratio) / ratio,
      Math.round((y - size / 2) * ratio) / ratio,
      size,
      size,
    );
  }
}

/** All of a colour at once, since to change the colour takes longer than to draw. @param {CanvasRenderingContext2D} context @param {Spot[]} spots */
function drawSpecks(context, spots) {
  for (let type = 0; type < model.block.types.length; type += 1) {
    // papers first, which would hide all else
    context.fillStyle = colours[model.block.types[type].toLowerCase()];
    for (const { node, x, y, radius } of spots)
      if (model.type[node] === type) context.fillRect(x - radius, y - radius, 2 * radius, 2 * radius);
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} node @param {number} x @param {number} y @param {number} radius
 */
export function drawRing(context, node, x, y, radius) {
  context.save();
  context.translate(x, y);
  context.scale(radius, radius);
  context.lineWidth = 3 / radius;
  context.strokeStyle = colours.accent;
  context.stroke(PATHS[typeOf(node)]);
  context.restore();
}
