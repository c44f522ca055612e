"""The comparability report: every trust question in its pool or left out for a reason, no small count."""

import csv
import io
import json
import re
from collections import Counter
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from hearback.collect.archive import Item
from hearback.collect.commands import load_file
from hearback.collect.queries import ReportedSurveyFact
from hearback.directory.commands import load
from hearback.fiscal import parse_quarter
from hearback.measure.commands import group
from hearback.measure.comparability import Summary, TrustQuestion, as_csv, as_lines, summary, trust_questions
from hearback.measure.rules import EXCLUSION_REASONS
from hearback.measure.scoring import score_quarter
from hearback.measure.wanted import trust_questions_now
from tests.conftest import ROOT
from tests.measure.answers.people import Person, archived, form
from tests.measure.facts import AGENCIES_OF, GOOD, SMALL, question, survey

FEDERAL = ROOT / "examples" / "federal"
PAGE = ROOT / "docs" / "methods" / "comparability.md"
Counts = dict[tuple[str, str], tuple[int, int]]


def judged(*surveys: ReportedSurveyFact, weighted: tuple[str, ...] = ()) -> list[TrustQuestion]:
    return trust_questions(surveys, weighted, 10)


def test_a_question_that_is_added_up_names_its_pool_and_its_answers() -> None:
    (found,) = judged(survey("a"))
    assert (found.pool, found.left_out_of, found.reason, found.explanation) == ("stated", None, None, None)
    assert (found.wording_class, found.scale, found.timing) == (
        "stated_trust",
        "five_point",
        "post_transaction",
    )
    assert found.n_answers == sum(GOOD)


@pytest.mark.parametrize(
    ("fact", "pool", "left_out_of", "reason", "n"),
    [
        (survey("a", question(wording="recommend")), "own", "pools", "wording_recommend", 69),
        (survey("a", question(scale="yes_no")), "own", "pools", "scale_yes_no", 69),
        (survey("a", timing="periodic"), "own", "pools", "asked_periodically", 69),
        (survey("a", question(code="ease")), "own", "pools", "trust_not_asked", None),
        (survey("a", question((0,) * 5)), "stated", "rollups", "no_answers", 0),
        (survey("a", question(SMALL)), "stated", "rollups", "suppressed_small", None),
        (survey("a", question(SMALL, wording="other")), "own", "pools", "wording_other", None),
        (survey("a", variant=2), "stated", "rollups", "second_value", 69),
        (
            survey("a", question((21, 11, 17, 22, 29)), respondents_count=18_366),
            "own", "pools", "not_counts", None,
        ),
    ],
)  # fmt: skip
def test_a_question_that_is_left_out_says_of_what_and_why(
    fact: ReportedSurveyFact, pool: str, left_out_of: str, reason: str, n: int | None
) -> None:
    (found,) = judged(fact)
    assert (found.pool, found.left_out_of, found.reason) == (pool, left_out_of, reason)
    assert found.explanation == EXCLUSION_REASONS[reason]
    assert found.n_answers == n


def test_a_weighted_survey_is_never_added_up_with_others() -> None:
    found = judged(survey("a"), survey("b"), weighted=("b",))
    assert [(one.survey, one.reason) for one in found] == [("a", None), ("b", "weighted_sample")]


def test_the_report_says_what_the_scores_and_exclusions_say() -> None:
    surveys = [
        survey("a"), survey("b", question(SMALL)), survey("c", question(wording="recommend")),
        survey("d", question(code="ease")), survey("e", question((0,) * 5)), survey("f", timing="periodic"),
    ]  # fmt: skip
    found = score_quarter(surveys, (), AGENCIES_OF, 10)
    told = {(e.survey, e.scope, e.reason, e.explanation) for e in found.exclusions}
    reported = judged(*surveys)
    assert told == {
        (one.survey, one.left_out_of, one.reason, one.explanation) for one in reported if one.reason
    }
    pools = {s.subject: s.pool for s in found.scores if s.level == "survey"}
    assert pools == {one.survey: one.pool for one in reported}


def test_the_summary_counts_what_is_added_up_first_and_leaves_no_survey_out() -> None:
    found = judged(
        survey("a"), survey("b"), survey("c", question(SMALL)), survey("d", question(wording="other"))
    )
    assert summary(found) == [
        Summary("stated", None, None, 2, 138),
        Summary("stated", "rollups", "suppressed_small", 1, None),
        Summary("own", "pools", "wording_other", 1, 69),
    ]


counts = st.tuples(*[st.integers(0, 6)] * 5)


