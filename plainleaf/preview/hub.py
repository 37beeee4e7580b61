"""What the server remembers and tells: the windows that are open, the latest news of what they look at."""

from __future__ import annotations

import asyncio
import json
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from plainleaf.preview.sights import News, Sight

MOST_BLOBS = 240  # pages that are kept: some ten leaflets of 24 pages
MOST_FILES = 2000
_MOST_NEWS = 600


@dataclass(eq=False)
class Window:
    """An open window of a browser: what it looks at, and the news that it has not been told yet."""

    sight: Sight
    waiting: asyncio.Queue[str | None] = field(default_factory=asyncio.Queue)


class Hub:
    """All windows; ``look`` hears what they look at, the one that was opened last first."""

    def __init__(self, look: Callable[[list[Sight]], None]) -> None:
        self.windows: list[Window] = []
        self._look = look
        self._latest: OrderedDict[tuple[object, ...], News] = OrderedDict()
        self._files: OrderedDict[str, tuple[bytes, str]] = OrderedDict()
        self._blobs: OrderedDict[str, tuple[bytes, str]] = OrderedDict()

    def opened(self, sight: Sight) -> Window:
        """A window that looks at this; it is told first what is known already."""
        window = Window(sight)
        for news in [each for each in self._latest.values() if each.is_for(sight)]:
            window.waiting.put_nowait(as_event(news))
        self.windows.insert(0, window)
        self._look([each.sight for each in self.windows])
        return window

    def left(self, window: Window) -> None:
        """A window is gone, or looks at something else."""
        if window in self.windows:
            self.windows.remove(window)
            self._look([each.sight for each in self.windows])

    def close(self) -> None:
        """Tell each window that there will be no more news."""
        for window in self.windows:
            window.waiting.put_nowait(None)

    def hear(self, news: News) -> None:
        """Remember news, and tell them to those that they are for."""
        if news.name:
            self._blobs[news.name] = news.blob, news.media
            self._blobs.move_to_end(news.name)
            while len(self._blobs) > MOST_BLOBS:
                self._blobs.popitem(last=False)
        key = (news.kind, news.sight.text, news.sight.layout, news.about.get("page"), news.about.get("of"))
        if news.kind == "edition":
            before = self._latest.get(key)
            if before is None or before.about["mark"] != news.about["mark"]:
                self._forget(news.sight)
        self._latest[key] = news
        self._latest.move_to_end(key)
        while len(self._latest) > _MOST_NEWS:
            self._latest.popitem(last=False)
        for window in self.windows:
            if news.is_for(window.sight):
                window.waiting.put_nowait(as_event(news))

    def _forget(self, sight: Sight) -> None:
        """What was printed and found of a text as it was: a window that is opened now is not told that any more."""
        for key in [key for key in self._latest if key[0] in ("page", "findings") and key[1] == sight.text]:
            del self._latest[key]

    def keep(self, name: str, data: bytes, media: str) -> None:
        """Keep a picture or font that pages show."""
        self._files[name] = data, media
        while len(self._files) > MOST_FILES:
            self._files.popitem(last=False)

    def blob(self, name: str) -> tuple[bytes, str] | None:
        """What is kept under a name, and its media type."""
        return self._blobs.get(name) or self._files.get(name)

    def news(self, sight: Sight) -> Iterator[News]:
        """The latest news of what somebody looks at."""
        return (news for news in self._latest.values() if news.is_for(sight))


def as_event(news: News) -> str:
    """News as a server-sent event (HTML Living Standard, 9.2)."""
    about = {**news.about, "layout": news.sight.layout, "leaflet": news.sight.leaflet, "locale": news.sight.locale}
    if news.name:
        about["name"] = news.name
    return f"event: {news.kind}\ndata: {json.dumps(about)}\n\n"
