"""Change an instrument one thing at a time; what is given stays as it was, and another comes back.

Questions are counted from 1 through all pages.
"""

from dataclasses import dataclass

from msgspec.structs import replace

from hearback.collect.instruments.definition import Condition, Instrument, Page, Question


class QuestionNotThere(Exception):
    """The instrument has no question of that number."""


@dataclass
class _Sheet:
    """A page while it is being changed."""

    page: Page
    questions: list[Question]


def question_at(instrument: Instrument, number: int) -> Question:
    """Give a question by its number.

    Raises:
        QuestionNotThere: if there are fewer.
    """
    sheets = _sheets(instrument)
    page, index = _place(sheets, number)
    return sheets[page].questions[index]


def replace_question(instrument: Instrument, number: int, question: Question) -> Instrument:
    """Put a question in the place of one; where its code is another, rules that look at it follow.

    Raises:
        QuestionNotThere: if there are fewer.
    """
    sheets = _sheets(instrument)
    page, index = _place(sheets, number)
    old = sheets[page].questions[index].code
    sheets[page].questions[index] = question
    if old != question.code:
        for sheet in sheets:
            sheet.questions = [_following(one, old, question.code) for one in sheet.questions]
    return _bound(instrument, sheets)


def add_question(instrument: Instrument, question: Question, after: int) -> Instrument:
    """Put a question behind the one of a number, or first where it is 0.

    Raises:
        QuestionNotThere: if there are fewer.
    """
    sheets = _sheets(instrument)
    page, index = _place(sheets, after) if after else (0, -1)
    sheets[page].questions.insert(index + 1, question)
    return _bound(instrument, sheets)


def remove_question(instrument: Instrument, number: int) -> Instrument:
    """Take a question out, and its page where it was alone there.

    Raises:
        QuestionNotThere: if there are fewer.
    """
    sheets = _sheets(instrument)
    page, index = _place(sheets, number)
    del sheets[page].questions[index]
    return _bound(instrument, sheets)


def move_question(instrument: Instrument, number: int, step: int) -> Instrument:
    """Move a question up (-1) or down (1); from the edge of a page it goes onto the next one.

    Raises:
        QuestionNotThere: if there are fewer.
    """
    sheets = _sheets(instrument)
    page, index = _place(sheets, number)
    question = sheets[page].questions.pop(index)
    if 0 <= index + step <= len(sheets[page].questions):
        sheets[page].questions.insert(index + step, question)
    elif 0 <= page + step < len(sheets):
        beside = sheets[page + step].questions
        beside.insert(0 if step > 0 else len(beside), question)
    else:
        sheets[page].questions.insert(index, question)
    return _bound(instrument, sheets)


def start_page(instrument: Instrument, number: int) -> Instrument:
    """Begin a page with a question.

    Raises:
        QuestionNotThere: if there are fewer.
    """
    sheets = _sheets(instrument)
    page, index = _place(sheets, number)
    if index:
        held = sheets[page].questions
        sheets[page].questions = held[:index]
        sheets.insert(page + 1, _Sheet(Page(), held[index:]))
    return _bound(instrument, sheets)


def join_page(instrument: Instrument, number: int) -> Instrument:
    """Let the page of a question go on the one before; its title goes.

    Raises:
        QuestionNotThere: if there are fewer.
    """
    sheets = _sheets(instrument)
    page, _ = _place(sheets, number)
    if page:
        sheets[page - 1].questions += sheets.pop(page).questions
    return _bound(instrument, sheets)


def _sheets(instrument: Instrument) -> list[_Sheet]:
    return [_Sheet(page, list(page.questions)) for page in instrument.pages] or [_Sheet(Page(), [])]


def _place(sheets: list[_Sheet], number: int) -> tuple[int, int]:
    places = [(page, index) for page, sheet in enumerate(sheets) for index in range(len(sheet.questions))]
    if not 1 <= number <= len(places):
        raise QuestionNotThere(f"there is no question {number}")
    return places[number - 1]


def _bound(instrument: Instrument, sheets: list[_Sheet]) -> Instrument:
    full = [sheet for sheet in sheets if sheet.questions] or sheets[:1]
    return replace(
        instrument, pages=tuple(replace(sheet.page, questions=tuple(sheet.questions)) for sheet in full)
    )


def _following(question: Question, old: str, new: str) -> Question:
    return replace(question, show_when=_renamed(question.show_when, old, new))


def _renamed(condition: Condition | None, old: str, new: str) -> Condition | None:
    if condition is None:
        return None

    def parts(held: tuple[Condition, ...] | None) -> tuple[Condition, ...] | None:
        renamed = [_renamed(one, old, new) for one in held or ()]
        return None if held is None else tuple(one for one in renamed if one is not None)

    return replace(
        condition,
        question=new if condition.question == old else condition.question,
        all=parts(condition.all),
        any=parts(condition.any),
        none=parts(condition.none),
    )
