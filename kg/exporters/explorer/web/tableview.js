// The nodes as a table: for reading, for the keyboard, for screen readers, and for spreadsheets.

import { byId, counted, download, h, inputById, plain } from "./dom.js";
import { csv } from "./writing.js";
import { nodeButton } from "./evidence.js";
import { passesNode } from "./filters.js";
import { degreeOf, iriOf, isPaper, model, nameOf, typeOf } from "./model.js";
import { findNodes } from "./search.js";
import { change, state } from "./state.js";

const PAGE = 150;
let wanted = PAGE;

/** @type {{name: string, key: (node: number) => number | string, text: (node: number) => string, numeric?: boolean, down?: boolean}[]} */
const COLUMNS = [
  { name: "Name", key: (node) => nameOf(node).toLowerCase(), text: nameOf },
  { name: "Type", key: (node) => model.type[node], text: typeOf },
  {
    name: "Year",
    key: (node) => model.year[node] ?? 0,
    text: (node) => String(model.year[node] ?? ""),
    numeric: true,
    down: true,
  },
  {
    name: "Papers",
    key: (node) => (isPaper(node) ? 0 : model.papers[node]),
    text: (node) => (isPaper(node) ? "" : plain(model.papers[node])),
    numeric: true,
    down: true,
  },
  { name: "Statements", key: degreeOf, text: (node) => plain(degreeOf(node)), numeric: true, down: true },
];

/** The column and direction in the state: "Year" or "-Year". */
function sorting() {
  const column = COLUMNS.find(({ name }) => name === state.sort.replace(/^-/, ""));
  return { column, down: state.sort.startsWith("-") };
}

/** @returns {number[]} */
function rowsWanted() {
  const type = state.tableType;
  const nodes = state.query ? findNodes(state.query) : [...model.ranking];
  const rows = nodes.filter((node) => (type ? typeOf(node) === type : true) && passesNode(node));
  const { column, down } = sorting();
  if (!column) return rows;
  const keys = new Map(rows.map((node) => [node, column.key(node)]));
  /** @param {number} a @param {number} b */
  const compare = (a, b) => {
    const [x, y] = [/** @type {any} */ (keys.get(a)), /** @type {any} */ (keys.get(b))];
    return x < y ? -1 : x > y ? 1 : 0;
  };
  return rows.sort((a, b) => (down ? compare(b, a) : compare(a, b)) || model.rank[a] - model.rank[b]);
}

/** @param {typeof COLUMNS[number]} column */
function headCell(column) {
  const { column: current, down } = sorting();
  const sorted = column === current ? (down ? "descending" : "ascending") : null;
  const first = column.down ? "-" : "";
  const next = sorted === null ? first + column.name : (down ? "" : "-") + column.name;
  return h(
    "th",
    { scope: "col", class: column.numeric ? "number" : "", "aria-sort": sorted },
    h("button", { type: "button", onclick: () => change({ sort: next }, { replace: true }) }, column.name),
  );
}

/** @param {number} node */
function row(node) {
  const chosen = node === state.node;
  return h(
    "tr",
    { class: chosen ? "chosen" : "" },
    h("th", { scope: "row" }, nodeButton(node)),
    ...COLUMNS.slice(1).map((column) => h("td", { class: column.numeric ? "number" : "" }, column.text(node))),
  );
}

function typePills() {
  const types = ["", ...model.block.types.filter((_, place) => model.type.includes(place))];
  return types.map((type) =>
    h(
      "button",
      { type: "button", "aria-pressed": String(state.tableType === type), onclick: () => change({ tableType: type }) },
      type || "All",
    ),
  );
}

function refreshTable() {
  const rows = rowsWanted();
  const focused = document.activeElement?.closest("#table thead") ? document.activeElement.textContent : null;
  byId("table-types").replaceChildren(...typePills());
  if (inputById("table-query").value !== state.query) inputById("table-query").value = state.query;
  byId("table-head").replaceChildren(...COLUMNS.map(headCell));
  byId("table-body").replaceChildren(...rows.slice(0, wanted).map(row));
  byId("table-caption").textContent =
    counted(rows.length, "row") + (state.query ? ` with “${state.query}” in a name` : "");
  const more = byId("table-more");
  more.hidden = rows.length <= wanted;
  more.textContent = `Show ${plain(Math.min(PAGE, rows.length - wanted))} more of ${plain(rows.length)}`;
  if (focused)
    for (const button of byId("table-head").querySelectorAll("button"))
      if (button.textContent === focused) button.focus();
}

function saveTable() {
  const rows = rowsWanted().map((node) => [
    ...COLUMNS.map((column) => column.text(node).replaceAll(",", column.numeric ? "" : ",")),
    iriOf(node),
  ]);
  download("nodes.csv", new Blob([csv([[...COLUMNS.map(({ name }) => name), "IRI"], ...rows])], { type: "text/csv" }));
}

export function listenToTable() {
  inputById("table-query").addEventListener("input", () =>
    change({ query: inputById("table-query").value }, { replace: true }),
  );
  byId("table-csv").addEventListener("click", saveTable);
  byId("table-more").addEventListener("click", () => {
    const first = wanted;
    wanted += PAGE;
    refreshTable();
    /** @type {HTMLElement | null} */ (byId("table-body").children[first]?.querySelector("button"))?.focus();
  });
}

/** @param {Set<string>} changed */
export function tableChanged(changed) {
  if (state.view !== "table") return;
  if (changed.has("tableType") || changed.has("query") || changed.has("view")) wanted = PAGE;
  if (changed.size === 1 && (changed.has("camera") || changed.has("claim"))) return;
  refreshTable();
}
