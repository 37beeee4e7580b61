// The writer's view: the source beside its page, with what is wrong marked in both.

import { leaflets, notice } from "/static/begin.js";
import { make, preview } from "/static/preview.js";
import { paint } from "/static/marks.js";

const PAUSE = 600; // ms after the last key before a text is looked at
const SAVED = 1000; // ms after the last key before it is saved, if that is wanted
const KINDS = { error: "Mistake", warning: "Please look", long: "Long sentence", hard: "Hard to read" };

let was = ""; // the digest of the file as it was read or saved last
let saved = ""; // its text
let marks = [];
let timers = {};
let asked = 0;
let parts = null;

const unsaved = () => parts !== null && parts.text.value !== saved;

preview.view("write", {
  unsaved,
  start,
  async edition() {
    if (!parts) return;
    const there = await preview.ask("/api/write/source");
    if (there.failed || there.mark === was) return;
    if (unsaved()) clash(there);
    else fill(there);
  },
  chosen(places) {
    const line = places.map((each) => new RegExp(`^sources/${preview.leaflet}\\.md:(\\d+)$`).exec(each ?? "")?.[1]).find(Boolean);
    if (line) toLine(Number(line));
  },
  spots: () => paint(shown()),
  shown: () => paint(shown()),
});

async function start(panel) {
  document.querySelector("#panel-name").textContent = "Write";
  const text = make("textarea", { id: "write-text", spellcheck: "true", readonly: true, "aria-label": `The source of ${preview.leaflet}`, "aria-describedby": "write-state" });
  const under = make("div", { class: "write-under", "aria-hidden": "true" });
  const save = make("button", { type: "button", class: "main", disabled: true, onclick: () => keep() }, "Save");
  const always = make("input", { type: "checkbox" });
  always.checked = localStorage.getItem("save-while-typing") === "yes";
  always.addEventListener("change", () => localStorage.setItem("save-while-typing", always.checked ? "yes" : "no"));
  const state = make("span", { id: "write-state", role: "status" });
  const field = make("div", { class: "write-field" }, under, text);
  const file = make("input", { type: "file", accept: ".svg,.png,.jpg,.jpeg", "aria-label": "Picture to add" });
  file.addEventListener("change", () => { if (file.files[0]) picture(file.files[0]); file.value = ""; });
  parts = {
    text, under, save, always, state,
    notice: make("div", {}),
    found: make("div", {}), outline: make("div", {}), layouts: make("div", {}), score: make("p", { class: "write-score" }),
  };
  panel.replaceChildren(make("div", { class: "write" },
    notice(),
    make("div", { class: "write-bar" }, save, make("label", {}, always, " Save while I type"), state),
    parts.notice, field, parts.score,
    part("Findings", parts.found, true), part("Outline", parts.outline), part("What each layout leaves out", parts.layouts),
    part("Pictures", make("div", {}, make("p", {}, "Drop a picture onto the text, or choose one. It is copied into sources/pictures."), file)),
    part("Another leaflet", leaflets()),
  ));
  text.addEventListener("input", typed);
  text.addEventListener("scroll", () => { under.scrollTop = text.scrollTop; });
  text.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
      event.preventDefault();
      keep();
    }
  });
  text.addEventListener("click", () => atCursor());
  text.addEventListener("keyup", (event) => { if (event.key.startsWith("Arrow") || event.key.startsWith("Page")) atCursor(); });
  field.addEventListener("dragover", (event) => { event.preventDefault(); field.classList.add("over"); });
  field.addEventListener("dragleave", () => field.classList.remove("over"));
  field.addEventListener("drop", (event) => {
    field.classList.remove("over");
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    picture(event.dataTransfer.files[0]);
  });
  const there = await preview.ask("/api/write/source");
  if (there.failed) {
    text.disabled = true;
    state.textContent = `${there.failed}.`;
    return;
  }
  text.readOnly = false;
  fill(there);
}

function part(title, body, open = false) {
  return make("details", { open }, make("summary", {}, title), body);
}

/** Show a text; `file`: what its file says, if that is another one. */
function fill(there, file = there.text) {
  const { selectionStart, scrollTop } = parts.text;
  parts.text.value = there.text;
  parts.text.setSelectionRange(selectionStart, selectionStart);
  parts.text.scrollTop = scrollTop;
  saved = file;
  was = there.mark;
  settle();
  under();
  look();
}

function settle() {
  const open = unsaved();
  parts.save.disabled = !open;
  parts.text.toggleAttribute("data-unsaved", open);
  parts.state.textContent = open ? "Not saved yet" : "Saved";
}

function typed() {
  settle();
  under();
  clearTimeout(timers.look);
  timers.look = setTimeout(look, PAUSE);
  clearTimeout(timers.save);
  if (parts.always.checked && unsaved()) timers.save = setTimeout(keep, SAVED);
}

// ------------------------------------------------------------------------- saving

