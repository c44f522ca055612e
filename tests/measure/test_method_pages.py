"""The worked examples of the method pages are golden tests: read out of the page, and recomputed."""

import ast
import re
from pathlib import Path

import pytest

from hearback.measure.figures import answer_figure, rate_figure
from hearback.measure.rules import MEASURES, RESPONSE_RATE, Volumes, is_small
from hearback.measure.scoring import score_quarter
from hearback.stats import Estimate, LikertCounts, standard_deviation
from tests.measure.facts import AGENCIES_OF, GOOD, finding, pick, question, survey

METHODS = Path(__file__).resolve().parents[2] / "docs" / "methods"
WITHOUT_EXAMPLE: dict[str, str] = {}
"""Pages without a worked example, each with the reason. This list may only shrink."""

PAGES = sorted(path.stem for path in METHODS.glob("*.md"))


def section(page: str, title: str) -> str:
    text = (METHODS / f"{page}.md").read_text(encoding="utf-8")
    return re.split(r"^## ", text.split(f"## {title}\n", 1)[1], flags=re.MULTILINE)[0]


def example(page: str) -> dict[str, list[str]]:
    """Read the tables of a worked example: first cell of each row to the others."""
    rows = [
        line.strip("| ").split("|") for line in section(page, "Worked example").splitlines() if "|" in line
    ]
    return {cells[0].strip(): [cell.strip() for cell in cells[1:]] for cells in rows}


def given(page: str) -> LikertCounts:
    cells = example(page)
    one, two, three, four, five = (int(cells[f"Answers {answer}"][0]) for answer in range(1, 6))
    return one, two, three, four, five


def agrees(text: str, number: float | None) -> bool:
    decimals = len(text.partition(".")[2])
    return number is not None and text == f"{number:.{decimals}f}"


def estimate(measure: str, counts: LikertCounts) -> Estimate:
    found = answer_figure(MEASURES[measure], counts).estimate
    assert isinstance(found, Estimate)
    return found


@pytest.mark.parametrize(
    ("page", "measure", "label"),
    [
        ("trust-mean", "trust_mean", "Mean"),
        ("trust-agree-share", "trust_agree_share", "Share agreeing"),
        ("trust-strongly-agree-share", "trust_strongly_agree_share", "Share strongly agreeing"),
    ],
)
def test_the_example_of_a_number_comes_out(page: str, measure: str, label: str) -> None:
    cells = example(page)
    figure = answer_figure(MEASURES[measure], given(page))
    found = estimate(measure, given(page))
    assert agrees(cells["Answers"][0], found.n)
    assert agrees(cells[label][0], found.value)
    assert agrees(cells["Lower end"][0], found.low)
    assert agrees(cells["Upper end"][0], found.high)
    numerator = {"trust_mean": "Sum of answers 1 to 5", "trust_agree_share": "Answers 4 and 5"}
    if measure in numerator:
        assert agrees(cells[numerator[measure]][0], figure.numerator)


def test_the_example_of_the_standard_deviation_comes_out() -> None:
    assert agrees(example("trust-mean")["Standard deviation"][0], standard_deviation(given("trust-mean")))


def test_the_example_of_the_five_shares_comes_out() -> None:
    given_rows, result = section("trust-answer-shares", "Worked example").split("| Result", 1)
    counts = [int(n) for n in re.findall(r"\| Answers \d \| (\d+) \|", given_rows)]
    rows = re.findall(r"\| Answers (\d) \| (\S+) \| (\S+) \| (\S+) \|", result)
    assert len(rows) == len(counts) == 5
    one, two, three, four, five = counts
    for answer, *texts in rows:
        found = estimate(f"trust_answer_share_{answer}", (one, two, three, four, five))
        numbers = (found.value, found.low, found.high)
        assert all(agrees(text, number) for text, number in zip(texts, numbers, strict=True))


def test_the_example_of_the_answers_comes_out() -> None:
    assert agrees(
        example("trust-answers")["Answers"][0], estimate("trust_answers", given("trust-answers")).value
    )


def test_the_example_of_the_response_rate_comes_out() -> None:
    cells = example("response-rate")
    people = Volumes(int(cells["Respondents"][0]), int(cells["People offered the survey"][0]))
    found = rate_figure(RESPONSE_RATE, people).estimate
    assert isinstance(found, Estimate)
    assert agrees(cells["Response rate"][0], found.value)
    assert agrees(cells["Lower end"][0], found.low)
    assert agrees(cells["Upper end"][0], found.high)


