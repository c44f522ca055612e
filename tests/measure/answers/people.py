"""Small archives for tests: people who answered, one by one."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from hearback.collect.archive import NO_ANSWER, NOT_KNOWN, WEIGHT_UNITS, Archive, Batch, CodeBook, Form, Item
from hearback.measure.answers.reading import ArchivedQuarter
from hearback.measure.cells import CellStore, engine_named, roll_up

QUARTER = "FY2021-Q1"
DAY = 18_536
"""1 October 2020."""


@dataclass(frozen=True)
class Person:
    """One response: the form, where and in which language, the answer by question, the level by group."""

    form: Form
    answers: dict[str, int]
    channel: str = "phone"
    language: str = "en"
    groups: tuple[tuple[str, str], ...] = ()
    weight: float = 1.0


def form(survey: str = "a", service: str = "va-vha-2", provider: str = "va-vha", **given: object) -> Form:
    """Make a form that asks about trust and ease in the standard words, and for the age."""
    items = (Item("trust", wording_class="increased_trust"), Item("ease", wording_class="standard"))
    values: dict[str, object] = {"items": items, "groups": ("age_band",), "timing": "post_transaction"}
    return Form(survey, service, provider, **{**values, **given})  # type: ignore[arg-type]


def archived(folder: Path, people: Sequence[Person]) -> ArchivedQuarter:
    """Archive some people and count them into cells."""
    book = CodeBook()
    batch = batch_of(people, book)
    archive, store = Archive(folder / "answers"), CellStore(folder / "cells")
    archive.append(batch, book, "test")
    engine = engine_named("duckdb")
    roll_up(archive, store, engine)
    engine.close()
    record = store.record(QUARTER)
    assert record is not None
    return ArchivedQuarter(QUARTER, archive.codes(), store.cells(QUARTER), record.sha256)


def batch_of(people: Sequence[Person], book: CodeBook) -> Batch:
    """Make people a batch; who is not given an answer to a question that any form asks gave none."""
    questions = sorted({item.question for one in people for item in one.form.items})
    groups = sorted({group for one in people for group in one.form.groups})
    return Batch(
        np.full(len(people), DAY),
        np.array([book.context(one.form, one.channel, one.language) for one in people]),
        {q: np.array([one.answers.get(q, NO_ANSWER) for one in people]) for q in questions},
        {
            group: np.array([
                book.level(group, dict(one.groups)[group]) if group in dict(one.groups) else NOT_KNOWN
                for one in people
            ])
            for group in groups
        },
        np.array([round(one.weight * WEIGHT_UNITS) for one in people])
        if any(one.form.weighted for one in people)
        else None,
    )  # fmt: skip
