// Files that are not what the texts say today: what to do about each, and a button that makes them again.

import { failed } from "/static/desk.js";
import { make, preview } from "/static/preview.js";

const KINDS = {
  old: ["Out of date", "What they were made from has changed: a text, the clinic’s details, a layout or Plainleaf itself. Do not print or hand them out before they are made again."],
  stuck: ["Out of date, and cannot be made at the moment", "Do not hand these out. Correct first what is wrong with the text; then make them again."],
  missing: ["Never made", "They will be made now or when somebody prints them."],
};
const OFTEN = 700; // ms between two questions how far it is

const files = (number) => (number === 1 ? "1 file" : `${number} files`);

/** Fill `part` with what lies in the output folder of a clinic; `about` is what the desk says there is. */
export async function lying(part, about) {
  part.replaceChildren(make("h3", {}, "Files that were made"), make("p", { role: "status" }, "Comparing the files with the texts of today ..."));
  const under = await preview.ask("/api/desk/renewal");
  if (under.running) return follow(part, about);
  const there = await preview.ask("/api/desk/lying", { clinic: about.clinic });
  if (!part.isConnected) return;
  part.replaceChildren(make("h3", {}, "Files that were made"));
  if (there.failed) return part.append(failed(there));
  const own = Object.fromEntries(Object.keys(KINDS).map((state) => [state, there.files.filter((each) => each.state === state)]));
  const again = () => lying(part, about);
  if (!there.begun) part.append(make("p", {}, "Nothing has been made yet."));
  else if (!there.files.length && !there.left.length) part.append(make("p", {}, `All ${files(there.made)} in the folder ${there.folder} are up to date.`));
  else if (there.made) part.append(make("p", {}, `${files(there.made)} in the folder ${there.folder} ${there.made === 1 ? "is" : "are"} up to date.`));
  part.append(...button(part, about, own));
  for (const [state, [title, what]] of Object.entries(KINDS)) if (own[state].length) part.append(list(title, what, own[state]));
  if (there.left.length) part.append(left(there, about, again));
}

function button(part, about, { old, missing }) {
  if (!old.length && !missing.length) return [];
  const all = make("input", { type: "checkbox", checked: !old.length });
  const give = make("button", { type: "button", class: "main" });
  const name = () => {
    const number = old.length + (all.checked ? missing.length : 0);
    give.textContent = number === 1 ? "Make 1 file now" : `Make ${number} files now`;
    give.disabled = !number;
  };
  all.addEventListener("change", name);
  name();
  give.addEventListener("click", async () => {
    give.disabled = true;
    const said = await preview.send("/api/desk/renew", { clinic: about.clinic, missing: all.checked });
    if (said.failed && !said.running) give.after(failed(said));
    else follow(part, about);
  });
  const more = missing.length && old.length ? [make("p", {}, make("label", {}, all, ` also ${files(missing.length)} that ${missing.length === 1 ? "was" : "were"} never made`))] : [];
  return [...more, make("p", {}, give)];
}

/** Say how far it is, until it is done. */
async function follow(part, about) {
  const bar = make("progress", { "aria-label": "Files that are made" });
  const line = make("p", { role: "status" }, "Looking at what there is to make ...");
  const stop = make("button", { type: "button", onclick: () => { stop.disabled = true; preview.send("/api/desk/renewal/stop", {}); } }, "Stop");
  part.replaceChildren(make("h3", {}, "Files are being made"), line, make("p", {}, bar, " ", stop), make("p", {}, "You can go on with other things meanwhile."));
  stop.focus();
  let said = { running: true };
  while (said.running && part.isConnected) {
    said = await preview.ask("/api/desk/renewal");
    if (said.of) {
      bar.max = said.of;
      bar.value = said.done === true ? said.of : said.done;
      line.textContent = `${said.done} of ${files(said.of)}`;
    }
    if (said.running) await new Promise((done) => setTimeout(done, OFTEN));
  }
  if (!part.isConnected) return;
  const note = said.failed ? failed(said) : make("p", { class: said.failed_files || said.stopped ? "desk-warning" : "desk-good", role: "status", tabindex: "-1" }, done(said));
  await lying(part, about);
  if (!part.isConnected) return;
  part.querySelector("h3").after(note);
  note.focus();
}

function done(said) {
  if (said.stopped) return "You stopped it. What was made until then is complete.";
  const wrong = said.failed_files ? ` ${files(said.failed_files)} could not be made: see below, or Fit and Translate.` : "";
  return `${files(said.made)} ${said.made === 1 ? "was" : "were"} made.${wrong}`;
}

function list(title, what, own) {
  const leaflets = [...new Set(own.map((each) => each.leaflet))];
  const groups = leaflets.map((name) => {
    const those = own.filter((each) => each.leaflet === name);
    const lines = those.map((each) => make("li", {}, `${each.language}, ${each.kind} `, make("small", {}, each.path), ...(each.why ? [make("div", { class: "how" }, `Wrong: ${each.why}.`)] : [])));
    return make("details", {}, make("summary", {}, make("b", {}, those[0].title), ` (${those.length}) `, make("small", {}, name)), make("ul", {}, ...lines));
  });
  return make("section", { class: "desk-files" }, make("h4", {}, `${title} (${own.length})`), make("p", {}, what), ...groups);
}

/** Files of what is no more: somebody who has seen their names may delete them. */
function left(there, about, again) {
  const gone = make("button", { type: "button", onclick: async () => {
    if (!confirm(`Delete ${files(there.left.length)}? They belong to nothing that can be published today.`)) return;
    const said = await preview.send("/api/desk/clear", { clinic: about.clinic, paths: there.left });
    if (said.failed) gone.after(failed(said));
    else again();
  } }, there.left.length === 1 ? "Delete this file" : `Delete these ${there.left.length} files`);
  return make("section", { class: "desk-files" },
    make("h4", {}, `Left over (${there.left.length})`),
    make("p", {}, `They belong to a leaflet, a language or a kind of page that is no longer there. Delete them, so that nobody hands them out.`),
    make("details", {}, make("summary", {}, "Their names"), make("ul", {}, ...there.left.map((path) => make("li", {}, make("small", {}, `${there.folder}/${path}`))))),
    make("p", {}, gone));
}
