"""What a page for screens leads to."""

from __future__ import annotations

from plainleaf.layouts.ways import ways
from plainleaf.model.links import Links
from plainleaf.translations import messages
from plainleaf.typesetting import locales
from tests.sources.test_blocks import leaflet


def test_an_address_has_no_sign_of_a_files_name_that_means_something_else() -> None:
    edition, _ = messages.localize(leaflet("Rest."), locales.locale("en"), "US", None, False)
    paper = Links(paper="50% off #2/50% off #2.en.a4.pdf")
    made = ways(edition, paper, "index.html", {}, "")
    assert made.paper == "../../50%25%20off%20%232/50%25%20off%20%232.en.a4.pdf"
    assert made.paper_named == "50% off #2.en.a4.pdf", "as people see it"
    assert ways(edition, paper, "index.html", {}, "https://a.example").paper_named.endswith(
        "/50%25%20off%20%232.en.a4.pdf"
    )
