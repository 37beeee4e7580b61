"""A code to scan for any link: how it is written, what it opens for whom, and what an author hears of anything else."""

from __future__ import annotations

import re

import pytest

from plainleaf.graphics import codes
from plainleaf.languages.invisible import WORD_JOINER, ZERO_WIDTH_SPACE
from plainleaf.layouts.context import View
from plainleaf.model import Kind, Strong, Text
from plainleaf.translations import messages
from plainleaf.typesetting import locales
from tests.layouts.test_first_block import HEAD
from tests.sources.test_blocks import leaflet
from tests.sources.test_callouts import found
from tests.sources.test_forms import CONTENT, page

FILM = "https://films.example/cough"
MAIL = "mailto:nurse@clinic.example?subject=Cough"
LINK = f"[The film]({FILM})"


def code(inside: str, marks: str = "") -> str:
    return f"::: code{marks}\n{inside}\n:::"


def opened(inside: str, locale: str = "en") -> tuple[str, str, str]:
    """What a code opens in a language: the picture, where the link leads, the printed address."""
    made = leaflet(code(inside))
    where = locales.locale(locale)
    edition, _ = messages.localize(made, where, "US", None, draft=True)
    assert CONTENT.clinic
    view = View(edition, CONTENT.clinic, where, CONTENT.layouts["a4"])
    both = view.opened(made.blocks[0].options)
    link = re.fullmatch(r'<bdi dir="ltr"><a href="([^"]*)">(.*)</a></bdi>', both.address)
    assert link
    return both.code, link[1], re.sub(f"[{ZERO_WIDTH_SPACE}{WORD_JOINER}]", "", link[2])


def test_a_code_has_the_words_of_its_link_and_its_address() -> None:
    (block,) = leaflet(code(f"[The **film**]({FILM})", " {#film .safety}")).blocks
    assert (block.kind, block.id, block.safety) == (Kind.CODE, "film", True)
    assert block.inlines == (Text("The "), Strong((Text("film"),)))
    assert block.options == {"href": FILM}


def test_translators_get_the_words_and_are_told_what_the_code_opens() -> None:
    (message,) = [message for message in messages.extract(leaflet(code(LINK))) if message.text == "The film"]
    assert message.comments == ("Words beside a code to scan: they say what it opens.", f"The code opens {FILM}")


@pytest.mark.parametrize(
    ("link", "leads", "printed"),
    [
        (FILM, FILM, "films.example/cough"),
        (MAIL, MAIL, "nurse@clinic.example"),
        ("tel:+1-202-555-0142", "tel:+12025550142", "(202) 555-0142"),
    ],
)
def test_the_address_is_printed_as_people_type_it(link: str, leads: str, printed: str) -> None:
    assert opened(f"[The film]({link})") == (codes.picture(link), leads, printed)


@pytest.mark.parametrize(
    ("locale", "address"),
    [
        ("en", FILM),
        ("hi", FILM),
        ("es", "https://films.example/es"),
        ("es_MX", "https://films.example/es"),
        ("zh_Hans", "https://films.example/zh"),
    ],
)
def test_a_language_may_have_an_address_of_its_own(locale: str, address: str) -> None:
    body = f"{LINK}\n- es: https://films.example/es\n- zh-Hans: <https://films.example/zh>"
    assert found(code(body)) == []
    assert opened(body, locale)[:2] == (codes.picture(address), address)


def test_a_listener_hears_that_it_is_a_code_and_what_it_opens() -> None:
    assert 'alt="Code to scan: The film"' in page(code(LINK))


@pytest.mark.parametrize(
    ("body", "line", "what"),
    [
        (code("Watch the film."), 2, "contains no link"),
        (code(FILM), 2, "contains no link"),
        (code(f"{LINK} {LINK}"), 2, "contains more than one link"),
        (code(f"{LINK}\n\n{LINK}"), 4, "contains more than one link"),
        (code(f"{LINK}\n\n1. Rest."), 4, "contains more than one link"),
        (f"::::: code\n{LINK}\n\n::: tip\nRest.\n:::\n:::::", 4, "contains more than one link"),
        (code(f"Watch {LINK}."), 2, "words beside the link"),
        (code("[The film](ftp://films.example)"), 2, "a link leads to"),
        (code("[The film](https://films)"), 2, "a link leads nowhere"),
        ("## Rest {#rest}\n\nNow.\n\n" + code("[Rest](#rest)"), 6, "opens nothing when it is scanned"),
        (code(f"[The film]({FILM}?{'x' * 200})"), 2, "has 228 characters; a code has room for 200"),
        (code(f"[The film]({FILM}/{'й' * 90})"), 2, "has 208 characters"),
        (code(f"{LINK}\n- Spanish: {FILM}"), 3, "“Spanish” is not a language"),
        (code(f"{LINK}\n- xq: {FILM}"), 3, "“xq” is not a language"),
        (code(f"{LINK}\n- es: {FILM}\n- es: {FILM}"), 4, "“es” appears twice"),
        (code(f"{LINK}\n- {FILM}"), 3, "is not the address of a language"),
        (code(f"{LINK}\n- es: films.example"), 3, "a link leads to “films.example”"),
    ],
)
def test_what_is_no_code_for_one_link(body: str, line: int, what: str) -> None:
    finding = found(body)[0]
    assert what in finding.message and finding.hint
    assert finding.at.line == HEAD.count("\n") + line


@pytest.mark.parametrize("typed", ["qr", "scan"])
def test_another_name_for_a_code_is_answered_with_ours(typed: str) -> None:
    assert found(f"::: {typed}\n{LINK}\n:::")[0].hint == "write ::: code"
