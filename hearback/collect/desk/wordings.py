"""Say in words which part of a form a place such as `questions.trust.words` is."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hearback.collect.instruments.definition import Instrument

PARTS = {
    "title": gettext_lazy("Title"),
    "introduction": gettext_lazy("Introduction"),
    "thanks": gettext_lazy("Words of thanks"),
    "languages": gettext_lazy("Languages"),
    "questions": gettext_lazy("Questions and their order"),
    "clearance.statement": gettext_lazy("Burden statement"),
    "countries": gettext_lazy("Countries whose kinds of personal data are masked"),
}
PIECES = {
    "words": gettext_lazy("question"),
    "help": gettext_lazy("help"),
    "choices": gettext_lazy("choices"),
    "show_when": gettext_lazy("when it is shown"),
}


def place_in_words(instrument: Instrument, where: str) -> str:
    """Name a part of a form for people; a setting keeps its name in files."""
    if where in PARTS:
        return str(PARTS[where])
    if where.startswith("pages."):
        return _("Heading of page {number}").format(number=where.split(".")[1])
    if not where.startswith("questions."):
        return where.replace("_", " ").replace(".", ": ")
    code, _dot, part = where.removeprefix("questions.").partition(".")
    number = next((n for n, one in enumerate(instrument.questions, start=1) if one.code == code), None)
    start = code if number is None else _("Question {number}").format(number=number)
    name, _dot, choice = part.partition(".")
    if name == "choices" and choice:
        return _("{question}, choice {choice}").format(question=start, choice=choice)
    return f"{start}, {PIECES.get(name, name.replace('_', ' '))}"
