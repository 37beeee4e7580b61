"""The tags of a PDF, as a screen reader needs them: a finisher for WeasyPrint.

    document.write_pdf(target, pdf_variant="pdf/ua-1", finisher=tags.repair)

WeasyPrint 70 gives valid PDF/UA-1 that still fails readers: no language on parts, a list in three pieces where it
crosses two pages, links named by their address, text that copies as other letters. ``repair`` writes the whole tag
tree anew from the boxes (``tagtree``), and the text of the pieces (``actualtext``) and of their glyphs (``clusters``).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pydyf

from plainleaf.formats.pdf import actualtext, clusters, fields, lineends, naming, righttoleft
from plainleaf.formats.pdf.actualtext import Mark
from plainleaf.formats.pdf.codes import Codes
from plainleaf.formats.pdf.roles import GROUPS, NUMBERING_OLDER, OLDER
from plainleaf.formats.pdf.tagtables import describe_tables
from plainleaf.formats.pdf.tagtree import Annotation, Node, Tree

_NUMBERING = {
    "disc": "Disc", "circle": "Circle", "square": "Square", "none": "None", "decimal": "Decimal",
    "lower-alpha": "LowerAlpha", "lower-latin": "LowerAlpha", "upper-alpha": "UpperAlpha", "upper-latin": "UpperAlpha",
    "lower-roman": "LowerRoman", "upper-roman": "UpperRoman",
}  # fmt: skip


def repair(document: Any, pdf: pydyf.PDF) -> Node:
    """Mend the tag tree and the text of a PDF that is about to be written; the tree, with the numbers of its objects.

    ``document`` is a weasyprint.Document. Raises ``actualtext.TagError`` if the PDF is not as WeasyPrint 70 makes it.
    """
    marks = actualtext.pair(document, pdf)
    lineends.find(document, marks)
    codes = Codes(pdf)
    complex_marks = actualtext.mend_texts(marks, document.fonts)
    anew = righttoleft.order(document, marks, codes, pdf)
    clusters.spell([mark for mark in complex_marks if mark not in anew], codes)
    codes.finish()
    lineends.draw([mark for mark in marks if not (mark in anew and mark.unread)], document.fonts)
    actualtext.mend_glyph_tables(pdf)
    pages = [actualtext.resolve(pdf, reference) for reference in pdf.page_references]
    annotations = [[actualtext.resolve(pdf, link) for link in page.get("Annots", ())] for page in pages]
    tree = Tree(marks, pdf.catalog["Lang"].string, annotations)
    for page, content in enumerate(document.pages):
        tree.add_page(page, content._page_box)
    root = tree.finish()
    for node in root.walk():
        if node.tag == "L":
            kind = numbering(node)
            node.attributes.append({"O": "/List", "ListNumbering": f"/{NUMBERING_OLDER.get(kind, kind)}"})
        elif node.tag == "Figure":
            _describe_figure(node, document, pdf)
        elif node.tag == "Link":
            _name_link(node)
        elif node.tag == "Form" and (kind := node.element.get("data-field")) in fields.KINDS:
            name = naming.alt(node.element) or naming.label(node.element)
            node.extra["Alt"] = pydyf.String(name)
            node.attributes.append(fields.attributes(kind, name))
        elif node.tag in GROUPS and node.element is not None and (name := naming.label(node.element)):
            node.extra["T"] = pydyf.String(name)
    ids = {**describe_tables(root), **_name_notes(root)}
    _take_off_links(root, pages, pdf)
    _write(root, ids, marks, pdf)
    return root


# ---------------------------------------------------------------------- what tags say of themselves


def numbering(node: Node) -> str:
    """What the labels of a list are, as PDF 2.0 names it: in PDF 1.7 some kinds have another name (``roles``)."""
    labelled = any(item.first("Lbl") for item in node.kids if isinstance(item, Node))
    if node.box is None or node.element.tag in ("dl", "div"):
        return "Description" if labelled else "None"
    style = node.box.style["list_style_type"]
    if style in _NUMBERING and style != "none":
        return _NUMBERING[style]
    if node.element.tag == "ol":
        return "Decimal"
    return "Disc" if labelled or style != "none" else "None"


def _describe_figure(node: Node, document: Any, pdf: pydyf.PDF) -> None:
    """Its text, and its place in points from the lower left corner (WeasyPrint: in pixels from the upper left)."""
    box, mark = node.box, next(kid for kid in node.kids if isinstance(kid, Mark))
    if alt := naming.alt(node.element):
        node.extra["Alt"] = pydyf.String(alt)
    page = document.pages[mark.page]
    left, _, right, _ = actualtext.resolve(pdf, pdf.page_references[mark.page])["MediaBox"]
    scale = (right - left) / (page.width + page.bleed["left"] + page.bleed["right"])
    x, y = box.content_box_x(), page.height - box.content_box_y() - box.height
    corners = (x, y, x + box.width, y + box.height)
    node.attributes.append({"O": "/Layout", "BBox": pydyf.Array(corner * scale for corner in corners)})


def _name_link(node: Node) -> None:
    """Say where a link leads in the words on the page, and its address if they do not show it."""
    for kid in node.kids:
        if isinstance(kid, Annotation):
            target = kid.dictionary["A"]["URI"].string if "A" in kid.dictionary else ""
            place = kid.dictionary["Dest"].string if "Dest" in kid.dictionary else ""
            kid.dictionary["Contents"] = pydyf.String(naming.link(node.element, target, place))


def _name_notes(root: Node) -> dict[str, Node]:
    """Give each note an ID of its own (ISO 14289-1, 7.9); the notes by these."""
    notes = {f"note-{number}": node for number, node in enumerate(root.tagged("Note"), 1)}
    for name, node in notes.items():
        node.extra["ID"] = pydyf.String(name)
    return notes


# ---------------------------------------------------------------------- writing


def _take_off_links(root: Node, pages: list[Any], pdf: pydyf.PDF) -> None:
    """Remove the links and fields that are not in the tree from their pages: they must be in both or in none."""
    kept = {id(kid.dictionary) for node in root.walk() for kid in node.kids if isinstance(kid, Annotation)}
    for page in pages:
        for reference in list(page.get("Annots", ())):
            annotation = actualtext.resolve(pdf, reference)
            if id(annotation) not in kept and annotation["Subtype"] in ("/Link", "/Widget"):
                annotation.pop("StructParent", None)
                page["Annots"].remove(reference)
        if not page.get("Annots", True):
            del page["Annots"]


def _write(root: Node, ids: dict[str, Node], marks: list[Mark], pdf: pydyf.PDF) -> None:
    """Replace WeasyPrint's tag tree by ours."""
    tree = actualtext.resolve(pdf, pdf.catalog["StructTreeRoot"])
    document = actualtext.resolve(pdf, tree["K"][0])
    nodes = list(root.walk())
    root.number = document.number
    for node, element in zip(nodes[1:], _places(pdf, document.number, len(nodes) - 1), strict=True):
        node.number = element.number
        element.update(Type="/StructElem", S=f"/{node.tag}")
    pages = pdf.page_references
    owners: dict[tuple[int, int], bytes] = {}
    annotations: list[tuple[Any, bytes]] = []
    for node in nodes:
        element = pdf.objects[node.number]
        if node.parent is not None:
            element["P"] = pdf.objects[node.parent.number].reference
            if node.language != node.parent.language:
                element["Lang"] = pydyf.String(node.language)
        page = next((kid.page for kid in node.kids if not isinstance(kid, Node)), None)
        if page is not None:
            element["Pg"] = pages[page]
        element["K"] = pydyf.Array(_kid(kid, page, pages, pdf) for kid in node.kids)
        element.update(node.extra)
        if node.attributes:
            dictionaries = [pydyf.Dictionary(attributes) for attributes in node.attributes]
            element["A"] = dictionaries[0] if len(dictionaries) == 1 else pydyf.Array(dictionaries)
        for kid in node.kids:
            if isinstance(kid, Mark):
                owners[kid.page, kid.mcid] = element.reference
            elif isinstance(kid, Annotation):
                annotations.append((kid.dictionary, element.reference))
    lists: list[list[bytes]] = [[] for _ in pages]
    for page, mcid in sorted((mark.page, mark.mcid) for mark in marks):
        lists[page].append(owners.get((page, mcid), b"null"))
    numbers = pydyf.Array(item for page, owned in enumerate(lists) for item in (page, pydyf.Array(owned)))
    for number, (dictionary, reference) in enumerate(annotations, start=len(pages)):
        dictionary["StructParent"] = number
        numbers += [number, reference]
    actualtext.resolve(pdf, tree["ParentTree"])["Nums"] = numbers
    if mapped := {node.tag: f"/{OLDER[node.tag]}" for node in nodes if node.tag in OLDER}:
        tree["RoleMap"] = pydyf.Dictionary(dict(sorted(mapped.items())))
    if ids:
        names = ((pydyf.String(name), pdf.objects[node.number].reference) for name, node in sorted(ids.items()))
        tree["IDTree"] = pydyf.Dictionary({"Names": pydyf.Array(item for pair in names for item in pair)})


def _places(pdf: pydyf.PDF, after: int, wanted: int) -> Iterable[pydyf.Dictionary]:
    """Objects for the elements: those of WeasyPrint's tree, emptied, and as many more as needed.

    pydyf cannot take an object out of a file; those that are left over stay empty.
    """
    old = [item for item in pdf.objects[after + 1 :] if isinstance(item, pydyf.Dictionary)]
    places = [item for item in old if item.get("Type") in ("/StructElem", "/OBJR")]
    for place in places:
        place.clear()
    while len(places) < wanted:
        places.append(pydyf.Dictionary())
        pdf.add_object(places[-1])
    return places[:wanted]


def _kid(kid: Node | Mark | Annotation, page: int | None, pages: tuple[bytes, ...], pdf: pydyf.PDF) -> Any:
    if isinstance(kid, Node):
        return pdf.objects[kid.number].reference
    if isinstance(kid, Annotation):
        return pydyf.Dictionary({"Type": "/OBJR", "Pg": pages[kid.page], "Obj": kid.dictionary.reference})
    if kid.page == page:
        return kid.mcid
    return pydyf.Dictionary({"Type": "/MCR", "Pg": pages[kid.page], "MCID": kid.mcid})
