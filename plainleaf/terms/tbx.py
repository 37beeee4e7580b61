"""Terms as TBX, for translators' programs: TBX-Basic of ISO 30042:2019.

Written in the style DCA, where data categories are values of ``type``: one namespace, and what programs for the edition
of 2008 look for has the same names there. Read in both styles, and as files of 2008 are (martif, termEntry, langSet).
What is read is hostile until shown otherwise: no entities, nothing from outside, bounds on size, depth and number.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from xml.sax import SAXException, SAXParseException
from xml.sax.handler import ContentHandler
from xml.sax.saxutils import escape, quoteattr
from xml.sax.xmlreader import AttributesImpl, Locator

from defusedxml import DefusedXmlException, sax

from plainleaf.model import Location
from plainleaf.model.phrases import clipped
from plainleaf.model.tags import language_tag
from plainleaf.terms.entries import LONGEST, MOST, Concept, Entry, Read, checked, fault, tidy

NAMESPACE = "urn:iso:std:iso:30042:ed-2"
_DEEPEST = 40  # elements inside each other
_MOST_ELEMENTS = 40 * MOST
_BAD_STATUS = ("deprecated", "superseded", "obsolete", "forbidden")
_SAME = {"termEntry": "conceptEntry", "langSet": "langSec", "tig": "termSec", "ntig": "termSec"}  # as of 2008


def written(concepts: Sequence[Concept], languages: Sequence[str], source: str = "en") -> bytes:
    """The file, of terms of a ``source`` language; the same terms give the same bytes."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<tbx type="TBX-Basic" style="dca" xml:lang={quoteattr(source)} xmlns="{NAMESPACE}">',
        "  <tbxHeader>",
        "    <fileDesc>",
        "      <sourceDesc>",
        "        <p>Words to know and terms of health leaflets, exported by Plainleaf.</p>",
        "      </sourceDesc>",
        "    </fileDesc>",
        "  </tbxHeader>",
        "  <text>",
        "    <body>",
    ]
    for number, each in enumerate(concepts, 1):
        lines.append(f'      <conceptEntry id="c{number}">')
        lines += _section(source, each.term, each.meaning, each.leaflets)
        for name in languages:
            if each.translations.get(name):
                lines += _section(language_tag(name), each.translations[name], each.meanings.get(name, ""))
        lines.append("      </conceptEntry>")
    lines += ["    </body>", "  </text>", "</tbx>", ""]
    return "\n".join(lines).encode()


def _section(language: str, term: str, meaning: str, leaflets: Sequence[str] = ()) -> list[str]:
    lines = [f"        <langSec xml:lang={quoteattr(language)}>"]
    lines += [f'          <descrip type="definition">{escape(meaning)}</descrip>'] if meaning else []
    lines += ["          <termSec>", f"            <term>{escape(term)}</term>"]
    lines.append('            <termNote type="administrativeStatus">preferredTerm-admn-sts</termNote>')
    lines += [f"            <note>Leaflets: {escape(', '.join(leaflets))}</note>"] if leaflets else []
    return [*lines, "          </termSec>", "        </langSec>"]


class _Stop(SAXException):
    """What is wrong, and how to fix it."""

    def __init__(self, what: str, hint: str) -> None:
        super().__init__(what)
        self.what, self.hint = what, hint


