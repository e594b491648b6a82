// Papers or methods side by side: a row for each relation, what several share first and marked.

import { byId, download, h, inputById } from "./dom.js";
import { nodeButton } from "./evidence.js";
import { groupOf, shown } from "./filters.js";
import { details, model, nameOf, otherEnd, percent, statementsOf, typeOf } from "./model.js";
import { groupTitle, toggleCompared } from "./panel.js";
import { nodesOfType } from "./overview.js";
import { findNodes } from "./search.js";
import { shapeIcon } from "./shapes.js";
import { change, state } from "./state.js";
import { csv } from "./writing.js";

const MANY = 12; // values of a cell that are shown
const FOUND = 7;

/** @typedef {{title: string, cells: {node: number, statement: number}[][]}} Row */

/** @param {number[]} nodes @returns {Row[]} Most widely filled first */
function relationRows(nodes) {
  /** @type {Map<string, {node: number, statement: number}[][]>} */
  const rows = new Map();
  nodes.forEach((node, place) => {
    for (const statement of statementsOf(node)) {
      if (!shown.statements[statement] || model.block.statuses[model.status[statement]] !== "asserted") continue;
      const key = groupOf(statement, node);
      const cells = rows.get(key) || nodes.map(() => /** @type {{node: number, statement: number}[]} */ ([]));
      rows.set(key, cells);
      if (!cells[place].some((value) => value.node === otherEnd(statement, node)))
        cells[place].push({ node: otherEnd(statement, node), statement });
    }
  });
  const order = model.block.predicates.map(({ name }) => name);
  const found = [...rows].sort(
    ([a, x], [b, y]) =>
      filled(y) - filled(x) || order.indexOf(a.split(":")[0]) - order.indexOf(b.split(":")[0]) || (a < b ? -1 : 1),
  );
  return found.map(([key, cells]) => ({ title: titleOfRow(key), cells: cells.map((cell) => inOrder(cell, cells)) }));
}

/** @param {string} key */
function titleOfRow(key) {
  const { relation, noun } = groupTitle(key);
  return `${relation} ${noun}`.trim();
}

/** @param {unknown[][]} cells */
const filled = (cells) => cells.filter((cell) => cell.length).length;

/** @param {number} node @param {{node: number}[][]} cells In how many of the columns it stands */
const columnsWith = (node, cells) => cells.filter((cell) => cell.some((value) => value.node === node)).length;

/** @param {{node: number, statement: number}[]} cell @param {{node: number, statement: number}[][]} cells */
const inOrder = (cell, cells) =>
  cell.sort(
    (a, b) => columnsWith(b.node, cells) - columnsWith(a.node, cells) || model.rank[a.node] - model.rank[b.node],
  );

/** @param {Row} row */
function tableRow({ title, cells }) {
  return h(
    "tr",
    {},
    h("th", { scope: "row" }, title),
    ...cells.map((cell) =>
      h(
        "td",
        {},
        h(
          "ul",
          {},
          ...cell
            .slice(0, MANY)
            .map(({ node, statement }) =>
              h(
                "li",
                { class: columnsWith(node, cells) > 1 ? "shared" : "" },
                nodeButton(node),
                model.confidence[statement] < 0
                  ? null
                  : h("small", { title: "confidence" }, percent(model.confidence[statement])),
              ),
            ),
          cell.length > MANY ? h("li", {}, `and ${cell.length - MANY} more`) : null,
        ),
      ),
    ),
  );
}

/** @param {number[]} nodes */
function resultRow(nodes) {
  const cells = nodes.map((node) =>
    details.results.filter(([places]) => places[0] === node || places[1] === node || places[2] === node),
  );
  if (!filled(cells)) return null;
  /** @param {import("./source.js").Result} result */
  const text = ([places, metricText, value, remark]) => {
    const [, , dataset, , metric] = places;
    return [
      typeof metric === "number" ? model.label[metric] : metricText,
      value,
      typeof dataset === "number" ? `on ${model.label[dataset]}` : "",
      remark ? `(${remark})` : "",
    ]
      .filter(Boolean)
      .join(" ");
  };
  return h(
    "tr",
    {},
    h("th", { scope: "row" }, "results"),
    ...cells.map((cell) =>
      h("td", {}, h("ul", {}, ...cell.slice(0, MANY).map((result) => h("li", { dir: "auto" }, text(result))))),
    ),
  );
}

