// The print desk: the file to print, the clinic's details, what is to be done, signatures.

import { make, preview, told } from "/static/preview.js";
import { languages, leaflets } from "/static/begin.js";
import { details } from "/static/desk-clinic.js";
import { lying } from "/static/desk-lying.js";
import { picker } from "/static/picker.js";

const KEPT = "desk"; // what was chosen last, as long as the window is open
const SEEN = "desk-about"; // what the server said last

let about = null; // what the server says there is
const chosen = JSON.parse(sessionStorage.getItem(KEPT) ?? "{}");

const keep = (more) => {
  Object.assign(chosen, more);
  sessionStorage.setItem(KEPT, JSON.stringify(chosen));
};

const TABS = [
  ["print", "Print", print],
  ["clinic", "Clinic’s details", (part) => details(part, about.clinic, (clinic) => { keep({ clinic }); load(); })],
  ["todo", "To do", todo],
  ["sign", "Sign", sign],
  ["begin", "Begin", (part) => part.append(make("h3", {}, "Another leaflet"), leaflets(), make("h3", {}, "Another language"), languages())],
];

preview.view("desk", {
  unsaved: () => Boolean(document.querySelector(".desk [data-unsaved]")),
  async start(panel) {
    document.querySelector("#panel-name").textContent = "Print desk";
    const part = make("div", { id: "desk-part", tabindex: "-1" });
    const tabs = TABS.map(([name, title]) =>
      make("button", { type: "button", "data-tab": name, onclick: () => open(name, true) }, title));
    panel.replaceChildren(make("div", { class: "desk" }, make("nav", { class: "desk-tabs", "aria-label": "Print desk" }, ...tabs), part));
    about = JSON.parse(sessionStorage.getItem(SEEN) ?? "null");
    if (about) open(chosen.tab ?? "print");
    else part.append(make("p", { role: "status" }, "Looking at all leaflets ..."));
    const first = !about;
    if ((await load()) && first) open(chosen.tab ?? "print");
  },
});

/** What there is, as the server knows it now; what was known before is used until it has answered. */
async function load() {
  const there = await preview.ask("/api/desk/overview", { clinic: chosen.clinic ?? "" });
  if (there.failed) {
    document.querySelector("#desk-part").replaceChildren(failed(there));
    return false;
  }
  about = there;
  sessionStorage.setItem(SEEN, JSON.stringify(about));
  return true;
}

/** Show one part; `focus`: because somebody asked for it. */
function open(name, focus = false, ...more) {
  if (document.querySelector(".desk [data-unsaved]") && !confirm("There are changes that are not saved. Leave them?")) return;
  keep({ tab: name });
  for (const tab of document.querySelectorAll("[data-tab]")) {
    if (tab.dataset.tab === name) tab.setAttribute("aria-current", "true");
    else tab.removeAttribute("aria-current");
  }
  if (!about) return; // it is shown once the server has answered
  const part = document.querySelector("#desk-part");
  part.replaceChildren();
  TABS.find(([own]) => own === name)[2](part, ...more);
  if (focus) part.focus();
  if (name === "todo") renew(part);
}

/** Look again at what is to be done: something may have been signed or saved since. */
async function renew(part) {
  const before = JSON.stringify(about.todo);
  if ((await load()) && chosen.tab === "todo" && JSON.stringify(about.todo) !== before) {
    part.firstChild.replaceChildren();
    ofTexts(part.firstChild);
  }
}

export function failed(answer) {
  return make("div", { class: "desk-wrong", role: "alert" }, make("p", {}, `This could not be done: ${answer.failed}.`), ...(answer.findings?.length ? [make("ul", {}, ...answer.findings.map(told))] : []));
}

function select(label, options, now, change) {
  const list = make("select", {}, ...options.map(([value, text, more = {}]) => make("option", { value, selected: value === now, ...more }, text)));
  list.addEventListener("change", () => change(list.value));
  return make("label", {}, `${label} `, list);
}

// ------------------------------------------------------------------------- print

function leafletOf(name) {
  return about.leaflets.find((each) => each.name === name) ?? about.leaflets[0];
}

