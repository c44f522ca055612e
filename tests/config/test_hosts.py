"""Requests for a host that is not ours."""

import logging

import pytest
from django.conf import settings
from django.test import Client

from hearback.config.logs import NoTokens


def test_a_foreign_host_is_refused_and_logged_in_one_line(caplog: pytest.LogCaptureFixture) -> None:
    assert Client().get("/", HTTP_HOST="evil.example").status_code == 400
    record = next(r for r in caplog.records if r.name == "django.security.DisallowedHost")
    assert record.exc_info is None
    assert "HEARBACK_HOSTS" in record.getMessage()
    assert "ALLOWED_HOSTS" not in record.getMessage()


def test_the_token_of_a_link_never_reaches_the_log() -> None:
    record = logging.LogRecord(
        "django.request",
        logging.WARNING,
        "",
        1,
        "Method Not Allowed (%s): %s",
        ("PUT", "/sign-in/link/SECRET/"),
        None,
    )
    assert NoTokens().filter(record)
    assert record.getMessage() == "Method Not Allowed (PUT): /sign-in/link/…/"
    assert settings.LOGGING["handlers"]["stderr"]["filters"] == ["no_tokens"]
