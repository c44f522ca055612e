"""Figures: the page of each has every number that is drawn, and so have its files; others may frame it."""

import csv
import io
import json
import re
from dataclasses import replace
from html import unescape
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils.html import escape
from django.utils.translation import override

from hearback.measure.rules import FLAGS
from hearback.publish.charts import Figure, figures
from hearback.publish.charts.flow import HEIGHT
from hearback.publish.charts.look import finish
from hearback.publish.charts.of_scores import TREND_COLUMNS
from hearback.publish.frozen import Content, ReleaseData
from hearback.publish.pages.figure_table import table_of
from hearback.publish.said import said
from hearback.publish.series import AGREE
from tests.publish.banded import SVG, banded, drawing, named
from tests.publish.scores import survey
from tests.publish.site import small_site

CLAIMS = re.compile(r"\b(improv\w+|better|worse|rose|fell|decreas\w+|best|worst|because)\b", re.IGNORECASE)


def words(root: ElementTree.Element) -> list[str]:
    return [node.text or "" for node in root.iter(f"{SVG}text")]


def every(content: Content) -> list[Figure]:
    return [*figures(content), *(one for one in figures(banded()) if one.name.startswith("services"))]


def test_no_sentence_claims_that_anything_got_better_or_why() -> None:
    for figure in every(small_site()):
        for sentence in figure.says:
            assert not CLAIMS.search(sentence), (figure.name, sentence)
        assert figure.alt.endswith("The table gives every number.")


@pytest.mark.parametrize("narrow", [False, True])
def test_nothing_is_drawn_outside_the_picture(narrow: bool) -> None:
    checked = 0
    for figure in every(small_site()):
        drawn = figure.draw(figure.numbers, narrow)
        if not isinstance(drawn, str):
            continue
        root = ElementTree.fromstring(drawn)
        width, height = float(root.get("width", "0")), float(root.get("height", "0"))
        for node in root.iter():
            for x, y in ((node.get("x"), node.get("y")), (node.get("cx"), node.get("cy"))):
                if x is not None and y is not None:
                    assert -0.1 <= float(x) <= width + 0.1, (figure.name, node.attrib, node.text)
                    assert -0.1 <= float(y) <= height + 0.1, (figure.name, node.attrib, node.text)
                    checked += 1
            if node.tag == f"{SVG}rect":
                assert float(node.get("x", "0")) + float(node.get("width", "0")) <= width + 0.1, figure.name
    assert checked > 50


def test_a_funnel_shows_volumes_to_scale_and_says_what_is_not_told() -> None:
    half = survey("s2", "FY2021-Q4", name="By post", customers_count=None, customers_reason="not_reported")
    site = replace(small_site(), surveys=(*small_site().surveys, half))
    figure = named(site, "response-va-vha-2")
    root = drawing(figure)
    assert {"9,000", "4,000", "400"} <= set(words(root))
    bars = [n for n in root.iter(f"{SVG}rect") if n.get("fill") == "#07648c"]
    widths = [float(n.get("width", "0")) for n in bars]
    assert len(widths) == 7, "two, three, and two of the paper form"
    assert widths[0] / widths[1] == pytest.approx(10, rel=0.01)
    assert widths[2] / widths[4] == pytest.approx(9000 / 400, rel=0.01)
    assert "not told" in words(root)
    row = next(row for row in figure.rows if row[1] == "By post")
    assert (row[3], row[9]) == (None, "customers: not reported")


def test_the_grid_has_a_tile_for_each_commitment_in_the_row_of_each_agency() -> None:
    site = small_site()
    figure = named(site, "commitments")
    bound = sum(len(one.agency_keys) + bool(one.bound_group) or 1 for one in site.commitments)
    assert sum(len(row.shapes) for row in figure.numbers) == len(figure.rows) == bound
    assert [row.name for row in figure.numbers] == sorted(
        (row.name for row in figure.numbers), key=str.casefold
    )
    assert figure.says[0].startswith(f"{len(site.commitments)} commitments: ")
    assert (f"so there are {bound} tiles." in figure.note) == (bound > len(site.commitments))
    first = site.commitments[0]
    shared = replace(site, commitments=(replace(first, agency_keys=("va", "usda")),))
    note = named(shared, "commitments").note
    assert note.endswith("What binds several stands in the row of each, so there are 2 tiles.")
    with override("es"):
        assert said(note).endswith("está en la fila de cada una, así que hay 2 fichas.")
    beside = replace(site, commitments=(replace(first, agency_keys=("va",), bound_group="all agencies"),))
    assert [row.name for row in named(beside, "commitments").numbers] == [
        "All agencies",
        "Department of Veterans Affairs",
    ]
    alone = replace(site, commitments=(replace(first, agency_keys=("va",)),))
    assert "agencies" not in named(alone, "commitments").note


