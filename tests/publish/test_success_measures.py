"""Success measures in a release: judged when it is made, shown with interval and reason, and as open data."""

import csv
import io
import json
import re
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from hearback.plan.commands import load
from hearback.plan.queries import PriorityAreaFact, ProgressFact, ReadingFact
from hearback.plan.rules import Aim, judge
from hearback.publish.commands import approve, prepare
from hearback.publish.formats import data_files
from hearback.publish.frozen import MethodFact, ReleaseData, to_json
from hearback.publish.pages.catalogue import Catalogue
from hearback.publish.pages.measures import measure_line
from hearback.publish.queries import current_release
from tests.plan.small import AREAS, fill_directory, write
from tests.publish.content import content
from tests.publish.publishing import WHY, make_release
from tests.publish.site import small_site

READINGS = (ReadingFact("2021", 61, 60, 62), ReadingFact("2023", 64, 63, 65.4, note="Asked in spring."))
AIM = Aim("up", "2025", 70, baseline_value=61, baseline_as_of="2021")
ON = date(2024, 6, 1)


def area_with(progress: ProgressFact | None) -> PriorityAreaFact:
    (area,) = small_site().priority_areas
    (trust,) = area.success_measures
    index = replace(
        trust, key="m1", name="An index", kind="external_index", measure_key=None, provider="Somebody",
        baseline_value=61.0, baseline_year=2021, target="into the upper third", target_value=70.0,
        direction="up", due="2025", readings=READINGS, latest_reading=READINGS[1],
        reporting="reported" if progress else None, progress=progress,
    )  # fmt: skip
    return replace(area, success_measures=(index, trust))


