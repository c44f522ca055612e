"""Differences from release to release that few people made are found, those of many or nobody are not."""

import pytest

from hearback.publish.privacy.differences import small_differences
from tests.publish.privacy.releases import Counts, release

BEFORE: Counts = (10, 20, 40, 180, 150)


@pytest.mark.parametrize(
    ("after", "is_found"),
    [
        (BEFORE, False),
        ((10, 20, 40, 180, 151), True),
        ((10, 20, 40, 180, 159), True),
        ((10, 20, 40, 180, 160), False),
        ((10, 20, 40, 180, 141), True),
        ((10, 20, 40, 180, 140), False),
        ((11, 19, 40, 180, 150), False),  # the same people, read otherwise
    ],
)
def test_a_survey_that_few_people_changed_is_found_with_its_sums(after: Counts, is_found: bool) -> None:
    found = small_differences(release({"a": BEFORE}), release({"a": after}), 10)
    assert [one.what for one in found][:1] == (["answers on trust in a"] if is_found else [])
    assert len(found) == (4 if is_found else 0)


def test_a_survey_in_the_place_of_two_gives_the_small_one_away_in_the_sum() -> None:
    """By hand: 408 less 400 are the 8 who were held back before."""
    before = release({"a": BEFORE, "b": (1, 0, 2, 3, 2)}, hide=["b"])
    after = release({"both": (11, 20, 42, 183, 152)})
    found = small_differences(before, after, 10)
    assert len(found) == 3
    assert all("trust_answers of" in one.what for one in found)


def test_what_is_new_or_gone_is_no_difference() -> None:
    before, after = release({"a": BEFORE}), release({"b": BEFORE})
    assert small_differences(before, after, 10) == ()
    assert small_differences(before, release({"a": BEFORE, "b": BEFORE}), 10) == ()
