"""Which structure type of a PDF an HTML element is, and what newer types are in PDF 1.7.

Types are named as PDF 2.0 has them (ISO 32000-2, 14.8.4): in a file of PDF 1.7 those that came later are mapped to the
nearest older ones (ISO 14289-1, 7.1; ``OLDER``), in one of PDF 2.0 they are types of its own namespace.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from plainleaf.formats.pdf.actualtext import Box, is_a
from plainleaf.formats.pdf.fields import KINDS

if TYPE_CHECKING:
    from plainleaf.formats.pdf.tagtree import Node

OLDER = {"Strong": "Span", "Em": "Span", "Aside": "Sect"}
"""Types of PDF 2.0, and what each is for a reader of PDF 1.7: the file's RoleMap."""

NUMBERING_OLDER = {"Description": "None"}
"""Kinds of lists of PDF 2.0 (ISO 32000-2, table 382), and what each is in PDF 1.7 (ISO 32000-1, table 347), where None
is a list whose labels are words."""

GROUPS = frozenset({"Document", "Part", "Art", "Sect", "Aside", "Div", "BlockQuote"})  # hold blocks, never text itself
INLINE = frozenset({"Link", "Span", "Strong", "Em", "Form", "Reference", "BibEntry"})
TEXTS = INLINE | {"P", "H1", "H2", "H3", "H4", "H5", "H6", "Lbl", "TOCI", "Note"}  # hold text, never blocks

_TYPES = {
    "main": "Part", "article": "Art", "section": "Sect", "aside": "Aside", "blockquote": "BlockQuote", "p": "P",
    "h1": "H1", "h2": "H2", "h3": "H3", "h4": "H4", "h5": "H5", "h6": "H6",
    "ul": "L", "ol": "L", "menu": "L", "dl": "L", "table": "Table", "figcaption": "Caption",
}  # fmt: skip
# Types that are valid in one place only; elsewhere (display: block on a row) the element is treated like a div.
_TYPES_IN = {
    ("li", "L"): "LI", ("li", "TOC"): "TOCI", ("caption", "Table"): "Caption",
    ("thead", "Table"): "THead", ("tbody", "Table"): "TBody", ("tfoot", "Table"): "TFoot",
    ("tr", "Table"): "TR", ("tr", "THead"): "TR", ("tr", "TBody"): "TR", ("tr", "TFoot"): "TR",
    ("th", "TR"): "TH", ("td", "TR"): "TD",
}  # fmt: skip
_EMPHASIS = {"strong": "Strong", "em": "Em"}
# Roles of ARIA for notes: what a link of such a role stands in.
BIBLIOGRAPHY = "doc-bibliography"  # and for what holds a list of references
_NOTE, AROUND_LINK = "doc-footnote", {"doc-noteref": "Reference", "doc-biblioref": "Reference", "doc-backlink": "Lbl"}
# Other roles of ARIA, in any parent ("") or in one of this type: a list whose items hold blocks, each perhaps with a
# term or head before them; a box beside the text.
_ROLES = {
    ("list", ""): "L", ("listitem", "L"): "LI", ("term", "LI"): "Lbl", ("definition", "LI"): "LBody",
    ("caption", "Div"): "Caption", ("note", ""): "Aside",
}  # fmt: skip
_TERMS = frozenset({"dt", "dd"})


def type_of(box: Box, parent: Node) -> str:
    """The type for a box in a tag, "" if it needs none."""
    name, _, pseudo = box.element_tag.partition("::")
    if not pseudo and box.element.get("data-field") in KINDS:
        return "Form"
    if is_a(box, "ReplacedBox"):
        return "Figure"
    if pseudo:
        bullet = pseudo == "marker" or (pseudo == "before" and box.style.parent_style["list_style_type"] == "none")
        if bullet and parent.tag == "LI" and not parent.kids:
            return "Lbl"
        return "P" if is_a(box, "BlockLevelBox") and parent.tag in GROUPS else ""
    if name == "a" and box.link_annotation is not None:
        return "Link"
    if name in _EMPHASIS:
        return _EMPHASIS[name]
    role = box.element.get("role", "")
    if role == _NOTE and parent.tag in GROUPS:
        return "Note"
    if name in _TERMS and parent.tag == "L":
        return "Lbl" if name == "dt" else "LBody"
    if name == "ol" and role == "doc-toc" and parent.tag not in TEXTS:
        return "TOC"
    if parent.tag not in TEXTS and (found := _ROLES.get((role, parent.tag)) or _ROLES.get((role, ""))):
        return found
    if (name, parent.tag) in _TYPES_IN:
        return _TYPES_IN[name, parent.tag]
    if name in _TYPES and parent.tag not in TEXTS:
        return _TYPES[name]
    block = (is_a(box, "BlockLevelBox") or name == "figure") and parent.tag not in TEXTS and parent.tag != "L"
    return "Div" if block else ""
