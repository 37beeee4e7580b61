"""What only a person can tell: the conditions as questions about what is on the page, each with what it is about.

Where a file has nothing that a condition could be about (no film, no script), nothing is asked.
"""

from __future__ import annotations

from collections.abc import Mapping

from plainleaf.reading.conformance import document_questions, tag_questions
from plainleaf.reading.conformance.asking import Ask

ASKED: Mapping[str, Ask] = {**document_questions.ASKED, **tag_questions.ASKED}
