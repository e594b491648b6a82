// IRIs as people read them: short by the prefixes of the house, and led to the pages of this server.

/** @type {{bases: string[], prefixes: Record<string, string>}} Beginnings of IRIs that are answered under /id/; prefixes. */
export const house = { bases: [], prefixes: {} };

/** @param {string} iri */
export function shortName(iri) {
  const base = house.bases.find((one) => iri.startsWith(one) && iri !== one);
  if (base) return iri.slice(base.length);
  for (const [prefix, start] of Object.entries(house.prefixes))
    if (iri.startsWith(start) && /^[\w.-]*$/.test(iri.slice(start.length))) return `${prefix}:${iri.slice(start.length)}`;
  return iri;
}

/** Where a link to a node leads: to its page here, to the web, or nowhere. @param {string} iri */
export function addressOf(iri) {
  const base = house.bases.find((one) => iri.startsWith(one));
  if (base) return "/id/" + encodeURI(iri.slice(base.length)).replace(/%25/g, "%").replace(/[?#]/g, encodeURIComponent);
  if (iri.startsWith(house.prefixes.kg)) return "/ns";
  return /^https?:\/\//.test(iri) ? iri : null;
}

/** The prefixes of the house that a query uses and does not declare, as lines. @param {string} query */
export function missingPrefixes(query) {
  return Object.entries(house.prefixes)
    .filter(([prefix]) => new RegExp(`(?<![\\w:<?])${prefix}:`).test(query))
    .filter(([prefix]) => !new RegExp(`\\bPREFIX\\s+${prefix}:`, "i").test(query))
    .map(([prefix, iri]) => `PREFIX ${prefix}: <${iri}>\n`)
    .join("");
}
