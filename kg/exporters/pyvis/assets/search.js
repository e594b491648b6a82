// The search box: type ahead over names and aliases, arrows choose, Enter opens.

const MOST = 12;
let found = [];
let active = -1;
let haystack = [];

const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[-_/\s]+/g, " ").trim();

function prepareSearch() {
  haystack = data.nodes.map(({ id, label }) => [...new Set([label, nameOf(id), ...(facts.nodes[id].aliases || [])])].map(fold));
}

// How well a name fits a query: 0 best, Infinity not at all.
function misfit(name, query) {
  if (name === query) return 0;
  if (name.startsWith(query)) return 1;
  if ((" " + name).includes(" " + query)) return 2;
  return name.includes(query) ? 3 : Infinity;
}

function findNodes(text) {
  const query = fold(text);
  if (!query) return [];
  const fits = haystack.map((names, node) => [Math.min(...names.map((name, place) => misfit(name, query) + (place ? 0.5 : 0))), node]);
  return fits.filter(([fit]) => fit < Infinity).sort(([a, x], [b, y]) => a - b || weight(y) - weight(x) || x - y).map(([, node]) => node);
}

function refreshFound() {
  const box = byId("search");
  const options = found.slice(0, MOST).map((node, place) =>
    element(
      "li",
      { role: "option", id: "found-" + place, "aria-selected": String(place === active), onmousedown: (event) => pick(event, node) },
      ...[shapeIcon(typeOf(node)), element("span", {}, nameOf(node)), element("small", {}, typeOf(node))],
    ),
  );
  const query = box.value.trim();
  if (query && !found.length) options.push(element("li", { class: "none", role: "option", "aria-selected": "false" }, "No node has a name like that."));
  if (found.length > MOST) options.push(element("li", { class: "none", role: "option", "aria-selected": "false" }, `and ${found.length - MOST} more`));
  byId("found").replaceChildren(...options);
  byId("found").hidden = !options.length;
  box.setAttribute("aria-expanded", String(options.length > 0));
  if (active >= 0) box.setAttribute("aria-activedescendant", "found-" + active);
  else box.removeAttribute("aria-activedescendant");
}

function search() {
  found = findNodes(byId("search").value);
  active = found.length ? 0 : -1;
  refreshFound();
  if (state.list) refreshTable();
}

function closeFound() {
  byId("found").hidden = true;
  byId("search").setAttribute("aria-expanded", "false");
}

function pick(event, node) {
  event.preventDefault();
  closeFound();
  openNode(node);
}

function searchKey(event) {
  const last = Math.min(found.length, MOST) - 1;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    active = Math.max(0, Math.min(last, active + (event.key === "ArrowDown" ? 1 : -1)));
    refreshFound();
  } else if (event.key === "Enter" && active >= 0) pick(event, found[active]);
  else if (event.key === "Escape") closeFound();
}
