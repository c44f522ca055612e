"""The page of a journey: a map that is a table, what it takes of people, what hurts."""

import json
import re
from dataclasses import replace

import msgspec
import pytest
from django.test import Client

from hearback.learn.facts import JourneyFact
from hearback.learn.queries import StageFact
from hearback.publish.frozen import ReleaseData, to_json
from hearback.publish.pages.journey import journey as page_of
from hearback.publish.pages.journey_words import hours_words, total_words
from hearback.publish.pages.plan import experience
from tests.publish.journeys import journey, step


def read(client: Client, key: str) -> str:
    answer = client.get(f"/journeys/{key}/")
    assert answer.status_code == 200
    return answer.content.decode()


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def map_rows(text: str) -> dict[str, list[str]]:
    """Give the rows of the map: the name of the lane, and its cells in words."""
    table = text.split("usa-table--map")[1].split("</table>", 1)[0]
    rows = {}
    for row in table.split("<tbody")[1].split("</tr>")[:-1]:
        title = re.search(r'role="rowheader">([^<]+)<', row)
        assert title
        rows[title[1]] = [words(cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)]
    return rows


def test_the_map_is_a_table_of_lanes_by_stages(client: Client, site: ReleaseData) -> None:
    text = read(client, "outpatient-care")
    heads = re.findall(r'role="columnheader">([^<]+)<', text.split('id="takes"', maxsplit=1)[0])
    assert heads == ["Stage", "Asking for a visit", "Visiting"]
    rows = map_rows(text)
    assert rows["What the person does"] == ["Calls the clinic. Fills in a form.", "Sees the doctor."]
    assert rows["Agency"] == ["Department of Veterans Affairs elsewhere", "– not known"]
    assert rows["Channel"] == ["phone – not known", "– not known"]
    assert rows["Time"] == ["minutes: 20 minutes: 40 (30 to 90)", "days of waiting: 14 to 60"]
    assert rows["Documents, visits, cost"] == [
        "documents: 0; visits: 0 documents: 3; US dollars: 12.5", "– not known",
    ]  # fmt: skip
    assert rows["Feeling"] == ["bad Waits in the queue &lt;long&gt;. – not known", "very good"]
    assert rows["Measure"] == ["– not known Share agreeing", "– not known"]
    assert rows["Pain points"] == ["– not published", "Weeks go by."]


def test_steps_are_numbered_through_and_cells_named_for_phones(client: Client, site: ReleaseData) -> None:
    lane = read(client, "outpatient-care").split("What the person does")[1].split("</tr>")[0]
    assert re.findall(r'<li value="(\d)">', lane) == ["1", "2", "3"]
    assert re.findall(r'data-label="([^"]+)"', lane) == ["Asking for a visit", "Visiting"]
    assert '<a href="#slow">' in read(client, "outpatient-care")
    assert 'id="slow"' in read(client, "outpatient-care")


def test_what_it_takes_is_added_up_and_unknown_steps_make_it_at_least(
    client: Client, site: ReleaseData
) -> None:
    table = read(client, "outpatient-care").split('id="takes"')[1].split("</table>")[0]
    rows = [words(f"<tr {row}") for row in table.split("<tr ")[2:]]
    assert rows == [
        "Minutes at least 50 known of 2 of 3 steps",
        "Documents at least 3 known of 2 of 3 steps",
        "Visits at least 0 known of 1 of 3 steps",
        "Days of waiting at least 14 known of 1 of 3 steps",
        "Cost in US dollars at least 12.5 known of 1 of 3 steps",
        "Hours of all people in a year at least 1,000 minutes of one person, times people in a year, by 60",
    ]


def test_pain_points_say_their_size_or_that_it_is_not_known(client: Client, site: ReleaseData) -> None:
    pain = words(read(client, "outpatient-care").split('id="pain"')[1])
    assert "Weeks go by." in pain
    assert "25 % of 48 answers name it (interval 14–\u206039 %); about 300 people in a year" in pain
    assert "Many wrote so. example.org" in pain
    assert pain.index("Weeks go by.") < pain.index("Nobody knows which form.")
    assert "Size – not known" in pain.split("Nobody knows which form.")[1]


def test_stages_without_steps_are_shown_and_nothing_is_added_up(client: Client, site: ReleaseData) -> None:
    text = read(client, "having-a-child")
    assert map_rows(text) == {"What the person does": ["– not published", "– not published"]}, "once a stage"
    assert "First stages only." in text
    assert "nothing can be added up" in text
    assert "the order is that of the source" in text


def test_of_a_journey_without_stages_the_page_says_so(client: Client, site: ReleaseData) -> None:
    text = read(client, "moving-house")
    assert "usa-table--map" not in text
    assert "– stages were not published" in text
    assert "– none was published" in text
    assert "People who go through it in a year – not published" in words(text)


