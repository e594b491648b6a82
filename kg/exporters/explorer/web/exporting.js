// What can be taken away: the picture as PNG and SVG, what is looked at as CSV, Turtle and JSON, and the page itself
// with the places that nodes were dragged to.

import { announce, byId, download, h } from "./dom.js";
import { camera, stageSize } from "./camera.js";
import { drawScene, middleOf, sceneAsSvg } from "./draw.js";
import { edgeShown, neighbourhood, shown } from "./filters.js";
import { details, iriOf, isPaper, model, nameOf, typeOf } from "./model.js";
import { copyLink } from "./panel.js";
import { colours, SHAPES } from "./shapes.js";
import { pageSource } from "./source.js";
import { focusScene, groundScene, pins, resizeStage } from "./stage.js";
import { change, state } from "./state.js";
import { csv, turtleIri, turtleText, xmlText } from "./writing.js";

/** What is looked at: a node with its neighbours, else all that the graph shows. */
function selection() {
  if (state.node !== null && state.hops > 0) {
    const { nodes } = neighbourhood(state.node, state.hops, state.group);
    const statements = [];
    for (let at = 0; at < model.statements; at += 1) {
      if (shown.statements[at] && nodes.has(model.subject[at]) && nodes.has(model.object[at])) statements.push(at);
    }
    return { nodes: [...nodes].sort((a, b) => a - b), statements };
  }
  const nodes = [...model.ranking].filter((node) => shown.nodes[node]).sort((a, b) => a - b);
  const statements = [...Array(model.statements).keys()].filter((at) => edgeShown(at));
  return { nodes, statements };
}

/** @param {number} at @returns {{paper: string, sentence: string}[]} */
const evidenceOf = (at) =>
  (details.evidence[at] || []).map((one) => {
    const paper = details.sentences.paper[one];
    return { paper: typeof paper === "number" ? nameOf(paper) : paper, sentence: details.sentences.text[one] };
  });

/** @param {number} at */
const statusOf = (at) => model.block.statuses[model.status[at]];
/** @param {number} at */
const confidenceOf = (at) => (model.confidence[at] < 0 ? null : model.confidence[at] / 100);

function asCsv() {
  const rows = selection().statements.map((at) => [
    nameOf(model.subject[at]),
    model.block.predicates[model.predicate[at]].forward,
    nameOf(model.object[at]),
    statusOf(at),
    String(confidenceOf(at) ?? ""),
    evidenceOf(at)
      .map(({ sentence }) => sentence)
      .join(" | "),
    evidenceOf(at)
      .map(({ paper }) => paper)
      .join(" | "),
    iriOf(model.subject[at]),
    model.block.predicates[model.predicate[at]].iri,
    iriOf(model.object[at]),
  ]);
  return csv([
    [
      "subject",
      "relation",
      "object",
      "status",
      "confidence",
      "evidence",
      "papers",
      "subject IRI",
      "predicate IRI",
      "object IRI",
    ],
    ...rows,
  ]);
}

function asJson() {
  const { nodes, statements } = selection();
  return JSON.stringify(
    {
      nodes: nodes.map((node) => ({
        iri: iriOf(node),
        type: typeOf(node),
        name: nameOf(node),
        year: model.year[node],
        papers: isPaper(node) ? undefined : model.papers[node],
      })),
      statements: statements.map((at) => ({
        subject: iriOf(model.subject[at]),
        predicate: model.block.predicates[model.predicate[at]].iri,
        object: iriOf(model.object[at]),
        status: statusOf(at),
        confidence: confidenceOf(at),
        evidence: evidenceOf(at),
      })),
    },
    null,
    1,
  );
}

/** Names, types and what is asserted; evidence in RDF is what `kg export turtle` gives. */
function asTurtle() {
  const { nodes, statements } = selection();
  const { kg, dcterms, skos } = details.prefixes;
  const lines = [
    `@prefix kg: ${turtleIri(kg)} .`,
    `@prefix dcterms: ${turtleIri(dcterms)} .`,
    `@prefix skos: ${turtleIri(skos)} .`,
    "",
  ];
  for (const node of nodes)
    lines.push(
      `${turtleIri(iriOf(node))} a kg:${typeOf(node)} ; ${isPaper(node) ? "dcterms:title" : "skos:prefLabel"} ${turtleText(nameOf(node))}${isPaper(node) ? "" : "@en"} .`,
    );
  for (const at of statements) {
    if (at < model.drawn)
      lines.push(
        `${turtleIri(iriOf(model.subject[at]))} ${turtleIri(model.block.predicates[model.predicate[at]].iri)} ${turtleIri(iriOf(model.object[at]))} .`,
      );
  }
  return lines.join("\n") + "\n";
}

/** @returns {Promise<Blob>} */
function asPng() {
  const canvas = document.createElement("canvas");
  canvas.width = stageSize.width * 2;
  canvas.height = stageSize.height * 2;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const focus = focusScene();
  if (focus) context.globalAlpha = 1;
  context.fillStyle = colours.ground;
  context.fillRect(0, 0, canvas.width, canvas.height);
  if (!focus || !state.hops) drawScene(context, { ...groundScene(), ratio: 2 });
  if (focus) drawScene(context, { ...focus, ratio: 2 });
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/png"),
  );
}

