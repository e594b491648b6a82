// Text formats: values quoted as each format wants them.

/** A cell that a spreadsheet would run as a formula is made a text; a number is none. @param {string} text */
const harmless = (text) =>
  /^[=+\-@\t\r]/.test(text) && !/^[+-]?\d+([.,]\d+)?\s?%?$/.test(text) ? "'" + text : text;

/** @param {string} text */
const csvCell = (text) => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Lines of RFC 4180, with the mark that tells spreadsheets of UTF-8. @param {string[][]} rows */
export const csv = (rows) =>
  "\ufeff" + rows.map((row) => row.map((cell) => csvCell(harmless(cell))).join(",") + "\r\n").join("");

/** @param {string} text A literal of Turtle */
export const turtleText = (text) =>
  JSON.stringify(text).replace(
    /[\u007f-\u009f\u2028\u2029]/g,
    (char) => "\\u" + char.charCodeAt(0).toString(16).padStart(4, "0"),
  );

/** @param {string} iri */
export const turtleIri = (iri) => `<${iri.replace(/[\x00-\x20<>"{}|^`\\]/g, (char) => encodeURIComponent(char))}>`;

/** @param {string} text */
export const xmlText = (text) =>
  text.replace(/[\x00-\x08\x0b\x0c\x0e-\x1f]/g, "").replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
