"""Forms of Touchpoints: what each thing becomes, what is said to be lost, and which kind we write."""

import json
from datetime import UTC, date, datetime
from typing import Any

import msgspec
import pytest

from hearback.collect.instruments.checking import faults
from hearback.collect.instruments.definition import Condition, Instrument, Page
from hearback.collect.instruments.files import ready
from hearback.collect.instruments.formats.format import FileNotRead
from hearback.collect.instruments.formats.touchpoints import FORMAT
from tests.collect.instruments.examples import instrument, question

Fields = dict[str, Any]
DRIVERS = ["effectiveness", "ease"]


def asked(number: int, kind: str, *options: str, **more: Any) -> Fields:
    """Make a question as the API gives one, with its options as bare objects."""
    made = [
        {
            "id": n,
            "question_id": number,
            "text": value.title(),
            "value": value,
            "position": n,
            "other_option": value == "other",
        }
        for n, value in enumerate(options, start=1)
    ]
    return {
        "id": str(number), "type": "questions",
        "attributes": {"text": f"Q{number}", "question_type": kind, "answer_field": f"answer_{number:02d}",
                       "position": number, "form_section_id": 7, **more},
        "relationships": {"question_options": {"data": made}},
    }  # fmt: skip


def document(kind: str, *questions: Fields, **attributes: Any) -> Fields:
    """Make a form as the API gives one: questions are referred to, and included."""
    references = [{"id": one["id"], "type": "questions"} for one in reversed(questions)]
    data = {"id": "9", "type": "forms", "attributes": {"name": "f", "title": "T", "kind": kind, **attributes},
            "relationships": {"questions": {"data": references}}}  # fmt: skip
    return {"data": data, "included": list(questions)}


def read(found: Fields) -> tuple[Instrument, list[str]]:
    result = FORMAT.read(json.dumps(found).encode())
    return result.instrument, [str(loss) for loss in result.losses]


V2 = document(
    "a11_v2", asked(1, "big_thumbs_up_down_buttons", is_required=True),
    asked(2, "checkbox", *DRIVERS, "other"),
    asked(3, "checkbox", *DRIVERS), asked(4, "textarea", character_limit=500, help_text="No names."),
)  # fmt: skip


def test_the_scripts_of_a_thumbs_form_become_rules() -> None:
    made, said = read(V2)
    assert said == []
    assert faults(made) == []
    assert [(q.code, q.type, q.measure) for q in made.questions] == [
        ("trust", "thumbs", "trust"), ("positive", "multiple", ""), ("negative", "multiple", ""),
        ("comment", "long_text", ""),
    ]  # fmt: skip
    trust, positive, negative, comment = made.questions
    assert trust.required
    assert positive.show_when == Condition("trust", is_any_of=("1",))
    assert negative.show_when == Condition("trust", is_any_of=("0",))
    assert [(c.code, c.words["en"], c.asks_text) for c in positive.choices] == [
        ("effectiveness", "Effectiveness", False), ("ease", "Ease", False), ("other", "Other", True),
    ]  # fmt: skip
    assert (comment.max_length, comment.help, comment.show_when) == (500, {"en": "No names."}, None)


def test_three_goes_with_the_negative_side_of_a_five_point_form() -> None:
    five = ("1", "2", "3", "4", "5")
    made, _ = read(
        document(
            "a11_v2_radio",
            asked(1, "radio_buttons", *five),
            asked(2, "checkbox", *DRIVERS),
            asked(3, "checkbox", *DRIVERS),
            asked(4, "textarea"),
        )
    )
    assert made.questions[0].type == "rating"
    assert [q.show_when for q in made.questions] == [
        None, Condition("trust", is_any_of=("4", "5")), Condition("trust", is_any_of=("1", "2", "3")), None,
    ]  # fmt: skip


def test_a_yes_no_form_asks_for_more_after_either_answer() -> None:
    made, _ = read(document("a11_yes_no", asked(1, "yes_no_buttons"), asked(2, "textarea")))
    assert [q.code for q in made.questions] == ["useful", "comment"]
    assert [q.show_when for q in made.questions] == [None, Condition("useful", answered=True)]


