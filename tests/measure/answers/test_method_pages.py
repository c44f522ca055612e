"""Worked examples on answers of single people: read from the page, computed here and by a library."""

import re
from pathlib import Path

import numpy as np
import pytest
import statsmodels.api as sm
from numpy.typing import NDArray
from scipy import optimize, stats
from statsmodels.stats.proportion import proportion_confint

from hearback.measure.answers.figures import group_scores
from hearback.measure.answers.grouping import group_counts
from hearback.measure.answers.reading import five
from hearback.measure.answers.table import facts_of
from hearback.measure.answers.weighted import weighted_scores
from hearback.measure.queries import ScoreFact
from hearback.measure.rules import MEASURES, Volumes, flags_of, measures_of, rate_flags
from hearback.measure.rules.flags import Report
from hearback.measure.scoring import score_quarter
from hearback.stats import LikertCounts
from hearback.stats.survey import make_design
from hearback.stats.weighting import rake_weights
from tests.measure.answers.people import QUARTER, Person, archived, form
from tests.measure.facts import AGENCIES_OF, pick, question, survey
from tests.measure.test_method_pages import METHODS, agrees, example, given, section

Floats = NDArray[np.float64]
DASH = "–"


def table(page: str, first: str) -> list[list[str]]:
    """Read the rows of the table of a worked example whose first heading is given, in order."""
    found: list[list[str]] = []
    for block in section(page, "Worked example").split("\n\n"):
        lines = [_cells(line) for line in block.strip().splitlines()]
        if lines and lines[0][0] == first:
            found += lines[2:]
    return found


def _cells(line: str) -> list[str]:
    return [cell.strip(" `") for cell in line.strip("|").split("|")]


def five_of(cells: list[str]) -> LikertCounts:
    return five(np.array([0, 0, *map(int, cells)]))


def one_by_one(counts: LikertCounts) -> Floats:
    """Give every answer by itself, as people gave them."""
    return np.repeat(np.arange(1.0, 6.0), counts)


def mean_by_scipy(counts: LikertCounts) -> tuple[float, float, float]:
    answers = one_by_one(counts)
    limits = stats.ttest_1samp(answers, 0).confidence_interval()
    return float(answers.mean()), float(limits.low), float(limits.high)


def share_by_statsmodels(hits: int, n: int) -> tuple[float, float, float]:
    low, high = proportion_confint(hits, n, method="wilson")
    return hits / n, float(low), float(high)


def as_on_page(texts: list[str], numbers: tuple[float | None, ...]) -> bool:
    """Say whether numbers are those of the page; a dash stands for none."""
    return all(
        text == DASH if number is None else agrees(text, number)
        for text, number in zip(texts, numbers, strict=True)
    )


def numbers(score: ScoreFact) -> tuple[float | None, ...]:
    return score.value, score.low, score.high


def of_everybody(*asked: tuple[str, str, str, LikertCounts]) -> list[ScoreFact]:
    """Give the scores of one survey that asked questions by code, wording, scale and counts."""
    questions = [
        question(counts, code=code, wording=words, scale=scale) for code, words, scale, counts in asked
    ]
    return list(score_quarter([survey("a", *questions)], (), AGENCIES_OF, 10).scores)


def test_the_example_of_a_mean_of_another_question_comes_out() -> None:
    cells, counts = example("question-mean"), given("question-mean")
    row = [cells[label][0] for label in ("Mean", "Lower end", "Upper end")]
    (found,) = [
        s for s in of_everybody(("ease", "standard", "five_point", counts))
        if s.measure == "ease_mean" and s.level == "service"
    ]  # fmt: skip
    assert as_on_page(row, numbers(found))
    assert as_on_page(row, mean_by_scipy(counts))
    assert (int(cells["Answers"][0]), int(cells["Sum of answers 1 to 5"][0])) == (found.n, found.numerator)
    assert agrees(cells["Standard deviation"][0], float(one_by_one(counts).std(ddof=1)))
    assert found.se == pytest.approx(stats.sem(one_by_one(counts)))


def test_the_example_of_a_share_agreeing_with_another_question_comes_out() -> None:
    cells, counts = example("question-agree-share"), given("question-agree-share")
    row = [cells[label][0] for label in ("Share agreeing", "Lower end", "Upper end")]
    (found,) = [
        s for s in of_everybody(("ease", "standard", "five_point", counts))
        if s.measure == "ease_agree_share" and s.level == "service"
    ]  # fmt: skip
    assert as_on_page(row, numbers(found))
    assert as_on_page(row, share_by_statsmodels(counts[3] + counts[4], sum(counts)))
    assert (int(cells["Answers"][0]), int(cells["Answers 4 and 5"][0])) == (
        found.denominator,
        found.numerator,
    )