def test_the_example_of_pooling_comes_out() -> None:
    cells = example("comparability")
    surveys = []
    for key in "abcd":
        wording, one, two, three, four, five = cells[key]
        counts = (int(one), int(two), int(three), int(four), int(five))
        surveys.append(survey(key, question(counts, wording=wording)))
    found = score_quarter(surveys, (), AGENCIES_OF, 10)
    for label, measure in (
        ("Mean of the trust answers", "trust_mean"),
        ("Share agreeing", "trust_agree_share"),
    ):
        row = pick(found.scores, "service", "va-vha-2", measure=measure)
        assert agrees(cells["Answers"][0], row.n)
        assert [agrees(t, n) for t, n in zip(cells[label], (row.value, row.low, row.high), strict=True)] == [
            True
        ] * 3
    assert {e.survey: e.scope for e in found.exclusions} == {"c": "rollups", "d": "pools"}


def test_the_example_of_suppression_comes_out() -> None:
    rows = {int(n): cells for n, cells in example("suppression").items() if n.isdigit()}
    assert len(rows) == 4
    for n, (shown, in_sums) in rows.items():
        found = score_quarter([survey("a", question((0, 0, 0, 0, n)))], (), AGENCIES_OF, 10).scores
        places = ("survey", "a"), ("service", "va-vha-2")
        values = [pick(found, *place, measure="trust_answers").value for place in places]
        assert [("no" if value is None else "yes") for value in values] == [shown, in_sums]
        assert is_small(n, 10) == (shown == "no" and n > 0)


def test_the_example_of_flags_comes_out() -> None:
    given_survey = survey(
        "a", question(GOOD, mean="4.05"), rating="PARTIAL", offered_count=500, respondents_count=69,
        findings=(finding("mean_disagrees"),),
    )  # fmt: skip
    scores = score_quarter([given_survey], (), AGENCIES_OF, 10).scores
    said = {
        name: re.findall(r"`(\w+)`", flags) for name, (flags,) in example("flags").items() if "`" in flags
    }
    assert said == {
        "mean of the survey": list(pick(scores, "survey", "a").flags),
        "mean of the service": list(pick(scores, "service", "va-vha-2").flags),
        "response rate of the service": list(
            pick(scores, "service", "va-vha-2", measure="response_rate").flags
        ),
    }


def _tested() -> set[str]:
    """Name the pages that a test of method pages speaks of, in any folder of measure, learn and plan."""
    here = Path(__file__).parent
    folders = (here, here.with_name("learn"), here.with_name("plan"))
    modules = [one for folder in folders for one in folder.rglob("test_method_page*.py")]
    trees = [ast.parse(module.read_text(encoding="utf-8")) for module in modules]
    words = {node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    return {page for page in PAGES if page in words}


@pytest.mark.parametrize("page", PAGES)
def test_every_page_has_a_worked_example_that_is_tested_or_says_why_not(page: str) -> None:
    text = (METHODS / f"{page}.md").read_text(encoding="utf-8")
    has_example = "\n## Worked example\n" in text and example(page) != {}
    assert (page in WITHOUT_EXAMPLE) != (has_example and page in _tested())


def test_every_measure_has_its_page_and_pages_without_example_are_there() -> None:
    assert {measure.page for measure in MEASURES.values()} <= set(PAGES)
    assert set(WITHOUT_EXAMPLE) <= set(PAGES)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_starts_with_its_title_and_ends_with_its_version(page: str) -> None:
    text = (METHODS / f"{page}.md").read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert text.count("\n# ") == 0
    assert re.search(r"^## Version and changes\n\nVersion \d+\. ", text, flags=re.MULTILINE)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_links_only_to_pages_that_are_there(page: str) -> None:
    linked = re.findall(r"\]\(([^)]+)\)", (METHODS / f"{page}.md").read_text(encoding="utf-8"))
    assert all((METHODS / target).is_file() for target in linked)


def test_every_code_table_says_what_the_program_says() -> None:
    from hearback.measure.rules import EXCLUSION_REASONS, FLAGS

    for page, table in (("comparability", EXCLUSION_REASONS), ("flags", FLAGS)):
        text = (METHODS / f"{page}.md").read_text(encoding="utf-8")
        assert [code for code, words in table.items() if words not in text] == []
