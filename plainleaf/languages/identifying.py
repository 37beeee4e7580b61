"""Which language a text is in, as its letters say: py3langid's model of some 130 languages, read when it is needed.

The model comes packed, and takes 0.4 s to unpack. That is done once on a machine: what comes out is kept in the cache,
and read from there in a tenth of the time. It holds the same numbers.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Collection
from contextlib import suppress
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from plainleaf import files
from plainleaf.files.cache import cache_folder

_FOLDER = "languages"  # of the cache
_MOST_BYTES = 500_000_000  # of a model
_LINE = 64  # bytes: the numbers of each part begin at a multiple of it
_DIGEST = 65  # bytes of the digest, with the end of its line
_PARTS = "nb_ptc", "nb_pc", "tk_nextmove", "tk_row", "tk_output"  # as py3langid names what its identifier is made from


@lru_cache(maxsize=16384)
def _scores(text: str) -> tuple[tuple[str, float], ...]:
    """The likeliest languages by ISO 639 code, best first, with logarithms to the base of 10 that texts of any length
    can be compared by."""
    by = math.sqrt(len(text.encode("utf-8"))) * math.log(10)  # letters that follow one another are not independent
    return tuple((code, score / by) for code, score in _identifier().rank(text))


def rival(text: str, own: Collection[str], among: Collection[str]) -> tuple[str, float]:
    """The likeliest language of a text that is none of its ``own`` codes, and how far it is ahead of these.

    ``among`` are the codes that count as others. 1.0 is ten times as likely; "" and 0.0 where the model has none of
    its own codes, as it can tell nothing then.
    """
    scores = _scores(text)
    mine = max((score for code, score in scores if code in own), default=None)
    if mine is None:
        return "", 0.0
    code, best = next((entry for entry in scores if entry[0] in among and entry[0] not in own), ("", mine))
    return code, best - mine


# --------------------------------------------------------------------------- the model


@cache
def _identifier() -> Any:
    """What tells languages apart, with its model: 70 MB, so not before a text is long enough to ask."""
    from py3langid import langid

    packed = files.ANYWHERE.read(Path(langid.__file__).parent / langid.MODEL_FILE, _MOST_BYTES)
    path = cache_folder() / _FOLDER / f"{hashlib.sha256(packed).hexdigest()[:24]}.model"
    with suppress(OSError, ValueError, LookupError, TypeError):  # none there, or damaged
        return _read(files.ANYWHERE.read(path, _MOST_BYTES))
    made = langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE)
    with suppress(OSError):  # a cache that cannot be written is no fault
        files.Root(path.parent).save(path, _written(made))
    return made


def _written(identifier: Any) -> bytes:
    """The model of an identifier: the digest of all that follows, what its parts are, their numbers."""
    import numpy

    parts = [numpy.ascontiguousarray(getattr(identifier, name)) for name in _PARTS]
    about = json.dumps([identifier.nb_classes, [(part.dtype.str, part.shape) for part in parts]]).encode() + b"\n"
    numbers = b"".join(_filled(part.tobytes()) for part in parts)
    body = about + bytes(-(len(about) + _DIGEST) % _LINE) + numbers
    return hashlib.sha256(body).hexdigest().encode() + b"\n" + body


def _filled(data: bytes) -> bytes:
    return data + bytes(-len(data) % _LINE)


def _read(data: bytes) -> Any:
    """The identifier of a model as ``_written``. Raises ``ValueError`` for anything else."""
    import numpy
    from py3langid import langid

    body = memoryview(data)[_DIGEST:]
    if hashlib.sha256(body).hexdigest().encode() + b"\n" != data[:_DIGEST]:
        raise ValueError("damaged")
    end = data.index(b"\n", _DIGEST) + 1
    classes, kinds = json.loads(data[_DIGEST:end])
    at, parts = end + -end % _LINE, list[Any]()
    for kind, shape in kinds:
        parts.append(numpy.frombuffer(data, kind, math.prod(shape), at).reshape(shape))
        at += parts[-1].nbytes + -parts[-1].nbytes % _LINE
    scores, prior, moves, rows, outcome = parts
    # single numbers are asked for one by one, which a memory view or a list answers faster than an array
    return langid.LanguageIdentifier(scores, prior, classes, moves.data, outcome.tolist(), tk_row=rows.tolist())