class _Handler(ContentHandler):
    """Gathers a term for each language of each concept: the first that nobody has marked as one to avoid."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.source = source
        self.open: list[str] = []
        self.elements = 0
        self.entries: list[tuple[str, str, str, int]] = []  # term, language, translation, line
        self.languages: dict[str, int] = {}
        self.found: dict[str, tuple[str, int]] = {}  # of the concept that is open
        self.language, self.text, self.term, self.line, self.bad = "", None, "", 0, False
        self.root = ""

    text: str | None  # what is being read, ``None`` for what nobody needs
    locator: Locator | None = None

    def setDocumentLocator(self, locator: Locator) -> None:  # noqa: N802 - as xml.sax calls it
        self.locator = locator

    @property
    def place(self) -> int:
        """The line that is being read."""
        return (self.locator.getLineNumber() if self.locator else None) or 1

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802
        name = name.rsplit(":", maxsplit=1)[-1]
        name = _SAME.get(name, name)
        self.root = self.root or name
        self.open.append(name)
        self.elements += 1
        if len(self.open) > _DEEPEST:
            raise _Stop(f"elements lie more than {_DEEPEST} deep inside each other", "no list of terms is like that")
        if self.elements > _MOST_ELEMENTS:
            raise _Stop(f"the file has more than {_MOST_ELEMENTS} elements", "split it into several files")
        if name == "conceptEntry":
            self.found = {}
        elif name == "langSec":
            self.language = attrs.get("xml:lang", attrs.get("lang", "")).strip()
            if not self.language:
                raise _Stop("a langSec does not say its language", 'write <langSec xml:lang="es">')
            if len(self.language) > 40:
                raise _Stop("the language of a langSec is no language tag", 'write <langSec xml:lang="es">')
            self.languages.setdefault(self.language, self.place)
        elif name == "termSec":
            self.term, self.line, self.bad = "", self.place, False
        elif name == "term":
            self.text, self.line = "", self.place
        elif name == "administrativeStatus" or attrs.get("type") == "administrativeStatus":
            self.text = ""

    def characters(self, content: str) -> None:
        if self.text is not None:
            self.text += content
            if len(self.text) > 20 * LONGEST:
                raise _Stop(f"a term has more than {20 * LONGEST} characters", "a term is a few words")

    def endElement(self, name: str) -> None:  # noqa: N802
        name = self.open.pop()
        if name == "term":
            self.term, self.text = tidy(self.text or ""), None
        elif self.text is not None and "term" not in self.open:
            self.bad, self.text = self.text.strip().lower().startswith(_BAD_STATUS), None
        elif name == "termSec" and self.term and not self.bad:
            self.found.setdefault(self.language, (self.term, self.line))
        elif name == "conceptEntry":
            self._close()

    def _close(self) -> None:
        """Note a concept, if it has a term of the source's language."""
        own = [tag for tag in self.found if _base(tag) == _base(self.source)]
        if own:
            term, _ = self.found[min(own, key=len)]
            others = ((tag, said) for tag, said in self.found.items() if tag not in own)
            self.entries += [(term, tag, text, line) for tag, (text, line) in others]


def _base(tag: str) -> str:
    return tag.replace("_", "-").partition("-")[0].lower()


def read(data: bytes, file: str, source: str = "en") -> Read:
    """The entries of a file, of terms of a ``source`` language."""
    handler = _Handler(source)
    try:
        # files of 2008 name a DTD: the parser does not open it (external_ges is off), and nothing may be declared
        sax.parse(io.BytesIO(data), handler, forbid_dtd=False, forbid_entities=True, forbid_external=False)
    except _Stop as stop:
        return Read((), (fault(Location(file, handler.place), stop.what, stop.hint),))
    except DefusedXmlException:
        what, hint = "the file declares entities, or reads from elsewhere", "delete its <!DOCTYPE ... ]> part"
        return Read((), (fault(Location(file, handler.place), what, hint),))
    except SAXParseException as error:
        what = f"is not sound XML: {clipped(error.getMessage(), 80)}"
        hint = "export it again as TBX; the line before may be the one that is wrong"
        return Read((), (fault(Location(file, error.getLineNumber() or 1), what, hint),))
    except (SAXException, ValueError, LookupError, UnicodeError) as error:
        what = f"could not be read as XML: {clipped(str(error), 80)}"
        return Read((), (fault(Location(file, handler.place), what, "export it again as TBX, in UTF-8"),))
    if handler.root not in ("tbx", "martif"):
        what = f"is no TBX file: it begins with <{clipped(handler.root, 40)}>"
        return Read((), (fault(Location(file, 1), what, "export the terms as TBX-Basic, or as CSV"),))
    languages = {tag: Location(file, line) for tag, line in handler.languages.items() if _base(tag) != _base(source)}
    entries = (Entry(term, tag, text, Location(file, line)) for term, tag, text, line in handler.entries)
    return checked(entries, languages)
