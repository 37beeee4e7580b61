"""The keys of a clinic's file as people fill them in: what each is called, what it is for, and what they see of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from plainleaf.model import Finding

Kind = Literal["text", "lines", "tel", "url", "email", "country", "colour", "picture"]


@dataclass(frozen=True, slots=True)
class Field:
    """A key of one value: ``label`` and ``help`` are for people; ``needed``: without it nothing is printed."""

    key: str
    label: str
    help: str = ""
    kind: Kind = "text"
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Keys that belong together, below a heading."""

    title: str
    fields: tuple[Field, ...]


GROUPS = (
    Group(
        "Your clinic",
        (
            Field("name", "Name", "as patients know it; on every leaflet", needed=True),
            Field("address", "Address", "one line below the other, as on an envelope", "lines"),
            Field("country", "Country", "two capital letters, such as US or GB", "country", needed=True),
        ),
    ),
    Group(
        "How patients reach you",
        (
            Field("phone", "Phone", "the number that patients call", "tel", needed=True),
            Field("text", "Number for text messages", "if patients can text you", "tel"),
            Field("email", "E-mail", "if patients can write to you", "email"),
            Field("web", "Website", "the full address, from https:// on", "url"),
            Field("fax", "Fax", "", "tel"),
            Field("relay", "For people who do not hear or speak", "what they dial, such as 711", "tel"),
            Field("sign-language", "Sign-language service", "its web address", "url"),
        ),
    ),
    Group(
        "In an emergency",
        (
            Field(
                "emergency-number",
                "Number that calls an ambulance",
                "what patients dial in danger, such as 911",
                "tel",
                True,
            ),
            Field(
                "emergency-number-checked",
                "Who checked this number, and when",
                "only if you are asked for it: the number is not on our list for your country",
            ),
        ),
    ),
    Group(
        "How your leaflets look",
        (
            Field("logo", "Logo", "choose a picture, or name one below sources/, such as pictures/logo.svg", "picture"),
            Field("logo-alt", "What the logo shows", "for people who cannot see it"),
            Field("second-logo", "Second logo", "such as that of your partner", "picture"),
            Field("second-logo-alt", "What the second logo shows", "for people who cannot see it"),
            Field(
                "colour", "Colour of headings and links", "such as #0b4a57; dark enough to be read on white", "colour"
            ),
            Field("imprint", "Imprint", "a line for the last page, such as a registration number"),
        ),
    ),
    Group(
        "Leaflets on the web",
        (
            Field(
                "leaflets",
                "Address of a leaflet on your website",
                "with {leaflet} and {language} where these differ; makes the code that phones scan",
                "url",
            ),
            Field(
                "e-books-certified-by",
                "Who vouches that your e-books are accessible",
                "only if they have compared each picture with the words for it; e-books then claim WCAG 2.1 AA",
            ),
        ),
    ),
)

OUT_OF_HOURS = (
    Field("phone", "Phone when you are closed", "", "tel"),
    Field("note", "What to say there", "such as “ask for the nurse on call”"),
)
CONTACT = (
    Field("name", "Name", needed=True),
    Field("phone", "Phone", kind="tel", needed=True),
    Field("note", "Note", "such as “free, day and night”"),
)
TABLES = {
    "hours": "Opening hours",
    "out-of-hours": "When you are closed",
    "services": "Services of your clinic",
    "helplines": "Help lines",
    "order-numbers": "Order numbers",
}
"""Keys that hold tables, and what people call them."""

DAYS = {
    "mon": "Monday",
    "tue": "Tuesday",
    "wed": "Wednesday",
    "thu": "Thursday",
    "fri": "Friday",
    "sat": "Saturday",
    "sun": "Sunday",
}

_NAMED = re.compile(r"(?P<key>[\w.-]+): (?P<what>.*)", re.DOTALL)
_SEVERAL = re.compile(r"[ \t]*\[\[[ \t]*(?P<name>[\w-]+)[ \t]*\]\]")


def about(finding: Finding, text: str) -> tuple[str, str]:
    """The key that a finding on a clinic's file is about ("helplines.crisis.phone", "hours.1.opens", "" for none), and
    what it says of that; ``text``: the file's."""
    found = _NAMED.fullmatch(finding.message)
    if not found:
        return "", finding.message
    key, _, rest = found["key"].partition(".")
    if key == "hours" and rest:
        above = text.splitlines()[: finding.at.line]
        number = sum(bool((head := _SEVERAL.match(line)) and head["name"] == key) for line in above)
        return f"{key}.{max(0, number - 1)}.{rest}", found["what"]
    return found["key"], found["what"]
