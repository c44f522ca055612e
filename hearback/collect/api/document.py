"""The API as a whole, and the OpenAPI document that is made from it."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import msgspec
from django.http import HttpRequest
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation
from ninja.parser import Parser

from hearback.accounts.rules import SCOPES
from hearback.collect.api.errors import check_parameters, tell_errors
from hearback.collect.api.sending import router
from hearback.collect.api.shapes import Error
from hearback.collect.instruments.definition import Instrument

ROOT = "/api/v1"
PLACE = "#/components/schemas/{name}"
DESCRIPTION = (
    "Forms, what they ask, and the responses to them, for servers and apps. Every error has one shape. "
    "Send an API key as `Authorization: Bearer KEY`; its scopes say what it is good for. "
    + " ".join(f"`{scope}`: {gist}" for scope, gist in SCOPES.items())
)


class StrictParser(Parser):
    """Reads JSON as the intake does: no NaN, no half of a surrogate pair, no depth without end."""

    def parse_body(self, request: HttpRequest) -> Any:
        """Read a message."""
        return msgspec.json.decode(request.body)


class Api(NinjaAPI):
    """The API, whose document describes instruments too and says which scope each address needs."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Name an operation as its function is named, for clients that are made from the document."""
        return operation.view_func.__name__

    def get_openapi_schema(self, **_place: Any) -> OpenAPISchema:
        """Make the OpenAPI document."""
        document = super().get_openapi_schema(path_prefix=ROOT)
        for parameter in _parameters(document):
            parameter["schema"] = parameter["schema"].get("anyOf", [parameter["schema"]])[0]
        shapes = document["components"]["schemas"]
        _, parts = msgspec.json.schema_components([Instrument], ref_template=PLACE)
        shapes.update(parts)
        shapes["Version"]["properties"]["instrument"] = {"$ref": PLACE.format(name="Instrument")}
        return document


def _parameters(document: OpenAPISchema) -> Iterator[dict[str, Any]]:
    """Give all parameters. Of one that may be left out it is said that it may be null, which it never is."""
    for operations in document["paths"].values():
        for operation in operations.values():
            yield from operation["parameters"]


@router.get(
    "/openapi.json", auth=None, response={200: dict[str, Any], (422, 500): Error}, summary="Get this document"
)
def get_document(request: HttpRequest) -> dict[str, Any]:
    """Give the description of this API; it needs no key."""
    check_parameters(request)
    return _document()


@cache
def _document() -> OpenAPISchema:
    return api.get_openapi_schema()


api = Api(
    title="Hearback",
    version="1.0.0",
    description=DESCRIPTION,
    openapi_url=None,
    docs_url=None,
    urls_namespace="api",
    parser=StrictParser(),
)
api.add_router("", router)
tell_errors(api)
