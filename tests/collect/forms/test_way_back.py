"""The form for feedback on the site itself leads back to the site, and says which page it is about."""

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from hearback.collect.instruments import files
from tests.collect.forms.conftest import Publish
from tests.collect.forms.test_form_page import _carried

pytestmark = pytest.mark.django_db
KEY = "site-feedback"


def test_form_and_thanks_lead_back_to_the_page(client: Client, publish: Publish, settings: Settings) -> None:
    settings.SITE_FORM = publish(files.ready("site_feedback"), KEY)
    page = client.get(f"/done/{KEY}?page=/services/a-1/&lang=es").content.decode()
    assert '<a class="site-name" href="/es/">Hearback</a>' in page
    assert '<a href="/es/services/a-1/" dir="ltr">/services/a-1/</a>' in page
    thanks = client.post(f"/done/{KEY}", {**_carried(page), "useful": "1"}).content.decode()
    assert 'role="status"' in thanks
    assert thanks.count('href="/es/services/a-1/"') == 3
    assert "phone or account numbers" in client.get(f"/done/{KEY}").content.decode()


@pytest.mark.parametrize(
    "told", ["", "//elsewhere.org/", "https://elsewhere.org/", "/a/../b?x", "/" + "a" * 300]
)
def test_what_is_no_page_of_the_site_leads_to_its_beginning(
    told: str, client: Client, publish: Publish, settings: Settings
) -> None:
    settings.SITE_FORM = publish(files.ready("site_feedback"), KEY)
    page = client.get(f"/done/{KEY}", {"page": told} if told else {}).content.decode()
    assert page.count('<a class="site-name" href="/">') == 1
    assert '<a href="/">' in page
    assert "asking__about" not in page


def test_other_forms_have_nothing_beside_their_questions(client: Client, publish: Publish) -> None:
    assert "site-name" not in client.get(f"/done/{publish()}?page=/services/").content.decode()
