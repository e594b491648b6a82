// The list: every node as a row, for the keyboard, for screen readers, and for reading.

const COLUMNS = [
  ["Name", (node) => nameOf(node).toLowerCase()],
  ["Type", (node) => facts.types.indexOf(typeOf(node))],
  ["Papers", (node) => -data.nodes[node].value],
  ["Statements", (node) => -statementsOf[node].length],
];
let sorted = 1;

function tableHead() {
  byId("list").querySelector("thead tr").replaceChildren(
    ...COLUMNS.map(([title], place) => {
      const sort = () => {
        sorted = place;
        tableHead();
        refreshTable();
      };
      const button = element("button", { type: "button", onclick: sort }, title);
      return element("th", { scope: "col", "aria-sort": place === sorted ? "ascending" : "none" }, button);
    }),
  );
}

function tableRow(node) {
  const papers = typeOf(node) === "Paper" ? "" : String(data.nodes[node].value);
  return element(
    "tr",
    {},
    element("th", { scope: "row" }, nodeButton(node)),
    ...[typeOf(node), papers, String(statementsOf[node].length)].map((text) => element("td", {}, text)),
  );
}

function refreshTable() {
  const query = byId("search").value.trim();
  const wanted = (query ? findNodes(query) : data.nodes.map(({ id }) => id)).filter(isShown);
  const [, key] = COLUMNS[sorted];
  const keys = new Map(wanted.map((node) => [node, key(node)]));
  const compare = (a, b) => (keys.get(a) < keys.get(b) ? -1 : keys.get(a) > keys.get(b) ? 1 : weight(b) - weight(a) || a - b);
  byId("list").querySelector("tbody").replaceChildren(...wanted.sort(compare).map(tableRow));
  byId("caption").textContent = count(wanted.length, "node", "nodes") + (query ? ` with “${query}” in a name` : "");
}

function showList(list) {
  state.list = list;
  byId("stage").hidden = list;
  byId("list").hidden = !list;
  byId("show-graph").setAttribute("aria-pressed", String(!list));
  byId("show-list").setAttribute("aria-pressed", String(list));
  if (list) refreshTable();
}