function asSvg() {
  const focus = focusScene();
  const scene = focus && state.hops ? focus : groundScene();
  const { sight, edges, labels } = sceneAsSvg(scene);
  const { width, height } = stageSize;
  /** @param {number} number */
  const short = (number) => String(Math.round(number * 10) / 10);
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${short(width)} ${short(height)}" width="${short(width)}" height="${short(height)}" font-family="system-ui, sans-serif" font-size="12">`,
    `<title>${xmlText(model.block.title)}</title>`,
    `<rect width="100%" height="100%" fill="${xmlText(colours.ground)}"/>`,
    `<g fill="none" stroke="${xmlText(colours.edge)}">`,
    ...edges.map((edge) => {
      const { ax, ay, bx, by, mx, my } = middleOf(edge, camera);
      return `<path d="M${short(ax)} ${short(ay)}Q${short(mx)} ${short(my)} ${short(bx)} ${short(by)}"/>`;
    }),
    "</g>",
    ...sight
      .reverse()
      .map(
        ({ node, x, y, radius }) =>
          `<path d="${SHAPES[typeOf(node)]}" transform="translate(${short(x)} ${short(y)}) scale(${short(radius)})" fill="${xmlText(colours[typeOf(node).toLowerCase()])}"><title>${xmlText(nameOf(node))}</title></path>`,
      ),
    `<g text-anchor="middle" paint-order="stroke" stroke="${xmlText(colours.ground)}" stroke-width="3">`,
    ...labels.map(
      ({ text, x, y, font, colour }) =>
        `<text x="${short(x)}" y="${short(y + 11)}" fill="${xmlText(colour)}"${font.startsWith("12px") ? "" : ' font-weight="600"'}>${xmlText(text)}</text>`,
    ),
    "</g></svg>",
  ];
  return parts.join("\n");
}

/** The page as it came, with the places that nodes were dragged to. */
function withPlaces() {
  const places = JSON.stringify(Object.fromEntries([...pins].sort(([a], [b]) => a - b)));
  return pageSource.replace(/(<script type="application\/json" id="pins">)[^<]*/, (_, head) => head + places);
}

/** @type {{name: string, hint: string, run: () => void | Promise<void>}[]} */
const CHOICES = [
  {
    name: "Picture, PNG",
    hint: "twice the size of the screen",
    run: async () => inGraph(async () => download("graph.png", await asPng())),
  },
  {
    name: "Picture, SVG",
    hint: "texts stay texts",
    run: () => inGraph(() => download("graph.svg", new Blob([asSvg()], { type: "image/svg+xml" }))),
  },
  {
    name: "Statements, CSV",
    hint: "with confidence and evidence",
    run: () => download("statements.csv", new Blob([asCsv()], { type: "text/csv" })),
  },
  {
    name: "Statements, Turtle",
    hint: "RDF",
    run: () => download("selection.ttl", new Blob([asTurtle()], { type: "text/turtle" })),
  },
  {
    name: "Nodes and statements, JSON",
    hint: "with evidence",
    run: () => download("selection.json", new Blob([asJson()], { type: "application/json" })),
  },
  {
    name: "This page, with moved nodes",
    hint: "HTML",
    run: () => download("graph.html", new Blob([withPlaces()], { type: "text/html" })),
  },
  { name: "Link to this view", hint: "to the clipboard", run: copyLink },
];

/** @param {() => void | Promise<void>} act A picture is taken of the stage, which must be there */
async function inGraph(act) {
  if (state.view !== "graph") change({ view: "graph" });
  if (!resizeStage()) return announce("There is no picture to take.");
  await act();
}

/** @param {boolean} open */
export function openMenu(open) {
  const menu = byId("export-menu");
  menu.hidden = !open;
  byId("export").setAttribute("aria-expanded", String(open));
  if (open) menu.querySelector("button")?.focus();
}

export function fillMenu() {
  const menu = byId("export-menu");
  menu.replaceChildren(
    h("p", {}, "Of what is looked at: the open node with its neighbours, else all that is shown."),
    ...CHOICES.map(({ name, hint, run }) =>
      h(
        "button",
        {
          type: "button",
          role: "menuitem",
          onclick: () => {
            openMenu(false);
            byId("export").focus();
            void run();
          },
        },
        h("span", {}, name),
        h("small", {}, hint),
      ),
    ),
  );
  byId("export").addEventListener("click", () => openMenu(menu.hidden));
  menu.addEventListener("keydown", (event) => {
    const items = [...menu.querySelectorAll("button")];
    const at = items.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      items[(at + step + items.length) % items.length].focus();
    } else if (event.key === "Escape") {
      event.stopPropagation();
      openMenu(false);
      byId("export").focus();
    }
  });
  document.addEventListener("pointerdown", (event) => {
    if (
      !menu.hidden &&
      event.target instanceof Node &&
      !menu.contains(event.target) &&
      !byId("export").contains(event.target)
    )
      openMenu(false);
  });
}
