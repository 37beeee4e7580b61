"""What was laid out for a file goes with it, without a search for garbage."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
import tinycss2
from weasyprint import css
from weasyprint.css.tokens import RelativeLengthInMath
from weasyprint.formatting_structure.boxes import BlockBox

from plainleaf.formats.pdf import engine, releasing
from tests import sheets

CSS = "p { margin-block: calc(1em + 2px); padding: calc(1px + 1em - 1ex) }"
PAGE = "<main><h1>Sample</h1><div>Some <p>words</p></div><ul><li>and more</ul></main>"


@pytest.fixture
def unsearched() -> Iterator[None]:
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def boxes() -> int:
    return sum(type(each) is BlockBox for each in gc.get_objects())


@pytest.mark.usefixtures("unsearched")
def test_no_box_of_a_file_is_left_when_it_is_made() -> None:
    before = boxes()
    assert sheets.printed(PAGE, CSS).data
    assert boxes() == before


def test_what_is_noted_is_taken_apart_in_the_end_unless_something_fails() -> None:
    class Held:
        def __init__(self) -> None:
            self.me = self

    held, failed = Held(), Held()
    with releasing.at_end():
        releasing.note(held)
        assert held.me is held
    assert not vars(held)
    with pytest.raises(ValueError, match="it fails"), releasing.at_end():
        releasing.note(failed)
        raise ValueError("it fails")
    releasing.note(failed)
    assert failed.me is failed


def test_a_sum_that_has_to_wait_says_so_as_ever_without_the_calls_that_led_to_it() -> None:
    token = tinycss2.parse_one_component_value("calc(1px + 1em)")
    with engine.tuned(), pytest.raises(RelativeLengthInMath) as raised:
        css.resolve_math(token)
    assert raised.value.__context__ is None
    assert [call.name for call in raised.traceback[-2:]] == ["resolve_math", "calc_sum"]
