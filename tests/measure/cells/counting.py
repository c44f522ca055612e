"""People who answered, and their cells counted in plain Python, without any of the program's own counting."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from hearback.collect.archive import NOT_ASKED, NOT_KNOWN, Archive, Batch, CodeBook, Form, Item
from hearback.measure.cells import CellStore

DAY = 18_536
"""1 October 2020, the first day of FY2021-Q1."""
NEXT_QUARTER = DAY + 92
Q1, Q2 = "FY2021-Q1", "FY2021-Q2"

CLINIC = Form(
    "clinic", "care", "hospital", (Item("trust"), Item("thumb", scale="thumbs"), Item("ease")),
    ("age_band", "first_time"),
)  # fmt: skip
OFFICE = Form(
    "office",
    "benefits",
    "agency",
    (Item("solved", scale="yes_no"), Item("trust")),
    ("age_band",),
    weighted=True,
)
DESK = Form("desk", "passports", "agency", (Item("trust"), Item("wait", scale="ticked")), weighted=True)
FORMS = (CLINIC, OFFICE, DESK)
HIGHEST = {"five_point": 5, "thumbs": 2, "yes_no": 2, "ticked": 2}
LEVELS = {"age_band": ("18-34", "35-64", "65+"), "first_time": ("no", "yes")}


@dataclass(frozen=True)
class Response:
    """What one person said: answers to all questions of the form, levels where they are known, a weight."""

    form: Form
    answers: Mapping[str, int]
    channel: str = "phone"
    levels: Mapping[str, str] = field(default_factory=dict)
    weight: int = 1_000_000_000
    day: int = DAY


Key = tuple[str, str, str, str, str, int]
"""Survey, channel, group ("" for everybody), level ("" where it is not known), question, answer."""
Sums = tuple[int, int | None, int | None]


def archive(at: Archive, responses: Sequence[Response], source: str) -> None:
    """Archive some responses; they have weights if any form among them is weighted."""
    book = at.codes()
    at.append(batch_of(responses, book), book, source)


def batch_of(responses: Sequence[Response], book: CodeBook) -> Batch:
    """Make responses a batch; who is not asked a question has NOT_ASKED."""
    questions = {item.question for one in responses for item in one.form.items}
    groups = {group for one in responses for group in one.form.groups}
    weighted = any(one.form.weighted for one in responses)
    return Batch(
        np.array([one.day for one in responses], dtype=np.int64),
        np.array([book.context(one.form, one.channel, "en") for one in responses], dtype=np.int64),
        {name: np.array([one.answers.get(name, NOT_ASKED) for one in responses]) for name in questions},
        {name: np.array([_level(book, name, one) for one in responses]) for name in groups},
        np.array([one.weight for one in responses]) if weighted else None,
    )


def _level(book: CodeBook, group: str, one: Response) -> int:
    return book.level(group, one.levels[group]) if group in one.levels else NOT_KNOWN


def by_hand(responses: Sequence[Response]) -> dict[Key, Sums]:
    """Count people, weights and squared weights, one person at a time."""
    found: dict[Key, list[int]] = {}
    for one in responses:
        divided = [("", ""), *((group, one.levels.get(group, "")) for group in one.form.groups)]
        for group, level in divided:
            for item in one.form.items:
                key = (one.form.survey, one.channel, group, level, item.question, one.answers[item.question])
                sums = found.setdefault(key, [0, 0, 0])
                sums[0] += 1
                sums[1] += one.weight
                sums[2] += one.weight**2
    weighted = {form.survey for form in FORMS if form.weighted}
    return {
        key: (n, weight, squared) if key[0] in weighted else (n, None, None)
        for key, (n, weight, squared) in found.items()
    }


def stored(store: CellStore, book: CodeBook, quarter: str) -> dict[Key, Sums]:
    """Read stored cells with words in the place of codes."""
    groups, questions = list(book.groups), book.questions()
    found = {}
    for cell in store.cells(quarter).to_pylist():
        group = groups[cell["dimension"] - 1] if cell["dimension"] else ""
        level = book.groups[group][cell["level"] - 1] if cell["level"] else ""
        survey, channel = book.form_of(cell["context"]).survey, book.contexts[cell["context"]][1]
        key = (survey, channel, group, level, questions[cell["question"]], cell["answer"])
        assert key not in found
        weights = [None if cell[name] is None else int(cell[name]) for name in ("weight", "weight_squared")]
        found[key] = (cell["n"], weights[0], weights[1])
    return found


def contents(folder: Path) -> dict[str, bytes]:
    """Read all files of a folder but locks."""
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.name != ".lock"
    }
