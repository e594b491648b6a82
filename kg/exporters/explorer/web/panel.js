// The details of a node: what is known of it, what is said of it by relation, how sure, and the sentences that say so.

import { confidenceMeter, evidenceToggle, nodeButton, quote } from "./evidence.js";
import { announce, byId, copyText, h, plain, safeLink } from "./dom.js";
import { expand, mayGrow } from "./expanding.js";
import { groupOf, shown } from "./filters.js";
import { degreeOf, details, iriOf, isPaper, model, nameOf, otherEnd, plural, statementsOf, typeOf } from "./model.js";
import { shapeIcon } from "./shapes.js";
import { change, MOST_COMPARED, openNode, state } from "./state.js";

const FEW = 6; // statements of a group that are shown before one asks for the rest

/** @param {string} name @param {string} value */
const linkText = (name, value) =>
  name === "same as"
    ? value.replace(/.*[/#]/, "") || value
    : name === "DOI" || name === "arXiv" || name === "PubMed"
      ? `${name} ${value}`
      : name;

/** @param {number} node @returns {[string, string][]} */
function factPairs(node) {
  const known = details.facts[node] || {};
  /** @type {[string, string | undefined][]} */
  const pairs = [
    [
      "Authors",
      known.authors &&
        known.authors.slice(0, 30).join(", ") + (known.more || known.authors.length > 30 ? " and others" : ""),
    ],
    ["Date", known.date],
    ["Category", known.category],
    ["Code", known.code ? "available" : undefined],
    ["Licence", known.licence],
    ["Abstract", known.note],
    ["Is", known.definition],
    ["Also", known.aliases?.join(", ")],
    ["Papers", isPaper(node) ? undefined : plain(model.papers[node])],
    ["First in", !isPaper(node) && model.year[node] ? String(model.year[node]) : undefined],
  ];
  return /** @type {[string, string][]} */ (pairs.filter(([, text]) => text));
}

/** @param {number} node */
function actions(node) {
  /** @param {number} hops @param {string} text */
  const focus = (hops, text) =>
    h(
      "button",
      { type: "button", "aria-pressed": String(state.hops === hops), onclick: () => change({ hops, view: "graph" }) },
      text,
    );
  const chosen = state.compared.includes(node);
  const compare = h(
    "button",
    { type: "button", "aria-pressed": String(chosen), onclick: () => toggleCompared(node) },
    chosen ? "In comparison" : "Compare",
  );
  return h(
    "div",
    { class: "actions" },
    h(
      "div",
      { class: "segments", role: "group", "aria-label": "Neighbours shown" },
      focus(1, "1 hop"),
      focus(2, "2 hops"),
      focus(0, "All"),
    ),
    compare,
    h("button", { type: "button", onclick: copyLink }, "Copy link"),
  );
}

/** @param {number} node */
export function toggleCompared(node) {
  const without = state.compared.filter((one) => one !== node);
  if (without.length < state.compared.length) change({ compared: without });
  else if (without.length >= MOST_COMPARED) announce(`A comparison holds ${MOST_COMPARED} at most.`);
  else {
    const same = without.filter((one) => model.type[one] === model.type[node]);
    change({ compared: [...same, node] });
    announce(same.length ? "Added to the comparison." : `Comparing: choose another ${typeOf(node).toLowerCase()}.`);
  }
}

export async function copyLink() {
  announce(
    (await copyText(location.href))
      ? "Link copied."
      : "This browser does not let a page copy; take the link from the address bar.",
  );
}

/** @param {number} statement @param {number} node */
function statementItem(statement, node) {
  const status = model.block.statuses[model.status[statement]];
  const open = state.claim === statement;
  const line = h("div", { class: "line" }, nodeButton(otherEnd(statement, node)));
  if (status !== "asserted") line.append(h("span", { class: "status" }, status));
  const meter = confidenceMeter(model.confidence[statement]);
  if (meter) line.append(meter);
  return h("li", {}, line, ...evidenceToggle(statement, node, open));
}

/**
 * Statements by relation, direction and type of the other end, in the order of the relations; the group that is looked
 * at comes first.
 * @param {number} node @returns {[string, number[]][]}
 */
function groupsOf(node) {
  /** @type {Map<string, number[]>} */
  const groups = new Map();
  for (const statement of statementsOf(node)) {
    if (!shown.statements[statement]) continue;
    const key = groupOf(statement, node);
    const group = groups.get(key);
    if (group) group.push(statement);
    else groups.set(key, [statement]);
  }
  const order = new Map(model.block.predicates.map(({ name }, place) => [name, place]));
  /** @param {string} key */
  const place = (key) => {
    const [relation, way, type] = key.split(":");
    return (
      (key === state.group ? -1e6 : 0) +
      (order.get(relation) || 0) * 100 +
      (way === "by" ? 20 : 0) +
      (type === "Paper" ? 10 : model.block.types.indexOf(type))
    );
  };
  const found = [...groups].sort(([a], [b]) => place(a) - place(b));
  for (const [, statements] of found) {
    statements.sort(
      (a, b) =>
        model.confidence[b] - model.confidence[a] || model.rank[otherEnd(a, node)] - model.rank[otherEnd(b, node)],
    );
  }
  return found;
}

/**
 * The relation of a group, the type of its nodes, and what these are called where the relation does not say it.
 * @param {string} key
 */
export function groupTitle(key) {
  const [name, way, type] = key.split(":");
  const predicate = model.block.predicates.find((each) => each.name === name);
  const relation = predicate ? (way === "to" ? predicate.forward : predicate.back) : name;
  return { relation, type, noun: relation.endsWith(type.toLowerCase()) ? "" : plural(type).toLowerCase() };
}

/** @param {string} key @param {number[]} statements @param {number} node */
function statementGroup(key, statements, node) {
  const { relation, type, noun } = groupTitle(key);
  const wanted = key === state.group || statements.includes(state.claim ?? -1) ? statements.length : FEW;
  const list = h("ul", {}, ...statements.slice(0, wanted).map((one) => statementItem(one, node)));
  const heading = h(
    "h3",
    { tabindex: "-1", "data-group": key },
    shapeIcon(type),
    `${relation} `,
    h("span", { class: "of" }, noun),
    h("span", { class: "count" }, statements.length),
  );
  return h(
    "section",
    { class: key === state.group ? "wanted" : "" },
    heading,
    list,
    moreButton(
      list,
      statements.slice(wanted).map((one) => () => statementItem(one, node)),
    ),
  );
}

/** @param {HTMLElement} list @param {(() => HTMLElement)[]} makers */
function moreButton(list, makers) {
  if (!makers.length) return null;
  const button = h(
    "button",
    {
      type: "button",
      class: "more",
      onclick: () => {
        const first = list.children.length;
        list.append(...makers.map((make) => make()));
        button.remove();
        /** @type {HTMLElement | null} */ (list.children[first]?.querySelector("button"))?.focus();
      },
    },
    `Show ${plain(makers.length)} more`,
  );
  return button;
}

/** @param {number} node @param {import("./source.js").Result} result */
function resultItem(node, [places, metricText, value, remark, confidence, sentences]) {
  const [paper, method, dataset, task, metric] = places;
  const line = h(
    "div",
    { class: "line" },
    typeof metric === "number" ? nodeButton(metric) : metricText,
    h("strong", {}, value),
  );
  if (remark) line.append(h("span", { class: "status" }, remark));
  const meter = confidence === null ? null : confidenceMeter(Math.round(100 * confidence));
  if (meter) line.append(meter);
  const others = [method, dataset, task, paper].filter((other) => typeof other === "number" && other !== node);
  const named = places.filter((place) => typeof place === "number");
  return h(
    "li",
    {},
    line,
    h(
      "div",
      { class: "line of" },
      ...others.map((other) => nodeButton(/** @type {number} */ (other), model.label[/** @type {number} */ (other)])),
    ),
    ...sentences.map((one) => quote(one, /** @type {number[]} */ (named), paper ?? null)),
  );
}

/** @param {number} node */
function resultGroup(node) {
  const found = details.results.filter(([places]) => places.includes(node));
  if (!found.length) return null;
  const list = h("ul", {}, ...found.slice(0, FEW).map((one) => resultItem(node, one)));
  return h(
    "section",
    {},
    h("h3", {}, "results ", h("span", { class: "count" }, found.length)),
    list,
    moreButton(
      list,
      found.slice(FEW).map((one) => () => resultItem(node, one)),
    ),
  );
}

/** @param {number} node */
function nodeDetails(node) {
  const { links = [] } = details.facts[node] || {};
  const year = model.year[node];
  const kind = h(
    "p",
    { class: "kind" },
    shapeIcon(typeOf(node)),
    typeOf(node),
    isPaper(node) && year ? ` · ${year}` : null,
    ` · ${plain(degreeOf(node))} statements`,
  );
  const pairs = factPairs(node).flatMap(([name, text]) => [h("dt", {}, name), h("dd", { dir: "auto" }, text)]);
  return [
    h("div", { class: "head" }, kind, h("h2", { tabindex: "-1", dir: "auto" }, nameOf(node))),
    actions(node),
    h("dl", {}, ...pairs),
    links.length
      ? h(
          "p",
          { class: "links" },
          ...links.map(([name, value]) => safeLink(linkText(name, value), (details.linkStarts[name] || "") + value)),
        )
      : null,
    state.group ? groupChip() : null,
    ...groupsOf(node).map(([key, statements]) => statementGroup(key, statements, node)),
    resultGroup(node),
    mayGrow(node)
      ? h("button", { type: "button", class: "more", onclick: () => expand(node) }, "Ask the server for more")
      : null,
    h("p", { class: "iri" }, iriOf(node)),
  ].filter((part) => part !== null);
}

function groupChip() {
  const { relation, noun } = groupTitle(state.group);
  return h(
    "p",
    { class: "chip-line" },
    h(
      "button",
      { type: "button", class: "chip", onclick: () => change({ group: "" }) },
      `Only “${`${relation} ${noun}`.trim()}”`,
      h("span", { "aria-hidden": "true" }, " ×"),
    ),
  );
}

/** Where the reader has been, so that the way back is one step. */
/** @type {number[]} */
const trail = [];

function wayBack() {
  const before = trail.at(-2);
  if (before === undefined) return null;
  return h(
    "button",
    {
      type: "button",
      class: "back",
      onclick: () => {
        trail.splice(-2);
        openNode(before);
      },
    },
    "← ",
    h("span", { dir: "auto" }, model.label[before]),
  );
}

/** @param {Set<string>} changed */
export function panelChanged(changed) {
  const panel = byId("panel");
  if (
    !["node", "group", "claim", "hops", "compared", "hiddenRelations", "hiddenTypes", "from", "to", "least"].some(
      (key) => changed.has(key),
    )
  )
    return;
  panel.hidden = state.node === null;
  document.body.classList.toggle("with-panel", state.node !== null);
  if (state.node === null) {
    trail.length = 0;
    panel.replaceChildren();
    return;
  }
  if (trail.at(-1) !== state.node) trail.push(state.node);
  const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.claim : undefined;
  const [top, inside] = [panel.scrollTop, panel.contains(document.activeElement)];
  const close = h(
    "button",
    {
      type: "button",
      class: "close",
      "aria-label": "Close details",
      onclick: () => change({ node: null, group: "", claim: null }),
    },
    "×",
  );
  panel.replaceChildren(h("div", { class: "bar" }, wayBack(), close), ...nodeDetails(state.node));
  if (changed.has("node") || changed.has("group")) focusPanel(changed.has("view"));
  else {
    panel.scrollTop = top;
    if (focused)
      /** @type {HTMLElement | null} */ (panel.querySelector(`[data-claim="${focused}"]`))?.focus({
        preventScroll: true,
      });
    else if (inside) panel.querySelector("h2")?.focus({ preventScroll: true });
  }
}

/** @param {boolean} atStart Whether the page is just being opened, when a claim is what the reader came for */
function focusPanel(atStart) {
  const panel = byId("panel");
  panel.scrollTop = 0;
  const claim = state.claim === null ? null : panel.querySelector(`[data-claim="${state.claim}"]`);
  const wanted = claim || (state.group && panel.querySelector(".wanted h3")) || panel.querySelector("h2");
  if (!(wanted instanceof HTMLElement)) return;
  wanted.focus({ preventScroll: true });
  if (claim) wanted.closest("li")?.scrollIntoView({ block: "nearest" });
  else if (state.group || atStart) wanted.scrollIntoView({ block: "nearest" });
}