def test_the_seven_questions_are_known_by_their_fields_not_their_order() -> None:
    five = ("1", "2", "3", "4", "5")
    order = [1, 2, 8, 3, 4, 5, 6, 7, 9]
    questions = [
        asked(n, "textarea", position=place) if n in {8, 9}
        else asked(n, "radio_buttons", *five, position=place, form_section_id=1 if place < 4 else 2)
        for place, n in enumerate(order, start=1)
    ]  # fmt: skip
    questions[2]["attributes"]["form_section_id"] = 1
    questions[8]["attributes"]["form_section_id"] = 2
    made, _ = read(document("a11", *questions))
    assert [q.code for q in made.questions] == [q.code for q in ready("seven_questions").questions]
    assert [q.measure for q in made.questions] == [q.measure for q in ready("seven_questions").questions]
    assert [len(page.questions) for page in made.pages] == [3, 6]
    assert made.delivery.steps


def test_choices_that_the_api_leaves_out_are_the_standard_ones_where_there_are_some() -> None:
    for_all = document(
        "a11_v2",
        asked(1, "big_thumbs_up_down_buttons"),
        asked(2, "checkbox"),
        asked(3, "checkbox"),
        asked(4, "textarea"),
    )
    made, said = read(for_all)
    assert [c.code for c in made.questions[1].choices] == [
        c.code for c in ready("thumbs").questions[1].choices
    ]
    assert [line.split(": ")[0] for line in said] == [
        "questions.positive.choices",
        "questions.negative.choices",
    ]
    radio, _ = read(document("a11_v2_radio", asked(1, "radio_buttons")))
    assert [c.code for c in radio.questions[0].choices] == ["1", "2", "3", "4", "5"]
    other, said = read(document("custom", asked(1, "radio_buttons")))
    assert other.questions[0].choices == ()
    assert said == [
        "questions.answer_01.choices: the file does not name the choices; write them before publishing"
    ]


@pytest.mark.parametrize(
    ("kind", "ours", "losses"),
    [
        ("text_field", "text", 0), ("text_email_field", "email", 0), ("text_phone_field", "phone", 0),
        ("textarea", "long_text", 0), ("rich_textarea", "long_text", 1), ("checkbox", "multiple", 0),
        ("radio_buttons", "single", 0), ("dropdown", "single", 0), ("combobox", "single", 1),
        ("states_dropdown", "region", 0), ("star_radio_buttons", "rating", 0),
        ("big_thumbs_up_down_buttons", "thumbs", 0), ("yes_no_buttons", "yes_no", 0),
        ("hidden_field", "hidden", 0),
        ("date_select", "date", 0), ("file_upload", "text", 1),
    ],
)  # fmt: skip
def test_each_type_becomes_ours(kind: str, ours: str, losses: int) -> None:
    made, said = read(document("custom", asked(1, kind, "a", "b")))
    assert ([q.type for q in made.questions], len(said)) == ([ours], losses), said
    assert faults(made) == []


def test_a_form_of_another_kind_and_its_administration_are_said() -> None:
    made, said = read(
        document(
            "recruiter", asked(1, "textarea", placeholder_text="Here"), notes="n", uuid="u", template=False
        )
    )
    assert said == [
        "kind: forms of the kind “recruiter”; it is a form like any other",
        "questions.answer_01.placeholder_text: “Here” has no counterpart; it is dropped",
        "form: notes, uuid have no counterpart; they are dropped",
    ]
    assert made.key == "f"


def test_texts_of_the_form_lose_their_markup_and_keep_their_words() -> None:
    made, said = read(
        document(
            "custom", asked(1, "text_display"), asked(2, "textarea", text="<em>Why</em>?"),
            instructions="<p>Hello</p>", success_text_heading="Done", success_text="Thanks",
            disclaimer_text="Small print",
        )
    )  # fmt: skip
    assert made.introduction == {"en": "Hello"}
    assert made.thanks == {"en": "Done\nThanks"}
    assert made.questions[0].words == {"en": "Why?"}
    assert made.questions[0].help == {"en": "Small print\nQ1"}
    assert [line.split(":")[0] for line in said] == [
        "introduction", "questions.answer_02.words", "clearance.statement", "questions.answer_01", "thanks",
    ]  # fmt: skip


