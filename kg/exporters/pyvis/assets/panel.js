// The detail panel and the tooltips: what is known of a node or an edge, and the sentences that say so.

const FEW = 6; // statements of a group that are shown before one asks for the rest
const SAFE = /^https?:\/\//i;

function nodeButton(node, text) {
  return element("button", { type: "button", class: "node", onclick: () => openNode(node) }, shapeIcon(typeOf(node)), text || nameOf(node));
}

function link(text, target) {
  const title = target.replace(SAFE, "").replace(/\/$/, "");
  if (!SAFE.test(target)) return element("span", {}, text + ": " + target);
  return element("a", { href: target, rel: "noopener noreferrer", target: "_blank", title }, text);
}

function typeLine(node) {
  return element("p", { class: "type" }, shapeIcon(typeOf(node)), typeOf(node));
}

function authorsText({ authors, more }, most) {
  const shown = authors.slice(0, most);
  return shown.join(", ") + (more || shown.length < authors.length ? " and others" : "");
}

// The facts of a node as pairs of a name and a text.
function factPairs(node) {
  const known = facts.nodes[node];
  const pairs = [];
  if (known.authors) pairs.push(["authors", authorsText(known, 30)]);
  if (known.date) pairs.push(["date", known.date]);
  if (known.category) pairs.push(["category", known.category]);
  if (known.code) pairs.push(["code", "available"]);
  if (known.note) pairs.push(["abstract", known.note]);
  if (known.aliases) pairs.push(["also", known.aliases.join(", ")]);
  if (known.definition) pairs.push(["is", known.definition]);
  if (typeOf(node) !== "Paper") pairs.push(["papers", String(known.papers)]);
  return pairs;
}

function factList(pairs) {
  return element("dl", {}, ...pairs.flatMap(([name, text]) => [element("dt", {}, name), element("dd", {}, text)]));
}

function nodeTip(node) {
  const { links = [] } = facts.nodes[node];
  const pairs = factPairs(node).concat(links.filter(([name]) => name === "code").map(([name, value]) => [name, value]));
  return [typeLine(node), element("strong", {}, nameOf(node)), factList(pairs)];
}

function statementLine([subject, predicate, object, status, confidence]) {
  const text = facts.predicates[predicate][0] + statusText(status);
  return element(
    "p",
    { class: "statement" },
    ...[nodeButton(subject, data.nodes[subject].label), " ", element("em", {}, text), " ", nodeButton(object, data.nodes[object].label)],
    confidence === null ? null : element("span", { class: "sure" }, percent(confidence)),
  );
}

const statusText = (status) => (status === "asserted" ? "" : ` (${status})`);

function edgeTip(number) {
  const statement = facts.statements[number];
  const quotes = evidence(statement[5].slice(0, 2));
  const more = statement[5].length - quotes.length;
  return [statementLine(statement), ...quotes, more > 0 ? `and ${more} more` : ""];
}

// Quotes sentences; the source is named unless it is named already.
function evidence(sentences, ...named) {
  return sentences.map((number) => {
    const [paper, text] = facts.sentences[number];
    const quote = element("blockquote", {}, element("p", {}, text));
    const shown = typeof paper === "number";
    if (!named.includes(paper)) quote.append(element("footer", {}, shown ? nodeButton(paper) : paper));
    return quote;
  });
}

function statementItem(node, number) {
  const [subject, , object, status, confidence, sentences] = facts.statements[number];
  const line = element("div", { class: "line" }, nodeButton(subject === node ? object : subject));
  if (status !== "asserted") line.append(element("span", { class: "status" }, status));
  if (confidence !== null) line.append(element("span", { class: "sure", title: "confidence" }, percent(confidence)));
  return element("li", {}, line, ...evidence(sentences, subject, object));
}

// Groups a node's statements by predicate and direction, in the order of the predicates.
function statementGroups(node) {
  const groups = new Map();
  for (const number of statementsOf[node]) {
    const [subject, predicate] = facts.statements[number];
    const key = 2 * predicate + (subject === node ? 0 : 1);
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(number);
  }
  return [...groups].sort(([a], [b]) => a - b).map(([key, numbers]) => group(
    facts.predicates[key >> 1][key & 1],
    numbers.map((number) => () => statementItem(node, number)),
  ));
}

// A group with a heading; items are made when they are to be seen.
function group(title, makers) {
  const list = element("ul", {}, ...makers.slice(0, FEW).map((make) => make()));
  const section = element("section", {}, element("h3", {}, title, element("span", { class: "count" }, String(makers.length))), list);
  if (makers.length > FEW) {
    const more = element("button", { type: "button", class: "more" }, `Show ${makers.length - FEW} more`);
    more.addEventListener("click", () => {
      list.append(...makers.slice(FEW).map((make) => make()));
      more.remove();
    });
    section.append(more);
  }
  return section;
}

function resultItem(node, [places, metricText, value, remark, confidence, sentences]) {
  const [paper, method, dataset, task, metric] = places;
  const line = element("div", { class: "line" });
  if (metric !== null && metric !== undefined) line.append(nodeButton(metric));
  else if (metricText) line.append(element("span", {}, metricText));
  line.append(element("strong", {}, value));
  if (remark) line.append(element("span", { class: "status" }, remark));
  if (confidence !== null) line.append(element("span", { class: "sure", title: "confidence" }, percent(confidence)));
  const others = [method, dataset, task, paper].filter((other) => typeof other === "number" && other !== node);
  const of = element("div", { class: "line of" }, ...others.map((other) => nodeButton(other, data.nodes[other].label)));
  return element("li", {}, line, of, ...evidence(sentences, paper));
}

function resultGroup(node) {
  const found = facts.results.filter(([places]) => places.includes(node));
  return found.length ? [group("results", found.map((result) => () => resultItem(node, result)))] : [];
}

function nodeDetails(node) {
  const { iri, links = [] } = facts.nodes[node];
  const parts = [typeLine(node), element("h2", { tabindex: "-1" }, nameOf(node)), factList(factPairs(node))];
  if (links.length) {
    parts.push(element("p", { class: "links" }, ...links.map(([name, value]) => [name, value, facts.linkStarts[name] + value]).map(([name, value, target]) => link(name === "DOI" || name === "arXiv" ? `${name} ${value}` : name === "same as" ? target.replace(/.*[/#]/, "") : name, target))));
  }
  parts.push(...statementGroups(node), ...resultGroup(node), element("p", { class: "iri" }, iri));
  return parts;
}

function edgeDetails(number) {
  const statement = facts.statements[number];
  const title = element("h2", { tabindex: "-1" }, facts.predicates[statement[1]][0]);
  return [title, statementLine(statement), ...evidence(statement[5])];
}

function refreshPanel() {
  const panel = byId("panel");
  const open = state.selected !== null || state.edge !== null;
  panel.hidden = !open;
  if (!open) return panel.replaceChildren();
  const close = element("button", { type: "button", class: "close", "aria-label": "Close", onclick: () => select(null) }, "×");
  panel.replaceChildren(close, ...(state.edge === null ? nodeDetails(state.selected) : edgeDetails(state.edge)));
  panel.scrollTop = 0;
}

// Selects a node from the keyboard, the list or a link: the picture goes there and so does the focus.
function openNode(node) {
  select(node);
  if (network && !state.list) {
    hover(null, null);
    flyTo(node);
  }
  byId("panel").querySelector("h2").focus({ preventScroll: true });
}
