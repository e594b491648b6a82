// What is in here: counts, years, what is most spoken of, topics, questions to start from, and a glance at the map.

import { byId, counted, h, plain } from "./dom.js";
import { details, isPaper, leadersOf, model, nameOf, plural, typeOf } from "./model.js";
import { nodeButton } from "./evidence.js";
import { answersOf } from "./questions.js";
import { colours, shapeIcon } from "./shapes.js";
import { change, openNode } from "./state.js";

const LISTS = ["Method", "Dataset", "Disease", "Modality", "Task", "Metric", "Anatomy"];
const LONG = 8;
const TOPICS = 8;

/** @param {string} type @returns {number[]} The nodes of a type, the most important first */
export function nodesOfType(type) {
  const place = model.block.types.indexOf(type);
  return [...model.ranking].filter((node) => model.type[node] === place);
}

/** @param {string} type @param {number} count */
function tile(type, count) {
  const name = plural(type, count);
  return h(
    "button",
    { type: "button", class: "tile", onclick: () => change({ view: "table", tableType: type, node: null }) },
    h("span", { class: "figure" }, plain(count)),
    h("span", { class: "of" }, shapeIcon(type), name),
  );
}

function yearChart() {
  /** @type {Map<number, number>} */
  const counts = new Map();
  for (const node of nodesOfType("Paper")) {
    const year = model.year[node];
    if (year !== null) counts.set(year, (counts.get(year) || 0) + 1);
  }
  if (counts.size < 2) return null;
  const known = [...counts.keys()];
  const [first, last] = [Math.max(Math.min(...known), Math.max(...known) - 29), Math.max(...known)];
  const most = Math.max(...counts.values());
  const bars = [];
  for (let year = first; year <= last; year += 1) {
    const count = counts.get(year) || 0;
    const bar = h("span", { class: "column" });
    bar.style.setProperty("--share", String(count / most));
    const label = `${year}: ${counted(count, "paper")}`;
    bars.push(
      h(
        "li",
        {},
        h(
          "button",
          {
            type: "button",
            title: label,
            "aria-label": `${label}. Show them.`,
            disabled: !count,
            onclick: () => change({ view: "table", tableType: "Paper", from: year, to: year }),
          },
          h("span", { class: "figure" }, count || ""),
          bar,
          h("span", { class: "year" }, last - first > 8 ? `’${String(year).slice(2)}` : year),
        ),
      ),
    );
  }
  return h("section", { class: "card wide" }, h("h2", {}, "Papers by year"), h("ol", { class: "chart" }, ...bars));
}

/** @param {string} type */
function topList(type) {
  const nodes = nodesOfType(type).sort((a, b) => model.papers[b] - model.papers[a] || model.rank[a] - model.rank[b]);
  if (!nodes.length) return null;
  const most = Math.max(1, model.papers[nodes[0]]);
  const rows = nodes.slice(0, LONG).map((node) => {
    const bar = h("span", { class: "share" });
    bar.style.setProperty("--share", String(model.papers[node] / most));
    return h(
      "li",
      {},
      nodeButton(node),
      h("span", { class: "count", title: counted(model.papers[node], "paper") }, plain(model.papers[node])),
      bar,
    );
  });
  const all =
    nodes.length > LONG
      ? h(
          "button",
          { type: "button", class: "more", onclick: () => change({ view: "table", tableType: type, node: null }) },
          `All ${plain(nodes.length)}`,
        )
      : null;
  return h(
    "section",
    { class: `card list ${type.toLowerCase()}` },
    h("h2", {}, shapeIcon(type), plural(type)),
    h("ol", {}, ...rows),
    all,
  );
}

/** Questions that this graph can answer. */
function questions() {
  const asked = [];
  for (const [type, relation, other, words] of [
    ["Disease", "targetsDisease", "Method", "Which methods target"],
    ["Dataset", "evaluatedOn", "Method", "Which methods are evaluated on"],
    ["Task", "addressesTask", "Method", "Which methods address"],
    ["Modality", "hasModality", "Paper", "Which papers work with"],
    ["Method", "uses", "Paper", "Which papers use"],
  ]) {
    for (const node of nodesOfType(type).slice(0, 40)) {
      const [answer] = answersOf(node, { types: new Set([other]), relations: new Set([relation]) }, 1);
      if (!answer || answer[1] < 2) continue;
      asked.push({ text: `${words} ${nameOf(node)}?`, node, group: answer[0] });
      break;
    }
  }
  if (!asked.length) return null;
  return h(
    "section",
    { class: "card" },
    h("h2", {}, "Questions to start from"),
    h(
      "ul",
      { class: "questions" },
      ...asked.map(({ text, node, group }) =>
        h(
          "li",
          {},
          h("button", { type: "button", dir: "auto", onclick: () => openNode(node, { group, view: "graph" }) }, text),
        ),
      ),
    ),
  );
}

