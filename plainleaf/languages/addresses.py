"""Addresses of the web, of mail and of telephones: where one is in a text, and what keeps it from being reached."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

ADDRESS: Final = re.compile(
    r"(?:https?://|www\.)[!-~]*[A-Za-z0-9/]"
    r"|(?<![A-Za-z0-9_.+-])[A-Za-z0-9_.+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
    r"|(?<![A-Za-z0-9.-])(?:[A-Za-z0-9-]{1,63}\.)+(?:org|gov|com|net|edu|int|info|eu|uk|us|ca|au|nhs)"
    r"(?![A-Za-z0-9])(?:/[!-~]*[A-Za-z0-9/])?"
)
"""A whole address in a text, as a reader would type it; the full stop of its sentence stays outside."""

LIKE_ADDRESS: Final = re.compile(
    r"\b[A-Za-z][A-Za-z0-9+.-]{1,12}:[/\\]+\S*|\bw{2,4}[.,]\S+|(?<![\w.+-])[\w.+-]{1,64}@[\w.,-]+\w"
    r"|(?<![\w.])(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,24}/\S*|\b(?:mailto|tel):\S+"
)
"""What was meant as an address, right or wrong: signs inside it are no markup."""

_HOST = r"[^\W_](?:[\w-]*[^\W_])?"
_DOMAIN = re.compile(rf"(?:{_HOST}\.)+(?:[^\W\d_]{{2,}}|xn--[a-z0-9-]+)\.?|\d{{1,3}}(?:\.\d{{1,3}}){{3}}")
_MAIL = re.compile(r"[\w.!#$&'*+/=?^`{|}~-]{1,64}")
_WIDE = "。．․｡·‧∙：／⁄∕"
_START = r"(?:\bhttps?://|\bwww\.)"


@dataclass(frozen=True, slots=True)
class Fault:
    """An address in a text that leads nowhere: where it begins, its text, what is wrong with it and what is right."""

    start: int
    text: str
    what: str
    right: str


_SLASHES = "write two slashes: https://"
_NO_SPACE = "write the address without a space"
_LABEL = r"[\w-]{1,63}"
_NAMES = r"[\w.-]{0,253}"
_LOCAL = r"(?<![\w.+-])[\w.+-]{1,64}"
_NAME = r"(?<![\w.+-])(?=[\w.+-]{0,63}[a-z])[\w.+-]{1,64}"  # 5@10 is none
_FAULTS: Final = tuple(
    (re.compile(pattern, re.IGNORECASE), what, right)
    for pattern, what, right in (
        (r"\bhttps?:?/{1,2}\s?https?[:/]\S*", "begins twice", "write https:// once"),
        (r"\bhttps?:/{3,}\S*", "has too many slashes", _SLASHES),
        (r"\bhttps?:/(?!/)\S*", "has one slash", _SLASHES),
        (r"\bhttps?:\s?\\+\S*", "has backslashes in place of slashes", _SLASHES),
        (r"\bhttps?:(?=[\w-]+\.[\w-])\S*", "has no slashes", _SLASHES),
        (r"\bhttps?(?:[;.,]|\s+:|：)?\s?[/／]{1,2}\S*(?<!/)", "has no colon", "write https://"),
        (r"\b(?!https?:)[a-z]{2,9}(?<!ftp)(?<!sms)://\S*", "begins in a way that browsers do not understand", "write https://"),
        (r"\bhttps?://\s+\S*", "has a space inside", _NO_SPACE),
        (rf"{_START}[\w.-]{{1,253}}\s\.\w+\S*|\bwww\s?\.\s\w\S*|\bwww\s\.\w\S*|\bwww\s[\w-]+\.\w\S*",
         "has a space inside", _NO_SPACE),
        (rf"{_START}[\w.-]{{1,253}}\.\s(?:org|com|net|gov|edu|info|example|co\.\w\w)\b\S*",
         "has a space inside", _NO_SPACE),
        (rf"(?:\bhttps?://|\bwww){_NAMES},\w\S*", "has a comma in place of a dot", "write a dot"),
        (rf"(?:\bhttps?://|\bwww){_NAMES}[{_WIDE}][\w/]\S*", "has a dot of another script", "type . : and / again"),
        (r"\bw{4,}\.\w\S*|(?<![\w.])ww\.\w[\w-]*\.\w\S*|\bwww\.www\.\S*", "does not begin with www.", "write www."),
        (rf"{_START}{_NAMES}\.\.+\w\S*|\bwww\.\.+\w\S*", "has two dots beside each other", "write one dot"),
        (rf"\bhttps?://{_LABEL}(?!{_NAMES}\.\w)(?=[/\s),;!?]|[.:](?:\s|$)|$)\S*",
         "has no ending such as .org", "write the full address"),
        (rf"{_LOCAL}\s?[(\[{{]\s?at\s?[)\]}}]\s?[\w.-]{{1,253}}", "hides its @", "write name@clinic.example"),
        (rf"{_NAME}@\s+{_LABEL}\.\w\S*|{_NAME}\s+@{_LABEL}\.\w\S*",
         "has a space beside its @", _NO_SPACE),
        (rf"{_LOCAL}@{_NAMES}@\S*", "has two @", "write one @"),
        (rf"{_LOCAL}@{_NAMES},\w+\S*", "has a comma in place of a dot", "write a dot"),
        (rf"{_LOCAL}@{_NAMES}\.\.+\w\S*", "has two dots beside each other", "write one dot"),
        (rf"{_NAME}@(?=[\w-]{{0,62}}[a-z]){_LABEL}(?!{_NAMES}\.\w)(?![@\w-])",
         "has no ending such as .org", "write the full address"),
        (r"\bmailto:(?!\S+@)\w\S+", "leads nowhere", "write the full address: name@clinic.example"),
    )
)  # fmt: skip


def faults(text: str) -> Iterator[Fault]:
    """The addresses in a text that nobody can reach as they are typed, in no order; each is named once."""
    if "@" not in text and "at" not in text and not re.search(r"://|http|ww|/|\bmailto:", text, re.IGNORECASE):
        return
    for pattern, what, right in _FAULTS:
        for found in pattern.finditer(text):
            yield Fault(found.start(), found[0].rstrip(".,;:!?"), what, right)
        text = pattern.sub(lambda hit: " " * len(hit[0]), text)


def fault(target: str) -> str:
    """What is wrong with a link, or "". ``target`` begins with https:, http:, mailto: or tel: (RFC 3986)."""
    scheme, _, rest = target.partition(":")
    match scheme.lower():
        case "mailto":
            return _mail_fault(rest.partition("?")[0])
        case "tel":
            return _phone_fault(rest)
    return _web_fault(rest)


def _web_fault(rest: str) -> str:
    if not rest.startswith("//") or rest.startswith("///"):
        return "it needs two slashes: https://"
    host, _, path = re.sub(r"[?#]", "/", rest[2:], count=1).partition("/")
    name, _, port = host.partition(":")
    if name.lower() in ("http", "https"):
        return "https:// appears twice"
    if "@" in host:
        return "there is an @ in the name of the site"
    if re.search(rf"[,{_WIDE}\\]", name):
        return "there is a comma or a sign of another script in the name of the site"
    if not _DOMAIN.fullmatch(name):
        return f"“{name[:40]}” is not the name of a site, such as clinic.example"
    if port and not (port.isascii() and port.isdigit() and 0 < int(port[:6]) < 65536):
        return f"“:{port[:10]}” is not a port"
    return _path_fault(path)


def _path_fault(path: str) -> str:
    if "\\" in path:
        return "there is a backslash in it"
    if re.search(r"%(?![0-9A-Fa-f]{2})", path):
        return "it has a % that is not the code of a character"
    if path and path[-1] in ".,;:!'\"":
        return f"it ends with “{path[-1]}”, which belongs to the sentence"
    if path.count(")") > path.count("("):
        return "it ends with a bracket that was never opened"
    return ""


def _mail_fault(addresses: str) -> str:
    for address in addresses.split(","):
        name, at, domain = address.rpartition("@")
        if not at:
            return "an e-mail address has an @"
        if not _MAIL.fullmatch(name) or not _DOMAIN.fullmatch(domain) or ".." in name or domain.endswith("."):
            return f"“{address[:60]}” is not an e-mail address, such as help@clinic.example"
    return ""


def _phone_fault(number: str) -> str:
    digits, _, more = number.partition(";")
    if re.search(r"[^\W\d_]", digits):
        return "there are letters in the number: write its digits"
    if not re.fullmatch(r"\+?[0-9().*#-]+", digits) or sum(sign.isdigit() for sign in digits) < 2:
        return "this is not a phone number: write + and the country code first, then its digits, with - between"
    if more and not re.fullmatch(r"ext=[0-9]+", more, re.IGNORECASE):
        return f"“;{more[:20]}” is not an extension, such as ;ext=12"
    return ""