function print(part) {
  const leaflet = about.leaflets.find((each) => each.name === preview.leaflet);
  if (!leaflet) {
    part.append(make("p", {}, "This leaflet cannot be read: choose another one at the top, or look into Write."));
    return;
  }
  const language = leaflet.languages.find((each) => each.name === preview.locale) ?? leaflet.languages[0];
  const own = language === leaflet.languages[0];
  const layouts = about.layouts.filter((each) => leaflet.layouts.includes(each.name) && !(own && each.two));
  const layout = layouts.find((each) => each.name === chosen.layout) ?? layouts[0];
  const again = (more) => {
    keep(more);
    part.replaceChildren();
    print(part);
  };
  const go = (name, locale) => location.assign(`/${encodeURIComponent(locale)}/${encodeURIComponent(name)}/desk`);
  const home = layouts.filter((each) => each.home);
  const away = layouts.filter((each) => !each.home);
  const kinds = make("select", {}, ...[["", home], ["On paper of other countries", away]].flatMap(([title, own]) => {
    const options = own.map((each) => make("option", { value: each.name, selected: each.name === layout?.name }, each.title));
    return title && own.length ? [make("optgroup", { label: title }, ...options)] : options;
  }));
  kinds.addEventListener("change", () => {
    keep({ layout: kinds.value });
    result.replaceChildren();
    look(kinds.value);
  });
  const copies = make("input", { type: "number", min: "1", max: "9999", value: chosen.copies ?? "1", inputmode: "numeric" });
  copies.addEventListener("input", () => { keep({ copies: copies.value }); count(); });
  const prepare = make("button", { type: "submit", class: "main" }, "Prepare the file");
  const result = make("div", { id: "desk-file", "aria-live": "polite" });
  let ready = null;

  function count() {
    const line = result.querySelector(".desk-count");
    if (line && ready) line.textContent = paperFor(ready, Number(copies.value) || 1);
  }

  const form = make("form", { class: "desk-choice", "aria-label": "What to print" },
    ...(about.clinics.length > 1 ? [select("Clinic", about.clinics.map((each) => [each, each]), about.clinic, async (clinic) => { keep({ clinic }); await load(); again({}); })] : []),
    picker("desk-leaflet", about.leaflets, leaflet.name, (name) => go(name, about.leaflets.find((each) => each.name === name).languages.some((each) => each.name === language.name) ? language.name : leaflet.languages[0].name)),
    select("Language", leaflet.languages.map((each) => [each.name, `${each.own} (${each.english})`]), language.name, (name) => go(leaflet.name, name)),
    make("label", {}, "Kind ", kinds), make("label", {}, "Copies ", copies), prepare);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    keep({ layout: kinds.value });
    prepare.disabled = true;
    result.replaceChildren(make("p", {}, "The file is being made ready. This takes some seconds ..."));
    ready = await preview.send("/api/desk/print", { clinic: about.clinic, leaflet: leaflet.name, locale: language.name, layout: kinds.value });
    prepare.disabled = false;
    result.replaceChildren(...file(ready, leaflet));
    count();
    result.querySelector("button")?.focus();
  });
  part.append(make("h3", {}, "Print a leaflet"), form, result);
}

/** Have the page beside be the one that is printed. */
function look(layout) {
  const list = document.querySelector("#layouts");
  if (list.value === layout || ![...list.options].some((each) => each.value === layout)) return;
  list.value = layout;
  list.dispatchEvent(new Event("change"));
}

function paperFor(ready, copies) {
  const { each, cards } = ready.sheets;
  if (cards) {
    const needed = Math.ceil(copies / cards);
    return `${copies === 1 ? "1 card" : `${copies} cards`}: set Copies to ${needed} in the print window (${ready.copies}).`;
  }
  const sheets = copies * each;
  return `${copies === 1 ? "1 copy" : `${copies} copies`}: set Copies to ${copies} in the print window; ${sheets === 1 ? "1 sheet" : `${sheets} sheets`} of paper.`;
}

const NOTICES = {
  draft: "This translation is a draft: no clinical translator has approved it. Every page says so. Do not hand it out to patients yet.",
  sample: "This leaflet is a sample: no clinician has signed it off. Every page says so. Do not hand it out to patients yet.",
};

function file(ready, leaflet) {
  if (ready.failed) return [failed(ready)];
  if (!ready.path) return [make("div", { class: "desk-wrong", role: "alert" }, make("p", {}, `Nothing can be printed: ${ready.why}.`), make("ul", {}, ...(ready.findings ?? []).slice(0, 8).map(told)))];
  const address = `/api/desk/file/${ready.path}`;
  const warnings = [];
  if (ready.draft) warnings.push(NOTICES.draft);
  if (ready.sample) warnings.push(NOTICES.sample);
  const rows = [
    ["Paper", ready.paper],
    ["Size in the print window", "“Actual size” or 100 %, not “Fit to page”"],
    ["Pages", String(ready.pages)],
    ["Afterwards", ready.then],
    ...(ready.changed ? [["Note", ready.changed]] : []),
  ];
  return [
    ...warnings.map((text) => make("p", { class: "desk-warning" }, make("b", {}, "Careful: "), text)),
    make("h3", {}, "Ready: ", make("span", { lang: leaflet.tag, dir: "auto" }, leaflet.title), ` (${ready.title})`),
    make("p", { class: "desk-count" }),
    make("dl", { class: "desk-advice" }, ...rows.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)])),
    make("p", { class: "desk-buttons" },
      make("button", { type: "button", class: "main", onclick: () => paper(address, document.querySelector(".desk-count")?.textContent ?? "") }, "Print ..."),
      make("a", { href: address, target: "_blank", rel: "noopener" }, "Open the file")),
  ];
}

