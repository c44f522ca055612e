"""What is wrong with the answers of a row, in the words of whoever brings a file in; no cell is repeated."""

from hearback.collect.instruments.answering import Problem

SAID = {
    "required": "Nothing is answered, but the question needs an answer.",
    "not_a_choice": "The cell is no choice of the question.",
    "too_many_choices": "More than {limit} choices are taken.",
    "not_text": "The cell is no text.",
    "too_long": "The text has {found} characters, and {limit} can be taken.",
    "not_a_number": "The cell is no number.",
    "too_small": "The number is below {limit}.",
    "too_big": "The number is above {limit}.",
    "not_a_date": "The cell is no day as 2026-09-30.",
    "too_early": "The day is before {limit}.",
    "too_late": "The day is after {limit}.",
    "not_an_email": "The cell is no e-mail address.",
    "not_a_phone": "The cell is no telephone number.",
    "not_asked": "The version that was answered does not ask this.",
    "language": "The version that was answered is not in this language.",
}
"""By kind of problem; forms say the same to the person who answers."""


def said(problem: Problem) -> str:
    """Say what is wrong with an answer in a file."""
    words = SAID.get(problem.kind)
    return problem.message if words is None else words.format(**(problem.values or {}))
