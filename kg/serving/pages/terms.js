// Terms of RDF as SPARQL's JSON writes them, and the lines of N-Triples read into such terms.

/**
 * @typedef {{type: "uri" | "bnode" | "literal", value: string, "xml:lang"?: string, datatype?: string}} Simple
 * @typedef {{subject: Term, predicate: Term, object: Term}} Triple
 * @typedef {Simple | {type: "triple", value: Triple}} Term https://www.w3.org/TR/sparql11-results-json/
 */

const TERM = /\s*(?:<([^>]*)>|_:(\S+)|"((?:[^"\\]|\\.)*)"(?:@([\w-]+)|\^\^<([^>]*)>)?)/y;
/** @type {Record<string, string>} */
const ESCAPES = { t: "\t", b: "\b", n: "\n", r: "\r", f: "\f" };

/** @param {string} text */
const unescaped = (text) =>
  text.replace(/\\(?:u([\da-fA-F]{4})|U([\da-fA-F]{8})|(.))/g, (_, four, eight, one) =>
    one === undefined ? String.fromCodePoint(parseInt(four ?? eight, 16)) : (ESCAPES[one] ?? one),
  );

/** @param {RegExpExecArray} match @returns {Term} */
function termOf([, iri, blank, text, language, datatype]) {
  if (iri !== undefined) return { type: "uri", value: unescaped(iri) };
  if (blank !== undefined) return { type: "bnode", value: blank };
  return { type: "literal", value: unescaped(text), "xml:lang": language, datatype };
}

/** @param {string} line @returns {Triple | null} */
function tripleOf(line) {
  /** @type {Term[]} */
  const terms = [];
  TERM.lastIndex = 0;
  while (terms.length < 3) {
    const start = TERM.lastIndex;
    const match = TERM.exec(line);
    if (match) terms.push(termOf(match));
    else if (terms.length === 2) terms.push({ type: "literal", value: line.slice(start).replace(/\.\s*$/, "").trim() });
    else return null; // a blank line
  }
  return { subject: terms[0], predicate: terms[1], object: terms[2] };
}

/**
 * Sorted, since the engine gives triples in any order. What is no simple object, such as a triple in RDF 1.2, stays as
 * it is written.
 * @param {string} text N-Triples
 */
export const readTriples = (text) =>
  text
    .split("\n")
    .sort()
    .map(tripleOf)
    .filter((triple) => triple !== null);