@given(st.lists(st.tuples(counts, st.sampled_from(["stated_trust", "recommend", "unknown"])), max_size=6))
def test_no_count_below_the_threshold_appears_anywhere(many: list[tuple[tuple[int, ...], str]]) -> None:
    surveys = [
        survey(f"s{i}", question(c, wording=wording))  # type: ignore[arg-type]
        for i, (c, wording) in enumerate(many)
    ]
    found = judged(*surveys)
    shown = [one.n_answers for one in found] + [row.n_answers for row in summary(found)]
    assert not any(n is not None and 0 < n < 10 for n in shown)
    assert [
        int(n) for line in as_lines(found) for n in re.findall(r"(\d+) answers", line) if 0 < int(n) < 10
    ] == []
    for one, fact in zip(found, sorted(surveys, key=lambda s: s.key), strict=True):
        n = sum(fact.questions[0].counts)
        assert one.n_answers == (None if 0 < n < 10 else n)


def test_a_name_that_a_spreadsheet_would_run_is_made_harmless() -> None:
    (row,) = csv.DictReader(io.StringIO(as_csv(judged(survey("a", name="=1+1")))))
    assert row["name"] == "'=1+1"
    assert list(row) == list(asdict(judged(survey())[0]))


def test_an_installation_without_surveys_has_an_empty_report() -> None:
    assert summary([]) == []
    assert list(as_lines([])) == ["0 surveys and what becomes of their trust question:"]


def test_archived_answers_are_in_it_and_weighted_ones_say_so(
    db: None, tmp_path: Path, settings: Settings
) -> None:
    settings.HOME = tmp_path
    plain, weighted, thumbs = (
        form("plain"),
        form("weighted", weighted=True),
        form("thumbs", items=(Item("trust", wording_class="increased_trust", scale="thumbs"),)),
    )
    archived(tmp_path, [
        Person(one, {"trust": 1 + place % 2}, weight=2.0)
        for one in (plain, weighted, thumbs) for place in range(20)
    ])  # fmt: skip
    found = {one.survey: (one.pool, one.reason, one.n_answers) for one in trust_questions_now(None, 10)}
    assert found == {
        "plain-fy2021-q1": ("increased", None, 20),
        "weighted-fy2021-q1": ("increased", "weighted_sample", 20),
        "thumbs-fy2021-q1": ("thumbs", None, 20),
    }
    assert trust_questions_now(parse_quarter("FY2021-Q2"), 10) == []


# the federal data


@pytest.fixture
def federal(db: None, at: datetime) -> list[TrustQuestion]:
    """What becomes of the trust questions of the bundled federal data."""
    load(FEDERAL, by="owner", at=at)
    load_file(FEDERAL / "reported_surveys.csv", by="owner", at=at)
    return trust_questions_now(None, 10)


def counted(found: list[TrustQuestion]) -> Counts:
    return {(row.pool, row.reason or ""): (row.n_surveys, row.n_answers or 0) for row in summary(found)}


def from_page() -> Counts:
    """Read the table of the method page."""
    text = PAGE.read_text(encoding="utf-8").split("## The federal data", 1)[1].split("\n## ", 1)[0]
    rows = re.findall(
        r"^\| `(\w+)` \| (?:`(\w+)`|added up) \| ([\d,]+) \| ([\d,]*|–) \|$", text, re.MULTILINE
    )
    return {
        (pool, reason): (int(surveys.replace(",", "")), int(answers.replace(",", "").replace("–", "0")))
        for pool, reason, surveys, answers in rows
    }


