"""Every public page, read from a small release."""

import re
from collections import deque
from dataclasses import replace

import pytest
from django.test import Client

from hearback.publish.frozen import ReleaseData
from hearback.publish.pages.catalogue import Catalogue
from hearback.publish.pages.directory import service_line
from hearback.publish.pages.quarters import quarters
from hearback.publish.pages.service import survey_quarters
from hearback.publish.pages.why import left_out
from tests.publish.page import Page

PAGES = (
    "/",
    "/priority-areas/pma-cx/",
    "/strategies/pma-cx-s1/",
    "/life-experiences/",
    "/life-experiences/having-a-child/",
    "/journeys/having-a-child/",
    "/journeys/moving-house/",
    "/journeys/outpatient-care/",
    "/agencies/",
    "/agencies/va/",
    "/agencies/usda/",
    "/agencies/usda-part/",
    "/providers/",
    "/providers/va-vha/",
    "/providers/usda-fsa/",
    "/providers/va-vha/plans/2023/",
    "/providers/va-vha/plans/2024/",
    "/providers/va-vha/plans/2026/",
    "/capacity-areas/",
    "/services/",
    "/services/va-vha-2/",
    "/services/usda-fsa-3/",
    "/services/va-vha-9/",
    "/commitments/",
    "/funding/",
    "/updates/",
    "/data/",
    "/data/dictionary/",
    "/methods/",
    "/methods/trust-agree-share/",
    "/methods/trust-mean/",
    "/releases/",
    "/releases/1/",
    "/search/kinds/services/",
    "/search/letters/r/",
    "/accessibility/",
    "/privacy/",
    "/about/",
)
UNKNOWN = (
    "/priority-areas/none/",
    "/strategies/none/",
    "/life-experiences/none/",
    "/journeys/none/",
    "/agencies/none/",
    "/providers/none/",
    "/providers/va-vha/plans/2025/",
    "/providers/none/plans/2024/",
    "/services/none/",
    "/data/none.csv",
    "/charts/none.svg",
    "/methods/none/",
    "/releases/9/",
    "/releases/1/none.csv",
    "/releases/1/../../keys/secret_key",
    "/data/..%2F..%2Fkeys%2Fsecret_key",
    "/search/kinds/none/",
    "/search/letters/none/",
    "/none/",
)


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


@pytest.mark.parametrize("address", PAGES)
def test_a_page_keeps_the_rules_of_every_page(address: str, client: Client, site: ReleaseData) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    text = answer.content.decode()
    page = Page(text)
    assert page.forbidden == []
    assert page.headings[0] == 1
    assert page.headings.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(page.headings, page.headings[1:], strict=False))
    assert len(page.ids) == len(set(page.ids))
    assert '<html lang="en"' in text
    assert "script-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert "Release 1" in text
    assert "scores for FY2021 Q1 to FY2021 Q4" in text
    assert site.manifest_sha256 in text
    assert not re.search(r"\{[{%]|None<|\bnan\b", text)


def test_every_page_describes_itself_in_a_sentence(client: Client, site: ReleaseData) -> None:
    said = {}
    for address in PAGES:
        found = re.findall(r'<meta name="description" content="([^"]+)">', read(client, address))
        assert len(found) == 1, address
        assert found[0] == found[0].strip()
        said[address] = found[0]
    assert len(set(said.values())) == len(PAGES)
    assert "Receiving outpatient care" in said["/services/va-vha-2/"]
    assert "&lt;Parts&gt;" in said["/agencies/usda-part/"]


def test_two_addresses_of_one_page_name_the_same_one(client: Client, site: ReleaseData) -> None:
    link = '<link rel="canonical" href="http://127.0.0.1:8000/">'
    assert link in read(client, "/")
    assert link in read(client, "/priority-areas/pma-cx/")
    assert "canonical" not in read(client, "/services/")


def test_leads_say_how_many_were_asked_about(client: Client, site: ReleaseData) -> None:
    assert "in this release for 2 of them" in read(client, "/services/")
    assert "Surveys of 2 of them" in read(client, "/providers/")
    assert "Service providers are known for 2 of them" in read(client, "/agencies/")


