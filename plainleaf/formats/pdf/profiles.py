"""The standards that a PDF follows and says it follows, set in the finisher, so that no pass over the file is added.

"ua-1 + a-2a": PDF/UA-1 for readers, PDF/A-2a for archives (ISO 14289-1, ISO 19005-2). What pages draw needs nothing
more: fonts are in the file, pictures are no JPEG 2000, nothing is attached; the grey of ``ink-saving`` is a colour of
the same intent (ISO 19005-2, 6.2.4.3).

"ua-2 + wtpdf + a-4": the same for readers of PDF 2.0: PDF/UA-2, Well-Tagged PDF for accessibility and for reuse,
PDF/A-4 (ISO 14289-2, ISO 19005-4).
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pydyf

from plainleaf.formats.pdf import actualtext, secondpart, srgb, xmp
from plainleaf.formats.pdf.tagtree import Node
from plainleaf.formats.pdf.xmp import About, Claim
from plainleaf.model import Profile

_EFFORT = 7  # of 9: files are 1 % larger than with most, and their streams pressed in half of the time
_PRINTED = 4  # flag of annotations: they are on paper too (ISO 32000-1, table 165)
_WELL_TAGGED = "http://pdfa.org/declarations/wtpdf"
_UA_PART = ("pdfuaid:part", "Integer", "Part of ISO 14289 that the file conforms to")


@dataclass(frozen=True, slots=True)
class Standard:
    """What a profile writes: its ``version`` of PDF, and what the file claims."""

    version: str
    claim: Claim

    @property
    def second(self) -> bool:
        """Whether it is one of PDF 2.0."""
        return self.version >= "2"


STANDARDS: Mapping[Profile, Standard] = {
    "ua-1 + a-2a": Standard(
        "1.7",
        Claim((("pdfuaid:part", "1"), ("pdfaid:part", "2"), ("pdfaid:conformance", "A")), declared=(_UA_PART,)),
    ),
    "ua-2 + wtpdf + a-4": Standard(
        "2.0",
        Claim(
            (("pdfuaid:part", "2"), ("pdfuaid:rev", "2024"), ("pdfaid:part", "4"), ("pdfaid:rev", "2020")),
            declarations=tuple(f"{_WELL_TAGGED}#{level}1.0" for level in ("accessibility", "reuse")),
        ),
    ),
}


def conform(pdf: pydyf.PDF, root: Node, profile: Profile, about: About, grey: bool = False) -> None:
    """Make a PDF that is about to be written follow a profile, with the facts ``about`` it; ``root``: of its tags."""
    standard = STANDARDS[profile]
    _intend(pdf)
    for annotation in _annotations(pdf):
        annotation["F"] = _PRINTED
    for picture in _pictures(pdf):
        picture["Interpolate"] = "false"  # ISO 19005-2, 6.2.8
    wishes = pdf.catalog.get("ViewerPreferences", {})  # its direction, see righttoleft
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({**wishes, "DisplayDocTitle": "true"})
    _describe(pdf, about, standard)
    if standard.second:
        secondpart.rewrite(root, pdf)
        pdf.info.clear()  # ISO 19005-4, 6.1.3
        for number in pdf.pages["Kids"][::3]:  # what clear colours are mixed in: ISO 19005-4, 6.2.9
            space = "/DeviceGray" if grey else "/DeviceRGB"
            group = {"Type": "/Group", "S": "/Transparency", "CS": space}
            pdf.objects[number]["Group"] = pydyf.Dictionary(group)


def press(streams: list[Any]) -> None:
    """Compress streams once: a file's /ID is a digest of all objects, for which each would be compressed once more."""
    for stream in streams:
        if isinstance(stream, pydyf.Stream) and stream.compress:
            plain = pydyf.Stream(stream.stream).data.partition(b"\nstream\n")[2].removesuffix(b"\nendstream")
            pressed = zlib.compress(plain, _EFFORT)
            # A return at the end, with the line feed before "endstream", is taken for one end of a line, and the length
            # for a wrong one (ISO 19005-2, 6.1.7.1). What is behind compressed data is not read.
            stream.stream = [pressed + b"\n" if pressed.endswith(b"\r") else pressed]
            stream.extra["Filter"] = "/FlateDecode"
            stream.compress = False


def _intend(pdf: pydyf.PDF) -> None:
    """Say what the colours mean: those of screens. One profile, also where a look prints in grey."""
    profile = pydyf.Stream([srgb.profile()], {"N": 3}, compress=True)
    pdf.add_object(profile)
    intent = {
        "Type": "/OutputIntent",
        "S": "/GTS_PDFA1",
        "OutputConditionIdentifier": pydyf.String(srgb.NAME),
        "Info": pydyf.String(srgb.NAME),
        "DestOutputProfile": profile.reference,
    }
    pdf.catalog["OutputIntents"] = pydyf.Array([pydyf.Dictionary(intent)])


def _annotations(pdf: pydyf.PDF) -> Iterator[Any]:
    for number in pdf.pages["Kids"][::3]:
        for reference in pdf.objects[number].get("Annots", ()):
            yield actualtext.resolve(pdf, reference)


def _pictures(pdf: pydyf.PDF) -> Iterator[Any]:
    for found in pdf.objects:
        if isinstance(found, pydyf.Stream) and found.extra.get("Subtype") == "/Image":
            yield found.extra


def _describe(pdf: pydyf.PDF, about: About, standard: Standard) -> None:
    """The same facts twice, as XMP and for programs that read the older dictionary alone."""
    metadata = actualtext.resolve(pdf, pdf.catalog["Metadata"])
    metadata.stream, metadata.compress = [xmp.packet(about, standard.claim)], False
    pdf.info.clear()
    pdf.info.update({key: pydyf.String(fact) for key, fact in xmp.info(about).items()})
