"""Where layouts and locales lie: in the root folder, and those that come with the package."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).parent


def shipped(kind: str) -> Path:
    """The folder of the layouts or locales that come with the package ("layouts", "locales")."""
    inside = PACKAGE / "shipped" / kind
    return inside if inside.is_dir() else PACKAGE.parent / kind


def folders(root: Path, kind: str) -> tuple[Path, ...]:
    """The root's own folder of a kind before the shipped one; only those that exist."""
    return tuple(dict.fromkeys(path for path in (root / kind, shipped(kind)) if path.is_dir()))
