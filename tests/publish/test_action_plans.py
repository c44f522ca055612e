"""Action plans on the public site, in the chain of evidence and in the open data; and without any."""

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from hearback.plan.chain import chain_of
from hearback.plan.commands import load
from hearback.publish.formats import data_files
from hearback.publish.frozen import MANIFEST, ReleaseData, content_hash, read_manifest, read_release, to_json
from hearback.publish.queries import release_folder
from hearback.publish.snapshot import gather
from tests.plan.small import fill_directory, write
from tests.publish.content import AGENCY, PROVIDER, content
from tests.publish.publishing import make_release
from tests.publish.site import small_site

PLAN = "/providers/va-vha/plans/2024/"
LATER = ("facts/capacity_areas.json", "facts/action_plans.json")


def words(client: Client, address: str) -> str:
    text = client.get(address).content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def rows(client: Client, address: str) -> Iterator[str]:
    text = client.get(address).content.decode()
    for row in re.findall(r"<tr role=\"row\" id=.*?</tr>", text, re.DOTALL):
        yield " ".join(re.sub(r"<[^>]+>", " ", row).split())


def test_what_was_promised_last_year_is_told_with_what_became_of_it(
    client: Client, site: ReleaseData
) -> None:
    said = words(client, PLAN)
    assert "Promised for FY2023, and what became of it" in said
    assert "5 promised: 1 kept, 1 kept in part, 2 not kept, 1 not said" in said
    told = list(rows(client, PLAN))
    assert [re.search(r"Kept in part|Not kept|Not said|Kept", row)[0] for row in told[:5]] == [  # type: ignore[index]
        "Kept", "Not kept", "Not kept", "Not said", "Kept in part",
    ]  # fmt: skip
    assert "Delivered, as of October 2023" in told[0]
    assert "Nine in ten calls." in told[0]
    assert "Evidence: A count of calls" in told[0]
    assert "Under way Carried over" in told[1]
    assert "Status not said" in told[3]


def test_what_comes_next_says_what_it_goes_on_with_and_what_it_is_about(
    client: Client, site: ReleaseData
) -> None:
    page = client.get(PLAN).content.decode()
    told = list(rows(client, PLAN))
    assert "Carried over from FY2023: One &lt;form&gt;." in told[5]
    assert "June 2024" in told[5]
    assert "Planned" in told[5]
    for link in ("/journeys/outpatient-care/#unclear", "/commitments/#c1", "/priority-areas/pma-cx/#measures",
                 "/capacity-areas/#measuring", "#a2"):  # fmt: skip
        assert f'href="{link}"' in page
    assert "Answers: gone" in told[5], "what the release does not hold is named and not linked"
    assert "not known" in told[6]
    assert "FY2,0" not in page


def test_the_self_assessment_has_every_area_and_the_year_before(client: Client, site: ReleaseData) -> None:
    said = words(client, PLAN)
    assert "Levels, in rising order: Beginning, Growing, Leading." in said
    assert "Measuring Growing (2 of 3) Beginning (1 of 3) More is asked. Evidence: Two surveys" in said
    assert "Customer &lt;research&gt; – not given – not given" in said
    assert "Leadership – not given" in said


def test_a_plan_after_a_gap_leads_on_to_its_neighbours(client: Client, site: ReleaseData) -> None:
    said = words(client, "/providers/va-vha/plans/2026/")
    assert "No action plan is published for FY2025" in said
    assert "no action of this plan was published" in said
    assert "no self-assessment was published" in said
    page = client.get(PLAN).content.decode()
    assert 'href="/providers/va-vha/plans/2023/"' in page
    assert 'href="/providers/va-vha/plans/2026/"' in page


def test_a_provider_shows_its_plans_newest_first_or_that_there_is_none(
    client: Client, site: ReleaseData
) -> None:
    page = client.get("/providers/va-vha/").content.decode()
    assert re.findall(r"/plans/(\d+)/", page) == ["2026", "2024", "2023"]
    assert "– No action plan is published" in words(client, "/providers/usda-fsa/")
    assert "none published" in words(client, "/providers/")


def test_capacity_areas_say_how_many_providers_gave_a_level(client: Client, site: ReleaseData) -> None:
    told = list(rows(client, "/capacity-areas/"))
    assert told[0].startswith("Measuring Ask &amp; act. – not known 1 ")
    assert "2023 – none" in told[1]
    assert "3 action plans are in this release. 1 provider says" in words(client, "/capacity-areas/")


