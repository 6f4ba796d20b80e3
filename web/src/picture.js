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
        label: "data(label)", "font-size": 10, color: tone("ink"), "text-valign": "bottom", "text-margin-y": 3,
        "text-wrap": "ellipsis", "text-max-width": 110, "background-color": tone("soft"), width: 16, height: 16,
        "text-background-color": tone("card"), "text-background-opacity": 0.75, "text-background-padding": 1,
      },
    },
    { selector: "node[?centre]", style: { width: 28, height: 28, "font-size": 12, "font-weight": 600 } },
    {
      selector: "edge",
      style: {
        width: 1.4, "line-color": tone("soft"), "line-opacity": 0.55, "curve-style": "bezier", "target-arrow-shape": "triangle",
        "target-arrow-color": tone("soft"), "arrow-scale": 0.8, label: isCrowded ? "" : "data(label)", "font-size": 8, color: tone("soft"),
        "text-rotation": "autorotate", "text-background-color": tone("card"), "text-background-opacity": 0.8, "text-background-padding": 1,
      },
    },
    { selector: "edge[!vouched]", style: { "line-style": "dashed" } },
    { selector: "edge:active, edge:selected", style: { label: "data(label)" } },
    { selector: ":selected", style: { "border-width": 2, "border-color": tone("accent") } },
  ];
  return base.concat(types.map((type) => ({ selector: `node[type="${type}"]`, style: { "background-color": tone(type) } })));
}

// Around one entity its neighbours stand in rings, those with most texts nearest; a result is laid out by forces.
function layout(elements) {
  if (!elements.some((element) => element.data.centre)) {
    return { name: "cose", animate: false, nodeRepulsion: () => 12000, idealEdgeLength: () => 80, nodeOverlap: 12, padding: 18 };
  }
  const weights = new Map();
  for (const { data } of elements) {
    for (const end of [data.source, data.target]) {
      if (end) { weights.set(end, (weights.get(end) ?? 0) + data.weight); }
    }
  }
  const ranked = elements.filter(({ data }) => data.id && !data.centre).sort((a, b) => (weights.get(b.data.id) ?? 0) - (weights.get(a.data.id) ?? 0));
  const ring = new Map(ranked.map(({ data }, index) => [data.id, index < 10 ? 2 : 1]));
  return {
    name: "concentric", concentric: (node) => (node.data("centre") ? 3 : ring.get(node.id()) ?? 1), levelWidth: () => 1,
    minNodeSpacing: Math.max(34, 460 / Math.max(1, ranked.length)), padding: 14, startAngle: -Math.PI / 2, avoidOverlap: true,
  };
}

export function draw(place, elements) {
  place.replaceChildren();
  const isCrowded = elements.filter(({ data }) => data.source).length > 14;
  const network = cytoscape({
    container: place,
    elements,
    style: style(isCrowded),
    minZoom: 0.3,
    maxZoom: 3,
    layout: layout(elements),
  });
  if (network.zoom() > 1.4) { network.zoom(1.4); network.center(); }
  network.on("tap", "node", (event) => { location.href = event.target.data("address"); });
  network.on("mouseover", "node", () => { place.style.cursor = "pointer"; });
  network.on("mouseout", "node", () => { place.style.cursor = ""; });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => network.style(style(isCrowded)));
  return network;
}