def test_a_service_that_was_still_reporting_says_when_that_was_read(
    client: Client, site: ReleaseData
) -> None:
    line = service_line(
        Catalogue(site),
        replace(site.services[0], state="reporting_at_last_extract", last_quarter="FY2023-Q1"),
    )
    assert line["state"] == "was reporting when the data were last read, in FY2023 Q1"
    unknown = service_line(
        Catalogue(site), replace(site.services[0], state="reporting_at_last_extract", last_quarter=None)
    )
    assert unknown["state"] == "was reporting when the data were last read"


def test_every_link_within_the_site_leads_somewhere(client: Client, site: ReleaseData) -> None:
    found: dict[str, Page] = {}
    dead = []
    waiting = deque(["/"])
    while waiting:
        address = waiting.popleft()
        answer = client.get(address)
        if answer.status_code != 200 and not address.startswith("/sign-in/"):
            dead.append((address, answer.status_code))
        is_page = answer.headers["Content-Type"].startswith("text/html")
        body = answer.getvalue()
        found[address] = Page(body.decode() if is_page else "")
        for link in found[address].links:
            target = link.split("#")[0] or address
            if target not in found and target not in waiting:
                waiting.append(target)
    assert dead == []
    assert set(PAGES) <= set(found)
    for address, page in found.items():
        for link in page.links:
            target, _, anchor = link.partition("#")
            assert not anchor or anchor in found[target or address].ids, f"{address} links to {link}"


@pytest.mark.parametrize("address", UNKNOWN)
def test_what_the_release_does_not_hold_is_not_found(address: str, client: Client, site: ReleaseData) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert "There is no page at this address" in answer.content.decode()


def test_before_the_first_release_the_site_says_so(db: None, client: Client) -> None:
    assert "Nothing is published yet" in read(client, "/")
    assert "Nothing is published yet" in read(client, "/services/va-vha-2/")
    assert client.get("/data/scores.csv").status_code == 404


def test_pages_are_only_read(client: Client, site: ReleaseData) -> None:
    assert client.post("/").status_code == 405


def test_no_page_ranks_anybody(client: Client, site: ReleaseData) -> None:
    said = re.compile(
        r"\b(best|worst|top \d|bottom|rank(?:ed|ing)?|leader ?board|highest|lowest)\b", re.IGNORECASE
    )
    for address in PAGES:
        text = re.sub(r"<[^>]+>", " ", read(client, address))
        assert not said.search(text), (address, said.search(text))


def test_the_priority_area_page_has_every_block(client: Client, site: ReleaseData) -> None:
    text = read(client, "/")
    assert "An official website of the United States government" in text
    for heading in (
        "Priority area leaders",
        "Summary of progress",
        "The challenge",
        "The opportunity",
        "Strategies",
        "Life experiences",
        "Trust after a transaction",
        "Success measures",
        "A curated view of progress",
        "Funding",
    ):
        assert re.search(rf"<h2[^>]*>{heading}", text), heading
    said_first = re.search(r'<p class="note">This site puts.*?</p>', text)
    assert said_first
    assert 'href="/about/"' in said_first[0]
    alone = _main(text).replace(said_first[0], "")
    assert alone.split() == _main(read(client, "/priority-areas/pma-cx/")).split()


def _main(text: str) -> str:
    return text.split('tabindex="-1">', 1)[1].split("</main>", maxsplit=1)[0].strip()


def test_an_empty_seat_is_shown_vacant_with_who_sat_there_before(client: Client, site: ReleaseData) -> None:
    text = read(client, "/")
    assert '<p class="seat__name">Vacant</p>' in text
    assert "Robin Carnahan, Administrator" in text
    assert "15 March 2022 to April 2023" in text


def test_summaries_of_progress_stand_newest_first(client: Client, site: ReleaseData) -> None:
    text = read(client, "/")
    assert 0 < text.index("The newer one.") < text.index("The older one.")


def test_a_target_that_was_never_published_is_said_to_be_missing(client: Client, site: ReleaseData) -> None:
    assert "No target was published" in read(client, "/")


