"""One record of what was signed: as values, as a table of a file, and as the bytes that a seal or a key signs.

The bytes name their format, the kind of signature, and the leaflet and language that it is for, so that a signature of
one is none of another. Records of the first format, which covered less of the page, can still be read and kept.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from plainleaf.model import Approval

FORMAT = 2

Key = tuple[str, str]  # context ("" for none), text


@dataclass(frozen=True, slots=True)
class Checked:
    """A text that was checked, with the fingerprint of the text and its translation, and the translation ("" for none,
    and in records of the first format)."""

    key: Key
    fingerprint: str
    translation: str = ""


@dataclass(frozen=True, slots=True)
class Waived:
    """A finding that was set aside when a translation was approved: on which text, why and by whom."""

    check: str
    text: str
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class Record:
    """What somebody signed, as it is kept: ``texts`` are the leaflet's, ``words`` what every page prints, each in
    reading order; ``content``: what holds them together, as pairs of what it is and its value.

    ``former``: it is of the first format, where ``content`` is a fingerprint. ``signature``: by the key of who signed,
    as ``ssh-keygen`` writes it, "" for none. ``second``: what another person signed.
    """

    approval: Approval
    content: tuple[tuple[str, str], ...]
    texts: tuple[Checked, ...]
    words: tuple[Checked, ...]
    waived: tuple[Waived, ...] = ()
    former: bool = False
    signature: str = ""
    second: Record | None = None

    @property
    def all(self) -> tuple[Record, ...]:
        """This one, and the second person's."""
        return (self, self.second) if self.second else (self,)


def digest(value: object) -> str:
    """The fingerprint of a value that JSON can hold."""
    return hashlib.sha256(_json(value)).hexdigest()[:32]


def fingerprint(key: Key, translation: str | None) -> str:
    """What tells a text with its translation (``None`` if it has none) from all others."""
    return digest([*key, translation])


def signed_bytes(kind: str, folder: str, slug: str, kept: Record) -> bytes:
    """What a seal and a key sign: no two records, kinds of signature, languages or leaflets have the same bytes.

    ``kind``: "approval" or "sign-off"; ``folder``: that of the file, which is named after the language.
    """
    approval = kept.approval
    return f"plainleaf {kind}, format {FORMAT}\n".encode() + _json(
        [
            [folder, slug],
            [approval.by, str(approval.on), str(approval.source)],
            kept.content,
            *([[*checked.key, checked.translation] for checked in part] for part in (kept.texts, kept.words)),
            [[one.check, one.text, one.reason, one.by] for one in kept.waived],
        ]
    )


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def seal(kind: str, folder: str, slug: str, kept: Record) -> str:
    """Tells a slip of the hand, or a table copied from elsewhere; it is no proof against someone who wants to forge."""
    if not kept.former:
        return hashlib.sha256(signed_bytes(kind, folder, slug, kept)).hexdigest()[:32]
    approval = kept.approval
    lists = [[[*checked.key, checked.fingerprint] for checked in part] for part in (kept.texts, kept.words)]
    lists += [[[one.check, one.text, one.reason, one.by] for one in kept.waived]] if kept.waived else []
    return digest([folder, slug, approval.by, str(approval.on), str(approval.source), kept.content[0][1], *lists])


# --------------------------------------------------------------------------- in

_PARTS = {"by", "on", "source", "content", "texts", "words"}


def parsed(value: object, kind: str, folder: str, slug: str) -> Record | None:
    """A table of the file as a record, with the second one in it; ``None`` if anything is not as we write it."""
    if not isinstance(value, dict):
        return None
    own = {key: part for key, part in value.items() if key not in ("second", "seal")}
    found = _record(own)
    if found is None or value.get("seal") != seal(kind, folder, slug, found):
        return None
    if "second" not in value:
        return found
    other = value["second"]
    second = parsed(other, kind, folder, slug) if isinstance(other, dict) and "second" not in other else None
    return None if second is None or second.former or found.former else replace(found, second=second)


