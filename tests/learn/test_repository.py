"""The signed-in pages of the research repository: who may, what stands there, and what stays in the house."""

import re
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver
from pytest_django.fixtures import DjangoAssertNumQueries

from hearback.learn.commands import load
from hearback.learn.desk.words import KINDS
from hearback.learn.finding import KINDS as FOUND_KINDS
from hearback.learn.repository import HighlightFact, ObservationFact
from hearback.publish.frozen import FACT_TYPES, fact_files
from hearback.publish.snapshot import gather
from tests.architecture.addresses import addresses
from tests.dashboard.test_dashboard import client_for
from tests.learn.small import changed, write

pytestmark = pytest.mark.django_db
HOME = "/dashboard/research/"
JOURNEY = f"{HOME}journeys/boat-licence/"
STUDY = f"{HOME}studies/dockside/"
SEARCH = f"{HOME}search/"
Loaded = Callable[..., Client]


@pytest.fixture
def loaded(learn_folder: Path, at: datetime) -> Loaded:
    """Load journeys, those of the small file unless given; gives the client of a reviewer."""

    def run(journeys: Any = None) -> Client:
        load(write(learn_folder, journeys), by="operator", at=at)
        return client_for("reviewer", "reviewer", None, at)

    return run


def words(answer: HttpResponse) -> str:
    """Give what a page says, between its heading and its footer."""
    main = answer.content.decode().split("<main", 1)[1].split("</main>", 1)[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def test_every_page_asks_for_the_permission(loaded: Loaded, at: datetime) -> None:
    routes = [a for a in addresses(get_resolver().url_patterns) if a.route.startswith("dashboard/research/")]
    assert len(routes) == 4
    assert all(a.needs_sign_in for a in routes)
    reviewer = loaded()
    owner = client_for("owner", "member", "bureau", at)
    administrator = client_for("administrator", "administrator", None, at)
    outsider = client_for("outsider", None, None, at)
    for page in (HOME, JOURNEY, STUDY, f"{SEARCH}?q=form"):
        assert [c.get(page).status_code for c in (reviewer, owner, administrator)] == [200] * 3, page
        assert outsider.get(page).status_code == 403, page
        assert Client().get(page).status_code == 302, page
        assert "no-store" in reviewer.get(page).headers["Cache-Control"]
        assert reviewer.post(page).status_code == 405, page
    assert HOME in owner.get("/dashboard/").content.decode()


def test_the_list_counts_and_says_what_insights_wait_for(loaded: Loaded) -> None:
    said = words(loaded().get(HOME))
    assert "Getting a mooring 3 3 2 3 1 1 1 1 published 1 waiting for evidence" in said
    assert "Buying a boat 0 0 0 0 0 0 0 0" in said


def test_a_journey_says_of_everything_why_it_is_not_published(loaded: Loaded) -> None:
    marked = changed([0, "insights", 1], evidence=[{"kind": "pain_point", "cited": "dear", "gist": "x"}])
    client = loaded(marked)
    said = words(client.get(JOURNEY))
    for part in (
        "A fisher at the desk published of one person", "Bea published composite",
        "Not told yet not published: no consent", "nobody says that it was given",
        "Newcomer with a first boat published", "Old hand not published: no evidence",
        "The form hides its own purpose. published", "gone is not there",
        "People ask their neighbours. not published: not marked for publishing",
        "25 % of 48 answers name it", "Looks for the form. Bureau of Boats · web page · bad · Lost.",
        "interviews · 2025 · 1 observation · 1 passage of a transcript",
    ):  # fmt: skip
        assert part in said.replace("\xa0", " "), part
    page = client.get(JOURNEY).content.decode()
    assert f'href="{STUDY}?at=observation-o1#observation-o1">They turn it over.' in page
    assert f'href="{JOURNEY}#pain_point-slow"' in page


def test_a_study_shows_what_was_seen_and_heard_by_tag(loaded: Loaded) -> None:
    study: list[str | int] = [0, "studies", 0]
    seen = [
        {"key": f"o{n}", "gist": f"Seen {n}.", "tags": ["form", "late"] if n % 2 else []} for n in range(4)
    ]
    client = loaded(changed(study, observations=seen))
    said = words(client.get(STUDY))
    for part in ("Questions published", "Recordings : Locked. shown inside only", "fishers: 14", "late 2",
                 "form 3", "Seen 0. without a tag", "Which one is it? fishers"):  # fmt: skip
        assert part in said, part
    late = words(client.get(f"{STUDY}?tag=late"))
    assert ("Seen 1." in late, "Seen 3." in late, "Seen 0." in late, "Which one" in late) == (
        True, True, False, False,
    )  # fmt: skip
    assert "Nothing has this tag." in words(client.get(f"{STUDY}?tag=nothing"))


def test_a_long_study_is_read_page_by_page_and_found_on_the_right_one(loaded: Loaded) -> None:
    seen = [{"key": f"o{n}", "gist": f"Seen {n}."} for n in range(120)]
    client = loaded(changed([0, "studies", 0], observations=seen))
    assert "Page 1 of 3" in words(client.get(STUDY))
    found = client.get(f"{SEARCH}?q=seen+117").content.decode()
    (address,) = re.findall(r'href="([^"]+#observation-o117)"', found)
    page = client.get(address)
    assert 'id="observation-o117"' in page.content.decode()
    assert "Page 3 of 3" in words(page)
    for nonsense in ("0", "4", "x", "1e9", "9" * 5000):
        assert client.get(f"{STUDY}?page={nonsense}").status_code == 404


def test_a_search_shows_kinds_one_after_the_other_and_leads_to_the_place(loaded: Loaded) -> None:
    client = loaded()
    page = client.get(f"{SEARCH}?q=FORM").content.decode()
    assert page.index("<h3>Steps") < page.index("<h3>Pain points") < page.index("<h3>Observations")
    assert f'href="{JOURNEY}#step-find-form">Looks for the <mark>form</mark>.' in page
    assert "Getting a mooring / Talks at the dock" in words(client.get(f"{SEARCH}?q=turn"))
    only = client.get(f"{SEARCH}?q=form&kind=observation")
    assert ("<h3>Observations" in only.content.decode(), "<h3>Steps" in only.content.decode()) == (
        True,
        False,
    )
    assert client.get(f"{SEARCH}?q=form&kind=rumour").status_code == 404


@pytest.mark.parametrize(("query", "kind", "key"), [
    ("getting mooring", "journey", "boat-licence"), ("little known", "journey", "buying-a-boat"),
    ("sailing", "stage", "sailing"), ("lost", "step", "find-form"), ("fishers wrote", "pain_point", "slow"),
    ("trade words", "persona", "newcomer"), ("complaint", "insight", "i1"), ("came three", "story", "ann"),
    ("clerks interviews", "study", "dockside"), ("recordings", "study", "dockside"),
    ("three four turn", "observation", "o1"), ('"which one" fishers', "highlight", "h1"),
])  # fmt: skip
def test_everything_is_found_by_all_that_it_says(loaded: Loaded, query: str, kind: str, key: str) -> None:
    from hearback.learn.finding import search

    loaded()
    assert (kind, key) in [(hit.thing.kind, hit.thing.key) for hit in search(query).hits]


def test_every_kind_that_is_searched_has_words() -> None:
    assert list(KINDS) == list(FOUND_KINDS)


def test_nothing_found_says_what_to_do(loaded: Loaded) -> None:
    client = loaded()
    said = words(client.get(f"{SEARCH}?q=form+zebra"))
    assert "Nothing holds all of these words. Search for fewer of them" in said
    assert "zebra alone: 0" in said
    assert "Type what you look for" in words(client.get(SEARCH))
    assert "There is no word in that." in words(client.get(f"{SEARCH}?q=%2C"))
    much = client.get(f"{SEARCH}?q={'x' * 5000}")
    assert (much.status_code, "That is too much at once." in words(much)) == (422, True)


def test_what_is_typed_is_never_taken_for_a_page(loaded: Loaded) -> None:
    client = loaded(changed([0, "pain_points", 0], gist="<script>alert('form')</script>"))
    page = client.get(f"{SEARCH}?q=%3Cscript%3Ealert+%22form").content.decode()
    assert "<script" not in page
    assert "&lt;<mark>script&gt;alert</mark>(&#x27;<mark>form</mark>" in page
    assert 'value="&lt;script&gt;alert &quot;form"' in page


def test_a_search_asks_the_database_once_for_each_kind(
    loaded: Loaded, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    from hearback.learn.finding import search

    loaded()
    with django_assert_num_queries(len(FOUND_KINDS)):
        search("form")


def test_pages_are_spoken_in_spanish(loaded: Loaded) -> None:
    client = loaded()
    for page, said in (
        (HOME, "Investigación"), (JOURNEY, "sin publicar: sin consentimiento"),
        (STUDY, "Lo que se vio y se oyó"), (f"{SEARCH}?q=zebra", "No se encontró nada"),
    ):  # fmt: skip
        assert said in words(client.get(page, headers={"accept-language": "es"})), page


def test_a_release_holds_nothing_of_what_stays_in_the_house(loaded: Loaded, at: datetime) -> None:
    loaded(changed([0, "studies", 0, "observations", 0], source="https://inside.example.org/notes"))
    made = b"".join(fact_files(gather(10, at.date())).values()).decode()
    assert "Talks at the dock" in made
    assert "https://example.org/guide" in made
    for inside in ("Which one is it?", "Three of four turn", "inside.example.org", "Recordings", "Mine alone",
                   "Old hand", "ask their neighbours"):  # fmt: skip
        assert inside not in made, inside


def _types(kind: Any) -> Iterator[type]:
    for inner in get_args(kind):
        yield from _types(inner)
    if isinstance(kind, type) and is_dataclass(kind):
        yield kind
        hints = get_type_hints(kind)
        for field in fields(kind):
            yield from _types(hints[field.name])


def test_no_fact_of_a_release_can_hold_what_stays_in_the_house() -> None:
    reached = {one for kind in FACT_TYPES.values() for one in _types(kind)}
    assert {"JourneyFact", "StudyFact", "LinkFact", "PersonaFact"} <= {one.__name__ for one in reached}
    assert not {HighlightFact, ObservationFact} & reached
    assert not {name for one in reached for name in get_type_hints(one)} & {"highlights", "observations"}