/** Show the file that is printed, and have the browser print it; where it does not by itself, its viewer has a sign for that. */
function paper(address, how) {
  document.querySelector("#desk-paper")?.remove();
  const frame = make("iframe", { title: "The file that is printed", src: address });
  const shown = make("dialog", { id: "desk-paper", "aria-label": "Print" },
    make("p", {}, make("b", {}, how), " If no print window opens, choose the sign of a printer above the page, or press Ctrl+P."),
    frame,
    make("p", {}, make("button", { type: "button", onclick: () => shown.close() }, "Close"), " ", make("a", { href: address, target: "_blank", rel: "noopener" }, "Open the file in a window of its own")));
  shown.addEventListener("close", () => shown.remove());
  frame.addEventListener("load", () => {
    try {
      frame.contentWindow.focus();
      frame.contentWindow.print();
    } catch {
      // the viewer is of another kind: its own sign prints
    }
  });
  document.body.append(shown);
  shown.showModal();
}

// ------------------------------------------------------------------------- to do

const RANKS = ["At once", "Before patients get it", "Drafts, and what else is open", "Not begun"];

function todo(part) {
  const texts = make("div", {});
  const made = make("div", { class: "desk-lying" });
  part.append(texts, made);
  ofTexts(texts);
  lying(made, about);
}

/** What is to be done with the texts. */
function ofTexts(part) {
  part.append(make("h3", {}, "What is to be done, and by whom"));
  if (!about.todo.length) {
    part.append(make("p", {}, "Nothing: every text is translated, approved and signed off."));
    return;
  }
  const only = make("select", {}, ...["", ...new Set(about.todo.map((each) => each.who))].map((who) => make("option", { value: who }, who || "everybody")));
  const list = make("div", {});
  const fill = () => {
    const own = about.todo.filter((each) => !only.value || each.who === only.value);
    list.replaceChildren(...RANKS.flatMap((title, rank) => {
      const those = own.filter((each) => each.rank === rank);
      if (!those.length) return [];
      const lines = those.map((each) => make("li", {}, make("b", {}, each.about), ...(each.leaflet && !each.words ? [" ", make("small", {}, each.leaflet)] : []), `: ${each.what}. `, make("span", { class: "how" }, `${each.who[0].toUpperCase()}${each.who.slice(1)}: ${each.do}.`), " ",
        ...(each.leaflet && !each.sign ? [make("a", { href: `/${each.locale || leafletOf(each.leaflet)?.languages[0].name || preview.locale}/${each.leaflet}/${each.locale ? "translate" : "write"}${each.words ? "#words" : ""}` }, each.locale ? `Open Translate for ${each.about}` : `Open Write for ${each.about}`)] : []),
        ...(each.sign ? [make("button", { type: "button", onclick: () => { keep({ signing: each.leaflet, signed: each.locale }); open("sign", true); } }, each.locale ? `Approve ${each.about}` : `Sign off ${each.about}`)] : [])));
      const many = lines.length > 12;
      const body = make("ul", {}, ...lines);
      return [many ? make("details", {}, make("summary", {}, `${title} (${lines.length})`), body) : make("div", {}, make("h4", {}, `${title} (${lines.length})`), body)];
    }));
  };
  only.addEventListener("change", fill);
  part.append(make("p", {}, make("label", {}, "For ", only)), list);
  fill();
}

// ------------------------------------------------------------------------- sign

function sign(part) {
  const leaflet = leafletOf(chosen.signing ?? preview.leaflet);
  if (!leaflet) {
    part.append(make("p", {}, "There is no leaflet that can be read."));
    return;
  }
  const [first] = leaflet.languages;
  const locale = leaflet.languages.some((each) => each.name === chosen.signed) ? chosen.signed : "";
  const again = (more) => {
    keep(more);
    part.replaceChildren();
    sign(part);
  };
  const options = [["", `as it is written (${first?.own ?? ""}): a clinician signs it off`], ...leaflet.languages.slice(1).map((each) => [each.name, `${each.own} (${each.english}): a clinical translator approves it`])];
  const begin = make("button", { type: "submit", class: "main" }, "Show what is signed");
  const body = make("div", { id: "desk-signing" });
  const form = make("form", { class: "desk-choice", "aria-label": "What is signed" },
    picker("desk-leaflet", about.leaflets, leaflet.name, (signing) => again({ signing })),
    select("Text", options, locale === first?.name ? "" : locale, (signed) => again({ signed })), begin);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const language = locale || first.name;
    if (preview.leaflet !== leaflet.name || preview.locale !== language) { // the page beside is to be that of the text
      keep({ signing: leaflet.name, signed: locale, showing: true });
      location.assign(`/${encodeURIComponent(language)}/${encodeURIComponent(leaflet.name)}/desk`);
      return;
    }
    begin.disabled = true;
    body.replaceChildren(make("p", { role: "status" }, "The texts are being read and checked ..."));
    const there = await preview.ask("/api/desk/texts", { clinic: about.clinic, leaflet: leaflet.name, locale });
    begin.disabled = false;
    body.replaceChildren(...(there.failed ? [failed(there)] : reading(there, leaflet, locale, body)));
    body.querySelector("button, li")?.focus();
  });
  part.append(make("h3", {}, "Sign off or approve"), form, body);
  if (chosen.showing) {
    keep({ showing: false });
    form.requestSubmit();
  }
}

