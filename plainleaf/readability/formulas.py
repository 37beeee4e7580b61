"""Readability formulas with their published coefficients; each docstring names its source.

All take ``Counts`` of prepared text, so that what a sentence, a word or a syllable is, is decided elsewhere, and once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Counts:
    """What formulas need of a text. ``letters`` includes figures; names of the others as the formulas call them."""

    sentences: int
    words: int
    syllables: int
    letters: int
    monosyllables: int  # words of one syllable
    polysyllables: int  # words of three syllables or more
    four_syllables: int  # words of four syllables or more
    fog_words: int  # Gunning's hard words (``fog``); 0 where they are not asked for
    long_words: int  # words of more than six letters

    @property
    def words_per_sentence(self) -> float:
        return self.words / self.sentences

    @property
    def syllables_per_word(self) -> float:
        return self.syllables / self.words

    def percent(self, part: int) -> float:
        """How many in a hundred words."""
        return 100 * part / self.words


def flesch_kincaid(of: Counts) -> float:
    """School grade. Kincaid, Fishburne, Rogers, Chissom 1975, Naval Technical Training, Research Branch Report 8-75."""
    return 0.39 * of.words_per_sentence + 11.8 * of.syllables_per_word - 15.59


def flesch(of: Counts) -> float:
    """Reading ease, 0 to 100. Flesch 1948, A new readability yardstick, J Appl Psychol 32(3):221-233."""
    return 206.835 - 1.015 * of.words_per_sentence - 84.6 * of.syllables_per_word


def smog(of: Counts) -> float:
    """School grade for full understanding. McLaughlin 1969, SMOG grading, J Reading 12(8):639-646."""
    return float(1.043 * (30 * of.polysyllables / of.sentences) ** 0.5 + 3.1291)


def gunning_fog(of: Counts) -> float:
    """School grade. Gunning 1952, The Technique of Clear Writing, McGraw-Hill."""
    return 0.4 * (of.words_per_sentence + of.percent(of.fog_words))


def coleman_liau(of: Counts) -> float:
    """School grade. Coleman, Liau 1975, A computer readability formula, J Appl Psychol 60(2):283-284."""
    return 0.0588 * of.percent(of.letters) - 0.296 * of.percent(of.sentences) - 15.8


def automated(of: Counts) -> float:
    """School grade (ARI). Smith, Senter 1967, Automated Readability Index, AMRL-TR-66-220."""
    return 4.71 * of.letters / of.words + 0.5 * of.words_per_sentence - 21.43


def szigriszt(of: Counts) -> float:
    """Perspicuidad, judged by the INFLESZ scale (65 to 80: quite easy). Szigriszt Pazos 1993, thesis, Complutense
    Madrid; Barrio-Cantalejo 2008, An Sist Sanit Navar 31(2):135-152."""
    return 206.835 - 62.3 * of.syllables_per_word - of.words_per_sentence


def fernandez_huerta(of: Counts) -> float:
    """Lecturabilidad. Fernández Huerta 1959, Consigna 214:29-32 (with words per sentence, as he meant it)."""
    return 206.84 - 0.60 * of.percent(of.syllables) - 1.02 * of.words_per_sentence


def gulpease(of: Counts) -> float:
    """0 to 100; 80 and more is easy after primary school. Lucisano, Piemontese 1988, Scuola e città 39(3):110-124."""
    return 89 + (300 * of.sentences - 10 * of.letters) / of.words


def wiener_1(of: Counts) -> float:
    """School grade. Bamberger, Vanecek 1984, Lesen - Verstehen - Lernen - Schreiben, Vienna (all four)."""
    return (
        0.1935 * of.percent(of.polysyllables)
        + 0.1672 * of.words_per_sentence
        + 0.1297 * of.percent(of.long_words)
        - 0.0327 * of.percent(of.monosyllables)
        - 0.875
    )


def wiener_2(of: Counts) -> float:
    """School grade, without the words of one syllable. Bamberger, Vanecek 1984."""
    hard, long_words = of.percent(of.polysyllables), of.percent(of.long_words)
    return 0.2007 * hard + 0.1682 * of.words_per_sentence + 0.1373 * long_words - 2.779


def wiener_3(of: Counts) -> float:
    """School grade, from hard words and sentence length. Bamberger, Vanecek 1984."""
    return 0.2963 * of.percent(of.polysyllables) + 0.1905 * of.words_per_sentence - 1.1144


def wiener_4(of: Counts) -> float:
    """School grade, by sentence length first. Bamberger, Vanecek 1984."""
    return 0.2744 * of.percent(of.polysyllables) + 0.2656 * of.words_per_sentence - 1.693


def amstad(of: Counts) -> float:
    """Flesch's ease for German. Amstad 1978, Wie verständlich sind unsere Zeitungen?, thesis, Zurich."""
    return 180 - of.words_per_sentence - 58.5 * of.syllables_per_word


