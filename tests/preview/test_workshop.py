"""The warm process ends with its server, also while it has something to say to it."""

from __future__ import annotations

import os
from multiprocessing import Pipe
from pathlib import Path
from unittest.mock import patch

from plainleaf.preview import warm, workshop
from plainleaf.preview.sights import Sight
from tests.conftest import TODAY


def test_it_ends_quietly_when_nobody_listens_any_more(content: Path) -> None:
    ours, theirs = Pipe()
    ours.send(("look", [Sight("inhaler", "en", "")]))
    ours.send(("answer", 1, "choices", {}))
    ours.close()
    with patch.dict(os.environ), patch("gc.set_threshold"):
        warm.run(theirs, content, "", TODAY)
    theirs.close()


def test_it_ends_when_it_is_in_the_midst_of_telling(content: Path) -> None:
    _, theirs = Pipe()
    with patch.dict(os.environ), patch("gc.set_threshold"), patch.object(workshop.Workshop, "begin", _gone):
        warm.run(theirs, content, "", TODAY)
    theirs.close()


def _gone(_: workshop.Workshop) -> None:
    raise BrokenPipeError
