// Leaderboards and results as `kg table` makes them: only like is ranked with like, and contradictions are flagged.

import { byId, download, h } from "./dom.js";
import { nodeButton } from "./evidence.js";
import { details, model } from "./model.js";
import { csv } from "./writing.js";

/** @typedef {import("./source.js").Tables} Tables */
/** @typedef {import("./source.js").Item} Item */

/** @param {Item} item */
const itemText = (item) => (typeof item === "string" ? item : item[0]);

/** @param {Item[]} cell @param {string} head */
function cellParts(cell, head) {
  return cell.flatMap((item, place) => {
    const before = place ? ["; "] : [];
    if (typeof item !== "string") return [...before, nodeButton(item[1], item[0])];
    const paper = head === "paper" ? paperNamed(item) : undefined;
    return [...before, paper === undefined ? h("span", { dir: "auto" }, item) : nodeButton(paper, model.label[paper])];
  });
}

/** @type {Map<string, number>} */
const papers = new Map();
/** @param {string} title */
function paperNamed(title) {
  if (!papers.size)
    for (let node = 0; node < model.count && model.type[node] === 0; node += 1)
      papers.set(details.facts[node]?.name || model.label[node], node);
  return papers.get(title);
}

/** @param {Tables} tables @param {number} place */
function filledColumns(tables, place) {
  return tables.heads
    .map((_, column) => column)
    .filter((column) => tables.tables[place].rows.some((row) => row[column].length));
}

/** @param {Tables} tables @param {number} place @param {string} id */
function tableOf(tables, place, id) {
  const { title, rows } = tables.tables[place];
  const columns = filledColumns(tables, place);
  /** @param {number} column */
  const number = (column) => (tables.numeric[column] ? "number" : "");
  return h(
    "section",
    { class: "board", id },
    title ? h("h3", { dir: "auto" }, title) : null,
    h(
      "div",
      { class: "scroll", tabindex: "0", role: "region", "aria-label": title || "All results" },
      h(
        "table",
        {},
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            ...columns.map((column) => h("th", { scope: "col", class: number(column) }, tables.heads[column])),
          ),
        ),
        h(
          "tbody",
          {},
          ...rows.map((row) =>
            h(
              "tr",
              { class: rankOf(tables, row) === "1" ? "best" : "" },
              ...columns.map((column) =>
                h("td", { class: number(column) }, ...cellParts(row[column], tables.heads[column])),
              ),
            ),
          ),
        ),
      ),
    ),
  );
}

/** @param {Tables} tables @param {Item[][]} row */
function rankOf(tables, row) {
  const [rank] = row[tables.heads.indexOf("rank")] || [];
  return rank === undefined ? "" : itemText(rank);
}

/** @param {string} name */
function saveTables(name) {
  const { heads, tables } = details.tables[name];
  const rows = tables.flatMap(({ title, rows: own }) =>
    own.map((row) => [...(title ? [title] : []), ...row.map((cell) => cell.map(itemText).join("; "))]),
  );
  const titled = tables.some(({ title }) => title);
  download(`${name}.csv`, new Blob([csv([[...(titled ? ["board"] : []), ...heads], ...rows])], { type: "text/csv" }));
}

export function fillResults() {
  const { leaderboard, results } = details.tables;
  const page = byId("results");
  if (!results) {
    const none = model.block.leftOut ? "The papers of this page state no results." : "No results are stated in this graph.";
    page.replaceChildren(h("p", { class: "empty" }, none));
    return;
  }
  /** @param {string} title @param {string} name */
  const heading = (title, name) =>
    h(
      "div",
      { class: "toolbar" },
      h("h2", {}, title),
      h("button", { type: "button", onclick: () => saveTables(name) }, "CSV"),
    );
  page.replaceChildren(
    heading("Leaderboards", "leaderboard"),
    h(
      "p",
      { class: "hint" },
      "Scores of one metric on one dataset, under one condition. Numbers come from abstracts: read the sentence before you quote one." +
        (model.block.leftOut ? " Only papers of this page are ranked: the graph holds more." : ""),
    ),
    ...leaderboard.tables.map((_, place) => tableOf(leaderboard, place, `board-${place}`)),
    ...leaderboard.notes.map((note) => h("p", { class: "hint" }, note)),
    heading("All results", "results"),
    ...results.tables.map((_, place) => tableOf(results, place, `results-${place}`)),
  );
}
