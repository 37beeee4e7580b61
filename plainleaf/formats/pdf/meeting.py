"""Which rules meet the elements of a document, asked once for all layouts of a sheet.

Layouts differ in the classes of ``<body>``. A rule whose selector names none of those that came or went meets the same
elements as before, as long as these are the same: it is not asked again.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from types import CodeType
from typing import Any

Match = tuple[Any, int, Any, Any]  # specificity, order, pseudo-element, what is set

classes = re.compile(r"[^ \t\r\n\f]+").findall
"""The classes in an attribute (HTML, 2.3.7: ASCII whitespace parts them)."""

_BY_NAME = ("id_selectors", "class_selectors", "lower_local_name_selectors", "namespace_selectors")
_LISTS = ("lang_attr_selectors", "other_selectors")
_ATTRIBUTE = "class"  # a selector may read it as any other attribute


class Met:
    """What meets the elements of a document in style sheets; ``body``: the classes of ``<body>``."""

    def __init__(self, body: Collection[str]) -> None:
        self._body, self._names = frozenset(body), frozenset[str]()
        self._sheets = dict[int, _Sheet]()

    def begin(self, body: Collection[str]) -> None:
        """The same document is asked for again, with other classes of ``<body>``."""
        names = self._names | (self._body ^ frozenset(body))
        if names != self._names:
            self._names = names | {_ATTRIBUTE}
            for each in self._sheets.values():
                each.part(self._names)

    def by(self, sheet: Any, wrapper: Any) -> list[Match]:
        """The rules of a sheet that meet an element, those of least weight first."""
        known = self._sheets.get(id(sheet))
        if known is None:
            known = self._sheets[id(sheet)] = _Sheet(sheet)
            known.part(self._names)
        return known.match(wrapper)


class _Sheet:
    """A style sheet, its rules parted into those that hang on classes of ``<body>`` and all others."""

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet  # is kept, as it is told from others by its place
        self._steady, self._changing = sheet.matcher, None
        self._known = dict[Any, list[Match]]()

    def part(self, names: Collection[str]) -> None:
        """Have rules that name one of these asked anew for each layout."""
        if not names:
            return
        kind = type(self._sheet.matcher)
        self._steady, self._changing = kind(), kind()
        changing = set[int]()
        for where, name, rule in _rules(self._sheet.matcher):
            hangs = not _words(rule[0]).isdisjoint(names)
            changing |= {rule[2]} if hangs else set()
            there = getattr(self._changing if hangs else self._steady, where)
            (there if name is None else there.setdefault(name, [])).append(rule)
        for element, found in self._known.items():
            self._known[element] = [match for match in found if match[1] not in changing]

    def match(self, wrapper: Any) -> list[Match]:
        """The rules that meet an element, those of least weight first."""
        found = self._known.get(wrapper.etree_element)
        if found is None:
            found = self._known[wrapper.etree_element] = self._steady.match(wrapper)
        changing: list[Match] = self._changing.match(wrapper) if self._changing else []
        return sorted(found + changing) if changing else found


def _rules(matcher: Any) -> Iterator[tuple[str, Any, Any]]:
    """All rules, each with where it is kept, and under which name there if it has one."""
    for where in _BY_NAME:
        for name, rules in getattr(matcher, where).items():
            yield from ((where, name, rule) for rule in rules)
    for where in _LISTS:
        yield from ((where, None, rule) for rule in getattr(matcher, where))


@lru_cache(maxsize=10_000)
def _words(test: Any) -> frozenset[str]:
    """All words in a selector, as it is compiled."""
    return frozenset(_said(test.__code__))


def _said(constant: Any) -> Iterator[str]:
    if isinstance(constant, str):
        yield constant
    elif isinstance(constant, CodeType):
        yield from (word for each in constant.co_consts for word in _said(each))
    elif isinstance(constant, tuple | frozenset):
        yield from (word for each in constant for word in _said(each))
