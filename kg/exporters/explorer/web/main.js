// Puts the parts together: views, keys, theme, address; draws first, and reads the evidence while one looks.

import { fillAbout } from "./about.js";
import { announce, byId, inputById } from "./dom.js";
import { compareChanged, listenToCompare } from "./compare.js";
import { bring, onGrown } from "./expanding.js";
import { fillMenu, openMenu } from "./exporting.js";
import { applyFilters, FILTER_KEYS } from "./filters.js";
import { fillFilters, listenToFilters, openDrawer, refreshFilters, refreshStatus } from "./filterbar.js";
import { listenToHands } from "./interaction.js";
import { model, takeDetails, takeGraph } from "./model.js";
import { fillOverview } from "./overview.js";
import { panelChanged } from "./panel.js";
import { fillResults } from "./resultsview.js";
import { listenToSearch } from "./search.js";
import { readColours } from "./shapes.js";
import { readDetails, readGraph, readPins } from "./source.js";
import { arrange, followSize, pins, stageChanged, stageRestyled } from "./stage.js";
import { addressedKeys, change, followAddress, onChange, refresh, state, VIEWS } from "./state.js";
import { listenToTable, tableChanged } from "./tableview.js";

/** @param {Set<string>} changed */
function viewChanged(changed) {
  if (!changed.has("view")) return;
  for (const view of VIEWS) {
    byId(view).hidden = view !== state.view;
    byId(`show-${view}`).setAttribute("aria-pressed", String(view === state.view));
  }
  document.body.dataset.view = state.view;
  openDrawer(false);
}

/** @param {Set<string>} changed */
function filtersChanged(changed) {
  if (FILTER_KEYS.some((key) => changed.has(key))) {
    applyFilters();
    refreshFilters();
  }
  refreshStatus();
  for (const button of byId("arrangements").querySelectorAll("button"))
    button.setAttribute("aria-pressed", String(button.value === state.arrangement));
}

function restyle() {
  readColours();
  stageRestyled();
  fillOverview();
}

function switchTheme() {
  const root = document.documentElement;
  const dark = getComputedStyle(root).getPropertyValue("--dark").trim() === "1";
  root.dataset.theme = dark ? "light" : "dark";
  restyle();
}

/** The page may have more nodes than before, and no place in the list of statements is what it was. */
function grown() {
  state.claim = null;
  arrange(state.arrangement);
  fillAbout();
  fillFilters();
  fillOverview();
  refresh();
}

/** Shows what the address names, of which a server may have to tell first. */
async function openAddress() {
  for (const key of addressedKeys()) await bring(key);
  followAddress();
}

const dialogs = /** @type {HTMLDialogElement[]} */ (["help", "about"].map(byId));

/** @param {KeyboardEvent} event */
function pageKey(event) {
  const typing = event.target instanceof HTMLInputElement && event.target.type !== "range";
  if (typing || event.ctrlKey || event.metaKey || event.altKey || dialogs.some((dialog) => dialog.open)) return;
  if (event.key === "/") {
    event.preventDefault();
    inputById("search").select();
  } else if (event.key === "?") dialogs[0].showModal();
  else if (event.key === "Escape") {
    if (byId("filters").classList.contains("open")) openDrawer(false);
    else if (state.group) change({ group: "" });
    else if (state.node !== null) change({ node: null, claim: null });
  }
}

function listen() {
  for (const view of VIEWS) byId(`show-${view}`).addEventListener("click", () => change({ view }));
  byId("theme").addEventListener("click", switchTheme);
  for (const dialog of dialogs) {
    byId(`show-${dialog.id}`).addEventListener("click", () => dialog.showModal());
    byId(`close-${dialog.id}`).addEventListener("click", () => dialog.close());
  }
  document.addEventListener("keydown", pageKey);
  window.addEventListener("popstate", openAddress);
  new ResizeObserver(followSize).observe(byId("stage"));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", restyle);
  listenToFilters();
  listenToHands();
  listenToSearch();
  listenToTable();
  listenToCompare();
  onGrown(grown);
}

async function start() {
  takeGraph(await readGraph());
  for (const [node, place] of Object.entries(readPins())) if (Number(node) < model.count) pins.set(Number(node), place);
  arrange("topics");
  readColours();
  applyFilters();
  fillFilters();
  listen();
  for (const listener of [viewChanged, filtersChanged, panelChanged, stageChanged, tableChanged, compareChanged])
    onChange(listener);
  const early = /^#view=graph(&(all|by|camera)=[^&]*)*$/.test(location.hash); // the picture needs no details
  if (early) {
    followAddress();
    await new Promise((resolve) => requestAnimationFrame(() => window.setTimeout(resolve)));
  }
  takeDetails(await readDetails());
  fillAbout();
  fillMenu();
  fillOverview();
  fillResults();
  if (!early) await openAddress();
  openMenu(false);
  document.documentElement.dataset.ready = "";
}

start().catch((error) => {
  announce("This page could not be read. A browser of 2023 or later is needed.");
  throw error;
});
