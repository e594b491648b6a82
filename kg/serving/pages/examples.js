// Questions that come with the graph, and fields for what they ask about.

import { byId, h } from "../../exporters/explorer/web/dom.js";
import { house } from "./names.js";

/** @typedef {{name: string, question: string, variables: string[], text: string}} Example */

const NAMED = "skos:prefLabel|skos:altLabel|dcterms:title|dcterms:identifier|foaf:name";

/** Binds a variable to an IRI, or to what bears a name. @param {string} variable @param {string} value */
function binding(variable, value) {
  const iri = /^<?((?:https?|urn):[^\s<>"{}|\\^`]+)>?$/.exec(value);
  if (iri) return `VALUES ?${variable} { <${iri[1]}> }`;
  const short = /^(\w+):[\w-]+$/.exec(value);
  if (short && short[1] in house.prefixes) return `VALUES ?${variable} { ${value} }`;
  const named = `FILTER(LCASE(STR(?anyName)) = ${JSON.stringify(value.toLowerCase())})`;
  return `{ SELECT DISTINCT ?${variable} { ?${variable} ${NAMED} ?anyName ${named} } }`;
}

/** @param {Example} example @param {[string, string][]} values By variable; an empty one leaves it free. */
function withValues(example, values) {
  const lines = values.filter(([, value]) => value.trim()).map(([name, value]) => `  ${binding(name, value.trim())}\n`);
  return example.text.replace("WHERE {\n", (head) => head + lines.join(""));
}

/** What a query says of a variable that can be bound. @param {Example} example @param {string} variable */
const helpOf = (example, variable) => new RegExp(`^# \\?${variable}: (.*)$`, "m").exec(example.text)?.[1] ?? "";

/**
 * Offers the examples and their fields.
 * @param {Example[]} examples
 * @param {(text: string) => void} write Takes the query
 */
export function offerExamples(examples, write) {
  const select = /** @type {HTMLSelectElement} */ (byId("example"));
  select.append(...examples.map(({ name, question }) => h("option", { value: name }, question)));
  select.addEventListener("change", () => {
    const example = examples.find(({ name }) => name === select.value);
    byId("inputs").replaceChildren(...(example ? fieldsOf(example, write) : []));
    if (example) write(example.text);
  });
}

/** @param {Example} example @param {(text: string) => void} write */
function fieldsOf(example, write) {
  const inputs = example.variables.map((name) =>
    h("input", { id: `value-${name}`, autocomplete: "off", placeholder: helpOf(example, name) }),
  );
  const take = () => write(withValues(example, inputs.map((input, at) => [example.variables[at], input.value])));
  for (const input of inputs) input.addEventListener("input", take);
  return inputs.map((input, at) => h("div", {}, h("label", { for: input.id }, `?${example.variables[at]}`), input));
}

/** The query is no example any more. */
export function leaveExample() {
  /** @type {HTMLSelectElement} */ (byId("example")).value = "";
  byId("inputs").replaceChildren();
}
