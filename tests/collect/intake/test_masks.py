"""Every written answer is masked by the rules of the form's countries before it is stored."""

from datetime import datetime
from typing import Any

import msgspec
import pytest

from hearback.collect.instruments import files
from hearback.collect.instruments.definition import Instrument, Page, Question
from hearback.collect.intake.masks import mask_of
from hearback.collect.intake.receiving import Receiver, Sent
from hearback.collect.intake.store import OpenForm
from tests.collect.intake.made import thumbs

MAIL, CARD = "j.doe@example.org", "4111 1111 1111 1111"


def _stored(
    receiver: Receiver, at: datetime, language: str = "en", **answers: Any
) -> tuple[Any, dict[str, int]]:
    found = receiver.receive(Sent(answers, language), at)
    return msgspec.json.decode(found.answers), dict(found.masked)


def test_masks_comments_and_what_else_and_counts_each_kind(at: datetime) -> None:
    answers, masked = _stored(
        Receiver(thumbs()),
        at,
        trust="1",
        positive=["other"],
        comment=f"{MAIL}, {CARD}",
        **{"positive.text": MAIL},
    )
    assert not any(secret in str(answers) for secret in (MAIL, CARD, "4111"))
    assert masked == {"email": 2, "card": 1}
    assert (answers["trust"], answers["positive"]) == ("1", ["other"])


def test_says_what_was_masked_in_the_words_of_the_person(at: datetime) -> None:
    texts = [
        _stored(Receiver(thumbs()), at, language, trust="1", comment=MAIL)[0] for language in ("en", "es")
    ]
    assert texts[0]["comment"] != texts[1]["comment"]


def test_masks_hidden_context_too_and_leaves_what_the_form_asks_for(at: datetime) -> None:
    """A link that carries somebody's address stores none; who is asked for an address gives it."""
    questions = (
        Question("ref", "hidden", from_address="ref"),
        Question("from_page", "hidden"),
        Question("mail", "email", {"en": "Where do we write to you?"}),
    )
    instrument = Instrument("context", {"en": "Context"}, ("en",), (Page(questions),))
    receiver = Receiver(OpenForm("context", 1, msgspec.json.encode(instrument)))
    answers, masked = _stored(receiver, at, ref=f"letter to {MAIL}", from_page="/forms/sf-86", mail=MAIL)
    assert MAIL not in answers["ref"]
    assert (answers["from_page"], answers["mail"]) == ("/forms/sf-86", MAIL)
    assert masked == {}, "what the person wrote is counted, and nothing else"


def test_leaves_plain_words_as_they_are(at: datetime) -> None:
    words = "It took 3 visits; the clerk was kind."
    assert _stored(Receiver(thumbs()), at, trust="1", comment=words) == ({"trust": "1", "comment": words}, {})


@pytest.mark.parametrize(
    ("countries", "language"), [(("us",), "fr"), (("us",), "es-MX"), (("zz",), "en"), ((), "ar")]
)
def test_masks_what_is_the_same_everywhere_without_rules_or_words_of_its_own(
    countries: tuple[str, ...], language: str
) -> None:
    text, kinds = mask_of(countries, language)(f"write to {MAIL}")
    assert MAIL not in text
    assert dict(kinds) == {"email": 1}


def test_asks_the_countries_of_the_form(at: datetime) -> None:
    number = "my NINO is QQ 12 34 56 C"
    for countries in (("us",), ("gb",)):
        instrument = msgspec.structs.replace(files.ready("thumbs"), countries=countries)
        receiver = Receiver(OpenForm("thumbs", 1, msgspec.json.encode(instrument)))
        masked = _stored(receiver, at, trust="1", comment=number.replace("QQ", "AB"))[1]
        assert ("national_number" in masked) == ("gb" in countries)
