"""The preview's page, which scripts fill: its parts, and the row of views."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from string import Template

from plainleaf import files
from plainleaf.files.places import PACKAGE
from plainleaf.preview.views import View

_DATA = PACKAGE / "preview" / "data"


def page(leaflet: str, locale: str, view: str, views: Sequence[View]) -> str:
    """The page of a view of a leaflet in a language."""
    whole = Template(files.Root(_DATA).read(_DATA / "preview.html").decode())
    here = ' aria-current="page"'
    links = "".join(
        f'<a href="/{escape(locale)}/{escape(leaflet)}/{each.name}" data-view="{each.name}"'
        f"{here if each.name == view else ''}>{escape(each.title)}</a>"
        for each in views
    )
    styles = "".join(f'<link rel="stylesheet" href="/static/{each.name}.css">' for each in views)
    scripts = "".join(f'<script type="module" src="/static/{each.name}.js"></script>' for each in views)
    return whole.substitute(
        leaflet=escape(leaflet), locale=escape(locale), view=escape(view), links=links, styles=styles, scripts=scripts
    )
