"""A whole site of files, as a browser that follows every link would find it: what leads nowhere, which pages lack a
title or a language, which ids are there twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

_REFRESH = re.compile(r"\d+;\s*url=(.*)", re.IGNORECASE)


class Page(HTMLParser):
    """A page read once. ``links``: all that it leads to or loads, as written."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links, self.ids, self.title, self.language = list[str](), Counter[str](), "", ""
        self._inside = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self._inside = tag
        self.links += [values[name] for name in ("href", "src") if name in values]
        self.links += [part.split()[0] for part in values.get("srcset", "").split(",") if part.strip()]
        if tag == "meta" and values.get("http-equiv") == "refresh" and (to := _REFRESH.fullmatch(values["content"])):
            self.links.append(to[1])
        if tag == "html":
            self.language = values.get("lang", "")
        self.ids.update([values["id"]] if "id" in values else [])

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        self.title += data if self._inside == "title" else ""


def faults(build: Path, root: Path | None = None) -> Iterator[str]:
    """What is wrong below an output folder, each with the page where it is. Pages for staff may lead to sources and
    translations of the ``root``, if that is given: on the web there are none."""
    sources = [(root / name).resolve() for name in ("sources", "locales")] if root else []
    pages = {path.resolve(): Page(path.read_text(encoding="utf-8")) for path in sorted(build.rglob("*.html"))}
    for path, page in pages.items():
        name = path.relative_to(build.resolve()).as_posix()
        if not page.title.strip() or not page.language:
            yield f"{name}: no title or no language"
        yield from (f"{name}: id {each} is there {count} times" for each, count in page.ids.items() if count > 1)
        for link in dict.fromkeys(page.links):
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            target = target / "index.html" if target.is_dir() else target
            around = [build.resolve(), *(sources if name.startswith("staff/") else [])]
            if not target.is_file() or not any(map(target.is_relative_to, around)):
                yield f"{name}: {link} leads to no file"
            elif parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].ids:
                yield f"{name}: {link} leads to no such place"
