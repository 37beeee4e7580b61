// Marks over the page: where something is wrong, as far as its place is on it.

import { preview } from "/static/preview.js";

const place = (at) => (at ? (typeof at === "string" ? at : at.line ? `${at.file}:${at.line}` : at.file) : "");

/** Mark the texts that `findings` are about: each has `at` and `po`, a `severity`, and a `number` that the list has too; "" for none. */
export function paint(findings) {
  if (preview.layout) onPaper(findings);
  else onScreen(findings);
}

function onPaper(findings) {
  const sheet = document.querySelector("#sheet");
  let layer = document.querySelector("#marks");
  if (!layer) {
    layer = Object.assign(document.createElement("div"), { id: "marks", ariaHidden: "true" });
    layer.setAttribute("aria-hidden", "true");
    sheet.append(layer);
  }
  layer.replaceChildren(...findings.flatMap((finding) => {
    const spot = preview.spots.find((each) => (finding.po && each.po === place(finding.po)) || each.at === place(finding.at));
    if (spot) return spot.boxes.map((box, part) => mark(finding, box, part === 0));
    return finding.page === preview.page ? [mark(finding, [0.01, 0.01, 0.98, 0.98], true)] : [];
  }));
}

function mark(finding, box, first) {
  const [left, top, width, height] = box.map((each) => `${100 * each}%`);
  const made = document.createElement("div");
  made.className = `mark ${finding.severity}`;
  Object.assign(made.style, { left, top, width, height });
  if (first && finding.number) made.append(Object.assign(document.createElement("b"), { textContent: finding.number }));
  return made;
}

const COLOURS = { error: "#8f1d14", warning: "#8a5a00", long: "#8a5a00", hard: "#2a4f9e" };

function onScreen(findings) {
  const inside = document.querySelector("#edition").contentDocument;
  for (const each of inside?.querySelectorAll("[data-at]") ?? []) {
    const found = findings.find((finding) => (finding.po && each.dataset.po === place(finding.po)) || each.dataset.at === place(finding.at));
    const start = getComputedStyle(each).direction === "rtl" ? "0.3rem" : "-0.3rem"; // beside the letters, not over them
    each.style.boxShadow = found ? `${start} 0 ${COLOURS[found.severity] ?? COLOURS.warning}` : "";
  }
}
