"""An archive of made-up answers of any size, the same every time."""

from pathlib import Path

import numpy as np

from hearback.cli.bench.made_up_reports import provider_of
from hearback.collect.archive import NO_ANSWER, Archive, Batch, CodeBook, Form, Item
from hearback.fiscal import Quarter

SEED = 20_240_101
QUESTIONS = (
    "trust",
    "satisfaction",
    "effectiveness",
    "ease",
    "efficiency",
    "transparency",
    "equity",
    "employee",
)
N_SURVEYS, ROWS_PER_QUARTER, ROWS_PER_FILE = 400, 5_000_000, 2_500_000
CHANNELS = {"computer": 0.5, "mobile": 0.2, "phone": 0.15, "in_person": 0.1, "paper": 0.05}
LANGUAGES = {"en": 0.85, "es": 0.12, "zh": 0.03}
GROUPS = {
    "age_band": ("18-34", "35-54", "55-64", "65+"),
    "disability": ("no", "yes"),
    "first_time": ("no", "yes"),
}
SHARES = (0.06, 0.05, 0.1, 0.27, 0.52)
SHARE_MISSING = 0.03
FIRST_QUARTER = Quarter(2020, 1)
DAYS = 90


def write_answers(root: Path, rows: int, n_groups: int = 0, n_surveys: int = N_SURVEYS) -> None:
    """Archive so many responses with eight five-point answers each, in as many quarters as they fill."""
    archive, book = Archive(root), CodeBook()
    rng = np.random.default_rng(SEED)
    contexts = contexts_of(book, n_groups, n_surveys)
    quarter, left = FIRST_QUARTER, rows
    while left:
        of_quarter = min(left, ROWS_PER_QUARTER)
        for start in range(0, of_quarter, ROWS_PER_FILE):
            n = min(ROWS_PER_FILE, of_quarter - start)
            days = first_day(quarter) + rng.integers(0, DAYS, n)
            source = f"{quarter} from {start}"
            archive.append(batch_of(n, days, contexts, book, rng, n_groups), book, source)
        quarter, left = quarter.next(), left - of_quarter


def one_day(archive: Archive, rows: int) -> tuple[Batch, CodeBook]:
    """Make up one more day of responses, late in the first quarter that is there."""
    book = archive.codes()
    days = np.full(rows, first_day(FIRST_QUARTER) + DAYS)
    rng = np.random.default_rng(SEED + 1)
    n_groups = len(book.groups)
    return batch_of(rows, days, contexts_of(book, n_groups), book, rng, n_groups), book


def contexts_of(book: CodeBook, n_groups: int, n_surveys: int = N_SURVEYS) -> np.ndarray:
    """Give the context codes, shape (surveys, channels, languages)."""
    groups = tuple(GROUPS)[:n_groups]
    items = tuple(
        Item(question, wording_class="increased_trust" if question == "trust" else "standard")
        for question in QUESTIONS
    )
    codes = [
        book.context(
            Form(f"survey-{n}", f"service-{n}", f"provider-{provider_of(n)}", items, groups),
            channel,
            language,
        )
        for n in range(1, n_surveys + 1)
        for channel in CHANNELS
        for language in LANGUAGES
    ]
    return np.array(codes, dtype=np.int32).reshape(n_surveys, len(CHANNELS), len(LANGUAGES))


def batch_of(
    n: int, days: np.ndarray, contexts: np.ndarray, book: CodeBook, rng: np.random.Generator, n_groups: int
) -> Batch:
    """Make up n responses."""
    context = contexts[
        rng.integers(0, len(contexts), n),
        rng.choice(len(CHANNELS), n, p=list(CHANNELS.values())),
        rng.choice(len(LANGUAGES), n, p=list(LANGUAGES.values())),
    ]
    groups = {}
    for group, levels in list(GROUPS.items())[:n_groups]:
        codes = np.array([0, *(book.level(group, level) for level in levels)], dtype=np.int8)
        groups[group] = codes[rng.integers(0, len(codes), n)]
    return Batch(days, context, {question: _answers(n, rng) for question in QUESTIONS}, groups)


def first_day(quarter: Quarter) -> int:
    """Count the days from 1970 to the first of a quarter."""
    return quarter.starts_on().toordinal() - 719_163


def _answers(n: int, rng: np.random.Generator) -> np.ndarray:
    limits = np.cumsum(SHARES, dtype=np.float32)[:-1]
    answers = np.searchsorted(limits, rng.random(n, dtype=np.float32)).astype(np.int8) + np.int8(1)
    answers[rng.random(n, dtype=np.float32) < SHARE_MISSING] = NO_ANSWER
    return answers
