"""The catalogue of open data for harvesters, at /data.json: DCAT-US 3.

Source: https://resources.data.gov/resources/dcat-us3/. Each release is a data set of one series; a table is a
part of the newest one, with its files as distributions. Links hold on to the number of a release.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings

from hearback.publish.formats import TABLES
from hearback.publish.formats.datapackage_format import TITLE, license_of_data
from hearback.publish.formats.tables import Table
from hearback.publish.frozen import FileFact, ReleaseData, to_json
from hearback.publish.open.addresses import whole
from hearback.publish.queries import ReleaseFact

_ADDRESS = {"@type": "@id"}
CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "spdx": "http://spdx.org/rdf/terms#",
    "us": "http://data.resources.gov/ontology/dcat-us#",
    "@vocab": "http://www.w3.org/ns/dcat#",
    "Organization": "http://www.w3.org/ns/org#Organization",
    "Kind": "vcard:Kind",
    "Checksum": "spdx:Checksum",
    "name": "foaf:name",
    "fn": "vcard:fn",
    "checksumValue": "spdx:checksumValue",
    "describedBy": "us:describedBy",
    **{name: f"dct:{name}" for name in ("title", "description", "identifier", "issued", "modified")},
    "hasEmail": {"@id": "vcard:hasEmail", **_ADDRESS},
    "checksum": "spdx:checksum",
    "algorithm": {"@id": "spdx:algorithm", **_ADDRESS},
    **{
        name: {"@id": f"dct:{name}", **_ADDRESS}
        for name in ("publisher", "license", "accessRights", "accrualPeriodicity", "conformsTo", "hasPart")
    },
    **{
        name: {"@id": f"dcat:{name}", **_ADDRESS}
        for name in (
            "accessURL", "downloadURL", "mediaType", "packageFormat", "landingPage", "first", "last",
            "seriesMember", "previousVersion", "inSeries", "endpointURL", "endpointDescription",
            "servesDataset", "contactPoint",
        )
    },
}  # fmt: skip
"""What the names mean, held within the file, so that no reader has to fetch anything to understand it."""
STANDARD = "https://resources.data.gov/resources/dcat-us3/"
QUARTERLY = "http://publications.europa.eu/resource/authority/frequency/QUARTERLY"
PUBLIC = "http://publications.europa.eu/resource/authority/access-right/PUBLIC"
MEDIA = "https://www.iana.org/assignments/media-types/"
SERIES, API = "/releases/", "/api/v1/data/"
ABOUT = (
    "What people answered when public services asked them, what agencies promised, and how far they are: "
    "one frozen, numbered release, with a manifest of the hashes of all files."
)


def to_catalog(release: ReleaseData, releases: Sequence[ReleaseFact]) -> bytes:
    """Describe the newest release with all its tables, and name all earlier ones.

    Args:
        releases: all releases, newest first.
    """
    return to_json(
        {
            "@context": CONTEXT,
            "@id": whole("/data.json"),
            "@type": "Catalog",
            "conformsTo": STANDARD,
            "title": f"Open data of {settings.PUBLISHER}",
            "description": ABOUT,
            "publisher": publisher(),
            "modified": release.made_on.isoformat(),
            "license": license_of_data()["path"],
            "dataset": [_whole_release(release, releases), *_tables(release), *_earlier(releases)],
            "service": [_service(release.number)],
        }
        | _contact()
    )


def publisher() -> dict[str, str]:
    """Say who publishes."""
    return {"@type": "Organization", "@id": whole("/about/"), "name": settings.PUBLISHER}


def _contact() -> dict[str, Any]:
    """Say whom to ask: only a mail address will do there."""
    if not settings.DATA_CONTACT.startswith("mailto:"):
        return {}
    return {"contactPoint": [{"@type": "Kind", "fn": settings.PUBLISHER, "hasEmail": settings.DATA_CONTACT}]}


def _series(releases: Sequence[ReleaseFact]) -> dict[str, Any]:
    return {
        "@type": "DatasetSeries",
        "@id": whole(SERIES),
        "title": "Releases",
        "description": "All releases, in the order of their numbers; each names the one before it.",
        "publisher": publisher(),
        "issued": releases[-1].made_on.isoformat(),
        "modified": releases[0].made_on.isoformat(),
        "first": _id(releases[-1].number),
        "last": _id(releases[0].number),
        "seriesMember": [_id(one.number) for one in reversed(releases)],
    }


def _whole_release(release: ReleaseData, releases: Sequence[ReleaseFact]) -> dict[str, Any]:
    described = _dataset(_id(release.number), f"{TITLE}: release {release.number}", ABOUT, release)
    described |= {
        "landingPage": whole("/data/"),
        "inSeries": [_series(releases)],
        "distribution": list(_packages(release)),
        "hasPart": [_table_id(table) for table in TABLES if _has(release, table)],
    }
    return described | ({"previousVersion": _id(release.previous)} if release.previous else {})


def _packages(release: ReleaseData) -> Iterator[dict[str, Any]]:
    zipped = f"/releases/{release.number}.zip"
    yield {
        "@type": "Distribution",
        "title": "Everything in one file",
        "downloadURL": whole(zipped),
        "mediaType": f"{MEDIA}application/zip",
        "packageFormat": f"{MEDIA}application/zip",
        "license": license_of_data()["path"],
    }
    for file in release.files:
        if file.path == "datapackage.json":
            yield _distribution(release, file, "Data Package")


def _tables(release: ReleaseData) -> Iterator[dict[str, Any]]:
    for table in TABLES:
        if not _has(release, table):
            continue
        meaning = " ".join(f"{one.name}: {one.description}" for one in table.columns[:6])
        described = _dataset(_table_id(table), table.title, f"{table.title}. {meaning}", release)
        files = [file for file in release.files if file.path.startswith(f"data/{table.name}.")]
        yield described | {
            "landingPage": whole(f"/data/#table-{table.name}"),
            "distribution": [
                _distribution(release, file, file.path.rpartition(".")[2].upper())
                for file in files
                if not file.path.endswith(".csv-metadata.json")
            ],
        }


def _dataset(address: str, title: str, description: str, release: ReleaseData) -> dict[str, Any]:
    return {
        "@type": "Dataset",
        "@id": address,
        "identifier": [address],
        "title": title,
        "description": description,
        "publisher": publisher(),
        "issued": release.made_on.isoformat(),
        "modified": release.made_on.isoformat(),
        "version": str(release.number),
        "accessRights": PUBLIC,
        "accrualPeriodicity": QUARTERLY,
        "keyword": "customer experience",
        "describedBy": {
            "@type": "Distribution",
            "title": "Data dictionary",
            "downloadURL": whole(f"/releases/{release.number}/data/dictionary.json"),
            "mediaType": f"{MEDIA}application/json",
        },
        "temporalResolution": "P3M",
    } | _contact()


def _distribution(release: ReleaseData, file: FileFact, title: str) -> dict[str, Any]:
    return {
        "@type": "Distribution",
        "title": title,
        "downloadURL": whole(f"/releases/{release.number}/{file.path}"),
        "accessURL": whole("/data/"),
        "mediaType": f"{MEDIA}{file.media_type}",
        "byteSize": str(file.bytes),
        "license": license_of_data()["path"],
        "checksum": {
            "@type": "Checksum",
            "algorithm": "http://spdx.org/rdf/terms#checksumAlgorithm_sha256",
            "checksumValue": file.sha256,
        },
    }


def _earlier(releases: Sequence[ReleaseFact]) -> Iterator[dict[str, Any]]:
    for one in releases[1:]:
        yield {
            "@type": "Dataset",
            "@id": _id(one.number),
            "identifier": [_id(one.number)],
            "title": f"{TITLE}: release {one.number}",
            "description": ABOUT,
            "publisher": publisher(),
            "issued": one.made_on.isoformat(),
            "version": str(one.number),
            "accessRights": PUBLIC,
            "landingPage": _id(one.number),
            "inSeries": [whole(SERIES)],
        }


def _service(number: int) -> dict[str, Any]:
    return {
        "@type": "DataService",
        "@id": whole(API),
        "title": "API to read the open data",
        "description": "Tables of the newest release, by period, agency, service and measure.",
        "publisher": publisher(),
        "endpointURL": [whole(API)],
        "endpointDescription": [whole(f"{API}openapi.json")],
        "license": license_of_data()["path"],
        "servesDataset": [_id(number)],
        "contactPoint": [whole("/about/")],  # nothing else will do where nobody is named
    } | _contact()


def _has(release: ReleaseData, table: Table) -> bool:
    return any(file.path == f"data/{table.name}.csv" for file in release.files)


def _id(number: int) -> str:
    return whole(f"/releases/{number}/")


def _table_id(table: Table) -> str:
    return whole(f"/data/{table.name}.csv")
