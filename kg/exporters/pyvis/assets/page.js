// Puts the parts together: legend, keys, theme, address, status.

function typeToggle(type, number) {
  const press = () => {
    if (!state.hidden.delete(type)) state.hidden.add(type);
    toggled();
  };
  const alone = () => {
    const others = facts.types.filter((other) => other !== type);
    const isAlone = !state.hidden.has(type) && others.every((other) => state.hidden.has(other));
    state.hidden = new Set(isAlone ? [] : others);
    toggled();
  };
  const button = element(
    "button",
    { type: "button", "data-type": type, "aria-pressed": "true", onclick: press, ondblclick: alone },
    ...[shapeIcon(type), element("span", {}, type), element("span", { class: "count" }, number.toLocaleString("en"))],
  );
  return element("li", {}, button);
}

function toggled() {
  if (state.selected !== null && !isShown(state.selected)) select(null);
  else changed();
  if (state.list) refreshTable();
}

function drawLegend() {
  const numbers = new Map(facts.types.map((type) => [type, 0]));
  for (const { group: type } of data.nodes) numbers.set(type, numbers.get(type) + 1);
  const known = facts.types.filter((type) => numbers.get(type));
  byId("types").replaceChildren(...known.map((type) => typeToggle(type, numbers.get(type))));
}

function refreshLegend() {
  for (const button of byId("types").querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(!state.hidden.has(button.dataset.type)));
  }
}

function refreshStatus() {
  const nodes = data.nodes.filter(({ id }) => isShown(id)).length;
  const edges = data.edges.filter(({ id }) => edgeShown(id)).length;
  const of = nodes < data.nodes.length ? ` of ${data.nodes.length.toLocaleString("en")}` : "";
  byId("status").textContent = `${nodes.toLocaleString("en")}${of} ${data.nodes.length === 1 ? "node" : "nodes"}, ${count(edges, "edge", "edges")} shown.`;
}

// The address names what is selected, so that it can be kept and sent, and Back goes back.
function refreshAddress() {
  const wanted = state.selected === null ? "" : "#" + encodeURIComponent(facts.nodes[state.selected].iri);
  if (location.hash !== wanted && (wanted || location.hash)) location.hash = wanted;
}

function followAddress() {
  let iri = "";
  try {
    iri = decodeURIComponent(location.hash.slice(1));
  } catch {
    return; // an address that we did not make
  }
  const node = facts.nodes.findIndex((known) => known.iri === iri);
  if (node >= 0 && node !== state.selected) openNode(node);
  else if (!iri && state.selected !== null) select(null);
}

function switchTheme() {
  const root = document.documentElement;
  const dark = getComputedStyle(root).getPropertyValue("--dark").trim() === "1";
  root.dataset.theme = dark ? "light" : "dark";
  readColours();
  refreshNetwork();
}

function canvasKey({ key }) {
  const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  if (moves[key]) moveBy(...moves[key]);
  else if (key === "+" || key === "=") zoomBy(1.3);
  else if (key === "-") zoomBy(1 / 1.3);
  else if (key === "0") showAll();
  else return false;
  return true;
}

function pageKey(event) {
  const typing = event.target instanceof HTMLInputElement;
  if (event.key === "/" && !typing) {
    event.preventDefault();
    byId("search").focus();
  } else if (event.key === "Escape" && !typing) select(null);
}

function listen() {
  byId("search").addEventListener("input", search);
  byId("search").addEventListener("focus", search);
  byId("search").addEventListener("blur", closeFound);
  byId("search").addEventListener("keydown", searchKey);
  byId("show-graph").addEventListener("click", () => showList(false));
  byId("show-list").addEventListener("click", () => showList(true));
  byId("theme").addEventListener("click", switchTheme);
  byId("zoom-in").addEventListener("click", () => zoomBy(1.4));
  byId("zoom-out").addEventListener("click", () => zoomBy(1 / 1.4));
  byId("fit").addEventListener("click", () => showAll());
  byId("canvas").addEventListener("keydown", (event) => canvasKey(event) && event.preventDefault());
  document.addEventListener("keydown", pageKey);
  window.addEventListener("hashchange", followAddress);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    readColours();
    refreshNetwork();
  });
}

async function start() {
  await readData();
  readColours();
  byId("legend").open = innerWidth > 700;
  drawLegend();
  rankNodes();
  prepareSearch();
  tableHead();
  listen();
  listeners.push(refreshLegend, refreshStatus, refreshPanel, refreshNetwork, refreshAddress);
  if (data.nodes.length) {
    try {
      await drawNetwork();
    } catch (error) {
      byId("message").textContent = "This browser cannot draw the graph; the list shows the same.";
      byId("message").hidden = false;
      console.error(error);
      showList(true);
    }
  }
  refreshStatus();
  followAddress();
  document.documentElement.dataset.ready = "";
}

start();
