"""New messages into catalogs: templates, new catalogs, and the merge that loses no translated word."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import reduce

from plainleaf.model import Message, State
from plainleaf.translations import notes
from plainleaf.translations.memory import Guard, Memory
from plainleaf.translations.po import Catalog, Entry

_OURS = frozenset({"python-brace-format", "python-format"})  # flags that extraction decides, not the translator


def template(messages: Sequence[Message], project: str, created: str) -> Catalog:
    """A .pot: all messages without translations.

    ``created`` is the source's date, "YYYY-MM-DD", so that a template changes only when its messages do.
    """
    fields = {
        "Project-Id-Version": project,
        "Report-Msgid-Bugs-To": "",
        "POT-Creation-Date": f"{created} 00:00+0000",
        "PO-Revision-Date": "YEAR-MO-DA HO:MI+ZONE",
        "Last-Translator": "FULL NAME <EMAIL@ADDRESS>",
        "Language-Team": "LANGUAGE <LL@li.org>",
        "Language": "",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    about = [f" Messages of {project}. The text is medical: read the guide first (plainleaf guide translating)."]
    entries = (_fresh(message) for message in messages)
    return Catalog("", _header(fields), about, True, {entry.key: entry for entry in entries})


def new(messages: Sequence[Message], project: str, created: str, language: str, team: str, plural: str) -> Catalog:
    """An empty catalog of a locale."""
    base = template(messages, project, created)
    fields = base.headers | {
        "PO-Revision-Date": f"{created} 00:00+0000",
        "Last-Translator": "nobody yet",
        "Language-Team": team,
        "Language": language,
        "Plural-Forms": plural,
    }
    return replace(base, header=_header(fields), comments=[f" {team} translation of {project}."], fuzzy=False)


def _header(fields: Mapping[str, str]) -> str:
    return "".join(f"{name}: {value}\n" for name, value in fields.items())


def _fresh(message: Message) -> Entry:
    files = list(dict.fromkeys(at.file for at in message.at))  # files only: no diff noise
    return Entry((message.context, message.text), "", [], list(message.comments), files, set(message.flags))


def update(catalog: Catalog, fresh: Catalog, guard: Guard) -> Catalog:
    """The catalog with the messages of today, those of ``fresh`` (which ``new`` has made).

    No word of a translator's is lost: each translation is current, fuzzy or obsolete after, each comment stands at its
    entry. A translation is proposed for a new message (as fuzzy, with the previous text) only where ``guard`` allows.
    """
    result = replace(catalog, header=_joined(catalog.header, fresh.headers), live={}, gone={})
    origins: dict[str, Entry] = {}
    memory = _memory(catalog, guard, origins)
    for key, entry in fresh.live.items():
        if key in catalog.live or key in catalog.gone:
            result.live[key] = _kept(entry, catalog.live.get(key), catalog.gone.get(key))
        elif proposal := memory.recall(key[1]):
            result.live[key] = _proposed(entry, proposal.translation, origins[proposal.made_for])
        else:
            result.live[key] = entry
    for entry in (*catalog.live.values(), *catalog.gone.values()):
        entry = entry if entry.key in fresh.live else replace(entry, comments=notes.others(entry.comments))
        if entry.key not in fresh.live and (entry.begun or entry.comments):
            twin = result.gone.get(entry.key)
            result.gone[entry.key] = _one_of(twin, entry) if twin else entry
    return result


def _one_of(first: Entry, second: Entry) -> Entry:
    """Two entries of one message as one: the translation that there is, and the comments of both."""
    known, other = (first, second) if first.begun or not second.begun else (second, first)
    return replace(known, comments=[*known.comments, *(each for each in other.comments if each not in known.comments)])


def _kept(entry: Entry, live: Entry | None, gone: Entry | None) -> Entry:
    """An entry with what the catalog has for the same message."""
    found = [old for old in (live, gone) if old]
    known = reduce(_one_of, found)
    # where both stand, Babel wrote the file, and the obsolete one may have lost its fuzzy mark
    doubt = {"fuzzy"} if live and gone and known.begun else set()
    flags = entry.flags | (known.flags - _OURS) | doubt
    fuzzy = known.begun and "fuzzy" in flags
    comments = known.comments if fuzzy else [each for each in known.comments if not notes.is_draft(each)]
    made = replace(entry, string=known.string, plural=known.plural, forms=known.forms, comments=comments, flags=flags)
    return replace(made, previous=known.previous, previous_plural=known.previous_plural) if fuzzy else made


def _proposed(entry: Entry, translation: str, origin: Entry) -> Entry:
    """An entry with a translation that was made for another message."""
    flags = entry.flags | (origin.flags - _OURS) | {"fuzzy"}
    return replace(entry, string=translation, comments=notes.others(origin.comments), flags=flags, previous=origin.key)


def _memory(catalog: Catalog, guard: Guard, origins: dict[str, Entry]) -> Memory:
    """What the catalog remembers; ``origins`` gets the entry of each text.

    Only what somebody has checked: a fuzzy translation may say another dose than its text.
    """
    memory = Memory(guard)
    for entry in (*catalog.live.values(), *catalog.gone.values()):
        if entry.state is State.CURRENT and not entry.plural:
            origins.setdefault(entry.key[1], entry)
            memory.learn(entry.key[1], entry.string)
    return memory


def _joined(header: str, fresh: Mapping[str, str]) -> str:
    """The header as it was, with today's date of the source, UTF-8 and the fields that it lacks."""
    lines = [line for line in header.split("\n") if line]
    for index, line in enumerate(lines):
        name = line.partition(":")[0]
        if name == "POT-Creation-Date":
            lines[index] = f"{name}: {fresh[name]}"
        elif name == "Content-Type":
            lines[index] = re.sub(r"charset=\S+", "charset=UTF-8", line)
    there = {line.partition(":")[0] for line in lines}
    lines += [f"{name}: {value}" for name, value in fresh.items() if name not in there]
    return "".join(f"{line}\n" for line in lines)
