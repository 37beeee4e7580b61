"""Writes `docs/licences.md`: each package that `.ci/requirements.lock` installs, and its licence.

The list of packages comes from the lock, the licences from the packages' own metadata in the environment that runs
this.
"""

import re
import sys
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "licences.md"
PIN = re.compile(r"^([a-z0-9-]+)==([^\s;\\]+)( ; [^\\]+?)? ?\\?$", re.MULTILINE)
_HEAD = """\
# Licences of what is installed

Written by `./do licences` from `.ci/requirements.lock` and the packages' own metadata; why each direct dependency is
there is in [dependencies.md](dependencies.md). Plainleaf itself is under the MIT licence, the Noto fonts under the SIL
Open Font License. The search of the catalogue's pages, MiniSearch 7.2.0, comes with it under the MIT licence
(`plainleaf/site/data/minisearch/`).

| Package | Version | Licence |
|---|---|---|
"""
_LONG = 60  # characters: some packages put the whole text into the field


def licence(name: str) -> str:
    """What a package says of its licence; "" if it is not installed here (it is for another system or Python)."""
    try:
        about = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return ""
    for field in ("License-Expression", "License"):
        for said in about.get_all(field, ()):
            if said.strip() and said != "UNKNOWN" and len(said) <= _LONG:
                return " ".join(said.split())
    kinds = (line.rpartition(" :: ")[2] for line in about.get_all("Classifier", ()) if line.startswith("License ::"))
    return "; ".join(sorted(set(kinds) - {"OSI Approved"}))


def page(lock: str) -> str:
    """The page as Markdown."""
    rows = []
    for name, version, marker in PIN.findall(lock):
        elsewhere = f"not installed here ({marker.strip(' ;')})"
        rows.append(f"| {name} | {version} | {licence(name) or elsewhere} |\n")
    return _HEAD + "".join(rows)


def main() -> int:
    PAGE.write_text(page((ROOT / ".ci" / "requirements.lock").read_text("utf-8")), "utf-8")
    print(f"written: {PAGE.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
