"""Every link of a whole published site leads to a file or a place that is there; every page has a title and a language,
and no id twice."""

from __future__ import annotations

from pathlib import Path

from plainleaf.site import moved
from tests import crawl
from tests.conftest import ROOT


def test_no_link_of_the_published_site_is_dead(published: Path) -> None:
    assert len([*published.rglob("*.html")]) > 100
    assert list(crawl.faults(published, ROOT)) == []


def test_what_is_dead_would_be_found(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/index.html").write_text("<html><title>A</title><p id=b>", encoding="utf-8")
    (tmp_path / "index.html").write_text(
        '<html lang="en"><title>T</title><p id=x><p id=x><a href="a/#b">1</a><a href="a/#c">2</a><a href="b.html">3</a>'
        '<img src="%61/index.html"><a href="#x">4</a><a href="https://example.org">5</a><a href="../x">6</a>',
        encoding="utf-8",
    )
    assert [each.replace("index.html: ", "") for each in crawl.faults(tmp_path)] == [
        "a/no title or no language",
        "id x is there 2 times",
        "a/#c leads to no such place",
        "b.html leads to no file",
        "../x leads to no file",
    ]


def test_pages_of_others_in_the_output_folder_are_led_nowhere(tmp_path: Path) -> None:
    for folder, text in (
        ("cough/fr", '{"@type":"MedicalWebPage"}'),
        ("shop/fr", "<title>Ours</title>"),
        ("cough/cart", ""),
    ):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "index.html").write_text(text, encoding="utf-8")
    assert {old for old, _ in moved.left_over((), tmp_path)} == {"cough/fr/formats.html", "languages/fr.html"}
