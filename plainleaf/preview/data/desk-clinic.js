// The form for a clinic's details: each value is checked as it is typed, only what was changed is sent.

import { titled } from "/static/picker.js";
import { make, preview } from "/static/preview.js";

const PAUSE = 350; // ms after the last key before what was typed is checked

/** Fill `part` with the form of a clinic; `other`: hears which other one somebody chooses. */
export async function details(part, clinic, other) {
  part.append(make("h3", {}, "The clinic’s details"), make("p", { role: "status" }, "Reading the file ..."));
  const there = await preview.ask("/api/desk/clinic", { clinic: clinic ?? "" });
  part.replaceChildren(make("h3", {}, "The clinic’s details"));
  if (there.failed) {
    part.append(make("p", { class: "desk-wrong", role: "alert" }, `${there.failed}.`));
    return;
  }
  if (there.clinics.length > 1) {
    const list = make("select", {}, ...there.clinics.map((each) => make("option", { value: each, selected: each === there.clinic }, each)));
    list.addEventListener("change", () => {
      if (part.querySelector("[data-unsaved]") && !confirm("There are changes that are not saved. Leave them?")) {
        list.value = there.clinic;
        return;
      }
      other(list.value);
      part.replaceChildren();
      details(part, list.value, other);
    });
    part.append(make("p", {}, make("label", {}, "Clinic ", list)));
  }
  new Form(part, there, other);
}

class Form {
  constructor(part, there, other) {
    this.there = there;
    this.other = other;
    this.added = false; // whether there are hours or contacts that the file did not have
    this.inputs = []; // { key, was, input, read }
    this.removals = []; // keys of tables that somebody takes out
    this.timer = 0;
    this.number = 0;
    this.asked = 0;
    this.state = make("p", { role: "status", class: "desk-saved" });
    this.save = make("button", { type: "submit", class: "main", disabled: true }, "Save");
    this.form = make("form", { class: "desk-form", "aria-label": `Details of ${there.clinic}`, novalidate: true },
      ...there.groups.map((group) => this.group(group)),
      this.hours(), this.closed(),
      this.contacts("services"), this.contacts("helplines"), this.orders(),
      make("div", { class: "desk-save" }, this.save, this.state));
    this.form.addEventListener("input", () => this.changed());
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    part.append(make("p", {}, `Kept in ${there.file}. What is not changed here stays in the file as it is, comments too.`), this.form);
    this.show(there.findings);
  }

  // ----------------------------------------------------------------------- fields

  /** A field for the value of a key. `absent`: what emptying it means, "" or nothing at all. */
  field(key, field, value, { lines = false, empty = "", tag = null } = {}) {
    const id = `desk-f${this.number++}`;
    const shown = lines ? (value ?? []).join("\n") : value ?? "";
    const kinds = { tel: "tel", url: "url", email: "email" };
    const attributes = { id, "aria-describedby": `${id}-help ${id}-wrong`, spellcheck: "false", autocomplete: "off", lang: tag, dir: tag ? "auto" : null };
    const input = lines ? make("textarea", { ...attributes, rows: Math.max(2, (value ?? []).length + 1) }) : make("input", { ...attributes, type: kinds[field.kind] ?? "text", inputmode: kinds[field.kind] ?? null });
    input.value = shown;
    if (field.needed) input.setAttribute("aria-required", "true");
    const wrong = make("span", { id: `${id}-wrong`, class: "desk-fault" });
    const read = () => {
      const typed = lines ? input.value.split("\n").map((each) => each.trim()).filter(Boolean) : input.value;
      const nothing = lines ? !typed.length : typed === "";
      if (!nothing) return typed;
      return value === undefined || value === null ? null : empty;
    };
    this.inputs.push({ key, was: value ?? null, input, read, wrong });
    const choosing = field.kind === "picture" ? [this.picture(field, input)] : [];
    return make("div", { class: "desk-field", "data-key": key.join(".") }, make("label", { for: id }, field.label, ...(field.needed ? [make("span", { class: "desk-needed" }, " (needed)")] : [])), input, wrong, make("small", { id: `${id}-help` }, field.help ?? ""), ...choosing);
  }