def test_what_was_asked_for_is_never_money_given(client: Client, site: ReleaseData) -> None:
    text = read(client, "/")
    assert "$100\u00a0million" in text
    assert "77.7" not in text
    assert "$177" not in text
    requests = read(client, "/funding/").split("<h3>Asked for in a budget</h3>")[1]
    assert "A request is not money given" in requests
    assert "$77.7\u00a0million" in requests


def test_a_service_page_shows_share_interval_and_answers(client: Client, site: ReleaseData) -> None:
    text = read(client, "/services/va-vha-2/")
    row = re.search(r"FY2021 Q4</th>(.*?)</tr>", text, re.DOTALL)
    assert row
    cells = re.sub(r"<[^>]+>|[ \n]+", " ", row[1])
    assert "91.1\u00a0%" in cells
    assert "87.1–\u206095.2\u00a0%" in cells
    assert " 450 " in cells


def test_a_quarter_without_a_number_says_why(client: Client, site: ReleaseData) -> None:
    row = re.search(r"FY2021 Q3</th>(.*?)</tr>", read(client, "/services/va-vha-2/"), re.DOTALL)
    assert row
    assert "no survey" in row[1]
    assert "–" in row[1]


def test_cautions_are_written_out_under_the_table(client: Client, site: ReleaseData) -> None:
    text = read(client, "/services/va-vha-2/")
    assert "<dt>a</dt><dd>The surveys added up are not those of the quarter before" in text


def test_a_survey_too_small_to_show_shows_no_figure(client: Client, site: ReleaseData) -> None:
    survey = read(client, "/services/va-vha-2/").split("<h3>Paper form")[1].split('<div class="survey">')[0]
    assert "too few to show" in survey
    assert "not reported or too few" in survey
    assert "%" not in survey.split("Response rate")[0].split("Agree")[1]


def test_a_response_rate_names_both_counts(client: Client, site: ReleaseData) -> None:
    text = read(client, "/services/va-vha-2/")
    assert "400 respondents of 4,000 people offered the survey" in text


def test_a_service_whose_question_is_its_own_has_no_trend(client: Client, site: ReleaseData) -> None:
    text = read(client, "/services/usda-fsa-3/")
    assert "can be added up or compared" in text
    assert "The question asks something else." in text
    assert text.count("<svg") == 2, "who was asked and who answered, wide and narrow, and no trend"
    assert 'href="/charts/response-usda-fsa-3/"' in text


def test_a_service_that_two_providers_share_names_both(client: Client, site: ReleaseData) -> None:
    text = read(client, "/services/usda-fsa-3/")
    assert "Farm Service Agency" in text
    assert "Veterans Health Administration" in text
    assert "usda-fsa-3" in read(client, "/providers/va-vha/")


def test_why_a_number_is_what_it_is_stands_beside_it(client: Client, site: ReleaseData) -> None:
    why = read(client, "/services/va-vha-2/").split("Why this number")[1].split("</details>")[0]
    assert "share who chose 4 or 5 of 5" in why
    assert "410 answers 4 and 5 / 450 answers" in why
    assert "/methods/trust-agree-share/" in why
    assert "1 survey: Too few people answered." in why
    assert "need an installation with this data loaded" in why
    assert "hearback measure" in why


def test_an_agency_counts_what_was_left_out_of_its_parts(site: ReleaseData) -> None:
    farm = next(p for p in site.providers if p.key == "usda-fsa")
    moved = replace(site, providers=(replace(farm, agency_key="usda-part"),))
    book = Catalogue(moved)
    assert left_out(book, "agency", "usda") == left_out(book, "agency", "usda-part")
    assert left_out(book, "agency", "usda") == (("The question asks something else.", 1),)
    assert left_out(book, "agency", "va") == ()


