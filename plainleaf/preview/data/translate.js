// The translator's view: every text with its translation; save, undo, what others have saved meanwhile.

import { beginHere, bringIn, languages, notice } from "/static/begin.js";
import { language, make, preview, told } from "/static/preview.js";

const STATES = { current: "Translated", fuzzy: "To check", untranslated: "Not translated", missing: "Not in the file yet" };

const LACKING = new Set(["po-untranslated", "po-missing", "po-fuzzy"]);

let panel = null;
let words = location.hash === "#words"; // those that every leaflet prints, in place of the leaflet's own
let there = null; // what the server said last
const items = new Map(); // by the name of an entry: its parts on the page
const undo = new Map();

function start(where) {
  panel = where;
  document.getElementById("panel-name").textContent = "Texts";
  load();
}

let loading = null;

let anew = false; // whether something has changed since it was asked

function load() {
  anew = true;
  loading ??= read().finally(() => (loading = null));
  return loading;
}

async function read() {
  while (anew) {
    anew = false;
    const found = await preview.ask("/api/translate/entries", words ? { words: "yes" } : {});
    if (found.failed) continue;
    there = found;
    draw();
  }
}

function draw() {
  if (!panel.firstChild) {
    panel.append(
      notice(),
      make("p", { class: "sum", role: "status" }),
      make("div", { class: "unbegun", hidden: true }, beginHere()),
      make("div", { class: "grown", hidden: true }, bringIn(broughtIn)),
      make("div", { class: "filter" },
        make("label", { class: "which", hidden: true }, "Texts ", make("select", { onchange: other }, make("option", { value: "" }, "of this leaflet"), make("option", { value: "words", selected: words }, "that every leaflet prints"))),
        make("label", {}, "Show ", make("select", { onchange: filter }, make("option", { value: "" }, "all texts"), make("option", { value: "todo" }, "texts to do"), make("option", { value: "found" }, "texts with findings")))),
      make("details", { class: "another" }, make("summary", {}, "Translate into another language"), languages()),
      make("details", { class: "elsewhere", hidden: true }, make("summary"), make("ul", { class: "others" })),
      make("ol", { class: "entries" }),
    );
  }
  const list = panel.querySelector(".entries");
  const kept = new Set(there.entries.map((each) => each.name));
  const here = [...list.children].findIndex((each) => each.contains(document.activeElement));
  const focused = document.activeElement;
  for (const item of items.values()) if (!kept.has(item.entry.name)) lose(item);
  let next = list.firstElementChild;
  for (const entry of there.entries) {
    const item = items.get(entry.name) ?? begin(entry);
    update(item, entry);
    while (next && next !== item.element && !kept.has(next.id)) next = next.nextElementSibling;
    if (next === item.element) next = next.nextElementSibling;
    else list.insertBefore(item.element, next);
  }
  if (here >= 0 && document.activeElement !== focused) focusOn(focused.isConnected ? focused : list.children[Math.min(here, list.children.length - 1)]);
  showFindings();
  tally();
  filter();
  arrive();
}

/** Show the leaflet's own texts, or those that every leaflet prints. */
async function other(event) {
  if (unsaved() && !confirm("There are changes that are not saved. Leave them?")) {
    event.target.value = words ? "words" : "";
    return;
  }
  words = event.target.value === "words";
  for (const item of [...items.values()]) discard(item);
  await load();
}

/** What a translation that is saved belongs to. */
const domain = () => (words ? { leaflet: "layouts" } : {});

/** A text that the source no longer has goes; what was typed for it and not saved is kept until somebody lets go of it. */
function lose(item) {
  if (!item.unsaved) return discard(item);
  item.entry = { ...item.entry, line: 0, at: [] };
  for (const each of item.texts) each.readOnly = true;
  item.state.textContent = "No longer in the source";
  item.conflict.replaceChildren(
    make("p", {}, make("b", {}, "This text was changed in the source, or is gone from it. "), "What you typed is not saved. Copy what you need of it to the new text."),
    make("div", { class: "acts" }, make("button", { type: "button", onclick: () => {
      const after = item.element.nextElementSibling ?? item.element.previousElementSibling;
      discard(item);
      focusOn(after);
    } }, "Discard what I typed")),
  );
  item.conflict.hidden = false;
  item.found.replaceChildren();
  typed(item, false);
}

