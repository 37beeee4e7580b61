"""What stands beside a leaflet's own text on its pages: words of the clinic's file, and the layouts' own words.

They belong to no edition, so that they are judged once for each language, by the rules for words and single sentences.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from plainleaf.checks.readability import judge, style, wording
from plainleaf.clinics.details import name_of, note_of
from plainleaf.languages import facts
from plainleaf.languages.folding import bare
from plainleaf.model import Clinic, Finding, Locale, Location, State
from plainleaf.model.tags import locale_name
from plainleaf.project import Project
from plainleaf.readability import scores, sentences
from plainleaf.translations import layout_words

_Text = tuple[str, Location, Location | None]  # with its line in a template or a clinic's file, and in the catalog


def check(project: Project, locales: Iterable[Locale], source: str) -> Iterator[Finding]:
    """What is found on the clinic's and the layouts' words in each locale; ``source``: the leaflets' own language."""
    for locale in locales:
        own = locale.name == locale_name(source)
        texts = [*_of_clinic(project.clinic, locale, own)] if project.clinic else []
        reading = scores.reading(sentences.labels(facts.of(locale), [*texts, *_of_layouts(project, locale, own)]))
        yield from (one.finding for one, _ in judge.long_sentences(reading))
        yield from (finding for finding, _ in (*wording.words(reading), *style.texts(reading)))


def _of_clinic(clinic: Clinic, locale: Locale, own: bool) -> Iterator[_Text]:
    """Words beside its numbers. In the leaflets' own language they are those without a language's name."""
    if own:
        yield clinic.imprint, clinic.place("imprint"), None
        yield clinic.logo_alt, clinic.place("logo-alt"), None
    for _, contact in clinic.contacts:
        for kind, said, first in (("name", name_of(contact, locale), contact.name),
                                  ("note", note_of(contact, locale), contact.note)):  # fmt: skip
            if said or own:
                key = f"{kind}s.{locale.name}" if said else kind
                yield said or first, contact.place(key, clinic.at), None


def _of_layouts(project: Project, locale: Locale, own: bool) -> Iterator[_Text]:
    """The words of the layouts in the root folder; those that come with Plainleaf are judged where it is made."""
    catalog = project.words(locale.name)
    every = layout_words.messages(project.layout_folders, project.root)
    for message in (each for each in every if (project.root / each.at[0].file).is_file()):
        said = catalog.lookup(message.context, message.text) if catalog and not own else None
        if own:
            yield bare(message.text), message.at[0], None
        elif said and said.state is State.CURRENT:
            yield bare(said.text), message.at[0], said.at
