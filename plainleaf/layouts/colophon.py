"""What the templates of a layout see of a page's colophon: its days, who has signed it, its country and version."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from plainleaf.clinics.details import fill
from plainleaf.layouts import markup
from plainleaf.layouts.contacts import ClinicView
from plainleaf.layouts.pieces import Signed
from plainleaf.model import Approval, digests, plain
from plainleaf.typesetting import locales


@dataclass(frozen=True)  # without slots, as ``ClinicView``
class ColophonView(ClinicView):
    """What an edition says of itself for the record, beside its clinic."""

    @property
    def source_title(self) -> Markup:
        """The title in the source's language, for staff; "" in an edition of that language, or where it is the same."""
        leaflet, own = self.edition.leaflet, self.edition.meta.title.inlines
        if not self.translated or leaflet.meta.title.inlines == own:
            return Markup("")
        said = fill(leaflet.meta.title.inlines, self.clinic, locales.locale(leaflet.own_locale))
        return self.foreign(plain(said), leaflet.language)

    @property
    def written(self) -> Markup:
        return self._day(self.edition.meta.written)

    @property
    def review_by(self) -> Markup:
        return self._day(self.edition.meta.review_by)

    @property
    def filled(self) -> str:
        """The day on which its lines were filled in for one person; "" if it is for everybody."""
        day = self.edition.filled
        return self._dated(day) if day else ""

    @property
    def approvals(self) -> tuple[Signed, ...]:
        """Who has checked the translation; nobody in a draft, and in the source's language."""
        return self._signed(self.edition.approval, self.show)

    @property
    def sign_offs(self) -> tuple[Signed, ...]:
        """Which clinicians have signed the source off; nobody while it is a sample for review."""
        return self._signed(self.edition.sign_off, lambda name: self.foreign(name, self.edition.leaflet.language))

    def _signed(self, signed: Approval | None, shown: Callable[[str], Markup]) -> tuple[Signed, ...]:
        source = f"{self.edition.slug} {self.edition.leaflet.language}"
        return tuple(
            Signed(
                shown(each.by),
                self._day(each.on),
                self.foreign(f"{source} {each.source.isoformat()}", "en"),
                each.signed,
            )
            for each in (signed.all if signed else ())
        )

    def _day(self, day: date) -> Markup:
        text = self._dated(day)
        return Markup(markup.date_html(self.show(text), text, self.where.direction))

    def _dated(self, day: date) -> str:
        return markup.dated(locales.long_date(day, self.where, self.clinic.country))

    @property
    def country(self) -> Markup:
        """The country that the text was written for."""
        return self.show(locales.country_name(self.edition.meta.country, self.where))

    @property
    def at_home(self) -> bool:
        """Whether the text was written for the clinic's country."""
        return self.edition.meta.country == self.clinic.country

    @property
    def version(self) -> Markup:
        """What staff quote to order this very leaflet again, and the place of the page's digest."""
        return self.foreign(f"{self.edition.version}{digests.PLACE}", "en")
