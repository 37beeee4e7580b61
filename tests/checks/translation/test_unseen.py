"""Mistakes in translations that somebody wrote who had not seen the checks: what becomes of each kind in each language.

The averages hide no loss: ``golden/<name>.txt`` has a line for each kind and language.
``PLAINLEAF_GOLDEN=1`` writes it anew; read what is different.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest

from plainleaf.model import Severity
from tests.conftest import ROOT, TESTS
from tests.unseen import Text, golden, texts

FILES = sorted((TESTS / "corpus").glob("*.jsonl"))
each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


@cache
def read(path: Path) -> tuple[Text, ...]:
    return tuple(texts(path))


@each_file
def test_mistakes_are_caught_and_right_texts_let_pass(path: Path) -> None:
    every = read(path)
    bad, good = ([text for text in every if text.good is right] for right in (False, True))
    assert sum(bool(text.worst) for text in bad) >= 0.95 * len(bad), [text.said for text in bad if not text.worst]
    refused = [text for text in good if text.worst == Severity.ERROR.value]
    warned = [text for text in good if text.worst == Severity.WARNING.value]
    assert len(refused) <= 0.02 * len(good), [(text.said, text.found) for text in refused]
    assert len(warned) <= 0.05 * len(good), [(text.said, text.found) for text in warned]


@each_file
def test_what_becomes_of_each_kind_in_each_language_is_known(path: Path) -> None:
    kept = ROOT / "tests" / "golden" / f"{path.stem}.txt"
    text = golden(read(path)) + "\n"
    if os.environ.get("PLAINLEAF_GOLDEN"):
        kept.write_text(text, encoding="utf-8")
    assert kept.exists() and text == kept.read_text(encoding="utf-8"), "another outcome: read what is different"


def test_there_are_right_texts_and_mistakes_of_many_kinds_and_languages() -> None:
    every = [text for path in FILES for text in read(path)]
    assert len({text.locale for text in every}) >= 18 and len({text.kind for text in every if not text.good}) >= 36