def test_the_example_of_thumbs_comes_out() -> None:
    cells = example("thumbs-up-share")
    down, up = int(cells["Thumbs down"][0]), int(cells["Thumbs up"][0])
    scores = of_everybody(("trust", "increased_trust", "thumbs", (down, up, 0, 0, 0)))
    found = pick(scores, "service", "va-vha-2", measure="trust_thumbs_up_share", pool="thumbs")
    row = [cells[label][0] for label in ("Share of thumbs up", "Lower end", "Upper end")]
    assert as_on_page(row, numbers(found))
    limits = stats.binomtest(up, down + up).proportion_ci(method="wilson")
    assert as_on_page(row, (up / (down + up), limits.low, limits.high))
    assert int(cells["Answers"][0]) == found.n


def test_the_example_of_ticked_reasons_comes_out() -> None:
    rows = table("driver-shares", "Reason")
    asked = [("trust", "increased_trust", "thumbs", (120, 300, 0, 0, 0))] + [
        (code, "standard", "ticked", (int(shown) - int(ticked), int(ticked), 0, 0, 0))
        for code, shown, ticked, *_ in rows
    ]
    scores = of_everybody(*asked)
    assert len(rows) == 2
    for code, shown, ticked, *texts in rows:
        found = pick(scores, "service", "va-vha-2", measure=f"{code}_share", pool="ticked")
        assert as_on_page(texts, numbers(found))
        limits = stats.binomtest(int(ticked), int(shown)).proportion_ci(method="wilson")
        assert as_on_page(texts, (int(ticked) / int(shown), limits.low, limits.high))


@pytest.mark.parametrize(
    ("page", "statistic"),
    [("question-mean", "mean"), ("question-agree-share", "share"), ("driver-shares", "share")],
)
def test_a_page_of_many_measures_names_each_of_them_and_no_other(page: str, statistic: str) -> None:
    named = set(re.findall(r"`(\w+_(?:mean|share))`", (METHODS / f"{page}.md").read_text(encoding="utf-8")))
    assert named == {key for key, measure in MEASURES.items() if measure.page == page}
    assert {MEASURES[key].kind for key in named} == {statistic}


def groups_of_page(folder: Path) -> list[ScoreFact]:
    """Archive the people of the page: one service as given, and another with 50 in each group who chose 3."""
    here, there = form("s"), form("t", "va-vba-1", "va-vba")
    people = [
        Person(asked, {"trust": answer, "ease": 4}, groups=(("age_band", group),))
        for group, *cells in table("groups", "Group")
        for asked, counts in ((here, five_of(cells)), (there, (0, 0, 50, 0, 0)))
        for answer, n in enumerate(counts, start=1)
        for _ in range(n)
    ]
    found = group_counts(archived(folder, people), {"va-vha": ("va",), "va-vba": ("va",)}, 10)
    assert found is not None
    return [s for s in facts_of(group_scores(found, QUARTER)) if s.dimension == "age_band"]


def test_the_example_of_groups_comes_out(tmp_path: Path) -> None:
    scores = groups_of_page(tmp_path)
    counts = {group: five_of(cells) for group, *cells in table("groups", "Group")}
    shown, rows = 0, table("groups", "Result")
    for name, n, *texts, mark in rows:
        group, level = name.split(", ")
        subject = {"service": "va-vha-2", "agency": "va"}[level]
        measure = {"service": "trust_agree_share", "agency": "trust_mean"}[level]
        found = pick(scores, level, subject, measure=measure, group=group)
        assert as_on_page(texts, numbers(found)), name
        assert n == (DASH if found.n is None else str(found.n))
        assert mark == ((found.reason if level == "service" else "; ".join(found.flags)) or DASH)
        shown += found.value is not None
        if found.low is not None:
            here = counts[group]
            one, two, three, four, all_five = here
            by_library = (
                share_by_statsmodels(four + all_five, sum(here))
                if level == "service"
                else mean_by_scipy((one, two, three + 50, four, all_five))
            )
            assert as_on_page(texts, by_library), name
    assert (shown, len(rows)) == (5, 8)


@pytest.mark.parametrize(("hits", "n"), [(20, 29), (47, 60), (21, 26), (2, 70), (150, 300), (0, 30), (0, 80)])
def test_the_table_of_the_presentation_standard_decides_as_the_program_does(hits: int, n: int) -> None:
    """Follow the table of the page row by row, with the interval of statsmodels."""
    counts = (n - hits, 0, 0, hits, 0)
    found = pick(of_everybody(("trust", "stated_trust", "five_point", counts)), "survey", "a",
                 measure="trust_agree_share")  # fmt: skip
    low, high = proportion_confint(hits, n, method="beta")
    width = (high if hits < n else 1.0) - (low if hits else 0.0)
    shown = n >= 30 and (width <= 0.05 or (width < 0.30 and width <= 1.30 * hits / n))
    assert (found.value is not None) is shown


