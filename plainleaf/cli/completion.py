"""``completion``: what a shell reads to complete words with the Tab key, and the answer when it asks. Only importer of
argcomplete."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Mapping
from pathlib import Path

from plainleaf.cli import exits
from plainleaf.cli.names import PACKAGE, say

SHELLS = ("bash", "zsh", "fish", "tcsh", "powershell")
_KEPT = {  # where each shell looks
    "bash": "> ~/.local/share/bash-completion/completions/plainleaf",
    "zsh": ">> ~/.zshrc",
    "fish": "> ~/.config/fish/completions/plainleaf.fish",
    "tcsh": ">> ~/.tcshrc (with argcomplete's python-argcomplete-tcsh on the path)",
    "powershell": ">> $PROFILE",
}
_ASKED = "_ARGCOMPLETE"  # set by the shell that asks


def completion(options: argparse.Namespace) -> int:
    from argcomplete.shell_integration import shellcode

    say(f"# To keep it: plainleaf completion {options.shell} {_KEPT[options.shell]}")
    say(shellcode([PACKAGE], shell=options.shell))
    return exits.GOOD


def answer(parser: argparse.ArgumentParser) -> None:
    """End the process with what may follow, if it is a shell that asks; else nothing."""
    if _ASKED not in os.environ:
        return
    import argcomplete

    for each in (parser, *getattr(parser, "commands", {}).values()):
        for action in each._actions:
            if names := _NAMES.get(action.dest):
                action.completer = lambda *, names=names, **about: names(_root(about["parsed_args"]))
    argcomplete.autocomplete(parser, always_complete_options=False)


def _root(options: argparse.Namespace) -> Path:
    root: Path = getattr(options, "root", None) or Path.cwd()
    return root


def _stems(root: Path, *places: str, suffix: str = "") -> list[str]:
    """The names of what lies in folders of a root, without the suffix that it must have."""
    from plainleaf import files

    there = (path for place in places for path in files.Root(root).listed(root / place))
    return sorted({path.stem for path in there if path.suffix == suffix and path.name[0] != "."} - {"README", "base"})


def _layouts(root: Path) -> list[str]:
    from plainleaf.files.places import folders
    from plainleaf.layouts import file

    return list(file.names(folders(root, "layouts")))


_NAMES: Mapping[str, Callable[[Path], list[str]]] = {
    "leaflets": lambda root: _stems(root, "sources", suffix=".md"),
    "clinic": lambda root: _stems(root, "sources/clinics", suffix=".toml"),
    "locale": lambda root: _stems(root, "locales"),
    "locales": lambda root: _stems(root, "locales"),
    "layout": _layouts,
}