def by_hand() -> Counts:
    """Count again from the bundled file, with rules written down a second time."""
    n_surveys: Counter[tuple[str, str]] = Counter()
    n_answers: Counter[tuple[str, str]] = Counter()
    with (FEDERAL / "reported_surveys.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            key, n = _place(row)
            n_surveys[key] += 1
            n_answers[key] += n if n >= 10 and key[1] not in ("not_counts", "trust_not_asked") else 0
    return {key: (n_surveys[key], n_answers[key]) for key in n_surveys}


POOL = {"stated_trust": "stated", "increased_trust": "increased", "increased_confidence": "increased"}
SCALE = {"ten_point_converted": "scale_ten_point", "yes_no": "scale_yes_no"}


def _place(row: dict[str, str]) -> tuple[tuple[str, str], int]:
    questions = [name.removesuffix("_1") for name in row if name.endswith("_1")]
    boxes = {q: [int(row[f"{q}_{box}"] or 0) for box in range(1, 6)] for q in questions}
    n, wording = sum(boxes["trust"]), row["trust_wording_class"]
    if wording in ("", "not_asked"):
        return ("own", "trust_not_asked"), n
    if n and _not_counts([b for b in boxes.values() if any(b)], int(row["respondents"] or 0)):
        return ("own", "not_counts"), n
    if row["trust_scale"] != "five_point":
        return ("own", SCALE[row["trust_scale"]]), n
    if wording not in POOL:
        return ("own", f"wording_{wording}"), n
    if row["timing"] == "periodic":
        return ("own", "asked_periodically"), n
    return (POOL[wording], "" if n >= 10 else "suppressed_small" if n else "no_answers"), n


def _not_counts(answered: list[list[int]], respondents: int) -> bool:
    totals = [sum(boxes) for boxes in answered]
    hundreds = all(97 <= total <= 103 for total in totals) and respondents >= (
        130 if len(totals) >= 3 else 1000
    )
    single = len(totals) >= 3 and all(
        max(boxes) == sum(boxes) and 20 * sum(boxes) < respondents for boxes in answered
    )
    return hundreds or single


def test_of_the_355_federal_trust_questions_250_are_added_up_in_two_pools(
    federal: list[TrustQuestion],
) -> None:
    assert len(federal) == len({one.survey for one in federal}) == 355
    found = counted(federal)
    assert (found["increased", ""], found["stated", ""]) == ((191, 1_872_678), (59, 2_353_588))
    assert found == by_hand() == from_page()
    assert sum(n for n, _ in found.values()) == 355


@pytest.mark.shared
def test_the_pools_of_the_federal_data_come_out_of_the_published_words(
    shared: Path, federal: list[TrustQuestion]
) -> None:
    """Start from the words as published, not from the classes in the bundled file."""
    rows = _published(shared / "data/published/cx_quarterly_v1.csv")
    trust = _published(shared / "data/published/trust_counts.csv")
    assert len(rows) == len(trust) == 355
    pooled: Counter[str] = Counter()
    answers: Counter[str] = Counter()
    for row in rows:
        pool, n = _published_pool(row)
        if pool and n >= 10:
            pooled[pool] += 1
            answers[pool] += n
    found = counted(federal)
    for pool in ("increased", "stated"):
        assert found[pool, ""] == (pooled[pool], answers[pool])
    # the second published file, of trust alone, holds the same counts
    names = ("strongly_disagree", "disagree", "neutral", "agree", "strongly_agree")
    told = Counter(tuple(int(row[f"{name}_num"] or 0) for name in names) for row in trust)
    assert told == Counter(tuple(_boxes(row, 2)) for row in rows)


def _published(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _boxes(row: dict[str, str], number: int) -> list[int]:
    return [int(float(row[f"attributes_q{number}_{box}"] or 0)) for box in range(1, 6)]


def _published_pool(row: dict[str, str]) -> tuple[str | None, int]:
    words = " ".join(row["attributes_q2_text"].lower().split())
    boxes = _boxes(row, 2)
    when = row["attributes_transaction_point"].lower()
    if re.search("each quarter|end of the quarter|last 6 months", when):
        return None, sum(boxes)
    asked = [b for number in range(1, 12) if any(b := _boxes(row, number))]
    if any(boxes) and _not_counts(asked, int(float(row["attributes_volume_of_respondents"] or 0))):
        return None, sum(boxes)
    if words.startswith("i trust "):
        return "stated", sum(boxes)
    return ("increased" if re.search("increased? (my )?(trust|confidence)", words) else None), sum(boxes)


# the command


def run(*arguments: str) -> Result:
    return CliRunner().invoke(group, ["comparability", *arguments])


def test_the_command_prints_the_summary_and_every_question(federal: list[TrustQuestion]) -> None:
    said = run("--quarter", "FY2021-Q1").output.splitlines()
    of_quarter = [one for one in federal if one.quarter == "FY2021-Q1"]
    assert said == list(as_lines(of_quarter))
    assert said[0] == f"{len(of_quarter)} surveys and what becomes of their trust question:"


def test_the_command_speaks_json_and_writes_a_table(federal: list[TrustQuestion], tmp_path: Path) -> None:
    file = tmp_path / "questions.csv"
    told = json.loads(run("--json", "--csv", str(file)).stdout)
    assert told["n_surveys"] == len(told["questions"]) == 355
    assert told["summary"] == [asdict(row) for row in summary(federal)]
    assert (told["quarter"], told["not_counted"]) == (None, [])
    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"), newline="")))
    assert [row["survey"] for row in rows] == [one.survey for one in federal]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--quarter", "spring"), 2, "the form is FY2021-Q1"),
        (("--csv", "nowhere/a.csv"), 1, "cannot be written"),
    ],
)
def test_the_command_refuses_with_one_line_that_helps(
    db: None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    code: int,
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*arguments)
    assert result.exit_code == code
    assert said in result.output
