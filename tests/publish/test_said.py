"""What rules say in English is said in the other languages, and never in the wrong one."""

import re

import pytest
from django.test import Client
from django.utils import translation
from lxml.html import document_fromstring

from hearback.measure.rules import CHART_REASONS, FLAGS, MEASURES, POOLS
from hearback.measure.rules.pools import EXCLUSION_REASONS
from hearback.plan.rules import STATUSES, Late
from hearback.plan.rules.lateness import REASONS as WHY_LATE
from hearback.plan.rules.lateness import Lateness
from hearback.plan.rules.progress.reasons import PROGRESS_STATUSES
from hearback.plan.rules.progress.reasons import REASONS as WHY_SO_FAR
from hearback.publish.charts import figures
from hearback.publish.formats import TABLES
from hearback.publish.formats.meaning import BOOLEAN, INTEGER, LIST, NUMBER, STRING
from hearback.publish.formats.reasons import REASONS
from hearback.publish.frozen import ReleaseData
from hearback.publish.languages import others
from hearback.publish.said import said, told

KINDS = (BOOLEAN, INTEGER, LIST, NUMBER, STRING)
HELD = [*(table.title for table in TABLES), *REASONS.values(), *KINDS]
"""What tables of open data say of themselves."""
RULES = [
    *HELD,
    *FLAGS.values(), *EXCLUSION_REASONS.values(), *CHART_REASONS.values(),
    *WHY_SO_FAR.values(), *WHY_LATE.values(), *STATUSES,
    *(text for pool in POOLS.values() for text in (pool.name, pool.explanation)),
    *(text for one in MEASURES.values() for text in (one.name, one.statement)),
    *(f"{status.capitalize()}: {reason}." for status in PROGRESS_STATUSES for reason in WHY_SO_FAR.values()),
    *(Lateness(Late.OVERDUE, n, unit).words.capitalize() for n in (1, 7) for unit in ("quarters", "days")),
]  # fmt: skip
PROJECT = "/life-experiences/having-a-child/"
ENGLISH = re.compile(r"\b(the|and|of|with|was|were|this|each|there|is)\b")


@pytest.mark.parametrize("language", others())
def test_everything_that_rules_say_has_other_words(language: str) -> None:
    with translation.override(language):
        assert [text for text in RULES if said(text) == text or ENGLISH.search(said(text))] == []
    assert [text for text in RULES if said(text) != text] == []


def test_sentences_with_figures_are_said_anew_around_them() -> None:
    text = (
        "Trust stated: share who agree. In FY2021 Q1 (October to December 2020) it was 71.9\u00a0% "
        "(95\u00a0% interval 71.7–\u206072.1\u00a0%; 230,073 answers, 1 survey)."
    )
    with translation.override("es"):
        assert said(text) == (
            "Confianza declarada: porcentaje de acuerdo. "
            "En FY2021 Q1 (octubre a diciembre de 2020) fue del 71.9\u00a0% "
            "(intervalo del 95\u00a0%: 71.7–\u206072.1\u00a0%; 230,073 respuestas, 1 encuesta)."
        )
        assert said("10 milestones: 6 complete, 1 in progress.") == "10 hitos: 6 completos, 1 en curso."
        assert said("Department of Labor") == "Department of Labor"
        assert said(None) == ""


@pytest.mark.parametrize(
    ("english", "spanish"),
    [
        ("8 milestones: 1 planned or pending, 7 complete.", "8 hitos: 1 previsto o pendiente, 7 completos."),
        ("1 milestone: 1 complete.", "1 hito: 1 completo."),
        ("1 commitment: 1\u00a0planned.", "1 compromiso: 1 previsto."),
        ("3 commitments: 1\u00a0complete, 2\u00a0planned.", "3 compromisos: 1 completo, 2 previstos."),
        ("1 award, of $1\u00a0million.", "1 adjudicación, de $1\u00a0millón."),
        ("2 awards; the one with an amount is of $1.5\u00a0million.",
         "2 adjudicaciones; la única con monto es de $1.5\u00a0millones."),
        ("1 series of shares who agree; it has no band of its own yet, which takes five quarters.",
         "1 serie de porcentajes de acuerdo; no tiene aún una banda propia, para lo que hacen falta cinco "
         "trimestres."),
        ("1 of the statuses was read here from what was published: no official rating.",
         "1 de los estados se leyó aquí de lo que se publicó: no es una calificación oficial."),
    ],
)  # fmt: skip
def test_one_thing_is_told_as_one(english: str, spanish: str) -> None:
    with translation.override("es"):
        assert said(english) == spanish
    assert said(english) == english


