"""Does a PDF that we just made follow the standards that it names? Every one is asked before it is handed on.

The only importer of ``page`` (the package page-validation: a validator in Rust, about a millisecond per leaflet). It
sees form, not meaning: all headings tagged as paragraphs pass. It also overlooks untagged content inside form
XObjects (CSS ``opacity``), which veraPDF finds; the tests ask both.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from plainleaf.model import Profile

# The clause of ISO 14289-1 behind each rule of page 0.11, which itself names rules in words only. A rule that is not
# here (from a newer version) is still reported, without a clause.
_RULES_BY_CLAUSE = {
    "5": "ID-SCHEMA ID-PART ID-PART-PREFIX ID-AMD-PREFIX ID-CORR-PREFIX",
    "6.1": "HEADER",
    "6.2": "TAGGED-DOCUMENT",
    "7.1": """ARTIFACT-NESTED TAGGED-CONTENT-INSIDE-ARTIFACT CONTENT-TAGGING SUSPECTS STRUCT-TREE-ROLE-MAP
        STRUCT-TREE-ROLE-MAP-CYCLE STRUCT-TREE-ROLE-MAP-STANDARD METADATA-STRUCTURE METADATA-TITLE VIEWER-PREFERENCES
        STRUCT-TREE-ROOT STRUCT-ELEMENT-PARENT""",
    "7.2": """OUTLINE-LANGUAGE TABLE-KIDS TR-PARENT THEAD-PARENT TBODY-PARENT TFOOT-PARENT TH-PARENT TD-PARENT TR-KIDS
        TABLE-THEAD-COUNT TABLE-TFOOT-COUNT TABLE-TFOOT-TBODY TABLE-THEAD-TBODY TABLE-CELL-INTERSECTION
        TABLE-CAPTION-POSITION LI-PARENT LBODY-PARENT L-KIDS LI-KIDS ACTUAL-TEXT-LANGUAGE ALT-TEXT-LANGUAGE
        E-TEXT-LANGUAGE ANNOTATION-CONTENTS-LANGUAGE FORM-FIELD-TU-LANGUAGE TOCI-PARENT TOC-KIDS TOC-CAPTION
        LANGUAGE-TAG SPAN-ACTUAL-TEXT-LANGUAGE SPAN-ALT-TEXT-LANGUAGE SPAN-E-TEXT-LANGUAGE METADATA-LANGUAGE
        TEXT-LANGUAGE THEAD-KIDS TBODY-KIDS TFOOT-KIDS TABLE-CAPTION-COUNT L-CAPTION TABLE-COLUMN-ROWSPAN
        TABLE-ROW-COLUMNSPAN""",
    "7.3": "FIGURE-ALTERNATIVE-TEXT",
    "7.4.2": "HEADING-NESTING",
    "7.4.4": "HEADING-CHILD-COUNT HEADING-STRUCTURE",
    "7.5": "TABLE-HEADERS-SCOPE TABLE-HEADERS-UNDEFINED",
    "7.7": "FORMULA-ALTERNATIVE-TEXT",
    "7.9": "NOTE-ID NOTE-ID-UNIQUE",
    "7.10": "OPTIONAL-CONTENT-NAME OPTIONAL-CONTENT-AS",
    "7.11": "FILE-SPEC-F-AND-UF",
    "7.15": "DYNAMIC-XFA",
    "7.16": "ENCRYPTION-P",
    "7.18.1": "ANNOTATION-ANNOT-TAG ANNOTATION-CONTENTS-ALT FORM-FIELD-TU-ALT",
    "7.18.2": "TRAPNET-ANNOTATION",
    "7.18.3": "PAGE-TABS",
    "7.18.4": "WIDGET-FORM-TAG FORM-CHILDREN",
    "7.18.5": "LINK-LINK-TAG LINK-CONTENTS",
    "7.18.6.2": "MEDIA-CLIP-CT MEDIA-CLIP-ALT",
    "7.18.8": "PRINTER-MARK-ARTIFACT",
    "7.20": "FORM-REFERENCE FORM-STRUCTURE",
    "7.21.3.1": "TYPE0-CID-SYSTEM-INFO",
    "7.21.3.2": "CIDTOGIDMAP",
    "7.21.3.3": "CMAP-EMBEDDING CMAP-WMODE CMAP-REFERENCE",
    "7.21.4.1": "FONT-EMBEDDING FONT-GLYPH-PRESENCE",
    "7.21.4.2": "FONT-TYPE1-CHARSET CID-SUBSET-CIDSET",
    "7.21.5": "FONT-GLYPH-WIDTH",
    "7.21.6": """TRUETYPE-NONSYMBOLIC-CMAP TRUETYPE-NONSYMBOLIC-ENCODING TRUETYPE-SYMBOLIC-ENCODING
        TRUETYPE-SYMBOLIC-CMAP""",
    "7.21.7": "FONT-UNICODE-MAPPING FONT-UNICODE-VALUE",
    "7.21.8": "NOTDEF-GLYPH",
}
CLAUSES = {f"PDFUA1-{name}-001": clause for clause, names in _RULES_BY_CLAUSE.items() for name in names.split()}


@dataclass(frozen=True, slots=True)
class Standard:
    """One that the validator has: its name in messages, the one it goes by there, and the clauses of its rules."""

    title: str
    profile: str
    clauses: Mapping[str, str]


UA_1 = Standard("PDF/UA", "PDF_UA_1", CLAUSES)
A_2A = Standard("PDF/A-2a", "PDF_A_2A", {})  # its rules are named by what they are about
CHECKED: Mapping[Profile, tuple[Standard, ...]] = {"ua-1 + a-2a": (UA_1, A_2A), "ua-2 + wtpdf + a-4": ()}
"""What each profile is held to on every machine. There is no validator without Java for the others."""


def problems(data: bytes, profile: Profile) -> tuple[str, ...]:
    """The problems of a PDF that is to follow a profile, as lines to read."""
    return tuple(line for standard in CHECKED[profile] for line in validate(data, standard))


def validate(data: bytes, standard: Standard = UA_1) -> tuple[str, ...]:
    """The problems of a PDF as lines to read, in the order found; empty if it follows the standard.

    A line is ``PDF/UA 7.4.2: what is wrong (object 21)``. Each rule has one line, that of its first case; the object
    is missing if there are several cases or the whole document is meant. Bytes that are no PDF are a problem too, not
    an exception.
    """
    import page  # here, because only the making of PDFs needs its 50 MB library

    try:
        report = page.validate_pdf_bytes(data, profile=getattr(page.ValidationProfile, standard.profile))
    except page.PageError as error:
        return (f"{standard.title}: the file cannot be checked: {error}",)
    if not report.failures and not report.is_compliant:  # never a pass without a verdict that says so
        return (f"{standard.title}: the validator rejects the file and gives no reason",)
    lines = []
    for failure in report.failures:
        if failure.rule_id == _LENGTHS and _lengths_are_right(data):
            continue
        where = f" (object {failure.object_id.object_number})" if failure.object_id else ""
        rule = standard.clauses.get(failure.rule_id, failure.rule_id)
        lines.append(f"{standard.title} {rule}: {failure.message}{where}")
    return tuple(lines)


_LENGTHS = "PDFA2A-STREAM-LENGTH-001"
_STREAM = b">>\nstream\n"
_LENGTH = re.compile(rb"/Length (\d+)[^>]*$")


def _lengths_are_right(data: bytes) -> bool:
    """Whether each stream is as long as it says. The validator takes a last byte that happens to be a carriage return
    for part of the line end behind it, which is a line feed (ISO 19005-2, 6.1.7.1); one file in twenty has one."""
    place = data.find(_STREAM)
    while place >= 0:
        length = _LENGTH.search(data[max(0, place - 300) : place])
        end = place + len(_STREAM) + (int(length[1]) if length else 0)
        if not length or data[end : end + 10] != b"\nendstream":
            return False
        place = data.find(_STREAM, end)
    return True
