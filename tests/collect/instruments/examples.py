"""Small instruments that tests of instruments are made of."""

from typing import Any

from hearback.collect.instruments.answering import Accepted, NotAccepted, Problem, accept
from hearback.collect.instruments.definition import Choice, Condition, Instrument, Page, Question
from hearback.collect.instruments.prepared import Prepared

AB = (Choice("a", {"en": "A"}), Choice("b", {"en": "B"}))
UP = (Choice("1", {"en": "Up"}), Choice("0", {"en": "Down"}))


def question(code: str = "q", kind: str = "text", **fields: Any) -> Question:
    """Make a question with words in English."""
    if kind in {"single", "multiple"} and "choices" not in fields:
        fields["choices"] = AB
    return Question(code, kind, **{"words": {"en": f"{code}?"}, **fields})  # type: ignore[arg-type]


def instrument(*questions: Question, **fields: Any) -> Instrument:
    """Make an instrument of one page in English."""
    made: dict[str, Any] = {
        "key": "a",
        "title": {"en": "T"},
        "languages": ("en",),
        "pages": (Page(questions),),
    }
    return Instrument(**{**made, **fields})


def when(code: str, *codes: str) -> Condition:
    """Make the test that an answer is one of these codes."""
    return Condition(code, is_any_of=codes)


def taken(form: Instrument, **answers: Any) -> Accepted:
    """Take answers; `q__text` stands for `q.text`."""
    return accept(Prepared(form), {name.replace("__", "."): one for name, one in answers.items()}, "en")


def refused(form: Instrument, **answers: Any) -> list[Problem]:
    """Give the problems for which answers are refused; none where they are taken."""
    try:
        taken(form, **answers)
    except NotAccepted as found:
        return found.problems
    return []
