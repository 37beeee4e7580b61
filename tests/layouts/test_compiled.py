"""Templates that come with the tool are compiled once for all processes; what a root brings is compiled by each."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from plainleaf.files.places import shipped
from plainleaf.layouts.compiled import Compiled

OURS = ("base/readability-signs.html", "base/blocks/paragraph.html")


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "kept.templates"


def compiled(kept: Path, folder: Path, *names: str, version: str = "1") -> list[str]:
    """The templates that a process compiles which asks for these."""
    found = list[str]()

    class Watched(Environment):
        def _compile(self, source: str, filename: str) -> object:  # type: ignore[override]
            found.append(Path(filename).relative_to(folder).as_posix())
            return super()._compile(source, filename)

    cache = Compiled(kept, version)
    watched = Watched(loader=FileSystemLoader(folder), bytecode_cache=cache, extensions=["jinja2.ext.i18n"])
    for name in names:
        watched.get_template(name)
    cache.save()
    return found


def test_a_later_process_compiles_only_what_no_other_has(kept: Path) -> None:
    layouts = shipped("layouts")
    assert compiled(kept, layouts, OURS[0]) == [OURS[0]]
    assert compiled(kept, layouts, *OURS) == [OURS[1]]
    assert compiled(kept, layouts, *OURS) == []


def test_another_version_or_a_damaged_file_is_as_none(kept: Path) -> None:
    layouts = shipped("layouts")
    compiled(kept, layouts, OURS[0])
    assert compiled(kept, layouts, OURS[0], version="2") == [OURS[0]]
    data = kept.read_bytes()
    kept.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    assert compiled(kept, layouts, OURS[0], version="2") == [OURS[0]]


def test_what_a_root_brings_is_never_run_from_a_disk(kept: Path, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("{{ 1 + 1 }}", encoding="utf-8")
    for _ in range(2):
        assert compiled(kept, tmp_path, "page.html") == ["page.html"]
    assert not kept.exists()


def test_a_folder_that_cannot_be_written_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert compiled(tmp_path / "file" / "kept.templates", shipped("layouts"), OURS[0]) == [OURS[0]]
