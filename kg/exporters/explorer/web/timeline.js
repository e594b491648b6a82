// The second arrangement: a column for each year, in it the nodes of that year from top to bottom as in the first.

const COLUMN_STEP = 40;
const BETWEEN_YEARS = 90;
const TALLEST = 0.75; // of the whole, as a share of the side of a square that holds all nodes

/** @typedef {{xs: Float32Array, ys: Float32Array, columns: [number, number | null][], top: number}} Timeline
 * Places of the nodes; where the column of each year has its middle, null: without a year; and the highest place. */

/**
 * Lays nodes out by year; those without one get the last column.
 * @param {number[]} x
 * @param {number[]} y
 * @param {(number | null)[]} years
 * @returns {Timeline}
 */
export function placeByYear(x, y, years) {
  const rows = Math.max(4, Math.round(TALLEST * Math.sqrt(y.length)));
  const [xs, ys] = [new Float32Array(y.length), new Float32Array(y.length)];
  /** @type {[number, number | null][]} */
  const columns = [];
  let left = 0;
  for (const [year, nodes] of nodesByYear(x, y, years)) {
    const wide = Math.ceil(nodes.length / rows);
    const high = Math.ceil(nodes.length / wide);
    nodes.forEach((node, place) => {
      xs[node] = left + (place % wide) * COLUMN_STEP;
      ys[node] = (Math.floor(place / wide) - (high - 1) / 2) * COLUMN_STEP;
    });
    columns.push([left + ((wide - 1) * COLUMN_STEP) / 2, year]);
    left += (wide - 1) * COLUMN_STEP + BETWEEN_YEARS;
  }
  const middle = (left - BETWEEN_YEARS) / 2;
  return {
    xs: xs.map((each) => each - middle),
    ys,
    columns: columns.map(([each, year]) => [each - middle, year]),
    top: ys.reduce((least, each) => Math.min(least, each), 0),
  };
}

/** @param {number[]} x @param {number[]} y @param {(number | null)[]} years */
function nodesByYear(x, y, years) {
  /** @type {Map<number | null, number[]>} */
  const found = new Map();
  const order = Array.from(y, (_, node) => node).sort((a, b) => y[a] - y[b] || x[a] - x[b] || a - b);
  for (const node of order) {
    const nodes = found.get(years[node]);
    if (nodes) nodes.push(node);
    else found.set(years[node], [node]);
  }
  return [...found].sort(([a], [b]) => (a ?? Infinity) - (b ?? Infinity));
}