def _record(value: dict[str, object]) -> Record | None:
    former = "format" not in value
    more = {"waived"} if former else {"waived", "signature"}
    if not former and value.pop("format") != FORMAT:
        return None
    if not _PARTS <= set(value) <= _PARTS | more:
        return None
    by, on, source = (value[key] for key in ("by", "on", "source"))
    content, waived = _entries(value["content"], 2), _entries(value.get("waived", []), 4)
    if former:
        content = (["", value["content"]],) if isinstance(value["content"], str) else None
    texts, words = (_checked(value[key], former) for key in ("texts", "words"))
    signature = value.get("signature", "")
    if not isinstance(by, str) or not isinstance(on, date) or not isinstance(source, date):
        return None
    if isinstance(on, datetime) or isinstance(source, datetime) or not isinstance(signature, str):
        return None
    if content is None or texts is None or words is None or waived is None:
        return None
    pairs = tuple((what, text) for what, text in content)
    set_aside = tuple(Waived(*one) for one in waived)
    return Record(Approval(by, on, source), pairs, texts, words, set_aside, former, signature)


def _checked(value: object, former: bool) -> tuple[Checked, ...] | None:
    entries = _entries(value, 2, 3) if former else _entries(value, 1, 2, 3)
    if entries is None:
        return None
    if former:
        return tuple(Checked((entry[2] if entry[2:] else "", entry[1]), entry[0]) for entry in entries)
    whole = [(text, rest[0] if rest else "", rest[1] if rest[1:] else "") for text, *rest in entries]
    return tuple(Checked((context, text), fingerprint((context, text), said or None), said)
                 for text, said, context in whole)  # fmt: skip


def _entries(value: object, *lengths: int) -> tuple[list[str], ...] | None:
    """A list of lists of so many texts; ``None`` if it is anything else."""
    if not isinstance(value, list) or not all(isinstance(entry, list) and len(entry) in lengths for entry in value):
        return None
    return tuple(value) if all(isinstance(part, str) for entry in value for part in entry) else None


# --------------------------------------------------------------------------- out


def table(kind: str, folder: str, slug: str, kept: Record) -> str:
    """A record as a table of TOML, with the second person's behind it."""
    name = slug if re.fullmatch(r"[A-Za-z0-9_-]+", slug) else _quoted(slug)
    tables = [(f"[{name}]", kept), *([(f"[{name}.second]", kept.second)] if kept.second else [])]
    return "\n".join("\n".join((head, *_lines(kind, folder, slug, each))) + "\n" for head, each in tables)


def _lines(kind: str, folder: str, slug: str, kept: Record) -> Iterator[str]:
    if not kept.former:
        yield f"format = {FORMAT}"
    yield f"by = {_quoted(kept.approval.by)}"
    yield f"on = {kept.approval.on.isoformat()}"
    yield f"source = {kept.approval.source.isoformat()}"
    if kept.former:
        yield f"content = {_quoted(kept.content[0][1])}"
    else:
        yield from _list("content", kept.content)
    yield from _list("texts", (_entry(checked, kept.former) for checked in kept.texts))
    yield from _list("words", (_entry(checked, kept.former) for checked in kept.words))
    if kept.waived:
        about = "  # findings that were set aside: the check, the text, why, by whom"
        yield from _list("waived", ((one.check, one.text, one.reason, one.by) for one in kept.waived), about)
    yield f"seal = {_quoted(seal(kind, folder, slug, kept))}"
    if kept.signature:
        yield f'signature = """\n{kept.signature.strip()}\n"""'


def _entry(checked: Checked, former: bool) -> Sequence[str]:
    context, text = checked.key
    if former:
        return (checked.fingerprint, text, *([context] if context else []))
    return (text, *([checked.translation] if checked.translation or context else []), *([context] if context else []))


def _list(name: str, entries: Iterable[Sequence[str]], about: str = "") -> Iterator[str]:
    yield f"{name} = [{about}"
    for entry in entries:
        yield f"  [{', '.join(map(_quoted, entry))}],"
    yield "]"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
