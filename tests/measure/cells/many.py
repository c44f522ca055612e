"""More than a million made-up answers: every scale, no answers, questions not asked, weights and groups."""

from pathlib import Path

import numpy as np

from hearback.collect.archive import (
    NO_ANSWER,
    NOT_ASKED,
    NOT_KNOWN,
    WEIGHT_UNITS,
    Archive,
    Batch,
    CodeBook,
    Form,
    Item,
)

ASKED = {
    "satisfaction": "five_point",
    "trust": "five_point",
    "ease": "five_point",
    "thumb": "thumbs",
    "reason_wait": "ticked",
    "reason_staff": "ticked",
    "came_back": "yes_no",
    "solved": "yes_no",
}
LEVELS = {"age_band": ("18-34", "35-54", "55-64", "65+"), "disability": ("no", "yes")}
HIGHEST = {"five_point": 5, "thumbs": 2, "ticked": 2, "yes_no": 2}
SHARE_WITHOUT = 0.05
DAY = 18_536
"""1 October 2020, the first of FY2021-Q1."""


def forms() -> list[Form]:
    """Make twelve forms: half are weighted, some do not ask all questions or all groups."""
    made = []
    for number in range(12):
        items = [Item(question, scale=scale) for question, scale in ASKED.items()]
        groups = tuple(LEVELS)[: 1 + number % 2] if number % 4 else ()
        made.append(
            Form(f"survey-{number}", f"service-{number}", "provider", tuple(items[number % 3 :]), groups,
                 weighted=number % 2 == 0)
        )  # fmt: skip
    return made


def archive_many(root: Path, n: int, seed: int) -> Archive:
    """Archive n responses to eight questions: most at once, the rest as a second file without weights."""
    archive, book, rng = Archive(root), CodeBook(), np.random.default_rng(seed)
    for rows, weighted, source in ((n - n // 10, True, "first"), (n // 10, False, "second")):
        contexts = [
            (form, book.context(form, channel, language))
            for form in forms()
            if weighted or not form.weighted
            for channel in ("phone", "paper")
            for language in ("en", "es")
        ]
        archive.append(_batch(contexts, book, rows, rng, weighted=weighted), book, source)
    return archive


def _batch(
    contexts: list[tuple[Form, int]], book: CodeBook, n: int, rng: np.random.Generator, *, weighted: bool
) -> Batch:
    which = rng.integers(0, len(contexts), n)
    answers = {}
    for question, scale in ASKED.items():
        given = rng.integers(1, HIGHEST[scale] + 1, n)
        given[rng.random(n) < SHARE_WITHOUT] = NO_ANSWER
        given[rng.random(n) < SHARE_WITHOUT] = NOT_ASKED
        asks = np.array([form.item(question) is not None for form, _ in contexts])
        answers[question] = np.where(asks[which], given, NOT_ASKED)
    groups = {}
    for group, levels in LEVELS.items():
        codes = np.array([NOT_KNOWN, *(book.level(group, level) for level in levels)])
        divides = np.array([group in form.groups for form, _ in contexts])
        groups[group] = np.where(divides[which], codes[rng.integers(0, len(codes), n)], NOT_KNOWN)
    return Batch(
        DAY + rng.integers(0, 92, n),
        np.array([code for _, code in contexts])[which],
        answers,
        groups,
        rng.integers(0, 5 * WEIGHT_UNITS, n) if weighted else None,
    )
