"""Closing a round waits for an answer that is on its way, so that both tell the same."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from django.db import connection, transaction

from hearback.plan import actions
from hearback.plan.actions import Told
from hearback.plan.rules import About
from tests.plan.rounds.conftest import DUE, QUARTER, entry_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.usefixtures("asked")
def test_closing_counts_the_answer_that_came_before_it(at: datetime) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("only there two write at once")

    def close() -> dict[str, int]:
        try:
            return actions.close_round(QUARTER, by="reviewer", at=at)
        finally:
            connection.close()

    with ThreadPoolExecutor() as pool:
        with transaction.atomic():
            number = entry_of(About.PROJECT, "one-form").number
            actions.answer(number, Told(), seen=None, by="second", at=at, on=DUE)
            closing = pool.submit(close)
            with pytest.raises(TimeoutError):
                closing.result(timeout=2)
        assert closing.result(timeout=30)["answered"] == 1
