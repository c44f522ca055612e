"""The open data as a schema.org Dataset in JSON-LD, for search engines: in the page of the data, and alone.

Source: https://schema.org/Dataset.
"""

import json
from typing import Any

from django.conf import settings

from hearback.fiscal import parse_quarter
from hearback.publish.formats.datapackage_format import TITLE, license_of_data
from hearback.publish.frozen import ReleaseData
from hearback.publish.open.addresses import whole
from hearback.publish.open.catalog import ABOUT
from hearback.publish.pages.catalogue import catalogue

FOR_SCRIPT = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def described(release: ReleaseData) -> dict[str, Any]:
    """Describe a release."""
    found: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": whole(f"/releases/{release.number}/"),
        "name": TITLE,
        "description": ABOUT,
        "url": whole("/data/"),
        "version": str(release.number),
        "datePublished": release.made_on.isoformat(),
        "license": license_of_data()["path"],
        "isAccessibleForFree": True,
        "inLanguage": "en",
        "keywords": ["customer experience", "public services", "trust", "surveys"],
        "creator": {"@type": "Organization", "name": settings.PUBLISHER, "url": settings.SITE_URL},
        "includedInDataCatalog": {"@type": "DataCatalog", "url": whole("/data.json")},
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": "application/zip",
                "contentUrl": whole(f"/releases/{release.number}.zip"),
            },
            *(
                {
                    "@type": "DataDownload",
                    "encodingFormat": file.media_type,
                    "contentUrl": whole(f"/releases/{release.number}/{file.path}"),
                    "sha256": file.sha256,
                }
                for file in release.files
                if file.path.startswith("data/") and file.path.endswith((".csv", ".parquet"))
            ),
        ],
    }
    quarters = catalogue(release).scored
    if quarters:
        start, end = parse_quarter(quarters[0]), parse_quarter(quarters[-1])
        first = start.starts_on(settings.FISCAL_YEAR_STARTS).isoformat()
        found["temporalCoverage"] = f"{first}/{end.ends_before(settings.FISCAL_YEAR_STARTS).isoformat()}"
    return found


def for_page(release: ReleaseData) -> str:
    """Write the description so that it can stand within a script element, whatever it says."""
    return json.dumps(described(release), ensure_ascii=False).translate(FOR_SCRIPT)
