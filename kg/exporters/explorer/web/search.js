// The search box: type ahead over names and aliases, or ask; arrows choose, Enter opens.

import { byId, h, inputById, plain } from "./dom.js";
import { bring, findElsewhere } from "./expanding.js";
import { details, model, nameOf, typeOf } from "./model.js";
import { groupTitle } from "./panel.js";
import { answersOf, fold, readQuestion } from "./questions.js";
import { shapeIcon } from "./shapes.js";
import { openNode, state } from "./state.js";

const MOST = 9;
const PAUSE = 250; // milliseconds without a key, after which a server is asked too
/**
 * @typedef {{node: number, group: string, count: number, told?: import("./source.js").Named}} Suggestion
 *   A node, one of its groups, or one that only a server told of.
 */
/** @type {Suggestion[]} */
let suggestions = [];
let active = -1;
let foundCount = 0;
let askTimer = 0;
/** @type {string[][]} Folded names of every node, the full one first */
let haystack = [];

/** @param {string} name @param {string} query How badly a name fits: 0 best, Infinity not at all */
function misfit(name, query) {
  if (name === query) return 0;
  if (name.startsWith(query)) return 1;
  if (name.includes(" " + query)) return 2;
  return name.includes(query) ? 3 : Infinity;
}

/** @param {string} text @returns {number[]} Nodes with a name like that, the best first */
export function findNodes(text) {
  const query = fold(text);
  if (!query) return [];
  if (haystack.length !== model.count)
    haystack = model.label.map((label, node) =>
      [...new Set([nameOf(node), label, ...(details.facts[node]?.aliases || [])])].map(fold),
    );
  /** @type {[number, number][]} */
  const fits = [];
  for (let node = 0; node < haystack.length; node += 1) {
    let best = Infinity;
    haystack[node].forEach((name, place) => (best = Math.min(best, misfit(name, query) + (place ? 0.5 : 0))));
    if (best < Infinity) fits.push([best, node]);
  }
  return fits.sort(([a, x], [b, y]) => a - b || model.rank[x] - model.rank[y]).map(([, node]) => node);
}

/** @param {string} text @returns {Suggestion[]} */
function suggest(text) {
  const direct = findNodes(text);
  const question = readQuestion(text);
  const nodes = direct.length || !question.words ? direct : findNodes(question.rest);
  foundCount = nodes.length;
  /** @type {Suggestion[]} */
  const plainOnes = nodes.slice(0, MOST).map((node) => ({ node, group: "", count: 0 }));
  const wanted = direct.length ? { types: new Set(), relations: new Set() } : question;
  const asked = wanted.types.size + wanted.relations.size > 0;
  const answers = nodes
    .slice(0, asked ? 3 : 1)
    .flatMap((node) =>
      answersOf(node, /** @type {any} */ (wanted), asked ? 3 : 2).map(([group, count]) => ({ node, group, count })),
    );
  return asked
    ? [...answers, ...plainOnes].slice(0, MOST)
    : [...plainOnes.slice(0, 1), ...answers, ...plainOnes.slice(1)].slice(0, MOST);
}

/** @param {Suggestion} suggestion */
function suggestionParts({ node, group, count, told }) {
  if (told) return [shapeIcon(told[2]), h("span", { dir: "auto" }, told[1]), h("small", {}, `${told[2]}, on the server`)];
  if (!group) return [shapeIcon(typeOf(node)), h("span", { dir: "auto" }, nameOf(node)), h("small", {}, typeOf(node))];
  const { relation, type, noun } = groupTitle(group);
  return [
    shapeIcon(type),
    h("span", { dir: "auto" }, nameOf(node), h("em", {}, ` ${relation}`), ` ${noun}`),
    h("small", {}, plain(count)),
  ];
}

function refreshSuggestions() {
  const box = inputById("search");
  const list = byId("found");
  const query = box.value.trim();
  const options = suggestions.map((suggestion, place) =>
    h(
      "li",
      {
        role: "option",
        id: "found-" + place,
        class: suggestion.group ? "answer" : "",
        "aria-selected": String(place === active),
        onmousedown: (/** @type {Event} */ event) => {
          event.preventDefault();
          choose(suggestion);
        },
      },
      ...suggestionParts(suggestion),
    ),
  );
  if (query && !suggestions.length)
    options.push(
      h(
        "li",
        { class: "none", role: "option", "aria-selected": "false", "aria-disabled": "true" },
        "Nothing has a name like that.",
      ),
    );
  list.replaceChildren(...options);
  list.hidden = !options.length;
  box.setAttribute("aria-expanded", String(options.length > 0));
  if (active >= 0) box.setAttribute("aria-activedescendant", "found-" + active);
  else box.removeAttribute("aria-activedescendant");
  byId("found-count").textContent = query ? `${plain(foundCount)} found` : "";
}

function searched() {
  suggestions = suggest(inputById("search").value);
  active = suggestions.length ? 0 : -1;
  refreshSuggestions();
  window.clearTimeout(askTimer);
  askTimer = window.setTimeout(suggestElsewhere, PAUSE);
}

async function suggestElsewhere() {
  const text = inputById("search").value.trim();
  const before = suggestions;
  const found = await findElsewhere(text);
  if (!found.length || suggestions !== before || document.activeElement !== inputById("search")) return;
  suggestions = [...before, ...found.map((told) => ({ node: -1, group: "", count: 0, told }))];
  foundCount += found.length;
  if (active < 0) active = 0;
  refreshSuggestions();
}

function closeSuggestions() {
  byId("found").hidden = true;
  inputById("search").setAttribute("aria-expanded", "false");
  inputById("search").removeAttribute("aria-activedescendant");
}

/** @param {Suggestion} suggestion */
async function choose({ node: known, group, told }) {
  closeSuggestions();
  const node = told ? await bring(told[0]) : known;
  if (node !== null) openNode(node, { group, view: state.view === "table" ? "table" : "graph" });
}

/** @param {KeyboardEvent} event */
function searchKey(event) {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    active = Math.max(0, Math.min(suggestions.length - 1, active + (event.key === "ArrowDown" ? 1 : -1)));
    refreshSuggestions();
  } else if (event.key === "Enter" && active >= 0 && !byId("found").hidden) {
    event.preventDefault();
    choose(suggestions[active]);
  } else if (event.key === "Escape") {
    event.stopPropagation();
    if (byId("found").hidden) inputById("search").value = "";
    closeSuggestions();
  }
}

export function listenToSearch() {
  const box = inputById("search");
  box.addEventListener("input", searched);
  box.addEventListener("focus", () => box.value && searched());
  box.addEventListener("blur", closeSuggestions);
  box.addEventListener("keydown", searchKey);
}