  /** What copies a picture of this computer to those of the leaflets, and names it in its field. */
  picture(field, input) {
    const said = make("span", { role: "status" });
    const file = make("input", { type: "file", accept: ".svg,.png,.jpg,.jpeg", "aria-label": `${field.label}: choose a picture on this computer` });
    file.addEventListener("input", (event) => event.stopPropagation()); // the form hears of it once it is copied
    file.addEventListener("change", async () => {
      if (!file.files[0]) return;
      said.textContent = "The picture is being copied ...";
      const answer = await preview.picture(file.files[0]);
      file.value = "";
      said.textContent = answer.failed ? `It was not copied: ${answer.failed}.` : `Copied to sources/${answer.path}. Save to have it on your leaflets.`;
      if (answer.failed) return;
      input.value = answer.path;
      this.changed();
      const words = this.form.querySelector(`[data-key="${field.key}-alt"] input`);
      if (!words.value) words.focus();
    });
    return make("span", { class: "desk-picture" }, file, " ", said);
  }

  section(title, ...parts) {
    return make("fieldset", {}, make("legend", {}, title), ...parts);
  }

  group(group) {
    const values = this.there.values;
    return this.section(group.title, ...group.fields.map((field) => this.field([field.key], field, values[field.key], {
      lines: field.kind === "lines",
      empty: field.key === "emergency-number-checked" ? null : field.kind === "lines" ? [] : "",
    })));
  }

  hours() {
    const list = make("div", {});
    let next = 0;
    const add = (entry) => {
      const number = next++;
      const group = make("div", { class: "desk-hours", role: "group", "aria-label": `Opening hours ${number + 1}` });
      const days = make("div", { class: "desk-days" });
      const boxes = Object.entries(this.there.days).map(([day, name]) => {
        const box = make("input", { type: "checkbox", value: day });
        box.checked = entry?.days?.includes?.(day) ?? false;
        days.append(make("label", {}, box, ` ${name}`));
        return box;
      });
      const wrong = make("span", { class: "desk-fault" });
      const was = entry?.days ?? null;
      this.inputs.push({ key: ["hours", number, "days"], was, input: boxes[0], wrong, read: () => {
        const chosen = boxes.filter((box) => box.checked).map((box) => box.value);
        return chosen.length || was ? chosen : null;
      } });
      const opens = this.field(["hours", number, "opens"], { label: "Opens", help: "such as 08:30" }, entry?.opens);
      const closes = this.field(["hours", number, "closes"], { label: "Closes", help: "such as 17:00" }, entry?.closes);
      group.append(days, wrong, opens, closes, this.remove(["hours", number], group, entry, `these hours`));
      list.append(group);
      return group;
    };
    const there = Array.isArray(this.there.values.hours) ? this.there.values.hours : [];
    there.forEach(add);
    const more = make("button", { type: "button", onclick: () => { this.added = true; add(null).querySelector("input").focus(); this.changed(); } }, "Add hours");
    return this.section(this.there.tables.hours, list, more);
  }

  closed() {
    const value = this.there.values["out-of-hours"];
    if (typeof value === "string") return this.section(this.there.tables["out-of-hours"], this.field(["out-of-hours"], this.there.closed[0], value));
    return this.section(this.there.tables["out-of-hours"], ...this.contact(["out-of-hours"], this.there.closed, value ?? {}, ["notes"]));
  }

  contact(prefix, fields, values, words) {
    const parts = fields.map((field) => this.field([...prefix, field.key], field, values[field.key], { empty: field.needed ? "" : null }));
    for (const kind of words) {
      const own = Object.entries(values[kind] ?? {}).filter(([, text]) => typeof text === "string");
      const list = make("div", {}, ...own.map(([language, text]) => this.field([...prefix, kind, language], { label: named(language) }, text, { empty: null, tag: language.replace("_", "-") })));
      const code = make("input", { "aria-label": "Language, as its folder in locales/ is called", size: "8" });
      const add = () => {
        const language = code.value.trim();
        if (!language || list.querySelector(`[data-key="${CSS.escape([...prefix, kind, language].join("."))}"]`)) return;
        list.append(this.field([...prefix, kind, language], { label: named(language) }, undefined, { empty: null, tag: language.replace("_", "-") }));
        code.value = "";
        list.lastChild.querySelector("input").focus();
      };
      const title = `${kind === "names" ? "The name" : "The note"} in other languages (${own.length})`;
      parts.push(make("details", {}, make("summary", {}, title), list, make("p", {}, code, " ", make("button", { type: "button", onclick: add }, "Add a language"))));
    }
    return parts;
  }

