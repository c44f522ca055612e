"""Channels at a common mix."""

import numpy as np
import pytest

from hearback.stats import Reason
from hearback.stats.survey import (
    AnswersNotValid,
    DomainUnknown,
    StandardNotValid,
    estimate_mean,
    make_design,
    mix_of,
    standardised_means,
)
from tests.stats.survey.samples import drawn_from

OLD, YOUNG = "old", "young"
CHANNELS = ["web"] * 4 + ["phone"] * 4
GROUPS = [OLD, YOUNG, YOUNG, YOUNG, OLD, OLD, OLD, YOUNG]
ANSWERS = [5, 2, 3, 2, 5, 5, 4, 2]
HALF = {OLD: 0.5, YOUNG: 0.5}


def test_takes_out_who_uses_a_channel() -> None:
    found = standardised_means(make_design(8), ANSWERS, CHANNELS, GROUPS, HALF)
    web, phone = found.channels["web"], found.channels["phone"]
    assert (web.crude.value, phone.crude.value) == (3.0, 4.0)
    assert web.value == pytest.approx((5 + 7 / 3) / 2)
    assert phone.value == pytest.approx((14 / 3 + 2) / 2)
    assert found.difference("web", "phone").value == pytest.approx(phone.value - web.value)


def test_the_mix_of_a_channel_itself_gives_its_plain_mean_back() -> None:
    sample = drawn_from(2, missing=0.0)
    n = len(sample.answers)
    groups = [OLD if i % 3 else YOUNG for i in range(n)]
    mix = mix_of(sample.design, groups)
    found = standardised_means(sample.design, sample.answers, ["web"] * n, groups, mix).channels["web"]
    plain = estimate_mean(sample.design, sample.answers)
    assert found.value == pytest.approx(plain.value)
    assert found.df == plain.df


def test_the_error_is_that_of_strata_known_in_size() -> None:
    answers, groups = np.array([5.0, 4.0, 2.0, 3.0, 1.0]), [OLD, OLD, YOUNG, YOUNG, YOUNG]
    found = standardised_means(make_design(5), answers, ["web"] * 5, groups, {OLD: 0.8, YOUNG: 0.2})
    by_hand = 5 / 4 * (0.8**2 * 0.5 / 4 + 0.2**2 * 2.0 / 9)
    assert found.channels["web"].se == pytest.approx(np.sqrt(by_hand))


def test_a_channel_some_group_did_not_use_is_not_brought_to_the_mix() -> None:
    channels = ["web"] * 4 + ["mail"] * 3 + ["web"]
    found = standardised_means(make_design(8), ANSWERS, channels, GROUPS, HALF)
    mail = found.channels["mail"]
    assert (mail.value, mail.empty, mail.reason) == (None, (YOUNG,), Reason.EMPTY_CELL)
    assert mail.crude.value == pytest.approx(14 / 3)
    assert found.difference("web", "mail").value is None


def test_a_group_without_a_share_in_the_mix_may_be_empty() -> None:
    standard = {OLD: 0.5, YOUNG: 0.5, "unknown": 0.0}
    found = standardised_means(make_design(8), ANSWERS, CHANNELS, GROUPS, standard)
    assert found.channels["web"].value is not None


def test_a_channel_without_answers_says_so_and_unknown_channels_are_left_out() -> None:
    answers = [*ANSWERS[:4], *[np.nan] * 4]
    found = standardised_means(make_design(8), answers, [*CHANNELS[:7], None], GROUPS, HALF)
    assert found.channels["phone"].reason is Reason.NO_ANSWERS
    assert set(found.channels) == {"web", "phone"}


def test_the_mix_adds_up_and_leaves_out_who_is_not_known() -> None:
    found = mix_of(make_design(4, weights=[1, 3, 5, 4]), [OLD, YOUNG, None, OLD])
    assert found == {OLD: 0.625, YOUNG: 0.375}
    assert mix_of(make_design(2), [OLD, YOUNG], domain=[False, False]) == {}


@pytest.mark.parametrize(
    ("standard", "message"),
    [({OLD: 0.5, YOUNG: 0.4}, "add up to 0.9"), ({OLD: 1.5, YOUNG: -0.5}, "not all from 0 to 1")],
)
def test_refuses_a_mix_that_is_none(standard: dict[str, float], message: str) -> None:
    with pytest.raises(StandardNotValid, match=message):
        standardised_means(make_design(8), ANSWERS, CHANNELS, GROUPS, standard)


def test_refuses_labels_of_other_rows_and_channels_there_are_not() -> None:
    with pytest.raises(AnswersNotValid, match="8 rows and 7 channels"):
        standardised_means(make_design(8), ANSWERS, CHANNELS[:7], GROUPS, HALF)
    with pytest.raises(AnswersNotValid, match="2 rows and 1 groups"):
        mix_of(make_design(2), [OLD])
    found = standardised_means(make_design(8), ANSWERS, CHANNELS, GROUPS, HALF)
    with pytest.raises(DomainUnknown, match="no channel 'fax'"):
        found.difference("web", "fax")
