// What the page says of itself: the line at its foot, and the dialog behind it.

import { byId, counted, h, plain, safeLink } from "./dom.js";
import { details, model } from "./model.js";

/** Fills the foot and the dialog, as soon as the details are read. */
export function fillAbout() {
  const { about } = details;
  const { leftOut, notes } = model.block;
  byId("left-out").textContent = leftOut ? `${counted(leftOut, "node")} left out, the least connected ones.` : "";
  byId("notes").textContent = notes.map((note) => `Abstracts: ${note}.`).join(" ");
  byId("dated").textContent = about.newest ? `Papers up to ${about.newest}.` : "";
  byId("made").textContent = `Made with kg ${about.version}.`;
  byId("about-list").replaceChildren(
    ...rows().flatMap(([name, ...values]) => [h("dt", {}, name), ...values.map((value) => h("dd", {}, value))]),
  );
}

/** @returns {[string, ...(string | HTMLElement)[]][]} */
function rows() {
  const { about } = details;
  const { count, statements, block } = model;
  /** @type {[string, ...(string | HTMLElement)[]][]} */
  const found = [
    [
      "Holds",
      `${counted(count, "node")}, ${counted(statements, "statement")}, ${counted(details.sentences.text.length, "sentence")}`,
    ],
    ["Shows", whatIsShown(block.leftOut)],
    ["Made by", h("code", {}, about.command), `kg ${about.version}`],
  ];
  if (about.oldest && about.newest)
    found.push(["Papers", `${plain(about.papers)}, from ${about.oldest} to ${about.newest}`]);
  if (block.notes.length) found.push(["Abstracts", ...block.notes]);
  if (about.runs.length) found.push(["Read by", ...about.runs.map(nameOfRun)]);
  if (about.published)
    found.push(
      ["Published", about.published.date],
      ["Licence", safeLink(about.published.licence, about.published.licence)],
    );
  found.push(["Licences of the papers", ...licencesOfPapers()]);
  return found;
}

/** @param {number} leftOut */
const whatIsShown = (leftOut) =>
  leftOut
    ? `the papers and concepts of the graph with most statements; ${plain(leftOut)} are left out`
    : "every paper and concept of the graph, and all that is stated between them";

/** @param {string[]} run */
function nameOfRun([name, version, ...hashes]) {
  const parts = ["configuration", "vocabulary", "model"].map(
    (part, at) => hashes[at] && `${part} ${hashes[at].slice(0, 8)}`,
  );
  return [`${name} ${version}`, ...parts.filter(Boolean)].join(", ");
}

function licencesOfPapers() {
  const { licences, unlicensed } = details.about;
  const told = licences.map(([licence, number]) =>
    h("span", {}, safeLink(licence, licence), `: ${counted(number, "paper")}`),
  );
  return unlicensed || !told.length ? [...told, h("span", {}, `none stated: ${counted(unlicensed, "paper")}`)] : told;
}
