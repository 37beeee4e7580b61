// Beginning from the preview: a language, or a leaflet. What is to be known of it is said in the view that opens.

import { ended, make, preview, told } from "/static/preview.js";

const KEPT = "begun"; // what was begun last, until somebody has read it

/** A form with one field; `send` gives what the server says, `done` what to do with it. */
function asking(title, label, button, path, more, tell) {
  const id = path.replaceAll("/", "-").slice(1);
  const field = make("input", { id, type: "text", autocomplete: "off", dir: "auto", maxlength: 200, required: true, "aria-describedby": `${id}-more`, ...(more.list ? { list: more.list } : {}) });
  const press = make("button", { type: "submit", class: "main" }, button);
  const said = make("div", { class: "begin-said", role: "alert" });
  const form = make("form", { class: "begin", onsubmit: async (event) => {
    event.preventDefault();
    await send(field.value);
  } }, make("label", { for: id }, label), field, press, make("small", { id: `${id}-more` }, more.hint), said);
  async function send(called) {
    if (press.disabled) return;
    press.disabled = true;
    said.replaceChildren(make("p", {}, "Please wait ..."));
    const answer = await preview.send(path, { called });
    press.disabled = false;
    said.replaceChildren();
    if (answer.written) return opened(answer);
    tell(said, answer, send);
    if (!said.contains(document.activeElement)) field.focus();
  }
  return make("section", { class: "begin-part", "aria-label": title }, form);
}

function opened(answer) {
  sessionStorage.setItem(KEPT, JSON.stringify(answer));
  preview.go(answer.leaflet, answer.locale, answer.english ? "translate" : "write");
}

const failed = (answer) => [
  ...(answer.failed ? [make("p", {}, ended(`${answer.failed[0].toUpperCase()}${answer.failed.slice(1)}`))] : []),
  ...(answer.findings?.length ? [make("ul", {}, ...answer.findings.map(told))] : []),
  ...(answer.notes ?? []).map((each) => make("p", {}, ended(each))),
];

/** A form that begins a language by its name. */
export function languages() {
  const list = make("datalist", { id: "begin-languages" });
  let asked = false;
  const part = asking("Another language", "Language to translate into", "Begin it", "/api/begin/language",
    { list: "begin-languages", hint: "Its name in English, or its own: Somali, Soomaali. A file for each leaflet is made, with every text still empty." },
    (said, answer, send) => {
      said.append(...failed(answer));
      const near = answer.several ?? answer.near ?? [];
      if (near.length) {
        said.append(make("p", {}, answer.several ? "This can be more than one language. Which one?" : "Did you mean:"), make("div", { class: "acts" },
          ...near.map((each) => make("button", { type: "button", onclick: () => send(each.name) }, each.english))));
      }
      if (answer.locale) said.append(make("p", {}, make("button", { type: "button", onclick: () => preview.go(answer.leaflet, answer.locale, "translate") }, "Open its translation")));
    });
  part.append(list);
  part.querySelector("input").addEventListener("focus", async () => {
    if (asked) return;
    asked = true;
    const names = await preview.ask("/api/begin/languages");
    if (Array.isArray(names)) list.replaceChildren(...names.map((each) => make("option", { value: each })));
  });
  return part;
}

/** A form that begins a leaflet by its title. */
export function leaflets() {
  return asking("Another leaflet", "Title of the new leaflet", "Begin it", "/api/begin/leaflet",
    { hint: "As patients read it. It begins with sentences that say what to write in their place." },
    (said, answer) => said.append(...failed(answer)));
}

/** A button that begins the language in view. */
export function beginHere() {
  const said = make("span", { role: "alert" });
  const press = make("button", { type: "button", class: "main", onclick: async () => {
    press.disabled = true;
    const answer = await preview.send("/api/begin/language", { called: preview.locale });
    if (answer.written) return opened(answer);
    press.disabled = false;
    said.replaceChildren(...failed(answer));
  } }, "Begin this translation");
  return make("div", { class: "begin-here" }, press, said);
}

/** A button that brings texts which the source has by now into the file of the translation; `done` hears that it did. */
export function bringIn(done) {
  const said = make("span", { role: "alert" });
  const press = make("button", { type: "button", class: "main", onclick: async () => {
    press.disabled = true;
    said.textContent = "Please wait ...";
    const answer = await preview.send("/api/begin/texts", {});
    press.disabled = false;
    said.replaceChildren(...failed(answer));
    if (answer.written) done();
  } }, "Bring them in");
  return make("div", { class: "begin-here" }, make("p", {}), press, " ", said);
}

/** What is to be known of what was begun last, if that is in view; nothing otherwise. */
export function notice() {
  const about = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
  if (about?.leaflet !== preview.leaflet || about.locale !== preview.locale) return "";
  const box = make("div", { class: "begun", role: "status" },
    make("p", {}, make("b", {}, about.english ? `${about.english} is begun. ` : "The leaflet is begun. "),
      about.english ? "Write each translation below its text." : "Put your own sentences in the place of those that begin with “Write” or “Say”."),
    ...failed(about),
    ...(about.written.some((each) => each.endsWith("/layouts.po")) ? [make("p", {}, "The words that every leaflet prints, such as “Main message”, are to be translated too: choose these at “Texts”.")] : []),
    make("details", {}, make("summary", {}, about.written.length === 1 ? "The file that was made" : `The ${about.written.length} files that were made`), make("ul", {}, ...about.written.map((each) => make("li", {}, each)))),
    make("button", { type: "button", onclick: () => {
      sessionStorage.removeItem(KEPT);
      box.remove();
      document.getElementById("panel").focus();
    } }, "I have read this"));
  return box;
}
