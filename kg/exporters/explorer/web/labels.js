// Labels: of constant size on the screen, the most important first, never one over another, and the more of them the
// closer one looks.

import { isPaper, model } from "./model.js";
import { colours } from "./shapes.js";

const FONT = '12px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';
const BOLD = '600 12px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';
const TITLE = '650 14px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';
const CELL = 64;
const LONGEST = 34;
/** @type {Map<string, number>} */
const widths = new Map();

/** @typedef {{text: string, x: number, y: number, font: string, colour: string}} Label */
/** @typedef {[number, number, number, number]} Box */

/** Remembers taken rectangles by the cells of a grid. */
class Taken {
  constructor() {
    /** @type {Map<number, Box[]>} */
    this.cells = new Map();
  }

  /** @param {Box} box */
  *keys([left, top, right, bottom]) {
    for (let x = Math.floor(left / CELL); x <= right / CELL; x += 1) {
      for (let y = Math.floor(top / CELL); y <= bottom / CELL; y += 1) yield x * 10007 + y;
    }
  }

  /** @param {Box} box */
  has(box) {
    for (const key of this.keys(box)) {
      for (const other of this.cells.get(key) || []) {
        if (box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1]) return true;
      }
    }
    return false;
  }

  /** @param {Box} box */
  add(box) {
    for (const key of this.keys(box)) {
      const cell = this.cells.get(key);
      if (cell) cell.push(box);
      else this.cells.set(key, [box]);
    }
  }
}

/** @param {number} node */
export function shortLabel(node) {
  const label = model.label[node];
  if (label.length <= LONGEST) return label;
  const chars = [...label.slice(0, 2 * LONGEST)];
  return chars.length > LONGEST
    ? chars
        .slice(0, LONGEST - 2)
        .join("")
        .trimEnd() + "…"
    : label;
}

/** @param {CanvasRenderingContext2D} context @param {string} text @param {string} font */
function widthOf(context, text, font) {
  const key = font + text;
  let width = widths.get(key);
  if (width === undefined) {
    context.font = font;
    width = context.measureText(text).width;
    widths.set(key, width);
  }
  return width;
}

/**
 * Chooses which labels there is room for.
 * @param {CanvasRenderingContext2D} context Measures texts
 * @param {{node: number, x: number, y: number, radius: number}[]} candidates Most important first
 * @param {{most: number, always?: Set<number>, titles?: {node: number, text: string, x: number, y: number}[]}} options
 * @returns {Label[]}
 */
export function placeLabels(context, candidates, { most, always, titles = [] }) {
  const taken = new Taken();
  const labels = [];
  const titled = new Set();
  for (const { node, text, x, y } of titles) {
    const half = widthOf(context, text, TITLE) / 2 + 6;
    /** @type {Box} */
    const box = [x - half, y - 10, x + half, y + 12];
    if (taken.has(box)) continue;
    taken.add(box);
    titled.add(node);
    labels.push({ text, x, y: y - 8, font: TITLE, colour: colours.ink });
  }
  for (const { node, x, y, radius } of candidates) {
    if (labels.length >= most) break;
    if (titled.has(node)) continue;
    const text = shortLabel(node);
    const font = isPaper(node) ? BOLD : FONT;
    const half = widthOf(context, text, font) / 2 + 3;
    /** @type {Box} */
    const box = [x - half, y + radius + 1, x + half, y + radius + 17];
    const pinned = always?.has(node);
    if (!pinned && taken.has(box)) continue;
    taken.add(box);
    labels.push({ text, x, y: y + radius + 3, font, colour: pinned || isPaper(node) ? colours.ink : colours.quiet });
  }
  return labels;
}

/** @param {CanvasRenderingContext2D} context @param {Label[]} labels */
export function drawLabels(context, labels) {
  context.textAlign = "center";
  context.textBaseline = "top";
  context.lineJoin = "round";
  context.strokeStyle = colours.ground;
  for (const { text, x, y, font, colour } of labels) {
    context.font = font;
    context.lineWidth = 4;
    context.strokeText(text, x, y);
    context.fillStyle = colour;
    context.fillText(text, x, y);
  }
}