function discard(item) {
  item.element.remove();
  items.delete(item.entry.name);
  undo.delete(item.entry.name);
}

/** The keyboard is at a text: in its field, if it has one. */
function focusOn(element) {
  (element?.querySelector?.("textarea") ?? element ?? document.getElementById("panel")).focus({ preventScroll: true });
}

function begin(entry) {
  const name = entry.name;
  const item = { entry, was: entry.was, unsaved: false };
  const own = there.own;
  const lang = there.language;
  item.source = make("p", { class: "source", lang: there.source.tag, dir: "auto" });
  item.about = make("p", { class: "about" });
  item.changes = make("p", { class: "changes", hidden: true });
  item.found = make("ul", { class: "found" });
  item.state = make("span", { class: "state" });
  item.conflict = make("div", { class: "conflict", role: "alert", hidden: true });
  item.offered = make("div", { class: "offered" });
  const parts = [item.source, item.about, item.changes];
  if (!own) {
    item.fields = make("div", { class: "fields" });
    item.texts = [];
    fit(item, entry);
    item.fuzzy = make("input", { type: "checkbox", onchange: () => typed(item) });
    item.save = make("button", { type: "button", class: "main", disabled: true, onclick: () => save(item) }, "Save");
    item.undo = make("button", { type: "button", hidden: true, onclick: () => takeBack(item) }, "Undo");
    parts.push(item.fields, item.conflict);
    item.acts = make("div", { class: "acts" }, item.state, make("label", {}, item.fuzzy, " still to check"), item.save, item.undo);
  } else item.acts = make("div", { class: "acts" });
  item.acts.append(
    words ? "" : make("button", { type: "button", onclick: () => pick(item, true) }, "Show on the page"),
    make("button", { type: "button", onclick: () => aloud(item) }, "Read aloud"),
    words ? "" : make("details", {}, make("summary", {}, "More"), make("div", { class: "acts" },
      own ? "" : make("button", { type: "button", onclick: () => offer(item) }, "What the memory offers"),
      make("button", { type: "button", onclick: () => address(item) }, "Copy its address"))),
  );
  parts.push(item.offered, item.found, item.acts);
  item.element = make("li", { class: "entry", id: name, tabindex: -1 }, ...parts);
  items.set(name, item);
  return item;
}

/** The fields of a text: one, or one for each plural form of the language, with numbers that it is for. */
function fit(item, entry) {
  const count = entry.plural ? Math.max(entry.forms.length, entry.strings.length) : 1;
  if (item.texts.length === count) return;
  const lang = there.language;
  const before = item.texts.map((each) => each.value);
  item.texts = Array.from({ length: count }, (_, number) => make("textarea", {
    id: `${entry.name}-text${number || ""}`, lang: lang.tag, dir: lang.direction, rows: 2,
    "aria-label": `Translation of: ${entry.text.slice(0, 80)}${entry.plural ? `, ${numbers(entry, number)}` : ""}`,
    oninput: () => typed(item), onfocus: () => pick(item),
    onkeydown: (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        save(item);
      }
    },
  }));
  [item.text] = item.texts;
  fill(item, before.length ? before : entry.strings);
  item.fields.replaceChildren(...item.texts.flatMap((each, number) => (entry.plural ? [make("small", { class: "form", "aria-hidden": "true" }, numbers(entry, number)), each] : [each])));
}

function numbers(entry, number) {
  const own = entry.forms[number] ?? [];
  return own.length ? `for ${own.join(", ")}${own.length > 1 ? " ..." : ""}` : "for other numbers, such as 1.5";
}

const values = (item) => item.texts.map((each) => each.value);

