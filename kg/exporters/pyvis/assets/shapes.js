// One shape and one colour per type. The shapes are SVG paths in a square from -1 to 1, drawn on the canvas and in
// the legend alike; the colours (Okabe and Ito, told apart by colour-blind readers) are in page.css.

const SHAPES = {
  Paper: "M-.75 -1H.3L.8 -.5V1H-.75Z",
  Method: "M0 -.9A.9 .9 0 1 1 0 .9A.9 .9 0 1 1 0 -.9Z",
  Dataset: "M-.8 -.8H.8V.8H-.8Z",
  Modality: "M0 -1.1L1.1 0L0 1.1L-1.1 0Z",
  Disease: "M0 -1L1 .8H-1Z",
  Task: "M0 -1.1L.31 -.34L1.1 -.34L.48 .16L.71 .95L0 .48L-.71 .95L-.48 .16L-1.1 -.34L-.31 -.34Z",
  Metric: "M0 1L1 -.8H-1Z",
  Anatomy: "M-.35 -1H.35V-.35H1V.35H.35V1H-.35V.35H-1V-.35H-.35Z",
};
const PATHS = Object.fromEntries(Object.entries(SHAPES).map(([type, path]) => [type, new Path2D(path)]));

let colours = {};

// Reads the colours of the theme in force; the canvas cannot use style sheets.
function readColours() {
  const style = getComputedStyle(document.documentElement);
  const names = [...Object.keys(SHAPES).map((type) => type.toLowerCase()), "ground", "ink", "quiet", "edge", "edge-faded", "accent"];
  colours = Object.fromEntries(names.map((name) => [name, style.getPropertyValue("--" + name).trim()]));
}

function shapeIcon(type) {
  const name = "http://www.w3.org/2000/svg";
  const icon = document.createElementNS(name, "svg");
  icon.setAttribute("viewBox", "-1.3 -1.3 2.6 2.6");
  icon.setAttribute("class", "icon " + type.toLowerCase());
  icon.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(name, "path");
  path.setAttribute("d", SHAPES[type]);
  icon.append(path);
  return icon;
}

function drawShape(context, type, x, y, size, bold) {
  context.translate(x, y);
  context.scale(size, size);
  context.fillStyle = colours[type.toLowerCase()];
  context.fill(PATHS[type]);
  context.lineWidth = (bold ? 2.5 : 1) / size;
  context.strokeStyle = bold ? colours.accent : colours.ground;
  context.stroke(PATHS[type]);
}
