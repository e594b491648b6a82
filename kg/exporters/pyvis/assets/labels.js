// Labels: of constant size on the screen, the most important first, never one over another, and the more of them
// the closer one looks.

const FONT = "12px system-ui, sans-serif";
const BOLD = "600 12.5px system-ui, sans-serif";
const CELL = 48;
const FIRST = 70; // labels in the first view
const widths = new Map();
let ranking = [];

const HUBS = 12; // concepts that are named before any paper, since all else hangs on them

const weight = (node) => 1000 * importance(node) + statementsOf[node].length;

function rankNodes() {
  const nodes = data.nodes.map(({ id }) => id).sort((a, b) => weight(b) - weight(a) || a - b);
  const concepts = nodes.filter((node) => !isPaper(node));
  ranking = [...concepts.slice(0, HUBS), ...nodes.filter(isPaper), ...concepts.slice(HUBS)];
}

function shortLabel(node) {
  const { label } = data.nodes[node];
  const chars = [...label];
  return chars.length > 34 ? chars.slice(0, 32).join("").trimEnd() + "…" : label;
}

function labelWidth(context, node, text) {
  if (!widths.has(node)) widths.set(node, context.measureText(text).width);
  return widths.get(node);
}

// Remembers taken rectangles by the cells of a grid.
class Taken {
  constructor() {
    this.cells = new Map();
  }

  *keys([left, top, right, bottom]) {
    for (let x = Math.floor(left / CELL); x <= right / CELL; x += 1) {
      for (let y = Math.floor(top / CELL); y <= bottom / CELL; y += 1) yield x * 10007 + y;
    }
  }

  has(box) {
    for (const key of this.keys(box)) {
      for (const other of this.cells.get(key) || []) {
        if (box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1]) return true;
      }
    }
    return false;
  }

  add(box) {
    for (const key of this.keys(box)) {
      if (!this.cells.has(key)) this.cells.set(key, []);
      this.cells.get(key).push(box);
    }
  }
}

// Orders the nodes for labelling: what is pointed at, then the neighbours of what is selected, then the rest.
function labelOrder() {
  const first = [state.hovered, state.selected].filter((node) => node !== null);
  const near = state.near.size ? ranking.filter((node) => state.near.has(node)) : ranking;
  return [...new Set([...first, ...near])];
}

function drawLabels(context) {
  const scale = network.getScale();
  const ratio = window.devicePixelRatio || 1;
  const centre = network.getViewPosition();
  const places = network.getPositions();
  const { clientWidth: width, clientHeight: height } = byId("canvas");
  const zoom = scale / (state.fitted || scale);
  let left = state.near.size ? Infinity : Math.max(20, (FIRST * width * height) / 1.2e6) * zoom ** 2.4;
  const taken = new Taken();
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.textAlign = "center";
  context.textBaseline = "top";
  context.lineJoin = "round";
  const order = labelOrder().map((node) => [node, places[node], drawnSize(node) * scale]).filter(([, place]) => place); // the rest is hidden
  for (const [, place] of order) {
    place.x = (place.x - centre.x) * scale + width / 2;
    place.y = (place.y - centre.y) * scale + height / 2;
  }
  for (const [node, { x, y }, size] of order) if (isPaper(node)) taken.add([x - size, y - size, x + size, y + size]);
  for (const [node, { x, y }, size] of order) {
    if (left <= 0) break;
    if (x < -40 || y < -20 || x > width + 40 || y > height + 20) continue;
    if (drawLabel(context, node, x, y, size, taken)) left -= 1;
  }
  context.restore();
}

function drawLabel(context, node, x, y, size, taken) {
  const text = shortLabel(node);
  context.font = isPaper(node) ? BOLD : FONT;
  const half = labelWidth(context, node, text) / 2 + 2;
  const box = [x - half, y + size + 1, x + half, y + size + 16];
  const pinned = node === state.hovered || node === state.selected;
  if (!pinned && taken.has(box)) return false;
  taken.add(box);
  context.globalAlpha = 1;
  context.lineWidth = 4;
  context.strokeStyle = colours.ground;
  context.strokeText(text, x, y + size + 3);
  context.fillStyle = isPaper(node) || pinned ? colours.ink : colours.quiet;
  context.fillText(text, x, y + size + 3);
  return true;
}
