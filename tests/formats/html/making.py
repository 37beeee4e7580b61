"""The HTML editions of a root as a site in a folder, for tests that open them in a browser."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from plainleaf.formats.base import FORMATS, Limits
from plainleaf.layouts.templates import Prepared as Texts
from plainleaf.model import Edition
from plainleaf.model.links import Links
from plainleaf.project import Project

PAPER = "a4"


def written(content: Project, editions: Iterable[Edition], into: Path, site: str = "") -> dict[str, Path]:
    """Write the pages of editions of one leaflet, which lead to each other and to a PDF; their paths by language."""
    content = replace(content, settings=replace(content.settings, site_url=site))
    editions, made = tuple(editions), dict[str, Path]()
    names = tuple(each.locale.name for each in editions)
    for each in editions:
        tag = each.locale.tag
        links = Links(names, f"{each.slug}/{each.slug}.{tag}.{PAPER}.pdf")
        about = replace(content, links={(each.slug, each.locale.name): links})
        name = f"{each.slug}/{tag}/index.html"
        prepared = FORMATS["html"].prepare(about, each, None, None, Texts(), name)
        assert prepared.content, prepared.findings
        done = FORMATS["html"].write(prepared, Limits(9, 999))
        assert not done.findings, done.findings
        (into / name).parent.mkdir(parents=True)
        for file, data in done.files.items():
            ((into / name).parent / file).write_bytes(data)
        made[tag] = into / name
    return made
