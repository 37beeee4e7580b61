"""What a person sees in the preview: each view is a module of this room and a line in ``VIEWS``.

A view has a ``name`` (its place in addresses and the name of its files ``data/<name>.js`` and ``data/<name>.css``), a
``title`` for the row of views, ``routes`` that the server adds, and ``answers``: the questions that it has answered by
the warm process, each with the function for that ("module:function", called with the ``Reader`` and what was asked);
those that take long are named in ``apart``, and a copy of that process answers them.
``routes`` names a function ("module:function") from the server's ``Desk`` to Starlette's routes, below ``/api/<name>``.
The page itself (``data/preview.html``) has a place for each view's panel; its script registers in ``preview.views``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class View:
    """A view of the preview. ``for_languages``: whether it is for translations too, or for sources alone."""

    name: str
    title: str
    routes: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    apart: frozenset[str] = frozenset()


VIEWS = (
    View(
        "translate",
        "Translate",
        routes="plainleaf.preview.translating:routes",
        answers={
            "choices": "plainleaf.preview.choices:choices",
            "entries": "plainleaf.preview.entries:entries",
            "proposals": "plainleaf.preview.entries:proposals",
        },
        apart=frozenset({"proposals"}),
    ),
    View(
        "write",
        "Write",
        routes="plainleaf.preview.writing:routes",
        answers={"look": "plainleaf.preview.drafting:look"},
    ),
    View("fit", "Fit"),
    View("desk", "Print desk", routes="plainleaf.preview.frontdesk:routes"),
)
