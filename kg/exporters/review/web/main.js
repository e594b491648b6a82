// The page: list, card, keys.

import { announce, byId, counted, h, inputById, plain } from "../../explorer/web/dom.js";
import { drawCard, drawCorrection, SIGNS } from "./card.js";
import { data, inWords, statusOf } from "./data.js";
import { authorName, decide, decisionOn, hasTaken, markSaved, openFile, setAuthor, takeBack, unsaved } from "./decisions.js";
import { filteredClaims, setUpFilters } from "./filters.js";
import { saveFile } from "./saving.js";

/** @typedef {import("./data.js").Claim} Claim */

/** @type {Claim[]} */
let listed = [];
/** @type {Claim | undefined} */
let current;
/** @type {Map<Claim, HTMLButtonElement>} */
const rows = new Map();

/** @param {string} id */
const dialogById = (id) => /** @type {HTMLDialogElement} */ (byId(id));

/** @param {Claim} claim */
function drawRow(claim) {
  const row = rows.get(claim);
  if (!row) return;
  const verdict = decisionOn(claim)?.verdict;
  const words = inWords(claim).join(" ");
  const status = statusOf(claim) && ` (${statusOf(claim)})`;
  row.setAttribute("aria-current", String(claim === current));
  row.replaceChildren(
    h("span", { class: verdict ?? "", "aria-hidden": "true" }, verdict ? SIGNS[verdict] : ""),
    h("span", { class: "what", dir: "auto" }, words, status ? h("span", { class: "status" }, status) : null),
    h("small", {}, claim.confidence.toFixed(2)),
  );
  row.setAttribute("aria-label", `${words}${status}, confidence ${claim.confidence.toFixed(2)}${verdict ? `, ${verdict}` : ""}`);
}

function drawProgress() {
  const done = data.claims.filter(decisionOn).length;
  const bar = /** @type {HTMLProgressElement} */ (byId("progress"));
  bar.max = data.claims.length || 1;
  bar.value = done;
  const left = unsaved() ? `, ${plain(unsaved())} not saved` : "";
  byId("progress-text").textContent = `${plain(done)} of ${counted(data.claims.length, "claim")} decided${left}`;
  byId("author").textContent = authorName() || "Who are you?";
}

/** @param {Claim | undefined} claim */
function show(claim) {
  const former = current;
  current = claim;
  for (const each of [former, claim]) if (each) drawRow(each);
  if (claim) rows.get(claim)?.scrollIntoView({ block: "nearest" });
  drawCard(claim, ACTS);
  drawProgress();
}

function drawList() {
  listed = filteredClaims();
  rows.clear();
  for (const claim of listed) rows.set(claim, h("button", { type: "button", tabindex: -1, onclick: () => show(claim) }));
  byId("claims").replaceChildren(...[...rows.values()].map((row) => h("li", {}, row)));
  listed.forEach(drawRow);
  show(current && listed.includes(current) ? current : listed[0]);
}

/** @param {number} step */
function move(step) {
  const at = current ? listed.indexOf(current) + step : 0;
  if (at >= 0 && at < listed.length) show(listed[at]);
  else announce(step > 0 ? "This is the last claim." : "This is the first claim.");
}

/** @param {() => void} act What needs to know who decides */
function knowing(act) {
  if (authorName()) return act();
  pending = act;
  dialogById("ask").showModal();
  inputById("ask-name").focus();
}
/** @type {(() => void) | null} */
let pending = null;

/** @param {"accept" | "reject" | "correct"} verdict @param {import("./data.js").Said} [instead] @param {string} [comment] */
function settle(verdict, instead, comment) {
  const claim = current;
  if (!claim) return;
  knowing(() => {
    decide(claim, verdict, instead, comment);
    show(claim);
    byId("card").focus();
    if (listed.at(-1) !== claim) move(1);
  });
}

function correct() {
  const claim = current;
  if (!claim) return;
  show(claim); // an open form is drawn anew
  drawCorrection(
    claim,
    (instead, comment) => settle("correct", instead, comment),
    () => {
      show(claim);
      byId("card").focus();
    },
  );
}

function undo() {
  const claim = current;
  if (!claim || !decisionOn(claim)) return announce("Nothing is decided about this claim.");
  knowing(() => {
    takeBack(claim);
    show(claim);
    announce("Taken back.");
  });
}

async function save() {
  if (!hasTaken()) return announce("Nothing has been decided yet.");
  if (await saveFile()) {
    markSaved();
    drawProgress();
    announce("Saved. Add the file to the graph with kg review --take.");
  }
}

/** @type {Record<string, () => void>} */
const ACTS = {
  j: () => move(1),
  ArrowDown: () => move(1),
  k: () => move(-1),
  ArrowUp: () => move(-1),
  a: () => settle("accept"),
  r: () => settle("reject"),
  c: correct,
  u: undo,
  s: () => void save(),
  "?": () => dialogById("help").showModal(),
};

/** @param {KeyboardEvent} event */
function onKey(event) {
  const inField = event.target instanceof Element && event.target.closest("input, select, dialog");
  if (inField || event.ctrlKey || event.metaKey || event.altKey || !(event.key in ACTS)) return;
  event.preventDefault();
  ACTS[event.key]();
}

/** @param {Event} event */
async function onFile(event) {
  const input = /** @type {HTMLInputElement} */ (event.target);
  const file = input.files?.[0];
  if (!file) return;
  try {
    announce(`${counted(openFile(await file.text()), "decision")} opened.`);
  } catch (error) {
    announce(error instanceof Error ? error.message : String(error));
  }
  input.value = "";
  drawList();
}

function setUpDialogs() {
  byId("ask-form").addEventListener("submit", (event) => {
    event.preventDefault();
    if (!inputById("ask-name").value.trim()) return;
    setAuthor(inputById("ask-name").value);
    dialogById("ask").close();
    const act = pending;
    pending = null;
    drawProgress();
    act?.();
  });
  byId("ask-cancel").addEventListener("click", () => dialogById("ask").close());
  byId("close-help").addEventListener("click", () => dialogById("help").close());
  byId("author").addEventListener("click", () => {
    pending = null;
    inputById("ask-name").value = authorName();
    dialogById("ask").showModal();
  });
}

function start() {
  byId("left-out").textContent = data.leftOut ? `The ${plain(data.claims.length)} least sure claims; ${plain(data.leftOut)} surer ones are left out.` : "";
  setUpFilters(drawList);
  setUpDialogs();
  byId("show-help").addEventListener("click", ACTS["?"]);
  byId("save").addEventListener("click", ACTS.s);
  byId("import").addEventListener("click", () => byId("import-file").click());
  byId("import-file").addEventListener("change", (event) => void onFile(event));
  document.addEventListener("keydown", onKey);
  window.addEventListener("beforeunload", (event) => {
    if (unsaved()) event.preventDefault();
  });
  drawList();
  document.documentElement.setAttribute("data-ready", "");
}

start();
