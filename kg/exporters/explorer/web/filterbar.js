// The legend, which is also the filter: types with their shapes, relations, years, confidence.

import { byId, counted, h, inputById, plain } from "./dom.js";
import { isPart, shown } from "./filters.js";
import { model, percent } from "./model.js";
import { shapeIcon } from "./shapes.js";
import { change, state, TOP } from "./state.js";

/** @type {[number, number] | null} The first and last year of the papers, where they have any */
let span = null;

/** @param {"hiddenTypes" | "hiddenRelations"} key @param {string[]} names @param {string} name */
function toggle(key, names, name) {
  const hidden = new Set(state[key]);
  if (!hidden.delete(name)) hidden.add(name);
  change({ [key]: hidden.size < names.length ? hidden : new Set() });
}

/** @param {"hiddenTypes" | "hiddenRelations"} key @param {string[]} names @param {string} name */
function only(key, names, name) {
  const alone = !state[key].has(name) && state[key].size === names.length - 1;
  change({ [key]: new Set(alone ? [] : names.filter((other) => other !== name)) });
}

/**
 * @param {"hiddenTypes" | "hiddenRelations"} key
 * @param {{name: string, text: string, count: number, icon: SVGElement | null}[]} rows
 */
function toggles(key, rows) {
  const names = rows.map(({ name }) => name);
  return rows.map(({ name, text, count, icon }) =>
    h(
      "li",
      {},
      h(
        "button",
        {
          type: "button",
          class: "toggle",
          "data-name": name,
          "aria-pressed": String(!state[key].has(name)),
          onclick: (/** @type {MouseEvent} */ event) => event.detail < 2 && toggle(key, names, name),
          ondblclick: () => {
            toggle(key, names, name); // takes back what the first click of the two did
            only(key, names, name);
          },
        },
        icon,
        h("span", {}, text),
        h("span", { class: "count" }, plain(count)),
      ),
    ),
  );
}

export function fillFilters() {
  const { block, count, type, drawn, predicate, year } = model;
  const ofType = new Uint32Array(block.types.length);
  for (let node = 0; node < count; node += 1) ofType[type[node]] += 1;
  const types = block.types.map((name, place) => ({ name, text: name, count: ofType[place], icon: shapeIcon(name) }));
  byId("types").replaceChildren(
    ...toggles(
      "hiddenTypes",
      types.filter((row) => row.count),
    ),
  );
  const ofRelation = new Uint32Array(block.predicates.length);
  for (let edge = 0; edge < drawn; edge += 1) ofRelation[predicate[edge]] += 1;
  const relations = block.predicates.map(({ name, forward }, place) => ({
    name,
    text: forward,
    count: ofRelation[place],
    icon: null,
  }));
  byId("relations").replaceChildren(
    ...toggles(
      "hiddenRelations",
      relations.filter((row) => row.count),
    ),
  );
  const years = year.filter((one, node) => one !== null && type[node] === 0);
  span = years.length
    ? [Math.min(.../** @type {number[]} */ (unique(years))), Math.max(.../** @type {number[]} */ (unique(years)))]
    : null;
  byId("years").hidden = !span || span[0] === span[1];
  byId("sureness").hidden = !model.confidence.some((one) => one >= 0);
  if (span)
    for (const id of ["from", "to", "from-slider", "to-slider"])
      Object.assign(inputById(id), { min: String(span[0]), max: String(span[1]) });
  refreshFilters();
}

/** @param {(number | null)[]} values */
const unique = (values) => [...new Set(values)];

/** @param {"from" | "to"} end @param {string} text */
function setYear(end, text) {
  if (!span) return;
  const year = Math.min(span[1], Math.max(span[0], Number(text) || span[end === "from" ? 0 : 1]));
  const wanted = { from: state.from ?? span[0], to: state.to ?? span[1], [end]: year };
  if (wanted.from > wanted.to) wanted[end === "from" ? "to" : "from"] = year;
  change(
    { from: wanted.from === span[0] ? null : wanted.from, to: wanted.to === span[1] ? null : wanted.to },
    { replace: true },
  );
}

export function refreshFilters() {
  for (const button of document.querySelectorAll("#types button, #relations button")) {
    const name = /** @type {HTMLElement} */ (button).dataset.name || "";
    button.setAttribute("aria-pressed", String(!state.hiddenTypes.has(name) && !state.hiddenRelations.has(name)));
  }
  if (span) {
    const [from, to] = [state.from ?? span[0], state.to ?? span[1]];
    for (const id of ["from", "from-slider"]) inputById(id).value = String(from);
    for (const id of ["to", "to-slider"]) inputById(id).value = String(to);
    const width = span[1] - span[0] || 1;
    byId("year-track").style.setProperty("--from", String((from - span[0]) / width));
    byId("year-track").style.setProperty("--to", String((to - span[0]) / width));
  }
  inputById("least").value = String(state.least);
  byId("least-value").textContent = state.least ? `≥ ${percent(state.least)}` : "any";
  byId("reset").hidden = !(
    state.hiddenTypes.size ||
    state.hiddenRelations.size ||
    state.from !== null ||
    state.to !== null ||
    state.least
  );
}

/** What is shown, in words; also under the picture. */
export function refreshStatus() {
  const { count } = model;
  const of = shown.nodeCount < count ? ` of ${plain(count)}` : "";
  byId("status").textContent =
    `${plain(shown.nodeCount)}${of} ${count === 1 ? "node" : "nodes"} and ${counted(shown.edgeCount, "edge")} in the graph`;
  byId("part").hidden = model.count <= TOP;
  byId("part-text").textContent = isPart() ? `The top ${TOP} of ${plain(count)} nodes` : `All ${plain(count)} nodes`;
  byId("show-all").textContent = isPart() ? "Show all" : `Show the top ${TOP}`;
}

export function listenToFilters() {
  for (const end of /** @type {("from" | "to")[]} */ (["from", "to"])) {
    inputById(end).addEventListener("change", () => setYear(end, inputById(end).value));
    inputById(`${end}-slider`).addEventListener("input", () => setYear(end, inputById(`${end}-slider`).value));
  }
  inputById("least").addEventListener("input", () =>
    change({ least: Number(inputById("least").value) }, { replace: true }),
  );
  byId("reset").addEventListener("click", () =>
    change({ hiddenTypes: new Set(), hiddenRelations: new Set(), from: null, to: null, least: 0 }),
  );
  byId("open-filters").addEventListener("click", () => openDrawer(true));
  byId("close-filters").addEventListener("click", () => openDrawer(false));
}

/** On a phone the filters are a drawer. @param {boolean} open */
export function openDrawer(open) {
  byId("filters").classList.toggle("open", open);
  byId("open-filters").setAttribute("aria-expanded", String(open));
  if (open) byId("close-filters").focus();
  else if (document.activeElement === byId("close-filters")) byId("open-filters").focus();
}
