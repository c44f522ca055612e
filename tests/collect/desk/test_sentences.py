"""What checks and readers say is in the language of the person where there are words for it."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation
from msgspec.structs import replace

from hearback.collect.desk.sentences import SENTENCES, translated
from hearback.collect.instruments.checking import faults
from hearback.collect.instruments.definition import Choice
from hearback.collect.instruments.files import ready

SPANISH = {"accept-language": "es"}
pytestmark = pytest.mark.django_db


def test_every_sentence_has_words_in_spanish() -> None:
    with translation.override("es"):
        assert [one for one in SENTENCES if translated(one) is None] == []
        assert translated("give 2 to 300 choices") == "dé de 2 a 300 opciones"
        assert translated("something else") is None


def test_a_fault_is_told_in_spanish() -> None:
    form = ready("thumbs_five_point")
    question = replace(form.questions[0], choices=(Choice("1", {"en": "One"}),))
    page = replace(form.pages[0], questions=(question,))
    found = [one.message for one in faults(replace(form, pages=(page,)))]
    with translation.override("es"):
        assert "dé de 2 a 300 opciones" in [translated(one) for one in found]


def test_losses_and_formats_are_in_spanish(owner: Client, draft: str) -> None:
    survey = {"logo": "x.png", "pages": [{"elements": [{"type": "comment", "name": "why", "title": "Why?"}]}]}
    sent = {"file": SimpleUploadedFile("form", json.dumps(survey).encode())}
    page = owner.post(f"{draft}file/", sent, headers=SPANISH).content.decode()
    assert "“x.png” no tiene equivalente" in page
    assert "se omite" in page
    assert "JSON de SurveyJS" in page
    assert '<span lang="en"' in page, "what has no words yet is marked as English"
