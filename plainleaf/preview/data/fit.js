// What does not fit: marked on the printed page where it is, listed beside it with how many characters have to go.

import { make, preview, told } from "/static/preview.js";
import { paint } from "/static/marks.js";

const GROUPS = [
  ["Too long", ["fit-pages", "fit-overflow", "fit-lost", "fit-covered", "fit-overlap"]],
  ["Letters that are missing", ["glyph-missing", "font-fallback", "glyph-absent"]],
  ["Too small, too pale", ["fit-small", "fit-contrast", "fit-grey", "fit-leading", "fit-long-lines", "fit-dots"]],
  ["White pages, torn texts", ["fit-white", "fit-empty", "fit-heading", "fit-alone", "fit-row", "fit-section", "fit-box-torn", "fit-broken"]],
  ["Emergency panel, draft and sample marks", ["fit-first-danger", "fit-acting", "fit-notice"]],
];
const REST = "What else was found";
const LOSE = /(\d+) characters?\b/; // in a finding of the first group

/** How many characters have to go for a finding, 0 if it does not say so. */
const excessive = (each) => (GROUPS[0][1].includes(each.check) ? Number(LOSE.exec(each.message)?.[1] ?? 0) : 0);

let panel = null;

/** What concerns the page: all that was found on it, and of the text what keeps it from being printed as it is meant. */
function found() {
  const page = preview.layout ? preview.findings.page : [];
  const text = preview.findings.text.filter((each) => each.severity === "error" || GROUPS.some(([, ids]) => ids.includes(each.check)));
  const every = [...page, ...text].filter((each) => each.severity === "error" || each.severity === "warning");
  const once = [...new Map(every.map((each) => [JSON.stringify(each), each])).values()];
  return once.map((each, number) => ({ ...each, number: String(number + 1), page: Number(/\bpage (\d+)\b/.exec(each.message)?.[1] ?? 0) }));
}

preview.view("fit", {
  start(where) {
    document.querySelector("#panel-name").textContent = "Fit on the page";
    panel = where;
    show();
  },
  findings: show,
  spots: show,
  shown: show,
  chosen: () => {},
  everywhere(what) {
    if (what === "spots" || what === "findings" || what === "shown") paint(found().filter((each) => each.severity === "error").map((each) => ({ ...each, number: "" })));
  },
});

function show() {
  if (!panel) return;
  const every = found();
  paint(every);
  const excess = every.filter(excessive);
  const lead = !preview.layout
    ? "Choose a printed page under “Show” at the top: then you see what does not fit there."
    : excess.length
      ? excess.map((each) => `${excessive(each)} characters have to go (${each.number})`).join("; ")
      : every.length ? "" : "Everything fits, as far as it has been looked at.";
  const groups = [...GROUPS, [REST, null]].map(([title, ids]) => [title, every.filter((each) => (ids ? ids.includes(each.check) : !GROUPS.some(([, own]) => own.includes(each.check))))]);
  panel.replaceChildren(
    make("p", { class: "fit-lead", role: "status" }, lead),
    ...groups.filter(([, those]) => those.length).flatMap(([title, those]) => [make("h3", {}, title), make("ol", { class: "fit-list" }, ...those.map(line))]),
  );
}

function line(finding) {
  const item = told(finding);
  const at = finding.at.line ? `${finding.at.file}:${finding.at.line}` : finding.at.file;
  const po = finding.po ? `${finding.po.file}:${finding.po.line}` : "";
  item.value = Number(finding.number);
  item.append(" ", make("button", { type: "button", "aria-label": `Show ${finding.number} on the page`, onclick: () => preview.show([po, at], true) }, "Show"));
  return item;
}