/** @param {number} node */
function comparedHead(node) {
  const remove = h(
    "button",
    { type: "button", class: "remove", "aria-label": `Remove ${nameOf(node)}`, onclick: () => toggleCompared(node) },
    "×",
  );
  const facts = details.facts[node] || {};
  return h(
    "th",
    { scope: "col" },
    remove,
    nodeButton(node),
    h(
      "small",
      {},
      [model.year[node], facts.authors?.[0] && facts.authors[0] + (facts.authors.length > 1 ? " et al." : "")]
        .filter(Boolean)
        .join(" · "),
    ),
  );
}

function refreshCompare() {
  const nodes = state.compared;
  const table = byId("compare-table");
  byId("compare-csv").hidden = byId("compare-clear").hidden = !nodes.length;
  byId("compare-hint").textContent = nodes.length
    ? nodes.length === 1
      ? `Add at least one more ${typeOf(nodes[0]).toLowerCase()}.`
      : "What several share comes first and is marked."
    : "Choose two to six papers, methods or other nodes of one type, here or by “Compare” in the details of a node.";
  byId("compare-starts").replaceChildren(...(nodes.length ? [] : starts()));
  if (!nodes.length) {
    table.replaceChildren();
    return;
  }
  table.replaceChildren(
    h("thead", {}, h("tr", {}, h("td", {}), ...nodes.map(comparedHead))),
    h("tbody", {}, ...[resultRow(nodes)].filter((row) => row !== null), ...relationRows(nodes).map(tableRow)),
  );
}

/** Comparisons to begin with: the best known of a type. */
function starts() {
  return ["Method", "Paper", "Dataset"]
    .filter((type) => nodesOfType(type).length > 1)
    .map((type) =>
      h(
        "button",
        { type: "button", onclick: () => change({ compared: nodesOfType(type).slice(0, 3) }) },
        shapeIcon(type),
        `The three most connected ${type.toLowerCase()}s`,
      ),
    );
}

function suggestCompared() {
  const box = inputById("compare-add");
  const type = state.compared.length ? typeOf(state.compared[0]) : "";
  const found = findNodes(box.value)
    .filter((node) => (!type || typeOf(node) === type) && !state.compared.includes(node))
    .slice(0, FOUND);
  byId("compare-found").replaceChildren(
    ...found.map((node) =>
      h(
        "li",
        {},
        h(
          "button",
          {
            type: "button",
            onclick: () => {
              box.value = "";
              byId("compare-found").replaceChildren();
              toggleCompared(node);
              box.focus();
            },
          },
          shapeIcon(typeOf(node)),
          h("span", { dir: "auto" }, nameOf(node)),
          h("small", {}, typeOf(node)),
        ),
      ),
    ),
  );
}

function saveComparison() {
  const nodes = state.compared;
  const rows = relationRows(nodes).map(({ title, cells }) => [
    title,
    ...cells.map((cell) => cell.map(({ node }) => nameOf(node)).join("; ")),
  ]);
  download("comparison.csv", new Blob([csv([["", ...nodes.map(nameOf)], ...rows])], { type: "text/csv" }));
}

export function listenToCompare() {
  inputById("compare-add").addEventListener("input", suggestCompared);
  inputById("compare-add").addEventListener("keydown", (event) => {
    const first = byId("compare-found").querySelector("button");
    if ((event.key === "Enter" || event.key === "ArrowDown") && first) {
      event.preventDefault();
      if (event.key === "Enter") first.click();
      else first.focus();
    }
  });
  byId("compare-csv").addEventListener("click", saveComparison);
  byId("compare-clear").addEventListener("click", () => change({ compared: [] }));
}

/** @param {Set<string>} changed */
export function compareChanged(changed) {
  byId("compared-count").textContent = state.compared.length ? String(state.compared.length) : "";
  if (state.view === "compare" && !(changed.size === 1 && changed.has("camera"))) refreshCompare();
}
