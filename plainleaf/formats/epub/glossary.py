"""Words to know in a book: what ``linking`` has made links and meanings is a note that its word opens.

Readers show an ``aside`` that such a link names as a note over the text, and many leave it out of the text then: so
only the meaning is one, in its place in the list, and the style sheet keeps it there.
"""

from __future__ import annotations

from plainleaf.formats.epub.xhtml import TYPE, Element

_ARROW = "\u21a9\ufe0e"


def note(root: Element) -> None:
    """Make a note of the meaning of each word that is linked."""
    names = dict[str, Element]()  # what holds the word, by the id of its meaning
    for item in root.iter("dl"):
        for term, meaning in zip(item.iter("dt"), item.iter("dd"), strict=False):
            if (said := meaning.find("span")) is not None and meaning.find("a[@class='back']") is not None:
                name = next((each for each in term.iter("span") if each.get("class") == "term"), term)
                names[said.get("id", "")] = name
                _open(meaning, said, name)
    for link in root.iter("a"):
        if link.get("class") == "word" and link.get("href", "")[1:] in names:
            link.attrib.pop("aria-describedby", None)
            link.attrib |= {TYPE: "noteref", "role": "doc-noteref"}


def _open(meaning: Element, said: Element, name: Element) -> None:
    """A meaning as a note that its word opens, and names to those who listen."""
    back = meaning.find("a[@class='back']")
    assert back is not None
    name.set("id", name.get("id") or f"name-{said.get('id')}")
    back.text = _ARROW
    back.attrib |= {TYPE: "backlink", "role": "doc-backlink"}
    note = Element("aside", {TYPE: "footnote", "role": "doc-footnote", "id": said.get("id", "")})
    note.set("aria-labelledby", name.get("id", ""))
    del said.attrib["id"]
    for child in list(meaning):
        meaning.remove(child)
        note.append(child)
    meaning.append(note)
