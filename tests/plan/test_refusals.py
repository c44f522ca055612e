"""What the plan refuses is told in the person's language."""

from datetime import date

import pytest
from django.utils import translation

from hearback.fiscal import PeriodNotValid, Quarter
from hearback.plan.refusals import SENTENCES, in_english, refusal, translated
from hearback.plan.rules import MeasureNotValid, RoundNotGood
from hearback.plan.rules.drafts import DraftMoveNotAllowed, Move, State, check_draft_move
from hearback.plan.rules.due import DueNotGood
from hearback.plan.rules.replacing import ReplacementNotGood
from hearback.plan.rules.rounds import EntryMove, EntryState, check_entry_move, check_new_round
from hearback.plan.rules.statuses import MoveNotAllowed, check_done, check_move


def test_every_sentence_has_words_in_spanish() -> None:
    with translation.override("es"):
        assert [one for one in SENTENCES if translated(one) is None] == []


def in_spanish(problem: Exception) -> str:
    with translation.override("es"):
        return refusal(problem)


def test_states_and_moves_are_told_in_spanish_too() -> None:
    with pytest.raises(DraftMoveNotAllowed) as refused:
        check_draft_move(Move.SUBMIT, State.APPROVED, is_owner=True)
    assert (
        in_spanish(refused.value) == "Está aprobado; para enviarlo, tiene que estar en borrador o devuelto."
    )
    with pytest.raises(RoundNotGood) as refused_round:
        check_entry_move(
            EntryMove.APPROVE, EntryState.AWAITED, closed=False, is_theirs=False, answered_it=False
        )
    assert (
        in_spanish(refused_round.value)
        == "Está pendiente de respuesta. Para aprobarlo, tiene que estar respondido."
    )


def test_a_status_stays_in_the_words_of_its_source() -> None:
    with pytest.raises(MoveNotAllowed) as refused:
        check_done("2023-05", "Planned")
    assert in_spanish(refused.value) == (
        "No puede haberse hecho en 2023-05 si su estado es Planned; corrija uno de los dos."
    )
    with pytest.raises(MoveNotAllowed) as refused:
        check_move(None, "Dropped", None)
    assert (
        in_spanish(refused.value) == "Pasar de desconocido a Dropped requiere un motivo, que el público ve."
    )


def test_what_changed_meanwhile_is_named_field_by_field() -> None:
    problem = RoundNotGood(
        "It was changed since the answer: status was Planned and is Started; next steps was not known and is "
        "A pilot. Return it, so that its owner looks again."
    )
    assert in_spanish(problem) == (
        "Cambió desde la respuesta: «Estado» era Planned y es Started; «Próximos pasos» era desconocido y es "
        "A pilot. Devuélvala, para que su responsable la mire de nuevo."
    )


@pytest.mark.parametrize(
    "problem",
    [
        MeasureNotValid("value", "120 cannot be", "give a percent from 0 to 100"),
        DueNotGood("it is due 2024 already; give another date"),
        ReplacementNotGood("A goal has a wording and a number; give both."),
    ],
)
def test_fields_of_files_are_not_named(problem: Exception) -> None:
    with translation.override("es"):
        assert translated(in_english(problem)) is not None


def test_a_round_that_cannot_be_opened_is_told_in_spanish() -> None:
    with pytest.raises(RoundNotGood) as refused:
        check_new_round(Quarter(2027, 1), date(2026, 12, 31), date(2026, 12, 1))
    assert in_spanish(refused.value).startswith("Se abre el 2026-12-31")


def test_what_has_no_words_is_marked_as_english_and_nothing_of_it_is_markup() -> None:
    told = in_spanish(ValueError("a <b>new</b> thing happened"))
    assert told == '<span lang="en">A &lt;b&gt;new&lt;/b&gt; thing happened.</span>'
    assert refusal(DraftMoveNotAllowed("<i> corrects it already; the draft is x")) == (
        "<span>&lt;i&gt; corrects it already; the draft is x.</span>"
    )


def test_what_somebody_typed_stays_as_they_typed_it() -> None:
    told = in_spanish(
        PeriodNotValid("'May or June' is not a date; write 2023, 2023-05, 2023-05-31, FY2023 or FY2023-Q3")
    )
    assert told.startswith("&#x27;May or June&#x27; no es una fecha")
    problem = RoundNotGood(
        "It was changed since the answer: next steps was Hire two or three and is Hire two. Return it, so "
        "that its owner looks again."
    )
    assert "«Próximos pasos» era Hire two or three y es Hire two. Devuélvala" in in_spanish(problem)
