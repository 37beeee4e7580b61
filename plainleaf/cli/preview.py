"""``preview``: the pages of a leaflet in a browser, as its files change."""

from __future__ import annotations

import argparse
import sys
from contextlib import suppress

from plainleaf.cli import exits, streams, values
from plainleaf.cli.names import say
from plainleaf.model.usage import UsageError


def preview(options: argparse.Namespace) -> int:
    from plainleaf import choosing, project
    from plainleaf.model.phrases import nearest
    from plainleaf.preview import server

    root = values.root(options)
    if not (root / "sources").is_dir():
        raise UsageError(f"{root} has no folder sources/", "go to the folder of your leaflets, or name it with --root")
    clinics = values.clinics(options)
    if len(clinics) > 1:
        raise UsageError("preview is for one clinic at a time", f"name one of {', '.join(clinics)}")
    names = [path.stem for path in project.leaflet_files(root)]
    leaflet = options.leaflets or ""
    if leaflet and leaflet not in names:
        raise UsageError(f"there is no leaflet “{leaflet}”{nearest(leaflet, names)}", f"there are: {', '.join(names)}")
    there = [path.name for path in (root / "locales").iterdir() if path.is_dir()] if (root / "locales").is_dir() else []
    locale = choosing.translation(options.locale[0], there) if options.locale else ""
    if locale and not leaflet and names:
        leaflet = names[0]
    try:
        here = server.bound(options.port)
    except (OSError, OverflowError) as error:
        why = getattr(error, "strerror", None) or error
        hint = "name another one, or leave --port out: then a free one is found"
        raise UsageError(f"port {options.port} cannot be used: {why}", hint) from error

    def started(address: str) -> None:
        say(f"The preview is at {address}")
        say("It is for this computer alone. Stop it with Ctrl-C.", flush=True)
        if not options.no_browser:
            _open(address)

    with suppress(KeyboardInterrupt):
        server.serve(root, clinics[0], leaflet, locale, here, started)
    say("The preview has ended. What was saved is complete.", to=sys.stderr)
    streams.flushed()
    return exits.GOOD


def _open(address: str) -> None:
    """Have the usual browser show the preview, if there is one."""
    import webbrowser

    try:
        webbrowser.open(address)
    except webbrowser.Error:
        say("No browser could be opened: open the address yourself.")
