"""What telephone numbers look like in running text, whatever their country: where one is found, kept on one line, kept
in its order. Whether a clinic's number can be dialled is a question for ``clinics.phones``."""

from __future__ import annotations

import re

from plainleaf.languages.folding import SPACES

# Between the groups of digits of one number.
GAP = re.compile(r"[\s()\-‐-―−]+")

# Seven digits or more with at most two signs between each two; and what has as many digits but is another figure:
# grouped thousands, years "2019 - 2021", dates, a plain number, a range.
IN_TEXT = re.compile(rf"(?<![0-9A-Za-z.,/])\+?\(?\d(?:[{SPACES}().\-–]{{0,2}}\d){{6,14}}(?!\d)")
OTHER_FIGURE = re.compile(
    rf"\d{{1,3}}(?:[{SPACES}.,]\d{{3}})+|\d{{4}} ?[-–] ?\d{{4}}"
    r"|\d{1,2}[.-]\d{1,2}[.-]\d{4}|\d{4}[.-]\d{1,2}[.-]\d{1,2}"
    r"|[1-9]\d*|\d+(?: ?[-–] ?\d+)|\d+(?:\.\d+)(?: ?[-–] ?\d+(?:\.\d+)?)?"
)

# As part of an expression: three groups of digits or more, or an area code with its 0; shorter ones too (116 123), for
# to keep on one line what is no telephone number costs nothing.
GROUPED = r"(?:\(\d+\)|\+?\d[\d()]*)(?:[ .\-–/]\(?\d[\d()]*){2,}|0\d{2,4} \d{3,}"


def is_one_number(digits: int, groups: int) -> bool:
    """Whether so many digits, in groups with nothing but ``GAP`` between, are more likely one number than several."""
    return digits >= 7 or (digits >= 6 and groups >= 3)
