// The query editor: Yasgui on this server's own endpoint, with names in place of IRIs that lead to their pages, and a
// picture of the results. Nothing is asked of another host.
import Yasgui from "@zazuko/yasgui";
import "@zazuko/yasgui/build/yasgui.min.css";
import "./editor.css";
import { addressOf, nameAll, termsOf } from "./names.js";
import { elementsOf } from "./network.js";
import { makeReachable } from "./reach.js";

const prefix = document.body.dataset.prefix || "";
const { Yasr } = Yasgui;
const Table = Yasr.plugins.table;
const A_DOUBLE_CLICK = 500;

// The table of Yasr, with the names of things and links to their pages.
class NamedTable extends Table {
  priority = 20;
  label = "Table";
  names = new Map();
  persistentConfig = { compact: true, isEllipsed: false };

  async draw(config) {
    const run = (this.run = {});
    this.names = await nameAll(prefix, termsOf(this.yasr.results));
    if (run !== this.run) { return; }
    super.draw(config);
    this.destroyResizer();
    for (const part of [this.tableEl, ...this.tableEl.querySelectorAll("col, th")]) { part.style.removeProperty("width"); }
  }

  drawControls() {
    super.drawControls();
    const [plain, cut] = this.tableControls.children;
    cut.remove();
    plain.querySelector(".label").textContent = "without datatypes";
  }

  getUriLinkFromBinding(binding, prefixes) {
    const link = document.createElement("a");
    link.className = "iri";
    link.href = addressOf(prefix, binding.value);
    link.title = binding.value;
    link.textContent = this.names.get(binding.value)?.label ?? shorten(binding.value, prefixes);
    return link.outerHTML;
  }
}

function shorten(iri, prefixes = {}) {
  const found = Object.entries(prefixes).find(([, start]) => start && iri.startsWith(start));
  return found ? `${found[0]}:${iri.slice(found[1].length)}` : iri;
}

class Picture {
  priority = 5;
  label = "Picture";

  constructor(yasr) { this.yasr = yasr; }

  canHandleResults() { return elementsOf(this.yasr.results, new Map(), prefix).length > 0; }

  async draw() {
    const place = document.createElement("div");
    place.className = "picture large";
    place.setAttribute("role", "img");
    place.setAttribute("aria-label", "Network of the results; the same is in the table");
    this.yasr.resultsEl.append(place);
    const names = await nameAll(prefix, termsOf(this.yasr.results));
    const { draw } = await import(new URL("picture.js", import.meta.url).href);
    if (place.isConnected) { draw(place, elementsOf(this.yasr.results, names, prefix)); }
  }

  getIcon() {
    const icon = document.createElement("span");
    icon.className = "svgImg";
    icon.innerHTML = '<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M3 1a3 3 0 0 1 2.8 4l3.7 3.2A3 3 0 1 1 8.5 9.7L4.8 6.4A3 3 0 1 1 3 1z"/></svg>';
    return icon;
  }
}

function reasonOf(text) {
  try { return JSON.parse(text).detail; } catch { return text; }
}

// The reason as the server gives it, with the place of a syntax error.
class Fault {
  priority = 20;
  hideFromSelection = true;

  constructor(yasr) { this.yasr = yasr; }

  canHandleResults() { return Boolean(this.yasr.results?.getError()); }

  draw() {
    const error = this.yasr.results.getError();
    const said = document.createElement("pre");
    said.className = "fault";
    said.setAttribute("role", "alert");
    said.textContent = reasonOf(error.text) || error.statusText || "The server gave no answer.";
    this.yasr.resultsEl.append(said);
  }

  getIcon() { return undefined; }
}

Yasr.registerPlugin("table", NamedTable);
Yasr.registerPlugin("error", Fault);
Yasr.registerPlugin("picture", Picture);

function settings(place) {
  return {
    requestConfig: { endpoint: new URL(`${prefix}/sparql`, location.href).href, method: "POST", headers: {} },
    endpointCatalogueOptions: { getData: () => [], keys: [] },
    populateFromUrl: false,
    autofocus: false,
    autoAddOnInit: false,
    copyEndpointOnNewTab: true,
    persistenceId: `kg${prefix}`,
    yasqe: {
      ...Yasgui.Yasqe.defaults, value: place.dataset.first, prefixCcApi: null, autocompleters: ["variables"], resizeable: false, showQueryButton: false,
      createShareableLink: null, persistenceId: null,
      extraKeys: { ...Yasgui.Yasqe.defaults.extraKeys, Tab: false, "Shift-Tab": false },
    },
    yasr: { ...Yasr.defaults, prefixes: JSON.parse(place.dataset.prefixes), pluginOrder: ["table", "picture", "response"], defaultPlugin: "table" },
  };
}

// A question of the library, or a query in the address, gets a tab of its own, or the one that it has already.
function open(yasgui, query, name) {
  const same = Object.keys(yasgui._tabs).find((id) => yasgui.getTab(id).getPersistedJson().yasqe.value === query);
  if (same) { yasgui.selectTabId(same); } else { yasgui.addTab(true, { name, yasqe: { value: query } }); }
}

export function edit(place, { query, name, isAsked, actions }) {
  const yasgui = new Yasgui(place, settings(place));
  if (isAsked || !yasgui.getTab()) { open(yasgui, query, name); }
  const attach = () => {
    const tab = yasgui.getTab();
    place.querySelector(`#${CSS.escape(tab.getId())} .editorwrapper`).append(actions);
    makeReachable(place);
  };
  attach();
  yasgui.on("tabSelect", () => setTimeout(attach));
  const [button, ...downloads] = actions.querySelectorAll("button");
  // A CONSTRUCT or DESCRIBE answers with a graph, which there is in other formats.
  const fit = () => {
    const isGraph = ["CONSTRUCT", "DESCRIBE"].includes(yasgui.getTab().getYasqe().getQueryType());
    [["CSV", "csv", "Turtle", "ttl"], ["JSON", "json", "JSON-LD", "jsonld"]].forEach(([table, form, graph, graphForm], index) => {
      downloads[index].textContent = `Download ${isGraph ? graph : table}`;
      downloads[index].value = isGraph ? graphForm : form;
    });
  };
  actions.addEventListener("pointerenter", fit);
  actions.addEventListener("focusin", fit);
  let began = 0;
  const show = (isRunning) => { button.textContent = isRunning ? "Stop" : "Run"; began = isRunning ? performance.now() : 0; };
  yasgui.on("query", (_, tab) => {
    show(true);
    fit();
    history.replaceState(null, "", `${prefix}/query?query=${encodeURIComponent(tab.getQuery())}`);
  });
  yasgui.on("queryResponse", () => show(false));
  yasgui.on("queryAbort", () => show(false));
  new MutationObserver(() => makeReachable(place)).observe(place, { childList: true, subtree: true });
  const run = () => {
    const tab = yasgui.getTab();
    if (began && performance.now() - began < A_DOUBLE_CLICK) { return; }
    if (began) { tab.getYasqe().abortQuery(); show(false); } else { tab.query().catch(() => show(false)); }
  };
  return { read: () => yasgui.getTab().getQuery(), run };
}
