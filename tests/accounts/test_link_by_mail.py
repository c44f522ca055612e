"""Somebody without a password asks for a link, gets it by mail, and comes out where they wanted to go."""

import re
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.test import Client

from hearback.accounts import actions
from hearback.accounts.models import SignInLink
from hearback.accounts.rules import MAILS_A_DAY, may_mail_link
from tests.mail import Box, mail_server, words

pytestmark = pytest.mark.django_db
ASK = "/sign-in/mail/"
ONWARD = "/dashboard/round/"


@pytest.fixture
def box(at: datetime) -> Iterator[Box]:
    """A mail server, somebody with an address and somebody without."""
    actions.load_roles(by="operator", at=at)
    for name in ("owner", "silent"):
        actions.add_person(name, name.title(), by="operator", at=at)
        actions.give_role(name, "member", None, by="operator", at=at)
    actions.set_email("owner", "owner@example.org", by="operator", at=at)
    with mail_server() as taken:
        yield taken


def asked(username: str, onward: str = ONWARD) -> str:
    page = Client().post(ASK, {"username": username, "next": onward})
    assert page.status_code == 200
    for thread in threading.enumerate():
        if thread.name.endswith("(_send)"):
            thread.join(timeout=60)
    text = page.content.decode()
    return re.sub(r"(csrfmiddlewaretoken|csp-nonce).*?>", "", text)


def test_a_link_comes_by_mail_and_leads_onward(box: Box) -> None:
    asked("owner")
    ((to, message),) = box.mails
    link = re.search(r"http://\S+", words(message))
    assert (to, message["Subject"]) == ("owner@example.org", "Your sign-in link")
    assert link is not None
    client = Client()
    path = link[0].split("127.0.0.1:8000")[1]
    page = client.get(path).content.decode()
    assert f'value="{ONWARD}"' in page
    arrived = client.post(path, {"next": ONWARD})
    assert (arrived.status_code, arrived["Location"]) == (302, ONWARD)
    assert client.post(path).status_code == 410


def test_the_answer_does_not_tell_who_has_an_account(box: Box) -> None:
    assert asked("owner") == asked("silent") == asked("nobody-such")
    assert len(box.mails) == 1


def test_a_second_link_waits(box: Box) -> None:
    asked("owner")
    asked("owner")
    assert (len(box.mails), SignInLink.objects.count()) == (1, 1)


def test_links_are_bounded_by_the_day(at: datetime) -> None:
    assert not may_mail_link([at - timedelta(minutes=4)], at)
    assert may_mail_link([at - timedelta(minutes=5)], at)
    assert not may_mail_link([at - timedelta(hours=1)] * MAILS_A_DAY, at)
    assert may_mail_link([at - timedelta(days=1)] * MAILS_A_DAY, at)


def test_nobody_is_led_to_another_site(box: Box) -> None:
    asked("owner", "https://evil.example/")
    assert "evil" not in words(box.mails[0][1])


def test_without_a_mail_server_nothing_is_offered() -> None:
    assert "E-mail me a sign-in link" not in Client().get("/sign-in/").content.decode()
    assert Client().post(ASK, {"username": "owner"}).status_code == 404


def test_no_address_reaches_the_log(box: Box, at: datetime, caplog: pytest.LogCaptureFixture) -> None:
    actions.set_email("owner", "full@example.org", by="operator", at=at)
    asked("owner")
    assert "a sign-in link could not be mailed: SMTPRecipientsRefused" in caplog.text
    assert "full@" not in caplog.text


def test_a_name_that_no_database_takes_is_nobody(box: Box) -> None:
    asked("nobody\x00-such")
    assert not box.mails


def test_an_empty_address_is_none(box: Box, at: datetime) -> None:
    assert actions.set_email("owner", "", by="operator", at=at)
    assert asked("owner") == asked("silent")
    assert box.mails == []
