"""What tests of the API share: keys, and a program that holds each answer against the document."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from jsonschema import Draft202012Validator, FormatChecker

from hearback.accounts import actions
from hearback.accounts.rules import SCOPES
from tests.collect.forms.conftest import publish

__all__ = ["publish"]
RESPONSES = "/api/v1/forms/service-2/responses"
KEY = "6f1c1d0e-9d2b-4b7e-8a55-0a2f5d1c7e90"
ANSWER = {"answers": {"trust": "1"}, "language": "en", "channel": "mobile_app"}

NewKey = Callable[..., str]


@dataclass(frozen=True)
class Told:
    """What the API answered."""

    status: int
    body: Any
    headers: Mapping[str, str]

    @property
    def kind(self) -> str:
        """Name the kind of an error."""
        return str(self.body["error"]["kind"])

    @property
    def problems(self) -> list[tuple[str, str]]:
        """Name what is wrong, and with what."""
        return [(one["question"], one["kind"]) for one in self.body["error"]["problems"]]


class Api:
    """A program that uses the API."""

    def __init__(self, client: Client, key: str) -> None:
        self._client = client
        self._headers = {"Authorization": f"Bearer {key}"} if key else {}
        self.document = client.get("/api/v1/openapi.json").json()

    def get(self, address: str, **parameters: Any) -> Told:
        """Ask for something."""
        return self._told("get", self._client.get(address, parameters, headers=self._headers))

    def send(self, body: Any, key: str = KEY, address: str = RESPONSES, **headers: str) -> Told:
        """Send a response; text is sent as it is."""
        text = body if isinstance(body, str | bytes) else json.dumps(body)
        given = {**self._headers, **({"Idempotency-Key": key} if key else {}), **headers}
        kind = given.pop("content_type", "application/json")
        length = given.pop("length", str(len(text.encode() if isinstance(text, str) else text)))
        answer = self._client.generic(
            "POST", address, text, kind, headers=given, CONTENT_TYPE=kind, CONTENT_LENGTH=length
        )
        return self._told("post", answer)

    def _told(self, method: str, response: HttpResponse) -> Told:
        assert response["Content-Type"].startswith("application/json")
        assert response["Cache-Control"] == "no-store"
        assert not response.cookies
        body = json.loads(response.content)
        shape = self._shape(method, response)
        Draft202012Validator(
            {**shape, "components": self.document["components"]}, format_checker=FormatChecker()
        ).validate(body)
        return Told(response.status_code, body, response.headers)

    def _shape(self, method: str, response: HttpResponse) -> dict[str, Any]:
        if response.status_code >= 400:
            return {"$ref": "#/components/schemas/Error"}
        route = "/" + response.wsgi_request.resolver_match.route  # type: ignore[attr-defined]
        path = route.replace("<slug:key>", "{key}").replace("<number>", "{number}")
        told = self.document["paths"][path][method]["responses"][str(response.status_code)]
        shape: dict[str, Any] = told["content"]["application/json"]["schema"]
        return shape


@pytest.fixture
def new_key(db: None) -> NewKey:
    """Make an API key, by default with all scopes for every agency."""

    def run(*scopes: str, agency: str | None = None, days: int = 36_500) -> str:
        made_at = datetime.fromisoformat("2026-01-01T00:00:00Z")
        _, key = actions.make_api_key(
            "Kiosks",
            scopes or SCOPES,
            agency,
            expires_at=made_at + timedelta(days=days),
            by="operator",
            at=made_at,
        )
        return key

    return run


@pytest.fixture
def api(client: Client, new_key: NewKey) -> Api:
    """A program that may do everything."""
    return Api(client, new_key())