function topics() {
  /** @type {Map<number, number>} */
  const papers = new Map();
  for (let node = 0; node < model.count; node += 1)
    if (isPaper(node)) papers.set(model.topic[node], (papers.get(model.topic[node]) || 0) + 1);
  const largest = [...papers]
    .filter(([, count]) => count > 1)
    .sort(([a, x], [b, y]) => y - x || a - b)
    .slice(0, TOPICS);
  if (largest.length < 2) return null;
  return h(
    "section",
    { class: "card" },
    h("h2", {}, "Topics"),
    h(
      "ol",
      { class: "topics" },
      ...largest.map(([topic, count]) =>
        h(
          "li",
          {},
          h("span", { class: "names" }, ...leadersOf(topic, 3).map((node) => nodeButton(node))),
          h("span", { class: "count", title: counted(count, "paper") }, plain(count)),
        ),
      ),
    ),
  );
}

/** A glance at the map: the places of nodes as dots. */
function glance() {
  const { x, y } = model.block.nodes;
  if (model.count < 2) return null;
  const [width, height, ratio] = [560, 340, Math.min(2, window.devicePixelRatio || 1)];
  const canvas = h("canvas", { width: width * ratio, height: height * ratio, "aria-hidden": "true" });
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let node = 0; node < model.count; node += 1) {
    [left, right, top, bottom] = [
      Math.min(left, x[node]),
      Math.max(right, x[node]),
      Math.min(top, y[node]),
      Math.max(bottom, y[node]),
    ];
  }
  const scale = Math.min((width - 24) / (right - left + 1), (height - 24) / (bottom - top + 1)) * ratio;
  const size = (model.count > 5000 ? 0.8 : model.count > 800 ? 1.4 : 2.4) * ratio;
  /** @param {number} node @returns {[number, number]} */
  const at = (node) => [
    (x[node] - (left + right) / 2) * scale + (width / 2) * ratio,
    (y[node] - (top + bottom) / 2) * scale + (height / 2) * ratio,
  ];
  context.strokeStyle = colours.edge;
  context.globalAlpha = 0.5;
  context.beginPath();
  const step = Math.ceil(model.drawn / 1500);
  for (let edge = 0; edge < model.drawn; edge += step) {
    context.moveTo(...at(model.subject[edge]));
    context.lineTo(...at(model.object[edge]));
  }
  context.stroke();
  context.globalAlpha = 1;
  for (let node = model.count - 1; node >= 0; node -= 1) {
    context.fillStyle = colours[typeOf(node).toLowerCase()];
    const [px, py] = at(node);
    context.fillRect(px - size, py - size, 2 * size, 2 * size);
  }
  return h(
    "button",
    { type: "button", class: "card glance", onclick: () => change({ view: "graph" }) },
    canvas,
    h("span", {}, "Open the map"),
  );
}

function boards() {
  const tables = details.tables.leaderboard?.tables || [];
  if (!tables.length) return null;
  return h(
    "section",
    { class: "card" },
    h("h2", {}, "Leaderboards"),
    h(
      "ul",
      { class: "boards" },
      ...tables
        .slice(0, 5)
        .map((table, place) =>
          h(
            "li",
            {},
            h("button", { type: "button", dir: "auto", onclick: () => showBoard(place) }, h("span", {}, table.title)),
          ),
        ),
    ),
    h(
      "button",
      { type: "button", class: "more", onclick: () => change({ view: "results", node: null }) },
      "All results",
    ),
  );
}

/** @param {number} place */
function showBoard(place) {
  change({ view: "results", node: null });
  document.getElementById(`board-${place}`)?.scrollIntoView({ block: "start" });
}

function recentPapers() {
  const papers = nodesOfType("Paper")
    .filter((node) => details.facts[node]?.date)
    .sort((a, b) => ((details.facts[a].date || "") < (details.facts[b].date || "") ? 1 : -1));
  if (!papers.length) return null;
  return h(
    "section",
    { class: "card list" },
    h("h2", {}, shapeIcon("Paper"), "Latest papers"),
    h(
      "ol",
      { class: "papers" },
      ...papers
        .slice(0, 6)
        .map((node) => h("li", {}, nodeButton(node), h("span", { class: "count" }, model.year[node]))),
    ),
  );
}

/** What a reader sees first. */
export function fillOverview() {
  const { block, count, statements } = model;
  const page = byId("overview");
  if (!count) {
    page.replaceChildren(h("p", { class: "empty" }, "This graph is empty: it holds no papers and no concepts."));
    return;
  }
  const counts = block.types
    .map((type) => /** @type {[string, number]} */ ([type, nodesOfType(type).length]))
    .filter(([, number]) => number);
  const sentences = details.sentences.text.length;
  const lead = `${counted(statements, "statement")} between ${counted(count, "node")}, ${sentences ? `backed by ${counted(sentences, "sentence")}.` : "without sentences as evidence."}`;
  const left = block.leftOut
    ? h(
        "p",
        { class: "warning" },
        `${counted(block.leftOut, "node")} left out, the least connected ones: this page holds the ${plain(count)} best connected, and the results of the papers among them.` +
          (block.served ? " Search finds the others too, and a node\u2019s details bring in what lies around it." : ""),
      )
    : null;
  page.replaceChildren(
    h("div", { class: "lead" }, h("h2", {}, "What is in this graph"), h("p", {}, lead), left),
    h("div", { class: "tiles" }, ...counts.map(([type, number]) => tile(type, number))),
    h("div", { class: "cards top" }, ...[glance(), questions(), boards()].filter((part) => part !== null)),
    h(
      "div",
      { class: "cards" },
      ...[yearChart(), topics(), recentPapers(), ...LISTS.map(topList)].filter((part) => part !== null),
    ),
  );
}
