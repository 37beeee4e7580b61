"""The short digest on a last page: the same in every checkout, another one for other content, found by ``verify``."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from plainleaf.actions import plan as planning
from plainleaf.actions.choice import Choice
from plainleaf.artifacts.inputs import Inputs
from plainleaf.editions import editions
from plainleaf.formats.base import FORMATS, Limits, Made
from plainleaf.formats.pdf import format as pdf
from plainleaf.languages import facts
from plainleaf.layouts import markup
from plainleaf.model import Location, Rules, Sheet, digests
from plainleaf.project import load
from plainleaf.provenance.statement import FILE, parsed
from tests.conftest import TODAY, plainleaf
from tests.provenance.conftest import EN, ES, publish

pytestmark = pytest.mark.usefixtures("two_layouts")
Edit = Callable[[Path, str, str], None]
PRINTED = re.compile(r"(inhaler \w+ 2026-\d\d-\d\d)\u00a0· ([0-9a-f]{4})\u00a0([0-9a-f]{4})\b")


def planned(root: Path) -> dict[str, str]:
    """The digests of all pages, by path; nothing is laid out for that."""
    loaded = load(root)
    plan = planning.plan(loaded, editions(loaded, Choice(), TODAY))
    assert plan.jobs, loaded.findings
    return {path: job.prepared.digest for path, job in plan.jobs.items()}


def on(page: Path) -> tuple[str, str]:
    """The version and digest that a page for screens shows."""
    (found,) = PRINTED.finditer(page.read_text("utf-8"))
    return found[1], f"{found[2]} {found[3]}"


def asked(root: Path, *words: str, code: int = 0) -> list[Any]:
    done = plainleaf("verify", "--json", "--digest", *words, root=root)
    assert done.returncode == code, done.stdout + done.stderr
    said: list[Any] = json.loads(done.stdout)["files"]
    return said


def test_it_is_the_same_in_two_checkouts(content: Path, tmp_path: Path) -> None:
    shutil.copytree(content, tmp_path / "other/place")
    first = planned(content)
    assert first == planned(tmp_path / "other/place")
    assert all(digests.typed(digest) == digest for digest in first.values())
    assert len(set(first.values())) == len(first), "each language and layout has its own"


CHANGES = {
    "text": ("sources/inhaler.md", "Shake it first", "Shake it well first"),
    "translation": ("locales/es/LC_MESSAGES/inhaler.po", "Primero agítelo", "Primero agítelo bien"),
    "clinic": ("sources/clinics/sample.toml", "202-555-0142", "202-555-0143"),
}


def test_it_changes_with_what_is_printed(content: Path, replaced: Edit) -> None:
    before = planned(content)
    for kind, (file, old, new) in CHANGES.items():
        text = (content / file).read_bytes()
        replaced(content / file, old, new)
        now = planned(content)
        changed = {path for path in before if before[path] != now.get(path)}
        if kind == "translation":
            assert changed and not any(".en." in path for path in changed)
        elif kind == "text":
            assert {path for path in before if ".en." in path} <= changed
        else:
            assert changed == set(before)
        (content / file).write_bytes(text)
    assert planned(content) == before


def test_it_changes_with_who_has_signed(content: Path) -> None:
    before = planned(content)
    assert plainleaf("sign-off", "inhaler", "--by", "A. Sample, nurse", root=content).returncode == 0
    assert not set(before.values()) & set(planned(content).values())


def test_it_changes_with_style_and_pictures(tmp_path: Path) -> None:
    picture = tmp_path / "layouts/mine/stamp.png"
    picture.parent.mkdir(parents=True)

    def digest(
        css: str = "p { color: red }", html: str = '<img alt="" src="layouts/mine/stamp.png">', fonts: str = ""
    ) -> str:
        rules = Rules("mine", "English", "en", "Latn", 14, 12, 1.4)
        sheet = Sheet("a.pdf", html, css, fonts, (), (), tmp_path.as_uri(), Location("sources/a.md"), rules)
        inputs, prepared = Inputs((tmp_path / "layouts",)), pdf.prepared(sheet)
        return inputs.short(prepared, inputs.named(prepared))

    seen = [digest(), digest("p { color: blue }")]
    for data in (b"one", b"two"):
        picture.write_bytes(data)
        seen.append(digest())
    assert len(set(seen)) == 4
    moved = '<img data-at="sources/a.md:9" data-po="locales/es/a.po:4" alt="" src="layouts/mine/stamp.png">'
    assert digest(html=moved) == digest(), "a line of a source is on no page"
    font = '@font-face {{ font-family: "Noto Sans {}"; src: url("file:///{}/400-{}.ttf") }} p {{ font-size: {}em }}'
    cuts = [digest(fonts=font.format(*each, "1.2")) for each in (("abcdef", "a", "12"), ("ghijkl", "b", "34"))]
    assert len(set(cuts)) == 1, "another version of a font is the same text"
    assert digest(fonts=font.format("abcdef", "a", "12", "1.3")) not in cuts


def test_every_page_shows_its_own(content: Path) -> None:
    loaded = load(content)
    plan = planning.plan(loaded, editions(loaded, Choice(), TODAY))
    sheets = [job.prepared for job in plan.jobs.values() if job.form.name == "pdf"]
    assert len(sheets) > 2
    for prepared in sheets:
        assert digests.PLACE in prepared.content.html, "it is filled in when the page is laid out"
    publish(content)
    for file in (EN, ES):
        tag = file.parent.name
        version, digest = on(content / "build" / file)
        entry = parsed((content / "build" / FILE).read_bytes()).artifacts[file.as_posix()]
        assert (version, digest) == (entry.version, entry.digest)
        assert version.startswith(f"inhaler {tag} ")


def test_a_page_of_no_list_has_none(content: Path) -> None:
    loaded = load(content)
    plan = planning.plan(loaded, editions(loaded, Choice(), TODAY), formats=("html",))
    prepared = next(job.prepared for job in plan.jobs.values() if job.form.name == "html")
    made: Made = FORMATS["html"].write(replace(prepared, digest=""), Limits(9, 999))
    page = next(iter(made.files.values()))
    assert digests.PLACE.encode() not in page and not PRINTED.search(page.decode())


def test_a_paper_is_found_by_it(made: Path, replaced: Edit) -> None:
    version, digest = on(made / "build" / ES)
    for words in (digest.split(), [digest.replace(" ", "").upper()], [f"{version} · {digest}"]):
        (about,) = asked(made, *words)
        assert (about["state"], about["artifact"], about["clinic"]) == ("current", ES.as_posix(), "sample")
        assert (about["version"], about["digest"]) == (version, digest)
        assert [each["state"] for each in about["signatures"]] == ["none", "none"]
    text = plainleaf("verify", "--digest", digest, root=made).stdout
    assert f"Version {version} · {digest}: {ES}, of the clinic “sample”." in text
    assert "The translation (es) is not approved." in text
    file, old, new = CHANGES["translation"]
    replaced(made / file, old, new)
    (about,) = asked(made, digest, code=1)
    assert (about["state"], about["changed"]) == ("out-of-date", [{"kind": "translation", "name": file}])


def test_a_digest_of_nothing(made: Path) -> None:
    (about,) = asked(made, "0000", "0000", code=1)
    assert about["state"] == "unknown" and about["why"] and about["hint"]
    done = plainleaf("verify", "--digest", "inhaler en 2026-10-01", root=made)
    assert done.returncode == 2 and "is not a digest" in done.stderr and "1a2b 3c4d" in done.stderr


def test_what_people_type_is_understood() -> None:
    typed = (
        "1a2b 3c0d",
        "1A2B3C0D",
        "(1a2b\u00a03c0d)",
        "x es 2026-05-01 · 1a2b 3c0d",
        "x es 2026-05-01 - 1a2b 3c0d",
        "1a2b-3c0d.",
        "la2b 3cOd",
        "1a:2b:3c:0d",
        "1 a 2 b 3 c 0 d",
        "0x1a2b3c0d",
        "1a2b_3c0d",
        "1a2b\u20113c0d",
        "\uff11\uff41\uff12\uff423c0d",
        "\u0661a\u0662b \u0663c\u0660d",
    )
    assert {digests.typed(words) for words in typed} == {"1a2b 3c0d"}
    assert not any(map(digests.typed, ("", "x es 2026-05-01", "1a2b", "1a2b 3c4", "1a2b 3c4d 5", "wxyz 1234")))


@pytest.mark.parametrize("digest", ["4749 1234", "1a2b 3c4d", "202e 5550"])
def test_no_line_reads_version_and_digest_as_one_number(digest: str) -> None:
    line = digests.filled(f"x en 2026-05-01{digests.PLACE}", digest)
    for tag in ("en", "es", "ar", "hi", "zh-Hans"):
        assert not any(
            "2026-05-01" in each[0] and digest[:4] in each[0] for each in markup.whole(facts.named(tag)).finditer(line)
        )