  contacts(kind) {
    const list = make("div", {});
    const one = kind === "services" ? "service" : "help line";
    const add = (key, values) => {
      const title = values?.name ?? `New ${one}`;
      const box = make("fieldset", { class: "desk-contact" }, make("legend", {}, title), ...this.contact([kind, key], this.there.contact, values ?? {}, ["names", "notes"]));
      box.append(this.remove([kind, key], box, values, title));
      list.append(box);
      return box;
    };
    const own = Object.entries(this.there.values[kind] ?? {}).filter(([, each]) => each && typeof each === "object");
    for (const [key, values] of own) add(key, values);
    let number = own.length;
    const free = () => {
      do number += 1; while (this.there.values[kind]?.[`line_${number}`]);
      return `line_${number}`;
    };
    const more = make("button", { type: "button", onclick: () => { this.added = true; add(free(), null).querySelector("input").focus(); this.changed(); } }, `Add a ${one}`);
    return this.section(this.there.tables[kind], list, more);
  }

  orders() {
    const values = this.there.values["order-numbers"] ?? {};
    const gone = Object.keys(values).filter((name) => !this.there.leaflets.some((each) => each.name === name));
    const every = [...this.there.leaflets, ...gone.map((name) => ({ name, title: name }))];
    return this.section(this.there.tables["order-numbers"], make("p", {}, "What each leaflet is ordered by from your printer; leave empty what has none."),
      ...every.map((each) => this.field(["order-numbers", each.name], { label: make("span", {}, ...titled(each)) }, values[each.name], { empty: null })));
  }

  remove(key, box, values, title) {
    return make("p", {}, make("button", { type: "button", onclick: () => {
      this.inputs = this.inputs.filter((each) => !starts(each.key, key));
      if (values) this.removals.push(key);
      const after = box.nextElementSibling?.querySelector("input, button") ?? box.parentElement.parentElement.querySelector(":scope > button");
      box.remove();
      after?.focus();
      this.changed();
    } }, `Delete ${title}`));
  }

  // ----------------------------------------------------------------------- changes

  changes() {
    const found = [];
    for (const { key, was, read } of this.inputs) {
      const now = read();
      if (JSON.stringify(now) !== JSON.stringify(was)) found.push({ key, was, now });
    }
    const last = [...this.removals].sort((one, other) => (typeof other.at(-1) === "number" ? other.at(-1) : 0) - (typeof one.at(-1) === "number" ? one.at(-1) : 0));
    return [...packed(found, this.removals, Array.isArray(this.there.values.hours) ? this.there.values.hours.length : 0), ...last.map((key) => ({ key, was: null, now: null }))];
  }

