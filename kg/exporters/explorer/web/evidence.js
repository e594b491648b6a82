// Sentences that say so, with what they name marked, and the paper they stand in.

import { h } from "./dom.js";
import { details, isPaper, model, nameOf, percent, typeOf } from "./model.js";
import { shapeIcon } from "./shapes.js";
import { change, openNode } from "./state.js";

/** @param {number} node @param {string} [text] */
export function nodeButton(node, text = nameOf(node)) {
  return h(
    "button",
    { type: "button", class: "node", onclick: () => openNode(node), title: text.length > 60 ? text : null },
    shapeIcon(typeOf(node)),
    h("span", { dir: "auto" }, text),
  );
}

/** @param {number} confidence In per cent, -1 where none is known */
export function confidenceMeter(confidence) {
  if (confidence < 0) return null;
  const meter = h(
    "span",
    { class: "meter", title: `confidence ${percent(confidence)}` },
    h("span", { class: "gauge" }),
    h("span", {}, percent(confidence)),
  );
  /** @type {HTMLElement} */ (meter.firstElementChild).style.setProperty("--share", String(confidence / 100));
  return meter;
}

/**
 * A sentence as nodes, what names one of some nodes being marked.
 * @param {number} sentence @param {number[]} named
 */
function markedText(sentence, named) {
  const chars = [...details.sentences.text[sentence]];
  const marks = details.sentences.marks[sentence] || [];
  const parts = [];
  let at = 0;
  for (let place = 0; place < marks.length; place += 3) {
    const [start, length, node] = marks.slice(place, place + 3);
    const end = start + length;
    if (!named.includes(node) || start < at || end > chars.length || end <= start) continue;
    parts.push(chars.slice(at, start).join(""), h("mark", {}, chars.slice(start, end).join("")));
    at = end;
  }
  return [...parts, chars.slice(at).join("")];
}

/** @param {number} sentence @param {number[]} named @param {number | null} [known] A paper that need not be named again */
export function quote(sentence, named, known = null) {
  const paper = details.sentences.paper[sentence];
  const made = h("blockquote", {}, h("p", { dir: "auto" }, ...markedText(sentence, named)));
  if (paper !== known) {
    const source = typeof paper === "number" ? nodeButton(paper) : h("span", { dir: "auto" }, paper);
    const year = typeof paper === "number" && model.year[paper] ? ` ${model.year[paper]}` : null;
    made.append(h("footer", {}, source, year));
  }
  return made;
}

/** @param {number} statement */
const sentencesOf = (statement) => details.evidence[statement] || [];

/** @param {number} statement @param {number} node The node whose details they are shown in @param {boolean} open */
export function evidenceToggle(statement, node, open) {
  const sentences = sentencesOf(statement);
  if (!sentences.length) return [];
  const id = `evidence-${statement}`;
  const label = sentences.length === 1 ? "1 sentence" : `${sentences.length} sentences`;
  const button = h(
    "button",
    {
      type: "button",
      class: "evidence",
      "aria-expanded": String(open),
      "aria-controls": id,
      "data-claim": statement,
      onclick: () => change({ claim: button.getAttribute("aria-expanded") === "true" ? null : statement }),
    },
    label,
  );
  const named = [model.subject[statement], model.object[statement]];
  const known = isPaper(node) ? node : null;
  const box = h(
    "div",
    { id, class: "quotes", hidden: !open },
    ...(open ? sentences.map((one) => quote(one, named, known)) : []),
  );
  return [button, box];
}