def test_bands_of_money_are_as_thick_as_the_amounts() -> None:
    given = (("a", "va", 30), ("b", "va", 60), ("c", "usda", None))
    one = small_site().funding[0]
    awards = tuple(
        replace(
            one, key=key, kind="fund_investment", agency_keys=(agency,), amount_usd=amount,
            customer_experience=key == "a",
        )
        for key, agency, amount in given
    )  # fmt: skip
    figure = named(replace(small_site(), funding=awards), "funding")
    ends = [n for n in drawing(figure).iter(f"{SVG}rect") if n.get("width") == "5"]
    heights = sorted({float(n.get("height", "0")) for n in ends})
    assert heights == pytest.approx([HEIGHT / 3, HEIGHT * 2 / 3], abs=0.1)
    assert figure.says[0] == "3 awards; the 2 with an amount add up to $90."
    assert "For 1 no amount was stated, so more was awarded." in figure.says
    assert figure.says[-1] == "Not for customer experience: 1 of those with an amount, $60."
    assert "amount not stated" in words(drawing(figure, narrow=True))
    for some in (awards, awards[:2]):
        shown = named(replace(small_site(), funding=some), "funding")
        dashed = [_dashed(drawing(shown, narrow)) for narrow in (False, True)]
        assert dashed == [len(some) - 2] * 2
        assert ("A dashed line is" in shown.note) == (len(some) > 2)
        assert "narrow" not in shown.note


def _dashed(root: ElementTree.Element) -> int:
    return sum("stroke-dasharray" in line.attrib for line in root.iter(f"{SVG}polyline"))


def test_milestones_without_a_date_stand_at_the_end_and_say_so() -> None:
    site = small_site()
    area = site.priority_areas[0]
    strategy = area.strategies[0]
    one = strategy.milestones[0]
    found = (replace(one, key="x", due=None, title="Undated"), replace(one, key="y", due="FY2022-Q1"))
    content = replace(
        site,
        priority_areas=(replace(area, strategies=(replace(strategy, milestones=found),)),),
        life_experiences=(),
    )
    figure = named(content, f"milestones-strategy-{strategy.key}")
    assert [row[0] for row in figure.rows][-1] == "Undated"
    assert "no date that could be placed" in words(drawing(figure))
    assert "1 without a date that could be placed." in figure.says


def test_page_csv_and_json_have_the_same_numbers(client: Client, site: ReleaseData) -> None:
    for figure in figures(site):
        rows = list(csv.reader(io.StringIO(client.get(f"/charts/{figure.name}.csv").content.decode())))
        told = client.get(f"/charts/{figure.name}.json").json()
        assert rows[0] == [column.name for column in figure.columns] == list(told["columns"])
        assert len(rows) - 1 == len(told["rows"]) == len(figure.rows) > 0
        assert [list(row.values()) for row in told["rows"]] == [list(row) for row in figure.rows]
        assert told["says"] == list(figure.says)
        page = client.get(f"/charts/{figure.name}/").content.decode()
        body = page.split("<tbody")[1].split("</tbody>")[0]
        assert body.count("<tr ") == len(figure.rows), figure.name
        for row in figure.cells():
            for (text, _is_number), column in zip(row, figure.columns, strict=True):
                told = text.split("; ") if text and column.name == "flags" else [text]
                for words in (FLAGS.get(one or "", one) for one in told):
                    assert words is None or escape(words.removesuffix("\u00a0%")) in page, (
                        figure.name,
                        words,
                    )


