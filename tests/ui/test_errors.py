"""Pages for what went wrong keep the rules of all pages, and need nothing that may be broken."""

import re
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory
from django.views.csrf import csrf_failure
from django.views.defaults import permission_denied, server_error


def text_of(answer: Any) -> str:
    text: str = answer.content.decode()
    assert not re.search(r"<script|<style| style=", text)
    assert '<html lang="en"' in text
    assert len(re.findall("<h1", text)) == 1
    return text


def test_an_unknown_address_is_said_to_be_unknown(client: Client, db: None) -> None:
    answer = client.get("/no/such/page/")
    assert answer.status_code == 404
    assert "There is no page at this address" in text_of(answer)


def test_a_failure_is_told_without_the_database(rf: RequestFactory) -> None:
    answer = server_error(rf.get("/"))
    assert answer.status_code == 500
    assert "Something failed on our side" in text_of(answer)


@pytest.mark.django_db
def test_what_a_role_does_not_allow_is_told_with_what_to_do(rf: RequestFactory) -> None:
    answer = permission_denied(rf.get("/"), PermissionDenied())
    assert answer.status_code == 403
    assert "Your role does not allow this" in text_of(answer)


@pytest.mark.django_db
def test_a_form_that_is_too_old_is_told_with_what_to_do(rf: RequestFactory) -> None:
    answer = csrf_failure(rf.post("/"))
    assert answer.status_code == 403
    assert "load the page again" in text_of(answer)