def block(client: Client, progress: ProgressFact | None, drawn: dict[str, bytes], at: datetime) -> str:
    made = small_site()
    made = replace(
        made,
        priority_areas=(area_with(progress),),
        methods=(*made.methods, MethodFact("progress", "Progress", "Text.\n")),
    )
    make_release(made, data_files(made) | drawn, by="reviewer", at=at)
    text = client.get("/").content.decode().split('id="measures"')[1].split("</section>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


@pytest.fixture
def home(db: None, tmp_path: Path, settings: Settings) -> Path:
    """An empty folder of releases."""
    settings.HOME = tmp_path
    (tmp_path / "releases").mkdir()
    return tmp_path


@pytest.mark.usefixtures("home")
def test_the_page_says_how_far_and_on_what_that_rests(
    client: Client, drawn: dict[str, bytes], at: datetime
) -> None:
    text = block(client, judge(AIM, READINGS, ON), drawn, at)
    for words in (
        "Baseline 61 (2021)",
        "Target To rise: 70, by 2025 into the upper third",
        "Newest published 64 (63 to 65.4), 2023 Asked in spring. Progress",
        "Progress Off track: the rate so far is not enough to be at the target by the due date",
        "So far: +1.5 a year (+0.793 to +2.37), from 2021 to 2023.",
        "Needed from now on: at least +3 a year.",
        "How progress is judged : An index",
    ):
        assert words in text, (words, text)
    assert 'href="/methods/progress/"' in client.get("/").content.decode()


def test_figures_computed_here_are_shown_where_they_are_about(site: ReleaseData) -> None:
    trust = site.priority_areas[0].success_measures[0]
    bound = [
        (None, None),
        ("government", "all"),
        ("service", "va-vha-2"),
        ("service", "gone"),
        ("survey", "s"),
    ]
    lines = [
        measure_line(Catalogue(site), replace(trust, measure_level=level, measure_subject=subject))
        for level, subject in bound
    ]
    assert [line.computed_at for line in lines] == ["/#trust", "/#trust", "/services/va-vha-2/", None, None]


@pytest.mark.usefixtures("home")
def test_what_is_computed_here_is_told_apart_from_what_others_published(
    client: Client, drawn: dict[str, bytes], at: datetime
) -> None:
    area = area_with(judge(replace(AIM, target_value=None), READINGS, ON))
    index, trust = area.success_measures
    index = replace(index, latest_reading=None, latest="As before.", reporting="not published")
    share = ReadingFact("FY2022-Q3", 0.63, 0.627, 0.632)
    trust = replace(trust, latest_reading=share, latest="In 2024, most.", reporting="reported")
    waiting = replace(trust, key="m3", latest_reading=None, latest=None, reporting="being gathered")
    area = replace(area, success_measures=(index, trust, waiting))
    made = replace(small_site(), priority_areas=(area,))
    make_release(made, data_files(made) | drawn, by="reviewer", at=at)
    text = " ".join(re.sub(r"<[^>]+>", " ", client.get("/measures/").content.decode()).split())
    for words in (
        "Newest published As before. – no figure was published since the baseline",
        "Cannot tell yet: no target figure to compare with was published.",
        "Newest computed here 63.0\u00a0% (62.7–\u206063.2\u00a0%), FY2022 Q3 "
        "Computed here, from the answers Newest published elsewhere In 2024, most. Source",
        "Newest computed here – none yet; being gathered, from what people answer Computed here",
    ):
        assert " ".join(words.split()) in text, (words, text)
    assert "Figures Reported" not in text


@pytest.mark.usefixtures("home")
def test_a_release_from_before_the_rule_shows_no_progress(
    client: Client, drawn: dict[str, bytes], at: datetime
) -> None:
    text = block(client, None, drawn, at)
    assert "Progress" not in text
    assert "Baseline 61 (2021)" in text


def test_facts_of_an_old_release_are_read() -> None:
    (area,) = json.loads(to_json((area_with(None),)))
    later = {
        "measure_level", "measure_subject", "measure_pool", "direction", "due", "target_low", "target_high",
        "baseline_as_of", "readings", "pool", "latest_reading", "reporting", "progress",
    }  # fmt: skip
    for measure in area["success_measures"]:
        for name in later:
            del measure[name]
    (read,) = msgspec.json.decode(json.dumps([area]), type=tuple[PriorityAreaFact, ...])
    assert read.success_measures[0].progress is None
    assert read.success_measures[0].readings == ()
    assert read.success_measures[0].target_value == 70


def test_facts_are_read_back_as_they_were_frozen() -> None:
    area = area_with(judge(AIM, READINGS, ON))
    assert msgspec.json.decode(to_json((area,)), type=tuple[PriorityAreaFact, ...]) == (area,)


def test_open_data_hold_every_number_of_the_verdict() -> None:
    progress = judge(AIM, READINGS, ON)
    files = data_files(content(priority_areas=(area_with(progress),)))
    first, second = csv.DictReader(io.StringIO(files["data/success_measures.csv"].decode()))
    assert (first["success_measure"], first["direction"], first["target_value"], first["due"]) == (
        "m1", "up", "70.0", "2025",
    )  # fmt: skip
    assert (first["progress_status"], first["progress_reason"]) == ("off track", "rate_not_enough")
    assert float(first["actual_rate"]) == progress.actual_rate
    assert float(first["projected_high"]) == progress.projected_high
    assert (first["start_low"], first["judged_as_of"], first["latest_high"]) == ("60", "2023", "65.4")
    assert (first["method"], first["method_version"], first["measure_level"]) == ("progress", "2", "")
    assert (second["measure_key"], second["measure_level"], second["measure_subject"]) == (
        "trust_agree_share", "government", "all",
    )  # fmt: skip
    assert (second["progress_status"], second["target_value"], second["source"]) == (
        "", "", "https://example.org/source",
    )  # fmt: skip


def test_a_share_is_written_as_percent_and_its_rate_in_points(site: ReleaseData) -> None:
    (area,) = small_site().priority_areas
    readings = (ReadingFact("FY2021-Q1", 0.7, 0.68, 0.72), ReadingFact("FY2022-Q1", 0.75, 0.73, 0.77))
    share = replace(
        area.success_measures[0], direction="keep", target_low=0.7, target_high=0.9, pool="increased",
        latest_reading=readings[1],
        progress=judge(Aim("keep", "FY2024", None, 0.7, 0.9), readings, date(2022, 2, 1)),
    )  # fmt: skip
    line = measure_line(Catalogue(site), share)
    assert line.target == "from 70.0\u00a0% to 90.0\u00a0%"
    assert line.latest is not None
    assert line.latest.words == "75.0\u00a0% (73.0–\u206077.0\u00a0%)"
    assert line.progress is not None
    assert line.progress.actual == "+5 percentage points a year (+2.17 to +7.84)"


def published(day: datetime) -> bool:
    made = prepare(why=WHY, by="owner", at=day)
    if made["made"]:
        approve(made["manifest_sha256"], by="reviewer", at=day)
    return bool(made["made"])


@pytest.mark.usefixtures("home")
def test_a_release_is_judged_on_its_day_and_days_alone_make_no_release(tmp_path: Path) -> None:
    areas = deepcopy(AREAS)
    areas[0]["success_measures"][0].update(
        direction="up", target_value=70, due="2025", baseline_year=2021,
        readings=[
            {"key": f"r{r.as_of}", "as_of": r.as_of, "value": r.value, "low": r.low, "high": r.high}
            for r in READINGS
        ],
    )  # fmt: skip
    first, second, late = (datetime(*day, tzinfo=UTC) for day in ((2024, 6, 1), (2024, 8, 1), (2026, 2, 1)))
    fill_directory(tmp_path / "directory", first)
    load(write(tmp_path / "plan", priority_areas=areas), by="operator", at=first)
    assert [published(day) for day in (first, second, late)] == [True, False, True]
    shown = current_release()
    assert shown is not None
    index, trust = shown.priority_areas[0].success_measures
    assert index.progress is not None
    assert (index.progress.status, index.progress.reason) == ("cannot tell yet", "no_reading_at_due")
    assert trust.progress is not None
    assert (trust.progress.reason, trust.reporting) == ("no_target", "being gathered")
