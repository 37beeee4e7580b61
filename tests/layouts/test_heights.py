"""Which boxes and tables may break over pages: boxes higher than half of one, tables higher than a third."""

from __future__ import annotations

import re

import pytest

from plainleaf.model import Kind
from tests.sources.test_forms import page

POINT = "- Drink a cup of water each hour, and rest as long as you need to.\n"
ROW = "| Each hour | Drink a cup of water |\n"


@pytest.mark.parametrize(("count", "breaks"), [(6, False), (40, True)])
@pytest.mark.parametrize("name", ["go", "caution", "stop", "tip"])
def test_a_box_higher_than_half_a_page_may_break(name: str, count: int, breaks: bool) -> None:
    (classes,) = re.findall(rf'<section class="callout ({name}[^"]*)"', page(f"::: {name}\n{POINT * count}:::"))
    assert ("tall" in classes.split()) is breaks


@pytest.mark.parametrize(("count", "breaks"), [(4, False), (9, True), (40, True)])
def test_a_table_higher_than_a_third_of_a_page_may_break_between_its_rows(count: int, breaks: bool) -> None:
    html = page(f"| When | What |\n|---|---|\n{ROW * count}")
    assert ('<table class="tall"' in html) is breaks and f'data-kind="{Kind.TABLE.value}"' in html


def test_what_can_kill_stays_whole_however_long_it_is() -> None:
    assert " tall" not in page(f"::: urgent\n{POINT * 40}:::")
