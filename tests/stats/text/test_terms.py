"""Words that mark one group of comments against another."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearback.stats.text import CommentsNotValid, MarkedWord, Prior, marking_words, shown_words, tokens

LOW = ["slow and rude", "slow office", "rude", "waited"]
HIGH = ["quick and kind", "kind office", "quick quick"]
COMMENTS, GROUPS = LOW + HIGH, ["low"] * 4 + ["high"] * 3


def words(prior: Prior) -> dict[str, MarkedWord]:
    return {one.word: one for one in marking_words(COMMENTS, GROUPS, "low", "high", prior=prior).words}


def test_is_the_published_formula() -> None:
    # y_low = 2, n_low = 7, y_high = 0, n_high = 7, prior 10 spread by the pooled share 2/14
    slow = words(Prior(10))["slow"]
    alpha = 10 * 2 / 14
    expected = math.log((2 + alpha) / (7 + 10 - 2 - alpha)) - math.log(alpha / (7 + 10 - alpha))
    assert slow.log_odds == pytest.approx(expected, rel=1e-12)
    assert slow.variance == pytest.approx(1 / (2 + alpha) + 1 / alpha, rel=1e-12)
    assert slow.z == pytest.approx(expected / math.sqrt(slow.variance), rel=1e-12)


def test_uniform_prior_gives_every_word_the_same() -> None:
    found = words(Prior(0.5, "uniform"))
    total = 0.5 * len(found)
    quick = found["quick"]
    expected = math.log(0.5 / (7 + total - 0.5)) - math.log(3.5 / (7 + total - 3.5))
    assert quick.log_odds == pytest.approx(expected, rel=1e-12)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["low", "high"]), st.text("abc ", max_size=12)), max_size=12))
def test_groups_turned_round_turn_the_signs_round(rows: list[tuple[str, str]]) -> None:
    groups, comments = [group for group, _ in rows], [text for _, text in rows]
    one = marking_words(comments, groups, "low", "high", prior=Prior(7))
    other = marking_words(comments, groups, "high", "low", prior=Prior(7))
    for a, b in zip(one.words, other.words, strict=True):
        assert a.word == b.word
        assert (a.z is None) == (b.z is None) == (len(one.words) == 1)
        if a.z is not None and b.z is not None:
            assert a.z == pytest.approx(-b.z, abs=1e-12)
    assert sum(word.n_first for word in one.words) == one.tokens_first


def test_stronger_prior_tells_less() -> None:
    assert abs(words(Prior(1000))["slow"].z or 0) < abs(words(Prior(1))["slow"].z or 0)


def test_words_stand_in_byte_order_and_ties_of_marks_too() -> None:
    found = marking_words(COMMENTS, GROUPS, "low", "high", prior=Prior(10))
    listed = [word.word for word in found.words]
    assert listed == sorted(listed, key=str.encode)
    assert [word.word for word in found.marking_first()[:3]] == ["rude", "slow", "waited"]
    assert [word.word for word in found.marking_second()[:2]] == ["quick", "kind"]


def test_comments_of_other_groups_and_blank_ones_do_not_count() -> None:
    more = marking_words(
        [*COMMENTS, "slow slow", None, ""], [*GROUPS, "middle", "low", None], "low", "high", prior=Prior(10)
    )
    assert more == marking_words(COMMENTS, GROUPS, "low", "high", prior=Prior(10))


def test_one_person_counts_once_however_often_they_write() -> None:
    found = marking_words(
        ["slow slow", "slow", "slow"],
        ["low", "low", "high"],
        "low",
        "high",
        prior=Prior(1),
        respondents=[1, 1, 2],
    )
    slow = found.words[0]
    assert (slow.n_first, slow.people_first, slow.people_second) == (3, 1, 1)


def test_group_without_words_and_no_words_at_all_still_give_figures() -> None:
    alone = marking_words(["slow office", ""], ["low", "high"], "low", "high", prior=Prior(1))
    assert (alone.tokens_second, alone.words[0].z) == (0, pytest.approx(0))
    nothing = marking_words([], [], "low", "high", prior=Prior(1))
    assert (nothing.words, nothing.marking_first(), nothing.tokens_first) == ((), [], 0)


def test_only_word_there_is_has_no_odds() -> None:
    only = marking_words(["slow", "slow"], ["low", "high"], "low", "high", prior=Prior(0.3))
    assert (only.words[0].log_odds, only.words[0].z, only.words[0].p_value) == (None, None, None)
    assert only.marking_first() == []
    assert shown_words(only.words, k=1, least_z=0) == []


def test_word_of_few_people_in_the_group_it_marks_is_not_shown_though_many_others_use_it() -> None:
    comments = ["tax"] * 30 + ["quick"] * 300 + ["tax"] * 9 + ["slow"] * 12
    groups = ["high"] * 330 + ["low"] * 21
    found = marking_words(comments, groups, "low", "high", prior=Prior(10))
    tax = next(word for word in found.words if word.word == "tax")
    assert (tax.z or 0) > 1.96
    assert tax.people_first + tax.people_second == 39
    assert tax.people_marked == 9
    assert [word.word for word in shown_words(found.words, k=10)] == ["quick", "slow"]
    assert [word.word for word in shown_words(found.words, k=9)] == ["quick", "slow", "tax"]


def test_word_that_tells_too_little_is_not_shown() -> None:
    found = marking_words(
        ["the slow"] * 20 + ["the quick"] * 20, ["low"] * 20 + ["high"] * 20, "low", "high", prior=Prior(5)
    )
    assert [word.word for word in shown_words(found.words, k=5)] == ["quick", "slow"]
    the = next(word for word in found.words if word.word == "the")
    assert the.p_value == pytest.approx(1)


def test_p_value_is_two_sided_normal() -> None:
    word = MarkedWord("slow", 1, 1, 1, 1, 1.0, 1.0, 1.959963984540054)
    assert word.p_value == pytest.approx(0.05)


@pytest.mark.parametrize(
    ("comment", "plain", "any_letters"),
    [
        ("Can't WAIT, 3 hours!", ["can't", "wait", "hours"], ["can't", "wait", "hours"]),
        ("it’s 'bad'", ["it", "s", "'bad'"], ["it's", "bad"]),
        ("esperé\tmucho\nniño", ["esper", "mucho", "ni", "o"], ["esperé", "mucho", "niño"]),
        ("nin\u0303o", ["nin", "o"], ["niño"]),
        ("服务 很好 snake_case 4ever", ["snake", "case", "ever"], ["服务", "很好", "snake", "case", "ever"]),
        ("हिन्दी अच्छी", [], ["हिन्दी", "अच्छी"]),
        ("می‌خواهم slow\u00adly", ["slow", "ly"], ["میخواهم", "slowly"]),
        ("' -- ''", ["'", "''"], []),
        ("", [], []),
    ],
)
def test_words_are_split_by_the_alphabet_asked_for(
    comment: str, plain: list[str], any_letters: list[str]
) -> None:
    assert tokens(comment, "a-z") == plain
    assert tokens(comment) == any_letters


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=40))
def test_words_of_any_text_hold_no_digit_space_or_sign(text: str) -> None:
    for word in tokens(text):
        assert word
        assert not any(sign.isdecimal() or sign.isspace() or sign in "_,.;:!?@#" for sign in word)


def test_refuses_what_does_not_fit_together() -> None:
    with pytest.raises(CommentsNotValid, match="2 comments, 1 groups and 2 respondents do not fit"):
        marking_words(["a", "b"], ["low"], "low", "high", prior=Prior(1))
    with pytest.raises(CommentsNotValid, match="'low' cannot be compared with itself"):
        marking_words([], [], "low", "low", prior=Prior(1))
    for total in (0, -1, math.inf, math.nan):
        with pytest.raises(CommentsNotValid, match="not above zero"):
            Prior(total)
    with pytest.raises(CommentsNotValid, match="k is 1 or more"):
        shown_words([], k=0)
