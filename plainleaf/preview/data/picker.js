// A field that finds a leaflet by what is in its title or in the name of its file (WAI-ARIA, combobox with a listbox).

import { make } from "/static/preview.js";

const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** Whether each word that was typed is in a leaflet's title or name. */
const fits = (leaflet, typed) => folded(typed).split(/\s+/).every((word) => folded(`${leaflet.title} ${leaflet.name}`).includes(word));

/** A leaflet by its title, with the name of its file small. */
export function titled(leaflet) {
  return [make("span", { lang: leaflet.tag || null, dir: "auto" }, leaflet.title), " ", make("small", {}, leaflet.name)];
}

/** The field, for all leaflets ({name, title, tag}) of which `now` is chosen; `choose` hears the name of another one. */
export function picker(id, every, now, choose) {
  const leaflets = [...every].sort((one, other) => one.title.localeCompare(other.title));
  const own = leaflets.find((each) => each.name === now) ?? { name: now, title: now };
  const list = make("ul", { id: `${id}-list`, role: "listbox", "aria-label": "Leaflets", hidden: true });
  const count = make("span", { class: "unseen", role: "status" });
  const field = make("input", {
    id, type: "text", role: "combobox", autocomplete: "off", spellcheck: "false", dir: "auto", "aria-autocomplete": "list",
    "aria-controls": `${id}-list`, "aria-expanded": "false", "aria-describedby": `${id}-file`, lang: own.tag || null, title: own.title,
  });
  field.value = own.title;
  let there = [];
  let at = -1;

  function open(typed = "") {
    there = leaflets.filter((each) => fits(each, typed));
    at = there.findIndex((each) => each.name === now);
    list.replaceChildren(...there.map((each, number) => make("li", {
      id: `${id}-${number}`, role: "option", onpointerdown: (event) => event.preventDefault(), onclick: () => take(each),
    }, ...titled(each))));
    if (!there.length) list.append(make("li", { role: "option", "aria-disabled": "true" }, "No title and no file name has this in it"));
    list.hidden = false;
    field.setAttribute("aria-expanded", "true");
    count.textContent = there.length === 1 ? "1 leaflet" : `${there.length} leaflets`;
    mark();
  }

  function mark() {
    [...list.children].forEach((each, number) => each.setAttribute("aria-selected", String(number === at)));
    if (at < 0) field.removeAttribute("aria-activedescendant");
    else {
      field.setAttribute("aria-activedescendant", `${id}-${at}`);
      list.children[at].scrollIntoView({ block: "nearest" });
    }
  }

  function close() {
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
    field.value = own.title;
    count.textContent = "";
  }

  function take(leaflet) {
    close();
    if (leaflet.name !== now) choose(leaflet.name);
  }

  field.addEventListener("focus", () => field.select());
  field.addEventListener("click", () => list.hidden && open());
  field.addEventListener("input", () => {
    open(field.value);
    at = there.length ? 0 : -1;
    mark();
  });
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by && list.hidden) open();
    else if (by && there.length) at = (at + by + there.length) % there.length;
    else if (event.key === "Escape" && !list.hidden) close();
    else if (event.key === "Enter") {
      if (!list.hidden && at >= 0) take(there[at]);
    } else return;
    event.preventDefault();
    if (!list.hidden) mark();
  });
  return make("div", { class: "picker" }, make("label", { for: id }, "Leaflet"), make("div", { class: "picked" }, field, list, make("small", { id: `${id}-file` }, own.name), count));
}
