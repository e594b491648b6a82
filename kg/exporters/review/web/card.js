// The claim that is looked at: what it says, the sentence it was read from, and the form to correct it.

import { byId, h } from "../../explorer/web/dom.js";
import { data, inWords, paperOf, predicatesFor, statusOf, typeIn } from "./data.js";
import { decisionOn } from "./decisions.js";

/** @typedef {import("./data.js").Claim} Claim @typedef {import("./data.js").Decision} Decision @typedef {import("./data.js").Said} Said */

/** @type {Record<string, string>} */
export const SIGNS = { accept: "✓", reject: "✗", correct: "✎" };

/** @param {Claim} claim */
function sentence(claim) {
  const chars = [...claim.quote];
  const [first] = claim.sentence;
  const parts = [];
  let at = 0;
  for (const [start, end] of claim.mentions) {
    parts.push(chars.slice(at, start - first).join(""), h("mark", {}, chars.slice(start - first, end - first).join("")));
    at = end - first;
  }
  const paper = paperOf(claim);
  const year = paper.date ? `, ${paper.date.slice(0, 4)}` : "";
  return h(
    "blockquote",
    {},
    h("p", { dir: "auto" }, ...parts, chars.slice(at).join("")),
    h("footer", { dir: "auto" }, `${paper.title}${year}`),
  );
}

/** @param {Said} said */
function heading(said) {
  const [subject, says, object] = inWords(said);
  return [h("span", { dir: "auto" }, subject), " ", h("span", { class: "says" }, says), " ", h("span", { dir: "auto" }, object), statusOf(said) ? h("span", { class: "status" }, ` (${statusOf(said)})`) : ""];
}

/** @param {Decision} decision */
function verdict(decision) {
  const done = { accept: "Accepted", reject: "Rejected", correct: "Corrected" }[decision.verdict];
  const instead = decision.instead ? `: ${inWords(decision.instead).join(" ")} (${decision.instead.status})` : "";
  const why = decision.comment ? ` – ${decision.comment}` : "";
  return h(
    "p",
    { class: `decided ${decision.verdict}` },
    `${SIGNS[decision.verdict]} ${done} by ${decision.author}${instead}${why}`,
  );
}

/**
 * @param {Claim | undefined} claim
 * @param {Record<string, () => void>} acts What the buttons do, by key
 */
export function drawCard(claim, acts) {
  const card = byId("card");
  if (!claim) return card.replaceChildren(h("p", { class: "hint" }, "No claim is listed; choose other filters."));
  const paper = paperOf(claim);
  const types = [claim.subject, claim.object].flatMap((name) => typeIn(paper, name) ?? []).join(" → ");
  const decision = decisionOn(claim);
  const button = (/** @type {string} */ key, /** @type {string} */ name) =>
    h("button", { type: "button", onclick: acts[key] }, `${name} `, h("kbd", { "aria-hidden": "true" }, key));
  card.replaceChildren(
    h("h2", {}, ...heading(claim)),
    h("p", { class: "facts" }, `${types} · ${claim.status} · read with confidence ${claim.confidence.toFixed(2)}`),
    sentence(claim),
    h(
      "div",
      { class: "row" },
      button("a", "Accept"),
      button("r", "Reject"),
      button("c", "Correct"),
      decision ? button("u", "Take back") : null,
    ),
    decision ? verdict(decision) : "",
  );
}

/** @param {string} label @param {[string, string][]} options @param {string} value */
function choice(label, options, value) {
  const select = h("select", {}, ...options.map(([each, words]) => h("option", { value: each }, words)));
  select.value = value;
  return { select, field: h("label", {}, label, select) };
}

/**
 * @param {Claim} claim
 * @param {(instead: Said, comment: string) => void} take
 * @param {() => void} leave
 */
export function drawCorrection(claim, take, leave) {
  const paper = paperOf(claim);
  const names = /** @type {[string, string][]} */ (paper.entities.map(({ name, type }, at) => [String(at), `${name} (${type})`]));
  const place = (/** @type {string | null} */ name) => String(paper.entities.findIndex((one) => one.name === name));
  const subject = choice("Subject", [["-1", "The paper"], ...names], place(claim.subject));
  const object = choice("Object", names, place(claim.object));
  const predicate = choice("Says", [], "");
  const status = choice("Status", data.statuses.map((one) => [one, one]), claim.status);
  const comment = h("input", { type: "text", maxlength: 500, autocomplete: "off" });
  const fits = h("p", { class: "hint", role: "status" });
  const entity = (/** @type {HTMLSelectElement} */ select) => paper.entities[Number(select.value)];
  const offer = () => {
    const former = predicate.select.value || claim.predicate;
    const offered = entity(subject.select) === entity(object.select) ? [] : predicatesFor(entity(subject.select)?.type, entity(object.select)?.type);
    const asSaid = (/** @type {string} */ name) => inWords({ ...claim, subject: entity(subject.select)?.name ?? null, predicate: name })[1];
    predicate.select.replaceChildren(...offered.map((name) => h("option", { value: name }, asSaid(name))));
    predicate.select.value = offered.includes(former) ? former : (offered[0] ?? "");
    fits.textContent = offered.length ? "" : "Nothing can be said of these two.";
  };
  subject.select.addEventListener("input", offer);
  object.select.addEventListener("input", offer);
  offer();
  const form = h(
    "form",
    {
      class: "correction",
      "aria-label": "What holds instead",
      onsubmit: (/** @type {Event} */ event) => {
        event.preventDefault();
        if (!predicate.select.value) return;
        take(
          {
            subject: entity(subject.select)?.name ?? null,
            predicate: predicate.select.value,
            object: entity(object.select).name,
            status: status.select.value,
          },
          comment.value.trim(),
        );
      },
      onkeydown: (/** @type {KeyboardEvent} */ event) => {
        if (event.key === "Escape") leave();
        if (event.key === "Enter" && event.target instanceof HTMLSelectElement) {
          event.preventDefault(); // a select swallows it in some browsers, and opens in others
          form.requestSubmit();
        }
      },
    },
    subject.field,
    predicate.field,
    object.field,
    status.field,
    h("label", {}, "Why (optional)", comment),
    fits,
    h("div", { class: "row" }, h("button", { type: "submit", class: "main" }, "Take this"), h("button", { type: "button", onclick: leave }, "Cancel")),
  );
  byId("card").append(form);
  subject.select.focus();
}
