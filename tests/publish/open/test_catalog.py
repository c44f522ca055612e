"""The catalogue for harvesters, as DCAT-US 3 asks for it."""

import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft7Validator, FormatChecker
from pytest_django.fixtures import Settings
from rdflib import DCAT, DCTERMS, RDF, Graph, URIRef

from hearback.publish.formats import TABLES, data_files
from hearback.publish.frozen import ReleaseData, sha256
from tests.publish.publishing import make_release
from tests.publish.site import small_site

RULES = Draft7Validator(
    json.loads((Path(__file__).parent / "dcat_us.json").read_bytes()), format_checker=FormatChecker()
)
SITE = "http://127.0.0.1:8000"


def _problems(catalog: Any) -> list[str]:
    return [f"{list(one.path)}: {one.message[:200]}" for one in RULES.iter_errors(catalog)]


@pytest.fixture
def catalog(client: Client, site: ReleaseData) -> Any:
    return client.get("/data.json").json()


def test_it_keeps_the_rules_with_and_without_somebody_to_ask(
    catalog: Any, client: Client, settings: Settings
) -> None:
    assert _problems(catalog) == []
    assert "contactPoint" not in catalog
    settings.DATA_CONTACT = "mailto:data@example.org"
    told = client.get("/data.json").json()
    assert _problems(told) == []
    assert told["contactPoint"][0]["hasEmail"] == "mailto:data@example.org"


@pytest.mark.parametrize("gone", ["title", "description", "publisher"])
def test_the_rules_find_what_is_missing(catalog: Any, gone: str) -> None:
    del catalog["dataset"][1][gone]
    assert len(_problems(catalog)) == 1


def test_every_table_is_a_data_set_whose_files_are_there_with_their_hashes(
    catalog: Any, client: Client
) -> None:
    whole, *tables = catalog["dataset"]
    assert [one["title"] for one in tables] == [table.title for table in TABLES]
    assert whole["hasPart"] == [one["@id"] for one in tables]
    for dataset in catalog["dataset"]:
        for file in dataset["distribution"]:
            answer = client.get(file["downloadURL"].removeprefix(SITE))
            assert answer.status_code == 200, file
            body = answer.getvalue()
            if "checksum" in file:
                assert sha256(body) == file["checksum"]["checksumValue"]
                assert str(len(body)) == file["byteSize"]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_reader_of_linked_data_understands_every_name(client: Client, catalog: Any) -> None:
    graph = Graph().parse(data=json.dumps(catalog), format="json-ld")
    newest = URIRef(f"{SITE}/releases/1/")
    assert (newest, RDF.type, DCAT.Dataset) in graph
    assert (URIRef(f"{SITE}/data.json"), DCAT.dataset, newest) in graph
    assert (newest, DCTERMS.hasPart, URIRef(f"{SITE}/data/scores.csv")) in graph
    assert (newest, URIRef(f"{DCAT}inSeries"), URIRef(f"{SITE}/releases/")) in graph
    vocabularies = {str(one).rpartition("#")[0] or str(one).rpartition("/")[0] for one in graph.predicates()}
    assert vocabularies == {
        "http://www.w3.org/ns/dcat",
        "http://purl.org/dc/terms",
        "http://xmlns.com/foaf/0.1",
        "http://spdx.org/rdf/terms",
        "http://data.resources.gov/ontology/dcat-us",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns",
    }


def test_its_service_is_the_api(catalog: Any, client: Client) -> None:
    (service,) = catalog["service"]
    document = client.get(service["endpointDescription"][0].removeprefix(SITE)).json()
    assert document["openapi"].startswith("3.1")


def test_releases_are_a_series_and_each_stays_in_the_catalogue(
    client: Client, site: ReleaseData, at: datetime
) -> None:
    made = replace(small_site(), websites=())
    make_release(made, data_files(made), by="reviewer", at=at.replace(year=2027))
    told = client.get("/data.json").json()
    assert _problems(told) == []
    newest, first = told["dataset"][0], told["dataset"][-1]
    series = newest["inSeries"][0]
    assert (series["first"], series["last"]) == (first["@id"], newest["@id"])
    assert series["seriesMember"] == [first["@id"], newest["@id"]]
    assert (newest["previousVersion"], first["version"], first["inSeries"]) == (
        first["@id"], "1", [series["@id"]],
    )  # fmt: skip
    assert client.get("/data.json").content == client.get("/data.json").content
