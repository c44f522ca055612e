"""What docs/api.md shows is what the API answers, and its OpenAPI document holds together."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from hearback.accounts.rules import SCOPES
from hearback.collect.actions import forms as actions
from hearback.collect.api.errors import OF_REQUESTS
from hearback.collect.instruments import files
from hearback.directory.models import Agency, Provider, Service
from tests.collect.api.conftest import Api
from tests.conftest import ROOT

pytestmark = pytest.mark.django_db
TEXT = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
EXAMPLE = re.compile(r"```http\n(.*?)```\n\n```json\n(.*?)```", re.DOTALL)


@pytest.fixture
def passports(home: object, at: datetime, django_capture_on_commit_callbacks: Callable[..., Any]) -> None:
    """The forms that the page shows."""
    agency = Agency.objects.create(key="state", name="State", abbreviation="S", level="federal")
    Provider.objects.create(key="passport-office", name="Passport office", agency=agency)
    for key in ("passports", "visas"):
        Service.objects.create(key=key, name=key)
        actions.create_form(
            key, files.ready("thumbs"), service=key, provider="passport-office", by="owner", at=at
        )
        with django_capture_on_commit_callbacks(execute=True):
            for move in ("submit", "publish"):
                actions.move_version(key, move, by="owner", at=at)


def _asked(api: Api, text: str) -> Any:
    head, _, body = text.partition("\n\n")
    request, *lines = head.strip().splitlines()
    method, address = request.split()
    headers = dict(line.split(": ") for line in lines)
    if method == "GET":
        return api.get(address).body
    return api.send(body, key=headers["Idempotency-Key"], address=address).body


def test_every_example_of_the_page_is_what_the_api_answers(
    api: Api, passports: None, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: at)
    examples = EXAMPLE.findall(TEXT)
    assert len(examples) == TEXT.count("```http") == 6
    for request, answer in examples:
        assert _asked(api, request) == json.loads(answer), request


def test_the_page_names_every_scope_kind_of_error_and_status(api: Api) -> None:
    assert [scope for scope in SCOPES if f"| `{scope}` |" not in TEXT] == []
    told = {
        status
        for operations in api.document["paths"].values()
        for operation in operations.values()
        for status in operation["responses"]
        if status >= "400"
    }
    table = TEXT.partition("## Errors")[2]
    assert sorted(status for status in told if not re.search(rf"^\|.*{status}.*\|", table, re.M)) == []


def _references(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        for name, value in part.items():
            if name == "$ref":
                yield value
            yield from _references(value)
    if isinstance(part, list):
        for value in part:
            yield from _references(value)


def test_the_document_is_whole(api: Api) -> None:
    document = api.document
    assert document["openapi"] == "3.1.0"
    shapes = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}
    assert set(_references(document)) <= shapes
    assert "#/components/schemas/Instrument" in set(_references(document["components"]["schemas"]["Version"]))


def test_every_address_tells_its_errors_and_the_scope_it_needs(api: Api) -> None:
    for path, operations in api.document["paths"].items():
        for method, operation in operations.items():
            errors = {
                status: told["content"]["application/json"]["schema"]["$ref"]
                for status, told in operation["responses"].items()
                if status >= "400"
            }
            assert set(errors.values()) == {"#/components/schemas/Error"}, (method, path)
            if not path.endswith("openapi.json"):
                assert {"401", "403", "422", "500"} <= set(errors)
                assert operation["security"] == [{"ApiKey": []}]
                assert any(f"`{scope}`" in operation["description"] for scope in SCOPES), path


def test_the_document_needs_no_key_and_is_the_same_for_all(client: Client) -> None:
    assert client.get("/api/v1/openapi.json").json() == Api(client, "").document


def test_every_problem_can_be_said() -> None:
    values = {"limit": "1", "found": "2", "choices": "a, b", "known": "q"}
    assert [kind for kind, words in OF_REQUESTS.items() if "{" in words.format(**values)] == []
