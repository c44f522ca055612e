"""The dashboard tells a reviewer how many forms wait."""

from datetime import datetime

import pytest
from django.test import Client

from hearback.collect.actions import forms as actions

pytestmark = pytest.mark.django_db


def test_a_reviewer_is_told_how_many_forms_wait(
    owner: Client, reviewer: Client, draft: str, at: datetime
) -> None:
    assert "waits for your review" not in reviewer.get("/dashboard/").content.decode()
    actions.move_version("service-2", "submit", by="owner", at=at)
    assert "1 form waits for your review" in reviewer.get("/dashboard/").content.decode()
    assert "waits for your review" not in owner.get("/dashboard/").content.decode()
    in_spanish = reviewer.get("/dashboard/", headers={"accept-language": "es"}).content.decode()
    assert "1 formulario espera su revisión" in in_spanish
