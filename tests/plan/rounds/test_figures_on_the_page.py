"""What owners type of a success measure and of a commitment: what cannot be is said beside its field."""

import re

import pytest

from hearback.plan.rules import About, EntryState
from tests.plan.rounds.conftest import entry_of
from tests.plan.rounds.test_pages import People, sent

TYPED = {"how": "new", "value": "66", "low": "63", "high": "68", "as_of": "2025", "reason": "", "source": ""}


def check_told_beside(signed_in: People, typed: dict[str, str], field: str, words: str) -> None:
    """Type a figure, and find in the error of a field what is to be said there."""
    asked = sent(signed_in("third"), rivers_m1={**TYPED, **typed})
    assert asked.status_code == 422
    name = f"e{entry_of(About.MEASURE, 'rivers-m1').number}-{field}"
    told = re.search(rf'id="id_{name}_error"[^>]*>([^<]*)<', asked.content.decode())
    assert told is not None
    assert words in told[1]


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"value": ""}, "value", "Write the figure."),
        ({"value": "61,5"}, "value", "in digits, with a point before decimals: 61.5."),
        ({"high": "sixty"}, "high", "in digits, with a point"),
        ({"as_of": ""}, "as_of", "Write of which date the figure is."),
        ({"low": "80", "high": "70"}, "value", "not between the two ends of its interval"),
        ({"low": "67"}, "value", "not between the two ends of its interval"),
        ({"high": ""}, "high", "Write both ends of the interval"),
    ],
)
def test_a_figure_that_cannot_be_is_told_beside_its_field(
    signed_in: People, typed: dict[str, str], field: str, words: str
) -> None:
    check_told_beside(signed_in, typed, field, words)


def test_a_second_figure_of_one_date_is_told_without_names_of_files(signed_in: People) -> None:
    page = sent(signed_in("third"), rivers_m1={**TYPED, "as_of": "2023"}).content.decode()
    assert entry_of(About.MEASURE, "rivers-m1").state is EntryState.AWAITED
    assert "Another reading is of these days; keep one of the two" in page
    assert "readings[" not in page


def test_what_is_computed_here_offers_nothing_to_type(signed_in: People) -> None:
    page = signed_in("third").get("/dashboard/round/").content.decode()
    number = entry_of(About.MEASURE, "rivers-m2").number
    card = page.split(f'id="e{number}"')[1].split("</article>")[0]
    assert "Its figures are computed here" in card
    assert re.findall(rf'name="e{number}-how" value="(.*?)"', card) == ["later", "same"]
    assert "Lower end" not in card


@pytest.mark.parametrize(
    ("place", "kept"), [("nonsense", None), ("example.org/a", "https://example.org/a"), ("", "")]
)
def test_where_progress_can_be_read_is_an_address(signed_in: People, place: str, kept: str | None) -> None:
    typed = {"how": "new", "progress": "All moorings.", "progress_source": place}
    asked = sent(signed_in("second"), order_a=typed)
    one = entry_of(About.COMMITMENT, "order-a")
    assert (asked.status_code, one.state is EntryState.ANSWERED) == (
        (422, False) if kept is None else (302, True)
    )
    if kept:
        assert one.told["progress_source"] == kept
