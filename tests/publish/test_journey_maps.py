"""Maps of journeys to keep: a picture and a paper with all of it, whatever stands in it."""

import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from hearback.publish.charts.look import INK, MUTED
from hearback.publish.frozen import ReleaseData
from hearback.publish.maps.paper import paper
from hearback.publish.maps.picture import picture
from hearback.publish.maps.told import ToldMap
from tests.pdfs import asked, elements
from tests.publish.journeys import journey, journeys, long_journey
from tests.publish.publishing import make_release
from tests.publish.site import small_site
from tests.publish.told import HASH, told_of

NO_WIDTH = "\u200b"


def words(svg: bytes) -> str:
    parts = (element.text or "" for element in ElementTree.fromstring(svg).iter())
    return " ".join(" ".join(parts).split())


def pages(pdf: bytes) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        texts = [page.get_textpage().get_text_range() for page in document]
    return [" ".join(text.replace(NO_WIDTH, "").split()) for text in texts]


CARE, CHILD, HOUSE = (told_of(found) for found in journeys())


def test_a_picture_says_what_the_page_says() -> None:
    said = words(picture(CARE))
    for part in (
        "Journey: Receiving outpatient care", "1. Asking for a visit", "2. Visiting", "Calls the clinic.",
        "With: Department of Veterans Affairs", "Channel: phone", "Minutes: 40 (30 to 90)",
        "Days of waiting: 14 to 60", "Documents: 3; US dollars: 12.5",
        "Feeling: bad. Waits in the queue <long>.", "Not known: channel, feeling", "Weeks go by.",
        "25 % of 48 answers name it (interval 14–\u206039 %); about 300 people in a year",
        "Pain points, stage not known Nobody knows which form. Size not known",
        "Minutes: at least 50 (known of 2 of 3 steps)", "Hours of all people in a year: at least 1,000",
        "People who go through it in a year: 1,200", "Source: not known",
        f"Release 7 of 5 January 2026, manifest SHA-256 {HASH}",
    ):  # fmt: skip
        assert part in said, part


def test_a_picture_has_a_name_a_description_and_nothing_that_runs() -> None:
    for found in (CARE, told_of(long_journey())):
        body = picture(found)
        root = ElementTree.fromstring(body)
        title, description = root[0], root[1]
        assert (root.get("aria-labelledby") or "").split() == [title.get("id"), description.get("id")]
        assert title.text == f"Journey: {found.name}"
        assert f"{len(found.stages)} stages, {found.n_steps} steps" in (description.text or "")
        assert not re.search(rb"<script|<style|style=|\son[a-z]+=|href=|<image|<foreignObject", body)
        inks = {e.get("fill") for e in root.iter("{http://www.w3.org/2000/svg}text")}
        assert inks <= {INK, MUTED}, "dark words on light paper"


def test_a_feeling_is_told_by_where_its_mark_stands_and_by_a_broken_edge_where_it_is_not_known() -> None:
    root = ElementTree.fromstring(picture(CARE))
    circles = [e for e in root.iter() if e.tag.endswith("circle")][-3:]
    call, form, visit = (float(e.get("cy") or 0) for e in circles)
    assert visit < call < form, "very good above bad above not known"
    assert [e.get("stroke-dasharray") for e in circles] == [None, "3 2", None]


def test_of_stages_without_steps_and_of_no_stages_a_map_says_so() -> None:
    assert words(picture(CHILD)).count("Steps not published") == 2
    assert "Its stages were not published." in words(picture(HOUSE))
    assert "– steps were not published" in pages(paper(CHILD))[0]
    (house,) = pages(paper(HOUSE))
    for part in ("– stages were not published", "– none was published", "nothing can be added up"):
        assert part in house


def test_a_paper_has_the_whole_map_its_sources_and_its_release() -> None:
    first, second = pages(paper(CARE))
    for part in (
        "Stage 1: Asking for a visit", "Stage 2: Visiting", "minutes: 40 (30 to 90)", "documents: 3",
        "bad. Waits in the queue <long>.", "Share agreeing", "– not known", "days of waiting: 14 to 60",
        "25 % of 48 answers name it (interval 14–\u206039 %); about 300 people in a year", "Many wrote so.",
        "https://example.org/source", "Minutes at least 50 known of 2 of 3 steps", "Page 1 of 2",
    ):  # fmt: skip
        assert part in first, part
    for part in ("a year: 1,200", "Source: – not known", HASH, "Release 7 of 5 January 2026", "Page 2 of 2"):
        assert part in second, part


