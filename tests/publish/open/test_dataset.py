"""The description for search engines, in the page of the data and alone."""

import json
import re

from django.test import Client
from pytest_django.fixtures import Settings

from hearback.publish.frozen import ReleaseData
from hearback.publish.open.dataset import for_page

BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def test_the_page_holds_what_the_file_says(client: Client, site: ReleaseData) -> None:
    (block,) = BLOCK.findall(client.get("/data/").content.decode())
    assert json.loads(block) == client.get("/dataset.jsonld").json()


def test_it_says_what_search_engines_ask_for(client: Client, site: ReleaseData) -> None:
    told = client.get("/dataset.jsonld").json()
    assert (told["@type"], told["version"]) == ("Dataset", "1")
    assert 50 <= len(told["description"]) <= 5000
    assert told["temporalCoverage"] == "2020-10-01/2021-10-01"
    formats = {one["encodingFormat"] for one in told["distribution"]}
    assert formats == {"application/zip", "text/csv", "application/vnd.apache.parquet"}
    for file in told["distribution"]:
        answer = client.get(file["contentUrl"].removeprefix("http://127.0.0.1:8000"))
        assert answer.status_code == 200, file
        assert answer.getvalue(), file


def test_no_word_of_it_ends_the_block_early(site: ReleaseData, settings: Settings) -> None:
    settings.PUBLISHER = "</script><b>&\u2028"
    text = for_page(site)
    assert not set("<>&\u2028") & set(text)
    assert json.loads(text)["creator"]["name"] == settings.PUBLISHER
