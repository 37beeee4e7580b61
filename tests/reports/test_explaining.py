"""Every finding can be looked up: what it means, why it matters, how to fix it or let it pass."""

from __future__ import annotations

import ast
import os
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

import pytest

from plainleaf.approvals.signatures import APPROVALS, SIGN_OFFS
from plainleaf.checks.readability import pemat, style
from plainleaf.cli import main as cli
from plainleaf.cli.explain import records
from plainleaf.model import Finding, Location, Severity, State
from plainleaf.reports import explaining, terminal
from tests.conftest import ROOT

PACKAGE = ROOT / "plainleaf"
PAGE = ROOT / "docs" / "checks.md"
# Ids that are put together while the command runs.
MADE = (
    "po-missing",
    "render-warning",
    *(f"po-{state.value}" for state in (State.FUZZY, State.UNTRANSLATED)),
    *(f"pemat-{item.name}" for item in pemat.JUDGED),
    *(f"readability-{name}" for name in (*style.NAMES, "sentence", "point")),
    *(f"{book.kind}-{end}" for book in (APPROVALS, SIGN_OFFS) for end in ("name", "unknown", "signature", "broken")),
)
ID = re.compile(r"[a-z]+(-[a-z]+)*")


def constants(tree: ast.Module) -> dict[str, str]:
    """The module's names for plain texts, also those that are given together: A, B = "a", "b"."""
    found = {}
    for node in tree.body:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        for target in targets:
            several = isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple)
            pairs = zip(target.elts, node.value.elts, strict=True) if several else [(target, node.value)]
            for name, value in pairs:
                if isinstance(name, ast.Name) and isinstance(value, ast.Constant) and isinstance(value.value, str):
                    found[name.id] = value.value
    return found


@cache
def printed() -> frozenset[str]:
    """Every check id that the code gives to a finding, as far as it is written out: followed through functions that
    take an id and hand it on."""
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in PACKAGE.rglob("*.py")}
    known = {path: constants(tree) for path, tree in trees.items()}
    called = [(path, *each) for path, tree in trees.items() for each in calls(tree)]
    givers, ids = {"Finding": 0, "Flaw": 0, "Found": 0, "Dialect": 9}, set[str]()
    while True:
        before = len(givers)
        for path, inside, call in called:
            place = givers.get(name_of(call))
            given = next((each.value for each in call.keywords if each.arg == "check"), None)
            if place is None or (given is None and len(call.args) <= place):
                continue
            for value in either(given or call.args[place]):
                if isinstance(value, ast.Constant):
                    ids.add(str(value.value))
                elif isinstance(value, ast.Name) and inside and value.id in (taken := parameters(inside)):
                    givers.setdefault(inside.name, taken.index(value.id))
                elif isinstance(value, ast.Name | ast.Attribute):
                    name = value.id if isinstance(value, ast.Name) else value.attr
                    ids |= {all_of[name] for all_of in ([known[path]] if name in known[path] else known.values())
                            if name in all_of and name.isupper()}  # fmt: skip
        if len(givers) == before:
            return frozenset(each for each in ids if ID.fullmatch(each)) - {*style.NAMES}


def calls(tree: ast.AST, inside: ast.FunctionDef | None = None) -> Iterator[tuple[ast.FunctionDef | None, ast.Call]]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Call):
            yield inside, node
        yield from calls(node, node if isinstance(node, ast.FunctionDef) else inside)


def name_of(call: ast.Call) -> str:
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def either(value: ast.expr) -> list[ast.expr]:
    return [*either(value.body), *either(value.orelse)] if isinstance(value, ast.IfExp) else [value]


def parameters(function: ast.FunctionDef) -> list[str]:
    return [each.arg for each in function.args.args if each.arg not in ("self", "cls")]


def test_every_check_that_can_be_printed_is_explained() -> None:
    found = printed()
    assert {
        "settings",
        "source-block-unknown",
        "po-waiver",
        "source-list-typed",
        "fill-value",
        "edition-lapsed",
    } <= found
    assert sorted({*found, *MADE} - records().keys()) == []


def test_nothing_is_explained_that_is_never_printed() -> None:
    of_checks = {
        name for name in records() if name.startswith(("fit-", "dose-", "date-", "time-", "page-", "po-", "template-"))
    }
    assert sorted(records().keys() - of_checks - printed() - {*MADE}) == []


def test_no_two_findings_share_a_name() -> None:
    named = Counter(record.id for record in explaining.all_records())
    assert [name for name, count in named.items() if count > 1] == []


def test_a_record_says_what_why_and_how_in_sentences() -> None:
    said = [text for record in records().values() for text in (record.what, record.why, record.fix)]
    assert [text for text in said if not text.rstrip("”").endswith((".", "?", ":"))] == []


def test_the_page_of_checks_says_what_the_command_says() -> None:
    page = explaining.page(records().values())
    if os.environ.get("PLAINLEAF_GOLDEN"):
        PAGE.write_text(page, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page, "PLAINLEAF_GOLDEN=1 writes it anew"


def test_a_check_is_explained_by_the_name_behind_its_finding(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["explain", "[fit-white]", "po-numbers"]) == 0
    said = capsys.readouterr().out
    assert "Why: A page that is empty for the most part looks like the end" in said
    assert "Reference: PEMAT-P, 10" in said
    assert "# plainleaf: ignore numbers because" in said, "how a translator lets it pass"


def test_without_a_name_all_checks_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["explain"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(records())


def test_a_misspelt_check_is_answered_with_the_nearest_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["explain", "fit-wite"]) == 2
    assert "there is no check “fit-wite”; did you mean “fit-white”?" in capsys.readouterr().err


def test_the_terminal_leads_to_the_gravest_finding() -> None:
    found = [Finding(name, severity, "x", Location("a.md", 1))
             for name, severity in (("fit-white", Severity.WARNING), ("source-html", Severity.ERROR))]  # fmt: skip
    assert terminal.more(found) == "To learn more about a finding: plainleaf explain source-html"
    assert terminal.more([]) == ""
