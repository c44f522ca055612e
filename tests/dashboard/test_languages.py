"""The language of the signed-in side: the browser's, until a person chooses another."""

from datetime import datetime

import pytest
from django.test import Client

from tests.dashboard.test_dashboard import client_for

pytestmark = pytest.mark.django_db
SPANISH = {"accept-language": "es-MX,es;q=0.9,en;q=0.5"}


def text(client: Client, path: str, **options: dict[str, str]) -> str:
    """Give a page as text."""
    return client.get(path, **options).content.decode()


@pytest.mark.parametrize("path", ["/dashboard/", "/dashboard/history/", "/sign-in/", "/sign-in/link/none/"])
def test_a_page_speaks_as_the_browser_asks(path: str, at: datetime) -> None:
    client = client_for("reviewer", "reviewer", None, at) if "dashboard" in path else Client()
    answer = client.get(path, headers=SPANISH)
    assert answer.headers["Content-Language"] == "es"
    assert '<html lang="es"' in answer.content.decode()
    assert "Un sitio web oficial" in answer.content.decode()
    assert client.get(path, headers={"accept-language": "fr"}).headers["Content-Language"] == "en"


def test_the_home_is_in_spanish(at: datetime) -> None:
    page = text(client_for("reviewer", "reviewer", None, at), "/dashboard/", headers=SPANISH)
    for words in ("Panel", "Ve todas las agencias.", "Historial de cambios", "Trimestres informados"):
        assert words in page


def test_a_choice_holds_against_the_browser_and_ends_with_signing_out(at: datetime) -> None:
    client = client_for("reviewer", "reviewer", None, at)
    page = text(client, "/dashboard/history/?page=1")
    assert 'lang="es">Español</button>' in page
    assert 'lang="en" aria-current="true">English</button>' in page
    chosen = client.post("/language/", {"language": "es", "next": "/dashboard/history/?page=1"})
    assert chosen.headers["Location"] == "/dashboard/history/?page=1"
    assert "Historial de cambios" in text(client, "/dashboard/history/", headers={"accept-language": "en"})
    client.post("/sign-out/")
    assert "Sign in" in text(client, "/sign-in/", headers={"accept-language": "en"})


def test_errors_of_the_signed_in_side_speak_so_too(at: datetime) -> None:
    client = client_for("owner", "member", None, at)
    client.post("/language/", {"language": "es"})
    assert "Su función no permite esto" in text(client, "/dashboard/people/")
    assert "Página no encontrada" in text(client, "/dashboard/nowhere/")


def test_the_public_site_stays_in_the_language_of_the_release(at: datetime) -> None:
    client = client_for("reviewer", "reviewer", None, at)
    client.post("/language/", {"language": "es"})
    page = text(client, "/about/", headers=SPANISH)
    assert '<html lang="en"' in page
    assert 'action="/language/"' not in page


@pytest.mark.parametrize("wanted", ["", "fr", "x" * 5000])
def test_a_language_that_is_not_spoken_changes_nothing(wanted: str, at: datetime) -> None:
    client = client_for("reviewer", "reviewer", None, at)
    answer = client.post("/language/", {"language": wanted, "next": "https://elsewhere.example/"})
    assert answer.headers["Location"] == "/dashboard/"
    assert client.get("/dashboard/").headers["Content-Language"] == "en"
