// The picture of a network: a calm layout, colours of the page, nodes that lead to their pages.
import cytoscape from "cytoscape";

function tone(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

function style(isCrowded) {
  const types = ["drug", "disease", "gene_protein", "cell", "process", "organisation", "procedure", "phase", "application"];
  const base = [
    {
      selector: "node",
      style: {
        label: "data(label)", "font-size": 12, color: tone("ink"), "text-valign": "bottom", "text-margin-y": 3,
        "text-wrap": "ellipsis", "text-max-width": 130, "background-color": tone("soft"), width: 16, height: 16,
        "text-background-color": tone("card"), "text-background-opacity": 0.75, "text-background-padding": 1,
      },
    },
    { selector: "node[?centre]", style: { width: 28, height: 28, "font-size": 14, "font-weight": 600, "text-max-width": 200 } },
    {
      selector: "edge",
      style: {
        width: 1.4, "line-color": tone("soft"), "line-opacity": 0.55, "curve-style": "bezier", "target-arrow-shape": "triangle",
        "target-arrow-color": tone("soft"), "arrow-scale": 0.8, label: isCrowded ? "" : "data(label)", "font-size": 10, color: tone("soft"),
        "text-rotation": "autorotate", "text-background-color": tone("card"), "text-background-opacity": 0.8, "text-background-padding": 1,
      },
    },
    { selector: "edge[!vouched]", style: { "line-style": "dashed" } },
    { selector: "edge:active, edge:selected, edge.shown", style: { label: "data(label)", "z-index": 9, "line-opacity": 1 } },
    { selector: ":selected", style: { "border-width": 2, "border-color": tone("accent") } },
  ];
  return base.concat(types.map((type) => ({ selector: `node[type="${type}"]`, style: { "background-color": tone(type) } })));
}

// The neighbours, those with most texts first.
function rank(elements) {
  const weights = new Map();
  for (const { data } of elements) {
    for (const end of [data.source, data.target]) {
      if (end) { weights.set(end, (weights.get(end) ?? 0) + data.weight); }
    }
  }
  return elements.filter(({ data }) => data.id && !data.centre).map(({ data }) => data.id).sort((a, b) => (weights.get(b) ?? 0) - (weights.get(a) ?? 0));
}

// A narrow place shows fewer neighbours; the table has them all.
function fitting(elements, width) {
  if (width >= 500 || !elements.some(({ data }) => data.centre)) { return elements; }
  const left = new Set(rank(elements).slice(10));
  return elements.filter(({ data }) => ![data.id, data.source, data.target].some((id) => left.has(id)));
}

// The turn of the outer ring that keeps it farthest from the rays of the inner one.
function turn(inner, outer) {
  const gap = (share) => Math.min(...Array.from({ length: outer }, (_, place) => {
    const angle = ((place + share) / outer) * inner;
    return Math.abs(angle - Math.round(angle));
  }));
  return [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9].reduce((best, share) => (gap(share) > gap(best) ? share : best), 0.5);
}

// Around one entity its neighbours stand in two rings as wide as the place, those with most texts nearest; a result is
// laid out by forces.
function layout(elements, { clientWidth, clientHeight }) {
  const centre = elements.find(({ data }) => data.centre);
  if (!centre) {
    return { name: "cose", animate: false, nodeRepulsion: () => 14000, idealEdgeLength: () => 90, nodeOverlap: 14, padding: 24 };
  }
  const ranked = rank(elements);
  const inner = ranked.length <= 10 ? ranked.length : Math.ceil(ranked.length / 3);
  const positions = new Map([[centre.data.id, { x: 0, y: 0 }]]);
  const shift = turn(inner, ranked.length - inner);
  ranked.forEach((id, index) => {
    const isInner = index < inner;
    const [place, size] = isInner ? [index, inner] : [index - inner, ranked.length - inner];
    const share = ranked.length <= 10 ? 0.36 : isInner ? 0.23 : 0.43;
    const angle = 2 * Math.PI * (place + (isInner ? 0 : shift)) / size - Math.PI / 2;
    positions.set(id, { x: share * clientWidth * Math.cos(angle), y: share * clientHeight * Math.sin(angle) });
  });
  return { name: "preset", positions: (node) => positions.get(node.id()), padding: 22 };
}

export function draw(place, all) {
  place.replaceChildren();
  const elements = fitting(all, place.clientWidth);
  const isCrowded = elements.filter(({ data }) => data.source).length > 16;
  const network = cytoscape({
    container: place,
    elements,
    style: style(isCrowded),
    minZoom: 0.3,
    maxZoom: 3,
    layout: layout(elements, place),
  });
  if (network.zoom() > 1.4) { network.zoom(1.4); network.center(); }
  network.on("tap", "node", (event) => { location.href = event.target.data("address"); });
  network.on("mouseover", "node", (event) => { place.style.cursor = "pointer"; event.target.connectedEdges().addClass("shown"); });
  network.on("mouseout", "node", (event) => { place.style.cursor = ""; event.target.connectedEdges().removeClass("shown"); });
  network.on("mouseover", "edge", (event) => event.target.addClass("shown"));
  network.on("mouseout", "edge", (event) => event.target.removeClass("shown"));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => network.style(style(isCrowded)));
  return network;
}
