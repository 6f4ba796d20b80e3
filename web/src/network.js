// A result as a network: the triples of a graph, or from the first IRI of a row to its others.
import { addressOf } from "./names.js";

const MOST_ROWS = 150;

export function elementsOf(results, names, prefix) {
  const columns = results?.getVariables() ?? [];
  const isGraph = columns.length >= 3 && ["subject", "predicate", "object"].every((name) => columns.includes(name));
  const nodes = new Map();
  const edges = new Map();
  const add = (source, target, label) => {
    for (const { value } of [source, target]) {
      const name = names.get(value);
      const data = { id: value, label: name?.label ?? value.split(/[/#:]/).pop().replaceAll("-", " "), type: name?.type ?? "", address: addressOf(prefix, value), centre: false };
      nodes.set(value, { data });
    }
    edges.set([source.value, target.value, label].join(" "), { data: { source: source.value, target: target.value, label, weight: 1, vouched: true } });
  };
  for (const row of (results?.getBindings() ?? []).slice(0, MOST_ROWS)) {
    if (isGraph) {
      if (row.subject?.type === "uri" && row.object?.type === "uri") { add(row.subject, row.object, row.predicate.value.split(/[/#:]/).pop()); }
      continue;
    }
    const found = columns.filter((name) => row[name]?.type === "uri");
    for (const name of found.slice(1)) { add(row[found[0]], row[name], name); }
  }
  return [...nodes.values(), ...edges.values()];
}
