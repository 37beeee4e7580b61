"""Looks that any layout can be printed in: other colours, wider spacing, marks for the press.

A look is ``base/looks/<name>.css``, which comes after the layout's own style, and beside it ``<name>.toml`` with what
CSS cannot say. Several are worn together as "dyslexia+marks".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from plainleaf import files
from plainleaf.files.places import RENAME, shown, unfit
from plainleaf.files.toml import read_toml
from plainleaf.model import Finding, Layout, Location, Look, Severity

FOLDER = Path("base", "looks")  # in each folder of layouts


def names(folders: Sequence[Path]) -> tuple[str, ...]:
    """The looks that are in any of the folders of layouts, sorted."""
    there = (path for at in folders for path in files.Root(at.parent).listed(at / FOLDER))
    return tuple(sorted({path.stem for path in there if path.suffix == ".css"}))


def parts(look: str) -> tuple[str, ...]:
    """The names in "marks+dyslexia", each once and in order of the alphabet, in which they are worn and written."""
    return tuple(sorted({*look.split("+")} - {""}))


def style(name: str, folders: Sequence[Path]) -> Path | None:
    """The first style sheet of a look in the folders."""
    return next((css for at in folders if files.there(css := at / FOLDER / f"{name}.css")), None)


def load(name: str, folders: Sequence[Path], root: Path) -> tuple[Look | None, tuple[Finding, ...]]:
    """A look, with what is wrong in its settings; without any its title is its name. ``None``: its name is unfit."""
    usual = Look(name, name.replace("-", " "))
    css = style(name, folders)
    if css and (fault := unfit(name, "look")):
        return None, (Finding("look", Severity.ERROR, fault, Location(shown(css, root)), RENAME),)
    if css is None or not files.there(css.with_suffix(".toml")):
        return usual, ()
    table = read_toml(css.with_suffix(".toml"), root)
    if table.findings:
        return usual, tuple(table.findings)
    look = Look(
        name=name,
        title=table.string("title", usual.title),
        sets=table.string("sets", ""),
        least_contrast=table.number("least-contrast", 0, 0, 21),
        line_height=table.number("line-height", 0, 0, 3),
        around_mm=table.number("around", 0, 0, 30),
        more_room=table.boolean("more-room", False),
        grey=table.boolean("grey", False),
    )
    return look, table.done()


def clash(worn: Sequence[Look]) -> str:
    """Why looks cannot be worn together, in words; "" if they can."""
    for at, one in enumerate(worn):
        for other in worn[at + 1 :]:
            if one.sets and one.sets == other.sets:
                return f"“{one.name}” and “{other.name}” both set the {one.sets}"
    return ""


def dressed(layout: Layout, worn: Sequence[Look]) -> Layout:
    """The layout in looks, which may ask for more contrast and for more room than it has of itself."""
    if not worn:
        return layout
    roomy = layout.roomy if any(look.more_room for look in worn) else None
    larger = dressed(layout.roomy, worn) if layout.roomy and not roomy else None
    return replace(
        roomy or layout,
        roomy=larger,
        looks=tuple(look.name for look in worn),
        least_contrast=max((layout.least_contrast, *(look.least_contrast for look in worn))),
        line_height=max((layout.line_height, *(look.line_height for look in worn))),
        least_line=max((layout.least_line, *(look.line_height for look in worn))),
        around_mm=max((layout.around_mm, *(look.around_mm for look in worn))),
        grey=any(look.grey for look in worn),
    )
