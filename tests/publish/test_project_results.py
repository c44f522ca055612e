"""What came of projects, in open data: figures, the difference with its interval, what may be said."""

import csv
import io
from dataclasses import replace

from hearback.plan.queries import ProjectFact, ReadingFact
from hearback.plan.rules import (
    CLEAR,
    NOT_KNOWN,
    OTHER_DEFINITION,
    OTHER_SURVEYS,
    WITHIN_NOISE,
    effect_of,
)
from hearback.publish.formats import data_files
from hearback.publish.formats.meaning import VERDICTS
from tests.publish.content import content
from tests.publish.site import small_site

NEWCOMBE = effect_of(
    ReadingFact("2022", 0.6, 0.4905, 0.7004), ReadingFact("2023", 0.8, 0.6918, 0.877), "share"
)
NOISE = effect_of(ReadingFact("2022", 60, 55, 65), ReadingFact("2023", 63, 58, 68))
NO_INTERVAL = effect_of(ReadingFact("2022", 60, None, None), ReadingFact("2023", 90, 85, 95), "minutes")
OTHER = effect_of(ReadingFact("2022", 6, 5, 7, "a"), ReadingFact("2023", 9, 8, 10, "b"))
NUMBERS = ("before", "before_low", "after", "after_high", "difference", "difference_low", "difference_high")


def rows_of(**changes: object) -> list[dict[str, str]]:
    gists = ("More agree.", "Waits fell.", "It takes longer.", "Another count.", "It was said so.")
    project = ProjectFact(
        key="one-form", name="One form", name_is_official=True, goal=None, agency_keys=(), phase=None,
        announced=None, next_steps=None, results=gists, note=None, milestones=(), source=None,
        result_sources=("https://example.org/a", None, None, None, None),
        effects=(NEWCOMBE, NOISE, NO_INTERVAL, OTHER, None),
    )  # fmt: skip
    base = small_site().life_experiences[0]
    files = data_files(content(life_experiences=(replace(base, projects=(replace(project, **changes),)),)))  # type: ignore[arg-type]
    table = files["data/project_results.csv"].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(table)))


def test_each_result_has_its_figures_the_difference_and_what_may_be_said() -> None:
    first, noise, without, other, words = rows_of()
    assert (first["project"], first["position"], first["gist"]) == ("one-form", "1", "More agree.")
    assert (first["unit"], first["before_as_of"], first["source"]) == (
        "share",
        "2022",
        "https://example.org/a",
    )
    # Newcombe (1998), Statistics in Medicine 17, 873-890, method 10, example a
    assert [round(float(first[name]), 4) for name in NUMBERS] == [
        0.6, 0.4905, 0.8, 0.877, 0.2, 0.0524, 0.3339
    ]  # fmt: skip
    verdicts = [one["verdict"] for one in (first, noise, without, other, words)]
    assert verdicts == ["clear", "within noise", "cannot tell", "other definition", ""]
    assert set(VERDICTS) == {CLEAR, WITHIN_NOISE, NOT_KNOWN, OTHER_DEFINITION, OTHER_SURVEYS}
    assert (without["difference"], without["difference_low"], without["before_low"]) == ("30", "", "")
    assert (other["before"], other["after"], other["difference"]) == ("6", "9", "")
    assert {words[name] for name in (*NUMBERS, "unit", "before_as_of", "after_as_of")} == {""}


def test_a_release_made_before_there_were_figures_has_the_words() -> None:
    rows = rows_of(effects=(), result_sources=())
    assert [one["gist"] for one in rows][:2] == ["More agree.", "Waits fell."]
    assert {one["verdict"] for one in rows} == {""}
