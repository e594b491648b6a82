// The picture: vis-network draws edges and finds what is pointed at, we draw the nodes.

let network = null;
let nodeView = null;
const INSTANT = matchMedia("(prefers-reduced-motion: reduce)").matches;
const MOTION = INSTANT ? false : { duration: 300, easingFunction: "easeInOutQuad" };

function sizeOf(node) {
  return isPaper(node) ? 15 : 6 + 2.4 * Math.sqrt(Math.max(importance(node) - 1, 0));
}

// Nodes keep a size that can be seen and pointed at, however far one zooms out, and leave room when one zooms in.
function drawnSize(node) {
  const scale = network ? network.getScale() : 1;
  const least = isPaper(node) ? 6 : 2.6;
  return Math.max(sizeOf(node) / Math.sqrt(Math.max(scale, 1)), least / scale);
}

const isFaded = (node) => state.near.size > 0 && !state.near.has(node);

function renderNode({ ctx, id, x, y }) {
  const size = drawnSize(id);
  const drawNode = () => {
    ctx.save();
    ctx.globalAlpha = isFaded(id) ? 0.16 : 1;
    drawShape(ctx, typeOf(id), x, y, size, id === state.selected || id === state.hovered);
    ctx.restore();
  };
  return { drawNode, nodeDimensions: { width: 2 * size, height: 2 * size } };
}

function edgeColours() {
  const base = state.near.size > 0 ? colours["edge-faded"] : colours.edge;
  return { color: base, highlight: colours.accent, hover: colours.accent };
}

// The places are made for a wide screen; on a tall one the picture is laid on its side.
function fitShape() {
  const { clientWidth, clientHeight } = byId("canvas");
  if (clientHeight > clientWidth) for (const node of data.nodes) [node.x, node.y] = [node.y, node.x];
}

async function drawNetwork() {
  const vis = document.createElement("script");
  vis.textContent = await unpack(byId("vis").textContent);
  document.head.append(vis);
  byId("vis").remove();
  fitShape();
  const { DataView, DataSet, Network } = window.vis;
  nodeView = new DataView(new DataSet(data.nodes), { filter: ({ id }) => isShown(id) });
  const { options } = data;
  options.nodes = { ...options.nodes, ctxRenderer: renderNode };
  options.edges = { ...options.edges, color: edgeColours() };
  network = new Network(byId("canvas"), { nodes: nodeView, edges: new DataSet(data.edges) }, options);
  byId("canvas").firstElementChild.tabIndex = -1; // the canvas around it has the focus and the keys
  network.on("afterDrawing", drawLabels);
  network.on("click", ({ nodes, edges }) => {
    hover(null, null);
    if (nodes.length) {
      select(nodes[0]);
      uncover(nodes[0]);
    }
    else if (edges.length) selectEdge(edges[0]);
    else select(null);
  });
  network.on("hoverNode", ({ node, event }) => hover(node, nodeTip(node), event));
  network.on("hoverEdge", ({ edge, event }) => hover(null, edgeTip(edge), event));
  for (const name of ["blurNode", "blurEdge", "dragStart", "zoom"]) network.on(name, () => hover(null, null));
  showAll(false);
}

function hover(node, content, event) {
  const tip = byId("tip");
  state.hovered = node;
  byId("canvas").classList.toggle("pointing", content !== null);
  tip.hidden = content === null;
  tip.replaceChildren(...(content || []));
  if (content) {
    const stage = byId("stage").getBoundingClientRect();
    const [x, y] = [event.clientX - stage.left, event.clientY - stage.top];
    const left = x + 16 + tip.offsetWidth > stage.width ? x - 16 - tip.offsetWidth : x + 16;
    const top = y + 12 + tip.offsetHeight > stage.height ? y - 12 - tip.offsetHeight : y + 12;
    tip.style.left = Math.max(4, left) + "px";
    tip.style.top = Math.max(4, top) + "px";
  }
  network.redraw();
}

// Shows all nodes in what legend and panel leave free.
function showAll(animation = MOTION) {
  const places = Object.values(network.getPositions());
  if (!places.length) return;
  const [xs, ys] = [places.map(({ x }) => x), places.map(({ y }) => y)];
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const { clientWidth, clientHeight } = byId("canvas");
  const cover = covered();
  const legend = byId("legend").open && clientWidth > 700 ? byId("legend").offsetWidth : 0;
  const margin = Math.min(100, 0.12 * clientWidth); // labels stand out of their nodes
  const free = { x: clientWidth - cover.x - legend - margin, y: clientHeight - cover.y - 90 };
  const scale = Math.min(1.6, Math.max(free.x, 60) / (right - left + 60), Math.max(free.y, 60) / (bottom - top + 60));
  const position = { x: (left + right) / 2, y: (top + bottom) / 2 };
  network.moveTo({ position, scale, offset: { x: (legend - cover.x) / 2, y: -cover.y / 2 }, animation });
  state.fitted = scale;
}

function zoomBy(factor) {
  network.moveTo({ scale: network.getScale() * factor, animation: MOTION });
}

function moveBy(x, y) {
  const { x: left, y: top } = network.getViewPosition();
  const step = 80 / network.getScale();
  network.moveTo({ position: { x: left + x * step, y: top + y * step } });
}

// How much of the picture the panel covers: its right side, or on a narrow screen its foot.
function covered() {
  const panel = byId("panel").getBoundingClientRect();
  const stage = byId("stage").getBoundingClientRect();
  return panel.width > 0.9 * stage.width ? { x: 0, y: panel.height } : { x: panel.width, y: 0 };
}

// Brings a node into the middle of what the panel leaves free.
function flyTo(node, scale = Math.max(network.getScale(), 1.25)) {
  const { x, y } = covered();
  network.focus(node, { scale, offset: { x: -x / 2, y: -y / 2 }, animation: MOTION });
}

// Moves a node only if the panel that it opened lies over it.
function uncover(node) {
  const { x, y } = network.canvasToDOM(network.getPositions([node])[node]);
  const { clientWidth, clientHeight } = byId("canvas");
  const cover = covered();
  if (x > clientWidth - cover.x - 40 || y > clientHeight - cover.y - 30) flyTo(node, network.getScale());
}

function refreshNetwork() {
  if (!network) return;
  nodeView.refresh();
  const known = state.selected !== null || state.edge !== null;
  network.setOptions({ edges: { color: edgeColours() } });
  network.unselectAll();
  if (known) {
    const edges = state.edge === null ? statementsOf[state.selected] : [state.edge];
    network.selectEdges(edges.filter((number) => number < data.edges.length && edgeShown(number)));
  }
}

const edgeShown = (number) => isShown(facts.statements[number][0]) && isShown(facts.statements[number][2]);
