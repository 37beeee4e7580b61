"""Keys of made-up people, made once for all tests that sign with them."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import needs


@dataclass(frozen=True)
class Person:
    """Who signs: the file of their private key, what is in the public one, their name and role."""

    key: Path
    public: str
    by: str

    def line(self, name: str, options: str = "", by: str = "") -> str:
        """Their line in ``allowed_signers``."""
        return " ".join(filter(None, (name, options, self.public, by or self.by))) + "\n"


@pytest.fixture(scope="session")
def people(tmp_path_factory: pytest.TempPathFactory) -> tuple[Person, Person]:
    """Two people with a key each."""
    needs("ssh-keygen")
    folder = tmp_path_factory.mktemp("keys")
    made = []
    for name, by in (("ana", "Ana Sample, clinical translator"), ("ben", "Ben Trial, nurse")):
        command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(folder / name)]
        subprocess.run(command, check=True, timeout=300, stdin=subprocess.DEVNULL)
        public = " ".join((folder / f"{name}.pub").read_text(encoding="utf-8").split()[:2])
        made.append(Person(folder / name, public, by))
    return made[0], made[1]
