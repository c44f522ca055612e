"""The API as a whole, and the OpenAPI document that is made from it."""

from functools import cache
from typing import Any

from django.http import HttpRequest
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from hearback.collect.api.errors import check_parameters, tell_errors
from hearback.collect.api.shapes import Error
from hearback.publish.api.reading import ROOT, router
from hearback.publish.formats import TABLES
from hearback.publish.formats.schema_format import row_schema

DESCRIPTION = (
    "Open data of frozen releases, to read without a key, from pages of other sites too. Addresses and "
    "fields are added, never renamed nor taken away, under `/api/v1/`. Whole tables are quicker to have as "
    "files: see `/data/`."
)


class ReadApi(NinjaAPI):
    """The API to read, whose document describes the rows of every table."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Name an operation as its function is named, for clients that are made from the document."""
        return operation.view_func.__name__

    def get_openapi_schema(self, **_place: Any) -> OpenAPISchema:
        """Make the OpenAPI document."""
        document = super().get_openapi_schema(path_prefix=ROOT)
        for operations in document["paths"].values():
            for operation in operations.values():
                for parameter in operation["parameters"]:
                    parameter["schema"] = parameter["schema"].get("anyOf", [parameter["schema"]])[0]
        shapes = document["components"]["schemas"]
        shapes |= {f"row_of_{table.name}": row_schema(table) for table in TABLES}
        kinds = [{"$ref": f"#/components/schemas/row_of_{table.name}"} for table in TABLES]
        shapes["Rows"]["properties"]["rows"] = {"type": "array", "items": {"anyOf": kinds}}
        for operation in document["paths"].values():
            for parameter in operation["get"]["parameters"]:
                if parameter["name"] == "name":
                    parameter["schema"] = {"type": "string", "enum": [table.name for table in TABLES]}
        return document


@router.get("/openapi.json", response={200: dict[str, Any], (422, 500): Error}, summary="Get this document")
def get_document(request: HttpRequest) -> dict[str, Any]:
    """Give the description of this API."""
    check_parameters(request)
    return _document()


@cache
def _document() -> OpenAPISchema:
    return api.get_openapi_schema()


api = ReadApi(
    title="Hearback open data",
    version="1.0.0",
    description=DESCRIPTION,
    openapi_url=None,
    docs_url=None,
    urls_namespace="read-api",
)
api.add_router("", router)
tell_errors(api)
