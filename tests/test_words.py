"""What people read is in plain, idiomatic English: words that are worn out in this house are in no message, hint, help
or record of a check. What to write in their place is in CONTRIBUTING.md, "How we write"."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from plainleaf.cli import guide
from tests.conftest import ROOT

PACKAGE = ROOT / "plainleaf"
WORN = {
    "stands": r"\b(?:stands?|stood|standing)\b",
    "mend": r"\bmend(?:s|ed|ing)?\b",
    "told": r"\btold\b",
    "knows": r"\bknows\b",
    "head": r"\bheads?\b",
    "slip": r"\bslips?\b",
    "anew": r"\banew\b",
    "is not there": r"\b(?:is|are) not there\b",
    "take away": r"\btake(?: \w+){1,3} away\b|\btaken away\b",
    "nobody has this number": r"\bnobody has this\b",
    "all is well": r"\ball is well\b",
}
# What may say it all the same: module, a part of the text, and why.
RIGHT = (
    ("sources/blocks/", "slip", "what authors call this block: “::: slip”"),
    ("translations/messages.py", "is printed as it stands", "an idiom; each catalog would be out of date"),
    ("checks/translation/words.py", "can stand less opioid", "an example of a leaflet's text"),
    ("readability/english.py", "ward town berry", "a list of the ends of words"),
)
# Texts for programs, or of leaflets: patterns, style sheets, examples.
_NOT_FOR_PEOPLE = re.compile(r"\(\?P<|\\b|\\d|@page|[{};]\s*--|\{ position:")


def said(path: Path) -> Iterator[tuple[int, str]]:
    """Each text of several words that a module may print, by its line; what is filled in is “…”."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped = set[int]()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            skipped.add(id(node.value))  # a docstring
        if isinstance(node, ast.JoinedStr):
            skipped.update(id(inner) for inner in ast.walk(node) if inner is not node)
            node_text = "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped:
            node_text = node.value
        else:
            continue
        if " " in node_text.strip() and id(node) not in skipped and not _NOT_FOR_PEOPLE.search(node_text):
            yield node.lineno, node_text


def right(file: str, text: str) -> bool:
    return any(file.startswith(module) and part in text for module, part, _ in RIGHT)


@cache
def all_said() -> tuple[tuple[str, int, str], ...]:
    """The texts of all modules: file, line, text; taken apart once."""
    modules = sorted(PACKAGE.rglob("*.py"))
    return tuple((path.relative_to(PACKAGE).as_posix(), *each) for path in modules for each in said(path))


@pytest.mark.parametrize("name", WORN)
def test_no_text_that_people_read_has_a_worn_out_word(name: str) -> None:
    found = [
        f"plainleaf/{file}:{line}: {text}"
        for file, line, text in all_said()
        if re.search(WORN[name], text, re.IGNORECASE) and not right(file, text)
    ]
    assert found == [], "how we write is in CONTRIBUTING.md"


def test_texts_for_people_are_found_and_what_is_for_programs_is_not(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text('"""It stands here."""\nWHAT = f"“{name}” stands here"\nHINT = (\n    "mend "\n    "it"\n)\n')
    assert [*said(module)] == [(2, "“…” stands here"), (4, "mend it")]


@pytest.mark.parametrize(("module", "part", "why"), RIGHT, ids=[part for _, part, _ in RIGHT])
def test_what_may_stay_is_still_said(module: str, part: str, why: str) -> None:
    within = PACKAGE / module
    files = [within] if within.is_file() else [*within.rglob("*.py")]
    assert why and any(part in text for file in files for _, text in said(file))


STAFF = (
    "review", "desk", "moved", "print-list", "print-list-leaflet", "print-list-edition", "status", "status-leaflet",
    "status-edition", "readability", "readability-languages", "readability-edition", "readability-sentences",
    "readability-signs",
)  # fmt: skip
GUIDES = [ROOT / "README.md", ROOT / "SECURITY.md", *(guide.path(name) for name in guide.GUIDES)]
PAGES = [ROOT / "layouts" / "base" / f"{name}.html" for name in STAFF]
IN_GUIDES = [pattern for name, pattern in WORN.items() if name not in ("head", "slip", "take away")]  # words of layouts


def text_of(page: Path) -> str:
    """What people read of a guide or page: without code, comments, tags and styles."""
    text = page.read_text(encoding="utf-8")
    if page.suffix == ".md":
        return re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.DOTALL)
    text = re.sub(r"<style.*?</style>|\{#.*?#\}|\{%.*?%\}|<[^>]*>", "", text, flags=re.DOTALL)
    return re.sub(r"\{\{.*?\}\}", lambda printed: " ".join(re.findall(r'"([^"]*)"', printed[0])), text, flags=re.DOTALL)


@pytest.mark.parametrize("page", [*GUIDES, *PAGES], ids=lambda page: f"{page.parent.name}-{page.stem}")
def test_no_guide_and_no_page_for_staff_has_a_worn_out_word(page: Path) -> None:
    assert re.findall(rf".*(?:{'|'.join(IN_GUIDES)}).*", text_of(page), re.IGNORECASE) == []
