// The SPARQL editor: Yasqe in place of the text area, with completion that never leaves this server.
import Yasqe from "@zazuko/yasqe";
import "@zazuko/yasqe/build/yasqe.min.css";
import "./editor.css";

export function edit(area, run) {
  const place = document.createElement("div");
  place.className = "yasqe-place";
  area.before(place);
  area.hidden = true;
  const editor = new Yasqe(place, {
    value: area.value,
    persistenceId: null,
    prefixCcApi: null,
    consumeShareLink: null,
    showQueryButton: false,
    createShareableLink: null,
    resizeable: true,
    autocompleters: ["variables"],
    requestConfig: { endpoint: `${document.body.dataset.prefix || ""}/sparql` },
    extraKeys: { "Ctrl-Enter": run, "Cmd-Enter": run, Tab: false, "Shift-Tab": false },
  });
  const field = editor.getInputField();
  field.setAttribute("aria-label", "Query");
  return { read: () => editor.getValue(), write: (text) => editor.setValue(text) };
}
