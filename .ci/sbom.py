"""Writes the SBOM: what `.ci/requirements.lock` installs beside Plainleaf, as CycloneDX 1.6 JSON.

The packages, their versions and the digests of their files come from the lock; licences and who needs whom come from
the packages' own metadata in the environment that runs this. Same lock, same environment: same bytes
(SOURCE_DATE_EPOCH sets the day).
"""

import os
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import ExternalReference, ExternalReferenceType, HashAlgorithm, HashType, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import License
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PIN = re.compile(r"(?P<name>[a-z0-9-]+)==(?P<version>[^\s;\\]+)")
DIGEST = re.compile(r"--hash=sha256:(?P<digest>[0-9a-f]{64})")


def pins(lock: str) -> Iterator[tuple[str, str, list[str]]]:
    """Each package of a lock: name, version, and the SHA-256 of every file that may be installed for it."""
    for entry in lock.replace("\\\n", " ").splitlines():
        if found := PIN.match(entry):
            yield found["name"], found["version"], DIGEST.findall(entry)


def component(name: str, version: str, digests: Iterable[str], kind: ComponentType) -> Component:
    """A package; what its files are known by stands with it, one reference for each."""
    purl = PackageURL("pypi", name=name, version=version)
    files = [
        ExternalReference(
            type=ExternalReferenceType.DISTRIBUTION,
            url=XsUri(str(purl)),
            hashes=[HashType(alg=HashAlgorithm.SHA_256, content=digest)],
        )
        for digest in digests
    ]
    return Component(
        name=name, version=version, type=kind, purl=purl, bom_ref=str(purl), external_references=files,
        licenses=licences(name, version),
    )  # fmt: skip


def installed(name: str, version: str) -> metadata.Distribution | None:
    """The installed package, if it is this very version."""
    try:
        found = metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return None
    return found if found.version == version else None


def licences(name: str, version: str) -> list[License]:
    """As an SPDX expression, where the package gives one (core metadata 2.4)."""
    found = installed(name, version)
    said = found.metadata["License-Expression"] if found else None
    return [LicenseFactory().make_from_string(said)] if said else []


def needs(name: str, version: str) -> set[str]:
    """The names of the packages that this one asks for here, without extras."""
    found = installed(name, version)
    wants = [Requirement(each) for each in (found.requires if found else None) or ()]
    return {canonicalize_name(want.name) for want in wants if not want.marker or want.marker.evaluate({"extra": ""})}


def bom(lock: str) -> Bom:
    """The SBOM of a lock."""
    name = "plainleaf"
    root = component(name, metadata.version(name), (), ComponentType.APPLICATION)
    made = {pin[0]: component(*pin, ComponentType.LIBRARY) for pin in pins(lock)}
    when = int(os.environ.get("SOURCE_DATE_EPOCH") or datetime.now(UTC).timestamp())
    whole = Bom(components=made.values(), serial_number=uuid5(NAMESPACE_URL, lock))
    whole.metadata.component = root
    whole.metadata.timestamp = datetime.fromtimestamp(when, UTC)
    for each in (root, *made.values()):
        below = needs(each.name, each.version or "")
        whole.register_dependency(each, [made[name] for name in sorted(below & set(made))])
    return whole


def main(arguments: list[str]) -> int:
    target = Path(arguments[0]) if arguments else ROOT / "build" / "sbom.cdx.json"
    lock = (ROOT / ".ci" / "requirements.lock").read_text("utf-8")
    text = JsonV1Dot6(bom(lock)).output_as_string(indent=2) + "\n"
    target.parent.mkdir(parents=True, exist_ok=True)
    new = target.with_name(target.name + ".new")
    new.write_text(text, "utf-8")
    new.replace(target)
    print(f"written: {target}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
