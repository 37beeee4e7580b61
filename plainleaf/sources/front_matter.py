"""The head of a leaflet: YAML between two ``---`` lines. Only this room imports yaml.

The YAML is read as nodes, not as values: nodes know their lines, and ``country: NO`` stays Norway (as a value it is
``False``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import NamedTuple

import yaml

from plainleaf.languages import addresses, naming
from plainleaf.model import Location, Reference
from plainleaf.model.phrases import hint_at
from plainleaf.sources import leftovers
from plainleaf.sources.characters import Notes, squash, visible

LARGEST_HEAD = 100_000  # characters; YAML is slow to read, and a head of this size is no head
DEEPEST_HEAD = 8  # levels of YAML; a good head has 3


class HeadKey(NamedTuple):
    """A key of the front matter: whether it must stand there, and what it says."""

    name: str
    needed: bool
    meaning: str


FRONT_MATTER: tuple[HeadKey, ...] = (
    HeadKey("title", True, "what the leaflet is called"),
    HeadKey("summary", True, "one sentence on what the leaflet says"),
    HeadKey("audience", True, "who the leaflet is for"),
    HeadKey("written", True, "the day the text was written or last changed in substance, as 2026-11-22"),
    HeadKey("review-by", True, "the day after which the text must be checked again, as 2028-11-22"),
    HeadKey("country", True, "the country whose rules and numbers the text was written for, as US"),
    HeadKey("terms", False, "words to know: each with “means” and, if need be, “say”"),
    HeadKey("references", False, "the reference list: each entry with “text” and “url”"),
    HeadKey("language", False, "the language of the text, as en"),
    HeadKey("layouts", False, "the layouts that the leaflet is meant for, as [a4, large-print]; without it all"),
    HeadKey("languages", False, "the languages that the leaflet is meant for, as [en, es]; without it all"),
    HeadKey("formerly", False, "names that the leaflet's file had before: what was printed with them leads on"),
)


# What people write in a head to say that somebody has checked the text. It would stand over whatever is changed later.
_BY_HAND = frozenset(
    ("reviewed-by", "reviewed", "reviewer", "signed-off-by", "signed-by", "sign-off", "approved-by", "checked-by")
)


class Entry(NamedTuple):
    """A text of the head and its line."""

    text: str
    at: Location


class Term(NamedTuple):
    """A word to know: how to say it (perhaps) and what it means."""

    term: Entry
    say: Entry | None
    means: Entry


@dataclass(frozen=True, slots=True)
class Head:
    """What the head says; ``None`` where it says nothing usable (a finding tells why).

    ``terms`` is ``None`` where it cannot be told whether there are any, ``()`` where there are none; so it is with
    ``reference_keys``, which also has the keys of references that are wrong in another way.
    """

    at: Location
    terms_at: Location
    title: Entry | None = None
    summary: Entry | None = None
    audience: Entry | None = None
    written: date | None = None
    review_by: date | None = None
    country: str | None = None
    language: str | None = "en"
    layouts: tuple[str, ...] = ()
    layouts_at: Location | None = None
    languages: tuple[str, ...] = ()
    languages_at: Location | None = None
    formerly: tuple[str, ...] = ()
    terms: tuple[Term, ...] | None = None
    references: tuple[Reference, ...] = ()
    reference_keys: tuple[str, ...] | None = None


class _Field(NamedTuple):
    line: int
    node: yaml.Node


_Fields = Mapping[str, _Field]


def read(notes: Notes, lines: list[str]) -> tuple[Head, int | None]:
    """The head and the number of lines before the body; ``None`` if it cannot be told where the head ends."""
    start = next((index for index, line in enumerate(lines) if line.strip()), 0)
    head = Head(notes.at(start + 1), notes.at(start + 1))
    if lines[start].rstrip() != "---":
        notes.error(
            "source-head-missing", start + 1, "the leaflet has no front matter", "begin the file with a line “---”"
        )
        return head, 0
    end = next((index for index in range(start + 1, len(lines)) if lines[index].rstrip() == "---"), None)
    if end is None:
        notes.error(
            "source-head-unclosed", start + 1, "the front matter has no end", "put a line “---” below its last line"
        )
        return head, None
    fields = _fields_of_text(notes, lines[start + 1 : end], start + 2)
    return (head if fields is None else _head(notes, fields, start + 1)), end + 1


_KEY = re.compile(r"(?m)^(title|language):.*(?:\n[ \t]+.*)*")


def titled(text: str) -> tuple[str, str]:
    """The title and the language (BCP 47) that a leaflet's file says, without reading or judging the rest: "" for a
    title that is not there, or is no plain text."""
    start, _, rest = text.lstrip().partition("\n")
    head = re.split(r"(?m)^---[ \t\r]*$", rest[:LARGEST_HEAD], maxsplit=1)[0] if start.rstrip() == "---" else ""
    said = {found[1]: _scalar(found[0]) for found in _KEY.finditer(head)}
    return said.get("title", ""), said.get("language", "en")


def _scalar(line: str) -> str:
    """The text of a single key; "" if it has none."""
    try:
        node = yaml.compose(line, yaml.SafeLoader)
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError):
        return ""
    value = node.value[0][1] if isinstance(node, yaml.MappingNode) and node.value else None
    return squash(value.value) if isinstance(value, yaml.ScalarNode) else ""


def _fields_of_text(notes: Notes, lines: list[str], first: int) -> _Fields | None:
    """The keys of the head, whose first line is number ``first`` of the file."""
    if sum(map(len, lines)) > LARGEST_HEAD:
        notes.error(
            "source-too-large", first, f"the front matter has more than {LARGEST_HEAD:,} characters", "shorten it"
        )
        return None
    text = "\n" * (first - 1) + "\n".join(lines)  # empty lines above it, so that YAML counts as the file does
    try:
        _refuse_deep(text)
        node = yaml.compose(text, yaml.SafeLoader)
    except (yaml.YAMLError, ValueError, OverflowError) as error:  # the last two: from escapes such as "\UFFFFFFFF"
        if found := _slip(lines):
            number, what, hint = found
            notes.error("source-head-yaml", first + number, what, hint)
            return None
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        notes.error(
            "source-head-yaml",
            min(mark.line + 1, first + len(lines)) if mark else first,
            f"the front matter could not be read: {getattr(error, 'problem', None) or 'this is not YAML'}",
            "put a value in quotes if it contains “: ” or “ #” or starts with a sign; indent with spaces",
        )
        return None
    return {} if node is None else _fields(notes, node, first - 1, "the front matter")


def _slip(lines: list[str]) -> tuple[int, str, str] | None:
    """The first of two usual reasons why YAML cannot be read: the line, what is wrong, what to do; ``None`` if none."""
    for number, line in enumerate(lines):
        if line.startswith("\t"):
            return number, "this line begins with a tab, which YAML does not take", "indent it with spaces"
        value = line.partition(": ")[2].split(" #")[0].strip()
        if value[:1] == '"' and (len(value) == 1 or value.replace('\\"', "")[-1] != '"'):
            return number, "a text in quotation marks begins here and is never closed", 'put " at its end'
    return None


def _refuse_deep(text: str) -> None:
    """``compose`` calls itself for each level, so the depth is looked at first."""
    depth = 0
    for event in yaml.parse(text, yaml.SafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST_HEAD:
            mark = event.start_mark if isinstance(event.start_mark, yaml.Mark) else None
            raise yaml.MarkedYAMLError(problem="it is nested too deeply", problem_mark=mark)


def _fields(notes: Notes, node: yaml.Node, line: int, what: str) -> _Fields | None:
    """The keys of a mapping; a key that stands twice counts once, as first written."""
    if not isinstance(node, yaml.MappingNode):
        notes.error(
            "source-head-type", line, f"{what} is not a list of keys and values", "write lines like “key: value”"
        )
        return None
    found: dict[str, _Field] = {}
    for key, value in node.value:
        at = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            notes.error("source-head-type", at, f"a key in {what} is not a plain word", "write lines like “key: value”")
        elif key.value in found:
            other = found[key.value].line
            notes.error(
                "source-head-twice",
                at,
                f"“{key.value}” appears twice: it is also in line {other}",
                "delete one of the two",
            )
        else:
            found[key.value] = _Field(at, value)
    return found


def _check_keys(
    notes: Notes, fields: _Fields, line: int, what: str, needed: Iterable[str], known: tuple[str, ...]
) -> None:
    for name in needed:
        if name not in fields:
            notes.error("source-head-key-missing", line, f"{what} has no “{name}”", f"add a line “{name}: ...”")
    for name, field in fields.items():
        if name not in known:
            hint = hint_at(name, known, f"known keys: {', '.join(known)}")
            notes.error("source-head-key-unknown", field.line, f"“{name}” is not a known key in {what}", hint)


def _head(notes: Notes, fields: _Fields, line: int) -> Head:
    needed = [key.name for key in FRONT_MATTER if key.needed]
    fields = dict(_not_signed(notes, fields))
    _check_keys(notes, fields, line, "the front matter", needed, tuple(key.name for key in FRONT_MATTER))
    written, review_by = _day(notes, fields, "written"), _day(notes, fields, "review-by")
    if written and review_by and review_by <= written:
        hint = "set a day after “written”"
        notes.error("source-head-dates", fields["review-by"].line, "“review-by” is not after “written”", hint)
    layouts, languages = _listed(notes, fields, "layouts"), _listed(notes, fields, "languages")
    references = _references(notes, fields)
    language = _shaped(
        notes, fields, "language", r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", "a language tag such as en or pt-BR"
    )
    return Head(
        at=notes.at(line),
        title=_wordless(notes, _text(notes, fields, "title")),
        summary=_wordless(notes, _text(notes, fields, "summary")),
        audience=_wordless(notes, _text(notes, fields, "audience")),
        written=written,
        review_by=review_by,
        country=_shaped(notes, fields, "country", "[A-Z]{2}", "two capital letters (ISO 3166), such as US"),
        language=language if "language" in fields else "en",
        layouts=_names(layouts),
        layouts_at=layouts.at if layouts else None,
        languages=tuple(dict.fromkeys(map(naming.spelt, _names(languages)))),
        languages_at=languages.at if languages else None,
        formerly=tuple(_formerly(notes, fields)),
        terms=_terms(notes, fields),
        terms_at=notes.at(fields["terms"].line if "terms" in fields else line),
        references=tuple(filter(None, references.values())),
        reference_keys=tuple(references) if references or "references" not in fields else None,
    )


def _not_signed(notes: Notes, fields: _Fields) -> Iterator[tuple[str, _Field]]:
    """The keys but for a sign-off typed by hand, which is an error."""
    for name, field in fields.items():
        if re.sub(r"[\s_-]+", "-", name.strip().lower()) not in _BY_HAND:
            yield name, field
            continue
        what = f"“{name[:40]}” must not be typed here: it would stay when a dose is changed"
        slug = PurePosixPath(notes.path).stem
        hint = f'delete it; whoever has checked the text runs: plainleaf sign-off {slug} --by "Name, role"'
        notes.error("source-head-reviewed-by", field.line, what, hint)


def _text(notes: Notes, fields: _Fields, name: str) -> Entry | None:
    """The text of a key. A number, a day or a yes is taken as it is written; an empty value is no text."""
    if name not in fields:
        return None
    line, node = fields[name]
    if not isinstance(node, yaml.ScalarNode):
        notes.error("source-head-type", line, f"“{name}” is not a plain text", f"write “{name}: ...” on one line")
        return None
    text = squash(visible(notes, line, node.value))
    if not text:
        notes.error("source-head-type", line, f"“{name}” is empty", "write it, or delete the key")
        return None
    return Entry(text, notes.at(line))


def _listed(notes: Notes, fields: _Fields, name: str) -> Entry | None:
    """The texts of a key, with commas between: written so, or as a list of YAML, "[a, b]" or "- a" line by line."""
    if name not in fields or not isinstance(fields[name].node, yaml.SequenceNode):
        return _text(notes, fields, name)
    line, node = fields[name]
    names = [squash(visible(notes, line, each.value)) for each in node.value if isinstance(each, yaml.ScalarNode)]
    if len(names) < len(node.value) or not all(names):
        hint = f"write “{name}: one, another”, or each on a separate line after “- ”"
        notes.error("source-head-type", line, f"“{name}” is not a list of plain texts", hint)
        return None
    if not names:
        notes.error("source-head-type", line, f"“{name}” is empty", "write it, or delete the key")
        return None
    return Entry(", ".join(names), notes.at(line))


def _names(entry: Entry | None) -> tuple[str, ...]:
    """The names in a list."""
    return tuple(filter(None, re.split(r"[\s,]+", entry.text))) if entry else ()


def _formerly(notes: Notes, fields: _Fields) -> Iterator[str]:
    """Former names of the leaflet, which are parts of addresses."""
    entry = _listed(notes, fields, "formerly")
    own = PurePosixPath(notes.path).stem
    for name in dict.fromkeys(_names(entry)):
        if entry and ("/" in name or "\\" in name or name.startswith(".") or name == own):
            what = f"“{name[:40]}” cannot be a former name of this leaflet"
            hint = "write the names that its file had, without folder and .md; or delete the key"
            notes.error("source-head-type", entry.at.line, what, hint)
        else:
            yield name


def _wordless(notes: Notes, entry: Entry | None) -> Entry | None:
    """An entry that is text only: neither a clinic's details nor Markdown have a place in it."""
    if entry:
        leftovers.find_plain(notes, entry.text, entry.at.line)
    if entry and ("{" in entry.text or "}" in entry.text):
        notes.error(
            "source-brace", entry.at.line, "this text of the front matter contains a brace", "write it without { and }"
        )
    return entry