def douma(of: Counts) -> float:
    """Flesch's ease for Dutch. Douma 1960, De leesbaarheid van landbouwbladen, Wageningen."""
    return 206.835 - 0.93 * of.words_per_sentence - 77 * of.syllables_per_word


def lix(of: Counts) -> float:
    """Läsbarhetsindex. Björnsson 1968, Läsbarhet, Stockholm: Liber."""
    return of.words_per_sentence + of.percent(of.long_words)


def rix(of: Counts) -> float:
    """Long words per sentence. Anderson 1983, Lix and Rix, J Reading 26(6):490-496."""
    return of.long_words / of.sentences


def kandel_moles(of: Counts) -> float:
    """Flesch's ease for French. Kandel, Moles 1958, Cahiers d'études de radio-télévision 19:253-274."""
    return 207 - 1.015 * of.words_per_sentence - 73.6 * of.syllables_per_word


def oborneva(of: Counts) -> float:
    """Flesch's ease for Russian. Oborneva 2006, thesis, Moscow City Pedagogical University."""
    return 206.835 - 1.3 * of.words_per_sentence - 60.1 * of.syllables_per_word


def fog_pl(of: Counts) -> float:
    """School years; hard from four syllables. Pisarek 1969, Zeszyty Prasoznawcze 4; as in Logios, Wrocław."""
    return 0.4 * (of.words_per_sentence + of.percent(of.four_syllables))


def martins(of: Counts) -> float:
    """Flesch's ease for Portuguese, 42 above the English one. Martins, Ghiraldelo, Nunes, Oliveira 1996, Readability
    formulas applied to textbooks in Brazilian Portuguese, Notas do ICMSC-USP 28 (75 to 100: very easy)."""
    return 248.835 - 1.015 * of.words_per_sentence - 84.6 * of.syllables_per_word


def atesman(of: Counts) -> float:
    """Flesch's ease for Turkish. Ateşman 1997, Türkçede okunabilirliğin ölçülmesi, Dil Dergisi 58:71-74 (70 to 89:
    easy)."""
    return 198.825 - 40.175 * of.syllables_per_word - 2.610 * of.words_per_sentence


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula by its id; ``rises``: a higher value is easier to read."""

    id: str
    name: str
    score: Callable[[Counts], float]
    rises: bool

    @property
    def source(self) -> str:
        """Where its coefficients were published."""
        return " ".join((self.score.__doc__ or "").split())

    @property
    def is_grade(self) -> bool:
        """Whether its value is a grade of school."""
        return self.source.startswith("School")


FORMULAS: Mapping[str, Formula] = {
    formula.id: formula
    for formula in (
        Formula("flesch-kincaid", "Flesch-Kincaid grade", flesch_kincaid, False),
        Formula("flesch", "Flesch reading ease", flesch, True),
        Formula("smog", "SMOG grade", smog, False),
        Formula("gunning-fog", "Gunning Fog", gunning_fog, False),
        Formula("coleman-liau", "Coleman-Liau", coleman_liau, False),
        Formula("ari", "Automated Readability Index", automated, False),
        Formula("szigriszt", "Szigriszt-Pazos (INFLESZ)", szigriszt, True),
        Formula("fernandez-huerta", "Fernández Huerta", fernandez_huerta, True),
        Formula("gulpease", "Gulpease", gulpease, True),
        Formula("wiener-1", "Wiener Sachtextformel 1", wiener_1, False),
        Formula("wiener-2", "Wiener Sachtextformel 2", wiener_2, False),
        Formula("wiener-3", "Wiener Sachtextformel 3", wiener_3, False),
        Formula("wiener-4", "Wiener Sachtextformel 4", wiener_4, False),
        Formula("amstad", "Amstad", amstad, True),
        Formula("douma", "Flesch-Douma", douma, True),
        Formula("lix", "LIX", lix, False),
        Formula("rix", "RIX", rix, False),
        Formula("kandel-moles", "Kandel-Moles", kandel_moles, True),
        Formula("oborneva", "Flesch for Russian (Oborneva)", oborneva, True),
        Formula("fog-pl", "FOG-PL", fog_pl, False),
        Formula("martins", "Flesch for Portuguese (Martins)", martins, True),
        Formula("atesman", "Ateşman", atesman, True),
    )
}