const fill = (item, strings) => item.texts.forEach((each, number) => {
  if (each.value !== (strings[number] ?? "")) each.value = strings[number] ?? "";
});

const same = (item, strings) => values(item).every((each, number) => each === (strings[number] ?? ""));

function update(item, entry) {
  const outside = item.was !== entry.was;
  if (!item.entry.at.length && entry.at.length) item.conflict.hidden = true; // it is in the source again
  item.entry = entry;
  item.source.textContent = entry.plural ? `${entry.text} / ${entry.plural}` : entry.text;
  const notes = [...entry.notes.filter((each) => !each.startsWith("SAFETY")), ...entry.comments.map((each) => `Translator's note: ${each}`)];
  if (entry.draft) notes.push(`Draft ${entry.draft}`);
  item.about.replaceChildren(...[...new Set(notes)].flatMap((each, number) => (number ? [make("br"), each] : [each])));
  if (entry.safety) item.about.append(" ", make("span", { class: "safety" }, "Safety text: a mistake here can harm."));
  item.changes.hidden = !entry.changes.length;
  item.changes.replaceChildren("What changed in the source: ", ...entry.changes.map(([kind, text]) => (kind === "same" ? text : make(kind === "gone" ? "del" : "ins", { class: kind }, text))));
  if (there.own) return;
  const editable = entry.state !== "missing" && !there.broken;
  fit(item, entry);
  for (const each of item.texts) each.readOnly = !editable;
  item.state.textContent = there.broken ? "The file cannot be read at the moment" : there.begin ? "Not begun" : STATES[entry.state];
  if (!item.unsaved) {
    item.was = entry.was;
    fill(item, entry.strings);
    item.fuzzy.checked = entry.fuzzy;
    agree(item);
  } else if (outside && editable && !item.saving) clash(item, entry); // by itself, a save hears of it
  else if (!outside && item.clashed) agree(item); // what was heard was older than our own save
  typed(item, false);
}

function typed(item, byHand = true) {
  if (byHand) item.unsaved = !same(item, item.entry.strings) || item.fuzzy.checked !== item.entry.fuzzy;
  item.fuzzy.disabled = !values(item).some(Boolean) || item.text.readOnly;
  item.save.disabled = !item.unsaved || item.text.readOnly;
}

async function save(item) {
  if (item.text.readOnly || !item.unsaved) return;
  const sent = values(item);
  const [string, ...forms] = sent;
  const fuzzy = item.fuzzy.checked;
  if (document.activeElement === item.save) item.text.focus(); // the button has nothing more to do
  item.save.disabled = true;
  preview.say("Saving ...");
  item.saving = true;
  const { context, text } = item.entry;
  const answer = await preview.send("/api/translate/save", { ...domain(), context, text, was: item.was, string, forms, fuzzy });
  done(item, answer, sent);
  if (answer.ok) {
    undo.set(item.entry.name, answer.before);
    item.undo.hidden = false;
  }
}

async function takeBack(item) {
  const before = undo.get(item.entry.name);
  item.saving = true;
  const answer = await preview.send("/api/translate/undo", { ...domain(), was: item.was, before });
  const more = item.unsaved; // typed since that was saved
  if (answer.ok) {
    if (document.activeElement === item.undo) item.text.focus();
    undo.delete(item.entry.name);
    item.undo.hidden = true;
  }
  done(item, answer, more ? null : values(item));
  if (answer.ok) preview.say(more ? "The file is as it was before; what you have typed since is not saved" : "As it was before");
}