async function keep() {
  clearTimeout(timers.save);
  if (!unsaved()) return;
  if (document.activeElement === parts.save) parts.text.focus(); // the button has nothing more to do
  const text = parts.text.value;
  parts.state.textContent = "Saving ...";
  const answer = await preview.send("/api/write/save", { text, was });
  if (answer.conflict) {
    clash(answer);
    return;
  }
  if (!answer.ok) {
    parts.state.textContent = `It was not saved: ${answer.failed}.`;
    return;
  }
  was = answer.mark;
  saved = text;
  parts.notice.replaceChildren();
  settle();
}

/** Somebody else has saved the file: both texts can be looked at, and one is chosen. */
function clash(theirs) {
  parts.state.textContent = "Not saved: somebody else has saved this leaflet meanwhile.";
  const mine = parts.text.value;
  const [from, ours, others] = apart(mine, theirs.text);
  const both = together(saved, mine, theirs.text);
  const take = both === null ? [] : [make("button", { type: "button", class: "main", onclick: () => {
    parts.notice.replaceChildren();
    fill({ ...theirs, text: both }, theirs.text);
    parts.text.focus();
  } }, "Keep both changes"), " "];
  const excerpt = (lines) => make("pre", { tabindex: "0" }, lines.slice(0, 12).join("\n") || "(nothing)");
  parts.notice.replaceChildren(make("div", { class: "write-clash", role: "alert" },
    make("p", {}, make("b", {}, "Somebody else has saved this leaflet meanwhile."), ` The texts differ from line ${from + 1} on. Nothing was overwritten.`),
    make("p", {}, "Yours:"), excerpt(ours), make("p", {}, "Theirs:"), excerpt(others),
    make("p", {}, ...take,
      make("button", { type: "button", onclick: () => { parts.notice.replaceChildren(); fill(theirs); } }, "Take theirs"), " ",
      make("button", { type: "button", onclick: () => { was = theirs.mark; keep(); } }, "Save mine instead"))));
}

/** A text with what two people have changed in it, each in other lines; null where they have changed the same. */
function together(before, mine, theirs) {
  const [[one, old, own], [other, gone, come]] = [apart(before, mine), apart(before, theirs)];
  if (one + old.length >= other && other + gone.length >= one) return null; // also where they only touch
  const lines = before.split("\n");
  const edits = [[one, old, own], [other, gone, come]].sort(([first], [second]) => second - first); // the last one first
  for (const [from, out, into] of edits) lines.splice(from, out.length, ...into);
  return lines.join("\n");
}

/** The lines in which two texts differ: the first one's number, those of each. */
function apart(one, other) {
  const [mine, theirs] = [one.split("\n"), other.split("\n")];
  let from = 0;
  while (from < mine.length && from < theirs.length && mine[from] === theirs[from]) from += 1;
  let end = 0;
  while (end < mine.length - from && end < theirs.length - from && mine.at(-1 - end) === theirs.at(-1 - end)) end += 1;
  return [from, mine.slice(from, mine.length - end), theirs.slice(from, theirs.length - end)];
}

// ------------------------------------------------------------------------- what is found

async function look() {
  const number = ++asked;
  const text = parts.text.value;
  const answer = await preview.send("/api/write/look", { text });
  if (number !== asked || !answer.ok || parts.text.value !== text) return;
  marks = answer.marks;
  under();
  list();
  outline(answer.outline);
  layouts(answer.layouts);
  score(answer);
  paint(shown());
}

/** The marks as findings on the page: by the line of the block that they are in. */
function shown() {
  return marks.map((each) => ({ at: `sources/${preview.leaflet}.md:${each.line}`, severity: each.kind, number: "" }));
}

/** The marks behind the text: the same letters, unseen, in the same places; what is marked twice has both marks. */
function under() {
  const text = parts.text.value;
  const there = marks.filter((each) => each.end <= text.length);
  const edges = [...new Set([0, text.length, ...there.flatMap((each) => [each.start, each.end])])].sort((one, other) => one - other);
  const pieces = edges.slice(0, -1).map((from, number) => {
    const piece = text.slice(from, edges[number + 1]);
    const kinds = new Set(there.filter((each) => each.start <= from && each.end > from).map((each) => `write-${each.kind}`));
    return kinds.size ? make("mark", { class: [...kinds].join(" ") }, piece) : piece;
  });
  parts.under.replaceChildren(...pieces, "\n");
  parts.under.scrollTop = parts.text.scrollTop;
}

