"""What the templates of a layout see of the clinic: who it is, how it is reached, who else helps, ready to print."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from plainleaf.clinics.details import foreign_names, leaflet_address, name_of, note_of, printed_address
from plainleaf.clinics.phones import phone, relay
from plainleaf.graphics import codes as qr
from plainleaf.languages import cldr, facts
from plainleaf.layouts import markup
from plainleaf.model import Clinic, Contact, Edition, Inline, Isolate, Locale, Text, plain
from plainleaf.model.tags import locale_name
from plainleaf.typesetting import bidi, locales

LATIN = "Latn"


def in_source_language(edition: Edition, text: str) -> bool:
    """Whether the clinic's words are in the source's language, as far as letters tell, and the page is not."""
    source = bidi.direction_of(plain(edition.leaflet.meta.title.inlines))
    return _translated(edition) and bidi.direction_of(text) == source


def _translated(edition: Edition) -> bool:
    return edition.locale.tag != edition.leaflet.language


@dataclass(frozen=True, slots=True)
class _Contact:
    """Someone to call: ``text`` is the number, ``note`` words beside it (or "")."""

    name: Markup
    text: Markup
    note: Markup


@dataclass(frozen=True)  # without slots: what templates ask for again and again is worked out once
class ClinicView:
    """The clinic of an edition as its template sees it."""

    edition: Edition
    clinic: Clinic
    where: Locale

    # ----- text

    def show(self, text: str) -> Markup:
        """Any text of ours or the clinic's, with what runs the other way kept in its own order."""
        return self._html((Text(text),))

    def _html(self, inlines: tuple[Inline, ...], href: str = "", latin: str = "") -> Markup:
        # markup.html escapes all text itself, so its result is safe
        language = facts.of(self.where)
        isolated = bidi.isolate(inlines, self.where.direction, language)
        latin = latin or self._latin
        return Markup(
            markup.html(isolated, self.where.direction, href, self._names, language, signs=self.signs, latin=latin)
        )

    @cached_property
    def _latin(self) -> str:
        """The language of words in Latin letters on a page in another script: names that the source has so; "" where
        the page's own words are."""
        if self.where.script == LATIN:
            return ""
        source = self.edition.leaflet.language
        return source if cldr.script_of(locale_name(source)) == LATIN else f"und-{LATIN}"

    @property
    def signs(self) -> markup.Signs:
        """How what leads to another place of the page is printed; a clinic's own words have nothing of the kind."""
        return markup.NO_SIGNS

    def whole(self, text: str) -> Markup:
        """A name or note of the clinic's: all of it runs as its first letter does, and is read in its own language."""
        own = bidi.direction_of(text)
        if own and self._foreign(text):
            return self.foreign(text, self.edition.leaflet.language)
        return self._html((Text(text) if own in (None, self.where.direction) else Isolate((Text(text),), own),))

    def _foreign(self, text: str) -> bool:
        return in_source_language(self.edition, text)

    @cached_property
    def _names(self) -> Mapping[str, markup.Name]:
        """The clinic's and help lines' names, by their placeholders, if they are in another language than the page."""
        language = self.edition.leaflet.language
        return {
            name: markup.Name(text, language, bidi.direction_of(text) or "ltr")
            for name, text in foreign_names(self.clinic, self.where).items()
            if self._foreign(text)
        }

    def foreign(self, text: str, lang: str) -> Markup:
        """Text in another language: marked as such, and kept in its own direction."""
        direction = bidi.direction_of(text) or self.where.direction
        return Markup('<bdi dir="{}" lang="{}">{}</bdi>').format(direction, lang, text)

    @property
    def translated(self) -> bool:
        return _translated(self.edition)

    # ----- the clinic

    @property
    def phone(self) -> Markup:
        return self._dial(self.clinic.phone)

    @property
    def emergency(self) -> Markup:
        return self._dial(self.clinic.emergency_number)

    @property
    def text(self) -> Markup:
        """The number for text messages; the link begins one."""
        found = phone(self.clinic.text, self.clinic.country)
        return self._link(found.printed, found.href.replace("tel:", "sms:")) if self.clinic.text else Markup("")

    @property
    def relay(self) -> Markup:
        found = relay(self.clinic.relay, self.clinic.country)
        return self._link(found.printed, found.href) if self.clinic.relay else Markup("")

    @property
    def fax(self) -> Markup:
        """No link: nobody is to call it."""
        found = phone(self.clinic.fax, self.clinic.country)
        return Markup('<bdi dir="ltr" class="nb">{}</bdi>').format(found.printed) if self.clinic.fax else Markup("")

    @property
    def email(self) -> Markup:
        return self._address(self.clinic.email, f"mailto:{self.clinic.email}")

    @property
    def web(self) -> Markup:
        return self._address(self.clinic.web)

    @property
    def sign_language(self) -> Markup:
        return self._address(self.clinic.sign_language)

    @property
    def hours(self) -> tuple[tuple[Markup, tuple[Markup, ...]], ...]:
        """Days, with the times of each; a comma goes with the time before it."""
        comma = locales.listed(("", ""), self.where).strip()
        pairs = locales.opening_hours(self.clinic.hours, self.where, self.clinic.country)
        return tuple(
            (self.show(days), tuple(self.show(time + comma * (time is not times[-1])) for time in times))
            for days, times in pairs
        )

    @property
    def helplines(self) -> tuple[_Contact, ...]:
        return tuple(map(self._contact, self.clinic.helplines))

    @property
    def services(self) -> tuple[_Contact, ...]:
        return tuple(map(self._contact, self.clinic.services))

    @property
    def out_of_hours(self) -> _Contact | None:
        """Whom to call while the clinic is closed, if it says so."""
        return self._contact(self.clinic.out_of_hours) if self.clinic.out_of_hours else None

    def _contact(self, line: Contact) -> _Contact:
        return _Contact(
            name=self._either(name_of(line, self.where), line.name),
            text=self._dial(line.phone),
            note=self._either(note_of(line, self.where), line.note),
        )

    @property
    def imprint(self) -> Markup:
        """Who publishes the leaflet, in the clinic's own words."""
        return self.whole(self.clinic.imprint)

    @property
    def order_number(self) -> Markup:
        """What the clinic orders this leaflet by, "" if it has no number."""
        number = dict(self.clinic.order_numbers).get(self.edition.slug, "")
        return self.foreign(number, "en") if number else Markup("")

    def _either(self, own: str, other: str) -> Markup:
        """The clinic's words in the page's language, or else the first ones that it gave."""
        return self.show(own) if own else self.whole(other)

    @property
    def logo(self) -> str:
        """The logo's path from the root."""
        return f"sources/{self.clinic.logo}" if self.clinic.logo else ""

    @property
    def logos(self) -> tuple[tuple[str, str], ...]:
        """The logos' paths from the root, each with what it shows."""
        both = ((self.clinic.logo, self.clinic.logo_alt), (self.clinic.second_logo, self.clinic.second_logo_alt))
        return tuple((f"sources/{name}", alt) for name, alt in both if name)

    @property
    def code(self) -> str:
        """A QR code of the leaflet's web address in this language, as ``src`` of a picture; "" if it has none."""
        address = leaflet_address(self.clinic, self.edition.slug, self.where)
        return qr.picture(address) if address else ""

    @property
    def address(self) -> Markup:
        """The leaflet's web address in this language as a link; empty if it has none."""
        return self._address(leaflet_address(self.clinic, self.edition.slug, self.where))

    def _dial(self, number: str) -> Markup:
        found = phone(number, self.clinic.country)
        return self._link(found.printed, found.href)

    def _address(self, address: str, href: str = "") -> Markup:
        """An address as a link, with places to break it at; empty for none."""
        return self._link(printed_address(address), href or address) if address else Markup("")

    def _link(self, text: str, href: str) -> Markup:
        return Markup('<bdi dir="ltr"><a href="{}">{}</a></bdi>').format(href, text)