  changed() {
    const open = this.changes().length > 0;
    this.form.toggleAttribute("data-unsaved", open);
    this.save.disabled = !open;
    if (open) this.state.textContent = "Not saved yet.";
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.check(), PAUSE);
  }

  async check() {
    const number = ++this.asked;
    const answer = await this.post("/api/desk/clinic/check");
    if (number === this.asked && !answer.failed) {
      this.show(answer.findings);
      this.clash(answer.conflicts);
    }
  }

  async send() {
    clearTimeout(this.timer);
    this.save.disabled = true;
    this.state.textContent = "Saving ...";
    this.asked += 1;
    const answer = await this.post("/api/desk/clinic/save");
    if (answer.failed) {
      this.state.textContent = `It was not saved: ${answer.failed}.`;
      this.save.disabled = false;
      return;
    }
    this.show(answer.findings);
    if (answer.written) {
      this.form.removeAttribute("data-unsaved");
      this.state.textContent = "Saved. Each leaflet has it as soon as it is printed here, or published. Whoever signed may have to sign again: see To do.";
      if (this.removals.length || this.added) this.renew(this.state.textContent);
      else for (const each of this.inputs) each.was = each.read();
      return;
    }
    this.save.disabled = false;
    this.clash(answer.conflicts);
    this.state.textContent = answer.conflicts.length ? "It was not saved: somebody else has changed the same details." : "It was not saved: please correct what is marked.";
    this.form.querySelector('[aria-invalid="true"]')?.focus();
  }

  /** Begin again with what the file has now. */
  async renew(said) {
    const part = this.form.parentElement;
    part.replaceChildren();
    await details(part, this.there.clinic, this.other);
    part.querySelector(".desk-saved").textContent = said;
  }

  async post(path) {
    return preview.send(path, { clinic: this.there.clinic, changes: this.changes() });
  }

  // ----------------------------------------------------------------------- what is wrong

  show(findings) {
    for (const each of this.inputs) {
      const about = findings.filter((finding) => finding.key === each.key.join("."));
      each.wrong.replaceChildren(...about.map((finding) => make("span", { class: finding.severity }, `${capital(finding.what)}. `, ...(finding.how ? [make("span", { class: "how" }, `How to fix: ${finding.how}.`)] : []))));
      if (about.some((finding) => finding.severity === "error")) each.input.setAttribute("aria-invalid", "true");
      else each.input.removeAttribute("aria-invalid");
      if (about.length && each.input === document.activeElement) each.wrong.scrollIntoView({ block: "nearest" });
    }
    const known = new Set(this.inputs.map((each) => each.key.join(".")));
    const others = findings.filter((finding) => !known.has(finding.key));
    this.form.querySelector(".desk-others")?.remove();
    if (others.length) {
      const list = others.map((finding) => make("li", { class: finding.severity }, `${finding.key ? `${finding.key}: ` : ""}${finding.what}. `, ...(finding.how ? [make("span", { class: "how" }, `How to fix: ${finding.how}.`)] : [])));
      this.form.prepend(make("ul", { class: "desk-others" }, ...list));
    }
  }

  clash(conflicts) {
    for (const each of this.inputs) {
      const found = conflicts.find((one) => one.key.join(".") === each.key.join("."));
      each.wrong.querySelector(".desk-clash")?.remove();
      if (!found) continue;
      const text = (value) => (value === null ? "nothing" : Array.isArray(value) ? value.join(", ") : `“${value}”`);
      const settle = (mine) => {
        each.was = found.there;
        if (!mine) each.input.value = Array.isArray(found.there) ? found.there.join("\n") : found.there ?? "";
        this.changed();
        each.input.focus();
      };
      each.wrong.append(make("span", { class: "desk-clash", role: "alert" }, `Somebody else has saved ${text(found.there)} here meanwhile. `,
        make("button", { type: "button", onclick: () => settle(false) }, "Take theirs"), " ", make("button", { type: "button", onclick: () => settle(true) }, "Keep mine")));
    }
  }
}

const capital = (text) => text[0].toUpperCase() + text.slice(1);

const starts = (key, prefix) => prefix.every((step, number) => key[number] === step);

function named(language) {
  try {
    return `${new Intl.DisplayNames(["en"], { type: "language" }).of(language.replace("_", "-"))} (${language})`;
  } catch {
    return language;
  }
}

/** Without what is deleted; new hours are counted on from those in the file, as some may have been deleted again. */
function packed(changes, removals, hours) {
  const left = changes.filter(({ key }) => !removals.some((gone) => starts(key, gone)));
  const fresh = [...new Set(left.filter(({ key }) => key[0] === "hours" && key[1] >= hours).map(({ key }) => key[1]))].sort((one, other) => one - other);
  return left.map((each) => (each.key[0] === "hours" && each.key[1] >= hours ? { ...each, key: ["hours", hours + fresh.indexOf(each.key[1]), each.key[2]] } : each));
}
