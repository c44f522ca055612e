"""Forms, what they ask, and the responses to them, a page at a time."""

import json
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from django.test import Client

from hearback.collect.api.parameters import EPOCH, milliseconds, read_moment
from hearback.collect.instruments import files
from hearback.collect.intake.store import Received
from hearback.collect.queries import intake_store
from hearback.directory.models import Agency, Provider
from tests.collect.api.conftest import RESPONSES, Api, NewKey
from tests.collect.forms.conftest import Publish

pytestmark = pytest.mark.django_db
NOON = 1_772_452_800_000
"""2026-03-02T12:00:00Z in milliseconds."""


def _store(*moments: int) -> None:
    with intake_store() as store:
        store.append(
            [
                Received("service-2", 1, f"key-{n}", at, "en", "website", "", "", b'{"trust":"1"}')
                for n, at in enumerate(moments)
            ]
        )


def test_forms_are_listed_a_page_at_a_time(api: Api, publish: Publish) -> None:
    for key in ("bravo", "alpha", "charlie"):
        publish(key=key)
    first = api.get("/api/v1/forms", limit=2)
    assert [one["key"] for one in first.body["forms"]] == ["alpha", "bravo"]
    assert first.body["next"] == "bravo"
    rest = api.get("/api/v1/forms", limit=2, after="bravo")
    assert [one["key"] for one in rest.body["forms"]] == ["charlie"]
    assert rest.body["next"] is None
    assert api.get("/api/v1/forms", limit=3).body["next"] is None, "a full last page is the last"


def test_a_form_tells_its_state_and_versions(api: Api, publish: Publish) -> None:
    publish()
    form = api.get("/api/v1/forms/service-2").body
    assert {name: form[name] for name in ("key", "service", "provider", "agency", "state", "version")} == {
        "key": "service-2",
        "service": "service-2",
        "provider": "provider-21",
        "agency": "agency",
        "state": "published",
        "version": 1,
    }
    assert form["page"] == "http://127.0.0.1:8000/done/service-2"
    assert [(one["number"], one["state"]) for one in form["versions"]] == [(1, "published")]
    assert form["versions"][0]["published_at"] == "2026-03-02T15:00:00Z"


def test_a_version_gives_what_it_asks(api: Api, publish: Publish) -> None:
    publish()
    told = api.get("/api/v1/forms/service-2/versions/1").body
    assert told["instrument"] == msgspec.json.decode(msgspec.json.encode(files.ready("thumbs")))
    assert told["question_versions"]["trust"] == 1
    assert api.get("/api/v1/forms/service-2/versions/2").status == 404


def test_responses_are_given_by_number_a_page_at_a_time(api: Api, publish: Publish) -> None:
    publish()
    _store(*[NOON] * 5)
    first = api.get(RESPONSES, limit=3).body
    assert [one["key"] for one in first["responses"]] == ["key-0", "key-1", "key-2"]
    assert first["next"] == first["responses"][-1]["number"]
    rest = api.get(RESPONSES, limit=3, after=first["next"]).body
    assert [one["key"] for one in rest["responses"]] == ["key-3", "key-4"]
    assert rest["next"] is None
    assert rest["responses"][0] == {
        **rest["responses"][0],
        "version": 1,
        "at": "2026-03-02T12:00:00Z",
        "answers": {"trust": "1"},
        "not_shown": [],
        "masked": {},
    }


def test_a_whole_number_is_given_as_one(api: Api, publish: Publish) -> None:
    publish()
    raw = b'{"minutes":12.0,"hours":2.5,"seconds":1e300,"choices":["a"]}'
    with intake_store() as store:
        store.append([Received("service-2", 1, "k", NOON, "en", "website", "", "", raw)])
    told = json.dumps(api.get(RESPONSES).body["responses"][0]["answers"])
    assert told == '{"minutes": 12, "hours": 2.5, "seconds": 1e+300, "choices": ["a"]}'