/** What became of a text that was sent: the same field may say more by now, which is not lost. */
function done(item, answer, sent) {
  item.saving = false;
  if (answer.ok) {
    Object.assign(item.entry, answer);
    item.was = answer.was;
    item.unsaved = !sent || !same(item, sent);
    if (!item.unsaved) {
      fill(item, answer.strings);
      item.fuzzy.checked = answer.fuzzy;
    }
    agree(item);
    item.state.textContent = STATES[answer.state];
    preview.say("Saved");
  } else if ("conflict" in answer) {
    preview.say("Not saved");
    if (answer.conflict) clash(item, answer.conflict);
    else load();
  } else {
    preview.say(`Not saved: ${answer.failed ?? "something went wrong"}`);
    item.clashed = false;
    item.conflict.replaceChildren(make("p", {}, `Not saved: ${answer.failed ?? "something went wrong"}. Your text is still here.`));
    item.conflict.hidden = false;
  }
  typed(item, false);
  tally();
  showFindings();
}

/** Nobody else has another text by now. */
function agree(item) {
  item.clashed = false;
  item.conflict.hidden = true;
}

function clash(item, now) {
  item.clashed = true;
  const lang = there.language;
  item.conflict.replaceChildren(
    make("p", {}, make("b", {}, "Somebody else has saved another text here. "), "Nothing was overwritten. It now says:"),
    make("p", { lang: lang.tag, dir: lang.direction }, now.strings.join(" / ") || "(nothing)"),
    make("div", { class: "acts" },
      make("button", { type: "button", onclick: () => settle(item, now, false) }, "Take that text"),
      make("button", { type: "button", onclick: () => settle(item, now, true) }, "Keep mine, then save it")),
  );
  item.conflict.hidden = false;
}

function settle(item, now, mine) {
  Object.assign(item.entry, now);
  item.was = now.was;
  if (!mine) {
    fill(item, now.strings);
    item.fuzzy.checked = now.fuzzy;
  }
  item.unsaved = mine;
  agree(item);
  item.undo.hidden = true;
  undo.delete(item.entry.name);
  typed(item);
  item.text.focus();
}

async function offer(item) {
  const { context, text } = item.entry;
  const found = await preview.ask("/api/translate/proposals", { context, text });
  const lang = there.language;
  item.offered.replaceChildren(
    ...(Array.isArray(found) && found.length
      ? found.map((each) => make("p", {}, make("span", { lang: lang.tag, dir: lang.direction }, each.string), make("small", {}, ` (${each.why}) `), make("button", { type: "button", onclick: () => take(item, each) }, "Take it, to check")))
      : [make("p", {}, "The memory has nothing like this text.")]),
  );
}

function take(item, offered) {
  item.text.value = offered.string;
  item.fuzzy.checked = true;
  typed(item);
  item.text.focus();
}

// ------------------------------------------------------------------------- the page

const places = (entry) => [entry.line ? `${there.file}:${entry.line}` : "", ...entry.at];

function pick(item, moved = false) {
  for (const each of items.values()) each.element.classList.toggle("chosen", each === item);
  if (!words) preview.show(places(item.entry), moved);
  if (moved) history.replaceState(null, "", `#${item.entry.name}`);
}

function chosen(where) {
  const item = [...items.values()].find((each) => places(each.entry).some((one) => one && where.includes(one)));
  if (!item) {
    preview.say(words ? "This text is not among those that every leaflet prints." : "This text is not the leaflet's: it comes from the layout, or from the clinic's file.");
    return;
  }
  for (const each of items.values()) each.element.classList.toggle("chosen", each === item);
  item.element.hidden = false;
  item.element.scrollIntoView({ block: "center" });
  (item.text ?? item.element).focus({ preventScroll: true });
  history.replaceState(null, "", `#${item.entry.name}`);
}

function aloud(item) {
  const text = there.own ? item.entry.text : values(item).join(". ");
  if (!preview.speak([{ text: plain(text) }], language()?.tag ?? "en")) preview.say("This browser cannot read aloud.");
}

async function address(item) {
  const where = `${location.origin}/${preview.locale}/${preview.leaflet}#${item.entry.name}`;
  history.replaceState(null, "", `#${item.entry.name}`);
  await navigator.clipboard?.writeText(where).catch(() => {});
  preview.say(`Its address: ${where}`);
}

const plain = (text) => text.replace(/<[^>]*>/g, "").replace(/\{[^}]*\}/g, "");