def test_the_clearance_lacks_its_minutes_until_somebody_writes_them() -> None:
    made, said = read(
        document("custom", omb_approval_number="3090-0321", expiration_date="2027-07-31", department="GSA",
                 agency_poc_email="cx@agency.example", disclaimer_text="You need not answer.")
    )  # fmt: skip
    clearance = made.clearance
    assert clearance is not None
    assert (clearance.control_number, clearance.expires_on) == ("3090-0321", date(2027, 7, 31))
    assert (clearance.agency, clearance.contact) == ("GSA", "cx@agency.example")
    assert [fault.where for fault in faults(made)] == ["clearance.burden_minutes"]
    assert [line.split(":")[0] for line in said] == ["clearance.burden_minutes"]
    assert "stands alone" in read(document("custom", omb_approval_number="3090-0321"))[1][0]


def test_opening_and_closing_keep_their_moments() -> None:
    made, said = read(document("custom", start_date="2026-10-01T04:00:00.000Z", end_date="2026-12-31"))
    assert made.delivery.opens_at == datetime(2026, 10, 1, 4, tzinfo=UTC)
    assert made.delivery.closes_at == datetime(2026, 12, 31, tzinfo=UTC)
    assert [line.split(":")[0] for line in said] == ["end_date"]
    assert "is no moment" in read(document("custom", start_date="soon"))[1][0]


def test_responses_in_the_file_are_counted_and_left() -> None:
    found = document("custom", asked(1, "textarea"))
    found["data"]["relationships"]["submissions"] = {"data": [{"id": "1", "type": "submissions"}]}
    assert read(found)[1] == ["submissions: 1 responses; they are not read here"]


def test_older_and_plainer_shapes_are_read() -> None:
    bare = [
        {**one["attributes"], "question_options": one["relationships"]["question_options"]["data"]}
        for one in V2["included"]
    ]
    own = V2["data"]["attributes"]
    wanted = read(V2)[0]
    assert read({"form": {**own, "questions": bare}, "responses": [{"answer_01": "1"}]})[0] == wanted
    assert read({**own, "questions": bare})[0] == wanted
    within = {**V2["data"], "relationships": {"questions": {"data": bare}}}
    assert read({"data": within})[0] == wanted


@pytest.mark.parametrize(
    ("name", "kind"),
    [("thumbs", "a11_v2"), ("thumbs_five_point", "a11_v2_radio"), ("page_useful", "a11_yes_no"),
     ("seven_questions", "a11"), ("empty", "custom")],
)  # fmt: skip
def test_instruments_to_start_from_are_forms_of_their_kind(name: str, kind: str) -> None:
    written = json.loads(FORMAT.write(ready(name)).data)
    assert written["data"]["attributes"]["kind"] == kind
    fields = [one["attributes"]["answer_field"] for one in written["included"]]
    if kind == "a11":
        assert fields == [f"answer_{n:02d}" for n in (1, 2, 8, 3, 4, 5, 6, 7, 9)]
    else:
        assert fields == [f"answer_{n:02d}" for n in range(1, len(fields) + 1)]


def test_a_form_with_another_rule_is_no_form_of_that_kind() -> None:
    first, positive, *rest = ready("thumbs").questions
    other = msgspec.structs.replace(positive, show_when=Condition("trust", answered=True))
    made = msgspec.structs.replace(ready("thumbs"), pages=(Page((first, other, *rest)),))
    written = FORMAT.write(made)
    assert json.loads(written.data)["data"]["attributes"]["kind"] == "custom"
    lost = [loss.where for loss in written.losses if loss.where.endswith("show_when")]
    assert lost == ["questions.positive.show_when", "questions.negative.show_when"]


def test_more_than_thirty_questions_do_not_fit() -> None:
    written = FORMAT.write(instrument(*(question(f"q{n}") for n in range(32))))
    assert len(json.loads(written.data)["included"]) == 30
    assert [loss.where for loss in written.losses if loss.done == "it is left out"][:2] == [
        "questions.q30",
        "questions.q31",
    ]


def test_more_than_ten_thousand_characters_do_not_fit() -> None:
    written = FORMAT.write(instrument(question("answer_01", max_length=20_000)))
    assert json.loads(written.data)["included"][0]["attributes"]["character_limit"] == 10_000
    assert [loss.where for loss in written.losses] == ["questions.answer_01.max_length"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"{", "it is not JSON"),
        (b"[]", "no form as the Touchpoints API gives it"),
        (b'{"data": {"type": "services"}}', "no form as the Touchpoints API gives it"),
        (b'{"data": {"type": "forms"}, "included": {}}', "no list of objects"),
    ],
)
def test_what_is_no_form_is_refused_with_a_reason(data: bytes, message: str) -> None:
    with pytest.raises(FileNotRead, match=message):
        FORMAT.read(data)
