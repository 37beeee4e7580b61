// What all views share: what is shown, the news from the server, the page beside. Views register with `preview.view`.

import { picker } from "/static/picker.js";

const root = document.documentElement;
const find = (id) => document.getElementById(id);
const SCREEN = "";
const AT = "at"; // where the keyboard was when another page was chosen
const GONE = "the preview does not answer: it has ended, or is starting again";

export const preview = {
  leaflet: root.dataset.leaflet,
  locale: root.dataset.locale,
  layout: sessionStorage.getItem("layout") ?? SCREEN,
  page: 1,
  choices: null,
  findings: { text: [], page: [] },
  spots: [],
  views: {},

  /** A view's part in it: `start(panel)`, and what it wants to hear: `edition`, `findings`, `spots`, `chosen(place)`. */
  view(name, parts) {
    this.views[name] = parts;
    if (this.choices && this.leaflet && name === root.dataset.view) parts.start?.(find("view"));
  },

  tell(what, ...about) {
    this.views[root.dataset.view]?.[what]?.(...about);
    for (const [name, parts] of Object.entries(this.views)) if (name !== root.dataset.view) parts.everywhere?.(what, ...about);
  },

  /** Ask the server; gives what it answers, or why it `failed`. */
  async ask(path, about = {}) {
    const query = new URLSearchParams({ leaflet: this.leaflet, locale: this.locale, ...about });
    try {
      return await (await fetch(`${path}?${query}`)).json();
    } catch {
      return { failed: GONE };
    }
  },

  async send(path, about) {
    return this.post(path, "application/json", JSON.stringify({ leaflet: this.leaflet, locale: this.locale, ...about }));
  },

  /** Copy a picture to those of the leaflets; gives its `path` below sources/, or why it `failed`. */
  async picture(file) {
    return this.post(`/api/write/picture?${new URLSearchParams({ name: file.name })}`, file.type || "image/svg+xml", file);
  },

  async post(path, type, body) {
    try {
      const answer = await fetch(path, { method: "POST", headers: { "content-type": type }, body });
      return { ok: answer.ok, ...(await answer.json()) };
    } catch {
      return { ok: false, failed: `${GONE}; copy what you typed before you close this window` };
    }
  },

  say(text) {
    find("state").textContent = text;
  },

  /**
   * Show where a text is on the page: `places` are its lines in the source and the catalog, such as "sources/a.md:3".
   * `asked`: somebody wants to look at it; otherwise they write, and what they write stays in view.
   */
  show(places, asked = false) {
    chosen(places);
    const first = shown(places)[0];
    wanted = null;
    if (first) bring(first, asked);
    else if (this.layout !== SCREEN) turnTo(places, asked);
  },

  speak,
  go,
};

