"""The page of a quarter says whose surveys stand behind a number of the whole government."""

from dataclasses import replace

from django.test import Client

from hearback.publish.frozen import ReleaseData
from hearback.publish.pages.quarters import quarter
from hearback.publish.series import AGREE

OF_ONE = "All of these surveys are of one agency: Department of Veterans Affairs."


def only(release: ReleaseData) -> list[str | None]:
    return [one.only for one in quarter(release, "FY2021-Q4")["told"]]


def test_a_number_of_one_agency_alone_says_so(client: Client, site: ReleaseData) -> None:
    assert only(site) == ["Department of Veterans Affairs", None]
    assert OF_ONE in client.get("/quarters/FY2021-Q4/").content.decode()
    assert (
        "Todas estas encuestas son de una sola agencia"
        in client.get("/es/quarters/FY2021-Q4/").content.decode()
    )


def test_a_number_of_several_agencies_names_none(site: ReleaseData) -> None:
    of_agency = next(
        one
        for one in site.scores
        if (one.level, one.subject, one.quarter, one.measure) == ("agency", "va", "FY2021-Q4", AGREE)
    )
    two = replace(site, scores=(*site.scores, replace(of_agency, subject="usda")))
    assert only(two) == [None, None]


def test_surveys_of_no_agency_are_not_given_to_the_only_one(site: ReleaseData) -> None:
    more = tuple(
        replace(one, n_surveys=one.n_surveys + 1) if one.level == "government" else one for one in site.scores
    )
    assert only(replace(site, scores=more)) == [None, None]