def test_stories_say_whose_they_are(client: Client, site: ReleaseData) -> None:
    stories = read(client, "outpatient-care").split('id="stories"')[1].split("</section>", 1)[0]
    told, composite = (words(f"<li{one}") for one in stories.split("<li")[1:])
    assert "A &lt;long&gt; wait" in told
    assert "One person’s story, told with consent: signed · stage: asking for a visit · interview" in told
    assert "I came twice." in told
    assert "Composite: made up of what many people went through" in composite
    assert "– its text is not told here" in composite


def test_research_says_how_and_with_whom_and_insights_what_they_rest_on(
    client: Client, site: ReleaseData
) -> None:
    text = read(client, "outpatient-care")
    study = words(text.split('id="research"')[1])
    for part in ("Method interviews", "When May 2025", "Consent asked before", "People – not published"):
        assert part in study, part
    assert "Who took part Veterans: 14 clerks Files Questions: What was asked. example.org Source" in study
    insight = words(text.split('id="insights"')[1].split("</section>", 1)[0])
    assert (
        "Nobody is told why. Case: A complaint. example.org Passage of a transcript: Said twice." in insight
    )
    gone = "– what is cited here is not there"
    figures = f"Published figure: Seven in ten. Published figure: Nobody knows. {gone}"
    for part in (figures, f"Pain point: It was taken out. {gone}"):
        assert part in insight
    assert insight.count(gone) == 2
    bare = read(client, "moving-house")
    assert all(f'id="{part}"' not in bare for part in ("stories", "research", "insights", "personas"))


def test_personas_are_labelled_as_composed_and_say_what_they_rest_on(
    client: Client, site: ReleaseData
) -> None:
    part = words(read(client, "outpatient-care").split('id="personas"')[1].split("</section>", 1)[0])
    assert "none is a real person." in part
    assert "Newcomer Composite: composed from research · the talks · Source: example.org" in part
    assert (
        "Back &lt;from&gt; service. Stands for Veterans Needs one form Held back by – not published" in part
    )
    assert "Evidence Pain point: Weeks of waiting." in part
    chain = client.get("/chain/persona/newcomer/").content.decode()
    assert 'href="/chain/pain_point/slow/"' in chain


def test_life_experience_and_service_lead_to_their_journeys(client: Client, site: ReleaseData) -> None:
    for address, link in (
        ("/life-experiences/having-a-child/", "/journeys/having-a-child/"),
        ("/life-experiences/", "/journeys/moving-house/"),
        ("/services/va-vha-2/", "/journeys/outpatient-care/"),
        ("/journeys/having-a-child/", "/life-experiences/having-a-child/"),
        ("/journeys/outpatient-care/", "/services/va-vha-2/"),
    ):
        assert f'<a href="{link}">' in client.get(address).content.decode(), address
    assert "/journeys/" not in client.get("/services/va-vha-9/").content.decode()


def test_only_method_pages_of_the_release_are_linked(client: Client, site: ReleaseData) -> None:
    text = read(client, "outpatient-care")
    assert 'href="/methods/burden/"' in text
    assert 'href="/methods/pain-points/"' not in text


def test_a_release_without_journeys_still_shows_life_experiences(site: ReleaseData) -> None:
    old = replace(site, journeys=(), manifest_sha256="old")
    assert experience(old, "having-a-child")["journey"] is None


def test_a_release_from_before_there_were_personas_and_files_still_opens(site: ReleaseData) -> None:
    facts = json.loads(to_json(site.journeys))
    for one in facts:
        del one["personas"]
        for study in one["studies"]:
            del study["files"]
    (old, *_) = msgspec.convert(facts, tuple[JourneyFact, ...])
    assert (old.personas, old.studies[0].files) == ((), ())
    assert page_of(replace(site, journeys=(old,), manifest_sha256="old"), old.key)["personas"] == []


def test_what_is_at_least_so_much_is_never_rounded_up() -> None:
    steps = (step("a", "A", minutes=20, cost_usd=2.666), step("b", "B"))
    found = journey("j", "J", (StageFact("s", "s", None, steps, None),), yearly_volume=299).burden
    assert found is not None
    assert found.hours_per_year.low == pytest.approx(99.667, abs=0.001)
    assert hours_words(found.hours_per_year) == "at least 99"
    assert total_words(found.cost_usd) == "at least 2.66"


@pytest.mark.parametrize(
    ("volume", "hours"), [(None, None), (0, "0"), (60, "20 (15 to 25)"), (4, "1.33 (1 to 1.67)")]
)
def test_hours_are_whole_from_ten_on(volume: int | None, hours: str | None) -> None:
    only = step("a", "A", minutes=20, minutes_low=15, minutes_high=25)
    found = journey("j", "J", (StageFact("s", "s", None, (only,), None),), yearly_volume=volume).burden
    assert found is not None
    assert hours_words(found.hours_per_year) == hours
    assert (total_words(found.minutes), total_words(found.visits)) == ("20 (15 to 25)", None)
