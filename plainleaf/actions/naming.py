"""Where artifacts lie in the output folder, and what their paths say of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from plainleaf.actions.printing import Page
from plainleaf.formats.base import FORMATS, Format
from plainleaf.model import Artifact
from plainleaf.model.tags import locale_name


def artifact(page: Page, form: Format) -> Artifact:
    """Its path is ``<leaflet>/<leaflet>.<locale>[+<second>][.<layout>[.<look>]]<suffix>``, locales as BCP 47 tags; that
    of a format with folders ``<leaflet>/<locale>[+<second>]/<index>``."""
    edition, second, layout = page.edition, page.second, page.layout
    pair = f"+{second.locale.tag}" if second else ""
    tags = f"{edition.locale.tag}{pair}"
    stem = f"{edition.slug}/{edition.slug}.{tags}{f'.{layout.label}' if layout else ''}"
    return Artifact(
        path=f"{edition.slug}/{tags}/{form.index}" if form.index else stem + form.suffix,
        pages=0,
        slug=edition.slug,
        locale=edition.locale.name,
        layout=layout.name if layout else "",
        looks=layout.looks if layout else (),
        beside=second.locale.name if second else "",
        draft=edition.draft or bool(second and second.draft),
        fresh=False,
        reviewed=edition.sign_off is not None,
        press=stem + form.press if form.press and layout and layout.press and layout.press.scheme else "",
        format=form.name,
    )


@dataclass(frozen=True, slots=True)
class Named:
    """What the path of an artifact says of it; ``tags``: of its language, and of the second one after a plus sign."""

    slug: str
    tags: str
    layout: str
    looks: str
    format: str

    @property
    def second(self) -> str:
        """The name of the second language's locale, "" for none."""
        return locale_name(self.tags.partition("+")[2])


_IN_FOLDER = re.compile(r"(?P<slug>[^/]+)/(?P<tags>[^/.]+)/[^/]+")
_NAME = re.compile(r"(?P<slug>[^/]+)/[^/.]+\.(?P<tags>[^.]+)(?:\.(?P<layout>[^.]+)(?:\.(?P<looks>[^.]+))?)?")


def named(path: str, table: Mapping[str, Format]) -> Named | None:
    """Read a path as ``artifact`` writes it; ``None`` for others."""
    for form in table.values():
        if form.index:
            if path.endswith(f"/{form.index}") and (inside := _IN_FOLDER.fullmatch(path)):
                return Named(inside["slug"], inside["tags"], "", "", form.name)
            continue
        found = _NAME.fullmatch(path.removesuffix(form.suffix)) if path.endswith(form.suffix) else None
        if found:
            return Named(found["slug"], found["tags"], found["layout"] or "", found["looks"] or "", form.name)
    return None


def in_folder(path: str, table: Mapping[str, Format]) -> Named | None:
    """The same of a file that lies in an artifact's own folder."""
    folder = path.rpartition("/")[0]
    return next(filter(None, (named(f"{folder}/{form.index}", table) for form in table.values() if form.index)), None)


def spoken(there: Iterable[str]) -> tuple[str, ...]:
    """The names of the locales that files in the output folder are in, by their paths."""
    table = dict(FORMATS)
    tags = (tag for found in filter(None, (named(path, table) for path in there)) for tag in found.tags.split("+"))
    return tuple(dict.fromkeys(map(locale_name, tags)))


def leaflets(there: Iterable[str]) -> tuple[str, ...]:
    """The leaflets that files in the output folder are made of, by their paths."""
    table = dict(FORMATS)
    return tuple(dict.fromkeys(found.slug for found in (named(path, table) for path in there) if found))