def test_an_action_leads_to_what_it_answers_and_back(client: Client, site: ReleaseData) -> None:
    chain = chain_of(site)
    links = {(one.says, one.end) for one in chain.rests_on(("action_plan_action", "b1"))}
    assert links >= {
        ("is part of", ("action_plan", "va-vha-2024")), ("goes on with", ("action_plan_action", "a2")),
        ("answers", ("pain_point", "unclear")), ("serves", ("commitment", "c1")),
        ("is to move", ("success_measure", "m2")),
    }  # fmt: skip
    missing = {gap.missing for gap in chain.missing_at(("pain_point", "unclear"))}
    assert "pain_point_without_project" not in missing, "an action answers it"
    without = chain_of(replace(site, action_plans=()))
    assert "pain_point_without_project" in {
        gap.missing for gap in without.missing_at(("pain_point", "unclear"))
    }
    assert 'href="/providers/va-vha/plans/2024/"' in client.get(
        "/chain/action_plan/va-vha-2024/"
    ).content.decode()  # fmt: skip


def test_what_is_said_to_be_delivered_without_evidence_is_missing_something() -> None:
    made = small_site()
    first = replace(made.action_plans[0].actions[0], evidence=())
    chain = chain_of(replace(made, action_plans=(replace(made.action_plans[0], actions=(first,)),)))
    assert [gap.missing for gap in chain.missing_at(("action_plan_action", "a1"))] == [
        "action_without_evidence"
    ]


def test_open_data_hold_plans_actions_and_assessments() -> None:
    files = data_files(small_site())

    def table(name: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(files[f"data/{name}.csv"].decode(), newline="")))

    assert [(p["action_plan"], p["levels"], p["action_count"]) for p in table("action_plans")] == [
        ("va-vha-2023", "Beginning; Growing; Leading", "5"),
        ("va-vha-2024", "Beginning; Growing; Leading", "2"),
        ("va-vha-2026", "", "0"),
    ]  # fmt: skip
    carried = table("action_plan_actions")[5]
    assert (carried["action"], carried["provider"], carried["fiscal_year"], carried["carried_over_from"]) == (
        "b1", "va-vha", "2024", "a2",
    )  # fmt: skip
    assert carried["pain_points"] == "unclear; gone"
    assert [(a["level"], a["level_number"], a["level_count"]) for a in table("self_assessments")] == [
        ("Beginning", "1", "3"), ("Growing", "2", "3"), ("", "", "3"),
    ]  # fmt: skip
    assert [a["round"] for a in table("capacity_areas")] == ["", "2023", ""]


@pytest.mark.usefixtures("empty_home")
def test_without_any_the_pages_say_so(client: Client, at: datetime) -> None:
    made = content(agencies=(AGENCY,), providers=(PROVIDER,))
    make_release(made, data_files(made), by="reviewer", at=at)
    assert "No action plan is published" in words(client, "/providers/va-vha/")
    assert "This release holds no action plan and no self-assessment." in words(client, "/capacity-areas/")
    assert client.get(PLAN).status_code == 404


@pytest.mark.django_db
def test_a_release_from_before_there_were_plans_still_opens(
    tmp_path: Path, settings: Settings, at: datetime
) -> None:
    settings.HOME = tmp_path
    (tmp_path / "releases").mkdir()
    make_release(small_site(), data_files(small_site()), by="reviewer", at=at)
    folder = release_folder(1)
    manifest, _ = read_manifest(folder)
    for path in LATER:
        (folder / path).unlink()
    files = tuple(file for file in manifest.files if file.path not in LATER)
    old = replace(manifest, files=files, content_sha256=content_hash(files))
    (folder / MANIFEST).write_bytes(to_json(old))
    read = read_release(folder)
    assert (read.action_plans, read.capacity_areas) == ((), ())
    assert read.providers == small_site().providers


@pytest.mark.django_db
def test_what_is_loaded_is_frozen(tmp_path: Path, at: datetime) -> None:
    fill_directory(tmp_path / "directory", at)
    load(write(tmp_path / "plan"), by="operator", at=at)
    frozen = json.loads(to_json(gather(10, at.date()).action_plans))
    assert [(p["provider_key"], p["fiscal_year"], len(p["actions"])) for p in frozen] == [
        ("docks", 2023, 4), ("docks", 2024, 1),
    ]  # fmt: skip
    assert frozen[0]["actions"][3]["status"] is None
