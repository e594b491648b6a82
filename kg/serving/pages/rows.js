// The answer as a table: a page of rows at a time, since a browser takes long over a hundred thousand.

import { byId, counted, h } from "../../exporters/explorer/web/dom.js";
import { addressOf, shortName } from "./names.js";

/** @typedef {import("./terms.js").Term} Term */

const AT_A_TIME = 500;
const NUMBER = /#(integer|decimal|double|float|(non)?(positive|negative)Integer|long|int|short|byte|g(Year))$/;

/** @param {Term} term @returns {Node | string} */
function shown(term) {
  if (term.type === "triple") {
    const { subject, predicate, object } = term.value;
    return h("span", {}, "<<( ", shown(subject), " ", shown(predicate), " ", shown(object), " )>>");
  }
  if (term.type === "bnode") return `_:${term.value}`;
  if (term.type === "literal")
    return term["xml:lang"] ? h("span", { lang: term["xml:lang"] }, term.value) : term.value;
  const address = addressOf(term.value);
  if (!address) return shortName(term.value);
  return h("a", { href: address, title: term.value, rel: "noreferrer" }, shortName(term.value));
}

/** @param {Term | undefined} term */
const cell = (term) =>
  h(
    "td",
    { class: term?.type === "literal" && NUMBER.test(term.datatype ?? "") ? "number" : "" },
    term ? shown(term) : "",
  );

/**
 * @param {string[]} heads
 * @param {(Term | undefined)[][]} rows
 */
export function showRows(heads, rows) {
  const body = h("tbody");
  const head = h("thead", {}, h("tr", {}, ...heads.map((name) => h("th", { scope: "col" }, name))));
  byId("rows").replaceChildren(h("table", {}, head, body));
  const more = byId("more");
  const add = () => {
    const start = body.rows.length;
    body.append(...rows.slice(start, start + AT_A_TIME).map((row) => h("tr", {}, ...row.map(cell))));
    const left = rows.length - body.rows.length;
    more.hidden = left === 0;
    more.textContent = `Show more: ${counted(left, "row")} left`;
  };
  more.onclick = add;
  add();
}