/** An element with attributes and children. */
export function make(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

export const ended = (text) => (/[.?!…]$/.test(text) ? text : `${text}.`);

/** A finding as people read it. */
export function told(finding) {
  const place = finding.po ?? finding.at;
  const line = place.line ? `${place.file}:${place.line}` : place.file;
  const how = finding.hint ? make("span", { class: "how" }, ` How to fix: ${ended(finding.hint)}`) : "";
  return make("li", { class: `finding ${finding.severity}` }, make("b", {}, `${finding.severity}: `), ended(finding.message), how, " ", make("small", {}, `${line} [${finding.check}]`));
}

// ------------------------------------------------------------------------- what there is

async function choose() {
  preview.choices = await preview.ask("/api/choices");
  const { leaflets, locales, layouts } = preview.choices;
  const fill = (id, options, now) => {
    find(id).replaceChildren(...options.map(([value, text, lang]) => make("option", { value, lang, selected: value === now }, text)));
  };
  find("leaflet").replaceChildren(picker("leaflets", leaflets, preview.leaflet, (name) => {
    sessionStorage.setItem(AT, "leaflets");
    go(name, preview.locale);
  }));
  fill("locales", locales.map((each) => [each.name, `${each.own} (${each.english})`]), preview.locale);
  if (!layouts.some((each) => each.name === preview.layout)) preview.layout = SCREEN;
  fill("layouts", [[SCREEN, "On a screen"], ...layouts.map((each) => [each.name, `Printed: ${each.title}`])], preview.layout);
  if (leaflets.length) document.title = `${preview.choices.title} (${preview.locale}): preview`;
}

export function language() {
  return preview.choices?.locales.find((each) => each.name === preview.locale);
}

find("locales").addEventListener("change", (event) => {
  const asked = event.target.value;
  sessionStorage.setItem(AT, "locales"); // a keyboard goes from one to the next, and each is a page of its own
  event.target.value = preview.locale; // as long as this page is here
  go(preview.leaflet, asked);
});
find("choice").addEventListener("submit", (event) => event.preventDefault());
find("layouts").addEventListener("change", (event) => {
  preview.layout = event.target.value;
  preview.page = 1;
  sessionStorage.setItem("layout", preview.layout);
  pages = {};
  delete root.dataset.shown;
  delete root.dataset.final;
  listen();
});

function go(leaflet, locale, view = root.dataset.view) {
  location.assign(`/${encodeURIComponent(locale)}/${encodeURIComponent(leaflet)}/${view}`);
}

window.addEventListener("beforeunload", (event) => {
  if (preview.views[root.dataset.view]?.unsaved?.()) event.preventDefault(); // the browser asks
});

// ------------------------------------------------------------------------- news

let source = null;
let pages = {}; // by number, of the edition and layout in view
let mark = "";

function listen() {
  source?.close();
  const printed = preview.layout !== SCREEN;
  find("edition").hidden = printed;
  find("sheet").hidden = !printed || !pages[preview.page];
  find("turning").hidden = !printed || !Object.keys(pages).length;
  find("none").hidden = true;
  if (printed ? !pages[preview.page] : !asked) preview.say(printed ? "The page is being printed ..." : "The page is being made ...");
  const sight = { leaflet: preview.leaflet, locale: preview.locale, layout: preview.layout, page: preview.page };
  source = new EventSource(`/events?${new URLSearchParams(sight)}`);
  const hear = (kind, what) => source.addEventListener(kind, (event) => what(JSON.parse(event.data)));
  hear("edition", edition);
  hear("page", page);
  hear("findings", findings);
  hear("trouble", trouble);
  source.addEventListener("error", () => preview.say("The preview has ended, or is starting again."));
}

function edition(about) {
  if (about.mark !== mark) pages = {};
  mark = about.mark;
  if (preview.layout === SCREEN) screen(about.name);
  else preview.say("The page is being printed ...");
  preview.tell("edition", about);
}

let asked = ""; // the page for screens that was asked for last

/** Show a page for screens: it is loaded out of sight, and takes the place of the one in view where that is read. */
function screen(name) {
  if (name === asked) {
    if (!document.querySelector("iframe.coming")) root.dataset.shown = name.split("/")[1];
    return settled();
  }
  asked = name;
  const before = find("edition");
  document.querySelector("iframe.coming")?.remove();
  const frame = make("iframe", { title: before.title, sandbox: "allow-same-origin", class: "coming", "aria-hidden": "true", tabindex: "-1" });
  frame.addEventListener("load", () => {
    if (asked !== name) return frame.remove();
    const inside = frame.contentDocument;
    const place = before.contentDocument?.scrollingElement?.scrollTop ?? 0;
    before.removeAttribute("id");
    frame.className = "";
    frame.removeAttribute("aria-hidden");
    frame.removeAttribute("tabindex");
    frame.hidden = before.hidden;
    frame.id = "edition";
    before.remove();
    inside.scrollingElement.scrollTop = place;
    inside.addEventListener("click", (event) => {
      if (event.target.closest("a[href]")) event.preventDefault();
      const block = event.target.closest("[data-at]");
      if (block) pick([block.dataset.po, block.dataset.at]);
    });
    if (preview.layout === SCREEN) root.dataset.shown = name.split("/")[1];
    chosen(now);
    settled();
    preview.tell("shown");
  });
  frame.src = `/kept/${name}`;
  before.after(frame);
}

/** What is in view is what the files say. */
function settled() {
  if (wrong().length) {
    preview.say("Something is wrong");
    return;
  }
  find("edition").classList.remove("old");
  find("sheet").classList.remove("old");
  if (!mark || root.dataset.shown !== mark) return; // it is on its way
  const nearly = preview.layout !== SCREEN && root.dataset.final !== mark;
  preview.say(nearly ? "Nearly done: whether it fits is being looked at ..." : "Up to date");
}

function page(about) {
  if (about.layout !== preview.layout) return;
  if (about.none) {
    find("none").textContent = `There is no such page: ${about.none}.`;
    find("none").hidden = false;
    find("sheet").hidden = true;
    preview.say("");
    return;
  }
  find("none").hidden = true;
  const former = pages[about.page];
  if (former && former.final && former.mark === about.mark && !about.final) return;
  pages[about.page] = about;
  if (preview.page > about.pages) preview.page = about.pages;
  if (about.page === preview.page) sheet(about);
  turning(about.pages);
  if (wanted && about.spots.some((spot) => fits(spot, wanted))) turnTo(wanted);
  else if (wanted && Object.keys(pages).length >= about.pages) {
    wanted = null; // it is on none
    settled();
  }
}

function sheet(about) {
  const picture = find("picture");
  picture.onload = () => {
    root.dataset.shown = about.mark;
    root.dataset.final = about.final ? about.mark : "";
    settled();
  };
  picture.alt = `Page ${about.page} of ${about.pages} as it is printed. Its texts are the buttons that follow.`;
  picture.width = about.width;
  picture.height = about.height;
  picture.src = `/kept/${about.picture}`;
  find("sheet").hidden = false;
  preview.spots = about.spots;
  const tag = language()?.tag;
  find("spots").replaceChildren(
    ...about.spots.flatMap((spot, number) =>
      spot.boxes.map((box, part) => {
        const [left, top, width, height] = box.map((each) => `${100 * each}%`);
        const name = preview.views[root.dataset.view]?.named?.([spot.po, spot.at]) ?? `Text ${number + 1}`;
        const label = part ? `${name} (goes on here)` : name;
        const made = make("button", { type: "button", "aria-label": label, lang: tag, onclick: () => pick([spot.po, spot.at]) });
        Object.assign(made.style, { left, top, width, height });
        made.dataset.po = spot.po;
        made.dataset.at = spot.at;
        return made;
      }),
    ),
  );
  chosen(now);
  preview.tell("spots", about);
}

let count = 1; // of printed pages, as far as it is known

function turning(now) {
  const at = document.activeElement;
  count = now;
  find("turning").hidden = count < 2;
  find("number").textContent = `${preview.page} of ${count}`;
  find("earlier").disabled = preview.page <= 1;
  find("later").disabled = preview.page >= count;
  if (at?.disabled) find(at.id === "later" ? "earlier" : "later").focus(); // a keyboard stays in this row
}

let wanted = null; // the places of a text whose page is not printed yet: it is turned to then

function turn(by) {
  wanted = null;
  preview.page = Math.min(count, Math.max(1, preview.page + by));
  turning(count);
  if (pages[preview.page]) sheet(pages[preview.page]);
  listen(); // the page in view is the one that is printed first
}

/** Bring a text on the page into view. Where page and texts are one below the other, the page alone moves for it. */
function bring(element, asked) {
  const below = matchMedia("(max-width: 50rem)").matches;
  if (!below || asked) element.scrollIntoView({ block: below ? "center" : "nearest" });
  else if (preview.layout === SCREEN) {
    const inside = find("edition").contentWindow;
    inside.scrollBy(0, element.getBoundingClientRect().top - inside.innerHeight / 3);
  }
}

function turnTo(places, asked = false) {
  const there = Object.values(pages).find((each) => each.spots.some((spot) => fits(spot, places)));
  if (!there && Object.keys(pages).length < count) {
    wanted = places;
    preview.say("The page of this text is being printed ...");
    return;
  }
  wanted = null;
  if (there && there.page !== preview.page) turn(there.page - preview.page);
  const [first] = shown(places);
  if (first) bring(first, asked);
}

find("earlier").addEventListener("click", () => turn(-1));
find("later").addEventListener("click", () => turn(1));

function findings(about) {
  if (about.of === "page" && about.layout !== preview.layout) return;
  preview.findings[about.of] = about.findings;
  preview.tell("findings", about);
}

const troubles = new Map(); // what keeps pages from being made: of the text, of a layout

const wrong = () => [...(troubles.get("") ?? []), ...(preview.layout === SCREEN ? [] : troubles.get(preview.layout) ?? [])];

const FAILED = {
  severity: "error", check: "preview", hint: "save the file again; if that does not help, start the preview again", message: "the page could not be made",
  at: { file: "", line: 0 },
};

function trouble(about) {
  troubles.set(about.layout, about.failed ? [FAILED] : about.findings.filter((each) => each.severity === "error"));
  const box = find("trouble");
  box.hidden = !wrong().length;
  if (box.hidden) {
    box.replaceChildren();
    settled();
    return;
  }
  const lead = root.dataset.shown ? "This cannot be shown as it is. You see the last page that could be made." : "There is no page of this yet.";
  box.replaceChildren(make("p", {}, make("b", {}, lead)), make("ul", {}, ...wrong().slice(0, 8).map(told)));
  find("edition").classList.add("old");
  find("sheet").classList.add("old");
  preview.say("Something is wrong");
  preview.tell("trouble", about);
}

// ------------------------------------------------------------------------- the page and the view

let now = [];

const fits = (spot, places) => places.some((each) => each && (each === spot.po || each === spot.at));

function everywhere() {
  if (preview.layout !== SCREEN) return [...find("spots").children];
  return [...(find("edition").contentDocument?.querySelectorAll("[data-at]") ?? [])];
}

function shown(places) {
  const there = everywhere().filter((each) => fits(each.dataset, places));
  return there.filter((each) => !there.some((other) => other !== each && each.contains(other))); // a point, not its list
}

function chosen(places) {
  now = places;
  const inner = shown(places);
  for (const each of everywhere()) {
    const on = inner.includes(each);
    if (preview.layout !== SCREEN) each.classList.toggle("chosen", on);
    else {
      each.style.outline = on ? "3px solid #0b4a57" : "";
      each.style.outlineOffset = on ? "3px" : "";
    }
  }
}

function pick(places) {
  chosen(places);
  preview.tell("chosen", places);
}

// ------------------------------------------------------------------------- read aloud

/** Read texts aloud in a language, one after the other; `before` hears which is next. */
function speak(texts, tag, before = () => {}, done = () => {}) {
  const voice = window.speechSynthesis;
  if (!voice) return false;
  voice.cancel();
  const queue = texts.filter((each) => each.text.trim());
  queue.forEach((each, number) => {
    const words = new SpeechSynthesisUtterance(each.text);
    words.lang = tag;
    const own = voice.getVoices().find((one) => one.lang.replace("_", "-").toLowerCase().startsWith(tag.split("-")[0].toLowerCase()));
    if (own) words.voice = own;
    words.onstart = () => before(each);
    words.onend = () => number === queue.length - 1 && done();
    words.onerror = () => done();
    voice.speak(words);
  });
  return true;
}

find("aloud").addEventListener("click", (event) => {
  const button = event.currentTarget;
  const stop = () => {
    button.setAttribute("aria-pressed", "false");
    button.textContent = "Read aloud";
  };
  if (button.getAttribute("aria-pressed") === "true") {
    window.speechSynthesis?.cancel();
    stop();
    return;
  }
  const texts = preview.views[root.dataset.view]?.texts?.() ?? [];
  const tag = language()?.tag ?? "en";
  button.setAttribute("aria-pressed", "true");
  button.textContent = "Stop reading";
  if (!speak(texts, tag, (each) => preview.show(each.places), stop)) {
    stop();
    preview.say("This browser cannot read aloud.");
  }
});

// ------------------------------------------------------------------------- start

/** A folder without a leaflet: the first one is begun here. */
async function first() {
  const { leaflets } = await import("/static/begin.js"); // not waited for below: it waits for this module
  find("panel-name").textContent = "There is no leaflet in this folder yet";
  find("view").replaceChildren(leaflets());
  find("page").hidden = find("choice").hidden = true;
  document.querySelector("nav").hidden = true;
  document.title = "Preview";
}

await choose();
find(sessionStorage.getItem(AT) ?? "")?.focus();
sessionStorage.removeItem(AT);
if (preview.leaflet) {
  preview.views[root.dataset.view]?.start?.(find("view"));
  listen();
} else first();