// ------------------------------------------------------------------------- findings, what is to do

function showFindings() {
  const every = [...preview.findings.text, ...preview.findings.page];
  const lost = new Set(every);
  for (const item of items.values()) {
    const about = every.filter((each) => concerns(each, item.entry));
    about.forEach((each) => lost.delete(each));
    const said = about.filter((each) => !LACKING.has(each.check)); // its state says that
    const own = [...new Map(said.map((each) => [`${each.check} ${each.message}`, each])).values()]; // once for all its places
    item.count = own.length;
    const before = item.judged !== undefined && item.judged !== printed(item.entry); // found on what it said before
    item.found.classList.toggle("old", before);
    item.found.replaceChildren(...(before && own.length ? [make("li", {}, "This text is being checked again. Before, it said:")] : []), ...own.map(told));
  }
  const others = [...lost].filter((each) => each.severity === "error" || each.severity === "warning");
  panel.querySelector(".elsewhere").hidden = !others.length;
  panel.querySelector(".elsewhere summary").textContent = `Found elsewhere: ${others.length}`;
  panel.querySelector(".others").replaceChildren(...others.map(told));
}

/** What of an entry is printed, and so judged. */
const printed = (entry) => (entry.state === "current" ? entry.strings.join("\0") : entry.state);

/** Findings have come: those on the text are on what it says now. */
function judged(about) {
  if (about.of === "text") for (const item of items.values()) item.judged = printed(item.entry);
  if (!panel?.firstChild || !there) return;
  showFindings();
  filter();
}

function concerns(finding, entry) {
  if (finding.po?.line) return finding.po.file === there.file && finding.po.line === entry.line;
  return finding.at.line > 0 && entry.at.includes(`${finding.at.file}:${finding.at.line}`);
}

function tally() {
  const every = there.entries;
  panel.querySelector(".unbegun").hidden = !there.ready;
  panel.querySelector(".which").hidden = !there.words;
  const lacking = there.own || there.begin || there.broken ? 0 : every.filter((each) => each.state === "missing").length;
  const grown = panel.querySelector(".grown");
  grown.hidden = !lacking;
  grown.querySelector("p").textContent = `The source has changed: ${lacking === 1 ? "one text is" : `${lacking} texts are`} not in the file of this translation yet.`;
  const done = every.filter((each) => each.state === "current").length;
  panel.querySelector(".sum").textContent = there.begin ? there.begin : there.own ? `${every.length} texts` : `${done} of ${every.length} texts are translated${there.broken ? "; the file cannot be read at the moment" : ""}`;
}

/** The file has all texts of the source: go on with the first that is to be translated. */
async function broughtIn() {
  await load();
  const next = there.entries.find((each) => each.state !== "current");
  focusOn(next && items.get(next.name).element);
  preview.say("The texts are in the file now");
}

let asked = "";

function filter(event) {
  asked = event ? event.target.value : asked;
  for (const item of items.values()) {
    const todo = item.entry.state !== "current" || item.unsaved;
    item.element.hidden = (asked === "todo" && !todo) || (asked === "found" && !item.count);
  }
}

let arrived = false;

function arrive() {
  const item = items.get(location.hash.slice(1));
  if (arrived || !item) return;
  arrived = true;
  item.element.classList.add("chosen");
  item.element.scrollIntoView({ block: "center" });
  preview.show(places(item.entry));
}

window.addEventListener("hashchange", () => {
  arrived = false;
  arrive();
});
const unsaved = () => [...items.values()].some((each) => each.unsaved);

preview.view("translate", {
  start,
  unsaved,
  chosen,
  edition: load,
  trouble: load,
  findings: judged,
  named: (where) => {
    const entry = there?.entries.find((each) => places(each).some((one) => one && where.includes(one)));
    return entry && (entry.string || entry.text).slice(0, 80);
  },
  texts: () => (there?.entries ?? []).map((each) => ({ text: plain(there.own ? each.text : each.string), places: places(each) })),
});
