"""Requests for a host that is not ours."""

import pytest
from django.test import Client


def test_a_foreign_host_is_refused_and_logged_in_one_line(caplog: pytest.LogCaptureFixture) -> None:
    assert Client().get("/", HTTP_HOST="evil.example").status_code == 400
    record = next(r for r in caplog.records if r.name == "django.security.DisallowedHost")
    assert record.exc_info is None
    assert "HEARBACK_HOSTS" in record.getMessage()
    assert "ALLOWED_HOSTS" not in record.getMessage()
