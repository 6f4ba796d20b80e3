// What the IRIs of a result are called, asked of the endpoint once for all of them, and where they lead.
const BASE = "https://w3id.org/kg-loader/";
const MOST = 500;
const LABEL = "http://www.w3.org/2000/01/rdf-schema#label";
const TITLE = "http://purl.org/dc/terms/title";
const TYPE = `${BASE}vocab/entityType`;
const known = new Map();
const prefixes = JSON.parse(document.querySelector("[data-prefixes]")?.dataset.prefixes ?? "{}");

export function addressOf(prefix, iri) {
  if (iri.startsWith(BASE) && !iri.includes("#")) { return `${prefix}/${iri.slice(BASE.length)}`; }
  const [name, start] = Object.entries(prefixes).find(([, beginning]) => iri.startsWith(beginning)) ?? [];
  const rest = start ? iri.slice(start.length) : "";
  return /^[\w.-]+$/.test(rest) ? `${prefix}/entity/${name}:${rest}` : `${prefix}/entity?iri=${encodeURIComponent(iri)}`;
}

export function termsOf(results) {
  const bindings = results?.getBindings() ?? [];
  return bindings.flatMap((row) => Object.values(row).filter((term) => term?.type === "uri").map((term) => term.value));
}

export async function nameAll(prefix, iris) {
  const wanted = [...new Set(iris)].filter((iri) => !known.has(iri) && !/[<>"{}|^`\\\s]/.test(iri)).slice(0, MOST);
  if (wanted.length) {
    const values = wanted.map((iri) => `<${iri}>`).join(" ");
    const query = `SELECT ?s (SAMPLE(?l) AS ?label) (SAMPLE(?t) AS ?type) { VALUES ?s { ${values} } GRAPH ?g { ?s <${LABEL}>|<${TITLE}> ?l } OPTIONAL { GRAPH ?h { ?s <${TYPE}> ?t } } } GROUP BY ?s`;
    const headers = { "Content-Type": "application/sparql-query", Accept: "application/sparql-results+json" };
    try {
      const answer = await fetch(`${prefix}/sparql`, { method: "POST", headers, body: query });
      for (const row of answer.ok ? (await answer.json()).results.bindings : []) {
        if (row.label) { known.set(row.s.value, { label: row.label.value, type: row.type?.value ?? "" }); }
      }
    } catch { /* Without names the IRIs stand for themselves. */ }
  }
  return known;
}
