"""What to ask next, when only the server can decide: some questions depend on answers not given yet."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from hearback.collect.instruments.answering import Problem, take
from hearback.collect.instruments.conditions import Answer, holds, questions_of
from hearback.collect.instruments.definition import Question
from hearback.collect.instruments.prepared import Prepared


@dataclass(frozen=True)
class Screen:
    """Questions to show together now, and what is wrong with answers to them; none once all is answered.

    `is_last` tells that no question waits for these answers.
    """

    questions: tuple[Question, ...]
    problems: tuple[Problem, ...] = ()
    is_last: bool = True


def next_screen(
    form: Prepared, given: Mapping[str, Any], shown: Collection[str], last: Collection[str]
) -> Screen:
    """Say what to show a person next.

    Args:
        given: what the person filled in so far.
        shown: codes of all questions that the person has seen.
        last: codes of those on the screen that was sent just now. It comes again where an answer is wrong.
    """
    answers: dict[str, Answer] = {}
    problems: list[Problem] = []
    again: list[Question] = []
    new: dict[str, Question] = {}
    is_last = True
    known = {*shown, *form.hidden}
    for question, starts_page in _in_order(form):
        if question.code in known:
            if holds(question.show_when, answers):
                again.append(question)
                problem = take(form.asked[question.code], given, answers)
                problems += [problem] if problem else []
        elif (starts_page and new) or not new.keys().isdisjoint(questions_of(question.show_when)):
            is_last = False
            break
        elif holds(question.show_when, answers):
            new[question.code] = question
    if problems:
        wrong = {problem.question for problem in problems} | set(last)
        fields = tuple(q for q in again if not wrong.isdisjoint({q.code, form.asked[q.code].text_code}))
        return Screen(fields, tuple(problems), is_last and not new)
    return Screen(tuple(new.values()), is_last=is_last)


def screen_before(
    form: Prepared, given: Mapping[str, Any], seen: Collection[str]
) -> tuple[Screen, list[str]] | None:
    """Give the last screen that a person has been through, and which questions were done before it.

    Args:
        seen: codes of the questions on all screens before this one.
    """
    before, done = None, list[str]()
    while True:
        screen = next_screen(form, given, done, ())
        codes = [question.code for question in screen.questions]
        if screen.problems or not codes or not set(codes) <= set(seen):
            return before
        before, done = (screen, done), [*done, *codes]


def first_screen(form: Prepared, given: Mapping[str, Any]) -> Screen:
    """Say what to show first to a person who comes with answers in the address.

    What waits for an answer that is there is on the screen too, so that one press sends it all. An answer
    that does not fit is as none.
    """
    first = next_screen(form, given, (), ())
    codes = [question.code for question in first.questions]
    if given.keys().isdisjoint(codes):
        return first
    more = next_screen(form, given, codes, ())
    if more.problems or first.is_last or _page_of(form, more.questions) != _page_of(form, first.questions):
        return first
    return Screen((*first.questions, *more.questions), is_last=more.is_last)


def _page_of(form: Prepared, questions: tuple[Question, ...]) -> int:
    """Give the page on which questions of one screen stand; all are on one where a form is not in steps."""
    if not (form.instrument.delivery.steps and questions):
        return 0
    pages = enumerate(form.instrument.pages)
    return next(number for number, page in pages if questions[0] in page.questions)


def rated_first(form: Prepared) -> Question | None:
    """Give the first rating of the first screen, thumbs and yes or no included; None where it has none."""
    first = next_screen(form, {}, (), ()).questions
    return next((one for one in first if one.type in {"rating", "thumbs", "yes_no"}), None)


def _in_order(form: Prepared) -> Iterator[tuple[Question, bool]]:
    """Give all questions, and of those that people see whether they begin a page of their own."""
    for page in form.instrument.pages:
        starts = form.instrument.delivery.steps
        for question in page.questions:
            is_seen = question.type != "hidden"
            yield question, starts and is_seen
            starts = starts and not is_seen
