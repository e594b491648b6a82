// Which claims are listed.

import { byId, h, inputById } from "../../explorer/web/dom.js";
import { data, inWords, paperOf, typeIn } from "./data.js";
import { decisionOn } from "./decisions.js";

/** @typedef {import("./data.js").Claim} Claim */

/** @param {string} id */
const chosen = (id) => /** @type {HTMLSelectElement} */ (byId(id)).value;

/** @param {string} id @param {[string, string][]} options Value and words */
const fill = (id, options) => byId(id).replaceChildren(...options.map(([value, words]) => h("option", { value }, words)));

/** @param {() => void} changed */
export function setUpFilters(changed) {
  const types = new Set(data.papers.flatMap((paper) => paper.entities.map((one) => one.type)));
  const predicates = new Map(data.claims.map((claim) => [claim.predicate, inWords(claim)[1]]));
  fill("filter-state", [
    ["", "all"],
    ["open", "to decide"],
    ["done", "decided"],
  ]);
  fill("filter-type", [["", "all"], .../** @type {[string, string][]} */ ([...types].sort().map((one) => [one, one]))]);
  fill("filter-predicate", [["", "all"], ...[...predicates].sort(([a], [b]) => (a < b ? -1 : 1))]);
  for (const id of ["state", "type", "predicate", "least", "most", "paper"])
    byId(`filter-${id}`).addEventListener("input", changed);
}

/** @returns {Claim[]} */
export function filteredClaims() {
  const [state, type, predicate] = ["state", "type", "predicate"].map((id) => chosen(`filter-${id}`));
  const [least, most] = ["least", "most"].map((id) => Number(inputById(`filter-${id}`).value) / 100);
  const words = inputById("filter-paper").value.toLowerCase().split(/\s+/).filter(Boolean);
  return data.claims.filter((claim) => {
    const paper = paperOf(claim);
    const title = paper.title.toLowerCase();
    return (
      (!state || (state === "done") === Boolean(decisionOn(claim))) &&
      (!type || [claim.subject, claim.object].some((name) => typeIn(paper, name) === type)) &&
      (!predicate || claim.predicate === predicate) &&
      claim.confidence >= least &&
      claim.confidence <= (most || 1) &&
      words.every((word) => title.includes(word))
    );
  });
}
