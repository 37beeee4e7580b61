"""What a PDF says of itself to catalogues and archives, as XMP: ISO 16684-1, in the one block that PDF/A wants.

Facts come in, bytes go out. Which standards a file follows is said in ``Claim``; a property that XMP itself does not
have is declared beside it, in the schema of schemas of PDF/A (ISO 19005-2, 6.6.2.3.3).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from plainleaf.languages.invisible import BYTE_ORDER_MARK

_SPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfd": "http://pdfa.org/declarations/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DEFAULT = "x-default"


@dataclass(frozen=True, slots=True)
class About:
    """The facts of a file. ``titles``: pairs of a language (BCP 47) and the title in it, the document's own first;
    dates as YYYY-MM-DD, "" for none; ``relation``: names of files that belong to it."""

    title: str
    titles: tuple[tuple[str, str], ...] = ()
    authors: tuple[str, ...] = ()
    description: str = ""
    keywords: tuple[str, ...] = ()
    created: str = ""
    modified: str = ""
    tool: str = ""
    producer: str = ""
    relation: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """The standards that a file says it follows: ``properties`` as pairs of a name ("pdfaid:part") and its value;
    ``declared``: those that PDF/A does not have of itself, as (name, type, what it is); ``declarations``: addresses of
    the PDF Association's."""

    properties: tuple[tuple[str, str], ...] = ()
    declared: tuple[tuple[str, str, str], ...] = ()
    declarations: tuple[str, ...] = ()


def packet(about: About, claim: Claim = Claim()) -> bytes:
    """The whole packet, which no tool is to write into."""
    languages = dict.fromkeys(language for language, _ in about.titles)
    said = about.titles[0][0] if about.titles else ""
    parts = [
        *(_plain(name, value) for name, value in claim.properties),
        _plain("dc:format", "application/pdf"),
        _texts("dc:title", [(_DEFAULT, about.title), *about.titles]),
        _list("dc:language", "Bag", languages),
        _list("dc:creator", "Seq", about.authors),
        _texts("dc:description", [(_DEFAULT, about.description), *([(said, about.description)] if said else [])]),
        _list("dc:subject", "Bag", about.keywords),
        _list("dc:relation", "Bag", about.relation),
        _plain("pdf:Keywords", ", ".join(about.keywords)),
        _plain("pdf:Producer", about.producer),
        _plain("xmp:CreatorTool", about.tool),
        _plain("xmp:CreateDate", about.created),
        _plain("xmp:ModifyDate", about.modified),
        _plain("xmp:MetadataDate", about.modified),
        _declarations(claim.declarations),
        _extension(claim.declared),
    ]
    body = "\n".join(filter(None, parts))
    used = "".join(f" xmlns:{name}={quoteattr(space)}" for name, space in _SPACES.items() if f"{name}:" in body)
    rdf = f' xmlns:rdf="{_SPACES["rdf"]}"'
    return (
        f'<?xpacket begin="{BYTE_ORDER_MARK}" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
        f'<rdf:RDF{rdf}>\n<rdf:Description rdf:about=""{used.replace(rdf, "")}>\n{body}\n</rdf:Description>\n'
        '</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end="r"?>'
    ).encode()


def info(about: About) -> dict[str, str]:
    """The same facts by the keys of the older dictionary (ISO 32000-1, 14.3.3), those that there are."""
    facts = {
        "Title": about.title,
        "Author": ", ".join(about.authors),
        "Subject": about.description,
        "Keywords": ", ".join(about.keywords),
        "Creator": about.tool,
        "Producer": about.producer,
        "CreationDate": _date(about.created),
        "ModDate": _date(about.modified),
    }
    return {key: fact for key, fact in facts.items() if fact}


def _date(day: str) -> str:
    """YYYY-MM-DD as PDF writes it; of a leaflet nobody notes the hour."""
    return f"D:{day.replace('-', '')}" if day else ""


def _text(text: str) -> str:
    return escape(_NO_XML.sub("", text))


def _plain(name: str, text: str) -> str:
    return f"<{name}>{_text(text)}</{name}>" if text else ""


def _list(name: str, kind: str, texts: Iterable[str]) -> str:
    items = "".join(f"<rdf:li>{_text(text)}</rdf:li>" for text in texts)
    return f"<{name}><rdf:{kind}>{items}</rdf:{kind}></{name}>" if items else ""


def _texts(name: str, texts: Sequence[tuple[str, str]]) -> str:
    """The same text in several languages, the one for all others first."""
    items = "".join(
        f"<rdf:li xml:lang={quoteattr(language)}>{_text(text)}</rdf:li>" for language, text in texts if text
    )
    return f"<{name}><rdf:Alt>{items}</rdf:Alt></{name}>" if items else ""


def _declarations(addresses: Iterable[str]) -> str:
    """PDF Declarations, 2019: 4.2."""
    items = "".join(
        f'<rdf:li rdf:parseType="Resource"><pdfd:conformsTo>{_text(address)}</pdfd:conformsTo></rdf:li>'
        for address in addresses
    )
    return f"<pdfd:declarations><rdf:Bag>{items}</rdf:Bag></pdfd:declarations>" if items else ""


def _extension(declared: Iterable[tuple[str, str, str]]) -> str:
    """What PDF/A is to know of properties that are none of its own."""
    schemas = dict[str, list[str]]()
    for name, kind, says in declared:
        prefix, _, own = name.partition(":")
        schemas.setdefault(prefix, []).append(
            f'<rdf:li rdf:parseType="Resource"><pdfaProperty:name>{own}</pdfaProperty:name>'
            f"<pdfaProperty:valueType>{kind}</pdfaProperty:valueType>"
            "<pdfaProperty:category>internal</pdfaProperty:category>"
            f"<pdfaProperty:description>{_text(says)}</pdfaProperty:description></rdf:li>"
        )
    items = "".join(
        f'<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>{prefix}</pdfaSchema:schema>'
        f"<pdfaSchema:namespaceURI>{_SPACES[prefix]}</pdfaSchema:namespaceURI>"
        f"<pdfaSchema:prefix>{prefix}</pdfaSchema:prefix>"
        f"<pdfaSchema:property><rdf:Seq>{''.join(properties)}</rdf:Seq></pdfaSchema:property></rdf:li>"
        for prefix, properties in schemas.items()
    )
    return f"<pdfaExtension:schemas><rdf:Bag>{items}</rdf:Bag></pdfaExtension:schemas>" if items else ""
