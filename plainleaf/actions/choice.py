"""What a run is asked for by name, and which files that means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from plainleaf.actions.plan import Unmade, two_languages
from plainleaf.model import Artifact
from plainleaf.project import Project
from plainleaf.typesetting import pseudo


@dataclass(frozen=True, slots=True)
class Choice:
    """What to publish, by name; an empty tuple means all. ``pseudo``: also in the made-up languages for tests.

    ``looks``: in these only, each one look or several joined with "+"; without any, plain and in those of the settings.
    ``formats``: what to write each as; without any, as the settings say.
    ``beside``: the locale to set beside each edition's own, where a layout does that. ``complete``: an edition that is
    not translated whole is an error. ``paths``: these files alone, of those that are meant with all else.
    """

    leaflets: tuple[str, ...] = ()
    locales: tuple[str, ...] = ()
    layouts: tuple[str, ...] = ()
    pseudo: bool = False
    looks: tuple[str, ...] = ()
    beside: str = ""
    complete: bool = False
    formats: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()


def is_listed(project: Project, artifact: Artifact) -> bool:
    """Whether the pages list a file: the settings ask for it, or it lies there as somebody once asked."""
    return (artifact.made or is_usual(project, artifact)) and artifact.locale not in pseudo.NAMES


def is_usual(project: Project, artifact: Artifact) -> bool:
    """Whether a run without options makes a file, by the settings."""
    settings = project.settings
    layouts = settings.layouts if artifact.layout else ()
    asked = (layouts, artifact.layout), (settings.locales, artifact.locale), (settings.formats, artifact.format)
    looks = ("", *settings.looks)
    return all(not names or name in names for names, name in asked) and "+".join(artifact.looks) in looks


def is_asked(project: Project, choice: Choice, unmade: Unmade, made: Sequence[Artifact]) -> bool:
    """Whether something that is not made was asked for by name, and nothing else was made for it."""
    if unmade.layout and any((each.format, each.layout) == (unmade.format, unmade.layout) for each in made):
        return False
    names = (
        (choice.leaflets, unmade.slug),
        (choice.locales or project.settings.locales, unmade.locale),
        (choice.formats or project.settings.formats, unmade.format),
        (choice.layouts or project.settings.layouts, unmade.layout),
    )
    if not unmade.layout:
        others = any((each.format, each.slug) == (unmade.format, unmade.slug) for each in made)
        return (bool(choice.formats) or others) and all(not asked or name in asked for asked, name in names[:-1])
    by_name = choice.layouts or (choice.beside and project.layouts[unmade.layout].beside_pages == "shared")
    return bool(by_name) and all(not asked or name in asked for asked, name in names)


def is_chosen(project: Project, choice: Choice, artifact: Artifact) -> bool:
    """Whether a file is one of those that a run is asked for."""
    if choice.paths:
        return artifact.path in choice.paths
    there = () if artifact.locale in pseudo.NAMES else project.settings.locales
    asked = [
        (choice.leaflets, artifact.slug),
        (choice.locales or there, artifact.locale),
        (choice.formats or project.settings.formats, artifact.format),
    ]
    if artifact.layout:
        asked.append((choice.layouts or project.settings.layouts, artifact.layout))
        asked.append((choice.looks, "+".join(artifact.looks)))
    elif artifact.beside and choice.layouts and not choice.beside:  # as the layouts that were asked for
        layouts = [project.layouts[name] for name in choice.layouts if name in project.layouts]
        return any(map(two_languages, layouts)) and all(not names or name in names for names, name in asked)
    elif not choice.formats and (choice.layouts or choice.looks or choice.beside):
        return False  # who names a page's design asks for pages
    return all(not names or name in names for names, name in asked)
