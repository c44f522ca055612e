"""Whether a batch fits the forms it answers: nothing may be archived that counting would leave out."""

from collections.abc import Sequence

import numpy as np

from hearback.collect.archive.arrays import Integers
from hearback.collect.archive.batch import NO_ANSWER, NOT_ASKED, NOT_KNOWN, Batch, BatchNotValid
from hearback.collect.archive.codes import HIGHEST_OF_SCALE, CodeBook, Form


def check_fits(batch: Batch, book: CodeBook) -> None:
    """Refuse a batch that holds less or more than its forms ask.

    Raises:
        BatchNotValid: if a context or a level has no code, a form asks what the batch has no column for, an
            answer is outside the scale of its question or to a question that the form does not ask, or a
            weighted form has no weights.
    """
    _check_codes("contexts", batch.contexts, len(book.contexts) - 1)
    present = np.flatnonzero(np.bincount(batch.contexts, minlength=len(book.contexts))).tolist()
    for form in {book.contexts[context][0] for context in present}:
        _check_columns(batch, book.forms[form])
    for question, given in batch.answers.items():
        highest = [_highest_answer(book.form_of(context), question) for context in present]
        _check_below(batch, book, question, given, (present, highest))
    for group, codes in batch.groups.items():
        n_levels = len(book.groups.get(group, ()))
        _check_codes(f"group {group}", codes, n_levels)
        highest = [n_levels if group in book.form_of(context).groups else NOT_KNOWN for context in present]
        _check_below(batch, book, group, codes, (present, highest))


def _check_codes(name: str, codes: Integers, highest: int) -> None:
    wrong = (codes < 0) | (codes > highest)
    if wrong.any():
        row = int(np.flatnonzero(wrong)[0])
        raise BatchNotValid(f"response {row + 1}: the code book has no code {codes[row]} of {name}")


def _check_columns(batch: Batch, form: Form) -> None:
    for item in form.items:
        if item.question not in batch.answers:
            raise BatchNotValid(
                f"survey {form.survey} asks {item.question}, and the batch has no answers to it; give "
                f"{NO_ANSWER} where nobody answered, {NOT_ASKED} where nobody was asked"
            )
    for group in form.groups:
        if group not in batch.groups:
            raise BatchNotValid(
                f"survey {form.survey} has the group {group}, and the batch has no levels of it; give "
                f"{NOT_KNOWN} where none is known"
            )
    if form.weighted and batch.weights is None:
        raise BatchNotValid(f"survey {form.survey} is weighted, and the batch has no weights")


def _highest_answer(form: Form, question: str) -> int:
    item = form.item(question)
    return NO_ANSWER if item is None else HIGHEST_OF_SCALE[item.scale]


def _check_below(
    batch: Batch, book: CodeBook, name: str, given: Integers, limits: tuple[Sequence[int], Sequence[int]]
) -> None:
    """Refuse an answer or a level above what the form of its context allows.

    Args:
        limits: the contexts that are present, and the highest number that each allows.
    """
    contexts, highest = limits
    if not contexts or given.max() <= min(highest):
        return
    allowed = np.zeros(len(book.contexts), dtype=np.int16)
    allowed[list(contexts)] = highest
    wrong = given > allowed[batch.contexts]
    if wrong.any():
        row = int(np.flatnonzero(wrong)[0])
        form = book.form_of(int(batch.contexts[row]))
        most = int(allowed[batch.contexts[row]])
        rule = f"is from 1 to {most}" if most else "is not asked"
        raise BatchNotValid(
            f"response {row + 1} has {given[row]} for {name}, which {rule} in survey {form.survey}"
        )
