"""The words that layouts print, as messages: Jinja2's own Babel support finds them. The only importer of
``babel.messages``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from io import BytesIO
from pathlib import Path

from babel.messages.extract import DEFAULT_KEYWORDS, extract

from plainleaf import files
from plainleaf.files import shelf
from plainleaf.files.places import around, below
from plainleaf.model import Finding, Location, Message, Severity
from plainleaf.translations.messages import flags_of
from plainleaf.translations.po import Key

COMMENT_TAGS = ("Translators:",)  # what makes a template's comment one for translators

_HINT = "fix the template: it may use what base/page.html uses"


def messages(folders: Sequence[Path], root: Path) -> tuple[Message, ...]:
    """The words that layouts print, in the order of files and lines."""
    return read(folders, root)[0]


def read(folders: Sequence[Path], root: Path) -> tuple[tuple[Message, ...], tuple[Finding, ...]]:
    """The same, with what is wrong in templates that cannot be read.

    A template in an earlier folder stands for one of the same name in a later one.
    """
    return shelf.kept(f"words of {' '.join(map(str, folders))}", (), partial(_read, folders, root))


def _read(folders: Sequence[Path], root: Path) -> tuple[tuple[Message, ...], tuple[Finding, ...]]:
    paths: dict[str, Path] = {}
    for folder in folders:
        for path in below(folder):
            if path.suffix == ".html":
                paths.setdefault(f"layouts/{path.relative_to(folder).as_posix()}", path)
    roots = around(folders)
    found: dict[Key, Message] = {}
    findings: list[Finding] = []
    for file, path in sorted(paths.items()):
        try:
            for line, text, notes, context in _extracted(path, roots):
                key = (context or "", text)
                earlier = found.get(key) or Message(text, (), key[0], (), flags_of(text))
                comments = tuple(dict.fromkeys((*earlier.comments, *notes)))
                found[key] = replace(earlier, at=(*earlier.at, Location(file, line)), comments=comments)
        except files.RefusedError as error:
            findings.append(files.finding(error, root))
        except _TemplateError as error:
            findings.append(Finding("layout-template", Severity.ERROR, str(error), Location(file, error.line), _HINT))
    return tuple(found.values()), tuple(findings)


class _TemplateError(Exception):
    """What is wrong in a line of a template."""

    def __init__(self, line: int, what: str) -> None:
        super().__init__(what)
        self.line = line


def _extracted(path: Path, roots: tuple[Path, ...]) -> Iterator[tuple[int, str, list[str], str | None]]:
    data = files.Root(*roots).read(path)
    try:
        found = _in_template(data)
    except Exception as error:  # Jinja2's TemplateSyntaxError, which only the layouts' room may import
        line = getattr(error, "lineno", None)
        if not isinstance(line, int) and not isinstance(error, UnicodeDecodeError):
            raise
        raise _TemplateError(line or 0, f"cannot be read: {error}") from error
    for line, text, notes, context in found:
        if not isinstance(text, str):
            raise _TemplateError(line, "the layouts' words have no plural forms")
        yield line, text, [" ".join(note.split()) for note in notes], context


@lru_cache(maxsize=256)
def _in_template(template: bytes) -> tuple[tuple[int, object, list[str], str | None], ...]:
    """What Babel finds in a template. It reads all of it for that, and a run asks more than once."""
    options = {"encoding": "utf-8", "trimmed": "true", "silent": "false"}
    return tuple(extract("jinja2", BytesIO(template), DEFAULT_KEYWORDS, COMMENT_TAGS, options))
