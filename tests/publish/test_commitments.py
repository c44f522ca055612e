"""Commitments on pages and in their drawing: of which text, whom they bind, what is not in the record."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils.html import strip_tags

from hearback.publish.charts import grid
from hearback.publish.formats import data_files
from hearback.publish.pages.plan import Cited, cited
from tests.publish.publishing import make_release
from tests.publish.site import small_site

ORDER = "Executive Order 5"


def bound(*changes: dict[str, Any]) -> Any:
    """A site whose commitments are as its first one, but for what is said of each."""
    site = small_site()
    return replace(
        site,
        commitments=tuple(
            replace(site.commitments[0], key=f"c{n}", **change) for n, change in enumerate(changes)
        ),
    )


def read(client: Client, address: str) -> str:
    page = client.get(address, headers={"accept-language": "en"}).content.decode()
    return " ".join(strip_tags(page).split())


@pytest.mark.parametrize("address", ["/commitments/", "/agencies/va/"])
@pytest.mark.usefixtures("empty_home")
def test_the_one_text_of_all_references_is_named_once(address: str, client: Client, at: datetime) -> None:
    made = bound({"reference": f"{ORDER}, Section 4(a)"}, {"reference": f"{ORDER}, Section 4(b)"})
    make_release(made, data_files(made), by="reviewer", at=at)
    text = read(client, address)
    assert f"References such as “Section 4(a)” are to {ORDER}." in text
    assert text.count(ORDER) == 1
    assert "Section 4(b) ·" in text
    page = client.get(f"/es{address}").content.decode()
    assert f'remiten a <span lang="en">{ORDER}</span>.' in page


@pytest.mark.usefixtures("empty_home")
def test_a_group_begins_with_a_capital_and_what_is_not_known_is_not_in_this_record(
    client: Client, at: datetime
) -> None:
    every = {"bound_group": "all agencies", "reference": "Act 1, Section 1"}
    made = bound({**every, "agency_keys": (), "progress": None, "status": None}, every)
    make_release(made, data_files(made), by="reviewer", at=at)
    text = read(client, "/commitments/")
    assert "All agencies" in text
    assert ", all agencies" in text
    assert "– nothing in this record" in text
    (figure,) = grid.figures(made)
    assert "All agencies" in {row.name for row in figure.numbers}
    assert "All agencies" in {row[0] for row in figure.rows}


def test_no_text_is_named_where_references_are_to_several_or_only_one_is_there() -> None:
    one, other = f"{ORDER}, Section 1", "The Act, Section 2"
    two = ({"reference": one}, {"reference": f"{ORDER}, Section 2"})
    assert cited(bound(*two).commitments) == Cited(ORDER, "Section 1")
    several = ((one,), (one, one), (one, other), (one, "Section 2"), ("Section 1", "Section 2"), (None, None))
    for told in several:
        assert cited(bound(*({"reference": text} for text in told)).commitments) is None


def test_the_end_of_a_date_is_no_place_in_a_text() -> None:
    made = bound({"reference": f"{ORDER}, December 13, 2021"}, {"reference": f"{ORDER}, December 13, 2021"})
    assert cited(made.commitments) is None
