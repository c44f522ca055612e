"""What holds for every instrument and every answer, tried on random ones."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from hearback.collect.instruments.answering import Accepted, NotAccepted, accept
from hearback.collect.instruments.asking import next_screen
from hearback.collect.instruments.checking import completeness, faults
from hearback.collect.instruments.conditions import holds
from hearback.collect.instruments.definition import Instrument
from hearback.collect.instruments.files import read_valid_yaml, read_yaml, write_yaml
from hearback.collect.instruments.prepared import Prepared
from tests.collect.instruments.strategies import instruments, json_values, submissions, unhurried

anything = st.text(st.characters(exclude_categories=("Cs",)), max_size=10)


@unhurried
@given(instruments())
def test_random_instruments_have_no_faults(instrument: Instrument) -> None:
    assert faults(instrument) == []
    assert completeness(instrument, instrument.languages[0]).share == 1


@unhurried
@given(instruments())
def test_an_instrument_written_as_yaml_is_read_back_the_same(instrument: Instrument) -> None:
    assert read_valid_yaml(write_yaml(instrument)) == instrument


@given(anything)
def test_any_text_at_all_survives_yaml(text: str) -> None:
    instrument = Instrument("a", {"en": text}, ("en",), ())
    assert read_yaml(write_yaml(instrument)) == instrument


def _accept(form: Prepared, submitted: Any, language: str) -> Accepted | None:
    try:
        return accept(form, submitted, language)
    except NotAccepted as refused:
        problems = refused.problems
    assert problems
    assert all(problem.message for problem in problems)
    return None


@unhurried
@given(instruments(), st.data())
def test_answers_are_taken_or_refused_and_no_hidden_question_has_one(
    instrument: Instrument, data: st.DataObject
) -> None:
    form = Prepared(instrument)
    accepted = _accept(form, data.draw(submissions(form)), instrument.languages[0])
    if accepted is None:
        return
    assert set(accepted.not_shown).isdisjoint(accepted.answers)
    for question in instrument.questions:
        shown = holds(question.show_when, accepted.answers)
        assert shown == (question.code not in accepted.not_shown)
        if question.required and shown:
            assert question.code in accepted.answers
        if not shown:
            assert f"{question.code}.text" not in accepted.answers


@unhurried
@given(instruments(), st.data())
def test_accepted_answers_are_accepted_again_unchanged(instrument: Instrument, data: st.DataObject) -> None:
    form = Prepared(instrument)
    accepted = _accept(form, data.draw(submissions(form)), instrument.languages[0])
    if accepted is not None:
        assert accept(form, accepted.answers, instrument.languages[0]) == accepted


@unhurried
@given(instruments(), st.dictionaries(st.text(max_size=5), json_values, max_size=3), st.text(max_size=3))
def test_arbitrary_json_raises_nothing_but_not_accepted(
    instrument: Instrument, submitted: dict[str, Any], language: str
) -> None:
    _accept(Prepared(instrument), submitted, language)


@unhurried
@given(instruments(), st.data())
def test_screens_come_to_an_end_and_show_each_question_once(
    instrument: Instrument, data: st.DataObject
) -> None:
    form = Prepared(instrument)
    given_answers = data.draw(submissions(form))
    shown: list[str] = []
    for _ in range(len(instrument.questions) + 1):
        screen = next_screen(form, given_answers, shown, [])
        if screen.problems or not screen.questions:
            break
        new = [question.code for question in screen.questions]
        assert set(new).isdisjoint(shown), "no question comes twice"
        assert all(question.type != "hidden" for question in screen.questions)
        shown += new
    else:
        raise AssertionError("the screens do not come to an end")
