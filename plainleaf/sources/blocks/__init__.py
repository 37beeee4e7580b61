"""The table of all blocks: a module for each family, with what reads them and what is known of each kind.

To add one: a ``Kind`` in the model, a module here and its line in the tables, a template (and style) in
``layouts/base/blocks/``. ``tests/sources/test_blocks.py`` names what is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from plainleaf.model import Block, Kind
from plainleaf.sources.blocks import (
    callouts,
    codes,
    evidence,
    forms,
    languages,
    lists,
    notes,
    only,
    parts,
    pictures,
    questions,
    tables,
    texts,
    words,
)
from plainleaf.sources.body import About, Body, Fenced
from plainleaf.sources.commonmark import Node

FENCED: Final[Mapping[str, Fenced]] = {
    fenced.name: fenced
    for family in (
        callouts,
        evidence,
        words,
        questions,
        only,
        parts,
        forms,
        pictures,
        languages,
        codes,
    )
    for fenced in family.FENCED
}
"""Every block between ``:::`` lines, by its name; there are no others."""

NODES: Final[Mapping[str, Callable[[Body, Node], list[Block]]]] = {
    **texts.NODES,
    **lists.NODES,
    **tables.NODES,
}
"""What reads plain Markdown, by the name that ``commonmark`` gives a block."""

KINDS: Final[Mapping[Kind, About]] = {
    about.kind: about
    for family in (
        texts,
        lists,
        tables,
        notes,
        pictures,
        callouts,
        evidence,
        words,
        questions,
        parts,
        forms,
        languages,
        codes,
    )
    for about in family.KINDS
}
"""What is known of each kind of block; the order is that of their style sheets."""