def test_a_span_of_time_is_half_open_and_its_time_zone_counts(api: Api, publish: Publish) -> None:
    publish()
    _store(NOON - 1, NOON, NOON + 1, NOON + 1_000)

    def keys(**span: str) -> list[str]:
        return [one["key"] for one in api.get(RESPONSES, **span).body["responses"]]

    assert keys(since="2026-03-02T12:00:00Z", until="2026-03-02T12:00:01Z") == ["key-1", "key-2"]
    assert keys(since="2026-03-02T07:00:00-05:00", until="2026-03-02T14:00:01+02:00") == ["key-1", "key-2"]
    assert keys(since="2026-03-02T12:00:00.0005Z") == ["key-2", "key-3"]
    assert keys(until="2026-03-02T12:00:00.0005Z") == ["key-0", "key-1"]
    assert keys(since="2026-03-02T12:00:00Z", until="2026-03-02T12:00:00Z") == []


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-02",
        "2026-03-02T12:00:00",
        "2026-03-02T12:00:00 02:00",
        "1772452800",
        "2026-02-30T12:00:00Z",
        "2026-03-02T12:00:00+25:00",
        "",
    ],
)
def test_a_moment_without_a_time_zone_is_refused(text: str, api: Api, publish: Publish) -> None:
    publish()
    told = api.get(RESPONSES, since=text)
    assert (told.status, told.problems) == (422, [("since", "not_a_moment")])


def test_every_moment_of_the_standard_is_read() -> None:
    assert read_moment("2016-12-31T23:59:60Z") == datetime(2017, 1, 1, tzinfo=UTC)
    assert milliseconds(read_moment("0001-01-01t00:00:00+23:59")) < 0
    assert milliseconds(EPOCH - timedelta(microseconds=1)) == 0
    assert milliseconds(EPOCH + timedelta(microseconds=1)) == 1


@pytest.mark.parametrize(
    ("parameters", "problem"),
    [
        ({"limit": 0}, ("limit", "too_small")),
        ({"limit": 501}, ("limit", "too_big")),
        ({"limit": "9" * 5_000}, ("limit", "too_big")),
        ({"limit": "1.0"}, ("limit", "not_a_number")),
        ({"limit": "٣"}, ("limit", "not_a_number")),
        ({"after": -1}, ("after", "too_small")),
        ({"untill": "2026-03-02T12:00:00Z"}, ("untill", "unknown")),
    ],
)
def test_a_parameter_that_is_wrong_is_named(
    parameters: dict[str, object], problem: tuple[str, str], api: Api, publish: Publish
) -> None:
    publish()
    told = api.get(RESPONSES, **parameters)
    assert (told.status, told.kind, told.problems) == (422, "not_accepted", [problem])


def test_a_parameter_given_twice_or_a_thousand_parameters_are_refused(api: Api) -> None:
    told = api.get("/api/v1/forms", limit=[1, 2])
    assert (told.status, told.problems) == (422, [("limit", "given_twice")])
    told = api.get("/api/v1/forms", **{f"p{n}": 1 for n in range(1_001)})
    assert (told.status, told.kind) == (422, "not_accepted")


def test_a_cursor_that_is_none_is_refused(api: Api) -> None:
    assert api.get("/api/v1/forms", after="a b").problems == [("after", "not_a_cursor")]


def test_words_are_those_of_the_forms(api: Api, publish: Publish) -> None:
    publish()
    (problem,) = api.get(RESPONSES, limit=501).body["error"]["problems"]
    assert problem["message"] == "Write a number of at most 500."
    assert problem["values"] == {"limit": "500"}


def test_a_key_of_an_agency_sees_its_forms_and_no_others(
    client: Client, new_key: NewKey, publish: Publish
) -> None:
    publish(key="ours")
    Agency.objects.create(key="other", name="Other", abbreviation="O", level="federal")
    other = Api(client, new_key(agency="other"))
    assert other.get("/api/v1/forms").body == {"forms": [], "next": None}
    for address in ("", "/versions/1", "/responses"):
        told = other.get(f"/api/v1/forms/ours{address}")
        assert (told.status, told.kind) == (404, "not_found")
    assert other.send({}, address="/api/v1/forms/ours/responses").status == 422
    ours = Api(client, new_key(agency="agency"))
    assert [one["key"] for one in ours.get("/api/v1/forms").body["forms"]] == ["ours"]
    assert Provider.objects.get(key="provider-21").agency.key == "agency"
