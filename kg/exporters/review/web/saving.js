// Decisions as a file: written over where the browser can, else downloaded.

import { download } from "../../explorer/web/dom.js";
import { asFile } from "./decisions.js";

const NAME = "claims.decisions.jsonl";

/** @type {any} The file that was chosen once; the File System Access API is not in TypeScript's library. */
let handle = null;

/** @returns {Promise<boolean>} Whether it was saved, rather than called off */
export async function saveFile() {
  const text = asFile();
  const pick = /** @type {any} */ (window).showSaveFilePicker;
  if (!pick) {
    download(NAME, new Blob([text], { type: "application/jsonl" }));
    return true;
  }
  try {
    handle ??= await pick({ suggestedName: NAME });
    const file = await handle.createWritable();
    await file.write(text);
    await file.close();
    return true;
  } catch (error) {
    handle = null;
    if (error instanceof DOMException && error.name === "AbortError") return false;
    download(NAME, new Blob([text], { type: "application/jsonl" })); // the browser may not write there
    return true;
  }
}
