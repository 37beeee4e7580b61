"""Is each file what it claims? Publishes leaflets in a profile, and asks veraPDF of every file. Run by hand.

    .venv/bin/python -m tests.profiles [LEAFLET ...] [--profile "ua-2 + wtpdf + a-4"] [--output DIR] [--look-only]

All leaflets in all languages and layouts take a quarter of an hour. ``--look-only`` asks of what is in DIR already.
"""

from __future__ import annotations

import argparse
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pikepdf

from plainleaf.files import settings
from plainleaf.model import PROFILES, USUAL_PROFILE
from tests import verapdf
from tests.conftest import ROOT
from tests.shipped import unchecked

FLAVOURS = {"ua-1 + a-2a": ("ua1", "2a"), "ua-2 + wtpdf + a-4": ("ua2", "wt1a", "wt1r", "4")}
"""What veraPDF calls the standards of each profile."""

_CLAIMS = {
    rb"<pdfuaid:part>1<": "ua1", rb"<pdfuaid:part>2<": "ua2", rb"<pdfaid:part>2<": "2a", rb"<pdfaid:part>4<": "4",
    rb"wtpdf#accessibility1[.]0<": "wt1a", rb"wtpdf#reuse1[.]0<": "wt1r",
}  # fmt: skip


def claims(data: bytes) -> set[str]:
    """The standards that a file says it follows, by veraPDF's names."""
    with pikepdf.open(io.BytesIO(data)) as file:
        packet = file.Root.Metadata.read_bytes() if "/Metadata" in file.Root else b""
    return {name for claim, name in _CLAIMS.items() if re.search(claim, packet)}


def faults(path: Path, profile: str) -> Iterator[str]:
    """What is wrong with a file, line by line; files for the press are to claim nothing."""
    twin = path.with_name(f"{path.stem.removesuffix('-print')}.pdf")
    pressed = twin != path and twin.exists()  # large-print is a layout
    data, wanted = path.read_bytes(), () if pressed else FLAVOURS[profile]
    if claims(data) != {*wanted}:
        yield f"{path.name}: claims {sorted(claims(data))}"
    for each in wanted:
        for failure in verapdf.validate(data, each):
            yield f"{path.name}: {each} {failure.clause}-{failure.test_number}: {failure.description} ({failure.count})"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("leaflets", nargs="*")
    parser.add_argument("--profile", choices=PROFILES, default=USUAL_PROFILE)
    parser.add_argument("--output", type=Path, default=ROOT / "build/profiles")
    parser.add_argument("--look-only", action="store_true")
    asked = parser.parse_args()
    if reason := verapdf.available():
        print(reason, file=sys.stderr)
        return 2
    if not asked.look_only:
        from plainleaf.cli.main import main as plainleaf

        arguments = ["publish", "--quiet", "--output", str(asked.output), *asked.leaflets]
        with patch.object(settings, "USUAL_PROFILE", PROFILES[asked.profile]), unchecked():
            plainleaf(arguments)
    there = sorted(asked.output.glob("*/*.pdf"))
    wrong = [fault for path in there for fault in faults(path, asked.profile)]
    print(*wrong, f"{len(there)} files, {len(wrong)} faults", sep="\n")
    return 1 if wrong or not there else 0


if __name__ == "__main__":
    sys.exit(main())
