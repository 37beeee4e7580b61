"""The model that tells languages apart is unpacked once on a machine, and says the same ever after."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import py3langid
import pytest
from py3langid.langid import LanguageIdentifier

from plainleaf.files.cache import cache_folder
from plainleaf.languages import identifying

TEXTS = (
    "Quédese en casa cuando tenga fiebre. Beba agua cada hora.",
    "Принимайте таблетки каждый день и запивайте их стаканом воды.",
    "如果您发烧，请给医生打电话。",
    "12 34 \ud800",
)


@pytest.fixture(autouse=True)
def _afresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAINLEAF_CACHE", str(tmp_path / "cache"))


def asked() -> list[list[tuple[str, float]]]:
    """What a new process would say."""
    identifier = identifying._identifier.__wrapped__()
    return [identifier.rank(text) for text in TEXTS]


def test_the_kept_model_says_what_the_packed_one_does_and_a_damaged_one_is_made_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wanted = [py3langid.rank(text) for text in TEXTS]
    assert asked() == wanted
    (kept,) = cache_folder().glob("languages/*.model")
    good = kept.read_bytes()
    with monkeypatch.context() as patched:
        patched.setattr("py3langid.langid.LanguageIdentifier.from_model_file", None)  # not unpacked again
        assert asked() == wanted
    unpacked = cache(LanguageIdentifier.from_model_file)  # once: it takes a second
    monkeypatch.setattr(LanguageIdentifier, "from_model_file", unpacked)
    for bad in (good[:-1], good[:200] + b"\x01" + good[201:], b"", b"\n"):
        kept.write_bytes(bad)
        assert asked() == wanted
        assert kept.read_bytes() == good


def test_a_cache_that_cannot_be_written_is_no_fault() -> None:
    cache_folder().write_text("in its place")
    assert asked() == [py3langid.rank(text) for text in TEXTS]
