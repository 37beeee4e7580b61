"""A language with its region or script, as Babel and folders name it (``zh_Hans``) and as BCP 47 does (``zh-Hans``)."""

from __future__ import annotations


def locale_name(tag: str) -> str:
    """``zh-Hans`` as the name of a locale, ``zh_Hans``; a name stays as it is."""
    return tag.replace("-", "_")


def language_tag(name: str) -> str:
    """``zh_Hans`` as a language tag, ``zh-Hans``; a tag stays as it is."""
    return name.replace("_", "-")
