"""Where templates run: some come with a clinic's content, so they read files of the root and our own values only."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, ChoiceLoader, Environment, StrictUndefined, TemplateNotFound
from jinja2.loaders import split_template_path
from jinja2.sandbox import SandboxedEnvironment

from plainleaf import files
from plainleaf.files.places import around
from plainleaf.layouts import compiled
from plainleaf.layouts.context import View
from plainleaf.layouts.literals import FOR_STAFF
from plainleaf.layouts.pieces import Piece

_READ = (".html",)  # by ``literals`` too: what pages print of any other file nobody would have signed
_FOR_STAFF = (".html", ".css")


class _Loader(BaseLoader):
    """Reads templates of one folder as all files of a root are read."""

    def __init__(self, folder: Path, roots: tuple[Path, ...], staff: bool) -> None:
        self._folder, self._roots, self._staff = folder, roots, staff

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        path = self._folder.joinpath(*split_template_path(template))
        closed = template in FOR_STAFF and not self._staff
        if closed or not template.endswith(_FOR_STAFF if self._staff else _READ) or not files.there(path):
            raise TemplateNotFound(template)
        text, changed = files.Root(*self._roots).read(path).decode(), _changed(path)
        return text, str(path), lambda: _changed(path) == changed


def _changed(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


class _Sandbox(SandboxedEnvironment):
    """The sandbox. Our own values, which templates ask most, hide nothing as functions and classes do."""

    _ours = (View.__module__, Piece.__module__)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """An attribute that a template reads."""
        if type(obj).__module__ in self._ours and not attribute.startswith("_"):
            try:
                return getattr(obj, attribute)
            except AttributeError:
                pass  # told of below
        return super().getattr(obj, attribute)


_COMPILED = compiled.beside(__file__)


@lru_cache(maxsize=8)
def environment(folders: tuple[Path, ...], staff: bool = False) -> SandboxedEnvironment:
    """Templates may come with a clinic's content, hence the sandbox; they are parsed once in a process.

    ``staff``: for pages that no patient reads. What these are made of is not signed, so no other page may use it.
    """
    made = _Sandbox(
        loader=ChoiceLoader([_Loader(folder, around(folders), staff) for folder in folders]),
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=_COMPILED,
    )
    made.globals["N_"] = str  # marks words for extraction that are looked up later
    made.filters["cut"] = _cut
    return made


def _cut(text: str) -> list[str]:
    """A message cut at its placeholders: words, name, words, ..., words."""
    return re.split(r"\{(\w+)\}", text)
