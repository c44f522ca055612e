"""Who comes in, and that whatever is wrong is told in one shape."""

import logging
from typing import Any

import pytest
from django.test import Client

from hearback.collect.api import reading
from hearback.collect.intake.store import StoreNotReady
from hearback.collect.models import Form
from tests.collect.api.conftest import ANSWER, RESPONSES, Api, NewKey
from tests.collect.forms.conftest import Publish

pytestmark = pytest.mark.django_db
FORMS = "/api/v1/forms"


def test_without_a_key_nothing_is_told(client: Client, publish: Publish) -> None:
    publish()
    for told in (Api(client, "").get(FORMS), Api(client, "").send(ANSWER)):
        assert (told.status, told.kind) == (401, "key_missing")
        assert told.headers["WWW-Authenticate"] == "Bearer"


def test_a_key_that_is_not_good_is_refused(client: Client, new_key: NewKey) -> None:
    expired = new_key(days=1)
    for key in (expired, "hb_00000000_nothing", expired[:11], "ü"):
        told = Api(client, key).get(FORMS)
        assert (told.status, told.kind) == (401, "key_not_good")
        assert told.headers["WWW-Authenticate"] == 'Bearer error="invalid_token"'


def test_a_key_is_taken_from_the_header_alone(client: Client, new_key: NewKey) -> None:
    key = new_key()
    for address in (f"{FORMS}?key={key}", f"{FORMS}?access_token={key}"):
        assert client.get(address).status_code == 401
    client.cookies["key"] = key
    assert client.get(FORMS).status_code == 401
    assert client.get(FORMS, headers={"Authorization": f"Basic {key}"}).status_code == 401
    assert client.get(FORMS, headers={"Authorization": f"bearer {key}"}).status_code == 200


@pytest.mark.parametrize("scope", ["forms:read", "responses:read", "responses:write"])
def test_each_scope_opens_its_own_addresses(
    scope: str, client: Client, new_key: NewKey, publish: Publish
) -> None:
    publish()
    api = Api(client, new_key(scope))
    got = {
        "forms:read": [api.get(f"{FORMS}{rest}") for rest in ("", "/service-2", "/service-2/versions/1")],
        "responses:read": [api.get(RESPONSES)],
        "responses:write": [api.send(ANSWER)],
    }
    for needed, answers in got.items():
        for told in answers:
            assert (told.status in {200, 201}) == (needed == scope)
            if needed != scope:
                assert (told.status, told.kind) == (403, "scope_missing")
                assert told.headers["WWW-Authenticate"].endswith(f'scope="{needed}"')


def test_somebody_who_is_signed_in_needs_a_key_too(client: Client, django_user_model: Any) -> None:
    client.force_login(django_user_model.objects.create(username="owner"))
    assert client.get(FORMS).status_code == 401


@pytest.mark.parametrize(
    "address", ["/api/v1/", "/api/v1/nothing", "/api/v1/forms/a/b", "/api/v1/forms/a%00b"]
)
def test_an_address_that_is_none_is_told_in_the_same_shape(address: str, api: Api) -> None:
    told = api.get(address)
    assert (told.status, told.kind) == (404, "not_found")


def test_a_method_that_is_none_is_told_in_the_same_shape(client: Client, api: Api) -> None:
    for method in ("put", "patch", "delete", "head", "options"):
        answer = getattr(client, method)(RESPONSES, headers={})
        assert answer.status_code == 405
        assert set(answer["Allow"].split(", ")) == {"GET", "POST"}
        assert method == "head" or answer.json()["error"]["kind"] == "not_allowed"
        assert "Access-Control-Allow-Origin" not in answer


def test_a_store_that_is_not_ready_is_told_with_when_to_come_back(
    api: Api, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish()

    def fail(*_args: object, **_options: object) -> None:
        raise StoreNotReady("disk full")

    monkeypatch.setattr(reading, "response_page", fail)
    told = api.get(RESPONSES)
    assert (told.status, told.kind, told.headers["Retry-After"]) == (503, "not_ready", "5")
    assert "disk" not in str(told.body)


def test_a_fault_of_the_program_is_noted_and_told_in_the_same_shape(
    api: Api, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_args: object, **_options: object) -> list[Form]:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(reading, "form_page", fail)
    with caplog.at_level(logging.ERROR):
        told = api.get(FORMS)
    assert (told.status, told.kind) == (500, "broken")
    assert "secret" not in str(told.body)
    assert caplog.records[0].exc_info is not None
