"""The files that have leaflets checked with every change, as the guide ``ci`` shows them: they are taken from it."""

from __future__ import annotations

import re
from importlib import metadata
from types import MappingProxyType

from plainleaf import __version__, files
from plainleaf.files.places import shipped

PATHS = MappingProxyType({"github": ".github/workflows/leaflets.yml", "gitlab": ".gitlab-ci.yml"})
UNKNOWN = ("OWNER", "TAG")  # what the guide writes for the place that Plainleaf itself comes from
_HEADS = {"github": "## GitHub", "gitlab": "## GitLab"}


def workflow(host: str, source: str = "") -> str:
    """The file of a host ("github", "gitlab"). ``source``: "owner@v1.2.3", whose Plainleaf it uses; what is known of
    this installation if it is not given, and the words of ``UNKNOWN`` stay if nothing is."""
    guide = files.ANYWHERE.read(shipped("docs") / "ci.md").decode("utf-8")
    part = guide.split(f"{_HEADS[host]}\n", 1)[1]
    found = re.search(r"```yaml\n(.*?)```", part, re.DOTALL)
    if not found:
        raise ValueError(f"the guide shows no file for {host}")
    head = "# Checks leaflets and translations with every change: the guide `plainleaf guide ci` says more.\n"
    text, (owner, _, tag) = found[1], (source or origin()).partition("@")
    for word, said in zip(UNKNOWN, (owner, tag), strict=True):
        text = re.sub(rf"\b{word}\b", said or word, text)
    return head + text


def origin() -> str:
    """Who owns the repository at GitHub that this installation was made from, and its version's tag: "owner@tag", ""
    if nobody noted it (PEP 610)."""
    try:
        noted = metadata.distribution("plainleaf").read_text("direct_url.json") or ""
    except metadata.PackageNotFoundError:
        return ""
    found = re.search(r'"url": *"(?:git\+)?https://github\.com/([\w.-]+)/plainleaf(?:\.git)?"', noted)
    return f"{found[1]}@v{__version__}" if found else ""
