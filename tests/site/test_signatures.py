"""What the desk is told of signatures that count no more."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from plainleaf.actions import plan as planning
from plainleaf.actions import status
from plainleaf.actions.choice import Choice
from plainleaf.editions import editions
from plainleaf.project import load
from plainleaf.site import print_list
from tests.conftest import TODAY, plainleaf

pytestmark = pytest.mark.usefixtures("two_layouts")
Edit = Callable[[Path, str, str], None]


def page(root: Path) -> str:
    """The page of the Spanish edition for the desk; nothing is made for it."""
    loaded = load(root)
    plan = planning.plan(loaded, editions(loaded, Choice(), TODAY))
    lapsed = status.lapsed(status.sources(loaded, today=TODAY), status.rows(loaded, today=TODAY))
    groups = print_list.groups(loaded, plan.wanted, plan.editions, plan.problems, lapsed)
    (spanish,) = (group for group in groups if group.edition.locale.name == "es")
    return print_list.of_edition(loaded, spanish)


def test_what_lapsed_a_signature_is_named_with_a_link(content: Path, replaced: Edit) -> None:
    for signed in (["approve", "es", "inhaler"], ["sign-off", "inhaler"]):
        assert plainleaf(*signed, "--by", "A. Sample, nurse", root=content).returncode == 0
    assert "LAPSED" not in page(content)
    replaced(content / "locales/es/LC_MESSAGES/inhaler.po", "Primero agítelo", "Primero agítelo bien")
    now = page(content)
    assert "The approval LAPSED: " in now and "The sign-off" not in now
    assert now.count("A. Sample, nurse") >= 1 and now.count('href="../../status/inhaler/es.html"') == 1
    replaced(content / "sources/inhaler.md", "Shake it first", "Shake it well first")
    now = page(content)
    assert "The sign-off LAPSED: " in now and now.count('href="../../status/inhaler/index.html"') == 1
