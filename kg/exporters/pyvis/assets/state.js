// What the page knows, and how its parts hear of a change. Text from the graph only ever becomes text nodes.

const state = { selected: null, edge: null, hovered: null, near: new Set(), hidden: new Set(), list: false };
const listeners = [];
let data = { nodes: [], edges: [], options: {} };
let facts = { types: [], predicates: [], nodes: [], sentences: [], statements: [], results: [] };
let statementsOf = [];

const byId = (id) => document.getElementById(id);
const count = (number, one, many) => number.toLocaleString("en") + " " + (number === 1 ? one : many);
const nameOf = (node) => facts.nodes[node].name || data.nodes[node].label;
const typeOf = (node) => data.nodes[node].group;
const isPaper = (node) => typeOf(node) === "Paper";
// A concept counts by its papers, one that only orders others (such as a general task) by what it joins.
const importance = (node) => Math.max(data.nodes[node].value, statementsOf[node].length / 4);
const isShown = (node) => !state.hidden.has(typeOf(node));
const percent = (share) => Math.round(share * 100) + " %";

function element(tag, options, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(options || {})) {
    if (name === "class") made.className = value;
    else if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

async function unpack(text) {
  const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).text();
}

async function readBlock(id) {
  const block = byId(id);
  const text = "packed" in block.dataset ? await unpack(block.textContent) : block.textContent;
  block.remove();
  return JSON.parse(text);
}

async function readData() {
  data = await readBlock("network");
  data.options = JSON.parse(data.options);
  facts = await readBlock("facts");
  statementsOf = data.nodes.map(() => []);
  facts.statements.forEach(([subject, , object], number) => {
    statementsOf[subject].push(number);
    statementsOf[object].push(number);
  });
}

function changed() {
  for (const listener of listeners) listener();
}

// Selects a node, or nothing; every part of the page follows.
function select(node) {
  state.selected = node;
  state.edge = null;
  state.near = new Set();
  if (node !== null) {
    state.near.add(node);
    state.hidden.delete(typeOf(node));
    for (const number of statementsOf[node]) {
      state.near.add(facts.statements[number][0]).add(facts.statements[number][2]);
    }
  }
  changed();
}

function selectEdge(number) {
  state.selected = null;
  state.edge = number;
  state.near = new Set([facts.statements[number][0], facts.statements[number][2]]);
  changed();
}
