// The query page: a query is written or chosen, run, shown, taken along, and kept in the address.

import { announce, byId, copyText, counted, download, h, plain } from "../../exporters/explorer/web/dom.js";
import { leaveExample, offerExamples } from "./examples.js";
import { house, missingPrefixes } from "./names.js";
import { drawPicture } from "./picture.js";
import { showRows } from "./rows.js";
import { readTriples } from "./terms.js";

const RESULTS = "application/sparql-results+json";
const TRIPLES = "application/n-triples";
/** @type {Record<string, [string, string, string][]>} Name, media type and suffix of what an answer comes as. */
const FORMATS = {
  rows: [
    ["CSV", "text/csv", "csv"],
    ["TSV", "text/tab-separated-values", "tsv"],
    ["JSON", RESULTS, "json"],
    ["XML", "application/sparql-results+xml", "xml"],
  ],
  triples: [
    ["Turtle", "text/turtle", "ttl"],
    ["N-Triples", TRIPLES, "nt"],
    ["JSON-LD", "application/ld+json", "jsonld"],
    ["RDF/XML", "application/rdf+xml", "rdf"],
  ],
};

const editor = /** @type {HTMLTextAreaElement} */ (byId("query"));
/** @type {AbortController | null} The request that is under way. */
let running = null;

/** @param {string} query @param {string} accept @param {AbortSignal} [signal] */
async function ask(query, accept, signal) {
  const headers = { "content-type": "application/sparql-query", accept };
  const answer = await fetch("/sparql", { method: "POST", body: query, headers, signal });
  if (!answer.ok) throw new Error((await answer.text()).split("\n")[0] || `error: status ${answer.status}`);
  return answer;
}

/** @param {unknown} error */
function showError(error) {
  const text = error instanceof TypeError ? "error: the server cannot be reached" : String(/** @type {any} */ (error).message);
  byId("error").textContent = text;
  byId("error").hidden = false;
  byId("status").textContent = "";
}

/** @param {AbortController | null} request */
function setRunning(request) {
  running = request;
  byId("run").textContent = request ? "Stop" : "Run";
}

async function run() {
  const query = editor.value;
  const request = new AbortController();
  setRunning(request);
  byId("error").hidden = true;
  byId("answer").hidden = true;
  byId("status").textContent = "Running …";
  const begun = performance.now();
  try {
    const answer = await ask(query, `${RESULTS}, ${TRIPLES};q=0.9`, request.signal);
    const text = await answer.text();
    const took = performance.now() - begun;
    byId("answer").hidden = false;
    const kind = answer.headers.get("content-type")?.startsWith(TRIPLES) ? "triples" : "rows";
    const told = kind === "triples" ? showTriples(text) : showResult(text);
    byId("status").textContent = `${told} in ${plain(Math.round(took))} ms`;
    offerDownloads(query, kind);
  } catch (error) {
    if (running !== request) return; // another runs already
    if (request.signal.aborted) byId("status").textContent = "Stopped.";
    else showError(error);
  } finally {
    if (running === request) setRunning(null);
  }
}

/** @param {string} text N-Triples */
function showTriples(text) {
  const triples = readTriples(text);
  showRows(["subject", "predicate", "object"], triples.map((one) => [one.subject, one.predicate, one.object]));
  const drawn = drawPicture(triples, Math.max(300, Math.min(900, byId("answer").clientWidth)));
  byId("picture").replaceChildren(...(drawn ? [drawn.picture, h("p", { class: "hint" }, drawn.told)] : []));
  return counted(triples.length, "triple");
}

/** @param {string} text JSON: rows, or yes or no */
function showResult(text) {
  byId("picture").replaceChildren();
  const { head, results, boolean } = JSON.parse(text);
  if (boolean !== undefined) {
    showRows(["answer"], [[{ type: "literal", value: boolean ? "yes" : "no" }]]);
    return boolean ? "Yes," : "No,";
  }
  showRows(head.vars, results.bindings.map((/** @type {any} */ row) => head.vars.map((/** @type {string} */ name) => row[name])));
  return counted(results.bindings.length, "row");
}

/** The answer is asked for anew in another format. @param {string} query @param {string} kind */
function offerDownloads(query, kind) {
  const buttons = FORMATS[kind].map(([name, media, suffix]) => {
    const fetched = async () => {
      try {
        download(`answer.${suffix}`, await (await ask(query, media)).blob());
      } catch (error) {
        showError(error);
      }
    };
    return h("button", { type: "button", onclick: fetched }, name);
  });
  byId("downloads").replaceChildren(h("span", {}, "Download as"), ...buttons);
}

/** @param {string} query */
const addressOfQuery = (query) => "#query=" + encodeURIComponent(query);

/** Runs the query and makes it a step that Back undoes; or stops what runs. */
function submit() {
  if (running) {
    running.abort();
    return;
  }
  const address = addressOfQuery(editor.value);
  if (address !== location.hash) history.pushState(null, "", address);
  run();
}

/** @returns {string | null} The query that the address holds. */
const queryOfAddress = () =>
  new URLSearchParams(location.hash.slice(1).replaceAll("+", "%2B")).get("query") ??
  new URLSearchParams(location.search).get("query");

function followAddress() {
  const query = queryOfAddress();
  if (query === null || query === editor.value) return;
  leaveExample();
  editor.value = query;
  running?.abort();
  run();
}

async function share() {
  const address = new URL(location.pathname + addressOfQuery(editor.value), location.href);
  announce((await copyText(address.href)) ? "Link copied." : "The link could not be copied; it is in the address.");
  history.replaceState(null, "", address);
}

function declare() {
  const missing = missingPrefixes(editor.value);
  editor.value = missing + editor.value;
  announce(missing ? "Prefixes declared." : "All prefixes are declared.");
}

function listen() {
  byId("form").addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    submit();
  });
  editor.addEventListener("input", leaveExample);
  byId("declare").addEventListener("click", declare);
  byId("share").addEventListener("click", share);
  window.addEventListener("popstate", followAddress);
}

async function start() {
  const { examples, ...known } = await (await fetch("/query/examples")).json();
  Object.assign(house, known);
  byId("prefixes").textContent = Object.keys(house.prefixes).join(", ");
  offerExamples(examples, (text) => (editor.value = text));
  listen();
  followAddress();
  document.documentElement.dataset.ready = "";
}

start().catch(showError);