function list() {
  const order = ["error", "warning", "long", "hard"];
  const sorted = [...marks].sort((one, other) => order.indexOf(one.kind) - order.indexOf(other.kind) || one.start - other.start);
  parts.found.replaceChildren(sorted.length
    ? make("ul", { class: "write-list" }, ...sorted.slice(0, 200).map((each) => make("li", { class: `finding ${each.kind}` },
      make("button", { type: "button", onclick: () => select(each.start, each.end) }, `Line ${each.line}`), " ", make("b", {}, `${KINDS[each.kind] ?? "Note"}: `), `${each.what}. `, ...(each.how ? [make("span", { class: "how" }, `How to fix: ${each.how}.`)] : []))))
    : make("p", {}, "Nothing was found."));
  parts.found.parentElement.querySelector("summary").textContent = `Findings (${sorted.length})`;
}

function outline(lines) {
  parts.outline.replaceChildren(make("ul", { class: "write-outline" }, ...lines.map((each) => make("li", { class: `level-${each.level}` },
    make("button", { type: "button", onclick: () => toLine(each.line) }, each.kind === "box" ? `Box: ${each.text}` : each.text)))));
}

function layouts(texts) {
  parts.layouts.replaceChildren(...texts.map((each) => make("details", {},
    make("summary", {}, each.lack ? `${each.text}: not printed` : `${each.text}: ${each.printed} of ${each.of} texts`),
    make("p", {}, each.layouts), ...(each.lack ? [make("p", {}, `${each.lack}.`)] : []),
    make("ul", { class: "write-list" }, ...each.lines.slice(0, 100).map((one) => make("li", {}, make("button", { type: "button", onclick: () => toLine(one.line) }, `Line ${one.line}`), ` ${one.text}`))))));
}

function score({ score: told, sentences }) {
  const long = sentences.filter((each) => each.state !== "good").length;
  const parts_ = told.map((each) => `${each.name} ${each.value}${each.target === null ? "" : ` (target ${each.target})`}`);
  parts.score.textContent = [...parts_, ...(sentences.length ? [`${long} of ${sentences.length} sentences and points are long`] : [])].join(" · ");
}

// ------------------------------------------------------------------------- places

function select(start, end) {
  const { text } = parts;
  text.focus();
  text.setSelectionRange(start, end);
  const before = text.value.slice(0, start).split("\n").length - 1;
  const lines = text.value.split("\n").length;
  text.scrollTop = Math.max(0, (before / lines) * text.scrollHeight - text.clientHeight / 3);
  atCursor();
}

function toLine(line) {
  const starts = [0, ...[...parts.text.value.matchAll(/\n/g)].map((each) => each.index + 1)];
  const start = starts[line - 1] ?? 0;
  select(start, (starts[line] ?? parts.text.value.length + 1) - 1);
}

/** Show on the page where the cursor is: the block that begins in its line or above it. */
function atCursor() {
  const line = parts.text.value.slice(0, parts.text.selectionStart).split("\n").length;
  const prefix = `sources/${preview.leaflet}.md:`;
  const known = preview.layout ? preview.spots.map((each) => each.at) : [...(document.querySelector("#edition").contentDocument?.querySelectorAll("[data-at]") ?? [])].map((each) => each.dataset.at);
  const there = Math.max(0, ...known.filter((each) => each.startsWith(prefix)).map((each) => Number(each.slice(prefix.length))).filter((each) => each <= line));
  if (there) preview.show([`${prefix}${there}`]);
}

// ------------------------------------------------------------------------- pictures

async function picture(file) {
  parts.state.textContent = "The picture is being copied ...";
  const said = await preview.picture(file);
  settle();
  if (said.failed) {
    parts.notice.replaceChildren(make("div", { class: "write-clash", role: "alert" }, `${said.failed}.`));
    return;
  }
  const alt = make("input", { id: "write-alt", required: true, "aria-describedby": "write-alt-help" });
  const form = make("form", { class: "write-alt" },
    make("p", {}, make("b", {}, `Copied to sources/${said.path}.`)),
    make("label", { for: "write-alt" }, "What does the picture show?"), alt,
    make("small", { id: "write-alt-help" }, "For people who do not see it: what matters in it, in a few words, such as “A hand shakes the inhaler”. Translators translate it."),
    make("p", {}, make("button", { type: "submit", class: "main" }, "Put it into the text"), " ", make("button", { type: "button", onclick: () => parts.notice.replaceChildren() }, "Not now")));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const words = alt.value.replace(/[[\]\n]/g, " ").trim();
    if (!words) {
      alt.focus();
      return;
    }
    insert(`![${words}](${said.path})`);
    parts.notice.replaceChildren();
  });
  parts.notice.replaceChildren(form);
  alt.focus();
}

/** Put a paragraph of its own behind the one that the cursor is in. */
function insert(paragraph) {
  const { text } = parts;
  const next = text.value.indexOf("\n\n", text.selectionStart);
  const at = next < 0 ? text.value.length : next;
  text.focus();
  text.setSelectionRange(at, at);
  const words = `${at && text.value[at - 1] === "\n" ? "\n" : "\n\n"}${paragraph}${next < 0 ? "\n" : ""}`;
  if (!document.execCommand("insertText", false, words)) text.setRangeText(words, at, at, "end");
  typed();
}
