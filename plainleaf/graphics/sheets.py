"""Style sheets and ``style=`` of drawings (SVG): what is said of an element. No larger than can be applied at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree

from plainleaf.graphics.figures import WrongError

MOST_DECLARED = 20_000  # declarations times selectors that they are for
MOST_MATCHED = 1_000_000  # elements times what is tried for each, where a selector is more than a name
SIMPLE = re.compile(r"[.#]?[\w-]+")
_TOO_MUCH = "its style sheet is too large: save it as “plain SVG”"

Rules = Mapping[str, Mapping[str, str]]


def named(element: ElementTree.Element) -> str:
    """An element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def rules(root: ElementTree.Element) -> dict[str, dict[str, str]]:
    """What its style sheets say, by selector (".a", "#a", "path"), each with its last rule. Raises ``WrongError``."""
    css = "".join("".join(each.itertext()) for each in root.iter() if named(each) == "style")
    found: dict[str, dict[str, str]] = {}
    count = 0
    for selectors, body in _split(css):
        own, names = declared(body), selectors.split(",")
        count += len(names) * max(1, len(own))
        if count > MOST_DECLARED:
            raise WrongError(_TOO_MUCH)
        for selector in names:
            found.setdefault(selector.strip(), {}).update(own)
    return found


def _split(css: str) -> Iterator[tuple[str, str]]:
    """Selectors and declarations of each rule. A rule in ``@media`` keeps that before its selectors."""
    first, *others = css.split("/*")
    bare = first + "".join(part.partition("*/")[2] for part in others)
    for part in bare.split("}"):
        selectors, brace, body = part.rpartition("{")
        if brace:
            yield selectors, body


def declared(body: str) -> dict[str, str]:
    """Declarations ("fill: none; stroke: red") by name."""
    pairs = (part.partition(":") for part in body.split(";"))
    return {key.strip(): value.replace("!important", "").strip() for key, _, value in pairs}


def style(element: ElementTree.Element, sheets: Rules) -> dict[str, str]:
    """What is said of an element: in its attributes, then in style sheets, then in its own style, which wins."""
    classes = dict.fromkeys(element.get("class", "").split())
    names = [named(element), *(f".{name}" for name in classes), f"#{element.get('id', '')}"]
    said: dict[str, str] = dict(element.attrib)
    for part in (*(sheets.get(name, {}) for name in names), declared(element.get("style", ""))):
        said.update(part)
    return said


def check_cost(sheets: Rules, elements: int, depth: int) -> None:
    """Raises ``WrongError`` where selectors that are more than a name would take long to match."""
    tried = 0
    for selector in sheets:
        if not SIMPLE.fullmatch(selector):
            steps = min(10, len(re.findall(r"[\s>+~]+", selector)))
            tried += depth**steps * (elements if ":" in selector else 1)
    if tried * elements > MOST_MATCHED:
        raise WrongError(_TOO_MUCH)
