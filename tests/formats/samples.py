"""Small leaflets: one with every kind of block, in made-up languages and translated in part; some in languages that no
leaflet is translated into."""

from __future__ import annotations

from pathlib import Path

from plainleaf.model import Edition, Translation
from plainleaf.project import Project
from plainleaf.sources import markdown
from plainleaf.translations import messages
from plainleaf.typesetting import locales, pseudo
from tests.matrix import cases

# Sources in languages that no leaflet is translated into, some of which put no spaces between words.
SAMPLES = {
    "he": ("שָׁלוֹם", "קחו כדור אחד בכל יום.", "דברו עם הרופא."),
    "my": ("ဆေး", "နေ့စဉ် ဆေးတစ်လုံး သောက်ပါ။", "ဆရာဝန်နှင့် တိုင်ပင်ပါ။"),
    "lo": ("ຢາ", "ກິນຢາມື້ລະເມັດ.", "ຖາມ\u200bທ່ານ\u200bໝໍ."),
    "ur": ("دوا", "روزانہ ایک گولی لیں۔", "ڈاکٹر سے پوچھیں۔"),
}
PARTIAL = "ar_XB partly"  # of it, half of the texts are in the source's language
SAMPLE = """---
title: {0}
summary: {1}
audience: {2}
language: {3}
written: 2026-11-01
review-by: 2028-11-01
country: US
---
## {0}

{1}

- {2}
- {1}

| {0} | {1} |
|---|---|
| {2} | 50 mg |

::: urgent
**{1}** {2}
:::
"""


def sample(locale: str, root: Path) -> tuple[Edition, Project]:
    """A leaflet with every kind of block, also translated in part, or one in a language of the samples."""
    locale, _, partly = locale.partition(" ")
    project = cases.content(root, "sample-us")
    if locale in SAMPLES:
        source, where = SAMPLE.format(*SAMPLES[locale], locale), locales.locale(locale)
    else:
        source = cases.source(cases.Case("a4", tuple(cases.BLOCKS)), "full", "US")
        where = pseudo.locale(locale) if locale in pseudo.NAMES else locales.locale(locale)
    leaflet, found = markdown.parse("sources/sample.md", source)
    assert leaflet, found
    if locale not in pseudo.NAMES:
        return messages.localize(leaflet, where, "US", None, draft=False)[0], project
    catalog = pseudo.Catalog(locale)

    def lookup(context: str, text: str) -> Translation | None:
        return None if partly and len(text) % 2 else catalog.lookup(context, text)

    return messages.localize(leaflet, where, "US", lookup, draft=True, show_source=bool(partly))[0], project
