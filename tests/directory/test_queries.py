"""Reading the directory at any time."""

from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearback.directory import queries
from hearback.directory.commands import load
from hearback.directory.files import FileNotGood, check_no_circle
from tests.directory.small import AGENCIES, write


@pytest.fixture
def _small(tmp_path: Path, at: datetime, db: None) -> None:
    load(write(tmp_path), by="operator", at=at)


@pytest.mark.usefixtures("_small")
def test_providers_can_share_a_service_and_hand_one_over() -> None:
    def givers(key: str, on: date | None) -> list[str]:
        return [p.provider_key for s in queries.services(on) if s.key == key for p in s.provisions]

    assert sorted(givers("mooring", None)) == ["docks", "ports"]
    assert givers("mooring", date(2021, 12, 31)) == ["ports"]
    assert sorted(givers("mooring", date(2022, 1, 1))) == ["docks", "ports"]
    assert givers("mooring-by-post", date(2021, 12, 31)) == ["docks"]
    assert givers("mooring-by-post", date(2022, 1, 1)) == []


@pytest.mark.usefixtures("_small")
def test_every_pair_that_ever_was_is_known() -> None:
    assert queries.provision_pairs() == {
        ("docks", "mooring"), ("ports", "mooring"), ("docks", "mooring-by-post"),
    }  # fmt: skip


@pytest.mark.usefixtures("_small")
def test_codes_are_found_by_scheme() -> None:
    assert queries.codes("us-cx-provider") == {"2": "docks", "36": "ports"}
    assert queries.codes("us-cx-service") == {"3": "mooring"}
    assert queries.codes("no-such-scheme") == {}


@pytest.mark.usefixtures("_small")
def test_a_subtree_holds_the_agency_itself_and_nothing_beside_it() -> None:
    assert queries.agency_subtree("department") == {"department", "bureau"}
    assert queries.agency_subtree("bureau") == {"bureau"}
    assert queries.agency_subtree("nowhere") == frozenset()


@pytest.mark.usefixtures("_small")
def test_row_numbers_are_given_by_key() -> None:
    assert set(queries.agency_ids()) == {"bureau", "department", "river-nation"}
    assert set(queries.provider_ids()) == {"docks", "ports"}
    assert set(queries.service_ids()) == {"mooring", "mooring-by-post"}


@pytest.mark.django_db
def test_an_agency_is_there_from_its_first_day_to_the_day_before_its_end(
    tmp_path: Path, at: datetime
) -> None:
    timed = [{**AGENCIES[2], "starts_on": "2020-01-01", "ends_before": "2021-01-01"}]
    load(write(tmp_path, agencies=timed, providers=[], services=[], websites=[]), by="operator", at=at)
    days = [date(2019, 12, 31), date(2020, 1, 1), date(2020, 12, 31), date(2021, 1, 1)]
    assert [len(queries.agencies(day)) for day in days] == [0, 1, 1, 0]


@given(st.lists(st.lists(st.integers(0, 7), max_size=3), min_size=1, max_size=8))
def test_links_are_refused_exactly_where_some_way_never_ends(targets: list[list[int]]) -> None:
    links = {str(n): [str(t) for t in many if t < len(targets)] for n, many in enumerate(targets)}
    here = set(links)  # where one can be after any number of steps
    for _ in links:
        here = {following for one in here for following in links[one]}

    if not here:
        check_no_circle("a.json", links, "parent")
    else:
        with pytest.raises(FileNotGood):
            check_no_circle("a.json", links, "parent")