def test_a_paper_is_tagged_with_tables_headings_and_its_language() -> None:
    with pypdfium2.PdfDocument(paper(CARE)) as document:
        assert document.get_metadata_dict()["Title"] == "Journey: Receiving outpatient care"
        assert pdfium.FPDFCatalog_IsTagged(document)
        assert asked(pdfium.FPDFCatalog_GetLanguage, document) == "en"
        width, height = document[0].get_size()
        assert (round(width), round(height)) == (842, 595)
        tree = pdfium.FPDF_StructTree_GetForPage(document[0])
        kinds = [asked(pdfium.FPDF_StructElement_GetType, one) for one in elements(tree)]
        pdfium.FPDF_StructTree_Close(tree)
    assert (kinds.count("H1"), kinds.count("H2"), kinds.count("Table")) == (1, 3, 3)
    assert kinds.count("TH") == 8 + 2 + 6 + 3, "heads of columns, and two stages"


def latin() -> ToldMap:
    """The long journey without letters that only fonts of some machines have."""
    found = told_of(long_journey())
    stages = tuple(
        replace(s, steps=tuple(replace(p, gist=re.sub("[^\x00-ÿ]+", "Signs. ", p.gist)) for p in s.steps))
        for s in found.stages
    )
    points = tuple(replace(p, gist=re.sub("[^\x00-ÿ]+", "Signs. ", p.gist)) for p in found.pain_points)
    return replace(found, stages=stages, pain_points=points)


def test_words_are_words_in_a_paper_and_never_markup() -> None:
    said = " ".join(pages(paper(latin())))
    assert said.count("</text><script>alert(1)</script>") == 8 + 1
    assert said.count('#read("x")') == 8 + 1
    assert said.count("Pays.") == 8 + 1, "no step is left out"


def test_signs_that_nobody_sees_do_not_keep_a_paper_from_being_set() -> None:
    (first,) = pages(paper(replace(HOUSE, gist="one\ufefftwo\x01three\x7f")))
    assert "one\ufffdtwo\ufffdthree\ufffd" in first


def test_no_letter_of_a_paper_lies_on_another_or_outside() -> None:
    with pypdfium2.PdfDocument(paper(latin())) as document:
        page = document[0]
        width, text = page.get_size()[0], page.get_textpage()
        boxes = [text.get_charbox(n) for n in range(text.count_chars()) if text.get_text_range(n, 1).strip()]
    seen = sorted({box for box in boxes if box[2] - box[0] > 1 and box[3] - box[1] > 1})  # ff is one letter
    assert len(seen) > 500
    assert max(box[2] for box in seen) < width - 40
    for n, (left, bottom, right, top) in enumerate(seen):
        for other in seen[n + 1 :]:
            across = min(right, other[2]) - max(left, other[0])
            down = min(top, other[3]) - max(bottom, other[1])
            assert not (across > 1.5 and down > 1.5), (seen[n], other)


def test_the_same_release_gives_the_same_bytes() -> None:
    assert (paper(CARE), picture(CARE)) == (paper(CARE), picture(CARE))


@pytest.mark.parametrize(("kind", "media"), [("svg", "image/svg+xml"), ("pdf", "application/pdf")])
def test_the_page_of_a_journey_leads_to_its_maps(
    client: Client, site: ReleaseData, kind: str, media: str
) -> None:
    page = client.get("/journeys/outpatient-care/").content.decode()
    assert f'href="/journeys/outpatient-care/map.{kind}"' in page
    answer = client.get(f"/journeys/outpatient-care/map.{kind}")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, media)
    name = f"hearback-release-1-journey-outpatient-care.{kind}"
    assert answer.headers["Content-Disposition"] == f'inline; filename="{name}"'
    said = words(answer.content) if kind == "svg" else " ".join(pages(answer.content))
    assert f"manifest SHA-256 {site.manifest_sha256}" in said
    again = client.get(
        f"/journeys/outpatient-care/map.{kind}", headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert again.status_code == 304
    assert client.get(f"/journeys/no-such-journey/map.{kind}").status_code == 404


def test_where_no_font_has_a_letter_the_paper_is_refused_with_the_reason(
    client: Client, db: None, tmp_path: Path, settings: Settings, at: datetime
) -> None:
    settings.HOME = tmp_path
    (tmp_path / "releases").mkdir()
    odd = replace(small_site(), journeys=(journey("odd", "Odd \ue123"),))
    make_release(odd, {}, by="reviewer", at=at)
    assert client.get("/journeys/odd/map.svg").status_code == 200
    answer = client.get("/journeys/odd/map.pdf")
    assert (answer.status_code, answer.headers["Content-Type"]) == (503, "text/plain; charset=utf-8")
    assert r"no font has the letter '\ue123'" in answer.content.decode()
