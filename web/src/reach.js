// What Yasgui leaves out for readers who use a screen reader or the keyboard. Its tabs hold a button and a menu, which
// tabs may not, so they become what they are as well: links.
export function makeReachable(place) {
  for (const part of place.querySelectorAll(".tabsList, .tabsList a[role=tab], .tabPanel[role]")) { part.removeAttribute("role"); }
  for (const tab of place.querySelectorAll(".tabsList .tab")) {
    const link = tab.querySelector("a");
    if (tab.classList.contains("active")) { link.setAttribute("aria-current", "true"); } else { link.removeAttribute("aria-current"); }
    for (const name of ["aria-controls", "aria-selected", "tabindex"]) { link.removeAttribute(name); }
  }
  for (const panel of place.querySelectorAll(".tabPanel[aria-labelledby]")) { panel.removeAttribute("aria-labelledby"); }
  for (const field of place.querySelectorAll(".CodeMirror textarea:not([aria-label])")) { field.setAttribute("aria-label", "Query"); }
  for (const field of place.querySelectorAll("input:not([aria-label]), select:not([aria-label])")) {
    field.setAttribute("aria-label", field.title || field.placeholder || "Setting of the results");
  }
  for (const button of place.querySelectorAll("button:not([aria-label]), a[href]:not([aria-label])")) {
    if (!button.textContent.trim()) { button.setAttribute("aria-label", button.title || "Open"); }
  }
}