function reading(there, leaflet, locale, body) {
  if (there.key) return [make("p", { class: "desk-wrong" }, "Signatures need a key here (require-signature = true in the settings). Sign with the command: ", make("code", {}, locale ? `plainleaf approve ${locale} ${leaflet.name} --by "Name, role" --key FILE` : `plainleaf sign-off ${leaflet.name} --by "Name, role" --key FILE`))];
  if (there.obstacles.length) return [make("div", { class: "desk-wrong", role: "alert" }, make("p", {}, "It cannot be signed yet:"), make("ul", {}, ...there.obstacles.map((each) => make("li", {}, each))), make("p", {}, "Translate and Write show what is wrong, and how to fix it."))];
  const seen = new Set();
  const left = make("p", { role: "status", class: "desk-left" });
  const name = make("input", { id: "desk-by", required: true, autocomplete: "name", "aria-describedby": "desk-by-help" });
  const give = make("button", { type: "submit", class: "main", disabled: true }, locale ? "Approve this translation" : "Sign this leaflet off");
  const count = () => {
    const open = there.rows.length - seen.size;
    left.textContent = open ? `${open} of ${there.rows.length} safety texts are still to be read.` : `All ${there.rows.length} safety texts have been read.`;
    give.disabled = open > 0;
  };
  const rows = there.rows.map((row, number) => {
    const button = make("button", { type: "button", "aria-pressed": "false" }, "I have read this, and it is right");
    button.addEventListener("click", () => {
      const on = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", String(on));
      if (on) seen.add(row.id);
      else seen.delete(row.id);
      count();
      if (on) list.querySelector('button[aria-pressed="false"]')?.focus();
    });
    button.setAttribute("aria-label", `I have read text ${number + 1}, and it is right`);
    return make("li", { class: "desk-text" }, make("p", { lang: locale ? undefined : there.tag, class: locale ? "desk-source" : "" }, row.source), ...(locale ? [make("p", { lang: there.tag, dir: "auto" }, row.said)] : []), ...(row.back ? [make("p", { class: "desk-source" }, `Literally: ${row.back}`)] : []), button);
  });
  const list = make("ol", { class: "desk-texts" }, ...rows);
  const result = make("div", { role: "status" });
  const form = make("form", { "aria-label": "Signature" },
    make("p", {}, make("label", { for: "desk-by" }, "Who signs: name, role"), make("br"), name, make("small", { id: "desk-by-help" }, " such as: A. Sample, nurse. It is printed on the leaflet.")), give, result);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    give.disabled = true;
    const done = await preview.send("/api/desk/sign", { clinic: about.clinic, leaflet: leaflet.name, locale, by: name.value, digest: there.digest, seen: [...seen] });
    give.disabled = false;
    if (done.done) {
      const what = locale ? "Approved" : "Signed off";
      body.replaceChildren(make("p", { class: "desk-good", role: "status", tabindex: "-1" }, `${what} by ${name.value.trim()}. ${done.second ? "A second person has to sign too (signatures = 2 in the settings)." : "The files that are made from now on say so."}`));
      body.firstChild.focus();
      about.todo = about.todo.filter((each) => !(each.sign && each.leaflet === leaflet.name && each.locale === locale));
      load();
    } else if (done.changed) {
      result.replaceChildren(make("p", { class: "desk-wrong" }, "A text has changed while you read. Choose “Show what is signed” again."));
    } else result.replaceChildren(done.failed ? failed(done) : make("div", { class: "desk-wrong" }, make("p", {}, "It was not signed:"), make("ul", {}, ...(done.findings ?? []).map(told))));
  });
  count();
  return [
    make("p", {}, `A mistake in a safety text can harm. Read each one; the ${there.others} other texts are on the page beside and in ${locale ? "Translate" : "Write"}.`),
    left, list, form,
  ];
}