def test_what_stays_in_english_is_marked_so_and_nothing_else() -> None:
    text = "Receiving <care>: share who agree, by quarter"
    assert told(text) == "Receiving &lt;care&gt;: share who agree, by quarter"
    with translation.override("es"):
        assert told(text) == (
            '<span lang="en">Receiving &lt;care&gt;</span>: porcentaje de acuerdo, por trimestre'
        )
        assert told("Department of Labor") == '<span lang="en">Department of Labor</span>'
        assert told("10 milestones: 6 complete.") == "10 hitos: 6 completos."
        assert told("FY2021 Q1") == "FY2021 Q1"
        assert told("\x02Services\x03") == "Servicios"
        assert told(None) == ""


@pytest.mark.parametrize("address", ["/es/charts/", "/es/charts/agency-va/", "/es/charts/agency-va/frame/"])
def test_titles_of_charts_are_in_the_language_that_their_marks_name(
    client: Client, site: ReleaseData, address: str
) -> None:
    page = document_fromstring(client.get(address).content.decode())
    place = "li" if address == "/es/charts/" else "h1"
    title = next(
        one
        for one in page.xpath(f"//{place}")
        if "Department of Veterans Affairs, mayor confianza: porc" in one.text_content()
    )
    assert title.xpath("ancestor-or-self::*[@lang='en']") == []
    assert [one.text for one in title.xpath(".//*[@lang='en']")] == ["Department of Veterans Affairs"]


def test_what_tables_hold_is_told_in_spanish_and_their_columns_are_marked(
    client: Client, site: ReleaseData
) -> None:
    for address in ("/es/data/", "/es/data/dictionary/"):
        text = client.get(address).content.decode()
        assert "Puntuaciones: una fila por cada número publicado" in text
        assert "Scores: one row" not in text
    marked = {one.text for one in document_fromstring(text).xpath("//*[@lang='en']")}
    assert marked >= {column.description for table in TABLES for column in table.columns}
    assert "No se informaron respuestas." in text
    assert "No answers were reported." not in text
    assert '<td role="cell" data-label="Contiene">texto</td>' in text


def test_the_phase_of_a_project_is_told_in_spanish(client: Client, site: ReleaseData) -> None:
    assert "phase when last read: development" in client.get(PROJECT).content.decode()
    assert "desarrollo" in client.get(f"/es{PROJECT}").content.decode()


SPANISH = re.compile(r"\b(de|del|los|las|una?|que|desconocido|completo)\b", re.IGNORECASE)


@pytest.mark.parametrize(
    "address",
    ["/es/charts/milestones-experience-having-a-child/", "/es/charts/commitments/", "/es/charts/funding/",
     "/es/charts/response-va-vha-2/", "/es/", "/es/commitments/", "/es/life-experiences/having-a-child/"],
)  # fmt: skip
def test_nothing_that_is_in_spanish_is_marked_as_english(
    client: Client, site: ReleaseData, address: str
) -> None:
    marked = document_fromstring(client.get(address).content.decode()).xpath("//*[@lang='en']")
    assert marked
    assert [found for one in marked if SPANISH.search(found := one.text_content())] == []


def test_charts_leave_nothing_in_english_but_names(site: ReleaseData) -> None:
    with translation.override("es"):
        left = {
            sentence
            for figure in figures(site)
            for text in (*figure.says, figure.note)
            if ENGLISH.search(sentence := said(text))
        }
    assert left == set()


def test_what_is_kept_of_a_release_is_in_english_whoever_asks_first(
    client: Client, site: ReleaseData
) -> None:
    spanish = client.get("/es/charts/trust-government/").content.decode()
    english = client.get("/charts/trust-government/").content.decode()
    assert "de las personas que respondieron" in spanish
    assert "of the people who answered agreed" in english
    assert "personas" not in english.replace("Personas", "")
    assert client.get("/es/search/").status_code == 200
    assert "Servicios" not in client.get("/search/kinds/services/").content.decode()


def test_numbers_dates_and_money_are_written_as_people_read_them(client: Client, site: ReleaseData) -> None:
    page = client.get("/es/releases/1/").content.decode()
    assert re.search(r"\d{1,2} de \w+ de 20\d\d", page)
    assert "Publicación 1" in page
    with translation.override("es"):
        assert said("$1.5\u00a0billion") == "$1.5\u00a0mil\u00a0millones"
