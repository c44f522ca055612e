"""What a file of another program says nothing of stays as it was in the draft, and is said so."""

import json
from datetime import UTC, date, datetime

from msgspec.structs import replace

from hearback.collect.instruments.definition import Clearance, Delivery
from hearback.collect.instruments.files import ready, write_yaml
from hearback.collect.instruments.formats import FORMATS, keep_what_is_not_said, read_any

OPENS = datetime(2026, 10, 1, tzinfo=UTC)
DRAFT = replace(
    ready("thumbs"),
    clearance=Clearance("0000-0000", date(2030, 1, 1), 2, "An agency", "forms@agency.example"),
    delivery=Delivery(opens_at=OPENS, quota=100, ask_one_in=4),
    countries=("us", "mx"),
)
SURVEY = json.dumps({"title": "T", "pages": [{"elements": [{"type": "text", "name": "why"}]}]}).encode()


def test_settings_stay_and_the_report_names_each() -> None:
    kept = keep_what_is_not_said(read_any(SURVEY), DRAFT)
    assert kept.instrument.clearance == DRAFT.clearance
    assert kept.instrument.delivery == replace(DRAFT.delivery, steps=kept.instrument.delivery.steps)
    assert kept.instrument.countries == ("us", "mx")
    told = [one.where for one in kept.losses if one.done == "what the form had is kept"]
    wanted = {"clearance", "countries", "delivery.opens_at", "delivery.quota", "delivery.ask_one_in"}
    assert wanted <= {*told}
    assert [one.code for one in kept.instrument.questions] == ["why"]


def test_what_a_file_says_holds() -> None:
    changed = replace(DRAFT, delivery=Delivery(quota=7), countries=("es",))
    for one in FORMATS:
        if one.name != "touchpoints":
            read = read_any(one.write(changed).data)
            kept = keep_what_is_not_said(read, replace(DRAFT, delivery=Delivery(quota=100)))
            assert kept.instrument.delivery.quota == 7, one.name
            assert kept.instrument.countries == ("es",), one.name
            assert kept.losses == read.losses, one.name


def test_our_own_yaml_says_all_there_is() -> None:
    bare = ready("thumbs")
    kept = keep_what_is_not_said(read_any(write_yaml(bare).encode()), DRAFT)
    assert (kept.instrument, kept.losses) == (bare, ())


def test_what_is_kept_is_not_said_to_be_dropped() -> None:
    why = {"answer_field": "answer_01", "text": "Why?", "question_type": "textarea"}
    form = {"name": "a", "kind": "custom", "omb_approval_number": "1111-1111", "questions": [why]}
    kept = keep_what_is_not_said(read_any(json.dumps({"form": form}).encode()), DRAFT)
    assert kept.instrument.clearance == DRAFT.clearance
    assert [(one.what, one.done) for one in kept.losses if one.where == "clearance"] == [
        ("“1111-1111” stands alone", "it is not used"),
        ("what the file says cannot be used", "what the form had is kept"),
    ]
