// What the pages do beyond their HTML: completion in the search box, light on sentences, pictures and the editor
// loaded only where a page has them. Everything works without this file.
"use strict";

const prefix = document.body.dataset.prefix || "";

function completeSearch(form) {
  const input = form.querySelector("input[type=search]");
  const list = document.createElement("ul");
  list.className = "suggestions";
  list.id = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Entities");
  list.hidden = true;
  form.append(list);
  for (const [name, value] of [["role", "combobox"], ["aria-controls", list.id], ["aria-autocomplete", "list"], ["aria-expanded", "false"]]) {
    input.setAttribute(name, value);
  }
  let chosen = -1;
  let asked = 0;
  let timer = 0;

  function show(open) {
    list.hidden = !open;
    input.setAttribute("aria-expanded", String(open));
    if (!open) { chosen = -1; input.removeAttribute("aria-activedescendant"); }
  }
  function choose(index) {
    const items = [...list.children];
    chosen = (index + items.length) % items.length;
    items.forEach((item, place) => item.setAttribute("aria-selected", String(place === chosen)));
    input.setAttribute("aria-activedescendant", items[chosen].id);
    items[chosen].scrollIntoView({ block: "nearest" });
  }
  function fill(entities) {
    list.replaceChildren(...entities.map((entity, index) => {
      const item = document.createElement("li");
      item.id = `suggestion-${index}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.dataset.address = entity.address;
      const name = document.createElement("span");
      name.className = `ref t-${entity.type}`;
      name.textContent = entity.label;
      const note = document.createElement("span");
      note.className = "quiet";
      note.textContent = entity.name === entity.label ? entity.type.replace("_", " or ") : `also ${entity.name}`;
      item.append(name, note);
      item.addEventListener("mousedown", (event) => { event.preventDefault(); location.href = entity.address; });
      return item;
    }));
    show(entities.length > 0);
  }
  async function ask() {
    const words = input.value.trim();
    const mine = ++asked;
    if (words.length < 2) { show(false); return; }
    try {
      const answer = await fetch(`${prefix}/complete?q=${encodeURIComponent(words)}`);
      if (answer.ok && mine === asked) { fill(await answer.json()); }
    } catch { show(false); }
  }
  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 90); });
  input.addEventListener("blur", () => show(false));
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { show(false); return; }
    if (list.hidden) { return; }
    if (event.key === "ArrowDown") { event.preventDefault(); choose(chosen + 1); }
    if (event.key === "ArrowUp") { event.preventDefault(); choose(chosen - 1); }
    if (event.key === "Enter" && chosen >= 0) { event.preventDefault(); location.href = list.children[chosen].dataset.address; }
  });
}

function lightSentences() {
  for (const card of document.querySelectorAll(".margin[data-at]")) {
    const sentence = document.getElementById(card.dataset.at);
    if (!sentence) { continue; }
    for (const [on, off] of [["mouseenter", "mouseleave"], ["focusin", "focusout"]]) {
      card.addEventListener(on, () => sentence.classList.add("lit"));
      card.addEventListener(off, () => sentence.classList.remove("lit"));
    }
  }
}

async function drawPictures(root) {
  for (const place of root.querySelectorAll(".picture[data-elements]")) {
    const details = place.closest("details");
    if (details && !details.open) {
      details.addEventListener("toggle", () => drawPictures(details), { once: true });
      continue;
    }
    const { draw } = await import(new URL(place.dataset.script, location.href).href);
    const elements = JSON.parse(place.dataset.elements);
    delete place.dataset.elements;
    draw(place, elements);
  }
}

let latestRun = 0;

async function showResults(place, query, address) {
  const run = ++latestRun;
  place.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(`${prefix}/results?part=1&query=${encodeURIComponent(query)}`, { headers: { Accept: "text/html" } });
    const html = await answer.text();
    if (run !== latestRun) { return; }
    if (answer.ok) {
      place.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
      drawPictures(place);
    } else {
      const said = new DOMParser().parseFromString(html, "text/html").querySelector(".fault");
      const fault = document.createElement("pre");
      fault.className = "fault";
      fault.setAttribute("role", "alert");
      fault.textContent = said ? said.textContent : html;
      place.replaceChildren(fault);
    }
    if (address) { history.replaceState(null, "", address); }
  } finally {
    if (run === latestRun) { place.removeAttribute("aria-busy"); }
  }
}

async function loadEditor(yasgui, form) {
  const { edit } = await import(new URL(yasgui.dataset.script, location.href).href);
  const query = form.querySelector("textarea").value;
  const actions = form.querySelector(".actions");
  for (const button of actions.querySelectorAll("button")) { button.setAttribute("form", form.id); }
  const editor = edit(yasgui, { query, name: yasgui.dataset.name || "Query", isAsked: yasgui.dataset.asked !== undefined, actions });
  form.hidden = true;
  return editor;
}

async function enrichEditor() {
  const form = document.getElementById("ask");
  const place = document.getElementById("results");
  if (!form || !place) { return; }
  const area = form.querySelector("textarea");
  const run = () => showResults(place, area.value, `${prefix}/query?query=${encodeURIComponent(area.value)}`);
  let editor = { read: () => area.value, run };
  form.addEventListener("submit", (event) => {
    area.value = editor.read();
    if (event.submitter && event.submitter.hasAttribute("formaction")) { return; }
    event.preventDefault();
    editor.run();
  });
  const yasgui = document.getElementById("yasgui");
  if (yasgui) {
    const plain = editor;
    const loading = loadEditor(yasgui, form).then((loaded) => { editor = loaded; }, () => { editor = plain; });
    editor = { read: plain.read, run: () => loading.then(() => editor.run()) };
    await loading;
  }
  if (place.dataset.run !== undefined) { editor.run(); }
}

for (const form of document.querySelectorAll("form.search")) { completeSearch(form); }
lightSentences();
drawPictures(document);
enrichEditor();