def _shaped(notes: Notes, fields: _Fields, name: str, shape: str, what: str) -> str | None:
    entry = _text(notes, fields, name)
    if entry and not re.fullmatch(shape, entry.text):
        notes.error("source-head-type", entry.at.line, f"“{name}” is “{entry.text[:40]}”", f"write {what}")
        return None
    return entry.text if entry else None


def _day(notes: Notes, fields: _Fields, name: str) -> date | None:
    text = _shaped(notes, fields, name, r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "a day as 2026-11-22: year, month, day")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        line = fields[name].line
        notes.error("source-head-type", line, f"“{name}” is {text}, a day that does not exist", "write a real day")
        return None


def _entries(notes: Notes, fields: _Fields, name: str) -> Iterator[tuple[str, int, _Fields]]:
    """The entries below ``terms`` or ``references``: the name of each, its line and its own keys."""
    if name not in fields:
        return
    for key, (line, node) in (_fields(notes, fields[name].node, fields[name].line, f"“{name}”") or {}).items():
        entry = _fields(notes, node, line, f"“{key[:40]}”")
        if entry is not None:
            yield key, line, entry


def _terms(notes: Notes, fields: _Fields) -> tuple[Term, ...] | None:
    found = []
    for key, line, entry in _entries(notes, fields, "terms"):
        _check_keys(notes, entry, line, f"“{key[:40]}”", ["means"], ("say", "means"))
        name = squash(visible(notes, line, key))
        term = _wordless(notes, Entry(name, notes.at(line)))
        say = _wordless(notes, _text(notes, entry, "say"))
        means = _text(notes, entry, "means")
        if not name:
            notes.error("source-head-type", line, "a term has no name", "write the word before the colon")
        elif term and means:
            found.append(Term(term, say, means))
    return tuple(found) if found or "terms" not in fields else None


def _references(notes: Notes, fields: _Fields) -> dict[str, Reference | None]:
    """Every key of the list, with its reference if that is right."""
    found: dict[str, Reference | None] = {}
    for key, line, entry in _entries(notes, fields, "references"):
        _check_keys(notes, entry, line, f"“{key[:40]}”", ["text", "url"], ("text", "url"))
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]*", key):
            hint = "use letters, digits, “-”, “_” and “.”"
            notes.error("source-head-type", line, f"“{key[:40]}” is not a valid key for a reference", hint)
        text = _text(notes, entry, "text")
        url = _shaped(notes, entry, "url", r"https?://[^\s/]\S*", "a full address, https://...")
        if url and (fault := addresses.fault(url)):
            what = f"the address “{url[:60]}” leads nowhere: {fault}"
            notes.error("source-address", entry["url"].line, what, "open it in a browser, and copy it from there")
        found[key] = Reference(key, text.text, url, notes.at(line)) if text and url else None
    return found
