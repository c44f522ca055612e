"""What rules say in English is said in the other languages, and never in the wrong one."""

import re

import pytest
from django.test import Client
from django.utils import translation

from hearback.measure.rules import CHART_REASONS, FLAGS, MEASURES, POOLS
from hearback.measure.rules.pools import EXCLUSION_REASONS
from hearback.plan.rules import STATUSES, Late
from hearback.plan.rules.lateness import REASONS as WHY_LATE
from hearback.plan.rules.lateness import Lateness
from hearback.plan.rules.progress.reasons import PROGRESS_STATUSES
from hearback.plan.rules.progress.reasons import REASONS as WHY_SO_FAR
from hearback.publish.charts import figures
from hearback.publish.frozen import ReleaseData
from hearback.publish.languages import others
from hearback.publish.said import said

RULES = [
    *FLAGS.values(), *EXCLUSION_REASONS.values(), *CHART_REASONS.values(),
    *WHY_SO_FAR.values(), *WHY_LATE.values(), *STATUSES,
    *(text for pool in POOLS.values() for text in (pool.name, pool.explanation)),
    *(text for one in MEASURES.values() for text in (one.name, one.statement)),
    *(f"{status.capitalize()}: {reason}." for status in PROGRESS_STATUSES for reason in WHY_SO_FAR.values()),
    *(Lateness(Late.OVERDUE, n, unit).words.capitalize() for n in (1, 7) for unit in ("quarters", "days")),
]  # fmt: skip
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
