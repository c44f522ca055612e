"""A search of 5,000 observations is over in the time in which a page is."""

import random
import sys
import time
from datetime import datetime
from pathlib import Path

import pytest

from hearback.learn.commands import load
from hearback.learn.finding import search
from tests.learn.small import changed, write

pytestmark = pytest.mark.django_db
WORDS = [
    "the",
    "form",
    "was",
    "late",
    "and",
    "nobody",
    "at",
    "desk",
    "said",
    "which",
    "paper",
    "clerk",
    "café",
    "wait",
    "phone",
    "weeks",
    "lost",
    "office",
    "letter",
    "online",
    "again",
    "child",
    "income",
]
QUERIES = ("form", "zebra", '"which paper" cafe', "a", "e i o", "phone letter weeks lost office again child")
MOST_SECONDS = 1.5
"""Of the processor, on any machine that runs these tests; docs/performance.md says what it takes on one."""


def test_five_thousand_observations_are_searched_at_once(learn_folder: Path, at: datetime) -> None:
    chance = random.Random(1)
    seen = [
        {"key": f"o{n}", "gist": " ".join(chance.choices(WORDS, k=35)), "tags": [f"day {n % 9}"]}
        for n in range(5000)
    ]
    load(write(learn_folder, changed([0, "studies", 0], observations=seen)), by="operator", at=at)
    taken = {}
    for query in QUERIES:
        began = time.process_time()
        n = len(search(query).hits)
        taken[query] = round(time.process_time() - began, 3)
        sys.stdout.write(f"{query}: {n} found, {taken[query]} s of the processor\n")
    assert max(taken.values()) < MOST_SECONDS, taken