@pytest.mark.parametrize("address", ["/", "/agencies/va/", "/providers/va-vha/", "/services/va-vha-2/"])
def test_left_out_of_a_number_is_what_was_left_out_of_its_quarter(
    address: str, client: Client, site: ReleaseData
) -> None:
    why = read(client, address).split("Why this number")[1].split("</details>")[0]
    assert "FY2021 Q4" in why.split("<dt>Value")[1].split("<dt>")[0]
    said = re.findall(r"\d surveys?: [^<]*", why.split("<dt>Left out")[1].split("<dt>")[0])
    assert said == ["1 survey: Too few people answered."]


def test_what_is_left_out_of_other_questions_is_not_left_out_of_trust(site: ReleaseData) -> None:
    of_ease = tuple(replace(e, question="ease") for e in site.exclusions)
    both, ease_only = (replace(site, exclusions=e) for e in ((*site.exclusions, *of_ease), of_ease))
    for level, subject in (("government", "all"), ("service", "va-vha-2"), ("agency", "va")):
        assert left_out(Catalogue(both), level, subject) == left_out(Catalogue(site), level, subject) != ()
        assert left_out(Catalogue(ease_only), level, subject) == ()
    assert survey_quarters(Catalogue(both), "va-vha-2") == survey_quarters(Catalogue(site), "va-vha-2")


def test_answers_that_are_left_out_are_not_counted_in_their_quarter(site: ReleaseData) -> None:
    def answers(release: ReleaseData) -> dict[str, str | None]:
        return {str(line.quarter): line.answers for line in quarters(release)["lines"]}

    of_q4 = [survey for survey in site.surveys if survey.quarter == "FY2021-Q4"]
    left_out = tuple(replace(site.exclusions[0], survey=one.key, quarter=one.quarter) for one in of_q4)
    assert answers(site)["FY2021-Q4"] == "450"
    assert answers(replace(site, exclusions=left_out))["FY2021-Q4"] is None
    of_ease = tuple(replace(one, question="ease") for one in left_out)
    assert answers(replace(site, exclusions=of_ease))["FY2021-Q4"] == "450"


def test_the_service_page_lists_what_was_left_out_of_every_quarter(client: Client, site: ReleaseData) -> None:
    listed = read(client, "/services/va-vha-2/").split('id="left-out"')[1].split("</section>")[0]
    assert "Too few people answered." in listed
    assert "People could answer only yes or no." in listed


@pytest.mark.parametrize("address", ["/commitments/", "/strategies/pma-cx-s1/", "/funding/"])
def test_tables_of_promises_and_money_can_stack_and_stay_tables(
    address: str, client: Client, site: ReleaseData
) -> None:
    table = read(client, address).split("usa-table--stacked")[1].split("</table>")[0]
    heads = re.findall(r'role="columnheader"[^>]*>([^<]+)<', table)
    row = table.split("<tbody")[1].split("</tr>")[0]
    labels = re.findall(r'<td role="cell"[^>]* data-label="([^"]+)">', row)
    assert row.count("<td") == len(labels) == len(heads) - 1
    assert row.count('role="rowheader"') == 1
    assert [head for head in heads if head in labels] == labels


def test_a_release_says_what_can_be_checked_without_an_installation(
    client: Client, site: ReleaseData
) -> None:
    verify = read(client, "/releases/1/").split('id="verify"')[1].split("</section>")[0]
    alone, installed = verify.split("With Hearback installed")
    assert "Without installing anything" in alone
    assert "sha256sum manifest.json scores.csv" in alone
    assert "hearback publish" not in alone
    assert "/releases/1/ --key key.pem" in installed


def test_names_from_the_data_cannot_become_markup(client: Client, site: ReleaseData) -> None:
    text = read(client, "/agencies/usda-part/")
    assert "Office of &lt;Parts&gt; &amp; Pieces" in text
    assert "&lt;script&gt;" in read(client, "/methods/trust-mean/")


def test_method_pages_link_to_each_other_and_align_without_style(client: Client, site: ReleaseData) -> None:
    text = read(client, "/methods/trust-agree-share/")
    assert 'href="/methods/trust-mean/"' in text
    assert '<th class="number" scope="col">share</th>' in text


def test_crawlers_may_read_everything_public(client: Client) -> None:
    assert "Disallow: /dashboard/" in client.get("/robots.txt").content.decode()