def people_of_page() -> list[tuple[int, float, int]]:
    return [(int(answer), float(weight), int(n)) for answer, weight, n in table("weighted-figures", "Answer")]


def weighted_by_statsmodels(hits: Floats, weights: Floats) -> tuple[float, float]:
    """Give the weighted mean and its linearised standard error: a regression on a constant, HC1 errors."""
    fitted = sm.WLS(hits, np.ones(len(hits)), weights=weights).fit(cov_type="HC1")
    return float(fitted.params[0]), float(fitted.bse[0])


def test_the_example_of_weighted_figures_comes_out(tmp_path: Path) -> None:
    asked = form("w", weighted=True)
    people = [
        Person(asked, {"trust": answer, "ease": 4}, weight=weight)
        for answer, weight, n in people_of_page()
        for _ in range(n)
    ]
    scores = list(weighted_scores(archived(tmp_path, people), 10))
    answers = np.array([float(one.answers["trust"]) for one in people])
    weights = np.array([one.weight for one in people])
    n, cells = len(people), example("weighted-figures")

    mean = pick(scores, "survey", "w-fy2021-q1", dimension="all")
    assert as_on_page(cells["Mean"], (mean.value, mean.se, mean.low, mean.high))
    value, se = weighted_by_statsmodels(answers, weights)
    half = float(stats.t.ppf(0.975, n - 1)) * se
    assert as_on_page(cells["Mean"], (value, se, value - half, value + half))

    share = pick(scores, "survey", "w-fy2021-q1", dimension="all", measure="trust_agree_share")
    assert as_on_page(cells["Share agreeing"], (share.value, share.se, share.low, share.high))
    value, se = weighted_by_statsmodels((answers >= 4).astype(float), weights)
    effective = min(n, value * (1 - value) / se**2)
    low = stats.beta.ppf(0.025, effective * value, effective * (1 - value) + 1)
    high = stats.beta.ppf(0.975, effective * value + 1, effective * (1 - value))
    assert as_on_page(cells["Share agreeing"], (value, se, float(low), float(high)))

    assert [mean.n, share.n] == [n, n] == [int(cells["Answers"][0])] * 2
    assert agrees(cells["Effective answers (Kish)"][0], mean.n_effective)
    assert agrees(cells["Effective answers (Kish)"][0], float(weights.sum() ** 2 / (weights**2).sum()))
    assert (mean.method, share.method) == ("mean_weighted", "korn_graubard")
    assert (mean.numerator, mean.denominator) == (None, None)


def test_the_example_of_raking_comes_out() -> None:
    rows = table("weighted-figures", "Channel")
    people = np.array([float(row[2]) for row in rows])
    raked = rake_weights(
        make_design(4, weights=people),
        {"channel": [row[0] for row in rows], "age": [row[1] for row in rows]},
        {"channel": {"website": 600, "phone": 400}, "age": {"young": 450, "old": 550}},
    )
    assert all(agrees(row[3], float(w)) for row, w in zip(rows, raked.weights / people, strict=True))
    # weights are products of one factor per level; solve for the factors that meet the margins
    web, old = (np.array([row[at] == word for row in rows]) for at, word in ((0, "website"), (1, "old")))

    def weight(logs: Floats) -> Floats:
        made: Floats = np.exp(np.where(web, logs[0], logs[1]) + np.where(old, logs[2], 0.0))
        return made

    def missed(logs: Floats) -> list[float]:
        stands_for = people * weight(logs)
        return [stands_for[web].sum() - 600, stands_for[~web].sum() - 400, stands_for[old].sum() - 550]

    solved = weight(optimize.root(missed, [2.0, 2.0, 0.0], tol=1e-12).x)
    assert all(agrees(row[3], float(w)) for row, w in zip(rows, solved, strict=True))


def test_the_example_of_nonresponse_comes_out() -> None:
    rows = table("nonresponse", "Survey")
    for what, of, answered, rate, flag in rows:
        asked, n = int(of), int(answered)
        found = (
            rate_flags(frozenset(), [Volumes(n, asked)])
            if what == "offered"
            else flags_of(Report((0, 0, 0, 0, n), (), None, None, None, frozenset(), asked))
        )
        assert ("; ".join(found) or DASH) == flag
        assert agrees(rate, n / asked)
    assert [row[-1] for row in rows].count(DASH) == 2


def test_measures_of_a_ticked_list_are_those_of_its_page() -> None:
    listed = {cells[0].strip("`") for cells in table("driver-shares", "Reason")}
    assert all(len(measures_of(code, "ticked", "FY2025-Q1")) == 1 for code in listed)
