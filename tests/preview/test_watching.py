"""What is saved is noticed: also where an editor puts another file in its place, and in a folder that is new."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from plainleaf.preview import watching


def test_settings_that_are_replaced_again_and_again_and_new_folders_are_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "_LOOK", 50)
    (tmp_path / "sources").mkdir()

    def replace(name: str, text: str) -> None:
        half = tmp_path / "half"
        half.write_text(text)
        half.replace(tmp_path / name)

    async def watch() -> list[frozenset[str]]:
        stop, told, loop = asyncio.Event(), list[frozenset[str]](), asyncio.get_running_loop()

        def again_and_again() -> None:
            if not stop.is_set():
                replace("layouts/own.css", "p {}")
                loop.call_later(0.3, again_and_again)

        waiting = [
            lambda: replace("plainleaf.toml", "# once"),
            lambda: replace("plainleaf.toml", "# and twice"),
            lambda: replace("sources/a.md", "a"),
            lambda: ((tmp_path / "layouts").mkdir(), replace("pyproject.toml", "# a third time")),
            again_and_again,  # nobody says when a folder that is new is watched
        ]
        loop.call_later(0.1, waiting.pop(0))
        async for paths in watching.changes(tmp_path, stop):
            told.append(paths)
            if len(told) == 5:
                stop.set()
            else:
                loop.call_later(0.1, waiting.pop(0))
        return told

    with ThreadPoolExecutor(1) as apart:  # a browser of other tests has a loop in this thread
        told = apart.submit(lambda: asyncio.run(asyncio.wait_for(watch(), 120))).result()
    assert [sorted(paths) for paths in told] == [
        ["plainleaf.toml"], ["plainleaf.toml"], ["sources/a.md"], ["layouts", "pyproject.toml"],
        ["layouts/own.css"],
    ]  # fmt: skip