def test_the_page_of_a_chart_says_the_cautions_that_the_page_of_its_subject_says() -> None:
    made = small_site()
    flagged = tuple(
        replace(one, flags=("composition_changed", "boxes_unused"))
        if (one.level, one.measure) == ("agency", AGREE)
        else one
        for one in made.scores
    )
    table = table_of(named(replace(made, scores=flagged), "agency-va"))
    at = [heading.words for heading in table["headings"]].index("Notes")
    assert "a, b" in [row[at].words for row in table["rows"]]
    assert table["cautions"] == [
        ("a", FLAGS["composition_changed"]),
        ("b", FLAGS["boxes_unused"]),
    ]


def test_the_kind_of_question_is_a_column_where_the_title_does_not_say_it() -> None:
    figure = named(small_site(), "agency-va")
    assert "Kind of question" not in [one.words for one in table_of(figure)["headings"]]
    first, *rest = figure.rows
    both = replace(figure, rows=((first[0], "Trust stated", *first[2:]), *rest))
    of_services = named(banded(), "services-va")
    for one in (both, of_services):
        assert "Kind of question" in [heading.words for heading in table_of(one)["headings"]]


def test_each_empty_cell_of_a_figure_says_what_is_true_of_it(client: Client, site: ReleaseData) -> None:
    assert "not shown, see notes" not in client.get("/services/va-vha-2/").content.decode()
    table = table_of(named(banded(), "services-va"))
    assert [heading.words for heading in table["headings"]][3:] == [
        "Agree",
        "Band",
        "Outside its band",
        "Answers",
    ]
    assert [row[5].words for row in table["rows"]] == ["no"] * 5 + ["below"]
    missing = {
        **{column.name: None for column in TREND_COLUMNS},
        "quarter": "FY2021 Q1",
        "reason": "suppressed_small",
    }
    full = missing | {"share": 0.5, "low": 0.4, "high": 0.6, "n": 90, "surveys": 1, "reason": None}
    figure = replace(
        named(site, "trust-government"),
        columns=TREND_COLUMNS,
        rows=tuple(tuple(row[column.name] for column in TREND_COLUMNS) for row in (full, missing)),
    )
    first, second = table_of(figure)["rows"]
    assert [cell.words for cell in first] == [
        "FY2021\u00a0Q1",
        "50\u00a0%",
        "40–\u206060\u00a0%",
        "90",
        "1",
        None,
    ]
    assert first[-1].why == ""
    assert [cell.why for cell in second[1:5]] == ["too few to show"] * 4
    assert second[-1].words == "too few to show"


def test_a_dash_is_explained_where_there_is_one(client: Client, site: ReleaseData) -> None:
    explained = set()
    for figure in figures(site):
        page = client.get(f"/charts/{figure.name}/").content.decode()
        has_dash = 'class="missing">–' in page.split("<tbody")[1].split("</tbody>")[0]
        assert ("A dash means that there is nothing to show." in page) == has_dash, figure.name
        explained.add(has_dash)
    assert explained == {True, False}


def test_files_hold_quarters_and_dates_as_open_data_does_and_pages_as_people_read_them(
    site: ReleaseData,
) -> None:
    kinds = set()
    for figure in figures(site):
        for at, column in enumerate(figure.columns):
            if column.kind in {"quarter", "date"}:
                kinds.add(column.kind)
                pattern = (
                    r"FY\d{4}-Q[1-4]" if column.kind == "quarter" else r"FY\d{4}(-Q\d)?|\d{4}(-\d\d){0,2}"
                )
                values = [part for row in figure.rows if row[at] for part in str(row[at]).split("; ")]
                odd = [value for value in values if not re.fullmatch(pattern, value)]
                assert not odd or column.name == "due", (figure.name, odd)
                if column.kind == "quarter":
                    assert all(re.fullmatch("FY\\d{4}\u00a0Q\\d", row[at][0] or "") for row in figure.cells())
    assert kinds == {"quarter", "date"}


def test_money_of_no_named_agency_is_empty_in_files_and_said_on_the_page() -> None:
    one = small_site().funding[0]
    award = replace(one, kind="fund_investment", agency_keys=(), agency_key=None, amount_usd=5)
    figure = named(replace(small_site(), funding=(award,)), "funding")
    assert figure.rows[0][0] is None
    assert figure.cells()[0][0] == ("Agency not named", False)


