"""Which English words name a medicine, by how international names end (WHO, INN stems)."""

from __future__ import annotations

import re
from collections.abc import Iterator

# How international names of medicines end: hydrocodone is not oxycodone.
_MEDICINE = re.compile(
    r"(?:codone|morphone|phine|adone|orphan|trexone|loxone|fentan[iy]l|tramadol|caine|profen|cillin|mycin|micin|cycline"
    r"|floxacin|azole|vir|statin|pril|sartan|olol|dipine|zepam|zolam|zodone|barbital|oxetine|traline|faxine|tyline"
    r"|pramine|apine|idone|formin|gliptin|gliflozin|tidine|prazole|parin|xaban|gatran|farin|mab|nib|triptan|setron"
    r"|cetamol|aminophen|solone|sone|terol|tropium|lukast|phylline|thiazide|semide|insulin|heroin|cocaine)s?$"
)
_OTHERS = frozenset({"april", "orphan", "orphans", "josephine"})
_WORD = re.compile(r"[^\W\d_]{6,}")


def ends_as_medicine(word: str) -> bool:
    """Whether a word (in small letters) ends as names of medicines do; some other words do too."""
    return bool(_MEDICINE.search(word))


def names_medicine(word: str) -> bool:
    """Whether a word names a medicine."""
    small = word.lower()
    return len(small) > 5 and small.isalpha() and small not in _OTHERS and ends_as_medicine(small)


def medicines_in(text: str) -> Iterator[str]:
    """The medicines that a text names, in small letters, each as often as it is named; brand names are none."""
    for word in _WORD.findall(text):
        if word[1:].islower() and names_medicine(word):
            yield word.lower()
