"""What could be plainer in a text, in the language of the page. Advice: nothing is refused for it."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hearback.plan.rules import hard_words
from hearback.stats.text import Reading, reading_of

HARD_GRADE = 9.0
"""Source: the plain language guidelines ask to write for readers of the ninth grade at most."""
SHOWN = 80
"""So many characters of a long sentence are shown: enough to find it."""


def hints_of(text: str) -> list[str]:
    """Say how the text reads, and what could be plainer; for English, which the formula was made for."""
    reading = reading_of(text)
    return [
        _about_grade(reading),
        *map(_about_sentence, reading.long_sentences),
        *map(_about_word, hard_words(text).items()),
    ]


def _about_grade(reading: Reading) -> str:
    counted = ngettext("%(n)s word", "%(n)s words", reading.n_words) % {"n": reading.n_words}
    if reading.grade is None:
        return _("%(words)s: too few to tell how hard the text is to read.") % {"words": counted}
    told = {"words": counted, "grade": f"{reading.grade:.0f}"}
    if reading.grade <= HARD_GRADE:
        return _("%(words)s, reading grade %(grade)s: easy to read.") % told
    return _("%(words)s, reading grade %(grade)s: hard to read. Aim for 9 or less.") % told


def _about_sentence(sentence: str) -> str:
    start = sentence if len(sentence) <= SHOWN else f"{sentence[:SHOWN].rstrip()}…"
    return _("A sentence of more than 25 words: “%(sentence)s” Make it two.") % {"sentence": start}


def _about_word(pair: tuple[str, str]) -> str:
    return _("“%(hard)s” could be “%(plain)s”.") % {"hard": pair[0], "plain": pair[1]}
