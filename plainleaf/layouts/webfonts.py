"""The fonts of an edition for screens: cut to what its page says, as WOFF 2.0, and the style rules that name them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from plainleaf.layouts.foreign import said, spoken
from plainleaf.model import Edition, Locale
from plainleaf.typesetting import subsets, woff2

LAST = "sans-serif"


@dataclass(frozen=True, slots=True)
class WebFonts:
    """Style rules, and the font files that they name, each once."""

    css: str
    files: tuple[Path, ...]


def typeset(
    html: str, edition: Edition, second: Edition | None, known: Mapping[str, Locale], folder: str = "fonts/"
) -> WebFonts:
    """What a page of one edition, or of two, needs of fonts; its elements say their languages by ``lang``.

    ``known``: languages by name as the content sets them; ``folder``: where the files lie as the style sheet sees them.
    Each language is as large beside the page's own as it is on paper. Raises ``fonts.FontError``.
    """
    return both_ways(html, edition, second, known, folder)[0]


def both_ways(
    html: str, edition: Edition, second: Edition | None, known: Mapping[str, Locale], folder: str = "fonts/"
) -> tuple[WebFonts, WebFonts]:
    """The same, and these fonts as they were cut, where they lie on this machine, for who draws a page in them."""
    languages = _languages(html, edition, second, known)
    cut = [*_cuts(html, edition, second, languages)]
    drawn = [subsets.face_css(fonts, selector) for selector, fonts in cut]
    here = dict.fromkeys(font.path for _, fonts in cut for font in fonts)
    rules, paths = list[str](), dict[Path, None]()
    for selector, cuts in cut:
        fonts = woff2.packed(cuts)
        rules.append(subsets.face_css(fonts, selector, folder, LAST))
        paths |= dict.fromkeys(font.path for font in fonts)
    rules += _sizes("", edition.locale, languages)
    if second:
        rules += _sizes(f"{_within(second.locale)} ", second.locale, languages)
    return WebFonts("".join(rules), tuple(paths)), WebFonts("".join(drawn), tuple(here))


def _cuts(
    html: str, edition: Edition, second: Edition | None, languages: Sequence[Locale]
) -> Iterator[tuple[str, tuple[subsets.CutFont, ...]]]:
    """The fonts of each language that has its own on a page, with the selector of its elements."""
    letters = said(html) if len(languages) > 1 else {}
    for locale in languages:
        of_text = locale is edition.locale or bool(second and locale is second.locale)
        if of_text or not set(locale.fonts) <= set(edition.locale.fonts):
            selector = "html" if locale is edition.locale else _within(locale)
            words = html if of_text else letters.get(locale.tag.casefold(), "")
            yield selector, subsets.cut(locale.fonts, words, around=edition.locale.fonts)


def _languages(html: str, edition: Edition, second: Edition | None, known: Mapping[str, Locale]) -> tuple[Locale, ...]:
    """Those of a page, its own first, each once."""
    both = [each for each in (edition, second) if each]
    every = (*(each.locale for each in both), *spoken(both, known, html))
    return tuple({each.tag: each for each in reversed(every)}[tag] for tag in dict.fromkeys(each.tag for each in every))


def _sizes(scope: str, around: Locale, languages: Sequence[Locale]) -> Iterator[str]:
    """How large each language is set in a text of another one, in words inside words of its own as these."""
    for each in languages:
        if each.tag != around.tag and each.size_factor != around.size_factor:
            size = each.size_factor / around.size_factor
            yield f"{scope}{_within(each)} {{ font-size: {size:.4g}em }}\n"
            yield f"{scope}{_within(each)} {_within(each)} {{ font-size: 1em }}\n"


def _within(locale: Locale) -> str:
    """The elements of a page that are in a language."""
    return f':not(html)[lang="{locale.tag}"]'