def test_charts_of_the_government_name_their_kind_of_question(site: ReleaseData) -> None:
    titles = {one.name: one.title for one in figures(site) if one.name.startswith("trust-government")}
    assert titles == {
        "trust-government": "All services, trust or confidence increased: share who agree, by quarter",
        "trust-government-stated": "All services, trust stated: share who agree, by quarter",
    }


def test_no_two_charts_have_the_same_title_where_two_bodies_have_the_same_name() -> None:
    made = small_site()
    named_alike = replace(
        made, providers=tuple(replace(one, name=made.agencies[0].name) for one in made.providers[:1])
    )
    titles = {one.name: one.title for one in figures(named_alike)}
    assert len(set(titles.values())) == len(titles)
    end = ", trust or confidence increased: share who agree, by quarter"
    assert titles["agency-va"] == f"Department of Veterans Affairs (agency){end}"
    assert titles["provider-va-vha"] == f"Department of Veterans Affairs (provider){end}"
    assert named(made, "agency-va").title == f"Department of Veterans Affairs{end}"
    with override("es"):
        told = "Department of Veterans Affairs (agencia), mayor confianza: "
        assert said(titles["agency-va"]).startswith(told)


def test_the_five_answers_to_two_kinds_of_question_have_two_titles() -> None:
    made = small_site()
    other = tuple(
        replace(one, pool="stated")
        for one in made.scores
        if one.level == "service" and one.pool == "increased"
    )
    both = [
        one.title
        for one in figures(replace(made, scores=(*made.scores, *other)))
        if one.name.startswith("answers-va-vha-2-")
    ]
    service = next(one.name for one in made.services if one.key == "va-vha-2")
    kinds = ("trust or confidence increased", "trust stated")
    assert both == [f"{service}, {kind}: the five answers, by quarter" for kind in kinds]


def test_every_figure_stands_on_its_page_and_in_the_list(client: Client, site: ReleaseData) -> None:
    listed = client.get("/charts/").content.decode()
    for figure in figures(site):
        assert f'href="/charts/{figure.name}/"' in listed
        assert f'href="/charts/{figure.name}/"' in client.get(figure.page).content.decode(), figure.name


def test_others_may_frame_a_figure_and_nothing_else(client: Client, site: ReleaseData) -> None:
    frame = client.get("/charts/trust-government/frame/")
    assert "frame-ancestors *" in frame.headers["Content-Security-Policy"]
    assert "script-src 'none'" in frame.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in frame.headers
    assert not frame.cookies
    for address in ("/charts/trust-government/", "/", "/charts/"):
        page = client.get(address)
        assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
        assert page.headers["X-Frame-Options"] == "DENY"


def test_the_line_for_other_sites_gives_the_frame_of_the_language_and_the_height_it_needs(
    client: Client, site: ReleaseData
) -> None:
    heights = set()
    for figure in figures(site):
        for prefix in ("", "/es"):
            page = unescape(client.get(f"{prefix}/charts/{figure.name}/").content.decode())
            found = re.search(r'<iframe src="[^"]*?(/[^":]*/frame/)".*?height="(\d+)"', page)
            assert found, figure.name
            assert found[1].endswith(f"{prefix}/charts/{figure.name}/frame/")
            heights.add(int(found[2]))
    assert len(heights) > 3
    frame = client.get("/es/charts/trust-government/frame/")
    assert "frame-ancestors *" in frame.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in frame.headers


def test_an_unknown_figure_is_not_found(client: Client, site: ReleaseData) -> None:
    for address in ("/charts/none/", "/charts/none/frame/", "/charts/none.png", "/charts/none.csv"):
        assert client.get(address).status_code == 404


def test_names_cannot_break_the_picture_or_the_line_for_other_sites(site: ReleaseData) -> None:
    from hearback.publish.pages.figures import as_json, frame_code
    from hearback.publish.pages.pictures import Shown

    figure = replace(named(site, "commitments"), title='"><script>alert(1)</script>&')
    assert frame_code(Shown(figure, site)).count("<") == 2
    assert json.loads(as_json(figure, site))["title"] == figure.title
    assert ElementTree.fromstring(finish(str(figure.draw(figure.numbers, False)), figure.title))
    copied = finish(str(figure.draw(figure.numbers, False)), "copied from a\x0bsheet")
    assert ElementTree.fromstring(copied).get("aria-label") == "copied from a\ufffdsheet"
